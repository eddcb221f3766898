//! Cuts text into records (RFC 4180, and what programs really write).

use std::collections::HashSet;
use std::sync::Arc;

use super::{Refused, Row, RowProblem, excerpt};

/// Stands before the next record.
pub struct Scan {
    text: Arc<str>,
    delimiter: u8,
    at: usize,
    /// 1-based line of the file at `at`.
    line: u32,
    /// Cells of the first record: what a record over several lines is measured by.
    width: Option<usize>,
    /// Line ends inside a quoted cell from where reading is known to fail. What follows such a place does not depend on
    /// how it was reached, so meeting it again fails at once, and a file full of open quotes stays linear.
    doomed: HashSet<usize>,
}

/// A record and where the next one begins.
struct Cut {
    cells: Vec<String>,
    end: usize,
    /// Line ends inside quoted cells.
    breaks: u32,
}

impl Scan {
    pub fn new(text: String, delimiter: char) -> Self {
        let delimiter = u8::try_from(delimiter)
            .ok()
            .filter(u8::is_ascii)
            .unwrap_or(b',');
        Self {
            text: text.into(),
            delimiter,
            at: 0,
            line: 1,
            width: None,
            doomed: HashSet::new(),
        }
    }

    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.text.len())
    }

    /// Another scan from here on, over the same text.
    pub fn clone_here(&self) -> Self {
        Self {
            text: self.text.clone(),
            doomed: HashSet::new(),
            ..*self
        }
    }

    /// Goes on behind the first line, which ends at `start`.
    pub fn skip_to(&mut self, start: usize) {
        self.at = start;
        self.line += 1;
    }

    /// The header's width counts more than that of a title above it.
    pub fn set_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// Reads the record at `start`; `None` if a quoted cell over several lines does not end as a cell must.
    fn cut(&mut self, start: usize) -> Option<Cut> {
        let text = self.text.clone();
        let bytes = text.as_bytes();
        let mut cells = Vec::with_capacity(self.width.unwrap_or_default());
        let mut passed: Vec<usize> = Vec::new();
        let mut at = start;
        let mut breaks = 0;
        loop {
            let mut cell = String::new();
            if bytes.get(at) == Some(&b'"') {
                match self.quoted(bytes, at, &mut passed) {
                    Some((close, lines)) => {
                        cell = text
                            .get(at + 1..close)
                            .unwrap_or_default()
                            .replace("\"\"", "\"");
                        breaks += lines;
                        at = close + 1;
                    }
                    None => {
                        self.doomed.extend(passed);
                        return None;
                    }
                }
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let length = rest
                .iter()
                .position(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r'))
                .unwrap_or(rest.len());
            cell.push_str(text.get(at..at + length).unwrap_or_default());
            cells.push(cell);
            at += length;
            match bytes.get(at) {
                Some(b) if *b == self.delimiter => at += 1,
                _ => break,
            }
        }
        Some(Cut {
            cells,
            end: line_end(bytes, at),
            breaks,
        })
    }

    /// The closing quote of the cell that opens at `open`, and the line ends inside. After it a cell must end; words
    /// right behind it are let through only on the line where the quote opened (`"Ace" Ltd`), because over several lines
    /// they show that the quote which opened was a stray one.
    fn quoted(&self, bytes: &[u8], open: usize, passed: &mut Vec<usize>) -> Option<(usize, u32)> {
        let mut at = open + 1;
        let mut lines = 0;
        loop {
            match bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => {
                    let next = bytes.get(at + 1).copied();
                    let ends =
                        next.is_none_or(|b| b == self.delimiter || matches!(b, b'\n' | b'\r'));
                    return (ends || lines == 0).then_some((at, lines));
                }
                b'\n' | b'\r' => {
                    if self.doomed.contains(&at) {
                        return None;
                    }
                    passed.push(at);
                    lines += 1;
                    at = line_end(bytes, at);
                }
                _ => at += 1,
            }
        }
    }

    /// A stray quote can by chance be closed on a later line; then the record has the wrong number of cells, while its
    /// first line alone has the right one.
    fn looks_torn(&self, cut: &Cut, first_line: &str) -> bool {
        let Some(width) = self.width.filter(|width| *width > 1 && cut.breaks > 0) else {
            return false;
        };
        cut.cells.len() != width && first_line.split(self.delimiter()).count() == width
    }
}

impl Iterator for Scan {
    type Item = Result<Row, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let text = self.text.clone();
            let bytes = text.as_bytes();
            let (start, line) = (self.at, self.line);
            if start >= bytes.len() {
                return None;
            }
            let first_end = content_end(bytes, start);
            let first_line = text.get(start..first_end).unwrap_or_default();
            let cut = self
                .cut(start)
                .filter(|cut| !self.looks_torn(cut, first_line));
            let Some(cut) = cut else {
                self.at = line_end(bytes, first_end);
                self.line += 1;
                let problems = vec![RowProblem::OpenQuote];
                return Some(Err(Refused {
                    line,
                    problems,
                    text: excerpt(first_line),
                }));
            };
            self.at = cut.end;
            self.line += cut.breaks + 1;
            // A spreadsheet saves empty rows as bare delimiters: blank, as an empty line is.
            if cut.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            self.width.get_or_insert(cut.cells.len());
            return Some(Ok(Row {
                line,
                cells: cut.cells,
            }));
        }
    }
}

/// Where the line that `at` stands in ends, its end not counted.
fn content_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|b| matches!(b, b'\n' | b'\r'))
        .unwrap_or(rest.len())
}

/// Behind the line end at `at`, which is LF, CR LF or a lone CR; `at` itself if there is none.
fn line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(b'\r' | b'\n'), _) => at + 1,
        _ => at,
    }
}

/// Excel lets a file name its delimiter in a first line `sep=;`. Answers where the data begin.
pub fn declared_delimiter(text: &str) -> (usize, Option<char>) {
    let end = content_end(text.as_bytes(), 0);
    let declared = text
        .get(..end)
        .and_then(|line| line.trim_matches('"').strip_prefix("sep="));
    match declared.and_then(|rest| rest.chars().next()) {
        Some(delimiter) if delimiter.is_ascii() => {
            (line_end(text.as_bytes(), end), Some(delimiter))
        }
        _ => (0, None),
    }
}
