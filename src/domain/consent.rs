//! Consent and opt-out: who said it, when, in which words, from which source. An opt-out is kept beyond the person: a
//! salted hash of the ways to reach them lets a later import recognise them without keeping them (product.md §6).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::id::Id;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    Given,
    OptedOut,
}

/// One statement of a person; the latest is in force, the earlier ones stay as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub id: Id,
    pub state: ConsentState,
    pub on: NaiveDate,
    /// Who took the statement.
    pub by: String,
    /// The words used, as near as remembered.
    pub words: String,
    /// Where it was said: phone, form, face to face, card, letter.
    pub source: String,
}

/// Opted-out phones and e-mail addresses, as salted SHA-256 digests: enough to recognise, not enough to call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Random per book, so that two books' lists cannot be compared.
    pub salt: String,
    pub digests: BTreeSet<String>,
}

impl Suppression {
    pub fn add(&mut self, key: &str) {
        self.digests.insert(self.digest(key));
    }

    /// Called when a person who had opted out consents anew.
    pub fn remove(&mut self, key: &str) {
        self.digests.remove(&self.digest(key));
    }

    pub fn holds(&self, key: &str) -> bool {
        !self.digests.is_empty() && self.digests.contains(&self.digest(key))
    }

    fn digest(&self, key: &str) -> String {
        hex(&Sha256::new()
            .chain_update(&self.salt)
            .chain_update([0])
            .chain_update(key)
            .finalize())
    }
}

/// Lower-case hex of a digest.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_recognises_without_keeping() {
        let mut list = Suppression {
            salt: "s".into(),
            ..Default::default()
        };
        list.add("+85255550101");
        assert!(list.holds("+85255550101") && !list.holds("+85255550102"));
        let text = serde_json::to_string(&list).unwrap();
        assert!(!text.contains("5555"));
        list.remove("+85255550101");
        assert!(!list.holds("+85255550101"));
    }
}
