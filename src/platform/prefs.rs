//! The few preferences that belong to the device and must be known before the database is open. Where storage is refused
//! (a strict private window) reading finds nothing and writing does nothing: the app starts with its defaults.

use gloo_storage::{LocalStorage, Storage};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;

mod key {
    pub const LANGUAGE: &str = "topfloor.language";
    pub const THEME: &str = "topfloor.theme";
    pub const PROFILE: &str = "topfloor.profile";
    pub const BOOK_DEVICE: &str = "topfloor.book-device";
    pub const OUTCOME_PLACES: &str = "topfloor.outcome-places";
    pub const PARTNER_NAME: &str = "topfloor.partner-name";
    pub const KIT: &str = "topfloor.kit";
    pub const PROFILES: &str = "topfloor.profiles";
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

/// The six outcomes with a fixed place on the walk, by their names in the records.
pub fn outcome_places() -> Option<Vec<String>> {
    get(key::OUTCOME_PLACES)
}

pub fn set_outcome_places(places: &[String]) {
    set(key::OUTCOME_PLACES, places);
}

/// What partners on a walk call the person with this device.
pub fn partner_name() -> Option<String> {
    get(key::PARTNER_NAME).filter(|name: &String| !name.is_empty())
}

pub fn set_partner_name(name: &str) {
    set(key::PARTNER_NAME, name);
}

/// What goes into the bag before a walk, one text an item.
pub fn kit() -> Option<Vec<String>> {
    get(key::KIT)
}

pub fn set_kit(items: &[String]) {
    set(key::KIT, items);
}

/// A book on this device whose user is known: after somebody else signed in, this is how it is found again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProfile {
    pub profile: Id,
    pub device: Id,
    /// The name they sign in with.
    pub user: String,
}

pub fn profiles() -> Vec<KnownProfile> {
    get(key::PROFILES).unwrap_or_default()
}

pub fn set_profiles(profiles: &[KnownProfile]) {
    set(key::PROFILES, profiles);
}

/// After an order to wipe this device: nothing here may lead to the book that was.
pub fn forget_profile(profile: Id) {
    let left: Vec<KnownProfile> = profiles()
        .into_iter()
        .filter(|known| known.profile != profile)
        .collect();
    set_profiles(&left);
    delete(key::PROFILE);
    delete(key::BOOK_DEVICE);
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
