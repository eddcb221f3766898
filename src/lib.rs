//! Topfloor: an offline-first field book for people who visit clients. See ARCHITECTURE.md for the map.

pub mod domain;
pub mod exchange;
pub mod i18n;
pub mod sync;
pub mod wire;

// What touches the browser. The server and the host tests see only what is above.
#[cfg(target_arch = "wasm32")]
pub mod platform;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod storage;
#[cfg(target_arch = "wasm32")]
pub mod ui;
