//! People: one person has a Chinese and a Latin name, surname first (product.md §2).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::consent::{Consent, ConsentState};
use super::contact::{Email, Extra, Phone};
use super::field::{Check, Field, FieldErrors, Problem};
use super::id::Id;
use super::organisation::{
    LineDraft, PhoneDraft, add_new, email_drafts, phone_drafts, read_emails, read_phones, trimmed,
};
use super::record::{AnyBody, Body, Kind};
use super::time::parse_date;

/// What a person is to us (product.md §2, §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    DecisionMaker,
    Finance,
    Channel,
    Government,
    Partner,
    Introducer,
    Gatekeeper,
    Other,
}

impl Role {
    pub const ALL: [Role; 8] = [
        Role::DecisionMaker,
        Role::Finance,
        Role::Channel,
        Role::Government,
        Role::Partner,
        Role::Introducer,
        Role::Gatekeeper,
        Role::Other,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Honorific {
    Mr,
    Ms,
    Mrs,
    Miss,
    Dr,
    Prof,
}

impl Honorific {
    pub const ALL: [Honorific; 6] = [
        Honorific::Mr,
        Honorific::Ms,
        Honorific::Mrs,
        Honorific::Miss,
        Honorific::Dr,
        Honorific::Prof,
    ];
}

/// A yearly date worth remembering. The year is often not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    pub id: Id,
    /// What it is, in the user's words; empty for the birthday.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    pub month: u32,
    pub day: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    pub organisation: Option<Id>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family_zh: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given_zh: String,
    /// As written on the card: `CHAN` and `Chan` are both right.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub family_en: String,
    /// Given names in their usual order, a western one included: `Tai Man, Peter`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given_en: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honorific: Option<Honorific>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub department: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub wechat: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub whatsapp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<Occasion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<Occasion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remark: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<Extra>,
    /// Lines of an imported vCard that no field here holds, as they stood: they go out again with the next export.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vcard: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<super::photo::Photo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Id>,
}

impl Person {
    /// 陳大文: no space between surname and given name.
    pub fn name_zh(&self) -> String {
        format!("{}{}", self.family_zh, self.given_zh)
    }

