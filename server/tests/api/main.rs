//! The gateway's requests over a real store: who is answered what, what is kept, and what is never told.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod blobs;
mod bodies;
mod doors;
mod pushing;
mod sign_in;
mod world;
