//! Reading a body: of our type, not too large, arrived to its end. Half a body is none.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use topfloor::wire::{Code, MEDIA_TYPE};

use super::Shared;
use super::refused::Refused;

/// The type of a picture's bytes.
pub const OCTETS: &str = "application/octet-stream";

/// The whole body, up to the limit of its route, when it is of this type.
async fn whole(request: Request, wanted: &str, gateway: &Shared) -> Result<Bytes, Refused> {
    if !is_type(request.headers(), wanted) {
        return Err(Refused::media_type(wanted));
    }
    let read = Bytes::from_request(request, gateway);
    match tokio::time::timeout(gateway.options.patience, read).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            Err(Refused::new(
                status,
                Code::TooLarge,
                "the body is too large",
            ))
        }
        Ok(Err(_)) => Err(Refused::malformed("the body ended early")),
        Err(_) => {
            let text = "the body took too long";
            Err(Refused::new(
                StatusCode::REQUEST_TIMEOUT,
                Code::Malformed,
                text,
            ))
        }
    }
}

/// A part of a picture.
pub struct Octets(pub Bytes);

impl FromRequest<Shared> for Octets {
    type Rejection = Refused;

    async fn from_request(request: Request, gateway: &Shared) -> Result<Self, Refused> {
        whole(request, OCTETS, gateway).await.map(Self)
    }
}

/// The JSON of the wire.
pub struct Wire(pub Bytes);

impl FromRequest<Shared> for Wire {
    type Rejection = Refused;

    async fn from_request(request: Request, gateway: &Shared) -> Result<Self, Refused> {
        whole(request, MEDIA_TYPE, gateway).await.map(Self)
    }
}

impl Wire {
    /// The place of a fault is told and not what stands there: it may be a name or a password.
    pub fn parse<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, Refused> {
        serde_json::from_slice(&self.0).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Refused::malformed(format!("not understood at line {line}, column {column}"))
        })
    }
}

/// Whether the body is of this type, whatever its parameters.
fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(wanted))
}
