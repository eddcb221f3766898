//! Reusable pieces of the screens; each is stateless and knows nothing of any page.

pub mod contact_links;
pub mod empty;
pub mod field;
pub mod icon;
pub mod mark;
pub mod page;
pub mod photos;
pub mod pick_file;
pub mod picker;
pub mod sheet;
pub mod virtual_list;
