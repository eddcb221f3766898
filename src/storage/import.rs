//! Imports and the leads they bring. A chunk's records, their queue rows and the import's own progress are one
//! transaction; until the import is committed its records are not shown and its queue rows not sent.

use rexie::KeyRange;

use super::codec::Sealer;
use super::connect::Connection;
use super::keep::{self, corrupt, hidden};
use super::plan::plan;
use super::raw::{Durability, Row};
use super::row::{self, js};
use super::save::{Write, replan};
use super::schema::{FILLS, IMPORTS, LEADS, PLANS};
use super::write::{Batch, commit};
use super::{Store, StoreError};
use crate::domain::id::Id;
use crate::domain::import::{Import, Phase};
use crate::domain::lead::Lead;
use crate::domain::merge::Change;

#[derive(Debug, Clone, Default)]
pub struct LeadPage {
    pub leads: Vec<Lead>,
    pub unreadable: u32,
    /// Where the next page starts; `None` after the last one.
    pub next: Option<Id>,
}

impl Store {
    /// All imports, without their plans.
    pub async fn imports(&self) -> Result<Vec<Import>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let rows = connection
                    .read(&[IMPORTS])?
                    .store(IMPORTS)?
                    .get_all(None, None)
                    .await?;
                let mut imports = Vec::with_capacity(rows.len());
                for row in rows {
                    imports.extend(
                        row::read_json::<Import>(&inner.sealer, &row::of(row))
                            .await
                            .ok(),
                    );
                }
                Ok(imports)
            })
            .await
    }

    /// An import with its plan, to go on with it after a kill.
    pub async fn import(&self, id: Id) -> Result<Option<Import>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| read_import(&inner.sealer, connection, id).await)
            .await
    }

    /// Keeps an import. Its plan is kept when there is one, and dropped when the phase needs it no more; an empty plan
    /// of an import still being written leaves the kept one alone. Committing is this call with [`Phase::Committed`].
    pub async fn put_import(&self, import: &Import) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::new(Durability::Strict);
                plan_import(&inner.sealer, import, &mut batch).await?;
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Writes one chunk: records, queue rows held back, leads, and the import's progress (`done` already advanced).
    /// New records are marked with the import; what it changes in others is noted down, to be taken back by an undo.
    pub async fn write_chunk(
        &self,
        import: &Import,
        writes: Vec<Write>,
        leads: Vec<Lead>,
    ) -> Result<(), StoreError> {
        self.chunk(import, writes, leads, true).await
    }

    /// As [`Store::write_chunk`], for new records that must never be uploaded: the demo portfolio. Should a person make
    /// one of them their own, the undo of the import queues it.
    pub async fn write_local_chunk(
        &self,
        import: &Import,
        writes: Vec<Write>,
    ) -> Result<(), StoreError> {
        self.chunk(import, writes, Vec::new(), false).await
    }

    async fn chunk(
        &self,
        import: &Import,
        writes: Vec<Write>,
        leads: Vec<Lead>,
        queue: bool,
    ) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                replan(async || {
                    let mut plan = plan(inner, connection, &writes, Some(import.id)).await?;
                    if !queue {
                        plan.batch.queue.clear();
                    }
                    for (id, record, changes) in &plan.fills {
                        let row = fill_row(&inner.sealer, *id, import.id, *record, changes).await?;
                        plan.batch.puts.push((FILLS, row));
                    }
                    for lead in &leads {
                        plan.batch
                            .puts
                            .push((LEADS, lead_row(&inner.sealer, lead).await?));
                    }
                    plan.batch
                        .puts
                        .push((IMPORTS, import_row(&inner.sealer, import).await?));
                    commit(inner, connection, &plan.batch).await.map(drop)
                })
                .await
            })
            .await
    }

    /// Leads in the order of their ids; those of an unfinished import are left out.
    pub async fn leads_page(&self, after: Option<Id>, limit: u32) -> Result<LeadPage, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let range = after
                    .map(|id| KeyRange::lower_bound(&js(&id), Some(true)))
                    .transpose()?;
                let tx = connection.read(&[LEADS, IMPORTS])?;
                let rows = tx.store(LEADS)?.get_all(range, Some(limit)).await?;
                let hidden = hidden(&tx).await?;
                let full = rows.len() as u64 >= u64::from(limit);
                let mut page = LeadPage {
                    leads: Vec::with_capacity(rows.len()),
                    ..LeadPage::default()
                };
                page.next = rows
                    .last()
                    .filter(|_| full)
                    .and_then(|last| row::id(&row::of(last.clone()).id()));
                for row in rows.into_iter().map(row::of) {
                    if row::id(&row.import()).is_some_and(|import| hidden.contains(&import)) {
                        continue;
                    }
                    match row::read_json(&inner.sealer, &row).await {
                        Ok(lead) => page.leads.push(lead),
                        Err(_) => page.unreadable += 1,
                    }
                }
                Ok(page)
            })
            .await
    }

    pub async fn lead(&self, id: Id) -> Result<Option<Lead>, StoreError> {
        let inner = &self.0;
        inner
            .run(
                async |connection| match keep::get(connection, LEADS, &id.to_string()).await? {
                    Some(row) => row::read_json(&inner.sealer, &row)
                        .await
                        .map(Some)
                        .map_err(|fault| corrupt("lead", &fault)),
                    None => Ok(None),
                },
            )
            .await
    }

    pub async fn put_lead(&self, lead: &Lead) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let row = lead_row(&inner.sealer, lead).await?;
                keep::put(inner, connection, LEADS, row).await
            })
            .await
    }
}

