//! Files as they come from other programs, byte for byte, through every step of an import.

use proptest::prelude::*;

use super::csv::{Reader, Refused, RowProblem};
use super::mapping::{Accepted, Converted, Mapping, SAMPLE, convert};
use super::testing::{Counting, decode_legacy};
use super::text::{Encoding, decode, detect};
use super::vcard;
use crate::domain::contact::PhoneKind;
use crate::domain::import::Target;
use crate::domain::organisation::{Organisation, Stage, Tier};
use crate::domain::person::{Honorific, Person};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/fixtures/", $name))
    };
}

const TABLES: [&[u8]; 6] = [
    fixture!("csv/office-towers.big5.csv"),
    fixture!("csv/listed-companies.gb18030.csv"),
    fixture!("csv/simplified.gb18030.csv"),
    fixture!("csv/portfolio.utf8bom.csv"),
    fixture!("csv/portfolio.utf16le.txt"),
    fixture!("csv/messy.csv"),
];

const CARDS: [&[u8]; 4] = [
    fixture!("vcard/iphone.vcf"),
    fixture!("vcard/android-21.vcf"),
    fixture!("vcard/outlook-21.vcf"),
    fixture!("vcard/v4.vcf"),
];

fn import(bytes: &[u8]) -> (Vec<Accepted>, Vec<Refused>) {
    let text = decode(bytes, detect(bytes), &decode_legacy).unwrap();
    let reader = Reader::new(text);
    let mapping = Mapping::guess(reader.header(), &reader.peek(SAMPLE));
    let mut ids = Counting::default();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for row in reader {
        match row.and_then(|row| convert(&row, &mapping, &mut ids)) {
            Ok(row) => taken.push(row),
            Err(row) => refused.push(row),
        }
    }
    (taken, refused)
}

fn client(row: &Accepted) -> (Organisation, Person) {
    match row.converted.clone() {
        Converted::Client {
            organisation,
            person,
        } => (organisation.unwrap_or_default(), person.unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_encoding_is_found_and_every_row_taken() {
    let found: Vec<(Encoding, usize, usize)> = TABLES
        .iter()
        .map(|bytes| {
            let (taken, refused) = import(bytes);
            (detect(bytes), taken.len(), refused.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            (Encoding::Big5, 20, 0),
            (Encoding::Gb18030, 66, 0),
            (Encoding::Gb18030, 5, 0),
            (Encoding::Utf8Bom, 3, 2),
            (Encoding::Utf16Le, 1, 0),
            (Encoding::Utf8, 4, 1),
        ]
    );
    let accented = import(TABLES[1]).0.into_iter().any(
        |row| matches!(row.converted, Converted::Lead(lead) if lead.name_en == "Café de Coral Holdings Limited"),
    );
    assert!(accented);
}

#[test]
fn a_portfolio_of_a_spreadsheet() {
    let (taken, refused) = import(TABLES[3]);
    let (firm, person) = client(&taken[0]);
    assert_eq!(
        (firm.name_zh.as_str(), firm.name_en.as_str()),
        ("甲乙貿易有限公司", "Ace Best Trading Ltd")
    );
    assert_eq!(
        [person.name_zh(), person.name_en(), person.title],
        ["陳大文", "CHAN Peter", "財務總監"]
    );
    let phones: Vec<(PhoneKind, &str)> = firm
        .phones
        .iter()
        .map(|phone| (phone.kind, phone.number.as_str()))
        .collect();
    assert_eq!(
        phones,
        [
            (PhoneKind::Mobile, "+852 5555 0101"),
            (PhoneKind::Office, "3000 0001"),
            (PhoneKind::Fax, "3000 0002"),
        ]
    );
    assert_eq!(
        (firm.tier, firm.stage, firm.remark.as_str()),
        (Some(Tier::A), Stage::Client, "第一行\r\n第二行")
    );
    assert_eq!((taken[0].line, taken[1].line), (4, 6));
    let (firm, person) = client(&taken[1]);
    assert_eq!(
        (
            firm.name_zh.as_str(),
            person.name_zh().as_str(),
            person.honorific
        ),
        ("ASMPT代理有限公司", "李小明", Some(Honorific::Mr))
    );
    assert_eq!(taken[2].warnings, [RowProblem::UnknownWord { column: 6 }]);
    let refused: Vec<(u32, &[RowProblem])> = refused
        .iter()
        .map(|row| (row.line, row.problems.as_slice()))
        .collect();
    assert_eq!(
        refused,
        [
            (1, [RowProblem::AboveHeader].as_slice()),
            (8, [RowProblem::NoName].as_slice())
        ]
    );
}

#[test]
fn a_messy_file_gives_what_can_be_had() {
    let (taken, refused) = import(TABLES[5]);
    assert_eq!(
        taken.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 5, 6, 9]
    );
    assert_eq!(
        (refused[0].line, refused[0].text.as_str()),
        (4, "\"乙有限公司,3000 0002,open")
    );
    assert_eq!(taken[2].warnings, [RowProblem::SurplusCells]);
}

fn damaged(bytes: &[u8], cuts: &[(prop::sample::Index, u8, bool)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte, remove) in cuts {
        let at = at.index(bytes.len());
        if *remove {
            bytes.remove(at);
        } else {
            bytes[at] = *byte;
        }
    }
    bytes
}

fn damage() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, bool)>> {
    proptest::collection::vec(
        (any::<prop::sample::Index>(), any::<u8>(), any::<bool>()),
        1..12,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn damaged_tables_are_read_as_far_as_they_go(file in 0..TABLES.len(), damage in damage()) {
        let bytes = damaged(TABLES[file], &damage);
        let text = decode(&bytes, detect(&bytes), &decode_legacy).unwrap();
        let blank = |line: &&str| !line.trim_matches(|c: char| c.is_whitespace() || ",;".contains(c)).is_empty();
        let lines = text.split(['\n', '\r']).filter(blank).count();
        let reader = Reader::new(text);
        let mut mapping = Mapping::guess(reader.header(), &reader.peek(SAMPLE));
        mapping.target = Target::Clients;
        let mut accounted = reader.header().map_or(0, |row| spanned(&row.cells));
        for row in reader {
            accounted += row.as_ref().map_or(1, |row| spanned(&row.cells));
            let _ = row.and_then(|row| convert(&row, &mapping, &mut Counting::default()));
        }
        prop_assert!(accounted >= lines, "{accounted} of {lines}");
    }

    #[test]
    fn damaged_cards_are_read_as_far_as_they_go(file in 0..CARDS.len(), damage in damage()) {
        let bytes = damaged(CARDS[file], &damage);
        let begun = bytes.split(|b| matches!(b, b'\r' | b'\n')).filter(|line| line.eq_ignore_ascii_case(b"BEGIN:VCARD")).count();
        let mut reader = vcard::Reader::new(&bytes, &decode_legacy);
        let mut accounted = 0;
        while reader.next_card(&decode_legacy, &mut Counting::default()).is_some() {
            accounted += 1;
        }
        prop_assert!(accounted >= begun, "{accounted} of {begun}");
    }
}

/// Lines a row takes up in the file.
fn spanned(cells: &[String]) -> usize {
    1 + cells
        .iter()
        .map(|cell| cell.matches(['\n', '\r']).count())
        .sum::<usize>()
}
