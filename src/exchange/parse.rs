//! Cells and property values that have a form: lists, web sites, yearly dates, cells a spreadsheet must not run.

use chrono::Datelike;

use crate::domain::contact::phone_is_plausible;
use crate::domain::time::{parse_date, to_ascii_digit};

/// Month, day, and the year where it is known.
pub type YearlyDate = (u32, u32, Option<i32>);

/// A whole date, or `11-23`, `11/23`, `11月23日`, `--1123`.
pub fn yearly_date(text: &str) -> Option<YearlyDate> {
    let text = text.trim();
    if let Some(date) = parse_date(text) {
        return Some((date.month(), date.day(), Some(date.year())));
    }
    let text = text.trim_start_matches("--").trim_end_matches('日');
    let (month, day) = match text.split_once(['-', '/', '月', '.']) {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    // A leap year, so that 29 February is a birthday too.
    let date = parse_date(&format!("2000-{}-{}", month.trim(), day.trim()))?;
    Some((date.month(), date.day(), None))
}

/// `1985-04-12`, or `04-12` without a year.
pub fn yearly_date_text((month, day, year): YearlyDate) -> String {
    match year {
        Some(year) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{month:02}-{day:02}"),
    }
}

/// `example.hk` and `https://example.hk/x` with a scheme; `None` for what a tap must not open.
pub fn web_site(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let scheme = scheme.to_ascii_lowercase();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plausible = matches!(scheme.as_str(), "http" | "https")
        && host.contains('.')
        && !host.contains('@')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.chars().any(char::is_whitespace);
    plausible.then(|| format!("{scheme}://{rest}"))
}

/// The numbers of a cell. A piece too short to be one belongs to the number before it (`3000 0001 / 2` is a range).
pub fn phone_list(cell: &str) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    for piece in cell
        .split([';', '；', '、', '\n', '\r', '|'])
        .flat_map(split_slash)
    {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        let digits = piece
            .chars()
            .filter(|c| to_ascii_digit(*c).is_some())
            .count();
        match numbers.last_mut() {
            Some(last) if digits < 3 && phone_is_plausible(last) => {
                last.push_str(" / ");
                last.push_str(piece);
            }
            _ => numbers.push(piece.to_owned()),
        }
    }
    numbers
}

/// A number with letters other than an extension's is not one; nor is what a spreadsheet made of a long number
/// (`8.5255E+10`).
pub fn is_phone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = [
        "ext.",
        "ext",
        "extension",
        "內線",
        "内线",
        "分機",
        "分机",
        "轉",
        "转",
        "tel",
        "x",
    ]
    .iter()
    .fold(lower.clone(), |rest, word| rest.replacen(word, "", 1));
    phone_is_plausible(text)
        && !lower.contains("e+")
        && rest.chars().filter(|c| c.is_alphabetic()).count() <= 4
}

/// E-mail addresses, web sites and other plain values of a cell.
pub fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '；', '\n', '\r'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
}

/// A cell without the white space around it, and without the apostrophe that [`guard`] set.
pub fn clean(cell: &str) -> &str {
    let cell = cell
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'));
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Keeps a spreadsheet from running a cell as a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return gets an apostrophe in front. Phone numbers stay dialable: a cell of nothing but digits, spaces and `+-()` is no
/// formula that could do harm, and is left as it is.
pub fn guard(cell: &str) -> String {
    let dialable = cell
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')'))
        && cell.chars().any(|c| c.is_ascii_digit());
    if would_run(cell.trim_start_matches('\'')) && !dialable {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn would_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Cuts at a slash only where both sides are whole numbers.
fn split_slash(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split(['/', '／', ',', '，']).collect();
    let whole = |part: &&str| {
        part.chars()
            .filter(|c| to_ascii_digit(*c).is_some())
            .count()
            >= 7
    };
    if parts.len() > 1 && parts.iter().all(whole) {
        parts
    } else {
        vec![piece]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yearly_dates_need_no_year() {
        for (text, date) in [
            ("1985-04-12", (4, 12, Some(1985))),
            ("19850412", (4, 12, Some(1985))),
            ("--0412", (4, 12, None)),
            ("--04-12", (4, 12, None)),
            ("02-29", (2, 29, None)),
            ("11月23日", (11, 23, None)),
        ] {
            assert_eq!(yearly_date(text), Some(date), "{text}");
            assert_eq!(yearly_date(&yearly_date_text(date)), Some(date));
        }
        for text in ["", "--", "13-01", "02-30", "soon", "---12", "4"] {
            assert_eq!(yearly_date(text), None, "{text}");
        }
    }

    #[test]
    fn cells_with_several_numbers_are_cut() {
        for (cell, numbers) in [
            ("3000 0001 / 3000 0002", vec!["3000 0001", "3000 0002"]),
            ("3000 0001/2", vec!["3000 0001/2"]),
            (
                "+852 3000 0001; 5555 0101",
                vec!["+852 3000 0001", "5555 0101"],
            ),
            ("3000 0001、3000 0002\n", vec!["3000 0001", "3000 0002"]),
            ("3000 0001 ; 2", vec!["3000 0001 / 2"]),
            (" ", vec![]),
        ] {
            assert_eq!(phone_list(cell), numbers, "{cell}");
        }
        assert!(
            is_phone("3000 0001 ext. 12")
                && is_phone("+852-3000-0001")
                && is_phone("3000 0001 內線 12")
        );
        assert!(!is_phone("8.52556E+11") && !is_phone("see overleaf 3000") && !is_phone("n/a"));
    }

    #[test]
    fn formulas_are_disarmed_and_come_back() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+852 5555 0101", "+852 5555 0101"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=x", "''=x"),
            ("'quoted'", "'quoted'"),
            ("-", "'-"),
            ("甲", "甲"),
        ] {
            assert_eq!(guard(cell), written);
            assert_eq!(clean(written), cell);
        }
    }

    #[test]
    fn web_sites_cannot_run() {
        assert_eq!(
            web_site("Example.hk").as_deref(),
            Some("https://Example.hk")
        );
        assert_eq!(web_site("HTTP://a.hk/x").as_deref(), Some("http://a.hk/x"));
        for bad in ["javascript:alert(1)", "a b.hk", "x", "a@b.hk", "ftp://a.hk"] {
            assert_eq!(web_site(bad), None, "{bad}");
        }
    }
}
