//! Taking an import back, chunk by chunk. Nothing a person has touched since is lost: a record that was edited, or that
//! something else belongs to, stays and only forgets its import. What was never sent goes to the bin together with its
//! queue rows; what was sent becomes a deletion.

use std::cell::RefCell;
use std::collections::HashSet;

use js_sys::Array;
use rexie::{KeyRange, StoreIndex};
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::import::plan_import;
use super::raw::{Durability, Row};
use super::row::{self, Stored, js};
use super::save::replan;
use super::schema::{
    BIN, BY_IMPORT, BY_IMPORT_KIND, BY_LINK, BY_RECORD, FILLS, LEADS, META, OUTBOX, RECORDS,
};
use super::write::{Batch, COUNTER, Counter, Seen, commit, counter};
use super::{Inner, Store, StoreError};
use crate::domain::id::{Id, NewId};
use crate::domain::import::{Import, Phase};
use crate::domain::outbox::{Action, Mutation};
use crate::domain::record::{Envelope, schema_of};
use crate::domain::time::Moment;

/// What one chunk of an undo did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Records and leads taken back.
    pub removed: u32,
    /// Records that were there before and have their earlier values again.
    pub restored: u32,
    /// Records that were touched since, or that something else belongs to: they stay as they are.
    pub kept_edited: u32,
    /// Rows still to be looked at; 0 when the import is undone.
    pub remaining: u32,
}

impl Store {
    /// Takes back up to `limit` rows of an import in one transaction, in which the import's row says how far it is:
    /// [`Phase::Undoing`] (its records are hidden), with the last chunk [`Phase::Undone`]. Also discards an import that
    /// was never committed.
    pub async fn undo_chunk(
        &self,
        import: &Import,
        limit: u32,
        at: &Moment,
        ids: &mut dyn NewId,
    ) -> Result<Undone, StoreError> {
        let inner = &self.0;
        let ids = RefCell::new(ids);
        let new_id = || ids.borrow_mut().new_id();
        inner
            .run(async |connection| {
                replan(async || {
                    let mut undo = Undo {
                        inner,
                        import: import.id,
                        at,
                        new_id: &new_id,
                        batch: Batch::new(Durability::Relaxed),
                        done: Undone::default(),
                        queue: counter(connection).await?,
                    };
                    let waiting = Waiting::read(connection, import.id, limit).await?;
                    undo.records(connection, &waiting.records).await?;
                    undo.fills(connection, &waiting.fills).await?;
                    undo.leads(&waiting.leads);
                    let Undo {
                        mut batch,
                        mut done,
                        ..
                    } = undo;
                    done.remaining = waiting.remaining;
                    let phase = if done.remaining == 0 {
                        Phase::Undone
                    } else {
                        Phase::Undoing
                    };
                    if phase == Phase::Undone {
                        batch.durability = Durability::Strict;
                    }
                    plan_import(
                        &inner.sealer,
                        &Import {
                            phase,
                            plan: String::new(),
                            ..import.clone()
                        },
                        &mut batch,
                    )
                    .await?;
                    commit(inner, connection, &batch).await?;
                    Ok(done)
                })
                .await
            })
            .await
    }
}

/// The rows of an import that one chunk looks at.
struct Waiting {
    records: Vec<Row>,
    fills: Vec<Row>,
    leads: Vec<JsValue>,
    /// Rows left after these.
    remaining: u32,
}

impl Waiting {
    async fn read(connection: &Connection, import: Id, limit: u32) -> Result<Self, StoreError> {
        let tx = connection.read(&[RECORDS, FILLS, LEADS])?;
        let of_import = KeyRange::only(&js(&import))?;
        let with_kind = KeyRange::bound(
            &Array::of1(&js(&import)),
            &Array::of2(&js(&import), &Array::new()),
            None,
            Some(true),
        )?;
        let records = tx.store(RECORDS)?.index(BY_IMPORT_KIND)?;
        let fills = tx.store(FILLS)?.index(BY_IMPORT)?;
        let leads = tx.store(LEADS)?.index(BY_IMPORT)?;
        let all = records.count(Some(with_kind.clone())).await?
            + fills.count(Some(of_import.clone())).await?
            + leads.count(Some(of_import.clone())).await?;

        let mut left = limit.max(1);
        let records = records.get_all(Some(with_kind), Some(left)).await?;
        left -= records.len() as u32;
        // A limit of 0 would mean "all" to some browsers.
        let fills = if left == 0 {
            Vec::new()
        } else {
            fills.get_all(Some(of_import.clone()), Some(left)).await?
        };
        left -= fills.len() as u32;
        let leads = if left == 0 {
            Vec::new()
        } else {
            leads.get_all_keys(Some(of_import), Some(left)).await?
        };
        left -= leads.len() as u32;
        Ok(Self {
            records: records.into_iter().map(row::of).collect(),
            fills: fills.into_iter().map(row::of).collect(),
            leads,
            remaining: all - (limit.max(1) - left),
        })
    }
}

