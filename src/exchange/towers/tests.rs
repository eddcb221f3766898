use super::*;
use crate::domain::canvass::building::FloorKind;
use crate::exchange::testing::{decode_legacy, encode};
use crate::exchange::text::{Encoding, decode, detect};

fn fixture(name: &str) -> String {
    let path = format!(
        "{}/tests/fixtures/towers/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).unwrap()
}

fn read_text(text: &str) -> TowerFile {
    read(text.to_owned()).unwrap()
}

#[test]
fn towers_with_their_floors() {
    let file = read_text(&fixture("towers-with-floors.csv"));
    assert_eq!((file.towers.len(), file.refused.len()), (3, 0));
    assert!(file.unread.is_empty());

    let first = &file.towers[0].building;
    assert_eq!(first.name_zh, "海逸金融中心");
    assert_eq!(first.name_en, "Harbour Ease Financial Centre");
    assert_eq!(first.access, "登記身份證; 訪客證大堂領取; 六時後須預約");
    assert_eq!(first.floors.len(), 40);
    assert_eq!(first.floors[0].id, "PH");
    assert_eq!(first.floors[39].id, "LG1");
    assert_eq!(first.door_count(), 40 * 12);
    assert_eq!(first.zones(), ["high", "mid", "low"]);
    let ground = first.floor("G").unwrap();
    assert_eq!((ground.kind, &*ground.zone), (FloorKind::Lobby, "low"));
    assert_eq!(file.towers[0].remarks, [Remark::OutsideZones(1)]);

    let second = &file.towers[1].building;
    assert_eq!(second.floor("23").unwrap().doors.len(), 4);
    assert!(second.zones().is_empty());
    assert!(file.towers[1].remarks.is_empty());

    let third = &file.towers[2].building;
    assert_eq!(third.zones(), ["sky", "high", "mid", "low"]);
    assert_eq!(third.floor("46").unwrap().kind, FloorKind::Lobby);
    assert!(third.access.contains("via 46 sky lobby"));
    assert!(third.access.starts_with("快速升降機轉乘"));
}

#[test]
fn towers_of_which_only_the_storeys_are_known() {
    let file = read_text(&fixture("hk-office-towers.csv"));
    assert_eq!((file.towers.len(), file.refused.len()), (20, 0));
    let first = &file.towers[0];
    assert_eq!(first.line, 2);
    assert_eq!(first.building.name_zh, "環球貿易廣場");
    assert_eq!(first.building.address, "西九龍 · West Kowloon");
    assert_eq!(first.building.floors.len(), 109);
    assert_eq!(first.building.floors[0].id, "108");
    assert_eq!(first.building.floors[108].id, "G");
    assert!(
        first
            .building
            .doors()
            .all(|(_, door)| door.is_whole_floor())
    );
    assert!(
        file.towers
            .iter()
            .all(|row| row.remarks == [Remark::Counted])
    );
}

#[test]
fn columns_stand_in_any_order_under_many_names() {
    for text in [
        "Storeys,Building name (English),大廈中文名稱\n12,Spruce House,雲杉大廈\n",
        "層數;英文名稱;中文名稱\n12層;Spruce House;雲杉大廈\n",
        "建於,大廈名稱,樓層,每層單位,English name\n1999,雲杉大廈,\"G/F,1,2,3\",A-C,Spruce House\n",
        "2026 年大廈名單\nname_en\tname_zh\tNo. of floors\nSpruce House\t雲杉大廈\t12\n",
    ] {
        let file = read_text(text);
        assert_eq!(file.towers.len(), 1, "{text}");
        let building = &file.towers[0].building;
        assert_eq!(building.name_zh, "雲杉大廈", "{text}");
        assert_eq!(building.name_en, "Spruce House", "{text}");
        assert_eq!(building.floors.last().unwrap().id, "G", "{text}");
    }
    let file = read_text("建於,大廈名稱,樓層\n1999,雲杉大廈,\"G/F,1,2,3\"\n");
    assert_eq!(file.unread, ["建於"]);
    assert_eq!(file.towers[0].building.floors[0].id, "3");
    assert_eq!(file.towers[0].remarks, [Remark::WholeFloors]);
    let file = read_text("2026 年大廈名單,,\nname_en,name_zh,storeys\nSpruce House,雲杉大廈,12\n");
    assert_eq!(
        file.refused[0].problem,
        TowerProblem::Row(RowProblem::AboveHeader)
    );
    assert_eq!(file.towers.len(), 1);
}

#[test]
fn what_cannot_be_a_tower_is_refused_with_its_line() {
    let file = read_text(concat!(
        "name_zh,name_en,floors,doors,lift_zones,storeys\n",
        ",,\"3,2,1\",01-04,,\n",
        "甲大廈,,,01-04,,\n",
        "乙大廈,,\"3,sky,1\",01-04,,\n",
        "丙大廈,,\"3,2,1\",04-01,,\n",
        "丁大廈,,,,,many\n",
        "戊大廈,,,,,200\n",
        "己大廈,,3,2,1,01-04,,high\n",
        "庚大廈,,\"3,2,1\",01-04,high to the top,\n",
        "辛大廈,,\"3,2,1\",01-04,\"low 1-2\",\n",
    ));
    let problems: Vec<(u32, TowerProblem)> = file
        .refused
        .into_iter()
        .map(|refused| (refused.line, refused.problem))
        .collect();
    assert_eq!(
        problems,
        [
            (2, TowerProblem::NoName),
            (3, TowerProblem::NoFloors),
            (4, TowerProblem::NotAFloor("sky".into())),
            (5, TowerProblem::NotADoor("04-01".into())),
            (6, TowerProblem::NotStoreys("many".into())),
            (7, TowerProblem::NotStoreys("200".into())),
            (8, TowerProblem::SurplusCells),
        ]
    );
    assert_eq!(file.towers.len(), 2);
    assert_eq!(file.towers[0].building.access, "high to the top");
    assert_eq!(
        file.towers[0].remarks,
        [Remark::ZonesUnread("high-the top".into())]
    );
    assert_eq!(file.towers[1].remarks, [Remark::OutsideZones(1)]);
}

#[test]
fn every_line_is_a_tower_a_refusal_or_the_heading() {
    let text = "name,storeys\n甲大廈,3\n\"乙大廈,4\n丙大廈,5,6\n\n丁大廈,x\n";
    let file = read_text(text);
    let mut lines: Vec<u32> = file.towers.iter().map(|row| row.line).collect();
    lines.extend(file.refused.iter().map(|refused| refused.line));
    lines.sort_unstable();
    assert_eq!(lines, [2, 3, 4, 6]);
}

#[test]
fn a_file_without_buildings_says_so() {
    for text in [
        "",
        "a,b\n1,2\n",
        "中銀大廈,Bank of China Tower,中環,Central,70\n中環中心,The Center,中環,Central,73\n",
        "PK\u{3}\u{4}",
    ] {
        assert_eq!(read(text.to_owned()), Err(NoTowers), "{text}");
    }
}

#[test]
fn old_encodings_are_read() {
    for (name, encoding) in [
        ("towers-with-floors.csv", Encoding::Big5),
        ("hk-office-towers.csv", Encoding::Gb18030),
    ] {
        let text = fixture(name);
        let bytes = encode(&text, encoding).unwrap();
        let decoded = decode(&bytes, detect(&bytes), &decode_legacy).unwrap();
        assert_eq!(read(decoded), read(text), "{name}");
    }
}
