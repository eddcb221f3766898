//! Taking a rescue file in. A change is known by its mutation's id, wherever it is now, so that a file taken in twice does
//! nothing the second time.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Deserialize;

use super::backup::{BackupRow, RecordRow};
use super::connect::Connection;
use super::feed::{self, lay_over};
use super::keep::blob_row;
use super::plan::present;
use super::raw::Durability;
use super::restore::{Restored, new_record};
use super::row::{self, Base, Stored, js};
use super::save::replan;
use super::schema::{BIN, BLOBS, BY_MUTATION, OUTBOX, RECEIPTS, RECORDS, REFUSED, TRANSFERS};
use super::transfers::{Way, has_blob, transfer};
use super::write::{Batch, Seen, commit};
use super::{Inner, Store, StoreError};
use crate::domain::id::Id;
use crate::domain::outbox::Mutation;
use crate::domain::record::{AnyBody, Entry, schema_of};

impl Store {
    /// Which of these changes are here, or were: waiting, refused, dropped, or acknowledged in the last 30 days.
    pub async fn known_changes(&self, mutations: &[Id]) -> Result<HashSet<Id>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| known(inner, connection, mutations).await)
            .await
    }

    /// Takes changes of a rescue file in, in one transaction: those not known here are queued under their own ids, in
    /// this order. A record that is here gets them laid over what it holds; one that is not comes from `records`.
    /// Answers changes: `added`, `kept` where known, `refused` where not readable.
    pub async fn rescue_changes(
        &self,
        rows: &[BackupRow],
        records: &BTreeMap<Id, RecordRow>,
    ) -> Result<Restored, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || changes(inner, connection, rows, records).await).await
            })
            .await
    }

    /// Takes pictures of a rescue file in, and puts them on their way to the server.
    pub async fn rescue_pictures(
        &self,
        rows: &[BackupRow],
        now_ms: i64,
    ) -> Result<Restored, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::aside();
                let mut done = Restored::default();
                for row in rows {
                    let BackupRow::Blob { digest, bytes } = row else {
                        continue;
                    };
                    if has_blob(connection, digest).await? {
                        done.kept += 1;
                        continue;
                    }
                    done.added += 1;
                    let row = blob_row(&inner.sealer, digest, bytes.clone()).await;
                    batch.puts.push((BLOBS, row));
                    batch
                        .puts
                        .push((TRANSFERS, transfer(digest, Way::Up, now_ms)));
                }
                if !batch.puts.is_empty() {
                    commit(inner, connection, &batch).await?;
                }
                Ok(done)
            })
            .await
    }
}

async fn known(
    inner: &Inner,
    connection: &Connection,
    mutations: &[Id],
) -> Result<HashSet<Id>, StoreError> {
    #[derive(Deserialize)]
    struct Receipt {
        id: Id,
    }
    let tx = connection.read(&[OUTBOX, REFUSED, BIN, RECEIPTS])?;
    let queue = tx.store(OUTBOX)?.index(BY_MUTATION)?;
    let (refused, bin) = (tx.store(REFUSED)?, tx.store(BIN)?);
    let mut known = HashSet::new();
    for id in mutations {
        if queue.get(js(id)).await?.is_some()
            || refused.key_exists(js(id)).await?
            || bin.key_exists(js(id)).await?
        {
            known.insert(*id);
        }
    }
    let receipts = tx.store(RECEIPTS)?.get_all(None, None).await?;
    for row in receipts.into_iter().map(row::of) {
        if let Ok(list) = row::read_json::<Vec<Receipt>>(&inner.sealer, &row).await {
            known.extend(list.into_iter().map(|receipt| receipt.id));
        }
    }
    known.retain(|id| mutations.contains(id));
    Ok(known)
}

async fn changes(
    inner: &Inner,
    connection: &Connection,
    rows: &[BackupRow],
    records: &BTreeMap<Id, RecordRow>,
) -> Result<Restored, StoreError> {
    let mut done = Restored::default();
    let mut batch = Batch::new(Durability::Strict);
    let queued = || {
        rows.iter().filter_map(|row| match row {
            BackupRow::Queued { mutation, .. } => Some(mutation),
            _ => None,
        })
    };
    let ids: Vec<Id> = queued().map(|frozen| frozen.id).collect();
    let mut known = known(inner, connection, &ids).await?;
    let mut fresh: BTreeMap<Id, Vec<Mutation>> = BTreeMap::new();
    for frozen in queued() {
        let Ok(mutation) = frozen.thaw() else {
            done.refused += 1;
            continue;
        };
        if !known.insert(frozen.id) {
            done.kept += 1;
            continue;
        }
        batch.queue.push(row::queued(&inner.sealer, frozen).await);
        fresh.entry(frozen.record).or_default().push(mutation);
        done.added += 1;
    }
    let concerned: Vec<Id> = fresh.keys().copied().collect();
    let here = present(connection, &concerned).await?;
    for (id, mutations) in &fresh {
        match here.get(id) {
            Some(Ok(stored)) => lay(inner, connection, stored, mutations, &mut batch).await?,
            // Not to be read here: the bytes that are here stay, and the server is told all the same.
            Some(Err(_)) => {}
            None => {
                if let Some(row) = records.get(id)
                    && let Some(stored) = new_record(inner, row).await?
                {
                    batch.expect(RECORDS, js(id), Seen::Absent);
                    batch.puts.push((RECORDS, stored));
                }
            }
        }
    }
    if !batch.queue.is_empty() {
        commit(inner, connection, &batch).await?;
    }
    Ok(done)
}

/// Lays changes over a record that is here. They may have been laid over it before, in an earlier part of the file: the
/// last word on every field is the same.
async fn lay(
    inner: &Inner,
    connection: &Connection,
    stored: &Stored,
    mutations: &[Mutation],
    batch: &mut Batch,
) -> Result<(), StoreError> {
    let Ok(json) = stored.json(&inner.sealer).await else {
        return Ok(());
    };
    let id = stored.envelope.id;
    let (deleted, laid) = lay_over(stored.envelope.deleted, &json, mutations);
    let Ok(body) = AnyBody::from_json(stored.kind, laid.clone()) else {
        return Ok(());
    };
    let mut envelope = stored.envelope.clone();
    envelope.deleted = deleted;
    envelope.changed_ms = mutations
        .iter()
        .map(|mutation| mutation.at.at_ms)
        .fold(envelope.changed_ms, i64::max);
    let sealed = inner.sealer.seal(serde_json::to_vec(&laid)?).await;
    let row = row::record(&Entry { envelope, body }, stored.rev + 1, false, &sealed)?;
    match &stored.base {
        Some(base) => row.set_base(base),
        // What is here is the server's word, and the changes were written on another: dropping one goes back to it.
        None if stored.envelope.version > 0
            && feed::pending(inner, connection, id, &BTreeSet::new())
                .await?
                .is_empty() =>
        {
            let base = Base {
                schema: schema_of(stored.kind),
                deleted: stored.envelope.deleted,
                body: json,
            };
            let base = row::sealed_json(&inner.sealer, "base", &base).await?;
            row.set_base(&base);
        }
        None => {}
    }
    batch.expect(RECORDS, js(&id), Seen::Rev(stored.rev));
    batch.puts.push((RECORDS, row));
    Ok(())
}
