//! Everything that happened with a client or contact: notes and past visits, newest first, by day.

use std::rc::Rc;

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use leptos_router::components::A;

use super::item::NoteItem;
use crate::domain::id::Id;
use crate::domain::note::{NoteView, fold};
use crate::domain::record::{AnyBody, AnyEntry, Entry};
use crate::domain::visit::{Visit, VisitStatus};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::state::{book, live};
use crate::ui::pages::visits::{Party, day_words, party_names, time_words};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::photos::PhotoStrip;
use crate::ui::words::{lang, store_error, text};

/// Drawn at a time: a screen opens as fast with five thousand notes as with ten.
const PAGE: usize = 40;

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Note(NoteView),
    Visit(Entry<Visit>),
}

/// Something that happened, by the wall clock of where it did.
#[derive(Debug, Clone, PartialEq)]
struct Happened {
    at: NaiveDateTime,
    event: Event,
}

/// The timeline of a client or contact, with what was merged into it. It stands under a heading of the page's own.
#[component]
pub fn Timeline(id: Id) -> impl IntoView {
    let t = text::<Visits>();
    let book = book();
    let merged = Memo::new(move |_| book.with_shelf(|shelf| shelf.merged_from(id)));
    let answer = live(move |store| {
        let ids: Vec<Id> = std::iter::once(id).chain(merged.get()).collect();
        async move {
            let mut entries = Vec::new();
            for id in ids {
                entries.extend(store.linked(id).await?.entries);
            }
            Ok(Rc::new(timeline(entries)))
        }
    });
    let shown = RwSignal::new(PAGE);
    let list = move || match answer.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(error)) => view! { <Empty title=store_error(lang(), &error) /> }.into_any(),
        Some(Ok(all)) if all.is_empty() => {
            view! { <p class="hint">{t.timeline_empty()}</p> }.into_any()
        }
        Some(Ok(all)) => {
            let rest = all.len().saturating_sub(shown.get());
            let page = all.iter().take(shown.get()).cloned();
            view! {
                {by_day(page).into_iter().map(|(day, events)| view! { <Day day events id /> }).collect_view()}
                {(rest > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="button more" on:click=move |_| shown.update(|n| *n += PAGE)>
                                {text::<Common>().show_more(rest.min(PAGE))}
                            </button>
                        }
                    })}
            }
            .into_any()
        }
    };
    let about = move || {
        let of_person = book.with_shelf(|shelf| shelf.person(id).is_some());
        format!(
            "/notes/new?{}={id}",
            if of_person { "person" } else { "org" }
        )
    };
    view! {
        <div class="timeline">
            <A href=about attr:class="write-line">
                <Glyph icon=Icon::Note />
                {t.new_note()}
            </A>
            {list}
        </div>
    }
}

/// Folds the notes, leaves out the visits that are still to come, and puts both in order, newest first.
fn timeline(entries: Vec<AnyEntry>) -> Vec<Happened> {
    let mut notes = Vec::new();
    let mut visits = Vec::new();
    for entry in entries {
        let envelope = entry.envelope;
        match entry.body {
            AnyBody::Note(body) => notes.push(Entry { envelope, body }),
            AnyBody::Visit(body) if !body.status.is_open() => visits.push(Entry { envelope, body }),
            _ => {}
        }
    }
    visits.sort_by_key(Entry::id);
    visits.dedup_by_key(|visit| visit.id());
    let notes = fold(notes).into_iter().map(|note| Happened {
        at: note
            .written()
            .local()
            .map(|at| at.naive_local())
            .unwrap_or_default(),
        event: Event::Note(note),
    });
    let visits = visits.into_iter().map(|visit| Happened {
        at: visit_at(&visit.body),
        event: Event::Visit(visit),
    });
    let mut all: Vec<Happened> = notes.chain(visits).collect();
    // Stable, so notes of one instant keep the order that every device gives them.
    all.sort_by_key(|happened| std::cmp::Reverse(happened.at));
    all
}

/// When a visit took place: its start, or the day it was for. The tap that ended one noted afterwards says when it was
/// noted, not when it was.
fn visit_at(visit: &Visit) -> NaiveDateTime {
    let started = visit
        .started
        .as_ref()
        .and_then(|started| started.local())
        .map(|at| at.naive_local());
    started.unwrap_or_else(|| {
        visit
            .when
            .date
            .and_time(visit.when.time.unwrap_or_default())
    })
}

fn by_day(events: impl Iterator<Item = Happened>) -> Vec<(NaiveDate, Vec<Happened>)> {
    let mut days: Vec<(NaiveDate, Vec<Happened>)> = Vec::new();
    for event in events {
        let day = event.at.date();
        match days.last_mut() {
            Some((last, events)) if *last == day => events.push(event),
            _ => days.push((day, vec![event])),
        }
    }
    days
}

#[component]
fn Day(day: NaiveDate, events: Vec<Happened>, id: Id) -> impl IntoView {
    view! {
        <h3 class="day">{day_words(day)}</h3>
        <ul class="rows">
            {events
                .into_iter()
                .map(|happened| {
                    let event = match happened.event {
                        Event::Note(note) => view! { <NoteItem note on_page_of=id /> }.into_any(),
                        Event::Visit(visit) => view! { <PastVisit visit id /> }.into_any(),
                    };
                    view! { <li>{event}</li> }
                })
                .collect_view()}
        </ul>
    }
}

#[component]
fn PastVisit(visit: Entry<Visit>, id: Id) -> impl IntoView {
    let values = text::<Values>();
    let address = format!("/visits/{}", visit.id());
    let body = visit.body;
    let time = visit_time(&body);
    let party = Party::new(body.organisation, &body.persons);
    let names = move || party_names(&party, Some(id));
    let kind = format!(
        "{} · {}",
        values.channel(body.channel),
        values.visit_kind(body.kind)
    );
    let missed = body.status != VisitStatus::Done;
    let status = missed
        .then(|| view! { <span class="tag" data-kind="stop">{values.status(body.status)}</span> });
    let said = [&body.reason, &body.outcome, &body.observed, &body.next_step];
    let said: Vec<String> = said
        .into_iter()
        .filter(|words| !words.is_empty())
        .cloned()
        .collect();
    let said = if said.is_empty() {
        vec![body.goal.clone()]
    } else {
        said
    };
    let photos = body.photos.clone();
    view! {
        <A href=address attr:class="row past-visit">
            <Glyph icon=Icon::Visit />
            <span class="grow">
                <span class="title">{kind} " " {status}</span>
                <span class="sub">{time} " " {names}</span>
                {said.into_iter().map(|words| view! { <span class="said-line">{words}</span> }).collect_view()}
            </span>
            <Glyph icon=Icon::Next />
        </A>
        {(!photos.is_empty()).then(|| view! { <PhotoStrip photos=Signal::stored(photos) /> })}
    }
}

fn visit_time(visit: &Visit) -> Option<String> {
    let started = visit
        .started
        .as_ref()
        .and_then(|started| started.local())
        .map(|at| at.time());
    started.or(visit.when.time).map(time_words)
}
