//! The protocol's requests, each with the check of its answer.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::reply::{self, Fault, Seen};
use crate::domain::id::Id;
use crate::domain::outbox::Frozen;
use crate::platform::http::{self, Answer, Request};
use crate::wire::{
    BlobAnswer, Hello, LoggedIn, Login, MEDIA_TYPE, PullAnswer, Push, PushAnswer, Pushed,
};

/// Talks to the server in the name of this device.
#[derive(Debug, Clone)]
pub struct Client {
    pub token: String,
}

/// Signs in: the one request that needs no token.
pub async fn sign_in(login: &Login) -> Result<LoggedIn, Fault> {
    let request = Request {
        method: "POST",
        path: "/v1/login".into(),
        content_type: Some(MEDIA_TYPE),
        body: Some(json(login)?),
        small: true,
        ..Request::default()
    };
    read(&send(&request).await?)
}

/// Ends the token. One that cannot be ended now ends when the device signs in again, or is revoked.
pub async fn sign_out(token: &str) -> Result<(), Fault> {
    let client = Client {
        token: token.to_owned(),
    };
    let request = Request {
        small: true,
        ..client.request("POST", "/v1/logout")
    };
    reply::done(seen(&send(&request).await?))
}

impl Client {
    pub async fn hello(&self) -> Result<Hello, Fault> {
        let request = Request {
            small: true,
            ..self.request("GET", "/v1/hello")
        };
        read(&send(&request).await?)
    }

    /// Sends rows of the queue, byte for byte, and answers only what answers each of them.
    pub async fn push(
        &self,
        batch: Id,
        generation: u64,
        rows: &[(u64, Frozen)],
    ) -> Result<PushAnswer, Fault> {
        let mut mutations = Vec::with_capacity(rows.len());
        for (number, frozen) in rows {
            let body = serde_json::from_slice(&frozen.bytes).map_err(|_| Fault::NoAnswer)?;
            mutations.push(Pushed {
                number: *number,
                id: frozen.id,
                digest: frozen.digest.clone(),
                body,
            });
        }
        let request = Request {
            content_type: Some(MEDIA_TYPE),
            body: Some(json(&Push {
                batch,
                generation,
                mutations,
            })?),
            ..self.request("POST", "/v1/push")
        };
        let answer: PushAnswer = read(&send(&request).await?)?;
        let sent = rows.iter().map(|(_, frozen)| frozen.id);
        if reply::is_whole(&answer, batch, sent) {
            Ok(answer)
        } else {
            Err(Fault::NoAnswer)
        }
    }

    pub async fn pull(&self, scope: &str, since: u64, limit: u32) -> Result<PullAnswer, Fault> {
        let answer: PullAnswer = self
            .get(&format!(
                "/v1/pull?scope={scope}&since={since}&limit={limit}"
            ))
            .await?;
        if answer.scope == scope {
            Ok(answer)
        } else {
            Err(Fault::NoAnswer)
        }
    }

    /// How much of a picture the server has.
    pub async fn blob_state(&self, digest: &str) -> Result<BlobAnswer, Fault> {
        let answer = send(&self.request("HEAD", &blob_path(digest))).await?;
        match (answer.status, answer.upload_offset()) {
            (200, Some(offset)) => Ok(BlobAnswer {
                offset,
                complete: true,
            }),
            (404, Some(offset)) => Ok(BlobAnswer {
                offset,
                complete: false,
            }),
            // A page of somebody else has no such header.
            (200 | 404, None) => Err(Fault::Portal),
            _ => Err(reply::read::<BlobAnswer>(seen(&answer))
                .err()
                .unwrap_or(Fault::NoAnswer)),
        }
    }

    pub async fn put_part(
        &self,
        digest: &str,
        size: usize,
        offset: u64,
        part: &[u8],
    ) -> Result<BlobAnswer, Fault> {
        let path = format!("{}?offset={offset}&size={size}", blob_path(digest));
        let request = Request {
            content_type: Some("application/octet-stream"),
            body: Some(part.to_vec()),
            ..self.request("PUT", &path)
        };
        read(&send(&request).await?)
    }

    /// A picture's bytes; `None` while the server has none.
    pub async fn blob(&self, digest: &str) -> Result<Option<Vec<u8>>, Fault> {
        let answer = send(&self.request("GET", &blob_path(digest))).await?;
        let octets = answer.content_type.starts_with("application/octet-stream");
        match answer.status {
            200 if octets && !answer.redirected => Ok(Some(answer.body)),
            404 if answer.content_type.starts_with(MEDIA_TYPE) => Ok(None),
            _ => Err(reply::read::<BlobAnswer>(seen(&answer))
                .err()
                .unwrap_or(Fault::NoAnswer)),
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Fault> {
        read(&send(&self.request("GET", path)).await?)
    }

    fn request(&self, method: &'static str, path: &str) -> Request {
        Request {
            method,
            path: path.to_owned(),
            token: Some(self.token.clone()),
            ..Request::default()
        }
    }
}

fn blob_path(digest: &str) -> String {
    format!("/v1/blobs/{digest}")
}

async fn send(request: &Request) -> Result<Answer, Fault> {
    http::send(request).await.map_err(|_| Fault::NoAnswer)
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Fault> {
    reply::read(seen(answer))
}

fn seen(answer: &Answer) -> Seen<'_> {
    Seen {
        status: answer.status,
        redirected: answer.redirected,
        content_type: &answer.content_type,
        retry_after: answer.retry_after,
        body: &answer.body,
    }
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, Fault> {
    // Plain data of ours: it fails only out of memory.
    serde_json::to_vec(value).map_err(|_| Fault::NoAnswer)
}
