//! Whether a record matches, how well, and where.

use std::ops::Range;

use crate::domain::han::HanTable;

use super::FieldRole;
use super::fold::{Class, class};
use super::index::StoredField;
use super::readings::{Code, Read, codes_of};
use super::terms::{Group, Shape, Term, Terms, Ways};

/// A record: its fields, and the names among them as codes for reading.
#[derive(Clone, Copy)]
pub(super) struct RecordView<'a> {
    pub(super) fields: &'a [StoredField],
    /// The folded texts of all records, and where this one's begin. Only looked at when it must be: memory is what
    /// takes the time.
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) codes: &'a [Code],
}

/// A field of a record: what it is, its folded text, and which scripts are in it.
#[derive(Clone, Copy)]
pub(super) struct FieldView<'a> {
    pub(super) stored: StoredField,
    pub(super) text: &'a str,
}

/// A term found in a field. Start and end are bytes of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) score: u16,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Where something is in a field, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Whole,
    Start,
    Word,
    ReadStart,
    Read,
    InitialsStart,
    Initials,
    Inside,
}

/// The whole query is the name, or begins it.
const EXACT: u16 = 1_000;
const PREFIX: u16 = 900;
/// What a word loses that was found only in parts.
const APART: u16 = 200;
/// Several words are together the reading of a name's beginning, or of a part of it.
const READ_TOGETHER: u16 = 730;

/// The score of a record, or `None` when a group is not in it. Terms are looked for in the given ways only, and the
/// whole query as the beginning of a name only where that is likely.
pub(super) fn score(
    terms: &Terms,
    ways: Ways,
    likely: bool,
    record: RecordView,
    han: &HanTable,
) -> Option<u16> {
    let mut sum = 0;
    for group in &terms.groups {
        let word = best(terms, group.word, ways, record, han);
        sum += u32::from(word.or_else(|| parts_score(terms, group, ways, record, han))?);
    }
    let mut score = (sum / terms.groups.len().max(1) as u32) as u16;
    if likely {
        for field in record
            .fields()
            .filter(|field| field.stored.role.is_own_name())
        {
            score = score.max(match begins(field.text, &terms.whole) {
                Some(true) => EXACT,
                Some(false) => PREFIX,
                None => 0,
            });
        }
    }
    if score < READ_TOGETHER
        && let Some(joined) = &terms.joined
        && record.names().any(|(role, codes)| {
            role.is_own_name() && joined.find(codes, han).is_some_and(|read| read.full)
        })
    {
        score = READ_TOGETHER;
    }
    Some(score)
}

/// The numbers of the terms of a group that count: the word where it is found, else its parts.
pub(super) fn terms_of(
    terms: &Terms,
    group: &Group,
    record: RecordView,
    han: &HanTable,
) -> Range<usize> {
    match best(terms, group.word, Ways::ALL, record, han) {
        Some(_) => group.word..group.word + 1,
        None => group.parts.clone(),
    }
}

/// The best place of a term in a field.
pub(super) fn find(term: &Term, field: FieldView, han: &HanTable) -> Option<Found> {
    let literally = in_text(term, field).map(|(place, start, end)| Found {
        score: worth(field.stored.role, place),
        start,
        end,
    });
    let Some(spelled) = term
        .spelled
        .as_ref()
        .filter(|_| field.stored.role.is_name())
    else {
        return literally;
    };
    let codes: Vec<(Code, usize, usize)> = codes_of(field.text, han).collect();
    let only: Vec<Code> = codes.iter().map(|(code, ..)| *code).collect();
    let by_reading = spelled.find(&only, han).and_then(|read| {
        let score = worth(field.stored.role, place_of(&read, term));
        Some(Found {
            score,
            start: codes.get(read.start)?.1,
            end: codes.get(read.end.checked_sub(1)?)?.2,
        })
    });
    match (literally, by_reading) {
        (Some(literally), Some(by_reading)) if literally.score < by_reading.score => {
            Some(by_reading)
        }
        (literally, by_reading) => literally.or(by_reading),
    }
}

impl<'a> RecordView<'a> {
    pub(super) fn fields(self) -> impl Iterator<Item = FieldView<'a>> {
        let mut start = self.start;
        self.fields.iter().map(move |stored| {
            let end = start + usize::from(stored.length);
            let text = self.text.get(start..end).unwrap_or("");
            start = end;
            FieldView {
                stored: *stored,
                text,
            }
        })
    }

    /// The codes of each name with its role.
    fn names(self) -> impl Iterator<Item = (FieldRole, &'a [Code])> {
        let mut start = 0;
        self.fields
            .iter()
            .filter(|stored| stored.codes > 0)
            .map(move |stored| {
                let end = start + usize::from(stored.codes);
                let codes = self.codes.get(start..end).unwrap_or(&[]);
                start = end;
                (stored.role, codes)
            })
    }
}

fn parts_score(
    terms: &Terms,
    group: &Group,
    ways: Ways,
    record: RecordView,
    han: &HanTable,
) -> Option<u16> {
    let mut sum = 0;
    for part in group.parts.clone() {
        sum += u32::from(best(terms, part, ways, record, han)?);
    }
    // Parts that are apart are worth less than the word as it was typed.
    sum.checked_div(group.parts.len() as u32)
        .map(|mean| (mean as u16).saturating_sub(APART).max(1))
}

