//! Doors that are added, split and joined, and two copies of a tower that become one.

use std::collections::HashSet;

use super::{Building, Door, Floor, Tenant};
use crate::domain::canvass::floor::{WHOLE_FLOOR, floor_rank};

impl Building {
    /// Takes over what another copy of the same tower has and this one lacks: floors and doors by their keys, rows of
    /// the board by their place and name. Nothing of this one is lost or renamed.
    pub fn take_from(&mut self, other: &Building) {
        for text in [
            (&mut self.name_zh, &other.name_zh),
            (&mut self.name_en, &other.name_en),
            (&mut self.address, &other.address),
            (&mut self.access, &other.access),
        ] {
            if text.0.is_empty() {
                text.0.clone_from(text.1);
            }
        }
        for theirs in &other.floors {
            match self.floor_mut(&theirs.id) {
                Some(floor) => floor.take_from(theirs),
                None => {
                    let rank = floor_rank(&theirs.id);
                    let at = self
                        .floors
                        .iter()
                        .position(|floor| floor_rank(&floor.id) < rank)
                        .unwrap_or(self.floors.len());
                    self.floors.insert(at, theirs.clone());
                }
            }
        }
        for theirs in &other.tenants {
            match self.tenants.iter_mut().find(|ours| ours.same(theirs)) {
                Some(ours) => ours.organisation = ours.organisation.or(theirs.organisation),
                None => self.tenants.push(theirs.clone()),
            }
        }
    }
}

impl Tenant {
    fn same(&self, other: &Tenant) -> bool {
        self.id == other.id
            || (self.floor == other.floor
                && self.doors == other.doors
                && self.name_zh == other.name_zh
                && self.name_en == other.name_en)
    }
}

impl Floor {
    /// The keys that are doors now or were once: a new door must not take one of them.
    fn taken(&self) -> HashSet<String> {
        self.doors
            .iter()
            .flat_map(|door| std::iter::once(&door.id).chain(&door.from))
            .cloned()
            .collect()
    }

    fn take_from(&mut self, other: &Floor) {
        let known = self.taken();
        for theirs in &other.doors {
            // A door that was split or joined here is not brought back, and one made of ours takes their place.
            if known.contains(&theirs.id) {
                continue;
            }
            let at = self
                .doors
                .iter()
                .position(|door| theirs.from.contains(&door.id));
            self.doors.retain(|door| !theirs.from.contains(&door.id));
            let at = at.unwrap_or(self.doors.len()).min(self.doors.len());
            self.doors.insert(at, theirs.clone());
        }
    }

    /// Gives the floor the doors of `labels`; doors that keep their key keep their past.
    pub fn set_doors<S: AsRef<str>>(&mut self, keys: impl IntoIterator<Item = S>) {
        let mut old = std::mem::take(&mut self.doors);
        for key in keys {
            let key = key.as_ref();
            if self.doors.iter().any(|door| door.id == key) {
                continue;
            }
            let door = match old.iter().position(|door| door.id == key) {
                Some(at) => old.swap_remove(at),
                None => Door::new(key),
            };
            self.doors.push(door);
        }
    }

    /// One door becomes two: `01` gives `01A` and `01B`. Answers whether there was such a door.
    pub fn split(&mut self, key: &str) -> bool {
        let Some(at) = self.doors.iter().position(|door| door.id == key) else {
            return false;
        };
        let taken = self.taken();
        let old = self.doors.remove(at);
        let stem = if old.id == WHOLE_FLOOR { "" } else { &old.id };
        let mut from = old.from.clone();
        from.push(old.id.clone());
        let fresh: Vec<Door> = (b'A'..=b'Z')
            .map(|letter| format!("{stem}{}", char::from(letter)))
            .filter(|id| !taken.contains(id))
            .take(2)
            .map(|id| Door {
                id,
                label: String::new(),
                from: from.clone(),
            })
            .collect();
        for (turn, door) in fresh.into_iter().enumerate() {
            self.doors.insert(at + turn, door);
        }
        true
    }

    /// A door and the next one become one: `01` and `02` give `01-02`. Answers whether there were two.
    pub fn join_next(&mut self, key: &str) -> bool {
        let Some(at) = self.doors.iter().position(|door| door.id == key) else {
            return false;
        };
        if at + 1 >= self.doors.len() {
            return false;
        }
        let (first, second) = (self.doors.remove(at), self.doors.remove(at));
        let id = format!("{}-{}", first.id, second.id);
        let label = if first.label.is_empty() && second.label.is_empty() {
            String::new()
        } else {
            format!("{}-{}", first.label(), second.label())
        };
        let mut from = first.from.clone();
        for key in second.from.iter().chain([&first.id, &second.id]) {
            if !from.contains(key) {
                from.push(key.clone());
            }
        }
        self.doors.insert(at, Door { id, label, from });
        true
    }
}
