//! The towers as the screens ask about them: held in memory, kept current by every save. The next door, the place to go
//! on, what was done: all of it follows from the records.

use std::collections::{BTreeMap, HashMap};

use chrono::Timelike;

use super::board::{Board, DoorState, Standing};
use super::building::{Again, Building, Door, DoorRef};
use super::event::DoorEvent;
use super::run::{Partner, Run};
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, AnyEntry, Entry};
use crate::domain::time::Moment;

#[derive(Debug, Default)]
pub struct Towers {
    towers: HashMap<Id, Tower>,
    building_of: HashMap<Id, Id>,
}

/// One building with everything that happened in it. The building itself may still be on its way.
#[derive(Debug, Default)]
pub struct Tower {
    pub building: Option<Entry<Building>>,
    /// By their ids, so the oldest first.
    pub runs: BTreeMap<Id, Entry<Run>>,
    pub board: Board,
}

/// How far a tower or a walk is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub doors: usize,
    /// Called at least once, on the walk that is asked about.
    pub tried: usize,
    /// Nothing more to do there.
    pub done: usize,
    pub interested: usize,
    pub appointments: usize,
}

impl Progress {
    fn count(&mut self, standing: Standing, tried: bool) {
        self.doors += 1;
        self.tried += usize::from(tried);
        self.done += usize::from(standing.is_done());
        self.interested += usize::from(matches!(
            standing,
            Standing::Interested | Standing::Appointment
        ));
        self.appointments += usize::from(standing == Standing::Appointment);
    }
}

impl Towers {
    /// Takes a record in as it now stands; answers whether it changes a tower.
    pub fn put(&mut self, entry: &AnyEntry) -> bool {
        let id = entry.id();
        let gone = entry.envelope.deleted;
        match &entry.body {
            AnyBody::Building(body) => {
                self.towers.entry(id).or_default().building = (!gone).then(|| Entry {
                    envelope: entry.envelope.clone(),
                    body: body.clone(),
                });
            }
            AnyBody::Run(body) => {
                self.building_of.insert(id, body.building);
                let runs = &mut self.towers.entry(body.building).or_default().runs;
                if gone {
                    runs.remove(&id);
                } else {
                    runs.insert(
                        id,
                        Entry {
                            envelope: entry.envelope.clone(),
                            body: body.clone(),
                        },
                    );
                }
            }
            AnyBody::DoorEvent(body) if !gone => {
                return self.put_event(&Entry {
                    envelope: entry.envelope.clone(),
                    body: body.clone(),
                });
            }
            _ => return false,
        }
        true
    }

    fn put_event(&mut self, event: &Entry<DoorEvent>) -> bool {
        let tower = self.towers.entry(event.body.building).or_default();
        tower.board.put(event)
    }

    /// A building that is there.
    pub fn tower(&self, building: Id) -> Option<&Tower> {
        self.towers
            .get(&building)
            .filter(|tower| tower.building.is_some())
    }

    pub fn all(&self) -> impl Iterator<Item = (Id, &Tower)> {
        self.towers
            .iter()
            .filter(|(_, tower)| tower.building.is_some())
            .map(|(id, tower)| (*id, tower))
    }

    /// The building a walk is in.
    pub fn building_of(&self, run: Id) -> Option<Id> {
        self.building_of.get(&run).copied()
    }

    pub fn run(&self, run: Id) -> Option<(&Tower, &Entry<Run>)> {
        let tower = self.tower(self.building_of(run)?)?;
        tower.runs.get(&run).map(|entry| (tower, entry))
    }
}

impl Tower {
    pub fn body(&self) -> Option<&Building> {
        self.building.as_ref().map(|entry| &entry.body)
    }

    pub fn state(&self, at: &DoorRef) -> DoorState {
        let Some(building) = self.body() else {
            return DoorState::default();
        };
        self.board.state(at, building.door(at), building.revisit)
    }

    /// The walk that is under way, the newest first.
    pub fn open_run(&self) -> Option<&Entry<Run>> {
        self.runs.values().rev().find(|run| run.body.is_open())
    }

    /// Of the whole building, or of one partner's part of a walk.
    pub fn progress(&self, walk: Option<(&Entry<Run>, Option<&Partner>)>) -> Progress {
        let mut progress = Progress::default();
        let Some(building) = self.body() else {
            return progress;
        };
        let mut count = |at: &DoorRef, door: &Door| {
            let state = self.board.state(at, Some(door), building.revisit);
            let tried = match walk {
                Some((run, _)) => state.is_worked_on(run.id()),
                None => !state.calls.is_empty(),
            };
            progress.count(state.standing, tried);
        };
        match walk {
            Some((run, partner)) => run
                .body
                .doors(building, partner)
                .for_each(|(at, door)| count(&at, door)),
            None => building.doors().for_each(|(floor, door)| {
                count(&DoorRef::new(&*floor.id, &*door.id), door);
            }),
        }
        progress
    }

    /// The door to go to from `after`: the next one in the walk's order nobody has called at on it, from the start again
    /// after the last one; then those whose second try is due; `None` when the walk is done.
    pub fn next_door(
        &self,
        run: &Entry<Run>,
        partner: Option<&Partner>,
        after: Option<&DoorRef>,
        now: &Moment,
    ) -> Option<DoorRef> {
        let building = self.body()?;
        let route = run.body.route(building, partner);
        let start = after
            .and_then(|after| route.iter().position(|at| at == after))
            .map_or(0, |place| place + 1);
        let ahead = || route.iter().skip(start).chain(route.iter().take(start));
        let open = |at: &&DoorRef| {
            let state = self.state(at);
            !state.is_worked_on(run.id())
                && !state.standing.is_done()
                && is_due(&state, building.revisit.when, now)
        };
        let again = |at: &&DoorRef| {
            let state = self.state(at);
            state.standing == Standing::Tried
                && Some(*at) != after
                && is_due(&state, building.revisit.when, now)
                && building.revisit.when != Again::AnyTime
        };
        ahead().find(open).or_else(|| ahead().find(again)).cloned()
    }

    /// Where the walk goes on after anything: behind the door this device called at last.
    pub fn resume(
        &self,
        run: &Entry<Run>,
        partner: Option<&Partner>,
        device: Id,
        now: &Moment,
    ) -> Option<DoorRef> {
        let last = self
            .board
            .newest_of(run.id(), device)
            .map(|event| event.body.at_door.clone());
        self.next_door(run, partner, last.as_ref(), now)
    }

    /// The door before this one on the route, whatever its state: going back is looking, not undoing.
    pub fn neighbour(
        &self,
        run: &Entry<Run>,
        partner: Option<&Partner>,
        at: &DoorRef,
        step: isize,
    ) -> Option<DoorRef> {
        let route = run.body.route(self.body()?, partner);
        let place = route.iter().position(|have| have == at)?;
        route.get(place.checked_add_signed(step)?).cloned()
    }
}

/// Whether a door where nobody answered may be tried again now.
pub fn is_due(state: &DoorState, rule: Again, now: &Moment) -> bool {
    let Some(last) = state.last() else {
        return true;
    };
    if !last.outcome.is_unanswered() {
        return true;
    }
    let (Some(then), Some(now)) = (last.at.local(), now.local()) else {
        return true;
    };
    let same_day = then.date_naive() == now.date_naive();
    match rule {
        Again::AnyTime => true,
        Again::OtherHalf => (then.hour() < 12) != (now.hour() < 12),
        Again::OtherDay => !same_day,
    }
}

#[cfg(test)]
mod tests;
