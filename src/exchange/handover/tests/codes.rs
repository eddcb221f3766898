use proptest::prelude::*;

use super::super::frames::{Collected, Collector, EASY, FrameError, MOST_FRAMES, frames};
use super::*;

#[test]
fn a_tower_of_forty_floors_fits_into_the_codes() {
    let it = hand_over(tower(40, 12));
    let (frames, part) = for_qr(&it).unwrap().unwrap();
    assert!(frames.len() <= 3, "{} frames", frames.len());
    assert_eq!(part, Part::All);
    assert!(frames.iter().all(|frame| frame.len() <= EASY));
    let mut collector = Collector::default();
    let last = frames.iter().map(|frame| collector.put(frame)).last();
    let Some(Ok(Collected::Whole(bytes))) = last else {
        panic!("{last:?}");
    };
    assert_eq!(read(&bytes), Ok(it));
}

#[test]
fn what_does_not_fit_into_the_codes_stays_behind() {
    let mut it = hand_over(tower(40, 12));
    let building = it.building.body.clone();
    it.building.body.tenants = building
        .doors()
        .zip(0..)
        .map(|((floor, door), n)| Tenant {
            id: id(6, n),
            floor: floor.id.clone(),
            doors: vec![door.id.clone()],
            name_zh: format!("某某有限公司{n}"),
            name_en: String::new(),
            organisation: None,
        })
        .collect();
    it.events = vec![full().events[0].clone()];
    let (_, part) = for_qr(&it).unwrap().unwrap();
    assert_eq!(part, Part::Layout);
    it.building.body.tenants.clear();
    it.events = (0..200)
        .map(|n| {
            let act = DoorAct::Outcome(Outcome::NoAnswer);
            event(n, id(9, 1), n, DoorRef::new("1", "01"), act)
        })
        .collect();
    assert_eq!(for_qr(&it).unwrap().unwrap().1, Part::NoEvents);
    // Claims must travel, or a partner knocks at a client's door: rather no codes at all.
    it.run.body.claims = vec![full().run.body.claims[0].clone(); 500];
    assert_eq!(for_qr(&it).unwrap(), None);
}

#[test]
fn frames_of_other_codes_and_transfers_are_refused() {
    let (one, other) = (frames(&[7; 3000]).unwrap(), frames(&[8; 3000]).unwrap());
    let mut collector = Collector::default();
    assert_eq!(
        collector.put("https://x.hk/a/b/c/d"),
        Err(FrameError::NotOurs)
    );
    assert_eq!(collector.put("TFR1/AB/7/6/00"), Err(FrameError::Damaged));
    assert!(matches!(
        collector.put(&one[0]),
        Ok(Collected::Missing(missing)) if missing == [2, 3]
    ));
    assert_eq!(collector.put(&other[1]), Err(FrameError::Other));
    let bad = format!("{}00", &one[1][..one[1].len() - 2]);
    assert!(collector.put(&bad).is_ok());
    assert_eq!(collector.put(&one[2]), Err(FrameError::Damaged));
    assert_eq!(frames(&[1; 100_000]), None);
    assert_eq!(frames(&[]), None);
}

proptest! {
    #[test]
    fn frames_come_together_in_any_order(
        bytes in proptest::collection::vec(any::<u8>(), 1..9_000),
        order in proptest::collection::vec(any::<usize>(), 0..20),
    ) {
        let all = frames(&bytes).unwrap();
        prop_assert!(all.len() <= MOST_FRAMES);
        let mut collector = Collector::default();
        for pick in order {
            prop_assert!(collector.put(&all[pick % all.len()]).is_ok());
        }
        let mut last = None;
        for frame in all.iter().rev() {
            last = Some(collector.put(frame));
        }
        prop_assert_eq!(last, Some(Ok(Collected::Whole(bytes))));
    }
}
