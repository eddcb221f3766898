//! What a device reads: its scopes and the changes in them, in order.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::value::RawValue;
use topfloor::domain::id::Id;
use topfloor::wire::{PullAnswer, ScopeState, WireRecord};

use super::keys::{Key, from_json};
use super::scopes::{Place, READABLE, place, wire_name};
use crate::store::{Pull, Result, StoreError};

macro_rules! columns {
    () => {
        "SELECT r.id, s.name, r.kind, r.schema, r.version, r.seq, r.deleted, r.created, r.changed_ms, r.body
         FROM records r JOIN scopes s ON s.id = r.scope"
    };
}

/// One page of a scope; it costs as much at the end of a long feed as at its beginning.
pub(super) const PAGE: &str = concat!(
    columns!(),
    " WHERE r.scope = ?1 AND r.seq > ?2 ORDER BY r.seq LIMIT ?3"
);

/// Records of one page, whatever was asked for.
const MOST: u32 = 1000;

pub(super) fn generation(db: &Connection) -> Result<u64> {
    Ok(db.query_row("SELECT generation FROM meta", [], |row| row.get(0))?)
}

pub(super) fn scopes(db: &Connection, user: Id) -> Result<Vec<ScopeState>> {
    let mut scopes: Vec<ScopeState> = db
        .prepare_cached(&format!(
            "SELECT name, seq, epoch FROM scopes WHERE id IN ({READABLE}) ORDER BY name DESC"
        ))?
        .query_map([Key(user)], |row| {
            Ok(ScopeState {
                scope: wire_name(row.get(0)?),
                seq: row.get(1)?,
                epoch: row.get(2)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // The own book first, then the towers in the order of their ids.
    if let Some((_, towers)) = scopes.split_first_mut() {
        towers.reverse();
    }
    Ok(scopes)
}

pub(super) fn pull(db: &Connection, user: Id, scope: &str, since: u64, limit: u32) -> Result<Pull> {
    let Place::Open(row) = place(db, user, scope)? else {
        return Ok(Pull::NoAccess);
    };
    let (last, epoch) = db
        .prepare_cached("SELECT seq, epoch FROM scopes WHERE id = ?1")?
        .query_row([row], |row| Ok((row.get::<_, u64>(0)?, row.get(1)?)))?;
    let mut answer = PullAnswer {
        scope: scope.to_owned(),
        generation: generation(db)?,
        epoch,
        records: Vec::new(),
        next: since,
        more: false,
        last,
        reset: false,
    };
    if since > last {
        answer.reset = true;
        answer.next = 0;
        return Ok(Pull::Page(answer));
    }
    let limit = limit.clamp(1, MOST);
    let mut page = db.prepare_cached(PAGE)?;
    // One more than asked for tells whether there is another page.
    let mut rows = page.query(params![row, since, limit + 1])?;
    while let Some(row) = rows.next()? {
        if answer.records.len() >= limit as usize {
            answer.more = true;
            break;
        }
        let record = wire(row)?;
        answer.next = record.seq;
        answer.records.push(record);
    }
    Ok(Pull::Page(answer))
}

pub(super) fn record(db: &Connection, id: Id) -> Result<Option<WireRecord>> {
    db.prepare_cached(concat!(columns!(), " WHERE r.id = ?1"))?
        .query_row([Key(id)], |row| Ok(wire(row)))
        .optional()?
        .transpose()
}

fn wire(row: &rusqlite::Row) -> Result<WireRecord> {
    let id = row.get::<_, Key>(0)?.0;
    let body = RawValue::from_string(row.get(9)?)
        .map_err(|error| StoreError::Damaged(format!("the body of {id}: {error}")))?;
    Ok(WireRecord {
        id,
        scope: wire_name(row.get(1)?),
        kind: row.get(2)?,
        schema: row.get(3)?,
        version: row.get(4)?,
        seq: row.get(5)?,
        deleted: row.get(6)?,
        created: from_json(
            "the origin",
            id,
            row.get_ref(7)?.as_str().map_err(rusqlite::Error::from)?,
        )?,
        changed_ms: row.get(8)?,
        body,
    })
}
