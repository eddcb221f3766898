//! The few calls of the browser that no stable binding offers: a transaction's durability, rows as plain objects with
//! named members, and a timer that works in pages and workers alike.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = IDBDatabase)]
    type RawDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction(
        this: &RawDatabase,
        stores: &Array,
        mode: &str,
        options: &Row,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = IDBTransaction)]
    type RawTransaction;

    #[wasm_bindgen(method, getter, structural)]
    fn durability(this: &RawTransaction) -> JsValue;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: i32) -> JsValue;

    /// A row of any store: a plain object. Which members a store uses stands in `schema.rs`.
    #[wasm_bindgen(js_name = Object)]
    #[derive(Debug, Clone)]
    pub type Row;

    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> Row;

    #[wasm_bindgen(method, setter, structural)]
    fn set_durability(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn id(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_id(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn kind(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_kind(this: &Row, value: &str);

    #[wasm_bindgen(method, setter, structural)]
    pub fn set_live(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn scope(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_scope(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn version(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_version(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn schema(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_schema(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn created(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_created(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn changed(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_changed(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn deleted(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_deleted(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn rev(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_rev(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn import(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_import(this: &Row, value: &JsValue);

    #[wasm_bindgen(method, getter, structural)]
    pub fn clean(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_clean(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn links(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_links(this: &Row, value: &Array);

    #[wasm_bindgen(method, getter, structural)]
    pub fn due(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_due(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn record(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_record(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn digest(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_digest(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn at(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_at(this: &Row, value: f64);

    /// The highest number of the queue that was ever sent; in the counter's row.
    #[wasm_bindgen(method, getter, structural)]
    pub fn sent(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_sent(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn base(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_base(this: &Row, value: &JsValue);

    #[wasm_bindgen(method, getter, structural)]
    pub fn code(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_code(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn way(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_way(this: &Row, value: &str);

    #[wasm_bindgen(method, getter, structural)]
    pub fn number(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_number(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn count(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_count(this: &Row, value: f64);

    #[wasm_bindgen(method, setter, structural)]
    pub fn set_hidden(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn binned(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_binned(this: &Row, value: f64);

    #[wasm_bindgen(method, setter, structural)]
    pub fn set_size(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn sealer(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_sealer(this: &Row, value: f64);

    #[wasm_bindgen(method, getter, structural)]
    pub fn body(this: &Row) -> JsValue;
    #[wasm_bindgen(method, setter, structural)]
    pub fn set_body(this: &Row, value: &Uint8Array);
}

/// How surely a transaction's data must be on the disk when its complete event comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Flushed to the disk: every save of a person.
    Strict,
    /// Handed to the operating system: chunks of an import or a restore, whose last transaction is strict.
    Relaxed,
}

impl Durability {
    fn as_str(self) -> &'static str {
        match self {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        }
    }
}

/// Opens a writing transaction and answers it with the durability the browser really gave it: empty where the browser
/// does not know the option, which then flushes by its own rule.
pub fn begin(
    database: &web_sys::IdbDatabase,
    stores: &[&str],
    durability: Durability,
) -> Result<(web_sys::IdbTransaction, String), JsValue> {
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Row::new();
    options.set_durability(durability.as_str());
    let tx = database
        .unchecked_ref::<RawDatabase>()
        .transaction(&names, "readwrite", &options)?;
    let given = tx
        .unchecked_ref::<RawTransaction>()
        .durability()
        .as_string()
        .unwrap_or_default();
    Ok((tx.unchecked_into(), given))
}

/// Waits; in pages and workers alike.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, ms);
    });
    // The promise is only ever resolved.
    let _ = JsFuture::from(promise).await;
}
