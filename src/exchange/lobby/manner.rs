//! What a board does throughout decides what a single line means: where its places stand, which language comes first.

use std::collections::HashMap;

use super::line::{Line, Manner, Told};
use super::named::{Names, Script};
use super::words::{is_firm_name, is_tail};
use crate::exchange::names::has_han;

/// Where a place on a line of its own stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    PlaceFirst,
    NamesFirst,
}

/// The habits of a board.
#[derive(Debug, Clone, Default)]
pub struct Style {
    pub order: Order,
    pub has_places: bool,
    /// Enough rows have their other language on a line of its own.
    pub second_line_is_usual: bool,
    told: HashMap<Told, usize>,
    placed: usize,
    /// Which language a pair of lines begins with, where the board shows it.
    first: Option<Script>,
}

/// Reads all lines, twice if the board turns out to have a manner that a single line cannot show.
pub fn read(numbered: &[(usize, &str)]) -> Vec<Line> {
    let mut manner = Manner {
        commas: is_comma_table(numbered),
        ..Manner::default()
    };
    let read = |manner: Manner| -> Vec<Line> {
        numbered
            .iter()
            .map(|(number, raw)| Line::read(*number, raw, manner))
            .collect()
    };
    let mut lines = read(manner);
    if has_bare_floors(&lines) {
        manner.bare_floors = true;
        lines = read(manner);
    }
    let slight = lines.iter().filter(|line| line.slight).count();
    let named = lines.iter().filter(|line| !line.names.is_empty()).count();
    if slight < 3 || slight * 5 < named * 2 {
        return lines;
    }
    manner.slight = true;
    read(manner)
}

/// A board without any word for a floor, whose lines begin with numbers that only go down. Numbers that go up may count
/// the lines.
fn has_bare_floors(lines: &[Line]) -> bool {
    let placed = || lines.iter().filter_map(|line| line.place.as_ref());
    let numbers: Vec<u16> = placed()
        .filter_map(|place| match place.doors.as_ref()?.labels.as_slice() {
            [label]
                if label.to.is_none()
                    && label.from.letter.is_empty()
                    && label.from.stem.is_empty() =>
            {
                label.from.digits.parse().ok()
            }
            _ => None,
        })
        .collect();
    let (first, last) = (numbers.first(), numbers.last());
    placed().all(|place| place.floors.is_none() && !place.has_floor())
        && numbers.len() >= 3
        && numbers.len() * 10 >= placed().count() * 7
        && numbers.is_sorted_by(|above, below| above >= below)
        && first > last
        && numbers.iter().all(|number| *number < 200)
}

impl Style {
    pub fn of(lines: &[Line]) -> Self {
        let mut style = Self {
            placed: lines.iter().filter(|line| line.place.is_some()).count(),
            ..Self::default()
        };
        style.has_places = style.placed > 0;
        for told in lines.iter().filter_map(|line| line.told) {
            *style.told.entry(told).or_default() += 1;
        }
        style.order = order(lines);
        style.first = first_language(lines);
        let (pairs, full) = lines.windows(2).fold((0, 0), |(pairs, full), pair| {
            let [line, next] = pair else {
                return (pairs, full);
            };
            let has_both = |line: &Line| line.place.is_some() && !line.names.is_empty();
            let near = next.number == line.number + 1;
            let one_full = has_both(line) != has_both(next);
            let completes = || script(line).completes(script(next));
            (
                pairs + usize::from(near && one_full && completes()),
                full + usize::from(has_both(line)),
            )
        });
        style.second_line_is_usual = pairs * 3 >= full;
        style
    }

    /// Whether a place was found where this board does not have its places.
    pub fn is_unusual(&self, line: &Line, names: &Names) -> bool {
        let Some(told) = line.told else { return false };
        if !told.glued && !told.plain {
            return false;
        }
        let name = line.names.first().map(String::as_str).unwrap_or_default();
        let sure = if told.glued || !told.at_start {
            is_firm_name(name) && !names.is_empty()
        } else {
            name.chars().next().is_some_and(|c| has_han(&c.to_string()))
        };
        let times = self.told.get(&told).copied().unwrap_or(0);
        !sure && times < 3.max(self.placed / 5)
    }