    /// `CHAN Tai Man, Peter`: surname first, as on a Hong Kong card.
    pub fn name_en(&self) -> String {
        [self.family_en.as_str(), self.given_en.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The name to lead with in the language of the screen, and the other one.
    pub fn names(&self, han_first: bool) -> (String, Option<String>) {
        let (zh, en) = (self.name_zh(), self.name_en());
        let (first, second) = if han_first { (zh, en) } else { (en, zh) };
        match (first.is_empty(), second.is_empty()) {
            (true, _) => (second, None),
            (false, true) => (first, None),
            (false, false) => (first, Some(second)),
        }
    }

    pub fn opted_out(&self) -> bool {
        self.consents
            .last()
            .is_some_and(|latest| latest.state == ConsentState::OptedOut)
    }
}

impl Body for Person {
    const KIND: Kind = Kind::Person;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Person(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        self.organisation
            .into_iter()
            .chain(self.merged_into)
            .collect()
    }
}

/// Surnames of two characters in use; anything else is taken as one character, and the form lets a person move the cut.
const COMPOUND_SURNAMES: [&str; 32] = [
    "歐陽", "欧阳", "司徒", "司馬", "司马", "上官", "諸葛", "诸葛", "東方", "东方", "皇甫", "尉遲",
    "尉迟", "公孫", "公孙", "慕容", "夏侯", "令狐", "端木", "南宮", "南宫", "西門", "西门", "獨孤",
    "独孤", "長孫", "长孙", "宇文", "聞人", "闻人", "澹台", "軒轅",
];

/// Cuts a Chinese name into surname and given name. A married name in the Hong Kong manner (陳黃小明: four characters,
/// the husband's surname first) keeps its first character as the surname.
pub fn split_zh(name: &str) -> (String, String) {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let compound = COMPOUND_SURNAMES
        .iter()
        .any(|surname| name.starts_with(surname));
    let cut = name
        .char_indices()
        .nth(if compound { 2 } else { 1 })
        .map_or(name.len(), |(at, _)| at);
    let (family, given) = name.split_at(cut);
    (family.to_owned(), given.to_owned())
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonDraft {
    pub organisation: Option<Id>,
    pub family_zh: String,
    pub given_zh: String,
    pub family_en: String,
    pub given_en: String,
    pub honorific: Option<Honorific>,
    pub title: String,
    pub department: String,
    pub phones: Vec<PhoneDraft>,
    pub emails: Vec<LineDraft>,
    pub wechat: String,
    pub whatsapp: String,
    pub role: Option<Role>,
    pub birthday: String,
    pub occasions: Vec<OccasionDraft>,
    pub consents: Vec<ConsentDraft>,
    pub remark: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OccasionDraft {
    pub id: Id,
    pub label: String,
    /// `MM-DD`, or a whole date where the year is known.
    pub date: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentDraft {
    pub id: Id,
    pub state: ConsentState,
    pub on: String,
    pub by: String,
    pub words: String,
    pub source: String,
}

impl PersonDraft {
    pub fn of(body: &Person) -> Self {
        Self {
            organisation: body.organisation,
            family_zh: body.family_zh.clone(),
            given_zh: body.given_zh.clone(),
            family_en: body.family_en.clone(),
            given_en: body.given_en.clone(),
            honorific: body.honorific,
            title: body.title.clone(),
            department: body.department.clone(),
            phones: phone_drafts(&body.phones),
            emails: email_drafts(&body.emails),
            wechat: body.wechat.clone(),
            whatsapp: body.whatsapp.clone(),
            role: body.role,
            birthday: body
                .birthday
                .as_ref()
                .map(occasion_text)
                .unwrap_or_default(),
            occasions: body
                .occasions
                .iter()
                .map(|at| OccasionDraft {
                    id: at.id,
                    label: at.label.clone(),
                    date: occasion_text(at),
                })
                .collect(),
            consents: body
                .consents
                .iter()
                .map(|said| ConsentDraft {
                    id: said.id,
                    state: said.state,
                    on: said.on.to_string(),
                    by: said.by.clone(),
                    words: said.words.clone(),
                    source: said.source.clone(),
                })
                .collect(),
            remark: body.remark.clone(),
        }
    }

    /// Converts the form onto `old`, whose fields without an input of their own stay as they are. `new_id` names the
    /// birthday if there was none before.
    pub fn check(&self, old: &Person, new_id: Id) -> Result<Person, FieldErrors> {
        let mut check = Check::default();
        let names = [
            &self.family_zh,
            &self.given_zh,
            &self.family_en,
            &self.given_en,
        ];
        check.require(
            names.iter().any(|name| !name.trim().is_empty()),
            Field::Name,
            Problem::Missing,
        );
        let phones = read_phones(&self.phones, &mut check);
        let emails = read_emails(&self.emails, &mut check);
        let birthday_id = old.birthday.as_ref().map_or(new_id, |at| at.id);
        let birthday = check
            .optional(
                &self.birthday,
                Field::Birthday,
                Problem::NotADate,
                read_occasion,
            )
            .map(|(month, day, year)| Occasion {
                id: birthday_id,
                label: String::new(),
                month,
                day,
                year,
            });
        let mut occasions = Vec::new();
        for (at, draft) in self.occasions.iter().enumerate() {
            let read = check.optional(
                &draft.date,
                Field::Occasion(at),
                Problem::NotADate,
                read_occasion,
            );
            occasions.extend(read.map(|(month, day, year)| Occasion {
                id: draft.id,
                label: trimmed(&draft.label),
                month,
                day,
                year,
            }));
        }
        let mut consents = Vec::new();
        for draft in &self.consents {
            let on = parse_date(&draft.on);
            check.require(on.is_some(), Field::Consent, Problem::NotADate);
            consents.extend(on.map(|on| Consent {
                id: draft.id,
                state: draft.state,
                on,
                by: trimmed(&draft.by),
                words: trimmed(&draft.words),
                source: trimmed(&draft.source),
            }));
        }
        check.finish(Person {
            organisation: self.organisation,
            family_zh: trimmed(&self.family_zh),
            given_zh: trimmed(&self.given_zh),
            family_en: trimmed(&self.family_en),
            given_en: trimmed(&self.given_en),
            honorific: self.honorific,
            title: trimmed(&self.title),
            department: trimmed(&self.department),
            phones,
            emails,
            wechat: trimmed(&self.wechat),
            whatsapp: trimmed(&self.whatsapp),
            role: self.role,
            birthday,
            occasions,
            consents,
            remark: trimmed(&self.remark),
            ..old.clone()
        })
    }
}

/// Folds `other` into `kept` as [`super::organisation::merge_organisations`] does: fills gaps, appends, loses no word.
/// An opt-out of either stays in force.
pub fn merge_persons(kept: &Person, other: &Person) -> Person {
    let mut merged = kept.clone();
    let mut lost: Vec<String> = Vec::new();
    let names_differ = (kept.name_zh() != other.name_zh()
        && !kept.name_zh().is_empty()
        && !other.name_zh().is_empty())
        || (kept.name_en() != other.name_en()
            && !kept.name_en().is_empty()
            && !other.name_en().is_empty());
    if names_differ {
        lost.push(
            [other.name_zh(), other.name_en()]
                .join(" ")
                .trim()
                .to_owned(),
        );
    }
    if kept.name_zh().is_empty() {
        merged.family_zh.clone_from(&other.family_zh);
        merged.given_zh.clone_from(&other.given_zh);
    }
    if kept.name_en().is_empty() {
        merged.family_en.clone_from(&other.family_en);
        merged.given_en.clone_from(&other.given_en);
    }
    for (mine, theirs) in [
        (&mut merged.title, &other.title),
        (&mut merged.department, &other.department),
        (&mut merged.wechat, &other.wechat),
        (&mut merged.whatsapp, &other.whatsapp),
    ] {
        if mine.is_empty() {
            mine.clone_from(theirs);
        } else if !theirs.is_empty() && theirs != mine {
            lost.push(theirs.clone());
        }
    }
    merged.organisation = kept.organisation.or(other.organisation);
    merged.honorific = kept.honorific.or(other.honorific);
    merged.role = kept.role.or(other.role);
    merged.birthday = kept.birthday.clone().or_else(|| other.birthday.clone());
    merged.photo = kept.photo.clone().or_else(|| other.photo.clone());
    add_new(&mut merged.phones, &other.phones, |a, b| {
        a.number == b.number
    });
    add_new(&mut merged.emails, &other.emails, |a, b| {
        a.address.eq_ignore_ascii_case(&b.address)
    });
    add_new(&mut merged.occasions, &other.occasions, |a, b| {
        (a.month, a.day, &a.label) == (b.month, b.day, &b.label)
    });
    add_new(&mut merged.extra, &other.extra, |a, b| a == b);
    add_new(&mut merged.vcard, &other.vcard, |a, b| a == b);
    add_new(&mut merged.consents, &other.consents, |a, b| a.id == b.id);
    // Stable, so statements of one day keep their order; then a refusal on either side outweighs.
    merged.consents.sort_by_key(|said| said.on);
    if kept.opted_out() || other.opted_out() {
        let at = merged
            .consents
            .iter()
            .rposition(|said| said.state == ConsentState::OptedOut);
        if let Some(refusal) = at.map(|at| merged.consents.remove(at)) {
            merged.consents.push(refusal);
        }
    }
    if !other.remark.is_empty() && other.remark != kept.remark {
        lost.push(other.remark.clone());
    }
    for text in lost {
        if !merged.remark.is_empty() {
            merged.remark.push('\n');
        }
        merged.remark.push_str(&text);
    }
    merged
}

fn occasion_text(at: &Occasion) -> String {
    match at.year {
        Some(year) => format!("{year:04}-{:02}-{:02}", at.month, at.day),
        None => format!("{:02}-{:02}", at.month, at.day),
    }
}

/// A whole date, or month and day as `11-23`, `11/23`, `11月23日`.
fn read_occasion(text: &str) -> Option<(u32, u32, Option<i32>)> {
    if let Some(date) = parse_date(text) {
        return Some((date.month(), date.day(), Some(date.year())));
    }
    // A leap year, so that 29 February is a birthday too.
    let leap = format!(
        "2000-{}",
        text.trim()
            .trim_end_matches('日')
            .replace(['/', '月', '.'], "-")
    );
    let date: NaiveDate = parse_date(&leap)?;
    Some((date.month(), date.day(), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), &[n; 10])
    }

    fn said(n: u8, state: ConsentState, on: &str) -> Consent {
        let on = parse_date(on).unwrap();
        Consent {
            id: id(n),
            state,
            on,
            by: String::new(),
            words: String::new(),
            source: String::new(),
        }
    }

    #[test]
    fn chinese_names_are_cut_after_the_surname() {
        for (name, family, given) in [
            ("陳大文", "陳", "大文"),
            ("歐陽志明", "歐陽", "志明"),
            ("司徒 文", "司徒", "文"),
            ("陳黃小明", "陳", "黃小明"),
            ("𠮷", "𠮷", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_zh(name), (family.into(), given.into()), "{name}");
        }
    }

    #[test]
    fn a_birthday_needs_no_year() {
        let mut draft = PersonDraft {
            family_zh: "陳".into(),
            birthday: "02-29".into(),
            ..Default::default()
        };
        let person = draft.check(&Person::default(), id(1)).unwrap();
        let birthday = person.birthday.unwrap();
        assert_eq!((birthday.month, birthday.day, birthday.year), (2, 29, None));
        draft.birthday = "11月23日".into();
        assert!(draft.check(&Person::default(), id(1)).is_ok());
        draft.birthday = "30-02".into();
        let errors = draft.check(&Person::default(), id(1)).unwrap_err();
        assert_eq!(errors.of(Field::Birthday), Some(Problem::NotADate));
    }

    #[test]
    fn a_form_changes_only_what_it_shows() {
        let old = Person {
            family_en: "Chan".into(),
            vcard: vec!["X-SKYPE:invented".into()],
            birthday: Some(Occasion {
                id: id(4),
                label: String::new(),
                month: 2,
                day: 29,
                year: None,
            }),
            consents: vec![said(5, ConsentState::Given, "2026-01-01")],
            ..Default::default()
        };
        assert_eq!(PersonDraft::of(&old).check(&old, id(9)), Ok(old));
    }

    #[test]
    fn an_opt_out_survives_a_merge_from_either_side() {
        let refused = Person {
            family_zh: "陳".into(),
            consents: vec![said(1, ConsentState::OptedOut, "2026-01-01")],
            ..Default::default()
        };
        let agreed = Person {
            family_zh: "陳".into(),
            consents: vec![said(2, ConsentState::Given, "2026-06-01")],
            ..Default::default()
        };
        assert!(merge_persons(&refused, &agreed).opted_out());
        assert!(merge_persons(&agreed, &refused).opted_out());
        assert_eq!(merge_persons(&agreed, &refused).consents.len(), 2);
    }
}
