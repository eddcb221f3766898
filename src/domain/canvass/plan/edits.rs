//! What is put right about a tower's floors and doors once it stands. Keys of doors that stay are never touched, what the
//! lobby board says moves along with its doors, and nothing that was called at is taken away.

use crate::domain::canvass::building::{
    Building, DoorRef, Floor, FloorKind, MOST_DOORS, MOST_FLOORS, Tenant,
};
use crate::domain::canvass::floor::{WHOLE_FLOOR, door_list, floor_key};
use crate::domain::canvass::tower::Tower;

/// Why an edit was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody called there: its past would have no place any more.
    Used,
    /// No such floor or door, or it is there already.
    Known,
    /// Not a floor or door; the piece that cannot be read.
    Unreadable(String),
    TooMany,
    /// The last floor or door, or no next one to join with.
    Last,
}

/// Which floors take over the doors of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    Up,
    Down,
    All,
}

/// Floors that took the doors over, and floors that were left alone because a door of theirs was called at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    pub floors: usize,
    pub kept: usize,
}

/// Whether somebody called at a door; what was taken back does not count.
pub fn is_used(tower: &Tower, at: &DoorRef) -> bool {
    let state = tower.state(at);
    !state.calls.is_empty() || state.blocked.is_some()
}

/// Whether somebody called anywhere on a floor, also at doors that are others by now.
pub fn is_floor_used(tower: &Tower, floor: &str) -> bool {
    let mut called = tower.board.events().map(|event| &event.body.at_door);
    called.any(|at| at.floor == floor && is_used(tower, at))
}

impl Floor {
    fn place(&self, door: &str) -> Option<usize> {
        self.doors.iter().position(|have| have.id == door)
    }
}

impl Building {
    /// Gives other floors of the same kind the doors of one floor, labels and all. A floor is left alone if it would lose
    /// a door that `used` knows of.
    pub fn copy_doors(
        &mut self,
        from: &str,
        spread: Spread,
        used: &dyn Fn(&DoorRef) -> bool,
    ) -> Copied {
        let mut copied = Copied::default();
        let Some(at) = self.floors.iter().position(|floor| floor.id == from) else {
            return copied;
        };
        let Some(model) = self.floors.get(at).cloned() else {
            return copied;
        };
        let keys: Vec<&String> = model.doors.iter().map(|door| &door.id).collect();
        for (place, floor) in self.floors.iter_mut().enumerate() {
            let wanted = match spread {
                Spread::Up => place < at,
                Spread::Down => place > at,
                Spread::All => place != at,
            };
            if !wanted || floor.kind != model.kind {
                continue;
            }
            let loses = floor.doors.iter().any(|door| {
                !keys.contains(&&door.id) && used(&DoorRef::new(&*floor.id, &*door.id))
            });
            if loses {
                copied.kept += 1;
                continue;
            }
            let before = floor.doors.clone();
            floor.set_doors(&keys);
            for (door, like) in floor.doors.iter_mut().zip(&model.doors) {
                door.label.clone_from(&like.label);
            }
            copied.floors += usize::from(floor.doors != before);
        }
        self.drop_lost_tenants();
        copied
    }

    /// Adds doors by their written range, behind those that are there. A whole floor's one door gives way to them.
    pub fn add_doors(
        &mut self,
        floor: &str,
        text: &str,
        used: &dyn Fn(&DoorRef) -> bool,
    ) -> Result<usize, Refusal> {
        let wanted = door_list(text).map_err(Refusal::Unreadable)?;
        let floor = self.floor_mut(floor).ok_or(Refusal::Known)?;
        let known: Vec<String> = floor
            .doors
            .iter()
            .flat_map(|door| std::iter::once(&door.id).chain(&door.from))
            .cloned()
            .collect();
        let fresh: Vec<&String> = wanted.iter().filter(|key| !known.contains(key)).collect();
        if fresh.is_empty() {
            return Err(Refusal::Known);
        }
        let whole = DoorRef::new(&*floor.id, WHOLE_FLOOR);
        let mut keys: Vec<&str> = floor.doors.iter().map(|door| &*door.id).collect();
        if known == [WHOLE_FLOOR] && !used(&whole) {
            keys.clear();
        }
        let added = fresh.len();
        let keys: Vec<String> = keys
            .into_iter()
            .chain(fresh.into_iter().map(String::as_str))
            .map(str::to_owned)
            .collect();
        if keys.len() > MOST_DOORS {
            return Err(Refusal::TooMany);
        }
        floor.set_doors(keys);
        Ok(added)
    }

    pub fn rename_door(&mut self, at: &DoorRef, label: &str) -> Result<(), Refusal> {
        let label = label.trim();
        let floor = self.floor_mut(&at.floor).ok_or(Refusal::Known)?;
        let taken = floor
            .doors
            .iter()
            .any(|door| door.id != at.door && door.label() == label);
        if taken {
            return Err(Refusal::Known);
        }
        let door = floor.doors.iter_mut().find(|door| door.id == at.door);
        let door = door.ok_or(Refusal::Known)?;
        door.label = if label == door.id { "" } else { label }.to_owned();
        Ok(())
    }

