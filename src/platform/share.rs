//! Handing a file to another app, or to the device's own files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag, HtmlElement, ShareData};

use super::photo::ObjectUrl;
use super::{clock, error_name, property, reason};

pub use super::incoming::{Incoming, forget_incoming, incoming};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Another app took it.
    Shared,
    /// It went to the downloads; the browser does not tell whether a person let it.
    Saved,
    /// The person closed the sheet.
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be handed over: {0}")]
pub struct ShareError(String);

/// Whether the share sheet of this device takes files at all.
pub fn can_share_files() -> bool {
    file("topfloor.txt", "text/plain", b"x").is_ok_and(|file| accepts(&sheet(&file)))
}

/// Whether the share sheet takes a file of this name and kind: some browsers know few endings, and JSON is seldom one.
pub fn can_share_named(name: &str, mime: &str) -> bool {
    file(name, mime, b"x").is_ok_and(|file| accepts(&sheet(&file)))
}

/// Opens the share sheet where it takes this file, and saves it otherwise. Must be called soon after a tap: browsers
/// refuse the sheet once the tap is some seconds old, and the file is then saved.
pub async fn share_or_save(name: &str, mime: &str, bytes: &[u8]) -> Result<Sent, ShareError> {
    let file = file(name, mime, bytes)?;
    let data = sheet(&file);
    let window = web_sys::window().filter(|_| accepts(&data));
    if let Some(window) = window {
        match JsFuture::from(window.navigator().share_with_data(&data)).await {
            Ok(_) => return Ok(Sent::Shared),
            Err(error) if error_name(&error) == "AbortError" => return Ok(Sent::Cancelled),
            // Too late after the tap, or a kind of file this system will not share.
            Err(_) => {}
        }
    }
    save_file(name, mime, bytes)?;
    Ok(Sent::Saved)
}

/// Saves a file to the downloads of this device.
pub fn save_file(name: &str, mime: &str, bytes: &[u8]) -> Result<(), ShareError> {
    let failed = |error: JsValue| ShareError(reason(&error));
    let file = file(name, mime, bytes)?;
    let url = ObjectUrl::of(&file).map_err(failed)?;
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or_else(|| ShareError("no document".to_owned()))?;
    let link: HtmlElement = document
        .create_element("a")
        .map_err(failed)?
        .unchecked_into();
    link.set_attribute("href", url.as_str()).map_err(failed)?;
    link.set_attribute("download", name).map_err(failed)?;
    link.click();
    // The browser reads the address after this call has returned, Safari a good while after.
    wasm_bindgen_futures::spawn_local(async move {
        clock::sleep_ms(60_000).await;
        drop(url);
    });
    Ok(())
}

fn file(name: &str, mime: &str, bytes: &[u8]) -> Result<File, ShareError> {
    let options = FilePropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence_and_options(&parts, name, &options)
        .map_err(|error| ShareError(reason(&error)))
}

fn sheet(file: &File) -> ShareData {
    let data = ShareData::new();
    data.set_files(&Array::of1(file));
    data
}

fn accepts(data: &ShareData) -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    navigator.is_some_and(|navigator| {
        property(&navigator, "share").is_some()
            && property(&navigator, "canShare").is_some()
            && navigator.can_share_with_data(data)
    })
}
