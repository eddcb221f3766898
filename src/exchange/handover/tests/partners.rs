//! Two partners walk one tower apart, and exchange files in any order and as often as they like.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::merge::{merged_building, merged_run};
use super::*;
use crate::domain::canvass::board::{Board, DoorState};

/// One device as the merge sees it.
#[derive(Clone)]
struct Device {
    id: Id,
    held: HandOver,
}

#[derive(Debug, Clone)]
enum Step {
    /// A device writes an outcome down, or takes an earlier event of the door back.
    Knock(bool, u8, u8, u8),
    TakeBack(bool, u8),
    /// A device changes the layout of a floor.
    Split(bool, u8, u8),
    Join(bool, u8, u8),
    Floor(bool, u8),
    /// A file goes from one to the other.
    Send(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<bool>(), 0..3_u8, 0..4_u8, any::<u8>()).prop_map(|(d, f, o, n)| Step::Knock(d, f, o, n)),
        1 => (any::<bool>(), any::<u8>()).prop_map(|(d, n)| Step::TakeBack(d, n)),
        1 => (any::<bool>(), 0..3_u8, any::<u8>()).prop_map(|(d, f, n)| Step::Split(d, f, n)),
        1 => (any::<bool>(), 0..3_u8, any::<u8>()).prop_map(|(d, f, n)| Step::Join(d, f, n)),
        1 => (any::<bool>(), 4..9_u8).prop_map(|(d, f)| Step::Floor(d, f)),
        2 => any::<bool>().prop_map(Step::Send),
    ]
}

impl Device {
    fn receive(&mut self, file: &[u8]) {
        let theirs = read(file).unwrap();
        let held = &mut self.held;
        held.building.body = merged_building(Some(&held.building.body), &theirs.building.body);
        held.run.body = merged_run(Some(&held.run.body), &theirs.run.body, None);
        for event in theirs.events {
            if held.events.iter().all(|have| have.id() != event.id()) {
                held.events.push(event);
            }
        }
    }

    fn number(&self) -> u64 {
        Board::of(&self.held.events).next_number()
    }

    fn act(&mut self, step: &Step, n: u64) {
        let number = self.number();
        let floors = &mut self.held.building.body.floors;
        let key = |floor: &Floor, pick: u8| {
            let at = usize::from(pick) % floor.doors.len();
            floor.doors[at].id.clone()
        };
        match *step {
            Step::Knock(_, floor, outcome, pick) => {
                let floor = &floors[usize::from(floor)];
                let at = DoorRef::new(&*floor.id, key(floor, pick));
                let act = DoorAct::Outcome(Outcome::ALL[usize::from(outcome) * 2]);
                let event = event(n, self.id, number, at, act);
                self.held.events.push(event);
            }
            Step::TakeBack(_, pick) => {
                let count = self.held.events.len();
                if count > 0 {
                    let old = self.held.events[usize::from(pick) % count].clone();
                    let act = DoorAct::Retract { of: old.id() };
                    let event = event(n, self.id, number, old.body.at_door, act);
                    self.held.events.push(event);
                }
            }
            Step::Split(_, floor, pick) => {
                let floor = &mut floors[usize::from(floor)];
                let key = key(floor, pick);
                floor.split(&key);
            }
            Step::Join(_, floor, pick) => {
                let floor = &mut floors[usize::from(floor)];
                let key = key(floor, pick);
                floor.join_next(&key);
            }
            Step::Floor(_, floor) => {
                let key = floor.to_string();
                if floors.iter().all(|have| have.id != key) {
                    floors.push(Floor::new(&key, ["01"]));
                }
            }
            Step::Send(_) => {}
        }
    }

    fn states(&self) -> Vec<(DoorRef, DoorState)> {
        let board = Board::of(&self.held.events);
        let mut states = board.states(&self.held.building.body);
        states.sort_by(|one, other| one.0.cmp(&other.0));
        states
    }

    fn doors(&self) -> BTreeSet<DoorRef> {
        self.states().into_iter().map(|(at, _)| at).collect()
    }
}

fn who(step: &Step) -> usize {
    match *step {
        Step::Knock(second, ..)
        | Step::TakeBack(second, _)
        | Step::Split(second, ..)
        | Step::Join(second, ..)
        | Step::Floor(second, _)
        | Step::Send(second) => usize::from(second),
    }
}

proptest! {
    // Each case writes and reads some dozen files.
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn two_partners_come_to_one_truth(
        steps in proptest::collection::vec(step(), 0..40),
        order in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>()),
    ) {
        let held = hand_over(tower(3, 4));
        let mut devices = [id(9, 1), id(9, 2)].map(|id| Device { id, held: held.clone() });
        let mut sent: Vec<(usize, Vec<u8>)> = Vec::new();
        for (step, n) in steps.iter().zip(100..) {
            let who = who(step);
            if let Step::Send(_) = step {
                let file = write(&devices[who].held).unwrap();
                devices[1 - who].receive(&file);
                sent.push((1 - who, file));
            } else {
                devices[who].act(step, n);
            }
        }
        // The last files cross, old ones come once more, in any order.
        for who in [0, 1] {
            let file = write(&devices[who].held).unwrap();
            sent.push((1 - who, file));
        }
        let count = sent.len();
        for turn in 0..count * 2 {
            let pick = (order.rotate_left(u32::try_from(turn % 64).unwrap()) as usize + turn) % count;
            let (to, file) = &sent[pick];
            devices[*to].receive(file);
        }
        for (to, file) in &sent {
            devices[*to].receive(file);
        }
        prop_assert_eq!(devices[0].doors(), devices[1].doors());
        prop_assert_eq!(devices[0].states(), devices[1].states());
        prop_assert_eq!(&devices[0].held.run.body.partners, &devices[1].held.run.body.partners);
    }

}
