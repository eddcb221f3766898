//! How much is in the book, and what of it cannot be read.

use std::collections::BTreeMap;

use futures::future::join;
use js_sys::Array;
use rexie::KeyRange;
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::keep::hidden;
use super::read::kind_range;
use super::row::{self, RowFault, Stored, js};
use super::schema::{
    BLOBS, BY_IMPORT_KIND, BY_LAYOUT, BY_LIVE, BY_SIZE, DRAFTS, IMPORTS, LEADS, OUTBOX, RECORDS,
    UNKNOWN,
};
use super::{Inner, Store, StoreError};
use crate::domain::import::Import;
use crate::domain::lead::Lead;
use crate::domain::record::{Kind, schema_of};

/// What the storage page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that are not deleted and not part of an unfinished import.
    pub by_kind: BTreeMap<Kind, u64>,
    pub deleted: u64,
    /// Records of a kind or layout this build does not know; one of a known kind counts there too.
    pub unknown: u64,
    pub leads: u64,
    pub outbox: u64,
    pub blobs: u64,
    /// Size of all photos, bytes.
    pub blob_bytes: u64,
    pub drafts: u64,
}

/// A row that cannot be read, as it lies in the database, for a rescue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub store: &'static str,
    pub id: String,
    pub kind: String,
    pub why: String,
    /// The body's bytes, still sealed if it was.
    pub bytes: Vec<u8>,
}

impl Store {
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        self.0.run(async |connection| count(connection).await).await
    }

    /// Everything that cannot be read, photos and form texts apart, with its bytes. Reads the whole book.
    pub async fn unreadable(&self) -> Result<Vec<Unreadable>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut found = Vec::new();
                for store in [RECORDS, OUTBOX, LEADS, IMPORTS] {
                    find_unreadable(inner, connection, store, &mut found).await?;
                }
                Ok(found)
            })
            .await
    }
}

async fn count(connection: &Connection) -> Result<Counts, StoreError> {
    let tx = connection.read(&[RECORDS, IMPORTS, LEADS, OUTBOX, BLOBS, DRAFTS, UNKNOWN])?;
    let hidden = hidden(&tx).await?;
    let records = tx.store(RECORDS)?;
    let (live, layout, imports) = (
        records.index(BY_LIVE)?,
        records.index(BY_LAYOUT)?,
        records.index(BY_IMPORT_KIND)?,
    );
    let mut counts = Counts::default();
    let mut known = 0;
    for kind in Kind::ALL {
        let name = kind.as_str();
        let newer = KeyRange::bound(
            &Array::of2(&name.into(), &f64::from(schema_of(kind)).into()),
            &Array::of2(&name.into(), &Array::new()),
            Some(true),
            Some(true),
        )?;
        let all = layout.count(Some(kind_range(name, None)?));
        let (all, (shown, newer)) = join(
            all,
            join(
                live.count(Some(kind_range(name, None)?)),
                layout.count(Some(newer)),
            ),
        )
        .await;
        let (all, mut shown, newer) = (u64::from(all?), u64::from(shown?), u64::from(newer?));
        known += all;
        counts.unknown += newer;
        counts.deleted += all.saturating_sub(shown);
        for import in &hidden {
            let theirs = KeyRange::only(&Array::of2(&js(import), &name.into()))?;
            shown = shown.saturating_sub(u64::from(imports.count(Some(theirs)).await?));
        }
        counts.by_kind.insert(kind, shown);
    }
    counts.unknown += u64::from(records.count(None).await?).saturating_sub(known);
    counts.unknown += u64::from(tx.store(UNKNOWN)?.count(None).await?);
    counts.leads = u64::from(tx.store(LEADS)?.count(None).await?);
    counts.outbox = u64::from(tx.store(OUTBOX)?.count(None).await?);
    counts.drafts = u64::from(tx.store(DRAFTS)?.count(None).await?);
    (counts.blobs, counts.blob_bytes) = sizes(connection).await?;
    Ok(counts)
}

/// Number and size of the photos, from the index alone: only a cursor answers an index's own keys.
async fn sizes(connection: &Connection) -> Result<(u64, u64), StoreError> {
    let tx = idb::Transaction::from(
        connection
            .raw
            .transaction_with_str(BLOBS)
            .map_err(|thrown| StoreError::of_js(&thrown))?,
    );
    let index = tx.object_store(BLOBS)?.index(BY_SIZE)?;
    let Some(cursor) = index.open_key_cursor(None, None)?.await? else {
        return Ok((0, 0));
    };
    let (mut number, mut bytes) = (0, 0);
    let mut cursor = cursor.into_managed();
    while let Some(size) = cursor.key()? {
        number += 1;
        bytes += row::whole(&size).unwrap_or(0);
        cursor.next(None).await?;
    }
    Ok((number, bytes))
}

async fn find_unreadable(
    inner: &Inner,
    connection: &Connection,
    store: &'static str,
    found: &mut Vec<Unreadable>,
) -> Result<(), StoreError> {
    const AT_A_TIME: u32 = 500;
    let mut after: Option<JsValue> = None;
    loop {
        let range = after
            .as_ref()
            .map(|key| KeyRange::lower_bound(key, Some(true)))
            .transpose()?;
        let rows = connection
            .read(&[store])?
            .store(store)?
            .get_all(range, Some(AT_A_TIME))
            .await?;
        let last = rows
            .last()
            .cloned()
            .filter(|_| rows.len() as u32 >= AT_A_TIME)
            .map(row::of);
        for value in rows {
            let row = row::of(value);
            let fault = match store {
                OUTBOX => row::frozen(&inner.sealer, &row).await.err(),
                RECORDS => match Stored::read(&row) {
                    Ok(stored) => stored.entry(&inner.sealer).await.err(),
                    Err(fault) => Some(fault),
                },
                LEADS => row::read_json::<Lead>(&inner.sealer, &row).await.err(),
                _ => row::read_json::<Import>(&inner.sealer, &row).await.err(),
            };
            if let Some(RowFault::Damaged(why)) = fault {
                found.push(Unreadable {
                    store,
                    id: row.id().as_string().unwrap_or_default(),
                    kind: row.kind().as_string().unwrap_or_default(),
                    why,
                    bytes: row::sealed(&row)
                        .map(|sealed| sealed.bytes)
                        .unwrap_or_default(),
                });
            }
        }
        match last {
            Some(last) => {
                after = Some(if store == OUTBOX {
                    last.number()
                } else {
                    last.id()
                })
            }
            None => return Ok(()),
        }
    }
}
