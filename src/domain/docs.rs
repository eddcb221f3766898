//! What of a record can be searched, and how a hit in it is shown.

use super::id::Id;
use super::lead::Lead;
use super::matching::{self, Candidate, Reason};
use super::organisation::{OrganisationDraft, Tier};
use super::person::PersonDraft;
use super::record::{AnyBody, AnyEntry};
use super::search::{Doc, DocKind, Field, FieldRole, Hit};
use super::shelf::Shelf;

/// A search result, ready to draw: marks are positions of characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub id: Id,
    pub kind: DocKind,
    pub title: String,
    pub marks: Vec<(usize, usize)>,
    pub sub: String,
    pub sub_marks: Vec<(usize, usize)>,
    /// For a possible duplicate: what it shares.
    pub why: Option<Reason>,
}

/// The searchable text of a record; `None` for records that are no longer to be found.
pub fn doc(entry: &AnyEntry, shelf: &Shelf) -> Option<Doc> {
    let fields = fields(entry, shelf)?;
    let boost = match &entry.body {
        AnyBody::Organisation(body) => {
            1 + body.tier.map_or(0, |tier| match tier {
                Tier::Vip => 5,
                Tier::A => 4,
                Tier::B => 3,
                Tier::C => 2,
                Tier::D => 1,
            })
        }
        AnyBody::Person(_) => 1,
        _ => 0,
    };
    Some(Doc {
        id: entry.id().bits(),
        kind: kind_of(&entry.body),
        fields,
        boost,
    })
}

pub fn lead_doc(lead: &Lead) -> Option<Doc> {
    // A lead that became a client is found as the client.
    lead.organisation.is_none().then(|| Doc {
        id: lead.id.bits(),
        kind: DocKind::Lead,
        fields: lead_fields(lead),
        boost: 0,
    })
}

/// A hit in a record, as its row shows it: the name marked where the name was hit, otherwise the field that was.
pub fn found(hit: &Hit, entry: &AnyEntry, shelf: &Shelf, han_first: bool) -> Option<Found> {
    let fields = fields(entry, shelf)?;
    let (title, sub) = heading(entry, shelf, han_first);
    Some(show(
        hit,
        entry.id(),
        kind_of(&entry.body),
        &fields,
        title,
        sub,
    ))
}

pub fn found_lead(hit: &Hit, lead: &Lead, han_first: bool) -> Found {
    let (title, sub) = lead_heading(lead, han_first);
    show(hit, lead.id, DocKind::Lead, &lead_fields(lead), title, sub)
}

/// What of a record may give away a duplicate; `None` for kinds that have none, and for what is gone.
pub fn candidate(entry: &AnyEntry) -> Option<Candidate> {
    if entry.envelope.deleted {
        return None;
    }
    match &entry.body {
        AnyBody::Organisation(body) if body.merged_into.is_none() => {
            Some(draft_candidate(&OrganisationDraft::of(body)))
        }
        AnyBody::Person(body) if body.merged_into.is_none() => {
            Some(person_candidate(&PersonDraft::of(body)))
        }
        _ => None,
    }
}

pub fn lead_candidate(lead: &Lead) -> Candidate {
    let body = &lead.body;
    Candidate {
        kind: matching::Kind::Company,
        names: given([&body.name_zh, &body.name_en]),
        phones: given([&body.phone]),
        emails: given([&body.email]),
        ..Default::default()
    }
}

pub fn draft_candidate(draft: &OrganisationDraft) -> Candidate {
    Candidate {
        kind: matching::Kind::Company,
        names: given([&draft.name_zh, &draft.name_en]),
        phones: given(draft.phones.iter().map(|phone| &phone.number)),
        emails: given(draft.emails.iter().map(|email| &email.text)),
        ..Default::default()
    }
}

pub fn person_candidate(draft: &PersonDraft) -> Candidate {
    let zh = format!("{}{}", draft.family_zh, draft.given_zh);
    let en = format!("{} {}", draft.family_en, draft.given_en);
    Candidate {
        kind: matching::Kind::Person,
        names: given([&zh, &en]),
        phones: given(draft.phones.iter().map(|phone| &phone.number)),
        emails: given(draft.emails.iter().map(|email| &email.text)),
        ..Default::default()
    }
}

fn given<'a>(texts: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    texts
        .into_iter()
        .filter(|text| !text.trim().is_empty())
        .cloned()
        .collect()
}

pub fn plain_lead(lead: &Lead, han_first: bool) -> Found {
    let (title, sub) = lead_heading(lead, han_first);
    let (marks, sub_marks) = (Vec::new(), Vec::new());
    Found {
        id: lead.id,
        kind: DocKind::Lead,
        title,
        marks,
        sub,
        sub_marks,
        why: None,
    }
}

