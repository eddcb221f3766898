//! A line as it was written and as it is compared, character by character, so that what is cut from one is cut from both.

use crate::exchange::columns::is_han;

/// The characters of a line. `plain` has ASCII capitals and one kind of dash; both have the same length.
#[derive(Debug, Clone, Default)]
pub struct Text {
    raw: Vec<char>,
    plain: Vec<char>,
}

impl Text {
    pub fn new(line: &str) -> Self {
        let raw: Vec<char> = line.chars().collect();
        let plain = raw.iter().map(|c| plain(*c)).collect();
        Self { raw, plain }
    }

    pub fn len(&self) -> usize {
        self.raw.len()
    }

    pub fn at(&self, place: usize) -> Option<char> {
        self.plain.get(place).copied()
    }

    pub fn raw(&self, from: usize, to: usize) -> String {
        self.raw.get(from..to).unwrap_or_default().iter().collect()
    }

    pub fn plain(&self, from: usize, to: usize) -> String {
        self.plain
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// A cursor over the part up to `to`.
    pub fn cursor(&self, from: usize, to: usize) -> Cursor<'_> {
        Cursor {
            chars: self.plain.get(..to.min(self.len())).unwrap_or_default(),
            at: from,
        }
    }
}

fn plain(c: char) -> char {
    match c {
        '\u{3000}' => '\t',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{200b}' | '\u{feff}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff5e}' | '\u{301c}' | '~' | '\u{fe63}' => '-',
        '\u{ff01}'..='\u{ff5d}' => char::from_u32(u32::from(c) - 0xfee0)
            .unwrap_or(c)
            .to_ascii_uppercase(),
        _ => c.to_ascii_uppercase(),
    }
}

/// A place in a line that moves only forward, and only over what was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    chars: &'a [char],
    pub at: usize,
}

impl Cursor<'_> {
    pub fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    pub fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).copied()
    }

    pub fn before(&self) -> Option<char> {
        self.chars.get(self.at.checked_sub(1)?).copied()
    }

    pub fn is_end(&self) -> bool {
        self.at >= self.chars.len()
    }

    pub fn spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Moves over `word` if it stands here.
    pub fn eat(&mut self, word: &str) -> bool {
        let mut end = *self;
        for c in word.chars() {
            if end.peek() != Some(c) {
                return false;
            }
            end.at += 1;
        }
        *self = end;
        true
    }

    /// Moves over the first of `words` that stands here; a Latin one only as a whole word.
    pub fn eat_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| {
            let mut end = *self;
            let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
            let whole =
                end.eat(word) && !(latin && end.peek().is_some_and(|c| c.is_ascii_alphabetic()));
            if whole {
                *self = end;
            }
            whole
        })
    }

    /// Up to `most` characters that fit.
    pub fn take(&mut self, most: usize, fits: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while taken.chars().count() < most
            && let Some(c) = self.peek().filter(|c| fits(*c))
        {
            taken.push(c);
            self.at += 1;
        }
        taken
    }

    /// No letter or digit goes on here: what was read is a whole word.
    pub fn is_boundary(&self) -> bool {
        !self.peek().is_some_and(|c| c.is_ascii_alphanumeric())
    }

    pub fn is_at_han(&self) -> bool {
        self.peek().is_some_and(is_han)
    }
}
