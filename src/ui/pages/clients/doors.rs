//! Where a client sits in the towers that are walked, and how each door stands: a refusal at the door is read before the
//! next call.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::canvass::building::DoorRef;
use crate::domain::id::Id;
use crate::i18n::canvass::Canvass;
use crate::state::book;
use crate::ui::addresses::floor_of_building;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, PartialEq)]
struct AtDoor {
    href: String,
    place: String,
    standing: String,
    blocked: bool,
}

#[component]
pub fn Doors(#[prop(into)] ids: Signal<Vec<Id>>) -> impl IntoView {
    let t = text::<Canvass>();
    let doors = Memo::new(move |_| at_doors(&ids.get()));
    let rows = move || {
        doors
            .get()
            .into_iter()
            .map(|door| {
                let kind = door.blocked.then_some("stop");
                view! {
                    <li>
                        <A href=door.href attr:class="row">
                            <Glyph icon=Icon::Door />
                            <span class="grow">
                                <span class="title">{door.place}</span>
                                <span class="sub">
                                    <span class="tag" data-kind=kind>{door.standing}</span>
                                </span>
                            </span>
                            <Glyph icon=Icon::Next />
                        </A>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || doors.with(|doors| !doors.is_empty())>
            <section class="section">
                <h2>{t.title()}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        </Show>
    }
}

fn at_doors(clients: &[Id]) -> Vec<AtDoor> {
    let t = text::<Canvass>();
    let han = lang().is_han();
    book().with_towers(|towers| {
        let mut found = Vec::new();
        for (id, tower) in towers.all() {
            let Some(building) = tower.body() else {
                continue;
            };
            let theirs = building.tenants.iter().filter(|tenant| {
                tenant
                    .organisation
                    .is_some_and(|organisation| clients.contains(&organisation))
            });
            for tenant in theirs {
                // Of a firm with several doors the first speaks for all: they were put down as one row of the board.
                let Some(floor) = building.floor(&tenant.floor) else {
                    continue;
                };
                let door = floor
                    .doors
                    .iter()
                    .find(|door| tenant.is_at(&DoorRef::new(&*floor.id, &*door.id)));
                let Some(door) = door else { continue };
                let state = tower.state(&DoorRef::new(&*floor.id, &*door.id));
                found.push(AtDoor {
                    href: floor_of_building(id, &floor.id),
                    place: format!("{} {}", building.name(han), t.door_of(floor, door)),
                    standing: t.standing(state.standing).to_owned(),
                    blocked: state.blocked.is_some(),
                });
            }
        }
        found
    })
}
