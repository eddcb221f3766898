//! One form for everything that a person may type or that may stand on a card: half width, lower case, without
//! accents, Chinese variants folded to one character, punctuation to spaces.

use crate::domain::han::HanTable;

/// Folded text. Spaces are kept one for one, so that in nearly every text a position means the same before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub text: String,
    /// For each folded character the index of the original one, where the two differ anywhere.
    pub origin: Option<Box<[u32]>>,
}

/// What a folded character is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Space,
    Digit,
    Letter,
    /// A script without spaces between words: Chinese characters, kana, bopomofo, hangul.
    Ideograph,
}

/// Folds a text. At most `limit` characters of it are read.
pub fn fold(text: &str, limit: usize, han: &HanTable) -> Folded {
    let mut folder = Folder {
        han,
        text: String::with_capacity(text.len()),
        origin: None,
        count: 0,
    };
    let mut before: [Option<char>; 2] = [None, None];
    let mut chars = text.chars().take(limit).peekable();
    let mut index = 0;
    while let Some(c) = chars.next() {
        match c {
            '.' | '．' => {
                // "J.P. Morgan" is searched as "jp morgan": a dot between two single letters goes.
                let mut ahead = chars.clone();
                let next = (ahead.next(), ahead.next());
                if is_letter(before[1])
                    && !is_letter(before[0])
                    && is_letter(next.0)
                    && !is_letter(next.1)
                {
                    folder.drop();
                } else {
                    folder.push(' ', index);
                }
            }
            '\'' | '’' | '‘' | 'ʼ' | '＇'
                if is_letter(before[1]) && is_letter(chars.peek().copied()) =>
            {
                folder.drop()
            }
            _ => folder.fold(c, index),
        }
        before = [before[1], Some(c)];
        index += 1;
    }
    Folded {
        text: folder.text,
        origin: folder.origin.map(Vec::into_boxed_slice),
    }
}

/// Folds a text to a key for comparing: as [`fold`], with single spaces between words and none around.
pub fn key(text: &str, han: &HanTable) -> String {
    let folded = fold(text, usize::MAX, han).text;
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_ascii_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

impl Folded {
    /// The range of original characters that a range of folded ones came from.
    pub fn origin_of(&self, start: usize, end: usize) -> (usize, usize) {
        origin_of(self.origin.as_deref(), start, end)
    }
}

/// As [`Folded::origin_of`], for an origin that is kept apart from its text.
pub fn origin_of(origin: Option<&[u32]>, start: usize, end: usize) -> (usize, usize) {
    let Some(origin) = origin else {
        return (start, end);
    };
    let at = |index: usize| origin.get(index).map(|i| *i as usize);
    let Some(first) = at(start) else {
        return (start, start);
    };
    let last = at(end.saturating_sub(1)).unwrap_or(first);
    // Accents that were dropped belong to the letter before them, unless that would reach past a kept character.
    (
        first,
        at(end).map_or(last + 1, |next| next.clamp(last + 1, last + 2)),
    )
}

/// The class of a character that went through [`fold`].
pub fn class(c: char) -> Class {
    match c {
        ' ' => Class::Space,
        '0'..='9' => Class::Digit,
        'a'..='z' => Class::Letter,
        c if c.is_ascii() => Class::Space,
        c if is_ideograph(c) => Class::Ideograph,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Letter,
    }
}

struct Folder<'a> {
    han: &'a HanTable,
    text: String,
    /// Begun with the first character that does not become exactly one.
    origin: Option<Vec<u32>>,
    count: u32,
}

impl Folder<'_> {
    fn push(&mut self, c: char, index: u32) {
        if self.count != index {
            self.drop();
        }
        self.text.push(c);
        self.count += 1;
        if let Some(origin) = &mut self.origin {
            origin.push(index);
        }
    }

    fn drop(&mut self) {
        let count = self.count;
        self.origin.get_or_insert_with(|| (0..count).collect());
    }

    fn fold(&mut self, c: char, index: u32) {
        match c {
            'a'..='z' | '0'..='9' => self.push(c, index),
            c if c.is_ascii() => self.push(
                if c.is_ascii_uppercase() {
                    c.to_ascii_lowercase()
                } else {
                    ' '
                },
                index,
            ),
            '\u{4e00}'..='\u{9fff}' => self.push(self.han.fold(c), index),
            '\u{ff01}'..='\u{ff5e}' => {
                let half = char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(' ');
                self.fold(half, index);
            }
            c if is_dropped(c) => self.drop(),
            c => match latin(c) {
                Some(letters) => letters.chars().for_each(|letter| self.push(letter, index)),
                None => self.push(self.other(c), index),
            },
        }
    }

    fn other(&self, c: char) -> char {
        let folded = self.han.fold(c);
        if folded != c || is_ideograph(c) {
            folded
        } else if c.is_alphanumeric() {
            c.to_lowercase().next().unwrap_or(c)
        } else {
            ' '
        }
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && !is_ideograph(c))
}

fn is_ideograph(c: char) -> bool {
    matches!(c as u32,
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3040..=0x30ff | 0x3105..=0x312f | 0x31a0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff66..=0xff9d | 0x20000..=0x323af)
}

