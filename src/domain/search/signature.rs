//! Which short pieces of text occur in a record, as bits. If a query's pieces are not all there, its text need not be
//! looked at. 64 records share a block in which each piece has one word, so that a query reads only its own pieces.

use crate::domain::han::HanTable;

use super::FieldRole;
use super::fold::{Class, class};

/// Where a piece stands in a block: two places, so that two pieces seldom stand in both.
pub(super) type Piece = [u16; 2];

/// Pieces a block tells apart; others fall together, which costs time but loses nothing.
const PIECES: usize = 1536;
/// The first pieces are kept for the 26 letters and 10 digits that begin a word or a reading, and for `READABLE`.
const KEPT: u32 = 37;
/// The record has a name with a reading.
pub(super) const READABLE: Piece = [36; 2];

/// The signatures of 64 records.
#[derive(Clone)]
pub(super) struct Block {
    /// The records in use, a bit each.
    pub(super) live: u64,
    pieces: Box<[u64; PIECES]>,
}

impl Block {
    pub(super) fn new() -> Self {
        Block {
            live: 0,
            pieces: Box::new([0; PIECES]),
        }
    }

    pub(super) fn clear(&mut self, bit: u32) {
        self.live &= !(1 << bit);
        self.pieces.iter_mut().for_each(|word| *word &= !(1 << bit));
    }

    pub(super) fn mark(&mut self, bit: u32, piece: Piece) {
        for place in piece {
            self.pieces[usize::from(place) % PIECES] |= 1 << bit;
        }
    }

    /// The records in which all of the pieces may occur.
    pub(super) fn with(&self, pieces: &[Piece]) -> u64 {
        pieces.iter().flatten().fold(self.live, |all, place| {
            all & self.pieces[usize::from(*place) % PIECES]
        })
    }

    pub(super) const BYTES: usize = PIECES * 8 + 16;
}

/// Calls `mark` with every piece of a folded field.
pub(super) fn pieces_of(role: FieldRole, text: &str, han: &HanTable, mark: &mut impl FnMut(Piece)) {
    let single = role.is_name() || role == FieldRole::Code;
    let mut before = [' ', ' '];
    for c in text.chars() {
        if class(c) != Class::Space {
            let starts_word = class(before[1]) != class(c) || class(c) == Class::Ideograph;
            if single && starts_word {
                mark(start(c));
            }
            if class(before[1]) != Class::Space {
                two_or_three(before, c, mark);
            }
        }
        // The two letters that begin a word.
        if starts_pair(before, c) {
            mark(pair(before[1], c));
        }
        before = [before[1], c];
    }
    if role == FieldRole::Phone {
        digits_of(text, mark);
    }
    if role.is_own_name() {
        name_pieces(text, mark);
    }
    if role.is_name() {
        readings_of(text, han, mark);
    }
}

/// What a name is, and with what it begins, for the best matches to be looked at first.
fn name_pieces(name: &str, mark: &mut impl FnMut(Piece)) {
    mark(exactly(name));
    let mut letters = name.chars().filter(|c| class(*c) != Class::Space);
    if let Some(first) = letters.next() {
        mark(begin(first, ' '));
        mark(begin(first, letters.next().unwrap_or(' ')));
    }
}

/// The whole of a name, without spaces.
pub(super) fn exactly(name: &str) -> Piece {
    let letters = name.chars().filter(|c| class(*c) != Class::Space);
    place(letters.fold(6, mix))
}

/// The first character of a name, or the first two.
pub(super) fn begin(a: char, b: char) -> Piece {
    hash(7, [a, b, ' '])
}

/// What must occur where a word of two characters or more stands anywhere, in one field.
pub(super) fn pieces_within(word: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut before = [' ', ' '];
    for c in word.chars() {
        if class(before[1]) != Class::Space {
            two_or_three(before, c, &mut |piece| pieces.push(piece));
        }
        before = [before[1], c];
    }
    pieces
}

/// A character at the start of a word of a name, or the first letter of a reading.
pub(super) fn start(c: char) -> Piece {
    match c {
        'a'..='z' => [(c as u32 - 'a' as u32) as u16; 2],
        '0'..='9' => [(c as u32 - '0' as u32 + 26) as u16; 2],
        _ => hash(1, [c, ' ', ' ']),
    }
}

/// The first two letters of a word.
pub(super) fn pair(a: char, b: char) -> Piece {
    hash(2, [a, b, ' '])
}

/// Two characters beside each other whose readings begin with these letters.
pub(super) fn neighbours(a: char, b: char) -> Piece {
    hash(8, [a, b, ' '])
}

fn starts_pair(before: [char; 2], c: char) -> bool {
    let word = |c| matches!(class(c), Class::Letter | Class::Digit);
    word(c) && word(before[1]) && class(before[0]) != class(before[1])
}

/// Two neighbours of which one is an ideograph, or three of other scripts.
fn two_or_three(before: [char; 2], c: char, mark: &mut impl FnMut(Piece)) {
    let ideograph = |c| class(c) == Class::Ideograph;
    if ideograph(before[1]) || ideograph(c) {
        mark(hash(4, [before[1], c, ' ']));
    } else if class(before[0]) != Class::Space && !ideograph(before[0]) {
        mark(hash(5, [before[0], before[1], c]));
    }
}

/// Three digits in a row, whatever separates them.
fn digits_of(text: &str, mark: &mut impl FnMut(Piece)) {
    let mut before = [' ', ' '];
    for c in text.chars() {
        match class(c) {
            Class::Digit => {
                if before[0] != ' ' {
                    mark(hash(5, [before[0], before[1], c]));
                }
                before = [before[1], c];
            }
            Class::Space => {}
            _ => before = [' ', ' '],
        }
    }
}

fn readings_of(text: &str, han: &HanTable, mark: &mut impl FnMut(Piece)) {
    // The first letters of the character before, a bit each, by system.
    let mut before = [0u32; 3];
    for c in text.chars() {
        if class(c) == Class::Space {
            continue;
        }
        let mut initials = [0u32; 3];
        for reading in han.readings(c) {
            let Some(first) = han
                .syllable(*reading)
                .chars()
                .next()
                .filter(char::is_ascii_lowercase)
            else {
                continue;
            };
            initials[han.system(*reading) as usize] |= 1 << (first as u32 - 'a' as u32);
            mark(start(first));
            mark(READABLE);
        }
        for (before, after) in before.iter().zip(&initials) {
            for a in letters_of(*before) {
                letters_of(*after).for_each(|b| mark(neighbours(a, b)));
            }
        }
        before = initials;
    }
}

fn letters_of(mut bits: u32) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        let letter = (bits != 0).then(|| char::from(b'a' + at as u8));
        bits &= bits.wrapping_sub(1);
        letter
    })
}

fn hash(kind: u32, chars: [char; 3]) -> Piece {
    place(chars.into_iter().fold(kind, mix))
}

fn place(mut value: u32) -> Piece {
    // Every bit of the sum must count, or pieces that differ little fall together.
    value = (value ^ value >> 16).wrapping_mul(0x85eb_ca6b);
    value = (value ^ value >> 13).wrapping_mul(0xc2b2_ae35);
    value ^= value >> 16;
    [value & 0xffff, value >> 16].map(|half| (KEPT + half % (PIECES as u32 - KEPT)) as u16)
}

fn mix(value: u32, c: char) -> u32 {
    (value ^ c as u32).wrapping_mul(0x9e37_79b1).rotate_left(13)
}
