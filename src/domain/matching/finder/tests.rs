use super::*;
use crate::domain::han::tests::table;
use crate::domain::matching::similar::distance;
use crate::domain::sample::Generator;
use proptest::prelude::*;

fn id(number: u128) -> Id {
    Id::from_bits(number)
}

fn firm(names: &[&str], phones: &[&str], emails: &[&str], codes: &[&str]) -> Candidate {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Candidate {
        kind: Kind::Company,
        names: owned(names),
        phones: owned(phones),
        emails: owned(emails),
        codes: owned(codes),
    }
}

fn person(names: &[&str], phones: &[&str]) -> Candidate {
    Candidate {
        kind: Kind::Person,
        ..firm(names, phones, &[], &[])
    }
}

fn finder(known: &[Candidate]) -> DuplicateFinder {
    let mut finder = DuplicateFinder::new();
    known
        .iter()
        .zip(1..)
        .for_each(|(candidate, number)| finder.put(id(number), candidate, &table()));
    finder
}

/// What is found, as the number of the record and the reason.
fn found(finder: &DuplicateFinder, candidate: &Candidate) -> Vec<(u128, Reason)> {
    finder
        .find(candidate, &table())
        .iter()
        .map(|suspect| (suspect.id.bits(), suspect.reason))
        .collect()
}

#[test]
fn a_firm_written_otherwise_is_suspected() {
    let finder = finder(&[
        firm(
            &["曜川貿易有限公司", "Yiu Chuen Trading Limited"],
            &["+852 0555 0123"],
            &["info@yiuchuen.example"],
            &["0123"],
        ),
        firm(
            &["滙澄電子（香港）有限公司", "Wuiching Electronics (HK) Ltd"],
            &["0555 0199"],
            &[],
            &[],
        ),
        person(&["曜川貿易", "Yiu Chuen"], &["0555 0123"]),
    ]);
    for (candidate, expected) in [
        (firm(&["曜川贸易"], &[], &[], &[]), &[(1, Reason::Name)][..]),
        (
            firm(&["YIU CHUEN TRADING CO., LTD."], &[], &[], &[]),
            &[(1, Reason::Name)],
        ),
        (firm(&["汇澄电子"], &[], &[], &[]), &[(2, Reason::Name)]),
        (
            firm(&["Wuichng Electronics"], &[], &[], &[]),
            &[(2, Reason::Similar)],
        ),
        (
            firm(&["Wuiching Electronic Ltd"], &[], &[], &[]),
            &[(2, Reason::Similar)],
        ),
        (firm(&["曜川"], &[], &[], &[]), &[(1, Reason::Similar)]),
        (firm(&["Yiu Chuen"], &[], &[], &[]), &[(1, Reason::Similar)]),
        (
            firm(&["Other"], &["(852) 0555-0123"], &[], &[]),
            &[(1, Reason::Phone)],
        ),
        (firm(&["Other"], &["+852 0555 0123 ext 5"], &[], &[]), &[]),
        (
            firm(&[], &[], &["INFO@yiuchuen.example "], &[]),
            &[(1, Reason::Email)],
        ),
        (firm(&[], &[], &[], &["123"]), &[(1, Reason::Code)]),
        (
            firm(&["曜川貿易"], &["0555 0199"], &[], &[]),
            &[(1, Reason::Name), (2, Reason::Phone)],
        ),
        (firm(&["有限公司"], &[""], &["none"], &["000"]), &[]),
    ] {
        assert_eq!(found(&finder, &candidate), expected, "{candidate:?}");
    }
    let both = firm(&["曜川貿易"], &["0555 0123"], &[], &[]);
    assert!(finder.find(&both, &table())[0].score > worth(Reason::Name));
}

#[test]
fn a_person_is_recognised_in_any_order() {
    let finder = finder(&[
        person(&["陳大文", "Chan Tai Man"], &["0555 0123"]),
        person(&["陳小明", "Peter Chan Siu Ming"], &[]),
    ]);
    for (names, expected) in [
        (&["陈大文先生"][..], &[(1, Reason::Name)][..]),
        (&["Mr Tai-man CHAN"], &[(1, Reason::Name)]),
        (&["Chan Taiman"], &[(1, Reason::Name)]),
        (&["Paul Chan Tai Man"], &[(1, Reason::Similar)]),
        (&["Chan Siu Ming"], &[(2, Reason::Similar)]),
        (&["Chan"], &[]),
        (&["陳"], &[]),
        (&["陳大明"], &[]),
    ] {
        assert_eq!(found(&finder, &person(names, &[])), expected, "{names:?}");
    }
}

#[test]
fn what_is_removed_or_replaced_is_not_found() {
    let mut finder = finder(&[firm(&["曜川貿易"], &[], &[], &[])]);
    finder.put(id(1), &firm(&["澄岸物流"], &[], &[], &[]), &table());
    assert_eq!(
        (
            found(&finder, &firm(&["曜川貿易"], &[], &[], &[])).len(),
            finder.len()
        ),
        (0, 1)
    );
    for number in 0..5_000 {
        finder.put(
            id(number % 10),
            &firm(&["澄岸物流"], &[], &[], &[]),
            &table(),
        );
    }
    assert!(finder.entries.len() <= 2 * FEW_DEAD && finder.len() == 10);
    (0..10).for_each(|number| finder.remove(id(number)));
    assert!(finder.is_empty() && found(&finder, &firm(&["澄岸物流"], &[], &[], &[])).is_empty());
}

#[test]
fn a_common_word_does_not_make_everybody_a_suspect() {
    let mut generator = Generator::new(5);
    let known: Vec<Candidate> = (0..2_000)
        .map(|_| {
            let company = generator.company();
            firm(&[&company.zh, &company.en], &[&company.phone], &[], &[])
        })
        .collect();
    let finder = finder(&known);
    let suspects: usize = known
        .iter()
        .map(|candidate| found(&finder, candidate).len())
        .sum();
    assert!(
        (2_000..2_000 * 8).contains(&suspects),
        "{suspects} for 2,000 firms"
    );
    for (candidate, number) in known.iter().zip(1u128..) {
        let found = found(&finder, candidate);
        assert!(
            found
                .iter()
                .any(|(id, reason)| *id == number && *reason == Reason::Name)
                || found.len() == MOST_SUSPECTS
        );
    }
}

proptest! {
    #[test]
    fn a_slip_of_two_letters_is_always_seen(name in "[a-z]{12,20}", changes in prop::collection::vec((0usize..20, "[a-z]", 0..3), 1..3)) {
        let mut typed: Vec<char> = name.chars().collect();
        for (at, letter, change) in changes {
            let at = at.min(typed.len() - 1);
            let letter = letter.chars().next().expect("one letter");
            match change {
                0 => typed[at] = letter,
                1 => typed.insert(at, letter),
                _ => drop(typed.remove(at)),
            }
        }
        let letters: Vec<char> = name.chars().collect();
        prop_assume!(distance(&letters, &typed, slack(letters.len().min(typed.len()))).is_some());
        let typed: String = typed.into_iter().collect();
        prop_assume!(company_key(&name, &table()) == name && company_key(&typed, &table()) == typed);
        let finder = finder(&[firm(&[&name], &[], &[], &[])]);
        prop_assert_eq!(found(&finder, &firm(&[&typed], &[], &[], &[])).len(), 1, "{} and {}", name, typed);
    }
}
