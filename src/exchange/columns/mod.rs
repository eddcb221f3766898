//! What a column of a table can mean, and what its header says it means, in three languages.

mod export;
mod terms;
mod words;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::domain::contact::PhoneKind;
use crate::i18n::Lang;
use words::{Base, Meaning, Qualifier};

/// Where a column's cells go. Columns are about the organisation unless they say [`FieldTarget::Person`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldTarget {
    /// A name in either language, or in both in one cell.
    Name,
    NameZh,
    NameEn,
    Alias,
    Phone(PhoneKind),
    Email,
    WebSite,
    Address,
    /// A part of an address: district, city, country.
    District,
    Industry,
    Segment,
    Tier,
    Stage,
    Source,
    SourceNote,
    LastChecked,
    Remark,
    Person(PersonField),
    /// Kept under the column's own name.
    Extra,
    /// Never guessed: only a person leaves a column out.
    LeaveOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonField {
    /// The whole name, in either language or both.
    Name,
    NameZh,
    NameEn,
    /// Surname in either language.
    Family,
    FamilyZh,
    FamilyEn,
    Given,
    GivenZh,
    GivenEn,
    Honorific,
    Title,
    Department,
    Phone(PhoneKind),
    Email,
    WeChat,
    WhatsApp,
    Role,
    Birthday,
    /// Other yearly dates, as `label: MM-DD; label: YYYY-MM-DD`.
    Occasions,
    Remark,
    Extra,
}

impl FieldTarget {
    /// Everything a person may choose for a column, in the order of a menu.
    pub fn all() -> Vec<FieldTarget> {
        use FieldTarget::*;
        let mut all = vec![Name, NameZh, NameEn, Alias];
        all.extend(PhoneKind::ALL.map(Phone));
        all.extend([
            Email, WebSite, Address, District, Industry, Segment, Tier, Stage,
        ]);
        all.extend([Source, SourceNote, LastChecked, Remark]);
        all.extend(PersonField::all().into_iter().map(Person));
        all.extend([Extra, LeaveOut]);
        all
    }
}

impl PersonField {
    pub fn all() -> Vec<PersonField> {
        use PersonField::*;
        let mut all = vec![
            Name, NameZh, NameEn, Family, FamilyZh, FamilyEn, Given, GivenZh, GivenEn,
        ];
        all.extend([Honorific, Title, Department]);
        all.extend(PhoneKind::ALL.map(Phone));
        all.extend([
            Email, WeChat, WhatsApp, Role, Birthday, Occasions, Remark, Extra,
        ]);
        all
    }
}

/// What a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    pub target: FieldTarget,
    /// It names the firm or the person outright: `Company name`, not `Name`.
    pub owner_named: bool,
    /// Every word of it is understood; otherwise the cells must agree with it.
    pub sure: bool,
}

/// Reads a header; `None` if no word of it means anything here.
pub fn read_heading(header: &str) -> Option<Heading> {
    if person_extra_name(header).is_some() {
        let target = FieldTarget::Person(PersonField::Extra);
        return Some(Heading {
            target,
            owner_named: true,
            sure: true,
        });
    }
    let mut found = Found::default();
    for token in tokens(header) {
        found.take(&token);
    }
    found.heading()
}

/// The header of one column of an export, which [`read_heading`] reads back.
pub fn heading_of(target: FieldTarget, lang: Lang) -> &'static str {
    export::EXPORT
        .iter()
        .find(|(of, _)| *of == target)
        .map_or("", |(_, [hant, hans, en])| match lang {
            Lang::ZhHant => hant,
            Lang::ZhHans => hans,
            Lang::En => en,
        })
}

/// Sets an extra value of a contact apart from one of the firm, in an export of people.
pub fn person_extra_heading(name: &str, lang: Lang) -> String {
    let [hant, hans, en] = export::PERSON_EXTRA;
    let prefix = match lang {
        Lang::ZhHant => hant,
        Lang::ZhHans => hans,
        Lang::En => en,
    };
    format!("{prefix}{name}")
}

