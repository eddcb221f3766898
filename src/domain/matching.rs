//! Is this one here already? Names, phone numbers and e-mail addresses in a form in which the same thing written
//! otherwise is the same, and a finder of records that share them.

mod finder;
mod names;
mod phone;
mod similar;

pub use finder::{Candidate, DuplicateFinder, Kind, Reason, Suspect};
pub use names::{company_key, person_key};
pub use phone::{PhoneNumber, display_phone, parse_phone, phone_key};
