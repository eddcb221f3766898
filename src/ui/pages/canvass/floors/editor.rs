//! Everything about one floor.

use leptos::prelude::*;

use super::doors::Doors;
use super::saving::{Edits, refused};
use super::{row_id, show_floor};
use crate::domain::canvass::building::{DoorRef, Floor, FloorKind};
use crate::domain::canvass::plan::{Copied, Refusal, Spread, is_floor_used, is_used};
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::platform::{clock, dom, random};
use crate::ui::parts::field::{Choice, TextField};
use crate::ui::words::text;

/// A floor as it stands; `None` once it is gone.
pub type Standing = Memo<Option<Floor>>;

#[component]
pub fn FloorEditor(
    edits: Edits,
    floor: Standing,
    open: RwSignal<Option<String>>,
    key: String,
) -> impl IntoView {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    let key = StoredValue::new(key);
    let has_doors = Memo::new(move |_| {
        floor.with(|floor| floor.as_ref().is_some_and(|floor| !floor.kind.is_passed()))
    });
    let change = move |edit: fn(&mut Floor, String), words: String| {
        let key = key.get_value();
        edits.run(move |building, _| {
            let floor = building
                .floor_mut(&key)
                .ok_or_else(|| refused(Refusal::Known))?;
            edit(floor, words.trim().to_owned());
            Ok(t.floor_changed(canvass.floor_label(floor)))
        });
    };
    let set_kind = move |kind: Option<FloorKind>| {
        let (Some(kind), key) = (kind, key.get_value()) else {
            return;
        };
        edits.run(move |building, _| {
            building.set_kind(&key, kind);
            Ok(t.floor_changed(canvass.floor_key(&key)))
        });
    };
    let label =
        Signal::derive(move || floor.with(|floor| floor.as_ref().map(|floor| floor.label.clone())));
    let zone =
        Signal::derive(move || floor.with(|floor| floor.as_ref().map(|floor| floor.zone.clone())));
    view! {
        <div class="form floor-editor">
            <Kept
                label=t.floor_name()
                hint=t.floor_name_hint()
                value=label
                on_keep=move |words: String| change(set_label, words)
            />
            <Choice
                label=t.floor_kind()
                options=FloorKind::ALL.into_iter().map(|kind| (kind, t.kind(kind))).collect()
                value=Signal::derive(move || floor.with(|floor| floor.as_ref().map(|floor| floor.kind)))
                on_choose=set_kind
            />
            <Kept
                label=t.floor_zone()
                hint=""
                value=zone
                on_keep=move |words: String| change(|floor, words| floor.zone = words, words)
            />
            <Show when=move || has_doors.get()>
                <Doors edits floor key />
                <CopyDoors edits key />
            </Show>
            <Around edits key open />
        </div>
    }
}

/// A label that says no more than the floor's key is none.
fn set_label(floor: &mut Floor, label: String) {
    floor.label = if label == floor.id {
        String::new()
    } else {
        label
    };
}

/// A line that is saved when one leaves it or presses Enter. It shows what stands there, also after an undo; nothing is
/// written back while somebody types.
#[component]
pub fn Kept(
    #[prop(into)] label: Signal<String>,
    hint: &'static str,
    #[prop(into)] value: Signal<Option<String>>,
    #[prop(into)] on_keep: Callback<String>,
) -> impl IntoView {
    let id = format!("k-{}", random::new_id());
    let note = format!("{id}-note");
    let described = (!hint.is_empty()).then(|| note.clone());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                type="text"
                autocomplete="off"
                enterkeyhint="done"
                aria-describedby=described
                prop:value=move || value.get().unwrap_or_default()
                on:change=move |event| on_keep.run(event_target_value(&event))
            />
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=note>{hint}</p> })}
        </div>
    }
}

#[component]
fn CopyDoors(edits: Edits, key: StoredValue<String>) -> impl IntoView {
    let t = text::<Buildings>();
    let ways = [
        (Spread::Up, t.copy_up()),
        (Spread::Down, t.copy_down()),
        (Spread::All, t.copy_all()),
    ];
    let copy = move |spread: Spread| {
        let key = key.get_value();
        edits.run(move |building, tower| {
            let used = |at: &DoorRef| is_used(tower, at);
            match building.copy_doors(&key, spread, &used) {
                Copied { floors: 0, kept: 0 } => Ok(t.copied_none().to_owned()),
                Copied { floors: 0, kept } => Err(t.kept_all(kept)),
                Copied { floors, kept: 0 } => Ok(t.copied(floors)),
                Copied { floors, kept } => Ok(t.copied_but(floors, kept)),
            }
        });
    };
    view! {
        <fieldset class="field" role="group">
            <legend>{t.copy()}</legend>
            <div class="chips">
                {ways
                    .map(|(spread, name)| {
                        view! {
                            <button type="button" class="button" on:click=move |_| copy(spread)>
                                {name}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// A floor more, above or below; or this one less.
#[component]
fn Around(edits: Edits, key: StoredValue<String>, open: RwSignal<Option<String>>) -> impl IntoView {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    let words = RwSignal::new(String::new());
    // Counts up when a floor was added, so that the field is empty for the next one.
    let fill = RwSignal::new(0_u32);
    let add = move |above: bool| {
        let (key, label) = (key.get_value(), words.get_untracked());
        edits.run(move |building, _| {
            let made =
                building
                    .add_floor(&key, above, &label)
                    .map_err(|refusal| match refusal {
                        Refusal::Unreadable(piece) => t.refused_floor(piece),
                        other => refused(other),
                    })?;
            words.try_set(String::new());
            fill.try_update(|n| *n += 1);
            Ok(t.floor_added(canvass.floor_key(&made)))
        });
    };
    let remove = move |_| {
        let key = key.get_value();
        edits.run(move |building, tower| {
            let name = building
                .floor(&key)
                .map(|floor| canvass.floor_label(floor))
                .unwrap_or_default();
            let used = is_floor_used(tower, &key);
            let beside = beside(building.floors.iter().map(|floor| &*floor.id), &key);
            building.remove_floor(&key, used).map_err(refused)?;
            open.try_set(None);
            // The button that was tapped goes with the floor; the next row takes the focus.
            leptos::task::spawn_local(async move {
                clock::next_frame().await;
                if let Some(beside) = beside {
                    show_floor(&beside);
                    dom::focus_id(&row_id(&beside));
                }
            });
            Ok(t.floor_removed(name))
        });
    };
    view! {
        <div class="floor-around">
            {move || {
                fill.track();
                view! {
                    <TextField
                        label=t.new_floor()
                        value=""
                        hint=t.new_floor_hint()
                        on_input=move |typed: String| words.set(typed)
                    />
                }
            }}
            <div class="chips">
                <button type="button" class="button" on:click=move |_| add(true)>
                    {t.above()}
                </button>
                <button type="button" class="button" on:click=move |_| add(false)>
                    {t.below()}
                </button>
                <button type="button" class="button" data-kind="quiet" on:click=remove>
                    {t.remove_floor()}
                </button>
            </div>
        </div>
    }
}

/// The floor below, or above for the last one.
fn beside<'a>(keys: impl Iterator<Item = &'a str>, key: &str) -> Option<String> {
    let keys: Vec<&str> = keys.collect();
    let at = keys.iter().position(|have| *have == key)?;
    keys.get(at + 1)
        .or_else(|| keys.get(at.checked_sub(1)?))
        .map(|key| (*key).to_owned())
}
