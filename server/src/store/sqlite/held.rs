//! Which of a device's numbers are here, as ranges, so that a hello costs as much as there are gaps.

use rusqlite::{Connection, OptionalExtension, params};
use topfloor::domain::id::Id;

use super::keys::Key;
use crate::store::Result;

pub(super) fn ranges(db: &Connection, device: Id) -> Result<Vec<(u64, u64)>> {
    Ok(db
        .prepare_cached("SELECT first, last FROM held WHERE device = ?1 ORDER BY first")?
        .query_map([Key(device)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?)
}

pub(super) fn hold(db: &Connection, device: Id, number: i64) -> Result<()> {
    let device = Key(device);
    let below: Option<(i64, i64)> = db
        .prepare_cached("SELECT first, last FROM held WHERE device = ?1 AND first <= ?2 ORDER BY first DESC LIMIT 1")?
        .query_row(params![device, number], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let first = match below {
        Some((_, last)) if last >= number => return Ok(()),
        Some((first, last)) if last.checked_add(1) == Some(number) => first,
        _ => number,
    };
    let above: Option<i64> = db
        .prepare_cached("DELETE FROM held WHERE device = ?1 AND first = ?2 RETURNING last")?
        .query_row(params![device, number.saturating_add(1)], |row| row.get(0))
        .optional()?;
    db.prepare_cached(
        "INSERT INTO held (device, first, last) VALUES (?1, ?2, ?3) ON CONFLICT (device, first) DO UPDATE SET last = ?3",
    )?
    .execute(params![device, first, above.unwrap_or(number)])?;
    Ok(())
}
