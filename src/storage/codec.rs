//! The one place where what a person wrote is sealed and opened. Every body, queued mutation, draft, lead, photo and list
//! passes here on its way in and out; a row carries the number of the sealer that closed it, so rows sealed differently
//! live side by side and can be moved over step by step.

/// How bodies are closed. Sealing and opening are asynchronous because the browser's cipher is; so sealing happens
/// before a transaction is opened, and opening after it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealer {
    /// As it is: a book without a passphrase.
    Open,
}

/// Bytes as they lie in the database, and the number of the sealer that closed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub sealer: u8,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("sealed in a way this build does not know ({0})")]
pub struct UnknownSealer(pub u8);

const OPEN: u8 = 0;

impl Sealer {
    pub async fn seal(&self, bytes: Vec<u8>) -> Sealed {
        match self {
            Sealer::Open => Sealed {
                sealer: OPEN,
                bytes,
            },
        }
    }

    pub async fn open(&self, sealed: Sealed) -> Result<Vec<u8>, UnknownSealer> {
        match sealed.sealer {
            OPEN => Ok(sealed.bytes),
            other => Err(UnknownSealer(other)),
        }
    }
}
