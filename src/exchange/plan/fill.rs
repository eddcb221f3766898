//! Filling the gaps of a record from a row. Nothing there is overwritten; what differs is kept beside it once, however
//! often the same file comes again.

use crate::domain::lead::LeadBody;
use crate::domain::organisation::{Organisation, merge_organisations};
use crate::domain::person::{Person, merge_persons};

pub fn fill_organisation(kept: &Organisation, row: &Organisation) -> Organisation {
    let mut row = row.clone();
    row.phones.retain(|phone| {
        !kept
            .phones
            .iter()
            .any(|have| digits(&have.number) == digits(&phone.number))
    });
    if kept.last_checked.is_some() {
        row.last_checked = None;
    }
    for (text, have) in [
        (&mut row.segment, &kept.segment),
        (&mut row.industry, &kept.industry),
        (&mut row.source_note, &kept.source_note),
        (&mut row.remark, &kept.remark),
    ] {
        forget_noted(text, have, &kept.remark);
    }
    merge_organisations(kept, &row)
}

pub fn fill_person(kept: &Person, row: &Person) -> Person {
    let mut row = row.clone();
    row.phones.retain(|phone| {
        !kept
            .phones
            .iter()
            .any(|have| digits(&have.number) == digits(&phone.number))
    });
    for (text, have) in [
        (&mut row.title, &kept.title),
        (&mut row.department, &kept.department),
        (&mut row.wechat, &kept.wechat),
        (&mut row.whatsapp, &kept.whatsapp),
        (&mut row.remark, &kept.remark),
    ] {
        forget_noted(text, have, &kept.remark);
    }
    if kept.opted_out() {
        // Known already, with the words they said.
        row.consents.retain(|said| !said.words.is_empty());
    }
    let names = [row.name_zh(), row.name_en()].join(" ");
    if kept.remark.contains(names.trim()) {
        forget_names(kept, &mut row);
    }
    merge_persons(kept, &row)
}

pub(super) fn fill_lead(kept: &mut LeadBody, row: &LeadBody) {
    for (have, more) in [
        (&mut kept.name_zh, &row.name_zh),
        (&mut kept.name_en, &row.name_en),
        (&mut kept.phone, &row.phone),
        (&mut kept.email, &row.email),
        (&mut kept.address, &row.address),
        (&mut kept.industry, &row.industry),
    ] {
        if have.is_empty() {
            have.clone_from(more);
        }
    }
    for extra in &row.extra {
        if !kept.extra.contains(extra) {
            kept.extra.push(extra.clone());
        }
    }
}

/// A text that an earlier fill could not place and put into the remark is not put there again.
fn forget_noted(text: &mut String, have: &str, remark: &str) {
    if !have.is_empty() && remark.contains(text.as_str()) {
        text.clear();
    }
}

/// The row's other spelling stands in the remark already: only what fills a gap is left of it.
fn forget_names(kept: &Person, row: &mut Person) {
    if !kept.name_zh().is_empty() {
        row.family_zh.clear();
        row.given_zh.clear();
    }
    if !kept.name_en().is_empty() {
        row.family_en.clear();
        row.given_en.clear();
    }
}

/// The last eight digits tell local numbers apart, with the country's code or without.
fn digits(number: &str) -> String {
    let digits: Vec<char> = number
        .chars()
        .filter_map(crate::domain::time::to_ascii_digit)
        .collect();
    digits.iter().skip(digits.len().saturating_sub(8)).collect()
}
