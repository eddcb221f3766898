//! Signing in and out. Guessing is slow for those a user's account does not know, and never shuts out those it does: a
//! device signed in before has a count of its own, and its id is nothing a stranger could guess.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use sha2::{Digest, Sha256};
use topfloor::domain::id::Id;
use topfloor::wire::{Code, LoggedIn, Login};

use super::Shared;
use super::body::Wire;
use super::caller::{Caller, Origin};
use super::refused::{Refused, json};
use crate::auth::{LONGEST, new_token};
use crate::limits::{Buckets, Rates};
use crate::store::{Account, Device};

/// A sign-in is little more than a name and a password.
const MOST_LOGIN: usize = 16 * 1024;
/// Characters kept of what a device is called.
const LONGEST_LABEL: usize = 80;

pub struct Attempts {
    addresses: Buckets<Option<IpAddr>>,
    /// By a digest: what was typed may be anything, a password too.
    names: Buckets<[u8; 32]>,
    /// By address too: partners on a tower see each other's device ids, and must not be able to shut each other out.
    known: Buckets<(Id, Option<IpAddr>)>,
}

/// What a try was counted for, to be given back when it was right.
enum Counted {
    Known(Id, Option<IpAddr>),
    Stranger(Option<IpAddr>, [u8; 32]),
}

impl Attempts {
    pub fn new(rates: &Rates) -> Self {
        Self {
            addresses: Buckets::new(rates.address),
            names: Buckets::new(rates.name),
            known: Buckets::new(rates.known),
        }
    }

    fn count(&self, counted: &Counted, now_ms: i64) -> Result<(), u64> {
        match counted {
            Counted::Known(device, address) => self.known.take((*device, *address), now_ms, 0),
            Counted::Stranger(address, name) => {
                self.addresses.take(*address, now_ms, 0)?;
                self.names.take(*name, now_ms, 0)
            }
        }
    }

    fn give_back(&self, counted: &Counted) {
        match counted {
            Counted::Known(device, address) => self.known.give_back(&(*device, *address)),
            Counted::Stranger(address, name) => {
                self.addresses.give_back(address);
                self.names.give_back(name);
            }
        }
    }
}

pub async fn login(
    State(gateway): State<Shared>,
    Origin(address): Origin,
    body: Wire<MOST_LOGIN>,
) -> Result<Response, Refused> {
    let login: Login = body.parse()?;
    let name = login.name.trim().to_owned();
    if login.password.len() > LONGEST || name.len() > LONGEST {
        return Err(Refused::too_large(LONGEST));
    }
    let key = Sha256::digest(name.to_lowercase()).into();
    let (account, device) = find(&gateway, name, login.device).await?;
    let user = account.as_ref().map(|account| account.user.id);
    // Nothing of a device that is somebody else's goes into this user's trail.
    let known = device
        .filter(|device| user == Some(device.user.id))
        .map(|device| device.id);

    let counted = match known {
        Some(device) => Counted::Known(device, address),
        None => Counted::Stranger(address, key),
    };
    if let Err(after_ms) = gateway.attempts.count(&counted, gateway.now_ms()) {
        gateway
            .audit_refusal(user, known, "sign_in_refused", "too_many")
            .await;
        return Err(Refused::too_many(after_ms));
    }
    let hash = account
        .as_ref()
        .map(|account| account.password_hash.clone());
    let right = gateway
        .verifier
        .verify(login.password, hash, known.is_some())
        .await?;
    let Some(account) = account.filter(|_| right) else {
        let why = match user {
            Some(_) => "wrong_password",
            None => "unknown_name",
        };
        gateway.audit(user, known, "sign_in_refused", why).await;
        return Err(Refused::wrong_password());
    };
    gateway.attempts.give_back(&counted);
    admit(&gateway, account, login.device, &login.device_name).await
}

async fn find(
    gateway: &Shared,
    name: String,
    device: Id,
) -> Result<(Option<Account>, Option<Device>), Refused> {
    // Both are asked for whatever the first answers, so that the time tells nothing.
    let found = gateway
        .with_store(move |store, _| Ok((store.account(&name)?, store.device(device)?)))
        .await?;
    Ok(found)
}

/// The password was right; what remains is whether this user may sign in on this device.
async fn admit(
    gateway: &Shared,
    account: Account,
    device: Id,
    called: &str,
) -> Result<Response, Refused> {
    let user = account.user.id;
    let (token, digest) = new_token()?;
    let called = label(called);
    let closed = account.closed;
    let signed = gateway.with_store(move |store, now_ms| {
        if closed {
            let known = store.device(device)?;
            return Ok((known.filter(|known| known.user.id == user), 0));
        }
        let device = store.sign_in(user, device, &called, &digest, now_ms)?;
        Ok((Some(device), store.generation()?))
    });
    let refused = match signed.await {
        Ok((Some(device), _)) if device.revoked => Refused::revoked(device.order),
        Ok(_) if closed => Refused::closed(),
        Ok((_, generation)) => {
            gateway.audit(Some(user), Some(device), "sign_in", "").await;
            let answer = LoggedIn {
                user: account.user,
                token,
                generation,
            };
            return Ok(json(StatusCode::OK, &answer));
        }
        Err(refused) => refused,
    };
    let (why, own) = match refused.refusal.code {
        Code::Revoked => ("revoked", Some(device)),
        Code::Closed => ("closed", None),
        Code::OtherUser => ("other_user", None),
        _ => ("failed", None),
    };
    gateway
        .audit_refusal(Some(user), own, "sign_in_refused", why)
        .await;
    Err(refused)
}

/// Shown in lists of devices: one line, not too long.
fn label(called: &str) -> String {
    let plain = called.chars().filter(|c| !c.is_control());
    plain
        .take(LONGEST_LABEL)
        .collect::<String>()
        .trim()
        .to_owned()
}

pub async fn logout(
    State(gateway): State<Shared>,
    Caller(device): Caller,
) -> Result<StatusCode, Refused> {
    let id = device.id;
    gateway
        .with_store(move |store, now_ms| store.sign_out(id, now_ms))
        .await?;
    gateway
        .audit(Some(device.user.id), Some(id), "sign_out", "")
        .await;
    Ok(StatusCode::NO_CONTENT)
}
