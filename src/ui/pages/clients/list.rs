//! The list of clients, or of contacts: ordered and filtered by its address.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use super::filter::{FilterRow, Switch};
use super::query::{ListQuery, Which};
use super::roster::{Arranged, arrange};
use super::rows::{ClientRow, PersonRow, next_days};
use crate::domain::id::Id;
use crate::i18n::clients::Clients;
use crate::i18n::today::Today;
use crate::platform::{clock, view};
use crate::state::book;
use crate::ui::pages::exchange::DemoButton;
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::virtual_list::VirtualList;
use crate::ui::shell::QueueChip;
use crate::ui::words::{lang, text};

/// Height of a row, CSS pixels; the style holds the rows to it.
const ROW_PX: f64 = 72.0;
/// While records are still being read the list is put in order this often, milliseconds.
const READING_PAUSE_MS: u32 = 300;

#[component]
pub fn ClientList() -> impl IntoView {
    let t = text::<Clients>();
    let query = list_query();
    let arranged = in_order(query);
    let ids = RwSignal::new_local(Vec::<Id>::new());
    Effect::new(move || {
        arranged.with(|arranged| {
            if let Some(arranged) = arranged {
                ids.set(arranged.ids.clone());
            }
        });
    });
    let show = Memo::new(move |_| query.with(|query| query.show));
    let title = move || {
        if show.get() == Which::People {
            t.people()
        } else {
            t.title()
        }
    };
    let count = move || arranged.with(|a| a.as_ref().map(|a| a.ids.len()));
    view! {
        <div class="bar">
            <h1>{title} " " <span class="count">{count}</span></h1>
            <QueueChip />
        </div>
        <Switch show />
        <FilterRow query arranged />
        <Reading />
        <LeadsLine show />
        {move || match arranged.with(|a| a.as_ref().map(|a| (a.ids.is_empty(), a.total))) {
            None => view! { <Skeleton rows=8 /> }.into_any(),
            Some((true, total)) => view! { <NoRows query total /> }.into_any(),
            Some((false, _)) => view! { <Rows query show ids /> }.into_any(),
        }}
    }
}

/// The query of the address. Beside a record the list stays as it was; only a reload reads it from the record's address.
fn list_query() -> Memo<ListQuery> {
    let map = use_query_map();
    let path = use_location().pathname;
    Memo::new(move |last: Option<&ListQuery>| {
        let on_list = path.with(|path| path.trim_end_matches('/') == "/clients");
        match last {
            Some(last) if !on_list => last.clone(),
            _ => map.with(ListQuery::read),
        }
    })
}

/// The list in its order, put in order again whenever the book or the query changes, one run at a time.
fn in_order(query: Memo<ListQuery>) -> RwSignal<Option<Arranged>> {
    let book = book();
    let tag = lang().tag();
    let today = view::today_signal();
    let arranged = RwSignal::new(None);
    let wanted = StoredValue::new(0_u64);
    let running = StoredValue::new(false);
    Effect::new(move || {
        query.track();
        today.track();
        book.with_shelf(|_| ());
        wanted.update_value(|n| *n += 1);
        if running.get_value() {
            return;
        }
        running.set_value(true);
        leptos::task::spawn_local(async move {
            let mut done = 0;
            // The values are gone when the screen is.
            while let Some(turn) = wanted.try_get_value().filter(|turn| *turn != done) {
                let Some((asked, today)) = query.try_get_untracked().zip(today.try_get_untracked())
                else {
                    return;
                };
                let next = arrange(book, &asked, tag, today).await;
                done = turn;
                // Another filter was chosen meanwhile: what this run found belongs to the old one.
                if query.try_get_untracked().as_ref() == Some(&asked) {
                    // Nothing yet is not nothing: while the book is read an empty list says only that it waits.
                    let ready = next.total > 0 || book.loading.get_untracked().finished;
                    let news = arranged.try_with_untracked(|have| have.as_ref() != Some(&next))
                        == Some(true);
                    if ready && news {
                        arranged.try_set(Some(next));
                    }
                }
                if !book.loading.get_untracked().finished {
                    clock::sleep_ms(READING_PAUSE_MS).await;
                }
            }
            running.try_set_value(false);
        });
    });
    arranged
}

/// Says that the list is not whole yet, while it is not.
#[component]
fn Reading() -> impl IntoView {
    let t = text::<Clients>();
    let loading = book().loading;
    view! {
        <Show when=move || !loading.get().finished>
            <p class="hint reading" role="status">{move || t.reading(loading.get().read)}</p>
        </Show>
    }
}

#[component]
fn Rows(
    query: Memo<ListQuery>,
    show: Memo<Which>,
    ids: RwSignal<Vec<Id>, LocalStorage>,
) -> impl IntoView {
    let t = text::<Clients>();
    let search = Memo::new(move |_| query.with(ListQuery::search));
    let next = next_days();
    move || {
        let items: Signal<Vec<Id>, LocalStorage> = ids.into();
        if show.get() == Which::People {
            let row = move |id: Id| view! { <PersonRow id search /> }.into_any();
            view! { <VirtualList items row_px=ROW_PX row label=t.people() /> }.into_any()
        } else {
            let row = move |id: Id| view! { <ClientRow id search next /> }.into_any();
            view! { <VirtualList items row_px=ROW_PX row label=t.title() /> }.into_any()
        }
    }
}

#[component]
fn NoRows(query: Memo<ListQuery>, total: usize) -> impl IntoView {
    let t = text::<Clients>();
    let first = text::<Today>();
    let loading = book().loading;
    move || {
        let people = query.with(|query| query.show) == Which::People;
        if total > 0 {
            let title = if people {
                t.no_match_people()
            } else {
                t.no_match()
            };
            let all = query.with(|query| query.unfiltered().address());
            return view! {
                <Empty title=title help=t.no_match_help()>
                    <a class="button" href=all>{t.clear_filters()}</a>
                </Empty>
            }
            .into_any();
        }
        if !loading.get().finished {
            return view! { <Skeleton rows=8 /> }.into_any();
        }
        if people {
            return view! {
                <Empty title=t.no_people() help=t.no_people_help()>
                    <a class="button" data-kind="seal" href="/people/new">{t.add_person()}</a>
                    <a class="button" href="/import">{t.import_list()}</a>
                </Empty>
            }
            .into_any();
        }
        view! {
            <Empty title=t.no_clients() help=t.no_clients_help()>
                <a class="button" data-kind="seal" href="/clients/new">{first.add_client()}</a>
                <a class="button" href="/import">{first.import_list()}</a>
                <DemoButton />
            </Empty>
        }
        .into_any()
    }
}

/// How many rows of imported directories wait to be touched first.
#[component]
fn LeadsLine(show: Memo<Which>) -> impl IntoView {
    let t = text::<Clients>();
    let book = book();
    let waiting = Memo::new(move |_| {
        book.with_shelf(|shelf| {
            shelf
                .leads()
                .filter(|lead| lead.organisation.is_none())
                .count()
        })
    });
    view! {
        <Show when=move || waiting.get() != 0 && show.get() == Which::Clients>
            <a class="leads-line" href="/search?kind=lead">{move || t.leads_line(waiting.get())}</a>
        </Show>
    }
}
