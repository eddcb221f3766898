//! Rows of the database on one side, domain values on the other. Nothing here reads or writes the database.

use js_sys::{Array, Uint8Array};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

use super::StoreError;
use super::codec::{Sealed, Sealer};
use super::raw::Row;
use crate::domain::id::Id;
use crate::domain::migrate;
use crate::domain::outbox::Frozen;
use crate::domain::record::{AnyBody, AnyEntry, Created, Entry, Envelope, Kind, Scope, schema_of};

/// A record as it lies in the database, its envelope read and its body still sealed.
#[derive(Debug, Clone)]
pub struct Stored {
    pub envelope: Envelope,
    pub kind: Kind,
    pub schema: u16,
    /// Counts this device's writes of the record; tells whether another tab wrote in between.
    pub rev: u64,
    /// Still just as its import left it.
    pub clean: bool,
    pub sealed: Sealed,
    /// What the server holds, while that and what waits here were not written one on the other.
    pub base: Option<Row>,
}

/// See [`Stored::base`].
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Base {
    pub schema: u16,
    pub deleted: bool,
    pub body: Value,
}

/// Why a row is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Of a kind or layout this build does not know: left as it is.
    #[error("of a kind or layout this build does not know")]
    Unknown,
    #[error("{0}")]
    Damaged(String),
}

fn damaged(what: &str) -> RowFault {
    RowFault::Damaged(what.to_owned())
}

impl Stored {
    pub fn read(row: &Row) -> Result<Self, RowFault> {
        let kind = row.kind().as_string().ok_or(damaged("no kind"))?;
        let kind = Kind::parse(&kind).ok_or(RowFault::Unknown)?;
        let schema = whole(&row.schema())
            .and_then(|n| u16::try_from(n).ok())
            .ok_or(damaged("no layout number"))?;
        if schema == 0 || schema > schema_of(kind) {
            return Err(RowFault::Unknown);
        }
        Ok(Self {
            envelope: read_envelope(row)?,
            kind,
            schema,
            rev: whole(&row.rev()).ok_or(damaged("no revision"))?,
            clean: row.clean().as_f64() == Some(1.0),
            sealed: sealed(row).ok_or(damaged("no body"))?,
            base: Some(of(row.base())).filter(|_| row.base().is_object()),
        })
    }

    /// The body as JSON of the newest layout.
    pub async fn json(&self, sealer: &Sealer) -> Result<Value, RowFault> {
        let bytes = open(sealer, self.sealed.clone()).await?;
        let json = parse(&bytes)?;
        migrate::upgrade(self.kind, self.schema, json).map_err(|_| RowFault::Unknown)
    }

    pub async fn entry(self, sealer: &Sealer) -> Result<AnyEntry, RowFault> {
        let bytes = open(sealer, self.sealed).await?;
        let body = if self.schema == schema_of(self.kind) {
            // Straight into its type: half the time of the way over a JSON tree, which only old layouts need.
            match self.kind {
                Kind::Organisation => AnyBody::Organisation(parse(&bytes)?),
                Kind::Person => AnyBody::Person(parse(&bytes)?),
                Kind::Visit => AnyBody::Visit(parse(&bytes)?),
                Kind::Note => AnyBody::Note(parse(&bytes)?),
                Kind::FollowUp => AnyBody::FollowUp(parse(&bytes)?),
                Kind::Building => AnyBody::Building(parse(&bytes)?),
                Kind::Run => AnyBody::Run(parse(&bytes)?),
                Kind::DoorEvent => AnyBody::DoorEvent(parse(&bytes)?),
                Kind::Clash => AnyBody::Clash(parse(&bytes)?),
            }
        } else {
            let json = migrate::upgrade(self.kind, self.schema, parse(&bytes)?)
                .map_err(|_| RowFault::Unknown)?;
            AnyBody::from_json(self.kind, json).map_err(|e| RowFault::Damaged(e.to_string()))?
        };
        Ok(Entry {
            envelope: self.envelope,
            body,
        })
    }
}

/// What is in clear of every record, of unknown kinds too.
pub fn read_envelope(row: &Row) -> Result<Envelope, RowFault> {
    let created = row.created().as_string().ok_or(damaged("no origin"))?;
    let created: Created =
        serde_json::from_str(&created).map_err(|e| RowFault::Damaged(format!("origin: {e}")))?;
    Ok(Envelope {
        id: id(&row.id()).ok_or(damaged("no id"))?,
        scope: Scope(row.scope().as_string().ok_or(damaged("no scope"))?),
        version: whole(&row.version()).ok_or(damaged("no version"))?,
        created,
        changed_ms: millis(&row.changed()).ok_or(damaged("no time"))?,
        deleted: row.deleted().as_f64() == Some(1.0),
        import: id(&row.import()),
    })
}

/// The row of a record; `body` is `entry`'s, sealed.
pub fn record(entry: &AnyEntry, rev: u64, clean: bool, body: &Sealed) -> Result<Row, StoreError> {
    let kind = entry.body.kind();
    let row = envelope(&entry.envelope, kind.as_str(), schema_of(kind), body)?;
    row.set_rev(rev as f64);
    if clean {
        row.set_clean(1.0);
    }
    let due = entry.body.due().map(|day| day.to_string());
    index(&row, &entry.envelope, &entry.body.links(), due.as_deref());
    Ok(row)
}

