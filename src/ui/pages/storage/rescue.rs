//! When the book cannot be opened, or is gone: what can still be done.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::i18n::exchange::Exchange as Words;
use crate::i18n::problems::Problems;
use crate::i18n::rescue::Rescue;
use crate::platform::files::PickedFile;
use crate::platform::share;
use crate::state::app;
use crate::state::backup::{keep_waiting, rescue};
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::text;

/// On the screen that says the storage is gone: a new book, then the backup or the rescue file into it.
#[component]
pub fn RestoreOnEmpty() -> impl IntoView {
    let app = app();
    let navigate = use_navigate();
    let to_rescue = navigate.clone();
    let pick = move |file: PickedFile| {
        // The storage page takes it from there, with its progress and its report.
        keep_waiting(file);
        navigate("/more/storage", Default::default());
        leptos::task::spawn_local(app.book.start_afresh());
    };
    let open_rescue = move |_| {
        to_rescue("/more/rescue", Default::default());
        leptos::task::spawn_local(app.book.start_afresh());
    };
    view! {
        <PickFile label={text::<Problems>().restore()} on_pick=Callback::new(pick) />
        <button type="button" class="button" on:click=open_rescue>
            {text::<Rescue>().open_title()}
        </button>
    }
}

/// On the screen that says the book cannot be opened: its rows as they lie there.
#[component]
pub fn RescueExport() -> impl IntoView {
    let t = text::<Words>();
    let busy = RwSignal::new(false);
    let said = RwSignal::new(None::<&'static str>);
    let save = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = match rescue().await {
                Ok(Some(file)) => {
                    match share::share_or_save(&file.name, file.mime, &file.bytes).await {
                        Ok(_) => t.rescue_saved(),
                        Err(_) => t.export_failed(),
                    }
                }
                Ok(None) => t.rescue_empty(),
                Err(_) => t.rescue_none(),
            };
            said.try_set(Some(outcome));
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button" disabled=move || busy.get() on:click=save>
            {t.rescue()}
        </button>
        <p role="status">{move || said.get()}</p>
    }
}
