//! Writing what was decided, a chunk at a time under one import id. The plan is kept first: whatever ends the page in
//! between, the import can go on from the last whole chunk or be taken back.

use std::collections::{BTreeMap, HashMap};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;

use super::undo::{self, TakenBack};
use super::{Importer, Left, Pace, Report, Stage, Why, Work, count};
use crate::domain::id::Id;
use crate::domain::import::{CHUNK, Import, Phase};
use crate::domain::lead::Lead;
use crate::domain::person::Person;
use crate::domain::photo::Photo;
use crate::domain::record::{AnyBody, AnyEntry, Created, Entry, Envelope, Scope};
use crate::exchange::plan::{
    Decisions, Item, Made, PlanDraft, Planner, RawPhoto, fill_organisation, fill_person,
};
use crate::platform::files::PickedFile;
use crate::platform::random::{Ids, new_id};
use crate::platform::{clock, photo};
use crate::state::Book;
use crate::storage::{Store, StoreError, Write};

pub enum Outcome {
    Written(Report),
    TakenBack(TakenBack),
}

pub async fn write(
    importer: Importer,
    turn: u64,
    planner: Planner,
    decisions: Decisions,
    file_name: String,
    refused: Vec<Left>,
    warnings: Vec<(u32, Why)>,
) -> Result<Outcome, StoreError> {
    let target = planner.target();
    let mut draft = PlanDraft::new(target);
    let (today, total) = (clock::today(), planner.rows.len());
    let mut pace = Pace::new();
    for at in 0..total {
        planner.plan_row(at, &decisions, today, &mut Ids, &mut draft);
        pace.breathe(|| importer.progress.set((0, total))).await;
    }
    let plan = draft.finish();
    let opted_out = planner.tally().opted_out;
    drop(planner);
    let mut counts = counts_of(&plan.items);
    for (name, n) in [
        (count::SKIPPED, plan.skipped as usize),
        (count::REFUSED, refused.len()),
        (count::OPTED_OUT, opted_out),
    ] {
        add(&mut counts, name, n);
    }
    let import = Import {
        id: new_id(),
        target,
        phase: Phase::Writing,
        file_name,
        at: clock::now(),
        total: u32::try_from(plan.items.len()).unwrap_or(u32::MAX),
        done: 0,
        plan: text_of(&plan.items).await?,
        counts,
    };
    if !importer.is_current(turn) {
        return Ok(Outcome::TakenBack(TakenBack::nothing(import.file_name)));
    }
    importer.book.store()?.put_import(&import).await?;
    let outcome = write_items(importer, turn, import, plan.items).await?;
    Ok(match outcome {
        Outcome::Written(report) => Outcome::Written(Report {
            refused,
            warnings,
            ..report
        }),
        taken_back => taken_back,
    })
}

/// Goes on with an import from its kept plan.
pub async fn resume(importer: Importer, turn: u64, id: Id) -> Result<Outcome, StoreError> {
    let store = importer.book.store()?;
    let Some(import) = store.import(id).await? else {
        return Err(StoreError::Corrupt {
            what: "import".into(),
        });
    };
    let mut items = Vec::with_capacity(import.total as usize);
    let mut pace = Pace::new();
    for line in import.plan.lines() {
        items.push(
            serde_json::from_str(line).map_err(|error| StoreError::Corrupt {
                what: format!("import plan: {error}"),
            })?,
        );
        pace.breathe(|| {}).await;
    }
    if items.len() != import.total as usize {
        return Err(StoreError::Corrupt {
            what: "import plan: cut short".into(),
        });
    }
    write_items(importer, turn, import, items).await
}

async fn write_items(
    importer: Importer,
    turn: u64,
    mut import: Import,
    items: Vec<Item>,
) -> Result<Outcome, StoreError> {
    let book = importer.book;
    let store = book.store()?;
    // An update of the app waits as it waits for a form.
    let _busy = Busy::new(book);
    importer.running.set(Some(import.id));
    // A chunk rewrites the import's row, and the kept plan stays as it is.
    import.plan = String::new();
    let total = items.len();
    let mut photos_left = 0;
    for chunk in items
        .get(import.done as usize..)
        .unwrap_or_default()
        .chunks(CHUNK)
    {
        importer.progress.set((import.done as usize, total));
        if !importer.is_current(turn) {
            importer.stage.set(Stage::Working(Work::Undoing));
            return undo::undo(importer, import, true)
                .await
                .map(Outcome::TakenBack);
        }
        let (writes, leads) = chunk_of(&store, book, &import, chunk, &mut photos_left).await?;
        let filled = writes.iter().filter(|write| write.old.is_some()).count();
        add(&mut import.counts, count::FILLED, filled);
        import.done += u32::try_from(chunk.len()).unwrap_or(0);
        store.write_chunk(&import, writes, leads).await?;
        clock::yield_now().await;
    }
    importer.progress.set((total, total));
    import.phase = Phase::Committed;
    add(&mut import.counts, count::PHOTOS_LEFT, photos_left as usize);
    store.put_import(&import).await?;
    super::refresh(book, &store).await;
    Ok(Outcome::Written(Report {
        import,
        refused: Vec::new(),
        warnings: Vec::new(),
    }))
}

