//! What is known about Chinese characters: which variants are one character, and how each is read in Mandarin and in
//! Cantonese. The table is made by `cargo xtask han` (the format is described there) and fetched by the app as
//! `public/data/han.bin`; before it is loaded everything works on [`HanTable::default`], which knows nothing.

mod hong_kong;
mod surname;

use std::collections::HashMap;

pub use hong_kong::spellings as hong_kong_spellings;
pub use surname::{split_surname, surname_spellings};

/// One way of writing the sound of a character in Latin letters, without tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    Pinyin,
    Jyutping,
    /// The spellings of Hong Kong identity cards and street signs, which follow no single rule.
    HongKong,
}

/// Variants and readings of Chinese characters.
#[derive(Clone, Debug, Default)]
pub struct HanTable {
    /// The folded code point of every character in `MAIN_PLANE`, or 0 where it is its own.
    fold_main: Vec<u16>,
    fold_rare: HashMap<char, char>,
    /// 1 + the place in `starts` of every character in `MAIN_PLANE`, or 0 where no reading is known.
    place_main: Vec<u16>,
    place_rare: HashMap<char, u16>,
    /// Where in `readings` those of the nth character begin; one longer than there are characters.
    starts: Vec<u32>,
    readings: Vec<u16>,
    /// The first letters of all readings of the nth character, a bit each from a.
    initials: Vec<u32>,
    /// All syllables, by system, within a system by the alphabet: a reading is an index into this list.
    syllables: Vec<String>,
    /// The first index in `syllables` of Jyutping, of Hong Kong spellings, and the end.
    ends: [u16; 3],
}

/// Why bytes are not a table of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HanError {
    #[error("the character table does not begin with HAN1")]
    NotATable,
    #[error("the character table ends early, at byte {0}")]
    Short(usize),
    #[error("the character table names something that is not in it, near byte {0}")]
    Broken(usize),
}

/// The code points that have a direct index; radicals, the main blocks and the compatibility forms.
const MAIN_PLANE: std::ops::Range<u32> = 0x2e80..0xfb00;

impl HanTable {
    /// Reads the file made by `cargo xtask han`.
    pub fn parse(bytes: &[u8]) -> Result<Self, HanError> {
        let mut input = Input { bytes, at: 4 };
        if !bytes.starts_with(b"HAN1") {
            return Err(HanError::NotATable);
        }
        let pinyin = input.syllables()?;
        let jyutping = input.syllables()?;
        let chars = input.ascending_chars()?;
        let counts: Vec<u8> = (0..chars.len())
            .map(|_| input.byte())
            .collect::<Result<_, _>>()?;
        let mut read: Vec<Readings> = Vec::with_capacity(chars.len());
        for count in &counts {
            let list = (0..count >> 4).map(|_| input.index(pinyin.len()));
            read.push((list.collect::<Result<_, _>>()?, Vec::new()));
        }
        input.jyutping(&counts, jyutping.len(), &mut read)?;

        let mut table = HanTable::default();
        table.fold_main.resize(MAIN_PLANE.len(), 0);
        table.place_main.resize(MAIN_PLANE.len(), 0);
        let sources = input.ascending_chars()?;
        let mut target = 0i64;
        for source in sources {
            let step = input.varint()?;
            target += i64::from(step >> 1) ^ -i64::from(step & 1);
            let target = u32::try_from(target).ok().and_then(char::from_u32);
            let target = target.ok_or(HanError::Broken(input.at))?;
            match (main_index(source), u16::try_from(target as u32)) {
                (Some(index), Ok(target)) => table.fold_main[index] = target,
                _ => {
                    table.fold_rare.insert(source, target);
                }
            }
        }
        table.add_readings(&chars, &read, &pinyin, &jyutping);
        Ok(table)
    }

    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// The character that stands for all its variants: Simplified where there is a Simplified form.
    pub fn fold(&self, c: char) -> char {
        match main_index(c).and_then(|index| self.fold_main.get(index)) {
            Some(0) | None => self.fold_rare.get(&c).copied().unwrap_or(c),
            Some(&folded) => char::from_u32(u32::from(folded)).unwrap_or(c),
        }
    }

    /// The number of a folded character among all that have readings, which is below [`HanTable::characters`].
    pub fn place(&self, folded: char) -> Option<usize> {
        let place = match main_index(folded) {
            Some(index) => self.place_main.get(index).copied().unwrap_or(0),
            None => self.place_rare.get(&folded).copied().unwrap_or(0),
        };
        usize::from(place).checked_sub(1)
    }

