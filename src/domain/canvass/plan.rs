//! A tower made from a few figures: how high it is, which numbers it leaves out, what it has besides numbered floors, and
//! the doors along each floor.

mod edits;
mod zones;

use serde::{Deserialize, Serialize};

use super::building::{Building, BuildingDraft, Door, Floor, FloorKind};
use super::floor::{Skip, WHOLE_FLOOR, door_list, floor_list, floor_rank, half_width, storeys};
use crate::domain::field::{Check, Field, FieldErrors, Problem};

pub use edits::{Copied, Refusal, Spread, is_floor_used, is_used};
pub use zones::{Zone, lay_zones, read_zones, zone_of};

/// The highest number a floor may have.
pub const MOST_STOREYS: u16 = 199;

/// What a tower is made of, as it is typed and tapped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub top: String,
    pub bottom: String,
    /// 4, 14, 24 …
    pub no_four: bool,
    pub no_thirteen: bool,
    /// Other numbers the tower leaves out, as a list.
    pub skipped: String,
    /// Floors that were tapped, by their keys: `G`, `PH` …
    pub special: Vec<String>,
    /// Floors besides those, as a list.
    pub others: String,
    pub refuge: String,
    pub mechanical: String,
    /// The doors of every numbered floor, as a list.
    pub doors: String,
    pub zones: String,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            top: String::new(),
            bottom: "1".to_owned(),
            no_four: false,
            no_thirteen: false,
            skipped: String::new(),
            special: Vec::new(),
            others: String::new(),
            refuge: String::new(),
            mechanical: String::new(),
            doors: "01-12".to_owned(),
            zones: String::new(),
        }
    }
}

impl Plan {
    /// The floors from the top down. Floors with a name of their own get one door for the whole floor: a ground floor has
    /// not the twelve doors of the floors above it.
    pub fn check(&self) -> Result<Vec<Floor>, FieldErrors> {
        let mut check = Check::default();
        let top = storey(&mut check, &self.top, Field::TopFloor);
        let bottom = storey(&mut check, &self.bottom, Field::BottomFloor);
        let skipped = floors(&mut check, &self.skipped, Field::SkippedFloors);
        let others = floors(&mut check, &self.others, Field::OtherFloors);
        let refuge = floors(&mut check, &self.refuge, Field::RefugeFloors);
        let mechanical = floors(&mut check, &self.mechanical, Field::MechanicalFloors);
        let doors = door_list(&self.doors).unwrap_or_else(|_| {
            check.require(false, Field::Doors, Problem::NotADoor);
            Vec::new()
        });
        let zones = read_zones(&self.zones).unwrap_or_else(|_| {
            check.require(false, Field::Zones, Problem::NotAZone);
            Vec::new()
        });
        let skip = Skip {
            ending_in_four: self.no_four,
            thirteen: self.no_thirteen,
            also: skipped.iter().filter_map(|key| key.parse().ok()).collect(),
        };
        // Refuge and mechanical floors stand in the tower even where nobody named them before.
        let named = self.special.iter().chain(&others);
        let named = named.chain(&refuge).chain(&mechanical);
        let mut keys = storeys(top, bottom, &skip);
        for key in named {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        keys.sort_by_key(|key| std::cmp::Reverse(floor_rank(key)));
        let mut made: Vec<Floor> = keys
            .iter()
            .map(|key| {
                let kind = if refuge.contains(key) {
                    FloorKind::Refuge
                } else if mechanical.contains(key) {
                    FloorKind::Mechanical
                } else {
                    kind_of(key)
                };
                floor_of(key, kind, if is_numbered(key) { &doors } else { &[] })
            })
            .collect();
        lay_zones(&mut made, &zones);
        check.finish(made)
    }
}

/// A new tower's form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewTower {
    /// Without floors: they are made of the plan.
    pub building: BuildingDraft,
    pub plan: Plan,
}

impl NewTower {
    /// The tower, or everything that is wrong with both halves of the form.
    pub fn check(&self) -> Result<Building, FieldErrors> {
        let floors = self.plan.check();
        let draft = BuildingDraft {
            floors: floors.clone().unwrap_or_default(),
            ..self.building.clone()
        };
        match (draft.check(None), floors) {
            (Ok(building), Ok(_)) => Ok(building),
            (Err(errors), Ok(_)) => Err(errors),
            (Ok(_), Err(errors)) => Err(errors),
            (Err(FieldErrors(mut all)), Err(FieldErrors(plan))) => {
                // That there are no floors is only what follows from the plan's own errors.
                all.retain(|(field, _)| *field != Field::Floors);
                all.extend(plan);
                Err(FieldErrors(all))
            }
        }
    }
}

fn storey(check: &mut Check, text: &str, field: Field) -> u16 {
    let number = half_width(text).trim().parse::<u16>().ok();
    let number = number.filter(|number| (1..=MOST_STOREYS).contains(number));
    check.require(number.is_some(), field, Problem::NotANumber);
    number.unwrap_or(1)
}

fn floors(check: &mut Check, text: &str, field: Field) -> Vec<String> {
    floor_list(text).unwrap_or_else(|_| {
        check.require(false, field, Problem::NotAFloor);
        Vec::new()
    })
}

fn is_numbered(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_digit())
}

/// What a floor is, as far as its name tells.
pub fn kind_of(key: &str) -> FloorKind {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem {
        "G" => FloorKind::Lobby,
        "R" => FloorKind::Mechanical,
        "UG" | "LG" | "M" | "B" | "P" | "C" | "U" | "UC" => FloorKind::Podium,
        _ => FloorKind::Office,
    }
}

/// A floor with these doors; one door for the whole floor if there are none, and none at all where nobody is called on.
pub fn floor_of(key: &str, kind: FloorKind, doors: &[String]) -> Floor {
    let mut floor = Floor {
        kind,
        ..Floor::new(key, doors)
    };
    if kind.is_passed() {
        floor.doors.clear();
    } else if floor.doors.is_empty() {
        floor.doors.push(Door::new(WHOLE_FLOOR));
    }
    floor
}

#[cfg(test)]
mod tests;
