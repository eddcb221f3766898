//! Compares Latin letters with how Chinese characters are read. A query such as "zhongd" is a small machine whose
//! states are the letters read so far, one bit each; every character of a name moves all states at once by each of its
//! readings. Systems are not mixed within one match, but characters and letters may be ("中dian").

use std::cell::Cell;

use crate::domain::han::{HanTable, System};

use super::fold::{Class, class};
use super::signature::{Piece, READABLE, neighbours, start};

/// A character of a name: its place in the table of characters, or `BREAK`.
pub(super) type Code = u16;
/// What is no Chinese character with a reading; no match passes it.
pub(super) const BREAK: Code = u16::MAX;

/// The codes of a folded name, each with the bytes it stands for. Spaces have none.
pub(super) fn codes_of<'a>(
    text: &'a str,
    han: &'a HanTable,
) -> impl Iterator<Item = (Code, usize, usize)> + 'a {
    text.char_indices()
        .filter(|(_, c)| class(*c) != Class::Space)
        .map(|(at, c)| {
            let place = if class(c) == Class::Ideograph {
                han.place(c)
            } else {
                None
            };
            (
                place.map_or(BREAK, |place| place as Code),
                at,
                at + c.len_utf8(),
            )
        })
}

/// The machine of one query word.
pub(super) struct Spelled {
    /// The characters with which a match may begin, a bit each.
    begins: Vec<u64>,
    /// The query's letters, as bits by the alphabet; `ALWAYS` for a character.
    letters: Vec<u32>,
    /// The bit that is set when every letter is read.
    end: u64,
    /// For each syllable of the table 1 + its place in `moves`, or 0 where it occurs nowhere in the query.
    places: Vec<u16>,
    moves: Vec<Moves>,
    /// The Chinese characters of the query, each with the bits from which it may be read.
    literal: Vec<(Code, u64)>,
    /// With which letters the second character of a match may begin, by the first character, whose readings are many
    /// and come again in thousands of names; `UNKNOWN` until it is asked for.
    wanted: Vec<Cell<u32>>,
}

/// Where the machine is after a character, and with which letters the next may begin.
#[derive(Clone, Copy)]
struct After {
    states: States,
    wanted: u32,
    end: Option<bool>,
}

/// From which states one syllable leads on.
#[derive(Clone, Copy, Default)]
struct Moves {
    length: u32,
    /// Where the whole syllable stands in the query.
    full: u64,
    /// Where the query ends within the syllable.
    part: u64,
    /// Where its first letter stands.
    initial: u64,
    /// Where its first two letters stand, when they are one sound: zh, ch, sh.
    double: u64,
}

/// The states of the three systems, where every syllable so far was spelled out and where one was not.
type States = [[u64; 3]; 2];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// Whether every syllable but the last was spelled out.
    pub full: bool,
    /// Indices of codes.
    pub start: usize,
    pub end: usize,
}

/// Larger than the bits of all letters.
const ALWAYS: u32 = 1 << 31;

/// Letters that a machine can hold; a query word is never longer.
pub(super) const MOST_LETTERS: usize = 60;

/// No letters, and not asked for yet: letters have 26 bits.
const UNKNOWN: u32 = 1 << 30;
const BEGIN: States = [[1; 3], [0; 3]];

fn letter_bit(c: char) -> u32 {
    if c.is_ascii_lowercase() {
        1 << (c as u32 - 'a' as u32)
    } else {
        ALWAYS
    }
}

impl Spelled {
    /// The machine of a folded word of letters a–z and Chinese characters, with at least one letter; `None` for others.
    pub(super) fn compile(word: &str, han: &HanTable) -> Option<Self> {
        let letters: Vec<char> = word.chars().collect();
        let known = letters
            .iter()
            .all(|c| c.is_ascii_lowercase() || han.place(*c).is_some());
        if !known || !word.bytes().any(|b| b.is_ascii_lowercase()) || letters.len() > MOST_LETTERS {
            return None;
        }
        let mut spelled = Spelled {
            begins: vec![0; han.characters() / 64 + 1],
            letters: letters.iter().map(|c| letter_bit(*c)).collect(),
            end: 1 << letters.len(),
            places: vec![0; han.syllables().len()],
            moves: Vec::new(),
            literal: Vec::new(),
            wanted: vec![Cell::new(UNKNOWN); han.characters()],
        };
        let mut rest = word;
        for (at, c) in letters.iter().enumerate() {
            match han.place(*c) {
                Some(place) => spelled.learn_literal(place as Code, 1 << at),
                None => SYSTEMS
                    .into_iter()
                    .for_each(|system| spelled.learn(at as u32, rest, han, system)),
            }
            rest = &rest[c.len_utf8()..];
        }
        spelled.learn_beginnings(han);
        Some(spelled)
    }

    /// The best match in the codes of a name: spelled out before initials, then the leftmost.
    pub(super) fn find(&self, codes: &[Code], han: &HanTable) -> Option<Read> {
        let mut best: Option<Read> = None;
        for (start, code) in codes.iter().enumerate() {
            if self
                .begins
                .get(usize::from(*code) / 64)
                .is_none_or(|bits| bits >> (code % 64) & 1 == 0)
            {
                continue;
            }
            if !self.may_go_on(*code, codes.get(start + 1), han) {
                continue;
            }
            if let Some(read) = self.run(codes, start, han) {
                if read.full {
                    return Some(read);
                }
                best = best.or(Some(read));
            }
        }
        best
    }

