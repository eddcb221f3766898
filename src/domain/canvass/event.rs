//! What happened at a door. Events are written once and never changed: a mistake is retracted by another event, and the
//! state of a door is what all of them together say (sync.md item 13).

use serde::{Deserialize, Serialize};

use super::building::DoorRef;
use crate::domain::id::Id;
use crate::domain::note::Tag;
use crate::domain::photo::Photo;
use crate::domain::record::{AnyBody, Body, Kind};
use crate::domain::time::Moment;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoorEvent {
    pub building: Id,
    /// The walk it happened on; `None` when it was put down outside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Id>,
    #[serde(rename = "door")]
    pub at_door: DoorRef,
    /// One more than the highest number the device knew in this building when it wrote (Lamport, 1978): what was written
    /// after something was read comes after it, whatever the clocks say.
    pub number: u64,
    /// Who did it, as partners call one another; for display.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The moment of the tap: all the proof there is.
    pub at: Moment,
    pub act: DoorAct,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorAct {
    Outcome(Outcome),
    /// What is known besides; the newest for an outcome counts.
    Detail {
        of: Id,
        detail: Detail,
    },
    /// Lifts the refusals its writer knew of, with the reason. One that nobody had read yet holds on.
    Lift {
        of: Vec<Id>,
        reason: String,
    },
    /// Takes an event of this door back, as if it had not been.
    Retract {
        of: Id,
    },
    /// Takes a retraction back.
    Restore {
        of: Id,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    NoAnswer,
    MetReception,
    MetDecisionMaker,
    Interested,
    Appointment,
    NotInterested,
    /// Refused: do not call. It blocks the door until somebody lifts it.
    Refused,
    Vacant,
    Moved,
    ClosedForNow,
    WrongTenant,
    AccessDenied,
}

impl Outcome {
    pub const ALL: [Outcome; 12] = [
        Outcome::NoAnswer,
        Outcome::MetReception,
        Outcome::MetDecisionMaker,
        Outcome::Interested,
        Outcome::Appointment,
        Outcome::NotInterested,
        Outcome::Refused,
        Outcome::Vacant,
        Outcome::Moved,
        Outcome::ClosedForNow,
        Outcome::WrongTenant,
        Outcome::AccessDenied,
    ];

    /// The six that have a fixed place until settings say otherwise.
    pub const FIRST: [Outcome; 6] = [
        Outcome::NoAnswer,
        Outcome::MetReception,
        Outcome::MetDecisionMaker,
        Outcome::Interested,
        Outcome::Appointment,
        Outcome::NotInterested,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::NoAnswer => "no_answer",
            Outcome::MetReception => "met_reception",
            Outcome::MetDecisionMaker => "met_decision_maker",
            Outcome::Interested => "interested",
            Outcome::Appointment => "appointment",
            Outcome::NotInterested => "not_interested",
            Outcome::Refused => "refused",
            Outcome::Vacant => "vacant",
            Outcome::Moved => "moved",
            Outcome::ClosedForNow => "closed_for_now",
            Outcome::WrongTenant => "wrong_tenant",
            Outcome::AccessDenied => "access_denied",
        }
    }

    pub fn parse(text: &str) -> Option<Outcome> {
        Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
    }

    /// Nobody was spoken to: the door may be tried again, and the tries are counted.
    pub fn is_unanswered(self) -> bool {
        matches!(
            self,
            Outcome::NoAnswer | Outcome::ClosedForNow | Outcome::AccessDenied
        )
    }

    /// Somebody opened the door.
    pub fn is_answered(self) -> bool {
        matches!(
            self,
            Outcome::MetReception
                | Outcome::MetDecisionMaker
                | Outcome::Interested
                | Outcome::Appointment
                | Outcome::NotInterested
                | Outcome::Refused
                | Outcome::WrongTenant
        )
    }

    /// Somebody who decides was spoken to.
    pub fn is_met(self) -> bool {
        matches!(
            self,
            Outcome::MetDecisionMaker | Outcome::Interested | Outcome::Appointment
        )
    }

    pub fn is_interested(self) -> bool {
        matches!(self, Outcome::Interested | Outcome::Appointment)
    }
}

/// What may be added after an outcome; every part may be left empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Who was met, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub who: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Id>,
    /// The follow-up or the visit that came out of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<Id>,
}

impl Detail {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What was left at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    Letter,
    Brochure,
    Card,
    Sample,
}

impl Left {
    pub const ALL: [Left; 4] = [Left::Letter, Left::Brochure, Left::Card, Left::Sample];
}

impl Body for DoorEvent {
    const KIND: Kind = Kind::DoorEvent;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::DoorEvent(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        let mut links = vec![self.building];
        if let DoorAct::Detail { detail, .. } = &self.act {
            links.extend(detail.organisation);
            links.extend(detail.person);
        }
        links
    }
}
