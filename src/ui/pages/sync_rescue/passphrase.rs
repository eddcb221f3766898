//! A passphrase as it is typed: shown or hidden, and how easily it would be guessed.

use leptos::prelude::*;

use crate::exchange::rescue::{Strength, strength};
use crate::i18n::rescue::Rescue as Words;
use crate::platform::random;
use crate::ui::words::text;

/// One line for a passphrase. What was typed is in `value` alone, and goes with the page.
#[component]
pub fn PassphraseField(
    label: &'static str,
    value: RwSignal<String>,
    #[prop(into)] shown: Signal<bool>,
    /// Told under the line; a problem when the second is true.
    #[prop(into)]
    note: Signal<Option<(String, bool)>>,
    /// `new-password` where one is chosen, so that a manager offers to keep it.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let id = format!("f-{}", random::new_id());
    let note_id = format!("{id}-note");
    let kind = move || if shown.get() { "text" } else { "password" };
    let invalid = move || {
        note.with(|note| matches!(note, Some((_, true))))
            .then_some("true")
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                class="input"
                id=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=note_id.clone()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p id=note_id class=move || if invalid().is_some() { "problem" } else { "hint" } aria-live="polite">
                {move || note.get().map(|(said, _)| said)}
            </p>
        </div>
    }
}

/// Shows or hides what is typed.
#[component]
pub fn ShowTyped(shown: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    view! {
        <label class="show-typed">
            <input type="checkbox" on:change=move |event| shown.set(event_target_checked(&event)) />
            <span>{t.show()}</span>
        </label>
    }
}

/// What is said of a passphrase while it is chosen; nothing before the first character.
pub fn verdict(typed: &str) -> Option<(String, bool)> {
    let t = text::<Words>();
    if typed.is_empty() {
        return None;
    }
    Some(match strength(typed) {
        Strength::Short(missing) => (t.too_short(missing), false),
        Strength::Weak => (t.weak().to_owned(), false),
        Strength::Good => (t.good().to_owned(), false),
    })
}
