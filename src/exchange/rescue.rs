//! The rescue file: what a device has not sent yet, sealed with a passphrase.
//!
//! ```text
//! {"format":"topfloor-rescue","version":1,"kdf":"PBKDF2-SHA-256","rounds":600000,"salt":"…","nonce":"…",
//!  "device":"…","user":"…","made":{…},"rows":20,"pictures":1,"bytes":51234}⏎
//! <ciphertext>
//! ```
//!
//! The first line is JSON on one line, in clear: whose work it is and how the key is made, never what was written.
//! `salt` is 16 bytes and `nonce` 12, both Base64; `rows` counts the changes; `bytes` is the length of everything behind
//! the line end, so that a file cut short is told from a wrong passphrase. The rest is AES-256-GCM with its tag of 16
//! bytes at the end; the key is PBKDF2 with HMAC-SHA-256 over the [passphrase's bytes](passphrase_bytes); the first line
//! without its line end is the additional authenticated data. The plain text is a file of [`backup`](super::backup) that
//! holds only some of the book: waiting and refused changes as `queued`, the records they concern, the pictures that were
//! not uploaded, and drafts.
//!
//! Sealing and opening are done by whoever has the cipher: the browser, or the server.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::backup::{BackupReader, BackupRow, BackupWriter, Ending, Header as Inside};
use crate::domain::id::Id;
use crate::domain::time::Moment;

pub const VERSION: u32 = 1;
/// Rounds of the key derivation in files this build makes.
pub const ROUNDS: u32 = 600_000;
/// Fewer would make guessing cheap, more would hang the phone that opens it.
pub const ROUNDS_TAKEN: std::ops::RangeInclusive<u32> = 600_000..=10_000_000;
pub const SALT_BYTES: usize = 16;
pub const NONCE_BYTES: usize = 12;
pub const TAG_BYTES: usize = 16;
/// Characters of the shortest passphrase this app seals with.
pub const SHORTEST_PASSPHRASE: usize = 12;

const FORMAT: &str = "topfloor-rescue";
const KDF: &str = "PBKDF2-SHA-256";
/// No first line is longer, so that a large file of another kind is not searched to its end.
const LONGEST_LINE: usize = 4096;

/// What stands in clear.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub rounds: u32,
    pub salt: [u8; SALT_BYTES],
    pub nonce: [u8; NONCE_BYTES],
    /// The device the changes were made on, and were numbered by.
    pub device: Id,
    /// The user the book belonged to, if it had one.
    pub user: Option<Id>,
    pub made: Moment,
    /// Changes in the file, refused ones too.
    pub rows: u64,
    pub pictures: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RescueError {
    #[error("not a rescue file")]
    NotRescue,
    #[error("a rescue file of version {0}, which is newer than this program")]
    Newer(u32),
    #[error("the file is not whole")]
    Cut,
    #[error("{0} rounds of key derivation are not accepted")]
    Rounds(u32),
    /// The cipher cannot tell the two apart.
    #[error("the passphrase is wrong, or the file is damaged")]
    Closed,
    /// The seal held, and what was sealed is not what this format seals.
    #[error("the file was sealed around something unreadable")]
    Malformed,
}

/// A file whose first line was read.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    pub header: Header,
    /// Additional authenticated data.
    pub aad: &'a [u8],
    /// Ciphertext and tag.
    pub sealed: &'a [u8],
}

/// What was in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// Changes first, in the order they were made in.
    pub rows: Vec<BackupRow>,
    /// Rows of kinds that a newer build wrote.
    pub unreadable: usize,
}

#[derive(Serialize, Deserialize)]
struct Line {
    format: String,
    version: u32,
    kdf: String,
    rounds: u32,
    salt: String,
    nonce: String,
    device: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<Id>,
    made: Moment,
    rows: u64,
    pictures: u64,
    bytes: usize,
}

/// Of any version.
#[derive(Deserialize)]
struct Named {
    format: String,
    version: u32,
}

/// What of a passphrase goes into the key: the spellings that keyboards make of the same characters become one, and
/// spaces at the ends, which nobody sees, do not count.
pub fn passphrase_bytes(text: &str) -> Vec<u8> {
    text.trim().nfkc().collect::<String>().into_bytes()
}

/// How easily a passphrase would be guessed, as far as its characters tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// So many characters are missing.
    Short(usize),
    /// Long enough, and made of very few different characters or of digits alone.
    Weak,
    Good,
}