/// The records and leads of one chunk.
async fn chunk_of(
    store: &Store,
    book: Book,
    import: &Import,
    items: &[Item],
    photos_left: &mut u32,
) -> Result<(Vec<Write>, Vec<Lead>), StoreError> {
    let filled: Vec<Id> = items
        .iter()
        .filter_map(|item| {
            if let Item::Fill { id, .. } = item {
                Some(*id)
            } else {
                None
            }
        })
        .collect();
    let there: HashMap<Id, AnyEntry> = match filled.is_empty() {
        true => HashMap::new(),
        false => store
            .get_many(&filled)
            .await?
            .into_iter()
            .map(|entry| (entry.id(), entry))
            .collect(),
    };
    let (mut writes, mut leads, mut blobs) =
        (Vec::with_capacity(items.len()), Vec::new(), Vec::new());
    let mut pace = Pace::new();
    for item in items {
        match item {
            Item::Create {
                id,
                made: Made::Lead(body),
                ..
            } => {
                leads.push(Lead {
                    id: *id,
                    import: import.id,
                    organisation: None,
                    body: body.clone(),
                });
            }
            Item::Create {
                id,
                made: Made::Organisation(body),
                ..
            } => writes.push(create(book, import, *id, body.clone().into())),
            Item::Create {
                id,
                made: Made::Person(body),
                photo,
            } => {
                let body = with_photo(body.clone(), photo.as_ref(), &mut blobs, photos_left).await;
                writes.push(create(book, import, *id, body.into()));
            }
            Item::Fill { id, made, photo } => {
                if let Some(entry) = there.get(id) {
                    writes.extend(fill(entry, made, photo.as_ref(), &mut blobs, photos_left).await);
                }
            }
        }
        pace.breathe(|| {}).await;
    }
    if !blobs.is_empty() {
        store.put_blobs(&blobs).await?;
    }
    Ok((writes, leads))
}

fn create(book: Book, import: &Import, id: Id, body: AnyBody) -> Write {
    let at = clock::now();
    let envelope = Envelope {
        id,
        scope: Scope::own(),
        version: 0,
        changed_ms: at.at_ms,
        created: Created {
            at: at.clone(),
            device: book.device(),
            user: None,
        },
        deleted: false,
        import: Some(import.id),
    };
    Write {
        old: None,
        new: Entry { envelope, body },
        mutation: new_id(),
        at,
    }
}

/// A record that has been deleted or changed its kind since the plan was made is left alone.
async fn fill(
    old: &AnyEntry,
    made: &Made,
    picture: Option<&RawPhoto>,
    blobs: &mut Vec<(String, Vec<u8>)>,
    photos_left: &mut u32,
) -> Option<Write> {
    let body: AnyBody = match (&old.body, made) {
        (AnyBody::Organisation(have), Made::Organisation(more)) => {
            fill_organisation(have, more).into()
        }
        (AnyBody::Person(have), Made::Person(more)) => {
            let picture = picture.filter(|_| have.photo.is_none());
            with_photo(fill_person(have, more), picture, blobs, photos_left)
                .await
                .into()
        }
        _ => return None,
    };
    if old.envelope.deleted || body == old.body {
        return None;
    }
    let at = clock::now();
    let envelope = Envelope {
        changed_ms: at.at_ms,
        ..old.envelope.clone()
    };
    Some(Write {
        old: Some(old.clone()),
        new: Entry { envelope, body },
        mutation: new_id(),
        at,
    })
}

/// A card's picture as a photo of the person. One this browser cannot read stays with the person as the line it was.
async fn with_photo(
    mut person: Person,
    raw: Option<&RawPhoto>,
    blobs: &mut Vec<(String, Vec<u8>)>,
    photos_left: &mut u32,
) -> Person {
    let Some(raw) = raw else { return person };
    let bytes = STANDARD.decode(&raw.base64).ok();
    let file = bytes.and_then(|bytes| PickedFile::from_bytes("photo", &raw.mime, &bytes).ok());
    let prepared = match file {
        Some(file) => photo::prepare(&file).await.ok(),
        None => None,
    };
    match prepared {
        Some(ready) => {
            person.photo = Some(Photo {
                id: new_id(),
                blob: ready.sha256.clone(),
                bytes: u32::try_from(ready.jpeg.len()).unwrap_or(u32::MAX),
                width: ready.width,
                height: ready.height,
                added: clock::now(),
            });
            blobs.push((ready.sha256, ready.jpeg));
        }
        None => {
            *photos_left += 1;
            person.vcard.push(format!(
                "PHOTO;ENCODING=b;TYPE={}:{}",
                raw.mime.trim_start_matches("image/"),
                raw.base64
            ));
        }
    }
    person
}

/// One item a line: written and read in slices.
async fn text_of(items: &[Item]) -> Result<String, StoreError> {
    let mut text = String::new();
    let mut pace = Pace::new();
    for item in items {
        text.push_str(&serde_json::to_string(item)?);
        text.push('\n');
        pace.breathe(|| {}).await;
    }
    Ok(text)
}

fn counts_of(items: &[Item]) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for item in items {
        let name = match item {
            Item::Create {
                made: Made::Organisation(_),
                ..
            } => count::CLIENTS,
            Item::Create {
                made: Made::Person(_),
                ..
            } => count::PEOPLE,
            Item::Create {
                made: Made::Lead(_),
                ..
            } => count::LEADS,
            // Counted when they are written: a record may lack nothing that the row has.
            Item::Fill { .. } => continue,
        };
        add(&mut counts, name, 1);
    }
    counts
}

fn add(counts: &mut BTreeMap<String, u32>, name: &str, n: usize) {
    if n > 0 {
        *counts.entry(name.to_owned()).or_default() += u32::try_from(n).unwrap_or(u32::MAX);
    }
}

/// Holds back an update of the app while it lives.
struct Busy(Book);

impl Busy {
    fn new(book: Book) -> Self {
        book.forms_being_edited.update(|n| *n += 1);
        Self(book)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0
            .forms_being_edited
            .update(|n| *n = n.saturating_sub(1));
    }
}
