//! One tab syncs at a time. The right to do so is a lease in the database itself: it ends by time when its tab is frozen
//! or killed, and every transaction that applies an answer checks its number, so that a tab which slept through its lease
//! changes nothing (sync.md, faults 5 and 27).

use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::keep::get;
use super::raw::Row;
use super::schema::META;
use super::write::{Batch, Seen, commit};
use super::{Store, StoreError, row};
use crate::domain::id::Id;

/// How long a lease holds without being renewed, milliseconds.
pub const LEASE_MS: i64 = 30_000;

const LEASE: &str = "lease";

/// A number that is valid until another tab takes the lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease(u64);

impl Lease {
    /// Makes a transaction fail that is no longer this lease's.
    pub(super) fn check(self, batch: &mut Batch) {
        batch.expect(META, LEASE.into(), Seen::Lease(self.0));
    }
}

impl Store {
    /// Takes the lease, or renews it for the tab that has it; `None` while another tab holds it that is not `gone`.
    pub async fn take_lease(
        &self,
        tab: Id,
        gone: Option<Id>,
        now_ms: i64,
    ) -> Result<Option<Lease>, StoreError> {
        let inner = &self.0;
        let taken = inner
            .run(async |connection| {
                let held = Held::read(connection).await?;
                let ours = held.tab == Some(tab);
                let gone = gone.is_some() && held.tab == gone;
                if !ours && !gone && held.is_running(now_ms) {
                    return Ok(None);
                }
                let number = if ours { held.number } else { held.number + 1 };
                let mut batch = Batch::passing();
                batch.expect(META, LEASE.into(), held.seen());
                batch
                    .puts
                    .push((META, lease_row(number, tab, now_ms + LEASE_MS)));
                commit(inner, connection, &batch).await?;
                Ok(Some(Lease(number)))
            })
            .await;
        match taken {
            // Another tab was quicker.
            Err(StoreError::Overtaken) => Ok(None),
            other => other,
        }
    }

    /// The tab that has the lease, or had it last.
    pub async fn lease_holder(&self) -> Result<Option<Id>, StoreError> {
        self.0
            .run(async |connection| Ok(Held::read(connection).await?.tab))
            .await
    }

    /// Lets another tab take over at once.
    pub async fn end_lease(&self, tab: Id) -> Result<(), StoreError> {
        let inner = &self.0;
        let ended = inner
            .run(async |connection| {
                let held = Held::read(connection).await?;
                if held.tab != Some(tab) {
                    return Ok(());
                }
                let mut batch = Batch::passing();
                batch.expect(META, LEASE.into(), held.seen());
                batch.puts.push((META, lease_row(held.number, tab, 0)));
                commit(inner, connection, &batch).await.map(drop)
            })
            .await;
        match ended {
            Err(StoreError::Overtaken) => Ok(()),
            other => other,
        }
    }
}

struct Held {
    number: u64,
    tab: Option<Id>,
    until_ms: i64,
}

impl Held {
    async fn read(connection: &Connection) -> Result<Self, StoreError> {
        let row = get(connection, META, LEASE).await?;
        let row = row.unwrap_or_else(|| row::of(JsValue::UNDEFINED));
        Ok(Self {
            number: row::whole(&row.rev()).unwrap_or(0),
            tab: row::id(&row.record()),
            until_ms: row::millis(&row.at()).unwrap_or(0),
        })
    }

    /// A lease from the future is one of a clock that was set back since: it is not waited for.
    fn is_running(&self, now_ms: i64) -> bool {
        (now_ms..=now_ms + LEASE_MS).contains(&self.until_ms)
    }

    fn seen(&self) -> Seen {
        match self.number {
            0 => Seen::Absent,
            number => Seen::Rev(number),
        }
    }
}

fn lease_row(number: u64, tab: Id, until_ms: i64) -> Row {
    let row = Row::new();
    row.set_id(LEASE);
    row.set_rev(number as f64);
    row.set_record(&tab.to_string());
    row.set_at(until_ms as f64);
    row
}
