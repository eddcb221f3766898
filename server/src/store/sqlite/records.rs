//! One record's row: read it, and write its next version with all that hangs on it.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use topfloor::domain::id::Id;
use topfloor::domain::migrate;
use topfloor::domain::record::{AnyBody, Kind, schema_of};

use super::keys::{Key, from_json, to_json};
use super::scopes;
use crate::store::{Result, StoreError};

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub id: Id,
    pub scope: i64,
    pub kind: Kind,
    pub version: u64,
    pub seq: u64,
    pub deleted: bool,
    /// A `Created` as JSON.
    pub created: String,
    pub changed_ms: i64,
    /// Of the newest layout.
    pub body: Value,
    /// Who made the latest version; `None` for the server itself.
    pub device: Option<Id>,
    /// First version of the unbroken run by `device`.
    pub solo_from: u64,
}

impl Row {
    /// Whether a version after `base` was made by anybody else.
    pub fn others_since(&self, base: u64, device: Id) -> bool {
        if self.device == Some(device) {
            self.solo_from > base.saturating_add(1)
        } else {
            self.version > base
        }
    }
}

/// # Errors
/// [`StoreError::Newer`] for a kind or layout this server does not know.
pub(super) fn load(db: &Connection, id: Id) -> Result<Option<Row>> {
    let found = db
        .prepare_cached(
            "SELECT scope, kind, schema, version, seq, deleted, created, changed_ms, body, device, solo_from
             FROM records WHERE id = ?1",
        )?
        .query_row([Key(id)], |row| {
            let (kind, schema, body): (String, u16, String) = (row.get(1)?, row.get(2)?, row.get(8)?);
            let record = Row {
                id,
                scope: row.get(0)?,
                kind: Kind::Note,
                version: row.get(3)?,
                seq: row.get(4)?,
                deleted: row.get(5)?,
                created: row.get(6)?,
                changed_ms: row.get(7)?,
                body: Value::Null,
                device: row.get::<_, Option<Key>>(9)?.map(|key| key.0),
                solo_from: row.get(10)?,
            };
            Ok((record, kind, schema, body))
        })
        .optional()?;
    let Some((mut record, kind, schema, body)) = found else {
        return Ok(None);
    };
    // What a newer server stored is not for this one to change.
    let newer = |known: u16| StoreError::Newer {
        found: schema.into(),
        known: known.into(),
    };
    record.kind = Kind::parse(&kind).ok_or_else(|| newer(0))?;
    record.body = migrate::upgrade(record.kind, schema, from_json("the body", id, &body)?)
        .map_err(|_| newer(schema_of(record.kind)))?;
    Ok(Some(record))
}

/// Writes the row as its next version, changed by `by`, at the end of its feed. `body` is the row's own, read; `None`
/// when only the mark of deletion changes.
pub(super) fn put(
    db: &Connection,
    row: &mut Row,
    by: Option<Id>,
    body: Option<&AnyBody>,
) -> Result<()> {
    row.version += 1;
    if row.device != by || row.version == 1 {
        row.solo_from = row.version;
    }
    row.device = by;
    row.seq = scopes::next_seq(db, row.scope)?;
    db.prepare_cached(
        "INSERT INTO records (id, scope, kind, schema, version, seq, deleted, created, changed_ms, body, device, solo_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (id) DO UPDATE SET schema = ?4, version = ?5, seq = ?6, deleted = ?7, changed_ms = ?9, body = ?10,
         device = ?11, solo_from = ?12",
    )?
    .execute(params![
        Key(row.id),
        row.scope,
        row.kind.as_str(),
        schema_of(row.kind),
        row.version,
        row.seq,
        row.deleted,
        row.created,
        row.changed_ms,
        to_json(&row.body)?,
        by.map(Key),
        row.solo_from
    ])?;
    match body {
        Some(body) => after(db, row, body),
        None => Ok(()),
    }
}

fn after(db: &Connection, row: &Row, body: &AnyBody) -> Result<()> {
    for digest in body.blobs() {
        db.prepare_cached("INSERT OR IGNORE INTO blob_refs (digest, scope) VALUES (?1, ?2)")?
            .execute(params![digest, row.scope])?;
    }
    match body {
        // Only the building a scope is named after says who shares it.
        AnyBody::Building(building) if scopes::is_building(db, row.scope, row.id)? => {
            scopes::share(db, row.scope, building)
        }
        AnyBody::Clash(clash) => {
            db.execute(
                "UPDATE clashes SET open = ?2 WHERE id = ?1",
                params![Key(row.id), clash.is_open()],
            )?;
            Ok(())
        }
        _ => Ok(()),
    }
}
