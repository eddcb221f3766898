//! A tower of the demo: walked down to the middle yesterday, gone on with today, with a refusal and two appointments.

use super::words::{ACCESS, NO_MORE, PARTNER};
use super::{Client, Demo, MINUTE_MS};
use crate::domain::canvass::building::{Building, DoorRef, Floor, FloorKind, Tenant};
use crate::domain::canvass::event::{Detail, DoorAct, DoorEvent, Left, Outcome};
use crate::domain::canvass::floor::{Skip, storeys};
use crate::domain::canvass::run::{KitItem, Order, Partner, Run, Share};
use crate::domain::id::Id;
use crate::domain::time::Moment;

const TOP: u16 = 28;
const DOORS: [&str; 6] = ["01", "02", "03", "05", "06", "07"];
/// Doors called at yesterday and today.
const YESTERDAY: usize = 52;
const TODAY: usize = 9;

/// What people say behind doors, as often as they say it.
const SAID: [Outcome; 16] = [
    Outcome::NoAnswer,
    Outcome::MetReception,
    Outcome::MetReception,
    Outcome::NoAnswer,
    Outcome::NotInterested,
    Outcome::Vacant,
    Outcome::MetDecisionMaker,
    Outcome::NoAnswer,
    Outcome::Interested,
    Outcome::MetReception,
    Outcome::ClosedForNow,
    Outcome::Appointment,
    Outcome::NotInterested,
    Outcome::NoAnswer,
    Outcome::Refused,
    Outcome::MetReception,
];

impl Demo<'_> {
    pub(super) fn tower(&mut self, clients: &[Client]) {
        let floors = self.floors();
        let building = self.building(floors, clients);
        let route: Vec<DoorRef> = building
            .doors()
            .map(|(floor, door)| DoorRef::new(&*floor.id, &*door.id))
            .collect();
        let building = self.put_at(building, self.moment(-12, (10, 0)));
        let before = self.run(building, -1, Some((12, 20)));
        self.calls(building, before, -1, &route, 0..YESTERDAY);
        let now = self.run(building, 0, None);
        self.calls(building, now, 0, &route, YESTERDAY..YESTERDAY + TODAY);
    }

    fn floors(&self) -> Vec<Floor> {
        let skip = Skip {
            ending_in_four: true,
            thirteen: true,
            also: Vec::new(),
        };
        let mut floors: Vec<Floor> = storeys(TOP, 2, &skip)
            .iter()
            .map(|key| Floor::new(key, DOORS))
            .collect();
        for floor in &mut floors {
            if floor.id == "16" {
                floor.kind = FloorKind::Refuge;
                floor.doors.clear();
            }
        }
        floors.push(Floor {
            kind: FloorKind::Lobby,
            ..Floor::new("G", ["*"])
        });
        floors
    }

    fn building(&mut self, floors: Vec<Floor>, clients: &[Client]) -> Building {
        let mut tenants = Vec::new();
        for floor in floors.iter().filter(|floor| floor.doors.len() > 1) {
            for door in &floor.doors {
                // A third of the doors has no name on the board.
                if tenants.len() % 3 == 2 && door.id != "01" {
                    continue;
                }
                let firm = self.chance.company();
                tenants.push(Tenant {
                    id: self.ids.new_id(),
                    floor: floor.id.clone(),
                    doors: vec![door.id.clone()],
                    name_zh: firm.zh,
                    name_en: firm.en,
                    organisation: None,
                });
            }
        }
        // One of them has been a client for long.
        if let (Some(tenant), Some(client)) = (tenants.get_mut(30), clients.get(7)) {
            tenant.organisation = Some(client.firm);
            if let Some(firm) = self.firm_of(client.firm) {
                (tenant.name_zh, tenant.name_en) = firm;
            }
        }
        let sample = self.chance.company();
        Building {
            name_zh: "翠嶺商業中心".into(),
            name_en: "Emerald Ridge Commercial Centre".into(),
            address: sample
                .address
                .split_inclusive('號')
                .next()
                .unwrap_or_default()
                .to_owned(),
            access: (self.pick)(ACCESS).to_owned(),
            floors,
            tenants,
            revisit: Default::default(),
            partners: Vec::new(),
        }
    }

    fn firm_of(&self, id: Id) -> Option<(String, String)> {
        use crate::domain::record::AnyBody;
        self.entries
            .iter()
            .find(|entry| entry.id() == id)
            .and_then(|entry| match &entry.body {
                AnyBody::Organisation(body) => Some((body.name_zh.clone(), body.name_en.clone())),
                _ => None,
            })
    }

    fn run(&mut self, building: Id, days: i64, ended: Option<(u32, u32)>) -> Id {
        let started = if days == 0 {
            self.now.clone()
        } else {
            self.moment(days, (9, 30))
        };
        let kit = self.kit();
        let run = Run {
            building,
            day: self.date(days),
            order: Order::TopDown,
            zone: String::new(),
            partners: vec![Partner {
                id: self.ids.new_id(),
                name: (self.pick)(PARTNER).to_owned(),
                device: Some(self.device),
                share: Share::All,
            }],
            kit,
            claims: Vec::new(),
            started: started.clone(),
            ended: ended.map(|time| self.moment(days, time)),
        };
        self.put_at(run, started)
    }

    fn kit(&mut self) -> Vec<KitItem> {
        super::words::KIT
            .iter()
            .map(|words| KitItem {
                id: self.ids.new_id(),
                text: (self.pick)(*words).to_owned(),
                packed: true,
            })
            .collect()
    }

    fn calls(
        &mut self,
        building: Id,
        run: Id,
        days: i64,
        route: &[DoorRef],
        part: std::ops::Range<usize>,
    ) {
        let first = part.start;
        for place in part {
            let Some(at_door) = route.get(place) else {
                break;
            };
            let outcome = SAID
                .get(place % SAID.len())
                .copied()
                .unwrap_or(Outcome::NoAnswer);
            let minutes = i64::try_from(place - first).unwrap_or(0) * 3;
            let at = if days == 0 {
                Moment {
                    at_ms: self.now.at_ms - 30 * MINUTE_MS + minutes * MINUTE_MS,
                    ..self.now.clone()
                }
            } else {
                let morning = self.moment(days, (9, 40));
                Moment {
                    at_ms: morning.at_ms + minutes * MINUTE_MS,
                    ..morning
                }
            };
            let event = DoorEvent {
                building,
                run: Some(run),
                at_door: at_door.clone(),
                number: u64::try_from(2 * place).unwrap_or(0) + 1,
                by: String::new(),
                at: at.clone(),
                act: DoorAct::Outcome(outcome),
            };
            let call = self.put_at(event.clone(), at.clone());
            let detail = match outcome {
                Outcome::Refused => Detail {
                    note: (self.pick)(NO_MORE).to_owned(),
                    ..Detail::default()
                },
                Outcome::MetReception | Outcome::Interested => Detail {
                    left: vec![Left::Letter, Left::Brochure],
                    ..Detail::default()
                },
                _ => continue,
            };
            let event = DoorEvent {
                number: event.number + 1,
                act: DoorAct::Detail { of: call, detail },
                ..event
            };
            self.put_at(event, at);
        }
    }
}
