//! A line cut where a board leaves room: tabs, wide gaps, dot leaders, bars, and commas where the whole text is a table.
//! Telephone numbers are cut out on the way.

use super::text::{Cursor, Text};

/// Where a cell begins and ends in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub from: usize,
    pub to: usize,
}

/// The cells of a line, without empty ones and without telephone numbers, and whether there was such a number.
pub fn cells(text: &Text, commas: bool) -> (Vec<Cell>, bool) {
    let raw = if commas {
        table_cells(text, ',')
    } else {
        gaps(text)
    };
    let mut found = Vec::new();
    let mut phone = false;
    for mut cell in raw {
        while let Some(number) = first_phone(text, cell) {
            phone = true;
            found.push(Cell {
                to: number.from,
                ..cell
            });
            cell.from = number.to;
        }
        found.push(cell);
    }
    let found = found
        .into_iter()
        .map(|cell| trim(text, cell))
        .filter(|cell| cell.from < cell.to)
        .collect();
    (found, phone)
}

/// Cells between single separators, the empty ones too; a quoted cell may hold the separator.
pub fn table_cells(text: &Text, separator: char) -> Vec<Cell> {
    let mut found = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for at in 0..text.len() {
        match text.at(at) {
            Some('"') => quoted = !quoted,
            // An ideographic space compares as a tab, and is none.
            Some(c) if c == separator && !quoted && text.raw(at, at + 1) != "\u{3000}" => {
                found.push(Cell { from, to: at });
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(Cell {
        from,
        to: text.len(),
    });
    found
        .into_iter()
        .map(|cell| unquote(text, trim(text, cell)))
        .collect()
}

pub fn trim(text: &Text, cell: Cell) -> Cell {
    let blank = |at: usize| text.at(at).is_some_and(char::is_whitespace);
    let Cell { mut from, mut to } = cell;
    while from < to && blank(from) {
        from += 1;
    }
    while from < to && blank(to - 1) {
        to -= 1;
    }
    Cell { from, to }
}

fn unquote(text: &Text, cell: Cell) -> Cell {
    let is_quote = |at: usize| text.at(at) == Some('"');
    if cell.to > cell.from + 1 && is_quote(cell.from) && is_quote(cell.to - 1) {
        Cell {
            from: cell.from + 1,
            to: cell.to - 1,
        }
    } else {
        cell
    }
}

fn gaps(text: &Text) -> Vec<Cell> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let Some((start, end)) = gap(text, at) else {
            at += 1;
            continue;
        };
        found.push(Cell { from, to: start });
        (from, at) = (end, end);
    }
    found.push(Cell {
        from,
        to: text.len(),
    });
    found
}

/// A gap that begins here. A full stop in front of it belongs to the word before.
fn gap(text: &Text, at: usize) -> Option<(usize, usize)> {
    let leader = |c: char| {
        matches!(
            c,
            '.' | '\u{2026}' | '\u{b7}' | '_' | '-' | '*' | '\u{30fb}' | '\u{2022}'
        )
    };
    let first = text.at(at)?;
    if first == '|' || first == '\t' {
        return Some((at, at + 1));
    }
    if !first.is_whitespace() && !leader(first) {
        return None;
    }
    let (mut end, mut dots, mut blanks, mut widest) = (at, 0, 0, 0);
    while let Some(c) = text.at(end) {
        if c.is_whitespace() {
            blanks += 1;
            widest = widest.max(if c == '\t' { 2 } else { blanks });
        } else if leader(c) {
            dots += if c == '\u{2026}' { 3 } else { 1 };
            blanks = 0;
        } else {
            break;
        }
        end += 1;
    }
    if dots >= 3 {
        let stop = first == '.' && text.at(at + 1).is_some_and(char::is_whitespace);
        return Some((at + usize::from(stop), end));
    }
    if widest < 2 || !first.is_whitespace() {
        return None;
    }
    // Only the blanks: what stands behind them begins the next cell.
    let mut blank_end = at;
    while text.at(blank_end).is_some_and(char::is_whitespace) {
        blank_end += 1;
    }
    (blank_end - at >= 2 || first == '\t').then_some((at, blank_end))
}

/// Bare digits in front of a name are doors rather than a number to call.
fn first_phone(text: &Text, cell: Cell) -> Option<Cell> {
    let mut at = cell.from;
    while at < cell.to {
        let inside = at > 0
            && text.at(at - 1).is_some_and(|c| c.is_ascii_alphanumeric())
            && text.at(at).is_some_and(|c| c.is_ascii_alphanumeric());
        let begins = text.at(at).is_some_and(begins_phone);
        if !inside
            && begins
            && let Some(to) = phone(text.cursor(at, cell.to))
            && (at > cell.from || to == cell.to || !text.at(at).is_some_and(|c| c.is_ascii_digit()))
        {
            return Some(Cell { from: at, to });
        }
        // A long run of digits is looked at once.
        while text.at(at).is_some_and(|c| c.is_ascii_digit()) && at < cell.to {
            at += 1;
        }
        at += 1;
    }
    None
}

/// A quick look before the slow one.
fn begins_phone(c: char) -> bool {
    c.is_ascii_digit() || "+(TPHFM電电傳传熱".contains(c)
}

const PHONE_WORDS: [&str; 14] = [
    "TELEPHONE",
    "TEL NO",
    "TEL",
    "PHONE",
    "HOTLINE",
    "FAX",
    "MOBILE",
    "MOB",
    "T:",
    "電話",
    "电话",
    "傳真",
    "传真",
    "熱線",
];

/// Where the telephone number that begins here ends.
fn phone(mut c: Cursor) -> Option<usize> {
    let named = c.eat_any(&PHONE_WORDS);
    if named {
        c.take(3, |c| c.is_whitespace() || c == '.' || c == ':');
    }
    let sure = named || matches!(c.peek(), Some('+')) || c.clone().eat("(8");
    if !sure && !is_eight_digits(c) {
        return None;
    }
    let (mut end, mut digits) = (c.at, 0);
    while digits < 15
        && let Some(next) = c.peek()
    {
        if next.is_ascii_digit() {
            digits += 1;
            end = c.at + 1;
        } else if !matches!(next, ' ' | '-' | '(' | ')' | '+' | '.') || (!sure && digits >= 8) {
            break;
        }
        c.at += 1;
    }
    c.at = end;
    if digits < 7 || !c.is_boundary() {
        return None;
    }
    let mut extension = c;
    extension.spaces();
    if extension.eat_any(&["EXT", "X", "內線", "内线"]) {
        extension.take(2, |c| c == '.' || c == ' ' || c == ':');
        if !extension.take(5, |c| c.is_ascii_digit()).is_empty() {
            c = extension;
        }
    }
    Some(c.at)
}

/// `2345 6789` and `23456789`; `2002-2006` and `2801 2803` are doors of one floor.
fn is_eight_digits(mut c: Cursor) -> bool {
    let first = c.take(11, |c| c.is_ascii_digit());
    if first.len() >= 8 {
        return c.is_boundary();
    }
    let separated = c.eat(" ") || c.eat("-");
    let second = c.take(5, |c| c.is_ascii_digit());
    let same_floor = first.get(..2) == second.get(..2) && first < second;
    separated && first.len() == 4 && second.len() == 4 && c.is_boundary() && !same_floor
}
