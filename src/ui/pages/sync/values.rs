//! A field's value in words: what a person wrote as they wrote it, names for ids, the app's words for its own terms.

use chrono::{NaiveDate, NaiveTime};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::names::name_in_memory;
use crate::domain::canvass::building::Again;
use crate::domain::canvass::event::Outcome;
use crate::domain::canvass::run::Order;
use crate::domain::clash::Chosen;
use crate::domain::id::Id;
use crate::domain::record::Kind;
use crate::domain::time::Moment;
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::i18n::common::Common;
use crate::i18n::sync::Sync as Words;
use crate::i18n::sync_fields::SyncFields;
use crate::i18n::values::Values;
use crate::platform::intl;
use crate::ui::words::{lang, text};

/// Items of a list that are written out; the rest is counted.
const WRITTEN_OUT: usize = 5;

pub fn value_words(kind: Kind, field: &str, value: &Value) -> String {
    let words = match value {
        Value::Null => String::new(),
        Value::Bool(yes) => {
            let t = text::<Common>();
            if *yes { t.yes() } else { t.no() }.to_owned()
        }
        Value::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |n| intl::number(lang().tag(), n)),
        Value::String(words) => term(kind, field, value).unwrap_or_else(|| plain(words)),
        Value::Array(items) => list(kind, field, items),
        Value::Object(_) => object(field, value),
    };
    if words.is_empty() {
        text::<Words>().empty_value().to_owned()
    } else {
        words
    }
}

/// A text; the name of a record where it is an id, a day where it is one.
fn plain(words: &str) -> String {
    if let Ok(id) = words.parse::<Id>() {
        let unknown = || text::<SyncFields>().hidden_record().to_owned();
        return name_in_memory(id).unwrap_or_else(unknown);
    }
    match NaiveDate::parse_from_str(words, "%Y-%m-%d") {
        Ok(day) => intl::date_long(lang().tag(), day),
        Err(_) => words.to_owned(),
    }
}

/// A term of the app's own, in the app's words.
fn term(kind: Kind, field: &str, value: &Value) -> Option<String> {
    let t = text::<Values>();
    let said = match (kind, field) {
        (Kind::Organisation, "stage") => t.stage(read(value)?),
        (Kind::Organisation, "tier") => t.tier(read(value)?),
        (Kind::Organisation, "source") => t.source(read(value)?),
        (Kind::Person, "honorific") => t.honorific(read(value)?),
        (Kind::Person, "role") => t.role(read(value)?),
        (Kind::Visit, "kind") => t.visit_kind(read(value)?),
        (Kind::Visit, "channel") => t.channel(read(value)?),
        (Kind::Visit, "status") => t.status(read(value)?),
        (Kind::Note, "tags") => t.tag(read(value)?),
        (Kind::Run, "order") => text::<Canvass>().walk_order(read::<Order>(value)?),
        (Kind::Clash, "chosen") => match read::<Chosen>(value)? {
            Chosen::Kept => text::<SyncFields>().chose_kept(),
            Chosen::Aside => text::<SyncFields>().chose_aside(),
        },
        _ => return None,
    };
    Some(said.to_owned())
}

fn list(kind: Kind, field: &str, items: &[Value]) -> String {
    let t = text::<SyncFields>();
    match field {
        _ if items.is_empty() => return String::new(),
        "photos" => return t.photos(items.len()),
        // Hundreds of floors or tenants say nothing written out.
        "floors" | "tenants" | "vcard" => return t.items(items.len()),
        _ => {}
    }
    let shown: Vec<String> = items
        .iter()
        .take(WRITTEN_OUT)
        .map(|item| value_words(kind, field, item))
        .collect();
    let words = intl::list(lang().tag(), &shown);
    match items.len().saturating_sub(WRITTEN_OUT) {
        0 => words,
        rest => t.more_items(shown.join(t.comma()), rest),
    }
}

fn object(field: &str, value: &Value) -> String {
    let part = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .filter(|part| !part.is_empty())
    };
    if let Some(moment) = read::<Moment>(value) {
        return moment_words(&moment);
    }
    if matches!(field, "photo" | "photos") {
        return text::<SyncFields>().photos(1);
    }
    match (field, part("date")) {
        ("when" | "due", Some(day)) => {
            let time = part("time").and_then(|time| time.parse::<NaiveTime>().ok());
            let time = time.map(|time| intl::time(lang().tag(), time));
            return joined([Some(plain(day)), time]);
        }
        ("consents", _) => {
            let state = value.get("state").and_then(read);
            let state = state.map(|state| text::<Values>().consent(state).to_owned());
            return joined([
                state,
                part("on").map(plain),
                part("words").map(str::to_owned),
            ]);
        }
        ("revisit", _) => {
            let t = text::<Buildings>();
            let again = value.get("when").and_then(read::<Again>);
            let tries = value.get("tries").and_then(Value::as_u64);
            let tries = tries.map(|tries| format!("{} {tries}", t.tries()));
            return joined([tries, again.map(|again| t.when(again).to_owned())]);
        }
        ("birthday" | "occasions", _) => return occasion(value),
        ("act", _) => {
            let outcome = value.get("outcome").and_then(read::<Outcome>);
            if let Some(outcome) = outcome {
                return text::<Canvass>().outcome(outcome).to_owned();
            }
        }
        _ => {}
    }
    // What a person knows an item by; the ids and kinds beside it are not said.
    const SAID: [&str; 12] = [
        "label", "name", "name_zh", "name_en", "number", "address", "url", "text", "value",
        "account", "client", "note",
    ];
    let said = joined(SAID.map(|name| part(name).map(str::to_owned)));
    match said.is_empty() {
        true => raw(value),
        false => said,
    }
}

fn occasion(value: &Value) -> String {
    let number = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|n| u32::try_from(n).ok())
    };
    let label = value.get("label").and_then(Value::as_str);
    let (Some(month), Some(day)) = (number("month"), number("day")) else {
        return label.unwrap_or_default().to_owned();
    };
    let year = value.get("year").and_then(Value::as_i64);
    let date = year
        .and_then(|year| i32::try_from(year).ok())
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    let said = match date {
        Some(date) => intl::date_long(lang().tag(), date),
        None => text::<crate::i18n::clients::Clients>().month_day(month, day),
    };
    let label = label.filter(|label| !label.is_empty()).map(str::to_owned);
    joined([label, Some(said)])
}

/// A moment by the clock of where it happened.
pub fn moment_words(moment: &Moment) -> String {
    let tag = lang().tag();
    moment
        .local()
        .map(|local| {
            let (day, time) = (local.date_naive(), local.time());
            format!("{} {}", intl::date_short(tag, day), intl::time(tag, time))
        })
        .unwrap_or_default()
}

/// As it lies in the record: better than nothing, and true.
fn raw(value: &Value) -> String {
    let mut texts = Vec::new();
    collect(value, &mut texts);
    match texts.is_empty() {
        true => value.to_string(),
        false => texts.join(" · "),
    }
}

fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(words) if words.parse::<Id>().is_err() => texts.push(words.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(parts) => parts.values().for_each(|part| collect(part, texts)),
        _ => {}
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}
