//! One line: where its place stands, and what is left of it as a name.

use super::cells::{Cell, cells, trim};
use super::doors::Doors;
use super::named::tidy;
use super::place::{Place, Strength, at_end, at_start, is_counted, whole};
use super::table::floor;
use super::text::Text;
use super::words::is_firm_name;

/// What was read of one line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// 1-based, in the pasted text.
    pub number: usize,
    pub raw: String,
    pub place: Option<Place>,
    /// What is not a place, in the order of the line.
    pub names: Vec<String>,
    /// How far the line and its first name are set in.
    pub indent: usize,
    pub name_at: usize,
    pub place_at: usize,
    /// How the place was told from the name, where it was not a cell of its own.
    pub told: Option<Told>,
    pub place_unclear: bool,
    pub name_unclear: bool,
    /// It begins with a short number or letter and one blank: a door if the board does so throughout.
    pub slight: bool,
    pub phone: bool,
    /// A row of a table, in which an empty floor is the one above.
    pub table: bool,
}

/// Where in a cell the place stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Told {
    pub at_start: bool,
    /// Without anything between it and the name.
    pub glued: bool,
    pub plain: bool,
}

/// How the lines of this board are to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Manner {
    /// Cells end at commas.
    pub commas: bool,
    /// Short numbers and letters in front of names are doors.
    pub slight: bool,
    /// The first cell of a line is a floor, even without a word for one.
    pub bare_floors: bool,
}

impl Line {
    pub fn read(number: usize, raw: &str, manner: Manner) -> Self {
        let text = Text::new(raw);
        let (cells, phone) = cells(&text, manner.commas);
        let mut line = Self {
            number,
            raw: raw.trim_end().to_owned(),
            indent: cells.first().map_or(0, |cell| cell.from),
            phone,
            ..Self::default()
        };
        let mut names: Vec<Cell> = Vec::new();
        for (index, cell) in cells.into_iter().enumerate() {
            let place = if manner.bare_floors && index == 0 {
                floor(&text, cell)
            } else {
                whole(&text, cell.from, cell.to)
            };
            match place {
                Some(place) => {
                    if line.place.is_none() {
                        line.place_at = cell.from;
                    }
                    line.take(place, names.is_empty());
                }
                None => names.push(cell),
            }
        }
        line.look_into(&text, &mut names, manner);
        line.name_at = names.first().map_or(0, |cell| cell.from);
        line.names = names
            .iter()
            .map(|cell| tidy(&text.raw(cell.from, cell.to)))
            .filter(|name| !name.is_empty())
            .collect();
        line
    }

    pub fn is_name_only(&self) -> bool {
        self.place.is_none() && !self.names.is_empty()
    }

    pub fn is_place_only(&self) -> bool {
        self.place.is_some() && self.names.is_empty()
    }

    /// A cell that is a place joins what is known already.
    fn take(&mut self, place: Place, before_names: bool) {
        let Some(mine) = &mut self.place else {
            self.place = Some(place);
            return;
        };
        // A short number in front of the place may be the row's own number.
        let serial = mine.strength() == Strength::Slight && place.floors.is_some();
        if serial || (place.strength() == Strength::Slight && !before_names) {
            self.place_unclear = true;
        }
        if serial {
            *mine = place;
        } else if !mine.merge(place) {
            self.place_unclear = true;
        }
    }

    /// Looks for a place, or for the part of it that is missing, at the ends of the cells that are names.
    fn look_into(&mut self, text: &Text, names: &mut [Cell], manner: Manner) {
        if let Some(mine) = &self.place {
            let complete = mine.floors.is_some() && mine.doors.is_some();
            if !complete && !mine.has_floor() || mine.doors.is_none() {
                self.complete(text, names);
            }
            return;
        }
        for cell in names.iter_mut() {
            let start = self.start_of(text, *cell, manner);
            let end = self.end_of(text, *cell);
            let Some((place, told, rest)) = self.choose(start, end) else {
                continue;
            };
            // 地下B舖及閣樓: the place goes on in a way that was not read.
            self.place_unclear |= place.unclear || goes_on(text, rest);
            self.place = Some(place);
            self.told = told;
            *cell = trim(text, rest);
            return;
        }
    }

