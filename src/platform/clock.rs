//! The device's clock and the ways to wait. Works in the page and in a worker, except where it says so.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;

use chrono::NaiveDate;
use futures::future::{Either, select};
use js_sys::{Array, Date, Function, Intl, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, VisibilityState};

use super::listener::{Listener, function};
use super::{property, text_of};
use crate::domain::time::Moment;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(callback: &Function, ms: f64) -> f64;
    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(id: f64);
}

/// Unix time in milliseconds, as this device believes it to be.
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// This instant, with the zone and the offset in force here.
pub fn now() -> Moment {
    let date = Date::new_0();
    Moment {
        at_ms: date.get_time() as i64,
        zone: zone(),
        offset_min: offset_min(&date),
    }
}

/// The civil date here.
pub fn today() -> NaiveDate {
    let date = Date::new_0();
    let year = i32::try_from(date.get_full_year()).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()).unwrap_or_default()
}

/// Milliseconds since the page started; never runs backwards.
pub fn perf_ms() -> f64 {
    performance_now()
}

/// The IANA name of the zone the device is set to, such as `Asia/Hong_Kong`; `UTC` if the browser keeps it to itself.
pub fn zone() -> String {
    // Asking Intl costs more than all the rest of a save, and a traveller's zone changes with the offset or slowly.
    thread_local!(static KNOWN: RefCell<Option<(i64, i16, String)>> = const { RefCell::new(None) });
    const KEEP_MS: i64 = 60_000;
    let (at, offset) = (now_ms(), offset_min(&Date::new_0()));
    KNOWN.with_borrow_mut(|known| match known {
        Some((asked, of, zone)) if *of == offset && (0..KEEP_MS).contains(&(at - *asked)) => {
            zone.clone()
        }
        _ => {
            let zone = ask_zone();
            *known = Some((at, offset, zone.clone()));
            zone
        }
    })
}

/// A timer that runs until it is dropped.
#[must_use = "the timer stops when this is dropped"]
pub struct Timer {
    id: f64,
    repeats: bool,
    _wake: Option<Listener>,
}

/// Calls `f` once after `ms` milliseconds.
pub fn after(ms: u32, mut f: impl FnMut() + 'static) -> Timer {
    let id = set_timeout(&function(move |_| f()), f64::from(ms));
    Timer {
        id,
        repeats: false,
        _wake: None,
    }
}

/// Calls `f` every minute, and at once when the page is shown again: timers sleep with the phone, and the day may have
/// turned meanwhile. In the page only.
pub fn every_minute(f: impl Fn() + 'static) -> Timer {
    let f = std::rc::Rc::new(f);
    let tick = f.clone();
    let id = set_interval(&function(move |_| tick()), 60_000.0);
    let wake = web_sys::window()
        .and_then(|window| window.document())
        .map(|document| {
            let page = document.clone();
            Listener::new(&document, "visibilitychange", move |_| {
                if page.visibility_state() == VisibilityState::Visible {
                    f();
                }
            })
        });
    Timer {
        id,
        repeats: true,
        _wake: wake,
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        match self.repeats {
            true => clear_interval(self.id),
            false => clear_timeout(self.id),
        }
    }
}

pub async fn sleep_ms(ms: u32) {
    wait(|done| {
        set_timeout(done, f64::from(ms));
    })
    .await;
}

/// Waits until the browser is about to draw. In the page only. A hidden page is never drawn, so the wait ends on its own
/// after a quarter of a second.
pub async fn next_frame() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let frame = wait(|done| {
        let _ = window.request_animation_frame(done);
    });
    within(250, frame).await;
}

/// Lets waiting taps, keys and drawing through; for long loops. Unlike a time-out of zero it is not held back by the
/// four milliseconds browsers add to nested timers.
pub async fn yield_now() {
    match MessageChannel::new() {
        Ok(channel) => {
            wait(|done| {
                channel.port1().set_onmessage(Some(done));
                let _ = channel.port2().post_message(&JsValue::NULL);
            })
            .await;
            channel.port1().close();
        }
        Err(_) => sleep_ms(0).await,
    }
}

/// The future's answer, or `None` if it took longer. The future is dropped then; a promise behind it goes on unheard.
pub async fn within<T>(ms: u32, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(sleep_ms(ms))).await {
        Either::Left((answer, _)) => Some(answer),
        Either::Right(_) => None,
    }
}

/// Waits until the function given to `start` is called.
async fn wait(start: impl FnOnce(&Function)) {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, _reject| {
        if let Some(start) = start.take() {
            start(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Minutes east of UTC; JavaScript counts west.
fn offset_min(date: &Date) -> i16 {
    -date.get_timezone_offset() as i16
}

fn ask_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    property(&options, "timeZone").map_or_else(|| "UTC".to_owned(), |zone| text_of(&zone))
}
