//! Instants and civil dates. The domain holds no zone data: an instant carries the offset that was in force where it
//! was made, and an appointment stays a civil date and time until somebody has to compare it with an instant.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// Something that happened: when in UTC, and what the wall clock there said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Unix time in milliseconds, UTC.
    pub at_ms: i64,
    /// IANA zone name, such as `Asia/Hong_Kong`.
    pub zone: String,
    /// Minutes east of UTC at that instant.
    pub offset_min: i16,
}

impl Moment {
    /// The wall clock's reading where it happened; `None` only for instants outside chrono's range.
    pub fn local(&self) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60)?;
        DateTime::from_timestamp_millis(self.at_ms).map(|utc| utc.with_timezone(&offset))
    }

    /// The civil date where it happened.
    pub fn date(&self) -> Option<NaiveDate> {
        self.local().map(|local| local.date_naive())
    }
}

/// A date somebody agreed on, with a time of day where one was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub date: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NaiveTime>,
    /// IANA zone name the date and time are meant in.
    pub zone: String,
}

impl Appointment {
    /// Sorts by date, timed ones before untimed ones of the same day.
    pub fn order(&self) -> (NaiveDate, NaiveTime) {
        let end_of_day = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
        (self.date, self.time.unwrap_or(end_of_day))
    }
}

/// The earliest and latest year a person may enter; outside it a date is a slip of the finger.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads what a date input or a typed field holds: `2026-11-23`, `2026/11/23`, `23/11/2026`, `20261123`, `2026年11月23日`.
/// Full-width digits are read too. `None` for anything else and for years outside [`YEARS`].
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut groups: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.trim().chars() {
        match to_ascii_digit(c) {
            Some(digit) => {
                if !open {
                    groups.push(String::new());
                }
                open = true;
                groups.last_mut()?.push(digit);
            }
            None if " -/.年月日".contains(c) => open = false,
            None => return None,
        }
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day) = match groups.as_slice() {
        [whole] if whole.len() == 8 => (
            number(&whole[..4])?,
            number(&whole[4..6])?,
            number(&whole[6..])?,
        ),
        [y, m, d] if y.len() == 4 => (number(y)?, number(m)?, number(d)?),
        [d, m, y] if y.len() == 4 => (number(y)?, number(m)?, number(d)?),
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    YEARS.contains(&date.year()).then_some(date)
}

/// Reads a time input's value: `09:30`, `9:30`, `0930`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let digits: Vec<char> = text.trim().chars().filter_map(to_ascii_digit).collect();
    let plain = text
        .trim()
        .chars()
        .all(|c| to_ascii_digit(c).is_some() || c == ':' || c == '\u{ff1a}');
    if !plain || !(3..=6).contains(&digits.len()) {
        return None;
    }
    let text: String = digits.iter().collect();
    let hours = if digits.len().is_multiple_of(2) { 2 } else { 1 };
    let hour = text[..hours].parse().ok()?;
    let minute = text[hours..hours + 2].parse().ok()?;
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// An ASCII digit for an ASCII or full-width one.
pub fn to_ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23);
        for text in [
            "2026-11-23",
            "2026/11/23",
            "23/11/2026",
            "20261123",
            "2026年11月23日",
            "２０２６－１１－２３",
        ] {
            assert_eq!(parse_date(&text.replace('－', "-")), day, "{text}");
        }
        for text in [
            "",
            "2026-13-01",
            "2026-02-30",
            "1899-12-31",
            "2101-01-01",
            "soon",
            "1-2",
            "2026-11-23x",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert!(parse_date("1900-01-01").is_some() && parse_date("2100-12-31").is_some());
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let half_nine = NaiveTime::from_hms_opt(9, 30, 0);
        for text in ["09:30", "9:30", "0930", "09:30:00"] {
            assert_eq!(parse_time(text), half_nine, "{text}");
        }
        for text in ["", "25:00", "9", "ab:cd", "09:3x"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_keeps_the_wall_clock_of_where_it_happened() {
        let moment = Moment {
            at_ms: 1_795_392_000_000,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        };
        assert_eq!(
            moment.local().map(|t| t.to_rfc3339()),
            Some("2026-11-23T08:00:00+08:00".into())
        );
    }
}
