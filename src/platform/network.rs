//! What the browser tells of the network, for the few decisions that may use it, and the moments to try again. Nothing waits
//! for any of it: some browsers never tell, and dead Wi-Fi counts as online.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::VisibilityState;

use super::listener::Listener;

/// Whether each byte may cost money here; `None` where the browser does not say (Firefox, Safari).
pub fn metered() -> Option<bool> {
    let navigator = web_sys::window()?.navigator();
    let connection = get(&navigator, "connection").filter(JsValue::is_object)?;
    let saves = get(&connection, "saveData").and_then(|saves| saves.as_bool());
    if saves == Some(true) {
        return Some(true);
    }
    let kind = get(&connection, "type")?.as_string()?;
    match kind.as_str() {
        "cellular" => Some(true),
        "wifi" | "ethernet" => Some(false),
        _ => None,
    }
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined())
}

pub fn page_is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Calls `f` when the page is shown again and when the browser believes to be online again.
pub fn on_return(f: impl Fn() + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let f = std::rc::Rc::new(f);
    let shown = f.clone();
    let mut listeners = vec![Listener::new(&window, "online", move |_| f())];
    if let Some(document) = window.document() {
        listeners.push(Listener::new(&document, "visibilitychange", move |_| {
            if page_is_visible() {
                shown();
            }
        }));
    }
    listeners
}

/// Calls `f` when the page goes away for good, or into a cache from which it may never return.
pub fn on_leave(f: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "pagehide", move |_| f()))
}
