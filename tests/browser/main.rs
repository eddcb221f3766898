//! The book's database in a real browser.

#![cfg(target_arch = "wasm32")]
// A test that cannot go on fails, which is what unwrap does.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backup;
mod imports;
mod open;
mod platform;
mod reading;
mod rescue;
mod saving;
mod support;
mod sync;
mod volume;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
