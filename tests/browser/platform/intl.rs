use std::cmp::Ordering;

use chrono::{NaiveDate, NaiveTime};
use topfloor::platform::{clock, intl};
use wasm_bindgen_test::wasm_bindgen_test;

const HANT: &str = "zh-Hant-HK";
const HANS: &str = "zh-Hans-CN";
const EN: &str = "en-HK";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[wasm_bindgen_test]
fn dates_read_as_each_language_writes_them() {
    let date = day(2001, 11, 23);
    assert_eq!(intl::date_long(HANT, date), "2001年11月23日");
    assert_eq!(intl::date_long(HANS, date), "2001年11月23日");
    assert_eq!(intl::date_long(EN, date), "23 November 2001");
    assert_eq!(intl::date_short(HANT, date), "2001年11月23日");
    assert_eq!(intl::date_short(EN, date), "23 Nov 2001");
    assert_eq!(intl::month(EN, date), "November 2001");
    assert_eq!(intl::weekday(HANT, date), "星期五");
    assert_eq!(intl::weekday_short(HANT, date), "週五");
    assert_eq!(intl::weekday_short(HANS, date), "周五");
    assert_eq!(intl::weekday(EN, date), "Friday");
    // The year is left out when it goes without saying.
    let today = clock::today();
    let year = today.format("%Y").to_string();
    assert!(!intl::date_short(HANT, today).contains(&year));
}

#[wasm_bindgen_test]
fn the_first_and_the_last_year_survive() {
    assert_eq!(intl::date_long(HANT, day(1900, 1, 1)), "1900年1月1日");
    assert_eq!(intl::date_long(EN, day(2100, 12, 31)), "31 December 2100");
}

#[wasm_bindgen_test]
fn times_use_the_24_hour_clock() {
    for lang in [HANT, HANS, EN] {
        let at = |hour, minute| intl::time(lang, NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
        assert_eq!(at(9, 5), "09:05");
        assert_eq!(at(0, 0), "00:00");
        assert_eq!(at(23, 59), "23:59");
    }
}

#[wasm_bindgen_test]
fn distances_in_time_are_words() {
    assert_eq!(intl::relative_days(HANT, 0), "今日");
    assert_eq!(intl::relative_days(HANT, 1), "明日");
    assert_eq!(intl::relative_days(HANS, 1), "明天");
    assert_eq!(intl::relative_days(EN, -1), "yesterday");
    assert_eq!(intl::relative_days(EN, -17), "17 days ago");
    assert_eq!(intl::relative_days(EN, 100), "in 3 months");
    assert_eq!(intl::relative_days(EN, -800), "2 years ago");
    assert_eq!(intl::relative_ms(EN, -5), "now");
    assert_eq!(intl::relative_ms(EN, 59_999), "now");
    assert_eq!(intl::relative_ms(EN, 5 * 60_000), "5 minutes ago");
    assert_eq!(intl::relative_ms(EN, 3 * 3_600_000), "3 hours ago");
    assert_eq!(intl::relative_ms(EN, 25 * 3_600_000), "yesterday");
}

#[wasm_bindgen_test]
fn numbers_sizes_and_lists() {
    assert_eq!(intl::number(HANT, 1_234_567.0), "1,234,567");
    assert_eq!(intl::bytes(EN, 999.0), "999 byte");
    assert_eq!(intl::bytes(EN, 12_345.0), "12 kB");
    assert_eq!(intl::bytes(HANT, 1_260_000.0), "1.3 MB");
    assert_eq!(intl::bytes(HANS, 2e9), "2 GB");
    assert_eq!(intl::list(HANT, &["甲", "乙", "丙"]), "甲、乙及丙");
    assert_eq!(intl::list(HANS, &["甲", "乙", "丙"]), "甲、乙和丙");
    assert_eq!(intl::list(EN, &["A", "B", "C"]), "A, B and C");
    assert_eq!(intl::list::<&str>(EN, &[]), "");
}

#[wasm_bindgen_test]
fn names_sort_by_stroke_and_by_pinyin() {
    // 丁 has two strokes and is read ding; 安 has six and is read an.
    assert_eq!(intl::compare(HANT, "丁", "安"), Ordering::Less);
    assert_eq!(intl::compare(HANS, "丁", "安"), Ordering::Greater);
    assert_eq!(intl::compare(EN, "unit 9", "unit 10"), Ordering::Less);
    assert_eq!(intl::compare(EN, "same", "same"), Ordering::Equal);
    let mut names = ["陳大文", "丁小明", "林一", "王二"];
    intl::sort_by_name(HANT, &mut names, |name| name);
    assert_eq!(names, ["丁小明", "王二", "林一", "陳大文"]);
}

#[wasm_bindgen_test]
async fn many_names_are_ranked_as_they_compare() {
    let surnames = ["陳", "丁", "林", "王", "歐陽", "Chan", "何"];
    let names: Vec<String> = (0..5_000_u32)
        .map(|n| format!("{}{}", surnames[(n * 31 % 7) as usize], n * 7_919 % 1_500))
        .collect();
    let ranks = intl::ranks(HANT, &names).await;
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&index| ranks[index]);
    for pair in order.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let by_rank = ranks[a].cmp(&ranks[b]);
        assert_eq!(
            by_rank,
            intl::compare(HANT, &names[a], &names[b]),
            "{} {}",
            names[a],
            names[b]
        );
    }
    assert!(intl::ranks::<&str>(EN, &[]).await.is_empty());
}
