//! The state of every door of a tower: a fold over its events, the same in whatever order they arrived (sync.md item 13).

use std::collections::{HashMap, HashSet};

use super::building::{Building, Door, DoorRef, Revisit};
use super::event::{Detail, DoorAct, DoorEvent, Outcome};
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::domain::time::Moment;

/// Everything known of what happened in one building.
#[derive(Debug, Clone, Default)]
pub struct Board {
    events: HashMap<DoorRef, Vec<Entry<DoorEvent>>>,
    known: HashMap<Id, DoorRef>,
    /// The highest number among them.
    last: u64,
}

/// How a door looks on the board: by shape and tone, from farther away than words can be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    #[default]
    Untouched,
    /// Tried, nobody spoke; to be tried again.
    Tried,
    /// Tried as often as the building's rule says.
    GivenUp,
    Met,
    Interested,
    Appointment,
    Refused,
    Vacant,
}

impl Standing {
    pub const ALL: [Standing; 8] = [
        Standing::Untouched,
        Standing::Tried,
        Standing::GivenUp,
        Standing::Met,
        Standing::Interested,
        Standing::Appointment,
        Standing::Refused,
        Standing::Vacant,
    ];

    /// Nothing more to do there on this round.
    pub fn is_done(self) -> bool {
        !matches!(self, Standing::Untouched | Standing::Tried)
    }
}

/// One visit to a door that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub id: Id,
    pub outcome: Outcome,
    pub at: Moment,
    pub by: String,
    pub device: Id,
    pub run: Option<Id>,
    pub detail: Detail,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    pub event: Id,
    pub at: Moment,
    pub by: String,
    pub words: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct DoorState {
    pub standing: Standing,
    /// Calls that stand, the newest last.
    pub calls: Vec<Call>,
    /// Calls without an answer since somebody last answered.
    pub tries: u8,
    /// Who asked not to be called again, until it is lifted; the newest of them.
    pub blocked: Option<Block>,
    /// Every refusal that stands: a lift has to name each.
    pub refusals: Vec<Id>,
    /// Two devices wrote down different outcomes on one walk: both are shown.
    pub twice: bool,
}

impl DoorState {
    pub fn last(&self) -> Option<&Call> {
        self.calls.last()
    }

    /// Whether it was called at on this walk.
    pub fn is_worked_on(&self, run: Id) -> bool {
        self.calls.iter().any(|call| call.run == Some(run))
    }
}

impl Board {
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Entry<DoorEvent>>) -> Self {
        let mut board = Self::default();
        for event in events {
            board.put(event);
        }
        board
    }

    /// Takes an event in; one that is known changes nothing, whatever a second copy says. Answers whether it was new.
    pub fn put(&mut self, event: &Entry<DoorEvent>) -> bool {
        let at = event.body.at_door.clone();
        if self.known.insert(event.id(), at.clone()).is_some() {
            return false;
        }
        self.last = self.last.max(event.body.number);
        let events = self.events.entry(at).or_default();
        let place = events.partition_point(|have| order(have) < order(event));
        events.insert(place, event.clone());
        true
    }

    /// The number the next event of this device gets.
    pub fn next_number(&self) -> u64 {
        self.last.saturating_add(1)
    }

    pub fn len(&self) -> usize {
        self.known.len()
    }

    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub fn event(&self, id: Id) -> Option<&Entry<DoorEvent>> {
        let events = self.events.get(self.known.get(&id)?)?;
        events.iter().find(|event| event.id() == id)
    }

    pub fn events(&self) -> impl Iterator<Item = &Entry<DoorEvent>> {
        self.events.values().flatten()
    }

    /// The call of a device that it wrote last on a walk and did not take back.
    pub fn newest_of(&self, run: Id, device: Id) -> Option<&Entry<DoorEvent>> {
        let mine = |event: &&Entry<DoorEvent>| {
            event.body.run == Some(run)
                && event.envelope.created.device == device
                && matches!(event.body.act, DoorAct::Outcome(_))
        };
        self.events
            .values()
            .flat_map(|events| {
                let gone = retracted(events);
                events
                    .iter()
                    .filter(mine)
                    .filter(move |event| !gone.contains(&event.id()))
            })
            .max_by_key(|event| order(event))
    }

    pub fn state(&self, at: &DoorRef, door: Option<&Door>, rule: Revisit) -> DoorState {
        let former = door.map(|door| door.from.as_slice()).unwrap_or_default();
        if former.is_empty() {
            let events = self.events.get(at).map(Vec::as_slice).unwrap_or_default();
            return fold(events, rule);
        }
        let mut events: Vec<Entry<DoorEvent>> = former
            .iter()
            .map(|door| DoorRef::new(&*at.floor, &**door))
            .chain([at.clone()])
            .filter_map(|at| self.events.get(&at))
            .flatten()
            .cloned()
            .collect();
        events.sort_by_key(order);
        // A door that was split and joined again has some of its past by several keys.
        events.dedup_by_key(|event| event.id());
        fold(&events, rule)
    }

    /// The state of every door of the building, in its order.
    pub fn states(&self, building: &Building) -> Vec<(DoorRef, DoorState)> {
        building
            .doors()
            .map(|(floor, door)| {
                let at = DoorRef::new(&*floor.id, &*door.id);
                let state = self.state(&at, Some(door), building.revisit);
                (at, state)
            })
            .collect()
    }
}

