//! The way to the server as the screens see it: who is signed in, how the last attempt went, and the verbs of the queue.
//! `driver.rs` says when an attempt is made; `accounts.rs` binds a book to a user.

mod accounts;
mod driver;

use leptos::prelude::*;

pub use self::accounts::{Account, SignInError, read as read_account};
use self::driver::Driver;
use super::Book;
use crate::domain::id::Id;
use crate::domain::queue::{QueueRow, Status};
use crate::platform::clock;
use crate::storage::{Dropped, MetaKey, StoreError};

#[derive(Clone, Copy)]
pub struct Sync {
    /// `None` until the book is open, and in a book that was never signed in.
    pub account: RwSignal<Option<Account>>,
    pub status: RwSignal<Status>,
    book: Book,
    driver: StoredValue<Driver, LocalStorage>,
}

impl Sync {
    /// Made under the root's reactive owner: it follows the queue and the page as long as the page lives.
    pub fn new(book: Book) -> Self {
        let sync = Self {
            account: RwSignal::new(None),
            status: RwSignal::new(Status::default()),
            book,
            driver: StoredValue::new_local(Driver::default()),
        };
        sync.follow();
        sync
    }

    /// An attempt at once, whatever was to be waited for.
    pub fn now(self) {
        self.driver.update_value(Driver::forget_failures);
        self.attempt();
    }

    pub fn pause(self, paused: bool) {
        self.status.update(|status| status.paused = paused);
        self.note_down(MetaKey::Paused, paused);
        if !paused {
            self.now();
        }
    }

    /// Whether pictures wait for an unmetered network where the browser cannot tell.
    pub fn hold_pictures(self, hold: bool) {
        self.status.update(|status| status.pictures_held = hold);
        self.note_down(MetaKey::PicturesHeld, hold);
        if !hold {
            self.now();
        }
    }

    fn note_down(self, key: MetaKey, yes: bool) {
        leptos::task::spawn_local(async move {
            let Ok(store) = self.book.store() else { return };
            // A preference that is not kept is asked again after the next start.
            let _ = store.set_meta(key, if yes { "1" } else { "" }).await;
        });
    }

    /// Rows that wait, the oldest first, after a number.
    pub async fn waiting(
        self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<QueueRow>, StoreError> {
        let mut rows = self.book.store()?.waiting_rows(after, limit).await?;
        self.driver
            .with_value(|driver| rows.iter_mut().for_each(|row| driver.mark(row)));
        Ok(rows)
    }

    /// Rows the server refused, the newest first.
    pub async fn refused(self) -> Result<Vec<QueueRow>, StoreError> {
        self.book.store()?.refused_rows().await
    }

    /// Puts refused rows back into the queue; all of them when none is named.
    pub async fn retry(self, mutations: &[Id]) -> Result<(), StoreError> {
        let head = self.book.store()?.retry(mutations).await?;
        self.book.outbox.set(head);
        self.count_refused().await;
        self.now();
        Ok(())
    }

    /// Takes a row out of the queue, or out of the refused ones, into the bin; the record goes back to what the server
    /// holds. [`Sync::undrop`] takes it back for 30 days.
    pub async fn drop_row(self, mutation: Id) -> Result<(), StoreError> {
        let store = self.book.store()?;
        let dropped = store.drop_queued(mutation, clock::now_ms()).await?;
        self.take_dropped(dropped).await;
        Ok(())
    }

    /// Brings a dropped row back out of the bin.
    pub async fn undrop(self, mutation: Id) -> Result<(), StoreError> {
        let dropped = self.book.store()?.undrop(mutation).await?;
        self.take_dropped(dropped).await;
        self.now();
        Ok(())
    }

    /// One row as it would be sent, as indented JSON, for a file.
    pub async fn export_row(self, mutation: Id) -> Result<Option<String>, StoreError> {
        let bytes = self.book.store()?.queued_bytes(mutation).await?;
        Ok(bytes.map(|bytes| {
            serde_json::from_slice::<serde_json::Value>(&bytes)
                .and_then(|json| serde_json::to_string_pretty(&json))
                .unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned())
        }))
    }

    async fn take_dropped(self, dropped: Dropped) {
        self.book.outbox.set(dropped.outbox);
        match (dropped.changed, dropped.gone) {
            (Some(entry), _) => self.book.take_remote(vec![entry]).await,
            (None, Some(_)) => self.book.reload(),
            (None, None) => {}
        }
        self.count_refused().await;
    }

    async fn count_refused(self) {
        let Ok(store) = self.book.store() else { return };
        if let Ok(refused) = store.refused_count().await {
            self.status.update(|status| status.refused = refused);
        }
    }
}
