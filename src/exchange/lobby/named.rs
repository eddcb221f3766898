//! What is left of a line without its place: a name in Chinese, in English, or in both.

use super::words::{Standing, standing};
use crate::domain::canvass::floor::half_width;
use crate::exchange::names::{has_han, split_firm};

/// The names of one tenant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    pub zh: String,
    pub en: String,
    pub unclear: bool,
    pub not_a_tenant: bool,
    /// A word said that nobody is there.
    pub vacant: bool,
}

impl Names {
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Self::default();
        for piece in pieces {
            names.add(piece);
        }
        names
    }

    /// Takes a further piece in: the other language, or more of the same one, which somebody has to look at.
    pub fn add(&mut self, piece: &str) {
        match standing(piece) {
            Standing::Vacant => {
                self.vacant = true;
                self.not_a_tenant = true;
                return;
            }
            Standing::Facility => self.not_a_tenant = true,
            Standing::Tenant => {}
        }
        let (zh, en) = split(piece);
        self.unclear |= looks_unfinished(piece) || is_mixed(&zh, &en);
        self.unclear |= join(&mut self.zh, &zh, "") | join(&mut self.en, &en, " ");
        // A name beside the word "vacant" contradicts it.
        self.unclear |= self.vacant && !self.is_empty();
    }

    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    pub fn script(&self) -> Script {
        match (self.zh.is_empty(), self.en.is_empty()) {
            (true, true) => Script::None,
            (false, true) => Script::Han,
            (true, false) => Script::Latin,
            (false, false) => Script::Both,
        }
    }
}

/// The scripts a name is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    None,
    Han,
    Latin,
    Both,
}

impl Script {
    /// Whether two lines can be one tenant's two names.
    pub fn completes(self, other: Script) -> bool {
        matches!(
            (self, other),
            (Script::Han, Script::Latin) | (Script::Latin, Script::Han)
        )
    }
}

fn split(piece: &str) -> (String, String) {
    let (zh, en) = if has_han(piece) {
        split_firm(piece)
    } else {
        (String::new(), piece.to_owned())
    };
    (zh, half_width(&en))
}

/// Puts `more` behind `name`; answers whether there was something else already.
fn join(name: &mut String, more: &str, between: &str) -> bool {
    if more.is_empty() || name == more {
        return false;
    }
    let had = !name.is_empty();
    if had {
        name.push_str(between);
    }
    name.push_str(more);
    had
}

/// What looks like a place, an address or a number was left in the name.
fn looks_unfinished(piece: &str) -> bool {
    let upper = piece.to_uppercase();
    let letters = piece.chars().any(char::is_alphabetic);
    let room = [
        "RM ", "RM. ", "ROOM ", "UNIT ", "UNITS ", "SUITE ", "SHOP ", "FLAT ",
    ]
    .iter()
    .any(|word| {
        upper.match_indices(word).any(|(at, _)| {
            let digit = upper
                .get(at + word.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let starts = upper
                .get(..at)
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric));
            digit && starts
        })
    });
    let floor = upper.match_indices("/F").any(|(at, _)| {
        let is_end = |c: char| !c.is_alphanumeric();
        upper
            .get(at + 2..)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_end))
    });
    // A run of digits that long is a telephone number, a door or a year.
    let mut run = 0;
    let long_number = upper.chars().any(|c| {
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        run >= 5
    });
    let address = upper.contains('@') || upper.contains("WWW.") || upper.contains("HTTP");
    !letters || room || floor || long_number || address || upper.contains('\u{fffd}')
}

/// Chinese and Latin words change places so often that no cut is sure.
fn is_mixed(zh: &str, en: &str) -> bool {
    let words: Vec<bool> = zh
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(has_han)
        .collect();
    let latin = words.iter().filter(|han| !**han).count();
    (en.is_empty() && latin > 0 && words.len() > 1) || latin > 2 || has_han(en)
}

/// A name without the signs that stood between it and its place.
pub fn tidy(name: &str) -> String {
    let between = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ':'
                    | ';'
                    | '-'
                    | '/'
                    | '|'
                    | '、'
                    | '，'
                    | '：'
                    | '；'
                    | '–'
                    | '—'
                    | '*'
                    | '•'
                    | '·'
                    | '"'
                    | '_'
                    | '='
            )
    };
    let name = name.trim_matches(between).trim_start_matches('.');
    let count = |chars: [char; 2]| name.matches(chars).count();
    let (open, close) = (count(['(', '（']), count([')', '）']));
    let name = if open > close {
        name.trim_end_matches(['(', '（'])
            .trim_start_matches(['(', '（'])
    } else if close > open {
        name.trim_start_matches([')', '）'])
    } else {
        name
    };
    name.trim_matches(between).replace("\"\"", "\"")
}
