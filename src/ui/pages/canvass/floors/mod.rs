//! The floors of a tower that stands: one row a floor, and behind a tap everything that can be put right about it. Every
//! change is saved at once and can be taken back.

mod doors;
mod editor;
mod saving;
mod zones;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::loaded::{Held, with_tower};
use crate::domain::canvass::building::{Floor, FloorKind};
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::platform::{clock, dom};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::text;
use editor::FloorEditor;
use saving::Edits;
use zones::ZonesOfAll;

#[component]
pub fn FloorsPage() -> impl IntoView {
    with_tower(|held| view! { <Screen held /> }.into_any())
}

#[component]
fn Screen(held: Held) -> impl IntoView {
    let t = text::<Buildings>();
    let query = use_query_map();
    let open = RwSignal::new(query.with_untracked(|query| query.get("floor")));
    let edits = Edits::new(held);
    let keys: Memo<Vec<String>> = Memo::new(move |_| {
        held.with(|tower| {
            let body = tower.body()?;
            Some(body.floors.iter().map(|floor| floor.id.clone()).collect())
        })
        .flatten()
        .unwrap_or_default()
    });
    let size = move || {
        held.with(|tower| {
            tower
                .body()
                .map(|body| t.size(body.floors.len(), body.door_count()))
        })
        .flatten()
    };
    // The floor the address names is in the middle of a long list.
    if let Some(asked) = open.get_untracked() {
        leptos::task::spawn_local(async move {
            clock::next_frame().await;
            show_floor(&asked);
        });
    }
    view! {
        <Page title=t.floors_title() back=format!("/canvass/{}", held.building)>
            <p class="lead-in hint">{size}</p>
            <ZonesOfAll held edits />
            <ul class="rows floors-list">
                <For each=move || keys.get() key=Clone::clone let:key>
                    <FloorRow held edits open key />
                </For>
            </ul>
        </Page>
    }
}

/// The id of a floor's row in the page.
fn row_id(key: &str) -> String {
    format!("floor-{key}")
}

fn show_floor(key: &str) {
    if let Some(row) = document().get_element_by_id(&row_id(key)) {
        dom::scroll_into_view(&row);
    }
}

#[component]
fn FloorRow(
    held: Held,
    edits: Edits,
    open: RwSignal<Option<String>>,
    key: String,
) -> impl IntoView {
    let t = text::<Buildings>();
    let id = row_id(&key);
    let panel = format!("{id}-edit");
    let key = StoredValue::new(key);
    let floor = Memo::new(move |_| {
        held.with(|tower| key.with_value(|key| tower.body()?.floor(key).cloned()))
            .flatten()
    });
    let name = move || {
        floor.with(|floor| {
            floor
                .as_ref()
                .map(|floor| text::<Canvass>().floor_label(floor))
        })
    };
    let sub = move || {
        floor.with(|floor| {
            let floor = floor.as_ref()?;
            let kind = (floor.kind != FloorKind::Office).then(|| t.kind(floor.kind).to_owned());
            let zone = Some(floor.zone.clone()).filter(|zone| !zone.is_empty());
            let words = [Some(door_words(floor)), kind, zone];
            Some(words.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        })
    };
    let is_open =
        Memo::new(move |_| open.with(|open| key.with_value(|key| open.as_ref() == Some(key))));
    let toggle = move |_| {
        open.set((!is_open.get_untracked()).then(|| key.get_value()));
    };
    let controls = panel.clone();
    view! {
        <li id=id>
            <button
                type="button"
                class="row floor-head"
                aria-expanded=move || is_open.get().to_string()
                aria-controls=controls
                on:click=toggle
            >
                <span class="floor-key">{name}</span>
                <span class="grow sub">{sub}</span>
                <Glyph icon=Icon::Down />
            </button>
            <div id=panel>
                {move || is_open.get().then(|| view! { <FloorEditor edits floor open key=key.get_value() /> })}
            </div>
        </li>
    }
}

/// The doors of a floor in a few words: 01–12 (12), or that it is one.
pub fn door_words(floor: &Floor) -> String {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    match floor.doors.as_slice() {
        [] => t.no_doors().to_owned(),
        [only] => canvass.door_label(only),
        [first, .., last] => format!(
            "{}–{} · {}",
            canvass.door_label(first),
            canvass.door_label(last),
            canvass.doors(floor.doors.len())
        ),
    }
}
