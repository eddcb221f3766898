//! Reading. Rows that cannot be read are counted and left where they are: one bad record never takes a list down.

use std::collections::HashSet;

use chrono::NaiveDate;
use futures::future::join_all;
use js_sys::Array;
use rexie::KeyRange;
use wasm_bindgen::JsValue;

use super::codec::Sealer;
use super::keep::hidden;
use super::plan::unreadable;
use super::row::{self, RowFault, Stored};
use super::schema::{BY_DUE, BY_LINK, BY_LIVE, IMPORTS, OUTBOX, RECORDS};
use super::{Store, StoreError};
use crate::domain::id::Id;
use crate::domain::outbox::Frozen;
use crate::domain::record::{AnyEntry, Kind};

/// Records read, and how many could not be.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    pub entries: Vec<AnyEntry>,
    pub unreadable: u32,
}

#[derive(Debug, Clone, Default)]
pub struct Page {
    pub loaded: Loaded,
    /// Where the next page starts; `None` after the last one.
    pub next: Option<Id>,
}

#[derive(Debug, Clone, Default)]
pub struct OutboxPage {
    /// Gapless number and mutation, in order.
    pub rows: Vec<(u64, Frozen)>,
    pub unreadable: u32,
    pub next: Option<u64>,
}

impl Store {
    /// A record by its id, a deleted one too; not one of an unfinished import.
    pub async fn get(&self, id: Id) -> Result<Option<AnyEntry>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let tx = connection.read(&[RECORDS, IMPORTS])?;
                let (found, hidden) = (
                    tx.store(RECORDS)?.get(row::js(&id)).await?,
                    hidden(&tx).await?,
                );
                let Some(found) = found else { return Ok(None) };
                let stored = match Stored::read(&row::of(found)) {
                    Ok(stored) if is_hidden(&stored, &hidden) => return Ok(None),
                    Ok(stored) => stored,
                    Err(fault) => return Err(unreadable(id, &fault)),
                };
                stored
                    .entry(&inner.sealer)
                    .await
                    .map(Some)
                    .map_err(|fault| unreadable(id, &fault))
            })
            .await
    }

    /// Records by their ids, in that order; what is not there or cannot be read is left out.
    pub async fn get_many(&self, ids: &[Id]) -> Result<Vec<AnyEntry>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let tx = connection.read(&[RECORDS, IMPORTS])?;
                let store = tx.store(RECORDS)?;
                let found = join_all(ids.iter().map(|id| store.get(row::js(id)))).await;
                let hidden = hidden(&tx).await?;
                let rows = found
                    .into_iter()
                    .filter_map(Result::transpose)
                    .collect::<Result<Vec<_>, _>>()?;
                Ok(decode(&inner.sealer, rows, &hidden).await.entries)
            })
            .await
    }

    /// Everything that belongs to a record, the newest first; deleted records are left out.
    pub async fn linked(&self, id: Id) -> Result<Loaded, StoreError> {
        let range = KeyRange::only(&row::js(&id))?;
        let mut loaded = self.indexed(BY_LINK, &range, None).await?.1;
        loaded
            .entries
            .sort_by_key(|entry| std::cmp::Reverse((entry.envelope.created.at.at_ms, entry.id())));
        Ok(loaded)
    }

    /// Open visits and follow-ups due up to and including a day, the oldest first.
    pub async fn due_until(&self, day: NaiveDate) -> Result<Loaded, StoreError> {
        let range = KeyRange::upper_bound(&day.to_string().into(), None)?;
        Ok(self.indexed(BY_DUE, &range, None).await?.1)
    }

    /// Live records of a kind in the order of their ids. A page may hold fewer than `limit`; the last one has no `next`.
    pub async fn page(
        &self,
        kind: Kind,
        after: Option<Id>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let range = kind_range(kind.as_str(), after)?;
        let (last, loaded) = self.indexed(BY_LIVE, &range, Some(limit)).await?;
        Ok(Page { loaded, next: last })
    }

    /// The queue in the order of its numbers.
    pub async fn outbox_page(
        &self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<OutboxPage, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let range = KeyRange::lower_bound(
                    &JsValue::from_f64(after.unwrap_or(0) as f64),
                    Some(true),
                )?;
                let rows = connection
                    .read(&[OUTBOX])?
                    .store(OUTBOX)?
                    .get_all(Some(range), Some(limit))
                    .await?;
                let full = rows.len() as u64 >= u64::from(limit);
                let rows: Vec<_> = rows.into_iter().map(row::of).collect();
                let next = rows
                    .last()
                    .filter(|_| full)
                    .and_then(|row| row::whole(&row.number()));
                let mut page = OutboxPage {
                    next,
                    ..OutboxPage::default()
                };
                for row in &rows {
                    match row::frozen(&inner.sealer, row).await {
                        Ok(frozen) => page.rows.push(frozen),
                        Err(_) => page.unreadable += 1,
                    }
                }
                Ok(page)
            })
            .await
    }

    /// The records of an index's range, with the last row's id when `limit` rows were there.
    async fn indexed(
        &self,
        index: &str,
        range: &KeyRange,
        limit: Option<u32>,
    ) -> Result<(Option<Id>, Loaded), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let tx = connection.read(&[RECORDS, IMPORTS])?;
                let rows = tx
                    .store(RECORDS)?
                    .index(index)?
                    .get_all(Some(range.clone()), limit)
                    .await?;
                let hidden = hidden(&tx).await?;
                let full = limit.is_some_and(|limit| rows.len() as u64 >= u64::from(limit));
                let last = rows
                    .last()
                    .filter(|_| full)
                    .and_then(|last| row::id(&row::of(last.clone()).id()));
                Ok((last, decode(&inner.sealer, rows, &hidden).await))
            })
            .await
    }
}

async fn decode(sealer: &Sealer, rows: Vec<JsValue>, hidden: &HashSet<Id>) -> Loaded {
    let mut loaded = Loaded {
        entries: Vec::with_capacity(rows.len()),
        unreadable: 0,
    };
    for value in rows {
        match Stored::read(&row::of(value)) {
            Ok(stored) if is_hidden(&stored, hidden) => {}
            Ok(stored) => match stored.entry(sealer).await {
                Ok(entry) => loaded.entries.push(entry),
                Err(RowFault::Damaged(_)) => loaded.unreadable += 1,
                Err(RowFault::Unknown) => {}
            },
            Err(RowFault::Damaged(_)) => loaded.unreadable += 1,
            // Counted by `counts`, and read again by the build that knows it.
            Err(RowFault::Unknown) => {}
        }
    }
    loaded
}

fn is_hidden(stored: &Stored, hidden: &HashSet<Id>) -> bool {
    stored
        .envelope
        .import
        .is_some_and(|import| hidden.contains(&import))
}

/// All keys `[name, …]` after `[name, after]`.
pub fn kind_range(name: &str, after: Option<Id>) -> Result<KeyRange, StoreError> {
    let lower = match after {
        Some(id) => Array::of2(&name.into(), &row::js(&id)),
        None => Array::of1(&name.into()),
    };
    // An array sorts after every text and number, so the empty one bounds whatever follows the name.
    let upper = Array::of2(&name.into(), &Array::new());
    Ok(KeyRange::bound(
        &lower,
        &upper,
        Some(after.is_some()),
        Some(true),
    )?)
}
