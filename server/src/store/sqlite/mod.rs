//! The store in one SQLite file, with the pictures in files beside it. One thread writes; reads go on beside it on
//! connections of their own.

mod accounts;
mod acts;
mod apply;
mod author;
mod blobs;
mod care;
mod clashes;
mod copy;
mod feed;
mod held;
mod keys;
mod readers;
mod records;
mod schema;
mod scopes;
#[cfg(test)]
mod tests;
mod writer;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use topfloor::domain::id::Id;
use topfloor::wire::{Order, PushResult, ScopeState, User};

use super::{
    Account, Audit, BlobState, Device, Incoming, NewUser, Pull, Report, Result, Store, StoreError,
};
use blobs::Blobs;
pub use copy::restore;
use readers::Readers;
use writer::Writer;

/// The database's name in the server's folder.
const FILE: &str = "topfloor.db";
/// How long another process may hold the lock, such as a command on the server's own console.
const PATIENCE: Duration = Duration::from_secs(10);

/// See [`Store`].
pub struct Sqlite {
    // The order matters: the readers close first, so that the writer's end folds the log into the database.
    readers: Readers,
    writer: Writer,
    blobs: Blobs,
}

impl Sqlite {
    /// Opens the database of a server's folder, or makes both. `now_ms` (Unix milliseconds) is the generation of a new one.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a later build made the database, which is then left as it is; [`StoreError::Damaged`]
    /// when the file is no database of this server; [`StoreError::File`] when the folder cannot be used.
    pub fn open(folder: &Path, now_ms: i64) -> Result<Self> {
        private_folder(folder)?;
        let path = folder.join(FILE);
        if path.exists() {
            // Asked on a connection that cannot write: a newer database stays byte for byte as it is.
            schema::layout(&read_only(&path)?)?;
        }
        let mut db = Connection::open(&path)?;
        tune(&db)?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        schema::migrate(&mut db, schema::STEPS, now_ms)?;
        Ok(Self {
            blobs: Blobs::open(folder)?,
            writer: Writer::start(db)?,
            readers: Readers::new(path),
        })
    }
}

fn tune(db: &Connection) -> Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    tune(&db)?;
    Ok(db)
}

/// Makes a folder that only the server's own account can look into.
fn private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(file("the server's folder"))
}

/// Says what a file was for.
fn file(what: &str) -> impl FnOnce(io::Error) -> StoreError {
    let what = what.to_owned();
    move |source| StoreError::File { what, source }
}

fn failure(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
            StoreError::Unwritable(error.to_string())
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged(error.to_string())
        }
        _ => StoreError::Database(Box::new(error)),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        failure(error)
    }
}

impl Store for Sqlite {
    fn generation(&self) -> Result<u64> {
        self.readers.read(feed::generation)
    }

    fn add_user(&self, new: &NewUser, now_ms: i64) -> Result<User> {
        let user = User {
            id: new.id,
            name: new.name.to_owned(),
            shown: new.shown.to_owned(),
            role: new.role,
        };
        let hash = new.password_hash.to_owned();
        self.writer.write(move |db| {
            accounts::add(db, &user, &hash, now_ms)?;
            Ok(user)
        })
    }

    fn account(&self, name: &str) -> Result<Option<Account>> {
        self.readers.read(|db| accounts::account(db, name))
    }

    fn accounts(&self) -> Result<Vec<Account>> {
        self.readers.read(accounts::accounts)
    }

    fn set_password(&self, user: Id, password_hash: &str, _now_ms: i64) -> Result<()> {
        let hash = password_hash.to_owned();
        self.writer
            .write(move |db| accounts::set_password(db, user, &hash))
    }

    fn set_closed(&self, user: Id, closed: bool, _now_ms: i64) -> Result<()> {
        self.writer
            .write(move |db| accounts::set_closed(db, user, closed))
    }

    fn sign_in(
        &self,
        user: Id,
        device: Id,
        name: &str,
        token_digest: &[u8; 32],
        now_ms: i64,
    ) -> Result<Device> {
        let (name, token) = (name.to_owned(), *token_digest);
        self.writer
            .write(move |db| accounts::sign_in(db, user, device, &name, &token, now_ms))
    }