/// Marks that are written on or between letters and are not typed: accents, vowel points, joiners, direction marks.
fn is_dropped(c: char) -> bool {
    matches!(c as u32,
        0xad | 0x300..=0x36f | 0x591..=0x5c7 | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 | 0x1ab0..=0x1aff
        | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfeff | 0xe0100..=0xe01ef)
}

/// Latin letters with accents, numbers in circles and Roman numerals as plain letters and digits.
fn latin(c: char) -> Option<&'static str> {
    let code = c as u32;
    match code {
        0xdf | 0x1e9e => return Some("ss"),
        0xc6 | 0xe6 => return Some("ae"),
        0x152 | 0x153 => return Some("oe"),
        0xde | 0xfe => return Some("th"),
        0xb2 => return Some("2"),
        0xb3 => return Some("3"),
        0xb9 => return Some("1"),
        0x2460..=0x2473 => return NUMBERS.get((code - 0x2460) as usize).copied(),
        0x2160..=0x217b => return ROMAN.get(((code - 0x2160) & 15) as usize).copied(),
        0x660..=0x669 => return NUMERALS.get((code - 0x660) as usize..=(code - 0x660) as usize),
        0x6f0..=0x6f9 => return NUMERALS.get((code - 0x6f0) as usize..=(code - 0x6f0) as usize),
        _ => {}
    }
    let (first, letters) = PLAIN
        .iter()
        .find(|(first, letters)| (*first..*first + letters.len() as u32).contains(&code))?;
    let at = (code - first) as usize;
    letters.get(at..=at).filter(|letter| *letter != ".")
}

const NUMERALS: &str = "0123456789";
const NUMBERS: [&str; 20] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20",
];
const ROMAN: [&str; 12] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
];

/// Runs of letters with accents, from the first code point on; a dot stands where there is no plain letter.
const PLAIN: [(u32, &str); 6] = [
    (
        0xc0,
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..\
         jjkkkllllll..llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs",
    ),
    (0x1a0, "oo.............uu"),
    (0x1cd, "aaiioouuuuuuuuuu"),
    (0x1e6, "ggkkoooo..j...gg..nnaa"),
    (0x200, "aaaaeeeeiiiioooorrrruuuusstt"),
    (
        0x1e00,
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuu\
         vvvvwwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::han::tests::table;
    use proptest::prelude::*;

    #[test]
    fn the_same_thing_written_otherwise_folds_to_the_same_key() {
        for (a, b) in [
            ("滙豐控股有限公司", "汇丰控股有限公司"),
            ("ＡＢＣ（亞洲）", "abc 亚洲"),
            ("J.P. Morgan", "JP  Morgan"),
            ("Café  Société", "CAFE SOCIETE"),
            ("O’Neil & Co., Ltd.", "oneil co ltd"),
            ("Nguyễn Đức", "nguyen duc"),
            ("Straße", "STRASSE"),
            ("Phase Ⅱ", "phase II"),
            ("cafe\u{301}", "café"),
            ("⼥人", "女人"),
            ("٣٤", "34"),
            ("\u{feff}ABC\u{200b}", "abc"),
        ] {
            assert_eq!(key(a, &table()), key(b, &table()), "{a} and {b}");
        }
        assert_ne!(
            key("a.chan@example.com", &table()),
            key("achan@example.com", &table())
        );
        assert_eq!(key("😀!? ", &table()), "");
    }

    #[test]
    fn a_range_leads_back_to_the_original() {
        let folded = fold("J.P. O'Né ß", usize::MAX, &table());
        assert_eq!(folded.text, "jp  one ss");
        assert_eq!(folded.origin_of(0, 2), (0, 3));
        assert_eq!(folded.origin_of(4, 7), (5, 9));
        assert_eq!(folded.origin_of(8, 10), (10, 11));
        assert_eq!(folded.origin_of(8, 9), (10, 11));
        let plain = fold("中電 CLP", usize::MAX, &table());
        assert_eq!(
            (plain.origin.is_none(), plain.text.as_str()),
            (true, "中电 clp")
        );
        assert_eq!(plain.origin_of(1, 2), (1, 2));
    }

    proptest! {
        #[test]
        fn folding_never_panics_and_stays_within_the_text(text in "\\PC{0,40}|[a-zA-Z.'é’ ß①\u{301}中電\u{20000}א]{0,30}", a in 0usize..50, b in 0usize..50) {
            let folded = fold(&text, usize::MAX, &table());
            let count = folded.text.chars().count();
            if let Some(origin) = &folded.origin {
                prop_assert_eq!(origin.len(), count);
            } else {
                prop_assert_eq!(text.chars().count(), count);
            }
            let (start, end) = (a.min(b).min(count), a.max(b).min(count));
            if start < end {
                let (first, last) = folded.origin_of(start, end);
                prop_assert!(first < last && last <= text.chars().count(), "{first}..{last} of {text:?}");
            }
        }

        #[test]
        fn a_key_is_its_own_key(text in "\\PC{0,40}") {
            let once = key(&text, &table());
            prop_assert_eq!(key(&once, &table()), once);
        }
    }
}
