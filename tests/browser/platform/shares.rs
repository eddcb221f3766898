use js_sys::{Array, Object, Reflect, Uint8Array};
use topfloor::platform::share;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Cache, Response, ResponseInit};

/// Puts a share into the cache as `keepShare` of the service worker does.
async fn keep(cache: &Cache, path: &str, mime: &str, body: &[u8]) {
    let headers = Object::new();
    Reflect::set(&headers, &"content-type".into(), &mime.into()).unwrap();
    let init = ResponseInit::new();
    init.set_headers(&headers);
    let body = Uint8Array::from(body);
    let response = Response::new_with_opt_buffer_source_and_init(Some(&body), &init).unwrap();
    JsFuture::from(cache.put_with_str(path, &response))
        .await
        .unwrap();
}

#[wasm_bindgen_test]
async fn shares_wait_until_they_are_forgotten() {
    let caches = web_sys::window().unwrap().caches().unwrap();
    let cache: Cache = JsFuture::from(caches.open("topfloor-share"))
        .await
        .unwrap()
        .unchecked_into();
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:陳大文\r\nEND:VCARD\r\n";
    keep(&cache, "/share/20-b/0", "text/vcard", card.as_bytes()).await;
    let entry = r#"{"title":"","text":"","url":"","at":20,"files":[{"path":"/share/20-b/0","name":"陳大文.vcf","type":"text/vcard","size":51}]}"#;
    keep(&cache, "/share/20-b", "application/json", entry.as_bytes()).await;
    let entry = r#"{"title":"題","text":"字","url":"https://example.com/","at":10,"files":[]}"#;
    keep(&cache, "/share/10-a", "application/json", entry.as_bytes()).await;
    // One whose file the browser dropped is not shown half.
    let entry = r#"{"title":"","text":"","url":"","at":30,"files":[{"path":"/share/30-c/0","name":"x","type":"","size":1}]}"#;
    keep(&cache, "/share/30-c", "application/json", entry.as_bytes()).await;

    let waiting = share::incoming().await;
    let keys: Vec<&str> = waiting.iter().map(|share| share.key.as_str()).collect();
    assert_eq!(keys, ["/share/10-a", "/share/20-b"]);
    let [text, with_file] = waiting.as_slice() else {
        unreachable!()
    };
    assert_eq!(
        (text.title.as_str(), text.text.as_str(), text.url.as_str()),
        ("題", "字", "https://example.com/")
    );
    assert_eq!(with_file.files[0].name, "陳大文.vcf");
    assert_eq!(with_file.files[0].mime, "text/vcard");
    assert_eq!(
        with_file.files[0].bytes().await.as_deref(),
        Ok(card.as_bytes())
    );

    share::forget_incoming("/share/20-b").await;
    share::forget_incoming("/share/30-c").await;
    let left: Array = JsFuture::from(cache.keys()).await.unwrap().unchecked_into();
    assert_eq!(left.length(), 1);
    share::forget_incoming("/share/10-a").await;
    assert!(share::incoming().await.is_empty());
    JsFuture::from(caches.delete("topfloor-share"))
        .await
        .unwrap();
}

#[wasm_bindgen_test]
fn a_browser_without_a_share_sheet_says_so() {
    let navigator: JsValue = web_sys::window().unwrap().navigator().into();
    let has_sheet = Reflect::has(&navigator, &"canShare".into()).unwrap();
    assert!(has_sheet || !share::can_share_files());
}
