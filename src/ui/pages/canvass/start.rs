//! Before the walk: what goes into the bag, in which order, and who takes which floors.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::loaded::{Held, with_tower};
use crate::domain::canvass::building::Building;
use crate::domain::canvass::run::{KitItem, Order, Partner, Run, Share};
use crate::i18n::canvass::Canvass;
use crate::platform::{clock, prefs, random};
use crate::state::{Change, Draft, app};
use crate::ui::pages::visits::{Saving, drafted};
use crate::ui::parts::field::{Choice, TextField};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Form {
    kit: Vec<KitItem>,
    order: Order,
    zone: String,
    split: Split,
    /// Whether the first of the two parts is this device's.
    first_is_mine: bool,
    /// The lowest floor of the upper part.
    boundary: String,
    my_name: String,
    partner: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Split {
    #[default]
    Alone,
    OddEven,
    Wings,
    Ranges,
}

#[component]
pub fn StartWalk() -> impl IntoView {
    with_tower(|held| view! { <Screen held /> }.into_any())
}

#[component]
fn Screen(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let title = Signal::derive(move || {
        held.with(|tower| {
            tower
                .body()
                .map(|body| body.name(lang().is_han()).to_owned())
        })
        .flatten()
        .unwrap_or_default()
    });
    let words =
        prefs::kit().unwrap_or_else(|| t.kit_default().lines().map(str::to_owned).collect());
    let kit = words
        .into_iter()
        .map(|text| KitItem {
            id: random::new_id(),
            text,
            packed: false,
        })
        .collect();
    let first = Form {
        kit,
        first_is_mine: true,
        my_name: prefs::partner_name().unwrap_or_default(),
        ..Form::default()
    };
    view! {
        <Page title back=format!("/canvass/{}", held.building)>
            {drafted(
                format!("walk:{}", held.building),
                first,
                move |draft| view! { <Fields held draft /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Fields(held: Held, draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let app = app();
    let saving = Saving::new();
    let zones = held
        .with_untracked(|tower| tower.body().map(Building::zones))
        .flatten()
        .unwrap_or_default();
    let start = move |_| {
        let form = draft.value.get_untracked();
        let Some(building) = held.entry() else { return };
        if !form.my_name.trim().is_empty() {
            prefs::set_partner_name(form.my_name.trim());
        }
        let mut change = Change::new();
        let run = change.create(app.book.device(), run_of(held, &building.body, &form));
        saving.run(change, draft, t.start().to_owned(), format!("/runs/{run}"));
    };
    view! {
        <div class="form">
            <Kit draft />
            <Choice
                label=t.order()
                options=[Order::TopDown, Order::BottomUp].into_iter().map(|order| (order, t.walk_order(order))).collect()
                value=Signal::derive(move || draft.value.with(|form| Some(form.order)))
                on_choose={move |order: Option<Order>| draft.update(|form| form.order = order.unwrap_or_default())}
            />
            {(zones.len() > 1).then(|| view! { <Zones draft zones /> })}
            <Partners held draft />
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=start>
                {t.start()}
            </button>
        </div>
    }
}

/// The checklist. What is missing is said, and keeps nobody from starting.
#[component]
fn Kit(draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let items = draft.value.with_untracked(|form| form.kit.clone());
    let missing = Memo::new(move |_| {
        draft.value.with(|form| {
            let missing = form.kit.iter().filter(|item| !item.packed);
            missing.map(|item| item.text.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <fieldset class="field" role="group">
            <legend>{t.kit()}</legend>
            <div class="chips">
                {items
                    .into_iter()
                    .map(|item| {
                        let packed = move || {
                            draft.value.with(|form| form.kit.iter().any(|have| have.id == item.id && have.packed))
                        };
                        let toggle = move |_| {
                            draft.update(|form| {
                                if let Some(have) = form.kit.iter_mut().find(|have| have.id == item.id) {
                                    have.packed = !have.packed;
                                }
                            });
                        };
                        view! {
                            <button type="button" class="chip" aria-pressed=move || packed().to_string() on:click=toggle>
                                {item.text.clone()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <p class="hint" role="status">
                {move || match missing.get() {
                    missing if missing.is_empty() => t.kit_packed().to_owned(),
                    missing => t.kit_missing(crate::platform::intl::list(lang().tag(), &missing)),
                }}
            </p>
        </fieldset>
    }
}

#[component]
fn Zones(draft: Draft<Form>, zones: Vec<String>) -> impl IntoView {
    let t = text::<Canvass>();
    let all = std::iter::once((String::new(), t.whole_tower().to_owned()));
    let options: Vec<(String, String)> = all
        .chain(zones.into_iter().map(|zone| (zone.clone(), zone)))
        .collect();
    view! {
        <fieldset class="field" role="group">
            <legend>{t.zone()}</legend>
            <div class="chips">
                {options
                    .into_iter()
                    .map(|(zone, name)| {
                        let (mine, chosen) = (zone.clone(), zone);
                        let pressed = move || draft.value.with(|form| form.zone == mine);
                        let choose = move |_| draft.update(|form| form.zone.clone_from(&chosen));
                        view! {
                            <button type="button" class="chip" aria-pressed=move || pressed().to_string() on:click=choose>
                                {name}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn Partners(held: Held, draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let split = Memo::new(move |_| draft.value.with(|form| form.split));
    let (me, partner) = draft
        .value
        .with_untracked(|form| (form.my_name.clone(), form.partner.clone()));
    let (me, partner) = (StoredValue::new(me), StoredValue::new(partner));
    let parts = move || {
        let form = draft.value.get();
        let building = held.entry()?;
        let (first, second) = shares(&building.body, &form)?;
        let (mine, theirs) = if form.first_is_mine {
            (first, second)
        } else {
            (second, first)
        };
        Some((t.share(&mine), t.share(&theirs)))
    };
    view! {
        <Choice
            label=t.split()
            options=vec![
                (Split::Alone, t.alone()),
                (Split::OddEven, t.by_floors()),
                (Split::Wings, t.by_wings()),
                (Split::Ranges, t.by_range()),
            ]
            value=Signal::derive(move || Some(split.get()))
            on_choose={move |split: Option<Split>| draft.update(|form| form.split = split.unwrap_or_default())}
        />
        <Show when=move || split.get() != Split::Alone>
            <Show when=move || split.get() == Split::Ranges>
                <Boundary held draft />
            </Show>
            <TextField label=t.my_name() value=me.get_value() on_input=move |name: String| draft.update(|form| form.my_name = name) />
            <TextField
                label=t.partner_name()
                value=partner.get_value()
                on_input=move |name: String| draft.update(|form| form.partner = name)
            />
            <div class="chips">
                {move || {
                    parts()
                        .map(|(mine, theirs)| {
                            view! {
                                <button
                                    type="button"
                                    class="chip"
                                    on:click=move |_| draft.update(|form| form.first_is_mine = !form.first_is_mine)
                                >
                                    {format!("{} {mine} · {} {theirs}", t.my_part(), t.partner_part())}
                                    " ⇄"
                                </button>
                            }
                        })
                }}
            </div>
        </Show>
    }
}

/// Where the upper part ends.
#[component]
fn Boundary(held: Held, draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let floors = held
        .with_untracked(|tower| {
            let body = tower.body()?;
            Some(
                body.floors
                    .iter()
                    .map(|floor| (floor.id.clone(), t.floor_label(floor)))
                    .collect::<Vec<_>>(),
            )
        })
        .flatten()
        .unwrap_or_default();
    let middle = floors.len().saturating_sub(1) / 2;
    let chosen = draft.value.with_untracked(|form| form.boundary.clone());
    let place = floors
        .iter()
        .position(|(key, _)| *key == chosen)
        .unwrap_or(middle);
    let id = format!("f-{}", random::new_id());
    let choose = move |event| {
        let key = event_target_value(&event);
        draft.update(|form| form.boundary.clone_from(&key));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t.range_from()}</label>
            <select class="input" id=id on:change=choose>
                {floors
                    .into_iter()
                    .enumerate()
                    .map(|(at, (key, name))| view! { <option value=key selected=at == place>{name}</option> })
                    .collect_view()}
            </select>
        </div>
    }
}

/// The two parts; `None` for somebody who walks alone.
fn shares(building: &Building, form: &Form) -> Option<(Share, Share)> {
    match form.split {
        Split::Alone => None,
        Split::OddEven => Some((Share::Odd, Share::Even)),
        Split::Wings => Some((Share::FirstWing, Share::SecondWing)),
        Split::Ranges => {
            let middle = || {
                building
                    .floors
                    .get(building.floors.len().saturating_sub(1) / 2)
            };
            let chosen = building.floor(&form.boundary).or_else(middle)?;
            Some((
                Share::From(chosen.id.clone()),
                Share::Below(chosen.id.clone()),
            ))
        }
    }
}

fn run_of(held: Held, building: &Building, form: &Form) -> Run {
    let t = text::<Canvass>();
    let device = app().book.device();
    let me = |share| Partner {
        id: random::new_id(),
        name: named(&form.my_name, t.me()),
        device: Some(device),
        share,
    };
    let partners = match shares(building, form) {
        None => vec![me(Share::All)],
        Some((first, second)) => {
            let (mine, theirs) = if form.first_is_mine {
                (first, second)
            } else {
                (second, first)
            };
            let partner = Partner {
                id: random::new_id(),
                name: named(&form.partner, "B"),
                device: None,
                share: theirs,
            };
            vec![me(mine), partner]
        }
    };
    Run {
        building: held.building,
        day: clock::today(),
        order: form.order,
        zone: form.zone.clone(),
        partners,
        kit: form.kit.clone(),
        claims: Vec::new(),
        started: clock::now(),
        ended: None,
    }
}

fn named(name: &str, otherwise: &str) -> String {
    let name = name.trim();
    if name.is_empty() { otherwise } else { name }.to_owned()
}
