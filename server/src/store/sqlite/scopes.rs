//! Feeds, who owns them and who shares them. On the wire a user's own book is `u:self`; here it is `u:<user>`.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use topfloor::domain::canvass::building::Building;
use topfloor::domain::id::Id;

use super::keys::{Key, fold};
use crate::store::{Device, Result};

pub(super) const OWN: &str = "u:self";

/// What a scope's name on the wire is to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Theirs to read and write, by its row.
    Open(i64),
    /// A building nobody has made yet.
    Unmade(Id),
    /// Others share it.
    Closed,
    /// Another user's book, or no form this server knows.
    Never,
}

pub(super) fn place(db: &Connection, user: Id, wire: &str) -> Result<Place> {
    let own = format!("u:{user}");
    let building = wire
        .strip_prefix("b:")
        .and_then(|id| id.parse::<Id>().ok())
        // One building has one name.
        .filter(|id| format!("b:{id}") == wire);
    let name = match building {
        Some(_) => wire,
        None if wire == OWN => &own,
        None => return Ok(Place::Never),
    };
    let found: Option<(i64, bool)> = db
        .prepare_cached(
            "SELECT s.id, s.owner = ?2 OR EXISTS (
                 SELECT 1 FROM members m JOIN users u ON u.fold = m.account WHERE m.scope = s.id AND u.id = ?2)
             FROM scopes s WHERE s.name = ?1",
        )?
        .query_row(params![name, Key(user)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(match (found, building) {
        (Some((id, true)), _) => Place::Open(id),
        (Some(_), _) => Place::Closed,
        (None, Some(id)) => Place::Unmade(id),
        (None, None) => Place::Never,
    })
}

/// Every scope a user may read, by row.
pub(super) const READABLE: &str = "
SELECT id FROM scopes WHERE owner = ?1
UNION
SELECT m.scope FROM members m JOIN users u ON u.fold = m.account WHERE u.id = ?1";

/// A scope's name on the wire, for one who may read it.
pub(super) fn wire_name(name: String) -> String {
    if name.starts_with("u:") {
        OWN.to_owned()
    } else {
        name
    }
}

pub(super) fn open_building(db: &Connection, sender: &Device, building: Id) -> Result<i64> {
    Ok(db.query_row(
        "INSERT INTO scopes (name, owner) VALUES (?1, ?2) RETURNING id",
        params![format!("b:{building}"), Key(sender.user.id)],
        |row| row.get(0),
    )?)
}

pub(super) fn next_seq(db: &Connection, scope: i64) -> Result<u64> {
    Ok(db
        .prepare_cached("UPDATE scopes SET seq = seq + 1 WHERE id = ?1 RETURNING seq")?
        .query_row([scope], |row| row.get(0))?)
}

/// Keeps who shares a tower to what its building says; every change of it starts a new epoch.
pub(super) fn share(db: &Connection, scope: i64, building: &Building) -> Result<()> {
    let wanted: BTreeSet<String> = building
        .partners
        .iter()
        .map(|partner| fold(&partner.account))
        .collect();
    let present: BTreeSet<String> = db
        .prepare_cached("SELECT account FROM members WHERE scope = ?1")?
        .query_map([scope], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if wanted == present {
        return Ok(());
    }
    db.execute("DELETE FROM members WHERE scope = ?1", [scope])?;
    let mut add = db.prepare_cached("INSERT INTO members (account, scope) VALUES (?1, ?2)")?;
    for account in &wanted {
        add.execute(params![account, scope])?;
    }
    db.execute("UPDATE scopes SET epoch = epoch + 1 WHERE id = ?1", [scope])?;
    Ok(())
}

/// Whether a scope is the one named after this record.
pub(super) fn is_building(db: &Connection, scope: i64, record: Id) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT name = ?2 FROM scopes WHERE id = ?1")?
        .query_row(params![scope, format!("b:{record}")], |row| row.get(0))?)
}
