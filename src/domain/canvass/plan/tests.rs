use super::*;
use crate::domain::canvass::building::{DoorRef, Tenant};
use crate::domain::canvass::event::{DoorAct, DoorEvent, Outcome};
use crate::domain::canvass::tower::Tower;
use crate::domain::id::Id;
use crate::domain::note::NoteRole;
use crate::domain::note::tests::entry;
use crate::domain::record::Entry;

fn keys(floors: &[Floor]) -> Vec<&str> {
    floors.iter().map(|floor| floor.id.as_str()).collect()
}

fn doors(floor: &Floor) -> Vec<&str> {
    floor.doors.iter().map(|door| door.id.as_str()).collect()
}

fn plan(top: &str) -> Plan {
    Plan {
        top: top.into(),
        ..Plan::default()
    }
}

fn tower(floors: Vec<Floor>) -> Building {
    Building {
        name_en: "Spruce House".into(),
        floors,
        ..Building::default()
    }
}

fn unused(_: &DoorRef) -> bool {
    false
}

#[test]
fn seventy_eight_floors_of_twelve_doors_are_three_entries() {
    let floors = plan("78").check().unwrap();
    assert_eq!((floors.len(), floors[0].id.as_str()), (78, "78"));
    let all: usize = floors.iter().map(|floor| floor.doors.len()).sum();
    assert_eq!(all, 936);
    assert_eq!(doors(&floors[77])[11], "12");
}

#[test]
fn what_a_tower_leaves_out_and_has_besides() {
    let floors = Plan {
        bottom: "3".into(),
        no_four: true,
        no_thirteen: true,
        skipped: "20".into(),
        special: ["G", "PH", "R", "LG1", "M"].map(str::to_owned).to_vec(),
        others: "12A、B1".into(),
        refuge: "16/F".into(),
        mechanical: "21樓".into(),
        doors: "A-D".into(),
        zones: "high 12-PH; low G-11".into(),
        ..plan("２２")
    }
    .check()
    .unwrap();
    assert_eq!(
        keys(&floors),
        [
            "R", "PH", "22", "21", "19", "18", "17", "16", "15", "12A", "12", "11", "10", "9", "8",
            "7", "6", "5", "3", "M", "G", "LG1", "B1"
        ]
    );
    let of = |key: &str| floors.iter().find(|floor| floor.id == key).unwrap();
    assert_eq!(doors(of("12A")), ["A", "B", "C", "D"]);
    assert_eq!(doors(of("PH")), [WHOLE_FLOOR]);
    assert_eq!(
        (of("16").kind, doors(of("16")).len()),
        (FloorKind::Refuge, 0)
    );
    assert_eq!(of("21").kind, FloorKind::Mechanical);
    assert_eq!(of("R").kind, FloorKind::Mechanical);
    assert_eq!(of("G").kind, FloorKind::Lobby);
    assert_eq!(of("LG1").kind, FloorKind::Podium);
    assert_eq!((&*of("PH").zone, &*of("M").zone), ("high", "low"));
    assert_eq!((&*of("12").zone, &*of("B1").zone), ("high", ""));
}

#[test]
fn all_errors_of_a_new_tower_are_said_at_once() {
    let form = NewTower {
        plan: Plan {
            bottom: "0".into(),
            skipped: "four".into(),
            others: "Z".into(),
            doors: "12-01".into(),
            zones: "somewhere".into(),
            ..Plan::default()
        },
        ..NewTower::default()
    };
    let errors = form.check().unwrap_err();
    let fields: Vec<Field> = errors.0.iter().map(|(field, _)| *field).collect();
    assert_eq!(
        fields,
        [
            Field::Name,
            Field::TopFloor,
            Field::BottomFloor,
            Field::SkippedFloors,
            Field::OtherFloors,
            Field::Doors,
            Field::Zones
        ]
    );
}

#[test]
fn a_new_tower_is_checked_as_a_whole() {
    let mut form = NewTower {
        plan: plan("3"),
        ..NewTower::default()
    };
    form.building.name_zh = " 雲杉大廈 ".into();
    let building = form.check().unwrap();
    assert_eq!(building.name_zh, "雲杉大廈");
    assert_eq!(keys(&building.floors), ["3", "2", "1"]);
    form.plan.others = "B1、B2".into();
    form.plan.top = "199".into();
    let errors = form.check().unwrap_err();
    assert_eq!(errors.of(Field::Floors), Some(Problem::NotANumber));
}

