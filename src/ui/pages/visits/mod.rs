//! Visits from the plan to what came of them, and the follow-ups that come out of them.

mod base;
mod choose_day;
mod coming_out;
mod edit;
mod fields;
mod follow_up;
mod follow_up_page;
mod form;
mod meeting;
mod new;
mod next;
mod page;
mod party;
mod quick;
mod reason;
mod steps;

pub use edit::EditVisit;
pub use follow_up::NewFollowUp;
pub use follow_up_page::FollowUpPage;
pub use new::NewVisit;
pub use page::VisitPage;

pub(super) use base::{Asked, Onward, opened, route_id, with_record};
pub(super) use choose_day::{day_words, time_words};
pub(super) use form::{Saving, drafted, photo_mark, pictures_ready};
pub(super) use party::{Party, PartyFields, party_names};
