//! One row becomes a lead, or a client with the person to ask for. What fits no field stays as an extra value.

use super::build::Build;
use super::{Mapping, letters};
use crate::domain::id::NewId;
use crate::domain::import::Target;
use crate::domain::lead::LeadBody;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::exchange::csv::{Refused, Row, RowProblem, excerpt};
use crate::exchange::parse::clean;

/// A row that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// 1-based line of the file.
    pub line: u32,
    pub converted: Converted,
    /// What could not go where its column said, and was kept as an extra value.
    pub warnings: Vec<RowProblem>,
}

// Every row is one of these, so boxing the larger would cost an allocation a row for nothing.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum Converted {
    Lead(LeadBody),
    /// One of the two is there at least. The person's link to the organisation is set where both get their ids.
    Client {
        organisation: Option<Organisation>,
        person: Option<Person>,
    },
}

/// Converts a row; every item of a list gets its id from `ids`.
pub fn convert(row: &Row, mapping: &Mapping, ids: &mut dyn NewId) -> Result<Accepted, Refused> {
    let mut build = Build::new(mapping, ids);
    for (at, cell) in row.cells.iter().enumerate() {
        let text = clean(cell);
        if text.is_empty() {
            continue;
        }
        if text.contains('\u{fffd}') {
            build.warn(RowProblem::Unreadable { column: at });
        }
        match mapping.columns.get(at) {
            Some(column) => build.take(at, column, text),
            None => {
                build.warn(RowProblem::SurplusCells);
                build.surplus(letters(at), text);
            }
        }
    }
    let (converted, warnings) = match mapping.target {
        Target::Leads => build.lead(),
        Target::Clients | Target::People => build.client(),
    };
    match converted {
        Some(converted) => Ok(Accepted {
            line: row.line,
            converted,
            warnings,
        }),
        None => {
            let text = excerpt(&row.cells.join(","));
            Err(Refused {
                line: row.line,
                problems: vec![RowProblem::NoName],
                text,
            })
        }
    }
}
