use super::*;
use crate::domain::canvass::building::{Floor, FloorKind};
use crate::domain::canvass::event::{DoorAct, Outcome};
use crate::domain::canvass::run::{Order, Share};
use crate::domain::note::NoteRole;
use crate::domain::note::tests::entry as note;

const HOUR_MS: i64 = 3_600_000;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), &[n; 10])
}

/// Nine in the morning in Hong Kong, `hours` later.
fn at(hours: i64) -> Moment {
    Moment {
        at_ms: 1_795_395_600_000 + hours * HOUR_MS,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

fn envelope(n: u8, device: u8) -> crate::domain::record::Envelope {
    let mut envelope = note(n, 0, "x", NoteRole::Original).envelope;
    envelope.created.device = id(device);
    envelope
}

fn partner(n: u8, share: Share) -> Partner {
    Partner {
        id: id(n),
        name: n.to_string(),
        device: Some(id(n)),
        share,
    }
}

fn towers(partners: Vec<Partner>) -> Towers {
    let mut refuge = Floor::new("27", ["*"]);
    refuge.kind = FloorKind::Refuge;
    let building = Building {
        name_zh: "雲杉大廈".into(),
        floors: vec![
            Floor::new("28", ["01", "02"]),
            refuge,
            Floor::new("26", ["01", "02"]),
            Floor::new("25", ["01", "02"]),
        ],
        ..Building::default()
    };
    let run = Run {
        building: id(100),
        day: at(0).date().unwrap(),
        order: Order::TopDown,
        zone: String::new(),
        partners,
        kit: Vec::new(),
        claims: Vec::new(),
        started: at(0),
        ended: None,
    };
    let mut towers = Towers::default();
    // The run may be read before its building.
    towers.put(
        &Entry {
            envelope: envelope(101, 1),
            body: run,
        }
        .into_any(),
    );
    towers.put(
        &Entry {
            envelope: envelope(100, 1),
            body: building,
        }
        .into_any(),
    );
    towers
}

fn knock(towers: &mut Towers, n: u8, door: (&str, &str), outcome: Outcome, hours: i64) {
    let number = towers.tower(id(100)).unwrap().board.next_number();
    let body = DoorEvent {
        building: id(100),
        run: Some(id(101)),
        at_door: DoorRef::new(door.0, door.1),
        number,
        by: String::new(),
        at: at(hours),
        act: DoorAct::Outcome(outcome),
    };
    towers.put(
        &Entry {
            envelope: envelope(n, 1),
            body,
        }
        .into_any(),
    );
}

fn resume(towers: &Towers, partner: usize, hours: i64) -> Option<(String, String)> {
    let (tower, run) = towers.run(id(101))?;
    let partner = run.body.partners.get(partner)?;
    tower
        .resume(run, Some(partner), partner.device?, &at(hours))
        .map(|at| (at.floor, at.door))
}

fn door(floor: &str, door: &str) -> Option<(String, String)> {
    Some((floor.into(), door.into()))
}

#[test]
fn the_walk_goes_on_behind_the_last_door_and_comes_back_for_those_passed_over() {
    let mut towers = towers(vec![partner(1, Share::All)]);
    assert_eq!(resume(&towers, 0, 0), door("28", "01"));
    knock(&mut towers, 1, ("28", "01"), Outcome::MetReception, 0);
    assert_eq!(resume(&towers, 0, 0), door("28", "02"));
    // One door was passed over, and the refuge floor has nobody to call on.
    knock(&mut towers, 2, ("26", "01"), Outcome::Vacant, 0);
    assert_eq!(resume(&towers, 0, 0), door("26", "02"));
    knock(&mut towers, 3, ("26", "02"), Outcome::Interested, 0);
    knock(&mut towers, 4, ("25", "01"), Outcome::Interested, 0);
    knock(&mut towers, 5, ("25", "02"), Outcome::Interested, 0);
    assert_eq!(resume(&towers, 0, 0), door("28", "02"));
}

#[test]
fn nobody_in_is_tried_again_in_the_other_half_of_the_day() {
    let mut towers = towers(vec![partner(1, Share::From("28".into()))]);
    knock(&mut towers, 1, ("28", "01"), Outcome::NoAnswer, 0);
    knock(&mut towers, 2, ("28", "02"), Outcome::MetReception, 0);
    assert_eq!(resume(&towers, 0, 1), None);
    assert_eq!(resume(&towers, 0, 5), door("28", "01"));
}

#[test]
fn odd_and_even_floors_are_walked_by_two() {
    let towers = towers(vec![partner(1, Share::Even), partner(2, Share::Odd)]);
    let (tower, run) = towers.run(id(101)).unwrap();
    let route = |n: usize| {
        let route = run
            .body
            .route(tower.body().unwrap(), run.body.partners.get(n));
        route.into_iter().map(|at| at.floor).collect::<Vec<_>>()
    };
    assert_eq!(route(0), ["28", "28", "26", "26"]);
    assert_eq!(route(1), ["25", "25"]);
    let owners = |floor: &str| {
        let at = DoorRef::new(floor, "01");
        let owners = run.body.owners(tower.body().unwrap(), &at);
        owners.map(|owner| owner.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (owners("28"), owners("25")),
        (vec!["1".into()], vec!["2".into()])
    );
}

#[test]
fn wings_and_floor_ranges_leave_no_door_without_an_owner() {
    let towers = towers(vec![
        partner(1, Share::FirstWing),
        partner(2, Share::SecondWing),
    ]);
    let (tower, run) = towers.run(id(101)).unwrap();
    for (floor, door) in tower.body().unwrap().doors() {
        let at = DoorRef::new(&*floor.id, &*door.id);
        assert_eq!(
            run.body.owners(tower.body().unwrap(), &at).count(),
            1,
            "{at:?}"
        );
    }
    let mut up = run.clone();
    up.body.order = Order::BottomUp;
    let first = up.body.route(tower.body().unwrap(), None);
    assert_eq!(first.first(), Some(&DoorRef::new("25", "01")));
}

#[test]
fn progress_counts_the_part_of_the_walk() {
    let mut towers = towers(vec![partner(1, Share::All)]);
    knock(&mut towers, 1, ("28", "01"), Outcome::Appointment, 0);
    knock(&mut towers, 2, ("28", "02"), Outcome::NoAnswer, 0);
    let (tower, run) = towers.run(id(101)).unwrap();
    let progress = tower.progress(Some((run, run.body.partners.first())));
    assert_eq!(
        progress,
        Progress {
            doors: 6,
            tried: 2,
            done: 1,
            interested: 1,
            appointments: 1
        }
    );
}

#[test]
fn a_call_that_was_taken_back_is_the_place_to_go_on() {
    let mut towers = towers(vec![partner(1, Share::All)]);
    knock(&mut towers, 1, ("28", "01"), Outcome::MetReception, 0);
    knock(&mut towers, 2, ("28", "02"), Outcome::Refused, 0);
    let tower = towers.tower(id(100)).unwrap();
    let wrong = tower
        .board
        .events()
        .find(|event| event.body.at_door.door == "02")
        .unwrap();
    let mut retract = wrong.clone();
    retract.envelope.id = id(3);
    retract.body.number += 1;
    retract.body.act = DoorAct::Retract { of: wrong.id() };
    assert!(towers.put(&retract.clone().into_any()));
    assert!(
        !towers.put(&retract.into_any()),
        "a known event changes nothing"
    );
    assert_eq!(resume(&towers, 0, 0), door("28", "02"));
}

#[test]
fn an_upper_and_a_lower_part_leave_nothing_between_them() {
    let mut towers = towers(vec![
        partner(1, Share::From("26".into())),
        partner(2, Share::Below("26".into())),
    ]);
    let mut building = towers.tower(id(100)).unwrap().building.clone().unwrap();
    // A penthouse that only the lobby board knew, and the boundary itself gone.
    building.body.floors.retain(|floor| floor.id != "26");
    building.body.floors.insert(0, Floor::new("PH", ["*"]));
    towers.put(&building.into_any());
    let (tower, run) = towers.run(id(101)).unwrap();
    for (floor, door) in tower.body().unwrap().doors() {
        let at = DoorRef::new(&*floor.id, &*door.id);
        assert_eq!(
            run.body.owners(tower.body().unwrap(), &at).count(),
            1,
            "{at:?}"
        );
    }
}
