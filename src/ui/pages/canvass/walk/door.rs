//! The door at hand: who is behind it, what to know before knocking, and the outcome by one tap.

use leptos::prelude::*;
use leptos_router::components::A;

use super::blocked::Blocked;
use super::history::History;
use super::{Walk, door_words, me};
use crate::domain::canvass::board::{Call, DoorState, Standing};
use crate::domain::canvass::building::{DoorRef, Tenant};
use crate::domain::canvass::event::Outcome;
use crate::domain::id::Id;
use crate::i18n::canvass::Canvass;
use crate::state::{book, walk as acts};
use crate::ui::pages::canvass::marks::tone;
use crate::ui::pages::visits::{day_words, time_words};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, text};

/// What the panel shows of a door; it is drawn anew only when one of these changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Face {
    name: String,
    tenants: Vec<(String, String)>,
    clients: Vec<(Id, String)>,
    pub(super) state: DoorState,
    /// The partner whose part it is, if it is not this device's.
    others: Option<String>,
    claim: Option<(String, String)>,
}

#[component]
pub fn DoorPanel(walk: Walk) -> impl IntoView {
    let face = Memo::new(move |_| face(walk).unwrap_or_default());
    // The person said that a door which was done on this walk is to be recorded once more.
    let again = RwSignal::new(None::<DoorRef>);
    let done_before = Memo::new(move |_| {
        let asked = again.get();
        face.with(|face| face.state.is_worked_on(walk.run)) && asked != walk.at.get()
    });
    let blocked = Memo::new(move |_| face.with(|face| face.state.blocked.clone()));
    let t = text::<Canvass>();
    let free = move || blocked.with(Option::is_none);
    view! {
        <section class="door-panel" aria-labelledby="door-name">
            <Head walk face />
            <Warnings walk face />
            {move || blocked.get().map(|block| view! { <Blocked walk block /> })}
            <History face walk />
        </section>
        <div class="walk-pad">
            {move || match (free(), done_before.get()) {
                (false, _) => ().into_any(),
                (true, true) => {
                    view! {
                        <button type="button" class="button" on:click=move |_| again.set(walk.at.get_untracked())>
                            {t.again()}
                        </button>
                    }
                        .into_any()
                }
                (true, false) => view! { <Outcomes walk face /> }.into_any(),
            }}
            <NextBar walk face />
        </div>
    }
}

fn face(walk: Walk) -> Option<Face> {
    let at = walk.at.get()?;
    let han = lang().is_han();
    walk.with(|tower, building, run| {
        let me = me(&run.body);
        let tenants = building.tenants_at(&at);
        let named = |tenant: &&Tenant| {
            let first = tenant.name(han).to_owned();
            let second = tenant.name(!han).to_owned();
            let second = if second == first {
                String::new()
            } else {
                second
            };
            (first, second)
        };
        let mine = me.is_none_or(|me| me.share.has(building, &at));
        let others = (!mine)
            .then(|| {
                run.body
                    .owners(building, &at)
                    .next()
                    .map(|owner| owner.name.clone())
            })
            .flatten();
        let my_name = me.map(|me| me.name.as_str()).unwrap_or_default();
        Face {
            name: door_words(building, &at),
            tenants: tenants.iter().map(named).collect(),
            clients: tenants
                .iter()
                .filter_map(|tenant| client(tenant.organisation?))
                .collect(),
            state: tower.state(&at),
            others,
            claim: run
                .body
                .claim_on(&at, my_name)
                .map(|claim| (claim.client.clone(), claim.of.clone())),
        }
    })
}

fn client(id: Id) -> Option<(Id, String)> {
    book().with_shelf(|shelf| {
        shelf
            .organisation(id)
            .map(|entry| (entry.id(), entry.body.names(lang().is_han()).0.to_owned()))
    })
}