    /// Cuts lines of names into tenants: a line in one language and the next in the other are one. The flag says that the
    /// cut could have been another.
    pub fn pairs<'a>(&self, lines: &'a [Line]) -> Vec<(&'a [Line], bool)> {
        let scripts: Vec<Script> = lines.iter().map(script).collect();
        let begins_wrong = |at: usize| {
            self.first
                .is_some_and(|first| scripts.get(at).is_some_and(|script| *script != first))
        };
        let mut groups = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let here = scripts.get(at).copied().unwrap_or(Script::None);
            let next = scripts.get(at + 1).copied();
            let completes = next.is_some_and(|next| here.completes(next));
            // 甲 A 乙 in a board that begins with English is 甲 alone and A with 乙.
            let alone = completes && begins_wrong(at) && scripts.len() > 2;
            let length = if completes && !alone { 2 } else { 1 };
            let group = lines.get(at..at + length).unwrap_or_default();
            let odd = scripts.len() > 1 && !scripts.len().is_multiple_of(2);
            let mixed = scripts.contains(&Script::Han) && scripts.contains(&Script::Latin);
            let next_is_tail =
                |at: usize| lines.get(at).is_some_and(|line| is_tail(line.raw.trim()));
            let tail = (at > 0 && next_is_tail(at)) || next_is_tail(at + length) || is_cut(group);
            let unsure = (odd && mixed && self.first.is_none()) || alone || tail;
            groups.push((group, unsure));
            at += length;
        }
        groups
    }
}

/// The last line ends in the middle of a name.
fn is_cut(group: &[Line]) -> bool {
    group.last().is_some_and(|line| {
        let lower = line.raw.trim().to_lowercase();
        ["&", " and", " of", ",", "(", "（", " the", "及"]
            .iter()
            .any(|end| lower.ends_with(end))
    })
}

fn script(line: &Line) -> Script {
    Names::of(line.names.iter().map(String::as_str)).script()
}

/// Places that have names only on one side of them show the order; where none does, the last line decides.
fn order(lines: &[Line]) -> Order {
    let (mut before, mut behind) = (0, 0);
    let near = |line: &Line, other: Option<&Line>| {
        other.is_some_and(|other| other.is_name_only() && other.number.abs_diff(line.number) == 1)
    };
    let mut alone = 0;
    for (at, line) in lines.iter().enumerate() {
        if line.is_place_only() {
            alone += 1;
            let name_before = near(line, at.checked_sub(1).and_then(|at| lines.get(at)));
            let name_behind = near(line, lines.get(at + 1));
            before += usize::from(name_before && !name_behind);
            behind += usize::from(name_behind && !name_before);
        }
    }
    let ends_with_place = lines.last().is_some_and(Line::is_place_only);
    let names_first = match before.cmp(&behind) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => ends_with_place,
    };
    if alone > 0 && names_first {
        Order::NamesFirst
    } else {
        Order::PlaceFirst
    }
}

/// The language that begins where a place is followed by exactly two lines, or that comes first on lines with both.
fn first_language(lines: &[Line]) -> Option<Script> {
    let (mut han, mut latin) = (0, 0);
    for window in lines.windows(3) {
        let [place, first, second] = window else {
            continue;
        };
        if place.is_place_only() && script(first).completes(script(second)) {
            match script(first) {
                Script::Han => han += 1,
                _ => latin += 1,
            }
        }
    }
    match han.cmp(&latin) {
        std::cmp::Ordering::Greater => Some(Script::Han),
        std::cmp::Ordering::Less => Some(Script::Latin),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether commas cut this text into cells: most lines have the same number of them, with a place in the first or the
/// last cell.
fn is_comma_table(numbered: &[(usize, &str)]) -> bool {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (_, line) in numbered {
        let mut quoted = false;
        let commas = line
            .chars()
            .filter(|c| {
                quoted ^= *c == '"';
                *c == ',' && !quoted
            })
            .count();
        *counts.entry(commas).or_default() += 1;
    }
    let same = counts
        .iter()
        .filter(|(commas, _)| **commas >= 2)
        .map(|(_, lines)| *lines)
        .max()
        .unwrap_or(0);
    let tabs = numbered.iter().any(|(_, line)| line.contains('\t'));
    !tabs && numbered.len() >= 3 && same * 10 >= numbered.len() * 7
}
