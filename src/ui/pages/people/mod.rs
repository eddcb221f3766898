//! The contact screens: a person's page, their form, and merging two of one.

mod consent;
mod form;
mod merge;
mod names;
mod occasions;
mod page;
mod reach;

pub use form::{EditPerson, NewPerson};
pub use merge::MergePerson;
pub use page::PersonPage;
