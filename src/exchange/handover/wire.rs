//! How a hand-over is written down: one JSON object, each record with its envelope and the number of its layout.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::layout::Layout;
use super::{HandOverError, Part, damaged, schema_of};
use crate::domain::id::Id;
use crate::domain::migrate::upgrade;
use crate::domain::record::{AnyBody, AnyEntry, Body, Entry, Envelope};
use crate::domain::time::Moment;

/// What must be known before the rest is looked at.
#[derive(Deserialize)]
pub struct Head {
    #[serde(default)]
    pub format: String,
    #[serde(default)]
    pub version: u64,
}

#[derive(Serialize, Deserialize)]
pub struct File {
    pub format: String,
    pub version: u64,
    pub written: Moment,
    #[serde(default)]
    pub sender: String,
    pub device: Id,
    #[serde(default)]
    pub part: Part,
    pub building: Record,
    /// In place of the building's floors, where every byte counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    pub run: Record,
    /// Read one by one: a single bad event must not lose the others.
    #[serde(default)]
    pub events: Vec<Value>,
}

#[derive(Serialize, Deserialize)]
pub struct Record {
    envelope: Envelope,
    schema: u16,
    body: Value,
}

impl Record {
    pub fn of<B: Body>(entry: &Entry<B>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            envelope: entry.envelope.clone(),
            schema: schema_of::<B>(),
            body: serde_json::to_value(&entry.body)?,
        })
    }

    /// The record, as new on this device: based on no version of a server, brought by no import, in its own scope.
    pub fn entry<B: Body>(self) -> Result<Entry<B>, HandOverError> {
        if self.envelope.deleted {
            return Err(damaged("a record was deleted"));
        }
        if self.schema > schema_of::<B>() {
            return Err(HandOverError::Newer);
        }
        let json = upgrade(B::KIND, self.schema, self.body).map_err(damaged)?;
        let body = AnyBody::from_json(B::KIND, json).map_err(damaged)?;
        let envelope = Envelope {
            scope: body.scope(self.envelope.id),
            version: 0,
            import: None,
            ..self.envelope
        };
        AnyEntry { envelope, body }
            .downcast()
            .ok_or_else(|| damaged("a record of another kind"))
    }
}