#[component]
fn Head(walk: Walk, face: Memo<Face>) -> impl IntoView {
    let t = text::<Canvass>();
    let tenants = move || {
        face.with(|face| {
            face.tenants
                .iter()
                .map(|(first, second)| {
                    view! {
                        <p class="tenant">
                            {first.clone()}
                            {(!second.is_empty()).then(|| view! { <small>{second.clone()}</small> })}
                        </p>
                    }
                })
                .collect_view()
        })
    };
    let status = move || {
        face.with(|face| match face.state.last() {
            None => t.not_called().to_owned(),
            Some(call) => {
                let tries = (face.state.tries > 1).then(|| t.tries(usize::from(face.state.tries)));
                let last = t.last_call(when_words(call), t.outcome(call.outcome).to_owned());
                tries
                    .into_iter()
                    .chain([last])
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
        })
    };
    let before = Memo::new(move |_| walk.beside(-1));
    view! {
        <header class="door-head">
            <div class="grow">
                <h2 id="door-name">{move || face.with(|face| face.name.clone())}</h2>
                {tenants}
                <p class="door-status">{status}</p>
            </div>
            <button
                type="button"
                class="icon-button"
                aria-label=t.previous_door()
                aria-disabled=move || before.with(Option::is_none).to_string()
                on:click=move |_| {
                    if let Some(at) = before.get_untracked() {
                        walk.go(Some(&at));
                    }
                }
            >
                <Glyph icon=Icon::Previous />
            </button>
        </header>
    }
}

/// When a call was, in the words of the day it is read on.
pub fn when_words(call: &Call) -> String {
    match call.at.local() {
        Some(local) => format!(
            "{} {}",
            day_words(local.date_naive()),
            time_words(local.time())
        ),
        None => String::new(),
    }
}

/// What one should know before one knocks.
#[component]
fn Warnings(walk: Walk, face: Memo<Face>) -> impl IntoView {
    let t = text::<Canvass>();
    let device = book().device();
    let lines = move || {
        face.with(|face| {
            let mut lines = Vec::new();
            lines.extend(face.others.clone().map(|name| t.warn_partner(name)));
            lines.extend(
                face.claim
                    .clone()
                    .map(|(client, of)| t.warn_claim(client, of)),
            );
            let on_walk = face
                .state
                .calls
                .iter()
                .rev()
                .find(|call| call.run == Some(walk.run));
            lines.extend(on_walk.map(|call| {
                let outcome = t.outcome(call.outcome).to_owned();
                if call.device == device || call.by.is_empty() {
                    t.warn_done_me(outcome)
                } else {
                    t.warn_done(call.by.clone(), outcome)
                }
            }));
            lines.extend(face.state.twice.then(|| t.warn_twice().to_owned()));
            lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view()
        })
    };
    let clients = move || {
        let clients = face.with(|face| face.clients.clone());
        clients
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <li>
                        <A href=format!("/clients/{id}")>{t.warn_client(name)}</A>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="door-warnings">{lines} {clients}</ul> }
}

/// The six outcomes with a place of their own.
#[component]
fn Outcomes(walk: Walk, face: Memo<Face>) -> impl IntoView {
    let t = text::<Canvass>();
    let label = move || face.with(|face| t.outcomes_of(face.name.clone()));
    view! {
        <div class="outcomes" role="group" aria-label=label>
            {acts::places()
                .into_iter()
                .map(|outcome| view! { <OutcomeButton outcome on_tap=move |()| walk.knock(outcome) /> })
                .collect_view()}
        </div>
    }
}

#[component]
fn OutcomeButton(outcome: Outcome, #[prop(into)] on_tap: Callback<()>) -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <button
            type="button"
            class="outcome"
            data-tone=tone(standing_after(outcome))
            on:click=move |_| on_tap.run(())
        >
            {t.outcome(outcome)}
        </button>
    }
}

/// The mark that belongs to an outcome, for the button's edge.
fn standing_after(outcome: Outcome) -> Standing {
    match outcome {
        Outcome::NoAnswer | Outcome::ClosedForNow | Outcome::AccessDenied => Standing::Tried,
        Outcome::Interested => Standing::Interested,
        Outcome::Appointment => Standing::Appointment,
        Outcome::Refused => Standing::Refused,
        Outcome::Vacant | Outcome::Moved => Standing::Vacant,
        Outcome::MetReception
        | Outcome::MetDecisionMaker
        | Outcome::NotInterested
        | Outcome::WrongTenant => Standing::Met,
    }
}

/// The other outcomes and the way on, always in the same place.
#[component]
fn NextBar(walk: Walk, face: Memo<Face>) -> impl IntoView {
    let t = text::<Canvass>();
    let more = RwSignal::new(false);
    let next = Memo::new(move |_| walk.next());
    let label = move || match next.get() {
        Some(at) => walk
            .with(|_, building, _| t.next_named(door_words(building, &at)))
            .unwrap_or_default(),
        None => t.walk_done().to_owned(),
    };
    let blocked = Memo::new(move |_| face.with(|face| face.state.blocked.is_some()));
    let knock = move |outcome| {
        more.set(false);
        walk.knock(outcome);
    };
    view! {
        <div class="next-door">
            <Show when=move || !blocked.get()>
                <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| more.set(true)>
                    {t.more()}
                </button>
            </Show>
            <button
                type="button"
                class="button"
                data-kind="seal"
                aria-disabled=move || next.with(Option::is_none).to_string()
                on:click=move |_| {
                    if let Some(at) = next.get_untracked() {
                        walk.go(Some(&at));
                    }
                }
            >
                {label}
                <Glyph icon=Icon::Next />
            </button>
        </div>
        <Sheet open=more title=t.more_outcomes()>
            <div class="outcomes">
                {acts::others(book())
                    .into_iter()
                    .map(|outcome| view! { <OutcomeButton outcome on_tap=move |()| knock(outcome) /> })
                    .collect_view()}
            </div>
        </Sheet>
    }
}
