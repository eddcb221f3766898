use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;

use super::Walk;
use crate::domain::canvass::board::Standing;
use crate::domain::canvass::building::DoorRef;
use crate::i18n::canvass::Canvass;
use crate::platform::view as page_view;
use crate::ui::pages::canvass::marks::Mark;
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, PartialEq)]
struct DoorCell {
    at: DoorRef,
    label: String,
    tenant: String,
    standing: Standing,
}

/// The doors of the floor at hand, each as large as a thumb.
#[component]
pub fn Strip(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    let frame = NodeRef::<Div>::new();
    let floor = Memo::new(move |_| walk.at.with(|at| at.as_ref().map(|at| at.floor.clone())));
    let cells = Memo::new(move |_| {
        let floor = floor.get()?;
        walk.with(|tower, building, _| {
            let floor = building.floor(&floor)?;
            let cells = floor.doors.iter().map(|door| {
                let at = DoorRef::new(&*floor.id, &*door.id);
                let tenant = building.tenants_at(&at);
                DoorCell {
                    label: t.door_label(door),
                    tenant: tenant
                        .first()
                        .map(|tenant| tenant.name(lang().is_han()).to_owned())
                        .unwrap_or_default(),
                    standing: tower
                        .board
                        .state(&at, Some(door), building.revisit)
                        .standing,
                    at,
                }
            });
            Some((t.floor_label(floor), cells.collect::<Vec<_>>()))
        })
        .flatten()
    });
    let heading =
        move || cells.with(|cells| cells.as_ref().map(|(label, _)| t.this_floor(label.clone())));
    let keys = Memo::new(move |_| {
        cells.with(|cells| {
            let cells = cells
                .as_ref()
                .map(|(_, cells)| cells.as_slice())
                .unwrap_or_default();
            cells.iter().map(|cell| cell.at.clone()).collect::<Vec<_>>()
        })
    });
    let key_down = move |event: KeyboardEvent| {
        let (all, here) = (keys.get_untracked(), walk.at.get_untracked());
        let last = all.len().saturating_sub(1);
        let here = here
            .and_then(|here| all.iter().position(|at| *at == here))
            .unwrap_or(0);
        if event.repeat() {
            return event.prevent_default();
        }
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => here.saturating_sub(1),
            "ArrowRight" | "ArrowDown" => (here + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        walk.go(all.get(to));
        if let Some(frame) = frame.get_untracked() {
            page_view::focus_child(&frame, to);
        }
    };
    view! {
        <div class="doors-strip" role="grid" aria-label=heading on:keydown=key_down>
            <div class="doors" role="row" node_ref=frame>
                <For each=move || keys.get() key=Clone::clone let:at>
                    <Cell walk at cells />
                </For>
            </div>
        </div>
    }
}

type Cells = Memo<Option<(String, Vec<DoorCell>)>>;

#[component]
fn Cell(walk: Walk, at: DoorRef, cells: Cells) -> impl IntoView {
    let t = text::<Canvass>();
    let wanted = at.clone();
    let cell = Memo::new(move |_| {
        cells.with(|cells| {
            cells
                .as_ref()?
                .1
                .iter()
                .find(|cell| cell.at == wanted)
                .cloned()
        })
    });
    let mine = at.clone();
    let is_current = Memo::new(move |_| walk.at.with(|at| at.as_ref() == Some(&mine)));
    let standing = Signal::derive(move || {
        cell.with(|cell| cell.as_ref().map(|cell| cell.standing).unwrap_or_default())
    });
    let label = move || {
        cell.with(|cell| {
            cell.as_ref().map(|cell| {
                format!(
                    "{} {} {}",
                    cell.label,
                    cell.tenant,
                    t.standing(cell.standing)
                )
            })
        })
    };
    view! {
        <button
            type="button"
            class="door"
            role="gridcell"
            tabindex=move || if is_current.get() { "0" } else { "-1" }
            aria-label=label
            aria-selected=move || is_current.get().to_string()
            data-tone=move || super::super::marks::tone(standing.get())
            on:click=move |_| walk.go(Some(&at))
        >
            <span class="door-name">{move || cell.with(|cell| cell.as_ref().map(|cell| cell.label.clone()))}</span>
            <Mark standing />
        </button>
    }
}
