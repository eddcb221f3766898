//! The few preferences that belong to the device and must be known before the database is open. Where storage is refused
//! (a strict private window) reading finds nothing and writing does nothing: the app starts with its defaults.

use gloo_storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::id::Id;

mod key {
    pub const LANGUAGE: &str = "topfloor.language";
    pub const THEME: &str = "topfloor.theme";
    pub const PROFILE: &str = "topfloor.profile";
    pub const BOOK_DEVICE: &str = "topfloor.book-device";
}

/// The language chosen by hand, a BCP 47 tag.
pub fn language() -> Option<String> {
    get(key::LANGUAGE)
}

/// `None` goes back to following the browser.
pub fn set_language(tag: Option<&str>) {
    match tag {
        Some(tag) => set(key::LANGUAGE, tag),
        None => delete(key::LANGUAGE),
    }
}

/// `system`, `light` or `dark`.
pub fn theme() -> Option<String> {
    get(key::THEME)
}

pub fn set_theme(name: &str) {
    set(key::THEME, name);
}

/// The profile whose book was open last.
pub fn profile() -> Option<Id> {
    get(key::PROFILE)
}

pub fn set_profile(profile: Id) {
    set(key::PROFILE, &profile);
}

/// The device id of the book that was open last. A database that answers another one was made anew: the browser evicted
/// the old. Browsers that do so by age or by pressure usually leave this mark standing longer, or take both.
pub fn book_device() -> Option<Id> {
    get(key::BOOK_DEVICE)
}

pub fn set_book_device(device: Id) {
    set(key::BOOK_DEVICE, &device);
}

fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    available().then(|| LocalStorage::get(key).ok()).flatten()
}

fn set<T: Serialize + ?Sized>(key: &str, value: &T) {
    if available() {
        // A full or refused storage loses a preference and nothing else.
        let _ = LocalStorage::set(key, value);
    }
}

fn delete(key: &str) {
    if available() {
        LocalStorage::delete(key);
    }
}

/// gloo panics where the browser throws at the mere mention of localStorage, so that is asked first.
fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}
