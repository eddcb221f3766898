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
use crate::state::live;
use crate::storage::Counts;
use crate::ui::pages::sync::QueueSection;
use crate::ui::parts::page::Page;
use crate::ui::words::text;

pub use rescue::{RescueExport, RestoreOnEmpty};

#[component]
pub fn StoragePage() -> impl IntoView {
    let t = text::<Words>();
    let rescue = text::<Rescue>().link();
    let counts = live(|store| async move { store.counts().await });
    let counts = Signal::derive_local(move || counts.get().and_then(Result::ok));
    view! {
        <Page title=t.storage_title() back="/more">
            <protection::Protection />
            <QueueSection />
            <A href="/more/rescue" attr:class="button">
                {rescue}
            </A>
            <backup::Backup counts />
            <contents::Contents counts />
            <drafts::Drafts />
            <contents::Unreadable counts />
        </Page>
    }
}

/// The counts of the page, once they are known.
type Known = Signal<Option<Counts>, LocalStorage>;
