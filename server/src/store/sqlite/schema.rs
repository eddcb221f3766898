//! The database's layouts, one numbered step each, without gaps. `PRAGMA user_version` names the layout a file has.

use rusqlite::Connection;

use crate::store::{Result, StoreError};

/// Says that a file is this server's ("TFLR"), whatever its name.
const APPLICATION: i64 = 0x5446_4c52;

/// Entry 0 leads from an empty file to layout 1.
pub(super) const STEPS: &[&str] = &["
CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    -- When this copy was taken; null in a database that is in use.
    taken_ms INTEGER
) STRICT;
CREATE TABLE users (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name in lower case: SQLite itself folds ASCII only.
    fold TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE devices (
    id BLOB PRIMARY KEY,
    user BLOB NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    token BLOB,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    wanted TEXT
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX devices_token ON devices (token) WHERE token IS NOT NULL;
CREATE INDEX devices_user ON devices (user);
CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL DEFAULT 0,
    epoch INTEGER NOT NULL DEFAULT 0,
    owner BLOB NOT NULL REFERENCES users (id)
) STRICT;
CREATE INDEX scopes_owner ON scopes (owner);
-- By name and not by user: a colleague may be named before the account exists.
CREATE TABLE members (
    account TEXT NOT NULL,
    scope INTEGER NOT NULL REFERENCES scopes (id),
    PRIMARY KEY (account, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_scope ON members (scope);
CREATE TABLE records (
    id BLOB PRIMARY KEY,
    scope INTEGER NOT NULL REFERENCES scopes (id),
    kind TEXT NOT NULL,
    schema INTEGER NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    created TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- Of the last change; null when the server itself made it.
    device BLOB REFERENCES devices (id),
    -- First version of the unbroken run of changes by that device.
    solo_from INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX records_feed ON records (scope, seq);
-- History of the records and audit row of each change in one.
CREATE TABLE mutations (
    id BLOB PRIMARY KEY,
    device BLOB NOT NULL REFERENCES devices (id),
    user BLOB NOT NULL REFERENCES users (id),
    number INTEGER NOT NULL,
    -- Lower-case hex.
    digest TEXT NOT NULL,
    record BLOB NOT NULL,
    version INTEGER NOT NULL,
    -- 0 when it changed nothing of its record.
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    bytes TEXT NOT NULL
) STRICT;
CREATE INDEX mutations_record ON mutations (record, version);
CREATE TABLE held (
    device BLOB NOT NULL REFERENCES devices (id),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (device, first)
) STRICT, WITHOUT ROWID;
-- Which clash a further attempt of the same device belongs to.
CREATE TABLE clashes (
    id BLOB PRIMARY KEY REFERENCES records (id),
    record BLOB NOT NULL,
    device BLOB NOT NULL,
    topic TEXT NOT NULL,
    open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX clashes_open ON clashes (record, device, topic) WHERE open = 1;
CREATE TABLE blobs (
    digest TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    user BLOB NOT NULL REFERENCES users (id),
    device BLOB NOT NULL REFERENCES devices (id),
    received_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- A record may come before its pictures.
CREATE TABLE blob_refs (
    digest TEXT NOT NULL,
    scope INTEGER NOT NULL REFERENCES scopes (id),
    PRIMARY KEY (digest, scope)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    user BLOB,
    device BLOB,
    act TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
"];

/// The newest layout of this build.
pub(super) fn known() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The layout of a file, which is not changed by asking.
///
/// # Errors
/// [`StoreError::Newer`] for a layout of a later build, [`StoreError::Damaged`] for a file that is not this server's.
pub(super) fn layout(db: &Connection) -> Result<i64> {
    let found = db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
    let application = db.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (found != 0 || tables != 0) {
        return Err(StoreError::Damaged("the file is another program's".into()));
    }
    if found > known() {
        return Err(StoreError::Newer {
            found,
            known: known(),
        });
    }
    Ok(found)
}

/// Brings the database to the newest layout. Each step is one transaction with its number, so an interrupted one leaves
/// the layout it found.
pub(super) fn migrate(db: &mut Connection, steps: &[&str], now_ms: i64) -> Result<()> {
    let found = layout(db)?;
    for (number, step) in (1i64..).zip(steps).skip_while(|(n, _)| *n <= found) {
        let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited for the lock.
        if tx.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? >= number {
            continue;
        }
        tx.execute_batch(step)?;
        if number == 1 {
            tx.execute(
                "INSERT INTO meta (one, generation) VALUES (1, ?1)",
                [now_ms.max(1)],
            )?;
            tx.pragma_update(None, "application_id", APPLICATION)?;
        }
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}