    fn sign_out(&self, device: Id, _now_ms: i64) -> Result<()> {
        self.writer.write(move |db| accounts::sign_out(db, device))
    }

    /// `seen_ms` is kept to the minute: a write for every request would cost more than the request.
    fn device_of_token(&self, token_digest: &[u8; 32], now_ms: i64) -> Result<Option<Device>> {
        let found = self
            .readers
            .read(|db| accounts::device_of_token(db, token_digest))?;
        if let Some(device) = &found
            && now_ms - device.seen_ms >= accounts::SEEN_STEP_MS
        {
            let id = device.id;
            self.writer.post(move |db| accounts::seen(db, id, now_ms));
        }
        Ok(found)
    }

    fn device(&self, device: Id) -> Result<Option<Device>> {
        self.readers.read(|db| accounts::device(db, device))
    }

    fn devices(&self, user: Id) -> Result<Vec<Device>> {
        self.readers.read(|db| accounts::devices(db, user))
    }

    fn revoke(&self, device: Id, revoked: bool, order: Option<Order>, _now_ms: i64) -> Result<()> {
        self.writer
            .write(move |db| accounts::revoke(db, device, revoked, order))
    }

    fn apply(&self, sender: &Device, batch: &[Incoming], now_ms: i64) -> Result<Vec<PushResult>> {
        // Parsing and hashing happen here, so that the one writer is not kept from writing.
        let batch: Vec<_> = batch.iter().map(apply::prepare).collect();
        let sender = sender.clone();
        self.writer
            .write(move |db| apply::apply(db, &sender, &batch, now_ms))
    }

    fn scopes(&self, user: Id) -> Result<Vec<ScopeState>> {
        self.readers.read(|db| feed::scopes(db, user))
    }

    fn held(&self, device: Id) -> Result<Vec<(u64, u64)>> {
        self.readers.read(|db| held::ranges(db, device))
    }

    fn pull(&self, user: Id, scope: &str, since: u64, limit: u32) -> Result<Pull> {
        self.readers
            .read(|db| feed::pull(db, user, scope, since, limit))
    }

    fn blob_state(&self, digest: &str) -> Result<BlobState> {
        let size = self.readers.read(|db| blobs::size(db, digest))?;
        self.blobs.state(digest, size)
    }

    fn put_blob(
        &self,
        sender: &Device,
        digest: &str,
        size: u64,
        offset: u64,
        part: &[u8],
        now_ms: i64,
    ) -> Result<BlobState> {
        let known = || self.readers.read(|db| blobs::size(db, digest));
        let (digest, user, device) = (digest.to_owned(), sender.user.id, sender.id);
        let finish = || {
            let digest = digest.clone();
            self.writer
                .write(move |db| blobs::add(db, &digest, size, user, device, now_ms))
        };
        self.blobs.put(&digest, size, offset, part, known, finish)
    }

    fn blob(&self, user: Id, digest: &str) -> Result<Option<Vec<u8>>> {
        if !self.readers.read(|db| blobs::may_read(db, user, digest))? {
            return Ok(None);
        }
        self.blobs.read(digest)
    }

    fn audit(&self, entry: &Audit) -> Result<()> {
        let entry = entry.clone();
        self.writer.write(move |db| care::audit(db, &entry))
    }

    fn audit_trail(&self, limit: u32) -> Result<Vec<Audit>> {
        self.readers.read(|db| care::trail(db, limit))
    }

    fn backup(&self, to: &Path, now_ms: i64) -> Result<()> {
        self.readers
            .read(|db| copy::backup(db, &self.blobs, to, now_ms))
    }

    fn check(&self) -> Result<Report> {
        self.readers.read(|db| care::check(db, &self.blobs))
    }
}

/// Where the database lies; for the copy and its tests.
fn database(folder: &Path) -> PathBuf {
    folder.join(FILE)
}
