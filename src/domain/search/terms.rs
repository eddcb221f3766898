//! From what was typed to what is compared.

use std::ops::Range;

use crate::domain::han::HanTable;

use super::fold::{Class, class, fold};
use super::readings::{Spelled, spellings};
use super::signature::{Block, Piece, READABLE, begin, exactly, pair, pieces_within, start};

pub(super) const MOST_CHARS: usize = 256;
const MOST_WORDS: usize = 8;
const MOST_LETTERS: usize = 48;

/// Words of both scripts are taken apart into so many pieces at most.
const MOST_PARTS: usize = 6;

/// A query, understood. Every group must be found.
pub(super) struct Terms {
    /// At most 56, so that a bit of a number can stand for each.
    pub(super) terms: Vec<Term>,
    pub(super) groups: Vec<Group>,
    /// All that was typed, without spaces: is it the name?
    pub(super) whole: String,
    /// Several words of letters, read as one: "chan tai man".
    pub(super) joined: Option<Spelled>,
    /// What a record has whose name is the query, or begins like it.
    exactly: Piece,
    begin: Piece,
}

/// A word as it stands or, when it has parts and is not found so, each of its parts. All are numbers of terms.
pub(super) struct Group {
    pub(super) word: usize,
    pub(super) parts: Range<usize>,
}

pub(super) struct Term {
    pub(super) text: String,
    pub(super) shape: Shape,
    pub(super) ideographs: bool,
    /// The machine for names in Chinese, for a word with Latin letters.
    pub(super) spelled: Option<Spelled>,
    /// What must occur in a record where the term stands literally, and where it is read.
    literal: Vec<Piece>,
    /// One of these lists.
    reading: Vec<Vec<Piece>>,
}

/// How terms may be found, a bit each by their number; for one record or, in turn, for the 64 of a block.
#[derive(Clone, Copy, Default)]
pub(super) struct Ways {
    pub(super) literal: u64,
    pub(super) reading: u64,
}

/// Where a term may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One character: at the start of a word of a name.
    Single,
    /// Two letters or digits: at the start of a word.
    Short,
    /// Anywhere.
    Long,
    /// Anywhere, in phone numbers across spaces too.
    Digits,
    /// A phone number put together from groups: in phone numbers only.
    Phone,
}

impl Terms {
    /// `None` when nothing was typed that could be found.
    pub(super) fn compile(text: &str, han: &HanTable) -> Option<Self> {
        let folded = fold(text, MOST_CHARS, han).text;
        let words: Vec<String> = folded
            .split_ascii_whitespace()
            .take(MOST_WORDS)
            .map(|word| word.chars().take(MOST_LETTERS).collect())
            .collect();
        let whole = words.concat();
        let mut letters = whole.chars();
        let (first, second) = (letters.next()?, letters.next());
        let joined = (words.len() > 1)
            .then(|| Spelled::compile(&whole, han))
            .flatten();
        let (exactly, begin) = (exactly(&whole), begin(first, second.unwrap_or(' ')));
        let mut compiled = Terms {
            terms: Vec::new(),
            groups: Vec::new(),
            whole,
            joined,
            exactly,
            begin,
        };
        let mut rest = &words[..];
        while let [first, after @ ..] = rest {
            let digits = rest.iter().take_while(|word| is_number(word)).count();
            if digits > 0 {
                let (numbers, after) = rest.split_at(digits);
                compiled.add_numbers(numbers, text, han);
                rest = after;
            } else {
                let parts = parts_of(first)
                    .iter()
                    .map(|part| Term::of(part, han))
                    .collect();
                compiled.add(Term::of(first, han), parts);
                rest = after;
            }
        }
        Some(compiled)
    }

    /// How each term may be found in the records of a block, by their signatures.
    pub(super) fn ways(&self, block: &Block, ways: &mut Vec<Ways>) {
        ways.clear();
        ways.extend(self.terms.iter().map(|term| term.ways(block)));
    }

    /// The records of a block in which, by the ways of each term, every group may be found.
    pub(super) fn candidates(&self, block: &Block, ways: &[Ways]) -> u64 {
        let of = |term: usize| ways.get(term).map_or(0, |ways| ways.literal | ways.reading);
        self.groups.iter().fold(block.live, |all, group| {
            let parts = group
                .parts
                .clone()
                .fold(u64::MAX, |all, part| all & of(part));
            all & (of(group.word) | if group.parts.is_empty() { 0 } else { parts })
        })
    }

    /// The records of a block whose name may be the query, and those whose name may begin with it.
    pub(super) fn likely(&self, block: &Block) -> [u64; 2] {
        [block.with(&[self.exactly]), block.with(&[self.begin])]
    }

    fn add(&mut self, word: Term, parts: Vec<Term>) {
        self.terms.push(word);
        let first = self.terms.len();
        self.terms.extend(parts);
        self.groups.push(Group {
            word: first - 1,
            parts: first..self.terms.len(),
        });
    }

    /// Numbers beside each other are one phone number or several words; a country's prefix does not count.
    fn add_numbers(&mut self, numbers: &[String], typed: &str, han: &HanTable) {
        let together = numbers.concat();
        let local = without_country(&together, typed);
        if local.len() < 3 || (numbers.len() == 1 && local.len() == together.len()) {
            return numbers
                .iter()
                .for_each(|number| self.add(Term::of(number, han), Vec::new()));
        }
        let literal = pieces_within(local);
        let phone = Term {
            text: local.to_owned(),
            shape: Shape::Phone,
            ideographs: false,
            spelled: None,
            literal,
            reading: Vec::new(),
        };
        self.add(
            phone,
            numbers.iter().map(|number| Term::of(number, han)).collect(),
        );
    }
}

