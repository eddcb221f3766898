use proptest::prelude::*;

use super::*;
use crate::domain::canvass::building::Floor;
use crate::domain::note::NoteRole;
use crate::domain::note::tests::entry as note;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), &[n; 10])
}

fn event(n: u8, number: u64, device: u8, door: &str, act: DoorAct) -> Entry<DoorEvent> {
    let mut envelope = note(n, 0, "x", NoteRole::Original).envelope;
    envelope.created.device = id(device);
    let body = DoorEvent {
        building: id(200),
        run: Some(id(201)),
        at_door: DoorRef::new("28", door),
        number,
        by: String::new(),
        at: envelope.created.at.clone(),
        act,
    };
    Entry { envelope, body }
}

fn outcome(n: u8, number: u64, outcome: Outcome) -> Entry<DoorEvent> {
    event(n, number, 1, "01", DoorAct::Outcome(outcome))
}

fn state_of(events: &[Entry<DoorEvent>]) -> DoorState {
    Board::of(events).state(&DoorRef::new("28", "01"), None, Revisit::default())
}

#[test]
fn the_newest_outcome_decides_and_tries_are_counted() {
    let tried = |times: u8| {
        let events: Vec<_> = (1..=times)
            .map(|n| outcome(n, u64::from(n), Outcome::NoAnswer))
            .collect();
        state_of(&events)
    };
    assert_eq!(tried(0).standing, Standing::Untouched);
    assert_eq!((tried(2).standing, tried(2).tries), (Standing::Tried, 2));
    assert_eq!(tried(3).standing, Standing::GivenUp);
    let met = state_of(&[
        outcome(1, 1, Outcome::NoAnswer),
        outcome(2, 2, Outcome::MetReception),
    ]);
    assert_eq!((met.standing, met.tries), (Standing::Met, 0));
    let interested = state_of(&[
        outcome(1, 1, Outcome::Interested),
        outcome(2, 2, Outcome::NoAnswer),
    ]);
    assert_eq!(interested.standing, Standing::Interested);
}

#[test]
fn a_refusal_holds_until_somebody_lifts_it() {
    let refused = outcome(1, 1, Outcome::Refused);
    let words = Detail {
        note: "請勿再來".into(),
        ..Detail::default()
    };
    let detail = event(
        2,
        2,
        1,
        "01",
        DoorAct::Detail {
            of: id(1),
            detail: words,
        },
    );
    let later = outcome(3, 3, Outcome::Vacant);
    let held = state_of(&[refused.clone(), detail.clone(), later.clone()]);
    assert_eq!(held.standing, Standing::Refused);
    assert_eq!(
        held.blocked.map(|block| block.words),
        Some("請勿再來".into())
    );
    let lift = event(
        4,
        4,
        1,
        "01",
        DoorAct::Lift {
            of: vec![id(1)],
            reason: "新租戶".into(),
        },
    );
    let lifted = state_of(&[refused, detail, later, lift]);
    assert_eq!((lifted.standing, lifted.blocked), (Standing::Vacant, None));
}

#[test]
fn a_lift_leaves_a_refusal_alone_that_its_writer_had_not_read() {
    let known = outcome(1, 1, Outcome::Refused);
    let unread = event(2, 2, 2, "01", DoorAct::Outcome(Outcome::Refused));
    let act = DoorAct::Lift {
        of: vec![id(1)],
        reason: "新租戶".into(),
    };
    let lift = event(3, 50, 1, "01", act);
    let state = state_of(&[known, unread, lift]);
    assert_eq!(
        (state.standing, state.refusals),
        (Standing::Refused, vec![id(2)])
    );
}

#[test]
fn what_is_taken_back_can_be_brought_back() {
    let first = outcome(1, 1, Outcome::NoAnswer);
    let wrong = outcome(2, 2, Outcome::Refused);
    let retract = event(3, 3, 1, "01", DoorAct::Retract { of: id(2) });
    let restore = event(4, 4, 1, "01", DoorAct::Restore { of: id(2) });
    let taken = state_of(&[first.clone(), wrong.clone(), retract.clone()]);
    assert_eq!((taken.standing, taken.blocked), (Standing::Tried, None));
    let back = state_of(&[first, wrong, retract, restore]);
    assert_eq!(back.standing, Standing::Refused);
}

#[test]
fn two_devices_that_disagree_are_both_shown() {
    let one = event(1, 1, 1, "01", DoorAct::Outcome(Outcome::NoAnswer));
    let same = event(2, 1, 2, "01", DoorAct::Outcome(Outcome::NoAnswer));
    let other = event(3, 1, 2, "01", DoorAct::Outcome(Outcome::Interested));
    assert!(!state_of(&[one.clone(), same]).twice);
    let state = state_of(&[one, other]);
    assert!(state.twice);
    assert_eq!(state.calls.len(), 2);
}

#[test]
fn a_split_door_knows_what_happened_before() {
    let mut floor = Floor::new("28", ["01"]);
    floor.split("01");
    let board = Board::of(&[outcome(1, 1, Outcome::Refused)]);
    let state = board.state(
        &DoorRef::new("28", "01A"),
        floor.doors.first(),
        Revisit::default(),
    );
    assert_eq!(state.standing, Standing::Refused);
    // Joined again, the past is there once.
    floor.join_next("01A");
    let joined = DoorRef::new("28", "01A-01B");
    let state = board.state(&joined, floor.doors.first(), Revisit::default());
    assert_eq!(state.calls.len(), 1);
}

prop_compose! {
    fn any_events()(seeds in proptest::collection::vec((1..6_u64, 0..3_u8, 0..16_u8, 0..40_u8), 1..40)) -> Vec<Entry<DoorEvent>> {
        seeds.into_iter().enumerate().map(|(at, (number, device, what, of))| {
            let n = u8::try_from(at).unwrap() + 1;
            let of = id(of);
            let act = match what {
                0..12 => DoorAct::Outcome(Outcome::ALL[usize::from(what)]),
                12 => DoorAct::Retract { of },
                13 => DoorAct::Restore { of },
                14 => DoorAct::Lift { of: vec![of], reason: String::new() },
                _ => DoorAct::Detail { of, detail: Detail { note: n.to_string(), ..Detail::default() } },
            };
            event(n, number, device, if n.is_multiple_of(2) { "01" } else { "02" }, act)
        }).collect()
    }
}

proptest! {
    /// Two partners' events give one truth whatever the order and however often a file is taken in.
    #[test]
    fn any_order_and_any_repeat_give_the_same_doors(events in any_events(), mixed in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let mut shuffled = events.clone();
        let length = shuffled.len();
        shuffled.rotate_left(mixed.index(length));
        // A stable shuffle from the seed: sorted by a hash of place and seed.
        shuffled.sort_by_key(|event| (event.id().bits() as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let twice: Vec<_> = shuffled.iter().chain(&events).cloned().collect();
        for door in ["01", "02"] {
            let at = DoorRef::new("28", door);
            let straight = Board::of(&events).state(&at, None, Revisit::default());
            prop_assert_eq!(&Board::of(&shuffled).state(&at, None, Revisit::default()), &straight);
            prop_assert_eq!(&Board::of(&twice).state(&at, None, Revisit::default()), &straight);
        }
    }
}
