//! What the browser believes about the network. It is often wrong (dead Wi-Fi counts as online, some browsers never
//! tell), so it is shown and never waited for.

use leptos::prelude::*;

use super::listener::Listener;

/// Whether the browser believes to be online; lives as long as the current reactive owner.
pub fn online() -> ReadSignal<bool> {
    let (online, set_online) = signal(now());
    if let Some(window) = web_sys::window() {
        let listeners = ["online", "offline"].map(|kind| {
            Listener::new(&window, kind, move |_| {
                set_online.try_set(now());
            })
        });
        StoredValue::new(listeners);
    }
    online
}

fn now() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
