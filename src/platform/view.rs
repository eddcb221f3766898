//! Where the page stands: what is visible of an element, where the page goes next, which day it is showing.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
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

/// Scrolls an element so that its nth child stands in the middle; nothing else on the page moves.
pub fn centre_child(frame: &HtmlElement, place: usize) {
    let Some(child) = nth_child(frame, place) else {
        return;
    };
    let middle = child.offset_top() - frame.offset_top() + child.offset_height() / 2;
    frame.set_scroll_top(middle - frame.client_height() / 2);
}

/// Moves the focus to the nth child, or to what in it takes the focus.
pub fn focus_child(frame: &HtmlElement, place: usize) {
    let Some(child) = nth_child(frame, place) else {
        return;
    };
    let inner = child.query_selector("[tabindex]").ok().flatten();
    let target = inner.and_then(|inner| inner.dyn_into::<HtmlElement>().ok());
    focus_quietly(&target.unwrap_or(child));
}

/// How far down an element a point of the window is, from 0 to 1.
pub fn part_of_height(element: &HtmlElement, client_y: f64) -> f64 {
    let at = element.get_bounding_client_rect();
    if at.height() <= 0.0 {
        return 0.0;
    }
    ((client_y - at.top()) / at.height()).clamp(0.0, 1.0)
}

fn nth_child(frame: &HtmlElement, place: usize) -> Option<HtmlElement> {
    let place = u32::try_from(place).ok()?;
    frame.children().item(place)?.dyn_into().ok()
}
