//! How ids and names stand in the database.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use topfloor::domain::id::Id;

use crate::store::{Result, StoreError};

/// An id as sixteen bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(pub Id);

impl ToSql for Key {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let bytes = self.0.bits().to_be_bytes();
        Ok(ToSqlOutput::Owned(Value::Blob(bytes.to_vec())))
    }
}

impl FromSql for Key {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        let bytes: [u8; 16] = bytes
            .try_into()
            .map_err(|_| FromSqlError::InvalidBlobSize {
                expected_size: 16,
                blob_size: bytes.len(),
            })?;
        Ok(Self(Id::from_bits(u128::from_be_bytes(bytes))))
    }
}

/// A name as it is compared.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A unit variant by its name on the wire.
pub(super) fn word<T: Serialize>(value: T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::Damaged("a value has no name".into())),
    }
}

pub(super) fn from_word<T: DeserializeOwned>(word: String) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.clone()))
        .map_err(|_| StoreError::Damaged(format!("{word:?} is not a known word")))
}

/// What the server itself wrote as JSON.
pub(super) fn from_json<T: DeserializeOwned>(what: &str, id: Id, text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Damaged(format!("{what} of {id}: {error}")))
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))
}
