//! Handing a walk over and taking one in. What is written into the file and what the merge comes to is decided in
//! `exchange::handover`; here it meets the book.

mod give;

pub use give::prepare;

use std::cell::RefCell;
use std::collections::HashSet;

use leptos::prelude::GetUntracked;

use super::{Book, Change, Committed};
use crate::domain::canvass::board::Board;
use crate::domain::canvass::building::{Building, DoorRef};
use crate::domain::canvass::event::{Detail, DoorAct, DoorEvent, Outcome};
use crate::domain::canvass::run::Run;
use crate::domain::id::Id;
use crate::domain::record::{AnyEntry, Body, Entry, Envelope};
use crate::exchange::handover::merge::{
    self, Outlook, blocks_to_carry, merged_building, merged_run,
};
use crate::exchange::handover::{HandOver, HandOverError, read};
use crate::platform::files::PickedFile;
use crate::platform::{clock, prefs};
use crate::storage::{Store, StoreError};

/// Events of one transaction, which is planned in memory as a whole. Forty floors of twelve doors, all called at and with
/// their details, are one; the first of several holds the building and the run, so that no event is without them.
const EVENTS: usize = 2_000;

/// Why a file or a picture is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Unreadable,
    Refused(HandOverError),
    Store(StoreError),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Fault::Store(error)
    }
}

/// A hand-over that was read, and what it means here.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    pub it: HandOver,
    pub outlook: Outlook,
    /// The partner this device walks as already, here or in the file.
    pub me: Option<Id>,
    /// Towers the person entered that bear the same name.
    pub same: Vec<(Id, Building)>,
}

/// What taking one in did.
#[derive(Clone)]
pub struct Taken {
    pub run: Id,
    pub outlook: Outlook,
    /// The way back of a walk that was new here. A return has none: its events could only be retracted, and those
    /// retractions would travel to the partner with the next file and take the work back there too.
    pub undo: Option<Committed>,
}

/// Reads a file and compares it with the book.
pub async fn look_at_file(book: Book, file: &PickedFile) -> Result<Looked, Fault> {
    // Asked before it is read: a film picked by mistake must not fill the memory.
    if file.size > crate::exchange::handover::MOST_BYTES as f64 {
        return Err(Fault::Refused(HandOverError::TooLarge));
    }
    let bytes = file.bytes().await.map_err(|_| Fault::Unreadable)?;
    look_at(book, &bytes).await
}

pub async fn look_at(book: Book, bytes: &[u8]) -> Result<Looked, Fault> {
    let it = read(bytes).map_err(Fault::Refused)?;
    let store = book.store()?;
    let (building, run) = stored(&store, &it).await?;
    let outlook = outlook(book, &it, building.as_ref(), run.as_ref()).await?;
    let device = book.device();
    let here = run.as_ref().and_then(|run| run.body.partner_on(device));
    let me = here.or(it.run.body.partner_on(device)).map(|row| row.id);
    let same = if building.is_some() {
        Vec::new()
    } else {
        // A tower that is not read yet would be missed, and the offer to join it does not come again.
        while !book.loading.get_untracked().finished {
            clock::sleep_ms(100).await;
        }
        book.with_towers_untracked(|towers| {
            towers
                .all()
                .filter_map(|(id, tower)| Some((id, tower.body()?)))
                .filter(|(_, body)| body.is_same_tower(&it.building.body))
                .map(|(id, body)| (id, body.clone()))
                .collect()
        })
    };
    Ok(Looked {
        it,
        outlook,
        me,
        same,
    })
}

/// Takes a hand-over in: unknown records as they are, known ones merged, known events not again. `join` is a tower of
/// one's own that is the same, see [`merge`]. All of it is one transaction up to 2,000 events; of more, every further
/// 2,000 are one, and after a failure the same file goes on from there.
pub async fn take(
    book: Book,
    it: &HandOver,
    as_partner: Option<Id>,
    join: Option<Id>,
) -> Result<Taken, StoreError> {
    let store = book.store()?;
    if let Some(old) = join {
        book.load_tower(old).await?;
    }
    let (building, run) = stored(&store, it).await?;
    let outlook = outlook(book, it, building.as_ref(), run.as_ref()).await?;
    let mut change = Change::new();
    let here = building.as_ref().map(|entry| &entry.body);
    let mut body = merged_building(here, &it.building.body);
    if let Some(old) = join {
        carry_over(book, it, old, &mut body, &mut change);
    }
    put(&mut change, building, &it.building.envelope, body);
    let me = as_partner.map(|partner| (partner, book.device()));
    let body = merged_run(run.as_ref().map(|entry| &entry.body), &it.run.body, me);
    put(&mut change, run, &it.run.envelope, body);

    let ids: Vec<Id> = it.events.iter().map(Entry::id).collect();
    let known: HashSet<Id> = store.get_many(&ids).await?.iter().map(Entry::id).collect();
    let fresh: Vec<&Entry<DoorEvent>> = it
        .events
        .iter()
        .filter(|event| !known.contains(&event.id()))
        .collect();
    let (first, rest) = fresh.split_at(fresh.len().min(EVENTS));
    first
        .iter()
        .for_each(|event| change.receive((*event).clone().into_any()));
    let undo = if change.writes.is_empty() {
        None
    } else {
        way_back(book.commit(change).await?, &outlook)
    };
    for events in rest.chunks(EVENTS) {
        let mut change = Change::new();
        events
            .iter()
            .for_each(|event| change.receive((*event).clone().into_any()));
        book.commit(change).await?;
        clock::yield_now().await;
    }
    if let Some(partner) = as_partner {
        be_called(it, partner);
    }
    // A file taken a second time, or after an undo, finds everything written but perhaps not in memory.
    book.load_tower(it.building.id()).await?;
    Ok(Taken {
        run: it.run.id(),
        outlook,
        undo,
    })
}

