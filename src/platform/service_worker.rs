//! The page's side of `public/sw.js`: whether the app can start without the network, and when a new version waits.

use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, VisibilityState, Window,
};

use super::listener::Listener;
use super::{clock, property, reason};

const SCRIPT: &str = "/sw.js";
/// A sleeping worker has to be started before it can answer; a repair downloads.
const ANSWER_MS: u32 = 5_000;
const REPAIR_MS: u32 = 120_000;
/// An installed app may stay open for weeks: it looks for a new version when it is shown, this seldom.
const LOOK_AGAIN_MS: i64 = 3_600_000;

/// A copy is as good as the original. Lives as long as the reactive owner it was made under.
#[derive(Clone, Copy)]
pub struct AppWorker {
    /// Everything the app needs is held: from now on it starts without the network.
    pub offline_ready: ReadSignal<bool>,
    /// A complete new version waits for [`AppWorker::apply_update`].
    pub update_waiting: ReadSignal<bool>,
    set_ready: WriteSignal<bool>,
    set_waiting: WriteSignal<bool>,
    registration: StoredValue<Option<ServiceWorkerRegistration>>,
    looked_ms: StoredValue<i64>,
    /// The person asked for the new version: the next worker to take over reloads the page.
    applying: StoredValue<bool>,
    repaired: StoredValue<bool>,
    handles: StoredValue<Vec<Listener>>,
}

impl AppWorker {
    /// Registers the worker once the page has loaded, so that it does not compete with the first screen. Where there are
    /// no workers, or the script is missing, both signals stay false.
    pub fn start() -> Self {
        let (offline_ready, set_ready) = signal(false);
        let (update_waiting, set_waiting) = signal(false);
        let worker = Self {
            offline_ready,
            update_waiting,
            set_ready,
            set_waiting,
            registration: StoredValue::new(None),
            looked_ms: StoredValue::new(0),
            applying: StoredValue::new(false),
            repaired: StoredValue::new(false),
            handles: StoredValue::new(Vec::new()),
        };
        if let Some((window, container)) = container() {
            spawn_local(worker.register(window, container));
        }
        worker
    }

    /// Changes to the waiting version: the page is loaded anew when that has taken over. To be called only when nothing
    /// unsaved is open.
    pub fn apply_update(self) {
        self.applying.try_update_value(|applying| *applying = true);
        let registration = self.registration.try_get_value().flatten();
        match registration.and_then(|registration| registration.waiting()) {
            Some(waiting) => {
                // A page that was loaded past the worker hears of no change of controller, only of the worker's state.
                let next = waiting.clone();
                self.hold(Listener::new(&waiting, "statechange", move |_| {
                    if next.state() == ServiceWorkerState::Activated {
                        self.reload_if_asked();
                    }
                }));
                let _ = waiting.post_message(&message("activate"));
            }
            // Another tab has changed already: this page only has to follow.
            None => self.reload_if_asked(),
        }
    }

    /// Asks the server for a new version; nothing happens without the network.
    pub fn look_for_update(self) {
        let Some(registration) = self.registration.try_get_value().flatten() else {
            return;
        };
        self.looked_ms
            .try_update_value(|looked| *looked = clock::now_ms());
        spawn_local(async move {
            if let Ok(looking) = registration.update() {
                // Offline, or a captive portal in between: the version that is held goes on.
                let _ = JsFuture::from(looking).await;
            }
        });
    }

