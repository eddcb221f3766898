//! Visits: planned, begun, done, missed or cancelled (product.md §2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::field::{Check, Field, FieldErrors, Problem};
use super::id::Id;
use super::organisation::trimmed;
use super::photo::Photo;
use super::record::{AnyBody, Body, Kind};
use super::time::{Appointment, Moment, parse_date, parse_time};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitStatus {
    #[default]
    Planned,
    InProgress,
    Done,
    Missed,
    Cancelled,
}

impl VisitStatus {
    pub const ALL: [VisitStatus; 5] = [
        VisitStatus::Planned,
        VisitStatus::InProgress,
        VisitStatus::Done,
        VisitStatus::Missed,
        VisitStatus::Cancelled,
    ];

    pub fn is_open(self) -> bool {
        matches!(self, VisitStatus::Planned | VisitStatus::InProgress)
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitKind {
    #[default]
    Routine,
    FirstMeeting,
    Courtesy,
    Proposal,
    Service,
    Event,
    Other,
}

impl VisitKind {
    pub const ALL: [VisitKind; 7] = [
        VisitKind::Routine,
        VisitKind::FirstMeeting,
        VisitKind::Courtesy,
        VisitKind::Proposal,
        VisitKind::Service,
        VisitKind::Event,
        VisitKind::Other,
    ];
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Face,
    Phone,
    Video,
    Message,
    /// The client came to us.
    Received,
}

impl Channel {
    pub const ALL: [Channel; 5] = [
        Channel::Face,
        Channel::Phone,
        Channel::Video,
        Channel::Message,
        Channel::Received,
    ];
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub organisation: Option<Id>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Id>,
    #[serde(default)]
    pub kind: VisitKind,
    #[serde(default)]
    pub channel: Channel,
    #[serde(default)]
    pub status: VisitStatus,
    pub when: Appointment,
    /// Planned length, minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub goal: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// What was seen there (§6.4(1) 拜訪與觀察).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub observed: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub next_step: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// Proof of presence is the time of the tap, nothing else: no place is ever asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Moment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// Why it was missed or cancelled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A tap that moves a visit on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Start(Moment),
    Finish(Moment),
    Miss,
    Cancel,
    /// Back to planned: it was ended by a slip, or takes place after all.
    Reopen,
}

/// The step does not fit the visit's status, such as finishing one that was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a visit that is {0:?} cannot take this step")]
pub struct StepRefused(pub VisitStatus);

impl Visit {
    pub fn step(&self, step: Step) -> Result<Visit, StepRefused> {
        use VisitStatus::{Cancelled, Done, InProgress, Missed, Planned};
        let mut next = self.clone();
        match (self.status, step) {
            (Planned | Missed, Step::Start(now)) => {
                next.status = InProgress;
                next.started = Some(now);
            }
            // Noting a visit down afterwards is normal; it then has an end but no start.
            (Planned | InProgress | Missed, Step::Finish(now)) => {
                next.status = Done;
                next.ended = Some(now);
            }
            (Planned | InProgress, Step::Miss) => next.status = Missed,
            (Planned | InProgress | Missed, Step::Cancel) => next.status = Cancelled,
            (Done | Missed | Cancelled | InProgress, Step::Reopen) => {
                next.status = Planned;
                next.started = None;
                next.ended = None;
            }
            (status, _) => return Err(StepRefused(status)),
        }
        Ok(next)
    }

    /// Minutes between the two taps, if there were two.
    pub fn lasted_min(&self) -> Option<i64> {
        let (started, ended) = (self.started.as_ref()?, self.ended.as_ref()?);
        Some((ended.at_ms - started.at_ms).max(0) / 60_000)
    }
}

impl Body for Visit {
    const KIND: Kind = Kind::Visit;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Visit(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        self.organisation
            .into_iter()
            .chain(self.persons.iter().copied())
            .collect()
    }

    fn due(&self) -> Option<NaiveDate> {
        self.status.is_open().then_some(self.when.date)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitDraft {
    pub organisation: Option<Id>,
    pub persons: Vec<Id>,
    pub kind: VisitKind,
    pub channel: Channel,
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub goal: String,
    pub outcome: String,
    pub observed: String,
    pub next_step: String,
    pub reason: String,
    pub photos: Vec<Photo>,
}

impl VisitDraft {
    pub fn of(body: &Visit) -> Self {
        Self {
            organisation: body.organisation,
            persons: body.persons.clone(),
            kind: body.kind,
            channel: body.channel,
            date: body.when.date.to_string(),
            time: body
                .when
                .time
                .map(|time| time.format("%H:%M").to_string())
                .unwrap_or_default(),
            minutes: body.minutes.map(|n| n.to_string()).unwrap_or_default(),
            goal: body.goal.clone(),
            outcome: body.outcome.clone(),
            observed: body.observed.clone(),
            next_step: body.next_step.clone(),
            reason: body.reason.clone(),
            photos: body.photos.clone(),
        }
    }

    /// Converts the form; status and taps come from `old`. `zone` is the device's, used for a date that was changed.
    pub fn check(&self, old: Option<&Visit>, zone: &str) -> Result<Visit, FieldErrors> {
        let mut check = Check::default();
        let someone = self.organisation.is_some() || !self.persons.is_empty();
        check.require(someone, Field::Organisation, Problem::Missing);
        let date = parse_date(&self.date);
        check.require(date.is_some(), Field::Date, Problem::NotADate);
        let time = check.optional(&self.time, Field::Time, Problem::NotATime, parse_time);
        let minutes = check.optional(&self.minutes, Field::Minutes, Problem::NotANumber, |text| {
            text.parse::<u16>().ok().filter(|n| (1..=1_440).contains(n))
        });
        // A missing date is already a problem, so the default never reaches anybody.
        let date = date.unwrap_or_default();
        let zone = match old {
            Some(old) if old.when.date == date && old.when.time == time => old.when.zone.clone(),
            _ => zone.to_owned(),
        };
        check.finish(Visit {
            organisation: self.organisation,
            persons: self.persons.clone(),
            kind: self.kind,
            channel: self.channel,
            status: old.map(|old| old.status).unwrap_or_default(),
            when: Appointment { date, time, zone },
            minutes,
            goal: trimmed(&self.goal),
            outcome: trimmed(&self.outcome),
            observed: trimmed(&self.observed),
            next_step: trimmed(&self.next_step),
            photos: self.photos.clone(),
            started: old.and_then(|old| old.started.clone()),
            ended: old.and_then(|old| old.ended.clone()),
            reason: trimmed(&self.reason),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at_ms: i64) -> Moment {
        Moment {
            at_ms,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        }
    }

    fn planned() -> Visit {
        let draft = VisitDraft {
            organisation: Some(Id::from_parts(1, &[0; 10])),
            date: "2026-11-23".into(),
            time: "10:00".into(),
            ..Default::default()
        };
        draft.check(None, "Asia/Hong_Kong").unwrap()
    }

    #[test]
    fn a_visit_runs_from_planned_to_done() {
        let begun = planned().step(Step::Start(at(60_000))).unwrap();
        assert_eq!(begun.status, VisitStatus::InProgress);
        assert!(begun.due().is_some());
        let done = begun.step(Step::Finish(at(360_000))).unwrap();
        assert_eq!(
            (done.status, done.lasted_min(), done.due()),
            (VisitStatus::Done, Some(5), None)
        );
    }

    #[test]
    fn steps_that_make_no_sense_are_refused() {
        let cancelled = planned().step(Step::Cancel).unwrap();
        assert_eq!(
            cancelled.step(Step::Finish(at(0))),
            Err(StepRefused(VisitStatus::Cancelled))
        );
        assert_eq!(
            planned().step(Step::Reopen),
            Err(StepRefused(VisitStatus::Planned))
        );
        assert_eq!(
            cancelled.step(Step::Reopen).map(|v| v.status),
            Ok(VisitStatus::Planned)
        );
    }

    #[test]
    fn a_clock_set_back_gives_no_negative_length() {
        let done = planned()
            .step(Step::Start(at(60_000)))
            .unwrap()
            .step(Step::Finish(at(0)))
            .unwrap();
        assert_eq!(done.lasted_min(), Some(0));
    }

    #[test]
    fn the_form_names_everything_that_is_wrong() {
        let draft = VisitDraft {
            time: "25:61".into(),
            minutes: "0".into(),
            ..Default::default()
        };
        let errors = draft.check(None, "UTC").unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(
            fields,
            [
                Field::Organisation,
                Field::Date,
                Field::Time,
                Field::Minutes
            ]
        );
    }
}
