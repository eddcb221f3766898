//! Every clash that waits for a decision, the oldest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::clash::ClashCard;
use crate::domain::clash::Clash;
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::i18n::sync::Sync as Words;
use crate::state::book;
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::page::Page;
use crate::ui::words::text;

#[component]
pub fn ClashesPage() -> impl IntoView {
    let t = text::<Words>();
    // From a record's page only its own are asked about; the address says whose.
    let query = use_query_map();
    let of = Memo::new(move |_| {
        query.with(|query| query.get("record").and_then(|id| id.parse::<Id>().ok()))
    });
    let open = Memo::new(move |_| {
        let of = of.get();
        book().with_shelf(|shelf| {
            let clashes = match of {
                Some(record) => shelf.clashes_of(record),
                None => shelf.clashes(),
            };
            clashes.into_iter().cloned().collect::<Vec<Entry<Clash>>>()
        })
    });
    let some = Memo::new(move |_| open.with(|open| !open.is_empty()));
    // While the book is still being read there may be some to come.
    let none = move || {
        if book().loading.get().finished {
            view! { <Empty title=t.no_clashes() help=t.no_clashes_help() /> }.into_any()
        } else {
            view! { <Skeleton rows=2 /> }.into_any()
        }
    };
    view! {
        <Page title=t.clashes_title() back="/more">
            <Show
                when=move || some.get()
                fallback=none
            >
                <p class="section hint">{t.clashes_help()}</p>
            </Show>
            <For each=move || open.get() key={|entry: &Entry<Clash>| (entry.id(), entry.envelope.version, entry.envelope.changed_ms)} let:entry>
                <ClashCard entry />
            </For>
        </Page>
    }
}
