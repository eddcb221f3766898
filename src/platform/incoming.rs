//! What other apps handed to this one: shares kept by the service worker, and files opened with the installed app.
//!
//! The worker answers `POST /share` by putting each file and then one entry that names them into a cache (`keepShare` in
//! `public/sw.js`), so an entry is always whole. It stays there until the page has stored it and forgets it.

use js_sys::{Array, Function, Promise};
use serde::Deserialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, Cache, CacheStorage, File, Request, Response, Url};

use super::files::PickedFile;
use super::property;

/// A share that waits to be put somewhere.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// What [`forget_incoming`] is told.
    pub key: String,
    /// When it came, Unix milliseconds.
    pub at_ms: i64,
    pub title: String,
    pub text: String,
    pub url: String,
    pub files: Vec<PickedFile>,
}

/// The waiting shares, oldest first. Where caches are missing or refused there are none.
pub async fn incoming() -> Vec<Incoming> {
    let Some(cache) = cache().await else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in paths(&cache).await {
        // `/share/<entry>` names a share, `/share/<entry>/<n>` is one of its files.
        if path.matches('/').count() == 2
            && let Some(share) = load(&cache, path).await
        {
            found.push(share);
        }
    }
    found.sort_by_key(|share| share.at_ms);
    found
}

/// Deletes a share and its files.
pub async fn forget_incoming(key: &str) {
    let Some(cache) = cache().await else { return };
    let file = format!("{key}/");
    for path in paths(&cache).await {
        if path == key || path.starts_with(&file) {
            // What cannot be deleted is shown again; better than losing it.
            let _ = JsFuture::from(cache.delete_with_str(&path)).await;
        }
    }
}

/// Calls `on_files` with the files the installed app was opened with, now and later; where the browser has no such thing,
/// never. There is no way to stop it: call it once, for the life of the page.
pub fn on_files_opened(on_files: impl Fn(Vec<PickedFile>) + 'static) {
    let queue = web_sys::window().and_then(|window| property(&window, "launchQueue"));
    let Some(queue) = queue.map(JsCast::unchecked_into::<LaunchQueue>) else {
        return;
    };
    let on_files = std::rc::Rc::new(on_files);
    let consumer = Closure::<dyn Fn(LaunchParams)>::new(move |launch: LaunchParams| {
        let on_files = on_files.clone();
        spawn_local(async move {
            let mut files = Vec::new();
            for handle in launch
                .files()
                .map(|files| files.to_vec())
                .unwrap_or_default()
            {
                let file = JsFuture::from(handle.unchecked_into::<FileHandle>().get_file()).await;
                files.extend(
                    file.ok()
                        .map(|file| PickedFile::from(file.unchecked_into::<File>())),
                );
            }
            if !files.is_empty() {
                on_files(files);
            }
        });
    });
    queue.set_consumer(&consumer.into_js_value().unchecked_into());
}

#[wasm_bindgen]
extern "C" {
    /// <https://wicg.github.io/web-app-launch/>; not in web-sys.
    type LaunchQueue;
    #[wasm_bindgen(method, js_name = setConsumer)]
    fn set_consumer(this: &LaunchQueue, consumer: &Function);

    type LaunchParams;
    #[wasm_bindgen(method, getter)]
    fn files(this: &LaunchParams) -> Option<Array>;

    type FileHandle;
    #[wasm_bindgen(method, js_name = getFile)]
    fn get_file(this: &FileHandle) -> Promise;
}

/// The worker's name for the cache.
const CACHE: &str = "topfloor-share";

/// The entry as the worker writes it.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Kept {
    at: i64,
    title: String,
    text: String,
    url: String,
    files: Vec<KeptFile>,
}

#[derive(Deserialize)]
struct KeptFile {
    path: String,
    #[serde(default)]
    name: String,
    #[serde(rename = "type", default)]
    mime: String,
}

async fn cache() -> Option<Cache> {
    // The getter throws in windows where caches are refused, and does not exist without a secure context.
    let caches: CacheStorage = property(&js_sys::global(), "caches")?.unchecked_into();
    let cache = JsFuture::from(caches.open(CACHE)).await.ok()?;
    Some(cache.unchecked_into())
}

async fn paths(cache: &Cache) -> Vec<String> {
    let keys = JsFuture::from(cache.keys())
        .await
        .map(JsCast::unchecked_into::<Array>);
    let address = |key: JsValue| Url::new(&key.unchecked_into::<Request>().url()).ok();
    keys.map(|keys| {
        keys.iter()
            .filter_map(address)
            .map(|url| url.pathname())
            .collect()
    })
    .unwrap_or_default()
}

async fn load(cache: &Cache, key: String) -> Option<Incoming> {
    let body = JsFuture::from(find(cache, &key).await?.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    let kept: Kept = serde_json::from_str(&body).ok()?;
    let mut files = Vec::new();
    for file in kept.files {
        let response = find(cache, &file.path).await?;
        let blob = JsFuture::from(response.blob().ok()?)
            .await
            .ok()?
            .unchecked_into::<Blob>();
        files.push(PickedFile::new(file.name, file.mime, blob));
    }
    let Kept {
        at,
        title,
        text,
        url,
        ..
    } = kept;
    Some(Incoming {
        key,
        at_ms: at,
        title,
        text,
        url,
        files,
    })
}

async fn find(cache: &Cache, path: &str) -> Option<Response> {
    JsFuture::from(cache.match_with_str(path))
        .await
        .ok()?
        .dyn_into()
        .ok()
}
