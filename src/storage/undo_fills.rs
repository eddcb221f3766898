//! Taking back what an import changed in records that were there before it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::StoreError;
use super::connect::Connection;
use super::plan::present;
use super::raw::Row;
use super::row::{self, Stored, js};
use super::schema::{BY_MUTATION, FILLS, OUTBOX, RECORDS};
use super::undo::Undo;
use super::write::Seen;
use crate::domain::id::Id;
use crate::domain::merge::{Change, apply};
use crate::domain::outbox::Mutation;
use crate::domain::record::{AnyBody, Entry, schema_of};

impl Undo<'_> {
    pub async fn fills(&mut self, connection: &Connection, rows: &[Row]) -> Result<(), StoreError> {
        let records: Vec<Id> = rows
            .iter()
            .filter_map(|row| row::id(&row.record()))
            .collect();
        let here = present(connection, &records).await?;
        let held = {
            let tx = connection.read(&[OUTBOX])?;
            let queue = tx.store(OUTBOX)?.index(BY_MUTATION)?;
            let mut held = Vec::new();
            for row in rows {
                held.extend(queue.get(row.id()).await?.map(row::of));
            }
            held
        };
        held.iter().for_each(|queued| self.release(queued));

        // Records with their bodies before and after. One that cannot be read stays as it is.
        let mut bodies: BTreeMap<Id, (Stored, Value, Value)> = BTreeMap::new();
        for (id, stored) in here {
            let Ok(stored) = stored else { continue };
            if let Ok(json) = stored.json(&self.inner.sealer).await {
                bodies.insert(id, (stored, json.clone(), json));
            }
        }
        // The last fill first: each is taken back from the value it left.
        for row in rows.iter().rev() {
            self.batch.deletes.push((FILLS, row.id()));
            let changes = row::read_json::<Vec<Change>>(&self.inner.sealer, row)
                .await
                .ok();
            let body = row::id(&row.record()).and_then(|id| bodies.get_mut(&id));
            let (Some(changes), Some((_, _, body))) = (changes, body) else {
                self.done.kept_edited += 1;
                continue;
            };
            let (back, touched) = invert(body, &changes);
            *body = apply(body, &back);
            if touched {
                self.done.kept_edited += 1
            } else {
                self.done.restored += 1
            }
        }
        for (stored, before, after) in bodies.into_values() {
            self.put_back(stored, &before, after).await?;
        }
        Ok(())
    }

    async fn put_back(
        &mut self,
        stored: Stored,
        before: &Value,
        after: Value,
    ) -> Result<(), StoreError> {
        let (kind, was) = (stored.kind, stored.envelope);
        let mut envelope = was.clone();
        envelope.changed_ms = envelope.changed_ms.max(self.at.at_ms);
        let id = (self.new_id)();
        let mutation = Mutation::between(
            id,
            self.at.clone(),
            schema_of(kind),
            kind,
            Some((&was, before)),
            (&envelope, &after),
        );
        let Some(mutation) = mutation else {
            return Ok(());
        };
        self.batch
            .queue
            .push(row::queued(&self.inner.sealer, &mutation.freeze(None)?).await);
        self.batch
            .expect(RECORDS, js(&envelope.id), Seen::Rev(stored.rev));
        let sealed = self.inner.sealer.seal(serde_json::to_vec(&after)?).await;
        let entry = Entry {
            envelope,
            body: AnyBody::from_json(kind, after)?,
        };
        let row = row::record(&entry, stored.rev + 1, false, &sealed)?;
        if let Some(base) = &stored.base {
            row.set_base(base);
        }
        self.batch.puts.push((RECORDS, row));
        Ok(())
    }
}

/// The changes that take others back, where the value is still the one they left; and whether one was not.
pub fn invert(body: &Value, changes: &[Change]) -> (Vec<Change>, bool) {
    let value = |field: &String| body.get(field).unwrap_or(&Value::Null);
    let item = |field: &String, item: &Value| {
        let list = body.get(field).and_then(Value::as_array)?;
        list.iter().find(|have| have.get("id") == item.get("id"))
    };
    let mut back = Vec::new();
    for change in changes.iter().rev() {
        back.extend(match change {
            Change::Set { field, old, new } if value(field) == new => Some(Change::Set {
                field: field.clone(),
                old: new.clone(),
                new: old.clone(),
            }),
            Change::Add { field, item: added } if item(field, added) == Some(added) => {
                Some(Change::Remove {
                    field: field.clone(),
                    item: added.clone(),
                })
            }
            Change::Remove {
                field,
                item: removed,
            } if item(field, removed).is_none() => Some(Change::Add {
                field: field.clone(),
                item: removed.clone(),
            }),
            Change::Replace { field, old, new } if item(field, new) == Some(new) => {
                Some(Change::Replace {
                    field: field.clone(),
                    old: new.clone(),
                    new: old.clone(),
                })
            }
            _ => None,
        });
    }
    let touched = back.len() < changes.len();
    (back, touched)
}
