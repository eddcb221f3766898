//! Clients: organisations with their standing and addresses (product.md §2).

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contact::{
    Address, Email, Extra, Phone, PhoneKind, WebSite, email_is_plausible, phone_is_plausible,
};
use super::field::{Check, Field, FieldErrors, Problem};
use super::id::Id;
use super::record::{AnyBody, Body, Kind};
use super::time::parse_date;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Prospect,
    Client,
    Dormant,
    Lost,
}

impl Stage {
    pub const ALL: [Stage; 4] = [Stage::Prospect, Stage::Client, Stage::Dormant, Stage::Lost];
}

/// How much attention a client gets; VIP first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Vip,
    A,
    B,
    C,
    D,
}

impl Tier {
    pub const ALL: [Tier; 5] = [Tier::Vip, Tier::A, Tier::B, Tier::C, Tier::D];
}

/// Where a client was found (product.md §2, §8一(二)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadSource {
    Referral,
    FamilyOrColleague,
    DormantRevisit,
    Media,
    ListedDirectory,
    TradeDirectory,
    Exhibition,
    Association,
    ColdCall,
    Other,
}

impl LeadSource {
    pub const ALL: [LeadSource; 10] = [
        LeadSource::Referral,
        LeadSource::FamilyOrColleague,
        LeadSource::DormantRevisit,
        LeadSource::Media,
        LeadSource::ListedDirectory,
        LeadSource::TradeDirectory,
        LeadSource::Exhibition,
        LeadSource::Association,
        LeadSource::ColdCall,
        LeadSource::Other,
    ];
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    pub name_zh: String,
    pub name_en: String,
    /// Other names it goes by, such as the name of a duplicate merged into it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    pub stage: Stage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub segment: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub industry: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub web_sites: Vec<WebSite>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<LeadSource>,
    /// Who referred it, which directory, which exhibition.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source_note: String,
    /// The day somebody last went through this file and found it right (檔案核對).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_checked: Option<NaiveDate>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Extra>,
    /// The record this one was merged into; it then stands only for its old links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id>,
}

impl Organisation {
    /// The name to lead with, in the language of the screen, and the other one if there is one.
    pub fn names(&self, han_first: bool) -> (&str, Option<&str>) {
        let (first, second) = if han_first {
            (&self.name_zh, &self.name_en)
        } else {
            (&self.name_en, &self.name_zh)
        };
        match (first.is_empty(), second.is_empty()) {
            (true, _) => (second, None),
            (false, true) => (first, None),
            (false, false) => (first, Some(second)),
        }
    }
}

impl Body for Organisation {
    const KIND: Kind = Kind::Organisation;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Organisation(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        self.parent.into_iter().chain(self.merged_into).collect()
    }
}

/// A form's text, kept as typed. Autosaved as it is, converted once by [`OrganisationDraft::check`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganisationDraft {
    pub name_zh: String,
    pub name_en: String,
    pub stage: Stage,
    pub tier: Option<Tier>,
    pub segment: String,
    pub industry: String,
    pub phones: Vec<PhoneDraft>,
    pub emails: Vec<LineDraft>,
    pub web_sites: Vec<LineDraft>,
    pub addresses: Vec<AddressDraft>,
    pub parent: Option<Id>,
    pub source: Option<LeadSource>,
    pub source_note: String,
    pub last_checked: String,
    pub remark: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PhoneDraft {
    pub id: Id,
    pub kind: PhoneKind,
    pub number: String,
}

/// One line of a list of plain values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineDraft {
    pub id: Id,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddressDraft {
    pub id: Id,
    pub label: String,
    pub text: String,
}

impl OrganisationDraft {
    pub fn of(body: &Organisation) -> Self {
        Self {
            name_zh: body.name_zh.clone(),
            name_en: body.name_en.clone(),
            stage: body.stage,
            tier: body.tier,
            segment: body.segment.clone(),
            industry: body.industry.clone(),
            phones: phone_drafts(&body.phones),
            emails: email_drafts(&body.emails),
            web_sites: body
                .web_sites
                .iter()
                .map(|site| LineDraft {
                    id: site.id,
                    text: site.url.clone(),
                })
                .collect(),
            addresses: body
                .addresses
                .iter()
                .map(|at| AddressDraft {
                    id: at.id,
                    label: at.label.clone(),
                    text: at.text.clone(),
                })
                .collect(),
            parent: body.parent,
            source: body.source,
            source_note: body.source_note.clone(),
            last_checked: body
                .last_checked
                .map(|day| day.to_string())
                .unwrap_or_default(),
            remark: body.remark.clone(),
        }
    }