    /// A place that lacks its floor or its door may have it in front of or behind the name.
    fn complete(&mut self, text: &Text, names: &mut [Cell]) {
        let place_behind = names.first().is_some_and(|cell| cell.from < self.place_at);
        let Some(mine) = &mut self.place else { return };
        for cell in names.iter_mut() {
            let start = at_start(text, cell.from, cell.to).map(|(place, end)| {
                (
                    place,
                    Cell {
                        from: end,
                        to: cell.to,
                    },
                )
            });
            let end = at_end(text, cell.from, cell.to).map(|(place, start)| {
                (
                    place,
                    Cell {
                        from: cell.from,
                        to: start,
                    },
                )
            });
            for (place, rest) in [start, end].into_iter().flatten() {
                let missing = (mine.doors.is_none() && place.floors.is_none())
                    || (!mine.has_floor() && place.doors.is_none());
                let apart = !glued(text, *cell, rest);
                let sure = place.strength() == Strength::Firm;
                if missing && sure && apart && mine.merge(place) {
                    // Room 8 Bar ... 5/F: a door that far from its floor may be part of the name.
                    self.place_unclear |= place_behind && rest.from > cell.from;
                    *cell = trim(text, rest);
                    return;
                }
            }
        }
    }

    fn start_of(&mut self, text: &Text, cell: Cell, manner: Manner) -> Option<Found> {
        let (place, end) = at_start(text, cell.from, cell.to)?;
        let rest = Cell {
            from: end,
            to: cell.to,
        };
        let glued = glued(text, cell, rest);
        let counted = is_counted(&text.cursor(end, cell.to));
        let plausible = place.doors.as_ref().is_none_or(Doors::is_plausible);
        if !plausible {
            return None;
        }
        let slight = place.strength() == Strength::Slight && !place.has_floor();
        if slight {
            let apart = text.at(end).is_some_and(char::is_whitespace);
            self.slight = apart && !counted;
            if !(manner.slight && self.slight) {
                self.place_unclear |= self.slight;
                return None;
            }
        }
        let strength = place.strength();
        if (glued || counted) && strength != Strength::Firm {
            return None;
        }
        let told = Told {
            at_start: true,
            glued,
            plain: strength != Strength::Firm,
        };
        Some((place, told, rest))
    }

    fn end_of(&mut self, text: &Text, cell: Cell) -> Option<Found> {
        let (mut place, mut start) = at_end(text, cell.from, cell.to)?;
        let name = |start: usize| tidy(&text.raw(cell.from, start));
        let open = place.floors.is_some() && place.doors.as_ref().is_some_and(Doors::is_slight);
        if open && !is_firm_name(&name(start)) {
            // Plan B 7/F: the letter belongs to the name rather than to the floor.
            self.place_unclear = true;
            let behind = start + 1;
            if let Some((shorter, at)) = at_end(text, behind, cell.to)
                && shorter.doors.is_none()
            {
                (place, start) = (shorter, at);
            }
        }
        let rest = Cell {
            from: cell.from,
            to: start,
        };
        let told = Told {
            at_start: false,
            glued: glued(text, cell, rest),
            plain: place.strength() != Strength::Firm,
        };
        let slight = place.strength() == Strength::Slight && !place.has_floor();
        let plausible = place.doors.as_ref().is_none_or(Doors::is_plausible);
        ((!told.plain || !told.glued) && !slight && plausible).then_some((place, told, rest))
    }

    /// Of a place in front and one behind: the two together, or the one that is less likely to be part of the name.
    fn choose(
        &mut self,
        start: Option<Found>,
        end: Option<Found>,
    ) -> Option<(Place, Option<Told>, Cell)> {
        let ((mut first, told, rest), (last, other, before)) = match (start, end) {
            (Some(start), Some(end)) => (start, end),
            (Some((place, told, rest)), None) | (None, Some((place, told, rest))) => {
                return Some((place, Some(told), rest));
            }
            (None, None) => return None,
        };
        let between = Cell {
            from: rest.from,
            to: before.to,
        };
        if between.from < between.to && !told.glued && first.merge(last.clone()) {
            self.place_unclear |= first.floors.as_ref() == last.floors.as_ref();
            return Some((first, Some(told), between));
        }
        let rank = |told: &Told| (told.glued, told.plain);
        if rank(&told) == rank(&other) {
            self.place_unclear = true;
        }
        Some(if rank(&told) <= rank(&other) {
            (first, Some(told), rest)
        } else {
            (last, Some(other), before)
        })
    }
}

type Found = (Place, Told, Cell);

/// What is left begins with a word that joins two places.
fn goes_on(text: &Text, rest: Cell) -> bool {
    let mut c = text.cursor(rest.from, rest.to);
    c.spaces();
    c.eat_any(&["&", "及", "和", "與", "与", "至", "到", "、"])
}

/// Whether the part that is cut off stands directly against the rest.
fn glued(text: &Text, cell: Cell, rest: Cell) -> bool {
    let (left, right) = if rest.from > cell.from {
        (rest.from.checked_sub(1), Some(rest.from))
    } else {
        (rest.to.checked_sub(1), Some(rest.to))
    };
    let letter = |at: Option<usize>| {
        at.and_then(|at| text.at(at))
            .is_some_and(char::is_alphanumeric)
    };
    letter(left) && letter(right)
}
