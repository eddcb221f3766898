//! A note from anywhere: two taps, then words.

use leptos::prelude::*;

use super::fields::{NoteFields, NoteForm, NoteTools};
use super::unfiled::Unfiled;
use crate::domain::note::{NoteDraft, NoteRole};
use crate::i18n::visits::Visits;
use crate::platform::{clock, random};
use crate::state::{Change, Draft, app};
use crate::ui::pages::visits::{Asked, Party, Saving, drafted, opened, pictures_ready};
use crate::ui::parts::page::Page;
use crate::ui::parts::photos::{new_photos, take_along};
use crate::ui::words::text;

#[component]
pub fn NewNote() -> impl IntoView {
    let t = text::<Visits>();
    view! {
        <Page title=t.new_note() back=Asked::way_back()>
            {opened(|asked, party| start(asked, party).into_any())}
        </Page>
    }
}

fn start(asked: Asked, party: Party) -> impl IntoView {
    let note = NoteDraft {
        organisation: party.organisation,
        persons: party.persons,
        visit: asked.visit,
        ..Default::default()
    };
    let key = asked.draft_key("note:new");
    let asked = StoredValue::new(asked);
    drafted(
        key,
        NoteForm {
            note,
            photo_expected: false,
        },
        move |draft| view! { <Form asked draft /> }.into_any(),
    )
}

#[component]
fn Form(asked: StoredValue<Asked>, draft: Draft<NoteForm>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let saving = Saving::new();
    let (fresh, busy, blank) = (new_photos(), RwSignal::new(false), RwSignal::new(false));
    asked.with_value(|asked| add_shared(draft, &asked.text));
    let save_now = move || {
        let note = draft
            .value
            .with_untracked(|form| form.note.note(clock::now(), NoteRole::Original));
        let Some(note) = note else {
            blank.set(true);
            return;
        };
        let party = Party::new(note.organisation, &note.persons);
        let filed = !party.is_empty() || note.visit.is_some();
        let said = if filed {
            t.note_saved()
        } else {
            t.note_saved_unfiled()
        };
        let home = asked.with_value(|asked| match (asked.subject(), party.address()) {
            // It was filed while it was written: its place is on that page.
            (None, Some(page)) => page,
            _ => asked.home(),
        });
        let mut change = Change::new();
        take_along(&mut change, &note.photos, fresh);
        change.create_as(random::new_id(), app.book.device(), note);
        saving.run(change, draft, said.to_owned(), home);
    };
    let save = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            pictures_ready(busy).await;
            // The page may have been left while it waited.
            if draft.value.try_with_untracked(|_| ()).is_some() {
                save_now();
            }
        });
    });
    let tools = NoteTools {
        fresh,
        busy,
        blank,
        save,
    };
    let anywhere = asked.with_value(|asked| asked.subject().is_none());
    view! {
        <div class="form note-form">
            <NoteFields draft tools about=true />
            {anywhere.then(|| view! { <Unfiled /> })}
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=move |_| save.run(())>
                {t.save_note()}
            </button>
        </div>
    }
}

/// Puts a text that was shared to the app under what an unfinished draft has already. A reload finds it there and adds
/// nothing.
fn add_shared(draft: Draft<NoteForm>, shared: &str) {
    let shared = shared.trim();
    let there = shared.is_empty()
        || draft
            .value
            .with_untracked(|form| form.note.text.contains(shared));
    if there {
        return;
    }
    draft.update(|form| {
        let words = &mut form.note.text;
        if !words.trim().is_empty() {
            words.push('\n');
        }
        words.push_str(shared);
    });
}
