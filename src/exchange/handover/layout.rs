//! A building's floors in few bytes: most towers repeat one row of doors from floor to floor, so each row is written once
//! and floors that follow one another share a line.

use serde::{Deserialize, Serialize};

use super::{HandOverError, damaged};
use crate::domain::canvass::building::{Door, Floor, FloorKind, MOST_DOORS, MOST_FLOORS};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    rows: Vec<Vec<DoorText>>,
    floors: Vec<Group>,
}

/// Floors from the top down that differ in nothing but their names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Group {
    keys: Vec<FloorText>,
    /// Place among the rows.
    row: usize,
    #[serde(default, skip_serializing_if = "is_office")]
    kind: FloorKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    zone: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum FloorText {
    Key(String),
    Labelled(String, String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum DoorText {
    Key(String),
    Full(Door),
}

impl Layout {
    pub fn of(floors: &[Floor]) -> Self {
        let mut layout = Self {
            rows: Vec::new(),
            floors: Vec::new(),
        };
        for floor in floors {
            let doors: Vec<DoorText> = floor.doors.iter().map(DoorText::of).collect();
            let row = match layout.rows.iter().position(|row| *row == doors) {
                Some(row) => row,
                None => {
                    layout.rows.push(doors);
                    layout.rows.len() - 1
                }
            };
            let key = FloorText::of(floor);
            match layout.floors.last_mut() {
                Some(group)
                    if group.row == row && group.kind == floor.kind && group.zone == floor.zone =>
                {
                    group.keys.push(key);
                }
                _ => layout.floors.push(Group {
                    keys: vec![key],
                    row,
                    kind: floor.kind,
                    zone: floor.zone.clone(),
                }),
            }
        }
        layout
    }

    /// The floors again. They are counted before they are made: a small file must not ask for a large memory.
    pub fn floors(&self) -> Result<Vec<Floor>, HandOverError> {
        let count: usize = self.floors.iter().map(|group| group.keys.len()).sum();
        if count > MOST_FLOORS || self.rows.iter().any(|row| row.len() > MOST_DOORS) {
            return Err(HandOverError::TooLarge);
        }
        let mut floors = Vec::with_capacity(count);
        for group in &self.floors {
            let row = self.rows.get(group.row);
            let row = row.ok_or_else(|| damaged("a floor without its doors"))?;
            floors.extend(group.keys.iter().map(|key| {
                let (id, label) = match key {
                    FloorText::Key(id) => (id.clone(), String::new()),
                    FloorText::Labelled(id, label) => (id.clone(), label.clone()),
                };
                Floor {
                    id,
                    label,
                    kind: group.kind,
                    zone: group.zone.clone(),
                    doors: row.iter().map(DoorText::door).collect(),
                }
            }));
        }
        Ok(floors)
    }
}

impl FloorText {
    fn of(floor: &Floor) -> Self {
        if floor.label.is_empty() {
            FloorText::Key(floor.id.clone())
        } else {
            FloorText::Labelled(floor.id.clone(), floor.label.clone())
        }
    }
}

impl DoorText {
    fn of(door: &Door) -> Self {
        if door.label.is_empty() && door.from.is_empty() {
            DoorText::Key(door.id.clone())
        } else {
            DoorText::Full(door.clone())
        }
    }

    fn door(&self) -> Door {
        match self {
            DoorText::Key(id) => Door::new(id),
            DoorText::Full(door) => door.clone(),
        }
    }
}

fn is_office(kind: &FloorKind) -> bool {
    *kind == FloorKind::Office
}
