//! Planning a save: what is there now is read, the writes are laid over it, mutations are frozen and bodies sealed. All of
//! it happens before the transaction that writes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use futures::future::join_all;
use serde_json::Value;

use super::connect::Connection;
use super::raw::{Durability, Row};
use super::row::{self, RowFault, Stored};
use super::save::Write;
use super::schema::{RECORDS, TRANSFERS};
use super::transfers::{Way, transfer};
use super::write::{Batch, Seen};
use super::{Inner, StoreError};
use crate::domain::id::Id;
use crate::domain::merge::{Change, apply, diff};
use crate::domain::outbox::{Action, Frozen, Mutation};
use crate::domain::record::{AnyBody, AnyEntry, Entry, Envelope};

/// What a number of writes comes to.
pub struct Plan {
    pub batch: Batch,
    /// One a write.
    pub entries: Vec<AnyEntry>,
    /// Changes to records that an import did not bring itself: mutation id, record, changes.
    pub fills: Vec<(Id, Id, Vec<Change>)>,
}

/// A record while a plan works on it.
struct Work {
    envelope: Envelope,
    body: AnyBody,
    json: Value,
    /// Revision in the database; `None` when it is not there.
    seen: Option<u64>,
    changed: bool,
    clean: bool,
    base: Option<Row>,
    /// Pictures the record shows that it did not show before.
    pictures: Vec<String>,
}

/// Reads the records concerned, lays the writes over them, freezes and seals. `import` marks and holds back what an
/// import writes.
pub async fn plan(
    inner: &Inner,
    connection: &Connection,
    writes: &[Write],
    import: Option<Id>,
) -> Result<Plan, StoreError> {
    let mut batch = Batch::new(if import.is_some() {
        Durability::Relaxed
    } else {
        Durability::Strict
    });
    let mut works: HashMap<Id, Work> = HashMap::new();
    let ids: Vec<Id> = writes.iter().map(|write| write.new.id()).collect();
    let mut here = present(connection, &ids).await?;
    for id in ids.iter().copied().collect::<BTreeSet<_>>() {
        // A row that cannot be read must not be written over.
        let stored = here
            .remove(&id)
            .transpose()
            .map_err(|fault| unreadable(id, &fault))?;
        batch.expect(
            RECORDS,
            row::js(&id),
            stored
                .as_ref()
                .map_or(Seen::Absent, |stored| Seen::Rev(stored.rev)),
        );
        if let Some(stored) = stored {
            works.insert(id, read(inner, id, stored).await?);
        }
    }

    let mut fills = Vec::new();
    for write in writes {
        let id = write.new.id();
        let frozen = match works.remove(&id) {
            None => {
                let (work, frozen) = create(write, import)?;
                works.insert(id, work);
                frozen
            }
            Some(work) => {
                let foreign = import.is_some() && work.envelope.import != import;
                let (next, mutation) = rebase(work, write)?;
                let frozen = mutation
                    .as_ref()
                    .map(|mutation| mutation.freeze(import))
                    .transpose()?;
                if let Some(Mutation {
                    action: Action::Edit { changes },
                    ..
                }) = mutation.filter(|_| foreign)
                {
                    fills.push((write.mutation, id, changes));
                }
                let clean = next.clean && import.is_some() && !foreign;
                works.insert(id, Work { clean, ..next });
                frozen
            }
        };
        if let Some(frozen) = frozen {
            batch.queue.push(row::queued(&inner.sealer, &frozen).await);
        }
    }

    for work in works.values().filter(|work| work.changed) {
        let sealed = inner.sealer.seal(serde_json::to_vec(&work.json)?).await;
        let entry = Entry {
            envelope: work.envelope.clone(),
            body: work.body.clone(),
        };
        let row = row::record(&entry, work.seen.unwrap_or(0) + 1, work.clean, &sealed)?;
        if let Some(base) = &work.base {
            row.set_base(base);
        }
        batch.puts.push((RECORDS, row));
        for digest in &work.pictures {
            batch.puts.push((
                TRANSFERS,
                transfer(digest, Way::Up, work.envelope.changed_ms),
            ));
        }
    }
    let entries = ids
        .iter()
        .filter_map(|id| works.get(id))
        .map(|work| Entry {
            envelope: work.envelope.clone(),
            body: work.body.clone(),
        })
        .collect();
    Ok(Plan {
        batch,
        entries,
        fills,
    })
}

