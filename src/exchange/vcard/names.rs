//! Which of a card's names is Chinese, which is Latin, and where each is cut.

use super::property::{Property, escape};
use crate::domain::contact::Extra;
use crate::domain::person::Person;
use crate::exchange::names::{
    self, PersonName, han_name, has_han, latin_name, person_name, split_firm,
};

/// Marks an `N` whose parts are exactly as a person put them, however unusual.
pub const EXACT: &str = "X-TOPFLOOR-EXACT";
/// A Latin name that `X-PHONETIC-…` cannot carry: family and given names.
pub const OTHER_NAME: &str = "X-TOPFLOOR-NAME";
pub const PHONETIC_FAMILY: &str = "X-PHONETIC-LAST-NAME";
pub const PHONETIC_GIVEN: &str = "X-PHONETIC-FIRST-NAME";
/// Extra values that are parts of `N` no field holds.
pub const PREFIX: &str = "N.prefix";
pub const SUFFIX: &str = "N.suffix";

/// Cuts a name that stands in one part of `N` only. Phones put a whole name there when it is typed in one field.
pub fn cut(family: &str, given: &str) -> (String, String) {
    let whole = match (family.is_empty(), given.is_empty()) {
        (true, false) => given,
        (false, true) => family,
        _ => return (family.to_owned(), given.to_owned()),
    };
    if has_han(whole) {
        han_name(whole)
    } else {
        latin_name(whole)
    }
}

/// Reads every property about the name into `person`. Answers those it did not use.
pub fn read<'a>(properties: &[&'a Property], person: &mut Person) -> Vec<&'a Property> {
    let mut kept = Vec::new();
    let all = |name: &'static str| {
        properties
            .iter()
            .copied()
            .filter(move |property| property.name == name)
    };
    for property in all("N") {
        structured(property, person);
    }
    if let Some(property) = all(OTHER_NAME).next() {
        let mut parts = property.components().into_iter();
        let (family, given) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        place(
            PersonName {
                family_en: family,
                given_en: given,
                ..PersonName::default()
            },
            person,
            property,
        );
    }
    // FN says what N said; what it says beyond is kept.
    for property in all("FN") {
        let text = property.text();
        if !text.is_empty() && !covered(&text, person) {
            let name = person_name(&text);
            let (had_zh, had_en) = (!person.name_zh().is_empty(), !person.name_en().is_empty());
            let latin = !(name.family_en.is_empty() && name.given_en.is_empty());
            let news = (!had_zh && has_han(&text)) || (!had_en && latin);
            let told = news && name.fill(person) && covered(&text, person);
            if !told {
                extra(person, "FN", &text);
            }
        }
    }
    let lone_zh = !person.name_zh().is_empty() && person.name_en().is_empty();
    let phonetic: Vec<&Property> = [PHONETIC_FAMILY, PHONETIC_GIVEN]
        .into_iter()
        .filter_map(|name| all(name).next())
        .collect();
    let usable = lone_zh
        && !phonetic.is_empty()
        && phonetic.iter().all(|property| is_latin(&property.text()));
    if usable {
        for property in &phonetic {
            let part = if property.name == PHONETIC_FAMILY {
                &mut person.family_en
            } else {
                &mut person.given_en
            };
            *part = property.text();
        }
    }
    for name in [PHONETIC_FAMILY, PHONETIC_GIVEN] {
        kept.extend(all(name).skip(usize::from(usable)));
    }
    for property in all("NICKNAME") {
        let text = property.text();
        if person.name_en().is_empty() && !person.name_zh().is_empty() && is_latin(&text) {
            (person.family_en, person.given_en) = latin_name(&text);
        } else if person.name_zh().is_empty() && person.name_en().is_empty() && !text.is_empty() {
            person_name(&text).fill(person);
        } else {
            kept.push(property);
        }
    }
    kept.extend(all(OTHER_NAME).skip(1));
    kept
}

/// A name of a firm in one or two languages, as far as `LANGUAGE` says which.
pub fn firm(property: &Property, text: &str) -> (String, String) {
    match property
        .param("LANGUAGE")
        .and_then(|tag| tag.split('-').next())
    {
        Some("zh") => (text.to_owned(), String::new()),
        Some("en") => (String::new(), text.to_owned()),
        _ => split_firm(text),
    }
}

