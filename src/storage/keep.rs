//! The small things beside records: form texts, photos, the bin.

use std::collections::HashSet;

use super::codec::Sealer;
use super::connect::Connection;
use super::raw::Row;
use super::row::{self, RowFault};
use super::schema::{BIN, BLOBS, BY_BINNED, BY_HIDDEN, DRAFTS, IMPORTS};
use super::write::{Batch, commit};
use super::{Inner, Store, StoreError};
use crate::domain::id::Id;

/// How long the bin keeps what was thrown into it, milliseconds.
const BIN_MS: f64 = 30.0 * 24.0 * 3_600_000.0;

/// A form's text, saved while it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub key: String,
    pub text: String,
    pub at_ms: i64,
}

impl Store {
    pub async fn put_draft(&self, key: &str, text: &str, at_ms: i64) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let row = draft_row(&inner.sealer, key, text, at_ms).await;
                put(inner, connection, DRAFTS, row).await
            })
            .await
    }

    pub async fn draft(&self, key: &str) -> Result<Option<Draft>, StoreError> {
        let inner = &self.0;
        inner
            .run(
                async |connection| match get(connection, DRAFTS, key).await? {
                    Some(row) => Ok(read_draft(&inner.sealer, &row).await.ok()),
                    None => Ok(None),
                },
            )
            .await
    }

    /// All form texts, the newest first.
    pub async fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[DRAFTS])?
                    .store(DRAFTS)?
                    .get_all(None, None)
                    .await?;
                let mut drafts = Vec::with_capacity(rows.len());
                for row in rows {
                    drafts.extend(read_draft(&inner.sealer, &row::of(row)).await);
                }
                drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at_ms));
                Ok(drafts)
            })
            .await
    }

    pub async fn drop_draft(&self, key: &str) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::aside();
                batch.deletes.push((DRAFTS, key.into()));
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// A photo by its digest.
    pub async fn blob(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let inner = &self.0;
        inner
            .run(
                async |connection| match get(connection, BLOBS, digest).await? {
                    Some(row) => row::read_bytes(&inner.sealer, &row)
                        .await
                        .map(Some)
                        .map_err(|fault| corrupt("photo", &fault)),
                    None => Ok(None),
                },
            )
            .await
    }

    /// Keeps photos before the record that will name them, so that a form's pictures outlive a kill of the page.
    pub async fn put_blobs(&self, blobs: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::aside();
                for (digest, bytes) in blobs {
                    batch
                        .puts
                        .push((BLOBS, blob_row(&inner.sealer, digest, bytes.clone()).await));
                }
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Empties the bin of what has lain in it for 30 days.
    pub async fn sweep_bin(&self, now_ms: i64) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let old = rexie::KeyRange::upper_bound(&(now_ms as f64 - BIN_MS).into(), None)?;
                let keys = connection
                    .read(&[BIN])?
                    .store(BIN)?
                    .index(BY_BINNED)?
                    .get_all_keys(Some(old), None)
                    .await?;
                let mut batch = Batch::aside();
                batch.deletes.extend(keys.into_iter().map(|key| (BIN, key)));
                if batch.deletes.is_empty() {
                    Ok(())
                } else {
                    commit(inner, connection, &batch).await.map(drop)
                }
            })
            .await
    }
}

pub async fn draft_row(sealer: &Sealer, key: &str, text: &str, at_ms: i64) -> Row {
    let row = row::sealed_bytes(sealer, key, text.as_bytes().to_vec()).await;
    row.set_at(at_ms as f64);
    row
}

pub async fn read_draft(sealer: &Sealer, row: &Row) -> Result<Draft, RowFault> {
    let bytes = row::read_bytes(sealer, row).await?;
    Ok(Draft {
        key: row.id().as_string().unwrap_or_default(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
        at_ms: row::millis(&row.at()).unwrap_or(0),
    })
}

pub async fn blob_row(sealer: &Sealer, digest: &str, bytes: Vec<u8>) -> Row {
    let size = bytes.len();
    let row = row::sealed_bytes(sealer, digest, bytes).await;
    row.set_size(size as f64);
    row
}

/// One row by its text key.
pub async fn get(
    connection: &Connection,
    store: &str,
    key: &str,
) -> Result<Option<Row>, StoreError> {
    Ok(connection
        .read(&[store])?
        .store(store)?
        .get(key.into())
        .await?
        .map(row::of))
}

/// Writes one row, strictly.
pub async fn put(
    inner: &Inner,
    connection: &Connection,
    store: &'static str,
    row: Row,
) -> Result<(), StoreError> {
    let mut batch = Batch::aside();
    batch.puts.push((store, row));
    commit(inner, connection, &batch).await.map(drop)
}

pub fn corrupt(what: &str, fault: &RowFault) -> StoreError {
    StoreError::Corrupt {
        what: format!("{what}: {fault}"),
    }
}

/// Ids of imports whose records must not be seen now, read in the transaction that reads the records.
pub async fn hidden(tx: &rexie::Transaction) -> Result<HashSet<Id>, StoreError> {
    let keys = tx
        .store(IMPORTS)?
        .index(BY_HIDDEN)?
        .get_all_keys(None, None)
        .await?;
    Ok(keys.iter().filter_map(row::id).collect())
}
