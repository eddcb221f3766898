//! A card is read: kept lines find their place, and a firm's card gives everything to the firm.

use super::{Build, RAW};
use crate::domain::contact::Extra;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::exchange::parse::yearly_date_text;
use crate::exchange::vcard::{Card, Warning, WarningKind};

impl Build<'_> {
    /// `None` if nobody can be made out. `line` is where the card begins.
    pub(super) fn finish(mut self, line: u32) -> Option<Card> {
        let lines = self.kept_lines();
        let Build {
            mut person,
            mut firm,
            mut warnings,
            firm_only,
            photo,
            ..
        } = self;
        if firm_only {
            give_all(person, lines, &mut firm);
            return Some(Card {
                line,
                person: None,
                organisation: Some(firm),
                photo,
                warnings,
            });
        }
        if person.name_zh().is_empty() && person.name_en().is_empty() {
            let email = person.emails.first().map(|email| email.address.clone());
            person.given_en =
                email.or_else(|| person.phones.first().map(|phone| phone.number.clone()))?;
            warnings.insert(
                0,
                Warning {
                    line,
                    kind: WarningKind::NoName,
                },
            );
        }
        person.vcard = lines;
        let has_firm = !(firm.name_zh.is_empty() && firm.name_en.is_empty());
        Some(Card {
            line,
            person: Some(person),
            organisation: has_firm.then_some(firm),
            photo,
            warnings,
        })
    }

    /// A label goes with the kept property of its group; one that nobody asked for stays too.
    fn kept_lines(&mut self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for (group, line) in std::mem::take(&mut self.kept) {
            lines.push(line);
            lines.extend(
                group
                    .and_then(|group| self.labels.remove(&group))
                    .map(|label| label.raw),
            );
        }
        for group in &self.used_labels {
            self.labels.remove(group);
        }
        lines.extend(
            std::mem::take(&mut self.labels)
                .into_values()
                .map(|label| label.raw),
        );
        lines
    }
}

fn give_all(mine: Person, lines: Vec<String>, firm: &mut Organisation) {
    firm.phones = mine.phones;
    firm.emails = mine.emails;
    firm.remark = mine.remark;
    firm.extra = mine.extra;
    let texts = [
        ("TITLE", mine.title),
        ("department", mine.department),
        ("WeChat", mine.wechat),
        ("WhatsApp", mine.whatsapp),
    ];
    let dates = mine.occasions.into_iter().chain(mine.birthday).map(|date| {
        let text = yearly_date_text((date.month, date.day, date.year));
        let name = if date.label.is_empty() {
            "BDAY".to_owned()
        } else {
            date.label
        };
        (name, text)
    });
    let texts = texts
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .chain(dates);
    let lines = lines.into_iter().map(|line| (RAW.to_owned(), line));
    let extras = texts.chain(lines).filter(|(_, value)| !value.is_empty());
    firm.extra
        .extend(extras.map(|(name, value)| Extra { name, value }));
}