/// Letters of a script that phonetic names of ours are written in.
pub fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c))
}

fn structured(property: &Property, person: &mut Person) {
    let mut parts = property.components();
    parts.resize(parts.len().max(5), String::new());
    let [family, given, additional, prefix, suffix, ..] = parts.as_slice() else {
        return;
    };
    let given = [given.as_str(), additional]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let mut name = if let Some(language) = property.param(EXACT) {
        exactly(family.clone(), given.join(" "), language == "zh")
    } else if has_han(family)
        && !has_han(&given.concat())
        && is_latin(&given.concat())
        && family.chars().count() > 2
    {
        // 陳大文;Peter
        let (family_zh, given_zh) = han_name(family);
        PersonName {
            family_zh,
            given_zh,
            given_en: given.join(" "),
            ..PersonName::default()
        }
    } else {
        let in_given = person_name(&given.concat());
        if has_han(family) && !in_given.given_en.is_empty() && has_han(&given.concat()) {
            // 陳;大文 Peter
            let given_zh = format!("{}{}", in_given.family_zh, in_given.given_zh);
            PersonName {
                family_zh: family.clone(),
                given_zh,
                honorific: None,
                ..in_given
            }
        } else if family.is_empty() && has_han(&given.concat()) {
            person_name(&given.join(" "))
        } else if given.is_empty() && has_han(family) {
            person_name(family)
        } else {
            let joined = if has_han(&given.concat()) {
                given.concat()
            } else {
                given.join(" ")
            };
            let (family, given) = cut(family, &joined);
            by_script(family, given)
        }
    };
    let read = names::honorific(prefix);
    name.honorific = name.honorific.or(read);
    if read.is_none() {
        extra(person, PREFIX, prefix);
    }
    extra(person, SUFFIX, suffix);
    if !name.is_empty() {
        place(name, person, property);
    } else {
        person.honorific = person.honorific.or(name.honorific);
    }
}

fn by_script(family: String, given: String) -> PersonName {
    let han = has_han(&family) || has_han(&given);
    exactly(family, given, han)
}

fn exactly(family: String, given: String, zh: bool) -> PersonName {
    if zh {
        PersonName {
            family_zh: family,
            given_zh: given,
            ..PersonName::default()
        }
    } else {
        PersonName {
            family_en: family,
            given_en: given,
            ..PersonName::default()
        }
    }
}

/// Whether an `N` of these two parts is read back as they are.
pub fn survives(family: &str, given: &str, zh: bool) -> bool {
    let value = format!("{};{};;;", escape(family), escape(given));
    let mut person = Person::default();
    structured(
        &Property {
            name: "N".to_owned(),
            value,
            ..Property::default()
        },
        &mut person,
    );
    let wanted = exactly(family.to_owned(), given.to_owned(), zh);
    let mut same = Person::default();
    wanted.fill(&mut same);
    person == same
}

fn place(name: PersonName, person: &mut Person, property: &Property) {
    if !name.fill(person) {
        extra(person, &property.name, &property.text());
    }
}

fn extra(person: &mut Person, name: &str, value: &str) {
    if !value.is_empty() {
        person.extra.push(Extra {
            name: name.to_owned(),
            value: value.to_owned(),
        });
    }
}

/// Whether every word of `text` is part of the person's name already.
fn covered(text: &str, person: &Person) -> bool {
    let known = [
        person.name_zh(),
        format!("{} {}", person.family_en, person.given_en),
        extra_text(person, PREFIX),
        extra_text(person, SUFFIX),
    ]
    .join(" ")
    .to_lowercase();
    let words: Vec<&str> = known.split(|c: char| !c.is_alphanumeric()).collect();
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            let honorific =
                person.honorific.is_some() && names::honorific(word) == person.honorific;
            words.contains(&word) || honorific || (has_han(word) && known.contains(word))
        })
}

fn extra_text(person: &Person, name: &str) -> String {
    person
        .extra
        .iter()
        .find(|extra| extra.name == name)
        .map(|extra| extra.value.clone())
        .unwrap_or_default()
}
