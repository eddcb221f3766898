//! Addresses that several screens lead to. A key of a floor or a door may hold any sign, so it is encoded here and nowhere
//! else.

use crate::domain::canvass::building::DoorRef;
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, AnyEntry, Kind};

/// A door on a walk.
pub fn door_on_walk(run: Id, at: &DoorRef) -> String {
    format!(
        "/runs/{run}?floor={}&door={}",
        part(&at.floor),
        part(&at.door)
    )
}

/// A building, opened on one of its floors.
pub fn floor_of_building(building: Id, floor: &str) -> String {
    format!("/canvass/{building}?floor={}", part(floor))
}

/// Where a record is shown; a door's event on its walk, or on its building when no walk is known of.
pub fn record_page(entry: &AnyEntry) -> String {
    let id = entry.id();
    match &entry.body {
        AnyBody::Organisation(_) => format!("/clients/{id}"),
        AnyBody::Person(_) => format!("/people/{id}"),
        AnyBody::Visit(_) => format!("/visits/{id}"),
        AnyBody::Note(_) => format!("/notes/{id}"),
        AnyBody::FollowUp(_) => format!("/follow-ups/{id}"),
        AnyBody::Building(_) => format!("/canvass/{id}"),
        AnyBody::Run(_) => format!("/runs/{id}"),
        AnyBody::DoorEvent(event) => match event.run {
            Some(run) => door_on_walk(run, &event.at_door),
            None => floor_of_building(event.building, &event.at_door.floor),
        },
        AnyBody::Clash(clash) => clashes_of(clash.record),
    }
}

/// Where a record is edited, for the kinds that have such a page.
pub fn edit_page(kind: Kind, id: Id) -> Option<String> {
    match kind {
        Kind::Organisation => Some(format!("/clients/{id}/edit")),
        Kind::Person => Some(format!("/people/{id}/edit")),
        Kind::Visit => Some(format!("/visits/{id}/edit")),
        Kind::Note => Some(format!("/notes/{id}/correct")),
        Kind::FollowUp => Some(format!("/follow-ups/{id}")),
        Kind::Building => Some(format!("/canvass/{id}/edit")),
        Kind::Run | Kind::DoorEvent | Kind::Clash => None,
    }
}

/// The clashes of one record.
pub fn clashes_of(record: Id) -> String {
    format!("/more/clashes?record={record}")
}

fn part(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
