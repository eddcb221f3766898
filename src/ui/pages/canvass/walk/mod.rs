//! The walk: one screen for a lift lobby. The door at hand, its outcome under the thumb, the next door one tap away; the
//! tower above it shows how far one is.

mod blocked;
mod details;
mod done;
mod door;
mod history;
mod keep;
mod menu;
mod overview;
mod strip;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::loaded::{Held, with_run};
use crate::domain::canvass::building::{Building, DoorRef};
use crate::domain::canvass::event::Outcome;
use crate::domain::canvass::run::{Partner, Run};
use crate::domain::canvass::tower::Tower;
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::i18n::canvass::Canvass;
use crate::platform::clock;
use crate::state::{Committed, app, book, walk};
use crate::ui::addresses::door_on_walk;
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

#[component]
pub fn WalkPage() -> impl IntoView {
    with_run(|held, run| view! { <Screen held run /> }.into_any())
}

/// The outcome that was written down last on this screen: its details are added and it is taken back from here.
#[derive(Clone)]
struct Done {
    at: DoorRef,
    event: Id,
    outcome: Outcome,
    committed: Committed,
}

/// Goes to an address in place of the present one: the doors of a walk are one entry of the history.
type Go = Box<dyn Fn(&str)>;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
struct Walk {
    held: Held,
    run: Id,
    /// The door at hand; `None` when nothing is left to do.
    at: Memo<Option<DoorRef>>,
    /// Whether the address names it.
    named: Memo<bool>,
    done: RwSignal<Option<Done>, LocalStorage>,
    /// The call whose details are open.
    detailing: RwSignal<Option<(DoorRef, Id, Outcome)>>,
    /// An outcome is being saved: a second tap would be another one.
    busy: StoredValue<bool>,
    navigate: StoredValue<Go, LocalStorage>,
}

impl Walk {
    fn new(held: Held, run: Id) -> Self {
        let query = use_query_map();
        let navigate = use_navigate();
        let go = move |to: &str| {
            navigate(
                to,
                NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..Default::default()
                },
            );
        };
        let at = Memo::new(move |_| {
            let (floor, door) = query.with(|query| (query.get("floor"), query.get("door")));
            held.with(|tower| {
                let building = tower.body()?;
                let asked = floor.and_then(|floor| {
                    let floor = building.floor(&floor)?;
                    let door = door.or_else(|| floor.doors.first().map(|door| door.id.clone()))?;
                    Some(DoorRef::new(&*floor.id, door))
                });
                asked
                    .filter(|at| building.door(at).is_some())
                    .or_else(|| resume(tower, run))
            })
            .flatten()
        });
        Self {
            held,
            run,
            at,
            named: Memo::new(move |_| query.with(|query| query.get("door").is_some())),
            done: RwSignal::new_local(None),
            detailing: RwSignal::new(None),
            busy: StoredValue::new(false),
            navigate: StoredValue::new_local(Box::new(go) as Go),
        }
    }

    /// Asks the tower together with this walk, and again after every change.
    fn with<R>(self, ask: impl FnOnce(&Tower, &Building, &Entry<Run>) -> R) -> Option<R> {
        self.held
            .with(|tower| Some(ask(tower, tower.body()?, tower.runs.get(&self.run)?)))
            .flatten()
    }

    fn with_untracked<R>(self, ask: impl FnOnce(&Tower, &Building, &Entry<Run>) -> R) -> Option<R> {
        self.held
            .with_untracked(|tower| Some(ask(tower, tower.body()?, tower.runs.get(&self.run)?)))
            .flatten()
    }

    fn go(self, at: Option<&DoorRef>) {
        // Nothing to do, and every change of the address counts against what the browser allows.
        if at.is_some()
            && self.at.with_untracked(|here| here.as_ref() == at)
            && self.named.get_untracked()
        {
            return;
        }
        let address = match at {
            Some(at) => door_on_walk(self.run, at),
            None => format!("/runs/{}", self.run),
        };
        self.navigate.with_value(|go| go(&address));
    }

    /// The door to go to next, whatever is done at this one.
    fn next(self) -> Option<DoorRef> {
        let at = self.at.get();
        self.with(|tower, _, run| tower.next_door(run, me(&run.body), at.as_ref(), &clock::now()))
            .flatten()
    }

    /// The neighbour on the way, to look at and not to undo.
    fn beside(self, step: isize) -> Option<DoorRef> {
        let at = self.at.get()?;
        self.with(|tower, _, run| tower.neighbour(run, me(&run.body), &at, step))
            .flatten()
    }

    /// What was saved with the details of the last outcome is taken back together with it.
    fn join_done(self, event: Id, committed: &Committed) {
        self.done.try_update(|done| {
            if let Some(done) = done.as_mut().filter(|done| done.event == event) {
                done.committed
                    .before
                    .extend(committed.before.iter().cloned());
                done.committed.after.extend(committed.after.iter().cloned());
            }
        });
    }

    /// Writes the outcome down and shows the next door; the details of this one may follow.
    fn knock(self, outcome: Outcome) {
        let Some(at) = self.at.get_untracked() else {
            return;
        };
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        let app = app();
        leptos::task::spawn_local(async move {
            let answer = walk::knock(self.held.building, Some(self.run), &at, outcome).await;
            match answer {
                Ok((event, committed)) => {
                    // The page may have been left while it was saved.
                    if self.done.try_with_untracked(|_| ()).is_some() {
                        let next = self
                            .with_untracked(|tower, _, run| {
                                tower.next_door(run, me(&run.body), Some(&at), &clock::now())
                            })
                            .flatten();
                        self.done.set(Some(Done {
                            at,
                            event,
                            outcome,
                            committed,
                        }));
                        self.go(next.as_ref());
                    }
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            self.busy.try_set_value(false);
        });
    }
}

/// Who this device walks as. A walk nobody took over belongs to whoever opens it.
fn me(run: &Run) -> Option<&Partner> {
    run.partner_on(book().device())
}

fn resume(tower: &Tower, run: Id) -> Option<DoorRef> {
    let run = tower.runs.get(&run)?;
    tower.resume(run, me(&run.body), book().device(), &clock::now())
}

/// A door in words.
fn door_words(building: &Building, at: &DoorRef) -> String {
    let words = text::<Canvass>();
    match (building.floor(&at.floor), building.door(at)) {
        (Some(floor), Some(door)) => words.door_of(floor, door),
        _ => format!("{} {}", at.floor, at.door),
    }
}

#[component]
fn Screen(held: Held, run: Id) -> impl IntoView {
    let t = text::<Canvass>();
    let walk = Walk::new(held, run);
    let title = Signal::derive(move || {
        walk.with(|_, building, _| building.name(lang().is_han()).to_owned())
            .unwrap_or_default()
    });
    let here = Memo::new(move |_| walk.at.get().is_some());
    let tools = move || view! { <menu::Menu walk /> };
    view! {
        <Page title back=format!("/canvass/{}", held.building) tools>
            <div class="walk">
                <overview::Overview walk />
                <div class="walk-floor">
                    <strip::Strip walk />
                    <done::DoneCard walk />
                    {move || match here.get() {
                        true => view! { <door::DoorPanel walk /> }.into_any(),
                        false => view! { <menu::RoundDone walk /> }.into_any(),
                    }}
                </div>
            </div>
            <details::Details walk />
            <p class="sr" role="status">
                {move || {
                    let at = walk.at.get()?;
                    walk.with(|_, building, _| t.next_named(door_words(building, &at)))
                }}
            </p>
        </Page>
    }
}
