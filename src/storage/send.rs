//! The queue on its way out: which rows go next, and what the server's answer makes of them. A row leaves the queue only in
//! the transaction that keeps the server's result for it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rexie::KeyRange;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::feed::{self, Fed};
use super::keep::hidden;
use super::lease::Lease;
use super::plan::{present, raw_records};
use super::raw::Durability;
use super::row::{self, RowFault, js};
use super::save::replan;
use super::schema::{BY_AT, IMPORTS, META, OUTBOX, RECEIPTS, RECORDS, REFUSED};
use super::write::{Batch, COUNTER, Counter, Seen, commit, counter};
use super::{Inner, OutboxHead, Store, StoreError};
use crate::domain::id::Id;
use crate::domain::outbox::{Action, Frozen, Mutation};
use crate::domain::record::AnyEntry;
use crate::wire::{Code, Limits, Outcome, PushAnswer, WireRecord};

/// How long receipts are kept, milliseconds.
const RECEIPTS_MS: i64 = 30 * 24 * 3_600_000;
/// Rows looked at for one batch: beyond so many that must wait, the rest waits too until they are gone.
const LOOK_AHEAD: u32 = 2_000;

/// What goes into the next push.
#[derive(Debug, Clone, Default)]
pub struct Outgoing {
    /// Gapless number and mutation, in order.
    pub rows: Vec<(u64, Frozen)>,
    /// The queue when it was looked at.
    pub waiting: u64,
    queue: Option<Counter>,
}

/// What an answer changed here.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    /// Records that are other than this device had them.
    pub changed: Vec<AnyEntry>,
    pub outbox: OutboxHead,
    pub acknowledged: usize,
    pub refused: usize,
    /// Records the server does not take now, why, and after how many seconds it may.
    pub put_off: Vec<(Id, Code, u32)>,
}

/// One acknowledged mutation, as a receipt keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Receipt {
    number: u64,
    id: Id,
    record: Id,
    kind: String,
    digest: String,
    at_ms: i64,
    bytes: String,
}

impl Store {
    /// The next rows to send, in the order of their numbers, except for what must wait: records in `put_off`, whatever an
    /// unfinished import brought, and edits of records that no server was ever told of (the demonstration portfolio).
    pub async fn next_batch(
        &self,
        put_off: &BTreeSet<Id>,
        limits: &Limits,
    ) -> Result<Outgoing, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| pick(inner, connection, put_off, limits).await)
            .await
    }

    /// Notes that the rows are being sent, before they are: what was sent is never silently taken back.
    pub async fn mark_sent(&self, outgoing: &Outgoing) -> Result<(), StoreError> {
        let inner = &self.0;
        let last = outgoing.rows.last().map(|(number, _)| *number);
        inner
            .run(async |connection| {
                let mut batch = Batch::new(Durability::Relaxed);
                batch.sending = last;
                if let Some(queue) = outgoing.queue {
                    // Only rows that left the queue matter here; those sent since are sent.
                    let now = counter(connection).await?;
                    if now.rev != queue.rev {
                        return Err(StoreError::Overtaken);
                    }
                }
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Keeps what the server said of a batch: acknowledged rows become receipts, refused ones are set aside, what the
    /// server holds goes under what still waits here. One transaction.
    pub async fn take_answer(
        &self,
        lease: Lease,
        sent: &Outgoing,
        answer: &PushAnswer,
        now_ms: i64,
    ) -> Result<Answered, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || take(inner, connection, lease, sent, answer, now_ms).await).await
            })
            .await
    }

    /// Puts receipts back into the queue that a restored server does not hold; `held` are the ranges it does. Feeds are
    /// read anew from their beginning, and the server's word goes over what is here.
    pub async fn meet_generation(
        &self,
        lease: Lease,
        generation: u64,
        held: &[(u64, u64)],
    ) -> Result<u64, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[RECEIPTS])?
                    .store(RECEIPTS)?
                    .get_all(None, None)
                    .await?;
                let mut batch = Batch::new(Durability::Strict);
                lease.check(&mut batch);
                for value in rows {
                    let stored = row::of(value);
                    let Ok(receipts) = row::read_json::<Vec<Receipt>>(&inner.sealer, &stored).await
                    else {
                        continue;
                    };
                    let lost: Vec<_> = receipts
                        .into_iter()
                        .filter(|receipt| !holds(held, receipt.number))
                        .collect();
                    if !lost.is_empty() {
                        batch.deletes.push((RECEIPTS, stored.id()));
                    }
                    for receipt in lost {
                        let Some((number, frozen)) = receipt.into_frozen() else {
                            continue;
                        };
                        let row = row::queued(&inner.sealer, &frozen).await;
                        row.set_number(number as f64);
                        batch.requeue.push(row);
                    }
                }
                feed::forget_cursors(connection, &mut batch).await?;
                batch
                    .puts
                    .push((META, super::head::generation_row(inner, generation).await));
                let again = batch.requeue.len() as u64;
                commit(inner, connection, &batch).await?;
                Ok(again)
            })
            .await
    }

    /// Drops receipts older than 30 days.
    pub async fn sweep_receipts(&self, now_ms: i64) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let old = KeyRange::upper_bound(&((now_ms - RECEIPTS_MS) as f64).into(), None)?;
                let keys = connection
                    .read(&[RECEIPTS])?
                    .store(RECEIPTS)?
                    .index(BY_AT)?
                    .get_all_keys(Some(old), None)
                    .await?;
                let mut batch = Batch::aside();
                batch
                    .deletes
                    .extend(keys.into_iter().map(|key| (RECEIPTS, key)));
                if batch.deletes.is_empty() {
                    return Ok(());
                }
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }
}

