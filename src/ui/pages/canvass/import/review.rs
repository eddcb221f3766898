//! What a file brings: its buildings, those that are there already, the rows that are left out.

use leptos::prelude::*;

use super::words::{problem, remark};
use crate::domain::canvass::building::Building;
use crate::exchange::towers::{RefusedTower, Remark, TowerFile, TowerRow};
use crate::i18n::buildings::Buildings;
use crate::i18n::common::Common;
use crate::platform::intl;
use crate::state::{Change, app, book};
use crate::ui::pages::visits::Onward;
use crate::ui::parts::field::Choice;
use crate::ui::words::{lang, text};

/// Rows shown before a person asks for more.
const SHOWN: usize = 50;

/// What to do with a building whose name is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    Skip,
    Keep,
}

/// A building of the file, and the one of the same name before it, in words.
#[derive(Clone)]
struct Candidate {
    row: TowerRow,
    like: Option<String>,
}

#[component]
pub fn Review(file: String, towers: StoredValue<TowerFile>) -> impl IntoView {
    let t = text::<Buildings>();
    let decision = RwSignal::new(Alike::Skip);
    let candidates = StoredValue::new(towers.with_value(|file| candidates(&file.towers)));
    let (all, alike) = candidates.with_value(|all| {
        let alike = all.iter().filter(|one| one.like.is_some()).count();
        (all.len(), alike)
    });
    let taken = move || match decision.get() {
        Alike::Skip => all - alike,
        Alike::Keep => all,
    };
    let (refused, unread) = towers.with_value(|file| (file.refused.clone(), file.unread.clone()));
    let refused_count = refused.len();
    let unread = (!unread.is_empty()).then(|| t.unread_columns(intl::list(lang().tag(), &unread)));
    view! {
        <section class="lead-in">
            <p class="hint">{file}</p>
            <h2 class="big">{t.found(all)}</h2>
            {(refused_count > 0).then(|| view! { <p>{t.refused_rows(refused_count)}</p> })}
            {unread.map(|said| view! { <p class="hint">{said}</p> })}
        </section>
        {(alike > 0)
            .then(|| {
                view! {
                    <section class="form">
                        <h2>{t.alike(alike)}</h2>
                        <Choice
                            label=t.alike_decide()
                            options=vec![(Alike::Skip, t.alike_skip()), (Alike::Keep, t.alike_keep())]
                            value=Signal::derive(move || Some(decision.get()))
                            on_choose={move |chosen: Option<Alike>| decision.set(chosen.unwrap_or(Alike::Skip))}
                        />
                    </section>
                }
            })}
        {(refused_count > 0).then(|| view! { <Refused refused /> })}
        <section class="section">
            <Paged total=all row=Callback::new(move |at| candidates.with_value(|all| all.get(at).map(|one| row(one, decision)))) />
        </section>
        <Take candidates decision taken=Signal::derive(taken) />
    }
}

#[component]
fn Take(
    candidates: StoredValue<Vec<Candidate>>,
    decision: RwSignal<Alike>,
    taken: Signal<usize>,
) -> impl IntoView {
    let t = text::<Buildings>();
    let app = app();
    let onward = Onward::new();
    let busy = RwSignal::new(false);
    let import = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let mut change = Change::new();
        let keep = decision.get_untracked() == Alike::Keep;
        candidates.with_value(|all| {
            for one in all.iter().filter(|one| keep || one.like.is_none()) {
                change.create(app.book.device(), with_notes(&one.row));
            }
        });
        let said = t.imported(taken.get_untracked());
        leptos::task::spawn_local(async move {
            let saved = app.book.commit_and_say(change, said, app.settings).await;
            busy.try_set(false);
            if saved.is_some() {
                onward.instead("/canvass");
            }
        });
    };
    view! {
        {move || (taken.get() == 0).then(|| view! { <p class="lead-in" role="status">{t.nothing_left()}</p> })}
        <div class="actions">
            <button
                type="button"
                class="button"
                data-kind="seal"
                disabled=move || taken.get() == 0
                aria-busy=move || busy.get().to_string()
                on:click=import
            >
                {move || t.import_n(taken.get())}
            </button>
        </div>
    }
}

