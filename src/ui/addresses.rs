//! Addresses that several screens lead to. A key of a floor or a door may hold any sign, so it is encoded here and nowhere
//! else.

use crate::domain::canvass::building::DoorRef;
use crate::domain::id::Id;

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

fn part(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