async fn outlook(
    book: Book,
    it: &HandOver,
    building: Option<&Entry<Building>>,
    run: Option<&Entry<Run>>,
) -> Result<Outlook, StoreError> {
    let board = board(book, it.building.id()).await?;
    let here = building.filter(|entry| !entry.envelope.deleted);
    let run = run.filter(|entry| !entry.envelope.deleted);
    Ok(merge::outlook(
        it,
        here.map(|entry| &entry.body),
        run.map(|entry| &entry.body),
        &board,
    ))
}

/// Everything that is known of a building's doors, also where the building itself is new or was deleted.
async fn board(book: Book, building: Id) -> Result<Board, StoreError> {
    let entries = book.store()?.linked(building).await?.entries;
    let events: Vec<Entry<DoorEvent>> = entries
        .into_iter()
        .filter_map(AnyEntry::downcast)
        .filter(|event: &Entry<DoorEvent>| event.body.building == building)
        .collect();
    Ok(Board::of(&events))
}

type Stored = (Option<Entry<Building>>, Option<Entry<Run>>);

/// What the book has under the ids of a hand-over, deleted records too.
async fn stored(store: &Store, it: &HandOver) -> Result<Stored, StoreError> {
    Ok((
        of_kind(store.get(it.building.id()).await?)?,
        of_kind(store.get(it.run.id()).await?)?,
    ))
}

/// A record of another kind under the same id was not made by this app: it is never written over.
fn of_kind<B: Body>(found: Option<AnyEntry>) -> Result<Option<Entry<B>>, StoreError> {
    let Some(found) = found else { return Ok(None) };
    let id = found.id();
    found.downcast().map(Some).ok_or(StoreError::Exists(id))
}

/// Writes a merged record, if anything of it changed. One that was deleted here is there again: taking it in is asking
/// for it.
fn put<B: Body>(change: &mut Change, old: Option<Entry<B>>, theirs: &Envelope, body: B) {
    let Some(old) = old else {
        let envelope = theirs.clone();
        change.receive(Entry { envelope, body }.into_any());
        return;
    };
    if old.body == body && !old.envelope.deleted {
        return;
    }
    let envelope = Envelope {
        changed_ms: clock::now_ms(),
        deleted: false,
        ..old.envelope.clone()
    };
    let new = Entry { envelope, body }.into_any();
    change.writes.push((Some(old.into_any()), new));
}

/// Lets the received building take over what the joined one has, and its do-not-calls as events of its own.
fn carry_over(book: Book, it: &HandOver, old: Id, body: &mut Building, change: &mut Change) {
    let found = book.with_towers_untracked(|towers| {
        let tower = towers.tower(old)?;
        Some((tower.body()?.clone(), tower.board.clone()))
    });
    let Some((old, old_board)) = found else {
        return;
    };
    body.take_from(&old);
    let theirs = Board::of(&it.events);
    let mut number = theirs.next_number();
    for (at, block) in blocks_to_carry((&old, &old_board), (body, &theirs)) {
        let mut event = |at: &DoorRef, act: DoorAct| {
            let event = DoorEvent {
                building: it.building.id(),
                run: None,
                at_door: at.clone(),
                number,
                by: block.by.clone(),
                at: block.at.clone(),
                act,
            };
            number = number.saturating_add(1);
            change.create(book.device(), event)
        };
        let of = event(&at, DoorAct::Outcome(Outcome::Refused));
        if !block.words.is_empty() {
            let detail = Detail {
                note: block.words.clone(),
                ..Detail::default()
            };
            event(&at, DoorAct::Detail { of, detail });
        }
    }
}

/// Whoever takes a part over and has no name yet goes by the name the partner gave it: what is recorded then says by whom.
fn be_called(it: &HandOver, partner: Id) {
    let row = it.run.body.partners.iter().find(|row| row.id == partner);
    if let Some(row) = row
        && prefs::partner_name().is_none()
    {
        prefs::set_partner_name(&row.name);
    }
}

/// The building and the run of a first hand-over, without its events.
fn way_back(committed: Committed, outlook: &Outlook) -> Option<Committed> {
    if !outlook.new_run {
        return None;
    }
    let (before, after) = committed
        .before
        .into_iter()
        .zip(committed.after)
        .filter(|(_, after)| !after.body.kind().append_only())
        .unzip();
    Some(Committed {
        before,
        after,
        lead_before: None,
    })
}

thread_local! {
    /// A file chosen on another screen, which gives way to the one that shows it.
    static WAITING: RefCell<Option<PickedFile>> = const { RefCell::new(None) };
}

/// Keeps the file and answers where the page is that takes it: another address each time, so that the page looks again
/// when it is open already.
pub fn keep_waiting(file: PickedFile) -> String {
    WAITING.with_borrow_mut(|waiting| *waiting = Some(file));
    format!("/canvass/receive?file={}", clock::now_ms())
}

pub fn take_waiting() -> Option<PickedFile> {
    WAITING.with_borrow_mut(Option::take)
}
