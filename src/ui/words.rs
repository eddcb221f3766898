//! From typed errors and values to words: the only place where an error of the store becomes a sentence.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::i18n::problems::Problems;
use crate::platform::photo::PhotoError;
use crate::state::app;
use crate::storage::StoreError;

/// A part's strings in the language of the screen. The whole screen is drawn anew when the language changes, so this
/// need not be reactive.
pub fn text<T: From<Lang>>() -> T {
    T::from(lang())
}

pub fn lang() -> Lang {
    app().settings.lang.get_untracked()
}

pub fn store_error(lang: Lang, error: &StoreError) -> &'static str {
    let words = Problems(lang);
    match error {
        StoreError::Blocked => words.store_blocked(),
        StoreError::NewerVersion { .. } => words.store_newer(),
        StoreError::QuotaExceeded => words.store_quota(),
        StoreError::Dead => words.store_dead(),
        StoreError::Aborted(_) => words.store_aborted(),
        StoreError::Unavailable(_) => words.store_unavailable(),
        _ => words.store_other(),
    }
}

pub fn photo_error(lang: Lang, error: &PhotoError) -> &'static str {
    let words = Problems(lang);
    match error {
        PhotoError::TooLarge | PhotoError::OutOfMemory => words.photo_too_large(),
        _ => words.photo_not_picture(),
    }
}
