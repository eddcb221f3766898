//! The rescue file: everything unsent, sealed with a passphrase, out of the book and into one. The file is opened and read
//! whole before anything is written.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Book;
use super::backup::{BackupFile, line_of, row_of};
use super::importer::refresh;
use super::sync::read_account;
use crate::domain::id::Id;
use crate::exchange::rescue::{
    Header, Plain, ROUNDS, RescueError, first_line, join, passphrase_bytes, read, split,
};
use crate::platform::clock;
use crate::platform::crypto::{CryptoError, Key};
use crate::platform::files::{FileError, PickedFile};
use crate::platform::random::{Ids, bytes};
use crate::storage::{BackupRow, RecordRow, RescueKey, Restored, Store, StoreError};

/// Rows of one reading, and changes of one writing transaction.
const ROWS: usize = 200;
/// Photos are a thousand times larger than other rows.
const PHOTOS: usize = 8;
/// No phone holds a larger one in memory twice, which the browser's cipher needs; bytes.
const MOST_BYTES: f64 = 512.0 * 1024.0 * 1024.0;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RescueFault {
    Unreadable,
    TooLarge,
    Refused(RescueError),
    /// The browser has no cipher here.
    NoCipher,
    Store(StoreError),
}

impl From<StoreError> for RescueFault {
    fn from(error: StoreError) -> Self {
        RescueFault::Store(error)
    }
}

impl From<RescueError> for RescueFault {
    fn from(error: RescueError) -> Self {
        RescueFault::Refused(error)
    }
}

impl From<CryptoError> for RescueFault {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::Closed => RescueFault::Refused(RescueError::Closed),
            CryptoError::Unavailable(_) => RescueFault::NoCipher,
        }
    }
}

/// A rescue file, opened and read.
#[derive(Debug, Clone)]
pub struct Opened {
    pub header: Header,
    /// The file is of this very book.
    pub own: bool,
    /// In the order they were made in.
    pub changes: Vec<BackupRow>,
    /// Of `changes`, those that are here already.
    pub known: usize,
    records: BTreeMap<Id, RecordRow>,
    pub pictures: Vec<BackupRow>,
    pub drafts: Vec<BackupRow>,
    pub unreadable: usize,
}

/// What taking it in came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Changes queued again, under their own ids.
    pub changes: usize,
    pub pictures: usize,
    pub drafts: usize,
    /// There already.
    pub kept: usize,
    pub unreadable: usize,
}

/// Everything unsent of a book, sealed. `tell` hears rows done, of how many.
pub async fn make_rescue(
    store: &Store,
    passphrase: &str,
    tell: impl Fn(usize, usize),
) -> Result<BackupFile, RescueFault> {
    let (head, made) = (store.head().await?, clock::now());
    let plan = store.rescue_plan().await?;
    let mut plain = Plain::begin(made.clone(), head.device).map_err(StoreError::from)?;
    let (mut done, mut unreadable, mut rows, mut pictures) = (0, 0, 0, 0);
    for keys in parts(&plan.keys) {
        let (found, lost) = store.rescue_rows(keys).await?;
        unreadable += lost;
        for row in found {
            match &row {
                BackupRow::Queued { .. } => rows += 1,
                BackupRow::Blob { .. } => pictures += 1,
                _ => {}
            }
            plain.row(&line_of(row)).map_err(StoreError::from)?;
        }
        done += keys.len();
        tell(done, plan.keys.len());
        clock::yield_now().await;
    }
    let plain = plain.finish().map_err(StoreError::from)?;
    let header = Header {
        rounds: ROUNDS,
        salt: bytes(),
        nonce: bytes(),
        device: head.device,
        user: read_account(store).await.map(|account| account.user.id),
        made,
        rows,
        pictures,
    };
    let line = first_line(&header, plain.len()).map_err(StoreError::from)?;
    let key = Key::derive(&passphrase_bytes(passphrase), &header.salt, header.rounds).await?;
    let sealed = key.seal(&header.nonce, line.as_bytes(), &plain).await?;
    Ok(BackupFile {
        name: format!(
            "topfloor-rescue-{}.tfrescue",
            clock::today().format("%Y%m%d")
        ),
        mime: "application/octet-stream",
        bytes: Rc::new(join(&line, &sealed)),
        unreadable,
    })
}

