//! What each column of a table means: guessed from headers and cells, shown to a person, changed by them, applied to
//! every row.

mod address;
mod build;
mod convert;
mod evidence;
mod settle;

use serde::{Deserialize, Serialize};

use super::columns::{FieldTarget, Heading, PersonField, is_han, read_heading};
use super::csv::Row;
use crate::domain::import::Target;
use crate::domain::organisation::Stage;
use evidence::Cells;

pub(super) use evidence::is_mobile;

pub use convert::{Accepted, Converted, convert};

/// Rows worth reading before guessing.
pub const SAMPLE: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The header as it stands, or the letter a spreadsheet shows above the column. Names the extra values.
    pub name: String,
    pub target: FieldTarget,
}

/// Everything a row needs to become records; kept with the import, so that a kill changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub target: Target,
    pub columns: Vec<Column>,
    /// For rows that say none: a portfolio holds clients.
    pub stage: Stage,
}

impl Mapping {
    /// Guesses from the header and the first rows. Works without a header too.
    pub fn guess(header: Option<&Row>, sample: &[Row]) -> Mapping {
        let widest = sample
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or_default();
        let width = header.map_or(widest, |row| row.cells.len());
        let guesses: Vec<Guess> = (0..width).map(|at| Guess::of(header, sample, at)).collect();
        let targets = settle::settle(guesses);
        let columns: Vec<Column> = targets
            .into_iter()
            .enumerate()
            .map(|(at, target)| Column {
                name: column_name(header, at),
                target,
            })
            .collect();
        Mapping {
            target: likely_target(&columns),
            columns,
            stage: Stage::Client,
        }
    }
}

/// A directory names firms; a portfolio says how they stand or whom to ask for.
fn likely_target(columns: &[Column]) -> Target {
    let portfolio = columns.iter().any(|column| {
        matches!(
            column.target,
            FieldTarget::Person(_)
                | FieldTarget::Tier
                | FieldTarget::Stage
                | FieldTarget::Source
                | FieldTarget::Segment
                | FieldTarget::LastChecked
        )
    });
    if portfolio {
        Target::Clients
    } else {
        Target::Leads
    }
}

/// The header, or A, B, … Z, AA as a spreadsheet counts.
fn column_name(header: Option<&Row>, at: usize) -> String {
    let name = header
        .and_then(|row| row.cells.get(at))
        .map(|cell| super::parse::clean(cell))
        .unwrap_or_default();
    if name.is_empty() {
        letters(at)
    } else {
        name.to_owned()
    }
}

pub(super) fn letters(at: usize) -> String {
    let mut rest = at;
    let mut letters = Vec::new();
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// One column before its neighbours are looked at.
struct Guess<'a> {
    heading: Option<Heading>,
    target: Option<FieldTarget>,
    cells: Cells<'a>,
    /// The column has a header, even if no word of it is known.
    headed: bool,
}

impl<'a> Guess<'a> {
    fn of(header: Option<&Row>, sample: &'a [Row], at: usize) -> Self {
        let name = header
            .and_then(|row| row.cells.get(at))
            .map(|cell| cell.trim())
            .unwrap_or_default();
        let cells = Cells::new(
            sample
                .iter()
                .filter_map(|row| row.cells.get(at))
                .map(String::as_str),
        );
        let heading = read_heading(name);
        let headed = !name.is_empty();
        let target = match heading {
            Some(heading) => agreed(heading, &cells),
            // A number under a strange header may be a registration; an address with an @ is an address.
            None if headed => cells
                .form()
                .filter(|target| matches!(target, FieldTarget::Email | FieldTarget::WebSite)),
            None => cells.guess(),
        };
        Guess {
            heading,
            target,
            cells,
            headed,
        }
    }

    fn is(&self, target: FieldTarget) -> bool {
        self.target == Some(target)
    }

    /// A name whose header does not say whose.
    fn is_anyones_name(&self) -> bool {
        self.is_firm_name() && self.heading.is_some_and(|heading| !heading.owner_named)
    }

    fn is_firm_name(&self) -> bool {
        matches!(
            self.target,
            Some(FieldTarget::Name | FieldTarget::NameZh | FieldTarget::NameEn)
        )
    }
}

/// The header's word, unless the cells say something else for certain.
fn agreed(heading: Heading, cells: &Cells) -> Option<FieldTarget> {
    let target = heading.target;
    let by_person = matches!(target, FieldTarget::Person(_));
    let form = cells
        .form()
        .filter(|_| cells.tell())
        .map(|form| match form {
            FieldTarget::Phone(kind) if by_person => FieldTarget::Person(PersonField::Phone(kind)),
            FieldTarget::Email if by_person => FieldTarget::Person(PersonField::Email),
            other => other,
        });
    match cells.fit(target) {
        Some(share) if cells.tell() && share < if heading.sure { 0.2 } else { 0.5 } => form,
        Some(_) => Some(target),
        None if matches!(target, FieldTarget::Person(PersonField::Title)) && honorifics(cells) => {
            Some(FieldTarget::Person(PersonField::Honorific))
        }
        // `Contact` above numbers, `Company` above addresses.
        None if is_name(target) && form.is_some() => form,
        None => Some(target),
    }
}

fn honorifics(cells: &Cells) -> bool {
    cells
        .fit(FieldTarget::Person(PersonField::Honorific))
        .is_some_and(|share| share >= 0.6)
}

fn is_name(target: FieldTarget) -> bool {
    use PersonField as P;
    matches!(
        target,
        FieldTarget::Name
            | FieldTarget::NameZh
            | FieldTarget::NameEn
            | FieldTarget::Person(P::Name | P::NameZh | P::NameEn | P::Family | P::Given)
    )
}

/// A text all in one script, for joining addresses.
pub(super) fn is_chinese(text: &str) -> bool {
    text.chars().any(is_han)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