pub fn strength(text: &str) -> Strength {
    let text = text.trim();
    let length = text.chars().count();
    if length < SHORTEST_PASSPHRASE {
        return Strength::Short(SHORTEST_PASSPHRASE - length);
    }
    let different: std::collections::BTreeSet<char> = text.chars().collect();
    let digits = text.chars().all(|c| c.is_numeric() || c.is_whitespace());
    if different.len() < 6 || digits {
        Strength::Weak
    } else {
        Strength::Good
    }
}

/// The first line without its line end, for a plain text of `plain` bytes.
pub fn first_line(header: &Header, plain: usize) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Line {
        format: FORMAT.to_owned(),
        version: VERSION,
        kdf: KDF.to_owned(),
        rounds: header.rounds,
        salt: STANDARD.encode(header.salt),
        nonce: STANDARD.encode(header.nonce),
        device: header.device,
        user: header.user,
        made: header.made.clone(),
        rows: header.rows,
        pictures: header.pictures,
        bytes: plain + TAG_BYTES,
    })
}

/// The file of a first line and what was sealed under it.
pub fn join(line: &str, sealed: &[u8]) -> Vec<u8> {
    [line.as_bytes(), b"\n", sealed].concat()
}

/// Takes a file apart; nothing is decrypted yet.
///
/// # Errors
/// Everything but [`RescueError::Closed`] and [`RescueError::Malformed`].
pub fn split(file: &[u8]) -> Result<Parts<'_>, RescueError> {
    let head = file.get(..LONGEST_LINE).unwrap_or(file);
    let Some(end) = head.iter().position(|byte| *byte == b'\n') else {
        let ours = head.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes());
        return Err(if ours {
            RescueError::Cut
        } else {
            RescueError::NotRescue
        });
    };
    let (aad, rest) = file.split_at(end);
    let sealed = rest.get(1..).unwrap_or_default();
    let named: Named = serde_json::from_slice(aad).map_err(|_| RescueError::NotRescue)?;
    if named.format != FORMAT {
        return Err(RescueError::NotRescue);
    }
    if named.version > VERSION {
        return Err(RescueError::Newer(named.version));
    }
    let line: Line = serde_json::from_slice(aad).map_err(|_| RescueError::NotRescue)?;
    if line.kdf != KDF {
        return Err(RescueError::NotRescue);
    }
    if !ROUNDS_TAKEN.contains(&line.rounds) {
        return Err(RescueError::Rounds(line.rounds));
    }
    if sealed.len() != line.bytes || sealed.len() < TAG_BYTES {
        return Err(RescueError::Cut);
    }
    Ok(Parts {
        header: Header {
            rounds: line.rounds,
            salt: bytes(&line.salt)?,
            nonce: bytes(&line.nonce)?,
            device: line.device,
            user: line.user,
            made: line.made,
            rows: line.rows,
            pictures: line.pictures,
        },
        aad,
        sealed,
    })
}

/// Writes the plain text row by row.
pub struct Plain {
    writer: BackupWriter,
    text: Vec<u8>,
}

impl Plain {
    pub fn begin(made: Moment, device: Id) -> Result<Self, serde_json::Error> {
        let (writer, first) = BackupWriter::begin(Inside {
            created: made,
            device,
            counts: Default::default(),
        })?;
        Ok(Self {
            writer,
            text: first.into_bytes(),
        })
    }

    pub fn row(&mut self, row: &BackupRow) -> Result<(), serde_json::Error> {
        self.text
            .extend_from_slice(self.writer.row(row)?.as_bytes());
        Ok(())
    }

    pub fn finish(mut self) -> Result<Vec<u8>, serde_json::Error> {
        self.text
            .extend_from_slice(self.writer.finish()?.as_bytes());
        Ok(self.text)
    }
}

/// Reads the opened plain text: all of it, or nothing.
///
/// # Errors
/// [`RescueError::Malformed`].
pub fn read(plain: &[u8]) -> Result<Contents, RescueError> {
    let mut reader = BackupReader::default();
    let mut found = reader.feed(plain);
    let begun = reader.header().is_some();
    let (last, ending) = reader.finish();
    found.extend(last);
    if ending != Ending::Whole || !begun {
        return Err(RescueError::Malformed);
    }
    let mut contents = Contents::default();
    for row in found {
        match row {
            Ok(row) => contents.rows.push(row),
            Err(_) => contents.unreadable += 1,
        }
    }
    contents.rows.sort_by_key(|row| match row {
        BackupRow::Queued { number, .. } => (0, *number),
        _ => (1, 0),
    });
    Ok(contents)
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], RescueError> {
    STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(RescueError::NotRescue)
}

#[cfg(test)]
mod tests;
