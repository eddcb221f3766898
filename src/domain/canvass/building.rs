//! A tower as the people in it count it: floors from the top, doors along each. The keys of floors and doors are made
//! once and never change, so that what happened at a door stays with it when its label is corrected (architecture.md,
//! "Doors").

mod edit;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::floor::WHOLE_FLOOR;
use crate::domain::field::{Check, Field, FieldErrors, Problem};
use crate::domain::id::{Id, NewId};
use crate::domain::organisation::trimmed;
use crate::domain::record::{AnyBody, Body, Kind};

/// The most floors and doors a building may have: far above any tower, far below what a phone cannot draw.
pub const MOST_FLOORS: usize = 200;
pub const MOST_DOORS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Building {
    pub name_zh: String,
    pub name_en: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Guards, lift banks, after-hours: what one wants to know before one stands in the lobby.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub access: String,
    /// From the top down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<Floor>,
    /// Who the lobby board says is behind which door.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<Tenant>,
    #[serde(skip_serializing_if = "is_default")]
    pub revisit: Revisit,
    /// Colleagues who walk it too: the server lets them see and write everything of this building.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
}

/// A colleague with an account on the same server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    pub id: Id,
    /// The name they sign in with.
    pub account: String,
}

/// The accounts in a list somebody typed, in its order; whoever was named before keeps their id, so that two devices that
/// name different colleagues both get their way.
pub fn named_partners(text: &str, before: &[Partner], ids: &mut dyn NewId) -> Vec<Partner> {
    let mut partners: Vec<Partner> = Vec::new();
    for account in text
        .split([',', ';', '、', '，', '；', '\n'])
        .map(str::trim)
    {
        let same = |partner: &&Partner| partner.account.to_lowercase() == account.to_lowercase();
        if account.is_empty() || partners.iter().any(|partner| same(&partner)) {
            continue;
        }
        partners.push(
            before
                .iter()
                .find(same)
                .cloned()
                .unwrap_or_else(|| Partner {
                    id: ids.new_id(),
                    account: account.to_owned(),
                }),
        );
    }
    partners
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    /// The floor's key, such as `28`, `G`, `LG1`, `12A`, `PH`.
    pub id: String,
    /// What the lift's button says, where that is not the key.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: FloorKind,
    /// The bank of lifts that goes there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doors: Vec<Door>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorKind {
    #[default]
    Office,
    Podium,
    Refuge,
    Mechanical,
    Lobby,
}

impl FloorKind {
    pub const ALL: [FloorKind; 5] = [
        FloorKind::Office,
        FloorKind::Podium,
        FloorKind::Refuge,
        FloorKind::Mechanical,
        FloorKind::Lobby,
    ];

    /// Nobody to call on: the floor is shown, and the walk passes it.
    pub fn is_passed(self) -> bool {
        matches!(self, FloorKind::Refuge | FloorKind::Mechanical)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Door {
    /// The door's key on its floor, such as `01`, `A`, `*` for a whole floor.
    pub id: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Keys this door was split from or joined of: what happened there is part of its past.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
}

impl Door {
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            ..Self::default()
        }
    }

    pub fn label(&self) -> &str {
        if self.label.is_empty() {
            &self.id
        } else {
            &self.label
        }
    }

    pub fn is_whole_floor(&self) -> bool {
        self.id == WHOLE_FLOOR && self.label.is_empty()
    }
}

/// A door within its building. The building itself is known wherever this is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DoorRef {
    pub floor: String,
    pub door: String,
}

impl DoorRef {
    pub fn new(floor: impl Into<String>, door: impl Into<String>) -> Self {
        Self {
            floor: floor.into(),
            door: door.into(),
        }
    }
}

/// A row of the lobby board: a firm and its doors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tenant {
    pub id: Id,
    pub floor: String,
    /// Door keys; `*` for the whole floor.
    pub doors: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// The client it is, once somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
}

impl Tenant {
    pub fn name(&self, han_first: bool) -> &str {
        in_language(&self.name_zh, &self.name_en, han_first)
    }

    pub fn is_at(&self, at: &DoorRef) -> bool {
        self.floor == at.floor
            && self
                .doors
                .iter()
                .any(|door| *door == at.door || door == WHOLE_FLOOR)
    }
}

/// When a door where nobody answered is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Revisit {
    /// Tries without an answer after which a door counts as done.
    pub tries: u8,
    pub when: Again,
}

