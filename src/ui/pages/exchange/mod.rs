//! What comes in and goes out: importing lists, exporting, what other apps hand over, the demo portfolio.

mod demo;
mod export;
mod import;
mod share;

pub use demo::{DemoButton, DemoRemoval};
pub use export::ExportPage;
pub use import::{ImportPage, OpenedFiles};
pub use share::SharePage;

use leptos::prelude::*;

use crate::i18n::exchange::Exchange as Words;
use crate::platform::intl;
use crate::ui::words::{lang, text};

/// Work under way: what it is, how far, and the way to stop it.
#[component]
pub fn Progress(
    #[prop(into)] what: String,
    progress: RwSignal<(usize, usize)>,
    #[prop(into, optional)] help: String,
    #[prop(optional, into)] on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let number = move |n: usize| intl::number(tag, n as f64);
    let told = move || match progress.get() {
        (0, _) => String::new(),
        (done, 0) => number(done),
        (done, total) => t.of(number(done), number(total)),
    };
    let (done, total) = (
        move || progress.get().0.to_string(),
        move || progress.get().1.max(1).to_string(),
    );
    let bar = move || progress.with(|(_, total)| *total > 0);
    view! {
        <section class="work">
            <p class="big" id="work-name">{what.clone()}</p>
            <p class="numbers">{told}</p>
            <Show
                when=bar
                fallback=|| view! { <progress class="progress" aria-labelledby="work-name"></progress> }
            >
                <progress class="progress" aria-labelledby="work-name" value=done max=total></progress>
            </Show>
            {(!help.is_empty()).then(|| view! { <p class="hint">{help}</p> })}
            {on_cancel
                .map(|cancel| {
                    view! {
                        <button type="button" class="button" on:click=move |_| cancel.run(())>
                            {text::<crate::i18n::common::Common>().cancel()}
                        </button>
                    }
                })}
        </section>
        // Numbers that change many times a second would drown a screen reader: it hears only what began.
        <p class="sr" role="status">{what}</p>
    }
}
