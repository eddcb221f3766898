//! The audit trail, and what the administrator's check looks at.

use std::fs;

use rusqlite::{Connection, params};
use topfloor::domain::id::Id;

use super::blobs::Blobs;
use super::keys::Key;
use crate::store::{Audit, Report, Result};

pub(super) fn audit(db: &Connection, entry: &Audit) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO audit (at_ms, user, device, act, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        entry.at_ms,
        entry.user.map(Key),
        entry.device.map(Key),
        entry.act,
        entry.detail
    ])?;
    Ok(())
}

/// The newest first.
pub(super) fn trail(db: &Connection, limit: u32) -> Result<Vec<Audit>> {
    let id = |key: Option<Key>| -> Option<Id> { key.map(|key| key.0) };
    Ok(db
        .prepare("SELECT at_ms, user, device, act, detail FROM audit ORDER BY id DESC LIMIT ?1")?
        .query_map([limit], |row| {
            Ok(Audit {
                at_ms: row.get(0)?,
                user: id(row.get(1)?),
                device: id(row.get(2)?),
                act: row.get(3)?,
                detail: row.get(4)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

pub(super) fn check(db: &Connection, blobs: &Blobs) -> Result<Report> {
    let count = |table: &str| -> Result<u64> {
        Ok(
            db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })?,
        )
    };
    let mut report = Report {
        users: count("users")?,
        devices: count("devices")?,
        records: count("records")?,
        mutations: count("mutations")?,
        blobs: count("blobs")?,
        faults: Vec::new(),
    };
    let mut integrity = db.prepare("PRAGMA integrity_check")?;
    let lines = integrity.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        let line = line?;
        if line != "ok" {
            report.faults.push(format!("The database: {line}."));
        }
    }
    for (sql, sentence) in QUERIES {
        let mut query = db.prepare(sql)?;
        let found = query.query_map([], |row| row.get::<_, String>(0))?;
        for what in found {
            report.faults.push(sentence.replace("{}", &what?));
        }
    }
    let mut query = db.prepare("SELECT digest, size FROM blobs")?;
    let known = query.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))
    })?;
    for blob in known {
        let (digest, size) = blob?;
        let found = blobs.path(&digest).and_then(|path| fs::metadata(path).ok());
        match found.map(|data| data.len()) {
            None => report.faults.push(format!("Picture {digest} is missing.")),
            Some(bytes) if bytes != size => report.faults.push(format!(
                "Picture {digest} has {bytes} bytes instead of {size}."
            )),
            Some(_) => {}
        }
    }
    Ok(report)
}

/// Each answers ids of what is wrong, and how to say it.
const QUERIES: &[(&str, &str)] = &[
    (
        "SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check",
        "A reference leads nowhere: {}.",
    ),
    (
        "SELECT name FROM scopes s
         WHERE seq <> (SELECT coalesce(max(seq), 0) FROM records r WHERE r.scope = s.id)",
        "The feed of {} does not end at its last change.",
    ),
    (
        "SELECT DISTINCT s.name FROM records r JOIN scopes s ON s.id = r.scope GROUP BY r.scope, r.seq HAVING count(*) > 1",
        "Two records of {} have one place in its feed.",
    ),
    (
        "SELECT lower(hex(id)) FROM records WHERE NOT json_valid(body) OR NOT json_valid(created)",
        "Record {} cannot be read.",
    ),
    (
        "SELECT lower(hex(device)) FROM held h
         WHERE EXISTS (SELECT 1 FROM held o WHERE o.device = h.device AND o.first > h.first AND o.first <= h.last + 1)
         GROUP BY device",
        "The held numbers of device {} overlap.",
    ),
];
