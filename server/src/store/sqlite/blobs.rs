//! Pictures: files named by their digest, that come in parts and count once the whole has that digest.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use topfloor::domain::consent::hex;
use topfloor::domain::id::Id;
use topfloor::wire::MOST_BLOB;

use super::keys::Key;
use super::scopes::READABLE;
use super::{file, private_folder};
use crate::store::{BlobState, Result, StoreError};

/// The folder of the pictures in the server's folder.
const FOLDER: &str = "blobs";

pub(super) struct Blobs {
    folder: PathBuf,
    /// One part at a time; it is the disk that takes the time.
    busy: Mutex<()>,
}

impl Blobs {
    pub fn open(folder: &Path) -> Result<Self> {
        let folder = folder.join(FOLDER);
        private_folder(&folder)?;
        Ok(Self {
            folder,
            busy: Mutex::new(()),
        })
    }

    /// Where a picture lies; `None` for what is no digest, and so no name of a file.
    pub fn path(&self, digest: &str) -> Option<PathBuf> {
        let plain = digest.len() == 64
            && digest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        let start = digest.get(..2).filter(|_| plain)?;
        Some(self.folder.join(start).join(digest))
    }

    /// `size` is what the database knows of it. A picture whose file is gone is wanted again.
    pub fn state(&self, digest: &str, size: Option<u64>) -> Result<BlobState> {
        let Some(path) = self.path(digest) else {
            return Ok(BlobState::Missing);
        };
        if size.is_some() && length(&path)? == size {
            return Ok(size.map_or(BlobState::Missing, BlobState::Complete));
        }
        Ok(match length(&part_of(&path))? {
            Some(0) | None => BlobState::Missing,
            Some(bytes) => BlobState::Partial(bytes),
        })
    }

    /// Adds a part; `known` asks the database for the size of a complete picture, `finish` tells it of one.
    pub fn put(
        &self,
        digest: &str,
        size: u64,
        offset: u64,
        part: &[u8],
        known: impl Fn() -> Result<Option<u64>>,
        finish: impl FnOnce() -> Result<()>,
    ) -> Result<BlobState> {
        let Some(path) = self.path(digest) else {
            return Ok(BlobState::Missing);
        };
        // What a part that failed left behind is seen by the next one.
        let _busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state(digest, known()?)?;
        let here = match state {
            BlobState::Complete(_) => return Ok(state),
            BlobState::Partial(bytes) => bytes,
            BlobState::Missing => 0,
        };
        let end = u64::try_from(part.len())
            .ok()
            .and_then(|bytes| offset.checked_add(bytes));
        let most = u64::try_from(MOST_BLOB).unwrap_or(u64::MAX);
        let fits = offset == here && end.is_some_and(|end| end <= size) && size <= most;
        if !fits || part.is_empty() {
            return Ok(state);
        }
        append(&part_of(&path), offset, part)?;
        match self.state(digest, None)? {
            BlobState::Partial(bytes) if bytes == size => {}
            state => return Ok(state),
        }
        if !complete(&path, digest).map_err(unwritable)? {
            return Ok(BlobState::Missing);
        }
        finish()?;
        Ok(BlobState::Complete(size))
    }

    pub fn read(&self, digest: &str) -> Result<Option<Vec<u8>>> {
        match self.path(digest).map(fs::read) {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(bytes)),
            Some(Err(error)) if error.kind() == ErrorKind::NotFound => Ok(None),
            Some(Err(error)) => Err(file("a picture")(error)),
        }
    }
}

fn part_of(path: &Path) -> PathBuf {
    path.with_extension("part")
}

fn length(path: &Path) -> Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(data) => Ok(Some(data.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file("a picture")(error)),
    }
}

fn append(path: &Path, offset: u64, part: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        private_folder(parent)?;
    }
    let open = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let mut to = open.map_err(unwritable)?;
    let written = to
        .seek(SeekFrom::Start(offset))
        .and_then(|_| to.write_all(part));
    if let Err(error) = written {
        // Half a part would be taken for a whole one.
        let _ = to.set_len(offset);
        return Err(unwritable(error));
    }
    Ok(())
}

/// Gives the picture its name once it is safely on the disk; `false` when the bytes are others, which are then gone.
fn complete(path: &Path, digest: &str) -> io::Result<bool> {
    let part = part_of(path);
    if hex(&Sha256::digest(fs::read(&part)?)) != digest {
        fs::remove_file(&part)?;
        return Ok(false);
    }
    OpenOptions::new().write(true).open(&part)?.sync_all()?;
    fs::rename(&part, path)?;
    sync_folder_of(path)?;
    Ok(true)
}

/// A new name is on the disk once its folder is.
pub(super) fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
        if let Some(above) = folder.parent() {
            File::open(above)?.sync_all()?;
        }
    }
    Ok(())
}

fn unwritable(error: io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem => {
            StoreError::Unwritable(error.to_string())
        }
        _ => file("a picture")(error),
    }
}

/// Bytes of a complete picture.
pub(super) fn size(db: &Connection, digest: &str) -> Result<Option<u64>> {
    Ok(db
        .prepare_cached("SELECT size FROM blobs WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?)
}

pub(super) fn add(
    db: &Connection,
    digest: &str,
    size: u64,
    user: Id,
    device: Id,
    now_ms: i64,
) -> Result<()> {
    // One whose file was lost came a second time: it stays the first one's.
    db.execute(
        "INSERT OR IGNORE INTO blobs (digest, size, user, device, received_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![digest, size, Key(user), Key(device), now_ms],
    )?;
    Ok(())
}

pub(super) fn may_read(db: &Connection, user: Id, digest: &str) -> Result<bool> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM blobs WHERE digest = ?2) AND (
                 EXISTS (SELECT 1 FROM blobs WHERE digest = ?2 AND user = ?1)
                 OR EXISTS (SELECT 1 FROM blob_refs WHERE digest = ?2 AND scope IN ({READABLE})))"
        ))?
        .query_row(params![Key(user), digest], |row| row.get(0))?)
}
