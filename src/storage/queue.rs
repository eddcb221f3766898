//! The queue as a person sees it, row by row: what waits, what was refused, and what a decision about one row does.

use js_sys::{Object, Reflect};
use rexie::KeyRange;
use wasm_bindgen::{JsCast, JsValue};

use super::connect::Connection;
use super::feed;
use super::raw::{Durability, Row};
use super::row::{self, Base, RowFault, Stored, js};
use super::save::replan;
use super::schema::{BIN, BY_BINNED, BY_MUTATION, META, OUTBOX, RECORDS, REFUSED};
use super::send::{code_of, code_text, read_row};
use super::undo_fills::invert;
use super::write::{Batch, COUNTER, Seen, commit, counter};
use super::{Inner, OutboxHead, Store, StoreError};
use crate::domain::id::Id;
use crate::domain::merge::apply;
use crate::domain::outbox::{Action, Mutation};
use crate::domain::queue::{Act, QueueRow, RowState};
use crate::domain::record::{AnyBody, AnyEntry, Entry, Kind};
use crate::wire::Code;

/// What taking a row out of the queue left.
#[derive(Debug, Clone, Default)]
pub struct Dropped {
    /// The record as it is now; `None` when it is gone with the row that made it.
    pub changed: Option<AnyEntry>,
    pub gone: Option<Id>,
    pub outbox: OutboxHead,
}

impl Store {
    /// Rows that wait, the oldest first.
    pub async fn waiting_rows(
        &self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<QueueRow>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let sent = counter(connection).await?.sent;
                let range = KeyRange::lower_bound(&(after.unwrap_or(0) as f64).into(), Some(true))?;
                let rows = connection
                    .read(&[OUTBOX])?
                    .store(OUTBOX)?
                    .get_all(Some(range), Some(limit))
                    .await?;
                let mut shown = Vec::with_capacity(rows.len());
                for row in rows.into_iter().map(row::of) {
                    let state = match row::whole(&row.number()) {
                        Some(number) if number <= sent => RowState::Sent,
                        _ => RowState::Waiting,
                    };
                    shown.extend(show(inner, &row, state).await);
                }
                Ok(shown)
            })
            .await
    }

    /// Rows the server refused, the newest refusal first.
    pub async fn refused_rows(&self) -> Result<Vec<QueueRow>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[REFUSED])?
                    .store(REFUSED)?
                    .index(BY_BINNED)?
                    .get_all(None, None)
                    .await?;
                let mut shown = Vec::with_capacity(rows.len());
                for row in rows.into_iter().rev().map(row::of) {
                    let state = RowState::Refused {
                        code: code_of(&row.code().as_string().unwrap_or_default()),
                        at_ms: row::millis(&row.binned()).unwrap_or(0),
                    };
                    shown.extend(show(inner, &row, state).await);
                }
                Ok(shown)
            })
            .await
    }

    pub async fn refused_count(&self) -> Result<u64, StoreError> {
        self.0
            .run(async |connection| {
                let store = connection.read(&[REFUSED])?.store(REFUSED)?;
                Ok(u64::from(store.count(None).await?))
            })
            .await
    }

    /// Puts refused rows back to their places in the queue; all of them when none is named.
    pub async fn retry(&self, mutations: &[Id]) -> Result<OutboxHead, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[REFUSED])?
                    .store(REFUSED)?
                    .get_all(None, None)
                    .await?;
                let mut batch = Batch::new(Durability::Strict);
                for row in rows.into_iter().map(row::of) {
                    let named = row::id(&row.id()).is_some_and(|id| mutations.contains(&id));
                    if named || mutations.is_empty() {
                        batch.deletes.push((REFUSED, row.id()));
                        batch.requeue.push(without_marks(&row));
                    }
                }
                commit(inner, connection, &batch).await
            })
            .await
    }

    /// Takes a row out of the queue, or out of the refused ones, into the bin. What it had changed goes back to what the
    /// server holds; where a later row changed it again, that stays.
    pub async fn drop_queued(&self, mutation: Id, now_ms: i64) -> Result<Dropped, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || drop_row(inner, connection, mutation, now_ms).await).await
            })
            .await
    }

    /// Brings a dropped row back out of the bin, to its place in the queue, and its record with it.
    pub async fn undrop(&self, mutation: Id) -> Result<Dropped, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || undrop_row(inner, connection, mutation).await).await
            })
            .await
    }

    /// One row's mutation, waiting or refused, as it is sent.
    pub async fn queued_bytes(&self, mutation: Id) -> Result<Option<Vec<u8>>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let Some((_, row)) = find(connection, mutation).await? else {
                    return Ok(None);
                };
                Ok(row::read_bytes(&inner.sealer, &row).await.ok())
            })
            .await
    }

    /// Sets a row aside that no server can take, such as one larger than any request may be.
    pub async fn refuse_here(
        &self,
        mutation: Id,
        code: Code,
        now_ms: i64,
    ) -> Result<OutboxHead, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || {
                    let queue = counter(connection).await?;
                    let mut batch = Batch::new(Durability::Strict);
                    batch.expect(META, COUNTER.into(), Seen::Queue(queue));
                    if let Some((Place::Waiting, row)) = find(connection, mutation).await? {
                        batch.unqueue.extend(row::whole(&row.number()));
                        row.set_code(&code_text(code));
                        row.set_binned(now_ms as f64);
                        batch.puts.push((REFUSED, row));
                    }
                    commit(inner, connection, &batch).await
                })
                .await
            })
            .await
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Waiting,
    Refused,
}

