//! A correction is another entry: the earlier wording stays readable behind it.

use leptos::prelude::*;

use super::fields::{NoteFields, NoteForm, NoteTools};
use crate::domain::id::Id;
use crate::domain::note::{Note, NoteDraft, NoteRole, NoteView, fold};
use crate::domain::record::{AnyEntry, Body, Entry};
use crate::i18n::common::Common;
use crate::i18n::visits::Visits;
use crate::platform::{clock, random};
use crate::state::{App, Change, Draft, app};
use crate::storage::{Store, StoreError};
use crate::ui::pages::visits::{Onward, Party, drafted, pictures_ready, route_id, with_record};
use crate::ui::parts::empty::Skeleton;
use crate::ui::parts::page::Page;
use crate::ui::parts::photos::{new_photos, take_along};
use crate::ui::words::text;

#[component]
pub fn CorrectNote() -> impl IntoView {
    with_record(route_id(), |note| view! { <Correct note /> }.into_any())
}

#[component]
fn Correct(note: RwSignal<Entry<Note>, LocalStorage>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let asked = note.get_untracked();
    let current = RwSignal::new_local(None::<Entry<Note>>);
    leptos::task::spawn_local(async move {
        let newest = match app.book.store() {
            Ok(store) => newest_wording(store, asked.clone()).await,
            Err(error) => Err(error),
        };
        match newest {
            Ok(newest) => current.try_set(Some(newest)),
            Err(error) => {
                app.book.report(&error, app.settings);
                current.try_set(Some(asked))
            }
        };
    });
    let back = note.with_untracked(|note| home(&note.body));
    view! {
        <Page title=t.correct_note() back=back>
            {move || match current.get() {
                None => view! { <Skeleton /> }.into_any(),
                Some(current) => {
                    let draft = NoteForm { note: draft_of(&current.body), photo_expected: false };
                    let key = format!("note:{}", current.id());
                    let current = StoredValue::new_local(current);
                    drafted(key, draft, move |draft| view! { <Form current draft /> }.into_any()).into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn Form(current: StoredValue<Entry<Note>, LocalStorage>, draft: Draft<NoteForm>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let onward = Onward::new();
    let saving = RwSignal::new(false);
    let (fresh, busy, blank) = (new_photos(), RwSignal::new(false), RwSignal::new(false));
    let save = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            pictures_ready(busy).await;
            if saving.try_get_untracked() != Some(false) {
                return;
            }
            let old = current.get_value();
            let Some(next) = correction(&old, &draft.value.get_untracked().note) else {
                blank.set(true);
                return;
            };
            let home = home(&next);
            if draft_of(&next) == draft_of(&old.body) {
                draft.discard(NoteForm {
                    note: draft_of(&old.body),
                    photo_expected: false,
                });
                onward.instead(&home);
                return;
            }
            saving.set(true);
            let mut change = Change::new();
            take_along(&mut change, &next.photos, fresh);
            let id = random::new_id();
            change.create_as(id, app.book.device(), next);
            draft.finish_with(&mut change);
            draft.finished();
            match app.book.commit(change).await {
                Ok(_) => {
                    let said = text_of(app).corrected_saved();
                    app.notices
                        .done_with_undo(said, move || put_back(app, id, old.body.clone()));
                    onward.instead(&home);
                }
                Err(error) => {
                    app.book.report(&error, app.settings);
                    if draft.value.try_with_untracked(|_| ()).is_some() {
                        draft.update(|_| {});
                    }
                }
            }
            saving.try_set(false);
        });
    });
    let tools = NoteTools {
        fresh,
        busy,
        blank,
        save,
    };
    // A filed note stays where it is: moving it would hide it from the page it was written for.
    let unfiled = current.with_value(|note| is_unfiled(&note.body));
    view! {
        <div class="form note-form">
            <NoteFields draft tools about=unfiled about_first=unfiled />
            <p class="hint">{t.correct_hint()}</p>
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=move |_| save.run(())>
                {t.save_correction()}
            </button>
        </div>
    }
}

/// Whether nobody has said yet whom the note is about.
pub fn is_unfiled(note: &Note) -> bool {
    note.links().is_empty()
}

fn draft_of(note: &Note) -> NoteDraft {
    NoteDraft {
        organisation: note.organisation,
        persons: note.persons.clone(),
        visit: note.visit,
        text: note.text.clone(),
        tags: note.tags.clone(),
        photos: note.photos.clone(),
    }
}

/// The entry that corrects `old`; `None` if nothing would be left of it.
fn correction(old: &Entry<Note>, draft: &NoteDraft) -> Option<Note> {
    let filed_now =
        is_unfiled(&old.body) && !Party::new(draft.organisation, &draft.persons).is_empty();
    // The client's page has only this entry of a note that is filed now, and shows it where it was written.
    let at = if filed_now {
        old.body.at.clone()
    } else {
        clock::now()
    };
    draft.note(at, NoteRole::Correction { of: old.id() })
}

/// Undoing a correction corrects once more, back to the earlier wording: nothing is ever taken out.
fn put_back(app: App, correction: Id, earlier: Note) {
    let role = NoteRole::Correction { of: correction };
    let mut change = Change::new();
    change.create(
        app.book.device(),
        Note {
            at: clock::now(),
            role,
            ..earlier
        },
    );
    leptos::task::spawn_local(async move {
        match app.book.commit(change).await {
            Ok(_) => app
                .notices
                .done(Common(app.settings.lang.get_untracked()).undone()),
            Err(error) => app.book.report(&error, app.settings),
        }
    });
}

/// What counts now of the note that was asked for: it may have been corrected since its address was made.
async fn newest_wording(store: Store, asked: Entry<Note>) -> Result<Entry<Note>, StoreError> {
    Ok(wording(store, asked).await?.current)
}

/// The note as it reads now, with its earlier wordings, whichever of them was asked for.
pub async fn wording(store: Store, asked: Entry<Note>) -> Result<NoteView, StoreError> {
    let alone = |note: Entry<Note>| NoteView {
        id: note.id(),
        current: note,
        earlier: Vec::new(),
        retracted: false,
    };
    let Some(link) = asked.body.links().first().copied() else {
        return Ok(alone(asked));
    };
    let notes = store
        .linked(link)
        .await?
        .entries
        .into_iter()
        .filter_map(AnyEntry::downcast::<Note>)
        .collect();
    let view = fold(notes).into_iter().find(|view| {
        view.current.id() == asked.id() || view.earlier.iter().any(|note| note.id() == asked.id())
    });
    Ok(view.unwrap_or_else(|| alone(asked)))
}

pub fn home(note: &Note) -> String {
    let page = Party::new(note.organisation, &note.persons).address();
    page.or_else(|| note.visit.map(|id| format!("/visits/{id}")))
        .unwrap_or_else(|| "/".to_owned())
}

fn text_of(app: App) -> Visits {
    Visits(app.settings.lang.get_untracked())
}
