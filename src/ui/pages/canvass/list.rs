//! The towers: those being walked first, each with how far it is.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use crate::domain::canvass::tower::Tower;
use crate::domain::id::Id;
use crate::i18n::canvass::Canvass;
use crate::platform::intl;
use crate::state::book;
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::shell::QueueChip;
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct TowerRow {
    id: Id,
    name: String,
    sub: String,
    /// Doors with nothing more to do, and all of them.
    done: usize,
    doors: usize,
    /// The walk that is under way.
    run: Option<Id>,
    /// When it was last worked on, Unix milliseconds.
    latest_ms: i64,
}

#[component]
pub fn TowerList() -> impl IntoView {
    let t = text::<Canvass>();
    let book = book();
    let path = use_location().pathname;
    // On the walk the list is out of sight: every tap there would have all doors of all towers counted for nobody.
    let rows = Memo::new(move |before: Option<&Vec<TowerRow>>| match before {
        Some(before) if path.with(|path| path.starts_with("/runs/")) => before.clone(),
        _ => rows(),
    });
    let ready = move || book.loading.get().finished || rows.with(|rows| !rows.is_empty());
    view! {
        <div class="bar">
            <h1>
                {t.title()} " "
                <span class="count">{move || rows.with(|rows| (!rows.is_empty()).then_some(rows.len()))}</span>
            </h1>
            <QueueChip />
            <A href="/canvass/settings" attr:class="icon-button" attr:aria-label=t.settings()>
                <Glyph icon=Icon::Settings />
            </A>
        </div>
        {move || {
            if !ready() {
                view! { <Skeleton rows=6 /> }.into_any()
            } else if rows.with(Vec::is_empty) {
                view! {
                    <Empty title=t.empty_title() help=t.empty_help()>
                        <Ways />
                    </Empty>
                }
                    .into_any()
            } else {
                view! {
                    <ul class="rows tower-list">
                        <For each=move || rows.get() key=Clone::clone let:row>
                            <Row row />
                        </For>
                    </ul>
                    <div class="buttons tower-ways">
                        <Ways />
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

/// The ways a tower comes into the book.
#[component]
fn Ways() -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <A href="/canvass/new" attr:class="button" attr:data-kind="seal">
            <Glyph icon=Icon::Plus />
            {t.new_building()}
        </A>
        <A href="/canvass/import" attr:class="button">
            <Glyph icon=Icon::Import />
            {t.import_buildings()}
        </A>
        <A href="/canvass/receive" attr:class="button">
            <Glyph icon=Icon::Split />
            {t.receive()}
        </A>
    }
}

fn rows() -> Vec<TowerRow> {
    let han = lang().is_han();
    let mut rows = book().with_towers(|towers| {
        towers
            .all()
            .filter_map(|(id, tower)| row(id, tower, han))
            .collect::<Vec<_>>()
    });
    intl::sort_by_name(lang().tag(), &mut rows, |row| &row.name);
    rows.sort_by_key(|row| std::cmp::Reverse((row.run.is_some(), row.latest_ms)));
    rows
}

fn row(id: Id, tower: &Tower, han: bool) -> Option<TowerRow> {
    let t = text::<Canvass>();
    let building = tower.body()?;
    let progress = tower.progress(None);
    let run = tower.open_run();
    let mut sub = vec![t.floors(building.floors.len()), t.doors(progress.doors)];
    if run.is_some() {
        sub.insert(0, t.under_way().to_owned());
    } else if progress.tried == 0 {
        sub.insert(0, t.never_walked().to_owned());
    }
    let latest = tower.runs.values().map(|run| run.body.started.at_ms).max();
    Some(TowerRow {
        id,
        name: building.name(han).to_owned(),
        sub: sub.join(" · "),
        done: progress.done,
        doors: progress.doors,
        run: run.map(|run| run.id()),
        latest_ms: latest.unwrap_or(0),
    })
}

#[component]
fn Row(row: TowerRow) -> impl IntoView {
    let t = text::<Canvass>();
    let label = t.done_of(row.done, row.doors);
    view! {
        <li class="tower-row">
            <A href=format!("/canvass/{}", row.id) attr:class="row">
                <Glyph icon=Icon::Tower />
                <span class="grow">
                    <span class="title">{row.name}</span>
                    <span class="sub">{row.sub}</span>
                    <Bar done=row.done all=row.doors label />
                </span>
            </A>
            {row
                .run
                .map(|run| {
                    view! {
                        <A href=format!("/runs/{run}") attr:class="button" attr:data-kind="seal">
                            {t.go_on()}
                        </A>
                    }
                })}
        </li>
    }
}

/// How much is done, as a bar with its words.
#[component]
pub fn Bar(done: usize, all: usize, #[prop(into)] label: String) -> impl IntoView {
    let width = (100 * done).checked_div(all).unwrap_or(0);
    view! {
        <span class="done-bar">
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="bar-all" width="100" height="6" />
                <rect class="bar-done" width=width.to_string() height="6" />
            </svg>
            <span class="sub">{label}</span>
        </span>
    }
}
