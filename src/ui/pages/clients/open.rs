//! What is still to be done with a client or contact, and the sentence that says how things stand.

use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;

use super::kit::{day_of, day_words, days_from};
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, AnyEntry};
use crate::domain::time::YEARS;
use crate::domain::visit::VisitStatus;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::platform::{intl, view};
use crate::state::{book, live};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

/// An open visit or follow-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    id: Id,
    is_visit: bool,
    under_way: bool,
    day: NaiveDate,
    time: Option<NaiveTime>,
    what: String,
}

/// A record and everything that was merged into it: all of them may be named by visits and notes.
pub fn with_merged(id: Id) -> Vec<Id> {
    book().with_shelf(|shelf| [id].into_iter().chain(shelf.merged_from(id)).collect())
}

/// Open items of these records, the nearest first.
pub fn open_items(ids: Signal<Vec<Id>>) -> Memo<Vec<Open>> {
    let values = text::<Values>();
    let all = live(|store| async move {
        let end = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).unwrap_or(NaiveDate::MAX);
        store.due_until(end).await
    });
    Memo::new(move |_| {
        let ids = ids.get();
        all.with(|all| {
            let entries = all.iter().flatten().flat_map(|loaded| &loaded.entries);
            let mine =
                entries.filter(|entry| entry.body.links().iter().any(|link| ids.contains(link)));
            let mut open: Vec<Open> = mine.filter_map(|entry| open_item(entry, values)).collect();
            open.sort_by_key(|item| (!item.under_way, item.day, item.time.is_none(), item.time));
            open
        })
    })
}

fn open_item(entry: &AnyEntry, values: Values) -> Option<Open> {
    let id = entry.id();
    match &entry.body {
        AnyBody::Visit(visit) => {
            let what = if visit.goal.is_empty() {
                values.channel(visit.channel).to_owned()
            } else {
                visit.goal.clone()
            };
            let under_way = visit.status == VisitStatus::InProgress;
            Some(Open {
                id,
                is_visit: true,
                under_way,
                day: visit.when.date,
                time: visit.when.time,
                what,
            })
        }
        AnyBody::FollowUp(body) => {
            let (day, time) = (body.due.date, body.due.time);
            Some(Open {
                id,
                is_visit: false,
                under_way: false,
                day,
                time,
                what: body.text.clone(),
            })
        }
        _ => None,
    }
}

/// Last contact and next appointment, as one sentence. Overdue is marked by words and tone.
#[component]
pub fn Pulse(#[prop(into)] ids: Signal<Vec<Id>>, open: Memo<Vec<Open>>) -> impl IntoView {
    let t = text::<Clients>();
    let today = view::today_signal();
    let last = move || {
        let at_ms = book().with_shelf(|shelf| {
            ids.get()
                .into_iter()
                .filter_map(|id| shelf.last_contact_ms(id))
                .max()
        });
        match at_ms {
            Some(at_ms) => t.pulse_contacted(days_from(today.get(), day_of(at_ms))),
            None => t.pulse_never().to_owned(),
        }
    };
    let next = move || {
        open.with(|open| match open.first() {
            Some(first) if first.day < today.get() && !first.under_way => (
                t.pulse_late(day_words(first.day), first.what.clone()),
                Some("true"),
            ),
            Some(first) => (t.pulse_due(day_words(first.day), first.what.clone()), None),
            None => (t.pulse_nothing().to_owned(), None),
        })
    };
    view! {
        <p class="pulse">
            {last} {t.and()} {move || {
                let (words, late) = next();
                view! { <span data-late=late>{words}</span> }
            }} {t.stop()}
        </p>
    }
}

/// The open items as rows; nothing where there are none.
#[component]
pub fn OpenItems(open: Memo<Vec<Open>>) -> impl IntoView {
    let t = text::<Clients>();
    view! {
        <Show when=move || open.with(|open| !open.is_empty())>
            <section class="section">
                <h2>{t.open_items()} <span class="count">{move || open.with(Vec::len)}</span></h2>
                <ul class="rows">
                    {move || open.get().into_iter().map(|item| view! { <li><OpenRow item /></li> }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn OpenRow(item: Open) -> impl IntoView {
    let tag = lang().tag();
    let (href, icon) = match item.is_visit {
        true => (format!("/visits/{}", item.id), Icon::Visit),
        false => (format!("/follow-ups/{}", item.id), Icon::FollowUp),
    };
    let time = item.time.map(|time| intl::time(tag, time));
    let small = match (item.under_way, time) {
        (true, _) => text::<Values>().status(VisitStatus::InProgress).to_owned(),
        (false, Some(time)) => time,
        (false, None) => intl::weekday_short(tag, item.day),
    };
    view! {
        <a class="row" href=href>
            <span class="when">{intl::date_short(tag, item.day)} <small>{small}</small></span>
            <span class="grow title">{item.what}</span>
            <Glyph icon />
        </a>
    }
}
