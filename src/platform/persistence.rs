//! Whether the browser promised to keep what is stored, and how much room there is.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::clock::within;
use super::{error_name, property};

/// All unknown where the browser has no storage manager.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Health {
    /// Whether the browser promised not to evict; `None` if it does not say.
    pub persisted: Option<bool>,
    /// Bytes, rounded by the browser.
    pub used: Option<f64>,
    /// Bytes. Chromium answers a fixed figure beyond what is used, which is neither the disk nor its real limit.
    pub quota: Option<f64>,
    /// The window keeps nothing after it is closed, as far as can be told: Safari and Firefox show it, Chromium hides it.
    pub ephemeral: bool,
}

/// A browser that asks the person, as Firefox does, may never answer.
const PATIENCE_MS: u32 = 3_000;

pub async fn health() -> Health {
    let Some(storage) = manager() else {
        return Health::default();
    };
    let persisted = match storage.persisted() {
        Ok(promise) => answer(promise).await.and_then(|answer| answer.as_bool()),
        Err(_) => None,
    };
    let estimate: Option<StorageEstimate> = match storage.estimate() {
        Ok(promise) => answer(promise).await.map(JsCast::unchecked_into),
        Err(_) => None,
    };
    Health {
        persisted,
        used: estimate.as_ref().and_then(StorageEstimate::get_usage),
        quota: estimate.as_ref().and_then(StorageEstimate::get_quota),
        ephemeral: is_ephemeral(&storage).await,
    }
}

/// Asks the browser to keep what is stored. `None` if it does not know of such a thing, or has put a question to the
/// person who has not answered yet: [`health`] tells later.
pub async fn ask() -> Option<bool> {
    let promise = manager()?.persist().ok()?;
    answer(promise).await?.as_bool()
}

/// Private windows of Safari (and other WebKit) and of Firefox refuse the origin's private file system; that is the sign
/// used here. Chromium's incognito window hides itself on purpose and cannot be told from a normal one.
async fn is_ephemeral(storage: &StorageManager) -> bool {
    if property(storage, "getDirectory").is_none() {
        return false;
    }
    let refused = within(PATIENCE_MS, JsFuture::from(storage.get_directory())).await;
    match refused {
        Some(Err(error)) => {
            matches!(
                error_name(&error).as_str(),
                "SecurityError" | "UnknownError" | "NotAllowedError"
            )
        }
        Some(Ok(_)) | None => false,
    }
}

async fn answer(promise: Promise) -> Option<JsValue> {
    within(PATIENCE_MS, JsFuture::from(promise)).await?.ok()
}

/// Missing where the page is not in a secure context.
fn manager() -> Option<StorageManager> {
    let navigator = web_sys::window()?.navigator();
    property(&navigator, "storage")
        .filter(|storage| {
            ["persisted", "persist", "estimate"]
                .iter()
                .all(|name| property(storage, name).is_some())
        })
        .map(JsCast::unchecked_into)
}
