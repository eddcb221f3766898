//! Backup and restore. A backup is a folder of the same form as the server's own: a database and its pictures.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::blobs::{Blobs, sync_folder_of};
use super::{database, file, private_folder, read_only, schema};
use crate::store::{Result, StoreError};

/// Writes a backup folder, whole or not at all; `db` may go on being written by others.
pub(super) fn backup(db: &Connection, blobs: &Blobs, to: &Path, now_ms: i64) -> Result<()> {
    refuse_existing(to)?;
    let unfinished = beside(to);
    // What is left of a backup that was cut off.
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(file("an unfinished backup"))?;
    }
    private_folder(&unfinished)?;
    let path = database(&unfinished);
    let mut copy = Connection::open(&path)?;
    // All pages in one step: so no write of another connection can make the copy start again.
    match Backup::new(db, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(StoreError::Database("the copy was held up".into())),
    }
    // One file, that needs no log beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.execute("UPDATE meta SET taken_ms = ?1", [now_ms])?;
    copy_blobs(&copy, blobs, &Blobs::open(&unfinished)?)?;
    copy.close().map_err(|(_, error)| error)?;
    refuse_existing(to)?;
    fs::rename(&unfinished, to)
        .and_then(|()| sync_folder_of(to))
        .map_err(file("the backup"))
}

/// Makes a server's folder out of a backup. The new database has a generation of its own, by which every device knows
/// that what it sent since may be missing. `now_ms` is Unix milliseconds.
///
/// # Errors
/// [`StoreError::File`] when the folder holds a database, which has to be moved aside first, or cannot be written;
/// [`StoreError::Damaged`] when the backup is not whole; [`StoreError::Newer`] when a later build made it. In every case
/// the folder has no database after it that it had not before.
pub fn restore(backup: &Path, folder: &Path, now_ms: i64) -> Result<()> {
    let target = database(folder);
    refuse_existing(&target)?;
    for log in ["-wal", "-shm", "-journal"] {
        // SQLite would take the log of another database for this one's.
        refuse_existing(&with_ending(&target, log))?;
    }
    let from = read_only(&database(backup))?;
    schema::layout(&from)?;
    let sound: String = from.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(StoreError::Damaged(format!("the backup: {sound}")));
    }
    private_folder(folder)?;
    let unfinished = beside(&target);
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(file("an unfinished restore"))?;
    }
    let mut db = Connection::open(&unfinished)?;
    match Backup::new(&from, &mut db)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(StoreError::Database("the copy was held up".into())),
    }
    db.pragma_update(None, "journal_mode", "DELETE")?;
    db.execute(
        "UPDATE meta SET generation = max(generation + 1, ?1), taken_ms = NULL",
        [now_ms],
    )?;
    copy_blobs(&db, &Blobs::open(backup)?, &Blobs::open(folder)?)?;
    db.close().map_err(|(_, error)| error)?;
    fs::rename(&unfinished, &target)
        .and_then(|()| sync_folder_of(&target))
        .map_err(file("the restored database"))
}

/// Copies the pictures that `db` knows. One whose file is missing is left to the check, which names it.
fn copy_blobs(db: &Connection, from: &Blobs, to: &Blobs) -> Result<()> {
    let mut query = db.prepare("SELECT digest FROM blobs")?;
    let digests = query.query_map([], |row| row.get::<_, String>(0))?;
    for digest in digests {
        let digest = digest?;
        if let (Some(from), Some(to)) = (from.path(&digest), to.path(&digest)) {
            copy_file(&from, &to).map_err(file("a picture"))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::copy(from, to) {
        Ok(_) => File::open(to)?.sync_all(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn refuse_existing(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::File {
            what: path.display().to_string(),
            source: ErrorKind::AlreadyExists.into(),
        });
    }
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    with_ending(path, ".unfinished")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
