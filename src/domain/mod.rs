//! Pure data and rules. No browser, no async, no clock and no randomness: whatever depends on them is passed in,
//! so everything here is tested on the host in milliseconds and shared with the server.

pub mod canvass;
pub mod clash;
pub mod completeness;
pub mod consent;
pub mod contact;
pub mod demo;
pub mod docs;
pub mod field;
pub mod follow_up;
pub mod han;
pub mod id;
pub mod import;
pub mod lead;
pub mod matching;
pub mod merge;
pub mod migrate;
pub mod note;
pub mod organisation;
pub mod outbox;
pub mod person;
pub mod photo;
pub mod queue;
pub mod record;
pub mod sample;
pub mod search;
pub mod shelf;
pub mod time;
pub mod today;
pub mod visit;
