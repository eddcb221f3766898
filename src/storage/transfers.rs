//! Pictures on their way to the server and from it. A record names its pictures by digest; the bytes travel apart, and
//! what still has to travel stands here, written in the transaction that first named the picture.

use std::collections::BTreeSet;

use rexie::KeyRange;
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::keep::blob_row;
use super::raw::Row;
use super::schema::{BLOBS, BY_WAY, TRANSFERS};
use super::write::{Batch, commit};
use super::{Store, StoreError};
use crate::domain::record::Kind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

impl Way {
    pub fn as_str(self) -> &'static str {
        match self {
            Way::Up => "up",
            Way::Down => "down",
        }
    }
}

/// How many pictures are on their way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Transfers {
    pub up: u64,
    pub down: u64,
}

pub fn transfer(digest: &str, way: Way, at_ms: i64) -> Row {
    let row = Row::new();
    row.set_id(digest);
    row.set_way(way.as_str());
    row.set_at(at_ms as f64);
    row
}

impl Store {
    pub async fn transfers(&self) -> Result<Transfers, StoreError> {
        self.0
            .run(async |connection| {
                let index = connection
                    .read(&[TRANSFERS])?
                    .store(TRANSFERS)?
                    .index(BY_WAY)?;
                let count = async |way: Way| -> Result<u64, StoreError> {
                    let range = KeyRange::only(&way.as_str().into())?;
                    Ok(u64::from(index.count(Some(range)).await?))
                };
                Ok(Transfers {
                    up: count(Way::Up).await?,
                    down: count(Way::Down).await?,
                })
            })
            .await
    }

    /// Digests of pictures that wait to go one way, at most `limit`, without those in `but`.
    pub async fn waiting_pictures(
        &self,
        way: Way,
        but: &BTreeSet<String>,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        self.0
            .run(async |connection| {
                let keys = connection
                    .read(&[TRANSFERS])?
                    .store(TRANSFERS)?
                    .index(BY_WAY)?
                    .get_all_keys(Some(KeyRange::only(&way.as_str().into())?), None)
                    .await?;
                let digests = keys.iter().filter_map(JsValue::as_string);
                Ok(digests
                    .filter(|digest| !but.contains(digest))
                    .take(limit)
                    .collect())
            })
            .await
    }

    /// The server has the picture, or there is none to send.
    pub async fn picture_sent(&self, digest: &str) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::passing();
                batch.deletes.push((TRANSFERS, digest.into()));
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Keeps a picture that came from the server.
    pub async fn take_picture(&self, digest: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let mut batch = Batch::passing();
                let row = blob_row(&inner.sealer, digest, bytes.to_vec()).await;
                batch.puts.push((BLOBS, row));
                batch.deletes.push((TRANSFERS, digest.into()));
                commit(inner, connection, &batch).await.map(drop)
            })
            .await
    }

    /// Puts every picture of the book on its way: of one that was written before there was a server.
    pub async fn queue_pictures(&self, at_ms: i64) -> Result<(), StoreError> {
        const AT_A_TIME: u32 = 500;
        for kind in [Kind::Visit, Kind::Note, Kind::DoorEvent] {
            let mut after = None;
            loop {
                let page = self.page(kind, after, AT_A_TIME).await?;
                let bodies = page.loaded.entries.iter().map(|entry| &entry.body);
                let digests: BTreeSet<String> = bodies
                    .flat_map(|body| body.blobs())
                    .map(str::to_owned)
                    .collect();
                let inner = &self.0;
                inner
                    .run(async |connection| {
                        let mut batch = Batch::passing();
                        for digest in &digests {
                            if has_blob(connection, digest).await? {
                                batch
                                    .puts
                                    .push((TRANSFERS, transfer(digest, Way::Up, at_ms)));
                            }
                        }
                        if batch.puts.is_empty() {
                            return Ok(());
                        }
                        commit(inner, connection, &batch).await.map(drop)
                    })
                    .await?;
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }
}

pub async fn has_blob(connection: &Connection, digest: &str) -> Result<bool, StoreError> {
    Ok(connection
        .read(&[BLOBS])?
        .store(BLOBS)?
        .key_exists(digest.into())
        .await?)
}
