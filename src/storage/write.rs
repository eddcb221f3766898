//! The one write path: everything that is stored goes through one transaction of this file. It is planned and sealed
//! before, and inside it only its own requests are awaited, because the browser ends a transaction that idles.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use futures::channel::oneshot;
use futures::future::join_all;
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::raw::{self, Durability, Row};
use super::schema::{META, OUTBOX};
use super::{Inner, OutboxHead, StoreError, row};

/// The counter's row in `meta`: the next number of the queue, and how many rows it holds.
pub const COUNTER: &str = "outbox";

/// What one transaction does. All of it happens, or nothing.
#[derive(Debug)]
pub struct Batch {
    pub durability: Durability,
    /// What the plan was made on; if it is so no more, nothing is written and the plan is made anew.
    pub expect: Vec<Expect>,
    pub puts: Vec<(&'static str, Row)>,
    pub deletes: Vec<(&'static str, JsValue)>,
    /// Rows for the queue, numbered without gaps inside the transaction.
    pub queue: Vec<Row>,
    /// Rows that leave the queue, by number.
    pub unqueue: Vec<u64>,
    /// Rows that come back to their old place in the queue.
    pub requeue: Vec<Row>,
    /// Everything up to this number of the queue is being sent.
    pub sending: Option<u64>,
    /// Whether the queue's head is answered. What never touches the queue does not wait for its stores.
    pub with_head: bool,
}

#[derive(Debug)]
pub struct Expect {
    pub store: &'static str,
    pub key: JsValue,
    pub seen: Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Absent,
    /// The row was there with this revision.
    Rev(u64),
    /// The lease's row with this number.
    Lease(u64),
    /// The counter's row: since then no row was sent, left the queue or came back to it.
    Queue(Counter),
}

impl Batch {
    pub fn new(durability: Durability) -> Self {
        Self {
            durability,
            expect: Vec::new(),
            puts: Vec::new(),
            deletes: Vec::new(),
            queue: Vec::new(),
            unqueue: Vec::new(),
            requeue: Vec::new(),
            sending: None,
            with_head: true,
        }
    }

    /// For what stands beside records and queue: form texts, photos, facts.
    pub fn aside() -> Self {
        Self {
            with_head: false,
            ..Self::new(Durability::Strict)
        }
    }

    /// For what can be fetched or asked again, and so needs no flush to the disk.
    pub fn passing() -> Self {
        Self {
            with_head: false,
            ..Self::new(Durability::Relaxed)
        }
    }

    pub fn expect(&mut self, store: &'static str, key: JsValue, seen: Seen) {
        self.expect.push(Expect { store, key, seen });
    }

    fn stores(&self) -> Vec<&'static str> {
        let puts = self.puts.iter().map(|(store, _)| *store);
        let deletes = self.deletes.iter().map(|(store, _)| *store);
        let expect = self.expect.iter().map(|expect| expect.store);
        let queue = [META, OUTBOX].into_iter().filter(|_| self.with_head);
        let names: BTreeSet<_> = puts.chain(deletes).chain(expect).chain(queue).collect();
        names.into_iter().collect()
    }
}

/// Runs the transaction and waits for its complete event: only then is anything saved.
pub async fn commit(
    inner: &Inner,
    connection: &Connection,
    batch: &Batch,
) -> Result<OutboxHead, StoreError> {
    let (raw, given) = raw::begin(&connection.raw, &batch.stores(), batch.durability)
        .map_err(|thrown| StoreError::of_js(&thrown))?;
    inner.durability.replace(given);
    let mut tx = idb::Transaction::from(raw.clone());
    let ended = watch(&mut tx, &raw);
    let outcome = fill(&tx, batch).await;
    if outcome.is_err() {
        // Fails only when the browser has aborted it already.
        let _ = raw.abort();
    }
    match (outcome, ended.await) {
        (Ok(head), Ok(None)) => Ok(head),
        (Ok(_), Ok(Some(Aborted(Some(reason))))) => Err(reason),
        (Ok(_), _) => Err(StoreError::Lost(
            "the transaction was aborted without a reason".into(),
        )),
        // The transaction's own reason says more than that of the request which met its end.
        (Err(StoreError::Lost(_)), Ok(Some(Aborted(Some(reason))))) => Err(reason),
        (Err(error), _) => Err(error),
    }
}

/// The transaction was aborted, and why if the browser says.
struct Aborted(Option<StoreError>);

/// Answers `None` at the complete event.
fn watch(
    tx: &mut idb::Transaction,
    raw: &web_sys::IdbTransaction,
) -> oneshot::Receiver<Option<Aborted>> {
    let (complete, ended) = oneshot::channel();
    let complete = std::rc::Rc::new(std::cell::Cell::new(Some(complete)));
    let abort = complete.clone();
    tx.on_complete(move |_| {
        if let Some(sender) = complete.take() {
            // The receiver lives as long as the commit that waits for it.
            let _ = sender.send(None);
        }
    });
    let raw = raw.clone();
    tx.on_abort(move |_| {
        if let Some(sender) = abort.take() {
            let _ = sender.send(Some(Aborted(
                raw.error().map(|reason| StoreError::of_dom(&reason)),
            )));
        }
    });
    ended
}

/// Makes the transaction's requests.
async fn fill(tx: &idb::Transaction, batch: &Batch) -> Result<OutboxHead, StoreError> {
    // Every request gets its handlers before the first is awaited: a later one may well have answered by then.
    let mut checks = Vec::with_capacity(batch.expect.len());
    for expect in &batch.expect {
        checks.push(
            tx.object_store(expect.store)?
                .get(expect.key.clone())?
                .into_future(),
        );
    }
    for (found, expect) in join_all(checks).await.into_iter().zip(&batch.expect) {
        if !as_seen(found?, expect.seen) {
            return Err(match expect.seen {
                Seen::Lease(_) => StoreError::LeaseLost,
                _ => StoreError::Overtaken,
            });
        }
    }
    for (store, row) in &batch.puts {
        tx.object_store(store)?.put(row, None)?;
    }
    for (store, key) in &batch.deletes {
        tx.object_store(store)?.delete(key.clone())?;
    }
    if batch.with_head {
        queue(tx, batch).await
    } else {
        Ok(OutboxHead::default())
    }
}

/// Numbers and writes the queue's rows, and answers its head.
async fn queue(tx: &idb::Transaction, batch: &Batch) -> Result<OutboxHead, StoreError> {
    let meta = tx.object_store(META)?;
    let outbox = tx.object_store(OUTBOX)?;
    let counter = row::of(
        meta.get(JsValue::from_str(COUNTER))?
            .await?
            .unwrap_or(JsValue::UNDEFINED),
    );
    let mut counts = Counter::of(&counter);
    for number in &batch.unqueue {
        outbox.delete(JsValue::from_f64(*number as f64))?;
        counts.count = counts.count.saturating_sub(1);
    }
    for row in &batch.requeue {
        outbox.put(row, None)?;
        counts.count += 1;
    }
    for row in &batch.queue {
        row.set_number(counts.next as f64);
        outbox.put(row, None)?;
        counts.next += 1;
        counts.count += 1;
    }
    // What leaves or comes back changes the plan of whoever read the queue before; what is added at its end does not.
    if !batch.unqueue.is_empty() || !batch.requeue.is_empty() {
        counts.rev += 1;
    }
    counts.sent = counts.sent.max(batch.sending.unwrap_or(0));
    let touched = batch.queue.len() + batch.unqueue.len() + batch.requeue.len();
    if touched > 0 || batch.sending.is_some() {
        meta.put(&counts.row(), None)?;
    }
    let oldest = outbox.get_all(None, Some(1))?.await?;
    Ok(OutboxHead {
        count: counts.count,
        oldest_ms: oldest
            .into_iter()
            .next()
            .and_then(|first| row::millis(&row::of(first).at())),
    })
}

/// The queue's counter, as its row in `meta` holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    /// The number the next row gets.
    pub next: u64,
    pub count: u64,
    /// The highest number ever sent.
    pub sent: u64,
    /// Grows when rows leave the queue or come back.
    pub rev: u64,
}

