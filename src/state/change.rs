//! One act of a person: the records it writes, the pictures that go with them, the drafts it finishes. It is saved in
//! one transaction or not at all, and knows how to be taken back.

use crate::domain::canvass::event::{DoorAct, DoorEvent};
use crate::domain::id::Id;
use crate::domain::lead::Lead;
use crate::domain::note::{Note, NoteRole};
use crate::domain::record::{AnyBody, AnyEntry, Created, Entry, Envelope};
use crate::platform::{clock, random};

#[derive(Default)]
pub struct Change {
    pub(super) writes: Vec<(Option<AnyEntry>, AnyEntry)>,
    pub(super) blobs: Vec<(String, Vec<u8>)>,
    pub(super) finished_drafts: Vec<String>,
    pub(super) lead: Option<Lead>,
}

/// What was saved, and what stood there before.
#[derive(Clone)]
pub struct Committed {
    pub before: Vec<Option<AnyEntry>>,
    pub after: Vec<AnyEntry>,
    /// The lead as it was before it became a client.
    pub lead_before: Option<Lead>,
}

impl Change {
    pub fn new() -> Self {
        Self::default()
    }

    /// A new record on `device`; answers its id.
    pub fn create(&mut self, device: Id, body: impl Into<AnyBody>) -> Id {
        let id = random::new_id();
        self.create_as(id, device, body);
        id
    }

    /// As [`Change::create`], for a record whose id was given out before, such as a form's.
    pub fn create_as(&mut self, id: Id, device: Id, body: impl Into<AnyBody>) {
        let at = clock::now();
        let changed_ms = at.at_ms;
        let body = body.into();
        let scope = body.scope(id);
        let created = Created {
            at,
            device,
            user: None,
        };
        let envelope = Envelope {
            id,
            scope,
            version: 0,
            created,
            changed_ms,
            deleted: false,
            import: None,
        };
        self.writes.push((None, Entry { envelope, body }));
    }

    /// A record that came from another device, as it is there.
    pub fn receive(&mut self, entry: AnyEntry) {
        self.writes.push((None, entry));
    }

    pub fn edit(&mut self, old: AnyEntry, body: impl Into<AnyBody>) {
        let envelope = Envelope {
            changed_ms: clock::now_ms(),
            ..old.envelope.clone()
        };
        self.writes.push((
            Some(old),
            Entry {
                envelope,
                body: body.into(),
            },
        ));
    }

    pub fn delete(&mut self, old: AnyEntry) {
        let envelope = Envelope {
            changed_ms: clock::now_ms(),
            deleted: true,
            ..old.envelope.clone()
        };
        let body = old.body.clone();
        self.writes.push((Some(old), Entry { envelope, body }));
    }

    pub fn photo(&mut self, digest: String, jpeg: Vec<u8>) {
        self.blobs.push((digest, jpeg));
    }

    pub fn finish_draft(&mut self, key: impl Into<String>) {
        self.finished_drafts.push(key.into());
    }

    /// The lead that became an organisation with this change.
    pub fn take_lead(&mut self, lead: Lead) {
        self.lead = Some(lead);
    }
}

impl Committed {
    /// The change that takes this one back: a new record is deleted, an edited one gets its old body again, and an
    /// append-only one is retracted by another entry.
    pub fn reverse(&self, device: Id) -> Change {
        let mut change = Change {
            lead: self.lead_before.clone(),
            ..Change::default()
        };
        for (before, after) in self.before.iter().zip(&self.after) {
            match (before, &after.body) {
                (None, AnyBody::Note(note)) => {
                    change.create(device, opposite(after.id(), note));
                }
                (None, AnyBody::DoorEvent(event)) => {
                    change.create(device, take_back(after.id(), event));
                }
                (None, _) => change.delete(after.clone()),
                (Some(before), _) if before.envelope.deleted != after.envelope.deleted => {
                    let envelope = Envelope {
                        changed_ms: clock::now_ms(),
                        deleted: before.envelope.deleted,
                        ..after.envelope.clone()
                    };
                    change.writes.push((
                        Some(after.clone()),
                        Entry {
                            envelope,
                            body: before.body.clone(),
                        },
                    ));
                }
                (Some(before), _) => change.edit(after.clone(), before.body.clone()),
            }
        }
        change
    }
}

/// The entry that takes back a note's entry: a retraction of a note, a restoration of a retracted one, and for a
/// correction the wording it replaced is not known here, so the correction itself is retracted by the caller.
fn opposite(id: Id, note: &Note) -> Note {
    let role = match note.role {
        NoteRole::Retraction { of } => NoteRole::Restoration { of },
        NoteRole::Restoration { of } => NoteRole::Retraction { of },
        NoteRole::Original | NoteRole::Correction { .. } => NoteRole::Retraction { of: id },
    };
    Note {
        text: String::new(),
        tags: Vec::new(),
        photos: Vec::new(),
        at: clock::now(),
        role,
        ..note.clone()
    }
}

/// The event that takes back a door's event.
fn take_back(id: Id, event: &DoorEvent) -> DoorEvent {
    let act = match event.act {
        DoorAct::Retract { of } => DoorAct::Restore { of },
        DoorAct::Restore { of } => DoorAct::Retract { of },
        DoorAct::Outcome(_) | DoorAct::Detail { .. } | DoorAct::Lift { .. } => {
            DoorAct::Retract { of: id }
        }
    };
    DoorEvent {
        number: event.number.saturating_add(1),
        at: clock::now(),
        act,
        ..event.clone()
    }
}
