//! What a person sees of the way to the server: the rows that wait, how the last attempt went, and since when.

use super::id::Id;
use super::merge::Change;
use super::record::Kind;
use crate::wire::{Code, Order};

/// One row of the queue, or one that the server refused.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueRow {
    pub number: u64,
    pub mutation: Id,
    pub record: Id,
    pub kind: Kind,
    pub act: Act,
    /// Device time, Unix milliseconds.
    pub at_ms: i64,
    pub state: RowState,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Create,
    Edit(Vec<Change>),
    Delete,
    Restore,
    /// Its bytes cannot be read; it is kept as it is.
    Unreadable,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    Waiting,
    /// Sent, and not answered yet.
    Sent,
    /// The server wants it later, and says why.
    PutOff(Code),
    /// The server will never take it as it is. It waits for a decision.
    Refused {
        code: Code,
        at_ms: i64,
    },
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    pub activity: Activity,
    /// When the server last confirmed something or said that it has everything, Unix milliseconds.
    pub confirmed_ms: Option<i64>,
    /// What the last attempt failed by; `None` after one that went well.
    pub trouble: Option<Trouble>,
    /// When the next attempt comes by itself, Unix milliseconds.
    pub next_ms: Option<i64>,
    /// How far this device's clock is ahead of the server's, milliseconds; known after the first answer.
    pub clock_ahead_ms: Option<i64>,
    /// Pictures that wait, to the server and from it.
    pub pictures_up: u64,
    pub pictures_down: u64,
    /// Pictures wait for an unmetered network.
    pub pictures_held: bool,
    /// Refused rows that wait for a decision.
    pub refused: u64,
    /// The person has paused it.
    pub paused: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Activity {
    #[default]
    Idle,
    Asking,
    Pushing {
        done: u64,
        of: u64,
    },
    Pulling {
        done: u64,
        of: u64,
    },
    Pictures {
        done: u64,
        of: u64,
    },
}

/// Why the last attempt did not go through, told apart by what a person can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No answer: no network, or the server is down.
    NoAnswer,
    /// A page in place of the answer: the network asks for a login.
    Portal,
    /// The server answered that it is busy or broken; its HTTP status.
    Server(u16),
    /// Sign in again: the queue is untouched.
    SignIn,
    /// The account was closed.
    Closed,
    /// The device was revoked.
    Revoked(Option<Order>),
    /// The app is too old for the server.
    AppOlder,
    /// The device's storage refused, in the words of its error.
    Storage(String),
}
