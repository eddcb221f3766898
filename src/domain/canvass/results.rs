//! What came of the walks: counted from the calls that stand, so that what was taken back counts nowhere, and the same in
//! whatever order the events arrived. Doors that are no longer in the building are not counted.

mod bands;
mod revisit;

pub use bands::Band;
pub use revisit::{Best, Missed, revisits};

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::board::Call;
use super::building::{Building, DoorRef};
use super::event::Outcome;
use super::tower::Tower;
use crate::domain::id::Id;
use crate::domain::time::Moment;

/// Which calls are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    #[default]
    All,
    Run(Id),
    Month(Month),
}

impl Filter {
    fn takes(self, call: &Call) -> bool {
        match self {
            Filter::All => true,
            Filter::Run(run) => call.run == Some(run),
            Filter::Month(month) => Month::of(&call.at) == Some(month),
        }
    }

    /// The doors that could have been called at: those of the walk, or all. A door outside its walk counts once somebody
    /// called there on it.
    fn scope(self, tower: &Tower, building: &Building) -> Option<HashSet<DoorRef>> {
        match self {
            Filter::Run(run) => {
                let run = tower.runs.get(&run)?;
                Some(run.body.route(building, None).into_iter().collect())
            }
            Filter::All | Filter::Month(_) => None,
        }
    }
}

/// A calendar month where the calls were made; written `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// `None` only for moments no calendar has.
    pub fn of(at: &Moment) -> Option<Self> {
        at.date().map(|date| Self {
            year: date.year(),
            month: date.month(),
        })
    }

    pub fn first_day(self) -> NaiveDate {
        // Both parts come from a date, so there is such a day.
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let date = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")?;
        Ok(Self {
            year: date.year(),
            month: date.month(),
        })
    }
}

/// Calls, and how many of them reached somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    pub calls: usize,
    pub answered: usize,
    pub interested: usize,
}

impl Rate {
    fn add(&mut self, outcome: Outcome) {
        self.calls += 1;
        self.answered += usize::from(outcome.is_answered());
        self.interested += usize::from(outcome.is_interested());
    }
}

/// Each step counts doors, and a door once, by the best that happened there. Who is interested was met, who was met
/// answered, who answered was called at: so no step is higher than the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Doors that could be called at.
    pub doors: usize,
    /// Called at, whatever came of it.
    pub tried: usize,
    /// Somebody opened.
    pub answered: usize,
    /// Somebody who decides was spoken to.
    pub met: usize,
    /// Interested, or an appointment at once.
    pub interested: usize,
    pub appointments: usize,
}

impl Funnel {
    fn add(&mut self, calls: &[&Call]) {
        let any =
            |what: fn(Outcome) -> bool| usize::from(calls.iter().any(|call| what(call.outcome)));
        self.doors += 1;
        self.tried += any(|_| true);
        self.answered += any(Outcome::is_answered);
        self.met += any(Outcome::is_met);
        self.interested += any(Outcome::is_interested);
        self.appointments += any(|outcome| outcome == Outcome::Appointment);
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    pub funnel: Funnel,
    /// Every call that is looked at.
    pub all: Rate,
    /// Outcomes that happened, with the number of calls.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// By the hour on the wall clock where the call was made.
    pub hours: BTreeMap<u8, Rate>,
    /// By lift zone, or where there are none by a few floors at a time, from the top down.
    pub bands: Vec<Band>,
    /// `None` for calls made outside every walk that is there.
    pub runs: BTreeMap<Option<Id>, Rate>,
    pub months: BTreeMap<Month, Rate>,
}

pub fn results(tower: &Tower, filter: Filter) -> Results {
    let mut results = Results::default();
    let Some(building) = tower.body() else {
        return results;
    };
    let scope = filter.scope(tower, building);
    let mut bands = bands::Bands::of(building);
    // Doors that were split share the calls made before: each shows them, and they are counted once.
    let mut counted = HashSet::new();
    for (at, state) in tower.board.states(building) {
        let calls: Vec<&Call> = state
            .calls
            .iter()
            .filter(|call| filter.takes(call))
            .collect();
        let outside = scope.as_ref().is_some_and(|scope| !scope.contains(&at));
        if outside && calls.is_empty() {
            continue;
        }
        results.funnel.add(&calls);
        let mut band = bands.of_floor(&at.floor);
        if let Some(band) = band.as_deref_mut() {
            band.doors += 1;
            band.called += usize::from(!calls.is_empty());
        }
        for call in calls {
            if counted.insert(call.id) {
                results.count(call, tower);
                if let Some(band) = band.as_deref_mut() {
                    band.rate.add(call.outcome);
                }
            }
        }
    }
    results.bands = bands.with_doors();
    results
}

impl Results {
    fn count(&mut self, call: &Call, tower: &Tower) {
        let run = call.run.filter(|run| tower.runs.contains_key(run));
        self.all.add(call.outcome);
        *self.outcomes.entry(call.outcome).or_default() += 1;
        self.hours
            .entry(hour(&call.at))
            .or_default()
            .add(call.outcome);
        self.runs.entry(run).or_default().add(call.outcome);
        if let Some(month) = Month::of(&call.at) {
            self.months.entry(month).or_default().add(call.outcome);
        }
    }
}

/// The hour on the wall clock where it happened. Reckoned without a calendar, so that it has an answer for every moment and
/// the hours always add up to the calls.
fn hour(at: &Moment) -> u8 {
    let minutes = at.at_ms.div_euclid(60_000) + i64::from(at.offset_min);
    u8::try_from(minutes.rem_euclid(24 * 60) / 60).unwrap_or_default()
}

/// A part in whole hundredths; `None` of nothing.
pub fn percent(part: usize, whole: usize) -> Option<usize> {
    (200 * part + whole).checked_div(2 * whole)
}

#[cfg(test)]
mod tests;