/// The order in which events count: the number first, and for events written without knowing of one another the id, which
/// is the same on every device.
fn order(event: &Entry<DoorEvent>) -> (u64, Id) {
    (event.body.number, event.id())
}

fn fold(events: &[Entry<DoorEvent>], rule: Revisit) -> DoorState {
    if events.is_empty() {
        return DoorState::default();
    }
    let gone = retracted(events);
    let standing_events = || events.iter().filter(|event| !gone.contains(&event.id()));
    let lifted: HashSet<Id> = standing_events()
        .filter_map(|event| match &event.body.act {
            DoorAct::Lift { of, .. } => Some(of),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    let mut state = DoorState::default();
    for event in standing_events() {
        let body = &event.body;
        match &body.act {
            DoorAct::Outcome(outcome) => {
                state.calls.push(Call {
                    id: event.id(),
                    outcome: *outcome,
                    at: body.at.clone(),
                    by: body.by.clone(),
                    device: event.envelope.created.device,
                    run: body.run,
                    detail: Detail::default(),
                });
                if *outcome == Outcome::Refused && !lifted.contains(&event.id()) {
                    state.refusals.push(event.id());
                }
            }
            DoorAct::Detail { of, detail } => {
                if let Some(call) = state.calls.iter_mut().find(|call| call.id == *of) {
                    call.detail = detail.clone();
                }
            }
            DoorAct::Lift { .. } | DoorAct::Retract { .. } | DoorAct::Restore { .. } => {}
        }
    }
    state.blocked = state
        .calls
        .iter()
        .rfind(|call| state.refusals.contains(&call.id))
        .map(|call| Block {
            event: call.id,
            at: call.at.clone(),
            by: call.by.clone(),
            words: call.detail.note.clone(),
        });
    state.tries = tries(&state.calls);
    state.twice = twice(&state.calls);
    state.standing = standing(&state, rule);
    state
}

/// Events that are taken back. Whether a retraction stands is decided from the newest backwards: a later one may have
/// taken it back, and so on.
fn retracted(events: &[Entry<DoorEvent>]) -> HashSet<Id> {
    let mut decided: HashSet<Id> = HashSet::new();
    let mut gone = HashSet::new();
    for event in events.iter().rev() {
        let (of, hides) = match event.body.act {
            DoorAct::Retract { of } => (of, true),
            DoorAct::Restore { of } => (of, false),
            _ => continue,
        };
        if decided.insert(of) && hides {
            gone.insert(of);
        }
    }
    gone
}

fn tries(calls: &[Call]) -> u8 {
    let unanswered = calls
        .iter()
        .rev()
        .take_while(|call| call.outcome.is_unanswered())
        .count();
    u8::try_from(unanswered).unwrap_or(u8::MAX)
}

/// Whether two devices disagree about a door on one walk.
fn twice(calls: &[Call]) -> bool {
    let Some(last) = calls.last().filter(|last| last.run.is_some()) else {
        return false;
    };
    calls.iter().any(|call| {
        call.run == last.run && call.device != last.device && call.outcome != last.outcome
    })
}

fn standing(state: &DoorState, rule: Revisit) -> Standing {
    if state.blocked.is_some() {
        return Standing::Refused;
    }
    let Some(last) = state.last() else {
        return Standing::Untouched;
    };
    match last.outcome {
        Outcome::NoAnswer | Outcome::ClosedForNow | Outcome::AccessDenied => {
            // An earlier success is not forgotten because nobody was in today.
            let best = state.calls.iter().map(|call| call.outcome);
            if best.clone().any(|outcome| outcome == Outcome::Appointment) {
                Standing::Appointment
            } else if best.clone().any(|outcome| outcome == Outcome::Interested) {
                Standing::Interested
            } else if state.tries >= rule.tries {
                Standing::GivenUp
            } else {
                Standing::Tried
            }
        }
        Outcome::MetReception
        | Outcome::MetDecisionMaker
        | Outcome::NotInterested
        | Outcome::WrongTenant => Standing::Met,
        Outcome::Interested => Standing::Interested,
        Outcome::Appointment => Standing::Appointment,
        // A refusal that was lifted.
        Outcome::Refused => Standing::Met,
        Outcome::Vacant | Outcome::Moved => Standing::Vacant,
    }
}

#[cfg(test)]
mod tests;
