//! One note as it is read: its words, what was corrected, and the taps that correct or retract it.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::id::Id;
use crate::domain::note::{Note, NoteRole, NoteView};
use crate::domain::record::Entry;
use crate::domain::time::Moment;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::state::{Change, app};
use crate::ui::pages::visits::{Party, day_words, party_names, time_words};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::photos::PhotoStrip;
use crate::ui::words::text;

/// Longer texts are cut until somebody asks for all of them, characters: a pasted book must not slow the page down.
const CUT: usize = 1_500;

#[component]
pub fn NoteItem(
    note: NoteView,
    /// The record whose page this is: it need not be named again.
    on_page_of: Id,
    /// Whether the day is said too; a timeline says it above.
    #[prop(optional)]
    with_day: bool,
) -> impl IntoView {
    let t = text::<Visits>();
    let when = when(note.written(), with_day);
    if note.retracted {
        let restore = {
            let note = note.clone();
            move |_| answer(&note, NoteRole::Restoration { of: note.id })
        };
        return view! {
            <div class="note-gone">
                <p>{t.retracted_at(when)}</p>
                <button type="button" class="button" data-kind="quiet" on:click=restore>{t.restore()}</button>
            </div>
        }
        .into_any();
    }
    let body = note.current.body.clone();
    let party = Party::new(body.organisation, &body.persons);
    let names = move || party_names(&party, Some(on_page_of));
    let visit = body.visit.filter(|id| *id != on_page_of);
    let correct = format!("/notes/{}/correct", note.current.id());
    let retract = {
        let note = note.clone();
        move |_| answer(&note, NoteRole::Retraction { of: note.id })
    };
    let photos = body.photos.clone();
    view! {
        <article class="note" aria-label=when.clone()>
            <header class="note-head">
                <p class="grow">
                    <b>{when.clone()}</b>
                    " "
                    {names}
                    {visit.map(|id| view! { " " <A href=format!("/visits/{id}")>{t.of_a_visit()}</A> })}
                </p>
                <A href=correct attr:class="icon-button" attr:aria-label=format!("{} {when}", t.correct())>
                    <Glyph icon=Icon::Edit />
                </A>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=format!("{} {when}", t.retract())
                    on:click=retract
                >
                    <Glyph icon=Icon::Cross />
                </button>
            </header>
            <Words words=body.text.clone() />
            <TagRow note=body />
            {(!photos.is_empty()).then(|| view! { <PhotoStrip photos=Signal::stored(photos) /> })}
            <Earlier note />
        </article>
    }
    .into_any()
}

/// `10:47`, or `11月23日 星期一 10:47`, on the wall clock of where it was written.
fn when(at: &Moment, with_day: bool) -> String {
    let Some(local) = at.local() else {
        return String::new();
    };
    let time = time_words(local.time());
    if with_day {
        format!("{} {time}", day_words(local.date_naive()))
    } else {
        time
    }
}

/// A text with its line breaks, cut while it is long.
#[component]
fn Words(words: String) -> impl IntoView {
    let cut = words.char_indices().nth(CUT).map(|(at, _)| at);
    let Some(cut) = cut else {
        return view! { <p class="note-text">{words}</p> }.into_any();
    };
    let count = words.chars().count();
    let all = RwSignal::new(false);
    let words = StoredValue::new(words);
    let shown = move || {
        words.with_value(|words| match all.get() {
            true => words.clone(),
            // The position is a character's own, so it lies on a boundary.
            false => format!("{}…", words.get(..cut).unwrap_or(words)),
        })
    };
    view! {
        <p class="note-text">{shown}</p>
        <Show when=move || !all.get()>
            <button type="button" class="button" data-kind="quiet" on:click=move |_| all.set(true)>
                {text::<Visits>().show_all_text(count)}
            </button>
        </Show>
    }
    .into_any()
}

#[component]
fn TagRow(note: Note) -> impl IntoView {
    let values = text::<Values>();
    (!note.tags.is_empty()).then(|| {
        view! {
            <p class="note-tags">
                {note
                    .tags
                    .iter()
                    .map(|tag| view! { <span class="tag">{values.tag(*tag)}</span> " " })
                    .collect_view()}
            </p>
        }
    })
}

/// When it was corrected, and what it said before.
#[component]
fn Earlier(note: NoteView) -> impl IntoView {
    let t = text::<Visits>();
    (!note.earlier.is_empty()).then(|| {
        let corrected = moment(&note.current);
        view! {
            <details class="note-earlier">
                <summary>{t.corrected_at(corrected)} " · " {t.earlier_wordings(note.earlier.len())}</summary>
                {note
                    .earlier
                    .into_iter()
                    .map(|before| {
                        view! {
                            <p class="hint">{t.written_at(moment(&before))}</p>
                            <Words words=before.body.text />
                        }
                    })
                    .collect_view()}
            </details>
        }
    })
}

/// When an entry was made, as the device that made it said.
fn moment(note: &Entry<Note>) -> String {
    let local = note.envelope.created.at.local();
    let day = |day: NaiveDate| day_words(day);
    local
        .map(|at| format!("{} {}", day(at.date_naive()), time_words(at.time())))
        .unwrap_or_default()
}

/// Writes the entry that retracts or restores a note. It belongs to the same records, so it reaches the same pages.
fn answer(note: &NoteView, role: NoteRole) {
    let app = app();
    let t = text::<Visits>();
    let said = if matches!(role, NoteRole::Restoration { .. }) {
        t.restored_saved()
    } else {
        t.retracted_saved()
    };
    let entry = Note {
        text: String::new(),
        tags: Vec::new(),
        photos: Vec::new(),
        at: clock::now(),
        role,
        ..note.current.body.clone()
    };
    let mut change = Change::new();
    change.create(app.book.device(), entry);
    leptos::task::spawn_local(async move {
        app.book
            .commit_and_say(change, said.to_owned(), app.settings)
            .await;
    });
}
