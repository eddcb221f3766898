//! Connections that only read. In WAL mode they see the last commit and are never held up by the writer.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use super::read_only;
use crate::store::Result;

/// Connections kept for the next read; more are opened when more read at once.
const MOST_IDLE: usize = 8;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Everything read in one call is of one commit.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.idle().pop();
        let mut db = match idle {
            Some(db) => db,
            None => read_only(&self.path)?,
        };
        let tx = db.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let result = read(&tx)?;
        tx.finish()?;
        let mut idle = self.idle();
        if idle.len() < MOST_IDLE {
            idle.push(db);
        }
        Ok(result)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A list of idle connections is never half changed, whatever a reader did.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
