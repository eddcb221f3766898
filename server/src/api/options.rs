//! What the API may be told from outside, and how it learns that the server stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::auth;
use crate::limits::Rates;

/// Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

#[derive(Clone)]
pub struct Options {
    pub clock: Clock,
    /// Of the stand-in for users who are not there; the same as that of the real hashes.
    pub cost: argon2::Params,
    pub rates: Rates,
    /// Pulls answered at the same time; more are put off, so that pushes get through.
    pub pulls: usize,
    /// Pushes whose bytes are held at the same time.
    pub pushes: usize,
    /// How long a body may take to arrive.
    pub patience: Duration,
    /// A proxy in front says where requests come from.
    pub behind_proxy: bool,
    pub stop: Stop,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: Arc::new(unix_ms),
            cost: auth::cost(),
            rates: Rates::default(),
            pulls: 64,
            pushes: 128,
            patience: Duration::from_secs(120),
            behind_proxy: false,
            stop: Stop::default(),
        }
    }
}

/// Now, in Unix milliseconds.
pub fn unix_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| since.as_millis().try_into().ok())
        .unwrap_or_default()
}

/// Set once, when the server begins to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_stopping(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
