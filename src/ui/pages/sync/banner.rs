//! Where clashes are told of besides their own page: on the record, and in the menu.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::id::Id;
use crate::i18n::sync::Sync as Words;
use crate::state::book;
use crate::ui::addresses::clashes_of;
use crate::ui::words::text;

/// On a record's page: this was changed on both sides.
#[component]
pub fn ClashBanner(record: Id) -> impl IntoView {
    let t = text::<Words>();
    let count = Memo::new(move |_| book().with_shelf(|shelf| shelf.clashes_of(record).len()));
    let words = move || match count.get() {
        1 => t.both_changed().to_owned(),
        n => t.both_changed_count(n),
    };
    view! {
        <Show when=move || count.get() != 0>
            <div class="banner clash-banner">
                <p>{words}</p>
                <A href=clashes_of(record) attr:class="button">{t.choose()}</A>
            </div>
        </Show>
    }
}

/// In the menu: how many wait. Nothing when none does.
#[component]
pub fn ClashCount() -> impl IntoView {
    let t = text::<Words>();
    let count = open_clashes();
    move || {
        (count.get() != 0).then(
            || view! { <span class="tag open-clashes" data-kind="wait">{t.open_clashes(count.get())}</span> },
        )
    }
}

pub fn open_clashes() -> Memo<usize> {
    Memo::new(move |_| book().with_shelf(|shelf| shelf.clashes().len()))
}
