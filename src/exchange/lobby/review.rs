//! Doubts: of one row, and those that only show when all rows are there.

use std::collections::{HashMap, HashSet};

use super::named::Names;
use super::{Doubt, Row, WHOLE_FLOOR};

pub fn doubts(names: &Names, no_place: bool, place_unclear: bool) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut add = |when: bool, doubt: Doubt| {
        if when {
            doubts.push(doubt);
        }
    };
    add(no_place, Doubt::NoPlace);
    add(!no_place && place_unclear, Doubt::PlaceUnclear);
    add(names.is_empty() && !names.not_a_tenant, Doubt::NoName);
    add(names.unclear, Doubt::NameUnclear);
    add(names.not_a_tenant, Doubt::NotATenant);
    doubts
}

/// `12A` can be flat A of the twelfth or the floor that stands for the thirteenth. It is the flat where the board knows
/// the twelfth floor or a `12B`.
pub fn mark_ambiguous_floors(rows: &mut [Row]) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows.iter() {
        for floor in &row.floors {
            let lettered = row.doors.iter().all(|door| door == "A");
            *known.entry(floor.clone()).or_default() += if lettered { 0 } else { 1 };
        }
    }
    for row in rows {
        let ambiguous = row.floors.first().is_some_and(|floor| {
            row.doors == ["A"]
                && stands_for_next(floor)
                && row.raw.to_uppercase().contains(&format!("{floor}A"))
                && known.get(floor).is_none_or(|times| *times == 0)
        });
        if ambiguous && !row.doubts.contains(&Doubt::PlaceUnclear) {
            row.doubts.push(Doubt::PlaceUnclear);
        }
    }
}

/// Whether the next number is one that towers leave out.
fn stands_for_next(floor: &str) -> bool {
    floor
        .parse::<u16>()
        .is_ok_and(|number| matches!(number % 10, 3) || matches!(number, 12 | 13))
}

/// Rows with the same place and different names. Tenants of a floor without doors share it in peace under one heading;
/// two lines that each name the whole floor do not.
pub fn mark_twice(rows: &mut [Row]) {
    let mut at: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        // Doors on several floors are in doubt already.
        let whole = row.doors.iter().all(|door| door == WHOLE_FLOOR);
        for floor in row.floors.iter().filter(|_| whole || row.floors.len() == 1) {
            for door in &row.doors {
                at.entry((floor, door)).or_default().push(index);
            }
        }
    }
    let mut twice: HashSet<usize> = HashSet::new();
    for ((_, door), indexes) in &at {
        let here = || indexes.iter().filter_map(|index| rows.get(*index));
        let names: HashSet<(&str, &str)> = here()
            .map(|row| (row.name_zh.as_str(), row.name_en.as_str()))
            .collect();
        if names.len() > 1 && (*door != WHOLE_FLOOR || here().all(says_place)) {
            twice.extend(indexes);
        }
    }
    for index in twice {
        if let Some(row) = rows.get_mut(index)
            && !row.doubts.contains(&Doubt::Twice)
        {
            row.doubts.push(Doubt::Twice);
        }
    }
}

/// Whether the row's own lines name its floor, and not a heading above them.
fn says_place(row: &Row) -> bool {
    super::assemble::has_own_floor(&row.raw)
}
