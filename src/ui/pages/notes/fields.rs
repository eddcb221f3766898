//! The note as it is written: the text is the screen, everything else is a tap below it.

use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::note::{NoteDraft, Tag};
use crate::domain::photo::Photo;
use crate::i18n::problems::Problems;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::platform::dom;
use crate::state::Draft;
use crate::ui::pages::visits::{Party, PartyFields, party_names, photo_mark};
use crate::ui::parts::field::Underline;
use crate::ui::parts::photos::{AddPhoto, NewPhotos, PhotoStrip};
use crate::ui::words::text;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub note: NoteDraft,
    /// The camera was opened; if this is still set when the form opens, the picture never arrived.
    pub photo_expected: bool,
}

impl NoteForm {
    pub fn party(&self) -> Party {
        Party::new(self.note.organisation, &self.note.persons)
    }
}

/// What a note's form needs besides its draft.
#[derive(Clone, Copy)]
pub struct NoteTools {
    pub fresh: NewPhotos,
    /// Pictures are being made ready.
    pub busy: RwSignal<bool>,
    /// Somebody tried to save a note with nothing in it.
    pub blank: RwSignal<bool>,
    pub save: Callback<()>,
}

#[component]
pub fn NoteFields(
    draft: Draft<NoteForm>,
    tools: NoteTools,
    /// Whether it may still be said whom the note is about.
    about: bool,
    /// Whether saying it is what the form was opened for.
    #[prop(optional)]
    about_first: bool,
) -> impl IntoView {
    view! {
        <Words draft tools />
        <Tags draft />
        {about.then(|| view! { <About draft open=about_first /> })}
        <Photos draft tools />
    }
}

/// The text. It is put in once and only ever read afterwards: writing it back would break input methods and dictation.
#[component]
fn Words(draft: Draft<NoteForm>, tools: NoteTools) -> impl IntoView {
    let t = text::<Visits>();
    let place = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            dom::focus(&place);
            let end = place.text_length();
            // Refused only for kinds of inputs that hold no text.
            let _ = place.set_selection_range(end, end);
        }
    });
    let missing = text::<Problems>().missing_text();
    let problem = Signal::derive(move || tools.blank.get().then_some(missing));
    let typed = move |event| {
        tools.blank.set(false);
        let words = event_target_value(&event);
        draft.update(|form| {
            form.note.text = words;
            // Somebody who types has come back from the camera.
            form.photo_expected = false;
        });
    };
    let key = move |event: KeyboardEvent| {
        let asked = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if asked && !dom::is_composing(&event) {
            event.prevent_default();
            tools.save.run(());
        }
    };
    view! {
        <div class="field">
            <textarea
                class="note-words"
                id="form-text"
                aria-label=t.note_text()
                aria-invalid=move || tools.blank.get().then_some("true")
                aria-describedby=move || tools.blank.get().then_some("form-text-note")
                placeholder=t.note_hint()
                prop:value=draft.value.with_untracked(|form| form.note.text.clone())
                node_ref=place
                on:input=typed
                on:keydown=key
            ></textarea>
            <Underline id="form-text-note" problem />
        </div>
    }
}

#[component]
fn Tags(draft: Draft<NoteForm>) -> impl IntoView {
    let values = text::<Values>();
    let label = text::<Visits>().tags();
    view! {
        <div class="strip" role="group" aria-label=label>
            {Tag::ALL
                .into_iter()
                .map(|tag| {
                    let pressed = move || draft.value.with(|form| form.note.tags.contains(&tag));
                    let toggle = move |_| {
                        draft.update(|form| {
                            match form.note.tags.iter().position(|have| *have == tag) {
                                Some(at) => drop(form.note.tags.remove(at)),
                                None => form.note.tags.push(tag),
                            }
                        });
                    };
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=move || if pressed() { "true" } else { "false" }
                            on:click=toggle
                        >
                            {values.tag(tag)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Whom it is about: said in one line, changed behind it.
#[component]
fn About(draft: Draft<NoteForm>, open: bool) -> impl IntoView {
    let t = text::<Visits>();
    let party = Memo::new(move |_| draft.value.with(NoteForm::party));
    let summary = move || match party.with(|party| party_names(party, None)) {
        names if names.is_empty() => t.about_nobody().to_owned(),
        names => t.about(names),
    };
    let choose = move |party: Party| {
        draft.update(|form| {
            form.note.organisation = party.organisation;
            form.note.persons = party.persons;
        });
    };
    view! {
        <details class="about" open=open>
            <summary>{summary}</summary>
            <PartyFields party on_change=choose />
        </details>
    }
}

#[component]
fn Photos(draft: Draft<NoteForm>, tools: NoteTools) -> impl IntoView {
    let (before_open, on_none) = photo_mark(draft, |form, on| form.photo_expected = on);
    let never_came = draft.value.with_untracked(|form| form.photo_expected);
    if never_came {
        draft.update(|form| form.photo_expected = false);
    }
    let on_added = move |photo: Photo| {
        tools.blank.set(false);
        draft.update(|form| {
            form.photo_expected = false;
            form.note.photos.push(photo);
        });
        draft.flush();
    };
    let on_remove = move |photo: Photo| {
        draft.update(|form| form.note.photos.retain(|have| have.id != photo.id))
    };
    view! {
        {never_came.then(|| view! { <p class="problem" role="alert">{text::<Problems>().photo_expected()}</p> })}
        <PhotoStrip
            photos=Signal::derive(move || draft.value.with(|form| form.note.photos.clone()))
            fresh=tools.fresh
            on_remove
        />
        <AddPhoto fresh=tools.fresh before_open on_added on_none busy=tools.busy />
    }
}
