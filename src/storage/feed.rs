//! What the server says of records, laid under what still waits here. Where nothing waits, its word is the record; where
//! something does, its word is the record's base and what waits is laid over it again.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use futures::future::join_all;
use rexie::KeyRange;
use serde_json::Value;
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::lease::Lease;
use super::plan::raw_records;
use super::raw::{Durability, Row};
use super::row::{self, Base, Stored, js};
use super::save::replan;
use super::schema::{BY_RECORD, CURSORS, OUTBOX, RECORDS, TRANSFERS, UNKNOWN};
use super::transfers::{Way, has_blob, transfer};
use super::write::{Batch, Seen, commit};
use super::{Inner, Store, StoreError};
use crate::domain::id::Id;
use crate::domain::merge::{apply, diff};
use crate::domain::migrate;
use crate::domain::outbox::{Action, Mutation};
use crate::domain::record::{AnyBody, AnyEntry, Entry, Envelope, Kind, Scope, schema_of};
use crate::wire::{PullAnswer, WireRecord};

/// How far a feed was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub scope: String,
    pub since: u64,
    pub epoch: u64,
    /// Up to here the server's word goes over what is here, whatever the versions say: it was restored from a backup.
    pub force_until: u64,
}

/// What a page of a feed brought.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    pub entries: Vec<AnyEntry>,
    /// Records of a kind or layout this build does not know, or that break the rules of theirs: kept as they came.
    pub unknown: u32,
    /// Records the server erased.
    pub erased: Vec<Id>,
}

/// A record of the wire as it becomes a row.
pub enum Fed {
    Record(Row, Box<AnyEntry>),
    Unknown(Row),
    Erased,
}

impl Store {
    pub async fn cursors(&self) -> Result<Vec<Cursor>, StoreError> {
        self.0
            .run(async |connection| {
                let rows = connection
                    .read(&[CURSORS])?
                    .store(CURSORS)?
                    .get_all(None, None)
                    .await?;
                Ok(rows
                    .into_iter()
                    .map(row::of)
                    .filter_map(|row| cursor(&row))
                    .collect())
            })
            .await
    }

    /// Sets a feed back to its beginning, because what may be seen of it has changed.
    pub async fn restart_feed(&self, lease: Lease, to: &Cursor) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = relaxed(lease);
                batch.puts.push((CURSORS, cursor_row(to)));
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Keeps a page and the place it ends at, in one transaction.
    pub async fn take_page(
        &self,
        lease: Lease,
        page: &PullAnswer,
        force_until: u64,
        now_ms: i64,
    ) -> Result<Taken, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || {
                    let mut batch = relaxed(lease);
                    let taken =
                        plan_page(inner, connection, page, force_until, now_ms, &mut batch).await?;
                    batch.puts.push((
                        CURSORS,
                        cursor_row(&Cursor {
                            scope: page.scope.clone(),
                            since: page.next,
                            epoch: page.epoch,
                            force_until,
                        }),
                    ));
                    commit(inner, connection, &batch).await?;
                    Ok(taken)
                })
                .await
            })
            .await
    }

    /// Takes in what an older build had to leave aside and this one knows. Answers how many records that were.
    pub async fn replay_unknown(&self) -> Result<usize, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[UNKNOWN])?
                    .store(UNKNOWN)?
                    .get_all(None, None)
                    .await?;
                let mut batch = Batch::new(Durability::Strict);
                for value in rows {
                    let aside = row::of(value);
                    let Ok(record) = row::read_json::<WireRecord>(&inner.sealer, &aside).await
                    else {
                        continue;
                    };
                    let here = raw_record(connection, record.id).await?;
                    let newer = here.as_ref().is_some_and(|here| {
                        row::whole(&here.version()).unwrap_or(0) >= record.version
                    });
                    if newer {
                        batch.deletes.push((UNKNOWN, aside.id()));
                        continue;
                    }
                    let none = BTreeSet::new();
                    let pending = pending(inner, connection, record.id, &none).await?;
                    if let Fed::Record(row, _) =
                        lay_under(inner, &record, here.as_ref(), &pending).await?
                    {
                        batch.expect(RECORDS, js(&record.id), seen(here.as_ref()));
                        batch.puts.push((RECORDS, row));
                        batch.deletes.push((UNKNOWN, aside.id()));
                    }
                }
                let taken = batch.puts.len();
                if !batch.deletes.is_empty() {
                    commit(inner, connection, &batch).await?;
                }
                Ok(taken)
            })
            .await
    }

    /// Removes what this device may no longer see of a feed. Records that something still waits for stay until that is
    /// settled. Answers how many are left of it.
    pub async fn leave_feed(&self, lease: Lease, scope: &str) -> Result<usize, StoreError> {
        let inner = &self.0;
        let Some(building) = scope.strip_prefix("b:").and_then(|id| id.parse().ok()) else {
            return Ok(0);
        };
        inner
            .run(async |connection| {
                let tx = connection.read(&[RECORDS, OUTBOX])?;
                let records = tx.store(RECORDS)?;
                let of_it = KeyRange::only(&js(&building))?;
                let mut rows = records
                    .index(super::schema::BY_LINK)?
                    .get_all(Some(of_it), None)
                    .await?;
                rows.extend(records.get(js(&building)).await?);
                let waiting: HashSet<Id> = tx
                    .store(OUTBOX)?
                    .get_all(None, None)
                    .await?
                    .into_iter()
                    .filter_map(|value| row::id(&row::of(value).record()))
                    .collect();
                let mut batch = relaxed(lease);
                let mut left = 0;
                for row in rows.into_iter().map(row::of) {
                    if row.scope().as_string().as_deref() != Some(scope) {
                        continue;
                    }
                    let waits = row::id(&row.id()).is_none_or(|id| waiting.contains(&id));
                    // What was never on the server is this device's own.
                    if waits || row::whole(&row.version()).unwrap_or(0) == 0 {
                        left += 1;
                    } else {
                        batch.deletes.push((RECORDS, row.id()));
                    }
                }
                if left == 0 {
                    batch.deletes.push((CURSORS, scope.into()));
                }
                commit(inner, connection, &batch).await?;
                Ok(left)
            })
            .await
    }
}

