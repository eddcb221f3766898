//! The one writer: a thread that owns the writing connection and commits what waits together, because a commit costs a
//! flush of the disk and a batch inside it next to nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::failure;
use crate::store::{Result, StoreError};

/// Jobs of one commit.
const MOST_TOGETHER: usize = 64;
/// Jobs that wait before callers do.
const MOST_WAITING: usize = 256;

/// Does a job's work, or hears that there is no transaction to do it in.
type Job = Box<dyn FnOnce(std::result::Result<&Connection, &Lost>) -> Worked + Send>;
/// Tells the caller, once the fate of the whole commit is known.
type Answer = Box<dyn FnOnce(Option<&Lost>) + Send>;

struct Worked {
    keep: bool,
    answer: Answer,
}

/// Why a whole commit came to nothing. Every job of it is told.
struct Lost {
    unwritable: bool,
    text: String,
}

impl Lost {
    fn new(error: rusqlite::Error) -> Self {
        match failure(error) {
            StoreError::Unwritable(text) => Self {
                unwritable: true,
                text,
            },
            other => Self {
                unwritable: false,
                text: other.to_string(),
            },
        }
    }

    fn error(&self) -> StoreError {
        if self.unwritable {
            StoreError::Unwritable(self.text.clone())
        } else {
            StoreError::Database(self.text.clone().into())
        }
    }
}

pub(super) struct Writer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(db: Connection) -> Result<Self> {
        let (jobs, waiting) = sync_channel(MOST_WAITING);
        let thread = std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || work(&db, &waiting))
            .map_err(|source| StoreError::File {
                what: "the writing thread".into(),
                source,
            })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Runs the job in a transaction and waits for its commit. A job that fails leaves nothing behind.
    pub fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, told) = sync_channel(1);
        self.send(job, move |result| {
            // A caller that is gone needs no answer.
            let _ = tell.send(result);
        })?;
        told.recv().unwrap_or_else(|_| Err(ended()))
    }

    /// Runs the job some time; for what nobody waits for and nobody misses.
    pub fn post(&self, job: impl FnOnce(&Connection) -> Result<()> + Send + 'static) {
        let _ = self.send(job, |_| ());
    }

    fn send<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
        tell: impl FnOnce(Result<T>) + Send + 'static,
    ) -> Result<()> {
        let job: Job = Box::new(move |db| {
            let result = match db {
                // One job that panics must not end the writer for everybody.
                Ok(db) => catch_unwind(AssertUnwindSafe(|| job(db)))
                    .unwrap_or_else(|_| Err(StoreError::Database("a write panicked".into()))),
                Err(lost) => Err(lost.error()),
            };
            Worked {
                keep: result.is_ok(),
                answer: Box::new(move |lost: Option<&Lost>| {
                    tell(match (lost, result) {
                        (Some(lost), Ok(_)) => Err(lost.error()),
                        (_, result) => result,
                    });
                }),
            }
        });
        match &self.jobs {
            Some(jobs) => jobs.send(job).map_err(|_| ended()),
            None => Err(ended()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was told to every caller already.
            let _ = thread.join();
        }
    }
}

fn ended() -> StoreError {
    StoreError::Database("the writer has ended".into())
}

fn work(db: &Connection, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        while jobs.len() < MOST_TOGETHER {
            match waiting.try_recv() {
                Ok(job) => jobs.push(job),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let mut answers = Vec::with_capacity(jobs.len());
        let mut jobs = jobs.into_iter();
        let lost = together(db, &mut jobs, &mut answers).err().map(Lost::new);
        if !db.is_autocommit() {
            let _ = db.execute_batch("ROLLBACK");
        }
        if let Some(lost) = &lost {
            answers.extend(jobs.map(|job| job(Err(lost)).answer));
        }
        for answer in answers {
            answer(lost.as_ref());
        }
    }
}

/// Leaves in `jobs` those that were not reached.
fn together(
    db: &Connection,
    jobs: &mut std::vec::IntoIter<Job>,
    answers: &mut Vec<Answer>,
) -> rusqlite::Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    for job in jobs.by_ref() {
        db.execute_batch("SAVEPOINT job")?;
        let worked = job(Ok(db));
        answers.push(worked.answer);
        // A full disk makes SQLite roll back the whole transaction; then this fails too, and everybody is told.
        db.execute_batch(if worked.keep {
            "RELEASE job"
        } else {
            "ROLLBACK TO job; RELEASE job"
        })?;
    }
    db.execute_batch("COMMIT")
}
