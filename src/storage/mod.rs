//! The book's database: the only place that names IndexedDB. One schema table (`schema.rs`), one codec (`codec.rs`), one
//! write path (`write.rs`). A value is saved when the transaction that holds it has completed, and not before.

mod backup;
mod codec;
mod connect;
mod counts;
mod error;
mod feed;
mod head;
mod import;
mod keep;
mod lease;
mod lists;
mod plan;
mod profiles;
mod queue;
mod raw;
mod read;
mod rescue;
mod rescue_in;
mod restore;
mod row;
mod save;
mod schema;
mod send;
mod transfers;
mod undo;
mod undo_fills;
mod write;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen_futures::spawn_local;

pub use self::backup::{BackupChunk, BackupRow, BackupStore, FillRow, RecordRow};
use self::codec::Sealer;
pub use self::connect::Opening;
use self::connect::{Connection, Ended};
pub use self::counts::{Counts, Unreadable};
pub use self::error::StoreError;
pub use self::feed::{Cursor, Taken};
pub use self::head::MetaKey;
pub use self::import::LeadPage;
pub use self::keep::Draft;
pub use self::lease::{LEASE_MS, Lease};
pub use self::queue::Dropped;
use self::raw::sleep;
pub use self::read::{Loaded, OutboxPage, Page};
pub use self::rescue::{RescueKey, RescuePlan};
pub use self::restore::Restored;
pub use self::save::{Save, Saved, Write};
pub use self::schema::{IndexSpec, Schema, StoreSpec};
pub use self::send::{Answered, Outgoing};
pub use self::transfers::{Transfers, Way};
pub use self::undo::Undone;
use crate::domain::consent::Suppression;
use crate::domain::id::Id;
use crate::domain::import::Import;

/// Handle on the open book. Cheap to clone; all clones are one book.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

/// What happens to the open book by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreEvent {
    /// A newer build wants the database, or it was deleted: this tab has let go of it and must be loaded anew.
    ClosedByNewerVersion,
    /// The connection had died and a new one stands; nothing was lost.
    Reopened,
}

/// What a new book starts with. A book that is there already keeps its own.
#[derive(Debug, Clone)]
pub struct Seed {
    pub device: Id,
    /// Random text for the digests of opted-out addresses.
    pub salt: String,
}

/// What is known before anything is written.
#[derive(Debug, Clone)]
pub struct Head {
    pub device: Id,
    /// The server's generation this book last met; 0 for one that never met a server.
    pub generation: u64,
    /// Version of the database's layout.
    pub schema: u32,
    /// This opening made the book: it is new, or what was there is gone.
    pub was_created: bool,
    pub outbox: OutboxHead,
    /// Imports neither committed nor undone, without their plans; see [`Store::import`].
    pub imports: Vec<Import>,
    pub suppression: Suppression,
    /// Lists that came with a restored backup of another book and keep their own salt. They are asked too, never added to.
    pub restored_suppressions: Vec<Suppression>,
}

/// The queue in short.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxHead {
    pub count: u64,
    /// Device time of the oldest row, Unix milliseconds.
    pub oldest_ms: Option<i64>,
}

struct Inner {
    name: String,
    opening: Opening,
    sealer: Sealer,
    connection: RefCell<Option<Rc<Connection>>>,
    /// Why this tab must not use the database any more.
    refused: RefCell<Option<StoreError>>,
    on_event: Box<dyn Fn(StoreEvent)>,
    /// What the browser said of the last writing transaction.
    durability: RefCell<String>,
    /// The opted-out list as the caller last saw it: tells what a save added and what it removed.
    suppression: RefCell<Suppression>,
    was_created: Cell<bool>,
}

/// New connections tried before an operation is given up.
const REOPENINGS: u32 = 3;

impl Store {
    /// Opens the book of a profile, and makes it if there is none. Older layouts are added to, never taken from.
    pub async fn open(
        profile: Id,
        seed: Seed,
        on_event: impl Fn(StoreEvent) + 'static,
    ) -> Result<(Store, Head), StoreError> {
        Self::open_as(profile, seed, on_event, Opening::default()).await
    }

    pub async fn open_as(
        profile: Id,
        seed: Seed,
        on_event: impl Fn(StoreEvent) + 'static,
        opening: Opening,
    ) -> Result<(Store, Head), StoreError> {
        let store = Store(Rc::new(Inner {
            name: database_name(profile),
            opening,
            sealer: Sealer::Open,
            connection: RefCell::new(None),
            refused: RefCell::new(None),
            on_event: Box::new(on_event),
            durability: RefCell::new(String::new()),
            suppression: RefCell::new(Suppression::default()),
            was_created: Cell::new(false),
        }));
        store.0.first_connection().await?;
        store.0.was_created.set(store.plant(&seed).await?);
        let head = store.head().await?;
        store.0.suppression.replace(head.suppression.clone());
        Ok((store, head))
    }

