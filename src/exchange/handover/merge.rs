//! What taking a hand-over in comes to, before and without doing it. Records that both devices have take over what they
//! lack from one another; events are a set, and an event is never changed. So the order of the files and their number do
//! not matter.
//!
//! A tower that the person had entered before the hand-over came has another id, and its events name that id for ever. It
//! may be joined: the received building then takes over its floors, doors and lobby board, and every do-not-call that
//! holds there. The old entry stays with its walks and its history, for the person to keep or to delete.

use super::HandOver;
use crate::domain::canvass::board::{Block, Board};
use crate::domain::canvass::building::{Building, DoorRef};
use crate::domain::canvass::run::Run;
use crate::domain::id::Id;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    pub new_building: bool,
    pub new_run: bool,
    /// Floors and doors that the building here lacks.
    pub new_floors: usize,
    pub new_doors: usize,
    pub new_events: usize,
    pub known_events: usize,
    /// Doors where two devices wrote down different outcomes on one walk, after the merge.
    pub disagree: Vec<DoorRef>,
}

/// Compares a hand-over with what is here.
pub fn outlook(
    it: &HandOver,
    building: Option<&Building>,
    run: Option<&Run>,
    board: &Board,
) -> Outlook {
    let body = merged_building(building, &it.building.body);
    let mut board = board.clone();
    let before = board.len();
    for event in &it.events {
        board.put(event);
    }
    let new_events = board.len() - before;
    let lacks = |merged: usize, here: usize| building.map_or(0, |_| merged.saturating_sub(here));
    let (floors, doors) = building.map_or((0, 0), |here| (here.floors.len(), here.door_count()));
    Outlook {
        new_building: building.is_none(),
        new_run: run.is_none(),
        new_floors: lacks(body.floors.len(), floors),
        new_doors: lacks(body.door_count(), doors),
        new_events,
        known_events: it.events.len() - new_events,
        disagree: board
            .states(&body)
            .into_iter()
            .filter(|(_, state)| state.twice)
            .map(|(at, _)| at)
            .collect(),
    }
}

pub fn merged_building(mine: Option<&Building>, theirs: &Building) -> Building {
    let Some(mine) = mine else {
        return theirs.clone();
    };
    let mut merged = mine.clone();
    merged.take_from(theirs);
    merged
}

/// `me` is the partner the person walks as and this device; a part that another device has already stays its.
pub fn merged_run(mine: Option<&Run>, theirs: &Run, me: Option<(Id, Id)>) -> Run {
    let mut merged = mine.unwrap_or(theirs).clone();
    merged.take_from(theirs);
    if let Some((partner, device)) = me
        && merged.partner_on(device).is_none()
        && let Some(partner) = merged.partners.iter_mut().find(|row| row.id == partner)
    {
        partner.device.get_or_insert(device);
    }
    merged
}

/// The do-not-calls of a tower that is joined, where the one it is joined with has none.
pub fn blocks_to_carry(
    old: (&Building, &Board),
    new: (&Building, &Board),
) -> Vec<(DoorRef, Block)> {
    old.1
        .states(old.0)
        .into_iter()
        .filter_map(|(at, state)| {
            let held = new.1.state(&at, new.0.door(&at), new.0.revisit).blocked;
            state
                .blocked
                .filter(|_| held.is_none())
                .map(|block| (at, block))
        })
        .collect()
}
