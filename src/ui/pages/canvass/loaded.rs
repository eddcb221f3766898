//! The tower an address names: read ahead of the rest of the book when the page is opened, and followed from then on.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::canvass::building::Building;
use crate::domain::canvass::run::Run;
use crate::domain::canvass::tower::Tower;
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::i18n::canvass::Canvass;
use crate::i18n::common::Common;
use crate::state::{app, book};
use crate::ui::pages::visits::route_id;
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::page::Page;
use crate::ui::words::text;

/// A building that is in memory: asked by closures that follow every change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub building: Id,
}

impl Held {
    /// Asks the tower, and again after every change; `None` once it was deleted.
    pub fn with<R>(self, ask: impl FnOnce(&Tower) -> R) -> Option<R> {
        book().with_towers(|towers| towers.tower(self.building).map(ask))
    }

    pub fn with_untracked<R>(self, ask: impl FnOnce(&Tower) -> R) -> Option<R> {
        book().with_towers_untracked(|towers| towers.tower(self.building).map(ask))
    }

    /// The building's record as it now stands, for an edit.
    pub fn entry(self) -> Option<Entry<Building>> {
        self.with_untracked(|tower| tower.building.clone())
            .flatten()
    }
}

/// Draws a page about the building the address names.
pub fn with_tower(draw: fn(Held) -> AnyView) -> impl IntoView {
    let id = route_id();
    move || match id.get() {
        Some(building) => reading(
            move || async move { Some(building) },
            |building| Held { building }.with(|_| ()).is_some(),
            move |building| draw(Held { building }),
        )
        .into_any(),
        None => view! { <Missing /> }.into_any(),
    }
}

/// Draws a page about the walk the address names.
pub fn with_run(draw: fn(Held, Id) -> AnyView) -> impl IntoView {
    let id = route_id();
    move || match id.get() {
        Some(run) => reading(
            move || async move {
                let known = book().with_towers_untracked(|towers| towers.building_of(run));
                match known {
                    Some(building) => Some(building),
                    None => {
                        let found = book().get::<Run>(run).await.ok().flatten()?;
                        Some(found.body.building)
                    }
                }
            },
            move |building| {
                let there = Held { building }.with(|tower| tower.runs.contains_key(&run));
                there.unwrap_or(false)
            },
            move |building| draw(Held { building }, run),
        )
        .into_any(),
        None => view! { <Missing /> }.into_any(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Reading,
    Here(Id),
    Missing,
}

fn reading<F>(
    which: impl Fn() -> F + Copy + 'static,
    is_there: impl Fn(Id) -> bool + Copy + Send + Sync + 'static,
    draw: impl Fn(Id) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    F: Future<Output = Option<Id>> + 'static,
{
    let state = RwSignal::new(State::Reading);
    let asked = StoredValue::new(0_u64);
    // Read when the page opens, and again when an import or a restore had everything read anew: on a board that is not
    // whole yet nothing may be written.
    Effect::new(move || {
        book().tower_readings.track();
        if book().store_when_open().is_none() {
            return;
        }
        state.set(State::Reading);
        let turn = asked.get_value() + 1;
        asked.set_value(turn);
        leptos::task::spawn_local(async move {
            let found = match which().await {
                Some(building) => match app().book.load_tower(building).await {
                    Ok(true) => State::Here(building),
                    Ok(false) => State::Missing,
                    Err(error) => {
                        app().book.report(&error, app().settings);
                        State::Missing
                    }
                },
                None => State::Missing,
            };
            if asked.try_get_value() == Some(turn) {
                state.try_set(found);
            }
        });
    });
    // What is deleted while its page is open leaves nothing to draw.
    let there = Memo::new(move |_| match state.get() {
        State::Here(building) if !is_there(building) => State::Missing,
        state => state,
    });
    move || match there.get() {
        State::Reading => view! { <Skeleton /> }.into_any(),
        State::Here(building) => draw(building),
        State::Missing => view! { <Missing /> }.into_any(),
    }
}

#[component]
fn Missing() -> impl IntoView {
    let t = text::<Common>();
    let canvass = text::<Canvass>();
    view! {
        <Page title=canvass.title() back="/canvass">
            <Empty alone=true title=t.not_found() help=t.not_found_help()>
                <A href="/canvass" attr:class="button">
                    {canvass.title()}
                </A>
            </Empty>
        </Page>
    }
}
