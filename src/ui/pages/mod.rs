//! One screen a file; screens know nothing of each other but their addresses.

pub mod canvass;
pub mod clients;
pub mod exchange;
pub mod leads;
pub mod more;
pub mod notes;
pub mod people;
pub mod search;
mod search_rows;
pub mod storage;
pub mod sync;
pub mod sync_rescue;
pub mod today;
pub mod visits;
