//! One event listener, removed again when its handle is dropped.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Removes the listener when dropped. The closure's memory goes when the browser collects it, so that a handle may be
/// sent wherever a reactive owner keeps it.
#[derive(Debug)]
#[must_use = "the listener is removed when this is dropped"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Function,
    capture: bool,
}

impl Listener {
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = function(callback);
        // Registering a function cannot fail; the signature only mirrors the specification's.
        let _ = target.add_event_listener_with_callback(kind, &callback);
        Self {
            target: target.clone(),
            kind,
            callback,
            capture: false,
        }
    }
}

impl Listener {
    /// Hears the event on its way down to the target, so that events that do not bubble, such as `scroll`, are heard too.
    pub fn capturing(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = function(callback);
        let _ = target.add_event_listener_with_callback_and_bool(kind, &callback, true);
        Self {
            target: target.clone(),
            kind,
            callback,
            capture: true,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.kind,
            &self.callback,
            self.capture,
        );
    }
}

/// A JavaScript function that owns the closure: freed when nothing in the page refers to it any more.
pub(super) fn function(callback: impl FnMut(Event) + 'static) -> Function {
    Closure::<dyn FnMut(Event)>::new(callback)
        .into_js_value()
        .unchecked_into()
}
