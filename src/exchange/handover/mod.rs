//! A walk handed from one partner's device to another's, as a file or as a few QR codes: the building, the run with its
//! split, and what happened at the doors. The same file goes there and comes back; taking one in is a merge that does not
//! depend on the order or on how often it is done.
//!
//! Photos are not in it: the events name them by their digests, and the pictures stay where they were taken. Neither are
//! the sender's clients: a row of the lobby board travels without its link, and only as a claim with a name does a
//! partner learn whose client sits where.

pub mod base45;
mod check;
pub mod frames;
mod layout;
pub mod merge;
pub mod qr;
mod wire;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::canvass::building::Building;
use crate::domain::canvass::event::DoorEvent;
use crate::domain::canvass::run::Run;
use crate::domain::id::Id;
use crate::domain::record::{Body, Entry};
use crate::domain::time::Moment;

use check::{check_building, check_run, is_key};
use layout::Layout;
use wire::{File, Head, Record};

pub const VERSION: u64 = 1;
pub const FORMAT: &str = "topfloor-run";
/// Bytes: a tower of the largest kind, walked many times with notes, has a third of it.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;
pub const MOST_EVENTS: usize = 20_000;
/// Beyond it a number no longer passes every JSON reader unharmed, and the next number would have no room.
const HIGHEST_NUMBER: u64 = 1 << 52;
const LONGEST_NAME: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    pub written: Moment,
    /// The sender, as partners call one another; may be empty.
    pub sender: String,
    pub device: Id,
    pub building: Entry<Building>,
    pub run: Entry<Run>,
    pub events: Vec<Entry<DoorEvent>>,
    pub part: Part,
    /// Events that were in the file and are not taken: of another building, twice, or not readable by this build.
    pub refused: usize,
}

/// How much of what the sender has travels: QR codes have room for little.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    #[default]
    All,
    NoEvents,
    /// Neither events nor the lobby board.
    Layout,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandOverError {
    #[error("not a handed-over run")]
    NotOurs,
    #[error("written by a newer version of this app")]
    Newer,
    #[error("damaged: {0}")]
    Damaged(String),
    #[error("larger than any run")]
    TooLarge,
}

/// The claim's id: the same each time the same device hands over the same row of the board, so that sending twice adds
/// nothing, and another one on another device, whose client it may be as well.
pub fn claim_id(tenant: Id, device: Id) -> Id {
    let mut hash = Sha256::new();
    hash.update(tenant.bits().to_be_bytes());
    hash.update(device.bits().to_be_bytes());
    let digest = hash.finalize();
    let bits = digest.iter().take(16);
    Id::from_bits(bits.fold(0, |bits, byte| (bits << 8) | u128::from(*byte)))
}

/// The whole of it, readable by eye.
pub fn write(it: &HandOver) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&file_of(it, Part::All, false)?)
}

/// The same with the floors in groups, and without what `part` leaves out.
pub fn write_compact(it: &HandOver, part: Part) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&file_of(it, part, true)?)
}

/// As many frames for QR codes as it takes, with as much as fits into them; `None` if not even the layout does.
pub fn for_qr(it: &HandOver) -> Result<Option<(Vec<String>, Part)>, serde_json::Error> {
    for (part, room) in [
        (Part::All, frames::EASY),
        (Part::NoEvents, frames::EASY),
        (Part::Layout, frames::EASY),
        (Part::Layout, frames::DENSE),
    ] {
        if let Some(frames) = frames::split(&write_compact(it, part)?, room) {
            return Ok(Some((frames, part)));
        }
    }
    Ok(None)
}

