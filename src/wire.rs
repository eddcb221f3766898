//! What device and server say to each other (sync.md §Protocol), version 1: JSON over HTTPS with a media type of its own.
//! Both sides compile this file.
//!
//! | request | body | answer |
//! | --- | --- | --- |
//! | `POST /v1/login` | [`Login`] | [`LoggedIn`] |
//! | `POST /v1/logout` | none | 204 |
//! | `GET /v1/hello` | none | [`Hello`] |
//! | `POST /v1/push` | [`Push`] | [`PushAnswer`] |
//! | `GET /v1/pull?scope=…&since=…&limit=…` | none | [`PullAnswer`] |
//! | `GET /v1/blobs/{sha256}` | none | the bytes |
//! | `HEAD /v1/blobs/{sha256}` | none | 200 when complete, 404 with `upload-offset` when not |
//! | `PUT /v1/blobs/{sha256}?offset=…&size=…` | a part | [`BlobAnswer`] |
//!
//! Everything but the login wants `authorization: Bearer <token>`. Every refusal is a [`Refusal`] with its HTTP status.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::id::Id;
use crate::domain::record::Created;

/// The version of this protocol.
pub const PROTOCOL: u32 = 1;
/// The only content type that counts as an answer: a captive portal's page has another.
pub const MEDIA_TYPE: &str = "application/vnd.topfloor.v1+json";
/// Mutations in one push.
pub const MOST_MUTATIONS: usize = 200;
/// Bytes of one push's body; one mutation alone may be larger, up to [`MOST_BODY`].
pub const MOST_BATCH: usize = 512 * 1024;
/// Bytes of any body the server reads.
pub const MOST_BODY: usize = 1024 * 1024;
/// Bytes of one part of a picture.
pub const BLOB_PART: usize = 256 * 1024;
/// Bytes of one picture.
pub const MOST_BLOB: usize = 16 * 1024 * 1024;
/// Records of one page of a pull.
pub const PULL_PAGE: u32 = 500;
/// Where the server says how much of a picture it has, bytes.
pub const UPLOAD_OFFSET: &str = "upload-offset";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub name: String,
    pub password: String,
    /// The id that was made with the book's database. A device belongs to one user for good.
    pub device: Id,
    /// What its owner calls it, for the list of devices and for clashes.
    pub device_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedIn {
    pub user: User,
    /// Says who this device is, until it is revoked. Not stored by the server; only its digest is.
    pub token: String,
    pub generation: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub id: Id,
    /// The name to sign in with.
    pub name: String,
    /// The name to show.
    pub shown: String,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Member,
    /// Reads the team's scopes.
    Leader,
    Admin,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Oldest and newest protocol the server speaks.
    pub protocol: (u32, u32),
    /// New after any restore of the server. Unix milliseconds of it, so that no two restores share one.
    pub generation: u64,
    pub user: User,
    /// The feeds this device may read.
    pub scopes: Vec<ScopeState>,
    /// The mutation numbers of this device that the server holds, as ranges from first to last, ascending.
    pub held: Vec<(u64, u64)>,
    /// Unix milliseconds.
    pub server_ms: i64,
    pub limits: Limits,
}

/// One feed: `u:self` for the user's own book, `b:<building>` for what partners on a tower share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeState {
    pub scope: String,
    /// Number of its latest change.
    pub seq: u64,
    /// Grows when what the user may see of it changes: everything is pulled anew then.
    pub epoch: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub mutations: usize,
    pub batch: usize,
    pub body: usize,
    pub part: usize,
    pub blob: usize,
    pub page: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            mutations: MOST_MUTATIONS,
            batch: MOST_BATCH,
            body: MOST_BODY,
            part: BLOB_PART,
            blob: MOST_BLOB,
            page: PULL_PAGE,
        }
    }
}

/// A batch of the queue, in the order of its numbers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Push<'a> {
    /// Made anew for every attempt; the answer echoes it.
    pub batch: Id,
    pub generation: u64,
    #[serde(borrow)]
    pub mutations: Vec<Pushed<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Pushed<'a> {
    pub number: u64,
    pub id: Id,
    /// SHA-256 of the bytes of `body` as they stand here, lower-case hex.
    pub digest: String,
    /// A [`crate::domain::outbox::Mutation`], byte for byte as it was frozen.
    #[serde(borrow)]
    pub body: &'a RawValue,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PushAnswer {
    pub batch: Id,
    pub generation: u64,
    /// One a mutation, in the order of the batch.
    pub results: Vec<PushResult>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PushResult {
    pub id: Id,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done, as far as nothing stood in its way; what did is in clash records, which come with the next pull.
    Applied {
        version: u64,
        /// The change's place in the feed of its scope; 0 when it changed nothing there.
        seq: u64,
        /// What the record holds now, when that is not simply this change over the device's own base.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<WireRecord>,
        #[serde(default, skip_serializing_if = "is_zero")]
        clashes: u32,
    },
    /// The same mutation was applied before: an answer was lost on its way.
    Duplicate { version: u64 },
    /// Never to be applied as it is.
    Rejected {
        #[serde(deserialize_with = "code")]
        code: Code,
        text: String,
    },
    /// To be sent again after so many seconds.
    Later {
        #[serde(deserialize_with = "code")]
        code: Code,
        after_s: u32,
    },
}

