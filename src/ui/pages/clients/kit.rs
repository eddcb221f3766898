//! What the pages of clients, contacts and leads share: reading the record of the address, its heading, and days in words.

use chrono::NaiveDate;
use leptos::html::H1;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::query::ListQuery;
use crate::domain::id::Id;
use crate::domain::record::{AnyEntry, Body, Entry};
use crate::domain::time::Moment;
use crate::i18n::common::Common;
use crate::platform::{clock, intl, lang, view};
use crate::state::live;
use crate::storage::{Store, StoreError};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::shell::QueueChip;
use crate::ui::words::{self, store_error, text};

/// A chain of merges is short; the bound keeps damaged data from hanging the page.
const MERGES_FOLLOWED: usize = 16;

/// The record the address names, or `None` when it names none.
pub fn id_param() -> Memo<Option<Id>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id").and_then(|text| text.parse().ok())))
}

/// A value that was given with the address when the screen opened.
pub fn asked(name: &str) -> Option<String> {
    use_query_map()
        .with_untracked(|query| query.get(name))
        .filter(|value| !value.is_empty())
}

/// A record that was named with the address, such as `?org=`.
pub fn asked_id(name: &str) -> Option<Id> {
    asked(name)?.parse().ok()
}

/// Shows the screen of the record in the address, anew for every record.
///
/// Keyed, because inputs of one record must never be taken over by the screen of another.
pub fn for_each_id(show: impl Fn(Id) -> AnyView + Clone + Send + 'static) -> impl IntoView {
    let id = id_param();
    let not_an_id = move || {
        id.get()
            .is_none()
            .then(|| view! { <NotFound back="/clients".to_owned() /> })
    };
    view! {
        <For each=move || id.get() key=|id| *id children=show />
        {not_an_id}
    }
}

/// Draws a form anew whenever `fill` counts up: the inputs themselves are new ones, whatever was typed into the old.
pub fn filled_anew(
    fill: RwSignal<u32>,
    form: impl Fn() -> AnyView + Clone + Send + 'static,
) -> impl IntoView {
    view! { <For each=move || [fill.get()] key=|turn| *turn children=move |_| form() /> }
}

#[derive(Debug, Clone, PartialEq)]
enum Found {
    Waiting,
    Missing,
    Failed(StoreError),
    There,
}

/// Reads a record, follows it into the one it was merged into, and shows it; `show` runs once and is told of later changes
/// by its signal, so that a change does not draw the whole page anew.
pub fn with_record<B>(
    id: Id,
    merged_into: fn(&B) -> Option<Id>,
    show: impl Fn(Memo<Entry<B>>) -> AnyView + Send + 'static,
) -> impl IntoView
where
    B: Body + Send + Sync,
{
    let answer = live(move |store| async move { read_followed(&store, id, merged_into).await });
    let found = Memo::new(move |_| {
        answer.with(|answer| match answer {
            None => Found::Waiting,
            Some(Err(error)) => Found::Failed(error.clone()),
            Some(Ok(None)) => Found::Missing,
            Some(Ok(Some(_))) => Found::There,
        })
    });
    let entry = Memo::new(move |last: Option<&Option<Entry<B>>>| {
        answer.with(|answer| match answer {
            Some(Ok(Some(entry))) => Some(entry.clone()),
            _ => last.cloned().flatten(),
        })
    });
    move || match (found.get(), entry.get_untracked()) {
        (Found::There, Some(first)) => show(Memo::new(move |_| {
            entry.get().unwrap_or_else(|| first.clone())
        })),
        (Found::Failed(error), _) => {
            view! { <Empty title=store_error(words::lang(), &error) /> }.into_any()
        }
        (Found::Missing, _) => view! { <NotFound back="/clients".to_owned() /> }.into_any(),
        (Found::Waiting | Found::There, _) => view! { <Skeleton /> }.into_any(),
    }
}

/// A record as it is now, for a form that is filled once: what others change meanwhile is merged when it is saved.
pub fn with_record_once<B>(
    id: Id,
    merged_into: fn(&B) -> Option<Id>,
    show: impl Fn(Entry<B>) -> AnyView + Send + 'static,
) -> impl IntoView
where
    B: Body + Send + Sync,
{
    with_record(id, merged_into, move |entry| show(entry.get_untracked()))
}

async fn read_followed<B: Body>(
    store: &Store,
    id: Id,
    merged_into: fn(&B) -> Option<Id>,
) -> Result<Option<Entry<B>>, StoreError> {
    let mut found = read(store, id).await?;
    for _ in 0..MERGES_FOLLOWED {
        let Some(into) = found.as_ref().and_then(|entry| merged_into(&entry.body)) else {
            break;
        };
        match read(store, into).await? {
            Some(next) => found = Some(next),
            None => break,
        }
    }
    Ok(found)
}

async fn read<B: Body>(store: &Store, id: Id) -> Result<Option<Entry<B>>, StoreError> {
    Ok(store
        .get(id)
        .await?
        .filter(|entry| !entry.envelope.deleted)
        .and_then(AnyEntry::downcast))
}

#[component]
pub fn NotFound(back: String) -> impl IntoView {
    let t = text::<Common>();
    view! {
        <Empty alone=true title=t.not_found() help=t.not_found_help()>
            <a class="button" href=back>{t.back()}</a>
        </Empty>
    }
}

/// The top of a record's page: a thin bar with the way back, and the record's names as one large heading.
#[component]
pub fn RecordHead(
    #[prop(into)] names: Signal<(String, Option<String>)>,
    #[prop(into)] back: String,
    #[prop(into)] tools: ViewFn,
) -> impl IntoView {
    let t = text::<Common>();
    let heading = NodeRef::<H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            view::focus_quietly(&heading);
        }
    });
    Effect::new(move || names.with(|(first, _)| lang::set_document_title(first)));
    view! {
        <header class="bar record-bar">
            <a class="icon-button only-phone" href=back aria-label=t.back()>
                <Glyph icon=Icon::Back />
            </a>
            <span class="grow"></span>
            <QueueChip />
            {tools.run()}
        </header>
        <h1 class="names" node_ref=heading tabindex="-1">
            {move || names.with(|(first, _)| first.clone())}
            {move || names.with(|(_, second)| second.clone()).map(|second| view! { <small>{second}</small> })}
        </h1>
    }
}

/// The list to go back to, filtered as it was left.
pub fn list_address() -> String {
    use_query_map().with_untracked(ListQuery::read).address()
}

/// The civil day of an instant, by the clock of this device.
pub fn day_of(at_ms: i64) -> NaiveDate {
    let now = clock::now();
    Moment { at_ms, ..now }.date().unwrap_or_else(clock::today)
}

/// `3 日前`, `昨天`: how far a day lies from today.
pub fn days_from(today: NaiveDate, day: NaiveDate) -> String {
    intl::relative_days(words::lang().tag(), (day - today).num_days())
}

/// `11月25日 星期三`: a day somebody has to keep.
pub fn day_words(day: NaiveDate) -> String {
    let tag = words::lang().tag();
    let join = if words::lang().is_han() { "" } else { ", " };
    format!(
        "{}{join}{}",
        intl::date_short(tag, day),
        intl::weekday_short(tag, day)
    )
}

/// Sentences that stand beside each other in a line of small facts.
pub fn dotted(parts: impl IntoIterator<Item = String>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