fn file_of(it: &HandOver, part: Part, grouped: bool) -> Result<File, serde_json::Error> {
    let mut building = it.building.clone();
    let body = &mut building.body;
    body.tenants
        .iter_mut()
        .for_each(|tenant| tenant.organisation = None);
    if part == Part::Layout {
        body.tenants.clear();
    }
    let layout = grouped.then(|| Layout::of(&std::mem::take(&mut body.floors)));
    // Whatever nothing was left out of is whole, however it is written.
    let nothing_left = it.events.is_empty() || part == Part::All;
    let part = match part {
        Part::NoEvents if nothing_left => Part::All,
        Part::Layout if nothing_left && it.building.body.tenants.is_empty() => Part::All,
        part => part,
    };
    let events = if part == Part::All {
        let mut events: Vec<_> = it.events.iter().collect();
        events.sort_by_key(|event| (event.body.number, event.id()));
        events
    } else {
        Vec::new()
    };
    let record = |event: &&Entry<DoorEvent>| Record::of(*event).and_then(serde_json::to_value);
    Ok(File {
        format: FORMAT.to_owned(),
        version: VERSION,
        written: it.written.clone(),
        sender: it.sender.chars().take(LONGEST_NAME).collect(),
        device: it.device,
        part,
        building: Record::of(&building)?,
        layout,
        run: Record::of(&it.run)?,
        events: events.iter().map(record).collect::<Result<_, _>>()?,
    })
}

/// Reads either form. What another build of this version added is ignored; events that do not belong are counted.
pub fn read(bytes: &[u8]) -> Result<HandOver, HandOverError> {
    if bytes.len() > MOST_BYTES {
        return Err(HandOverError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(head) = serde_json::from_slice::<Head>(bytes) else {
        // One that was cut short still begins as it was written.
        return Err(if begins_like_ours(bytes) {
            HandOverError::Damaged("cut short".to_owned())
        } else {
            HandOverError::NotOurs
        });
    };
    if head.format != FORMAT {
        return Err(HandOverError::NotOurs);
    }
    if head.version > VERSION {
        return Err(HandOverError::Newer);
    }
    let file: File = serde_json::from_slice(bytes).map_err(damaged)?;
    if file.events.len() > MOST_EVENTS {
        return Err(HandOverError::TooLarge);
    }
    let mut building: Entry<Building> = file.building.entry()?;
    if let Some(layout) = file.layout {
        building.body.floors = layout.floors()?;
    }
    check_building(&building.body)?;
    building
        .body
        .tenants
        .iter_mut()
        .for_each(|tenant| tenant.organisation = None);
    let run: Entry<Run> = file.run.entry()?;
    check_run(&run.body, building.id())?;
    let found = file.events.len();
    let events = events_of(file.events, building.id());
    Ok(HandOver {
        written: file.written,
        sender: file.sender.chars().take(LONGEST_NAME).collect(),
        device: file.device,
        refused: found - events.len(),
        building,
        run,
        events,
        part: file.part,
    })
}

fn events_of(records: Vec<serde_json::Value>, building: Id) -> Vec<Entry<DoorEvent>> {
    let mut seen = HashSet::new();
    records
        .into_iter()
        .filter_map(|record| {
            let record: Record = serde_json::from_value(record).ok()?;
            let event: Entry<DoorEvent> = record.entry().ok()?;
            let body = &event.body;
            let fits = body.building == building
                && body.number <= HIGHEST_NUMBER
                && is_key(&body.at_door.floor)
                && is_key(&body.at_door.door)
                && seen.insert(event.id());
            fits.then_some(event)
        })
        .collect()
}

fn begins_like_ours(bytes: &[u8]) -> bool {
    let start: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take(64)
        .collect();
    start.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes())
}

fn damaged(why: impl ToString) -> HandOverError {
    HandOverError::Damaged(why.to_string())
}

/// Whether a file's name is one this app gives to a run, also with the number a downloads folder puts into it.
pub fn is_named_so(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains(".topfloor-run") && (name.ends_with(".json") || name.ends_with(".txt"))
}

/// The file's name: `topfloor-<building>-<date>.topfloor-run.<ending>`.
pub fn file_name(building: &Building, day: chrono::NaiveDate, ending: &str) -> String {
    let name = building.name(false);
    let mut plain = String::new();
    for c in name.chars().take(40) {
        if c.is_alphanumeric() {
            plain.push(c);
        } else if !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_matches('-');
    let day = day.format("%Y%m%d");
    format!("topfloor-{plain}-{day}.topfloor-run.{ending}")
}

/// For a record's kind and layout, which travel beside its body.
fn schema_of<B: Body>() -> u16 {
    B::SCHEMA
}

#[cfg(test)]
mod tests;
