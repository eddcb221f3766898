//! Floor labels inside a line: one, several (`2/F & 3/F`) or a range (`7/F - 9/F`).

mod label;

use super::text::Cursor;
use crate::domain::canvass::floor::{floor_key, floor_list};

pub use label::label;

/// What was read of floors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Floors {
    pub keys: Vec<String>,
    /// Written with a word for a floor, so that it can be nothing else.
    pub firm: bool,
    pub unclear: bool,
}

/// The floors written at the cursor, which moves behind them.
pub fn floors(c: &mut Cursor) -> Option<Floors> {
    let mut here = *c;
    let mut found = Floors::default();
    let mut last = match label(&mut here) {
        Some((key, firm)) => {
            found.firm = firm;
            found.keys.push(key.clone());
            key
        }
        None => {
            let first = bare(&mut here)?;
            let join = joint(&mut here).filter(|join| *join != Join::Comma)?;
            let (key, firm) = label(&mut here).filter(|(_, firm)| *firm)?;
            found.firm = firm;
            found.keys.push(first);
            add(&mut found, join, &key);
            key
        }
    };
    loop {
        let mut ahead = here;
        if let Some(join) = joint(&mut ahead)
            && let Some((key, firm)) = label(&mut ahead)
            && (firm || !found.firm)
        {
            add(&mut found, join, &key);
            last = key;
        } else {
            ahead = here;
            // The same floor once more, in the other language: 閣樓 M/F.
            ahead.take(3, |c| c.is_whitespace() || "(/,-".contains(c));
            match label(&mut ahead) {
                // 1/F 一樓書店: there it is the beginning of a name.
                Some((key, firm)) if key == last && !ahead.is_at_han() => found.firm |= firm,
                _ => break,
            }
            ahead.eat(")");
        }
        here = ahead;
    }
    *c = here;
    Some(found)
}

/// How two floors or two doors are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    Range,
    And,
    Comma,
}

pub fn joint(c: &mut Cursor) -> Option<Join> {
    let mut here = *c;
    here.spaces();
    let join = if here.eat_any(&["-", "至", "到", "TO"]) {
        Join::Range
    } else if here.eat_any(&["&", "及", "和", "與", "与", "、", "/", "+", "AND"]) {
        Join::And
    } else if here.eat_any(&[",", ";"]) {
        Join::Comma
    } else {
        return None;
    };
    if join == Join::Comma {
        here.spaces();
        here.eat_any(&["&", "及", "和", "AND"]);
    }
    here.spaces();
    *c = here;
    Some(join)
}

fn add(found: &mut Floors, join: Join, key: &str) {
    let from = found.keys.last().cloned().unwrap_or_default();
    let between = (join == Join::Range).then(|| range(&from, key));
    match between {
        Some(Some(keys)) => found.keys.extend(keys.into_iter().skip(1)),
        Some(None) => {
            // What lies between the two is not known from their labels.
            found.unclear = true;
            found.keys.push(key.to_owned());
        }
        None => found.keys.push(key.to_owned()),
    }
}

fn range(from: &str, to: &str) -> Option<Vec<String>> {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if is_number(from) && is_number(to) {
        return floor_list(&format!("{from}-{to}"))
            .ok()
            .filter(|keys| keys.len() > 1);
    }
    let stem = |key: &str| {
        key.trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    };
    let (stem, other) = (stem(from), stem(to));
    let number = |key: &str| key.get(stem.len()..)?.parse::<u16>().ok();
    let (first, last) = (number(from)?, number(to)?);
    (stem == other && first.abs_diff(last) < 10).then(|| {
        let step = |at: u16| format!("{stem}{at}");
        if first <= last {
            (first..=last).map(step).collect()
        } else {
            (last..=first).rev().map(step).collect()
        }
    })
}

/// A number that a floor's word follows later: the 7 of `7-9/F`.
fn bare(c: &mut Cursor) -> Option<String> {
    let digits = c.take(3, |c| c.is_ascii_digit());
    if digits.starts_with('0') || !c.is_boundary() {
        return None;
    }
    floor_key(&digits)
}