    /// Converts the form onto `old`, whose fields without an input of their own stay as they are.
    ///
    /// `ancestors` are the organisations above the chosen parent, the parent included; a circle is refused.
    pub fn check(
        &self,
        old: &Organisation,
        own: Option<Id>,
        ancestors: &[Id],
    ) -> Result<Organisation, FieldErrors> {
        let mut check = Check::default();
        check.require(
            !(self.name_zh.trim().is_empty() && self.name_en.trim().is_empty()),
            Field::Name,
            Problem::Missing,
        );
        let phones = read_phones(&self.phones, &mut check);
        let emails = read_emails(&self.emails, &mut check);
        let mut web_sites = Vec::new();
        for (at, line) in self.web_sites.iter().enumerate() {
            let url = check.optional(
                &line.text,
                Field::WebSite(at),
                Problem::NotAWebSite,
                read_url,
            );
            web_sites.extend(url.map(|url| WebSite { id: line.id, url }));
        }
        let last_checked = check.optional(
            &self.last_checked,
            Field::LastChecked,
            Problem::NotADate,
            parse_date,
        );
        let circle = own.is_some_and(|own| self.parent == Some(own) || ancestors.contains(&own));
        check.require(!circle, Field::Parent, Problem::Circle);
        let addresses = self
            .addresses
            .iter()
            .filter(|at| !at.text.trim().is_empty())
            .map(|at| Address {
                id: at.id,
                label: trimmed(&at.label),
                text: trimmed(&at.text),
            })
            .collect();
        check.finish(Organisation {
            name_zh: trimmed(&self.name_zh),
            name_en: trimmed(&self.name_en),
            stage: self.stage,
            tier: self.tier,
            segment: trimmed(&self.segment),
            industry: trimmed(&self.industry),
            phones,
            emails,
            web_sites,
            addresses,
            parent: self.parent,
            source: self.source,
            source_note: trimmed(&self.source_note),
            last_checked,
            remark: trimmed(&self.remark),
            aliases: old.aliases.clone(),
            extra: old.extra.clone(),
            merged_into: old.merged_into,
        })
    }
}

pub(super) fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

pub(super) fn phone_drafts(phones: &[Phone]) -> Vec<PhoneDraft> {
    phones
        .iter()
        .map(|phone| PhoneDraft {
            id: phone.id,
            kind: phone.kind,
            number: phone.number.clone(),
        })
        .collect()
}

pub(super) fn email_drafts(emails: &[Email]) -> Vec<LineDraft> {
    emails
        .iter()
        .map(|email| LineDraft {
            id: email.id,
            text: email.address.clone(),
        })
        .collect()
}

pub(super) fn read_phones(drafts: &[PhoneDraft], check: &mut Check) -> Vec<Phone> {
    let mut phones = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let number = check.optional(
            &draft.number,
            Field::Phone(at),
            Problem::NotAPhone,
            |text| phone_is_plausible(text).then(|| text.to_owned()),
        );
        phones.extend(number.map(|number| Phone {
            id: draft.id,
            kind: draft.kind,
            number,
        }));
    }
    phones
}

pub(super) fn read_emails(drafts: &[LineDraft], check: &mut Check) -> Vec<Email> {
    let mut emails = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let address = check.optional(&draft.text, Field::Email(at), Problem::NotAnEmail, |text| {
            email_is_plausible(text).then(|| text.to_owned())
        });
        emails.extend(address.map(|address| Email {
            id: draft.id,
            address,
        }));
    }
    emails
}

/// Accepts `example.hk` and `https://example.hk/x`, and nothing a tap could run: other schemes are refused.
fn read_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plausible = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.chars().any(char::is_whitespace);
    plausible.then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()))
}

