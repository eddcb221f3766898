//! Search and duplicate warnings over everything that is loaded.

use std::sync::Arc;

use leptos::prelude::GetUntracked;

use super::Book;
use crate::domain::docs::{self, Found};
use crate::domain::han::HanTable;
use crate::domain::id::Id;
use crate::domain::lead::Lead;
use crate::domain::matching::{Candidate, DuplicateFinder};
use crate::domain::note::{Note, NoteRole};
use crate::domain::organisation::OrganisationDraft;
use crate::domain::person::PersonDraft;
use crate::domain::record::{AnyBody, AnyEntry, Entry};
use crate::domain::search::{DocKind, Hit, Index, Query};
use crate::domain::shelf::Shelf;

/// Suspects named at a time: enough to recognise the duplicate, few enough to read while typing.
const SUSPECTS: usize = 3;

/// What a picker picks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    Organisation,
    Person,
}

impl Pick {
    fn kind(self) -> DocKind {
        match self {
            Pick::Organisation => DocKind::Organisation,
            Pick::Person => DocKind::Person,
        }
    }
}

pub struct Finder {
    index: Index,
    duplicates: DuplicateFinder,
    han: Arc<HanTable>,
    reads_han: bool,
}

impl Finder {
    pub fn new() -> Self {
        Self::with_han(Arc::default(), false)
    }

    /// Forgets what is loaded, keeps what is known of Han characters.
    pub fn clear(&mut self) {
        *self = Self::with_han(self.han.clone(), self.reads_han);
    }

    pub fn reads_han(&self) -> bool {
        self.reads_han
    }

    /// Begins anew with the table; called before anything is loaded.
    pub fn set_han(&mut self, han: HanTable) {
        *self = Self::with_han(Arc::new(han), true);
    }

    pub fn han(&self) -> &Arc<HanTable> {
        &self.han
    }

    pub fn put(&mut self, entry: &AnyEntry, shelf: &Shelf) {
        // What was taken back or put otherwise is no longer found; its newest wording is.
        if let AnyBody::Note(Note {
            role: NoteRole::Correction { of } | NoteRole::Retraction { of },
            ..
        }) = &entry.body
        {
            self.index.remove(of.bits());
        }
        match docs::doc(entry, shelf) {
            Some(doc) => self.index.upsert(doc),
            None => {
                self.index.remove(entry.id().bits());
            }
        }
        match docs::candidate(entry) {
            Some(candidate) => self.duplicates.put(entry.id(), &candidate, &self.han),
            None => self.duplicates.remove(entry.id()),
        }
    }

    pub fn put_lead(&mut self, lead: &Lead) {
        match docs::lead_doc(lead) {
            Some(doc) => {
                self.index.upsert(doc);
                self.duplicates
                    .put(lead.id, &docs::lead_candidate(lead), &self.han);
            }
            None => {
                self.index.remove(lead.id.bits());
                self.duplicates.remove(lead.id);
            }
        }
    }

    /// Best hits first; none for an empty query.
    pub fn search(&self, words: &str, kind: Option<DocKind>, limit: usize) -> Vec<Hit> {
        let query = Query::new(words).limit(limit);
        self.index.search(&match kind {
            Some(kind) => query.only(&[kind]),
            None => query,
        })
    }

    /// Clients and leads that look like the one being typed.
    pub fn suspects_organisation(&self, draft: &OrganisationDraft, own: Option<Id>) -> Vec<Found> {
        self.suspects(&docs::draft_candidate(draft), own)
    }

    /// Contacts that look like the one being typed.
    pub fn suspects_person(&self, draft: &PersonDraft, own: Option<Id>) -> Vec<Found> {
        self.suspects(&docs::person_candidate(draft), own)
    }

    fn suspects(&self, candidate: &Candidate, own: Option<Id>) -> Vec<Found> {
        let suspects = self.duplicates.find(candidate, &self.han);
        let others = suspects
            .into_iter()
            .filter(|suspect| Some(suspect.id) != own);
        let rows = others.filter_map(|suspect| {
            Some(Found {
                why: Some(suspect.reason),
                ..row(suspect.id)?
            })
        });
        rows.take(SUSPECTS).collect()
    }

    /// Clients or contacts by name, for a picker.
    pub fn search_names(&self, words: &str, pick: Pick, limit: usize) -> Vec<Found> {
        let (book, han_first) = here();
        let hits = self.search(words, Some(pick.kind()), limit);
        book.with_shelf_untracked(|shelf| {
            let entry = |id| match pick {
                Pick::Organisation => shelf.organisation(id).cloned().map(Entry::into_any),
                Pick::Person => shelf.person(id).cloned().map(Entry::into_any),
            };
            hits.iter()
                .filter_map(|hit| {
                    docs::found(hit, &entry(Id::from_bits(hit.id))?, shelf, han_first)
                })
                .collect()
        })
    }

    /// What a picker offers before anything is typed: those in touch most recently.
    pub fn suggest(&self, pick: Pick, limit: usize) -> Vec<Found> {
        let (book, han_first) = here();
        book.with_shelf_untracked(|shelf| {
            let mut recent = shelf.recently_contacted(pick == Pick::Person);
            recent.truncate(limit);
            recent
                .iter()
                .map(|entry| docs::plain(entry, shelf, han_first))
                .collect()
        })
    }

    fn with_han(han: Arc<HanTable>, reads_han: bool) -> Self {
        Self {
            index: Index::with_han(han.clone()),
            duplicates: DuplicateFinder::default(),
            han,
            reads_han,
        }
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

/// A client, contact or lead as a row; `None` for what is no longer shown.
fn row(id: Id) -> Option<Found> {
    let (book, han_first) = here();
    book.with_shelf_untracked(|shelf| {
        let organisation = shelf.organisation(id).cloned().map(Entry::into_any);
        match organisation.or_else(|| shelf.person(id).cloned().map(Entry::into_any)) {
            Some(entry) => Some(docs::plain(&entry, shelf, han_first)),
            None => shelf.lead(id).map(|lead| docs::plain_lead(lead, han_first)),
        }
    })
}

fn here() -> (Book, bool) {
    let app = super::app();
    (app.book, app.settings.lang.get_untracked().is_han())
}
