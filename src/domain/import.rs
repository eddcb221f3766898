//! What an import is: a file, what each column means, what to do with each row. Its rows are written in chunks under one
//! id and stay invisible until the last chunk is in; a kill resumes or discards, one tap undoes (sync.md item 14).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::time::Moment;

/// Rows written per transaction.
pub const CHUNK: usize = 500;

/// What the rows of a file become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A directory: leads, searchable, not uploaded.
    Leads,
    /// A portfolio: clients and, where a row names one, their contacts.
    Clients,
    /// vCards: people, with their firms.
    People,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Writing,
    Committed,
    /// Being taken back; its records are hidden already.
    Undoing,
    Undone,
}

/// What is done with a row that looks like a record already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Leave the row out.
    Skip,
    /// Fill the gaps of the record it looks like.
    Fill,
    /// Keep both.
    Add,
}

/// Everything needed to go on after a kill, and to say later what this import was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    pub id: Id,
    pub target: Target,
    pub phase: Phase,
    pub file_name: String,
    pub at: Moment,
    /// Rows to write in all, and rows written in finished chunks.
    pub total: u32,
    pub done: u32,
    /// The whole plan as JSON text: the decided rows themselves, dropped once it is committed. Kept as text so that the
    /// domain need not know how a file's rows look.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plan: String,
    /// Counts for the report: created, filled, skipped, refused.
    #[serde(default)]
    pub counts: BTreeMap<String, u32>,
}

impl Import {
    /// Whether records carrying this import's id may be shown.
    pub fn visible(&self) -> bool {
        self.phase == Phase::Committed
    }
}
