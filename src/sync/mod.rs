//! Drives the queue and the pull. What decides is pure and tested on the host: what counts as an answer, and how long to
//! wait. `round.rs` is one attempt from hello to the last picture; `state::sync` says when, and shows how it went.

pub mod backoff;
pub mod reply;

#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod pictures;
#[cfg(target_arch = "wasm32")]
mod round;

#[cfg(target_arch = "wasm32")]
pub use self::client::{Client, sign_in, sign_out};
#[cfg(target_arch = "wasm32")]
pub use self::round::{Done, Event, Round, RoundError, tab_lock};