/// The rows of some records as they are now, readable or not; those that are not there are left out.
pub async fn present(
    connection: &Connection,
    ids: &[Id],
) -> Result<BTreeMap<Id, Result<Stored, RowFault>>, StoreError> {
    let rows = raw_records(connection, ids).await?;
    Ok(rows
        .into_iter()
        .map(|(id, row)| (id, Stored::read(&row)))
        .collect())
}

/// As [`present`], unread.
pub async fn raw_records(
    connection: &Connection,
    ids: &[Id],
) -> Result<BTreeMap<Id, Row>, StoreError> {
    let ids: BTreeSet<Id> = ids.iter().copied().collect();
    let tx = connection.read(&[RECORDS])?;
    let store = tx.store(RECORDS)?;
    let found = join_all(ids.iter().map(|id| store.get(row::js(id)))).await;
    let mut here = BTreeMap::new();
    for (id, found) in ids.into_iter().zip(found) {
        here.extend(found?.map(|value| (id, row::of(value))));
    }
    Ok(here)
}

pub fn unreadable(id: Id, fault: &RowFault) -> StoreError {
    StoreError::Unreadable {
        id,
        what: fault.to_string(),
    }
}

async fn read(inner: &Inner, id: Id, stored: Stored) -> Result<Work, StoreError> {
    let json = stored
        .json(&inner.sealer)
        .await
        .map_err(|fault| unreadable(id, &fault))?;
    let body = AnyBody::from_json(stored.kind, json.clone())
        .map_err(|fault| unreadable(id, &RowFault::Damaged(fault.to_string())))?;
    Ok(Work {
        envelope: stored.envelope,
        body,
        json,
        seen: Some(stored.rev),
        changed: false,
        clean: stored.clean,
        base: stored.base,
        pictures: Vec::new(),
    })
}

/// A record that is not in the database: new, or taken out of it since the caller read it.
fn create(write: &Write, import: Option<Id>) -> Result<(Work, Option<Frozen>), StoreError> {
    let mut envelope = write.new.envelope.clone();
    if import.is_some() {
        envelope.import = import;
    }
    let body = write.new.body.clone();
    let json = body.to_json()?;
    let mutation = Mutation::between(
        write.mutation,
        write.at.clone(),
        body.schema(),
        body.kind(),
        None,
        (&envelope, &json),
    );
    let frozen = mutation
        .map(|mutation| mutation.freeze(import))
        .transpose()?;
    let pictures = body.blobs().into_iter().map(str::to_owned).collect();
    let work = Work {
        envelope,
        body,
        json,
        seen: None,
        changed: true,
        clean: import.is_some(),
        base: None,
        pictures,
    };
    Ok((work, frozen))
}

/// Lays a write over the record as it is now. No mutation when nothing is left to change.
fn rebase(mut work: Work, write: &Write) -> Result<(Work, Option<Mutation>), StoreError> {
    let (kind, schema) = (write.new.body.kind(), write.new.body.schema());
    let new_json = write.new.body.to_json()?;
    let same = |json: &Value| diff(json, &new_json).is_empty();
    let Some(old) = &write.old else {
        // The same new record once more: the save had gone through before its connection died.
        if work.body.kind() == kind && same(&work.json) {
            return Ok((work, None));
        }
        return Err(StoreError::Exists(write.new.id()));
    };
    let untouched = same(&work.json) && write.new.envelope.deleted == work.envelope.deleted;
    if kind != work.body.kind() || (kind.append_only() && !untouched) {
        return Err(StoreError::Exists(write.new.id()));
    }
    let old_json = old.body.to_json()?;
    let merged = if diff(&work.json, &old_json).is_empty() {
        new_json
    } else {
        apply(&work.json, &diff(&old_json, &new_json))
    };
    let was = work.envelope.clone();
    let envelope = &mut work.envelope;
    if write.new.envelope.deleted != old.envelope.deleted {
        envelope.deleted = write.new.envelope.deleted;
    }
    if write.new.envelope.scope != old.envelope.scope {
        envelope.scope = write.new.envelope.scope.clone();
    }
    envelope.changed_ms = envelope.changed_ms.max(write.new.envelope.changed_ms);
    let mutation = Mutation::between(
        write.mutation,
        write.at.clone(),
        schema,
        kind,
        Some((&was, &work.json)),
        (envelope, &merged),
    );
    if mutation.is_some() {
        let body = AnyBody::from_json(kind, merged.clone())?;
        let before = work.body.blobs();
        let new = body
            .blobs()
            .into_iter()
            .filter(|blob| !before.contains(blob));
        work.pictures.extend(new.map(str::to_owned));
        work.body = body;
        work.json = merged;
        work.changed = true;
    } else {
        work.envelope = was;
    }
    Ok((work, mutation))
}
