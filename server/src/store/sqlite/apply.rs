//! A batch from a device: what each mutation must be before it may act, and what is kept of it.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use topfloor::domain::consent::hex;
use topfloor::domain::id::Id;
use topfloor::domain::outbox::{Action, Mutation};
use topfloor::domain::record::{Kind, schema_of};
use topfloor::wire::{Code, Outcome, PushResult};

use super::acts;
use super::keys::Key;
use super::scopes::{self, Place};
use super::{accounts, care, feed, held};
use crate::store::{Audit, Device, Incoming, Result, StoreError};

/// When a device asks again for what a colleague has to allow first, seconds.
const ASK_AGAIN_S: u32 = 300;
/// When it asks again for what a newer server will know, seconds.
const UPDATE_S: u32 = 3600;

/// Ends a mutation's course: with an answer, which leaves nothing of it behind, or because the store failed.
pub(super) enum Stop {
    Reject(Code, String),
    /// To be sent again after so many seconds.
    Later(Code, u32),
    Failed(StoreError),
}

impl<E: Into<StoreError>> From<E> for Stop {
    fn from(error: E) -> Self {
        match error.into() {
            // An older server over a database that a newer one wrote: only this record has to wait.
            StoreError::Newer { .. } => Stop::Later(Code::ServerOlder, UPDATE_S),
            error => Stop::Failed(error),
        }
    }
}

pub(super) fn reject(code: Code, text: impl Into<String>) -> Stop {
    Stop::Reject(code, text.into())
}

/// What applying runs with.
pub(super) struct Context<'a> {
    pub db: &'a Connection,
    pub sender: &'a Device,
    pub now_ms: i64,
}

/// A mutation whose bytes were looked at.
pub(super) struct Prepared {
    id: Id,
    number: i64,
    /// Lower-case hex.
    digest: String,
    bytes: String,
    read: Read,
}

enum Read {
    Mutation(Mutation),
    /// Of a kind or layout this server does not know.
    Newer,
    Refused(Code, String),
}

pub(super) fn prepare(incoming: &Incoming) -> Prepared {
    let digest = hex(&Sha256::digest(incoming.body.as_bytes()));
    let number = i64::try_from(incoming.number);
    let read = if digest != incoming.digest {
        Read::Refused(Code::Damaged, "the digest is not that of the bytes".into())
    } else if number.is_err() {
        Read::Refused(Code::Malformed, "the number is too large".into())
    } else {
        read(incoming).unwrap_or_else(|text| Read::Refused(Code::Malformed, text))
    };
    Prepared {
        id: incoming.id,
        number: number.unwrap_or_default(),
        digest,
        bytes: incoming.body.clone(),
        read,
    }
}

/// A newer app may shape everything but these three members in a new way, so they are looked at first.
fn read(incoming: &Incoming) -> std::result::Result<Read, String> {
    let json: Value = serde_json::from_str(&incoming.body).map_err(|error| error.to_string())?;
    let text = |name: &str| json.get(name).and_then(Value::as_str);
    if text("id").and_then(|id| id.parse().ok()) != Some(incoming.id) {
        return Err("the id in the body is another".into());
    }
    let kind = text("kind").ok_or("no kind")?;
    let schema = json
        .get("schema")
        .and_then(Value::as_u64)
        .ok_or("no schema")?;
    let known = Kind::parse(kind).is_some_and(|kind| schema <= u64::from(schema_of(kind)));
    if !known {
        return Ok(Read::Newer);
    }
    // From the bytes and not from `json`: a member that comes twice is refused only there.
    serde_json::from_str(&incoming.body)
        .map(Read::Mutation)
        .map_err(|error| error.to_string())
}

pub(super) fn apply(
    db: &Connection,
    sender: &Device,
    batch: &[Prepared],
    now_ms: i64,
) -> Result<Vec<PushResult>> {
    match accounts::device(db, sender.id)? {
        Some(known) if known.user.id == sender.user.id => {}
        Some(_) => return Err(StoreError::OtherUser(sender.id)),
        None => return Err(StoreError::NoDevice(sender.id)),
    }
    let context = Context { db, sender, now_ms };
    let mut results = Vec::with_capacity(batch.len());
    for prepared in batch {
        db.execute_batch("SAVEPOINT one")?;
        let outcome = match one(&context, prepared) {
            Ok(outcome) => outcome,
            Err(Stop::Reject(code, text)) => {
                db.execute_batch("ROLLBACK TO one")?;
                Outcome::Rejected { code, text }
            }
            Err(Stop::Later(code, after_s)) => {
                db.execute_batch("ROLLBACK TO one")?;
                Outcome::Later { code, after_s }
            }
            Err(Stop::Failed(error)) => return Err(error),
        };
        if let Outcome::Rejected {
            code: Code::Reused, ..
        } = &outcome
        {
            care::audit(
                db,
                &Audit {
                    at_ms: now_ms,
                    user: Some(sender.user.id),
                    device: Some(sender.id),
                    act: "mutation_reused".into(),
                    detail: format!("mutation {}", prepared.id),
                },
            )?;
        }
        db.execute_batch("RELEASE one")?;
        results.push(PushResult {
            id: prepared.id,
            outcome,
        });
    }
    Ok(results)
}

fn one(context: &Context, prepared: &Prepared) -> std::result::Result<Outcome, Stop> {
    let db = context.db;
    if let Read::Refused(code, text) = &prepared.read {
        return Err(reject(*code, text));
    }
    if let Some((digest, version)) = known(db, prepared.id)? {
        if digest != prepared.digest {
            return Err(reject(Code::Reused, "the id came before with other bytes"));
        }
        held::hold(db, context.sender.id, prepared.number)?;
        return Ok(Outcome::Duplicate { version });
    }
    let Read::Mutation(mutation) = &prepared.read else {
        return Err(Stop::Later(Code::ServerOlder, UPDATE_S));
    };
    let create = matches!(mutation.action, Action::Create { .. });
    let scope = match scopes::place(db, context.sender.user.id, &mutation.scope.0)? {
        Place::Open(scope) => Some(scope),
        Place::Unmade(building)
            if create && mutation.kind == Kind::Building && mutation.record == building =>
        {
            None
        }
        Place::Unmade(_) | Place::Closed => return Err(Stop::Later(Code::NoAccess, ASK_AGAIN_S)),
        Place::Never => return Err(reject(Code::Invalid, "no such scope")),
    };
    let done = acts::act(context, scope, mutation)?;
    db.prepare_cached(
        "INSERT INTO mutations (id, device, user, number, digest, record, version, seq, at_ms, received_ms, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        Key(prepared.id),
        Key(context.sender.id),
        Key(context.sender.user.id),
        prepared.number,
        prepared.digest,
        Key(mutation.record),
        done.version,
        done.seq,
        mutation.at.at_ms,
        context.now_ms,
        prepared.bytes
    ])?;
    held::hold(db, context.sender.id, prepared.number)?;
    let record = match done.show {
        true => feed::record(db, mutation.record)?,
        false => None,
    };
    Ok(Outcome::Applied {
        version: done.version,
        seq: done.seq,
        record,
        clashes: done.clashes,
    })
}

fn known(db: &Connection, id: Id) -> Result<Option<(String, u64)>> {
    let known = db
        .prepare_cached("SELECT digest, version FROM mutations WHERE id = ?1")?
        .query_row([Key(id)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(known)
}