async fn find(connection: &Connection, mutation: Id) -> Result<Option<(Place, Row)>, StoreError> {
    let tx = connection.read(&[OUTBOX, REFUSED])?;
    let waiting = tx
        .store(OUTBOX)?
        .index(BY_MUTATION)?
        .get(js(&mutation))
        .await?;
    if let Some(row) = waiting {
        return Ok(Some((Place::Waiting, row::of(row))));
    }
    let refused = tx.store(REFUSED)?.get(js(&mutation)).await?;
    Ok(refused.map(|row| (Place::Refused, row::of(row))))
}

async fn show(inner: &Inner, row: &Row, state: RowState) -> Option<QueueRow> {
    let act = match read_row(inner, row).await {
        Ok((_, _, mutation)) => match mutation.action {
            Action::Create { .. } => Act::Create,
            Action::Edit { changes } => Act::Edit(changes),
            Action::Delete => Act::Delete,
            Action::Restore { .. } => Act::Restore,
        },
        Err(_) => Act::Unreadable,
    };
    Some(QueueRow {
        number: row::whole(&row.number())?,
        mutation: row::id(&row.id())?,
        record: row::id(&row.record())?,
        kind: Kind::parse(&row.kind().as_string()?)?,
        act,
        at_ms: row::millis(&row.at()).unwrap_or(0),
        state,
    })
}

async fn drop_row(
    inner: &Inner,
    connection: &Connection,
    mutation: Id,
    now_ms: i64,
) -> Result<Dropped, StoreError> {
    let queue = counter(connection).await?;
    let Some((place, row)) = find(connection, mutation).await? else {
        return Ok(Dropped::default());
    };
    let mut batch = Batch::new(Durability::Strict);
    batch.expect(META, COUNTER.into(), Seen::Queue(queue));
    match place {
        Place::Waiting => batch.unqueue.extend(row::whole(&row.number())),
        Place::Refused => batch.deletes.push((REFUSED, row.id())),
    }
    let record = row::id(&row.record());
    let mut dropped = Dropped::default();
    if let (Some(record), Ok((number, _, mutation))) = (record, read_row(inner, &row).await) {
        let but = [number].into();
        let rest = feed::pending(inner, connection, record, &but).await?;
        take_back(
            inner,
            connection,
            &mutation,
            &rest,
            &mut batch,
            &mut dropped,
        )
        .await?;
    }
    row.set_binned(now_ms as f64);
    batch.puts.push((BIN, row));
    dropped.outbox = commit(inner, connection, &batch).await?;
    Ok(dropped)
}

/// The record without a change of it.
async fn take_back(
    inner: &Inner,
    connection: &Connection,
    mutation: &Mutation,
    rest: &[Mutation],
    batch: &mut Batch,
    dropped: &mut Dropped,
) -> Result<(), StoreError> {
    let Some((row, stored)) = record(connection, mutation.record).await? else {
        return Ok(());
    };
    batch.expect(RECORDS, js(&mutation.record), Seen::Rev(stored.rev));
    let Ok(json) = stored.json(&inner.sealer).await else {
        return Ok(());
    };
    let base = match &stored.base {
        Some(base) => row::read_json::<Base>(&inner.sealer, base).await.ok(),
        None => None,
    };
    let (deleted, json) = match (base, &mutation.action) {
        (Some(base), _) => feed::lay_over(base.deleted, &base.body, rest),
        // Nothing else is left of a record that only this row had made.
        (None, Action::Create { .. }) if rest.is_empty() && stored.envelope.version == 0 => {
            batch.deletes.push((RECORDS, js(&mutation.record)));
            dropped.gone = Some(mutation.record);
            return Ok(());
        }
        (None, Action::Create { .. }) => return Ok(()),
        (None, Action::Edit { changes }) => {
            let (back, _) = invert(&json, changes);
            (stored.envelope.deleted, apply(&json, &back))
        }
        (None, Action::Delete) => (false, json),
        (None, Action::Restore { .. }) => (true, json),
    };
    put_back(
        inner,
        &row,
        stored,
        deleted,
        json,
        rest.is_empty(),
        batch,
        dropped,
    )
    .await
}

