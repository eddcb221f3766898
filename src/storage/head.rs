//! The facts of the book: what is read before anything is written, and what the application notes down about it.

use futures::future::join;
use wasm_bindgen::JsValue;

use super::connect::Connection;
use super::keep::{corrupt, get, put};
use super::lists::{self, Lists};
use super::raw::{Durability, Row};
use super::row;
use super::schema::{BY_HIDDEN, IMPORTS, META, OUTBOX};
use super::write::{Batch, COUNTER, Counter, Seen, commit};
use super::{Head, Inner, OutboxHead, Seed, Store, StoreError};
use crate::domain::consent::Suppression;
use crate::domain::import::Import;

/// Facts of the book that the application keeps as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetaKey {
    /// When the last whole backup was handed out, Unix milliseconds.
    LastBackupMs,
    /// Import id of the demonstration portfolio, while it is there.
    Demo,
    /// The name this person signs consents with.
    Owner,
    /// Whose book this is on the server, with this device's token; JSON.
    Account,
    /// When the server last said that it has everything, Unix milliseconds.
    ConfirmedMs,
    /// What the administrator wants of this device: `lock` or `wipe`.
    Order,
    /// The person has paused the upload; or holds pictures back for an unmetered network.
    Paused,
    PicturesHeld,
}

impl MetaKey {
    fn as_str(self) -> &'static str {
        match self {
            MetaKey::LastBackupMs => "last_backup_ms",
            MetaKey::Demo => "demo",
            MetaKey::Owner => "owner",
            MetaKey::Account => "account",
            MetaKey::ConfirmedMs => "confirmed_ms",
            MetaKey::Order => "order",
            MetaKey::Paused => "paused",
            MetaKey::PicturesHeld => "pictures_held",
        }
    }
}

const DEVICE: &str = "device";
const GENERATION: &str = "generation";

impl Store {
    /// What must be known before anything is written. [`Store::open`] has read it once.
    pub async fn head(&self) -> Result<Head, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| read_head(inner, connection).await)
            .await
    }

    pub async fn meta(&self, key: MetaKey) -> Result<Option<String>, StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| text(inner, connection, key.as_str()).await)
            .await
    }

    pub async fn set_meta(&self, key: MetaKey, value: &str) -> Result<(), StoreError> {
        let inner = &self.0;
        inner
            .run(async |connection| {
                let row =
                    row::sealed_bytes(&inner.sealer, key.as_str(), value.as_bytes().to_vec()).await;
                put(inner, connection, META, row).await
            })
            .await
    }

    /// Gives a new book its device id and lists; answers whether it was new. Two tabs may do so at once: the first wins.
    pub(super) async fn plant(&self, seed: &Seed) -> Result<bool, StoreError> {
        let inner = &self.0;
        let planted = inner
            .run(async |connection| {
                if get(connection, META, DEVICE).await?.is_some() {
                    return Ok(false);
                }
                let lists = Lists {
                    own: Suppression {
                        salt: seed.salt.clone(),
                        ..Suppression::default()
                    },
                    others: Vec::new(),
                };
                let sealer = &inner.sealer;
                let mut batch = Batch::new(Durability::Strict);
                batch.expect(META, DEVICE.into(), Seen::Absent);
                let device =
                    row::sealed_bytes(sealer, DEVICE, seed.device.to_string().into_bytes()).await;
                batch.puts.push((META, device));
                batch.puts.push((
                    META,
                    row::sealed_bytes(sealer, GENERATION, b"0".to_vec()).await,
                ));
                batch
                    .puts
                    .push((META, lists::row(sealer, &lists, 1).await?));
                batch.puts.push((META, Counter::NEW.row()));
                commit(inner, connection, &batch).await.map(|_| true)
            })
            .await;
        match planted {
            Err(StoreError::Overtaken) => Ok(false),
            other => other,
        }
    }
}

/// The row that says which generation of the server this book last met.
pub async fn generation_row(inner: &Inner, generation: u64) -> Row {
    row::sealed_bytes(
        &inner.sealer,
        GENERATION,
        generation.to_string().into_bytes(),
    )
    .await
}

async fn read_head(inner: &Inner, connection: &Connection) -> Result<Head, StoreError> {
    let missing = |what: &str| StoreError::Corrupt {
        what: format!("{what} is missing"),
    };
    let device = text(inner, connection, DEVICE)
        .await?
        .and_then(|text| text.parse().ok());
    let generation = text(inner, connection, GENERATION)
        .await?
        .and_then(|text| text.parse().ok());
    let (lists, _) = lists::read(inner, connection).await?;
    let outbox = outbox_head(connection).await?;
    let hidden = connection
        .read(&[IMPORTS])?
        .store(IMPORTS)?
        .index(BY_HIDDEN)?
        .get_all(None, None)
        .await?;
    let mut imports = Vec::new();
    for row in hidden {
        // One that cannot be read hides its records and is listed by `unreadable`; the rest of the book works.
        imports.extend(
            row::read_json::<Import>(&inner.sealer, &row::of(row))
                .await
                .ok(),
        );
    }
    Ok(Head {
        device: device.ok_or_else(|| missing("the device's id"))?,
        generation: generation.ok_or_else(|| missing("the generation"))?,
        schema: inner.opening.schema.version,
        was_created: inner.was_created.get(),
        outbox,
        imports,
        suppression: lists.own,
        restored_suppressions: lists.others,
    })
}

async fn outbox_head(connection: &Connection) -> Result<OutboxHead, StoreError> {
    let tx = connection.read(&[META, OUTBOX])?;
    let (meta, outbox) = (tx.store(META)?, tx.store(OUTBOX)?);
    let (counter, oldest) = join(meta.get(COUNTER.into()), outbox.get_all(None, Some(1))).await;
    let counter = row::of(counter?.unwrap_or(JsValue::UNDEFINED));
    Ok(OutboxHead {
        count: Counter::of(&counter).count,
        oldest_ms: oldest?
            .into_iter()
            .next()
            .and_then(|first| row::millis(&row::of(first).at())),
    })
}

async fn text(
    inner: &Inner,
    connection: &Connection,
    key: &str,
) -> Result<Option<String>, StoreError> {
    match get(connection, META, key).await? {
        Some(row) => {
            let bytes = row::read_bytes(&inner.sealer, &row)
                .await
                .map_err(|fault| corrupt(key, &fault))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        None => Ok(None),
    }
}