/// What the best place of a term in a record is worth.
fn best(
    terms: &Terms,
    number: usize,
    ways: Ways,
    record: RecordView,
    han: &HanTable,
) -> Option<u16> {
    let term = terms.terms.get(number)?;
    let mut best = 0;
    if ways.literal >> number & 1 != 0 {
        for field in record.fields() {
            let role = field.stored.role;
            if worth(role, Place::Whole) > best
                && let Some((place, ..)) = in_text(term, field)
            {
                best = best.max(worth(role, place));
            }
        }
    }
    if ways.reading >> number & 1 != 0
        && let Some(spelled) = &term.spelled
    {
        for (role, codes) in record.names() {
            if worth(role, Place::ReadStart) > best
                && let Some(read) = spelled.find(codes, han)
            {
                best = best.max(worth(role, place_of(&read, term)));
            }
        }
    }
    (best > 0).then_some(best)
}

fn place_of(read: &Read, term: &Term) -> Place {
    match (read.full && term.shape != Shape::Single, read.start == 0) {
        (true, true) => Place::ReadStart,
        (true, false) => Place::Read,
        (false, true) => Place::InitialsStart,
        (false, false) => Place::Initials,
    }
}

/// The best place where a term stands in the text of a field; in a phone number, spaces do not count.
fn in_text(term: &Term, field: FieldView) -> Option<(Place, usize, usize)> {
    let literal = literal(term, field);
    if field.stored.role != FieldRole::Phone || !matches!(term.shape, Shape::Digits | Shape::Phone)
    {
        return literal;
    }
    let number = number(&term.text, field.text);
    match (literal, number) {
        (Some(literal), Some(number)) => Some(if number.0 < literal.0 {
            number
        } else {
            literal
        }),
        (literal, number) => literal.or(number),
    }
}

/// What a match is worth: names by how it matches, other fields by what they are.
fn worth(role: FieldRole, place: Place) -> u16 {
    let step = place as u16;
    match role {
        FieldRole::Name | FieldRole::OtherName => {
            [900, 900, 800, 720, 700, 620, 600, 580][place as usize]
        }
        FieldRole::Company => 575 - step,
        FieldRole::Code if place == Place::Whole => 890,
        FieldRole::Phone if place == Place::Whole => 750,
        FieldRole::Code => 565 - step,
        FieldRole::Phone => 555 - step,
        FieldRole::Email => 540 - step,
        FieldRole::Address => 520 - step,
        FieldRole::Text => 310 - step,
    }
}

/// The best place where a term stands literally.
fn literal(term: &Term, field: FieldView) -> Option<(Place, usize, usize)> {
    let anywhere = match term.shape {
        Shape::Phone => return None,
        Shape::Single if !field.stored.role.is_name() && field.stored.role != FieldRole::Code => {
            return None;
        }
        Shape::Single | Shape::Short => false,
        Shape::Long | Shape::Digits => true,
    };
    if (term.text.is_ascii() && !field.stored.words)
        || (term.ideographs && !field.stored.ideographs)
    {
        return None;
    }
    let (text, needle) = (field.text.as_bytes(), term.text.as_bytes());
    let first = term.text.chars().next()?;
    // The last byte of the first character tells Chinese characters apart best, and is the letter itself in ASCII.
    let (offset, sign) = (first.len_utf8() - 1, *needle.get(first.len_utf8() - 1)?);
    let last_start = text.len().checked_sub(needle.len())?;
    let mut inside = None;
    let mut at = 0;
    while at <= last_start {
        let window = text.get(at + offset..=last_start + offset).unwrap_or(&[]);
        let Some(next) = window.iter().position(|byte| *byte == sign) else {
            break;
        };
        let start = at + next;
        let end = start + needle.len();
        if text.get(start..end) == Some(needle) {
            let before = field.text[..start]
                .chars()
                .next_back()
                .map_or(Class::Space, class);
            if class(first) == Class::Ideograph || before != class(first) {
                // The first place that begins a word is the best there is; only it may be the start.
                let leads = field.text[..start].bytes().all(|byte| byte == b' ');
                let ends = field.text[end..].bytes().all(|byte| byte == b' ');
                let place = if leads && ends {
                    Place::Whole
                } else if leads {
                    Place::Start
                } else {
                    Place::Word
                };
                return Some((place, start, end));
            }
            inside = inside.or(anywhere.then_some((Place::Inside, start, end)));
        }
        at = start + 1;
    }
    inside
}

/// Digits within a phone number, whatever separates them there. The whole number is what is left of it at the end.
fn number(digits: &str, text: &str) -> Option<(Place, usize, usize)> {
    let (digits, bytes) = (digits.as_bytes(), text.as_bytes());
    let mut found = None;
    for start in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()) {
        let mut wanted = digits.iter();
        let mut next = wanted.next();
        let mut at = start;
        while let (Some(digit), Some(byte)) = (next, bytes.get(at)) {
            if byte == digit {
                next = wanted.next();
            } else if *byte != b' ' {
                break;
            }
            at += 1;
        }
        if next.is_none() {
            let whole = digits.len() >= 7 && bytes[at..].iter().all(|byte| *byte == b' ');
            if whole {
                return Some((Place::Whole, start, at));
            }
            found = found.or(Some((
                if start == 0 {
                    Place::Start
                } else {
                    Place::Inside
                },
                start,
                at,
            )));
        }
    }
    found
}

/// Whether a text begins with something, spaces left out of both, and whether that is all of it.
fn begins(text: &str, whole: &str) -> Option<bool> {
    let mut left = text.bytes().filter(|byte| *byte != b' ');
    for byte in whole.bytes() {
        if left.next() != Some(byte) {
            return None;
        }
    }
    Some(left.next().is_none())
}
