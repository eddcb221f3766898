//! Dates, numbers and order as a language has them, by the browser's own tables. Every function takes the language's tag;
//! the formatters are kept, for making one costs more than a hundred uses. Works in the page and in a worker.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use js_sys::{Array, Date, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::{clock, text_of};

/// `2026年11月23日`, `23 November 2026`.
pub fn date_long(lang: &str, date: NaiveDate) -> String {
    format_date(lang, Style::DateLong, date, NaiveTime::MIN)
}

/// `11月23日`, `23 Nov`; with the year if it is not this one.
pub fn date_short(lang: &str, date: NaiveDate) -> String {
    let style = match date.year() == clock::today().year() {
        true => Style::DateShort,
        false => Style::DateShortYear,
    };
    format_date(lang, style, date, NaiveTime::MIN)
}

/// `2026年11月`, `November 2026`.
pub fn month(lang: &str, date: NaiveDate) -> String {
    format_date(lang, Style::Month, date, NaiveTime::MIN)
}

/// `星期一`, `Monday`.
pub fn weekday(lang: &str, date: NaiveDate) -> String {
    format_date(lang, Style::Weekday, date, NaiveTime::MIN)
}

/// `週一`, `Mon`.
pub fn weekday_short(lang: &str, date: NaiveDate) -> String {
    format_date(lang, Style::WeekdayShort, date, NaiveTime::MIN)
}

/// `09:30`, on the 24-hour clock in every language: short, and the same wherever it is read.
pub fn time(lang: &str, time: NaiveTime) -> String {
    format_date(lang, Style::Time, NaiveDate::default(), time)
}

/// `今日`, `明日`, `3 日前`; months and years when it is long ago or far off. Negative is the past.
pub fn relative_days(lang: &str, days: i64) -> String {
    match days.abs() {
        0..=59 => relative(lang, days as f64, "day"),
        60..=729 => relative(lang, (days as f64 / 30.44).trunc(), "month"),
        _ => relative(lang, (days as f64 / 365.25).trunc(), "year"),
    }
}

/// How long ago something was, from milliseconds: `現在`, `5 分鐘前`, `2 小時前`, `昨天`. The future counts as now.
pub fn relative_ms(lang: &str, ms_ago: i64) -> String {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let ago = ms_ago.max(0);
    match ago {
        _ if ago < MINUTE => relative(lang, 0.0, "second"),
        _ if ago < HOUR => relative(lang, -((ago / MINUTE) as f64), "minute"),
        _ if ago < DAY => relative(lang, -((ago / HOUR) as f64), "hour"),
        _ => relative_days(lang, -(ago / DAY)),
    }
}

/// `12,345.6`
pub fn number(lang: &str, value: f64) -> String {
    format_number(lang, Style::Number, value)
}

/// `1.2 MB`, in powers of a thousand as phones count their storage.
pub fn bytes(lang: &str, bytes: f64) -> String {
    let (style, unit) = match bytes {
        b if b < 1e3 => (Style::Bytes, 1.0),
        b if b < 1e6 => (Style::Kilobytes, 1e3),
        b if b < 1e9 => (Style::Megabytes, 1e6),
        _ => (Style::Gigabytes, 1e9),
    };
    format_number(lang, style, bytes / unit)
}

/// `乙、丙及丁`, `B, C and D`.
pub fn list<T: AsRef<str>>(lang: &str, items: &[T]) -> String {
    let items: Array = items
        .iter()
        .map(|item| JsValue::from_str(item.as_ref()))
        .collect();
    made(lang, |made| {
        let format = made.list.get_or_insert_with(|| {
            Intl::ListFormat::new(&locales(lang), &options(&[("type", "conjunction".into())]))
        });
        String::from(format.format(&items))
    })
}

/// Which of two names comes first: by strokes in Traditional Chinese, by pinyin in Simplified; digits by their value.
pub fn compare(lang: &str, a: &str, b: &str) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    collator(lang).order(&a.into(), &b.into())
}

