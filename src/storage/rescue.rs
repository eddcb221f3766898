//! What has not reached the server, for a rescue file; `rescue_in.rs` is the way back.

use std::collections::BTreeSet;

use rexie::KeyRange;
use wasm_bindgen::JsValue;

use super::backup::{BackupRow, record_row};
use super::connect::Connection;
use super::keep::{hidden, read_draft};
use super::raw::Row;
use super::row::{self, RowFault, js};
use super::schema::{BLOBS, BY_WAY, DRAFTS, IMPORTS, OUTBOX, RECORDS, REFUSED, TRANSFERS};
use super::transfers::Way;
use super::{Inner, Store, StoreError};
use crate::domain::id::Id;

/// One thing that goes into a rescue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RescueKey {
    /// A waiting change, by its number.
    Queued(u64),
    /// A change the server refused, by its mutation.
    Refused(Id),
    Record(Id),
    /// A picture that was not uploaded, by its digest.
    Picture(String),
    Draft(String),
}

/// What a rescue file would hold now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RescuePlan {
    /// The queue before the records: what is saved meanwhile is then in the records.
    pub keys: Vec<RescueKey>,
    /// Waiting changes.
    pub waiting: u64,
    pub refused: u64,
    pub pictures: u64,
    pub drafts: u64,
    /// Device time of the oldest change, Unix milliseconds.
    pub oldest_ms: Option<i64>,
}

/// Rows of the queue looked at together.
const AT_A_TIME: u32 = 1_000;

impl Store {
    /// Everything unsent, by its keys. Changes of an import that is not finished are left out: they are in its file.
    pub async fn rescue_plan(&self) -> Result<RescuePlan, StoreError> {
        self.0.run(async |connection| plan(connection).await).await
    }

    /// The rows of some keys, and how many of them cannot be read. What was sent since the plan was made is left out.
    pub async fn rescue_rows(
        &self,
        keys: &[RescueKey],
    ) -> Result<(Vec<BackupRow>, u32), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let (mut rows, mut unreadable) = (Vec::with_capacity(keys.len()), 0);
                for key in keys {
                    match read(inner, connection, key).await? {
                        Some(Ok(row)) => rows.push(row),
                        Some(Err(_)) => unreadable += 1,
                        None => {}
                    }
                }
                Ok((rows, unreadable))
            })
            .await
    }
}

async fn plan(connection: &Connection) -> Result<RescuePlan, StoreError> {
    let mut plan = RescuePlan::default();
    let mut records = BTreeSet::new();
    let mut after = 0.0;
    loop {
        let range = KeyRange::lower_bound(&JsValue::from_f64(after), Some(true))?;
        let tx = connection.read(&[OUTBOX, IMPORTS])?;
        let rows = tx
            .store(OUTBOX)?
            .get_all(Some(range), Some(AT_A_TIME))
            .await?;
        let hidden = hidden(&tx).await?;
        let full = rows.len() as u64 >= u64::from(AT_A_TIME);
        for row in rows.into_iter().map(row::of) {
            after = row.number().as_f64().unwrap_or(after);
            let unfinished = row::id(&row.import()).is_some_and(|import| hidden.contains(&import));
            let Some(number) = row::whole(&row.number()).filter(|_| !unfinished) else {
                continue;
            };
            plan.keys.push(RescueKey::Queued(number));
            plan.waiting += 1;
            plan.noted(&row, &mut records);
        }
        if !full {
            break;
        }
    }
    let tx = connection.read(&[REFUSED, TRANSFERS, DRAFTS])?;
    let refused = tx.store(REFUSED)?.get_all(None, None).await?;
    let up = KeyRange::only(&Way::Up.as_str().into())?;
    let index = tx.store(TRANSFERS)?.index(BY_WAY)?;
    let pictures = index.get_all_keys(Some(up), None).await?;
    let drafts = tx.store(DRAFTS)?.get_all_keys(None, None).await?;
    for row in refused.into_iter().map(row::of) {
        if let Some(id) = row::id(&row.id()) {
            plan.keys.push(RescueKey::Refused(id));
            plan.refused += 1;
            plan.noted(&row, &mut records);
        }
    }
    plan.keys.extend(records.into_iter().map(RescueKey::Record));
    let texts = |keys: Vec<JsValue>| keys.into_iter().filter_map(|key| key.as_string());
    for digest in texts(pictures) {
        plan.pictures += 1;
        plan.keys.push(RescueKey::Picture(digest));
    }
    for key in texts(drafts) {
        plan.drafts += 1;
        plan.keys.push(RescueKey::Draft(key));
    }
    Ok(plan)
}

impl RescuePlan {
    fn noted(&mut self, row: &Row, records: &mut BTreeSet<Id>) {
        records.extend(row::id(&row.record()));
        let at_ms = row::millis(&row.at());
        self.oldest_ms = match (self.oldest_ms, at_ms) {
            (Some(oldest), Some(at_ms)) => Some(oldest.min(at_ms)),
            (oldest, at_ms) => oldest.or(at_ms),
        };
    }
}

async fn read(
    inner: &Inner,
    connection: &Connection,
    key: &RescueKey,
) -> Result<Option<Result<BackupRow, RowFault>>, StoreError> {
    let sealer = &inner.sealer;
    let (store, at) = match key {
        RescueKey::Queued(number) => (OUTBOX, JsValue::from_f64(*number as f64)),
        RescueKey::Refused(id) => (REFUSED, js(id)),
        RescueKey::Record(id) => (RECORDS, js(id)),
        RescueKey::Picture(digest) => (BLOBS, digest.into()),
        RescueKey::Draft(key) => (DRAFTS, key.into()),
    };
    let found = connection.read(&[store])?.store(store)?.get(at).await?;
    let Some(row) = found.map(row::of) else {
        return Ok(None);
    };
    Ok(Some(match key {
        RescueKey::Queued(_) | RescueKey::Refused(_) => row::frozen(sealer, &row)
            .await
            .map(|(number, mutation)| BackupRow::Queued { number, mutation }),
        RescueKey::Record(_) => record_row(inner, &row).await.map(BackupRow::Record),
        RescueKey::Picture(digest) => {
            row::read_bytes(sealer, &row)
                .await
                .map(|bytes| BackupRow::Blob {
                    digest: digest.clone(),
                    bytes,
                })
        }
        RescueKey::Draft(_) => read_draft(sealer, &row).await.map(BackupRow::Draft),
    }))
}
