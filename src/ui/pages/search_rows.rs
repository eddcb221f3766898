//! From hits to rows: clients, contacts and leads are held in memory, the rest is read from the store.

use leptos::prelude::*;

use crate::domain::docs::{self, Found};
use crate::domain::id::Id;
use crate::domain::record::{AnyEntry, Entry};
use crate::domain::search::{DocKind, Hit};
use crate::domain::shelf::Shelf;
use crate::state::book;
use crate::ui::words::lang;

/// Rows for hits, in their order. Those in memory are there at once; the others follow when they have been read.
pub fn resolve(hits: Memo<Vec<Hit>>) -> Signal<Vec<Found>, LocalStorage> {
    let han_first = lang().is_han();
    let (read, set_read) = signal_local(Vec::<AnyEntry>::new());
    Effect::new(move || {
        let wanted: Vec<Id> = hits.with(|hits| {
            hits.iter()
                .filter(|hit| !in_memory(hit.kind))
                .map(|hit| Id::from_bits(hit.id))
                .collect()
        });
        if wanted.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            let Ok(store) = book().store() else { return };
            // A failed read leaves these rows out; the ones in memory are shown all the same.
            if let Ok(entries) = store.get_many(&wanted).await {
                set_read.try_set(entries);
            }
        });
    });
    Signal::derive_local(move || {
        let hits = hits.get();
        read.with(|read| {
            book().with_shelf(|shelf| {
                hits.iter()
                    .filter_map(|hit| row(hit, read, shelf, han_first))
                    .collect()
            })
        })
    })
}

fn row(hit: &Hit, read: &[AnyEntry], shelf: &Shelf, han_first: bool) -> Option<Found> {
    let id = Id::from_bits(hit.id);
    match hit.kind {
        DocKind::Lead => shelf
            .lead(id)
            .map(|lead| docs::found_lead(hit, lead, han_first)),
        DocKind::Organisation => docs::found(
            hit,
            &shelf.organisation(id).cloned().map(Entry::into_any)?,
            shelf,
            han_first,
        ),
        DocKind::Person => docs::found(
            hit,
            &shelf.person(id).cloned().map(Entry::into_any)?,
            shelf,
            han_first,
        ),
        DocKind::Visit | DocKind::Note | DocKind::FollowUp | DocKind::Building => {
            let entry = read.iter().find(|entry| entry.id() == id)?;
            docs::found(hit, entry, shelf, han_first)
        }
    }
}

fn in_memory(kind: DocKind) -> bool {
    matches!(
        kind,
        DocKind::Organisation | DocKind::Person | DocKind::Lead
    )
}