async fn pick(
    inner: &Inner,
    connection: &Connection,
    put_off: &BTreeSet<Id>,
    limits: &Limits,
) -> Result<Outgoing, StoreError> {
    let queue = counter(connection).await?;
    let tx = connection.read(&[OUTBOX, IMPORTS])?;
    let rows = tx.store(OUTBOX)?.get_all(None, Some(LOOK_AHEAD)).await?;
    let hidden = hidden(&tx).await?;
    let mut held = put_off.clone();
    let mut picked: Vec<(u64, Frozen, Mutation)> = Vec::new();
    let mut bytes = 0;
    for value in rows {
        let row = row::of(value);
        let record = row::id(&row.record());
        let waits = row::id(&row.import()).is_some_and(|import| hidden.contains(&import))
            || record.is_some_and(|record| held.contains(&record));
        let (number, frozen) = match row::frozen(&inner.sealer, &row).await {
            Ok(read) if !waits => read,
            // One that cannot be read keeps its record waiting; `unreadable` lists it.
            _ => {
                held.extend(record);
                continue;
            }
        };
        let Ok(mutation) = frozen.thaw() else {
            held.insert(frozen.record);
            continue;
        };
        let size = frozen.bytes.len();
        let full = picked.len() >= limits.mutations || bytes + size > limits.batch;
        if full && !picked.is_empty() {
            break;
        }
        bytes += size;
        picked.push((number, frozen, mutation));
    }
    let unknown = unannounced(connection, &picked).await?;
    Ok(Outgoing {
        rows: picked
            .into_iter()
            .filter(|(_, frozen, _)| !unknown.contains(&frozen.record))
            .map(|(number, frozen, _)| (number, frozen))
            .collect(),
        waiting: queue.count,
        queue: Some(queue),
    })
}

/// Records that are edited in a batch and that no server knows: they have no version, and the batch does not make them.
async fn unannounced(
    connection: &Connection,
    picked: &[(u64, Frozen, Mutation)],
) -> Result<BTreeSet<Id>, StoreError> {
    let mut made = BTreeSet::new();
    let mut edited = BTreeSet::new();
    for (_, frozen, mutation) in picked {
        match mutation.action {
            Action::Create { .. } | Action::Restore { .. } => {
                made.insert(frozen.record);
            }
            Action::Edit { .. } | Action::Delete if !made.contains(&frozen.record) => {
                edited.insert(frozen.record);
            }
            _ => {}
        }
    }
    let ids: Vec<Id> = edited.into_iter().collect();
    let here = present(connection, &ids).await?;
    Ok(here
        .into_iter()
        .filter(|(_, stored)| {
            stored
                .as_ref()
                .is_ok_and(|stored| stored.envelope.version == 0)
        })
        .map(|(id, _)| id)
        .collect())
}

/// What an answer says of one record.
#[derive(Default)]
struct OfRecord<'a> {
    version: u64,
    record: Option<&'a WireRecord>,
    /// Changes that the server has now and a separately kept base may not.
    applied: Vec<Mutation>,
}

async fn take(
    inner: &Inner,
    connection: &Connection,
    lease: Lease,
    sent: &Outgoing,
    answer: &PushAnswer,
    now_ms: i64,
) -> Result<Answered, StoreError> {
    let queue = counter(connection).await?;
    let mut batch = Batch::new(Durability::Strict);
    lease.check(&mut batch);
    batch.expect(META, COUNTER.into(), Seen::Queue(queue));
    let here = still_queued(connection, sent).await?;
    let results: HashMap<Id, &Outcome> = answer
        .results
        .iter()
        .map(|result| (result.id, &result.outcome))
        .collect();

    let mut answered = Answered::default();
    let mut receipts = Vec::new();
    let mut records: BTreeMap<Id, OfRecord> = BTreeMap::new();
    for (number, frozen) in sent.rows.iter().filter(|(number, _)| here.contains(number)) {
        let Some(outcome) = results.get(&frozen.id) else {
            continue;
        };
        match outcome {
            Outcome::Applied {
                version, record, ..
            } => {
                let of = records.entry(frozen.record).or_default();
                of.version = of.version.max(*version);
                of.record = record.as_ref().or(of.record);
                of.applied.extend(frozen.thaw().ok());
            }
            Outcome::Duplicate { .. } => {}
            Outcome::Rejected { code, .. } => {
                let row = row::queued(&inner.sealer, frozen).await;
                row.set_number(*number as f64);
                row.set_code(&code_text(*code));
                row.set_binned(now_ms as f64);
                batch.puts.push((REFUSED, row));
                batch.unqueue.push(*number);
                answered.refused += 1;
                continue;
            }
            Outcome::Later { code, after_s } => {
                answered.put_off.push((frozen.record, *code, *after_s));
                continue;
            }
        }
        batch.unqueue.push(*number);
        receipts.push(Receipt::of(*number, frozen));
    }
    answered.acknowledged = receipts.len();
    if !receipts.is_empty() {
        let row = row::sealed_json(&inner.sealer, &answer.batch.to_string(), &receipts).await?;
        row.set_at(now_ms as f64);
        batch.puts.push((RECEIPTS, row));
    }
    let gone: BTreeSet<u64> = batch.unqueue.iter().copied().collect();
    settle(inner, connection, &mut batch, records, &gone, &mut answered).await?;
    answered.outbox = commit(inner, connection, &batch).await?;
    Ok(answered)
}

