use proptest::prelude::*;

use super::*;
use crate::domain::canvass::board::Standing;
use crate::domain::canvass::building::{Again, Floor, FloorKind};
use crate::domain::canvass::event::{Detail, DoorAct, DoorEvent};
use crate::domain::canvass::run::{Order, Run};
use crate::domain::note::NoteRole;
use crate::domain::note::tests::entry as note;
use crate::domain::record::Entry;

const HOUR_MS: i64 = 3_600_000;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), &[n; 10])
}

/// Midnight between the 22nd and the 23rd of November 2026 in Hong Kong, `hours` later.
fn at(hours: i64) -> Moment {
    Moment {
        at_ms: 1_795_363_200_000 + hours * HOUR_MS,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

fn event(n: u8, run: Option<u8>, door: (&str, &str), hours: i64, act: DoorAct) -> Entry<DoorEvent> {
    Entry {
        envelope: note(n, 0, "x", NoteRole::Original).envelope,
        body: DoorEvent {
            building: id(200),
            run: run.map(id),
            at_door: DoorRef::new(door.0, door.1),
            number: u64::from(n),
            by: String::new(),
            at: at(hours),
            act,
        },
    }
}

fn call(n: u8, door: (&str, &str), outcome: Outcome, hours: i64) -> Entry<DoorEvent> {
    event(n, Some(201), door, hours, DoorAct::Outcome(outcome))
}

fn building() -> Building {
    let floor = |id: &str, zone: &str| {
        let mut floor = Floor::new(id, ["01", "02", "03"]);
        floor.zone = zone.into();
        floor
    };
    let mut refuge = floor("27", "High");
    refuge.kind = FloorKind::Refuge;
    Building {
        floors: vec![
            floor("28", "High"),
            refuge,
            floor("26", "High"),
            floor("5", "Low"),
        ],
        ..Building::default()
    }
}

fn tower(building: Building, zone: &str, events: &[Entry<DoorEvent>]) -> Tower {
    let run = Run {
        building: id(200),
        day: at(9).date().unwrap(),
        order: Order::TopDown,
        zone: zone.into(),
        partners: Vec::new(),
        kit: Vec::new(),
        claims: Vec::new(),
        started: at(9),
        ended: None,
    };
    let mut tower = Tower {
        building: Some(Entry {
            envelope: note(200, 0, "x", NoteRole::Original).envelope,
            body: building,
        }),
        board: crate::domain::canvass::board::Board::of(events),
        ..Tower::default()
    };
    tower.runs.insert(
        id(201),
        Entry {
            envelope: note(201, 0, "x", NoteRole::Original).envelope,
            body: run,
        },
    );
    tower
}

fn steps(funnel: Funnel) -> [usize; 6] {
    [
        funnel.doors,
        funnel.tried,
        funnel.answered,
        funnel.met,
        funnel.interested,
        funnel.appointments,
    ]
}

#[test]
fn a_door_counts_once_and_by_the_best_that_happened() {
    let events = [
        call(1, ("28", "01"), Outcome::Appointment, 10),
        call(2, ("28", "01"), Outcome::NoAnswer, 15),
        call(3, ("28", "02"), Outcome::MetReception, 10),
        call(4, ("26", "01"), Outcome::Vacant, 11),
        call(5, ("5", "01"), Outcome::MetDecisionMaker, 11),
    ];
    let found = results(&tower(building(), "", &events), Filter::All);
    // The refuge floor has nobody to call on.
    assert_eq!(steps(found.funnel), [9, 4, 3, 2, 1, 1]);
    assert_eq!(
        found.all,
        Rate {
            calls: 5,
            answered: 3,
            interested: 1
        }
    );
    assert_eq!(
        found.hours.keys().copied().collect::<Vec<_>>(),
        [10, 11, 15]
    );
    let zones: Vec<_> = found
        .bands
        .iter()
        .map(|band| {
            (
                &*band.zone,
                &*band.top,
                &*band.bottom,
                band.doors,
                band.called,
                band.rate.calls,
            )
        })
        .collect();
    assert_eq!(
        zones,
        [("High", "28", "26", 6, 3, 4), ("Low", "5", "5", 3, 1, 1)]
    );
}

#[test]
fn what_was_taken_back_counts_nowhere() {
    let events = [
        call(1, ("28", "01"), Outcome::Appointment, 10),
        event(
            2,
            Some(201),
            ("28", "01"),
            10,
            DoorAct::Retract { of: id(1) },
        ),
    ];
    let tower = tower(building(), "", &events);
    let found = results(&tower, Filter::All);
    assert_eq!(steps(found.funnel), [9, 0, 0, 0, 0, 0]);
    assert_eq!(found.all, Rate::default());
    assert!(found.outcomes.is_empty() && found.hours.is_empty() && found.runs.is_empty());
    assert!(revisits(&tower, &at(30)).is_empty());
}

#[test]
fn a_walk_and_a_month_are_looked_at_alone() {
    let events = [
        call(1, ("28", "01"), Outcome::Interested, 10),
        // A door outside the walk's zone that was called at on it, and one where nobody was.
        call(2, ("5", "01"), Outcome::NoAnswer, 10),
        event(
            3,
            None,
            ("26", "01"),
            10 + 24 * 10,
            DoorAct::Outcome(Outcome::Vacant),
        ),
    ];
    let tower = tower(building(), "High", &events);
    let walk = results(&tower, Filter::Run(id(201)));
    assert_eq!(steps(walk.funnel), [7, 2, 1, 1, 1, 0]);
    assert_eq!(walk.all.calls, 2);
    let december: Month = "2026-12".parse().unwrap();
    let month = results(&tower, Filter::Month(december));
    assert_eq!(steps(month.funnel), [9, 1, 0, 0, 0, 0]);
    let all = results(&tower, Filter::All);
    assert_eq!(
        all.months.keys().map(Month::to_string).collect::<Vec<_>>(),
        ["2026-11", "2026-12"]
    );
    assert_eq!(
        all.runs.keys().copied().collect::<Vec<_>>(),
        [None, Some(id(201))]
    );
    assert_eq!(december.first_day().to_string(), "2026-12-01");
    for bad in ["", "2026", "2026-13", "x-12"] {
        assert!(bad.parse::<Month>().is_err(), "{bad}");
    }
}

#[test]
fn a_call_before_a_door_was_split_is_counted_once() {
    let mut building = building();
    building.floor_mut("28").unwrap().split("01");
    let events = [call(1, ("28", "01"), Outcome::NoAnswer, 10)];
    let found = results(&tower(building, "", &events), Filter::All);
    assert_eq!((found.funnel.doors, found.funnel.tried), (10, 2));
    assert_eq!(found.all.calls, 1);
}

#[test]
fn floors_without_zones_are_taken_a_few_at_a_time() {
    let floors = (1..=12).rev().map(|n| Floor::new(&n.to_string(), ["*"]));
    let building = Building {
        floors: floors.collect(),
        ..Building::default()
    };
    let found = results(&tower(building, "", &[]), Filter::All);
    let bands: Vec<_> = found
        .bands
        .iter()
        .map(|band| (&*band.top, &*band.bottom, band.doors))
        .collect();
    assert_eq!(bands, [("12", "8", 5), ("7", "3", 5), ("2", "1", 2)]);
}

#[test]
fn the_hour_is_that_of_the_wall_clock_there() {
    let mut elsewhere = at(10);
    elsewhere.offset_min = -330;
    // Two in the morning by Greenwich is half past eight in the evening before.
    assert_eq!((hour(&at(10)), hour(&elsewhere)), (10, 20));
}

#[test]
fn hundredths_are_rounded() {
    assert_eq!(percent(1, 3), Some(33));
    assert_eq!(percent(2, 3), Some(67));
    assert_eq!(percent(3, 3), Some(100));
    assert_eq!(percent(0, 0), None);
}

#[test]
fn the_list_leaves_out_who_was_reached_who_asked_to_be_left_and_who_was_tried_enough() {
    let events = [
        call(1, ("28", "01"), Outcome::Refused, 9),
        call(2, ("28", "01"), Outcome::NoAnswer, 11),
        call(3, ("28", "02"), Outcome::MetReception, 10),
        call(4, ("28", "03"), Outcome::NoAnswer, 9),
        call(5, ("28", "03"), Outcome::NoAnswer, 14),
        call(6, ("28", "03"), Outcome::ClosedForNow, 35),
        call(7, ("26", "01"), Outcome::Interested, 10),
        call(8, ("26", "01"), Outcome::NoAnswer, 11),
        call(9, ("5", "01"), Outcome::AccessDenied, 15),
    ];
    let list = revisits(&tower(building(), "", &events), &at(16));
    let seen: Vec<_> = list
        .iter()
        .map(|door| {
            (
                &*door.at.floor,
                door.standing,
                door.tries,
                door.best,
                door.due,
            )
        })
        .collect();
    // Too little is known of the hours: the other half of the day.
    assert_eq!(
        seen,
        [
            ("5", Standing::Tried, 1, Best::Morning, false),
            ("26", Standing::Interested, 1, Best::Afternoon, true),
        ]
    );
}

#[test]
fn the_best_hour_is_the_one_in_which_the_building_answers_most() {
    let mut building = building();
    building.floors = vec![
        Floor::new("30", (1..=30).map(|n| n.to_string())),
        Floor::new("29", ["01", "02"]),
    ];
    let mut events = Vec::new();
    let mut n = 0;
    let mut calls = |hour: i64, answered: usize, unanswered: usize| {
        let outcomes = std::iter::repeat_n(Outcome::MetReception, answered)
            .chain(std::iter::repeat_n(Outcome::Vacant, unanswered));
        for outcome in outcomes {
            n += 1;
            events.push(call(n, ("30", &n.to_string()), outcome, hour));
        }
    };
    // Three of three is luck, fourteen of fifteen is a habit; two of two is nothing.
    calls(14, 3, 0);
    calls(16, 14, 0);
    calls(17, 2, 0);
    calls(10, 3, 6);
    events.push(call(40, ("29", "01"), Outcome::NoAnswer, 9));
    events.push(call(41, ("29", "02"), Outcome::NoAnswer, 16));
    let mut best = |rule: Again| {
        building.revisit.when = rule;
        let list = revisits(&tower(building.clone(), "", &events), &at(33));
        list.into_iter()
            .map(|door| (door.at.door, door.best))
            .collect::<Vec<_>>()
    };
    let door = |door: &str, best| (door.to_owned(), best);
    assert_eq!(
        best(Again::OtherHalf),
        [door("02", Best::Hour(10)), door("01", Best::Hour(16))]
    );
    // A door that was tried at four in vain is not tried at four again.
    assert_eq!(
        best(Again::OtherDay),
        [door("02", Best::Hour(14)), door("01", Best::Hour(16))]
    );
}

fn any_event(n: u8) -> impl Strategy<Value = Entry<DoorEvent>> {
    let door = (
        prop::sample::select(vec!["28", "27", "26", "5", "99"]),
        prop::sample::select(vec!["01", "02", "03"]),
    );
    let act = prop_oneof![
        8 => prop::sample::select(Outcome::ALL.to_vec()).prop_map(DoorAct::Outcome),
        1 => (1..=n).prop_map(|of| DoorAct::Retract { of: id(of) }),
        1 => (1..=n).prop_map(|of| DoorAct::Restore { of: id(of) }),
        1 => (1..=n).prop_map(|of| DoorAct::Detail { of: id(of), detail: Detail::default() }),
        1 => Just(DoorAct::Lift { of: Vec::new(), reason: "x".into() }),
    ];
    let run = prop::sample::select(vec![None, Some(201), Some(202)]);
    (door, act, run, 0..2_000_i64)
        .prop_map(move |(door, act, run, hours)| event(n, run, door, hours, act))
}

fn any_events() -> impl Strategy<Value = Vec<Entry<DoorEvent>>> {
    (1..40_u8).prop_flat_map(|most| (1..=most).map(any_event).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn the_numbers_agree_with_one_another(events in any_events(), zone in "(|High|Low)") {
        let tower = tower(building(), &zone, &events);
        let november = "2026-11".parse().unwrap();
        let whole = results(&tower, Filter::All);
        for filter in [Filter::All, Filter::Run(id(201)), Filter::Run(id(202)), Filter::Month(november)] {
            let found = results(&tower, filter);
            let steps = steps(found.funnel);
            prop_assert!(steps.is_sorted_by(|one, next| one >= next), "{steps:?}");
            let calls = found.all.calls;
            prop_assert_eq!(found.hours.values().map(|rate| rate.calls).sum::<usize>(), calls);
            prop_assert_eq!(found.months.values().map(|rate| rate.calls).sum::<usize>(), calls);
            prop_assert_eq!(found.runs.values().map(|rate| rate.calls).sum::<usize>(), calls);
            prop_assert_eq!(found.outcomes.values().sum::<usize>(), calls);
            prop_assert_eq!(found.bands.iter().map(|band| band.rate.calls).sum::<usize>(), calls);
            prop_assert_eq!(found.bands.iter().map(|band| band.doors).sum::<usize>(), found.funnel.doors);
            prop_assert_eq!(found.bands.iter().map(|band| band.called).sum::<usize>(), found.funnel.tried);
            prop_assert_eq!(found.hours.values().map(|rate| rate.answered).sum::<usize>(), found.all.answered);
            prop_assert!(found.all.interested <= found.all.answered && found.all.answered <= calls);
            prop_assert!(calls <= whole.all.calls);
        }
    }

    #[test]
    fn the_order_in_which_events_arrive_changes_nothing(
        (events, shuffled) in any_events().prop_flat_map(|events| {
            (Just(events.clone()), Just(events).prop_shuffle())
        }),
    ) {
        let (one, other) = (tower(building(), "", &events), tower(building(), "", &shuffled));
        prop_assert_eq!(results(&one, Filter::All), results(&other, Filter::All));
        prop_assert_eq!(revisits(&one, &at(300)), revisits(&other, &at(300)));
    }

    #[test]
    fn nobody_who_asked_to_be_left_alone_is_on_the_list(events in any_events()) {
        let tower = tower(building(), "", &events);
        for door in revisits(&tower, &at(300)) {
            let state = tower.state(&door.at);
            prop_assert!(state.blocked.is_none() && !matches!(
                state.standing,
                Standing::Refused | Standing::GivenUp | Standing::Untouched | Standing::Met
            ));
        }
    }
}