/// Takes the prefix of [`person_extra_heading`] off.
pub fn person_extra_name(header: &str) -> Option<&str> {
    let header = header.trim();
    export::PERSON_EXTRA
        .iter()
        .find_map(|prefix| header.strip_prefix(prefix))
}

/// Whether a cell of a first row names a column.
pub fn is_header_word(cell: &str) -> bool {
    let short = cell.trim().chars().count() <= 40;
    short
        && (read_heading(cell).is_some_and(|heading| heading.sure)
            || terms::is_kept_word(&tokens(cell).join(" ")))
}

/// Pieces of a header: a run of Han, or a Latin word.
fn tokens(header: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let (mut last_han, mut open, mut was_lower) = (false, false, false);
    for c in header.nfkc() {
        let han = is_han(c);
        if !han && !c.is_alphanumeric() {
            open = false;
            continue;
        }
        // `companyName` is two words, `TEL` one.
        let hump = was_lower && c.is_ascii_uppercase();
        if !open || han != last_han || hump {
            tokens.push(String::new());
        }
        (last_han, open, was_lower) = (han, true, c.is_ascii_lowercase());
        if let Some(token) = tokens.last_mut() {
            token.extend(c.to_lowercase());
        }
    }
    // `Phone 1`, `電話2`
    tokens.retain(|token| !token.chars().all(|c| c.is_ascii_digit()));
    join_latin(tokens)
}

/// Neighbouring Latin words as one text, because most terms have several.
fn join_latin(tokens: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for token in tokens {
        let latin = !token.chars().any(is_han);
        let token = token
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned();
        match joined.last_mut() {
            Some(last) if latin && !last.chars().any(is_han) => {
                last.push(' ');
                last.push_str(&token);
            }
            _ => joined.push(token),
        }
    }
    joined
}

/// CJK ideographs with their extensions, and the iteration mark.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[derive(Default)]
struct Found {
    bases: Vec<Base>,
    person: bool,
    company: bool,
    zh: bool,
    en: bool,
    unknown: bool,
}

impl Found {
    /// Cuts a token into known terms, the longest first.
    fn take(&mut self, token: &str) {
        let latin = !token.chars().any(is_han);
        let mut rest = token;
        while !rest.is_empty() {
            let term = terms::longest(rest, latin);
            let length = match term {
                Some((term, meaning)) => {
                    self.add(meaning);
                    term.len()
                }
                None => {
                    self.unknown = true;
                    let skip = if latin {
                        rest.find(' ')
                    } else {
                        rest.chars().next().map(char::len_utf8)
                    };
                    skip.unwrap_or(rest.len())
                }
            };
            rest = rest.get(length..).unwrap_or_default().trim_start();
        }
    }

    fn add(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Of(base) => {
                if !self.bases.contains(&base) {
                    self.bases.push(base);
                }
            }
            Meaning::Also(Qualifier::Person) => self.person = true,
            Meaning::Also(Qualifier::Company) => self.company = true,
            Meaning::Also(Qualifier::Zh) => self.zh = true,
            Meaning::Also(Qualifier::En) => self.en = true,
            Meaning::Also(Qualifier::Noise) => {}
        }
    }

    fn heading(self) -> Option<Heading> {
        let base = match self.bases.as_slice() {
            [] if self.person || self.company => Base::Name,
            // `中文`, `English` alone: a name in that language.
            [] if (self.zh || self.en) && !self.unknown => Base::Name,
            [] => return None,
            [Base::BareName] if !(self.person || self.company || self.zh || self.en) => Base::Given,
            [base, ..] => *base,
        };
        // A known word among unknown ones says little where everything has a name: `product name`.
        if self.unknown
            && matches!(
                base,
                Base::Name | Base::FullName | Base::Family | Base::Given
            )
            && !self.person
            && !self.company
        {
            return None;
        }
        // The word for what it is says more than whose it is: 客戶姓名 is a person's name.
        let person =
            self.person || (base.is_personal() && !self.company) || base.is_always_personal();
        let owner_named = self.person || self.company || base.is_always_personal();
        let target = base.target(person, self.zh && !self.en, self.en && !self.zh);
        Some(Heading {
            target,
            owner_named,
            sure: !self.unknown && self.bases.len() <= 1,
        })
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
