//! Notes that nobody has been named in yet. They are found by search like any other; here they wait to be filed.

use std::collections::HashSet;

use leptos::prelude::*;
use leptos_router::components::A;

use super::correct::is_unfiled;
use crate::domain::id::Id;
use crate::domain::note::{Note, NoteRole, NoteView, fold};
use crate::domain::record::{AnyEntry, Entry, Kind};
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::state::live;
use crate::storage::{Store, StoreError};
use crate::ui::pages::visits::{day_words, time_words};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, store_error, text};

/// Notes read at a time.
const PAGE: u32 = 500;
/// The start of a note that its row shows, characters.
const START: usize = 120;

/// Read only when it is opened: no index leads to what belongs to nobody.
#[component]
pub fn Unfiled() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="unfiled" on:toggle=move |_| open.set(true)>
            <summary>{text::<Visits>().unfiled()}</summary>
            {move || open.get().then(|| view! { <List /> })}
        </details>
    }
}

#[component]
fn List() -> impl IntoView {
    let t = text::<Visits>();
    let answer = live(unfiled);
    move || {
        answer.with(|answer| match answer {
            None => view! { <Skeleton /> }.into_any(),
            Some(Err(error)) => view! { <Empty title=store_error(lang(), error) /> }.into_any(),
            Some(Ok(notes)) if notes.is_empty() => view! { <p class="hint">{t.unfiled_none()}</p> }.into_any(),
            Some(Ok(notes)) => {
                view! { <ul class="rows">{notes.iter().map(|note| view! { <li>{row(note)}</li> }).collect_view()}</ul> }
                    .into_any()
            }
        })
    }
}

fn row(note: &NoteView) -> impl IntoView + use<> {
    let t = text::<Visits>();
    let start: String = note.current.body.text.chars().take(START).collect();
    let title = if start.trim().is_empty() {
        t.photo().to_owned()
    } else {
        start
    };
    let when = note
        .written()
        .local()
        .map(|at| format!("{} {}", day_words(at.date_naive()), time_words(at.time())));
    view! {
        <A href=format!("/notes/{}/correct", note.current.id()) attr:class="row">
            <span class="grow">
                <span class="title">{title}</span>
                <span class="sub">{when} " · " {t.file_it()}</span>
            </span>
            <Glyph icon=Icon::Next />
        </A>
    }
}

async fn unfiled(store: Store) -> Result<Vec<NoteView>, StoreError> {
    let mut kept: Vec<Entry<Note>> = Vec::new();
    let mut after = None;
    loop {
        let page = store.page(Kind::Note, after, PAGE).await?;
        let notes = page
            .loaded
            .entries
            .into_iter()
            .filter_map(AnyEntry::downcast::<Note>);
        kept.extend(
            notes.filter(|note| is_unfiled(&note.body) || note.body.role != NoteRole::Original),
        );
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
        clock::yield_now().await;
    }
    // Of the notes of clients only corrections and retractions are here, and they stand for themselves.
    let begun: HashSet<Id> = kept
        .iter()
        .filter(|note| is_unfiled(&note.body))
        .map(Entry::id)
        .collect();
    let mut views = fold(kept);
    views.retain(|view| {
        !view.retracted && begun.contains(&view.current.id()) && is_unfiled(&view.current.body)
    });
    Ok(views)
}
