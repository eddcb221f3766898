//! The doors to call at again, and when somebody is most likely to be in.

use std::collections::BTreeMap;

use super::{Filter, Rate, hour, results};
use crate::domain::canvass::board::{Call, DoorState, Standing};
use crate::domain::canvass::building::{Again, DoorRef};
use crate::domain::canvass::tower::{Tower, is_due};
use crate::domain::time::Moment;

/// A door where nobody spoke at the last call, that was not tried often enough yet and did not ask to be left alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    pub at: DoorRef,
    pub standing: Standing,
    /// Calls without an answer since somebody last answered.
    pub tries: u8,
    pub last: Call,
    pub best: Best,
    /// Whether the building's rule lets it be tried at this moment.
    pub due: bool,
}

/// When to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Best {
    /// The hour in which most doors of this building were answered.
    Hour(u8),
    /// Not the half of the day in which it was tried last; too little is known to say more.
    Morning,
    Afternoon,
}

impl Best {
    /// As the day goes; what is known to the hour first, then the rest of that half of the day.
    fn order(self) -> (u8, u8) {
        match self {
            Best::Hour(hour) => (hour, 0),
            Best::Morning => (11, 1),
            Best::Afternoon => (23, 1),
        }
    }
}

/// Calls in an hour below which its rate says nothing.
const ENOUGH: usize = 3;

/// Calls at the building's own rate that are added to every hour (additive smoothing): three of three do not beat forty of
/// fifty.
const PRIOR: f64 = 5.0;

/// Every door to call at again, in the order of the best hour and within it from the top down.
pub fn revisits(tower: &Tower, now: &Moment) -> Vec<Missed> {
    let Some(building) = tower.body() else {
        return Vec::new();
    };
    let known = results(tower, Filter::All);
    let rule = building.revisit;
    let mut list: Vec<Missed> = tower
        .board
        .states(building)
        .into_iter()
        .filter(|(_, state)| state.blocked.is_none() && state.tries < rule.tries)
        .filter_map(|(at, state)| {
            let last = state.last().filter(|last| last.outcome.is_unanswered())?;
            Some(Missed {
                best: best(&state, last, rule.when, known.all, &known.hours),
                due: is_due(&state, rule.when, now),
                standing: state.standing,
                tries: state.tries,
                last: last.clone(),
                at,
            })
        })
        .collect();
    // The sort is stable, and the states came from the top down.
    list.sort_by_key(|door| door.best.order());
    list
}

/// The hour in which the building answers most, among those the rule allows and this door was not tried in yet; otherwise
/// the other half of the day.
fn best(
    state: &DoorState,
    last: &Call,
    rule: Again,
    all: Rate,
    hours: &BTreeMap<u8, Rate>,
) -> Best {
    let last_hour = hour(&last.at);
    let tried: Vec<u8> = state
        .calls
        .iter()
        .rev()
        .take(usize::from(state.tries))
        .map(|call| hour(&call.at))
        .collect();
    let allowed = |hour: u8| {
        !tried.contains(&hour)
            && (rule != Again::OtherHalf || is_morning(hour) != is_morning(last_hour))
    };
    let found = hours
        .iter()
        .filter(|(hour, rate)| allowed(**hour) && rate.calls >= ENOUGH && rate.answered > 0)
        .map(|(hour, rate)| (*hour, smoothed(*rate, all)))
        // Of equals the last wins, so the hours are gone through backwards: the earlier one is kept.
        .rev()
        .max_by(|(_, one), (_, other)| one.total_cmp(other));
    match found {
        Some((hour, _)) => Best::Hour(hour),
        None if is_morning(last_hour) => Best::Afternoon,
        None => Best::Morning,
    }
}

fn is_morning(hour: u8) -> bool {
    hour < 12
}

fn smoothed(rate: Rate, all: Rate) -> f64 {
    // Counts of calls are far below the numbers a float holds exactly.
    let part = |part: usize, whole: usize| part as f64 / (whole as f64).max(1.0);
    let usual = part(all.answered, all.calls);
    (rate.answered as f64 + PRIOR * usual) / (rate.calls as f64 + PRIOR)
}
