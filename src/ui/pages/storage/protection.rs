//! Whether the browser promised to keep what is here.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::i18n::exchange::Exchange as Words;
use crate::platform::{intl, persistence};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn Protection() -> impl IntoView {
    let t = text::<Words>();
    let health = RwSignal::new_local(None::<persistence::Health>);
    let refused = RwSignal::new(false);
    let look = move || {
        leptos::task::spawn_local(async move {
            let now = persistence::health().await;
            health.try_set(Some(now));
        });
    };
    look();
    let ask = move |_| {
        leptos::task::spawn_local(async move {
            let answer = persistence::ask().await;
            refused.try_set(answer != Some(true));
            look();
        });
    };
    move || {
        health
            .get()
            .map(|health| view! { <State health refused on_ask=Callback::new(ask) t /> })
    }
}

#[component]
fn State(
    health: persistence::Health,
    refused: RwSignal<bool>,
    on_ask: Callback<leptos::ev::MouseEvent>,
    t: Words,
) -> impl IntoView {
    let tag = lang().tag();
    let (kind, icon, said) = match (health.ephemeral, health.persisted) {
        (true, _) => ("stop", Icon::Warning, t.private_window()),
        (false, Some(true)) => ("good", Icon::Check, t.protected()),
        (false, Some(false)) => ("wait", Icon::Warning, t.unprotected()),
        (false, None) => ("wait", Icon::Info, t.protection_unknown()),
    };
    let room = health.used.map(|used| match health.quota {
        Some(quota) => t.used_of(intl::bytes(tag, used), intl::bytes(tag, quota)),
        None => t.used(intl::bytes(tag, used)),
    });
    let can_ask = !health.ephemeral && health.persisted == Some(false);
    view! {
        <section class="lead-in storage-state">
            <p class="state" data-kind=kind>
                <Glyph icon />
                {said}
            </p>
            {health.ephemeral.then(|| view! { <p>{t.private_help()}</p> })}
            {room.map(|room| view! { <p class="hint">{room}</p> })}
            {can_ask
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=move |event| on_ask.run(event)>
                            {t.protect()}
                        </button>
                    }
                })}
            {move || {
                (can_ask && refused.get())
                    .then(|| {
                        view! {
                            <p class="hint" role="status">
                                {t.protect_refused()}
                            </p>
                            <A href="/more/install" attr:class="button">
                                {t.install_hint()}
                            </A>
                        }
                    })
            }}
        </section>
    }
}
