//! The acts at a door: each is one transaction, shown as done only when it is, with its way back.

use super::{Book, Change, Committed, app, book};
use crate::domain::canvass::building::DoorRef;
use crate::domain::canvass::event::{Detail, DoorAct, DoorEvent, Outcome};
use crate::domain::canvass::run::Run;
use crate::domain::consent::{Consent, ConsentState};
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, Entry};
use crate::platform::{clock, prefs, random};
use crate::storage::StoreError;

/// The six outcomes under the thumb, in their places.
pub fn places() -> [Outcome; 6] {
    let mut places = Outcome::FIRST;
    let chosen = prefs::outcome_places().unwrap_or_default();
    let chosen: Vec<Outcome> = chosen
        .iter()
        .filter_map(|name| Outcome::parse(name))
        .collect();
    // Anything but six different ones is not a choice somebody made on the settings screen.
    let different = (1..chosen.len()).all(|at| !chosen[..at].contains(&chosen[at]));
    if let (true, Ok(chosen)) = (different, <[Outcome; 6]>::try_from(chosen)) {
        places = chosen;
    }
    places
}

pub fn set_places(places: [Outcome; 6]) {
    prefs::set_outcome_places(&places.map(|outcome| outcome.as_str().to_owned()));
}

/// The outcomes without a place, those used most first.
pub fn others(book: Book) -> Vec<Outcome> {
    let places = places();
    let mut others: Vec<Outcome> = Outcome::ALL
        .into_iter()
        .filter(|outcome| !places.contains(outcome))
        .collect();
    let used = book.with_towers_untracked(|towers| {
        let mut used = [0_usize; Outcome::ALL.len()];
        for event in towers.all().flat_map(|(_, tower)| tower.board.events()) {
            if let DoorAct::Outcome(outcome) = event.body.act
                && let Some(count) = used.get_mut(outcome as usize)
            {
                *count += 1;
            }
        }
        used
    });
    others.sort_by_key(|outcome| std::cmp::Reverse(used.get(*outcome as usize).copied()));
    others
}

/// The next event at a door; several of one act are numbered on by `after`.
pub fn event(building: Id, run: Option<Id>, at: &DoorRef, act: DoorAct, after: u64) -> DoorEvent {
    let number = book().with_towers_untracked(|towers| {
        towers
            .tower(building)
            .map_or(1, |tower| tower.board.next_number())
    });
    DoorEvent {
        building,
        run,
        at_door: at.clone(),
        number: number.saturating_add(after),
        by: prefs::partner_name().unwrap_or_default(),
        at: clock::now(),
        act,
    }
}

/// Writes an outcome down. Answers the event's id.
pub async fn knock(
    building: Id,
    run: Option<Id>,
    at: &DoorRef,
    outcome: Outcome,
) -> Result<(Id, Committed), StoreError> {
    let book = book();
    let mut change = Change::new();
    let event = event(building, run, at, DoorAct::Outcome(outcome), 0);
    let id = change.create(book.device(), event);
    book.commit(change).await.map(|committed| (id, committed))
}

/// Puts what is known of a call into a change; with it the refusal of a person who was named, in their own words.
pub fn add_detail(
    change: &mut Change,
    building: Id,
    run: Option<Id>,
    at: &DoorRef,
    of: (Id, Outcome),
    detail: Detail,
) {
    let book = book();
    if let (Outcome::Refused, Some(person)) = (of.1, detail.person) {
        let known = book.with_shelf_untracked(|shelf| shelf.person(person).cloned());
        if let Some(person) = known.filter(|person| !person.body.opted_out()) {
            let mut body = person.body.clone();
            body.consents.push(Consent {
                id: random::new_id(),
                state: ConsentState::OptedOut,
                on: clock::today(),
                by: prefs::partner_name().unwrap_or_default(),
                words: detail.note.clone(),
                source: String::new(),
            });
            change.edit(person.into_any(), body);
        }
    }
    let act = DoorAct::Detail { of: of.0, detail };
    change.create(book.device(), event(building, run, at, act, 0));
}

/// Takes a call back, by another event at its own door; saved with its way back.
pub fn retract(building: Id, run: Option<Id>, call: Id, said: &'static str) {
    let app = app();
    let at = app.book.with_towers_untracked(|towers| {
        let event = towers.tower(building)?.board.event(call)?;
        Some(event.body.at_door.clone())
    });
    let Some(at) = at else { return };
    let mut change = Change::new();
    let act = DoorAct::Retract { of: call };
    change.create(app.book.device(), event(building, run, &at, act, 0));
    leptos::task::spawn_local(async move {
        app.book
            .commit_and_say(change, said.to_owned(), app.settings)
            .await;
    });
}

/// Ends a walk or opens it again; saved with its way back.
pub fn set_ended(run: &Entry<Run>, ended: bool, said: String) {
    let app = app();
    let mut change = Change::new();
    let body = Run {
        ended: ended.then(clock::now),
        ..run.body.clone()
    };
    change.edit(run.clone().into_any(), body);
    leptos::task::spawn_local(async move {
        app.book.commit_and_say(change, said, app.settings).await;
    });
}

/// Saves a building or a walk as it now is, with its way back.
pub fn save_edit(old: crate::domain::record::AnyEntry, body: impl Into<AnyBody>, said: String) {
    let app = app();
    let mut change = Change::new();
    change.edit(old, body);
    leptos::task::spawn_local(async move {
        app.book.commit_and_say(change, said, app.settings).await;
    });
}
