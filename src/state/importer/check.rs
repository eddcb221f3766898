//! Comparing a file's rows with the book and with each other, in slices.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;

use super::read::Review;
use super::{Importer, Left, Pace, Stage, Why, Work};
use crate::domain::han::HanTable;
use crate::domain::id::Id;
use crate::domain::import::Target;
use crate::domain::person::Person;
use crate::domain::record::Entry;
use crate::exchange::mapping::{Converted, convert};
use crate::exchange::plan::{At, FileRow, Known, Made, Planner, RawPhoto, firm_names};
use crate::exchange::vcard::Card;
use crate::platform::clock;
use crate::platform::random::Ids;
use crate::state::Book;

pub struct Found {
    pub planner: Planner,
    pub refused: Vec<Left>,
    pub warnings: Vec<(u32, Why)>,
}

/// `None` when the work was cancelled.
pub async fn check(importer: Importer, turn: u64, target: Target) -> Option<Found> {
    let book = importer.book;
    // Comparing with half a book would miss duplicates.
    while !book.loading.get_untracked().finished {
        importer
            .progress
            .set((book.loading.get_untracked().read, 0));
        clock::sleep_ms(100).await;
        if !importer.is_current(turn) {
            return None;
        }
    }
    let han = untrack(|| book.with_finder(|finder| finder.han().clone()));
    let known = known(importer, turn, target, &han).await?;
    importer.stage.set(Stage::Working(Work::Checking));
    let mut found = Found {
        planner: Planner::new(target, known),
        refused: Vec::new(),
        warnings: Vec::new(),
    };
    match importer.review.get_untracked()? {
        Review::Table(table) => {
            let mapping = importer.mapping.get_untracked();
            let mut pace = Pace::new();
            for (at, row) in table.rows.iter().enumerate() {
                match row
                    .as_ref()
                    .map_err(Clone::clone)
                    .and_then(|row| convert(row, &mapping, &mut Ids))
                {
                    Ok(accepted) => {
                        let line = accepted.line;
                        found.warnings.extend(
                            accepted
                                .warnings
                                .iter()
                                .map(|warning| (line, Why::Row(*warning))),
                        );
                        let row = file_row(line, accepted.converted);
                        found.planner.add(suppress(book, row), &han);
                    }
                    Err(refused) => found.refused.push(refused.into()),
                }
                pace.breathe(|| importer.progress.set((at, table.rows.len())))
                    .await;
                if !importer.is_current(turn) {
                    return None;
                }
            }
        }
        Review::Cards(cards) => {
            let mut pace = Pace::new();
            for (at, card) in cards.cards.iter().enumerate() {
                match card {
                    Ok(card) => {
                        found.warnings.extend(
                            card.warnings
                                .iter()
                                .map(|warning| (warning.line, Why::OfCard(warning.kind))),
                        );
                        found.planner.add(suppress(book, card_row(card)), &han);
                    }
                    Err(refused) => found.refused.push(refused.clone().into()),
                }
                pace.breathe(|| importer.progress.set((at, cards.cards.len())))
                    .await;
                if !importer.is_current(turn) {
                    return None;
                }
            }
        }
    }
    Some(found)
}

/// Marks a person who is on the list of those who opted out.
fn suppress(book: Book, row: FileRow) -> FileRow {
    let listed = |person: &Person| {
        let phones = person.phones.iter().map(|phone| phone.number.as_str());
        let emails = person.emails.iter().map(|email| email.address.as_str());
        phones.chain(emails).any(|way| book.is_suppressed(way))
    };
    let suppressed = row.person.as_ref().is_some_and(listed);
    FileRow { suppressed, ..row }
}

fn file_row(line: u32, converted: Converted) -> FileRow {
    match converted {
        Converted::Lead(lead) => FileRow {
            line,
            firm: Some(Made::Lead(lead)),
            ..FileRow::default()
        },
        Converted::Client {
            organisation,
            person,
        } => FileRow {
            line,
            firm: organisation.map(Made::Organisation),
            person,
            ..FileRow::default()
        },
    }
}

fn card_row(card: &Card) -> FileRow {
    let photo = card.photo.as_ref().map(|picture| RawPhoto {
        mime: picture.media.clone(),
        base64: STANDARD.encode(&picture.bytes),
    });
    FileRow {
        line: card.line,
        firm: card.organisation.clone().map(Made::Organisation),
        person: card.person.clone(),
        photo,
        suppressed: false,
    }
}

/// The book's own records as things to be alike.
async fn known(importer: Importer, turn: u64, target: Target, han: &HanTable) -> Option<Known> {
    const BITE: usize = 100;
    let book = importer.book;
    let mut known = Known::default();
    let mut pace = Pace::new();
    let (firms, people, leads) = book.with_shelf_untracked(|shelf| {
        let firms: Vec<Id> = shelf.organisations().map(Entry::id).collect();
        let people: Vec<Id> = shelf.persons().map(Entry::id).collect();
        let leads: Vec<Id> = match target {
            Target::Leads => shelf.leads().map(|lead| lead.id).collect(),
            Target::Clients | Target::People => Vec::new(),
        };
        (firms, people, leads)
    });
    for bite in firms.chunks(BITE) {
        book.with_shelf_untracked(|shelf| {
            for entry in bite.iter().filter_map(|id| shelf.organisation(*id)) {
                known.put_firm(&firm_names(&entry.body), At::Book(entry.id()), han);
            }
        });
        pace.breathe(|| {}).await;
    }
    for bite in people.chunks(BITE) {
        book.with_shelf_untracked(|shelf| {
            for entry in bite.iter().filter_map(|id| shelf.person(*id)) {
                let firm = entry
                    .body
                    .organisation
                    .and_then(|id| shelf.organisation(id))
                    .map(|firm| At::Book(firm.id()));
                known.put_person(&entry.body, firm, At::Book(entry.id()), han);
            }
        });
        pace.breathe(|| {}).await;
    }
    for bite in leads.chunks(BITE) {
        book.with_shelf_untracked(|shelf| {
            for lead in bite.iter().filter_map(|id| shelf.lead(*id)) {
                let names = [lead.body.name_zh.as_str(), lead.body.name_en.as_str()];
                known.put_firm(&names, At::Book(lead.organisation.unwrap_or(lead.id)), han);
            }
        });
        pace.breathe(|| {}).await;
    }
    importer.is_current(turn).then_some(known)
}
