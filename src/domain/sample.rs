//! Invented companies, people and notes in the manner of Hong Kong, the same for the same seed: for the demo portfolio
//! and for measuring. Names are put together by chance from parts that do not make a known firm; phone numbers begin
//! with 0, which no subscriber's number in Hong Kong does; e-mail addresses end in `.example`.

mod words;

use words::{
    BUILDINGS, DISTRICTS, ENDINGS, FIRST, GIVEN, INDUSTRIES, NOTE_PARTS, PEOPLE, SECOND, STREETS,
    SURNAMES, TITLES, WESTERN,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleCompany {
    pub zh: String,
    pub en: String,
    pub industry: String,
    pub address: String,
    /// `+852 0xxx xxxx`.
    pub phone: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamplePerson {
    pub zh: String,
    /// Surname first, a Western name before it for some: "Chan Tai Man", "Peter Chan Tai Man".
    pub en: String,
    pub title: String,
    pub mobile: String,
    pub email: String,
}

/// Makes one thing after another; what comes depends on the seed and on what was asked for before.
#[derive(Clone, Debug)]
pub struct Generator {
    state: u64,
}

impl Generator {
    pub fn new(seed: u64) -> Self {
        Generator { state: seed }
    }

    pub fn company(&mut self) -> SampleCompany {
        let (first, second) = (self.pick(FIRST), self.pick(SECOND));
        // A third part in half of the names keeps 50,000 of them apart.
        let third = if self.below(2) == 0 {
            self.pick(SECOND)
        } else {
            ("", "")
        };
        let (industry, trade) = self.pick(INDUSTRIES);
        let (ending, english) = self.pick(ENDINGS);
        let brand = format!(
            "{}{}{}",
            first.1,
            second.1.to_lowercase(),
            third.1.to_lowercase()
        );
        SampleCompany {
            zh: format!("{}{}{}{industry}{ending}", first.0, second.0, third.0),
            en: format!("{brand} {trade} {english}"),
            industry: industry.to_owned(),
            address: self.address(),
            phone: self.phone(),
            email: format!("info@{}.example", brand.to_lowercase()),
        }
    }

    pub fn person(&mut self) -> SamplePerson {
        let (surname, spelled) = self.pick(SURNAMES);
        let (one, two) = (self.pick(GIVEN), self.pick(GIVEN));
        let two = if self.below(8) == 0 { ("", "") } else { two };
        let western = if self.below(2) == 0 {
            self.pick(WESTERN)
        } else {
            ""
        };
        let given = [one.1, two.1]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>();
        let en = [&[western, spelled][..], &given]
            .concat()
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let mailbox = if western.is_empty() {
            given.concat()
        } else {
            western.to_owned()
        };
        let host = self.pick(FIRST).1;
        SamplePerson {
            zh: format!("{surname}{}{}", one.0, two.0),
            en,
            title: self.pick(TITLES).to_owned(),
            mobile: self.phone(),
            email: format!("{}.{}@{}.example", mailbox, spelled.replace(' ', ""), host)
                .to_lowercase(),
        }
    }

    /// Some sentences of about 200 characters, most of them Chinese.
    pub fn note(&mut self) -> String {
        let mut note = String::new();
        while note.chars().count() < 190 {
            let part = self.pick(NOTE_PARTS);
            let amount = (self.below(99) + 1).to_string();
            note.push_str(&part.replace('#', &amount).replace('@', self.pick(PEOPLE)));
        }
        note
    }

    /// A number that nobody has, in the form `+852 0xxx xxxx`.
    pub fn phone(&mut self) -> String {
        let number = self.below(10_000_000);
        format!("+852 0{:03} {:04}", number / 10_000, number % 10_000)
    }

    /// A number from 0 to `end` − 1; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        // SplitMix64: every state gives a well mixed number, and the sequence is the same on every machine.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        mixed.checked_rem(end as u64).unwrap_or(0) as usize
    }

    fn address(&mut self) -> String {
        let (district, district_en) = self.pick(DISTRICTS);
        let (street, street_en) = self.pick(STREETS);
        let (name, name_en) = self.pick(SECOND);
        let (building, building_en) = self.pick(BUILDINGS);
        let (floor, number) = (self.below(38) + 1, self.below(300) + 1);
        let unit = char::from(b'A' + self.below(8) as u8);
        if self.below(2) == 0 {
            format!("{district}{street}{number}號{name}{building}{floor}樓{unit}室")
        } else {
            format!(
                "{unit}, {floor}/F, {name_en} {building_en}, {number} {street_en}, {district_en}"
            )
        }
    }

    fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let at = self.below(list.len());
        list.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_seed_gives_the_same() {
        let make = |seed| {
            let mut generator = Generator::new(seed);
            (generator.company(), generator.person(), generator.note())
        };
        assert_eq!(make(7), make(7));
        assert_ne!(make(7), make(8));
        // The demo portfolio and the recorded measurements lean on this very sequence.
        assert_eq!(Generator::new(1).below(1_000_000), 822_465);
    }

    #[test]
    fn companies_differ_and_look_like_companies() {
        let mut generator = Generator::new(1);
        let companies: Vec<SampleCompany> = (0..50_000).map(|_| generator.company()).collect();
        let names: HashSet<&str> = companies.iter().map(|c| c.zh.as_str()).collect();
        assert!(names.len() > 45_000, "only {} names", names.len());
        for company in companies.iter().take(1_000) {
            assert!(company.zh.contains("公司"), "{company:?}");
            assert!(
                company.phone.starts_with("+852 0") && company.phone.len() == 14,
                "{company:?}"
            );
            assert!(company.email.ends_with(".example"), "{company:?}");
        }
    }

    #[test]
    fn people_and_notes() {
        let mut generator = Generator::new(2);
        for _ in 0..1_000 {
            let person = generator.person();
            assert!((2..=5).contains(&person.zh.chars().count()), "{person:?}");
            assert!(
                person.en.is_ascii() && !person.en.contains("  "),
                "{person:?}"
            );
            assert!((190..300).contains(&generator.note().chars().count()));
        }
    }
}
