//! How bytes stand in a line of JSON.

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes as one Base64 text.
pub mod base64 {
    use super::*;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}

/// Bytes as text where they are text, so that a person can read their book without this app.
pub mod text {
    use super::*;

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Form {
        Text(String),
        Bytes { base64: String },
    }

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => Form::Bytes {
                base64: STANDARD.encode(bytes),
            }
            .serialize(serializer),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        match Form::deserialize(deserializer)? {
            Form::Text(text) => Ok(text.into_bytes()),
            Form::Bytes { base64 } => STANDARD.decode(base64).map_err(D::Error::custom),
        }
    }
}

/// A queued change with its exact bytes: its digest is over them.
pub mod frozen {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::outbox::Frozen;
    use crate::domain::record::Kind;

    #[derive(Serialize, Deserialize)]
    struct Form {
        id: Id,
        record: Id,
        kind: Kind,
        #[serde(with = "super::text")]
        bytes: Vec<u8>,
        digest: String,
        at_ms: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        import: Option<Id>,
    }

    pub fn serialize<S: Serializer>(frozen: &Frozen, serializer: S) -> Result<S::Ok, S::Error> {
        let Frozen {
            id,
            record,
            kind,
            bytes,
            digest,
            at_ms,
            import,
        } = frozen.clone();
        Form {
            id,
            record,
            kind,
            bytes,
            digest,
            at_ms,
            import,
        }
        .serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Frozen, D::Error> {
        let Form {
            id,
            record,
            kind,
            bytes,
            digest,
            at_ms,
            import,
        } = Form::deserialize(deserializer)?;
        Ok(Frozen {
            id,
            record,
            kind,
            bytes,
            digest,
            at_ms,
            import,
        })
    }
}
