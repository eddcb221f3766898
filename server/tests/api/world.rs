//! A server with users and devices, and a clock that stands still until it is told.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::json;
use topfloor::domain::id::Id;
use topfloor::domain::outbox::{Action, Mutation};
use topfloor::domain::record::{Kind, Scope};
use topfloor::domain::time::Moment;
use topfloor::wire::{
    Code, LoggedIn, Login, MEDIA_TYPE, Order, Outcome, PullAnswer, Push, PushAnswer, Pushed,
    Refusal, Role,
};
use topfloor_server::api::{Options, Peer, Stop};
use topfloor_server::auth;
use topfloor_server::store::sqlite::Sqlite;
use topfloor_server::store::{NewUser, Store};
use tower::ServiceExt;

pub const NOW: i64 = 1_790_000_000_000;
pub const OCTETS: &str = "application/octet-stream";

pub fn cheap() -> argon2::Params {
    argon2::Params::new(8, 1, 1, None).unwrap()
}

pub fn password(name: &str) -> String {
    format!("secret of {name}")
}

/// An id nobody has.
pub fn id() -> Id {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    Id::from_parts(1_780_000_000_000, &random)
}

pub struct World {
    pub folder: PathBuf,
    pub store: Arc<dyn Store>,
    pub app: Router,
    pub clock: Arc<AtomicI64>,
    pub stop: Stop,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// An answer to HEAD has no body to look at.
    pub head: bool,
}

impl Answer {
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.header("content-type"), MEDIA_TYPE, "{:?}", self.body);
        serde_json::from_slice(&self.body).unwrap()
    }

    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{:?}", self.body);
        self.read()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// A refusal of this kind, whole: the status, the code, the type, nothing to be cached.
    #[track_caller]
    pub fn refused(&self, status: u16, code: Code) -> Refusal {
        if self.head {
            assert_eq!((self.status.as_u16(), self.body.len()), (status, 0));
            assert_eq!(self.header("content-type"), MEDIA_TYPE);
            return Refusal {
                code,
                text: String::new(),
                order: None,
                after_s: self.header("retry-after").parse().ok(),
            };
        }
        let refusal: Refusal = self.read();
        assert_eq!((self.status.as_u16(), refusal.code), (status, code));
        assert_eq!(self.header("cache-control"), "no-store");
        let after = refusal.after_s.map(|s| s.to_string()).unwrap_or_default();
        assert_eq!(self.header("retry-after"), after);
        refusal
    }
}

pub struct Phone {
    pub id: Id,
    pub token: String,
    next: AtomicU64,
}

impl World {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("topfloor-api-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let store: Arc<dyn Store> = Arc::new(Sqlite::open(&folder, NOW).unwrap());
        for name in ["mei", "ka-ho"] {
            let hash = auth::hash(&password(name), cheap()).unwrap();
            let new = NewUser {
                id: id(),
                name,
                shown: &format!("{name} Shown"),
                role: Role::Member,
                password_hash: &hash,
            };
            store.add_user(&new, NOW).unwrap();
        }
        let clock = Arc::new(AtomicI64::new(NOW));
        let hands = Arc::clone(&clock);
        let mut options = Options {
            clock: Arc::new(move || hands.load(Ordering::SeqCst)),
            cost: cheap(),
            ..Options::default()
        };
        change(&mut options);
        let stop = options.stop.clone();
        let app = topfloor_server::api::router(Arc::clone(&store), options).unwrap();
        Self {
            folder,
            store,
            app,
            clock,
            stop,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let head = request.method() == "HEAD";
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
            head,
        }
    }

    /// A request with a token, or without one where it is empty.
    pub async fn ask(&self, method: &str, path: &str, token: &str, body: &[u8]) -> Answer {
        let media = match path.contains("/blobs/") {
            true => OCTETS,
            false => MEDIA_TYPE,
        };
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header("content-type", media);
        }
        self.send(request.body(Body::from(body.to_vec())).unwrap())
            .await
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.ask("GET", path, token, b"").await
    }

    pub async fn login(&self, from: &str, name: &str, password: &str, device: Id) -> Answer {
        let body = serde_json::to_vec(&Login {
            name: name.to_owned(),
            password: password.to_owned(),
            device,
            device_name: format!("phone of {name}"),
        });
        let mut request = Request::post("/v1/login")
            .header("content-type", MEDIA_TYPE)
            .body(Body::from(body.unwrap()))
            .unwrap();
        let peer = Peer(from.parse::<IpAddr>().unwrap());
        request.extensions_mut().insert(ConnectInfo(peer));
        self.send(request).await
    }

    pub async fn phone(&self, name: &str) -> Phone {
        let device = id();
        let answer = self.login("192.0.2.1", name, &password(name), device).await;
        Phone {
            id: device,
            token: answer.ok::<LoggedIn>().token,
            next: AtomicU64::new(1),
        }
    }

    pub fn generation(&self) -> u64 {
        self.store.generation().unwrap()
    }

    pub fn user(&self, name: &str) -> Id {
        self.store.account(name).unwrap().unwrap().user.id
    }

    pub fn revoke(&self, phone: &Phone, order: Option<Order>) {
        self.store.revoke(phone.id, true, order, NOW).unwrap();
    }

    pub async fn push(&self, phone: &Phone, body: &[u8]) -> Answer {
        self.ask("POST", "/v1/push", &phone.token, body).await
    }

    pub async fn pull(&self, phone: &Phone) -> PullAnswer {
        let path = "/v1/pull?scope=u:self&since=0&limit=500";
        self.get(path, &phone.token).await.ok()
    }

    pub fn audited(&self, act: &str) -> Vec<String> {
        let trail = self.store.audit_trail(1000).unwrap();
        let of = trail.into_iter().filter(|entry| entry.act == act);
        of.map(|entry| entry.detail).collect()
    }
}

impl Phone {
    /// A change with its number, ready to be sent any number of times.
    pub fn create(&self, name: &str) -> (u64, topfloor::domain::outbox::Frozen) {
        let action = Action::Create {
            body: json!({"name_zh": name, "name_en": "", "stage": "prospect"}),
            created: None,
        };
        let mutation = Mutation {
            id: id(),
            record: id(),
            kind: Kind::Organisation,
            scope: Scope::own(),
            base_version: 0,
            schema: 1,
            action,
            at: Moment {
                at_ms: NOW - 1000,
                zone: "Asia/Hong_Kong".into(),
                offset_min: 480,
            },
        };
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        (number, mutation.freeze(None).unwrap())
    }
}

pub fn batch(generation: u64, rows: &[(u64, topfloor::domain::outbox::Frozen)]) -> Vec<u8> {
    let mutations = rows.iter().map(|(number, frozen)| Pushed {
        number: *number,
        id: frozen.id,
        digest: frozen.digest.clone(),
        body: serde_json::from_slice(&frozen.bytes).unwrap(),
    });
    serde_json::to_vec(&Push {
        batch: id(),
        generation,
        mutations: mutations.collect(),
    })
    .unwrap()
}

#[track_caller]
pub fn outcomes(answer: &Answer) -> Vec<Outcome> {
    let answer: PushAnswer = answer.ok();
    answer.results.into_iter().map(|r| r.outcome).collect()
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
