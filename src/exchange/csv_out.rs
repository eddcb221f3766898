//! Clients and people as CSV that a spreadsheet opens without asking: UTF-8 behind a byte order mark, CR LF, quotes as
//! in RFC 4180, headers in the user's language. What our own reader makes of it is what was written.
//!
//! Consents, kept vCard lines and links between records stay out: a spreadsheet is for handing on.

mod fields;

use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::exchange::parse::guard;
use crate::i18n::Lang;

/// A person with the firm they work for.
#[derive(Debug, Clone, Copy)]
pub struct PersonLine<'a> {
    pub person: &'a Person,
    pub organisation: Option<&'a Organisation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    pub bytes: Vec<u8>,
    pub written: usize,
    /// People left out because they do not want to be contacted.
    pub opted_out: usize,
}

/// Every organisation that stands for itself; one merged into another does not.
pub fn clients<'a>(rows: impl IntoIterator<Item = &'a Organisation>, lang: Lang) -> Export {
    let mut sheet = Sheet::default();
    for row in rows.into_iter().filter(|row| row.merged_into.is_none()) {
        sheet.begin();
        fields::organisation(&mut sheet, row, lang);
    }
    sheet.finish(0)
}

/// Every person who did not opt out, with the names of their firm.
pub fn people<'a>(rows: impl IntoIterator<Item = PersonLine<'a>>, lang: Lang) -> Export {
    let mut sheet = Sheet::default();
    let mut opted_out = 0;
    for row in rows
        .into_iter()
        .filter(|row| row.person.merged_into.is_none())
    {
        if row.person.opted_out() {
            opted_out += 1;
            continue;
        }
        sheet.begin();
        fields::person(&mut sheet, row, lang);
    }
    sheet.finish(opted_out)
}

/// Cells by column; a column exists once a row has something in it.
#[derive(Default)]
struct Sheet {
    /// Rank, header. Columns of a lower rank stand further left.
    columns: Vec<(usize, String)>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn begin(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds to the current row's cell; several values of one cell are divided by `; `.
    fn put(&mut self, rank: usize, header: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let known = self
            .columns
            .iter()
            .position(|(at, name)| *at == rank && name == header);
        let column = known.unwrap_or_else(|| {
            self.columns.push((rank, header.to_owned()));
            self.columns.len() - 1
        });
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        if let Some(cell) = row.get_mut(column) {
            if !cell.is_empty() {
                cell.push_str("; ");
            }
            cell.push_str(value);
        }
    }

    fn finish(self, opted_out: usize) -> Export {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|column| self.columns.get(*column).map(|(rank, _)| *rank));
        let header = order
            .iter()
            .filter_map(|column| self.columns.get(*column))
            .map(|(_, name)| name.as_str());
        let mut writer = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::CRLF)
            .from_writer(Vec::new());
        // Writing into memory cannot fail, and every row has the header's length.
        let mut write = |cells: Vec<String>| writer.write_record(cells).is_ok();
        if !order.is_empty() {
            write(header.map(guard).collect());
        }
        for row in &self.rows {
            let cell =
                |column: &usize| row.get(*column).map(|cell| guard(cell)).unwrap_or_default();
            write(order.iter().map(cell).collect());
        }
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        bytes.extend(writer.into_inner().unwrap_or_default());
        Export {
            bytes,
            written: self.rows.len(),
            opted_out,
        }
    }
}

#[cfg(test)]
#[path = "csv_out/tests.rs"]
mod tests;
