//! The last resort: when the app's own code has failed, a bar that is built without it, and a report of errors that
//! nobody caught.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, ErrorEvent, PromiseRejectionEvent};

use super::listener::Listener;
use super::reason;

/// The words on the bar.
#[derive(Debug, Clone, Default)]
pub struct BarWords {
    pub message: String,
    pub reload: String,
    pub export: String,
}

/// Catches panics: the console gets the trace, the person the bar. `on_export` runs after the panic, in an instance whose
/// reactive state may be held for ever: it must reach for the database alone.
pub fn install(words: BarWords, on_export: impl Fn() + 'static) {
    set_words(words);
    BAR.with_borrow_mut(|bar| bar.on_export = Some(Rc::new(on_export)));
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if !PANICKED.replace(true) {
            show_bar();
        }
    }));
}

/// After the language was changed.
pub fn set_words(words: BarWords) {
    BAR.with_borrow_mut(|bar| bar.words = words);
}

/// Whether the app's code has panicked since the page was loaded.
pub fn panicked() -> bool {
    PANICKED.get()
}

/// Shows the bar; a second call changes nothing.
pub fn show_bar() {
    // Drawing must never panic again, so whatever fails ends it quietly: the console has the cause.
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(document) = document {
        let _ = draw(&document);
    }
}

/// Calls `report` with every error and rejected promise that nobody caught, for as long as the handles are kept.
/// What follows from a panic is left out: the bar says it already.
pub fn on_uncaught(report: impl Fn(String) + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let report = Rc::new(report);
    let also = report.clone();
    let errors = Listener::new(&window, "error", move |event| {
        // A script or picture that could not be loaded is an Event, not an ErrorEvent.
        let Some(error) = event.dyn_ref::<ErrorEvent>() else {
            return;
        };
        if !panicked() && !is_noise(&error.message()) {
            report(error.message());
        }
    });
    let rejections = Listener::new(&window, "unhandledrejection", move |event| {
        if !panicked() {
            also(reason(
                &event.unchecked_into::<PromiseRejectionEvent>().reason(),
            ));
        }
    });
    vec![errors, rejections]
}

#[derive(Default)]
struct Bar {
    words: BarWords,
    on_export: Option<Rc<dyn Fn()>>,
    click: Option<Listener>,
}

thread_local! {
    static BAR: RefCell<Bar> = RefCell::default();
    static PANICKED: Cell<bool> = const { Cell::new(false) };
}

const CLASS: &str = "panic-bar";

fn draw(document: &Document) -> Result<(), JsValue> {
    let Some(body) = document.body() else {
        return Ok(());
    };
    if document.query_selector(&format!(".{CLASS}"))?.is_some() {
        return Ok(());
    }
    let Ok((words, on_export)) = BAR.with(|bar| {
        bar.try_borrow()
            .map(|bar| (bar.words.clone(), bar.on_export.clone()))
    }) else {
        return Ok(());
    };
    let bar = element(document, "div", "")?;
    bar.set_class_name(CLASS);
    bar.set_attribute("role", "alert")?;
    bar.append_child(&*element(document, "p", &words.message)?)?;
    // A link, because it works even if nothing of the app does any more.
    let reload = element(document, "a", &words.reload)?;
    reload.set_attribute("href", "")?;
    reload.set_class_name("button");
    bar.append_child(&reload)?;
    if let Some(on_export) = on_export {
        let export = element(document, "button", &words.export)?;
        export.set_attribute("type", "button")?;
        export.set_class_name("button");
        bar.append_child(&export)?;
        let click = Listener::new(&export, "click", move |_| on_export());
        BAR.with(|bar| bar.try_borrow_mut().map(|mut bar| bar.click = Some(click)))
            .unwrap_or_default();
    }
    body.append_child(&bar)?;
    Ok(())
}

fn element(document: &Document, tag: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    element.set_text_content(Some(text));
    Ok(element)
}

/// Chromium and Safari report a layout that took two rounds as an error of the window; nothing is wrong.
fn is_noise(message: &str) -> bool {
    message.starts_with("ResizeObserver loop")
}