#[allow(clippy::too_many_arguments)]
async fn put_back(
    inner: &Inner,
    row: &Row,
    stored: Stored,
    deleted: bool,
    json: serde_json::Value,
    settled: bool,
    batch: &mut Batch,
    dropped: &mut Dropped,
) -> Result<(), StoreError> {
    let Ok(body) = AnyBody::from_json(stored.kind, json.clone()) else {
        return Ok(());
    };
    let mut envelope = stored.envelope;
    envelope.deleted = deleted;
    let sealed = inner.sealer.seal(serde_json::to_vec(&json)?).await;
    let entry = Entry { envelope, body };
    let new = row::record(&entry, stored.rev + 1, false, &sealed)?;
    if !settled && row.base().is_object() {
        new.set_base(&row.base());
    }
    batch.puts.push((RECORDS, new));
    dropped.changed = Some(entry);
    Ok(())
}

async fn undrop_row(
    inner: &Inner,
    connection: &Connection,
    mutation: Id,
) -> Result<Dropped, StoreError> {
    let binned = connection
        .read(&[BIN])?
        .store(BIN)?
        .get(js(&mutation))
        .await?;
    let Some(binned) = binned.map(row::of) else {
        return Ok(Dropped::default());
    };
    let mut batch = Batch::new(Durability::Strict);
    let mut dropped = Dropped::default();
    batch.deletes.push((BIN, binned.id()));
    batch.requeue.push(without_marks(&binned));
    if let Ok((_, _, mutation)) = read_row(inner, &binned).await {
        match record(connection, mutation.record).await? {
            Some((row, stored)) => {
                batch.expect(RECORDS, js(&mutation.record), Seen::Rev(stored.rev));
                if let Ok(json) = stored.json(&inner.sealer).await {
                    let again = std::slice::from_ref(&mutation);
                    let (deleted, json) = feed::lay_over(stored.envelope.deleted, &json, again);
                    put_back(
                        inner,
                        &row,
                        stored,
                        deleted,
                        json,
                        false,
                        &mut batch,
                        &mut dropped,
                    )
                    .await?;
                }
            }
            None => bring_back(inner, &mutation, &mut batch, &mut dropped).await?,
        }
    }
    dropped.outbox = commit(inner, connection, &batch).await?;
    Ok(dropped)
}

/// A record that had gone with the row that made it.
async fn bring_back(
    inner: &Inner,
    mutation: &Mutation,
    batch: &mut Batch,
    dropped: &mut Dropped,
) -> Result<(), StoreError> {
    let Action::Create {
        body,
        created: Some(created),
    } = &mutation.action
    else {
        return Ok(());
    };
    let entry = Entry {
        envelope: crate::domain::record::Envelope {
            id: mutation.record,
            scope: mutation.scope.clone(),
            version: 0,
            created: created.clone(),
            changed_ms: mutation.at.at_ms,
            deleted: false,
            import: None,
        },
        body: AnyBody::from_json(mutation.kind, body.clone())?,
    };
    let sealed = inner.sealer.seal(serde_json::to_vec(body)?).await;
    batch.expect(RECORDS, js(&mutation.record), Seen::Absent);
    batch
        .puts
        .push((RECORDS, row::record(&entry, 1, false, &sealed)?));
    dropped.changed = Some(entry);
    Ok(())
}

async fn record(connection: &Connection, id: Id) -> Result<Option<(Row, Stored)>, StoreError> {
    let tx = connection.read(&[RECORDS])?;
    let Some(row) = tx.store(RECORDS)?.get(js(&id)).await?.map(row::of) else {
        return Ok(None);
    };
    match Stored::read(&row) {
        Ok(stored) => Ok(Some((row, stored))),
        Err(RowFault::Unknown | RowFault::Damaged(_)) => Ok(None),
    }
}

/// A row as the queue holds it, without what the bin or the refusal had added.
fn without_marks(row: &Row) -> Row {
    let clean = Row::new();
    let object = clean.unchecked_ref::<Object>();
    Object::assign(object, row.unchecked_ref());
    for mark in ["binned", "code", "import"] {
        // Fails only on frozen objects, and this one was just made.
        let _ = Reflect::delete_property(object, &JsValue::from_str(mark));
    }
    clean
}
