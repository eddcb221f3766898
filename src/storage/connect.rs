//! Opening and losing the database. Two connections: the raw one upgrades and writes, because only it can ask for strict
//! durability and never deletes what it does not list; the other one, by rexie at the version reached, reads.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use idb::{DatabaseEvent, Event, Factory, Request};
use rexie::{Rexie, TransactionMode};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::StoreError;
use super::raw::sleep;
use super::schema::{self, Schema};

/// How a database is opened. Tests open other layouts and wait less; everybody else takes the default.
#[derive(Debug, Clone)]
pub struct Opening {
    pub schema: Schema,
    /// How long another tab may take to let go of the old version, milliseconds.
    pub blocked_ms: i32,
}

impl Default for Opening {
    fn default() -> Self {
        Self {
            schema: Schema::current(),
            blocked_ms: 3_000,
        }
    }
}

/// Longest wait for a browser that neither opens the database nor says why, milliseconds.
const SILENT_MS: i32 = 30_000;

/// Why an open connection ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// A newer build wants to upgrade.
    Upgraded {
        to: u32,
    },
    Deleted,
    /// The browser closed it, for example when storage was cleared.
    Closed,
}

pub struct Connection {
    pub raw: web_sys::IdbDatabase,
    /// Keeps the event handlers alive.
    _events: idb::Database,
    reads: RefCell<Option<Rexie>>,
}

impl Connection {
    /// Opens both connections, after adding what the schema has and the database has not.
    pub async fn open(
        name: &str,
        opening: &Opening,
        ended: impl Fn(Ended) + Clone + 'static,
    ) -> Result<Self, StoreError> {
        let raw = match open_raw(name, opening).await {
            Err(StoreError::NewerVersion { .. }) => {
                return Err(StoreError::NewerVersion {
                    found: version_of(name).await.unwrap_or_default(),
                });
            }
            other => other?,
        };
        let mut events = idb::Database::from(raw.clone());
        let on_close = ended.clone();
        events.on_close(move |_| on_close(Ended::Closed));
        events.on_version_change(move |event| {
            let to = event
                .dyn_into::<web_sys::IdbVersionChangeEvent>()
                .ok()
                .and_then(|event| event.new_version());
            ended(match to {
                Some(version) => Ended::Upgraded { to: version as u32 },
                None => Ended::Deleted,
            });
        });
        if let Some(store) = schema::missing(&opening.schema, &events) {
            raw.close();
            return Err(StoreError::Corrupt {
                what: format!("store {store} is missing"),
            });
        }
        // At the version reached there is nothing to upgrade, so rexie has no occasion to delete a store.
        let reads = match Rexie::builder(name)
            .version(opening.schema.version)
            .build()
            .await
        {
            Ok(reads) => reads,
            Err(error) => {
                raw.close();
                return Err(error.into());
            }
        };
        Ok(Self {
            raw,
            _events: events,
            reads: RefCell::new(Some(reads)),
        })
    }

    /// A reading transaction.
    pub fn read(&self, stores: &[&str]) -> Result<rexie::Transaction, StoreError> {
        match self.reads.borrow().as_ref() {
            Some(reads) => Ok(reads.transaction(stores, TransactionMode::ReadOnly)?),
            None => Err(StoreError::Lost("closed".into())),
        }
    }

    /// Lets both connections go, as soon as their running transactions have ended.
    pub fn close(&self) {
        self.raw.close();
        if let Some(reads) = self.reads.borrow_mut().take() {
            reads.close();
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.close();
    }
}

async fn open_raw(name: &str, opening: &Opening) -> Result<web_sys::IdbDatabase, StoreError> {
    let mut request = Factory::new()?.open(name, Some(opening.schema.version))?;

    let upgrading = Rc::new(Cell::new(false));
    let fault = Rc::new(RefCell::new(None));
    request.on_upgrade_needed({
        let (upgrading, fault, schema) = (upgrading.clone(), fault.clone(), opening.schema.clone());
        move |event| {
            upgrading.set(true);
            if let Err(error) = upgrade(&event, &schema) {
                fault.replace(Some(error));
            }
        }
    });
    let (say_blocked, blocked) = oneshot::channel();
    request.on_blocked(move |_| {
        // Nobody listens any more when opening was given up.
        let _ = say_blocked.send(());
    });

    let (answer, mut answered) = oneshot::channel();
    spawn_local(async move {
        if let Err(Ok(late)) = answer.send(request.await) {
            // Nobody waits for it any more; left open it would block every later upgrade.
            late.close();
        }
    });

    let blocked_ms = opening.blocked_ms;
    let patience = Box::pin(async move {
        if let Either::Left(_) = select(blocked, Box::pin(sleep(SILENT_MS))).await {
            sleep(blocked_ms).await;
        }
    });
    let answer = match select(&mut answered, patience).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) if upgrading.get() => answered.await,
        Either::Right(_) => return Err(StoreError::Blocked),
    };
    let database = answer.map_err(|_| StoreError::Lost("opening was dropped".into()))?;
    match (database, fault.take()) {
        (Ok(database), None) => Ok(database.into()),
        (Ok(database), Some(fault)) => {
            database.close();
            Err(fault)
        }
        (Err(_), Some(fault)) => Err(fault),
        (Err(error), None) => Err(error.into()),
    }
}

/// Runs inside the upgrade transaction; a half-made layout is undone with it.
fn upgrade(event: &idb::event::VersionChangeEvent, schema: &Schema) -> Result<(), StoreError> {
    let database = event.database()?;
    let tx = event
        .target()?
        .transaction()
        .ok_or(StoreError::Js("an upgrade without a transaction".into()))?;
    schema::upgrade(schema, &database, &tx).inspect_err(|_| {
        // Already aborted when this fails.
        let _ = tx.abort();
    })
}

/// The version a database has, for telling that it is newer than this build.
async fn version_of(name: &str) -> Result<u32, StoreError> {
    let database = Factory::new()?.open(name, None)?.await?;
    let version = database.version();
    database.close();
    Ok(version?)
}