/// Sorts by name. For some hundred items; for thousands there is [`ranks`], which does not hold up the taps.
pub fn sort_by_name<T>(lang: &str, items: &mut [T], name: impl Fn(&T) -> &str) {
    let collator = collator(lang);
    // Each name crosses to JavaScript once, not once a comparison.
    items.sort_by_cached_key(|item| Named {
        name: name(item).into(),
        collator: collator.clone(),
    });
}

/// The place of each name in the language's order; equal names share a place. Lets taps through every few milliseconds, so
/// it may take fifty thousand names; sort by the places afterwards.
pub async fn ranks<T: AsRef<str>>(lang: &str, names: &[T]) -> Vec<u32> {
    const RUN: usize = 256;
    let collator = collator(lang);
    let names: Vec<JsString> = names.iter().map(|name| name.as_ref().into()).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    let mut breath = Breath::new();
    // Indices come from 0..len and stay such through sorting and merging.
    let before = |a: usize, b: usize| collator.order(&names[a], &names[b]);
    for run in order.chunks_mut(RUN) {
        run.sort_by(|&a, &b| before(a, b));
        breath.take().await;
    }
    let mut width = RUN;
    while width < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([a, rest_left @ ..], [b, rest_right @ ..]) = (left, right) {
                if before(*a, *b).is_gt() {
                    merged.push(*b);
                    right = rest_right;
                } else {
                    merged.push(*a);
                    left = rest_left;
                }
                if merged.len() % RUN == 0 {
                    breath.take().await;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    let mut places = vec![0; names.len()];
    let mut place = 0;
    let mut last = None;
    for (n, &index) in order.iter().enumerate() {
        if last.is_none_or(|last| before(last, index).is_ne()) {
            place = n as u32;
        }
        places[index] = place;
        last = Some(index);
    }
    places
}

/// Yields when this turn has lasted long enough to be felt.
struct Breath {
    since_ms: f64,
}

impl Breath {
    const TURN_MS: f64 = 8.0;

    fn new() -> Self {
        Self {
            since_ms: clock::perf_ms(),
        }
    }

    async fn take(&mut self) {
        if clock::perf_ms() - self.since_ms > Self::TURN_MS {
            clock::yield_now().await;
            self.since_ms = clock::perf_ms();
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Style {
    DateLong,
    DateShort,
    DateShortYear,
    Month,
    Weekday,
    WeekdayShort,
    Time,
    Number,
    Bytes,
    Kilobytes,
    Megabytes,
    Gigabytes,
}

#[wasm_bindgen]
extern "C" {
    /// A collator's `compare`: called without a `Result` and without boxing its number, for it is called a million times.
    #[derive(Clone)]
    #[wasm_bindgen(extends = Function)]
    type Compare;
    #[wasm_bindgen(method, js_name = call)]
    fn call_with(this: &Compare, this_argument: &JsValue, a: &JsString, b: &JsString) -> i32;
}

#[derive(Clone)]
struct Collator(Compare);

impl Collator {
    fn order(&self, a: &JsString, b: &JsString) -> Ordering {
        self.0.call_with(&JsValue::UNDEFINED, a, b).cmp(&0)
    }
}

/// A name that sorts as its collator says.
struct Named {
    name: JsString,
    collator: Collator,
}

impl Ord for Named {
    fn cmp(&self, other: &Self) -> Ordering {
        self.collator.order(&self.name, &other.name)
    }
}

impl PartialOrd for Named {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Named {}

/// What has been made so far, by language.
#[derive(Default)]
struct Made {
    formats: HashMap<Style, Function>,
    relative: Option<Intl::RelativeTimeFormat>,
    list: Option<Intl::ListFormat>,
    collator: Option<Collator>,
}

thread_local!(static MADE: RefCell<HashMap<String, Made>> = RefCell::default());

fn made<R>(lang: &str, read: impl FnOnce(&mut Made) -> R) -> R {
    MADE.with_borrow_mut(|all| {
        if !all.contains_key(lang) {
            all.insert(lang.to_owned(), Made::default());
        }
        read(all.entry(lang.to_owned()).or_default())
    })
}

fn call(lang: &str, style: Style, value: &JsValue) -> String {
    let format = made(lang, |made| {
        made.formats
            .entry(style)
            .or_insert_with(|| make(lang, style))
            .clone()
    });
    // Throws only for an invalid date or a value of the wrong type; neither is passed here.
    format
        .call1(&JsValue::UNDEFINED, value)
        .map(|text| text_of(&text))
        .unwrap_or_default()
}

fn format_date(lang: &str, style: Style, date: NaiveDate, time: NaiveTime) -> String {
    // A civil date is told as it stands, so it is read and written in UTC.
    let at = date.and_time(time).and_utc().timestamp_millis();
    call(
        lang,
        style,
        &Date::new(&JsValue::from_f64(at as f64)).into(),
    )
}

fn format_number(lang: &str, style: Style, value: f64) -> String {
    call(lang, style, &JsValue::from_f64(value))
}

fn relative(lang: &str, value: f64, unit: &str) -> String {
    made(lang, |made| {
        let format = made.relative.get_or_insert_with(|| {
            Intl::RelativeTimeFormat::new(&locales(lang), &options(&[("numeric", "auto".into())]))
        });
        String::from(format.format(value, unit))
    })
}

fn collator(lang: &str) -> Collator {
    made(lang, |made| {
        let make = || {
            let tag = match lang {
                _ if lang.starts_with("zh-Hant") => format!("{lang}-u-co-stroke"),
                _ if lang.starts_with("zh") => format!("{lang}-u-co-pinyin"),
                _ => lang.to_owned(),
            };
            let numeric = options(&[("numeric", JsValue::TRUE)]);
            Collator(
                Intl::Collator::new(&locales(&tag), &numeric)
                    .compare()
                    .unchecked_into(),
            )
        };
        made.collator.get_or_insert_with(make).clone()
    })
}

fn make(lang: &str, style: Style) -> Function {
    let date = |parts: &[(&str, &str)]| {
        let parts: Vec<(&str, JsValue)> = parts
            .iter()
            .map(|(name, value)| (*name, (*value).into()))
            .collect();
        let parts = options(&parts);
        set(&parts, "timeZone", &"UTC".into());
        Intl::DateTimeFormat::new(&locales(lang), &parts).format()
    };
    let unit = |name: &str, decimals: f64| {
        let parts = options(&[
            ("style", "unit".into()),
            ("unit", name.into()),
            ("unitDisplay", "short".into()),
            ("maximumFractionDigits", decimals.into()),
        ]);
        Intl::NumberFormat::new(&locales(lang), &parts).format()
    };
    match style {
        Style::DateLong => date(&[("year", "numeric"), ("month", "long"), ("day", "numeric")]),
        Style::DateShort => date(&[("month", "short"), ("day", "numeric")]),
        Style::DateShortYear => {
            date(&[("year", "numeric"), ("month", "short"), ("day", "numeric")])
        }
        Style::Month => date(&[("year", "numeric"), ("month", "long")]),
        Style::Weekday => date(&[("weekday", "long")]),
        Style::WeekdayShort => date(&[("weekday", "short")]),
        Style::Time => date(&[
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
        ]),
        Style::Number => Intl::NumberFormat::new(&locales(lang), &Object::new()).format(),
        Style::Bytes => unit("byte", 0.0),
        Style::Kilobytes => unit("kilobyte", 0.0),
        Style::Megabytes => unit("megabyte", 1.0),
        Style::Gigabytes => unit("gigabyte", 1.0),
    }
}

fn locales(tag: &str) -> Array {
    Array::of1(&tag.into())
}

fn options(parts: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in parts {
        set(&options, name, value);
    }
    options
}

fn set(options: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(options, &name.into(), value);
}
