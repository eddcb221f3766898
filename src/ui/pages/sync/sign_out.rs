//! Signing out. With changes that were not uploaded it takes two steps, and a second copy is offered between them.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::i18n::sync::Sync as Words;
use crate::state::app;
use crate::ui::words::text;

#[component]
pub fn SignOut() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    // Refused rows have not reached the server either.
    let unsent = move || {
        let refused = app.sync.status.with(|status| status.refused);
        let waiting = app.book.outbox.with(|head| head.count);
        usize::try_from(waiting + refused).unwrap_or(usize::MAX)
    };
    let leave = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            app.sync.sign_out().await;
            busy.try_set(false);
        });
    };
    let first = move |_| {
        if unsent() > 0 {
            asking.set(true);
        } else {
            leave();
        }
    };
    view! {
        <section class="section sign-out">
            <p class="hint">{t.sign_out_help()}</p>
            <div role="status">
                {move || asking.get().then(|| view! {
                    <div class="banner" data-kind="stop">
                        <p>{move || t.sign_out_unsent(unsent())}</p>
                        <A href="/more/rescue" attr:class="button">{t.to_rescue()}</A>
                        <button type="button" class="button" on:click=move |_| asking.set(false)>{t.stay()}</button>
                        <button type="button" class="button" disabled=move || busy.get() on:click=move |_| leave()>
                            {t.sign_out_anyway()}
                        </button>
                    </div>
                })}
            </div>
            <Show when=move || !asking.get()>
                <button type="button" class="button" disabled=move || busy.get() on:click=first>{t.sign_out()}</button>
            </Show>
        </section>
    }
}
