//! The demo portfolio: loaded by one tap in the empty app, taken away by another.

use leptos::prelude::*;

use crate::i18n::today::Today as Words;
use crate::state::{app, demo, live};
use crate::ui::words::{lang, text};

#[component]
pub fn DemoButton() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let lang = lang();
    let busy = RwSignal::new(false);
    let load = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            if let Err(error) = demo::load(app.book, lang).await {
                app.book.report(&error, app.settings);
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button" data-kind="quiet" aria-busy=move || busy.get().to_string() on:click=load>
            {move || if busy.get() { t.demo_loading() } else { t.demo() }}
        </button>
    }
}

/// Says that what is shown is invented, with the step that removes it; nothing when there is no demo.
#[component]
pub fn DemoRemoval() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let busy = RwSignal::new(false);
    let there = live(|store| async move { demo::present(&store).await });
    let remove = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            match demo::remove(app.book).await {
                Ok(_) => app.notices.done(t.demo_removed()),
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    move || {
        matches!(there.get(), Some(Ok(Some(_)))).then(|| {
            view! {
                <div class="banner slim">
                    <p>{t.demo_on()}</p>
                    <button type="button" class="button" data-kind="quiet" disabled=move || busy.get() on:click=remove>
                        {t.demo_remove()}
                    </button>
                </div>
            }
        })
    }
}
