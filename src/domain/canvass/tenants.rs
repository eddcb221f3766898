//! Rows of a lobby board become part of the tower: who is behind which door, and the floors and doors it did not know.

use super::building::{Building, Door, Floor, Tenant};
use super::floor::{WHOLE_FLOOR, floor_rank};
use crate::domain::id::Id;

/// A row somebody looked at and took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    pub floors: Vec<String>,
    /// Door keys; [`WHOLE_FLOOR`] for the whole floor.
    pub doors: Vec<String>,
    pub name_zh: String,
    pub name_en: String,
    pub organisation: Option<Id>,
}

/// What a row would add to the tower besides its tenant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Adds {
    pub floor: bool,
    pub door: bool,
}

impl Building {
    /// Whether a row names floors or doors the tower does not have.
    pub fn would_add(&self, row: &Placed) -> Adds {
        let mut adds = Adds::default();
        for key in &row.floors {
            match self.floor(key) {
                None => adds.floor = true,
                Some(floor) => {
                    adds.door |= row
                        .doors
                        .iter()
                        .any(|door| door != WHOLE_FLOOR && floor.door_like(door).is_none());
                }
            }
        }
        adds
    }

    /// Takes rows of the board in; answers how many tenants are new. A row that is there already, with the same name at
    /// the same place, only gets its client.
    pub fn take_board(&mut self, rows: &[Placed], mut new_id: impl FnMut() -> Id) -> usize {
        let mut added = 0;
        for row in rows {
            for key in &row.floors {
                let doors = self.make_room(key, &row.doors);
                let tenant = Tenant {
                    id: new_id(),
                    floor: key.clone(),
                    doors,
                    name_zh: row.name_zh.clone(),
                    name_en: row.name_en.clone(),
                    organisation: row.organisation,
                };
                let known = self.tenants.iter_mut().find(|have| {
                    have.floor == tenant.floor
                        && have.doors == tenant.doors
                        && have.name_zh == tenant.name_zh
                        && have.name_en == tenant.name_en
                });
                match known {
                    Some(known) => known.organisation = known.organisation.or(row.organisation),
                    None => {
                        self.tenants.push(tenant);
                        added += 1;
                    }
                }
            }
        }
        added
    }

    /// Sees to it that a floor has these doors; answers their keys as the floor has them.
    fn make_room(&mut self, key: &str, doors: &[String]) -> Vec<String> {
        if self.floor(key).is_none() {
            let rank = floor_rank(key);
            let at = self
                .floors
                .iter()
                .position(|floor| floor_rank(&floor.id) < rank)
                .unwrap_or(self.floors.len());
            self.floors.insert(at, Floor::new(key, doors));
            return doors.to_vec();
        }
        let Some(floor) = self.floor_mut(key) else {
            return doors.to_vec();
        };
        if doors.iter().any(|door| door == WHOLE_FLOOR) {
            return vec![WHOLE_FLOOR.to_owned()];
        }
        // A floor that was taken for one door turns out to have several: they share its past.
        let was_whole =
            floor.doors.len() == 1 && floor.doors.iter().all(|door| door.id == WHOLE_FLOOR);
        let from = if was_whole {
            floor.doors.clear();
            vec![WHOLE_FLOOR.to_owned()]
        } else {
            Vec::new()
        };
        doors
            .iter()
            .map(|door| floor.door_or_new(door, &from))
            .collect()
    }
}

impl Floor {
    /// The door a label means: `1` is `01`.
    fn door_like(&self, key: &str) -> Option<&Door> {
        let bare = |key: &str| key.trim_start_matches('0').to_owned();
        self.doors
            .iter()
            .find(|door| door.id == key)
            .or_else(|| self.doors.iter().find(|door| bare(&door.id) == bare(key)))
    }

    fn door_or_new(&mut self, key: &str, from: &[String]) -> String {
        if let Some(door) = self.door_like(key) {
            return door.id.clone();
        }
        let order = |key: &str| (key.len(), key.to_owned());
        let at = self
            .doors
            .iter()
            .position(|door| order(&door.id) > order(key))
            .unwrap_or(self.doors.len());
        let door = Door {
            from: from.to_vec(),
            ..Door::new(key)
        };
        self.doors.insert(at, door);
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::canvass::building::DoorRef;

    fn placed(floors: &[&str], doors: &[&str], name: &str) -> Placed {
        Placed {
            floors: floors.iter().map(|key| (*key).to_owned()).collect(),
            doors: doors.iter().map(|key| (*key).to_owned()).collect(),
            name_zh: name.to_owned(),
            ..Placed::default()
        }
    }

    fn ids() -> impl FnMut() -> Id {
        let mut n = 0_u8;
        move || {
            n += 1;
            Id::from_parts(u64::from(n), &[n; 10])
        }
    }

    #[test]
    fn a_board_fills_the_tower_and_adds_what_it_lacks() {
        let mut building = Building {
            floors: vec![Floor::new("28", ["01", "02"]), Floor::new("26", ["*"])],
            ..Building::default()
        };
        let rows = [
            placed(&["28"], &["1", "03"], "海晴"),
            placed(&["27"], &["*"], "鴻嶺"),
            placed(&["26"], &["A", "B"], "德昇"),
        ];
        assert_eq!(
            building.would_add(&rows[0]),
            Adds {
                floor: false,
                door: true
            }
        );
        assert_eq!(
            building.would_add(&rows[1]),
            Adds {
                floor: true,
                door: false
            }
        );
        assert_eq!(building.take_board(&rows, ids()), 3);
        let floors: Vec<&str> = building
            .floors
            .iter()
            .map(|floor| floor.id.as_str())
            .collect();
        assert_eq!(floors, ["28", "27", "26"]);
        let doors = |at: usize| {
            building.floors[at]
                .doors
                .iter()
                .map(|door| door.id.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (doors(0), doors(2)),
            (vec!["01", "02", "03"], vec!["A", "B"])
        );
        assert_eq!(building.floors[2].doors[0].from, ["*"]);
        let at = building.tenants_at(&DoorRef::new("28", "01"));
        assert_eq!(
            at.first().map(|tenant| tenant.name_zh.as_str()),
            Some("海晴")
        );
        // The same board once more changes nothing.
        let before = building.clone();
        assert_eq!(building.take_board(&rows, ids()), 0);
        assert_eq!(building, before);
    }
}
