//! The doors of a floor: numbers, letters, wings, ranges of them.

use super::{MOST, WHOLE_FLOOR, half_width, pieces, split_range, strip_any_end};

/// Reads the doors of a floor. Nothing, a star or "whole floor" is the one door of a whole floor; the error is the piece
/// that cannot be read.
pub fn door_list(text: &str) -> Result<Vec<String>, String> {
    let whole = half_width(text).trim().to_lowercase();
    if ["", "*", "whole floor", "全層", "全层"].contains(&whole.as_str()) {
        return Ok(vec![WHOLE_FLOOR.to_owned()]);
    }
    let mut doors: Vec<String> = Vec::new();
    for piece in pieces(text, &['/']) {
        let found = match split_range(&piece) {
            Some((from, to)) => door_range(&from, &to).ok_or_else(|| piece.clone())?,
            None => vec![door_key(&piece).ok_or_else(|| piece.clone())?],
        };
        for key in found {
            if !doors.contains(&key) {
                doors.push(key);
            }
        }
        if doors.len() > MOST {
            return Err(piece);
        }
    }
    Ok(doors)
}

/// `01` to `12` keeps the width of its zeros; `A` to `H`.
fn door_range(from: &str, to: &str) -> Option<Vec<String>> {
    let (from, to) = (door_key(from)?, door_key(to)?);
    let letters: (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if let ([one], [other]) = (letters.0.as_slice(), letters.1.as_slice())
        && one.is_ascii_uppercase()
        && other.is_ascii_uppercase()
    {
        return (one <= other).then(|| (*one..=*other).map(String::from).collect());
    }
    let (first, last) = (from.parse::<usize>().ok()?, to.parse::<usize>().ok()?);
    let width = from.len();
    (first <= last && last - first < MOST).then(|| {
        (first..=last)
            .map(|number| format!("{number:0width$}"))
            .collect()
    })
}

/// The key of one door label: upper case, half width, without the word for a room. `None` if nothing is left, or too
/// much to be a door.
pub fn door_key(text: &str) -> Option<String> {
    const WORDS: [&str; 14] = [
        "ROOMS", "ROOM", "RMS", "RM", "UNITS", "UNIT", "SUITES", "SUITE", "FLATS", "FLAT", "SHOPS",
        "SHOP", "NO.", "#",
    ];
    let upper = half_width(text).trim().to_uppercase();
    let mut rest = upper.as_str();
    while let Some(shorter) = WORDS.iter().find_map(|word| {
        rest.strip_prefix(word)
            .filter(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()) || *word == "#")
    }) {
        rest = shorter.trim_start_matches(['.', ' ', ':']);
    }
    let rest = strip_any_end(
        rest,
        &[
            "號舖", "号铺", "號鋪", "號室", "号室", "室", "舖", "鋪", "铺", "號", "号", "座",
        ],
    )
    .unwrap_or(rest);
    let key = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(wing) = wing(&key) {
        return Some(wing);
    }
    (!key.is_empty() && key.chars().count() <= 20).then_some(key)
}

/// `East Wing` is written as a name and not in capitals, because it is read out as one.
fn wing(upper: &str) -> Option<String> {
    const SIDES: [&str; 7] = ["East", "West", "North", "South", "Central", "Front", "Rear"];
    const PARTS: [&str; 4] = ["Wing", "Block", "Side", "Portion"];
    let (side, part) = upper.split_once(' ')?;
    let find = |words: &[&'static str], word: &str| {
        words
            .iter()
            .find(|have| have.eq_ignore_ascii_case(word))
            .copied()
    };
    Some(format!("{} {}", find(&SIDES, side)?, find(&PARTS, part)?))
}
