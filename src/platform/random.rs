//! The browser's random numbers, and ids made of them. Works in the page and in a worker.

use std::cell::Cell;
use std::fmt::Write;

use wasm_bindgen::prelude::*;

use super::clock;
use crate::domain::id::{Id, NewId};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_random(bytes: &mut [u8]);
}

/// A new id. Two ids made one after the other in this tab sort in that order, also within a millisecond
/// (RFC 9562 §6.2, method 2).
pub fn new_id() -> Id {
    thread_local!(static LAST: Cell<Option<Drawn>> = const { Cell::new(None) });
    let now = u64::try_from(clock::now_ms()).unwrap_or_default();
    let drawn = match LAST.get() {
        Some(last) if now <= last.ms && last.ms - now < STEP_BACK_MS => last.next(),
        _ => Drawn::fresh(now),
    };
    LAST.set(Some(drawn));
    Id::from_parts(drawn.ms, &drawn.bytes())
}

/// Gives out [`new_id`]s.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ids;

impl NewId for Ids {
    fn new_id(&mut self) -> Id {
        new_id()
    }
}

/// 128 random bits in lower-case hex.
pub fn salt() -> String {
    let mut bytes = [0; 16];
    fill_random(&mut bytes);
    bytes
        .iter()
        .fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Random bytes, fit for salts and nonces.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill_random(&mut bytes);
    bytes
}

/// A number drawn evenly from 0 to 1.
pub fn unit() -> f64 {
    let mut bytes = [0; 4];
    fill_random(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// A clock that was set back by less than this is waited out by counting on; by more, it is believed.
const STEP_BACK_MS: u64 = 10_000;

/// What the last id was made of.
#[derive(Clone, Copy)]
struct Drawn {
    ms: u64,
    /// The first two random bytes; the version takes four bits of them.
    head: [u8; 2],
    /// The 62 bits after the variant, counted up within a millisecond.
    tail: u64,
}

impl Drawn {
    fn fresh(ms: u64) -> Self {
        let mut bytes = [0; 10];
        fill_random(&mut bytes);
        let [a, b, tail @ ..] = bytes;
        // The highest of the 62 bits stays free, so that counting up never runs over.
        Self {
            ms,
            head: [a, b],
            tail: u64::from_be_bytes(tail) & (u64::MAX >> 3),
        }
    }

    fn next(self) -> Self {
        Self {
            tail: self.tail + 1,
            ..self
        }
    }

    fn bytes(self) -> [u8; 10] {
        let [a, b] = self.head;
        let [c, d, e, f, g, h, i, j] = self.tail.to_be_bytes();
        [a, b, c, d, e, f, g, h, i, j]
    }
}
