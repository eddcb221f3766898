//! Taking an import back, and saying what stayed because a person had made it their own since.

use leptos::prelude::*;

use super::Importer;
use crate::domain::id::Id;
use crate::domain::import::Import;
use crate::domain::record::{AnyBody, AnyEntry, Entry, Kind};
use crate::platform::clock;
use crate::platform::random::Ids;
use crate::state::Book;
use crate::storage::StoreError;

/// What an undo left.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenBack {
    pub name: String,
    /// It was stopped before it was whole.
    pub cancelled: bool,
    pub kept_count: usize,
    /// The first of them, by name.
    pub kept: Vec<Kept>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub id: Id,
    pub kind: Kind,
    /// In Chinese and in Latin letters; either may be empty.
    pub names: (String, String),
}

/// Rows looked at in one transaction: each takes several reads.
const ROWS: u32 = 250;
/// Kept records that are named.
const NAMED: usize = 50;

impl TakenBack {
    pub fn nothing(name: String) -> Self {
        Self {
            name,
            cancelled: true,
            kept_count: 0,
            kept: Vec::new(),
        }
    }
}

pub async fn undo(
    importer: Importer,
    import: Import,
    cancelled: bool,
) -> Result<TakenBack, StoreError> {
    importer.running.set(Some(import.id));
    let taken = take_back(importer.book, &import, |done, total| {
        importer.progress.set((done, total))
    })
    .await?;
    Ok(TakenBack { cancelled, ..taken })
}

/// Takes an import back chunk by chunk and reads the book anew.
pub async fn take_back(
    book: Book,
    import: &Import,
    tell: impl Fn(usize, usize),
) -> Result<TakenBack, StoreError> {
    let store = book.store()?;
    let brought = brought(book, import.id);
    let (mut done, mut kept_count) = (0, 0);
    loop {
        let chunk = store
            .undo_chunk(import, ROWS, &clock::now(), &mut Ids)
            .await?;
        done += (chunk.removed + chunk.restored + chunk.kept_edited) as usize;
        kept_count += chunk.kept_edited as usize;
        tell(done, done + chunk.remaining as usize);
        if chunk.remaining == 0 {
            break;
        }
        clock::yield_now().await;
    }
    let mut kept = Vec::new();
    if kept_count > 0 {
        for ids in brought.chunks(ROWS as usize) {
            let there = store.get_many(ids).await?;
            kept.extend(
                there
                    .into_iter()
                    .filter(|entry| !entry.envelope.deleted)
                    .map(name)
                    .take(NAMED - kept.len()),
            );
            if kept.len() == NAMED {
                break;
            }
        }
    }
    super::refresh(book, &store).await;
    Ok(TakenBack {
        name: import.file_name.clone(),
        cancelled: false,
        kept_count,
        kept,
    })
}

/// The clients and contacts an import brought, as the lists hold them now.
fn brought(book: Book, import: Id) -> Vec<Id> {
    book.with_shelf_untracked(|shelf| {
        let firms = shelf
            .organisations()
            .filter(|entry| entry.envelope.import == Some(import))
            .map(Entry::id);
        let people = shelf
            .persons()
            .filter(|entry| entry.envelope.import == Some(import))
            .map(Entry::id);
        firms.chain(people).collect()
    })
}

fn name(entry: AnyEntry) -> Kept {
    let (id, kind) = (entry.id(), entry.body.kind());
    let names = match entry.body {
        AnyBody::Organisation(body) => (body.name_zh, body.name_en),
        AnyBody::Person(body) => (body.name_zh(), body.name_en()),
        _ => Default::default(),
    };
    Kept { id, kind, names }
}