pub async fn plan_import(
    sealer: &Sealer,
    import: &Import,
    batch: &mut Batch,
) -> Result<(), StoreError> {
    batch
        .puts
        .push((IMPORTS, import_row(sealer, import).await?));
    if import.phase != Phase::Writing {
        batch.deletes.push((PLANS, js(&import.id)));
    } else if !import.plan.is_empty() {
        let plan = import.plan.as_bytes().to_vec();
        batch.puts.push((
            PLANS,
            row::sealed_bytes(sealer, &import.id.to_string(), plan).await,
        ));
    }
    Ok(())
}

pub async fn read_import(
    sealer: &Sealer,
    connection: &Connection,
    id: Id,
) -> Result<Option<Import>, StoreError> {
    let key = id.to_string();
    let Some(row) = keep::get(connection, IMPORTS, &key).await? else {
        return Ok(None);
    };
    let mut import: Import = row::read_json(sealer, &row)
        .await
        .map_err(|fault| corrupt("import", &fault))?;
    if let Some(row) = keep::get(connection, PLANS, &key).await? {
        let plan = row::read_bytes(sealer, &row)
            .await
            .map_err(|fault| corrupt("import plan", &fault))?;
        import.plan = String::from_utf8_lossy(&plan).into_owned();
    }
    Ok(Some(import))
}

/// An import's row, without its plan: every chunk rewrites it.
pub async fn import_row(sealer: &Sealer, import: &Import) -> Result<Row, StoreError> {
    let head = Import {
        id: import.id,
        target: import.target,
        phase: import.phase,
        file_name: import.file_name.clone(),
        at: import.at.clone(),
        total: import.total,
        done: import.done,
        plan: String::new(),
        counts: import.counts.clone(),
    };
    let row = row::sealed_json(sealer, &import.id.to_string(), &head).await?;
    if matches!(import.phase, Phase::Writing | Phase::Undoing) {
        row.set_hidden(1.0);
    }
    Ok(row)
}

pub async fn lead_row(sealer: &Sealer, lead: &Lead) -> Result<Row, StoreError> {
    let row = row::sealed_json(sealer, &lead.id.to_string(), lead).await?;
    row.set_import(&js(&lead.import));
    Ok(row)
}

/// What an import changed in a record it did not bring, under the id of the mutation that did it.
pub async fn fill_row(
    sealer: &Sealer,
    mutation: Id,
    import: Id,
    record: Id,
    changes: &Vec<Change>,
) -> Result<Row, StoreError> {
    let row = row::sealed_json(sealer, &mutation.to_string(), changes).await?;
    row.set_import(&js(&import));
    row.set_record(&record.to_string());
    Ok(row)
}
