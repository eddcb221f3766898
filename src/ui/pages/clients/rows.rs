//! A row of the list: who, and how things stand with them in one sentence.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::kit::{day_of, days_from, dotted};
use crate::domain::id::Id;
use crate::domain::organisation::Tier;
use crate::domain::shelf::Shelf;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::platform::{clock, intl};
use crate::state::{book, live};
use crate::ui::words::{lang, text};

/// How far ahead a row tells of the next appointment, days.
const AHEAD_DAYS: u64 = 366;

/// The nearest open day of each client and contact.
pub type NextDays = Memo<Arc<HashMap<Id, NaiveDate>>>;

pub fn next_days() -> NextDays {
    let open = live(|store| async move {
        store
            .due_until(clock::today() + Days::new(AHEAD_DAYS))
            .await
    });
    Memo::new(move |_| {
        open.with(|open| {
            let mut nearest: HashMap<Id, NaiveDate> = HashMap::new();
            let entries = open.iter().flatten().flat_map(|loaded| &loaded.entries);
            for (id, day) in entries.flat_map(|entry| {
                entry
                    .body
                    .links()
                    .into_iter()
                    .zip(std::iter::repeat(entry.body.due()))
            }) {
                let Some(day) = day else { continue };
                let at = nearest.entry(id).or_insert(day);
                *at = (*at).min(day);
            }
            Arc::new(nearest)
        })
    })
}

#[component]
pub fn TierBadge(tier: Option<Tier>) -> impl IntoView {
    let t = text::<Clients>();
    let name = tier.map_or("–", |tier| text::<Values>().tier(tier));
    let label = tier.map(|_| format!("{} {name}", t.tier()));
    let hidden = tier.is_none().then_some("true");
    view! {
        <span class="tier" data-tier=name aria-hidden=hidden>
            {label.map(|label| view! { <span class="sr">{label}</span> })} <span aria-hidden="true">{name}</span>
        </span>
    }
}

#[component]
pub fn ClientRow(id: Id, search: Memo<String>, next: NextDays) -> impl IntoView {
    let han_first = lang().is_han();
    let path = use_location().pathname;
    let here = format!("/clients/{id}");
    let href = {
        let here = here.clone();
        move || format!("{here}{}", search.get())
    };
    let current = move || path.with(|path| *path == here).then_some("true");
    book().with_shelf(|shelf| {
        let entry = shelf.organisation(id)?;
        let (first, second) = entry.body.names(han_first);
        let tier = entry.body.tier;
        let due = next.with(|next| next.get(&id).copied());
        Some(view! {
            <a class="row list-row" href=href aria-current=current>
                <TierBadge tier />
                <span class="grow">
                    <span class="title">{first.to_owned()}</span>
                    {second.map(|second| view! { <span class="sub">{second.to_owned()}</span> })}
                    <span class="sub">{standing(shelf, id, due)}</span>
                </span>
            </a>
        })
    })
}

fn standing(shelf: &Shelf, id: Id, due: Option<NaiveDate>) -> String {
    let t = text::<Clients>();
    let today = clock::today();
    let contacted = match shelf.last_contact_ms(id) {
        Some(at_ms) => t.contacted(days_from(today, day_of(at_ms))),
        None => t.never_contacted().to_owned(),
    };
    let next = due.map(|day| match (today - day).num_days() {
        late if late > 0 => t.due_late(late),
        _ => t.due(intl::date_short(lang().tag(), day)),
    });
    dotted(next.into_iter().chain([contacted]))
}

#[component]
pub fn PersonRow(id: Id, search: Memo<String>) -> impl IntoView {
    let t = text::<Clients>();
    let han_first = lang().is_han();
    let path = use_location().pathname;
    let here = format!("/people/{id}");
    let href = {
        let here = here.clone();
        move || format!("{here}{}", search.get())
    };
    let current = move || path.with(|path| *path == here).then_some("true");
    book().with_shelf(|shelf| {
        let body = &shelf.person(id)?.body;
        let (first, second) = body.names(han_first);
        let company = body.organisation.and_then(|id| shelf.organisation(id));
        let company = company.map(|entry| entry.body.names(han_first).0.to_owned()).unwrap_or_default();
        let role = body.role.map(|role| text::<Values>().role(role).to_owned()).unwrap_or_default();
        let work = dotted([body.title.clone(), role]);
        Some(view! {
            <a class="row list-row" href=href aria-current=current>
                <span class="grow">
                    <span class="title">{first} {second.map(|second| view! { <span class="second">{second}</span> })}</span>
                    <span class="sub">{company}</span>
                    <span class="sub">{work}</span>
                </span>
                {body.opted_out().then(|| view! { <span class="tag" data-kind="stop">{t.opted_out()}</span> })}
            </a>
        })
    })
}