    /// Adds the moves of every syllable of a system that begins like the query does at `at`.
    fn learn(&mut self, at: u32, rest: &str, han: &HanTable, system: System) {
        let range = han.range_of(system);
        let Some(syllables) = han.syllables().get(range.clone()) else {
            return;
        };
        let Some(&first) = rest.as_bytes().first() else {
            return;
        };
        let from = syllables.partition_point(|s| s.as_bytes().first() < Some(&first));
        for (offset, syllable) in syllables[from..].iter().enumerate() {
            if syllable.as_bytes().first() != Some(&first) {
                break;
            }
            let moves = self.moves_of(range.start + from + offset, syllable);
            let bit = 1 << at;
            moves.initial |= bit;
            if system == System::Pinyin
                && syllable.as_bytes().get(1) == Some(&b'h')
                && rest.as_bytes().get(1) == Some(&b'h')
            {
                moves.double |= bit;
            }
            if rest.starts_with(syllable.as_str()) {
                moves.full |= bit;
            } else if syllable.starts_with(rest) {
                moves.part |= bit;
            }
        }
    }

    fn learn_literal(&mut self, code: Code, bit: u64) {
        match self.literal.iter_mut().find(|(known, _)| *known == code) {
            Some((_, bits)) => *bits |= bit,
            None => self.literal.push((code, bit)),
        }
    }

    /// Finds out with which characters a match may begin, so that names are skimmed quickly.
    fn learn_beginnings(&mut self, han: &HanTable) {
        let first = self.letters.first().copied().unwrap_or(0);
        for nth in 0..han.characters() {
            if han.initials_at(nth) & first != 0 {
                self.begins[nth / 64] |= 1 << (nth % 64);
            }
        }
        for (code, bits) in &self.literal {
            self.begins[usize::from(*code) / 64] |= (bits & 1) << (code % 64);
        }
    }

    fn moves_of(&mut self, syllable: usize, letters: &str) -> &mut Moves {
        if self.places[syllable] == 0 {
            self.moves.push(Moves {
                length: letters.len() as u32,
                ..Moves::default()
            });
            self.places[syllable] = self.moves.len() as u16;
        }
        &mut self.moves[usize::from(self.places[syllable]) - 1]
    }

    /// Reads from one character on until no state is left or the query is read.
    fn run(&self, codes: &[Code], start: usize, han: &HanTable) -> Option<Read> {
        let mut after = self.after(self.step(*codes.get(start)?, &BEGIN, han));
        let mut at = start + 1;
        loop {
            if let Some(full) = after.end {
                return Some(Read {
                    full,
                    start,
                    end: at,
                });
            }
            let code = *codes.get(at)?;
            if code == BREAK || after.wanted & (han.initials_at(usize::from(code)) | ALWAYS) == 0 {
                return None;
            }
            after = self.after(self.step(code, &after.states, han));
            at += 1;
        }
    }

    /// Whether a match that begins with a character can end there or go on with the next; true when in doubt.
    fn may_go_on(&self, code: Code, next: Option<&Code>, han: &HanTable) -> bool {
        let Some(known) = self.wanted.get(usize::from(code)) else {
            return true;
        };
        if known.get() == UNKNOWN {
            let after = self.after(self.step(code, &BEGIN, han));
            known.set(if after.end.is_some() {
                ALWAYS
            } else {
                after.wanted
            });
        }
        let initials = next.map_or(0, |next| han.initials_at(usize::from(*next)));
        known.get() & (initials | ALWAYS) != 0
    }

    fn after(&self, states: States) -> After {
        let ended = |states: &[u64; 3]| states.iter().any(|states| states & self.end != 0);
        let end = if ended(&states[0]) {
            Some(true)
        } else {
            ended(&states[1]).then_some(false)
        };
        let mut open = states.iter().flatten().fold(0, |all, states| all | states);
        let mut wanted = 0;
        while open != 0 {
            wanted |= self
                .letters
                .get(open.trailing_zeros() as usize)
                .copied()
                .unwrap_or(0);
            open &= open - 1;
        }
        After {
            states,
            wanted,
            end,
        }
    }

    fn step(&self, code: Code, [full, short]: &States, han: &HanTable) -> States {
        let (mut next_full, mut next_short) = ([0; 3], [0; 3]);
        for reading in han.readings_at(usize::from(code)) {
            let place = self.places.get(usize::from(*reading)).copied().unwrap_or(0);
            let Some(moves) = usize::from(place)
                .checked_sub(1)
                .and_then(|place| self.moves.get(place))
            else {
                continue;
            };
            let system = han.system(*reading) as usize;
            let finish = |states: u64| {
                if states & moves.part != 0 {
                    self.end
                } else {
                    0
                }
            };
            next_full[system] |= (full[system] & moves.full) << moves.length | finish(full[system]);
            next_short[system] |=
                (short[system] & moves.full) << moves.length | finish(short[system]);
            let any = full[system] | short[system];
            next_short[system] |= (any & moves.initial) << 1 | (any & moves.double) << 2;
        }
        for (_, bits) in self.literal.iter().filter(|(known, _)| *known == code) {
            for system in 0..3 {
                next_full[system] |= (full[system] & bits) << 1;
                next_short[system] |= (short[system] & bits) << 1;
            }
        }
        [next_full, next_short]
    }
}