async fn plan_page(
    inner: &Inner,
    connection: &Connection,
    page: &PullAnswer,
    force_until: u64,
    now_ms: i64,
    batch: &mut Batch,
) -> Result<Taken, StoreError> {
    let mut taken = Taken::default();
    let ids: Vec<Id> = page.records.iter().map(|record| record.id).collect();
    let here = raw_records(connection, &ids).await?;
    let waiting = all_pending(inner, connection, here.keys().copied()).await?;
    let mut pictures = BTreeSet::new();
    for record in &page.records {
        let row = here.get(&record.id);
        let known = row.map_or(0, |row| row::whole(&row.version()).unwrap_or(0));
        // This device's own change coming back, or a page once more.
        if row.is_some() && record.version <= known && record.seq > force_until {
            continue;
        }
        let none = Vec::new();
        let pending = waiting.get(&record.id).unwrap_or(&none);
        batch.expect(RECORDS, js(&record.id), seen(row));
        match lay_under(inner, record, row, pending).await? {
            Fed::Record(row, entry) => {
                pictures.extend(entry.body.blobs().into_iter().map(str::to_owned));
                batch.puts.push((RECORDS, row));
                taken.entries.push(*entry);
            }
            Fed::Unknown(row) => {
                batch.puts.push((UNKNOWN, row));
                taken.unknown += 1;
            }
            Fed::Erased => {
                batch.deletes.push((RECORDS, js(&record.id)));
                taken.erased.push(record.id);
            }
        }
    }
    for digest in pictures {
        if !has_blob(connection, &digest).await? {
            batch
                .puts
                .push((TRANSFERS, transfer(&digest, Way::Down, now_ms)));
        }
    }
    Ok(taken)
}

/// The row of a record as the server has it, with what waits here laid over it.
pub async fn lay_under(
    inner: &Inner,
    record: &WireRecord,
    here: Option<&Row>,
    pending: &[Mutation],
) -> Result<Fed, StoreError> {
    let Ok(json) = serde_json::from_str::<Value>(record.body.get()) else {
        return unknown(inner, record).await;
    };
    if record.deleted && json.is_null() {
        return Ok(Fed::Erased);
    }
    let upgraded = Kind::parse(&record.kind)
        .and_then(|kind| Some((kind, migrate::upgrade(kind, record.schema, json).ok()?)));
    let Some((kind, base)) = upgraded else {
        return unknown(inner, record).await;
    };
    let (deleted, json) = lay_over(record.deleted, &base, pending);
    let Ok(body) = AnyBody::from_json(kind, json.clone()) else {
        return unknown(inner, record).await;
    };
    let stored = here.and_then(|row| Stored::read(row).ok());
    let envelope = Envelope {
        id: record.id,
        scope: Scope(record.scope.clone()),
        version: record.version,
        created: record.created.clone(),
        changed_ms: stored
            .as_ref()
            .filter(|_| !pending.is_empty())
            .map_or(record.changed_ms, |stored| {
                stored.envelope.changed_ms.max(record.changed_ms)
            }),
        deleted,
        import: stored.as_ref().and_then(|stored| stored.envelope.import),
    };
    let rev = here.and_then(|row| row::whole(&row.rev())).unwrap_or(0);
    let sealed = inner.sealer.seal(serde_json::to_vec(&json)?).await;
    let entry = Entry { envelope, body };
    let row = row::record(&entry, rev + 1, false, &sealed)?;
    if !pending.is_empty() {
        let base = Base {
            schema: schema_of(kind),
            deleted: record.deleted,
            body: base,
        };
        let base = row::sealed_json(&inner.sealer, "base", &base).await?;
        row.set_base(&base);
    }
    Ok(Fed::Record(row, Box::new(entry)))
}

