//! The root: opens the book, and shows the app, or why it cannot be shown.

use leptos::prelude::*;
use leptos_router::components::Router;

use super::pages::sync;
use super::parts::empty::Empty;
use super::shell::Shell;
use super::words::{store_error, text};
use crate::i18n::problems::Problems;
use crate::i18n::shell::Shell as ShellWords;
use crate::platform::install::Install;
use crate::platform::service_worker::AppWorker;
use crate::platform::view;
use crate::state::{App, Phase};
use crate::storage::StoreError;

#[component]
pub fn Root() -> impl IntoView {
    let app = App::start();
    provide_context(Install::watch());
    provide_context(AppWorker::start());
    super::pages::more::install_panic_bar(app.settings);
    leptos::task::spawn_local(app.book.open());
    view! {
        <Router>
            {move || {
                // The language is read here once: everything below is drawn anew when it changes.
                app.settings.lang.track();
                match app.book.phase.get() {
                    Phase::Opening => ().into_any(),
                    Phase::Open => view! { <Shell /> }.into_any(),
                    Phase::Superseded => view! { <Superseded /> }.into_any(),
                    Phase::SignedOut => view! { <sync::SignedOutGate /> }.into_any(),
                    Phase::Locked => view! { <sync::LockedGate /> }.into_any(),
                    Phase::Wiped => view! { <sync::WipedGate /> }.into_any(),
                    Phase::Gone => view! { <Gone /> }.into_any(),
                    Phase::Failed(error) => view! { <Failed error /> }.into_any(),
                }
            }}
        </Router>
    }
}

#[component]
fn Superseded() -> impl IntoView {
    let t = text::<ShellWords>();
    view! {
        <main class="page" id="main">
            <Empty alone=true title=t.app_name_short() help=t.newer_tab()>
                <button class="button" data-kind="seal" on:click=|_| view::reload()>{t.reload()}</button>
            </Empty>
        </main>
    }
}

/// The browser cleared the storage: never shown as an empty book.
#[component]
fn Gone() -> impl IntoView {
    let app = crate::state::app();
    let t = text::<Problems>();
    view! {
        <main class="page" id="main">
            <Empty alone=true title=t.book_gone_title() help=t.book_gone()>
                <super::pages::storage::RestoreOnEmpty />
                <button class="button" on:click=move |_| leptos::task::spawn_local(app.book.start_afresh())>
                    {t.start_afresh()}
                </button>
            </Empty>
        </main>
    }
}

#[component]
fn Failed(error: StoreError) -> impl IntoView {
    let t = text::<Problems>();
    let shell = text::<ShellWords>();
    let help = store_error(super::words::lang(), &error);
    view! {
        <main class="page" id="main">
            <Empty alone=true title=t.cannot_open() help=help>
                <button class="button" data-kind="seal" on:click=|_| view::reload()>{shell.reload()}</button>
                <super::pages::storage::RescueExport />
                <details>
                    <summary>{t.details()}</summary>
                    <p class="hint">{error.to_string()}</p>
                </details>
            </Empty>
        </main>
    }
}
