//! The envelope every record travels in, and the closed list of bodies this build knows.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::canvass::building::Building;
use super::canvass::event::{DoorAct, DoorEvent};
use super::canvass::run::Run;
use super::clash::Clash;
use super::follow_up::FollowUp;
use super::id::Id;
use super::note::Note;
use super::organisation::Organisation;
use super::person::Person;
use super::time::Moment;
use super::visit::Visit;

/// What a record is. A kind this build does not know is kept aside by the store, never dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Organisation,
    Person,
    Visit,
    Note,
    FollowUp,
    Building,
    Run,
    DoorEvent,
    Clash,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Organisation,
        Kind::Person,
        Kind::Visit,
        Kind::Note,
        Kind::FollowUp,
        Kind::Building,
        Kind::Run,
        Kind::DoorEvent,
        Kind::Clash,
    ];

    /// The name on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Organisation => "organisation",
            Kind::Person => "person",
            Kind::Visit => "visit",
            Kind::Note => "note",
            Kind::FollowUp => "follow_up",
            Kind::Building => "building",
            Kind::Run => "run",
            Kind::DoorEvent => "door_event",
            Kind::Clash => "clash",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Kinds whose records are never changed after they were written: a correction is another record.
    pub fn append_only(self) -> bool {
        matches!(self, Kind::Note | Kind::DoorEvent)
    }
}

/// Who may see a record: the user's own book until a team shares it (`u:<user>`, `t:<team>`, `b:<building>`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope(pub String);

impl Scope {
    /// The book of the person using this profile; sync binds it to a user at the first sign-in.
    pub fn own() -> Self {
        Self("u:self".into())
    }

    /// What partners on one tower share.
    pub fn building(id: Id) -> Self {
        Self(format!("b:{id}"))
    }
}

/// Where a record comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    #[serde(flatten)]
    pub at: Moment,
    pub device: Id,
    /// The signed-in user; `None` in a book that was never signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// What is known of every record, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub id: Id,
    pub scope: Scope,
    /// The server's version the local copy is based on; 0 until the server has seen it.
    pub version: u64,
    pub created: Created,
    /// Unix milliseconds of the last change made on any device; for display and ranking only.
    pub changed_ms: i64,
    pub deleted: bool,
    /// The import that brought it; such a record stays invisible until that import is committed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<Id>,
}

/// A record of a known kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<B> {
    pub envelope: Envelope,
    pub body: B,
}

impl<B> Entry<B> {
    pub fn id(&self) -> Id {
        self.envelope.id
    }
}

/// What a record of one kind holds.
pub trait Body: Serialize + DeserializeOwned + Clone + PartialEq + Into<AnyBody> + 'static {
    const KIND: Kind;
    /// Number of the newest layout of this body; see [`super::migrate`].
    const SCHEMA: u16;

    /// Takes this kind's body out of a record read from the store.
    fn from_any(any: AnyBody) -> Option<Self>;

    /// Records this one belongs to: the store keeps an index on them, so a client's page reads only its own timeline.
    fn links(&self) -> Vec<Id>;

    /// The day an open item wants attention; `None` for closed ones, which so leave the index that Today reads.
    fn due(&self) -> Option<NaiveDate> {
        None
    }
}

/// A body of any known kind.
#[derive(Debug, Clone, PartialEq)]
pub enum AnyBody {
    Organisation(Organisation),
    Person(Person),
    Visit(Visit),
    Note(Note),
    FollowUp(FollowUp),
    Building(Building),
    Run(Run),
    DoorEvent(DoorEvent),
    Clash(Clash),
}

/// A record of any known kind, as lists and backups hold it.
pub type AnyEntry = Entry<AnyBody>;

impl AnyBody {
    pub fn kind(&self) -> Kind {
        match self {
            AnyBody::Organisation(_) => Kind::Organisation,
            AnyBody::Person(_) => Kind::Person,
            AnyBody::Visit(_) => Kind::Visit,
            AnyBody::Note(_) => Kind::Note,
            AnyBody::FollowUp(_) => Kind::FollowUp,
            AnyBody::Building(_) => Kind::Building,
            AnyBody::Run(_) => Kind::Run,
            AnyBody::DoorEvent(_) => Kind::DoorEvent,
            AnyBody::Clash(_) => Kind::Clash,
        }
    }

    /// The scope a record of this body is made in; `id` is its own.
    pub fn scope(&self, id: Id) -> Scope {
        match self {
            AnyBody::Building(_) => Scope::building(id),
            AnyBody::Run(body) => Scope::building(body.building),
            AnyBody::DoorEvent(body) => Scope::building(body.building),
            _ => Scope::own(),
        }
    }

    pub fn schema(&self) -> u16 {
        schema_of(self.kind())
    }

