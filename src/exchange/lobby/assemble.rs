//! Lines become rows: which names belong to which place when a tenant takes two lines or three, and which floor a door is
//! on when the floor stands above it.

mod names;
mod places;

use super::line::{Line, Manner};
use super::manner::Style;
use super::named::Names;
use super::place::Place;
use super::table::Table;
use super::words::is_title;
use super::{Board, Row, review};

/// All rows and headings of a text.
pub fn board(text: &str) -> Board {
    let numbered: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    let table = Table::find(&numbered);
    let lines: Vec<Line> = match &table {
        Some(table) => numbered
            .iter()
            .map(|(number, raw)| {
                if *number <= table.header {
                    heading_line(*number, raw)
                } else {
                    table.read(*number, raw)
                }
            })
            .collect(),
        None => super::manner::read(&numbered),
    };
    let style = Style::of(&lines);
    let mut assembly = Assembly::new(style);
    let first = lines
        .iter()
        .position(|line| line.place.is_some())
        .unwrap_or(0);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let used = assembly.step(line, lines.get(at + 1..).unwrap_or_default(), at < first);
        at += used.max(1);
        assembly.last_seen = at
            .checked_sub(1)
            .and_then(|last| lines.get(last))
            .map_or(0, |line| line.number);
    }
    assembly.finish()
}

/// Whether lines name their floor themselves.
pub fn has_own_floor(raw: &str) -> bool {
    raw.lines().any(|line| {
        Line::read(1, line, Manner::default())
            .place
            .is_some_and(|place| place.has_floor())
    })
}

/// Above the header of a table nothing is a row.
fn heading_line(number: usize, raw: &str) -> Line {
    Line {
        number,
        raw: raw.to_owned(),
        ..Line::default()
    }
}

/// The floor that stands on a line of its own above the lines it is for.
#[derive(Debug, Clone, Default)]
struct Above {
    floors: Vec<String>,
    /// Said by a line of its own, not by the row before.
    heading: bool,
    unclear: bool,
}

#[derive(Debug)]
struct Assembly {
    style: Style,
    board: Board,
    above: Above,
    /// Names that wait for the place behind them.
    waiting: Vec<Line>,
    /// Where the names of the last line with a place began, to tell what was set under them.
    column: Option<usize>,
    last_indent: usize,
    last_number: usize,
    /// The number of the last line that was not blank.
    last_seen: usize,
}

impl Assembly {
    fn new(style: Style) -> Self {
        Self {
            style,
            board: Board::default(),
            above: Above::default(),
            waiting: Vec::new(),
            column: None,
            last_indent: 0,
            last_number: 0,
            last_seen: 0,
        }
    }

    fn finish(mut self) -> Board {
        self.flush();
        self.board.rows.sort_by_key(|row| row.line);
        self.board.headings.sort_by_key(|(line, _)| *line);
        self.board
    }

    /// Takes the next line in; answers how many lines were used.
    fn step(&mut self, line: &Line, rest: &[Line], before_places: bool) -> usize {
        if self
            .waiting
            .last()
            .is_some_and(|last| last.number + 1 < line.number)
        {
            // A blank line ends what waits.
            self.flush_before(before_places);
        }
        if line.place.is_none() && line.names.is_empty() {
            self.nothing(line);
            return 1;
        }
        // Directory 2026: a title's year is no door.
        if line.told.is_some_and(|told| told.plain) && is_title(&line.raw) {
            self.flush_before(before_places);
            self.heading(line);
            return 1;
        }
        if line.is_place_only() {
            return self.place(line, rest);
        }
        if line.place.is_some() {
            return self.full(line, rest);
        }
        self.name(line, rest, before_places)
    }

    /// A ruler, a line of only a telephone number.
    fn nothing(&mut self, line: &Line) {
        let follows = line.number == self.last_number + 1;
        match self.board.rows.last_mut() {
            Some(row) if line.phone && follows && self.waiting.is_empty() => {
                row.raw.push('\n');
                row.raw.push_str(&line.raw);
                self.last_number = line.number;
            }
            _ => self.heading(line),
        }
    }

    /// The place of a line that has none, under a floor's heading or in the column of names.
    fn borrowed(&self) -> Place {
        Place::on(&self.above.floors, self.above.unclear)
    }

    fn push(&mut self, lines: &[&Line], names: Names, place: &Place, unclear: bool) {
        let around: &[String] = match &place.doors {
            // A number that holds its floor is not on the floor of the row before.
            Some(doors) if (doors.is_combined() || doors.is_flat()) && !self.above.heading => &[],
            Some(_) => &self.above.floors,
            None => &[],
        };
        let (floors, doors, place_unclear) = place.resolve(around);
        let no_place = floors.is_empty() && place.doors.is_none();
        let mut names = names;
        names.unclear |= lines.iter().any(|line| line.name_unclear);
        let line_unclear = lines.iter().any(|line| line.place_unclear);
        let doubts = review::doubts(&names, no_place, unclear || place_unclear || line_unclear);
        self.board.rows.push(Row {
            line: lines.first().map_or(0, |line| line.number),
            raw: lines
                .iter()
                .map(|line| line.raw.as_str())
                .collect::<Vec<_>>()
                .join("\n"),
            floors: floors.clone(),
            doors,
            name_zh: names.zh,
            name_en: names.en,
            doubts,
        });
        if !self.above.heading && !floors.is_empty() {
            self.above = Above {
                floors,
                ..Above::default()
            };
        }
    }

    fn set_above(&mut self, line: &Line, place: &Place) {
        let (floors, _, unclear) = place.resolve(&[]);
        self.above = Above {
            floors,
            heading: true,
            unclear: unclear || line.place_unclear,
        };
        self.column = None;
        self.last_indent = 0;
    }

    /// A row with a floor of its own ends what the heading above it said.
    fn leave_heading(&mut self) {
        let floors = match self.board.rows.last() {
            Some(row) if row.floors != self.above.floors => row.floors.clone(),
            _ => return,
        };
        self.above = Above {
            floors,
            ..Above::default()
        };
    }

    fn heading(&mut self, line: &Line) {
        self.board.headings.push((line.number, line.raw.clone()));
        self.last_number = 0;
    }

    /// Names that waited for a place which did not come.
    fn flush(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if !waiting.is_empty() {
            self.tenants(&waiting, None, &Place::default());
        }
    }

    fn flush_before(&mut self, before_places: bool) {
        if before_places && self.style.has_places {
            for line in std::mem::take(&mut self.waiting) {
                self.heading(&line);
            }
        } else {
            self.flush();
        }
    }
}

fn names_of(lines: &[Line]) -> Names {
    Names::of(
        lines
            .iter()
            .flat_map(|line| &line.names)
            .map(String::as_str),
    )
}
