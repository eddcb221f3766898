//! How the forms of visits, follow-ups and notes open, complain, and save.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::base::Onward;
use crate::domain::field::{Field, FieldErrors};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::{clock, dom};
use crate::state::{App, Change, Draft, app, with_draft};
use crate::ui::parts::field::DraftBanner;
use crate::ui::parts::photos::SavedFirst;
use crate::ui::words::{lang, text};

/// What was wrong when the form was last checked.
pub type Errors = RwSignal<Option<FieldErrors>>;

/// The line under a field.
pub fn problem(errors: Errors, field: Field) -> Signal<Option<&'static str>> {
    let values = text::<Values>();
    Signal::derive(move || {
        let found = errors.with(|errors| errors.as_ref().and_then(|errors| errors.of(field)));
        found.map(|problem| values.problem(field, problem))
    })
}

/// Shows everything that is wrong at once, says how much it is, and goes to the first.
pub fn show_errors(app: App, errors: Errors, found: FieldErrors) {
    let words = Common(app.settings.lang.get_untracked());
    app.notices.failed(words.fix_these(found.0.len()));
    let first = found.0.first().map(|(field, _)| place_of(*field));
    errors.set(Some(found));
    if let Some(place) = first {
        dom::focus_id(place);
    }
}

/// The id of the part of the form that a field stands in.
fn place_of(field: Field) -> &'static str {
    match field {
        Field::Date => "pick-day",
        Field::Time => "pick-time",
        Field::Minutes => "pick-length",
        Field::Text => "form-text",
        _ => "pick-party",
    }
}

/// A form over its draft. Says when an unfinished one was found; that one can be thrown away, and had back.
pub fn drafted<T>(
    key: String,
    initial: T,
    form: impl Fn(Draft<T>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let app = app();
    let first = StoredValue::new(initial.clone());
    with_draft(key, initial, move |draft| {
        let restored = RwSignal::new(draft.restored);
        let discard = move |()| {
            let old = draft.value.get_untracked();
            let key = draft.key();
            draft.discard(first.get_value());
            restored.set(false);
            let words = Common(lang());
            let back = move || {
                let (old, key) = (old.clone(), key.clone());
                leptos::task::spawn_local(async move {
                    if let Ok(text) = serde_json::to_string(&old) {
                        app.book.put_draft(&key, &text).await;
                    }
                    // If the form was left meanwhile, the stored draft comes back when it is opened again.
                    if draft.value.try_with_untracked(|_| ()).is_some() {
                        draft.update(|value| *value = old);
                        restored.try_set(true);
                    }
                });
            };
            app.notices.done_with_undo(words.draft_discarded(), back);
        };
        view! {
            {move || restored.get().then(|| view! { <DraftBanner on_discard=discard /> })}
            {move || {
                // The fields are filled once; they are drawn anew when the text changes under them.
                restored.track();
                form(draft)
            }}
        }
    })
}

/// Saves a form once, however often the button is tapped, and goes on when it is saved.
#[derive(Clone, Copy)]
pub struct Saving {
    app: App,
    onward: Onward,
    under_way: RwSignal<bool>,
}

impl Saving {
    pub fn new() -> Self {
        Self {
            app: app(),
            onward: Onward::new(),
            under_way: RwSignal::new(false),
        }
    }

    /// Saves the change, finishes the draft with it and goes to `address`. A failure is reported, and the text stays.
    pub fn run<T>(self, change: Change, draft: Draft<T>, said: String, address: String)
    where
        T: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
    {
        self.run_then(change, draft, said, move || self.onward.instead(&address));
    }

    /// As [`Saving::run`], with something else to do when it is saved.
    pub fn run_then<T>(
        self,
        mut change: Change,
        draft: Draft<T>,
        said: String,
        then: impl FnOnce() + 'static,
    ) where
        T: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
    {
        if self.under_way.get_untracked() {
            return;
        }
        self.under_way.set(true);
        draft.finish_with(&mut change);
        // Before the save, so that leaving the page while it runs does not write the draft again.
        draft.finished();
        leptos::task::spawn_local(async move {
            if self
                .app
                .book
                .commit_and_say(change, said, self.app.settings)
                .await
                .is_some()
            {
                then();
            } else if draft.value.try_with_untracked(|_| ()).is_some() {
                draft.update(|_| {});
            }
            self.under_way.try_set(false);
        });
    }
}

/// What to do before the camera opens, and when it closed without a picture: a mark in the draft says that a picture is
/// expected, so that the form can say so if the system ended the page behind the camera.
pub fn photo_mark<T>(
    draft: Draft<T>,
    mark: fn(&mut T, bool),
) -> (Callback<(), SavedFirst>, Callback<()>)
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
{
    let book = app().book;
    let before_open = Callback::new(move |()| {
        draft.update(|value| mark(value, true));
        let key = draft.key();
        let text = draft
            .value
            .with_untracked(|value| serde_json::to_string(value));
        let saved: SavedFirst = Box::pin(async move {
            if let Ok(text) = text {
                book.put_draft(&key, &text).await;
            }
        });
        saved
    });
    let on_none = Callback::new(move |()| draft.update(|value| mark(value, false)));
    (before_open, on_none)
}

/// Waits until the pictures that were taken are ready to be saved with the form.
pub async fn pictures_ready(busy: RwSignal<bool>) {
    const LOOK_MS: u32 = 50;
    while busy.try_get_untracked() == Some(true) {
        clock::sleep_ms(LOOK_MS).await;
    }
}
