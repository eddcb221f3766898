//! What was not applied is kept in a record of its own, one for each field and device that is still undecided.

use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};
use topfloor::domain::clash::{Aside, Attempt, Author, Clash, Kept};
use topfloor::domain::id::Id;
use topfloor::domain::merge::Change;
use topfloor::domain::outbox::Mutation;
use topfloor::domain::record::{AnyBody, Created, Kind};

use super::apply::Context;
use super::author::author_of;
use super::keys::{Key, to_json};
use super::records::{Row, load, put};
use crate::store::{Result, StoreError};

/// Writes an attempt of the sender into a clash; `standing` is what the record holds instead.
pub(super) fn set_aside(
    context: &Context,
    row: &Row,
    mutation: &Mutation,
    what: Attempt,
    standing: Value,
) -> Result<()> {
    let kept = Kept {
        by: author_of(context, row, &what, &standing)?,
        value: standing,
    };
    let by = Author {
        user: context.sender.user.shown.clone(),
        device: context.sender.name.clone(),
        at: mutation.at.clone(),
    };
    let topic = topic(&what)?;
    if let Some((mut open, clash)) = open(context, row.id, &topic)? {
        let clash = Clash {
            kept,
            aside: Aside {
                what: compose(clash.aside.what, what),
                by,
            },
            ..clash
        };
        open.changed_ms = open.changed_ms.max(mutation.at.at_ms);
        return write(context, &mut open, clash);
    }
    let created = Created {
        at: mutation.at.clone(),
        device: context.sender.id,
        user: Some(context.sender.user.name.clone()),
    };
    let mut new = Row {
        id: new_id(context.now_ms)?,
        scope: row.scope,
        kind: Kind::Clash,
        version: 0,
        seq: 0,
        deleted: false,
        created: to_json(&created)?,
        changed_ms: mutation.at.at_ms,
        body: Value::Null,
        device: None,
        solo_from: 1,
    };
    let clash = Clash {
        record: row.id,
        of: row.kind,
        kept,
        aside: Aside { what, by },
        chosen: None,
    };
    write(context, &mut new, clash)?;
    context
        .db
        .prepare_cached(
            "INSERT INTO clashes (id, record, device, topic, open) VALUES (?1, ?2, ?3, ?4, 1)",
        )?
        .execute(params![
            Key(new.id),
            Key(row.id),
            Key(context.sender.id),
            topic
        ])?;
    Ok(())
}

/// The server wrote it, not the sender: the sender does not have it yet.
fn write(context: &Context, row: &mut Row, clash: Clash) -> Result<()> {
    let body = AnyBody::Clash(clash);
    row.body = body
        .to_json()
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    put(context.db, row, None, Some(&body))
}

fn open(context: &Context, record: Id, topic: &str) -> Result<Option<(Row, Clash)>> {
    let id: Option<Key> = context
        .db
        .prepare_cached(
            "SELECT id FROM clashes WHERE record = ?1 AND device = ?2 AND topic = ?3 AND open = 1 ORDER BY id LIMIT 1",
        )?
        .query_row(
            params![Key(record), Key(context.sender.id), topic],
            |row| row.get(0),
        )
        .optional()?;
    let Some(row) = id.map(|id| load(context.db, id.0)).transpose()?.flatten() else {
        return Ok(None);
    };
    let clash = serde_json::from_value(row.body.clone())
        .map_err(|error| StoreError::Damaged(format!("the clash {}: {error}", row.id)))?;
    Ok(Some((row, clash)))
}

/// What a clash is about: a field, an item of a list, or whether the record is there at all.
fn topic(what: &Attempt) -> Result<String> {
    to_json(&match what {
        Attempt::Change(change) => json!([change.field(), item_id(change)]),
        Attempt::Delete => json!("delete"),
        Attempt::Edit { .. } => json!("edit"),
    })
}

pub(super) fn item_id(change: &Change) -> Value {
    let item = match change {
        Change::Set { .. } => return Value::Null,
        Change::Add { item, .. } | Change::Remove { item, .. } => item,
        Change::Replace { new, .. } => new,
    };
    item.get("id").cloned().unwrap_or(Value::Null)
}

/// Two attempts of one device after each other, as one.
fn compose(first: Attempt, second: Attempt) -> Attempt {
    match (first, second) {
        (Attempt::Change(first), Attempt::Change(second)) => {
            Attempt::Change(compose_changes(first, second))
        }
        (
            Attempt::Edit {
                changes: mut together,
            },
            Attempt::Edit { changes },
        ) => {
            for second in changes {
                let same = together.iter_mut().find(|first| {
                    first.field() == second.field() && item_id(first) == item_id(&second)
                });
                match same {
                    Some(first) => *first = compose_changes(first.clone(), second),
                    None => together.push(second),
                }
            }
            Attempt::Edit { changes: together }
        }
        (_, second) => second,
    }
}

/// Keeps where the first one started and where the second one ends.
fn compose_changes(first: Change, second: Change) -> Change {
    match (first, second) {
        (Change::Set { old, .. }, Change::Set { field, new, .. }) => {
            Change::Set { field, old, new }
        }
        (Change::Replace { old, .. }, Change::Replace { field, new, .. }) => {
            Change::Replace { field, old, new }
        }
        (Change::Add { .. }, Change::Replace { field, new, .. }) => {
            Change::Add { field, item: new }
        }
        (Change::Replace { old, .. }, Change::Remove { field, .. }) => {
            Change::Remove { field, item: old }
        }
        (Change::Remove { item, .. }, Change::Add { field, item: new }) => Change::Replace {
            field,
            old: item,
            new,
        },
        (_, second) => second,
    }
}

fn new_id(now_ms: i64) -> Result<Id> {
    let mut random = [0; 10];
    SystemRandom::new()
        .fill(&mut random)
        .map_err(|_| StoreError::Database("the system gives no random numbers".into()))?;
    Ok(Id::from_parts(
        u64::try_from(now_ms).unwrap_or_default(),
        &random,
    ))
}
