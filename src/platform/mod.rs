//! What the browser can do, one capability a file: options in, signals and futures out. Nothing here knows a rule of the
//! domain or a word for people. A handle stops what it started when it is dropped; what hands out signals must be
//! called under a reactive owner and lives as long as that owner.

pub mod clock;
pub mod crypto;
pub mod dom;
pub mod files;
pub mod http;
pub mod incoming;
pub mod install;
pub mod intl;
pub mod jpeg;
pub mod lang;
mod listener;
pub mod locks;
pub mod network;
pub mod online;
pub mod panic;
pub mod persistence;
pub mod photo;
pub mod prefs;
pub mod qr;
pub mod random;
pub mod service_worker;
pub mod share;
pub mod tabs;
pub mod view;

pub use listener::Listener;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

/// A property that not every browser has; `None` where it is missing, null or undefined.
fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from_str(name))
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

/// What a thrown value says, for the console and for error values that carry their cause.
fn reason(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => format!("{}: {}", error.name(), error.message()),
        // A DOMException is not an Error everywhere, but has the same two properties.
        None => match (property(thrown, "name"), property(thrown, "message")) {
            (Some(name), Some(message)) => {
                format!("{}: {}", text_of(&name), text_of(&message))
            }
            _ => format!("{thrown:?}"),
        },
    }
}

/// The `name` of a thrown DOMException, such as `AbortError`.
fn error_name(thrown: &JsValue) -> String {
    property(thrown, "name")
        .map(|name| text_of(&name))
        .unwrap_or_default()
}

fn text_of(value: &JsValue) -> String {
    value.as_string().unwrap_or_default()
}