const SYSTEMS: [System; 3] = [System::Pinyin, System::Jyutping, System::HongKong];

/// What must occur in a record where a word of letters is read: one of these lists of pieces. Either the word lies
/// within one syllable, or a syllable or initial ends and a neighbour begins with the next letter.
pub(super) fn spellings(word: &str, han: &HanTable) -> Vec<Vec<Piece>> {
    let of = |system| han.syllables().get(han.range_of(system)).unwrap_or(&[]);
    let from = |system, start: &str| of(system).partition_point(|s| s.as_str() < start);
    let known = |unit: &str| {
        SYSTEMS.into_iter().any(|system| {
            of(system)
                .get(from(system, unit))
                .is_some_and(|s| s == unit)
        })
    };
    let begun = SYSTEMS.into_iter().any(|system| {
        of(system)
            .get(from(system, word))
            .is_some_and(|s| s.starts_with(word))
    });
    let mut letters = word.chars();
    let Some(first) = letters.next() else {
        return Vec::new();
    };
    let mut lists = if begun {
        vec![vec![READABLE, start(first)]]
    } else {
        Vec::new()
    };
    for (end, next) in word.char_indices().skip(1).take(7) {
        if end == 1 || matches!(&word[..end], "zh" | "ch" | "sh") || known(&word[..end]) {
            lists.push(vec![READABLE, neighbours(first, next)]);
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::han::tests::table;
    use crate::domain::search::fold::key;

    /// What of `name` is read as `word`, with a star when spelled out.
    fn read(name: &str, word: &str) -> String {
        let name = key(name, &table());
        let codes: Vec<_> = codes_of(&name, &table()).collect();
        let only: Vec<Code> = codes.iter().map(|(code, ..)| *code).collect();
        let found =
            Spelled::compile(&key(word, &table()), &table()).and_then(|s| s.find(&only, &table()));
        found.map_or("-".to_owned(), |r| {
            format!(
                "{}{}",
                &name[codes[r.start].1..codes[r.end - 1].2],
                if r.full { "*" } else { "" }
            )
        })
    }

    #[test]
    fn pinyin_in_full_in_part_and_by_initials() {
        for (word, found) in [
            ("zhongdian", "中电*"),
            ("zhongd", "中电*"),
            ("zhongdi", "中电*"),
            ("zho", "中*"),
            ("zd", "中电"),
            ("zhd", "中电"),
            ("zhongdkg", "中电控股"),
            ("zdkg", "中电控股"),
            ("konggu", "控股*"),
            ("kg", "控股"),
            ("zhongx", "-"),
            ("zhongdianx", "-"),
            ("中dian", "中电*"),
            ("中d", "中电*"),
            ("zh电", "中电"),
            ("dianzhong", "-"),
        ] {
            assert_eq!(read("中電控股有限公司", word), found, "{word}");
        }
    }

    #[test]
    fn cantonese_and_hong_kong_spellings() {
        for (name, word, found) in [
            ("中電", "zungdin", "中电*"),
            ("陳大文", "chantaiman", "陈大文*"),
            ("陳大文", "taiman", "大文*"),
            ("陳大文", "ctm", "陈大文"),
            ("郭小姐", "kwok", "郭*"),
            ("張偉明", "cheungwaiming", "张伟明*"),
            ("歐陽小石", "auyeung", "欧阳*"),
            ("司徒健", "szeto", "司徒*"),
            ("單小明", "shan", "单*"),
            ("曾志", "tsang", "曾*"),
            ("重慶", "chongqing", "重庆*"),
            ("呂布", "lvbu", "吕布*"),
            ("呂布", "lubu", "吕布*"),
            ("西安", "xian", "西安*"),
            ("陳 大文", "chantaiwan", "-"),
            ("中電", "zungdian", "-"),
            ("陳 大文", "chendawen", "陈 大文*"),
            ("陳A大文", "chendawen", "-"),
        ] {
            assert_eq!(read(name, word), found, "{name} by {word}");
        }
    }

    #[test]
    fn other_words_have_no_machine() {
        for word in ["中電", "a1", "д", "", "aひ"] {
            assert!(
                Spelled::compile(&key(word, &table()), &table()).is_none(),
                "{word}"
            );
        }
        assert!(Spelled::compile(&"a".repeat(MOST_LETTERS + 1), &table()).is_none());
        let none = HanTable::default();
        assert!(
            Spelled::compile("zhong", &none)
                .is_none_or(|spelled| spelled.find(&[0, BREAK], &none).is_none())
        );
        assert!(Spelled::compile(&"a".repeat(MOST_LETTERS), &table()).is_some());
    }
}
