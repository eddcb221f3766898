//! Notes are append-only: a correction or a retraction is another note, and the timeline is a fold over all of them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::photo::Photo;
use super::record::{AnyBody, Body, Entry, Kind};
use super::time::Moment;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    Need,
    Competitor,
    Market,
    Risk,
    Complaint,
    Suggestion,
}

impl Tag {
    pub const ALL: [Tag; 6] = [
        Tag::Need,
        Tag::Competitor,
        Tag::Market,
        Tag::Risk,
        Tag::Complaint,
        Tag::Suggestion,
    ];
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteRole {
    #[default]
    Original,
    /// Takes the place of an earlier note, which stays readable behind it.
    Correction { of: Id },
    /// Hides a note; the note itself stays stored.
    Retraction { of: Id },
    /// Takes back a retraction.
    Restoration { of: Id },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Id>,
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    pub at: Moment,
    #[serde(default)]
    pub role: NoteRole,
}

impl Body for Note {
    const KIND: Kind = Kind::Note;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Note(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        self.organisation
            .into_iter()
            .chain(self.persons.iter().copied())
            .chain(self.visit)
            .collect()
    }
}

/// A note's form text; it needs words or a picture, nothing else.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteDraft {
    pub organisation: Option<Id>,
    pub persons: Vec<Id>,
    pub visit: Option<Id>,
    pub text: String,
    pub tags: Vec<Tag>,
    pub photos: Vec<Photo>,
}

impl NoteDraft {
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.photos.is_empty()
    }

    /// `None` for a blank draft: there is nothing to keep.
    pub fn note(&self, at: Moment, role: NoteRole) -> Option<Note> {
        (!self.is_blank()).then(|| Note {
            organisation: self.organisation,
            persons: self.persons.clone(),
            visit: self.visit,
            text: self.text.trim_end().to_owned(),
            tags: self.tags.clone(),
            photos: self.photos.clone(),
            at,
            role,
        })
    }
}

/// A note as the timeline shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteView {
    /// The first of the chain: the address of the note, whatever was corrected since.
    pub id: Id,
    /// What counts now: the newest correction, or the original.
    pub current: Entry<Note>,
    /// Earlier wordings, newest first.
    pub earlier: Vec<Entry<Note>>,
    pub retracted: bool,
}

impl NoteView {
    /// When it was first written: a correction does not move a note in the timeline.
    pub fn written(&self) -> &Moment {
        &self.earlier.last().unwrap_or(&self.current).body.at
    }
}

/// Folds notes into what the timeline shows, newest first. The order of the input does not matter: ties are broken by
/// id, so every device shows the same. A correction whose original has not arrived stands for itself.
pub fn fold(notes: Vec<Entry<Note>>) -> Vec<NoteView> {
    let mut notes = notes;
    // Originals first whatever the clocks said: a correction made on a device whose clock is behind still corrects.
    notes.sort_by_key(|note| {
        (
            note.body.role != NoteRole::Original,
            note.body.at.at_ms,
            note.id(),
        )
    });
    notes.dedup_by_key(|note| note.id());
    let roots = roots(&notes);
    let mut chains: HashMap<Id, Vec<Entry<Note>>> = HashMap::new();
    let mut hidden: HashMap<Id, bool> = HashMap::new();
    for note in notes {
        let root = |of: Id| roots.get(&of).copied().unwrap_or(of);
        match note.body.role {
            NoteRole::Original => chains.entry(note.id()).or_default().push(note),
            NoteRole::Correction { of } => chains.entry(root(of)).or_default().push(note),
            NoteRole::Retraction { of } => {
                hidden.insert(root(of), true);
            }
            NoteRole::Restoration { of } => {
                hidden.insert(root(of), false);
            }
        }
    }
    let mut views: Vec<NoteView> = chains
        .into_iter()
        .filter_map(|(id, mut chain)| {
            let current = chain.pop()?;
            chain.reverse();
            let retracted = hidden.get(&id).copied().unwrap_or(false);
            Some(NoteView {
                id,
                current,
                earlier: chain,
                retracted,
            })
        })
        .collect();
    views.sort_by_key(|view| std::cmp::Reverse((view.written().at_ms, view.id)));
    views
}

/// The first note of each correction's chain.
fn roots(notes: &[Entry<Note>]) -> HashMap<Id, Id> {
    let parents: HashMap<Id, Id> = notes
        .iter()
        .filter_map(|note| match note.body.role {
            NoteRole::Correction { of } => Some((note.id(), of)),
            _ => None,
        })
        .collect();
    parents
        .keys()
        .map(|id| {
            let mut root = *id;
            // Bounded, so that a corrupt file with a circle of corrections cannot hang the page.
            for _ in 0..parents.len() {
                match parents.get(&root) {
                    Some(parent) => root = *parent,
                    None => break,
                }
            }
            (*id, root)
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::record::{Created, Envelope, Scope};

    pub fn entry(n: u8, at_ms: i64, text: &str, role: NoteRole) -> Entry<Note> {
        let at = Moment {
            at_ms,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        };
        let created = Created {
            at: at.clone(),
            device: id(255),
            user: None,
        };
        let draft = NoteDraft {
            text: text.into(),
            ..Default::default()
        };
        Entry {
            envelope: Envelope {
                id: id(n),
                scope: Scope::own(),
                version: 0,
                created,
                changed_ms: at_ms,
                deleted: false,
                import: None,
            },
            body: draft.note(at, role).unwrap(),
        }
    }

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), &[n; 10])
    }

    fn story() -> Vec<Entry<Note>> {
        vec![
            entry(1, 10, "第一", NoteRole::Original),
            entry(2, 20, "第二", NoteRole::Original),
            entry(3, 30, "第一、改", NoteRole::Correction { of: id(1) }),
            entry(4, 40, "第一、再改", NoteRole::Correction { of: id(3) }),
            entry(5, 50, "-", NoteRole::Retraction { of: id(2) }),
            entry(6, 60, "第三", NoteRole::Original),
            entry(7, 70, "-", NoteRole::Retraction { of: id(6) }),
            entry(8, 80, "-", NoteRole::Restoration { of: id(6) }),
        ]
    }

    #[test]
    fn the_newest_correction_counts_and_nothing_is_gone() {
        let views = fold(story());
        let texts: Vec<_> = views
            .iter()
            .map(|v| (v.current.body.text.as_str(), v.earlier.len(), v.retracted))
            .collect();
        assert_eq!(
            texts,
            [
                ("第三", 0, false),
                ("第二", 0, true),
                ("第一、再改", 2, false)
            ]
        );
        assert_eq!(views[2].id, id(1));
    }

    #[test]
    fn a_clock_that_is_behind_does_not_undo_a_correction() {
        let views = fold(vec![
            entry(1, 1_000, "原文", NoteRole::Original),
            entry(2, 10, "更正", NoteRole::Correction { of: id(1) }),
        ]);
        assert_eq!(views[0].current.body.text, "更正");
    }

    #[test]
    fn a_blank_note_is_not_kept() {
        let at = Moment {
            at_ms: 0,
            zone: "UTC".into(),
            offset_min: 0,
        };
        assert_eq!(
            NoteDraft {
                text: " \n".into(),
                ..Default::default()
            }
            .note(at, NoteRole::Original),
            None
        );
    }

    proptest! {
        #[test]
        fn the_fold_does_not_depend_on_the_order(notes in Just(story()).prop_shuffle()) {
            prop_assert_eq!(fold(notes), fold(story()));
        }
    }
}
