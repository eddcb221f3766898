//! The first screen: what is under way, planned, due and overdue, from the open items alone.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use super::more::Banners;
use crate::domain::follow_up::FollowUp;
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, AnyEntry, Entry};
use crate::domain::today::{Item, Today, today};
use crate::domain::visit::{Step, Visit, VisitStatus};
use crate::i18n::canvass::Canvass;
use crate::i18n::today::Today as Words;
use crate::i18n::values::Values;
use crate::platform::{clock, intl, view};
use crate::state::{Change, app, book, live};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::shell::QueueChip;
use crate::ui::words::{lang, store_error, text};

/// How far ahead the list looks, days.
const AHEAD_DAYS: u64 = 7;

#[component]
pub fn DayList() -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let date = view::today_signal();
    let items = live(move |store| {
        let until = date.get_untracked() + chrono::Days::new(AHEAD_DAYS);
        async move {
            let loaded = store.due_until(until).await?;
            // The names of exactly these clients are needed before the lists are filled.
            let ids = loaded
                .entries
                .iter()
                .flat_map(|entry| entry.body.links())
                .collect::<Vec<_>>();
            let parties = store.get_many(&ids).await?;
            Ok((loaded.entries, parties))
        }
    });
    let heading = move || {
        let date = date.get();
        view! { <h1 class="day-head">{intl::date_short(tag, date)}<small>{intl::weekday(tag, date)}</small></h1> }
    };
    view! {
        <div class="bar">{heading} <QueueChip /></div>
        <Banners />
        {move || match items.get() {
            None => view! { <Skeleton /> }.into_any(),
            Some(Err(error)) => view! { <Empty title=store_error(lang(), &error) /> }.into_any(),
            Some(Ok((open, parties))) => {
                let walks = walks(&open, &parties);
                let day = today(open.into_iter().filter_map(item), date.get());
                view! {
                    <Walks walks />
                    <Day day date=date.get() parties />
                }
                .into_any()
            }
        }}
        <DemoBanner />
        <p class="sr" role="status">{t.today_read_out()}</p>
    }
}

/// Walks under way, the newest first, each with its tower's name.
fn walks(open: &[AnyEntry], parties: &[AnyEntry]) -> Vec<(Id, String)> {
    let han = lang().is_han();
    let name = |building: Id| {
        parties
            .iter()
            .find(|entry| entry.id() == building && !entry.envelope.deleted)
            .and_then(|entry| match &entry.body {
                AnyBody::Building(body) => Some(body.name(han).to_owned()),
                _ => None,
            })
    };
    let mut walks: Vec<(Id, String)> = open
        .iter()
        .filter_map(|entry| match &entry.body {
            AnyBody::Run(run) => Some((entry.id(), name(run.building)?)),
            _ => None,
        })
        .collect();
    walks.sort_unstable_by(|a, b| b.cmp(a));
    walks
}

