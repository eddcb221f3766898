use super::super::merge::{blocks_to_carry, merged_run, outlook};
use super::*;
use crate::domain::canvass::board::Board;

#[test]
fn a_part_is_taken_once() {
    let (a, b, c) = (id(9, 1), id(9, 2), id(9, 3));
    let handed = run([a, b]);
    let mine = merged_run(None, &handed, Some((id(3, 2), b)));
    assert_eq!(mine.partner_on(b).map(|p| p.id), Some(id(3, 2)));
    // The first one's copy learns of it, a third device cannot take it, and nobody walks as two.
    let back = merged_run(Some(&handed), &mine, None);
    assert_eq!(back.partners, mine.partners);
    assert_eq!(
        merged_run(None, &mine, Some((id(3, 2), c))).partner_on(c),
        None
    );
    let twice = merged_run(Some(&mine), &handed, Some((id(3, 1), b)));
    assert_eq!(twice.partners, mine.partners);
}

#[test]
fn a_name_tells_a_tower_however_it_is_written() {
    let named = |zh: &str, en: &str| Building {
        name_zh: zh.into(),
        name_en: en.into(),
        ..Building::default()
    };
    let one = named("雲杉大廈", "Spruce Tower");
    assert!(one.is_same_tower(&named("", "spruce  TOWER")));
    assert!(one.is_same_tower(&named("雲杉 大廈", "")));
    assert!(!one.is_same_tower(&named("雲杉中心", "")));
    assert!(!named("", "").is_same_tower(&named("", "")));
}

#[test]
fn a_joined_tower_brings_its_do_not_calls() {
    let old = full();
    let (at, device) = (DoorRef::new("4", "01"), id(9, 2));
    let carry = |events: &[Entry<DoorEvent>]| {
        let board = Board::of(events);
        let new = &old.building.body;
        blocks_to_carry((&old.building.body, &Board::of(&old.events)), (new, &board))
    };
    let carried = carry(&[]);
    assert_eq!(carried.len(), 1);
    assert_eq!((&carried[0].0, &*carried[0].1.words), (&at, "請勿再來"));
    // One that is blocked there as well needs no second one.
    let refused = DoorAct::Outcome(Outcome::Refused);
    assert_eq!(carry(&[event(20, device, 1, at, refused)]), []);
}

#[test]
fn a_return_is_told_before_it_is_taken() {
    let mut here = full();
    let mut back = here.clone();
    let at = DoorRef::new("3", "01");
    here.building.body.floors[1].kind = FloorKind::Office;
    back.building.body = here.building.body.clone();
    back.building
        .body
        .floors
        .push(Floor::new("G", ["01", "02"]));
    here.events.push(event(
        11,
        id(9, 1),
        3,
        at.clone(),
        DoorAct::Outcome(Outcome::NoAnswer),
    ));
    back.events.push(event(
        12,
        id(9, 2),
        3,
        at.clone(),
        DoorAct::Outcome(Outcome::Interested),
    ));
    let board = Board::of(&here.events);
    let told = outlook(
        &back,
        Some(&here.building.body),
        Some(&here.run.body),
        &board,
    );
    assert_eq!((told.new_building, told.new_run), (false, false));
    assert_eq!((told.new_floors, told.new_doors), (1, 2));
    assert_eq!((told.new_events, told.known_events), (1, 2));
    assert_eq!(told.disagree, [at]);
}