/// What every record's row has, whatever its kind.
pub fn envelope(
    envelope: &Envelope,
    kind: &str,
    schema: u16,
    body: &Sealed,
) -> Result<Row, StoreError> {
    let row = Row::new();
    row.set_id(&envelope.id.to_string());
    row.set_kind(kind);
    if !envelope.deleted {
        row.set_live(kind);
    }
    row.set_scope(&envelope.scope.0);
    row.set_version(envelope.version as f64);
    row.set_schema(f64::from(schema));
    row.set_created(&serde_json::to_string(&envelope.created)?);
    row.set_changed(envelope.changed_ms as f64);
    row.set_deleted(if envelope.deleted { 1.0 } else { 0.0 });
    if let Some(import) = envelope.import {
        row.set_import(&js(&import));
    }
    row.set_rev(1.0);
    seal_into(&row, body);
    Ok(row)
}

/// Sets what the indexes on links and open days read; a deleted record is in neither.
pub fn index(row: &Row, envelope: &Envelope, links: &[Id], due: Option<&str>) {
    let shown = if envelope.deleted { &[] } else { links };
    row.set_links(&shown.iter().map(js).collect::<Array>());
    if let Some(day) = due.filter(|_| !envelope.deleted) {
        row.set_due(day);
    }
}

/// A row of the queue; its number is given inside the transaction.
pub async fn queued(sealer: &Sealer, frozen: &Frozen) -> Row {
    let row = Row::new();
    row.set_id(&frozen.id.to_string());
    row.set_record(&frozen.record.to_string());
    row.set_kind(frozen.kind.as_str());
    row.set_digest(&frozen.digest);
    row.set_at(frozen.at_ms as f64);
    if let Some(import) = frozen.import {
        row.set_import(&js(&import));
    }
    seal_into(&row, &sealer.seal(frozen.bytes.clone()).await);
    row
}

/// A row of the queue, read back.
pub async fn frozen(sealer: &Sealer, row: &Row) -> Result<(u64, Frozen), RowFault> {
    let kind = row.kind().as_string().ok_or(damaged("no kind"))?;
    let number = whole(&row.number()).ok_or(damaged("no number"))?;
    let frozen = Frozen {
        id: id(&row.id()).ok_or(damaged("no id"))?,
        record: id(&row.record()).ok_or(damaged("no record"))?,
        kind: Kind::parse(&kind).ok_or(RowFault::Unknown)?,
        digest: row.digest().as_string().ok_or(damaged("no digest"))?,
        at_ms: millis(&row.at()).ok_or(damaged("no time"))?,
        import: id(&row.import()),
        bytes: open(sealer, sealed(row).ok_or(damaged("no body"))?).await?,
    };
    Ok((number, frozen))
}

/// A row that holds one value as JSON: leads, imports, plans, lists.
pub async fn sealed_json<T: serde::Serialize>(
    sealer: &Sealer,
    id: &str,
    value: &T,
) -> Result<Row, StoreError> {
    Ok(sealed_bytes(sealer, id, serde_json::to_vec(value)?).await)
}

/// A row that holds bytes: drafts, photos.
pub async fn sealed_bytes(sealer: &Sealer, id: &str, bytes: Vec<u8>) -> Row {
    let row = Row::new();
    row.set_id(id);
    seal_into(&row, &sealer.seal(bytes).await);
    row
}

pub async fn read_json<T: DeserializeOwned>(sealer: &Sealer, row: &Row) -> Result<T, RowFault> {
    parse(&read_bytes(sealer, row).await?)
}

pub async fn read_bytes(sealer: &Sealer, row: &Row) -> Result<Vec<u8>, RowFault> {
    open(sealer, sealed(row).ok_or(damaged("no body"))?).await
}

/// A row as the database answers it. Anything that is not an object reads as one without members.
pub fn of(value: JsValue) -> Row {
    if value.is_object() {
        value.unchecked_into()
    } else {
        Row::new()
    }
}

pub fn js(id: &Id) -> JsValue {
    JsValue::from_str(&id.to_string())
}

pub fn id(value: &JsValue) -> Option<Id> {
    value.as_string()?.parse().ok()
}

/// A count or number: whole, not negative, and small enough to be exact.
pub fn whole(value: &JsValue) -> Option<u64> {
    let number = value.as_f64()?;
    (number >= 0.0 && number.fract() == 0.0 && number <= 9_007_199_254_740_991.0)
        .then_some(number as u64)
}

/// Unix milliseconds, which may lie before 1970.
pub fn millis(value: &JsValue) -> Option<i64> {
    value
        .as_f64()
        .filter(|number| number.is_finite())
        .map(|number| number as i64)
}

pub fn sealed(row: &Row) -> Option<Sealed> {
    let sealer = whole(&row.sealer()).and_then(|tag| u8::try_from(tag).ok())?;
    let bytes = row.body().dyn_into::<Uint8Array>().ok()?.to_vec();
    Some(Sealed { sealer, bytes })
}

pub fn seal_into(row: &Row, sealed: &Sealed) {
    row.set_sealer(f64::from(sealed.sealer));
    row.set_body(&Uint8Array::from(sealed.bytes.as_slice()));
}

async fn open(sealer: &Sealer, sealed: Sealed) -> Result<Vec<u8>, RowFault> {
    sealer
        .open(sealed)
        .await
        .map_err(|fault| RowFault::Damaged(fault.to_string()))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RowFault> {
    serde_json::from_slice(bytes).map_err(|fault| RowFault::Damaged(fault.to_string()))
}