/// A record as the feed tells it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WireRecord {
    pub id: Id,
    pub scope: String,
    pub kind: String,
    pub schema: u16,
    pub version: u64,
    pub seq: u64,
    #[serde(default, skip_serializing_if = "is_false")]
    pub deleted: bool,
    pub created: Created,
    pub changed_ms: i64,
    /// Also of a deleted record, so that it can be brought back; `null` after an erasure.
    pub body: Box<RawValue>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PullAnswer {
    pub scope: String,
    pub generation: u64,
    pub epoch: u64,
    /// In the order of `seq`; a record appears once, at its latest change.
    pub records: Vec<WireRecord>,
    /// Where the next page starts.
    pub next: u64,
    pub more: bool,
    /// Number of the scope's latest change, for the progress on the screen.
    pub last: u64,
    /// `since` lies beyond the feed: pull from the beginning.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reset: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobAnswer {
    /// Bytes the server has.
    pub offset: u64,
    /// All bytes are there and their digest is right.
    pub complete: bool,
}

/// Why a request was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    #[serde(deserialize_with = "code")]
    pub code: Code,
    /// For the log; the device has its own words.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_s: Option<u32>,
}

/// What the administrator wants of a lost or returned device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Show nothing any more; keep everything.
    Lock,
    /// Delete the book of this user from the device.
    Wipe,
}

/// Why something was refused or put off. A code this build does not know is read as [`Code::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No token, or one that is not known: sign in.
    SignIn,
    /// The name or the password is wrong.
    WrongPassword,
    /// The account was closed.
    Closed,
    /// The device was revoked; `order` says what it shall do.
    Revoked,
    /// The device's book belongs to another user.
    OtherUser,
    TooMany,
    TooLarge,
    Malformed,
    /// The server was restored from a backup since the device's last hello.
    Generation,
    /// The server speaks no protocol this build knows.
    Protocol,
    Busy,
    /// The user may not write there yet.
    NoAccess,
    /// A kind or layout the server does not know: it is older than the app.
    ServerOlder,
    /// The mutation's id came before with other bytes.
    Reused,
    /// The digest is not that of the bytes.
    Damaged,
    /// The record the mutation changes is not on the server.
    UnknownRecord,
    /// The body breaks a rule of its kind.
    Invalid,
    /// Append-only records are never changed.
    AppendOnly,
    NotFound,
    Other,
}

fn code<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
    let name = serde_json::Value::deserialize(from)?;
    Ok(serde_json::from_value(name).unwrap_or(Code::Other))
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u32) -> bool {
    *value == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutation_travels_byte_for_byte() {
        let id: Id = "01939f6a-0000-7000-8000-000000000001".parse().unwrap();
        let odd = r#"{"b" : 1,  "a":"甲\u0041"}"#;
        let text = serde_json::to_string(&Push {
            batch: id,
            generation: 7,
            mutations: vec![Pushed {
                number: 1,
                id,
                digest: "x".into(),
                body: serde_json::from_str(odd).unwrap(),
            }],
        })
        .unwrap();
        let push: Push = serde_json::from_str(&text).unwrap();
        assert_eq!(push.mutations[0].body.get(), odd);
    }

    #[test]
    fn an_answer_with_a_record_comes_back() {
        let id: Id = "01939f6a-0000-7000-8000-000000000001".parse().unwrap();
        let created = r#"{"at_ms":1,"zone":"Asia/Hong_Kong","offset_min":480,"device":"01939f6a-0000-7000-8000-000000000001"}"#;
        let answer = PushAnswer {
            batch: id,
            generation: 7,
            results: vec![PushResult {
                id,
                outcome: Outcome::Applied {
                    version: 2,
                    seq: 9,
                    record: Some(WireRecord {
                        id,
                        scope: "u:self".into(),
                        kind: "note".into(),
                        schema: 1,
                        version: 2,
                        seq: 9,
                        deleted: false,
                        created: serde_json::from_str(created).unwrap(),
                        changed_ms: 1,
                        body: serde_json::from_str(r#"{"text":"x"}"#).unwrap(),
                    }),
                    clashes: 0,
                },
            }],
        };
        let text = serde_json::to_string(&answer).unwrap();
        let back: PushAnswer = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), text);
    }

    #[test]
    fn a_reason_from_a_newer_server_is_read_as_some_other() {
        assert_eq!(
            serde_json::from_str::<Refusal>(r#"{"code":"quota_of_tomorrow","text":""}"#)
                .unwrap()
                .code,
            Code::Other
        );
    }
}
