//! File formats: text and bytes in, records out, and back. One format a module; no browser, no storage.

pub mod backup;
pub mod canvass_out;
pub mod columns;
pub mod csv;
pub mod csv_out;
pub mod frequency;
pub mod handover;
pub mod lobby;
pub mod mapping;
pub mod names;
pub mod parse;
pub mod plan;
pub mod rescue;
pub mod text;
pub mod towers;
pub mod values;
pub mod vcard;

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod files_tests;
