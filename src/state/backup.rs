//! The whole book to a file and back. Reading and writing go row by row, so that neither holds up the page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Book;
use super::importer::refresh;
use crate::domain::record::Kind;
use crate::exchange::backup::{
    BackupErrorKind, BackupReader, BackupRow as Line, BackupWriter, Ending, Header,
};
use crate::platform::files::PickedFile;
use crate::platform::random::{Ids, new_id, salt};
use crate::platform::{clock, prefs};
use crate::storage::{
    BackupRow, BackupStore, Counts, Draft, FillRow, MetaKey, Opening, RecordRow, Schema, Seed,
    Store, StoreError,
};

/// A backup ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    pub name: String,
    pub mime: &'static str,
    pub bytes: std::rc::Rc<Vec<u8>>,
    /// Rows of the book that could not be read and are not in the file.
    pub unreadable: u32,
}

/// What a restore came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    pub added: usize,
    pub updated: usize,
    /// There already, the same or newer.
    pub kept: usize,
    /// Lines of the file that gave no row.
    pub unreadable: usize,
    /// The file's end is missing or does not match what stands before it.
    pub cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreFault {
    Unreadable,
    NotABackup,
    Newer,
    /// It stopped half-way; what went before is kept, and the same file goes on from there.
    Store(StoreError),
}

impl From<StoreError> for RestoreFault {
    fn from(error: StoreError) -> Self {
        RestoreFault::Store(error)
    }
}

/// Rows of one reading, and of one restoring transaction.
const ROWS: u32 = 200;
/// Photos are a thousand times larger than other rows.
const PHOTOS: u32 = 8;
/// Bytes of the file read at a time.
const SLICE: u32 = 128 * 1024;
/// Facts of the book that go along. The day of the last backup is not one: it is about another device.
const FACTS: [(MetaKey, &str); 2] = [(MetaKey::Demo, "demo"), (MetaKey::Owner, "owner")];

/// The whole book as a file; `tell` hears how many rows are in it.
pub async fn make_backup(book: Book, tell: impl Fn(usize)) -> Result<BackupFile, StoreError> {
    backup_of(&book.store()?, tell).await
}

/// What can still be read of a book that a newer build has upgraded. The layouts only ever grow, so what this build
/// knows of it is where it was. `None` if there is no such book.
pub async fn rescue() -> Result<Option<BackupFile>, StoreError> {
    let Some(profile) = prefs::profile() else {
        return Ok(None);
    };
    let seed = || Seed {
        device: new_id(),
        salt: salt(),
    };
    let store = match Store::open(profile, seed(), |_| {}).await {
        Ok((store, _)) => store,
        Err(StoreError::NewerVersion { found }) if found > 0 => {
            let opening = Opening {
                schema: Schema {
                    version: found,
                    ..Schema::current()
                },
                ..Opening::default()
            };
            Store::open_as(profile, seed(), |_| {}, opening).await?.0
        }
        Err(error) => return Err(error),
    };
    let file = backup_of(&store, |_| {}).await;
    store.close();
    file.map(Some)
}

async fn backup_of(store: &Store, tell: impl Fn(usize)) -> Result<BackupFile, StoreError> {
    let created = clock::now();
    let name = format!("topfloor-backup-{}.jsonl", clock::today().format("%Y%m%d"));
    let header = Header {
        created,
        device: store.head().await?.device,
        counts: counts(&store.counts().await?),
    };
    let (mut writer, first) = BackupWriter::begin(header)?;
    let mut bytes = first.into_bytes();
    let (mut rows, mut unreadable) = (0, 0);
    for part in BackupStore::ALL {
        let limit = if part == BackupStore::Blobs {
            PHOTOS
        } else {
            ROWS
        };
        let mut after = None;
        loop {
            let chunk = store.export_chunk(part, after.as_deref(), limit).await?;
            unreadable += chunk.unreadable;
            rows += chunk.rows.len();
            for row in chunk.rows {
                bytes.extend_from_slice(writer.row(&line_of(row))?.as_bytes());
            }
            tell(rows);
            clock::yield_now().await;
            after = chunk.next;
            if after.is_none() {
                break;
            }
        }
    }
    for (key, name) in FACTS {
        if let Some(value) = store.meta(key).await? {
            bytes.extend_from_slice(
                writer
                    .row(&Line::Meta {
                        key: name.to_owned(),
                        value,
                    })?
                    .as_bytes(),
            );
        }
    }
    bytes.extend_from_slice(writer.finish()?.as_bytes());
    Ok(BackupFile {
        name,
        mime: "application/x-ndjson",
        bytes: std::rc::Rc::new(bytes),
        unreadable,
    })
}

/// Merges a backup into the book. `tell` hears kilobytes read, of how many.
pub async fn restore_backup(
    book: Book,
    file: &PickedFile,
    tell: impl Fn(usize, usize),
) -> Result<Outcome, RestoreFault> {
    let store = book.store()?;
    let mut restore = Restore {
        store: &store,
        batch: Vec::new(),
        facts: Vec::new(),
        outcome: Outcome::default(),
    };
    let result = restore.run(file, tell).await;
    // Whatever went in before a fault is there, and must be seen.
    book.read_head().await;
    refresh(book, &store).await;
    result.map(|()| restore.outcome)
}

struct Restore<'a> {
    store: &'a Store,
    batch: Vec<BackupRow>,
    facts: Vec<(String, String)>,
    outcome: Outcome,
}

