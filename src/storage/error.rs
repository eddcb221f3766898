//! What can go wrong with the book's database, told apart by what a person or the caller can do about it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::domain::id::Id;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another tab holds the old version open and does not close it.
    #[error("another tab keeps the database open")]
    Blocked,
    /// This build is older than the database; it must not touch it. `found` is 0 when the number could not be read.
    #[error("the database is of version {found}, which this build does not know")]
    NewerVersion { found: u32 },
    /// The database was deleted while it was open, by another tab or by the browser's own settings.
    #[error("the database was deleted while it was open")]
    Deleted,
    /// Nothing of the save was kept: the device has no room left.
    #[error("no room left on this device")]
    QuotaExceeded,
    /// The connection died and three new ones did not help.
    #[error("the database does not answer any more")]
    Dead,
    /// Nothing of the save was kept; the text is the browser's reason.
    #[error("the save was undone: {0}")]
    Aborted(String),
    /// No database at all: private mode of some browsers, or storage switched off.
    #[error("this browser keeps no data here: {0}")]
    Unavailable(String),
    /// The database lacks something every version of it has.
    #[error("the database is damaged: {what}")]
    Corrupt { what: String },
    /// One record cannot be read; everything else works. Its bytes are kept, see [`super::Store::unreadable`].
    #[error("record {id} cannot be read: {what}")]
    Unreadable { id: Id, what: String },
    /// A new record bears the id of another one; an append-only record is never overwritten.
    #[error("record {0} is there already")]
    Exists(Id),
    /// A value could not be turned into the form it is kept in.
    #[error("could not be encoded: {0}")]
    Encode(String),
    /// The handle is gone. Only inside this module: the operation is repeated on a new one.
    #[error("the connection was lost: {0}")]
    Lost(String),
    /// Another tab wrote the same row in between. Only inside this module: the save is planned anew.
    #[error("another tab wrote first")]
    Overtaken,
    /// Another tab has taken over the way to the server: this one's answer is dropped, and the other asks again.
    #[error("another tab syncs now")]
    LeaseLost,
    #[error("unexpected answer of the browser: {0}")]
    Js(String),
}

impl StoreError {
    /// Sorts what the browser threw by its name, as the names are all the standard fixes (IndexedDB 3.0 §2.4).
    pub(super) fn of_name(name: &str, message: &str) -> Self {
        let text = format!("{name}: {message}");
        match name {
            "QuotaExceededError" | "NS_ERROR_DOM_INDEXEDDB_QUOTA_ERR" => StoreError::QuotaExceeded,
            "VersionError" => StoreError::NewerVersion { found: 0 },
            "NotFoundError" => StoreError::Corrupt { what: text },
            "ConstraintError"
            | "DataError"
            | "DataCloneError"
            | "ReadOnlyError"
            | "TransactionInactiveError" => StoreError::Aborted(text),
            // WebKit says UnknownError for a connection whose process is gone; an abort nobody asked for means the same.
            "InvalidStateError" | "AbortError" | "UnknownError" => StoreError::Lost(text),
            _ if message.contains("connection is clos") => StoreError::Lost(text),
            _ => StoreError::Js(text),
        }
    }

    pub(super) fn of_dom(error: &DomException) -> Self {
        Self::of_name(&error.name(), &error.message())
    }

    pub(super) fn of_js(value: &JsValue) -> Self {
        match value.dyn_ref::<DomException>() {
            Some(error) => Self::of_dom(error),
            None => match value.dyn_ref::<js_sys::Error>() {
                Some(error) => {
                    Self::of_name(&String::from(error.name()), &String::from(error.message()))
                }
                None => StoreError::Js(format!("{value:?}")),
            },
        }
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        use idb::Error as E;
        match &error {
            E::DomException(exception) => StoreError::of_dom(exception),
            E::IndexedDbNotFound(_) => StoreError::Unavailable("no IndexedDB".into()),
            // The request failed without a word: the handle is not to be trusted.
            E::DomExceptionNotFound | E::OneshotChannelReceiveError => {
                StoreError::Lost(error.to_string())
            }
            E::AddFailed(js)
            | E::ClearFailed(js)
            | E::CountFailed(js)
            | E::DeleteFailed(js)
            | E::GetAllFailed(js)
            | E::GetAllKeysFailed(js)
            | E::GetFailed(js)
            | E::GetKeyFailed(js)
            | E::IndexCreateFailed(js)
            | E::IndexNotFound(js)
            | E::IndexedDbOpenFailed(js)
            | E::ObjectStoreCreateFailed(js)
            | E::ObjectStoreNotFound(js)
            | E::OpenCursorFailed(js)
            | E::OpenKeyCursorFailed(js)
            | E::TransactionOpenFailed(js)
            | E::UpdateFailed(js) => StoreError::of_js(js),
            _ => StoreError::Js(error.to_string()),
        }
    }
}

impl From<rexie::Error> for StoreError {
    fn from(error: rexie::Error) -> Self {
        match error {
            rexie::Error::IdbError(error) => error.into(),
            other => StoreError::Js(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        StoreError::Encode(error.to_string())
    }
}