    pub fn remove_door(&mut self, at: &DoorRef, used: bool) -> Result<(), Refusal> {
        if used {
            return Err(Refusal::Used);
        }
        let floor = self.floor_mut(&at.floor).ok_or(Refusal::Known)?;
        let place = floor.place(&at.door).ok_or(Refusal::Known)?;
        if floor.doors.len() == 1 {
            return Err(Refusal::Last);
        }
        floor.doors.remove(place);
        self.drop_lost_tenants();
        Ok(())
    }

    /// As [`Floor::split`]; whoever the board put behind the door is then behind both.
    pub fn split_door(&mut self, at: &DoorRef) -> Result<(), Refusal> {
        let floor = self.floor_mut(&at.floor).ok_or(Refusal::Known)?;
        if floor.doors.len() >= MOST_DOORS {
            return Err(Refusal::TooMany);
        }
        if !floor.split(&at.door) {
            return Err(Refusal::Known);
        }
        self.move_tenants(&at.floor);
        Ok(())
    }

    /// As [`Floor::join_next`]; both doors' tenants are then behind the one.
    pub fn join_door(&mut self, at: &DoorRef) -> Result<(), Refusal> {
        let floor = self.floor_mut(&at.floor).ok_or(Refusal::Known)?;
        if !floor.join_next(&at.door) {
            return Err(Refusal::Last);
        }
        self.move_tenants(&at.floor);
        Ok(())
    }

    /// Adds a floor beside another one, with the same doors and lifts. Answers its key.
    pub fn add_floor(&mut self, beside: &str, above: bool, label: &str) -> Result<String, Refusal> {
        let key = floor_key(label).ok_or_else(|| Refusal::Unreadable(label.trim().to_owned()))?;
        if self.floor(&key).is_some() {
            return Err(Refusal::Known);
        }
        if self.floors.len() >= MOST_FLOORS {
            return Err(Refusal::TooMany);
        }
        let place = self.floors.iter().position(|floor| floor.id == beside);
        let place = place.ok_or(Refusal::Known)?;
        let like = self.floors.get(place).cloned().unwrap_or_default();
        let doors: Vec<String> = like.doors.iter().map(|door| door.id.clone()).collect();
        let kind = match super::kind_of(&key) {
            // A floor beside refuge or plant rooms is mostly an ordinary one.
            FloorKind::Office if !like.kind.is_passed() => like.kind,
            kind => kind,
        };
        let mut floor = super::floor_of(&key, kind, &doors);
        floor.zone = like.zone;
        self.floors.insert(place + usize::from(!above), floor);
        Ok(key)
    }

    pub fn remove_floor(&mut self, key: &str, used: bool) -> Result<(), Refusal> {
        if used {
            return Err(Refusal::Used);
        }
        if self.floors.len() == 1 {
            return Err(Refusal::Last);
        }
        let before = self.floors.len();
        self.floors.retain(|floor| floor.id != key);
        if self.floors.len() == before {
            return Err(Refusal::Known);
        }
        self.drop_lost_tenants();
        Ok(())
    }

    /// What a floor is used for. Floors that somebody is called on have a door at least.
    pub fn set_kind(&mut self, key: &str, kind: FloorKind) {
        if let Some(floor) = self.floor_mut(key) {
            floor.kind = kind;
            if !kind.is_passed() && floor.doors.is_empty() {
                floor.set_doors([WHOLE_FLOOR]);
            }
        }
    }

    /// Tenants of doors that were split or joined follow to what became of them.
    fn move_tenants(&mut self, floor: &str) {
        let Some(doors) = self.floor(floor).map(|floor| floor.doors.clone()) else {
            return;
        };
        for tenant in self.tenants.iter_mut().filter(|have| have.floor == floor) {
            let mut now: Vec<String> = Vec::new();
            for key in &tenant.doors {
                let became: Vec<&String> = doors
                    .iter()
                    .filter(|door| door.id != *key && door.from.contains(key))
                    .map(|door| &door.id)
                    .collect();
                let stays = became.is_empty() || doors.iter().any(|door| door.id == *key);
                for key in stays.then_some(key).into_iter().chain(became) {
                    if !now.contains(key) {
                        now.push(key.clone());
                    }
                }
            }
            tenant.doors = now;
        }
    }

    /// Rows of the board whose doors are gone go with them; the undo of the edit brings both back.
    fn drop_lost_tenants(&mut self) {
        let floors = &self.floors;
        let is_there = |tenant: &Tenant, door: &str| {
            floors.iter().any(|floor| {
                floor.id == tenant.floor
                    && (door == WHOLE_FLOOR || floor.doors.iter().any(|have| have.id == door))
            })
        };
        self.tenants.retain_mut(|tenant| {
            let doors = std::mem::take(&mut tenant.doors);
            tenant.doors = doors
                .into_iter()
                .filter(|door| is_there(tenant, door))
                .collect();
            !tenant.doors.is_empty()
        });
    }
}
