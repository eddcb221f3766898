//! Saving records. A save is planned on what the database holds now, not on what the caller had loaded: another tab may
//! have written in between, and then the caller's own changes are laid over that, field by field.

use super::connect::Connection;
use super::plan::plan;
use super::schema::{BLOBS, DRAFTS, LEADS};
use super::write::{Batch, commit};
use super::{Inner, OutboxHead, Store, StoreError};
use super::{keep, lists};
use crate::domain::consent::Suppression;
use crate::domain::id::Id;
use crate::domain::lead::Lead;
use crate::domain::record::AnyEntry;
use crate::domain::time::Moment;

/// One record to be written.
#[derive(Debug, Clone)]
pub struct Write {
    /// The record as the caller had it when the change was made; `None` for a new one.
    pub old: Option<AnyEntry>,
    pub new: AnyEntry,
    /// Id of the mutation to be queued, made for this write alone.
    pub mutation: Id,
    pub at: Moment,
}

/// What one act of a person changes. All of it is kept, or nothing.
#[derive(Debug, Clone, Default)]
pub struct Save {
    pub writes: Vec<Write>,
    /// Photos by their SHA-256, lower-case hex.
    pub blobs: Vec<(String, Vec<u8>)>,
    /// Form texts that have become records.
    pub drop_drafts: Vec<String>,
    /// A lead that has become an organisation by this save.
    pub touch_lead: Option<Lead>,
    /// The whole list as it shall be; what another tab added meanwhile stays.
    pub suppression: Option<Suppression>,
}

#[derive(Debug, Clone)]
pub struct Saved {
    /// The records as they are stored now, one a write, in the order of the writes.
    pub entries: Vec<AnyEntry>,
    pub outbox: OutboxHead,
}

/// How often a save is planned anew because other tabs wrote first.
const ATTEMPTS: u32 = 4;

impl Store {
    /// Keeps a save with strict durability, and answers only when it is kept.
    pub async fn save(&self, save: Save) -> Result<Saved, StoreError> {
        let inner = &self.0;
        let saved = inner
            .run(async |connection| {
                replan(async || {
                    let mut plan = plan(inner, connection, &save.writes, None).await?;
                    keep_rest(inner, connection, &save, &mut plan.batch).await?;
                    let outbox = commit(inner, connection, &plan.batch).await?;
                    Ok(Saved {
                        entries: plan.entries,
                        outbox,
                    })
                })
                .await
            })
            .await?;
        if let Some(list) = save.suppression {
            inner.suppression.replace(list);
        }
        Ok(saved)
    }
}

/// Plans and commits until no other tab comes in between.
pub async fn replan<T>(attempt: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(StoreError::Overtaken) => {}
            other => return other,
        }
    }
    match attempt().await {
        Err(StoreError::Overtaken) => Err(StoreError::Aborted(
            "other tabs keep writing the same record".into(),
        )),
        other => other,
    }
}

/// Photos, form texts, the lead and the opted-out list of a save.
async fn keep_rest(
    inner: &Inner,
    connection: &Connection,
    save: &Save,
    batch: &mut Batch,
) -> Result<(), StoreError> {
    for (digest, bytes) in &save.blobs {
        batch.puts.push((
            BLOBS,
            keep::blob_row(&inner.sealer, digest, bytes.clone()).await,
        ));
    }
    for key in &save.drop_drafts {
        batch.deletes.push((DRAFTS, key.into()));
    }
    if let Some(lead) = &save.touch_lead {
        batch
            .puts
            .push((LEADS, super::import::lead_row(&inner.sealer, lead).await?));
    }
    if let Some(list) = &save.suppression {
        lists::plan_save(inner, connection, list, batch).await?;
    }
    Ok(())
}