    async fn register(self, window: Window, container: ServiceWorkerContainer) {
        loaded(&window).await;
        let had_controller = container.controller().is_some();
        self.hold(Listener::new(&container, "controllerchange", move |_| {
            // Without a controller before, this is the very first worker and the page is its own version.
            match self.applying.try_get_value() {
                Some(false) if had_controller => {
                    self.set_waiting.try_set(true);
                }
                _ => self.reload_if_asked(),
            }
            self.refresh();
        }));
        let registration = match JsFuture::from(container.register(SCRIPT)).await {
            Ok(registration) => registration.unchecked_into::<ServiceWorkerRegistration>(),
            Err(error) => {
                leptos::logging::debug_log!("no service worker: {}", reason(&error));
                return;
            }
        };
        self.registration
            .try_update_value(|known| *known = Some(registration.clone()));
        self.looked_ms
            .try_update_value(|looked| *looked = clock::now_ms());
        if let Some(installing) = registration.installing() {
            self.follow(&installing);
        }
        let found = registration.clone();
        self.hold(Listener::new(&registration, "updatefound", move |_| {
            if let Some(installing) = found.installing() {
                self.follow(&installing);
            }
        }));
        if let Some(document) = window.document() {
            let page = document.clone();
            self.hold(Listener::new(&document, "visibilitychange", move |_| {
                let looked = self.looked_ms.try_get_value().unwrap_or(i64::MAX);
                let due = clock::now_ms().saturating_sub(looked) > LOOK_AGAIN_MS;
                if due && page.visibility_state() == VisibilityState::Visible {
                    self.look_for_update();
                }
            }));
        }
        self.refresh();
    }

    fn follow(self, worker: &ServiceWorker) {
        self.hold(Listener::new(worker, "statechange", move |_| {
            self.refresh()
        }));
    }

    /// Reads off the registration what is true now.
    fn refresh(self) {
        let Some(registration) = self.registration.try_get_value().flatten() else {
            return;
        };
        if registration.waiting().is_some() && registration.active().is_some() {
            self.set_waiting.try_set(true);
        }
        let Some(active) = registration.active() else {
            return;
        };
        spawn_local(async move {
            let Some(status) = ask(&active, "status", ANSWER_MS).await else {
                return;
            };
            self.set_ready.try_set(is_ready(&status));
            // The browser may drop single files of a version that was complete: they are fetched again, once a start.
            let is_new = || {
                self.repaired
                    .try_update_value(|done| !std::mem::replace(done, true))
            };
            if is_missing_some(&status)
                && is_new() == Some(true)
                && let Some(status) = ask(&active, "repair", REPAIR_MS).await
            {
                self.set_ready.try_set(is_ready(&status));
            }
        });
    }

    fn reload_if_asked(self) {
        let asked = self
            .applying
            .try_update_value(|applying| std::mem::replace(applying, false));
        if let (Some(true), Some(window)) = (asked, web_sys::window()) {
            let _ = window.location().reload();
        }
    }

    fn hold(self, listener: Listener) {
        self.handles
            .try_update_value(|handles| handles.push(listener));
    }
}

fn container() -> Option<(Window, ServiceWorkerContainer)> {
    let window = web_sys::window()?;
    // Missing without a secure context and in some private windows.
    let container = property(&window.navigator(), "serviceWorker")?.unchecked_into();
    Some((window, container))
}

async fn loaded(window: &Window) {
    let is_loaded = || {
        window
            .document()
            .is_none_or(|page| page.ready_state() == "complete")
    };
    if is_loaded() {
        return;
    }
    let (send, receive) = futures::channel::oneshot::channel();
    let mut send = Some(send);
    let _listener = Listener::new(window, "load", move |_| {
        if let Some(send) = send.take() {
            let _ = send.send(());
        }
    });
    let _ = receive.await;
}

/// Puts a question to the worker and waits for the answer on a channel of its own.
async fn ask(worker: &ServiceWorker, question: &str, patience_ms: u32) -> Option<JsValue> {
    let channel = MessageChannel::new().ok()?;
    let (send, receive) = futures::channel::oneshot::channel();
    let mut send = Some(send);
    let port = channel.port1();
    let _listener = Listener::new(&port, "message", move |event| {
        if let Some(send) = send.take() {
            let _ = send.send(event.unchecked_into::<MessageEvent>().data());
        }
    });
    port.start();
    worker
        .post_message_with_transferable(&message(question), &Array::of1(&channel.port2()))
        .ok()?;
    let answer = clock::within(patience_ms, receive)
        .await
        .and_then(Result::ok);
    port.close();
    answer
}

fn message(kind: &str) -> JsValue {
    let message = Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&message, &"type".into(), &kind.into());
    message.into()
}

fn is_ready(status: &JsValue) -> bool {
    property(status, "ready") == Some(JsValue::TRUE)
}

fn is_missing_some(status: &JsValue) -> bool {
    property(status, "missing")
        .and_then(|missing| missing.as_f64())
        .is_some_and(|n| n > 0.0)
}