/// A chunk while it is planned.
pub struct Undo<'a> {
    pub inner: &'a Inner,
    import: Id,
    pub at: &'a Moment,
    pub new_id: &'a dyn Fn() -> Id,
    pub batch: Batch,
    pub done: Undone,
    /// The queue when it was looked at: nothing may be sent or leave it in between.
    queue: Counter,
}

impl Undo<'_> {
    async fn records(&mut self, connection: &Connection, rows: &[Row]) -> Result<(), StoreError> {
        // Everything is read first: a transaction ends while something else is awaited.
        let tx = connection.read(&[RECORDS, OUTBOX])?;
        let (links, queue) = (
            tx.store(RECORDS)?.index(BY_LINK)?,
            tx.store(OUTBOX)?.index(BY_RECORD)?,
        );
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let stored = Stored::read(row).ok();
            let keep = match &stored {
                Some(stored) => !stored.clean || self.needed(&links, stored.envelope.id).await?,
                None => true,
            };
            let queued = queue
                .get_all(Some(KeyRange::only(&row.id())?), None)
                .await?;
            let queued: Vec<Row> = queued.into_iter().map(row::of).collect();
            found.push((row, stored.filter(|_| !keep), queued));
        }
        for (row, removable, queued) in found {
            self.batch.expect(
                RECORDS,
                row.id(),
                Seen::Rev(row::whole(&row.rev()).unwrap_or(0)),
            );
            match removable {
                None => self.keep(row, &queued).await?,
                Some(stored) if self.never_sent(&stored, &queued).await => self.bin(row, &queued),
                Some(stored) => self.delete(row, &queued, stored).await?,
            }
        }
        Ok(())
    }

    /// Whether something that is not to be removed itself belongs to a record, directly or through others.
    async fn needed(&self, links: &StoreIndex, root: Id) -> Result<bool, StoreError> {
        let mut seen = HashSet::from([root]);
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            for child in links.get_all(Some(KeyRange::only(&js(&id))?), None).await? {
                let child = row::of(child);
                let ours = row::id(&child.import()) == Some(self.import)
                    && child.clean().as_f64() == Some(1.0);
                let Some(child) = row::id(&child.id()).filter(|_| ours) else {
                    return Ok(true);
                };
                if seen.insert(child) {
                    open.push(child);
                }
            }
        }
        Ok(false)
    }

    /// Whether the record's making still waits here, so that no server can know of it.
    async fn never_sent(&self, stored: &Stored, queued: &[Row]) -> bool {
        if stored.envelope.version > 0 || queued.iter().any(|row| self.was_sent(row)) {
            return false;
        }
        match queued.first() {
            Some(first) => matches!(self.action(first).await, Some(Action::Create { .. })),
            // Never queued, and no server gave it a version: it was written for this device alone.
            None => true,
        }
    }

    async fn action(&self, queued: &Row) -> Option<Action> {
        let (_, frozen) = row::frozen(&self.inner.sealer, queued).await.ok()?;
        frozen.thaw().ok().map(|mutation| mutation.action)
    }

    /// Stays; its queue rows wait for nothing any more.
    async fn keep(&mut self, row: &Row, queued: &[Row]) -> Result<(), StoreError> {
        if let Some(stored) = self.unannounced(row, queued).await {
            self.announce(&stored, queued).await?;
        } else {
            for held in queued {
                self.release(held);
            }
        }
        row.set_import(&JsValue::UNDEFINED);
        row.set_clean(0.0);
        row.set_rev(row.rev().as_f64().unwrap_or(0.0) + 1.0);
        self.batch.puts.push((RECORDS, row.clone()));
        if row.deleted().as_f64() != Some(1.0) {
            self.done.kept_edited += 1;
        }
        Ok(())
    }

    /// The record, if it was written for this device alone: what waits in the queue only edits it.
    async fn unannounced(&self, row: &Row, queued: &[Row]) -> Option<Stored> {
        let stored = Stored::read(row)
            .ok()
            .filter(|stored| stored.envelope.version == 0)?;
        if queued.iter().any(|row| self.was_sent(row)) {
            return None;
        }
        for waiting in queued {
            match self.action(waiting).await {
                // What cannot be read may be its making.
                Some(Action::Create { .. }) | None => return None,
                Some(_) => {}
            }
        }
        Some(stored)
    }

    /// Queues the making of a record as it is now, in place of the edits that waited.
    async fn announce(&mut self, stored: &Stored, queued: &[Row]) -> Result<(), StoreError> {
        // One that cannot be read keeps what is queued of it.
        let Ok(json) = stored.json(&self.inner.sealer).await else {
            return Ok(());
        };
        for waiting in queued {
            self.expect_queue();
            self.batch.unqueue.extend(row::whole(&waiting.number()));
        }
        let envelope = Envelope {
            import: None,
            ..stored.envelope.clone()
        };
        let (kind, id) = (stored.kind, (self.new_id)());
        if !envelope.deleted
            && let Some(mutation) = Mutation::between(
                id,
                self.at.clone(),
                schema_of(kind),
                kind,
                None,
                (&envelope, &json),
            )
        {
            self.batch
                .queue
                .push(row::queued(&self.inner.sealer, &mutation.freeze(None)?).await);
        }
        Ok(())
    }

    /// A row among those that were sent; one that was held back may stand there too, and is then taken for sent.
    fn was_sent(&self, queued: &Row) -> bool {
        row::whole(&queued.number()).is_none_or(|number| number <= self.queue.sent)
    }

    fn expect_queue(&mut self) {
        self.batch
            .expect(META, COUNTER.into(), Seen::Queue(self.queue));
    }

    /// Lets a queue row be sent that was held back for the import.
    pub fn release(&mut self, queued: &Row) {
        if row::id(&queued.import()) == Some(self.import) {
            self.expect_queue();
            queued.set_import(&JsValue::UNDEFINED);
            self.batch.puts.push((OUTBOX, queued.clone()));
        }
    }

    fn bin(&mut self, row: &Row, queued: &[Row]) {
        for waiting in queued {
            self.expect_queue();
            self.batch.unqueue.extend(row::whole(&waiting.number()));
            waiting.set_binned(self.at.at_ms as f64);
            self.batch.puts.push((BIN, waiting.clone()));
        }
        self.batch.deletes.push((RECORDS, row.id()));
        row.set_binned(self.at.at_ms as f64);
        self.batch.puts.push((BIN, row.clone()));
        self.done.removed += 1;
    }

    async fn delete(
        &mut self,
        row: &Row,
        queued: &[Row],
        stored: Stored,
    ) -> Result<(), StoreError> {
        let Ok(json) = stored.json(&self.inner.sealer).await else {
            return self.keep(row, queued).await;
        };
        let (kind, was) = (stored.kind, stored.envelope);
        let envelope = Envelope {
            deleted: true,
            import: None,
            changed_ms: self.at.at_ms,
            ..was.clone()
        };
        let mutation = Mutation::between(
            (self.new_id)(),
            self.at.clone(),
            schema_of(kind),
            kind,
            Some((&was, &json)),
            (&envelope, &json),
        );
        if let Some(mutation) = mutation {
            self.batch
                .queue
                .push(row::queued(&self.inner.sealer, &mutation.freeze(None)?).await);
        }
        let row = row::envelope(&envelope, kind.as_str(), stored.schema, &stored.sealed)?;
        row::index(&row, &envelope, &[], None);
        row.set_rev((stored.rev + 1) as f64);
        self.batch.puts.push((RECORDS, row));
        self.done.removed += 1;
        Ok(())
    }

    fn leads(&mut self, keys: &[JsValue]) {
        self.batch
            .deletes
            .extend(keys.iter().map(|key| (LEADS, key.clone())));
        self.done.removed += keys.len() as u32;
    }
}
