//! A walk through a tower: in which order, who takes which floors, what goes into the bag. Where one stands is not kept
//! here: it follows from the door events, so no kill can lose it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::building::{Building, Door, DoorRef, Floor};
use super::floor::floor_rank;
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, Body, Kind};
use crate::domain::time::Moment;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub building: Id,
    pub day: NaiveDate,
    #[serde(default)]
    pub order: Order,
    /// Only the floors of this bank of lifts; empty for the whole tower.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// Who walks, and which part; never empty.
    pub partners: Vec<Partner>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kit: Vec<KitItem>,
    /// Clients of the one who handed the run over: a partner is told before knocking at their door.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    pub started: Moment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    TopDown,
    BottomUp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    pub id: Id,
    pub name: String,
    /// The device that walks this part, once it took the run over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Id>,
    #[serde(default)]
    pub share: Share,
}

/// The part of a tower one partner walks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    #[default]
    All,
    /// Floors by their number: 28 is even, 12A goes with 12; floors without a number go with the odd ones.
    Odd,
    Even,
    /// The floor of this key and all above it, or all below it: told by the floors' order, so that a floor that comes
    /// or goes later is somebody's too.
    From(String),
    Below(String),
    /// The first or the second half of each floor's doors: the wings of most towers.
    FirstWing,
    SecondWing,
}

impl Share {
    pub fn has(&self, building: &Building, at: &DoorRef) -> bool {
        match self {
            Share::All => true,
            Share::Odd => !is_even(&at.floor),
            Share::Even => is_even(&at.floor),
            Share::From(key) => floor_rank(&at.floor) >= floor_rank(key),
            Share::Below(key) => floor_rank(&at.floor) < floor_rank(key),
            Share::FirstWing | Share::SecondWing => {
                let Some(floor) = building.floor(&at.floor) else {
                    return false;
                };
                let place = floor.doors.iter().position(|door| door.id == at.door);
                // A floor of one door belongs to the first wing.
                let first = place.is_some_and(|place| place < floor.doors.len().div_ceil(2));
                first == (*self == Share::FirstWing)
            }
        }
    }
}

fn is_even(floor: &str) -> bool {
    let digits: String = floor.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<u32>().is_ok_and(|number| number % 2 == 0)
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KitItem {
    pub id: Id,
    pub text: String,
    #[serde(default)]
    pub packed: bool,
}

/// A door behind which somebody's client sits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    pub id: Id,
    pub floor: String,
    pub doors: Vec<String>,
    pub client: String,
    /// Whose client it is, as partners call one another.
    pub of: String,
}

impl Run {
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// The partner this device walks as.
    pub fn partner_on(&self, device: Id) -> Option<&Partner> {
        self.partners
            .iter()
            .find(|partner| partner.device == Some(device))
    }

    /// Everybody whose part a door is.
    pub fn owners<'a>(
        &'a self,
        building: &'a Building,
        at: &'a DoorRef,
    ) -> impl Iterator<Item = &'a Partner> {
        self.partners
            .iter()
            .filter(move |partner| partner.share.has(building, at))
    }

    /// The claim on a door by somebody other than `me`.
    pub fn claim_on(&self, at: &DoorRef, me: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| {
            claim.of != me
                && claim.floor == at.floor
                && claim
                    .doors
                    .iter()
                    .any(|door| *door == at.door || door == "*")
        })
    }

    /// The floors of this walk in its order.
    pub fn floors<'a>(&self, building: &'a Building) -> Vec<&'a Floor> {
        let mut floors: Vec<&Floor> = building
            .floors
            .iter()
            .filter(|floor| !floor.kind.is_passed() && !floor.doors.is_empty())
            .filter(|floor| self.zone.is_empty() || floor.zone == self.zone)
            .collect();
        if self.order == Order::BottomUp {
            floors.reverse();
        }
        floors
    }

    /// The doors of a partner's part in the order of the walk; everybody's where there is no partner.
    pub fn doors<'a>(
        &self,
        building: &'a Building,
        partner: Option<&'a Partner>,
    ) -> impl Iterator<Item = (DoorRef, &'a Door)> {
        self.floors(building)
            .into_iter()
            .flat_map(|floor| {
                let at = |door: &Door| DoorRef::new(&*floor.id, &*door.id);
                floor.doors.iter().map(move |door| (at(door), door))
            })
            .filter(move |(at, _)| partner.is_none_or(|partner| partner.share.has(building, at)))
    }

    /// As [`Run::doors`], the places alone.
    pub fn route(&self, building: &Building, partner: Option<&Partner>) -> Vec<DoorRef> {
        self.doors(building, partner).map(|(at, _)| at).collect()
    }

    /// Takes over what a partner's copy of this run knows: who walks, what was packed, whose clients are where.
    pub fn take_from(&mut self, other: &Run) {
        for theirs in &other.partners {
            match self.partners.iter_mut().find(|ours| ours.id == theirs.id) {
                Some(ours) => ours.device = ours.device.or(theirs.device),
                None => self.partners.push(theirs.clone()),
            }
        }
        for theirs in &other.kit {
            if self.kit.iter().all(|ours| ours.id != theirs.id) {
                self.kit.push(theirs.clone());
            }
        }
        for theirs in &other.claims {
            if self.claims.iter().all(|ours| ours.id != theirs.id) {
                self.claims.push(theirs.clone());
            }
        }
        // The end is not taken over: a partner who is through has not walked this one's part.
    }
}

impl Body for Run {
    const KIND: Kind = Kind::Run;
    const SCHEMA: u16 = 1;

    fn from_any(any: AnyBody) -> Option<Self> {
        match any {
            AnyBody::Run(body) => Some(body),
            _ => None,
        }
    }

    fn links(&self) -> Vec<Id> {
        vec![self.building]
    }

    /// A walk that is under way is found by the day's index, so that Today leads back to it before the book is read.
    fn due(&self) -> Option<NaiveDate> {
        self.is_open().then_some(self.day)
    }
}