impl Term {
    fn of(word: &str, han: &HanTable) -> Self {
        let chars: Vec<char> = word.chars().collect();
        let ideographs = || chars.iter().filter(|c| class(**c) == Class::Ideograph);
        let (shape, literal) = match chars[..] {
            [] => (Shape::Single, Vec::new()),
            [c] => (Shape::Single, vec![start(c)]),
            [a, b] if ideographs().next().is_none() => (Shape::Short, vec![pair(a, b)]),
            _ if is_number(word) => (Shape::Digits, pieces_within(word)),
            _ => (Shape::Long, pieces_within(word)),
        };
        let spelled = Spelled::compile(word, han);
        let reading = match chars[..] {
            _ if spelled.is_none() => Vec::new(),
            [c] => vec![vec![READABLE, start(c)]],
            _ if ideographs().next().is_none() => spellings(word, han),
            _ => vec![ideographs().map(|c| start(*c)).collect()],
        };
        let ideographs = ideographs().next().is_some();
        Term {
            text: word.to_owned(),
            shape,
            ideographs,
            spelled,
            literal,
            reading,
        }
    }

    fn ways(&self, block: &Block) -> Ways {
        let reading = self
            .reading
            .iter()
            .fold(0, |any, pieces| any | block.with(pieces));
        Ways {
            literal: block.with(&self.literal),
            reading,
        }
    }
}

impl Ways {
    /// Every term in every way: for a record that is known to match.
    pub(super) const ALL: Ways = Ways {
        literal: u64::MAX,
        reading: u64::MAX,
    };

    /// The ways of one record, from those of its block.
    pub(super) fn of_record(block: &[Ways], bit: u32) -> Ways {
        block
            .iter()
            .enumerate()
            .fold(Ways::default(), |ways, (term, all)| Ways {
                literal: ways.literal | (all.literal >> bit & 1) << term,
                reading: ways.reading | (all.reading >> bit & 1) << term,
            })
    }
}

/// The runs of either script in a word of both; a single character stays with what follows it, or else with what it
/// follows. Nothing for a word of one run.
fn parts_of(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for c in word.chars() {
        let ideograph = class(c) == Class::Ideograph;
        match parts.last_mut() {
            Some(part) if before == Some(ideograph) || part.chars().count() == 1 => part.push(c),
            _ => parts.push(c.to_string()),
        }
        before = Some(ideograph);
    }
    if parts.last().is_some_and(|part| part.chars().count() == 1)
        && let Some(last) = parts.pop()
        && let Some(part) = parts.last_mut()
    {
        part.push_str(&last);
    }
    parts.truncate(if parts.len() > 1 { MOST_PARTS } else { 0 });
    parts
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// A number without the prefix of Hong Kong, Macao, Taiwan or the mainland, when it was typed as one.
fn without_country<'a>(digits: &'a str, typed: &str) -> &'a str {
    let international = digits.strip_prefix("00").unwrap_or(digits);
    let marked = international.len() < digits.len() || typed.contains(['+', '＋']);
    for (prefix, length) in [("852", 8), ("853", 8), ("886", 9), ("86", 11)] {
        if let Some(local) = international.strip_prefix(prefix)
            && (marked || local.len() == length)
            && local.len() <= length
            && !local.is_empty()
        {
            return local;
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::han::tests::table;

    /// The groups of a query: words, with parts in brackets.
    fn groups(text: &str) -> String {
        let Some(terms) = Terms::compile(text, &table()) else {
            return String::new();
        };
        let group = |group: &Group| {
            let word = &terms.terms[group.word].text;
            let parts: Vec<&str> = terms.terms[group.parts.clone()]
                .iter()
                .map(|part| part.text.as_str())
                .collect();
            if parts.is_empty() {
                word.clone()
            } else {
                format!("{word}[{}]", parts.join(" "))
            }
        };
        terms.groups.iter().map(group).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_parts_and_numbers() {
        assert_eq!(groups("Chan  Tai-Man"), "chan tai man");
        assert_eq!(groups("中電CLP"), "中电clp[中电 clp]");
        assert_eq!(groups("觀塘A座 b1座"), "观塘a座[观塘 a座] b1座");
        assert_eq!(groups("5555 0123"), "55550123[5555 0123]");
        assert_eq!(groups("+852 5555 0123"), "55550123[852 5555 0123]");
        assert_eq!(groups("85255550123"), "55550123[85255550123]");
        assert_eq!(groups("852555"), "852555");
        assert_eq!(groups("+852555"), "555[852555]");
        assert_eq!(groups("0085255"), "0085255");
        assert_eq!(groups("+86 138 0000 0000"), "13800000000[86 138 0000 0000]");
        assert_eq!(groups("chan 12"), "chan 12");
    }

    #[test]
    fn nothing_to_find_and_too_much() {
        for empty in ["", "  ", "…!?（）", "😀🎉", "\u{200f}\u{301}"] {
            assert!(Terms::compile(empty, &table()).is_none(), "{empty:?}");
        }
        let pasted = "中電控股有限公司 ".repeat(10_000);
        assert_eq!(
            Terms::compile(&pasted, &table()).map(|terms| terms.groups.len()),
            Some(MOST_WORDS)
        );
        let long = "長".repeat(100_000);
        assert_eq!(
            Terms::compile(&long, &table()).map(|terms| terms.whole.chars().count()),
            Some(MOST_LETTERS)
        );
    }
}
