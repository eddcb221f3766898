//! Taking a backup in: merged with what is here, never wiping it.

use std::cell::RefCell;
use std::collections::HashSet;

use super::backup::{BackupRow, RecordRow};
use super::connect::Connection;
use super::import::{fill_row, import_row, lead_row};
use super::keep::{self, Draft};
use super::lists;
use super::plan::present;
use super::raw::{Durability, Row};
use super::row::{self, Stored, js};
use super::save::replan;
use super::schema::{BLOBS, BY_MUTATION, DRAFTS, FILLS, IMPORTS, LEADS, OUTBOX, PLANS, RECORDS};
use super::write::{Batch, Seen, commit};
use super::{Inner, Store, StoreError};
use crate::domain::consent::Suppression;
use crate::domain::id::{Id, NewId};
use crate::domain::import::Phase;
use crate::domain::merge::diff;
use crate::domain::migrate;
use crate::domain::outbox::{Frozen, Mutation};
use crate::domain::record::{AnyBody, Entry, Envelope, Kind, schema_of};
use crate::domain::time::Moment;

/// What a restored chunk came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Restored {
    pub added: u32,
    /// Records whose copy in the backup was changed later than the one here.
    pub updated: u32,
    /// Rows that were here already, the same or newer.
    pub kept: u32,
    /// Rows whose body is no record this build could read; not taken in.
    pub refused: u32,
}

impl Store {
    /// Takes rows of a backup in, strictly. What is not here is added; a record changed later in the backup than here is
    /// updated by an ordinary mutation; everything else stays as it is. Doing it twice changes nothing more.
    pub async fn restore_chunk(
        &self,
        rows: &[BackupRow],
        at: &Moment,
        ids: &mut dyn NewId,
    ) -> Result<Restored, StoreError> {
        let inner = &self.0;
        let ids = RefCell::new(ids);
        let new_id = || ids.borrow_mut().new_id();
        inner
            .run(async |connection| {
                replan(async || {
                    let batch = Batch::new(Durability::Strict);
                    let seen = HashSet::new();
                    let mut restore = Restore {
                        inner,
                        at,
                        new_id: &new_id,
                        batch,
                        seen,
                        done: Restored::default(),
                    };
                    restore.plan(connection, rows).await?;
                    commit(inner, connection, &restore.batch).await?;
                    Ok(restore.done)
                })
                .await
            })
            .await
    }
}

/// A chunk while it is planned.
struct Restore<'a> {
    inner: &'a Inner,
    at: &'a Moment,
    new_id: &'a dyn Fn() -> Id,
    batch: Batch,
    /// Mutations of this chunk.
    seen: HashSet<Id>,
    done: Restored,
}

