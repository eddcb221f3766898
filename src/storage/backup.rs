//! The whole book as plain values, in chunks. The file they travel in is not known here; `restore.rs` is the way back.

use js_sys::Array;
use rexie::KeyRange;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::connect::Connection;
use super::import::read_import;
use super::keep::{self, Draft};
use super::lists::{self, Lists};
use super::raw::Row;
use super::row::{self, RowFault};
use super::schema::{BLOBS, DRAFTS, FILLS, IMPORTS, LEADS, OUTBOX, RECORDS};
use super::{Inner, Store, StoreError};
use crate::domain::consent::Suppression;
use crate::domain::id::Id;
use crate::domain::import::Import;
use crate::domain::lead::Lead;
use crate::domain::merge::Change;
use crate::domain::outbox::Frozen;
use crate::domain::record::Envelope;

/// What a backup goes through, one after the other. The queue comes before the records: what is saved while the backup
/// runs is then in the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupStore {
    Imports,
    Fills,
    Outbox,
    Records,
    Blobs,
    Leads,
    Drafts,
    Lists,
}

impl BackupStore {
    pub const ALL: [BackupStore; 8] = [
        BackupStore::Imports,
        BackupStore::Fills,
        BackupStore::Outbox,
        BackupStore::Records,
        BackupStore::Blobs,
        BackupStore::Leads,
        BackupStore::Drafts,
        BackupStore::Lists,
    ];

    /// Its store in the database; the lists are one row of facts.
    fn name(self) -> Option<&'static str> {
        match self {
            BackupStore::Imports => Some(IMPORTS),
            BackupStore::Fills => Some(FILLS),
            BackupStore::Outbox => Some(OUTBOX),
            BackupStore::Records => Some(RECORDS),
            BackupStore::Blobs => Some(BLOBS),
            BackupStore::Leads => Some(LEADS),
            BackupStore::Drafts => Some(DRAFTS),
            BackupStore::Lists => None,
        }
    }
}

/// One row of the book, opened.
#[derive(Debug, Clone, PartialEq)]
pub enum BackupRow {
    Record(RecordRow),
    Queued {
        number: u64,
        mutation: Frozen,
    },
    /// A photo; `digest` is its SHA-256 in lower-case hex.
    Blob {
        digest: String,
        bytes: Vec<u8>,
    },
    Draft(Draft),
    Lead(Lead),
    /// With its plan, if it is unfinished.
    Import(Import),
    Fill(FillRow),
    /// The opted-out list, and those of other books restored into this one.
    Lists {
        own: Suppression,
        others: Vec<Suppression>,
    },
}

/// A record of any kind, one this build does not know too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordRow {
    pub envelope: Envelope,
    pub kind: String,
    pub schema: u16,
    pub links: Vec<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// UTF-8 JSON of the layout `schema`; whatever lay there for a damaged record.
    pub body: Vec<u8>,
}

/// What an import changed in a record it had not brought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FillRow {
    /// The mutation that did it.
    pub mutation: Id,
    pub import: Id,
    pub record: Id,
    pub changes: Vec<Change>,
}

#[derive(Debug, Clone, Default)]
pub struct BackupChunk {
    pub rows: Vec<BackupRow>,
    /// Rows that could not be opened and are not in the backup.
    pub unreadable: u32,
    /// Where the next chunk starts; `None` after the last one.
    pub next: Option<String>,
}

impl Store {
    /// The next rows of a store, after a chunk's `next`.
    pub async fn export_chunk(
        &self,
        store: BackupStore,
        after: Option<&str>,
        limit: u32,
    ) -> Result<BackupChunk, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| export(inner, connection, store, after, limit).await)
            .await
    }
}

