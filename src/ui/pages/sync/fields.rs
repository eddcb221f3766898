//! The name of a field, as its form calls it.

use crate::domain::record::Kind;
use crate::i18n::Lang;
use crate::i18n::buildings::Buildings;
use crate::i18n::clients::Clients;
use crate::i18n::sync_fields::SyncFields;
use crate::i18n::visits::Visits;
use crate::ui::words::lang;

/// A field this build has no words for is called what it is called in the record.
pub fn field_name(kind: Kind, field: &str) -> String {
    // An answer's field is `answers/<question>`; the question's own words are not known here.
    let known = words(lang(), kind, field.split('/').next().unwrap_or(field));
    known.map_or_else(|| field.to_owned(), str::to_owned)
}

fn words(lang: Lang, kind: Kind, field: &str) -> Option<&'static str> {
    let known = match kind {
        Kind::Organisation => client(Clients(lang), field),
        Kind::Person => person(Clients(lang), field),
        Kind::Visit => visit(Visits(lang), field),
        Kind::Note | Kind::FollowUp => note(Visits(lang), kind, field),
        Kind::Building | Kind::Run | Kind::DoorEvent => building(Buildings(lang), field),
        Kind::Clash => None,
    };
    known.or_else(|| common(lang, field))
}

fn client(t: Clients, field: &str) -> Option<&'static str> {
    Some(match field {
        "name_zh" => t.name_zh(),
        "name_en" => t.name_en(),
        "aliases" => t.aliases(),
        "stage" => t.stage(),
        "tier" => t.tier(),
        "segment" => t.segment(),
        "industry" => t.industry(),
        "parent" => t.parent(),
        "source" => t.source(),
        "last_checked" => t.checked(),
        _ => return None,
    })
}

fn person(t: Clients, field: &str) -> Option<&'static str> {
    Some(match field {
        "organisation" => t.company(),
        "family_zh" => t.family_zh(),
        "given_zh" => t.given_zh(),
        "family_en" => t.family_en(),
        "given_en" => t.given_en(),
        "honorific" => t.honorific(),
        "title" => t.job_title(),
        "department" => t.department(),
        "wechat" => t.wechat(),
        "whatsapp" => t.whatsapp(),
        "role" => t.role(),
        "birthday" => t.birthday(),
        "occasions" => t.dates(),
        "consents" => t.consent(),
        _ => return None,
    })
}

fn visit(t: Visits, field: &str) -> Option<&'static str> {
    Some(match field {
        "persons" => t.people_there(),
        "kind" => t.kind(),
        "channel" => t.channel(),
        "when" => t.when(),
        "minutes" => t.length(),
        "goal" => t.goal(),
        "outcome" => t.outcome(),
        "observed" => t.observed(),
        "next_step" => t.next_step(),
        "reason" => t.reason(),
        _ => return None,
    })
}

fn note(t: Visits, kind: Kind, field: &str) -> Option<&'static str> {
    Some(match (kind, field) {
        (Kind::FollowUp, "text") => t.follow_up_text(),
        (Kind::FollowUp, "due") => t.follow_up_when(),
        (_, "text") => t.note_text(),
        (_, "tags") => t.tags(),
        _ => return None,
    })
}

fn building(t: Buildings, field: &str) -> Option<&'static str> {
    Some(match field {
        "name_zh" => t.name_zh(),
        "name_en" => t.name_en(),
        "address" => t.address(),
        "access" => t.access(),
        "floors" => t.floors(),
        "revisit" => t.revisit(),
        "zone" => t.floor_zone(),
        _ => return None,
    })
}

/// What several kinds have, and what no form shows by this name.
fn common(lang: Lang, field: &str) -> Option<&'static str> {
    let (clients, visits, t) = (Clients(lang), Visits(lang), SyncFields(lang));
    Some(match field {
        "organisation" => visits.client(),
        "persons" => clients.people(),
        "visit" => visits.title(),
        "phones" => clients.phone(),
        "emails" => clients.email(),
        "web_sites" => clients.web_site(),
        "addresses" => clients.address(),
        "remark" => clients.remark(),
        "photos" | "photo" => visits.photos(),
        "extra" => t.extra(),
        "vcard" => t.vcard(),
        "merged_into" => t.merged_into(),
        "source_note" => t.source_note(),
        "status" => t.status(),
        "started" => t.started(),
        "ended" => t.ended(),
        "done" => t.done(),
        "door" | "at_door" => t.door(),
        "at" => t.at(),
        "tenants" => t.tenants(),
        "partners" => t.partners(),
        "kit" => t.kit(),
        "claims" => t.claims(),
        "order" => t.order(),
        "day" => t.day(),
        "act" => t.act(),
        "chosen" => t.chosen(),
        _ => return None,
    })
}