/// A record's row when nothing was searched for.
pub fn plain(entry: &AnyEntry, shelf: &Shelf, han_first: bool) -> Found {
    let (title, sub) = heading(entry, shelf, han_first);
    let (marks, sub_marks) = (Vec::new(), Vec::new());
    Found {
        id: entry.id(),
        kind: kind_of(&entry.body),
        title,
        marks,
        sub,
        sub_marks,
        why: None,
    }
}

fn show(hit: &Hit, id: Id, kind: DocKind, fields: &[Field], title: String, sub: String) -> Found {
    let mut found = Found {
        id,
        kind,
        title,
        marks: Vec::new(),
        sub,
        sub_marks: Vec::new(),
        why: None,
    };
    let Some(field) = fields.get(hit.field_index) else {
        return found;
    };
    if field.text == found.title {
        found.marks = hit.ranges.clone();
    } else {
        (found.sub, found.sub_marks) = excerpt(&field.text, &hit.ranges);
    }
    found
}

/// Characters shown before the first mark, and in all, of a long text.
const BEFORE: usize = 12;
const SHOWN: usize = 80;

/// The part of a long text around its first mark.
fn excerpt(text: &str, marks: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let first = marks.first().map_or(0, |(from, _)| *from);
    let start = if first > BEFORE + 4 {
        first - BEFORE
    } else {
        0
    };
    let lead = if start > 0 { "…" } else { "" };
    let chars = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let shown: String = lead.chars().chain(chars.skip(start).take(SHOWN)).collect();
    let end = shown.chars().count();
    let move_by = |at: usize| at.saturating_sub(start) + lead.chars().count();
    let marks = marks
        .iter()
        .map(|(from, to)| (move_by(*from).min(end), move_by(*to).min(end)));
    (
        shown.clone(),
        marks.filter(|(from, to)| from < to).collect(),
    )
}

fn kind_of(body: &AnyBody) -> DocKind {
    match body {
        AnyBody::Organisation(_) => DocKind::Organisation,
        AnyBody::Person(_) => DocKind::Person,
        AnyBody::Visit(_) => DocKind::Visit,
        AnyBody::Note(_) => DocKind::Note,
        AnyBody::FollowUp(_) => DocKind::FollowUp,
        // Walks and door events are found through their building, clashes through their record: they have no fields of
        // their own to search.
        AnyBody::Building(_) | AnyBody::Run(_) | AnyBody::DoorEvent(_) | AnyBody::Clash(_) => {
            DocKind::Building
        }
    }
}

fn heading(entry: &AnyEntry, shelf: &Shelf, han_first: bool) -> (String, String) {
    let organisation = |id: Option<Id>| {
        let entry = id.and_then(|id| shelf.organisation(id));
        entry
            .map(|entry| entry.body.names(han_first).0.to_owned())
            .unwrap_or_default()
    };
    let person = |ids: &[Id]| {
        let entry = ids.first().and_then(|id| shelf.person(*id));
        entry
            .map(|entry| entry.body.names(han_first).0)
            .unwrap_or_default()
    };
    let party = |id: Option<Id>, persons: &[Id]| {
        let name = organisation(id);
        if name.is_empty() {
            person(persons)
        } else {
            name
        }
    };
    match &entry.body {
        AnyBody::Organisation(body) => {
            let (first, second) = body.names(han_first);
            (
                first.to_owned(),
                join(&[second.unwrap_or_default(), &body.industry]),
            )
        }
        AnyBody::Person(body) => {
            let (first, second) = body.names(han_first);
            (
                first,
                join(&[
                    second.as_deref().unwrap_or_default(),
                    &body.title,
                    &organisation(body.organisation),
                ]),
            )
        }
        AnyBody::Visit(body) => (
            party(body.organisation, &body.persons),
            join(&[&body.when.date.to_string(), &body.goal]),
        ),
        AnyBody::Note(body) => {
            let day = body
                .at
                .date()
                .map(|date| date.to_string())
                .unwrap_or_default();
            (
                party(body.organisation, &body.persons),
                join(&[&day, &excerpt(&body.text, &[]).0]),
            )
        }
        AnyBody::FollowUp(body) => (body.text.clone(), party(body.organisation, &body.persons)),
        AnyBody::Building(body) => {
            let second = if han_first {
                &body.name_en
            } else {
                &body.name_zh
            };
            (
                body.name(han_first).to_owned(),
                join(&[second, &body.address]),
            )
        }
        AnyBody::Run(_) | AnyBody::DoorEvent(_) | AnyBody::Clash(_) => Default::default(),
    }
}