    /// How the browser says it keeps the last saved transaction; empty where it does not say.
    pub fn last_durability(&self) -> String {
        self.0.durability.borrow().clone()
    }

    /// Lets the database go; the next operation opens it again.
    pub fn close(&self) {
        if let Some(connection) = self.0.connection.take() {
            connection.close();
        }
    }

    /// Deletes the book: an administrator's order for a device that was lost. Nothing else ever does.
    pub async fn destroy(self) -> Result<(), StoreError> {
        self.close();
        let factory = idb::Factory::new()?;
        factory.delete(&self.0.name)?.await?;
        Ok(())
    }

    /// Closes the connection without telling the store, as a browser does whose storage process has died. For tests.
    #[doc(hidden)]
    pub fn sever(&self) {
        if let Some(connection) = self.0.connection.borrow().as_ref() {
            connection.close();
        }
    }
}

/// What the name of every book's database begins with.
const PREFIX: &str = "topfloor-";

/// The database of a profile.
pub fn database_name(profile: Id) -> String {
    format!("{PREFIX}{profile}")
}

impl Inner {
    /// Runs an operation, wholly repeated on a new connection when the old one has died. An operation plans from what
    /// it reads, so a repeat of one that had gone through finds nothing left to do.
    async fn run<T>(
        self: &Rc<Self>,
        operation: impl AsyncFn(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut reopened = 0;
        loop {
            match self.attempt(&operation).await {
                Err(StoreError::Lost(_)) => {
                    if let Some(refused) = self.refused.borrow().clone() {
                        return Err(refused);
                    }
                    if reopened == REOPENINGS {
                        return Err(StoreError::Dead);
                    }
                    reopened += 1;
                    // A storage process that has just crashed needs a moment.
                    sleep(50 * i32::try_from(reopened).unwrap_or(1)).await;
                }
                other => return other,
            }
        }
    }

    async fn attempt<T>(
        self: &Rc<Self>,
        operation: &impl AsyncFn(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.connected().await?;
        let result = operation(&connection).await;
        if let Err(StoreError::Lost(_)) = &result {
            connection.close();
            // Another operation may have put a new one there already.
            let mut slot = self.connection.borrow_mut();
            if slot
                .as_ref()
                .is_some_and(|held| Rc::ptr_eq(held, &connection))
            {
                slot.take();
            }
        }
        result
    }

    async fn connected(self: &Rc<Self>) -> Result<Rc<Connection>, StoreError> {
        if let Some(refused) = self.refused.borrow().clone() {
            return Err(refused);
        }
        if let Some(connection) = self.connection.borrow().clone() {
            return Ok(connection);
        }
        let connection = self.connect().await?;
        (self.on_event)(StoreEvent::Reopened);
        Ok(connection)
    }

    /// Opening for the first time: a browser that refuses has no database for us, rather than a dead one.
    async fn first_connection(self: &Rc<Self>) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            match self.connect().await {
                Err(StoreError::Lost(why)) if tries == REOPENINGS => {
                    return Err(StoreError::Unavailable(why));
                }
                Err(StoreError::Lost(_)) => tries += 1,
                Err(error) => return Err(error),
                Ok(_) => return Ok(()),
            }
            sleep(50 * tries as i32).await;
        }
    }

    async fn connect(self: &Rc<Self>) -> Result<Rc<Connection>, StoreError> {
        let inner = Rc::downgrade(self);
        let connection = Rc::new(
            Connection::open(&self.name, &self.opening, move |ended| {
                Self::ended(&inner, ended)
            })
            .await?,
        );
        self.connection.replace(Some(connection.clone()));
        Ok(connection)
    }

    /// The connection ended by itself. Called from its own event handler, so it is dropped later.
    fn ended(inner: &Weak<Self>, ended: Ended) {
        let Some(inner) = inner.upgrade() else { return };
        if let Some(connection) = inner.connection.take() {
            connection.close();
            spawn_local(async move { drop(connection) });
        }
        let refusal = match ended {
            Ended::Upgraded { to } => StoreError::NewerVersion { found: to },
            Ended::Deleted => StoreError::Deleted,
            Ended::Closed => return,
        };
        inner.refused.replace(Some(refusal));
        (inner.on_event)(StoreEvent::ClosedByNewerVersion);
    }
}
