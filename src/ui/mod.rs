//! The screens. View code only: what they show comes from `state`, what they say from `i18n`.

pub mod addresses;
mod pages;
pub mod parts;
mod root;
mod shell;
pub mod words;

/// Puts the app into the page.
pub fn start() {
    leptos::mount::mount_to_body(root::Root);
}
