//! The upload gateway's requests: what `topfloor::wire` describes, over one store.

mod blobs;
mod body;
mod caller;
mod options;
mod refused;
mod sign_in;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use tokio::sync::Semaphore;
use topfloor::domain::id::Id;
use topfloor::wire::Code;
use tower_http::compression::CompressionLayer;

use crate::auth::{AuthError, Verifier};
use crate::limits::{Buckets, Rate};
use crate::log;
use crate::store::{self, Audit, Store};
pub use caller::Peer;
pub use options::{Clock, Options, Stop, unix_ms};
pub use refused::Reason;
use refused::Refused;
use sign_in::Attempts;

/// What every request shares.
struct Gateway {
    store: Arc<dyn Store>,
    options: Options,
    verifier: Verifier,
    attempts: Attempts,
    requests: Buckets<Id>,
    /// Whose refusals, by user and device, are written to the audit trail: one that comes again and again says nothing new.
    refusals: Buckets<(Option<Id>, Option<Id>)>,
    pulls: Semaphore,
    pushes: Semaphore,
}

type Shared = Arc<Gateway>;

/// The routes under `/v1`, for [`crate::gateway`] to put beside the site.
///
/// # Errors
/// When the system gives no random numbers.
pub fn router(store: Arc<dyn Store>, options: Options) -> Result<Router, AuthError> {
    let gateway = Arc::new(Gateway {
        verifier: Verifier::new(options.cost.clone())?,
        attempts: Attempts::new(&options.rates),
        requests: Buckets::new(options.rates.device),
        refusals: Buckets::new(Rate {
            burst: 5,
            every_ms: 600_000,
        }),
        pulls: Semaphore::new(options.pulls),
        pushes: Semaphore::new(options.pushes),
        store,
        options,
    });
    let blob = get(blobs::get).head(blobs::head).put(blobs::put);
    Ok(Router::new()
        .route("/v1/login", post(sign_in::login))
        .route("/v1/logout", post(sign_in::logout))
        .route("/v1/hello", get(sync::hello))
        .route("/v1/push", post(sync::push))
        .route(
            "/v1/pull",
            get(sync::pull).layer(CompressionLayer::new().gzip(true)),
        )
        .route("/v1/blobs/{digest}", blob)
        // Never the app's page: a device would take it for the answer of another server.
        .route("/v1", any(unknown))
        .route("/v1/", any(unknown))
        .route("/v1/{*rest}", any(unknown))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&gateway), open))
        .layer(map_response(uncached))
        .layer(from_fn(log::request))
        .with_state(gateway))
}

/// While the server stops, what it has begun is finished and nothing new is.
async fn open(State(gateway): State<Shared>, request: Request, next: Next) -> Response {
    if gateway.options.stop.is_stopping() {
        return Refused::busy("the server is stopping", 5).into_response();
    }
    next.run(request).await
}

async fn uncached(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn unknown() -> Refused {
    Refused::not_found()
}

async fn method_not_allowed() -> Refused {
    let text = "method not allowed";
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, Code::NotFound, text)
}

impl Gateway {
    fn now_ms(&self) -> i64 {
        (self.options.clock)()
    }

    /// Runs what blocks off the async threads. It ends by itself also when the device has gone.
    async fn with_store<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&dyn Store, i64) -> store::Result<T> + Send + 'static,
    ) -> Result<T, Refused> {
        let gateway = Arc::clone(self);
        let now_ms = self.now_ms();
        tokio::task::spawn_blocking(move || work(gateway.store.as_ref(), now_ms))
            .await
            .map_err(|error| {
                tracing::error!(%error, "a store call broke");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Refused::new(status, Code::Other, "the server failed")
            })?
            .map_err(Refused::from)
    }

    /// An act that cannot be written down must not undo the act.
    async fn audit(self: &Arc<Self>, user: Option<Id>, device: Option<Id>, act: &str, why: &str) {
        let (act, detail) = (act.to_owned(), why.to_owned());
        let written = self.with_store(move |store, at_ms| {
            store.audit(&Audit {
                at_ms,
                user,
                device,
                act,
                detail,
            })
        });
        // The cause is in the log already.
        let _ = written.await;
    }

    /// Writes down a refusal, unless there were many of this device's lately.
    async fn audit_refusal(
        self: &Arc<Self>,
        user: Option<Id>,
        device: Option<Id>,
        act: &str,
        why: &str,
    ) {
        if self.refusals.take((user, device), self.now_ms(), 0).is_ok() {
            self.audit(user, device, act, why).await;
        }
    }
}
