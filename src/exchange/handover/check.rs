//! Whether a hand-over holds together: what this app writes does, and anything else is not taken.

use std::collections::HashSet;

use super::{HandOverError, damaged};
use crate::domain::canvass::building::{Building, MOST_DOORS, MOST_FLOORS};
use crate::domain::canvass::run::Run;
use crate::domain::id::Id;

const MOST_TENANTS: usize = 20_000;
/// Partners, things in the bag, claims.
const MOST_ROWS: usize = 10_000;
/// Characters of a floor's or a door's key. A row of doors that were joined bears all their names.
const LONGEST_KEY: usize = 2_000;

pub fn check_building(body: &Building) -> Result<(), HandOverError> {
    if body.floors.len() > MOST_FLOORS
        || body.tenants.len() > MOST_TENANTS
        || body
            .floors
            .iter()
            .any(|floor| floor.doors.len() > MOST_DOORS)
    {
        return Err(HandOverError::TooLarge);
    }
    let mut floors = HashSet::new();
    for floor in &body.floors {
        let mut doors = HashSet::new();
        let whole = is_key(&floor.id)
            && floors.insert(&floor.id)
            && floor
                .doors
                .iter()
                .all(|door| is_key(&door.id) && doors.insert(&door.id));
        if !whole {
            return Err(damaged("a floor or a door is there twice"));
        }
    }
    Ok(())
}

pub fn check_run(run: &Run, building: Id) -> Result<(), HandOverError> {
    if run.building != building {
        return Err(damaged("the run belongs to another building"));
    }
    if run.partners.is_empty() {
        return Err(damaged("nobody walks"));
    }
    if [run.partners.len(), run.kit.len(), run.claims.len()]
        .iter()
        .any(|rows| *rows > MOST_ROWS)
    {
        return Err(HandOverError::TooLarge);
    }
    Ok(())
}

pub fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().count() <= LONGEST_KEY
}
