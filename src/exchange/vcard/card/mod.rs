//! The properties of one card become a person and their firm.

mod finish;
mod take;

use std::collections::BTreeMap;

use super::lines::Line;
use super::names::{self, OTHER_NAME, PHONETIC_FAMILY, PHONETIC_GIVEN};
use super::property::{Charset, Property};
use super::{Card, Picture, Warning, WarningKind, reach};
use crate::domain::contact::Extra;
use crate::domain::id::NewId;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;

/// Properties of ours.
pub const ROLE: &str = "X-TOPFLOOR-ROLE";
pub const EXTRA: &str = "X-TOPFLOOR-EXTRA";
/// The Latin name of a firm where one `ORG` cannot hold both.
pub const FIRM_EN: &str = "X-TOPFLOOR-ORG-EN";
/// Extra values of a firm that are whole lines of its card.
pub const RAW: &str = "vCard";
/// Stands for a line of a card inside the card; no property can have this name.
const INNER: &str = " ";

/// `None` for a card that says nothing about anybody.
pub fn read(start: u32, lines: &[Line], charset: &Charset, ids: &mut dyn NewId) -> Option<Card> {
    let mut build = Build::new(ids);
    let mut properties = Vec::new();
    let mut agent = 0_usize;
    for line in lines {
        // A card inside this one is kept line by line.
        if line.is("BEGIN:VCARD") || agent > 0 {
            agent = if line.is("BEGIN:VCARD") {
                agent + 1
            } else {
                agent - usize::from(line.is("END:VCARD"))
            };
            properties.push(Property {
                name: INNER.to_owned(),
                raw: line.text(charset),
                readable: true,
                ..Property::default()
            });
            continue;
        }
        match Property::parse(line, charset) {
            Some(property) => {
                if !property.readable {
                    build.warn(property.line, WarningKind::Unreadable);
                }
                properties.push(property);
            }
            None if line.bytes.trim_ascii().is_empty() => {}
            None => {
                build.warn(line.number, WarningKind::BadLine);
                build.extra("vCard?", &line.text(charset));
            }
        }
    }
    build.labels(&properties);
    build.who(&properties);
    for property in &properties {
        build.take(property);
    }
    build.finish(start)
}

/// What Apple writes beside a property of the same group.
struct Label {
    text: String,
    /// One of Apple's own words, such as `_$!<Work>!$_`.
    standard: bool,
    raw: String,
}

struct Build<'a> {
    ids: &'a mut dyn NewId,
    person: Person,
    firm: Organisation,
    /// The card is of a firm, not of a person.
    firm_only: bool,
    has_title: bool,
    photo: Option<Picture>,
    warnings: Vec<Warning>,
    /// Lines to keep, with their group.
    kept: Vec<(Option<String>, String)>,
    /// Apple's labels by group: the text.
    labels: BTreeMap<String, Label>,
    used_labels: Vec<String>,
}

impl<'a> Build<'a> {
    fn new(ids: &'a mut dyn NewId) -> Self {
        Self {
            ids,
            person: Person::default(),
            firm: Organisation::default(),
            firm_only: false,
            has_title: false,
            photo: None,
            warnings: Vec::new(),
            kept: Vec::new(),
            labels: BTreeMap::new(),
            used_labels: Vec::new(),
        }
    }

    fn warn(&mut self, line: u32, kind: WarningKind) {
        self.warnings.push(Warning { line, kind });
    }

    fn extra(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.person.extra.push(Extra {
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }

    fn labels(&mut self, properties: &[Property]) {
        for property in properties
            .iter()
            .filter(|property| property.name == "X-ABLABEL")
        {
            let Some(group) = property.group.clone() else {
                continue;
            };
            let (text, standard) = reach::label(&property.text());
            self.labels.entry(group).or_insert(Label {
                text,
                standard,
                raw: property.raw.clone(),
            });
        }
    }

    /// Names of the person and the firm, and whether there is a person at all.
    fn who(&mut self, properties: &[Property]) {
        for property in properties.iter().filter(|property| property.name == "ORG") {
            self.take_firm(property);
        }
        if let Some(property) = properties.iter().find(|property| property.name == FIRM_EN) {
            self.firm.name_en = property.text();
        }
        self.has_title = properties.iter().any(|property| property.name == "TITLE");
        let has = |name: &str, value: &str| {
            properties.iter().any(|property| {
                property.name == name && property.value.trim().eq_ignore_ascii_case(value)
            })
        };
        let firm = [self.firm.name_zh.as_str(), self.firm.name_en.as_str()]
            .join(" ")
            .trim()
            .to_owned();
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        let same = |text: &str| {
            let org = |property: &&Property| property.name == "ORG";
            let name =
                |property: &Property| property.components().into_iter().next().unwrap_or_default();
            plain(text) == plain(&firm)
                || properties
                    .iter()
                    .filter(org)
                    .any(|property| plain(&name(property)) == plain(text))
        };
        let own_name = properties.iter().any(|property| {
            let text = property.text();
            matches!(property.name.as_str(), "FN" | "NICKNAME") && !text.is_empty() && !same(&text)
        });
        let declared = has("KIND", "org") || has("X-ABSHOWAS", "COMPANY");
        let structured = properties
            .iter()
            .filter(|property| property.name == "N")
            .any(|property| {
                let name = property.components().concat();
                !(name.is_empty() || (declared && same(&name)))
            });
        self.firm_only = !firm.is_empty() && !structured && (declared || !own_name);
        let about_names = [
            "N",
            "FN",
            "NICKNAME",
            OTHER_NAME,
            PHONETIC_FAMILY,
            PHONETIC_GIVEN,
        ];
        let named: Vec<&Property> = properties
            .iter()
            .filter(|property| about_names.contains(&property.name.as_str()))
            .collect();
        if self.firm_only {
            for property in named
                .into_iter()
                .filter(|property| !matches!(property.name.as_str(), "N" | "FN"))
            {
                self.keep(property);
            }
            let other = properties
                .iter()
                .filter(|property| property.name == "FN")
                .map(Property::text);
            for text in other.filter(|text| !same(text)).collect::<Vec<_>>() {
                self.extra("FN", &text);
            }
        } else {
            for property in names::read(&named, &mut self.person) {
                self.keep(property);
            }
        }
    }
}
