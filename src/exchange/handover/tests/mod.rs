//! What the tests of a hand-over share: a tower, a walk, two devices.

mod codes;
mod file;
mod merging;
mod partners;

use super::*;
use crate::domain::canvass::building::{DoorRef, Floor, FloorKind, Tenant};
use crate::domain::canvass::event::{Detail, DoorAct, Outcome};
use crate::domain::canvass::run::{Claim, KitItem, Order, Partner, Share};
use crate::domain::record::{Created, Envelope, Scope};

fn id(kind: u8, n: u64) -> Id {
    Id::from_parts(n + 1, &[kind; 10])
}

fn moment(at_ms: i64) -> Moment {
    Moment {
        at_ms,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

fn envelope(id: Id, device: Id) -> Envelope {
    Envelope {
        id,
        scope: Scope::building(self::id(1, 0)),
        version: 0,
        created: Created {
            at: moment(1_790_000_000_000),
            device,
            user: None,
        },
        changed_ms: 1_790_000_000_000,
        deleted: false,
        import: None,
    }
}

fn tower(floors: usize, doors: usize) -> Building {
    Building {
        name_zh: "雲杉大廈".into(),
        name_en: "Spruce Tower".into(),
        address: "中環皇后大道中 1 號".into(),
        access: "大堂登記，二號電梯".into(),
        floors: (1..=floors)
            .rev()
            .map(|floor| Floor {
                zone: if floor > floors / 2 { "High" } else { "Low" }.into(),
                ..Floor::new(
                    &floor.to_string(),
                    (1..=doors).map(|door| format!("{door:02}")),
                )
            })
            .collect(),
        ..Building::default()
    }
}

fn run(devices: [Id; 2]) -> Run {
    let partner = |n: u64, name: &str, share: Share, device| Partner {
        id: id(3, n),
        name: name.into(),
        device,
        share,
    };
    Run {
        building: id(1, 0),
        day: chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        order: Order::TopDown,
        zone: String::new(),
        partners: vec![
            partner(1, "阿明", Share::Odd, Some(devices[0])),
            partner(2, "Carol", Share::Even, None),
        ],
        kit: ["公司信", "小冊子", "名片", "產品單張"]
            .into_iter()
            .zip(0..)
            .map(|(text, n)| KitItem {
                id: id(4, n),
                text: text.into(),
                packed: n > 1,
            })
            .collect(),
        claims: Vec::new(),
        started: moment(1_790_000_000_000),
        ended: None,
    }
}

fn hand_over(building: Building) -> HandOver {
    let devices = [id(9, 1), id(9, 2)];
    HandOver {
        written: moment(1_790_000_000_000),
        sender: "阿明".into(),
        device: devices[0],
        building: Entry {
            envelope: envelope(id(1, 0), devices[0]),
            body: building,
        },
        run: Entry {
            envelope: envelope(id(2, 0), devices[0]),
            body: run(devices),
        },
        events: Vec::new(),
        part: Part::All,
        refused: 0,
    }
}

fn event(n: u64, device: Id, number: u64, at: DoorRef, act: DoorAct) -> Entry<DoorEvent> {
    Entry {
        envelope: envelope(id(5, n), device),
        body: DoorEvent {
            building: id(1, 0),
            run: Some(id(2, 0)),
            at_door: at,
            number,
            by: "阿明".into(),
            at: moment(1_790_000_000_000 + i64::try_from(n).unwrap()),
            act,
        },
    }
}

fn full() -> HandOver {
    let mut it = hand_over(tower(4, 3));
    let first = &mut it.building.body.floors[0];
    first.label = "頂層".into();
    first.split("02");
    it.building.body.floors[1].kind = FloorKind::Refuge;
    it.building.body.tenants = vec![Tenant {
        id: id(6, 1),
        floor: "3".into(),
        doors: vec!["01".into()],
        name_zh: "某某有限公司".into(),
        name_en: String::new(),
        organisation: Some(id(7, 1)),
    }];
    it.run.body.claims = vec![Claim {
        id: id(8, 1),
        floor: "3".into(),
        doors: vec!["01".into()],
        client: "某某有限公司".into(),
        of: "阿明".into(),
    }];
    let outcome = event(
        1,
        id(9, 1),
        1,
        DoorRef::new("4", "01"),
        DoorAct::Outcome(Outcome::Refused),
    );
    let detail = Detail {
        note: "請勿再來".into(),
        ..Detail::default()
    };
    let act = DoorAct::Detail {
        of: outcome.id(),
        detail,
    };
    let detail = event(2, id(9, 1), 2, DoorRef::new("4", "01"), act);
    it.events = vec![outcome, detail];
    it
}

/// As the file has it: without the links to the sender's clients.
fn without_links(mut it: HandOver) -> HandOver {
    it.building
        .body
        .tenants
        .iter_mut()
        .for_each(|tenant| tenant.organisation = None);
    it
}
