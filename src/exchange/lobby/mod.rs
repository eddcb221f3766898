//! The lobby board (水牌): a pasted list of tenants becomes rows of floor, doors and names. What is not certain is kept
//! and marked, so that a person looks at it: no line is dropped, and no row is made up in silence.

mod assemble;
mod cells;
mod doors;
mod floors;
mod line;
mod manner;
mod named;
mod place;
mod review;
mod table;
mod text;
mod words;

pub use crate::domain::canvass::floor::WHOLE_FLOOR;

/// One tenant of the board.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The first of its lines in the pasted text, counted from 1.
    pub line: usize,
    /// Its lines as they were pasted.
    pub raw: String,
    /// Floor keys; several for 7/F - 9/F.
    pub floors: Vec<String>,
    /// Door keys; [`WHOLE_FLOOR`] where the whole floor or no door is named.
    pub doors: Vec<String>,
    pub name_zh: String,
    pub name_en: String,
    pub doubts: Vec<Doubt>,
}

/// Why a person should look at a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    NoPlace,
    NoName,
    PlaceUnclear,
    NameUnclear,
    /// The same place stands on the board twice, with different names.
    Twice,
    /// The building's own room, or nobody: kept, because a door is a door.
    NotATenant,
}

/// A board as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    pub rows: Vec<Row>,
    /// Lines that were taken for titles, with their numbers.
    pub headings: Vec<(usize, String)>,
}

/// Reads a whole board.
pub fn read(text: &str) -> Board {
    let mut board = assemble::board(text);
    review::mark_ambiguous_floors(&mut board.rows);
    review::mark_twice(&mut board.rows);
    board
}

/// Reads one row anew after a person corrected its lines. Whatever the text is, it becomes one row.
pub fn read_line(text: &str) -> Row {
    let mut board = read(text);
    let several = board.rows.len() > 1;
    let mut row = if board.rows.is_empty() {
        let names = named::Names::of(board.headings.iter().map(|(_, line)| line.trim()));
        Row {
            line: 1,
            doors: vec![WHOLE_FLOOR.to_owned()],
            doubts: review::doubts(&names, true, false),
            name_zh: names.zh,
            name_en: names.en,
            ..Row::default()
        }
    } else {
        board.rows.swap_remove(0)
    };
    let lost = several || (!board.headings.is_empty() && !row.floors.is_empty());
    if lost && !row.doubts.contains(&Doubt::NameUnclear) {
        row.doubts.push(Doubt::NameUnclear);
    }
    row.raw = text.to_owned();
    row
}

#[cfg(test)]
mod tests;