#[test]
fn zones_as_they_are_written() {
    let zones = read_zones("high 28-PH; mid 15-27; low G-12").unwrap();
    let of = |floor: &str| zone_of(&zones, floor).map(|zone| &*zone.name);
    assert_eq!(of("PH"), Some("high"));
    assert_eq!(of("28"), Some("high"));
    assert_eq!(of("27"), Some("mid"));
    assert_eq!(of("M"), Some("low"));
    assert_eq!(of("LG1"), None);
    assert_eq!(of("14"), None);
    assert_eq!(read_zones("one bank"), Ok(vec![]));
    assert_eq!(read_zones(" 不分區 "), Ok(vec![]));
    assert_eq!(read_zones(""), Ok(vec![]));

    let zones = read_zones("sky 60-78 via 46 sky lobby; high 46-59; low 5-25").unwrap();
    assert_eq!(zones[0].name, "sky");
    assert_eq!(zones[0].via.as_deref(), Some("46"));
    let mut floors: Vec<Floor> = ["60", "46", "4"].map(|key| Floor::new(key, ["01"])).into();
    assert_eq!(lay_zones(&mut floors, &zones), 1);
    assert_eq!(floors[0].zone, "sky");
    assert_eq!(
        (floors[1].kind, &*floors[1].zone),
        (FloorKind::Lobby, "high")
    );

    for (written, name, inside) in [
        ("高區 28-PH；", "高區", "PH"),
        ("高區28樓至頂層", "高區", "30"),
        ("高区：28–40", "高区", "40"),
        ("28/F - 40/F high zone", "high zone", "28"),
        ("Lift 1 28-40", "Lift 1", "28"),
        ("Zone B: 40 to 28", "Zone B", "35"),
        ("low G-12, 14", "low", "14"),
        ("express 30, 40", "express", "40"),
        ("28-40", "28-40", "28"),
        ("高區 60-78 經46樓", "高區", "78"),
    ] {
        let zones = read_zones(written).unwrap();
        assert_eq!(zones.len(), 1, "{written}");
        assert_eq!(zones[0].name, name, "{written}");
        assert!(zones[0].has(inside), "{written}");
    }
    for (written, piece) in [
        ("high", "high"),
        ("high 28-40; the rest", "the rest"),
        ("high to the top", "high-the top"),
    ] {
        assert_eq!(read_zones(written), Err(piece.to_owned()), "{written}");
    }
}

#[test]
fn doors_are_copied_to_floors_of_the_same_kind_that_lose_nothing() {
    let mut building = tower(vec![
        Floor::new("4", ["01", "02"]),
        Floor::new("3", ["A", "B"]),
        Floor::new("2", ["01", "02"]),
        floor_of("G", FloorKind::Lobby, &[]),
    ]);
    building.floors[1].doors[0].label = "Showroom".into();
    let used = |at: &DoorRef| *at == DoorRef::new("4", "02");
    let copied = building.copy_doors("3", Spread::All, &used);
    assert_eq!(copied, Copied { floors: 1, kept: 1 });
    assert_eq!(doors(&building.floors[0]), ["01", "02"]);
    assert_eq!(doors(&building.floors[2]), ["A", "B"]);
    assert_eq!(building.floors[2].doors[0].label(), "Showroom");
    assert_eq!(doors(&building.floors[3]), [WHOLE_FLOOR]);
    let copied = building.copy_doors("3", Spread::Up, &unused);
    assert_eq!(copied, Copied { floors: 1, kept: 0 });
    assert_eq!(doors(&building.floors[0]), ["A", "B"]);
}

#[test]
fn doors_are_added_renamed_and_removed() {
    let mut building = tower(vec![Floor::new("3", ["*"])]);
    assert_eq!(building.add_doors("3", "01-03", &unused), Ok(3));
    assert_eq!(doors(&building.floors[0]), ["01", "02", "03"]);
    assert_eq!(building.add_doors("3", "02", &unused), Err(Refusal::Known));
    let bad = building.add_doors("3", "05-04", &unused);
    assert_eq!(bad, Err(Refusal::Unreadable("05-04".into())));
    let at = DoorRef::new("3", "02");
    assert_eq!(building.rename_door(&at, "03"), Err(Refusal::Known));
    assert_eq!(building.rename_door(&at, " Showroom "), Ok(()));
    assert_eq!(building.door(&at).unwrap().label(), "Showroom");
    assert_eq!(building.rename_door(&at, "02"), Ok(()));
    assert_eq!(building.door(&at).unwrap().label, "");
    assert_eq!(building.remove_door(&at, true), Err(Refusal::Used));
    assert_eq!(building.remove_door(&at, false), Ok(()));
    assert_eq!(doors(&building.floors[0]), ["01", "03"]);
    // A whole floor where somebody called stays beside its new doors.
    let mut building = tower(vec![Floor::new("3", ["*"])]);
    assert_eq!(building.add_doors("3", "A", &|_| true), Ok(1));
    assert_eq!(doors(&building.floors[0]), ["*", "A"]);
}