    pub fn links(&self) -> Vec<Id> {
        match self {
            AnyBody::Organisation(body) => body.links(),
            AnyBody::Person(body) => body.links(),
            AnyBody::Visit(body) => body.links(),
            AnyBody::Note(body) => body.links(),
            AnyBody::FollowUp(body) => body.links(),
            AnyBody::Building(body) => body.links(),
            AnyBody::Run(body) => body.links(),
            AnyBody::DoorEvent(body) => body.links(),
            AnyBody::Clash(body) => body.links(),
        }
    }

    /// Digests of the pictures the record shows.
    pub fn blobs(&self) -> Vec<&str> {
        let photos = match self {
            AnyBody::Visit(body) => &body.photos,
            AnyBody::Note(body) => &body.photos,
            AnyBody::DoorEvent(DoorEvent {
                act: DoorAct::Detail { detail, .. },
                ..
            }) => &detail.photos,
            _ => return Vec::new(),
        };
        photos.iter().map(|photo| photo.blob.as_str()).collect()
    }

    pub fn due(&self) -> Option<NaiveDate> {
        match self {
            AnyBody::Organisation(body) => body.due(),
            AnyBody::Person(body) => body.due(),
            AnyBody::Visit(body) => body.due(),
            AnyBody::Note(body) => body.due(),
            AnyBody::FollowUp(body) => body.due(),
            AnyBody::Building(body) => body.due(),
            AnyBody::Run(body) => body.due(),
            AnyBody::DoorEvent(body) => body.due(),
            AnyBody::Clash(body) => body.due(),
        }
    }

    /// The body as JSON, the form the codec seals and the queue compares field by field.
    pub fn to_json(&self) -> Result<serde_json::Value, serde_json::Error> {
        match self {
            AnyBody::Organisation(body) => serde_json::to_value(body),
            AnyBody::Person(body) => serde_json::to_value(body),
            AnyBody::Visit(body) => serde_json::to_value(body),
            AnyBody::Note(body) => serde_json::to_value(body),
            AnyBody::FollowUp(body) => serde_json::to_value(body),
            AnyBody::Building(body) => serde_json::to_value(body),
            AnyBody::Run(body) => serde_json::to_value(body),
            AnyBody::DoorEvent(body) => serde_json::to_value(body),
            AnyBody::Clash(body) => serde_json::to_value(body),
        }
    }

    /// Reads a body of the newest layout; older ones pass [`super::migrate::upgrade`] first.
    pub fn from_json(kind: Kind, json: serde_json::Value) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            Kind::Organisation => AnyBody::Organisation(serde_json::from_value(json)?),
            Kind::Person => AnyBody::Person(serde_json::from_value(json)?),
            Kind::Visit => AnyBody::Visit(serde_json::from_value(json)?),
            Kind::Note => AnyBody::Note(serde_json::from_value(json)?),
            Kind::FollowUp => AnyBody::FollowUp(serde_json::from_value(json)?),
            Kind::Building => AnyBody::Building(serde_json::from_value(json)?),
            Kind::Run => AnyBody::Run(serde_json::from_value(json)?),
            Kind::DoorEvent => AnyBody::DoorEvent(serde_json::from_value(json)?),
            Kind::Clash => AnyBody::Clash(serde_json::from_value(json)?),
        })
    }
}

/// The newest layout of a kind's body.
pub fn schema_of(kind: Kind) -> u16 {
    match kind {
        Kind::Organisation => Organisation::SCHEMA,
        Kind::Person => Person::SCHEMA,
        Kind::Visit => Visit::SCHEMA,
        Kind::Note => Note::SCHEMA,
        Kind::FollowUp => FollowUp::SCHEMA,
        Kind::Building => Building::SCHEMA,
        Kind::Run => Run::SCHEMA,
        Kind::DoorEvent => DoorEvent::SCHEMA,
        Kind::Clash => Clash::SCHEMA,
    }
}

/// Implements the two conversions between a body and [`AnyBody`] that every kind needs.
macro_rules! any_body {
    ($($kind:ident),*) => {$(
        impl From<$kind> for AnyBody {
            fn from(body: $kind) -> Self {
                AnyBody::$kind(body)
            }
        }
    )*};
}
any_body!(
    Organisation,
    Person,
    Visit,
    Note,
    FollowUp,
    Building,
    Run,
    DoorEvent,
    Clash
);

impl AnyEntry {
    /// The entry with its body's own type, if it is of that kind.
    pub fn downcast<B: Body>(self) -> Option<Entry<B>> {
        let envelope = self.envelope;
        B::from_any(self.body).map(|body| Entry { envelope, body })
    }
}

impl<B: Body> Entry<B> {
    pub fn into_any(self) -> AnyEntry {
        Entry {
            envelope: self.envelope,
            body: self.body.into(),
        }
    }
}
