//! The protocol's routes (see `topfloor::wire`) over the store.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Argon2, Params};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use base64::Engine;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use topfloor::wire::{
    BlobAnswer, Code, Hello, Limits, LoggedIn, Login, MEDIA_TYPE, MOST_BODY, PROTOCOL, Push,
    PushAnswer, Refusal, UPLOAD_OFFSET,
};

use crate::store::{BlobState, Device, Incoming, Pull, Store, StoreError};

type Shared = Arc<dyn Store>;

pub fn router(store: Shared) -> Router {
    Router::new()
        .route("/v1/login", post(login))
        .route("/v1/logout", post(logout))
        .route("/v1/hello", get(hello))
        .route("/v1/push", post(push))
        .route("/v1/pull", get(pull))
        .route(
            "/v1/blobs/{digest}",
            head(blob_state).put(put_blob).get(blob),
        )
        .layer(DefaultBodyLimit::max(MOST_BODY))
        .with_state(store)
}

pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
}

pub fn hash_password(password: &str) -> Result<String, String> {
    let mut salt = [0_u8; 16];
    SystemRandom::new()
        .fill(&mut salt)
        .map_err(|_| "no random numbers".to_owned())?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| error.to_string())?;
    argon()
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| error.to_string())
}

fn argon() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
}

struct Refused(StatusCode, Code);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let refusal = Refusal {
            code: self.1,
            text: String::new(),
            order: None,
            after_s: None,
        };
        let mut response = answer(&refusal);
        *response.status_mut() = self.0;
        response
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        eprintln!("store: {error}");
        match error {
            StoreError::OtherUser(_) => Refused(StatusCode::CONFLICT, Code::OtherUser),
            _ => Refused(StatusCode::SERVICE_UNAVAILABLE, Code::Busy),
        }
    }
}

fn answer<T: Serialize>(value: &T) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn run<T: Send + 'static>(
    store: &Shared,
    job: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Refused> {
    let store = store.clone();
    match tokio::task::spawn_blocking(move || job(&*store)).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(Refused(StatusCode::INTERNAL_SERVER_ERROR, Code::Busy)),
    }
}

async fn device(store: &Shared, headers: &HeaderMap) -> Result<Device, Refused> {
    let none = || Refused(StatusCode::UNAUTHORIZED, Code::SignIn);
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(none)?;
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let now = now_ms();
    let device = run(store, move |store| store.device_of_token(&digest, now))
        .await?
        .ok_or_else(none)?;
    if device.revoked || device.closed {
        return Err(Refused(StatusCode::FORBIDDEN, Code::Revoked));
    }
    Ok(device)
}

async fn login(State(store): State<Shared>, body: Bytes) -> Result<Response, Refused> {
    let login: Login = serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, Code::Malformed))?;
    let name = login.name.clone();
    let account = run(&store, move |store| store.account(&name)).await?;
    let wrong = || Refused(StatusCode::UNAUTHORIZED, Code::WrongPassword);
    let account = account.ok_or_else(wrong)?;
    let hash = account.password_hash.clone();
    let password = login.password.clone();
    let right = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .unwrap_or(false);
    if !right {
        return Err(wrong());
    }
    let mut token = [0_u8; 32];
    SystemRandom::new()
        .fill(&mut token)
        .map_err(|_| Refused(StatusCode::INTERNAL_SERVER_ERROR, Code::Busy))?;
    let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(token);
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let now = now_ms();
    let user = account.user.clone();
    let (device, name, id) = (login.device, login.device_name, user.id);
    let generation = run(&store, move |store| {
        store.sign_in(id, device, &name, &digest, now)?;
        store.generation()
    })
    .await?;
    Ok(answer(&LoggedIn {
        user,
        token,
        generation,
    }))
}

