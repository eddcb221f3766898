//! Names of people and firms in the form of each version.

use super::Out;
use crate::domain::contact::Extra;
use crate::domain::organisation::Organisation;
use crate::domain::person::{Honorific, Person};
use crate::exchange::names::split_firm;
use crate::exchange::vcard::card;
use crate::exchange::vcard::names::{
    EXACT, OTHER_NAME, PHONETIC_FAMILY, PHONETIC_GIVEN, PREFIX, SUFFIX, is_latin, survives,
};

impl Out {
    /// One `N`: the Chinese name if there is one, the Latin one in what phones show beside it.
    pub(super) fn names_v3(&mut self, person: &Person) {
        let (zh, en) = (person.name_zh(), person.name_en());
        self.put("FN", if zh.is_empty() { &en } else { &zh });
        self.n("", person, !zh.is_empty());
        if zh.is_empty() || en.is_empty() {
            return;
        }
        let kept = person
            .vcard
            .iter()
            .any(|line| line.to_uppercase().contains("X-PHONETIC-"));
        let (family, given) = (&person.family_en, &person.given_en);
        if !kept
            && [family, given]
                .iter()
                .all(|part| part.is_empty() || is_latin(part))
        {
            self.put(PHONETIC_FAMILY, family);
            self.put(PHONETIC_GIVEN, given);
        } else {
            self.put_parts(OTHER_NAME, &[family, given]);
        }
    }

    pub(super) fn names_v4(&mut self, person: &Person) {
        let (zh, en) = (person.name_zh(), person.name_en());
        if zh.is_empty() || en.is_empty() {
            self.put("FN", if zh.is_empty() { &en } else { &zh });
            self.n("", person, !zh.is_empty());
            return;
        }
        for (language, name) in [("zh", &zh), ("en", &en)] {
            self.put(&format!("FN;ALTID=1;LANGUAGE={language}"), name);
        }
        self.n(";ALTID=1;LANGUAGE=zh", person, true);
        self.n(";ALTID=1;LANGUAGE=en", person, false);
    }

    fn n(&mut self, params: &str, person: &Person, zh: bool) {
        let (family, given) = if zh {
            (&person.family_zh, &person.given_zh)
        } else {
            (&person.family_en, &person.given_en)
        };
        let exact = match (survives(family, given, zh), zh) {
            (true, _) => String::new(),
            (false, true) => format!(";{EXACT}=zh"),
            (false, false) => format!(";{EXACT}=en"),
        };
        // Titles stand with the first name only.
        let first = zh || person.name_zh().is_empty();
        let part = |name: &str| {
            person
                .extra
                .iter()
                .find(|extra| first && extra.name == name)
                .map(|extra| extra.value.as_str())
        };
        let honorific = person.honorific.filter(|_| first).map(prefix);
        let prefix = honorific.or_else(|| part(PREFIX)).unwrap_or_default();
        let suffix = part(SUFFIX).unwrap_or_default();
        self.put_parts(
            &format!("N{params}{exact}"),
            &[family, given, "", prefix, suffix],
        );
    }

    /// Both names of a firm in one `ORG` where reading takes them apart again, else each with its language.
    pub(super) fn org(&mut self, firm: Option<&Organisation>, department: &str) {
        let (zh, en) = firm.map_or(("", ""), |firm| {
            (firm.name_zh.as_str(), firm.name_en.as_str())
        });
        let both = [zh, en].join(" ").trim().to_owned();
        if both.is_empty() && department.is_empty() {
            return;
        }
        let one = zh.is_empty() || en.is_empty();
        if (one || self.is_v3()) && split_firm(&both) == (zh.to_owned(), en.to_owned()) {
            self.put_parts("ORG", &with_department(&both, department));
        } else if one {
            let head = if zh.is_empty() {
                "ORG;LANGUAGE=en"
            } else {
                "ORG;LANGUAGE=zh"
            };
            self.put_parts(head, &with_department(&both, department));
        } else if self.is_v3() {
            self.put_parts("ORG;LANGUAGE=zh", &with_department(zh, department));
            self.put(card::FIRM_EN, en);
        } else {
            self.put_parts("ORG;ALTID=1;LANGUAGE=zh", &with_department(zh, department));
            self.put_parts("ORG;ALTID=1;LANGUAGE=en", &with_department(en, department));
        }
    }
}

fn with_department<'a>(name: &'a str, department: &'a str) -> Vec<&'a str> {
    if department.is_empty() {
        vec![name]
    } else {
        vec![name, department]
    }
}

/// What [`crate::exchange::names::honorific`] reads back.
fn prefix(honorific: Honorific) -> &'static str {
    match honorific {
        Honorific::Mr => "Mr",
        Honorific::Ms => "Ms",
        Honorific::Mrs => "Mrs",
        Honorific::Miss => "Miss",
        Honorific::Dr => "Dr",
        Honorific::Prof => "Prof",
    }
}

/// Extra values that `N` carries: the first of their name, the prefix only where no form of address takes its place.
pub(super) fn is_in_name(person: &Person, extra: &Extra) -> bool {
    let first = person
        .extra
        .iter()
        .find(|other| other.name == extra.name)
        .is_some_and(|other| std::ptr::eq(other, extra));
    first && (extra.name == SUFFIX || (extra.name == PREFIX && person.honorific.is_none()))
}
