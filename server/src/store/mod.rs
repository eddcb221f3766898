//! What the gateway keeps, behind one trait: SQLite in this build (`sqlite/`), PostgreSQL where users outgrow one
//! machine. Every implementation passes the suite in `suite.rs`. The calls block; the API runs them off its own threads.

pub mod sqlite;
#[cfg(test)]
pub(crate) mod suite;

use std::path::Path;

use topfloor::domain::id::Id;
use topfloor::wire::{Order, PullAnswer, PushResult, Role, ScopeState, User};

pub type Result<T> = std::result::Result<T, StoreError>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the user name {0:?} is taken")]
    NameTaken(String),
    #[error("no user {0:?}")]
    NoUser(String),
    #[error("no device {0}")]
    NoDevice(Id),
    /// A device's book belongs to one user for good.
    #[error("device {0} belongs to another user")]
    OtherUser(Id),
    #[error("the database is of layout {found}, newer than this server's {known}")]
    Newer { found: i64, known: i64 },
    #[error("damaged: {0}")]
    Damaged(String),
    /// The disk is full or the database cannot be written; nothing of the call was kept.
    #[error("the database cannot be written: {0}")]
    Unwritable(String),
    #[error("the database failed: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
    #[error("{what}: {source}")]
    File {
        what: String,
        source: std::io::Error,
    },
}

/// A user with what only the server sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub user: User,
    /// In the PHC string format.
    pub password_hash: String,
    pub closed: bool,
    /// Unix milliseconds.
    pub created_ms: i64,
}

#[derive(Debug, Clone)]
pub struct NewUser<'a> {
    pub id: Id,
    /// The name to sign in with; compared without regard to case.
    pub name: &'a str,
    pub shown: &'a str,
    pub role: Role,
    pub password_hash: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: Id,
    pub user: User,
    pub name: String,
    /// Unix milliseconds of the first sign-in and of the last request.
    pub created_ms: i64,
    pub seen_ms: i64,
    pub revoked: bool,
    pub order: Option<Order>,
    /// The user's account was closed.
    pub closed: bool,
}

/// A mutation as it came, not yet looked at.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub number: u64,
    pub id: Id,
    pub digest: String,
    pub body: String,
}

/// What a page of a feed was asked for, and may be answered.
#[derive(Debug)]
pub enum Pull {
    Page(PullAnswer),
    /// No such scope, or not this user's.
    NoAccess,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobState {
    Missing,
    /// So many bytes are here.
    Partial(u64),
    Complete(u64),
}

/// An act beside the records themselves, for the audit trail. It names ids and no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    pub at_ms: i64,
    pub user: Option<Id>,
    pub device: Option<Id>,
    /// `sign_in`, `sign_in_refused`, `sign_out`, `revoke`, `user_added`, `password_set`, `user_closed`, `backup`, …
    pub act: String,
    pub detail: String,
}

/// What `doctor` found; empty lists mean nothing is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub users: u64,
    pub devices: u64,
    pub records: u64,
    pub mutations: u64,
    pub blobs: u64,
    pub faults: Vec<String>,
}

pub trait Store: Send + Sync + 'static {
    /// New after any restore; Unix milliseconds.
    fn generation(&self) -> Result<u64>;

    fn add_user(&self, new: &NewUser, now_ms: i64) -> Result<User>;
    fn account(&self, name: &str) -> Result<Option<Account>>;
    fn accounts(&self) -> Result<Vec<Account>>;
    fn set_password(&self, user: Id, password_hash: &str, now_ms: i64) -> Result<()>;
    fn set_closed(&self, user: Id, closed: bool, now_ms: i64) -> Result<()>;

    /// Registers the device, or gives it a new token; a revoked device stays revoked until the administrator readmits it.
    fn sign_in(
        &self,
        user: Id,
        device: Id,
        name: &str,
        token_digest: &[u8; 32],
        now_ms: i64,
    ) -> Result<Device>;
    fn sign_out(&self, device: Id, now_ms: i64) -> Result<()>;
    fn device_of_token(&self, token_digest: &[u8; 32], now_ms: i64) -> Result<Option<Device>>;
    fn device(&self, device: Id) -> Result<Option<Device>>;
    fn devices(&self, user: Id) -> Result<Vec<Device>>;
    /// Ends the device's token with an order for the device; `None` for both readmits it.
    fn revoke(&self, device: Id, revoked: bool, order: Option<Order>, now_ms: i64) -> Result<()>;

    /// Applies a batch in order, in one transaction; each mutation's result is final before this returns.
    fn apply(&self, sender: &Device, batch: &[Incoming], now_ms: i64) -> Result<Vec<PushResult>>;
    fn scopes(&self, user: Id) -> Result<Vec<ScopeState>>;
    /// The mutation numbers of a device that are here, as ranges.
    fn held(&self, device: Id) -> Result<Vec<(u64, u64)>>;
    fn pull(&self, user: Id, scope: &str, since: u64, limit: u32) -> Result<Pull>;

    fn blob_state(&self, digest: &str) -> Result<BlobState>;
    /// Adds a part at `offset`. Answers the state after it: a part that does not fit the offset changes nothing, a whole
    /// that does not match its digest is thrown away.
    fn put_blob(
        &self,
        sender: &Device,
        digest: &str,
        size: u64,
        offset: u64,
        part: &[u8],
        now_ms: i64,
    ) -> Result<BlobState>;
    /// The bytes, for a user who sees a record that shows them.
    fn blob(&self, user: Id, digest: &str) -> Result<Option<Vec<u8>>>;

    fn audit(&self, entry: &Audit) -> Result<()>;
    fn audit_trail(&self, limit: u32) -> Result<Vec<Audit>>;

    /// Writes a copy that can be restored, while everything goes on.
    fn backup(&self, to: &Path, now_ms: i64) -> Result<()>;
    fn check(&self) -> Result<Report>;
}
