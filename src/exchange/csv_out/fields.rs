//! Which value goes into which column.

use super::{PersonLine, Sheet};
use crate::domain::contact::{Extra, Phone};
use crate::domain::organisation::Organisation;
use crate::domain::person::Occasion;
use crate::exchange::columns::{
    FieldTarget as F, PersonField as P, heading_of, person_extra_heading,
};
use crate::exchange::parse::yearly_date_text;
use crate::i18n::Lang;
use crate::i18n::values::Values;

/// Columns stand in this order; extra values follow behind all of them.
fn rank(target: F) -> usize {
    F::all()
        .iter()
        .position(|other| *other == target)
        .unwrap_or(EXTRA)
}

const EXTRA: usize = 1000;
const PERSON_EXTRA: usize = 1001;

struct Line<'a> {
    sheet: &'a mut Sheet,
    lang: Lang,
}

impl Line<'_> {
    fn put(&mut self, target: F, value: &str) {
        self.sheet
            .put(rank(target), heading_of(target, self.lang), value);
    }

    fn phones(&mut self, phones: &[Phone], target: impl Fn(&Phone) -> F) {
        for phone in phones {
            self.put(target(phone), &phone.number);
        }
    }

    fn extras(&mut self, rank: usize, extra: &[Extra], name: impl Fn(&str) -> String) {
        for Extra { name: of, value } in extra {
            self.sheet.put(rank, &name(of), value);
        }
    }
}

pub fn organisation(sheet: &mut Sheet, body: &Organisation, lang: Lang) {
    let words = Values(lang);
    let mut line = Line { sheet, lang };
    line.put(F::NameZh, &body.name_zh);
    line.put(F::NameEn, &body.name_en);
    for alias in &body.aliases {
        line.put(F::Alias, alias);
    }
    line.put(F::Stage, words.stage(body.stage));
    line.put(
        F::Tier,
        body.tier.map(|tier| words.tier(tier)).unwrap_or_default(),
    );
    line.put(F::Segment, &body.segment);
    line.put(F::Industry, &body.industry);
    line.phones(&body.phones, |phone| F::Phone(phone.kind));
    for email in &body.emails {
        line.put(F::Email, &email.address);
    }
    for site in &body.web_sites {
        line.put(F::WebSite, &site.url);
    }
    // A spreadsheet shows one address; the others follow under their labels.
    let main = body
        .addresses
        .iter()
        .position(|address| address.label.is_empty());
    for (at, address) in body.addresses.iter().enumerate() {
        if Some(at) == main {
            line.put(F::Address, &address.text);
        } else {
            let other = |label: &str| format!("{} ({label})", heading_of(F::Address, lang));
            let label = if address.label.is_empty() {
                (at + 1).to_string()
            } else {
                address.label.clone()
            };
            line.sheet
                .put(rank(F::Address), &other(&label), &address.text);
        }
    }
    line.put(
        F::Source,
        body.source
            .map(|source| words.source(source))
            .unwrap_or_default(),
    );
    line.put(F::SourceNote, &body.source_note);
    line.put(
        F::LastChecked,
        &body
            .last_checked
            .map(|day| day.to_string())
            .unwrap_or_default(),
    );
    line.put(F::Remark, &body.remark);
    line.extras(EXTRA, &body.extra, str::to_owned);
}

pub fn person(sheet: &mut Sheet, row: PersonLine, lang: Lang) {
    let (person, words) = (row.person, Values(lang));
    let mut line = Line { sheet, lang };
    if let Some(firm) = row.organisation {
        line.put(F::NameZh, &firm.name_zh);
        line.put(F::NameEn, &firm.name_en);
    }
    for (field, value) in [
        (P::FamilyZh, &person.family_zh),
        (P::GivenZh, &person.given_zh),
        (P::FamilyEn, &person.family_en),
        (P::GivenEn, &person.given_en),
        (P::Title, &person.title),
        (P::Department, &person.department),
        (P::WeChat, &person.wechat),
        (P::WhatsApp, &person.whatsapp),
        (P::Remark, &person.remark),
    ] {
        line.put(F::Person(field), value);
    }
    line.put(
        F::Person(P::Honorific),
        person
            .honorific
            .map(|value| words.honorific(value))
            .unwrap_or_default(),
    );
    line.put(
        F::Person(P::Role),
        person.role.map(|role| words.role(role)).unwrap_or_default(),
    );
    line.phones(&person.phones, |phone| F::Person(P::Phone(phone.kind)));
    for email in &person.emails {
        line.put(F::Person(P::Email), &email.address);
    }
    line.put(
        F::Person(P::Birthday),
        &person.birthday.as_ref().map(date).unwrap_or_default(),
    );
    for occasion in &person.occasions {
        line.put(
            F::Person(P::Occasions),
            &format!("{}: {}", occasion.label, date(occasion)),
        );
    }
    line.extras(PERSON_EXTRA, &person.extra, |name| {
        person_extra_heading(name, lang)
    });
}

fn date(at: &Occasion) -> String {
    yearly_date_text((at.month, at.day, at.year))
}
