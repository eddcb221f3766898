//! The queue's rows. A mutation is frozen as the exact bytes that will be sent: the digest is over those bytes, so both
//! sides can tell a repeat from a forgery without re-serialising anything (sync.md §Protocol 1).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::consent::hex;
use super::id::Id;
use super::merge::{Change, diff};
use super::record::{Created, Envelope, Kind, Scope};
use super::time::Moment;

/// What one save did to one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mutation {
    pub id: Id,
    pub record: Id,
    pub kind: Kind,
    pub scope: Scope,
    /// The server's version the device had when it wrote.
    pub base_version: u64,
    pub schema: u16,
    pub action: Action,
    /// Device time, for display only: the server orders by its own sequence.
    pub at: Moment,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Create {
        body: Value,
        /// Where the record comes from, which need not be this device: partners hand each other what they wrote. Rows
        /// queued before there was a server have none; then it is the sender.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created: Option<Created>,
    },
    Edit {
        changes: Vec<Change>,
    },
    Delete,
    /// Takes a deletion back; with the fields changed since.
    Restore {
        body: Value,
    },
}

/// A mutation as it waits in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    pub id: Id,
    pub record: Id,
    pub kind: Kind,
    /// UTF-8 JSON of the [`Mutation`], sent as it is.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`, lower-case hex.
    pub digest: String,
    pub at_ms: i64,
    /// Held back from sending until this import is committed.
    pub import: Option<Id>,
}

impl Mutation {
    /// What leads from `old` to `new`; `None` when the save changes nothing worth sending.
    pub fn between(
        id: Id,
        at: Moment,
        schema: u16,
        kind: Kind,
        old: Option<(&Envelope, &Value)>,
        new: (&Envelope, &Value),
    ) -> Option<Mutation> {
        let (envelope, body) = new;
        let action = match old {
            None => Action::Create {
                body: body.clone(),
                created: Some(envelope.created.clone()),
            },
            Some((was, _)) if !was.deleted && envelope.deleted => Action::Delete,
            Some((was, _)) if was.deleted && !envelope.deleted => {
                Action::Restore { body: body.clone() }
            }
            Some((_, before)) => {
                let changes = diff(before, body);
                if changes.is_empty() {
                    return None;
                }
                Action::Edit { changes }
            }
        };
        Some(Mutation {
            id,
            record: envelope.id,
            kind,
            scope: envelope.scope.clone(),
            base_version: envelope.version,
            schema,
            action,
            at,
        })
    }

    pub fn freeze(&self, import: Option<Id>) -> Result<Frozen, serde_json::Error> {
        let bytes = serde_json::to_vec(self)?;
        let digest = hex(&Sha256::digest(&bytes));
        Ok(Frozen {
            id: self.id,
            record: self.record,
            kind: self.kind,
            bytes,
            digest,
            at_ms: self.at.at_ms,
            import,
        })
    }
}

impl Frozen {
    /// Reads the row back, refusing bytes that no longer match their digest.
    pub fn thaw(&self) -> Result<Mutation, ThawError> {
        if hex(&Sha256::digest(&self.bytes)) != self.digest {
            return Err(ThawError::Damaged(self.id));
        }
        serde_json::from_slice(&self.bytes).map_err(|source| ThawError::Unreadable {
            id: self.id,
            source,
        })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ThawError {
    #[error("queued change {0} does not match its digest")]
    Damaged(Id),
    #[error("queued change {id} cannot be read")]
    Unreadable { id: Id, source: serde_json::Error },
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::note::NoteRole;
    use crate::domain::note::tests::entry;

    fn between(old: Option<(bool, Value)>, new: (bool, Value)) -> Option<Mutation> {
        let envelope = |deleted| Envelope {
            deleted,
            ..entry(1, 0, "x", NoteRole::Original).envelope
        };
        let at = envelope(false).created.at;
        let old = old.map(|(deleted, body)| (envelope(deleted), body));
        Mutation::between(
            Id::from_parts(9, &[9; 10]),
            at,
            1,
            Kind::Note,
            old.as_ref().map(|(envelope, body)| (envelope, body)),
            (&envelope(new.0), &new.1),
        )
    }

    #[test]
    fn a_save_becomes_the_right_action() {
        let body = json!({"text": "a"});
        let action = |old, new| between(old, new).map(|m| m.action);
        assert!(matches!(
            action(None, (false, body.clone())),
            Some(Action::Create { body: sent, created: Some(_) }) if sent == body
        ));
        assert_eq!(
            action(Some((false, body.clone())), (false, body.clone())),
            None
        );
        assert_eq!(
            action(Some((false, body.clone())), (true, body.clone())),
            Some(Action::Delete)
        );
        assert_eq!(
            action(Some((true, body.clone())), (false, body.clone())),
            Some(Action::Restore { body: body.clone() })
        );
        assert!(
            matches!(action(Some((false, body)), (false, json!({"text": "b"}))), Some(Action::Edit { changes }) if changes.len() == 1)
        );
    }

    #[test]
    fn frozen_bytes_come_back_and_a_flipped_bit_is_noticed() {
        let mutation = between(None, (false, json!({"text": "𠮷 emoji 🏙"}))).unwrap();
        let mut frozen = mutation.freeze(None).unwrap();
        assert_eq!(frozen.thaw().unwrap(), mutation);
        frozen.bytes[10] ^= 1;
        assert!(matches!(frozen.thaw(), Err(ThawError::Damaged(_))));
    }
}
