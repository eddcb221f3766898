//! Two people, or one person with two devices, changed the same thing without knowing of each other. The server keeps what
//! came first, and writes what came second into a record of its own, so that every device shows both and the choice is an
//! ordinary change that can be undone (sync.md §"Conflict rule").

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::id::Id;
use super::merge::{self, Change};
use super::record::{AnyBody, Body, Kind};
use super::time::Moment;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    /// The record both changed.
    pub record: Id,
    pub of: Kind,
    pub kept: Kept,
    pub aside: Aside,
    /// `None` until somebody chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
}

/// What the record holds since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The field's or item's value; `null` for an empty field, a removed item, a deleted record.
    pub value: Value,
    pub by: Author,
}

/// What was not applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aside {
    pub what: Attempt,
    pub by: Author,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attempt {
    /// Another value for a field that somebody else had changed first.
    Change(Change),
    /// A deletion of what somebody else had just edited.
    Delete,
    /// Edits of what somebody else had deleted.
    Edit { changes: Vec<Change> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Author {
    /// The person's name as the server shows it.
    pub user: String,
    /// The device's name, as its owner gave it.
    pub device: String,
    pub at: Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    Kept,
    Aside,
}

/// What choosing the set-aside side makes of the record.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The record with this body, brought back if it was deleted.
    Body(Value),
    Deleted,
}

impl Clash {
    pub fn is_open(&self) -> bool {
        self.chosen.is_none()
    }

    /// The field both wrote; `None` where a deletion met an edit.
    pub fn field(&self) -> Option<&str> {
        match &self.aside.what {
            Attempt::Change(change) => Some(change.field()),
            Attempt::Delete | Attempt::Edit { .. } => None,
        }
    }

    /// The value set aside, for the screen; `null` for an emptied field or a removed item.
    pub fn aside_value(&self) -> Value {
        match &self.aside.what {
            Attempt::Change(
                Change::Set { new, .. }
                | Change::Replace { new, .. }
                | Change::Add { item: new, .. },
            ) => new.clone(),
            _ => Value::Null,
        }
    }

    /// The record as it is when the set-aside side is chosen; `body` is what it holds now.
    pub fn with_aside(&self, body: &Value) -> Outcome {
        match &self.aside.what {
            Attempt::Change(change) => {
                Outcome::Body(merge::apply(body, std::slice::from_ref(change)))
            }
            Attempt::Edit { changes } => Outcome::Body(merge::apply(body, changes)),
            Attempt::Delete => Outcome::Deleted,
        }
    }
}

impl Body for Clash {
    const KIND: Kind = Kind::Clash;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Clash(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        vec![self.record]
    }
}