/// The numbers of a batch that are still in the queue: a person may have dropped some meanwhile.
async fn still_queued(
    connection: &Connection,
    sent: &Outgoing,
) -> Result<BTreeSet<u64>, StoreError> {
    let (Some((first, _)), Some((last, _))) = (sent.rows.first(), sent.rows.last()) else {
        return Ok(BTreeSet::new());
    };
    let range = KeyRange::bound(
        &(*first as f64).into(),
        &(*last as f64).into(),
        Some(false),
        Some(false),
    )?;
    let keys = connection
        .read(&[OUTBOX])?
        .store(OUTBOX)?
        .get_all_keys(Some(range), None)
        .await?;
    Ok(keys.iter().filter_map(row::whole).collect())
}

/// Gives the records their new versions, and the server's values where those are not what this device had expected.
async fn settle(
    inner: &Inner,
    connection: &Connection,
    batch: &mut Batch,
    records: BTreeMap<Id, OfRecord<'_>>,
    gone: &BTreeSet<u64>,
    answered: &mut Answered,
) -> Result<(), StoreError> {
    let ids: Vec<Id> = records.keys().copied().collect();
    let rows = raw_records(connection, &ids).await?;
    for (id, of) in records {
        let Some(stored_row) = rows.get(&id) else {
            continue;
        };
        let rev = row::whole(&stored_row.rev()).unwrap_or(0);
        batch.expect(RECORDS, js(&id), Seen::Rev(rev));
        if let Some(record) = of.record {
            let pending = feed::pending(inner, connection, id, gone).await?;
            if let Fed::Record(row, entry) =
                feed::lay_under(inner, record, Some(stored_row), &pending).await?
            {
                batch.puts.push((RECORDS, row));
                answered.changed.push(*entry);
                continue;
            }
        }
        if stored_row.base().is_object() {
            let pending = feed::pending(inner, connection, id, gone).await?;
            let base = if pending.is_empty() {
                JsValue::UNDEFINED
            } else {
                feed::advance(inner, &row::of(stored_row.base()), &of.applied).await?
            };
            stored_row.set_base(&base);
        }
        stored_row.set_version(of.version as f64);
        stored_row.set_rev((rev + 1) as f64);
        batch.puts.push((RECORDS, stored_row.clone()));
    }
    Ok(())
}

impl Receipt {
    fn of(number: u64, frozen: &Frozen) -> Self {
        Self {
            number,
            id: frozen.id,
            record: frozen.record,
            kind: frozen.kind.as_str().to_owned(),
            digest: frozen.digest.clone(),
            at_ms: frozen.at_ms,
            bytes: String::from_utf8_lossy(&frozen.bytes).into_owned(),
        }
    }

    fn into_frozen(self) -> Option<(u64, Frozen)> {
        let frozen = Frozen {
            id: self.id,
            record: self.record,
            kind: crate::domain::record::Kind::parse(&self.kind)?,
            bytes: self.bytes.into_bytes(),
            digest: self.digest,
            at_ms: self.at_ms,
            import: None,
        };
        Some((self.number, frozen))
    }
}

fn holds(ranges: &[(u64, u64)], number: u64) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&number))
}

/// A code as its row keeps it, and as the wire writes it.
pub fn code_text(code: Code) -> String {
    serde_json::to_value(code)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

pub fn code_of(text: &str) -> Code {
    serde_json::from_value(text.into()).unwrap_or(Code::Other)
}

/// Reads a queue row that may be damaged, with what is in clear of it.
pub async fn read_row(
    inner: &Inner,
    row: &super::raw::Row,
) -> Result<(u64, Frozen, Mutation), RowFault> {
    let (number, frozen) = row::frozen(&inner.sealer, row).await?;
    let mutation = frozen
        .thaw()
        .map_err(|fault| RowFault::Damaged(fault.to_string()))?;
    Ok((number, frozen, mutation))
}
