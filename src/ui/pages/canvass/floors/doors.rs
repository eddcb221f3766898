//! The doors along a floor: a tap chooses one, and what can be done with it stands under them.

use leptos::prelude::*;

use super::editor::{Kept, Standing};
use super::saving::{Edits, refused};
use crate::domain::canvass::building::{Building, Door, DoorRef};
use crate::domain::canvass::plan::{Refusal, is_used};
use crate::domain::canvass::tower::Tower;
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::platform::{clock, dom};
use crate::ui::parts::field::TextField;
use crate::ui::words::text;

#[component]
pub fn Doors(edits: Edits, floor: Standing, key: StoredValue<String>) -> impl IntoView {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    let chosen = RwSignal::new(None::<String>);
    let doors = Memo::new(move |_| {
        floor.with(|floor| {
            let doors = floor.as_ref().map(|floor| floor.doors.clone());
            doors.unwrap_or_default()
        })
    });
    let legend = move || {
        floor.with(|floor| {
            floor
                .as_ref()
                .map(|floor| t.doors_of(canvass.floor_label(floor)))
        })
    };
    // A door that was split or joined is no longer there to be changed.
    let here = Memo::new(move |_| {
        let chosen = chosen.get()?;
        doors
            .with(|doors| doors.iter().any(|door| door.id == chosen))
            .then_some(chosen)
    });
    view! {
        <fieldset class="field" role="group">
            <legend>{legend}</legend>
            <div class="chips">
                <For each=move || doors.get() key=|door: &Door| (door.id.clone(), door.label.clone()) let:door>
                    <DoorChip key door chosen />
                </For>
            </div>
            {move || match here.get() {
                Some(id) => view! { <ChosenDoor edits key doors id chosen /> }.into_any(),
                None => view! { <p class="hint">{t.choose_door()}</p> }.into_any(),
            }}
        </fieldset>
        <AddDoors edits key />
    }
}

/// The id of a door's chip in the page.
fn chip_id(at: &DoorRef) -> String {
    format!("door-{}-{}", at.floor, at.door)
}

#[component]
fn DoorChip(
    key: StoredValue<String>,
    door: Door,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let name = text::<Canvass>().door_label(&door);
    let place = chip_id(&DoorRef::new(key.get_value(), &*door.id));
    let id = StoredValue::new(door.id);
    let pressed = move || chosen.with(|chosen| id.with_value(|id| chosen.as_ref() == Some(id)));
    let tap = move |_| {
        let again = untrack(pressed);
        chosen.set((!again).then(|| id.get_value()));
    };
    view! {
        <button type="button" class="chip" id=place aria-pressed=move || pressed().to_string() on:click=tap>
            {name}
        </button>
    }
}

/// What is done with a door.
type Act = fn(&mut Building, &Tower, &DoorRef) -> Result<(), Refusal>;

#[component]
fn ChosenDoor(
    edits: Edits,
    key: StoredValue<String>,
    doors: Memo<Vec<Door>>,
    id: String,
    chosen: RwSignal<Option<String>>,
) -> impl IntoView {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    let at = StoredValue::new(DoorRef::new(key.get_value(), id));
    let door = Memo::new(move |_| {
        doors.with(|doors| {
            let door = doors
                .iter()
                .find(|door| at.with_value(|at| door.id == at.door));
            door.cloned().unwrap_or_default()
        })
    });
    let label = Signal::derive(move || {
        door.with(|door| (!door.is_whole_floor()).then(|| door.label().to_owned()))
    });
    let rename = move |label: String| {
        let at = at.get_value();
        edits.run(move |building, _| {
            building.rename_door(&at, &label).map_err(refused)?;
            Ok(t.door_changed(label.trim().to_owned()))
        });
    };
    let act = move |act: Act, words: fn(Buildings, String) -> String| {
        let (at, name) = (at.get_value(), canvass.door_label(&door.get_untracked()));
        edits.run(move |building, tower| {
            let place = building
                .floor(&at.floor)
                .and_then(|floor| floor.doors.iter().position(|door| door.id == at.door));
            act(building, tower, &at).map_err(refused)?;
            choose_at(building, &at.floor, place, chosen);
            Ok(words(t, name))
        });
    };
    let split = move |_| {
        act(
            |building, _, at| building.split_door(at),
            Buildings::door_changed,
        )
    };
    let join = move |_| {
        act(
            |building, _, at| building.join_door(at),
            Buildings::door_changed,
        )
    };
    let remove = move |_| {
        act(
            |building, tower, at| building.remove_door(at, is_used(tower, at)),
            Buildings::door_removed,
        );
    };
    let rename_label =
        Signal::derive(move || door.with(|door| t.door_name(canvass.door_label(door))));
    view! {
        <div class="chosen-door">
            <Kept label=rename_label hint="" value=label on_keep=rename />
            <div class="chips">
                <button type="button" class="button" on:click=split>
                    {t.split()}
                </button>
                <button type="button" class="button" on:click=join>
                    {t.join()}
                </button>
                <button type="button" class="button" data-kind="quiet" on:click=remove>
                    {t.remove_door()}
                </button>
            </div>
        </div>
    }
}

/// Goes to the door that stands where the changed one stood: its buttons are gone, and the focus must not be.
fn choose_at(
    building: &Building,
    floor: &str,
    place: Option<usize>,
    chosen: RwSignal<Option<String>>,
) {
    let door = building.floor(floor).and_then(|floor| {
        let last = floor.doors.len().checked_sub(1)?;
        floor.doors.get(place?.min(last))
    });
    let Some(door) = door else { return };
    chosen.try_set(Some(door.id.clone()));
    let chip = chip_id(&DoorRef::new(floor, &*door.id));
    leptos::task::spawn_local(async move {
        // The chips are drawn when the edit is saved, a few frames from now.
        for _ in 0..FRAMES {
            clock::next_frame().await;
            if dom::focus_id(&chip) {
                break;
            }
        }
    });
}

/// A save that takes longer than this leaves the focus where it is.
const FRAMES: usize = 60;

#[component]
fn AddDoors(edits: Edits, key: StoredValue<String>) -> impl IntoView {
    let t = text::<Buildings>();
    let words = RwSignal::new(String::new());
    // Counts up when doors were added, so that the field is empty for the next ones.
    let fill = RwSignal::new(0_u32);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (key, typed) = (key.get_value(), words.get_untracked());
        // An empty field is no wish for the door of a whole floor.
        if typed.trim().is_empty() {
            return;
        }
        edits.run(move |building, tower| {
            let used = |at: &DoorRef| is_used(tower, at);
            let added = building.add_doors(&key, &typed, &used).map_err(refused)?;
            words.try_set(String::new());
            fill.try_update(|n| *n += 1);
            Ok(t.doors_added(added))
        });
    };
    view! {
        <form class="add-doors" on:submit=add novalidate>
            {move || {
                fill.track();
                view! {
                    <TextField
                        label=t.add_doors()
                        value=""
                        hint=t.add_doors_hint()
                        on_input=move |typed: String| words.set(typed)
                    />
                }
            }}
            <button type="submit" class="button">
                {t.add_doors()}
            </button>
        </form>
    }
}
