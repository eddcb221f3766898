//! Pictures: named by the SHA-256 of their bytes, sent in parts, read by whoever sees a record that shows them.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use topfloor::wire::{BlobAnswer, Code, MOST_BLOB, UPLOAD_OFFSET};

use super::Shared;
use super::body::{OCTETS, Octets};
use super::caller::Caller;
use super::refused::{Refused, json};
use crate::store::BlobState;

type Digest = Result<Path<String>, PathRejection>;

fn digest(path: Digest) -> Option<String> {
    let Path(digest) = path.ok()?;
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (digest.len() == 64 && digest.bytes().all(hex)).then_some(digest)
}

pub async fn get(
    State(gateway): State<Shared>,
    Caller(device): Caller,
    path: Digest,
) -> Result<Response, Refused> {
    let digest = digest(path).ok_or_else(Refused::not_found)?;
    let found = gateway.with_store(move |store, _| store.blob(device.user.id, &digest));
    match found.await? {
        Some(bytes) => Ok(([(header::CONTENT_TYPE, OCTETS)], bytes).into_response()),
        None => Err(Refused::not_found()),
    }
}

/// Where an upload goes on. An answer to HEAD has no body, so the header says it.
pub async fn head(
    State(gateway): State<Shared>,
    Caller(_): Caller,
    path: Digest,
) -> Result<Response, Refused> {
    let digest = digest(path).ok_or_else(Refused::not_found)?;
    let state = gateway.with_store(move |store, _| store.blob_state(&digest));
    let answer = answer(state.await?);
    let status = match answer.complete {
        true => StatusCode::OK,
        false => StatusCode::NOT_FOUND,
    };
    Ok((status, [(UPLOAD_OFFSET, answer.offset.to_string())]).into_response())
}

#[derive(Deserialize)]
pub struct Part {
    offset: u64,
    size: u64,
}

pub async fn put(
    State(gateway): State<Shared>,
    Caller(device): Caller,
    path: Digest,
    part: Result<Query<Part>, QueryRejection>,
    Octets(bytes): Octets,
) -> Result<Response, Refused> {
    let digest = digest(path).ok_or_else(|| Refused::malformed("not a digest"))?;
    let Query(part) = part.map_err(|_| Refused::malformed("a part wants offset and size"))?;
    if part.size > MOST_BLOB as u64 {
        return Err(Refused::too_large(MOST_BLOB));
    }
    let end = part.offset.checked_add(bytes.len() as u64);
    let Some(end) = end.filter(|end| *end <= part.size && !bytes.is_empty()) else {
        return Err(Refused::malformed("the part does not fit the whole"));
    };
    let put = gateway.with_store(move |store, now_ms| {
        let before = answer(store.blob_state(&digest)?);
        let Part { offset, size } = part;
        let after = store.put_blob(&device, &digest, size, offset, &bytes, now_ms)?;
        Ok((before, answer(after)))
    });
    let (before, after) = put.await?;
    // The last part fitted and the whole is gone: its digest was another. Sending the same again cannot help.
    if end == part.size && before.offset == part.offset && after.offset == 0 && !after.complete {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Refused::new(
            status,
            Code::Damaged,
            "the digest is not that of the bytes",
        ));
    }
    Ok(json(StatusCode::OK, &after))
}

fn answer(state: BlobState) -> BlobAnswer {
    let (offset, complete) = match state {
        BlobState::Missing => (0, false),
        BlobState::Partial(bytes) => (bytes, false),
        BlobState::Complete(bytes) => (bytes, true),
    };
    BlobAnswer { offset, complete }
}
