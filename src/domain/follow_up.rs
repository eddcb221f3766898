//! Follow-ups: something promised, with a day (product.md §3.2, §3.4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::canvass::building::DoorRef;
use super::field::{Check, Field, FieldErrors, Problem};
use super::id::Id;
use super::organisation::trimmed;
use super::record::{AnyBody, Body, Kind};
use super::time::{Appointment, Moment, parse_date, parse_time};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    pub text: String,
    pub due: Appointment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Id>,
    /// The visit it came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Id>,
    /// The door it was promised at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<PromisedAt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromisedAt {
    pub building: Id,
    pub door: DoorRef,
}

impl Body for FollowUp {
    const KIND: Kind = Kind::FollowUp;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::FollowUp(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        self.organisation
            .into_iter()
            .chain(self.persons.iter().copied())
            .chain(self.visit)
            .collect()
    }

    fn due(&self) -> Option<NaiveDate> {
        self.done.is_none().then_some(self.due.date)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUpDraft {
    pub text: String,
    pub date: String,
    pub time: String,
    pub organisation: Option<Id>,
    pub persons: Vec<Id>,
    pub visit: Option<Id>,
}

impl FollowUpDraft {
    pub fn of(body: &FollowUp) -> Self {
        Self {
            text: body.text.clone(),
            date: body.due.date.to_string(),
            time: body
                .due
                .time
                .map(|time| time.format("%H:%M").to_string())
                .unwrap_or_default(),
            organisation: body.organisation,
            persons: body.persons.clone(),
            visit: body.visit,
        }
    }

    pub fn check(&self, old: Option<&FollowUp>, zone: &str) -> Result<FollowUp, FieldErrors> {
        let mut check = Check::default();
        check.require(!self.text.trim().is_empty(), Field::Text, Problem::Missing);
        let date = parse_date(&self.date);
        check.require(date.is_some(), Field::Date, Problem::NotADate);
        let time = check.optional(&self.time, Field::Time, Problem::NotATime, parse_time);
        check.finish(FollowUp {
            text: trimmed(&self.text),
            due: Appointment {
                date: date.unwrap_or_default(),
                time,
                zone: zone.to_owned(),
            },
            organisation: self.organisation,
            persons: self.persons.clone(),
            visit: self.visit,
            door: old.and_then(|old| old.door.clone()),
            done: old.and_then(|old| old.done.clone()),
        })
    }
}
