//! What a day holds: the first screen, worked out from the open items alone.

use chrono::NaiveDate;

use super::follow_up::FollowUp;
use super::record::Entry;
use super::visit::{Visit, VisitStatus};

/// One line of the day.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    Visit(Entry<Visit>),
    FollowUp(Entry<FollowUp>),
}

impl Item {
    pub fn date(&self) -> NaiveDate {
        match self {
            Item::Visit(visit) => visit.body.when.date,
            Item::FollowUp(follow_up) => follow_up.body.due.date,
        }
    }

    fn order(&self) -> impl Ord + use<> {
        let (appointment, id) = match self {
            Item::Visit(visit) => (&visit.body.when, visit.id()),
            Item::FollowUp(follow_up) => (&follow_up.body.due, follow_up.id()),
        };
        (appointment.order(), id)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Today {
    /// Visits that were begun and not ended, whatever their day.
    pub now: Vec<Item>,
    pub planned: Vec<Item>,
    pub due: Vec<Item>,
    /// Oldest first: what waited longest is asked first.
    pub overdue: Vec<Item>,
    /// The days after today, as far as the caller has read.
    pub ahead: Vec<Item>,
}

impl Today {
    pub fn is_empty(&self) -> bool {
        [
            &self.now,
            &self.planned,
            &self.due,
            &self.overdue,
            &self.ahead,
        ]
        .iter()
        .all(|list| list.is_empty())
    }
}

/// Sorts open items into the day's parts. Closed and deleted ones are left out.
pub fn today(items: impl IntoIterator<Item = Item>, date: NaiveDate) -> Today {
    let mut today = Today::default();
    for item in items {
        let list = match &item {
            Item::Visit(visit) if visit.envelope.deleted || !visit.body.status.is_open() => {
                continue;
            }
            Item::FollowUp(follow_up)
                if follow_up.envelope.deleted || follow_up.body.done.is_some() =>
            {
                continue;
            }
            Item::Visit(visit) if visit.body.status == VisitStatus::InProgress => &mut today.now,
            item if item.date() < date => &mut today.overdue,
            item if item.date() > date => &mut today.ahead,
            Item::Visit(_) => &mut today.planned,
            Item::FollowUp(_) => &mut today.due,
        };
        list.push(item);
    }
    for list in [
        &mut today.now,
        &mut today.planned,
        &mut today.due,
        &mut today.overdue,
        &mut today.ahead,
    ] {
        list.sort_by_cached_key(Item::order);
    }
    today
}
