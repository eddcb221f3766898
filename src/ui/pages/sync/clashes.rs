//! Every clash that waits for a decision, the oldest first.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::clash::ClashCard;
use crate::domain::clash::Clash;
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::i18n::sync::Sync as Words;
use crate::state::book;
use crate::ui::parts::empty::Empty;
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
    view! {
        <Page title=t.clashes_title() back="/more">
            <Show
                when=move || some.get()
                fallback=move || view! { <Empty title=t.no_clashes() help=t.no_clashes_help() /> }
            >
                <p class="section hint">{t.clashes_help()}</p>
            </Show>
            <For each=move || open.get() key=|entry| entry.id() let:entry>
                <ClashCard entry />
            </For>
        </Page>
    }
}
