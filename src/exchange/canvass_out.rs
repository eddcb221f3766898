//! The doors of a building as CSV, one row a door from the top down. Written as every other table: UTF-8 behind a byte
//! order mark, CR LF, no cell a spreadsheet would run.

use crate::domain::canvass::board::{Block, DoorState};
use crate::domain::canvass::building::{Door, DoorRef, Floor};
use crate::domain::canvass::tower::Tower;
use crate::domain::time::Moment;
use crate::exchange::parse::guard;
use crate::i18n::Lang;
use crate::i18n::canvass::Canvass;

pub const COLUMNS: usize = 11;

/// Every door of the building that is there. `headers`: floor, door, tenant in Chinese, tenant in English, standing, last
/// outcome, when, tries, by whom, note, do-not-call.
pub fn doors(tower: &Tower, headers: [&str; COLUMNS], lang: Lang) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing into memory cannot fail, and every row has the header's length.
    let mut write = |cells: [String; COLUMNS]| {
        let _ = writer.write_record(cells.map(|cell| guard(&cell)));
    };
    write(headers.map(str::to_owned));
    if let Some(building) = tower.body() {
        for (floor, door) in building.doors() {
            write(row(tower, floor, door, lang));
        }
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(writer.into_inner().unwrap_or_default());
    bytes
}

fn row(tower: &Tower, floor: &Floor, door: &Door, lang: Lang) -> [String; COLUMNS] {
    let words = Canvass(lang);
    let at = DoorRef::new(&*floor.id, &*door.id);
    let state = tower.state(&at);
    let tenants = tower
        .body()
        .map(|building| building.tenants_at(&at))
        .unwrap_or_default();
    let names = |name: fn(&crate::domain::canvass::building::Tenant) -> &str| {
        let names: Vec<&str> = tenants
            .iter()
            .map(|tenant| name(tenant))
            .filter(|name| !name.is_empty())
            .collect();
        names.join("; ")
    };
    let last = state.last();
    let of_last = |cell: &dyn Fn(&crate::domain::canvass::board::Call) -> String| {
        last.map(cell).unwrap_or_default()
    };
    [
        words.floor_label(floor),
        words.door_label(door),
        names(|tenant| &tenant.name_zh),
        names(|tenant| &tenant.name_en),
        words.standing(state.standing).to_owned(),
        of_last(&|call| words.outcome(call.outcome).to_owned()),
        of_last(&|call| time(&call.at)),
        of_last(&|_| state.tries.to_string()),
        of_last(&|call| call.by.clone()),
        note(&state),
        state
            .blocked
            .as_ref()
            .map(|block| blocked(block, words))
            .unwrap_or_default(),
    ]
}

/// What the wall clock there said, in the one form every spreadsheet takes for a time.
fn time(at: &Moment) -> String {
    at.local()
        .map(|local| local.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

/// The newest note: a later call without one does not make it untrue.
fn note(state: &DoorState) -> String {
    state
        .calls
        .iter()
        .rev()
        .map(|call| call.detail.note.trim())
        .find(|note| !note.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// A refusal nobody quoted still fills the cell, so that the table can be filtered by it.
fn blocked(block: &Block, words: Canvass) -> String {
    if block.words.trim().is_empty() {
        words.blocked().to_owned()
    } else {
        block.words.trim().to_owned()
    }
}

#[cfg(test)]
mod tests;
