//! Identifiers made on the device: UUID version 7 (RFC 9562 §5.7), so ids sort by the time they were made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// Names a record, a mutation, a list item, an import or a profile.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// Makes an id from Unix milliseconds and ten random bytes; both come from the platform.
    pub fn from_parts(unix_ms: u64, random: &[u8; 10]) -> Self {
        Self(Builder::from_unix_timestamp_millis(unix_ms, random).into_uuid())
    }

    /// The id as 128 bits: the compact form the search index keeps.
    pub fn bits(self) -> u128 {
        self.0.as_u128()
    }

    pub fn from_bits(bits: u128) -> Self {
        Self(Uuid::from_u128(bits))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0:?}")]
pub struct BadId(pub String);

impl FromStr for Id {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        Uuid::parse_str(text)
            .map(Self)
            .map_err(|_| BadId(text.chars().take(64).collect()))
    }
}

/// Gives out ids. The platform's implementation reads the clock and the browser's random numbers;
/// tests use a counting one.
pub trait NewId {
    fn new_id(&mut self) -> Id;
}

impl<F: FnMut() -> Id> NewId for F {
    fn new_id(&mut self) -> Id {
        self()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_time_they_were_made_and_survive_text() {
        let early = Id::from_parts(1_000, &[0xff; 10]);
        let late = Id::from_parts(1_001, &[0; 10]);
        assert!(early < late);
        assert_eq!(late.to_string().parse::<Id>(), Ok(late));
        assert_eq!(Id::from_bits(late.bits()), late);
        assert!("12".parse::<Id>().is_err());
    }
}
