//! The way to the server: what waits, whose book this is, and what two sides changed at once.

mod account;
mod banner;
mod choose;
mod clash;
mod clashes;
mod detail;
mod dropping;
mod fields;
mod lines;
mod names;
mod queue;
mod sign_in;
mod sign_out;
mod status;
mod values;
mod words;

pub use account::AccountPage;
pub use banner::{ClashBanner, ClashCount};
pub use clashes::ClashesPage;
pub use queue::{QueuePage, QueueSection};
