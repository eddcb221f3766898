//! The honest state of the storage: whether it is safe, what is in it, and the way to a second copy and back.

mod backup;
mod contents;
mod drafts;
mod protection;
mod rescue;

use leptos::prelude::*;
use leptos_router::components::A;

use crate::i18n::exchange::Exchange as Words;
use crate::i18n::rescue::Rescue;
use crate::platform::{clock, intl};
use crate::state::{app, live};
use crate::storage::Counts;
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

pub use rescue::{RescueExport, RestoreOnEmpty};

#[component]
pub fn StoragePage() -> impl IntoView {
    let t = text::<Words>();
    let counts = live(|store| async move { store.counts().await });
    let counts = Signal::derive_local(move || counts.get().and_then(Result::ok));
    view! {
        <Page title=t.storage_title() back="/more">
            <protection::Protection />
            <Queue />
            <backup::Backup counts />
            <contents::Contents counts />
            <drafts::Drafts />
            <contents::Unreadable counts />
        </Page>
    }
}

/// What waits for upload, and that everything is here meanwhile.
#[component]
fn Queue() -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let rescue_link = text::<Rescue>().link();
    let outbox = app().book.outbox;
    let sentence = move || {
        let head = outbox.get();
        match head.oldest_ms.filter(|_| head.count > 0) {
            Some(oldest) => {
                let age = intl::relative_ms(tag, clock::now_ms() - oldest);
                format!("{} · {}", t.queue_count(head.count), t.queue_oldest(age))
            }
            None => t.queue_empty().to_owned(),
        }
    };
    view! {
        <section class="section">
            <h2>{t.queue()}</h2>
            <p class="fact">{sentence}</p>
            <p class="hint">{t.here_only()}</p>
            <A href="/more/rescue" attr:class="button" attr:data-kind="quiet">
                {rescue_link}
            </A>
        </section>
    }
}

/// The counts of the page, once they are known.
type Known = Signal<Option<Counts>, LocalStorage>;