/// Folds `other` into `kept`: fills what `kept` lacks, appends list items, and keeps the other names as aliases.
/// Nothing of `kept` is overwritten; what both have and differs in is added to the remark, so no word is lost.
pub fn merge_organisations(kept: &Organisation, other: &Organisation) -> Organisation {
    let mut merged = kept.clone();
    let mut lost: Vec<&str> = Vec::new();
    let mut known: HashSet<&str> = [kept.name_zh.as_str(), kept.name_en.as_str()].into();
    known.extend(kept.aliases.iter().map(String::as_str));
    for (mine, theirs) in [
        (&mut merged.name_zh, &other.name_zh),
        (&mut merged.name_en, &other.name_en),
    ] {
        if mine.is_empty() {
            mine.clone_from(theirs);
        } else if !theirs.is_empty() && !known.contains(theirs.as_str()) {
            merged.aliases.push(theirs.clone());
        }
    }
    for alias in &other.aliases {
        if !known.contains(alias.as_str()) && !merged.aliases.contains(alias) {
            merged.aliases.push(alias.clone());
        }
    }
    for (mine, theirs) in [
        (&mut merged.segment, &other.segment),
        (&mut merged.industry, &other.industry),
        (&mut merged.source_note, &other.source_note),
    ] {
        if mine.is_empty() {
            mine.clone_from(theirs);
        } else if !theirs.is_empty() && theirs != mine {
            lost.push(theirs);
        }
    }
    merged.tier = kept.tier.or(other.tier);
    merged.source = kept.source.or(other.source);
    // A parent that is the duplicate itself would leave the kept record hanging under a record that is gone.
    merged.parent = kept.parent.or(other.parent);
    merged.last_checked = kept.last_checked.max(other.last_checked);
    add_new(&mut merged.phones, &other.phones, |a, b| {
        a.number == b.number
    });
    add_new(&mut merged.emails, &other.emails, |a, b| {
        a.address.eq_ignore_ascii_case(&b.address)
    });
    add_new(&mut merged.web_sites, &other.web_sites, |a, b| {
        a.url == b.url
    });
    add_new(&mut merged.addresses, &other.addresses, |a, b| {
        a.text == b.text
    });
    add_new(&mut merged.extra, &other.extra, |a, b| a == b);
    lost.extend(
        Some(other.remark.as_str()).filter(|text| !text.is_empty() && *text != kept.remark),
    );
    for text in lost {
        if !merged.remark.is_empty() {
            merged.remark.push('\n');
        }
        merged.remark.push_str(text);
    }
    merged
}

pub(super) fn add_new<T: Clone>(mine: &mut Vec<T>, theirs: &[T], same: impl Fn(&T, &T) -> bool) {
    for item in theirs {
        if !mine.iter().any(|have| same(have, item)) {
            mine.push(item.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), &[n; 10])
    }

    #[test]
    fn a_form_answers_all_its_errors_at_once() {
        let draft = OrganisationDraft {
            phones: vec![PhoneDraft {
                id: id(1),
                kind: PhoneKind::Office,
                number: "x".into(),
            }],
            emails: vec![LineDraft {
                id: id(2),
                text: "a@b".into(),
            }],
            web_sites: vec![LineDraft {
                id: id(3),
                text: "javascript:alert(1)".into(),
            }],
            last_checked: "1890-01-01".into(),
            parent: Some(id(9)),
            ..Default::default()
        };
        let errors = draft
            .check(&Organisation::default(), Some(id(9)), &[])
            .unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(
            fields,
            [
                Field::Name,
                Field::Phone(0),
                Field::Email(0),
                Field::WebSite(0),
                Field::LastChecked,
                Field::Parent
            ]
        );
    }

    #[test]
    fn a_form_changes_only_what_it_shows() {
        let old = Organisation {
            name_zh: "永澄".into(),
            extra: vec![Extra {
                name: "stock_code".into(),
                value: "0001".into(),
            }],
            aliases: vec!["Wing Ching".into()],
            ..Default::default()
        };
        assert_eq!(OrganisationDraft::of(&old).check(&old, None, &[]), Ok(old));
    }

    #[test]
    fn a_circle_above_a_parent_is_refused() {
        let draft = OrganisationDraft {
            name_zh: "甲".into(),
            parent: Some(id(2)),
            ..Default::default()
        };
        let above = [id(2), id(3), id(1)];
        assert_eq!(
            draft
                .check(&Organisation::default(), Some(id(1)), &above)
                .unwrap_err()
                .0,
            [(Field::Parent, Problem::Circle)]
        );
    }

    #[test]
    fn merging_loses_no_word() {
        let kept = Organisation {
            name_zh: "永澄".into(),
            industry: "保險".into(),
            phones: vec![Phone {
                id: id(1),
                kind: PhoneKind::Main,
                number: "30000001".into(),
            }],
            remark: "甲".into(),
            ..Default::default()
        };
        let other = Organisation {
            name_zh: "永澄保險".into(),
            name_en: "Wing Ching".into(),
            industry: "金融".into(),
            tier: Some(Tier::A),
            phones: vec![
                Phone {
                    id: id(2),
                    kind: PhoneKind::Main,
                    number: "30000001".into(),
                },
                Phone {
                    id: id(3),
                    kind: PhoneKind::Fax,
                    number: "30000002".into(),
                },
            ],
            remark: "乙".into(),
            ..Default::default()
        };
        let merged = merge_organisations(&kept, &other);
        assert_eq!(
            (merged.name_zh.as_str(), merged.name_en.as_str()),
            ("永澄", "Wing Ching")
        );
        assert_eq!(merged.aliases, ["永澄保險"]);
        assert_eq!(merged.phones.len(), 2);
        assert_eq!(merged.tier, Some(Tier::A));
        assert_eq!(merged.remark, "甲\n金融\n乙");
    }
}
