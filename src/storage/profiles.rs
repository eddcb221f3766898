//! The books on this device, told by the names of their databases.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{PREFIX, Store};
use crate::domain::id::Id;

impl Store {
    /// Profiles that have a database here; empty where the browser does not list them (Firefox before 126).
    pub async fn existing_profiles() -> Vec<Id> {
        names()
            .await
            .unwrap_or_default()
            .iter()
            .filter_map(|name| name.strip_prefix(PREFIX)?.parse().ok())
            .collect()
    }
}

/// `indexedDB.databases()`, which web-sys does not bind.
async fn names() -> Result<Vec<String>, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    let list: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
    let promise: Promise = list.call0(&factory)?.dyn_into()?;
    let databases: Array = JsFuture::from(promise).await?.dyn_into()?;
    Ok(databases
        .iter()
        .filter_map(|info| Reflect::get(&info, &"name".into()).ok()?.as_string())
        .collect())
}
