//! The whole book in one file: JSON Lines in UTF-8. The first line says what it is, each further line is one row, the
//! last line has their number and the SHA-256 of every byte before it. A file that was cut short is noticed, and every
//! whole line of it is still read.

mod wire;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::consent::{Suppression, hex};
use crate::domain::id::Id;
use crate::domain::import::Import;
use crate::domain::lead::Lead;
use crate::domain::merge::Change;
use crate::domain::outbox::Frozen;
use crate::domain::record::Envelope;
use crate::domain::time::Moment;

/// The layout of the file. Rows of kinds added later are reported by older builds, line by line.
pub const VERSION: u32 = 1;
const FORMAT: &str = "topfloor-backup";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    pub created: Moment,
    pub device: Id,
    /// Rows by kind, as far as they were known when the file was begun; for the screen only.
    #[serde(default)]
    pub counts: BTreeMap<String, u64>,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
pub enum BackupRow {
    /// A record of any kind, also of one this build does not know.
    Record {
        envelope: Envelope,
        kind: String,
        schema: u16,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        links: Vec<Id>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<String>,
        /// UTF-8 JSON, or whatever lay there for a damaged record.
        #[serde(with = "wire::text")]
        body: Vec<u8>,
    },
    /// A change that waits to be sent.
    Queued {
        number: u64,
        #[serde(with = "wire::frozen")]
        mutation: Frozen,
    },
    /// A photo; `digest` is its SHA-256 in lower-case hex.
    Blob {
        digest: String,
        #[serde(with = "wire::base64")]
        bytes: Vec<u8>,
    },
    Draft {
        key: String,
        text: String,
        at_ms: i64,
    },
    Lead {
        lead: Lead,
    },
    /// With its plan, if it is unfinished.
    Import {
        import: Import,
    },
    /// What an import changed in a record it had not brought.
    Fill {
        mutation: Id,
        import: Id,
        record: Id,
        changes: Vec<Change>,
    },
    /// The opted-out list, and those of other books restored into this one.
    Lists {
        own: Suppression,
        others: Vec<Suppression>,
    },
    Meta {
        key: String,
        value: String,
    },
}

#[derive(Serialize, Deserialize)]
struct FirstLine {
    format: String,
    version: u32,
    #[serde(flatten)]
    header: Header,
}

#[derive(Serialize, Deserialize)]
struct LastLine {
    end: End,
}

#[derive(Serialize, Deserialize)]
struct End {
    rows: u64,
    sha256: String,
}

/// Gives out the file piece by piece.
pub struct BackupWriter {
    hash: Sha256,
    rows: u64,
}

impl BackupWriter {
    /// The writer and the file's first line.
    pub fn begin(header: Header) -> Result<(Self, String), serde_json::Error> {
        let mut writer = Self {
            hash: Sha256::new(),
            rows: 0,
        };
        let first = writer.line(&FirstLine {
            format: FORMAT.to_owned(),
            version: VERSION,
            header,
        })?;
        Ok((writer, first))
    }

    /// The next line of the file.
    pub fn row(&mut self, row: &BackupRow) -> Result<String, serde_json::Error> {
        let line = self.line(row)?;
        self.rows += 1;
        Ok(line)
    }

    /// The last line; without it the file counts as cut short.
    pub fn finish(mut self) -> Result<String, serde_json::Error> {
        let sha256 = hex(&self.hash.clone().finalize());
        let end = End {
            rows: self.rows,
            sha256,
        };
        self.line(&LastLine { end })
    }

    fn line(&mut self, value: &impl Serialize) -> Result<String, serde_json::Error> {
        let mut line = serde_json::to_string(value)?;
        line.push('\n');
        self.hash.update(&line);
        Ok(line)
    }
}

