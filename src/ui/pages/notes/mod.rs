//! Notes: written in a moment, never overwritten, read as a timeline.

mod correct;
mod fields;
mod item;
mod new;
mod one;
mod timeline;
mod unfiled;

pub use correct::CorrectNote;
pub use item::NoteItem;
pub use new::NewNote;
pub use one::NotePage;
pub use timeline::Timeline;
