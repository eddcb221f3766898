//! How the forms of clients and contacts are checked and saved: all errors at once, one transaction, one undo.

use leptos::callback::Callable;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::field::{Field, FieldErrors};
use crate::domain::record::{Body, Entry};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::{clock, dom};
use crate::state::{App, Change, Draft, app};
use crate::ui::words::text;

pub type Errors = RwSignal<Option<FieldErrors>>;

/// What is wrong with a field, in words.
pub fn problem(errors: Errors, field: Field) -> Signal<Option<&'static str>> {
    problem_at(errors, move || Some(field))
}

/// As [`problem`], for a line of a list, whose place may change.
pub fn problem_at(
    errors: Errors,
    field: impl Fn() -> Option<Field> + Send + Sync + 'static,
) -> Signal<Option<&'static str>> {
    let values = text::<Values>();
    Signal::derive(move || {
        let field = field()?;
        errors
            .with(|errors| errors.as_ref().and_then(|errors| errors.of(field)))
            .map(|problem| values.problem(field, problem))
    })
}

/// The way a form leaves: made once while the form is drawn, used at its taps.
#[derive(Clone, Copy)]
pub struct Saver {
    pub errors: Errors,
    /// A save is on its way; a second tap must not save twice.
    busy: RwSignal<bool>,
    app: App,
    common: Common,
    go: Callback<String>,
}

impl Saver {
    pub fn new() -> Self {
        let (errors, busy) = (RwSignal::new(None), RwSignal::new(false));
        Self {
            errors,
            busy,
            app: app(),
            common: text::<Common>(),
            go: navigation(),
        }
    }

    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Marks every wrong field, says how many there are, and goes to the first.
    pub fn refuse(self, errors: FieldErrors) {
        self.app
            .notices
            .failed(self.common.fix_these(errors.0.len()));
        self.errors.set(Some(errors));
        leptos::task::spawn_local(async {
            clock::next_frame().await;
            focus_first(".pane-detail [aria-invalid=true]");
        });
    }

    /// Saves a form's change and leaves for `then`. Without success everything stays as it is on the screen.
    pub fn save<T>(self, draft: Draft<T>, mut change: Change, said: &'static str, then: String)
    where
        T: Clone + PartialEq + Serialize + DeserializeOwned + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.errors.set(None);
        draft.finish_with(&mut change);
        leptos::task::spawn_local(async move {
            let saved = self
                .app
                .book
                .commit_and_say(change, said.to_owned(), self.app.settings)
                .await;
            if saved.is_some() {
                draft.finished();
                // A person who left the form meanwhile stays where they went.
                let _ = self.go.try_run(then);
            }
            self.busy.try_set(false);
        });
    }
}

impl Default for Saver {
    fn default() -> Self {
        Self::new()
    }
}

/// Drops a restored draft; the undo brings its words back. `fill` counts up when the form must be filled anew.
pub fn discarding<T>(
    draft: Draft<T>,
    initial: T,
    restored: RwSignal<bool>,
    fill: RwSignal<u32>,
) -> Callback<()>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let common = text::<Common>();
    let notices = app().notices;
    Callback::new(move |()| {
        let kept = draft.value.get_untracked();
        draft.discard(initial.clone());
        restored.set(false);
        fill.update(|n| *n += 1);
        notices.done_with_undo(common.draft_discarded(), move || {
            // The form may be gone when the undo is tapped; its words then went with it.
            if fill.is_disposed() {
                return;
            }
            draft.update(|value| value.clone_from(&kept));
            fill.update(|n| *n += 1);
        });
    })
}

/// Goes to another screen in place of this one: the way back does not lead to a form that is done.
pub fn navigation() -> Callback<String> {
    let navigate = use_navigate();
    let navigate = StoredValue::new_local(navigate);
    Callback::new(move |to: String| {
        navigate.with_value(|go| {
            go(
                &to,
                NavigateOptions {
                    replace: true,
                    ..Default::default()
                },
            )
        });
    })
}

/// Saves an edit of one record made by a single tap.
pub fn commit_edit<B: Body>(old: Entry<B>, body: B, said: &'static str) {
    let app = app();
    let mut change = Change::new();
    change.edit(old.into_any(), body);
    leptos::task::spawn_local(async move {
        app.book
            .commit_and_say(change, said.to_owned(), app.settings)
            .await;
    });
}

/// Moves to the first input a selector finds, and into it.
pub fn focus_first(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        dom::focus(&element);
        dom::scroll_into_view(&element);
    }
}

/// Opens a form at the field the address asks for by `?at=`.
pub fn focus_asked() {
    if let Some(at) =
        super::kit::asked("at").filter(|at| at.chars().all(|c| c.is_ascii_lowercase()))
    {
        focus_at(&at);
    }
}

/// Opens a form at one of its parts.
pub fn focus_at(at: &str) {
    let at = at.to_owned();
    leptos::task::spawn_local(async move {
        clock::next_frame().await;
        focus_first(&format!("#at-{at} :is(input, select, textarea, button)"));
    });
}