fn lead_heading(lead: &Lead, han_first: bool) -> (String, String) {
    let body = &lead.body;
    let (first, second) = if han_first {
        (&body.name_zh, &body.name_en)
    } else {
        (&body.name_en, &body.name_zh)
    };
    let (first, second) = if first.is_empty() {
        (second, first)
    } else {
        (first, second)
    };
    (
        first.clone(),
        join(&[second, &body.industry, &body.address]),
    )
}

fn join(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn fields(entry: &AnyEntry, shelf: &Shelf) -> Option<Vec<Field>> {
    if entry.envelope.deleted {
        return None;
    }
    let mut fields = Fields::default();
    match &entry.body {
        AnyBody::Organisation(body) => {
            if body.merged_into.is_some() {
                return None;
            }
            fields.add(FieldRole::Name, &body.name_zh);
            fields.add(FieldRole::Name, &body.name_en);
            body.aliases
                .iter()
                .for_each(|alias| fields.add(FieldRole::OtherName, alias));
            body.phones
                .iter()
                .for_each(|phone| fields.add(FieldRole::Phone, &phone.number));
            body.emails
                .iter()
                .for_each(|email| fields.add(FieldRole::Email, &email.address));
            body.addresses
                .iter()
                .for_each(|at| fields.add(FieldRole::Address, &at.text));
            body.extra
                .iter()
                .for_each(|extra| fields.add(FieldRole::Code, &extra.value));
            for text in [&body.industry, &body.segment, &body.remark] {
                fields.add(FieldRole::Text, text);
            }
        }
        AnyBody::Person(body) => {
            if body.merged_into.is_some() {
                return None;
            }
            fields.add(FieldRole::Name, &body.name_zh());
            fields.add(FieldRole::Name, &body.name_en());
            if let Some(organisation) = body.organisation.and_then(|id| shelf.organisation(id)) {
                fields.add(FieldRole::Company, &organisation.body.name_zh);
                fields.add(FieldRole::Company, &organisation.body.name_en);
            }
            body.phones
                .iter()
                .for_each(|phone| fields.add(FieldRole::Phone, &phone.number));
            body.emails
                .iter()
                .for_each(|email| fields.add(FieldRole::Email, &email.address));
            for text in [&body.wechat, &body.whatsapp] {
                fields.add(FieldRole::Code, text);
            }
            for text in [&body.title, &body.department, &body.remark] {
                fields.add(FieldRole::Text, text);
            }
        }
        AnyBody::Visit(body) => {
            for text in [&body.goal, &body.outcome, &body.observed, &body.next_step] {
                fields.add(FieldRole::Text, text);
            }
        }
        AnyBody::Note(body) => fields.add(FieldRole::Text, &body.text),
        AnyBody::FollowUp(body) => fields.add(FieldRole::Text, &body.text),
        AnyBody::Building(body) => {
            fields.add(FieldRole::Name, &body.name_zh);
            fields.add(FieldRole::Name, &body.name_en);
            fields.add(FieldRole::Address, &body.address);
            for tenant in &body.tenants {
                fields.add(FieldRole::Company, &tenant.name_zh);
                fields.add(FieldRole::Company, &tenant.name_en);
            }
        }
        AnyBody::Run(_) | AnyBody::DoorEvent(_) | AnyBody::Clash(_) => {}
    }
    (!fields.0.is_empty()).then_some(fields.0)
}

fn lead_fields(lead: &Lead) -> Vec<Field> {
    let mut fields = Fields::default();
    let body = &lead.body;
    fields.add(FieldRole::Name, &body.name_zh);
    fields.add(FieldRole::Name, &body.name_en);
    fields.add(FieldRole::Phone, &body.phone);
    fields.add(FieldRole::Email, &body.email);
    fields.add(FieldRole::Address, &body.address);
    fields.add(FieldRole::Text, &body.industry);
    body.extra
        .iter()
        .for_each(|extra| fields.add(FieldRole::Code, &extra.value));
    fields.0
}

#[derive(Default)]
struct Fields(Vec<Field>);

impl Fields {
    fn add(&mut self, role: FieldRole, text: &str) {
        if !text.trim().is_empty() {
            self.0.push(Field {
                role,
                text: text.to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_mark_and_keeps_it_in_place() {
        let text = format!("{}需要保險{}", "前".repeat(40), "後".repeat(200));
        let (shown, marks) = excerpt(&text, &[(42, 44)]);
        let shown: Vec<char> = shown.chars().collect();
        let marked: String = shown[marks[0].0..marks[0].1].iter().collect();
        assert_eq!((marked.as_str(), shown.len()), ("保險", SHOWN + 1));
    }
}
