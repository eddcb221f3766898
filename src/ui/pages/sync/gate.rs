//! What stands in place of the app while the book must not be shown.

use leptos::prelude::*;

use super::account::SignedOut;
use crate::i18n::sync::Sync as Words;
use crate::platform::view;
use crate::state::{app, book};
use crate::ui::parts::empty::Empty;
use crate::ui::words::text;

/// The user signed out: nothing of the book is shown until they are back.
#[component]
pub fn SignedOutGate() -> impl IntoView {
    let t = text::<Words>();
    let account = app().sync.account;
    view! {
        <main class="page gate" id="main">
            <h1>{t.gate_title()}</h1>
            <p>{t.gate_help()}</p>
            // The form reads the account once, so it is made when that is known.
            <Show when=move || account.with(Option::is_some)>
                <SignedOut />
            </Show>
        </main>
    }
}

#[component]
pub fn LockedGate() -> impl IntoView {
    let t = text::<Words>();
    view! {
        <main class="page" id="main">
            <Empty alone=true title=t.locked_title() help=t.locked_help()>
                <button class="button" data-kind="seal" on:click=move |_| leptos::task::spawn_local(book().ask_again())>
                    {t.ask_again()}
                </button>
            </Empty>
        </main>
    }
}

#[component]
pub fn WipedGate() -> impl IntoView {
    let t = text::<Words>();
    view! {
        <main class="page" id="main">
            <Empty alone=true title=t.wiped_title() help=t.wiped_help()>
                <button class="button" on:click=|_| view::reload()>{t.begin_anew()}</button>
            </Empty>
        </main>
    }
}
