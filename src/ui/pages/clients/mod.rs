//! The client screens: the list beside every record, a client's page, its form, and merging two of one.

pub mod call;
mod doors;
pub(super) mod facts;
pub mod fields;
mod filter;
mod form;
pub mod kit;
mod list;
mod merge;
pub mod merging;
pub mod open;
mod page;
mod people;
pub mod query;
mod roster;
mod rows;
pub mod saving;
pub mod share;
mod suggested;
pub mod suspects;

pub use form::{EditClient, NewClient};
pub use list::ClientList;
pub use merge::MergeClient;
pub use open::OpenItems;
pub use page::ClientPage;
