//! Which delimiter a file uses, and which of its first rows names the columns.

use std::collections::HashMap;

use super::scan::Scan;
use super::{Refused, Row, RowProblem, excerpt};
use crate::exchange::columns;

/// How many rows are looked at.
const SAMPLE: usize = 20;
/// Titles above a header are few.
const HEADER_WITHIN: usize = 10;

/// The delimiter that cuts most rows into the same number of cells, two at least; a comma if none does.
pub fn sniff_delimiter(text: &str) -> char {
    let sample = sample(text);
    let mut best = (0, ',');
    for delimiter in [',', ';', '\t'] {
        let mut widths: HashMap<usize, usize> = HashMap::new();
        for row in Scan::new(sample.to_owned(), delimiter)
            .filter_map(Result::ok)
            .take(SAMPLE)
        {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        let score = widths
            .into_iter()
            .filter(|(width, _)| *width > 1)
            .map(|(width, rows)| rows * 100 + width.min(99))
            .max()
            .unwrap_or_default();
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Takes the header off the scan, and what stands above it. Without a recognisable header the scan stays where it was.
pub fn find(scan: &mut Scan) -> (Option<Row>, Vec<Refused>) {
    let rows: Vec<_> = scan.clone_here().take(HEADER_WITHIN).collect();
    let known = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| columns::is_header_word(cell))
            .count()
    };
    let filled = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
    };
    let found = rows.iter().position(|row| {
        row.as_ref().is_ok_and(|row| {
            let known = known(row);
            known > 0
                && (known * 2 >= filled(row) || known >= 3)
                && (known > 1 || row.cells.len() < 3)
        })
    });
    // A first row without one known word may still be a header: all of it words, over columns that are not.
    let found = found.or_else(|| unknown_header(&rows).then_some(0));
    let Some(found) = found else {
        return (None, Vec::new());
    };
    let above = scan
        .by_ref()
        .take(found)
        .map(|row| match row {
            Ok(row) => Refused {
                line: row.line,
                problems: vec![RowProblem::AboveHeader],
                text: excerpt(&row.cells.join(",")),
            },
            Err(refused) => refused,
        })
        .collect();
    let header = scan.next().and_then(Result::ok);
    if let Some(header) = &header {
        scan.set_width(header.cells.len());
    }
    (header, above)
}

fn unknown_header(rows: &[Result<Row, Refused>]) -> bool {
    let mut rows = rows.iter().filter_map(|row| row.as_ref().ok());
    let Some(first) = rows.next() else {
        return false;
    };
    let has_digits = |cell: &String| cell.chars().any(|c| c.is_ascii_digit() || c == '@');
    let below: Vec<&Row> = rows.collect();
    let typed_column = |at: usize| {
        !below.is_empty()
            && below
                .iter()
                .all(|row| row.cells.get(at).is_some_and(has_digits))
    };
    first.cells.len() > 1
        && first
            .cells
            .iter()
            .all(|cell| !cell.trim().is_empty() && !has_digits(cell))
        && (0..first.cells.len()).any(typed_column)
}

/// The first lines of a text, some 64 kB.
fn sample(text: &str) -> &str {
    let mut end = text.len().min(64 * 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
