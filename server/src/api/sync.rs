//! Hello, push and pull.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use topfloor::wire::{
    Code, Hello, Limits, MOST_BODY, MOST_MUTATIONS, PROTOCOL, PULL_PAGE, Push, PushAnswer, Pushed,
};

use super::Shared;
use super::body::Wire;
use super::caller::Caller;
use super::refused::{Refused, json};
use crate::auth::jitter;
use crate::store::{Incoming, Pull};

pub async fn hello(
    State(gateway): State<Shared>,
    Caller(device): Caller,
) -> Result<Response, Refused> {
    let hello = gateway.with_store(move |store, now_ms| {
        Ok(Hello {
            protocol: (PROTOCOL, PROTOCOL),
            generation: store.generation()?,
            scopes: store.scopes(device.user.id)?,
            held: store.held(device.id)?,
            user: device.user,
            server_ms: now_ms,
            limits: Limits::default(),
        })
    });
    Ok(json(StatusCode::OK, &hello.await?))
}

pub async fn push(
    State(gateway): State<Shared>,
    Caller(device): Caller,
    body: Wire<MOST_BODY>,
) -> Result<Response, Refused> {
    let _permit = gateway
        .pushes
        .try_acquire()
        .map_err(|_| Refused::busy("too many pushes at once", 5))?;
    let push: Push = body.parse()?;
    if push.mutations.len() > MOST_MUTATIONS {
        return Err(Refused::too_large(MOST_MUTATIONS));
    }
    let (batch, generation) = (push.batch, push.generation);
    let mutations: Vec<Incoming> = push
        .mutations
        .into_iter()
        .map(incoming)
        .collect::<Result<_, _>>()?;
    let pushed = gateway.with_store(move |store, now_ms| {
        let current = store.generation()?;
        if current != generation {
            return Ok(None);
        }
        let results = store.apply(&device, &mutations, now_ms)?;
        Ok(Some(PushAnswer {
            batch,
            generation: current,
            results,
        }))
    });
    match pushed.await? {
        Some(answer) => Ok(json(StatusCode::OK, &answer)),
        None => Err(Refused::new(
            StatusCode::CONFLICT,
            Code::Generation,
            "the server was restored since the last hello",
        )),
    }
}

fn incoming(pushed: Pushed) -> Result<Incoming, Refused> {
    if i64::try_from(pushed.number).is_err() {
        return Err(Refused::malformed("a number beyond all counting"));
    }
    Ok(Incoming {
        number: pushed.number,
        id: pushed.id,
        digest: pushed.digest,
        body: pushed.body.get().to_owned(),
    })
}

#[derive(Deserialize)]
pub struct Wanted {
    scope: String,
    #[serde(default)]
    since: u64,
    #[serde(default = "page")]
    limit: u32,
}

fn page() -> u32 {
    PULL_PAGE
}

pub async fn pull(
    State(gateway): State<Shared>,
    Caller(device): Caller,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Refused> {
    let Query(wanted) =
        wanted.map_err(|_| Refused::malformed("a pull wants scope, since and limit"))?;
    let _permit = gateway
        .pulls
        .try_acquire()
        .map_err(|_| Refused::too_many(2000 + u64::from(jitter(8000))))?;
    // Beyond what the store can count it is beyond the feed all the same.
    let since = wanted.since.min(i64::MAX.unsigned_abs());
    let limit = wanted.limit.clamp(1, PULL_PAGE);
    let page =
        gateway.with_store(move |store, _| store.pull(device.user.id, &wanted.scope, since, limit));
    match page.await? {
        Pull::Page(answer) => Ok(json(StatusCode::OK, &answer)),
        Pull::NoAccess => Err(Refused::no_access()),
    }
}
