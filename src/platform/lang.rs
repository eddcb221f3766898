//! The browser's languages, and what the document says about its own language and appearance.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

/// The person's languages as the browser lists them, the dearest first.
pub fn preferred() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Tells the browser (fonts, hyphenation, screen readers) which language the page is in; all of ours run left to right.
pub fn set_document_lang(tag: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", "ltr");
    }
}

pub fn set_document_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// `light` or `dark` overrule the system's choice, for the page and for the browser's bars around it; anything else
/// follows the system.
pub fn set_document_theme(name: &str) {
    let Some(root) = root() else { return };
    let forced = matches!(name, "light" | "dark");
    let _ = match forced {
        true => root.set_attribute("data-theme", name),
        false => root.remove_attribute("data-theme"),
    };
    for meta in theme_colours() {
        // The media query the page was delivered with is kept aside: it says which scheme a colour is for.
        let Some(own) = meta
            .get_attribute("data-media")
            .or_else(|| meta.get_attribute("media"))
        else {
            continue;
        };
        let now = match (forced, own.contains(name)) {
            (false, _) => own.as_str(),
            (true, true) => "all",
            (true, false) => "not all",
        };
        let _ = meta.set_attribute("media", now);
        let _ = meta.set_attribute("data-media", &own);
    }
}

fn theme_colours() -> Vec<Element> {
    let found = document().and_then(|page| page.query_selector_all("meta[name=theme-color]").ok());
    let Some(found) = found else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}
