//! CSV files of any origin as rows with the line numbers of the file. Nothing is lost on bad input: what cannot be a row
//! is a [`Refused`] with its line, and reading goes on behind it.
//!
//! The scanner is our own because the `csv` crate cannot go on after a quote that is never closed: it would give the
//! whole rest of the file as one cell. A test compares the two on every well-formed input.

mod header;
mod scan;

use scan::Scan;

/// Cells as they stand in the file, unquoted, not trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// 1-based line of the file where the row begins.
    pub line: u32,
    pub cells: Vec<String>,
}

/// A row of the file that becomes nothing, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// 1-based line of the file.
    pub line: u32,
    /// Never empty.
    pub problems: Vec<RowProblem>,
    /// The row as it stands in the file, cut at 200 characters, for the report.
    pub text: String,
}

/// What can be wrong with a row, or worth knowing about one that was taken. Columns count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowProblem {
    /// A quote opens a cell and is not closed where a cell can end.
    OpenQuote,
    /// A title line above the header.
    AboveHeader,
    /// Neither a firm nor a person is named.
    NoName,
    /// More cells than columns; the surplus is kept as extra values.
    SurplusCells,
    /// Bytes that fit no character of the file's encoding.
    Unreadable {
        column: usize,
    },
    /// Kept as an extra value instead of a phone.
    NotAPhone {
        column: usize,
    },
    NotAnEmail {
        column: usize,
    },
    NotAWebSite {
        column: usize,
    },
    NotADate {
        column: usize,
    },
    /// A word that names no tier, stage, source or role; kept as an extra value.
    UnknownWord {
        column: usize,
    },
}

/// Reads a file's text row by row. It owns the text, so a caller may stop between any two rows and go on later.
pub struct Reader {
    scan: Scan,
    header: Option<Row>,
    /// Rows above the header, given out first.
    above: std::vec::IntoIter<Refused>,
}

impl Reader {
    /// Finds the delimiter (comma, semicolon or tab) and the header by itself.
    pub fn new(text: String) -> Self {
        let (start, declared) = scan::declared_delimiter(&text);
        let delimiter = declared.unwrap_or_else(|| header::sniff_delimiter(&text));
        Self::begin(text, start, delimiter)
    }

    /// For a person who knows better.
    pub fn with_delimiter(text: String, delimiter: char) -> Self {
        let (start, _) = scan::declared_delimiter(&text);
        Self::begin(text, start, delimiter)
    }

    fn begin(text: String, start: usize, delimiter: char) -> Self {
        let mut scan = Scan::new(text, delimiter);
        if start > 0 {
            scan.skip_to(start);
        }
        let (header, above) = header::find(&mut scan);
        Self {
            scan,
            header,
            above: above.into_iter(),
        }
    }

    /// The names of the columns; `None` for a file that begins with its data.
    pub fn header(&self) -> Option<&Row> {
        self.header.as_ref()
    }

    pub fn delimiter(&self) -> char {
        self.scan.delimiter()
    }

    /// The next rows, without taking them: for the preview and for guessing what the columns hold.
    pub fn peek(&self, rows: usize) -> Vec<Row> {
        self.scan
            .clone_here()
            .filter_map(Result::ok)
            .take(rows)
            .collect()
    }

    /// Bytes read and bytes in all, for a progress bar.
    pub fn progress(&self) -> (usize, usize) {
        self.scan.progress()
    }
}

impl Iterator for Reader {
    type Item = Result<Row, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.above.next() {
            Some(refused) => Some(Err(refused)),
            None => self.scan.next(),
        }
    }
}

pub(super) fn excerpt(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
