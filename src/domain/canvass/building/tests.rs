use super::*;

fn keys(floor: &Floor) -> Vec<&str> {
    floor.doors.iter().map(|door| door.id.as_str()).collect()
}

#[test]
fn a_split_or_joined_door_keeps_its_past_by_name() {
    let mut floor = Floor::new("28", ["01", "02", "03"]);
    assert!(floor.split("01"));
    assert_eq!(keys(&floor), ["01A", "01B", "02", "03"]);
    assert!(floor.join_next("01B"));
    assert_eq!(keys(&floor), ["01A", "01B-02", "03"]);
    assert_eq!(floor.doors[1].from, ["01", "01B", "02"]);
    assert!(!floor.join_next("03") && !floor.split("09"));
    // A key that was once in use is not given to another door.
    let mut whole = Floor::new("27", ["*"]);
    assert!(whole.split("*"));
    assert_eq!(keys(&whole), ["A", "B"]);
    assert_eq!(whole.doors[0].from, ["*"]);
}

#[test]
fn new_doors_leave_those_that_stay_alone() {
    let mut floor = Floor::new("28", ["01", "02"]);
    floor.doors[1].label = "Showroom".into();
    floor.set_doors(["02", "03", "03"]);
    assert_eq!(keys(&floor), ["02", "03"]);
    assert_eq!(floor.doors[0].label(), "Showroom");
}

#[test]
fn two_copies_of_a_tower_become_one_whichever_comes_first() {
    let mut one = Building {
        name_zh: "雲杉大廈".into(),
        floors: vec![
            Floor::new("28", ["01", "02"]),
            Floor::new("27", ["01", "02"]),
        ],
        ..Building::default()
    };
    let mut other = one.clone();
    other.floors.insert(0, Floor::new("PH", ["*"]));
    other.floors[1].join_next("01");
    one.floors[1].doors.push(Door::new("03"));
    let mut merged = one.clone();
    merged.take_from(&other);
    let floors: Vec<&str> = merged.floors.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(floors, ["PH", "28", "27"]);
    assert_eq!(keys(&merged.floors[1]), ["01-02"]);
    assert_eq!(keys(&merged.floors[2]), ["01", "02", "03"]);
    let mut reverse = other.clone();
    reverse.take_from(&one);
    assert_eq!(keys(&reverse.floors[1]), ["01-02"]);
    assert_eq!(keys(&reverse.floors[2]), ["01", "02", "03"]);
}

#[test]
fn a_building_needs_a_name_and_a_door() {
    let errors = BuildingDraft::default().check(None).unwrap_err();
    let fields: Vec<_> = errors.0.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, [Field::Name, Field::Floors]);
}

#[test]
fn names_are_compared_without_their_spacing() {
    let named = |zh: &str, en: &str| Building {
        name_zh: zh.into(),
        name_en: en.into(),
        ..Building::default()
    };
    assert!(named("海逸", "Harbour Ease").is_same_tower(&named("", "HARBOUR-EASE")));
    assert!(named("海逸 中心", "").is_same_tower(&named("海逸中心", "X")));
    assert!(!named("", "A").is_same_tower(&named("", "B")));
    assert!(!named("甲", "").is_same_tower(&named("", "A")));
}
