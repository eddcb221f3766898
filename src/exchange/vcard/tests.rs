mod fixtures;
mod round_trip;

use super::*;
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::exchange::testing::decode_legacy;

/// The same id for everything, so that two cards can be compared.
pub fn same() -> Id {
    Id::from_parts(0, &[0; 10])
}

pub fn read(bytes: &[u8]) -> (Vec<Card>, Vec<Refused>) {
    let mut reader = Reader::new(bytes, &decode_legacy);
    let (mut cards, mut refused) = (Vec::new(), Vec::new());
    while let Some(next) = reader.next_card(&decode_legacy, &mut same) {
        match next {
            Ok(card) => cards.push(card),
            Err(lines) => refused.push(lines),
        }
    }
    assert_eq!(reader.progress().0, reader.progress().1);
    (cards, refused)
}

pub fn one(text: &str) -> Card {
    let (mut cards, refused) = read(text.as_bytes());
    assert_eq!((cards.len(), refused.len()), (1, 0), "{text}");
    cards.remove(0)
}

pub fn person(lines: &str) -> Person {
    one(&format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n"))
        .person
        .unwrap()
}

pub fn names(person: &Person) -> String {
    [
        &person.family_zh,
        &person.given_zh,
        &person.family_en,
        &person.given_en,
    ]
    .map(String::as_str)
    .join("|")
}

#[test]
fn names_of_one_person_in_two_scripts_are_told_apart() {
    for (lines, wanted) in [
        ("N:陳;大文;;;\nFN:陳大文", "陳|大文||"),
        ("FN:陳大文", "陳|大文||"),
        ("FN:歐陽志明", "歐陽|志明||"),
        ("N:;陳大文;;;\nFN:陳大文", "陳|大文||"),
        ("N:陳大文;;;;\nFN:陳大文", "陳|大文||"),
        (
            "N:陳;大文;;;\nFN:Peter CHAN Tai Man",
            "陳|大文|CHAN|Tai Man, Peter",
        ),
        (
            "N:Chan;Peter;Tai Man;;\nFN:陳大文",
            "陳|大文|Chan|Peter Tai Man",
        ),
        ("N:陳;大文 Peter;;;\nFN:陳大文 Peter", "陳|大文||Peter"),
        ("N:陳大文;Peter;;;\nFN:陳大文 Peter", "陳|大文||Peter"),
        (
            "N:陳;大文;;;\nFN:陳大文\nNICKNAME:Peter Chan",
            "陳|大文|Chan|Peter",
        ),
        (
            "N:陳;大文;;;\nFN:陳大文\nX-PHONETIC-LAST-NAME:Chan\nX-PHONETIC-FIRST-NAME:Tai Man",
            "陳|大文|Chan|Tai Man",
        ),
        ("FN:Chan Tai Man\\, Peter", "||Chan|Tai Man, Peter"),
        ("FN:CHAN\\, Tai Man", "||CHAN|Tai Man"),
        ("N:Chan Tai Man;;;;\nFN:Chan Tai Man", "||Chan|Tai Man"),
        (
            "N;LANGUAGE=zh;ALTID=1:陳;大文;;;\nN;LANGUAGE=en;ALTID=1:CHAN;Tai Man;;;\nFN:陳大文",
            "陳|大文|CHAN|Tai Man",
        ),
    ] {
        assert_eq!(names(&person(lines)), wanted, "{lines}");
    }
}

#[test]
fn what_a_name_says_beyond_is_kept() {
    let chan = person("N:Chan;Peter;;Mr.;JP\nFN:Mr. Peter Chan JP\nNICKNAME:Pete");
    assert_eq!(chan.honorific, Some(crate::domain::person::Honorific::Mr));
    assert_eq!(
        chan.extra
            .iter()
            .map(|extra| extra.value.as_str())
            .collect::<Vec<_>>(),
        ["JP"]
    );
    assert_eq!(chan.vcard, ["NICKNAME:Pete"]);
    let other = person("N:Chan;Peter;;;\nFN:The Boss");
    assert_eq!(
        (other.extra[0].name.as_str(), other.extra[0].value.as_str()),
        ("FN", "The Boss")
    );
    let bopomofo = person("N:陳;大文;;;\nFN:陳大文\nX-PHONETIC-LAST-NAME:ㄔㄣˊ");
    assert_eq!(
        (names(&bopomofo), bopomofo.vcard.len()),
        ("陳|大文||".into(), 1)
    );
}

#[test]
fn cards_without_end_and_lines_outside_are_said_and_nothing_behind_is_lost() {
    let (cards, refused) = read("junk\nBEGIN:VCARD\nFN:甲\nBEGIN:VCARD\nFN:乙\nEND:VCARD\nmore\nBEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:丙".as_bytes());
    let kinds: Vec<Vec<WarningKind>> = cards
        .iter()
        .map(|card| card.warnings.iter().map(|warning| warning.kind).collect())
        .collect();
    assert_eq!(
        kinds,
        [
            vec![WarningKind::MissingEnd],
            vec![],
            vec![WarningKind::MissingEnd]
        ]
    );
    let refused: Vec<(u32, RefusedReason)> = refused
        .iter()
        .map(|lines| (lines.line, lines.reason))
        .collect();
    assert_eq!(
        refused,
        [
            (1, RefusedReason::OutsideCard),
            (7, RefusedReason::OutsideCard),
            (8, RefusedReason::Nobody)
        ]
    );
}

#[test]
fn a_card_without_a_name_stands_under_its_address() {
    let card =
        one("BEGIN:VCARD\nVERSION:3.0\nEMAIL:a@example.com\nTEL:1\nbroken\nBDAY:soon\nEND:VCARD");
    let person = card.person.unwrap();
    assert_eq!(person.name_en(), "a@example.com");
    let kinds: Vec<WarningKind> = card.warnings.iter().map(|warning| warning.kind).collect();
    assert_eq!(
        kinds,
        [
            WarningKind::NoName,
            WarningKind::BadLine,
            WarningKind::NotAPhone,
            WarningKind::NotADate
        ]
    );
    assert_eq!(person.vcard, ["BDAY:soon"]);
    assert_eq!(
        person
            .extra
            .iter()
            .map(|extra| extra.value.as_str())
            .collect::<Vec<_>>(),
        ["broken", "1"]
    );
}

#[test]
fn a_firms_card_has_no_person() {
    let card = one(
        "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:甲乙有限公司\nORG:甲乙有限公司;\nTEL;TYPE=MAIN:3000 0001\nURL:a.example\nX-ABShowAs:COMPANY\nX-A:1\nEND:VCARD",
    );
    assert_eq!(card.person, None);
    let firm = card.organisation.unwrap();
    assert_eq!(
        (
            firm.name_zh.as_str(),
            firm.phones.len(),
            firm.web_sites.len()
        ),
        ("甲乙有限公司", 1, 1)
    );
    assert_eq!(
        (firm.extra[0].name.as_str(), firm.extra[0].value.as_str()),
        ("vCard", "X-A:1")
    );
}
