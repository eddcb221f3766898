//! What the server writes about its work: the kind of request and how it went, and nothing of people. No names, no
//! addresses, no ids of records, no tokens and no bodies come near it.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use topfloor::domain::id::Id;
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::api::Reason;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Text,
    Json,
}

/// A line each, in the form wanted. Other crates' lines are left out: what they tell is not ours to vouch for.
pub fn subscriber<M>(form: Form, to: M) -> Box<dyn Subscriber + Send + Sync>
where
    M: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("topfloor_server=info"))
        .with_ansi(false)
        .with_target(false)
        .with_writer(to);
    match form {
        Form::Text => Box::new(lines.finish()),
        Form::Json => Box::new(lines.json().flatten_event(true).finish()),
    }
}

/// Writes to standard error from now on.
pub fn start(form: Form) {
    // A second call finds the first one's in place, which is as good.
    let _ = tracing::subscriber::set_global_default(subscriber(form, std::io::stderr));
}

/// Carries the device from where it is found out to where the line is written.
#[derive(Debug, Clone, Default)]
pub struct Teller(Arc<OnceLock<Id>>);

impl Teller {
    pub fn tell(&self, device: Id) {
        // One request has one device.
        let _ = self.0.set(device);
    }

    /// The end of the id, which is its random part: enough to follow one device, useless to sign in with.
    fn shortened(&self) -> String {
        let id = self.0.get().map(Id::to_string).unwrap_or_default();
        id.chars().skip(28).collect()
    }
}

/// Writes one line for a request, once it is answered.
pub async fn request(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let template = request.extensions().get::<MatchedPath>().cloned();
    let teller = Teller::default();
    request.extensions_mut().insert(teller.clone());
    let response = next.run(request).await;
    let route = template.as_ref().map_or("", MatchedPath::as_str);
    let code = response.extensions().get::<Reason>();
    tracing::info!(
        method = method.as_str(),
        route,
        status = response.status().as_u16(),
        ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        device = teller.shortened(),
        refused = code.map_or(String::new(), |Reason(code)| format!("{code:?}")),
        "request"
    );
    response
}
