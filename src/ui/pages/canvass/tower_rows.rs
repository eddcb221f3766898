//! The tower at a glance: a row a floor. Used on the walk, where it follows the door at hand, and on the building's page.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;

use super::loaded::Held;
use super::marks::MarkRow;
use crate::domain::canvass::board::Standing;
use crate::domain::canvass::building::DoorRef;
use crate::domain::canvass::run::Run;
use crate::domain::id::Id;
use crate::i18n::canvass::Canvass;
use crate::platform::view as page_view;
use crate::ui::words::text;

#[derive(Debug, Clone, PartialEq)]
pub struct FloorRow {
    pub key: String,
    pub label: String,
    pub marks: Vec<Standing>,
    pub done: usize,
    pub passed: bool,
    /// Whose part it is, where several walk.
    pub owner: String,
}

/// Every floor of a tower as it now stands; with a walk, whose part each is.
pub fn floor_rows(held: Held, run: Option<Id>) -> Vec<FloorRow> {
    let words = text::<Canvass>();
    held.with(|tower| {
        let Some(building) = tower.body() else {
            return Vec::new();
        };
        let run = run
            .and_then(|run| tower.runs.get(&run))
            .map(|run| &run.body);
        building
            .floors
            .iter()
            .map(|floor| {
                let passed = floor.kind.is_passed() || floor.doors.is_empty();
                let marks: Vec<Standing> = floor
                    .doors
                    .iter()
                    .filter(|_| !passed)
                    .map(|door| {
                        let at = DoorRef::new(&*floor.id, &*door.id);
                        tower
                            .board
                            .state(&at, Some(door), building.revisit)
                            .standing
                    })
                    .collect();
                let first = floor.doors.first();
                let owner = run
                    .filter(|run| run.partners.len() > 1)
                    .zip(first)
                    .map(|(run, door)| {
                        owner_of(run, building, &DoorRef::new(&*floor.id, &*door.id))
                    })
                    .unwrap_or_default();
                FloorRow {
                    key: floor.id.clone(),
                    label: words.floor_label(floor),
                    done: marks.iter().filter(|mark| mark.is_done()).count(),
                    marks,
                    passed,
                    owner,
                }
            })
            .collect()
    })
    .unwrap_or_default()
}

fn owner_of(
    run: &Run,
    building: &crate::domain::canvass::building::Building,
    at: &DoorRef,
) -> String {
    run.owners(building, at)
        .map(|owner| owner.name.as_str())
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The rows, with the whole tower as a rail beside them to scrub along. `current` is kept in view.
#[component]
pub fn TowerRows(
    #[prop(into)] rows: Signal<Vec<FloorRow>>,
    #[prop(into)] current: Signal<Option<String>>,
    #[prop(into)] on_pick: Callback<String>,
) -> impl IntoView {
    let t = text::<Canvass>();
    let frame = NodeRef::<Div>::new();
    let keys = Memo::new(move |_| {
        rows.with(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>())
    });
    let place = Memo::new(move |_| {
        let current = current.get()?;
        keys.with(|keys| keys.iter().position(|key| *key == current))
    });
    // The floor at hand stands in the middle of the frame; the page itself does not move.
    Effect::new(move || {
        let (Some(frame), Some(place)) = (frame.get(), place.get()) else {
            return;
        };
        page_view::centre_child(&frame, place);
    });
    let pick = move |place: usize| {
        if let Some(key) = keys.with_untracked(|keys| keys.get(place).cloned()) {
            on_pick.run(key);
        }
    };
    let key_down = move |event: KeyboardEvent| {
        let last = keys.with_untracked(Vec::len).saturating_sub(1);
        let here = place.get_untracked().unwrap_or(0);
        // A held key would change the address faster than browsers allow; Page and End go far in one press.
        if event.repeat() {
            return event.prevent_default();
        }
        let to = match event.key().as_str() {
            "ArrowUp" => here.saturating_sub(1),
            "ArrowDown" => (here + 1).min(last),
            "PageUp" => here.saturating_sub(10),
            "PageDown" => (here + 10).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        pick(to);
        if let Some(frame) = frame.get_untracked() {
            page_view::focus_child(&frame, to);
        }
    };
    view! {
        <div class="tower">
            <Rail rows place on_place=pick />
            <div class="tower-rows" role="grid" aria-label=t.overview() aria-describedby="tower-keys" node_ref=frame on:keydown=key_down>
                <For each={move || keys.get().into_iter().enumerate().collect::<Vec<_>>()} key=|(_, key)| key.clone() let:entry>
                    <Row place=entry.0 key=entry.1 rows current=place on_pick />
                </For>
            </div>
            <p class="sr" id="tower-keys">{t.overview_help()}</p>
        </div>
    }
}

#[component]
fn Row(
    place: usize,
    key: String,
    rows: Signal<Vec<FloorRow>>,
    current: Memo<Option<usize>>,
    on_pick: Callback<String>,
) -> impl IntoView {
    let t = text::<Canvass>();
    let wanted = key.clone();
    let row = Memo::new(move |_| {
        rows.with(|rows| {
            let near = rows.get(place).filter(|row| row.key == wanted);
            near.or_else(|| rows.iter().find(|row| row.key == wanted))
                .cloned()
        })
    });
    let is_current = Memo::new(move |_| current.get() == Some(place));
    let spoken = move || {
        row.with(|row| {
            row.as_ref().map(|row| {
                let mut parts = vec![if row.passed {
                    t.passed_floor().to_owned()
                } else {
                    t.floor_summary(row.marks.len(), row.done)
                }];
                if !row.owner.is_empty() {
                    parts.push(t.owned_by(row.owner.clone()));
                }
                parts.join(" ")
            })
        })
    };
    let part = move |ask: fn(&FloorRow) -> String| row.with(|row| row.as_ref().map(ask));
    // One of the rows is in the order of the tab key: the one at hand, else the first.
    let tab = move || match current.get() {
        Some(current) if current == place => "0",
        None if place == 0 => "0",
        _ => "-1",
    };
    let marks = Signal::derive(move || {
        row.with(|row| {
            row.as_ref()
                .map(|row| row.marks.clone())
                .unwrap_or_default()
        })
    });
    let pick_key = key.clone();
    let by_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            on_pick.run(pick_key.clone());
        }
    };
    view! {
        <div
            class="floor-row"
            role="row"
            aria-selected=move || is_current.get().to_string()
            data-passed=move || row.with(|row| row.as_ref().is_some_and(|row| row.passed)).then_some("true")
            on:click=move |_| on_pick.run(key.clone())
        >
            <span class="floor-cell" role="gridcell" tabindex=tab on:keydown=by_key>
                <span class="floor-name">{move || part(|row| row.label.clone())}</span>
                <MarkRow marks />
                <span class="sr">{spoken}</span>
                <span class="floor-owner" aria-hidden="true">{move || part(|row| row.owner.chars().take(2).collect())}</span>
                <span class="floor-count" aria-hidden="true">
                    {move || row.with(|row| row.as_ref().filter(|row| !row.passed).map(|row| format!("{}/{}", row.done, row.marks.len())))}
                </span>
            </span>
        </div>
    }
}