/// A line that gives no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind:?}")]
pub struct BackupError {
    /// 1-based.
    pub line: u32,
    pub kind: BackupErrorKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackupErrorKind {
    /// The first line is not one of this format.
    NotABackup,
    /// Written by a later layout; what this build knows of it is read all the same.
    NewerVersion(u32),
    /// Not a row, or a broken one.
    BadRow,
    /// A row of a kind this build does not know.
    UnknownRow,
    /// A photo whose bytes do not match its digest.
    DamagedBlob,
    /// Something behind the last line.
    BehindTheEnd,
}

/// What can be said of the file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Every byte is as it was written.
    Whole,
    /// The last line is missing: the file was cut short.
    Cut,
    /// The last line is there but does not match what stands before it.
    Altered,
}

/// Reads a file fed in pieces of any size.
pub struct BackupReader {
    /// The unfinished line.
    pending: Vec<u8>,
    line: u32,
    hash: Sha256,
    rows: u64,
    header: Option<Header>,
    ending: Option<Ending>,
}

impl Default for BackupReader {
    fn default() -> Self {
        Self {
            pending: Vec::new(),
            line: 0,
            hash: Sha256::new(),
            rows: 0,
            header: None,
            ending: None,
        }
    }
}

impl BackupReader {
    /// Known after the first line was fed.
    pub fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// The rows whose lines end in this piece.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Result<BackupRow, BackupError>> {
        let mut found = Vec::new();
        let mut pieces = bytes.split_inclusive(|b| *b == b'\n');
        for piece in &mut pieces {
            self.pending.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                let line = std::mem::take(&mut self.pending);
                found.extend(self.take(&line));
            }
        }
        found
    }

    /// The row of a last line without its line end, and how the file ended.
    pub fn finish(mut self) -> (Option<Result<BackupRow, BackupError>>, Ending) {
        let line = std::mem::take(&mut self.pending);
        let last = if line.is_empty() {
            None
        } else {
            self.take(&line)
        };
        (last, self.ending.unwrap_or(Ending::Cut))
    }

    fn take(&mut self, line: &[u8]) -> Option<Result<BackupRow, BackupError>> {
        self.line += 1;
        let (at, before) = (self.line, self.hash.clone());
        self.hash.update(line);
        let text = line
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(line)
            .trim_ascii();
        if text.is_empty() {
            return None;
        }
        let error = |kind| Some(Err(BackupError { line: at, kind }));
        if at == 1 {
            let Ok(first) = serde_json::from_slice::<FirstLine>(text) else {
                return error(BackupErrorKind::NotABackup);
            };
            if first.format != FORMAT {
                return error(BackupErrorKind::NotABackup);
            }
            self.header = Some(first.header);
            return if first.version > VERSION {
                error(BackupErrorKind::NewerVersion(first.version))
            } else {
                None
            };
        }
        if self.ending.is_some() {
            self.ending = Some(Ending::Altered);
            return error(BackupErrorKind::BehindTheEnd);
        }
        if let Ok(LastLine { end }) = serde_json::from_slice(text) {
            let whole = end.rows == self.rows && end.sha256 == hex(&before.finalize());
            self.ending = Some(if whole {
                Ending::Whole
            } else {
                Ending::Altered
            });
            return None;
        }
        self.rows += 1;
        match serde_json::from_slice(text) {
            Ok(BackupRow::Blob { digest, bytes }) if hex(&Sha256::digest(&bytes)) != digest => {
                error(BackupErrorKind::DamagedBlob)
            }
            Ok(row) => Some(Ok(row)),
            Err(_) if is_unknown(text) => error(BackupErrorKind::UnknownRow),
            Err(_) => error(BackupErrorKind::BadRow),
        }
    }
}

/// Names a row of a kind that this build does not know.
fn is_unknown(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Named {
        row: String,
    }
    let known = [
        "record", "queued", "blob", "draft", "lead", "import", "fill", "lists", "meta",
    ];
    serde_json::from_slice::<Named>(text).is_ok_and(|named| !known.contains(&named.row.as_str()))
}

#[cfg(test)]
mod tests;
