//! Files for others, made of what is in memory. People who asked not to be contacted are in none of them.

use leptos::prelude::*;

use super::Book;
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::record::Entry;
use crate::exchange::csv_out::{self, PersonLine};
use crate::exchange::vcard::{self, Picture, Version, WriteError, WriteOptions};
use crate::i18n::Lang;
use crate::platform::clock;
use crate::storage::StoreError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    Clients,
    People,
    Cards(Version),
}

/// A file ready to be handed over.
pub struct ExportFile {
    pub name: String,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
    pub written: usize,
    pub opted_out: usize,
}

/// Cards made between two breaths.
const BITE: usize = 50;

/// Makes a file; `tell` hears how many are done, of how many. Waits until the whole book is in memory.
pub async fn export(
    book: Book,
    what: Export,
    lang: Lang,
    tell: impl Fn(usize, usize),
) -> Result<ExportFile, StoreError> {
    while !book.loading.get_untracked().finished {
        clock::sleep_ms(100).await;
    }
    let day = clock::today().format("%Y%m%d");
    Ok(match what {
        Export::Clients => {
            let made = book.with_shelf_untracked(|shelf| {
                csv_out::clients(shelf.organisations().map(|entry| &entry.body), lang)
            });
            csv_file(format!("topfloor-clients-{day}.csv"), made)
        }
        Export::People => {
            let made = book.with_shelf_untracked(|shelf| {
                let firm = |id: Id| shelf.organisation(id).map(|entry| &entry.body);
                let lines = shelf.persons().map(|entry| PersonLine {
                    person: &entry.body,
                    organisation: entry.body.organisation.and_then(firm),
                });
                csv_out::people(lines, lang)
            });
            csv_file(format!("topfloor-contacts-{day}.csv"), made)
        }
        Export::Cards(version) => {
            cards(book, version, format!("topfloor-contacts-{day}.vcf"), tell).await?
        }
    })
}

fn csv_file(name: String, made: csv_out::Export) -> ExportFile {
    ExportFile {
        name,
        mime: "text/csv",
        bytes: made.bytes,
        written: made.written,
        opted_out: made.opted_out,
    }
}

async fn cards(
    book: Book,
    version: Version,
    name: String,
    tell: impl Fn(usize, usize),
) -> Result<ExportFile, StoreError> {
    let store = book.store()?;
    let ids: Vec<Id> = book.with_shelf_untracked(|shelf| shelf.persons().map(Entry::id).collect());
    let mut file = ExportFile {
        name,
        mime: "text/vcard",
        bytes: Vec::new(),
        written: 0,
        opted_out: 0,
    };
    for (at, bite) in ids.chunks(BITE).enumerate() {
        tell(at * BITE, ids.len());
        let people = book.with_shelf_untracked(|shelf| {
            let entries = bite.iter().filter_map(|id| shelf.person(*id));
            let with_firm = |entry: &Entry<Person>| {
                let firm = entry
                    .body
                    .organisation
                    .and_then(|id| shelf.organisation(id));
                (entry.body.clone(), firm.map(|firm| firm.body.clone()))
            };
            entries.map(with_firm).collect::<Vec<_>>()
        });
        for (person, firm) in people {
            let photo = match &person.photo {
                Some(photo) => store.blob(&photo.blob).await?,
                None => None,
            };
            let photo = photo.map(|bytes| Picture {
                media: "image/jpeg".to_owned(),
                bytes,
            });
            // A remark may be meant for one's own eyes: it stays here.
            let options = WriteOptions {
                version,
                photo: photo.as_ref(),
                remark: false,
            };
            match vcard::write(Some(&person), firm.as_ref(), options) {
                Ok(card) => {
                    file.bytes.extend_from_slice(card.as_bytes());
                    file.written += 1;
                }
                Err(WriteError::OptedOut) => file.opted_out += 1,
                Err(WriteError::Nobody) => {}
            }
        }
        clock::yield_now().await;
    }
    Ok(file)
}