/// The way back into a walk, first thing of the day.
#[component]
fn Walks(walks: Vec<(Id, String)>) -> impl IntoView {
    let t = text::<Canvass>();
    let rows = walks
        .into_iter()
        .map(|(run, tower)| {
            view! {
                <li>
                    <A href=format!("/runs/{run}") attr:class="row">
                        <Glyph icon=Icon::Tower />
                        <span class="grow">
                            <span class="title">{t.go_on()}</span>
                            <span class="sub">{tower}</span>
                        </span>
                        <Glyph icon=Icon::Next />
                    </A>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| view! { <ul class="rows walks-today">{rows}</ul> })
}

fn item(entry: AnyEntry) -> Option<Item> {
    let envelope = entry.envelope;
    match entry.body {
        AnyBody::Visit(body) => Some(Item::Visit(Entry { envelope, body })),
        AnyBody::FollowUp(body) => Some(Item::FollowUp(Entry { envelope, body })),
        _ => None,
    }
}

#[component]
fn Day(day: Today, date: NaiveDate, parties: Vec<AnyEntry>) -> impl IntoView {
    let t = text::<Words>();
    if day.is_empty() {
        return view! { <NothingToDo /> }.into_any();
    }
    let parties = StoredValue::new_local(parties);
    let part = move |title: &'static str, kind: &'static str, items: Vec<Item>| {
        (!items.is_empty()).then(|| {
            view! {
                <section class="section" data-kind=kind>
                    <h2>{title} <span class="count">{items.len()}</span></h2>
                    <ul class="rows">
                        {items
                            .into_iter()
                            .map(|item| view! { <li><DayRow item date parties /></li> })
                            .collect_view()}
                    </ul>
                </section>
            }
        })
    };
    let free = day.now.is_empty() && day.planned.is_empty() && day.due.is_empty();
    view! {
        {part(t.now(), "now", day.now)}
        {part(t.planned(), "planned", day.planned)}
        {part(t.due(), "due", day.due)}
        {part(t.overdue(), "late", day.overdue)}
        {free.then(|| view! { <FreeDay /> })}
        {part(t.ahead(), "ahead", day.ahead)}
    }
    .into_any()
}

#[component]
fn DayRow(
    item: Item,
    date: NaiveDate,
    parties: StoredValue<Vec<AnyEntry>, LocalStorage>,
) -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let (appointment, href, title, sub) = match &item {
        Item::Visit(visit) => (
            visit.body.when.clone(),
            format!("/visits/{}", visit.id()),
            party(&visit.body.organisation, &visit.body.persons, parties),
            visit_line(&visit.body),
        ),
        Item::FollowUp(follow_up) => (
            follow_up.body.due.clone(),
            format!("/follow-ups/{}", follow_up.id()),
            follow_up.body.text.clone(),
            party(
                &follow_up.body.organisation,
                &follow_up.body.persons,
                parties,
            ),
        ),
    };
    let when = if appointment.date == date {
        let time = appointment.time.map(|time| intl::time(tag, time));
        view! { <span class="when">{time.unwrap_or_else(|| t.any_time().to_owned())}</span> }
            .into_any()
    } else {
        let late = (date - appointment.date).num_days();
        let small = if late > 0 {
            t.days_late(late)
        } else {
            intl::weekday_short(tag, appointment.date)
        };
        view! { <span class="when">{intl::date_short(tag, appointment.date)}<small>{small}</small></span> }.into_any()
    };
    let path = use_location().pathname;
    let here = href.clone();
    let current = move || path.with(|path| *path == here).then_some("true");
    view! {
        <div class="line day-row">
            <A href=href attr:class="row" attr:aria-current=current>
                {when}
                <span class="grow">
                    <span class="title">{title}</span>
                    <span class="sub">{sub}</span>
                </span>
            </A>
            <NextStep item />
        </div>
    }
}

/// The tap that moves the item on, without opening it.
#[component]
fn NextStep(item: Item) -> impl IntoView {
    let t = text::<Words>();
    match item {
        Item::Visit(visit) => {
            let (label, icon) = match visit.body.status {
                VisitStatus::InProgress => (t.finish(), Icon::Check),
                _ => (t.start(), Icon::Next),
            };
            let tap = move |_| step_visit(visit.clone());
            view! { <button type="button" class="icon-button" aria-label=label title=label on:click=tap><Glyph icon /></button> }
                .into_any()
        }
        Item::FollowUp(follow_up) => {
            let tap = move |_| finish_follow_up(follow_up.clone());
            view! {
                <button type="button" class="icon-button" aria-label=t.mark_done() title=t.mark_done() on:click=tap>
                    <Glyph icon=Icon::Check />
                </button>
            }
            .into_any()
        }
    }
}

/// Starts a planned visit or ends one under way, by the tap's time.
fn step_visit(visit: Entry<Visit>) {
    let app = app();
    let now = clock::now();
    let step = if visit.body.status == VisitStatus::InProgress {
        Step::Finish(now)
    } else {
        Step::Start(now)
    };
    // Only open visits are in the list, and both steps fit those; a visit closed meanwhile in another tab stays as it is.
    let Ok(next) = visit.body.step(step) else {
        return;
    };
    let said = text::<Values>().status(next.status).to_owned();
    let mut change = Change::new();
    change.edit(visit.into_any(), next);
    leptos::task::spawn_local(async move {
        app.book.commit_and_say(change, said, app.settings).await;
    });
}

fn finish_follow_up(follow_up: Entry<FollowUp>) {
    let app = app();
    let done = FollowUp {
        done: Some(clock::now()),
        ..follow_up.body.clone()
    };
    let said = text::<Words>().done_note().to_owned();
    let mut change = Change::new();
    change.edit(follow_up.into_any(), done);
    leptos::task::spawn_local(async move {
        app.book.commit_and_say(change, said, app.settings).await;
    });
}

/// Whom an item is about, from what was read with the day.
fn party(
    organisation: &Option<Id>,
    persons: &[Id],
    parties: StoredValue<Vec<AnyEntry>, LocalStorage>,
) -> String {
    let han_first = lang().is_han();
    let name = |id: Id| {
        parties.with_value(|parties| {
            parties
                .iter()
                .find(|entry| entry.id() == id)
                .map(|entry| match &entry.body {
                    AnyBody::Organisation(body) => body.names(han_first).0.to_owned(),
                    AnyBody::Person(body) => body.names(han_first).0,
                    _ => String::new(),
                })
        })
    };
    let names: Vec<String> = organisation
        .iter()
        .chain(persons)
        .filter_map(|id| name(*id))
        .collect();
    names.join(" · ")
}

fn visit_line(visit: &Visit) -> String {
    let values = text::<Values>();
    let mut parts = vec![values.channel(visit.channel).to_owned()];
    parts.push(if visit.goal.is_empty() {
        values.visit_kind(visit.kind).to_owned()
    } else {
        visit.goal.clone()
    });
    parts.join(" · ")
}

#[component]
fn FreeDay() -> impl IntoView {
    let t = text::<Words>();
    view! {
        <Empty title=t.free_day() help=t.free_day_help()>
            <A href="/visits/new" attr:class="button">{t.plan_visit()}</A>
        </Empty>
    }
}

/// Nothing open at all: a new book, or a quiet week.
#[component]
fn NothingToDo() -> impl IntoView {
    let t = text::<Words>();
    let loading = book().loading;
    let has_clients = move || {
        book().with_shelf(|shelf| {
            shelf.organisations().next().is_some() || shelf.leads().next().is_some()
        })
    };
    move || {
        if has_clients() {
            view! {
                <Empty title=t.free_day() help=t.free_day_help()>
                    <A href="/visits/new" attr:class="button" attr:data-kind="seal">{t.plan_visit()}</A>
                    <A href="/notes/new" attr:class="button">{t.write_note()}</A>
                </Empty>
            }
            .into_any()
        } else if loading.get().finished {
            view! {
                <Empty title=t.welcome() help=t.welcome_help()>
                    <A href="/clients/new" attr:class="button" attr:data-kind="seal">{t.add_client()}</A>
                    <A href="/import" attr:class="button">{t.import_list()}</A>
                    <super::exchange::DemoButton />
                </Empty>
            }
            .into_any()
        } else {
            view! { <Skeleton /> }.into_any()
        }
    }
}

/// Says that what is shown is invented, with the one step that removes it.
#[component]
fn DemoBanner() -> impl IntoView {
    view! { <super::exchange::DemoRemoval /> }
}