    /// How many characters have readings.
    pub fn characters(&self) -> usize {
        self.initials.len()
    }

    /// The syllables of a folded character, as indices for [`HanTable::syllable`]: by system, in it by frequency.
    pub fn readings(&self, folded: char) -> &[u16] {
        self.place(folded).map_or(&[], |nth| self.readings_at(nth))
    }

    /// The readings of the character with a [`HanTable::place`].
    pub fn readings_at(&self, place: usize) -> &[u16] {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(&start), Some(&end)) => self
                .readings
                .get(start as usize..end as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The letters with which the readings of the character with a place begin, a bit each: 1 for a, 2 for b, 4 for c.
    pub fn initials_at(&self, place: usize) -> u32 {
        self.initials.get(place).copied().unwrap_or(0)
    }

    /// The letters of a reading; empty for an index that is none.
    pub fn syllable(&self, reading: u16) -> &str {
        self.syllables
            .get(usize::from(reading))
            .map_or("", String::as_str)
    }

    pub fn system(&self, reading: u16) -> System {
        match reading {
            r if r < self.ends[0] => System::Pinyin,
            r if r < self.ends[1] => System::Jyutping,
            _ => System::HongKong,
        }
    }

    /// All syllables, by system and alphabet.
    pub fn syllables(&self) -> &[String] {
        &self.syllables
    }

    /// The range of [`HanTable::syllables`] that belongs to a system.
    pub fn range_of(&self, system: System) -> std::ops::Range<usize> {
        let [pinyin, jyutping, hong_kong] = self.ends.map(usize::from);
        match system {
            System::Pinyin => 0..pinyin,
            System::Jyutping => pinyin..jyutping,
            System::HongKong => jyutping..hong_kong,
        }
    }

    /// How a character, in any variant, is read in one system, the most common first.
    pub fn spelled(&self, c: char, system: System) -> impl Iterator<Item = &str> {
        let readings = self.readings(self.fold(c)).iter();
        readings
            .filter(move |r| self.system(**r) == system)
            .map(|r| self.syllable(*r))
    }

    fn add_readings(
        &mut self,
        chars: &[char],
        read: &[Readings],
        pinyin: &[String],
        jyutping: &[String],
    ) {
        let by_rule: Vec<Vec<String>> = jyutping.iter().map(|s| hong_kong::spellings(s)).collect();
        let mut by_custom: HashMap<char, Vec<String>> = HashMap::new();
        for (c, spelling) in surname::character_spellings() {
            by_custom.entry(self.fold(c)).or_default().push(spelling);
        }
        let mut hong_kong: Vec<String> = by_rule
            .iter()
            .chain(by_custom.values())
            .flatten()
            .cloned()
            .collect();
        hong_kong.sort_unstable();
        hong_kong.dedup();
        // The file lists the syllables by frequency, the table by the alphabet: `of_pinyin[id in the file]` is the
        // index here. The ids were checked against the lists when they were read.
        let base = [0, pinyin.len(), pinyin.len() + jyutping.len()];
        let of_pinyin = alphabetic(pinyin, base[0]);
        let of_jyutping = alphabetic(jyutping, base[1]);
        let of_hong_kong = |s: &String| {
            hong_kong
                .binary_search(s)
                .ok()
                .map(|at| (base[2] + at) as u16)
        };
        let by_rule: Vec<Vec<u16>> = by_rule
            .iter()
            .map(|list| list.iter().filter_map(of_hong_kong).collect())
            .collect();

        self.starts.push(0);
        for (nth, (c, (mandarin, cantonese))) in chars.iter().zip(read).enumerate() {
            let start = self.readings.len();
            let place = (nth + 1) as u16;
            match main_index(*c) {
                Some(index) => self.place_main[index] = place,
                None => {
                    self.place_rare.insert(*c, place);
                }
            }
            self.readings
                .extend(mandarin.iter().map(|id| of_pinyin[usize::from(*id)]));
            self.readings
                .extend(cantonese.iter().map(|id| of_jyutping[usize::from(*id)]));
            let custom = by_custom
                .get(c)
                .into_iter()
                .flatten()
                .filter_map(of_hong_kong);
            let rule = cantonese
                .iter()
                .flat_map(|id| &by_rule[usize::from(*id)])
                .copied();
            for reading in custom.chain(rule) {
                if !self.readings[start..].contains(&reading) {
                    self.readings.push(reading);
                }
            }
            self.starts.push(self.readings.len() as u32);
        }
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort_unstable();
            list
        };
        self.syllables = [sorted(pinyin), sorted(jyutping), hong_kong].concat();
        self.ends = [base[1] as u16, base[2] as u16, self.syllables.len() as u16];
        let bit = |reading: &u16| match self.syllable(*reading).bytes().next() {
            Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
            _ => 0,
        };
        let initials = |nth| {
            self.readings_at(nth)
                .iter()
                .fold(0, |all, reading| all | bit(reading))
        };
        self.initials = (0..chars.len()).map(initials).collect();
    }
}

