//! Requests to the app's own server. A request is given up when nothing moves any more, not after a total time: a slow
//! network gets a large answer through as long as it trickles. `XMLHttpRequest`, because it tells how an upload goes on
//! and `fetch` does not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, RequestInit, RequestRedirect, Response, ResponseType, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

use super::clock;
use super::listener::Listener;

/// A request is given up after so long without a byte in either direction, milliseconds.
const STALLED_MS: i64 = 20_000;
const LOOK_MS: u32 = 1_000;

#[derive(Debug, Clone, Default)]
pub struct Request {
    pub method: &'static str,
    /// With its query; always of this origin.
    pub path: String,
    pub token: Option<String>,
    pub content_type: Option<&'static str>,
    pub body: Option<Vec<u8>>,
    /// A few bytes each way. Such a request follows no redirect, so it is the one that recognises a network which sends
    /// everybody to its login page.
    pub small: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    /// Somewhere else answered: no answer of ours.
    pub redirected: bool,
    pub content_type: String,
    /// Seconds.
    pub retry_after: Option<u32>,
    pub body: Vec<u8>,
    upload_offset: Option<u64>,
}

impl Answer {
    /// See [`crate::wire::UPLOAD_OFFSET`].
    pub fn upload_offset(&self) -> Option<u64> {
        self.upload_offset
    }
}

/// Nothing came back: no network, no server, a reset, or a silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no answer")]
pub struct NoAnswer;

/// Sends a request and waits for the whole answer.
pub async fn send(request: &Request) -> Result<Answer, NoAnswer> {
    if request.small {
        return fetch(request).await;
    }
    let xhr = Aborting(XmlHttpRequest::new().map_err(|_| NoAnswer)?);
    open(&xhr.0, request).map_err(|_| NoAnswer)?;

    let moved = Rc::new(Cell::new(clock::now_ms()));
    let (ended, end) = oneshot::channel();
    let ended = Rc::new(RefCell::new(Some(ended)));
    let mut listeners = Vec::new();
    for kind in ["progress", "readystatechange"] {
        let moved = moved.clone();
        listeners.push(Listener::new(&xhr.0, kind, move |_| {
            moved.set(clock::now_ms())
        }));
    }
    if let Ok(upload) = xhr.0.upload() {
        let moved = moved.clone();
        listeners.push(Listener::new(&upload, "progress", move |_| {
            moved.set(clock::now_ms());
        }));
    }
    {
        let ended = ended.clone();
        listeners.push(Listener::new(&xhr.0, "loadend", move |_| {
            if let Some(ended) = ended.borrow_mut().take() {
                // The receiver is gone only when the request was given up.
                let _ = ended.send(());
            }
        }));
    }
    let sent = match &request.body {
        Some(body) => xhr.0.send_with_opt_u8_array(Some(body)),
        None => xhr.0.send(),
    };
    sent.map_err(|_| NoAnswer)?;
    wait(end, &moved).await?;
    drop(listeners);
    answer(&xhr.0, request)
}

async fn fetch(request: &Request) -> Result<Answer, NoAnswer> {
    let abort = AbortOnDrop(AbortController::new().map_err(|_| NoAnswer)?);
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_redirect(RequestRedirect::Manual);
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_signal(Some(&abort.0.signal()));
    let headers = Headers::new().map_err(|_| NoAnswer)?;
    let token = request
        .token
        .as_ref()
        .map(|token| format!("Bearer {token}"));
    let named = [
        ("authorization", token.as_deref()),
        ("content-type", request.content_type),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            headers.set(name, value).map_err(|_| NoAnswer)?;
        }
    }
    init.set_headers(&headers);
    if let Some(body) = &request.body {
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    let window = web_sys::window().ok_or(NoAnswer)?;
    let whole = async {
        let response: Response =
            JsFuture::from(window.fetch_with_str_and_init(&request.path, &init))
                .await
                .map_err(|_| NoAnswer)?
                .unchecked_into();
        if response.type_() == ResponseType::Opaqueredirect {
            return Ok(Answer {
                status: 302,
                redirected: true,
                ..Answer::default()
            });
        }
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let buffer = JsFuture::from(response.array_buffer().map_err(|_| NoAnswer)?)
            .await
            .map_err(|_| NoAnswer)?;
        Ok(Answer {
            status: response.status(),
            redirected: false,
            content_type: header("content-type").unwrap_or_default(),
            retry_after: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
            body: Uint8Array::new(&buffer).to_vec(),
            upload_offset: None,
        })
    };
    clock::within(STALLED_MS as u32, whole)
        .await
        .unwrap_or(Err(NoAnswer))
}

struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Does nothing to a request that has ended.
        self.0.abort();
    }
}

fn open(xhr: &XmlHttpRequest, request: &Request) -> Result<(), wasm_bindgen::JsValue> {
    xhr.open(request.method, &request.path)?;
    xhr.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    if let Some(token) = &request.token {
        xhr.set_request_header("authorization", &format!("Bearer {token}"))?;
    }
    if let Some(content_type) = request.content_type {
        xhr.set_request_header("content-type", content_type)?;
    }
    Ok(())
}

async fn wait(mut end: oneshot::Receiver<()>, moved: &Cell<i64>) -> Result<(), NoAnswer> {
    loop {
        match clock::within(LOOK_MS, &mut end).await {
            Some(ended) => return ended.map_err(|_| NoAnswer),
            // A clock that jumps back only makes the wait longer.
            None if clock::now_ms() - moved.get() > STALLED_MS => return Err(NoAnswer),
            None => {}
        }
    }
}

fn answer(xhr: &XmlHttpRequest, request: &Request) -> Result<Answer, NoAnswer> {
    let status = xhr.status().unwrap_or(0);
    if status == 0 {
        return Err(NoAnswer);
    }
    let header = |name: &str| xhr.get_response_header(name).ok().flatten();
    let body = xhr
        .response()
        .ok()
        .and_then(|body| body.dyn_into::<ArrayBuffer>().ok())
        .map(|buffer| Uint8Array::new(&buffer).to_vec())
        .unwrap_or_default();
    let url = xhr.response_url();
    Ok(Answer {
        status,
        redirected: !url.is_empty() && !url.ends_with(&request.path),
        content_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after").and_then(|seconds| seconds.trim().parse().ok()),
        upload_offset: header(crate::wire::UPLOAD_OFFSET).and_then(|bytes| bytes.parse().ok()),
        body,
    })
}

/// Ends the request when nobody waits for it any more.
struct Aborting(XmlHttpRequest);

impl Drop for Aborting {
    fn drop(&mut self) {
        // Does nothing to one that has ended.
        let _ = self.0.abort();
    }
}