impl Restore<'_> {
    async fn plan(
        &mut self,
        connection: &Connection,
        rows: &[BackupRow],
    ) -> Result<(), StoreError> {
        let sealer = &self.inner.sealer;
        let mut records = Vec::new();
        for row in rows {
            if let BackupRow::Record(row) = row {
                records.push(row);
            }
        }
        self.records(connection, &records).await?;
        for row in rows {
            match row {
                BackupRow::Record(_) => {}
                BackupRow::Queued { mutation, .. } => self.queued(connection, mutation).await?,
                BackupRow::Blob { digest, bytes } => {
                    if self.absent(connection, BLOBS, digest).await? {
                        self.batch
                            .puts
                            .push((BLOBS, keep::blob_row(sealer, digest, bytes.clone()).await));
                    }
                }
                BackupRow::Draft(draft) => self.draft(connection, draft).await?,
                BackupRow::Lead(lead) => {
                    if self.absent(connection, LEADS, &lead.id.to_string()).await? {
                        self.batch.puts.push((LEADS, lead_row(sealer, lead).await?));
                    }
                }
                BackupRow::Import(import) => {
                    let key = import.id.to_string();
                    if self.absent(connection, IMPORTS, &key).await? {
                        self.batch
                            .puts
                            .push((IMPORTS, import_row(sealer, import).await?));
                        if import.phase == Phase::Writing && !import.plan.is_empty() {
                            let plan = import.plan.as_bytes().to_vec();
                            self.batch
                                .puts
                                .push((PLANS, row::sealed_bytes(sealer, &key, plan).await));
                        }
                    }
                }
                BackupRow::Fill(fill) => {
                    if self
                        .absent(connection, FILLS, &fill.mutation.to_string())
                        .await?
                    {
                        let row = fill_row(
                            sealer,
                            fill.mutation,
                            fill.import,
                            fill.record,
                            &fill.changes,
                        )
                        .await?;
                        self.batch.puts.push((FILLS, row));
                    }
                }
                BackupRow::Lists { own, others } => self.lists(connection, own, others).await?,
            }
        }
        Ok(())
    }

    /// Counts a row as added or kept.
    async fn absent(
        &mut self,
        connection: &Connection,
        store: &'static str,
        key: &str,
    ) -> Result<bool, StoreError> {
        let absent = !connection
            .read(&[store])?
            .store(store)?
            .key_exists(key.into())
            .await?;
        if absent {
            self.done.added += 1;
        } else {
            self.done.kept += 1;
        }
        Ok(absent)
    }

    async fn records(
        &mut self,
        connection: &Connection,
        rows: &[&RecordRow],
    ) -> Result<(), StoreError> {
        let ids: Vec<Id> = rows.iter().map(|row| row.envelope.id).collect();
        let here = present(connection, &ids).await?;
        for row in rows {
            let id = row.envelope.id;
            match here.get(&id) {
                None => self.add(row).await?,
                Some(Ok(stored)) => self.update(row, stored).await?,
                // Not to be read here: the bytes that are here stay.
                Some(Err(_)) => self.done.kept += 1,
            }
        }
        Ok(())
    }

    /// A record that is not here. What it still has to tell the server is in the backup's queue.
    async fn add(&mut self, row: &RecordRow) -> Result<(), StoreError> {
        let Some(stored) = new_record(self.inner, row).await? else {
            self.done.refused += 1;
            return Ok(());
        };
        self.batch
            .expect(RECORDS, js(&row.envelope.id), Seen::Absent);
        self.batch.puts.push((RECORDS, stored));
        self.done.added += 1;
        Ok(())
    }

    async fn update(&mut self, row: &RecordRow, stored: &Stored) -> Result<(), StoreError> {
        let later = row.envelope.changed_ms > stored.envelope.changed_ms;
        let kind = stored.kind;
        let theirs = body_of(kind, row)
            .filter(|_| later && !kind.append_only() && row.kind == kind.as_str());
        let (Some(body), Ok(ours)) = (theirs, stored.json(&self.inner.sealer).await) else {
            self.done.kept += 1;
            return Ok(());
        };
        let json = body.to_json()?;
        if diff(&ours, &json).is_empty() && row.envelope.deleted == stored.envelope.deleted {
            self.done.kept += 1;
            return Ok(());
        }
        let envelope = Envelope {
            deleted: row.envelope.deleted,
            changed_ms: row.envelope.changed_ms,
            ..stored.envelope.clone()
        };
        let mutation = Mutation::between(
            (self.new_id)(),
            self.at.clone(),
            schema_of(kind),
            kind,
            Some((&stored.envelope, &ours)),
            (&envelope, &json),
        );
        if let Some(mutation) = mutation {
            self.batch
                .queue
                .push(row::queued(&self.inner.sealer, &mutation.freeze(None)?).await);
        }
        let sealed = self.inner.sealer.seal(serde_json::to_vec(&json)?).await;
        self.batch
            .expect(RECORDS, js(&envelope.id), Seen::Rev(stored.rev));
        let row = row::record(&Entry { envelope, body }, stored.rev + 1, false, &sealed)?;
        if let Some(base) = &stored.base {
            row.set_base(base);
        }
        self.batch.puts.push((RECORDS, row));
        self.done.updated += 1;
        Ok(())
    }

    /// A queued change this book does not hold is queued again, under its own id: a server that has it already says so.
    async fn queued(
        &mut self,
        connection: &Connection,
        mutation: &Frozen,
    ) -> Result<(), StoreError> {
        if mutation.thaw().is_err() {
            self.done.refused += 1;
            return Ok(());
        }
        let queue = connection
            .read(&[OUTBOX])?
            .store(OUTBOX)?
            .index(BY_MUTATION)?;
        if !self.seen.insert(mutation.id) || queue.get(js(&mutation.id)).await?.is_some() {
            self.done.kept += 1;
        } else {
            self.batch
                .queue
                .push(row::queued(&self.inner.sealer, mutation).await);
            self.done.added += 1;
        }
        Ok(())
    }

    async fn draft(&mut self, connection: &Connection, draft: &Draft) -> Result<(), StoreError> {
        let here = keep::get(connection, DRAFTS, &draft.key).await?;
        if here
            .and_then(|row| row::millis(&row.at()))
            .is_some_and(|at_ms| at_ms >= draft.at_ms)
        {
            self.done.kept += 1;
        } else {
            let row =
                keep::draft_row(&self.inner.sealer, &draft.key, &draft.text, draft.at_ms).await;
            self.batch.puts.push((DRAFTS, row));
            self.done.added += 1;
        }
        Ok(())
    }

    /// An opt-out is never lost: a list with our salt is joined with ours, one of another book is kept beside it. A book
    /// whose list is still empty takes the backup's, salt and all.
    async fn lists(
        &mut self,
        connection: &Connection,
        own: &Suppression,
        others: &[Suppression],
    ) -> Result<(), StoreError> {
        let (mut lists, rev) = lists::read(self.inner, connection).await?;
        let before = (lists.own.clone(), lists.others.clone());
        for theirs in std::iter::once(own)
            .chain(others)
            .filter(|list| !list.digests.is_empty())
        {
            if lists.own.digests.is_empty() {
                lists.own = theirs.clone();
            } else {
                lists
                    .of_salt(&theirs.salt)
                    .digests
                    .extend(theirs.digests.iter().cloned());
            }
        }
        if (&lists.own, &lists.others) == (&before.0, &before.1) {
            self.done.kept += 1;
            return Ok(());
        }
        self.done.added += 1;
        lists::plan(self.inner, &lists, rev, &mut self.batch).await
    }
}

/// The row of a record that is not here; `None` when this build should be able to read its body and is not.
pub async fn new_record(inner: &Inner, row: &RecordRow) -> Result<Option<Row>, StoreError> {
    let known = Kind::parse(&row.kind).filter(|kind| row.schema <= schema_of(*kind));
    if known.is_some_and(|kind| body_of(kind, row).is_none()) {
        return Ok(None);
    }
    let sealed = inner.sealer.seal(row.body.clone()).await;
    let stored = row::envelope(&row.envelope, &row.kind, row.schema, &sealed)?;
    row::index(&stored, &row.envelope, &row.links, row.due.as_deref());
    Ok(Some(stored))
}

fn body_of(kind: Kind, row: &RecordRow) -> Option<AnyBody> {
    let json = serde_json::from_slice(&row.body).ok()?;
    AnyBody::from_json(kind, migrate::upgrade(kind, row.schema, json).ok()?).ok()
}