impl Default for Revisit {
    fn default() -> Self {
        Self {
            tries: 3,
            when: Again::OtherHalf,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Again {
    AnyTime,
    /// In the afternoon what was tried in the morning, and the reverse.
    #[default]
    OtherHalf,
    OtherDay,
}

impl Again {
    pub const ALL: [Again; 3] = [Again::AnyTime, Again::OtherHalf, Again::OtherDay];
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Building {
    pub fn name(&self, han_first: bool) -> &str {
        in_language(&self.name_zh, &self.name_en, han_first)
    }

    /// Whether two buildings have a name in common, however it is spaced, cased and typed (NFKC, Unicode Annex 15).
    pub fn is_same_tower(&self, other: &Building) -> bool {
        let same = |one: &str, other: &str| {
            let one = plain(one);
            !one.is_empty() && one == plain(other)
        };
        same(&self.name_zh, &other.name_zh) || same(&self.name_en, &other.name_en)
    }

    pub fn floor(&self, key: &str) -> Option<&Floor> {
        self.floors.iter().find(|floor| floor.id == key)
    }

    pub fn floor_mut(&mut self, key: &str) -> Option<&mut Floor> {
        self.floors.iter_mut().find(|floor| floor.id == key)
    }

    pub fn door(&self, at: &DoorRef) -> Option<&Door> {
        self.floor(&at.floor)?
            .doors
            .iter()
            .find(|door| door.id == at.door)
    }

    /// Every door one can knock at, from the top down and along each floor.
    pub fn doors(&self) -> impl Iterator<Item = (&Floor, &Door)> {
        self.floors
            .iter()
            .filter(|floor| !floor.kind.is_passed())
            .flat_map(|floor| floor.doors.iter().map(move |door| (floor, door)))
    }

    pub fn door_count(&self) -> usize {
        self.doors().count()
    }

    /// The lifts' zones in the order they are met from the top.
    pub fn zones(&self) -> Vec<String> {
        let mut zones: Vec<String> = Vec::new();
        for floor in self.floors.iter().filter(|floor| !floor.zone.is_empty()) {
            if !zones.contains(&floor.zone) {
                zones.push(floor.zone.clone());
            }
        }
        zones
    }

    /// Who the board says is behind a door.
    pub fn tenants_at(&self, at: &DoorRef) -> Vec<&Tenant> {
        self.tenants
            .iter()
            .filter(|tenant| tenant.is_at(at))
            .collect()
    }
}

impl Floor {
    pub fn new<S: AsRef<str>>(id: &str, doors: impl IntoIterator<Item = S>) -> Self {
        Self {
            id: id.to_owned(),
            doors: doors
                .into_iter()
                .map(|door| Door::new(door.as_ref()))
                .collect(),
            ..Self::default()
        }
    }

    pub fn label(&self) -> &str {
        if self.label.is_empty() {
            &self.id
        } else {
            &self.label
        }
    }
}

/// The name in the language asked for, or the only one there is.
fn in_language<'a>(zh: &'a str, en: &'a str, han_first: bool) -> &'a str {
    let (first, second) = if han_first { (zh, en) } else { (en, zh) };
    if first.is_empty() { second } else { first }
}

fn plain(name: &str) -> String {
    name.nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Body for Building {
    const KIND: Kind = Kind::Building;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Building(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        let mut links: Vec<Id> = self
            .tenants
            .iter()
            .filter_map(|tenant| tenant.organisation)
            .collect();
        links.sort_unstable();
        links.dedup();
        links
    }
}

/// The building's form. Floors are edited on a screen of their own; here they are made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BuildingDraft {
    pub name_zh: String,
    pub name_en: String,
    pub address: String,
    pub access: String,
    pub floors: Vec<Floor>,
    pub revisit: Revisit,
    pub partners: Vec<Partner>,
}

impl BuildingDraft {
    pub fn of(body: &Building) -> Self {
        Self {
            name_zh: body.name_zh.clone(),
            name_en: body.name_en.clone(),
            address: body.address.clone(),
            access: body.access.clone(),
            floors: body.floors.clone(),
            revisit: body.revisit,
            partners: body.partners.clone(),
        }
    }

    /// Converts the form; the lobby board comes from `old`.
    pub fn check(&self, old: Option<&Building>) -> Result<Building, FieldErrors> {
        let mut check = Check::default();
        let named = !(self.name_zh.trim().is_empty() && self.name_en.trim().is_empty());
        check.require(named, Field::Name, Problem::Missing);
        let some = self.floors.iter().any(|floor| !floor.doors.is_empty());
        check.require(some, Field::Floors, Problem::Missing);
        let few = self.floors.len() <= MOST_FLOORS
            && self
                .floors
                .iter()
                .all(|floor| floor.doors.len() <= MOST_DOORS);
        check.require(few, Field::Floors, Problem::NotANumber);
        check.finish(Building {
            name_zh: trimmed(&self.name_zh),
            name_en: trimmed(&self.name_en),
            address: trimmed(&self.address),
            access: trimmed(&self.access),
            floors: self.floors.clone(),
            tenants: old.map(|old| old.tenants.clone()).unwrap_or_default(),
            revisit: Revisit {
                tries: self.revisit.tries.clamp(1, 9),
                ..self.revisit
            },
            partners: self.partners.clone(),
        })
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod partner_tests {
    use super::*;

    #[test]
    fn colleagues_are_read_from_a_list_and_keep_their_ids() {
        let mut count = 0;
        let mut ids = || {
            count += 1;
            Id::from_parts(count, &[0; 10])
        };
        let first = named_partners("wong、 Lee,,wong", &[], &mut ids);
        let accounts: Vec<_> = first
            .iter()
            .map(|partner| partner.account.as_str())
            .collect();
        assert_eq!(accounts, ["wong", "Lee"]);
        let second = named_partners("lee；chan", &first, &mut ids);
        assert_eq!(second[0], first[1]);
        assert_eq!(second[1].account, "chan");
        assert!(named_partners(" ", &first, &mut ids).is_empty());
    }
}
