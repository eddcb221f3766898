//! Small things every screen needs of the document.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, InputEvent,
    KeyboardEvent, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, VisibilityState,
};

use super::listener::Listener;
use super::property;

/// Puts the focus on an element without moving the page; answers whether it has it.
pub fn focus(element: &HtmlElement) -> bool {
    element.focus().is_ok()
        && document()
            .and_then(|page| page.active_element())
            .is_some_and(|now| now == **element)
}

/// Puts the focus on the element with this id, making it focusable if it is not (a heading, a main region).
pub fn focus_id(id: &str) -> bool {
    let found = document().and_then(|page| page.get_element_by_id(id));
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if focus(&element) {
        return true;
    }
    let _ = element.set_attribute("tabindex", "-1");
    focus(&element)
}

/// Brings an element into view, gliding unless the person asked for less movement.
pub fn scroll_into_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    options.set_behavior(match reduced_motion() {
        true => ScrollBehavior::Instant,
        false => ScrollBehavior::Smooth,
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

pub fn reduced_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether a media query holds now.
pub fn matches(query: &str) -> bool {
    let answer = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    answer.is_some_and(|answer| answer.matches())
}

/// Whether an input method is still composing: the text is not the person's yet, and Enter belongs to the method.
/// Safari ends the composition before it tells of the key that ended it, and marks that key with code 229.
pub fn is_composing(event: &Event) -> bool {
    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
        return key.is_composing() || key.key_code() == 229;
    }
    event
        .dyn_ref::<InputEvent>()
        .is_some_and(InputEvent::is_composing)
}

/// The text of the input or text area an event came from.
pub fn value_of(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    target
        .dyn_ref::<HtmlTextAreaElement>()
        .map(HtmlTextAreaElement::value)
        .unwrap_or_default()
}

/// Copies a text; answers whether the browser let it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let navigator = window.navigator();
    match property(&navigator, "clipboard") {
        Some(_) => JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok(),
        None => false,
    }
}

/// Opens the system's print dialogue. Where a browser has none, as in some installed apps, nothing happens.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// The address that dials a number: digits, a leading plus, and `,` before an extension. `None` if there is nothing to
/// dial.
pub fn tel_link(number: &str) -> Option<String> {
    let mut dialled = String::from("tel:");
    for c in number.trim().chars() {
        match c {
            '+' | '\u{ff0b}' if dialled.len() == 4 => dialled.push('+'),
            '#' | ',' | ';' | 'x' | 'X' if dialled.len() > 4 && !dialled.ends_with(',') => {
                dialled.push(',');
            }
            _ => dialled.extend(crate::domain::time::to_ascii_digit(c)),
        }
    }
    let dialled = dialled.trim_end_matches(',');
    dialled
        .ends_with(|c: char| c.is_ascii_digit())
        .then(|| dialled.to_owned())
}

/// Calls `f` when the page goes to the background or is left: the last moment to save, for the system may end a hidden
/// page without another word.
pub fn on_page_hidden(f: impl Fn() + 'static) -> PageHidden {
    let f = std::rc::Rc::new(f);
    let (also, window) = (f.clone(), web_sys::window());
    let hidden = document().map(|page| {
        let state = page.clone();
        Listener::new(&page, "visibilitychange", move |_| {
            if state.visibility_state() == VisibilityState::Hidden {
                f();
            }
        })
    });
    let left = window.map(|window| Listener::new(&window, "pagehide", move |_| also()));
    PageHidden {
        _hidden: hidden,
        _left: left,
    }
}

/// See [`on_page_hidden`].
#[must_use = "nothing is called after this is dropped"]
pub struct PageHidden {
    _hidden: Option<Listener>,
    _left: Option<Listener>,
}

/// Calls `f` with every key pressed anywhere in the page.
pub fn on_key(f: impl Fn(KeyboardEvent) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "keydown", move |event| {
        f(event.unchecked_into())
    }))
}

/// Asks before the page is left while `unsaved` says so; nothing else may be said on that occasion.
pub fn warn_before_leaving(unsaved: impl Fn() -> bool + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "beforeunload", move |event| {
        if unsaved() {
            event.prevent_default();
            // Chromium before version 119 looks only at this.
            let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &JsValue::TRUE);
        }
    }))
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
