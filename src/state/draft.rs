//! A form's text, saved as it is typed: nothing is lost to a reload, a kill or a call coming in.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Book, Change, book};
use crate::platform::{clock, dom};

/// Typing pauses shorter than this are not worth a write.
const PAUSE_MS: u32 = 300;

pub struct Draft<T: 'static> {
    pub value: RwSignal<T, LocalStorage>,
    /// Whether it was found unfinished when the form opened.
    pub restored: bool,
    key: StoredValue<String>,
    /// Counts edits; the saver writes when the number it saw is still the newest.
    edits: RwSignal<u64>,
    written: StoredValue<u64>,
    book: Book,
}

impl<T> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Draft<T> {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned + 'static> Draft<T> {
    fn new(book: Book, key: String, value: T, restored: bool) -> Self {
        let draft = Self {
            value: RwSignal::new_local(value),
            restored,
            key: StoredValue::new(key),
            edits: RwSignal::new(0),
            written: StoredValue::new(0),
            book,
        };
        // The system may take the page at any moment after it went to the background.
        let hidden = dom::on_page_hidden(move || draft.flush());
        on_cleanup(move || {
            draft.flush();
            drop(hidden);
            if draft.is_edited() {
                book.forms_being_edited.update(|n| *n = n.saturating_sub(1));
            }
        });
        draft
    }

    /// Changes the form's text, and has it saved after a pause.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if !self.is_edited() {
            self.book.forms_being_edited.update(|n| *n += 1);
        }
        self.value.update(change);
        self.edits.update(|n| *n += 1);
        let seen = self.edits.get_untracked();
        leptos::task::spawn_local(async move {
            clock::sleep_ms(PAUSE_MS).await;
            if self.edits.try_get_untracked() == Some(seen) {
                self.flush();
            }
        });
    }

    pub fn is_edited(self) -> bool {
        self.edits.try_get_untracked().unwrap_or(0) > 0
    }

    pub fn key(self) -> String {
        self.key.get_value()
    }

    /// Marks the draft as finished by a change: it leaves the drafts in the same transaction.
    pub fn finish_with(self, change: &mut Change) {
        change.finish_draft(self.key());
    }

    /// The change was saved: what is still in the air must not bring the draft back.
    pub fn finished(self) {
        self.written.set_value(self.edits.get_untracked());
    }

    /// Forgets the draft. The form goes back to `initial`; the words can be had back by undo of the caller.
    pub fn discard(self, initial: T) {
        self.value.set(initial);
        self.finished();
        let (book, key) = (self.book, self.key());
        leptos::task::spawn_local(async move { book.drop_draft(&key).await });
    }

    /// Saves what has not been saved yet.
    pub fn flush(self) {
        let Some(edits) = self.edits.try_get_untracked() else {
            return;
        };
        if self
            .written
            .try_get_value()
            .is_none_or(|written| written == edits)
        {
            return;
        }
        self.written.set_value(edits);
        let text = self
            .value
            .try_with_untracked(|value| serde_json::to_string(value));
        let (book, key) = (self.book, self.key());
        if let Some(Ok(text)) = text {
            leptos::task::spawn_local(async move { book.put_draft(&key, &text).await });
        }
    }
}

/// Shows a form over its draft: the unfinished one if there is one, `initial` otherwise.
pub fn with_draft<T, V>(
    key: String,
    initial: T,
    form: impl Fn(Draft<T>) -> V + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
    V: IntoAny + 'static,
{
    let book = book();
    let (found, set_found) = signal_local(None::<Option<T>>);
    let asked = key.clone();
    let (form, initial) = (
        StoredValue::new_local(form),
        StoredValue::new_local(initial),
    );
    leptos::task::spawn_local(async move {
        let text = book.draft(&asked).await;
        // A draft of an older build that no longer fits is left where it is; the storage page still lists it.
        set_found.try_set(Some(text.and_then(|text| serde_json::from_str(&text).ok())));
    });
    move || {
        found.get().map(|draft| {
            let initial = initial.get_value();
            let restored = draft.as_ref().is_some_and(|draft| *draft != initial);
            let draft = Draft::new(book, key.clone(), draft.unwrap_or(initial), restored);
            form.with_value(|form| form(draft).into_any())
        })
    }
}
