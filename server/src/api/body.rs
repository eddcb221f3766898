//! Reading a body: of our type, not too large, arrived to its end. Half a body is none.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use topfloor::wire::{BLOB_PART, Code, MEDIA_TYPE};

use super::Shared;
use super::refused::Refused;

/// The type of a picture's bytes.
pub const OCTETS: &str = "application/octet-stream";

/// What is still read of a body that is too large. A sender who is cut off in the middle would take that for a bad
/// connection and try again for ever.
const DRAINED: usize = 8 * 1024 * 1024;

/// The whole body, when it is of this type and of no more bytes.
async fn whole(
    request: Request,
    wanted: &str,
    most: usize,
    gateway: &Shared,
) -> Result<Bytes, Refused> {
    if !is_type(request.headers(), wanted) {
        return Err(Refused::media_type(wanted));
    }
    let read = read(request.into_body(), most);
    tokio::time::timeout(gateway.options.patience, read)
        .await
        .unwrap_or_else(|_| {
            let (status, text) = (StatusCode::REQUEST_TIMEOUT, "the body took too long");
            Err(Refused::new(status, Code::Malformed, text))
        })
}

async fn read(mut body: Body, most: usize) -> Result<Bytes, Refused> {
    let (mut bytes, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refused::malformed("the body ended early"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        seen += data.len();
        if seen <= most {
            bytes.extend_from_slice(&data);
        } else if seen <= DRAINED {
            bytes = Vec::new();
        } else {
            break;
        }
    }
    if seen > most {
        return Err(Refused::too_large(most));
    }
    Ok(bytes.into())
}

/// A part of a picture.
pub struct Octets(pub Bytes);

impl FromRequest<Shared> for Octets {
    type Rejection = Refused;

    async fn from_request(request: Request, gateway: &Shared) -> Result<Self, Refused> {
        whole(request, OCTETS, BLOB_PART, gateway).await.map(Self)
    }
}

/// The JSON of the wire, of at most so many bytes.
pub struct Wire<const MOST: usize>(Bytes);

impl<const MOST: usize> FromRequest<Shared> for Wire<MOST> {
    type Rejection = Refused;

    async fn from_request(request: Request, gateway: &Shared) -> Result<Self, Refused> {
        whole(request, MEDIA_TYPE, MOST, gateway).await.map(Self)
    }
}

impl<const MOST: usize> Wire<MOST> {
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
