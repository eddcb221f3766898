//! Birthdays and other yearly dates, as 2.1, 3.0, 4.0 and Apple write them.

use super::property::Property;
use crate::exchange::parse::{YearlyDate, yearly_date};

/// Apple has no date without a year: it writes one and says in a parameter that it is to be left out.
const OMITTED: &str = "1604";

/// `1985-04-12`, `19850412`, `1985-04-12T00:00:00Z`, `--0412`, `--04-12`, `1604-04-12` with the year left out.
pub fn read(property: &Property) -> Option<YearlyDate> {
    let text = property.text();
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let omitted = property.param("X-APPLE-OMIT-YEAR").unwrap_or(OMITTED);
    match date.strip_prefix(omitted) {
        Some(rest) => yearly_date(rest.trim_start_matches('-')),
        None => yearly_date(date),
    }
}

/// Parameters and value for 3.0, and for Apple's own properties.
pub fn write_apple((month, day, year): YearlyDate) -> (String, String) {
    match year {
        Some(year) => (String::new(), format!("{year:04}-{month:02}-{day:02}")),
        None => (
            format!(";X-APPLE-OMIT-YEAR={OMITTED}"),
            format!("{OMITTED}-{month:02}-{day:02}"),
        ),
    }
}

/// The value for 4.0 (RFC 6350 §4.3.1).
pub fn write_v4((month, day, year): YearlyDate) -> String {
    match year {
        Some(year) => format!("{year:04}{month:02}{day:02}"),
        None => format!("--{month:02}{day:02}"),
    }
}