/// The pinyin and the Jyutping of a character, as ids of the file.
type Readings = (Vec<u16>, Vec<u16>);

/// For each syllable of a list, its index when the list is sorted and begins at `base`.
fn alphabetic(list: &[String], base: usize) -> Vec<u16> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_unstable_by_key(|index| &list[*index]);
    let mut places = vec![0; list.len()];
    for (place, index) in order.into_iter().enumerate() {
        places[index] = (base + place) as u16;
    }
    places
}

fn main_index(c: char) -> Option<usize> {
    MAIN_PLANE
        .contains(&(c as u32))
        .then(|| (c as u32 - MAIN_PLANE.start) as usize)
}

struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Input<'_> {
    fn byte(&mut self) -> Result<u8, HanError> {
        let byte = *self.bytes.get(self.at).ok_or(HanError::Short(self.at))?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u32, HanError> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(HanError::Broken(self.at))
    }

    /// A number below `count`, which an index into a list of `count` must be.
    fn index(&mut self, count: usize) -> Result<u16, HanError> {
        let index = self.varint()?;
        if (index as usize) < count {
            Ok(index as u16)
        } else {
            Err(HanError::Broken(self.at))
        }
    }

    /// A count of things that take at least a byte each, so that a broken count cannot ask for all memory.
    fn count(&mut self) -> Result<usize, HanError> {
        let count = self.varint()? as usize;
        if count >= usize::from(u16::MAX) {
            return Err(HanError::Broken(self.at));
        }
        let left = self.bytes.len() - self.at;
        if count > left {
            Err(HanError::Short(self.bytes.len()))
        } else {
            Ok(count)
        }
    }

    fn syllables(&mut self) -> Result<Vec<String>, HanError> {
        let count = self.count()?;
        // Fewer syllables than these keep every index of the three systems within 16 bits.
        if count > 4_000 {
            return Err(HanError::Broken(self.at));
        }
        (0..count).map(|_| self.syllable()).collect()
    }

    fn syllable(&mut self) -> Result<String, HanError> {
        let mut syllable = String::new();
        loop {
            match self.byte()? {
                b'\n' => return Ok(syllable),
                byte if byte.is_ascii_lowercase() && syllable.len() < 8 => {
                    syllable.push(char::from(byte));
                }
                _ => return Err(HanError::Broken(self.at)),
            }
        }
    }

    fn ascending_chars(&mut self) -> Result<Vec<char>, HanError> {
        let mut code = 0u32;
        (0..self.count()?)
            .map(|_| {
                code = code.saturating_add(self.varint()?);
                char::from_u32(code).ok_or(HanError::Broken(self.at))
            })
            .collect()
    }

    fn jyutping(
        &mut self,
        counts: &[u8],
        known: usize,
        read: &mut [Readings],
    ) -> Result<(), HanError> {
        let total = counts.iter().map(|count| usize::from(count & 15)).sum();
        let ranks: Vec<u32> = (0..total)
            .map(|_| self.varint())
            .collect::<Result<_, _>>()?;
        let mut ranks = ranks.into_iter();
        let mut recent: HashMap<Option<u16>, Vec<u16>> = HashMap::new();
        for (count, (pinyin, jyutping)) in counts.iter().zip(read) {
            for nth in 0..usize::from(count & 15) {
                let key = pinyin.get(nth).or(pinyin.last()).copied();
                let list = recent.entry(key).or_default();
                let reading = match ranks.next().unwrap_or(0) as usize {
                    0 => self.index(known)?,
                    rank if rank <= list.len() => list.remove(rank - 1),
                    _ => return Err(HanError::Broken(self.at)),
                };
                list.insert(0, reading);
                jyutping.push(reading);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::{Arc, LazyLock};

    const FILE: &[u8] = include_bytes!("../../public/data/han.bin");
    static TABLE: LazyLock<Arc<HanTable>> =
        LazyLock::new(|| Arc::new(HanTable::parse(FILE).expect("the shipped table")));

    /// The shipped table, parsed once for all tests.
    pub(crate) fn table() -> Arc<HanTable> {
        TABLE.clone()
    }

    fn spelled(c: char, system: System) -> Vec<String> {
        table().spelled(c, system).map(str::to_owned).collect()
    }

    #[test]
    fn variants_of_hong_kong_taiwan_and_the_mainland_are_one() {
        let groups =
            "衞衛卫 滙匯汇 峯峰 着著 户戶戸⼾ 綫線线 裏裡里 鍾鐘钟 羣群 臺台 說説说 啟啓启 黃黄";
        for group in groups.split(' ') {
            let folded: Vec<char> = group.chars().map(|c| table().fold(c)).collect();
            assert!(
                folded.iter().all(|c| *c == folded[0]),
                "{group} folds to {folded:?}"
            );
        }
        for (a, b) in [
            ('中', '重'),
            ('岡', '崗'),
            ('陳', '程'),
            ('王', '黃'),
            ('千', '干'),
        ] {
            assert_ne!(table().fold(a), table().fold(b));
        }
        assert_eq!(table().fold('A'), 'A');
        assert_eq!(HanTable::default().fold('衞'), '衞');
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for c in (0x2e80..0x32000).filter_map(char::from_u32) {
            let folded = table().fold(c);
            assert_eq!(table().fold(folded), folded, "{c}");
        }
    }

    #[test]
    fn readings_begin_with_the_most_common() {
        for pair in [
            "電dian", "單dan", "重zhong", "行xing", "樂le", "曾ceng", "呂lv",
        ] {
            let c = pair.chars().next().expect("a character");
            assert_eq!(spelled(c, System::Pinyin)[0], pair[c.len_utf8()..], "{c}");
        }
        for pair in ["電din", "陳can", "郭gwok", "石sek", "張zoeng", "吳ng"] {
            let c = pair.chars().next().expect("a character");
            assert_eq!(spelled(c, System::Jyutping)[0], pair[c.len_utf8()..], "{c}");
        }
    }

    #[test]
    fn surnames_have_their_own_readings() {
        for pair in [
            "單shan", "曾zeng", "仇qiu", "解xie", "區ou", "查zha", "呂lu", "重chong",
        ] {
            let c = pair.chars().next().expect("a character");
            assert!(
                spelled(c, System::Pinyin)
                    .iter()
                    .any(|p| *p == pair[c.len_utf8()..]),
                "{pair}"
            );
        }
        for pair in [
            "陳chan",
            "郭kwok",
            "石shek",
            "張cheung",
            "吳ng",
            "香hong",
            "鄧tang",
            "許hui",
        ] {
            let c = pair.chars().next().expect("a character");
            let list = spelled(c, System::HongKong);
            assert!(
                list.iter().any(|s| *s == pair[c.len_utf8()..]),
                "{pair}: {list:?}"
            );
        }
    }

    #[test]
    fn every_common_character_has_both_tongues() {
        let lacks = |c: &char| {
            spelled(*c, System::Pinyin).is_empty() || spelled(*c, System::Jyutping).is_empty()
        };
        let all = (0x4e00..0x9fa6).filter_map(char::from_u32);
        let missing: String = all
            .filter(|c| table().fold(*c) == *c)
            .filter(lacks)
            .collect();
        assert!(missing.chars().count() < 300, "{missing} lack a reading");
        assert!(
            !spelled('𠝹', System::Jyutping).is_empty(),
            "extension B as used in Hong Kong"
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let error = |bytes| HanTable::parse(bytes).map(|_| ());
        assert_eq!(error(b""), Err(HanError::NotATable));
        assert_eq!(error(b"<!doctype html>"), Err(HanError::NotATable));
        assert!(matches!(
            error(&FILE[..FILE.len() / 2]),
            Err(HanError::Short(_))
        ));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn broken_tables_never_panic(at in 4..FILE.len(), byte: u8, cut in 0..FILE.len()) {
            let mut bytes = FILE.to_vec();
            bytes[at] = byte;
            bytes.truncate(cut.max(at + 1));
            if let Ok(table) = HanTable::parse(&bytes) {
                for c in "中電陳大文".chars() {
                    table.readings(table.fold(c));
                }
            }
        }
    }
}
