//! Where the page stands: what is visible of an element, where the page goes next, which day it is showing.

use chrono::NaiveDate;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Listener, clock};

/// Moves the focus to a heading that just appeared, without scrolling and without opening a keyboard.
pub fn focus_quietly(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that left the page meanwhile cannot take the focus, and need not.
    let _ = element.focus_with_options(&options);
}

/// Pixels of the element above the visible part, and pixels of it that are visible at most.
pub fn visible_span(element: &HtmlElement) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    let height = web_sys::window()
        .and_then(|window| window.inner_height().ok())
        .and_then(|height| height.as_f64())
        .unwrap_or(1_000.0);
    ((-rect.top()).max(0.0), height)
}

/// Calls `f` when anything in the page scrolls or the page changes its size. Panes scroll by themselves, so the listener
/// stands on the window and catches them all on the way down.
pub fn on_scroll_or_resize(f: impl Fn() + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let f = std::rc::Rc::new(f);
    let also = f.clone();
    vec![
        Listener::capturing(&window, "scroll", move |_| f()),
        Listener::new(&window, "resize", move |_| also()),
    ]
}

pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused only while the page is being left, which is what was asked for.
        let _ = window.location().reload();
    }
}

/// Loads another screen from the start, for when the app's own routing cannot be trusted any more.
pub fn go(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
}

/// The civil date here; it turns at midnight and when the phone wakes up on another day.
pub fn today_signal() -> ReadSignal<NaiveDate> {
    let (today, set_today) = signal(clock::today());
    let timer = clock::every_minute(move || {
        let now = clock::today();
        if today.try_get_untracked().is_some_and(|shown| shown != now) {
            set_today.try_set(now);
        }
    });
    on_cleanup(move || drop(timer));
    today
}