#[test]
fn the_board_moves_with_the_doors() {
    let tenant = |number: u64, door: &str| Tenant {
        id: Id::from_parts(number, &[0; 10]),
        floor: "3".into(),
        doors: vec![door.into()],
        name_zh: "海晴貿易".into(),
        name_en: String::new(),
        organisation: None,
    };
    let mut building = tower(vec![
        Floor::new("3", ["01", "02", "03"]),
        Floor::new("2", ["01"]),
    ]);
    building.tenants = vec![tenant(1, "01"), tenant(2, "02"), tenant(3, "03")];
    assert_eq!(building.split_door(&DoorRef::new("3", "01")), Ok(()));
    assert_eq!(building.tenants[0].doors, ["01A", "01B"]);
    assert_eq!(building.join_door(&DoorRef::new("3", "01B")), Ok(()));
    assert_eq!(building.tenants[0].doors, ["01A", "01B-02"]);
    assert_eq!(building.tenants[1].doors, ["01B-02"]);
    let last = building.join_door(&DoorRef::new("3", "03"));
    assert_eq!(last, Err(Refusal::Last));
    assert_eq!(
        building.remove_door(&DoorRef::new("3", "03"), false),
        Ok(())
    );
    assert_eq!(building.tenants.len(), 2);
    assert_eq!(building.remove_floor("3", false), Ok(()));
    assert!(building.tenants.is_empty());
    assert_eq!(building.remove_floor("2", false), Err(Refusal::Last));
}

#[test]
fn floors_are_added_beside_one_another() {
    let mut building = tower(vec![Floor::new("15", ["01", "02"])]);
    building.floors[0].zone = "high".into();
    assert_eq!(building.add_floor("15", false, "12A/F"), Ok("12A".into()));
    assert_eq!(building.add_floor("15", true, "頂層"), Ok("PH".into()));
    assert_eq!(keys(&building.floors), ["PH", "15", "12A"]);
    assert_eq!(doors(&building.floors[2]), ["01", "02"]);
    assert_eq!(building.floors[2].zone, "high");
    assert_eq!(building.add_floor("15", true, "15樓"), Err(Refusal::Known));
    let bad = building.add_floor("15", true, "sky garden");
    assert_eq!(bad, Err(Refusal::Unreadable("sky garden".into())));
    building.set_kind("15", FloorKind::Refuge);
    assert_eq!(building.add_floor("15", false, "14"), Ok("14".into()));
    assert_eq!(building.floors[2].kind, FloorKind::Office);
    assert_eq!(building.remove_floor("14", true), Err(Refusal::Used));
}

#[test]
fn what_was_called_at_counts_until_it_is_taken_back() {
    let event = |number: u8, door: &str, act: DoorAct| {
        let envelope = entry(number, 0, "x", NoteRole::Original).envelope;
        Entry {
            body: DoorEvent {
                building: Id::from_parts(100, &[0; 10]),
                run: None,
                at_door: DoorRef::new("3", door),
                number: u64::from(number),
                by: String::new(),
                at: envelope.created.at.clone(),
                act,
            },
            envelope,
        }
    };
    let called = event(1, "01", DoorAct::Outcome(Outcome::NoAnswer));
    let retracted = event(2, "01", DoorAct::Retract { of: called.id() });
    let mut body = tower(vec![
        Floor::new("3", ["01", "02"]),
        Floor::new("2", ["01", "02"]),
    ]);
    body.split_door(&DoorRef::new("3", "01")).unwrap();
    let mut tower = Tower {
        building: Some(Entry {
            envelope: called.envelope.clone(),
            body,
        }),
        ..Tower::default()
    };
    assert!(!is_floor_used(&tower, "3"));
    tower.board.put(&called);
    assert!(is_floor_used(&tower, "3") && !is_floor_used(&tower, "2"));
    assert!(is_used(&tower, &DoorRef::new("3", "01B")));
    assert!(!is_used(&tower, &DoorRef::new("3", "02")));
    tower.board.put(&retracted);
    assert!(!is_floor_used(&tower, "3") && !is_used(&tower, &DoorRef::new("3", "01B")));
}