async fn logout(State(store): State<Shared>, headers: HeaderMap) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    run(&store, move |store| store.sign_out(device.id, now_ms())).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn hello(State(store): State<Shared>, headers: HeaderMap) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    let hello = run(&store, move |store| {
        Ok(Hello {
            protocol: (PROTOCOL, PROTOCOL),
            generation: store.generation()?,
            scopes: store.scopes(device.user.id)?,
            held: store.held(device.id)?,
            user: device.user,
            server_ms: now_ms(),
            limits: Limits::default(),
        })
    })
    .await?;
    Ok(answer(&hello))
}

async fn push(
    State(store): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    let push: Push = serde_json::from_slice(&body)
        .map_err(|_| Refused(StatusCode::BAD_REQUEST, Code::Malformed))?;
    let generation = run(&store, |store| store.generation()).await?;
    if push.generation != generation {
        return Err(Refused(StatusCode::CONFLICT, Code::Generation));
    }
    let incoming: Vec<Incoming> = push
        .mutations
        .iter()
        .map(|mutation| Incoming {
            number: mutation.number,
            id: mutation.id,
            digest: mutation.digest.clone(),
            body: mutation.body.get().to_owned(),
        })
        .collect();
    let batch = push.batch;
    let results = run(&store, move |store| {
        store.apply(&device, &incoming, now_ms())
    })
    .await?;
    Ok(answer(&PushAnswer {
        batch,
        generation,
        results,
    }))
}

#[derive(Deserialize)]
struct PullQuery {
    scope: String,
    #[serde(default)]
    since: u64,
    #[serde(default)]
    limit: u32,
}

async fn pull(
    State(store): State<Shared>,
    headers: HeaderMap,
    Query(query): Query<PullQuery>,
) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    let page = run(&store, move |store| {
        store.pull(device.user.id, &query.scope, query.since, query.limit)
    })
    .await?;
    match page {
        Pull::Page(page) => Ok(answer(&page)),
        Pull::NoAccess => Err(Refused(StatusCode::FORBIDDEN, Code::NoAccess)),
    }
}

async fn blob_state(
    State(store): State<Shared>,
    headers: HeaderMap,
    Path(digest): Path<String>,
) -> Result<Response, Refused> {
    device(&store, &headers).await?;
    let state = run(&store, move |store| store.blob_state(&digest)).await?;
    let state = blob_answer(state);
    let status = if state.complete {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    Ok((
        status,
        [
            (UPLOAD_OFFSET, state.offset.to_string()),
            ("content-type", MEDIA_TYPE.to_owned()),
        ],
    )
        .into_response())
}

fn blob_answer(state: BlobState) -> BlobAnswer {
    match state {
        BlobState::Missing => BlobAnswer {
            offset: 0,
            complete: false,
        },
        BlobState::Partial(offset) => BlobAnswer {
            offset,
            complete: false,
        },
        BlobState::Complete(offset) => BlobAnswer {
            offset,
            complete: true,
        },
    }
}

#[derive(Deserialize)]
struct Part {
    offset: u64,
    size: u64,
}

async fn put_blob(
    State(store): State<Shared>,
    headers: HeaderMap,
    Path(digest): Path<String>,
    Query(part): Query<Part>,
    body: Bytes,
) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    let state = run(&store, move |store| {
        store.put_blob(&device, &digest, part.size, part.offset, &body, now_ms())
    })
    .await?;
    Ok(answer(&blob_answer(state)))
}

async fn blob(
    State(store): State<Shared>,
    headers: HeaderMap,
    Path(digest): Path<String>,
) -> Result<Response, Refused> {
    let device = device(&store, &headers).await?;
    let bytes = run(&store, move |store| store.blob(device.user.id, &digest)).await?;
    match bytes {
        Some(bytes) => Ok((
            [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CACHE_CONTROL, "no-store"),
            ],
            bytes,
        )
            .into_response()),
        None => Err(Refused(StatusCode::NOT_FOUND, Code::NotFound)),
    }
}
