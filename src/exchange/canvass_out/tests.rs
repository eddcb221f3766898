use super::*;
use crate::domain::canvass::board::Board;
use crate::domain::canvass::building::{Building, Tenant};
use crate::domain::canvass::event::{Detail, DoorAct, DoorEvent, Outcome};
use crate::domain::id::Id;
use crate::domain::note::NoteRole;
use crate::domain::note::tests::entry as note_entry;
use crate::domain::record::Entry;
use crate::exchange::testing::decode_legacy;
use crate::exchange::text::{Encoding, decode, detect};

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), &[n; 10])
}

fn event(n: u8, door: &str, act: DoorAct) -> Entry<DoorEvent> {
    Entry {
        envelope: note_entry(n, 0, "x", NoteRole::Original).envelope,
        body: DoorEvent {
            building: id(100),
            run: None,
            at_door: DoorRef::new("28", door),
            number: u64::from(n),
            by: "@陳".into(),
            // Five past nine in Hong Kong.
            at: Moment {
                at_ms: 1_795_395_900_000,
                zone: "Asia/Hong_Kong".into(),
                offset_min: 480,
            },
            act,
        },
    }
}

fn detail(n: u8, door: &str, of: u8, note: &str) -> Entry<DoorEvent> {
    let detail = Detail {
        note: note.into(),
        ..Detail::default()
    };
    event(n, door, DoorAct::Detail { of: id(of), detail })
}

fn tower() -> Tower {
    let building = Building {
        floors: vec![Floor::new("28", ["01", "02", "03"]), Floor::new("G", ["*"])],
        tenants: vec![Tenant {
            id: id(50),
            floor: "28".into(),
            doors: vec!["01".into()],
            name_zh: "甲乙有限公司".into(),
            name_en: "=cmd|' /C calc'!A0".into(),
            organisation: None,
        }],
        ..Building::default()
    };
    let events = [
        event(1, "01", DoorAct::Outcome(Outcome::MetReception)),
        detail(2, "01", 1, "=1+1, \"星期五\"\n再來"),
        event(3, "01", DoorAct::Outcome(Outcome::NoAnswer)),
        event(4, "02", DoorAct::Outcome(Outcome::Refused)),
        event(5, "03", DoorAct::Outcome(Outcome::Refused)),
        detail(6, "03", 5, "不要再來"),
    ];
    Tower {
        building: Some(Entry {
            envelope: note_entry(100, 0, "x", NoteRole::Original).envelope,
            body: building,
        }),
        board: Board::of(&events),
        ..Tower::default()
    }
}

const HEADERS: [&str; COLUMNS] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "=k"];

#[test]
fn every_door_is_a_row_that_runs_nothing() {
    let bytes = doors(&tower(), HEADERS, Lang::ZhHant);
    assert_eq!(detect(&bytes), Encoding::Utf8Bom);
    let text = decode(&bytes, Encoding::Utf8Bom, &decode_legacy).unwrap();
    assert!(text.starts_with("a,b,c,d,e,f,g,h,i,j,'=k\r\n"), "{text}");
    assert_eq!(text.matches("\r\n").count(), 5);
    let mut strict = ::csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = strict
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    let expected: [[&str; COLUMNS]; 4] = [
        [
            "28樓",
            "01",
            "甲乙有限公司",
            "'=cmd|' /C calc'!A0",
            "試過，未遇",
            "無人應門",
            "2026-11-23 09:05",
            "1",
            "'@陳",
            "'=1+1, \"星期五\"\n再來",
            "",
        ],
        [
            "28樓",
            "02",
            "",
            "",
            "勿再來",
            "拒絕，勿再來",
            "2026-11-23 09:05",
            "0",
            "'@陳",
            "",
            "請勿再來",
        ],
        [
            "28樓",
            "03",
            "",
            "",
            "勿再來",
            "拒絕，勿再來",
            "2026-11-23 09:05",
            "0",
            "'@陳",
            "不要再來",
            "不要再來",
        ],
        ["地下", "全層", "", "", "未到", "", "", "", "", "", ""],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn without_a_building_there_is_still_a_header() {
    let none = doors(&Tower::default(), HEADERS, Lang::En);
    assert_eq!(none, "\u{feff}a,b,c,d,e,f,g,h,i,j,'=k\r\n".as_bytes());
}