/// Opens a file that a person picked; see [`open_rescue`].
pub async fn open_rescue_file(
    book: Book,
    file: &PickedFile,
    passphrase: &str,
) -> Result<Opened, RescueFault> {
    if file.size > MOST_BYTES {
        return Err(RescueFault::TooLarge);
    }
    let bytes = file
        .bytes()
        .await
        .map_err(|_: FileError| RescueFault::Unreadable)?;
    open_rescue(&book.store()?, &bytes, passphrase).await
}

/// Opens and reads a rescue file; nothing is written.
pub async fn open_rescue(
    store: &Store,
    file: &[u8],
    passphrase: &str,
) -> Result<Opened, RescueFault> {
    let parts = split(file)?;
    let header = parts.header;
    let key = Key::derive(&passphrase_bytes(passphrase), &header.salt, header.rounds).await?;
    let plain = key.open(&header.nonce, parts.aad, parts.sealed).await?;
    let contents = read(&plain)?;
    let mut opened = Opened {
        own: store.head().await?.device == header.device,
        header,
        changes: Vec::new(),
        known: 0,
        records: BTreeMap::new(),
        pictures: Vec::new(),
        drafts: Vec::new(),
        unreadable: contents.unreadable,
    };
    for row in contents.rows.into_iter().filter_map(row_of) {
        match row {
            row @ BackupRow::Queued { .. } => opened.changes.push(row),
            BackupRow::Record(record) => {
                opened.records.insert(record.envelope.id, record);
            }
            row @ BackupRow::Blob { .. } => opened.pictures.push(row),
            row @ BackupRow::Draft(_) => opened.drafts.push(row),
            // Nothing else is put into a rescue file.
            _ => opened.unreadable += 1,
        }
    }
    let ids: Vec<Id> = opened.changes.iter().filter_map(mutation_of).collect();
    opened.known = store.known_changes(&ids).await?.len();
    Ok(opened)
}

/// Takes an opened file into the book that is on the screen.
pub async fn take_rescue(
    book: Book,
    opened: &Opened,
    tell: impl Fn(usize, usize),
) -> Result<TakenIn, StoreError> {
    let store = book.store()?;
    let result = take_rescue_into(&store, opened, tell).await;
    // Whatever went in before a fault is there, and must be seen.
    book.read_head().await;
    refresh(book, &store).await;
    result
}

/// As [`take_rescue`], without telling the screen. A second time it changes nothing; after a fault it goes on where it
/// stopped.
pub async fn take_rescue_into(
    store: &Store,
    opened: &Opened,
    tell: impl Fn(usize, usize),
) -> Result<TakenIn, StoreError> {
    let mut taken = TakenIn {
        unreadable: opened.unreadable,
        ..TakenIn::default()
    };
    let total = opened.changes.len() + opened.pictures.len() + opened.drafts.len();
    let mut done = 0;
    let mut breathe = async |rows: usize| {
        done += rows;
        tell(done, total);
        clock::yield_now().await;
    };
    // Pictures first: a change on its way may be followed by them at once.
    for rows in opened.pictures.chunks(PHOTOS) {
        let now = store.rescue_pictures(rows, clock::now_ms()).await?;
        taken.pictures += taken.note(now);
        breathe(rows.len()).await;
    }
    for rows in opened.changes.chunks(ROWS) {
        let now = store.rescue_changes(rows, &opened.records).await?;
        taken.changes += taken.note(now);
        breathe(rows.len()).await;
    }
    for rows in opened.drafts.chunks(ROWS) {
        let now = store.restore_chunk(rows, &clock::now(), &mut Ids).await?;
        taken.drafts += taken.note(now);
        breathe(rows.len()).await;
    }
    Ok(taken)
}

impl TakenIn {
    /// Notes what was not taken in, and answers what was.
    fn note(&mut self, now: Restored) -> usize {
        self.kept += now.kept as usize;
        self.unreadable += now.refused as usize;
        now.added as usize
    }
}

fn mutation_of(row: &BackupRow) -> Option<Id> {
    match row {
        BackupRow::Queued { mutation, .. } => Some(mutation.id),
        _ => None,
    }
}

/// The keys in readings, pictures few at a time.
fn parts(keys: &[RescueKey]) -> Vec<&[RescueKey]> {
    let is_picture = |key: &RescueKey| matches!(key, RescueKey::Picture(_));
    keys.chunk_by(|a, b| is_picture(a) == is_picture(b))
        .flat_map(|run| {
            let size = if run.first().is_some_and(is_picture) {
                PHOTOS
            } else {
                ROWS
            };
            run.chunks(size)
        })
        .collect()
}
