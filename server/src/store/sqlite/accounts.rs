//! Users and their devices.

use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};
use topfloor::domain::id::Id;
use topfloor::wire::{Order, User};

use super::keys::{Key, fold, from_word, word};
use crate::store::{Account, Device, Result, StoreError};

/// How old "last seen" may grow before it is written again, milliseconds.
pub(super) const SEEN_STEP_MS: i64 = 60_000;

pub(super) fn add(db: &Connection, user: &User, hash: &str, now_ms: i64) -> Result<()> {
    let added = db.execute(
        "INSERT INTO users (id, name, fold, shown, role, password_hash, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            Key(user.id),
            user.name,
            fold(&user.name),
            user.shown,
            word(user.role)?,
            hash,
            now_ms
        ],
    );
    match added {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            return Err(StoreError::NameTaken(user.name.clone()));
        }
        other => other?,
    };
    // The user's own book is there before anything is written into it.
    db.execute(
        "INSERT INTO scopes (name, owner) VALUES (?1, ?2)",
        params![format!("u:{}", user.id), Key(user.id)],
    )?;
    Ok(())
}

const ACCOUNT: &str = "SELECT id, name, shown, role, password_hash, closed, created_ms FROM users";

pub(super) fn account(db: &Connection, name: &str) -> Result<Option<Account>> {
    db.prepare_cached(&format!("{ACCOUNT} WHERE fold = ?1"))?
        .query_row([fold(name)], read_account)
        .optional()?
        .transpose()
}

pub(super) fn accounts(db: &Connection) -> Result<Vec<Account>> {
    db.prepare(&format!("{ACCOUNT} ORDER BY fold"))?
        .query_map([], read_account)?
        .map(|row| row?)
        .collect()
}

fn read_account(row: &Row) -> rusqlite::Result<Result<Account>> {
    let (id, name, shown): (Key, _, _) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let role: String = row.get(3)?;
    let (password_hash, closed, created_ms) = (row.get(4)?, row.get(5)?, row.get(6)?);
    Ok(from_word(role).map(|role| Account {
        user: User {
            id: id.0,
            name,
            shown,
            role,
        },
        password_hash,
        closed,
        created_ms,
    }))
}

pub(super) fn set_password(db: &Connection, user: Id, hash: &str) -> Result<()> {
    let sql = "UPDATE users SET password_hash = ?2 WHERE id = ?1";
    some_user(user, db.execute(sql, params![Key(user), hash])?)
}

pub(super) fn set_closed(db: &Connection, user: Id, closed: bool) -> Result<()> {
    let sql = "UPDATE users SET closed = ?2 WHERE id = ?1";
    some_user(user, db.execute(sql, params![Key(user), closed])?)
}

fn some_user(user: Id, changed: usize) -> Result<()> {
    if changed == 0 {
        return Err(StoreError::NoUser(user.to_string()));
    }
    Ok(())
}

const DEVICE: &str = "
SELECT d.id, u.id, u.name, u.shown, u.role, d.name, d.created_ms, d.seen_ms, d.revoked, d.wanted, u.closed
FROM devices d JOIN users u ON u.id = d.user";

pub(super) fn device(db: &Connection, device: Id) -> Result<Option<Device>> {
    db.prepare_cached(&format!("{DEVICE} WHERE d.id = ?1"))?
        .query_row([Key(device)], read_device)
        .optional()?
        .transpose()
}

/// Also a revoked one, so that it can be told its order.
pub(super) fn device_of_token(db: &Connection, token: &[u8; 32]) -> Result<Option<Device>> {
    db.prepare_cached(&format!("{DEVICE} WHERE d.token = ?1"))?
        .query_row([&token[..]], read_device)
        .optional()?
        .transpose()
}

pub(super) fn devices(db: &Connection, user: Id) -> Result<Vec<Device>> {
    db.prepare(&format!(
        "{DEVICE} WHERE d.user = ?1 ORDER BY d.created_ms, d.id"
    ))?
    .query_map([Key(user)], read_device)?
    .map(|row| row?)
    .collect()
}

fn read_device(row: &Row) -> rusqlite::Result<Result<Device>> {
    let (id, user): (Key, Key) = (row.get(0)?, row.get(1)?);
    let (user_name, shown, name) = (row.get(2)?, row.get(3)?, row.get(5)?);
    let role: String = row.get(4)?;
    let (created_ms, seen_ms, revoked) = (row.get(6)?, row.get(7)?, row.get(8)?);
    let order: Option<String> = row.get(9)?;
    let closed = row.get(10)?;
    Ok(from_word(role).and_then(|role| {
        Ok(Device {
            id: id.0,
            user: User {
                id: user.0,
                name: user_name,
                shown,
                role,
            },
            name,
            created_ms,
            seen_ms,
            revoked,
            order: order.map(from_word).transpose()?,
            closed,
        })
    }))
}

/// A revoked device gets no token; the caller sees that it is revoked.
pub(super) fn sign_in(
    db: &Connection,
    user: Id,
    id: Id,
    name: &str,
    token: &[u8; 32],
    now_ms: i64,
) -> Result<Device> {
    let users = db.query_row(
        "SELECT count(*) FROM users WHERE id = ?1",
        [Key(user)],
        |row| row.get::<_, usize>(0),
    )?;
    some_user(user, users)?;
    match device(db, id)? {
        Some(known) if known.user.id != user => return Err(StoreError::OtherUser(id)),
        Some(known) if known.revoked => return Ok(known),
        _ => {}
    }
    db.execute(
        "INSERT INTO devices (id, user, name, token, created_ms, seen_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
         ON CONFLICT (id) DO UPDATE SET name = ?3, token = ?4, seen_ms = ?5",
        params![Key(id), Key(user), name, &token[..], now_ms],
    )?;
    device(db, id)?.ok_or(StoreError::NoDevice(id))
}

pub(super) fn sign_out(db: &Connection, device: Id) -> Result<()> {
    let sql = "UPDATE devices SET token = NULL WHERE id = ?1";
    some_device(device, db.execute(sql, [Key(device)])?)
}

pub(super) fn seen(db: &Connection, device: Id, now_ms: i64) -> Result<()> {
    let sql = "UPDATE devices SET seen_ms = max(seen_ms, ?2) WHERE id = ?1";
    some_device(device, db.execute(sql, params![Key(device), now_ms])?)
}

/// The token stays known while the device is revoked, so that it hears its order; once readmitted it signs in anew.
pub(super) fn revoke(
    db: &Connection,
    device: Id,
    revoked: bool,
    order: Option<Order>,
) -> Result<()> {
    let order = order.map(word).transpose()?;
    let sql =
        "UPDATE devices SET revoked = ?2, wanted = ?3, token = iif(?2, token, NULL) WHERE id = ?1";
    let changed = db.execute(sql, params![Key(device), revoked, order])?;
    some_device(device, changed)
}

fn some_device(device: Id, changed: usize) -> Result<()> {
    if changed == 0 {
        return Err(StoreError::NoDevice(device));
    }
    Ok(())
}
