//! A device's rescue file, straight into the server: the way in for work whose device cannot reach it. The format is
//! documented in [`topfloor::exchange::rescue`].

use std::io::{self, IsTerminal};
use std::num::NonZeroU32;
use std::path::Path;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, pbkdf2};
use topfloor::domain::id::Id;
use topfloor::exchange::backup::BackupRow;
pub use topfloor::exchange::rescue::RescueError;
use topfloor::exchange::rescue::{Header, passphrase_bytes, read, split};
use topfloor::wire::{BLOB_PART, Code, MOST_MUTATIONS, Outcome};

use crate::store::{Account, Audit, BlobState, Device, Incoming, Store, StoreError};

/// An opened file.
#[derive(Debug)]
pub struct Rescue {
    pub header: Header,
    /// In the order of their numbers, byte for byte as the device froze them.
    pub mutations: Vec<Incoming>,
    /// Digest and bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Rows of a kind this server does not know.
    pub unreadable: usize,
}

/// What an import came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub applied: usize,
    /// Fields in which somebody else had the first word; both are kept.
    pub clashes: u32,
    /// Here already.
    pub duplicates: usize,
    /// Never to be applied, and why.
    pub rejected: Vec<(Id, Code, String)>,
    /// Not to be applied yet: run the import again once the reason is gone.
    pub later: Vec<(Id, Code)>,
    pub pictures: usize,
    /// Pictures that were here already.
    pub pictures_known: usize,
    /// Pictures that were not taken: too large, or their bytes are not their digest's.
    pub pictures_refused: Vec<String>,
    pub unreadable: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Rescue(#[from] RescueError),
    /// The device, or the book on it, is another user's.
    #[error("the file belongs to another user")]
    OtherUser,
    #[error("no user {0:?}")]
    NoUser(String),
    #[error("no random numbers from the system")]
    Random,
    #[error("{0}")]
    File(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a file: all of it, or nothing.
///
/// # Errors
/// [`RescueError::Closed`] for a wrong passphrase and for damage alike.
pub fn open(file: &[u8], passphrase: &str) -> Result<Rescue, RescueError> {
    let parts = split(file)?;
    let header = parts.header;
    let rounds = NonZeroU32::new(header.rounds).ok_or(RescueError::Rounds(header.rounds))?;
    let key = derive(&passphrase_bytes(passphrase), &header.salt, rounds)?;
    let mut bytes = parts.sealed.to_vec();
    let nonce = Nonce::assume_unique_for_key(header.nonce);
    let plain = key
        .open_in_place(nonce, Aad::from(parts.aad), &mut bytes)
        .map_err(|_| RescueError::Closed)?;
    let contents = read(plain)?;
    let mut rescue = Rescue {
        header,
        mutations: Vec::new(),
        pictures: Vec::new(),
        unreadable: contents.unreadable,
    };
    for row in contents.rows {
        match row {
            BackupRow::Queued { number, mutation } => match String::from_utf8(mutation.bytes) {
                Ok(body) => rescue.mutations.push(Incoming {
                    number,
                    id: mutation.id,
                    digest: mutation.digest,
                    body,
                }),
                Err(_) => rescue.unreadable += 1,
            },
            BackupRow::Blob { digest, bytes } => rescue.pictures.push((digest, bytes)),
            // Records come of their changes, and drafts are for the device that goes on with them.
            _ => {}
        }
    }
    Ok(rescue)
}

fn derive(passphrase: &[u8], salt: &[u8], rounds: NonZeroU32) -> Result<LessSafeKey, RescueError> {
    let mut key = [0; 32];
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA256,
        rounds,
        salt,
        passphrase,
        &mut key,
    );
    // Fails only for a key of another length.
    UnboundKey::new(&AES_256_GCM, &key)
        .map(LessSafeKey::new)
        .map_err(|_| RescueError::Malformed)
}

/// Applies a file as its user, who sees it as sent by the file's own device. A second time everything is a duplicate.
///
/// # Errors
/// [`ImportError::OtherUser`] when the device or the book is another user's; nothing is applied then.
pub fn import(
    store: &dyn Store,
    user: &Account,
    file: &[u8],
    passphrase: &str,
    now_ms: i64,
) -> Result<Report, ImportError> {
    let rescue = open(file, passphrase)?;
    let device = device(store, user, &rescue.header, now_ms)?;
    let mut report = Report {
        unreadable: rescue.unreadable,
        ..Report::default()
    };
    for batch in rescue.mutations.chunks(MOST_MUTATIONS) {
        for result in store.apply(&device, batch, now_ms)? {
            match result.outcome {
                Outcome::Applied { clashes, .. } => {
                    report.applied += 1;
                    report.clashes += clashes;
                }
                Outcome::Duplicate { .. } => report.duplicates += 1,
                Outcome::Rejected { code, text } => report.rejected.push((result.id, code, text)),
                Outcome::Later { code, .. } => report.later.push((result.id, code)),
            }
        }
    }
    for (digest, bytes) in &rescue.pictures {
        match put(store, &device, digest, bytes, now_ms)? {
            Put::New => report.pictures += 1,
            Put::Known => report.pictures_known += 1,
            Put::Refused => report.pictures_refused.push(digest.clone()),
        }
    }
    store.audit(&Audit {
        at_ms: now_ms,
        user: Some(user.user.id),
        device: Some(device.id),
        act: "rescue_import".into(),
        detail: format!(
            "applied {}, duplicates {}, rejected {}, later {}, pictures {}",
            report.applied,
            report.duplicates,
            report.rejected.len(),
            report.later.len(),
            report.pictures
        ),
    })?;
    Ok(report)
}

/// The device the changes were made on. One the server never met is registered, with a token nobody has.
fn device(
    store: &dyn Store,
    user: &Account,
    header: &Header,
    now_ms: i64,
) -> Result<Device, ImportError> {
    match store.device(header.device)? {
        Some(device) if device.user.id == user.user.id => return Ok(device),
        Some(_) => return Err(ImportError::OtherUser),
        None => {}
    }
    // A user this server does not know says nothing: the server may have been set up anew.
    let others = header.user.filter(|id| *id != user.user.id);
    if let Some(other) = others
        && store
            .accounts()?
            .iter()
            .any(|account| account.user.id == other)
    {
        return Err(ImportError::OtherUser);
    }
    let mut token = [0; 32];
    SystemRandom::new()
        .fill(&mut token)
        .map_err(|_| ImportError::Random)?;
    let mut hashed = [0; 32];
    hashed.copy_from_slice(digest::digest(&digest::SHA256, &token).as_ref());
    Ok(store.sign_in(user.user.id, header.device, "rescue file", &hashed, now_ms)?)
}

enum Put {
    New,
    Known,
    Refused,
}

fn put(
    store: &dyn Store,
    device: &Device,
    digest: &str,
    bytes: &[u8],
    now_ms: i64,
) -> Result<Put, StoreError> {
    let size = bytes.len() as u64;
    let mut state = store.blob_state(digest)?;
    if let BlobState::Complete(_) = state {
        return Ok(Put::Known);
    }
    loop {
        let offset = match state {
            BlobState::Complete(_) => return Ok(Put::New),
            BlobState::Missing => 0,
            BlobState::Partial(here) => here,
        };
        let rest = usize::try_from(offset)
            .ok()
            .and_then(|offset| bytes.get(offset..))
            .unwrap_or_default();
        let part = rest.get(..BLOB_PART).unwrap_or(rest);
        let next = store.put_blob(device, digest, size, offset, part, now_ms)?;
        // Nothing moved, or the whole was thrown away: it would be so for ever.
        let moved = match next {
            BlobState::Complete(_) => true,
            BlobState::Missing => false,
            BlobState::Partial(here) => here > offset,
        };
        if !moved {
            return Ok(Put::Refused);
        }
        state = next;
    }
}

/// The command `import-rescue FILE --user NAME`. `passphrase` comes from [`ask_passphrase`].
///
/// # Errors
/// As [`import`], and when the file cannot be read or there is no such user.
pub fn run(
    store: &dyn Store,
    file: &Path,
    user: &str,
    passphrase: &str,
    now_ms: i64,
) -> Result<Report, ImportError> {
    let account = store
        .account(user)?
        .ok_or_else(|| ImportError::NoUser(user.to_owned()))?;
    import(store, &account, &std::fs::read(file)?, passphrase, now_ms)
}

/// Asks on the terminal without showing what is typed; takes the first line of the input where there is none.
///
/// # Errors
/// When there is nothing to read.
pub fn ask_passphrase() -> io::Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Passphrase of the rescue file: ");
    }
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line)
}

impl Report {
    /// Whether the server now holds everything that was in the file.
    pub fn is_whole(&self) -> bool {
        self.rejected.is_empty()
            && self.later.is_empty()
            && self.pictures_refused.is_empty()
            && self.unreadable == 0
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "changes applied      {}", self.applied)?;
        writeln!(f, "  with clashes       {}", self.clashes)?;
        writeln!(f, "changes here already {}", self.duplicates)?;
        writeln!(f, "pictures taken       {}", self.pictures)?;
        writeln!(f, "pictures here already {}", self.pictures_known)?;
        for (id, code, text) in &self.rejected {
            writeln!(f, "rejected {id}: {code:?}: {text}")?;
        }
        for (id, code) in &self.later {
            writeln!(f, "not yet {id}: {code:?}; run the import again later")?;
        }
        for digest in &self.pictures_refused {
            writeln!(f, "picture refused {digest}")?;
        }
        if self.unreadable > 0 {
            writeln!(f, "rows not understood  {}", self.unreadable)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;
