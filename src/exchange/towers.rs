//! Lists of buildings: one row a tower, with its floors and doors written out or only counted. What cannot be a tower is
//! refused with its line; what a tower came with and is not certain is said beside it.

mod header;

use header::{Columns, Target};

use super::columns::is_han;
use super::csv::{Reader, Row, RowProblem};
use crate::domain::canvass::building::{Building, Floor, MOST_DOORS, MOST_FLOORS};
use crate::domain::canvass::floor::{Skip, door_list, floor_list, floor_rank, half_width, storeys};
use crate::domain::canvass::plan::{MOST_STOREYS, floor_of, kind_of, lay_zones, read_zones};

/// What a file of towers holds.
#[derive(Debug, Default, PartialEq)]
pub struct TowerFile {
    pub towers: Vec<TowerRow>,
    pub refused: Vec<RefusedTower>,
    /// Columns nothing was taken from, by their headings.
    pub unread: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TowerRow {
    /// 1-based line of the file.
    pub line: u32,
    pub building: Building,
    pub remarks: Vec<Remark>,
}

/// What a person should know about a tower that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Only the number of storeys was there: the floors are counted from it, and nobody looked at them.
    Counted,
    /// No doors were given: each floor has one door.
    WholeFloors,
    /// These words are no lift zones; they stand among the access notes.
    ZonesUnread(String),
    /// So many floors are in no lift zone although others are.
    OutsideZones(usize),
    /// Characters that fit nothing in the file's encoding.
    Unreadable,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedTower {
    /// 1-based line of the file.
    pub line: u32,
    pub problem: TowerProblem,
    /// The row as it stands in the file, cut short.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TowerProblem {
    Row(RowProblem),
    NoName,
    /// Neither floors nor a number of storeys.
    NoFloors,
    /// The piece that is no floor.
    NotAFloor(String),
    NotADoor(String),
    /// Not a number of storeys from 1 to 199.
    NotStoreys(String),
    /// More floors or doors than a building may have.
    TooMany,
    /// More cells than columns: floors parted by commas need quotes around them.
    SurplusCells,
}

/// No row of the file names its columns so that one of them is a building's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no column holds the names of buildings")]
pub struct NoTowers;

/// Titles above the headings are few.
const HEADER_WITHIN: usize = 10;

/// Reads a file's text. Columns may stand in any order; their headings are read in Chinese and English.
pub fn read(text: String) -> Result<TowerFile, NoTowers> {
    let reader = Reader::new(text);
    let mut file = TowerFile::default();
    let mut rows: Vec<Row> = reader.header().cloned().into_iter().collect();
    for row in reader {
        match row {
            Ok(row) => rows.push(row),
            Err(refused) => file.refused.push(RefusedTower {
                line: refused.line,
                problem: TowerProblem::Row(
                    refused
                        .problems
                        .first()
                        .copied()
                        .unwrap_or(RowProblem::OpenQuote),
                ),
                text: refused.text,
            }),
        }
    }
    let found = rows
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .find_map(|(at, row)| Some((at, Columns::of(row)?)));
    let (at, columns) = found.ok_or(NoTowers)?;
    file.unread = columns.unread.clone();
    for (place, row) in rows.iter().enumerate() {
        let taken = match place.cmp(&at) {
            std::cmp::Ordering::Less => Err(TowerProblem::Row(RowProblem::AboveHeader)),
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater if row.cells.iter().all(|cell| cell.trim().is_empty()) => {
                continue;
            }
            std::cmp::Ordering::Greater => tower(row, &columns),
        };
        match taken {
            Ok(tower) => file.towers.push(tower),
            Err(problem) => file.refused.push(RefusedTower {
                line: row.line,
                problem,
                text: excerpt(row),
            }),
        }
    }
    file.refused.sort_by_key(|refused| refused.line);
    Ok(file)
}

fn excerpt(row: &Row) -> String {
    row.cells.join(",").chars().take(200).collect()
}

fn tower(row: &Row, columns: &Columns) -> Result<TowerRow, TowerProblem> {
    let surplus = row.cells.iter().skip(columns.width());
    if surplus.into_iter().any(|cell| !cell.trim().is_empty()) {
        return Err(TowerProblem::SurplusCells);
    }
    let mut remarks = Vec::new();
    let mut building = Building::default();
    for name in columns.cells(row, Target::Name) {
        let slot = if name.chars().any(is_han) {
            &mut building.name_zh
        } else {
            &mut building.name_en
        };
        if slot.is_empty() {
            *slot = name;
        }
    }
    let named = |target, slot: &mut String| {
        if let Some(name) = columns.cells(row, target).into_iter().next() {
            *slot = name;
        }
    };
    named(Target::NameZh, &mut building.name_zh);
    named(Target::NameEn, &mut building.name_en);
    if building.name_zh.is_empty() && building.name_en.is_empty() {
        return Err(TowerProblem::NoName);
    }
    building.floors = floors(row, columns, &mut remarks)?;
    let mut access = columns.cells(row, Target::Access);
    access.extend(zones(row, columns, &mut building.floors, &mut remarks));
    building.access = access.join("\n");
    let mut address = columns.cells(row, Target::Address);
    address.extend(columns.cells(row, Target::District));
    building.address = address.join(" · ");
    if row.cells.iter().any(|cell| cell.contains('\u{fffd}')) {
        remarks.push(Remark::Unreadable);
    }
    Ok(TowerRow {
        line: row.line,
        building,
        remarks,
    })
}

fn floors(
    row: &Row,
    columns: &Columns,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Floor>, TowerProblem> {
    let first = |target| columns.cells(row, target).into_iter().next();
    let mut keys = match first(Target::Floors) {
        Some(text) => floor_list(&text).map_err(TowerProblem::NotAFloor)?,
        None => Vec::new(),
    };
    // People list floors either way; a tower is kept from its top.
    let is_upward = |keys: &[String]| match keys {
        [first, .., last] => floor_rank(first) < floor_rank(last),
        _ => false,
    };
    if is_upward(&keys) {
        keys.reverse();
    }
    if keys.is_empty() {
        let text = first(Target::Storeys).ok_or(TowerProblem::NoFloors)?;
        let top = storey_count(&text).ok_or(TowerProblem::NotStoreys(text))?;
        keys = storeys(top, 1, &Skip::default());
        keys.push("G".to_owned());
        remarks.push(Remark::Counted);
    }
    let doors = match first(Target::Doors) {
        Some(text) => door_list(&text).map_err(TowerProblem::NotADoor)?,
        None => Vec::new(),
    };
    if doors.is_empty() && !remarks.contains(&Remark::Counted) {
        remarks.push(Remark::WholeFloors);
    }
    if keys.len() > MOST_FLOORS || doors.len() > MOST_DOORS {
        return Err(TowerProblem::TooMany);
    }
    Ok(keys
        .iter()
        .map(|key| floor_of(key, kind_of(key), &doors))
        .collect())
}

/// `78`, `78層`, `78 storeys`.
fn storey_count(text: &str) -> Option<u16> {
    const WORDS: [&str; 9] = ["", "層", "层", "樓", "楼", "f", "/f", "floors", "storeys"];
    let plain = half_width(text).trim().to_lowercase();
    let digits = plain
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim();
    let number = plain.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number = number.parse::<u16>().ok()?;
    (WORDS.contains(&digits) && (1..=MOST_STOREYS).contains(&number)).then_some(number)
}

/// Lays the lift zones over the floors. Answers the words that belong among the access notes: those that are no zones, and
/// where one changes lifts, which a zone's name does not say.
fn zones(
    row: &Row,
    columns: &Columns,
    floors: &mut [Floor],
    remarks: &mut Vec<Remark>,
) -> Option<String> {
    let text = columns.cells(row, Target::Zones).into_iter().next()?;
    match read_zones(&text) {
        Ok(zones) => {
            let outside = lay_zones(floors, &zones);
            if outside > 0 {
                remarks.push(Remark::OutsideZones(outside));
            }
            zones.iter().any(|zone| zone.via.is_some()).then_some(text)
        }
        Err(piece) => {
            remarks.push(Remark::ZonesUnread(piece));
            Some(text)
        }
    }
}

#[cfg(test)]
mod tests;