impl Restore<'_> {
    async fn run(
        &mut self,
        file: &PickedFile,
        tell: impl Fn(usize, usize),
    ) -> Result<(), RestoreFault> {
        let mut reader = BackupReader::default();
        let mut slices = file.slices(SLICE);
        // A file of more kilobytes than fit a usize cannot be.
        let total = (file.size / 1024.0).ceil() as usize;
        while let Some(slice) = slices.next().await {
            let slice = slice.map_err(|_| RestoreFault::Unreadable)?;
            for row in reader.feed(&slice) {
                self.take(row)?;
            }
            while self.batch.len() >= ROWS as usize {
                self.flush().await?;
            }
            tell((slices.progress() * total as f64) as usize, total);
            clock::yield_now().await;
        }
        let (last, ending) = reader.finish();
        if let Some(row) = last {
            self.take(row)?;
        }
        while !self.batch.is_empty() {
            self.flush().await?;
        }
        self.facts().await?;
        self.outcome.cut = ending != Ending::Whole;
        Ok(())
    }

    fn take(
        &mut self,
        row: Result<Line, crate::exchange::backup::BackupError>,
    ) -> Result<(), RestoreFault> {
        match row {
            Ok(Line::Meta { key, value }) => self.facts.push((key, value)),
            Ok(row) => self.batch.extend(row_of(row)),
            Err(error) => match error.kind {
                BackupErrorKind::NotABackup => return Err(RestoreFault::NotABackup),
                BackupErrorKind::NewerVersion(_) => return Err(RestoreFault::Newer),
                BackupErrorKind::BadRow
                | BackupErrorKind::UnknownRow
                | BackupErrorKind::DamagedBlob
                | BackupErrorKind::BehindTheEnd => self.outcome.unreadable += 1,
            },
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let size = self.batch.len().min(ROWS as usize);
        let rows: Vec<BackupRow> = self.batch.drain(..size).collect();
        let done = self
            .store
            .restore_chunk(&rows, &clock::now(), &mut Ids)
            .await?;
        self.outcome.added += done.added as usize;
        self.outcome.updated += done.updated as usize;
        self.outcome.kept += done.kept as usize;
        self.outcome.unreadable += done.refused as usize;
        clock::yield_now().await;
        Ok(())
    }

    /// Facts of the book fill gaps only.
    async fn facts(&mut self) -> Result<(), StoreError> {
        for (key, value) in self.facts.drain(..) {
            let fact = FACTS
                .into_iter()
                .find(|(_, name)| *name == key)
                .map(|(fact, _)| fact);
            if let Some(fact) = fact
                && self
                    .store
                    .meta(fact)
                    .await?
                    .is_none_or(|there| there.is_empty())
            {
                self.store.set_meta(fact, &value).await?;
            }
        }
        Ok(())
    }
}

fn counts(counts: &Counts) -> BTreeMap<String, u64> {
    let kinds = Kind::ALL.iter().map(|kind| {
        (
            kind.as_str(),
            counts.by_kind.get(kind).copied().unwrap_or(0),
        )
    });
    let others = [
        ("lead", counts.leads),
        ("blob", counts.blobs),
        ("queued", counts.outbox),
        ("draft", counts.drafts),
    ];
    kinds
        .chain(others)
        .map(|(name, n)| (name.to_owned(), n))
        .collect()
}

pub(super) fn line_of(row: BackupRow) -> Line {
    match row {
        BackupRow::Record(RecordRow {
            envelope,
            kind,
            schema,
            links,
            due,
            body,
        }) => Line::Record {
            envelope,
            kind,
            schema,
            links,
            due,
            body,
        },
        BackupRow::Queued { number, mutation } => Line::Queued { number, mutation },
        BackupRow::Blob { digest, bytes } => Line::Blob { digest, bytes },
        BackupRow::Draft(Draft { key, text, at_ms }) => Line::Draft { key, text, at_ms },
        BackupRow::Lead(lead) => Line::Lead { lead },
        BackupRow::Import(import) => Line::Import { import },
        BackupRow::Fill(FillRow {
            mutation,
            import,
            record,
            changes,
        }) => Line::Fill {
            mutation,
            import,
            record,
            changes,
        },
        BackupRow::Lists { own, others } => Line::Lists { own, others },
    }
}

/// `None` for a fact, which goes another way.
pub(super) fn row_of(line: Line) -> Option<BackupRow> {
    Some(match line {
        Line::Record {
            envelope,
            kind,
            schema,
            links,
            due,
            body,
        } => BackupRow::Record(RecordRow {
            envelope,
            kind,
            schema,
            links,
            due,
            body,
        }),
        Line::Queued { number, mutation } => BackupRow::Queued { number, mutation },
        Line::Blob { digest, bytes } => BackupRow::Blob { digest, bytes },
        Line::Draft { key, text, at_ms } => BackupRow::Draft(Draft { key, text, at_ms }),
        Line::Lead { lead } => BackupRow::Lead(lead),
        Line::Import { import } => BackupRow::Import(import),
        Line::Fill {
            mutation,
            import,
            record,
            changes,
        } => BackupRow::Fill(FillRow {
            mutation,
            import,
            record,
            changes,
        }),
        Line::Lists { own, others } => BackupRow::Lists { own, others },
        Line::Meta { .. } => return None,
    })
}

thread_local! {
    /// A backup chosen on a screen that is about to give way to the one that restores it.
    static WAITING: RefCell<Option<PickedFile>> = const { RefCell::new(None) };
}

pub fn keep_waiting(file: PickedFile) {
    WAITING.with_borrow_mut(|waiting| *waiting = Some(file));
}

pub fn take_waiting() -> Option<PickedFile> {
    WAITING.with_borrow_mut(Option::take)
}