/// The whole tower in the height of a thumb's stroke: a line a floor, as long as what is done there.
#[component]
fn Rail(
    rows: Signal<Vec<FloorRow>>,
    place: Memo<Option<usize>>,
    on_place: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let t = text::<Canvass>();
    let rail = NodeRef::<Div>::new();
    let floors = Memo::new(move |_| rows.with(Vec::len));
    let drawn = Memo::new(move |_| {
        rows.with(|rows| {
            rows.iter()
                .enumerate()
                .filter(|(_, row)| row.done > 0)
                .map(|(at, row)| {
                    let width = 10 * row.done / row.marks.len().max(1);
                    let width = width.max(1);
                    format!("M0 {at}h{width}v1h-{width}z")
                })
                .collect::<String>()
        })
    });
    // Where the finger is. The address changes when it lifts: browsers refuse a page that changes it with every move.
    let over = RwSignal::new(None::<usize>);
    let scrub = move |event: &PointerEvent| {
        let (Some(rail), floors) = (rail.get_untracked(), floors.get_untracked()) else {
            return;
        };
        let part = page_view::part_of_height(&rail, f64::from(event.client_y()));
        // The part is within 0 and 1, so the product is a floor's place.
        let at = ((part * floors as f64) as usize).min(floors.saturating_sub(1));
        if over.get_untracked() != Some(at) {
            over.set(Some(at));
        }
    };
    let moved = move |event: PointerEvent| {
        if over.get_untracked().is_some() && event.buttons() != 0 {
            scrub(&event);
        }
    };
    let lifted = move |_| {
        if let Some(at) = over.get_untracked() {
            over.set(None);
            on_place(at);
        }
    };
    let here = move || over.get().or_else(|| place.get());
    let label = move || {
        let place = here()?;
        rows.with(|rows| rows.get(place).map(|row| row.label.clone()))
    };
    let by_key = move |event: KeyboardEvent| {
        let here = place.get_untracked().unwrap_or(0);
        let last = floors.get_untracked().saturating_sub(1);
        if event.repeat() {
            return event.prevent_default();
        }
        let to = match event.key().as_str() {
            "ArrowUp" | "ArrowRight" => here.saturating_sub(1),
            "ArrowDown" | "ArrowLeft" => (here + 1).min(last),
            _ => return,
        };
        event.prevent_default();
        on_place(to);
    };
    view! {
        <div
            class="rail"
            role="slider"
            tabindex="0"
            aria-label=t.overview()
            aria-orientation="vertical"
            aria-valuemin="0"
            aria-valuemax=move || floors.get().saturating_sub(1).to_string()
            aria-valuenow=move || place.get().unwrap_or(0).to_string()
            aria-valuetext=label
            node_ref=rail
            on:pointerdown=move |event: PointerEvent| scrub(&event)
            on:pointermove=moved
            on:pointerup=lifted
            on:pointercancel=move |_| over.set(None)
            on:pointerleave=lifted
            on:keydown=by_key
        >
            <svg viewBox=move || format!("0 0 10 {}", floors.get().max(1)) preserveAspectRatio="none" aria-hidden="true">
                <path class="rail-done" d=drawn />
                {move || here().map(|place| view! { <rect class="rail-here" x="0" y=place.to_string() width="10" height="1" /> })}
            </svg>
            {move || over.get().and_then(|_| label()).map(|floor| view! { <span class="rail-floor" aria-hidden="true">{floor}</span> })}
        </div>
    }
}