/// Those who stand in the lobby have to know that nobody looked at the floors.
fn with_notes(row: &TowerRow) -> Building {
    let mut building = row.building.clone();
    if row.remarks.contains(&Remark::Counted) {
        if !building.access.is_empty() {
            building.access.push('\n');
        }
        building.access.push_str(&remark(&Remark::Counted));
    }
    building
}

fn candidates(rows: &[TowerRow]) -> Vec<Candidate> {
    let t = text::<Buildings>();
    let han = lang().is_han();
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let known = book().with_towers_untracked(|towers| {
                let mut bodies = towers.all().filter_map(|(_, tower)| tower.body());
                let like = bodies.find(|body| body.is_same_tower(&row.building))?;
                Some(t.like_known(like.name(han).to_owned()))
            });
            let before = || {
                let mut before = rows.iter().take(at);
                let like = before.find(|other| other.building.is_same_tower(&row.building))?;
                Some(t.like_line(like.line))
            };
            Candidate {
                row: row.clone(),
                like: known.or_else(before),
            }
        })
        .collect()
}

fn row(one: &Candidate, decision: RwSignal<Alike>) -> AnyView {
    let t = text::<Buildings>();
    let han = lang().is_han();
    let building = &one.row.building;
    let (name, other) = (building.name(han), building.name(!han));
    let other = (other != name).then(|| other.to_owned());
    let size = t.size(building.floors.len(), building.door_count());
    let sub: Vec<String> = [other, Some(size), Some(t.line(one.row.line))]
        .into_iter()
        .flatten()
        .collect();
    let said: Vec<String> = one
        .like
        .iter()
        .cloned()
        .chain(one.row.remarks.iter().map(remark))
        .collect();
    let is_alike = one.like.is_some();
    let out = move || (is_alike && decision.get() == Alike::Skip).then_some("true");
    view! {
        <li class="row import-row" data-out=out>
            <span class="grow">
                <span class="title">{name.to_owned()}</span>
                <span class="sub">{sub.join(" · ")}</span>
                <span class="sub">{said.join(" · ")}</span>
            </span>
            {move || out().map(|_| view! { <span class="tag" data-kind="wait">{t.alike_skip()}</span> })}
        </li>
    }
    .into_any()
}

#[component]
fn Refused(refused: Vec<RefusedTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let total = refused.len();
    let refused = StoredValue::new(refused);
    let row = move |at| {
        refused.with_value(|all| {
            all.get(at).map(|refused: &RefusedTower| {
                let title = format!("{} · {}", t.line(refused.line), problem(&refused.problem));
                view! {
                    <li class="row">
                        <span class="grow">
                            <span class="title">{title}</span>
                            <span class="sub">{refused.text.clone()}</span>
                        </span>
                    </li>
                }
                .into_any()
            })
        })
    };
    view! {
        <details class="section" open>
            <summary>{t.refused_rows(total)}</summary>
            <Paged total row=Callback::new(row) />
        </details>
    }
}

/// A list that shows its first rows, and more on a tap.
#[component]
fn Paged(total: usize, row: Callback<usize, Option<AnyView>>) -> impl IntoView {
    let t = text::<Common>();
    let shown = RwSignal::new(SHOWN);
    let rest = move || total.saturating_sub(shown.get());
    view! {
        <ul class="rows">
            <For each=move || 0..shown.get().min(total) key=|at| *at let:at>
                {row.run(at)}
            </For>
        </ul>
        {move || {
            (rest() > 0)
                .then(|| {
                    view! {
                        <button type="button" class="button" data-kind="quiet" on:click=move |_| shown.update(|n| *n += SHOWN)>
                            {t.show_more(rest().min(SHOWN))}
                        </button>
                    }
                })
        }}
    }
}
