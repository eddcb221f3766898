//! What a file brings, what is alike what, and what to do with it: in bulk, or one by one.

use leptos::prelude::*;

use super::rows::{Lines, Paged, RefusedRows, lines, name_of};
use crate::domain::import::{Decision, Target};
use crate::exchange::plan::{Checked, Like};
use crate::i18n::exchange::Exchange as Words;
use crate::state::app;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::field::Choice;
use crate::ui::words::text;

/// Rows alike that may be decided one by one; more are decided in bulk.
const SINGLE: usize = 2_000;

#[component]
pub fn Decide() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let tally = importer.tally();
    let refused = importer.refused();
    let facts = [
        (tally.new, t.new_rows(tally.new)),
        (tally.joins, t.joined_rows(tally.joins)),
        (refused.len(), t.refused_rows(refused.len())),
    ];
    let facts = facts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, said)| view! { <li>{said}</li> })
        .collect_view();
    let taken = move || importer.taken();
    view! {
        <section class="lead-in">
            <h2 class="big">{t.found()}</h2>
            <ul class="sentences">{facts}</ul>
        </section>
        {(tally.book > 0).then(|| view! { <Alike of_book=true n=tally.book /> })}
        {(tally.twins > 0).then(|| view! { <Alike of_book=false n=tally.twins /> })}
        {(tally.opted_out > 0).then(|| view! { <OptedOut n=tally.opted_out /> })}
        {(!refused.is_empty())
            .then(|| {
                view! {
                    <details class="section">
                        <summary>{t.refused_title()} " " {refused.len()}</summary>
                        <RefusedRows refused />
                    </details>
                }
            })}
        {move || (taken() == 0).then(|| view! { <Empty title=t.nothing_to_import() /> })}
        <div class="actions">
            <button type="button" class="button" on:click=move |_| importer.review_again()>
                {t.back_to_mapping()}
            </button>
            <button
                type="button"
                class="button"
                data-kind="seal"
                disabled=move || taken() == 0
                on:click=move |_| importer.write()
            >
                {move || t.import_n(taken())}
            </button>
        </div>
    }
}

/// Rows alike the book's records, or alike other rows.
#[component]
fn Alike(of_book: bool, n: usize) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let value = Signal::derive(move || {
        importer.decisions.with(|decisions| {
            Some(if of_book {
                decisions.book
            } else {
                decisions.twins
            })
        })
    });
    let choose = move |chosen: Option<Decision>| {
        let Some(chosen) = chosen else { return };
        importer.decisions.update(|decisions| {
            if of_book {
                decisions.book = chosen;
            } else {
                decisions.twins = chosen;
            }
        });
    };
    let help = move || match value.get() {
        Some(Decision::Skip) | None => t.skip_help(),
        Some(Decision::Fill) => t.fill_help(),
        Some(Decision::Add) => t.add_help(),
    };
    let opened = RwSignal::new(false);
    let row = move |(at, checked): (usize, Checked)| view! { <OneRow at checked /> }.into_any();
    let list = move || {
        let found = importer.rows(SINGLE, |checked| match checked.like {
            Like::Book(_) => of_book,
            Like::Row(_) => !of_book,
            Like::New | Like::Joins(_) => false,
        });
        view! { <Paged items=found row=Callback::new(row) /> }
    };
    let title = if of_book {
        t.known_title(n)
    } else {
        t.twin_title(n)
    };
    view! {
        <section class="form">
            <h2>{title}</h2>
            <Choice label=t.decide_all() options=options(importer.target()) value on_choose=choose />
            <p class="hint">{help}</p>
            <details on:toggle=move |_| opened.set(true)>
                <summary>{t.decide_each()}</summary>
                {move || opened.get().then(list)}
            </details>
        </section>
    }
}

#[component]
fn OneRow(at: usize, checked: Checked) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let Lines { title, sub } = lines(&checked.row);
    let alike = match checked.like {
        Like::Book(id) => t.looks_like(name_of(id)),
        Like::Row(row) | Like::Joins(row) => {
            t.looks_like_line(importer.row(row).map_or(0, |earlier| earlier.row.line))
        }
        Like::New => String::new(),
    };
    let options = options(importer.target());
    let names = options.clone();
    let entries = move || {
        let now = importer.decision(at);
        names
            .iter()
            .enumerate()
            .map(|(place, (decision, name))| {
                view! { <option value=place.to_string() selected=*decision == now>{*name}</option> }
            })
            .collect_view()
    };
    let change = move |event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        let Some((decision, _)) = place.and_then(|place| options.get(place)).copied() else {
            return;
        };
        importer.decisions.update(|decisions| {
            decisions.single.insert(at, decision);
        });
    };
    view! {
        <li class="column">
            <span class="grow">
                <span class="title">{title.clone()}</span>
                <span class="sub">{sub}</span>
                <span class="sub">{format!("{} · {alike}", t.line(checked.row.line))}</span>
            </span>
            <select class="input" aria-label=title on:change=change>
                {entries}
            </select>
        </li>
    }
}

#[component]
fn OptedOut(n: usize) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let people: Vec<String> = importer
        .rows(SINGLE, |checked| checked.row.suppressed)
        .into_iter()
        .map(|(_, checked)| {
            format!(
                "{} · {}",
                t.line(checked.row.line),
                lines(&checked.row).title
            )
        })
        .collect();
    let row = |said: String| view! { <li class="row">{said}</li> }.into_any();
    view! {
        <section class="section">
            <h2>{t.opted_out_title(n)}</h2>
            <p class="hint">{t.opted_out_help()}</p>
            <Paged items=people row=Callback::new(row) />
        </section>
    }
}

/// Leads that are there are not filled: they are a copy of somebody's directory.
fn options(target: Target) -> Vec<(Decision, &'static str)> {
    let t = text::<Words>();
    let mut options = vec![
        (Decision::Skip, t.skip()),
        (Decision::Fill, t.fill()),
        (Decision::Add, t.add()),
    ];
    if target == Target::Leads {
        options.retain(|(decision, _)| *decision != Decision::Fill);
    }
    options
}