impl Counter {
    /// Of a queue nothing was ever put into.
    pub const NEW: Self = Self {
        next: 1,
        count: 0,
        sent: 0,
        rev: 0,
    };

    pub fn of(row: &Row) -> Self {
        Self {
            next: row::whole(&row.number()).unwrap_or(Self::NEW.next),
            count: row::whole(&row.count()).unwrap_or(0),
            sent: row::whole(&row.sent()).unwrap_or(0),
            rev: row::whole(&row.rev()).unwrap_or(0),
        }
    }

    pub fn row(self) -> Row {
        let row = Row::new();
        row.set_id(COUNTER);
        row.set_number(self.next as f64);
        row.set_count(self.count as f64);
        row.set_sent(self.sent as f64);
        row.set_rev(self.rev as f64);
        row
    }
}

/// The queue's counter as it is now.
pub async fn counter(connection: &Connection) -> Result<Counter, StoreError> {
    let found = connection
        .read(&[META])?
        .store(META)?
        .get(COUNTER.into())
        .await?;
    Ok(Counter::of(&row::of(found.unwrap_or(JsValue::UNDEFINED))))
}

fn as_seen(found: Option<JsValue>, seen: Seen) -> bool {
    let found = found.filter(JsValue::is_object).map(row::of);
    match (seen, found) {
        (Seen::Absent, found) => found.is_none(),
        // A damaged row may have none.
        (Seen::Rev(rev) | Seen::Lease(rev), Some(found)) => {
            row::whole(&found.rev()).unwrap_or(0) == rev
        }
        (Seen::Queue(seen), Some(found)) => {
            let now = Counter::of(&found);
            (now.sent, now.rev) == (seen.sent, seen.rev)
        }
        (_, None) => false,
    }
}
