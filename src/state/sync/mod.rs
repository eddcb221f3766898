//! The way to the server as the screens see it: who is signed in, how the last attempt went, and the verbs of the queue.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::queue::{QueueRow, Status};
use crate::storage::StoreError;
use crate::wire::User;

/// Whose book this is. A book that was never signed in has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub user: User,
    pub device_name: String,
    /// `None` after signing out, or when the server no longer accepted it.
    pub token: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    WrongPassword,
    Closed,
    /// Too many attempts; seconds to wait.
    TooMany(u32),
    NoAnswer,
    Portal,
    Server(u16),
    Storage(StoreError),
}

#[derive(Clone, Copy)]
pub struct Sync {
    /// `None` until the book is open, and in a book that was never signed in.
    pub account: RwSignal<Option<Account>>,
    pub status: RwSignal<Status>,
}

impl Default for Sync {
    fn default() -> Self {
        Self {
            account: RwSignal::new(None),
            status: RwSignal::new(Status::default()),
        }
    }
}

impl Sync {
    /// Signs in and binds this book to the user; a device that holds another user's book opens a second one for them.
    pub async fn sign_in(
        self,
        name: &str,
        password: &str,
        device_name: &str,
    ) -> Result<(), SignInError> {
        let _ = (name, password, device_name);
        Err(SignInError::NoAnswer)
    }

    /// Forgets the token and closes the book on this screen; everything stays on the device.
    pub async fn sign_out(self) {}

    /// An attempt at once, whatever was to be waited for.
    pub fn now(self) {}

    pub fn pause(self, paused: bool) {
        let _ = paused;
    }

    /// Whether pictures wait for an unmetered network where the browser cannot tell.
    pub fn hold_pictures(self, hold: bool) {
        let _ = hold;
    }

    /// Rows that wait, the oldest first, after a number.
    pub async fn waiting(
        self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<QueueRow>, StoreError> {
        let _ = (after, limit);
        Ok(Vec::new())
    }

    /// Rows the server refused, the newest first.
    pub async fn refused(self) -> Result<Vec<QueueRow>, StoreError> {
        Ok(Vec::new())
    }

    /// Puts refused rows back into the queue; all of them when none is named.
    pub async fn retry(self, mutations: &[Id]) -> Result<(), StoreError> {
        let _ = mutations;
        Ok(())
    }

    /// Takes a row out of the queue, or out of the refused ones, into the bin; the record goes back to what the server
    /// holds. Answers whether it can still be undone.
    pub async fn drop_row(self, mutation: Id) -> Result<(), StoreError> {
        let _ = mutation;
        Ok(())
    }

    /// Brings a dropped row back out of the bin.
    pub async fn undrop(self, mutation: Id) -> Result<(), StoreError> {
        let _ = mutation;
        Ok(())
    }

    /// One row as it would be sent, pretty JSON, for a file.
    pub async fn export_row(self, mutation: Id) -> Result<Option<String>, StoreError> {
        let _ = mutation;
        Ok(None)
    }
}