/// What waits, laid over a body in order.
pub fn lay_over(deleted: bool, body: &Value, pending: &[Mutation]) -> (bool, Value) {
    let mut state = (deleted, body.clone());
    for mutation in pending {
        match &mutation.action {
            Action::Edit { changes } => state.1 = apply(&state.1, changes),
            Action::Delete => state.0 = true,
            Action::Create { body, .. } => state.1 = apply(&state.1, &diff(&Value::Null, body)),
            Action::Restore { body } => state = (false, body.clone()),
        }
    }
    state
}

/// A separately kept base, with changes in it that the server has now.
pub async fn advance(
    inner: &Inner,
    base: &Row,
    applied: &[Mutation],
) -> Result<JsValue, StoreError> {
    // One that cannot be read is worth nothing: the record's own fields tell what to go back to.
    let Ok(base) = row::read_json::<Base>(&inner.sealer, base).await else {
        return Ok(JsValue::UNDEFINED);
    };
    let (deleted, body) = lay_over(base.deleted, &base.body, applied);
    let base = Base {
        deleted,
        body,
        ..base
    };
    Ok(row::sealed_json(&inner.sealer, "base", &base).await?.into())
}

/// What waits in the queue for a record, in order, without the rows in `but`.
pub async fn pending(
    inner: &Inner,
    connection: &Connection,
    record: Id,
    but: &BTreeSet<u64>,
) -> Result<Vec<Mutation>, StoreError> {
    let rows = connection
        .read(&[OUTBOX])?
        .store(OUTBOX)?
        .index(BY_RECORD)?
        .get_all(Some(KeyRange::only(&js(&record))?), None)
        .await?;
    Ok(thaw(inner, rows, but).await)
}

async fn all_pending(
    inner: &Inner,
    connection: &Connection,
    records: impl Iterator<Item = Id>,
) -> Result<BTreeMap<Id, Vec<Mutation>>, StoreError> {
    let records: Vec<Id> = records.collect();
    if records.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tx = connection.read(&[OUTBOX])?;
    let index = tx.store(OUTBOX)?.index(BY_RECORD)?;
    let ranges = records
        .iter()
        .map(|id| KeyRange::only(&js(id)))
        .collect::<Result<Vec<_>, _>>()?;
    let found = join_all(
        ranges
            .into_iter()
            .map(|range| index.get_all(Some(range), None)),
    )
    .await;
    let mut pending = BTreeMap::new();
    for (id, rows) in records.into_iter().zip(found) {
        let mutations = thaw(inner, rows?, &BTreeSet::new()).await;
        if !mutations.is_empty() {
            pending.insert(id, mutations);
        }
    }
    Ok(pending)
}

async fn thaw(inner: &Inner, rows: Vec<JsValue>, but: &BTreeSet<u64>) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    for row in rows.into_iter().map(row::of) {
        if let Ok((number, _, mutation)) = super::send::read_row(inner, &row).await
            && !but.contains(&number)
        {
            mutations.push((number, mutation));
        }
    }
    mutations.sort_by_key(|(number, _)| *number);
    mutations
        .into_iter()
        .map(|(_, mutation)| mutation)
        .collect()
}

async fn unknown(inner: &Inner, record: &WireRecord) -> Result<Fed, StoreError> {
    let row = row::sealed_json(&inner.sealer, &record.id.to_string(), record).await?;
    row.set_kind(&record.kind);
    row.set_schema(f64::from(record.schema));
    Ok(Fed::Unknown(row))
}

async fn raw_record(connection: &Connection, id: Id) -> Result<Option<Row>, StoreError> {
    let tx = connection.read(&[RECORDS])?;
    Ok(tx.store(RECORDS)?.get(js(&id)).await?.map(row::of))
}

fn seen(row: Option<&Row>) -> Seen {
    row.map_or(Seen::Absent, |row| {
        Seen::Rev(row::whole(&row.rev()).unwrap_or(0))
    })
}

/// Sets every feed back to its beginning: the server was restored, and its word goes over what is here.
pub async fn forget_cursors(connection: &Connection, batch: &mut Batch) -> Result<(), StoreError> {
    let rows = connection
        .read(&[CURSORS])?
        .store(CURSORS)?
        .get_all(None, None)
        .await?;
    for cursor in rows.into_iter().map(row::of).filter_map(|row| cursor(&row)) {
        let anew = Cursor {
            since: 0,
            force_until: u64::from(u32::MAX),
            ..cursor
        };
        batch.puts.push((CURSORS, cursor_row(&anew)));
    }
    Ok(())
}

fn cursor(row: &Row) -> Option<Cursor> {
    Some(Cursor {
        scope: row.id().as_string()?,
        since: row::whole(&row.number())?,
        epoch: row::whole(&row.version()).unwrap_or(0),
        force_until: row::whole(&row.count()).unwrap_or(0),
    })
}

fn cursor_row(cursor: &Cursor) -> Row {
    let row = Row::new();
    row.set_id(&cursor.scope);
    row.set_number(cursor.since as f64);
    row.set_version(cursor.epoch as f64);
    row.set_count(cursor.force_until as f64);
    row
}

/// Pulled pages can be pulled again, so they need no flush to the disk.
fn relaxed(lease: Lease) -> Batch {
    let mut batch = Batch::new(Durability::Relaxed);
    lease.check(&mut batch);
    batch
}
