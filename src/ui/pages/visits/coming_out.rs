//! What came out of a visit: its notes and the follow-ups it led to.

use leptos::prelude::*;
use leptos_router::components::A;

use super::choose_day::{day_words, moment_day};
use crate::domain::follow_up::FollowUp;
use crate::domain::id::Id;
use crate::domain::note::{NoteView, fold};
use crate::domain::record::{AnyBody, Entry};
use crate::i18n::visits::Visits;
use crate::state::live;
use crate::ui::pages::notes::NoteItem;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

#[component]
pub fn ComingOut(id: Id) -> impl IntoView {
    let t = text::<Visits>();
    let answer = live(move |store| async move {
        let mut notes = Vec::new();
        let mut follow_ups = Vec::new();
        for entry in store.linked(id).await?.entries {
            let envelope = entry.envelope;
            match entry.body {
                AnyBody::Note(body) => notes.push(Entry { envelope, body }),
                AnyBody::FollowUp(body) => follow_ups.push(Entry { envelope, body }),
                _ => {}
            }
        }
        follow_ups.sort_by_key(|entry| (entry.body.due.order(), entry.id()));
        Ok((fold(notes), follow_ups))
    });
    let follow_ups = move || {
        let found = answer.with(|answer| match answer {
            Some(Ok((_, follow_ups))) => follow_ups.clone(),
            _ => Vec::new(),
        });
        (!found.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t.follow_up()}</h2>
                    <ul class="rows">
                        {found.into_iter().map(|entry| view! { <li><FollowUpRow entry /></li> }).collect_view()}
                    </ul>
                </section>
            }
        })
    };
    let notes = move || {
        let found: Vec<NoteView> = answer.with(|answer| match answer {
            Some(Ok((notes, _))) => notes.clone(),
            _ => Vec::new(),
        });
        (!found.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t.notes()}</h2>
                    <ul class="rows">
                        {found
                            .into_iter()
                            .map(|note| view! { <li><NoteItem note on_page_of=id with_day=true /></li> })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    };
    view! {
        {follow_ups}
        {notes}
    }
}

#[component]
fn FollowUpRow(entry: Entry<FollowUp>) -> impl IntoView {
    let t = text::<Visits>();
    let sub = match &entry.body.done {
        Some(done) => t.done_on(moment_day(done)),
        None => t.due_in(day_words(entry.body.due.date)),
    };
    view! {
        <A href=format!("/follow-ups/{}", entry.id()) attr:class="row">
            <Glyph icon=if entry.body.done.is_some() { Icon::Check } else { Icon::FollowUp } />
            <span class="grow">
                <span class="title">{entry.body.text.clone()}</span>
                <span class="sub">{sub}</span>
            </span>
            <Glyph icon=Icon::Next />
        </A>
    }
}