async fn export(
    inner: &Inner,
    connection: &Connection,
    store: BackupStore,
    after: Option<&str>,
    limit: u32,
) -> Result<BackupChunk, StoreError> {
    let Some(name) = store.name() else {
        let (Lists { own, others }, _) = lists::read(inner, connection).await?;
        return Ok(BackupChunk {
            rows: vec![BackupRow::Lists { own, others }],
            ..BackupChunk::default()
        });
    };
    let key = |text: &str| match store {
        BackupStore::Outbox => JsValue::from_f64(text.parse().unwrap_or(0.0)),
        _ => JsValue::from_str(text),
    };
    let range = after
        .map(|after| KeyRange::lower_bound(&key(after), Some(true)))
        .transpose()?;
    let rows = connection
        .read(&[name])?
        .store(name)?
        .get_all(range, Some(limit.max(1)))
        .await?;
    let mut chunk = BackupChunk::default();
    if rows.len() as u64 >= u64::from(limit.max(1)) {
        let last = rows.last().cloned().map(row::of);
        chunk.next = last.and_then(|last| match store {
            BackupStore::Outbox => row::whole(&last.number()).map(|number| number.to_string()),
            _ => last.id().as_string(),
        });
    }
    for row in rows.into_iter().map(row::of) {
        match open(inner, connection, store, &row).await? {
            Ok(opened) => chunk.rows.push(opened),
            Err(_) => chunk.unreadable += 1,
        }
    }
    Ok(chunk)
}

async fn open(
    inner: &Inner,
    connection: &Connection,
    store: BackupStore,
    row: &Row,
) -> Result<Result<BackupRow, RowFault>, StoreError> {
    let sealer = &inner.sealer;
    let no_id = || RowFault::Damaged("no id".into());
    Ok(match store {
        BackupStore::Records => record_row(inner, row).await.map(BackupRow::Record),
        BackupStore::Outbox => row::frozen(sealer, row)
            .await
            .map(|(number, mutation)| BackupRow::Queued { number, mutation }),
        BackupStore::Blobs => {
            let digest = row.id().as_string().ok_or_else(no_id);
            match (digest, row::read_bytes(sealer, row).await) {
                (Ok(digest), Ok(bytes)) => Ok(BackupRow::Blob { digest, bytes }),
                (Err(fault), _) | (_, Err(fault)) => Err(fault),
            }
        }
        BackupStore::Drafts => keep::read_draft(sealer, row).await.map(BackupRow::Draft),
        BackupStore::Leads => row::read_json(sealer, row).await.map(BackupRow::Lead),
        BackupStore::Imports => match row::id(&row.id()) {
            Some(id) => match read_import(sealer, connection, id).await {
                Ok(Some(import)) => Ok(BackupRow::Import(import)),
                Ok(None) => Err(no_id()),
                Err(StoreError::Corrupt { what }) => Err(RowFault::Damaged(what)),
                Err(error) => return Err(error),
            },
            None => Err(no_id()),
        },
        BackupStore::Fills => fill_of(inner, row).await.map(BackupRow::Fill),
        BackupStore::Lists => Err(RowFault::Unknown),
    })
}

pub async fn record_row(inner: &Inner, row: &Row) -> Result<RecordRow, RowFault> {
    let links = row
        .links()
        .dyn_into::<Array>()
        .map(|list| list.iter().filter_map(|id| row::id(&id)).collect());
    Ok(RecordRow {
        envelope: row::read_envelope(row)?,
        kind: row
            .kind()
            .as_string()
            .ok_or(RowFault::Damaged("no kind".into()))?,
        schema: row::whole(&row.schema())
            .and_then(|n| u16::try_from(n).ok())
            .unwrap_or(0),
        links: links.unwrap_or_default(),
        due: row.due().as_string(),
        body: row::read_bytes(&inner.sealer, row).await?,
    })
}

async fn fill_of(inner: &Inner, row: &Row) -> Result<FillRow, RowFault> {
    let id = |value: &JsValue| row::id(value).ok_or(RowFault::Damaged("no id".into()));
    Ok(FillRow {
        mutation: id(&row.id())?,
        import: id(&row.import())?,
        record: id(&row.record())?,
        changes: row::read_json(&inner.sealer, row).await?,
    })
}
