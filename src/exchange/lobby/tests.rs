use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::domain::canvass::floor::floor_key;

/// Rows that are right, that are wrong and say so, and that are wrong in silence.
#[derive(Debug, Default, PartialEq, Clone, Copy)]
struct Score {
    right: usize,
    flagged: usize,
    silent: usize,
}

/// Counts a board against its truth. A tenant among the headings is shown to the person, and so flagged; a row that is not
/// on the board is as wrong as one that is missing.
fn score(name: &str, text: &str, truth: &str) -> Score {
    let board = read(text);
    let truth: Vec<Value> = serde_json::from_str(truth).unwrap();
    let mut rows: HashMap<usize, &Row> = HashMap::new();
    for row in &board.rows {
        rows.extend((row.line..row.line + row.raw.lines().count()).map(|line| (line, row)));
    }
    let mut seen: HashSet<usize> = HashSet::new();
    let mut score = Score::default();
    for want in &truth {
        let line = usize::try_from(want["line"].as_u64().unwrap()).unwrap();
        let Some(row) = rows.get(&line) else {
            let shown = board.headings.iter().any(|(at, _)| *at == line);
            println!("{name} {line}: no row, {want}");
            score.flagged += usize::from(shown);
            score.silent += usize::from(!shown);
            continue;
        };
        seen.insert(row.line);
        let right = is_right(row, want);
        if !right {
            println!("{name} {line}: {row:?}\n    truth: {want}");
        }
        match (right, row.doubts.is_empty()) {
            (true, _) => score.right += 1,
            (false, false) => score.flagged += 1,
            (false, true) => score.silent += 1,
        }
    }
    for row in board.rows.iter().filter(|row| !seen.contains(&row.line)) {
        println!("{name}: not on the board {row:?}");
        score.flagged += usize::from(!row.doubts.is_empty());
        score.silent += usize::from(row.doubts.is_empty());
    }
    assert_eq!(score.silent, 0, "{name}");
    assert!(score.right * 10 >= truth.len() * 9, "{name}: {score:?}");
    score
}

fn is_right(row: &Row, want: &Value) -> bool {
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().map(words).collect()
    };
    let mut floors = list(&want["floors"]);
    if floors.is_empty() {
        floors.extend(want["floor"].as_str().and_then(floor_key));
    }
    row.floors == floors
        && row.doors == list(&want["doors"])
        && row.name_zh == words(&want["name_zh"])
        && row.name_en == words(&want["name_en"])
}

macro_rules! board {
    ($name:literal, $right:literal, $flagged:literal) => {
        let score = score(
            $name,
            include_str!(concat!("../../../tests/fixtures/lobby/", $name, ".txt")),
            include_str!(concat!("../../../tests/fixtures/lobby/", $name, ".json")),
        );
        assert_eq!((score.right, score.flagged), ($right, $flagged), $name);
    };
}

#[test]
fn boards_are_read_and_nothing_is_wrong_in_silence() {
    board!("a-classic", 40, 0);
    board!("b-two-lines", 35, 0);
    board!("c-english", 17, 0);
    board!("d-floor-heads", 21, 0);
    board!("e-leaders", 28, 0);
    board!("f-mainland", 12, 0);
    board!("g-english-first", 7, 0);
    board!("h-commas", 7, 0);
    board!("i-place-last", 5, 0);
    board!("j-one-blank", 16, 1);
    board!("k-columns", 12, 0);
    board!("l-han", 17, 0);
    board!("m-indented", 13, 0);
    board!("n-bare-floors", 6, 0);
    board!("o-bars", 7, 0);
    board!("p-doors-below", 4, 0);
}

/// Floors, doors and names in one line.
fn told(text: &str) -> String {
    let row = read_line(text);
    format!(
        "{}|{}|{}|{}",
        row.floors.join(","),
        row.doors.join(","),
        row.name_zh,
        row.name_en
    )
}

#[test]
fn single_lines_are_read() {
    for (line, read) in [
        ("28/F Foo Limited", "28|*||Foo Limited"),
        ("28樓海晴貿易有限公司", "28|*|海晴貿易有限公司|"),
        ("廿八樓　海晴", "28|*|海晴|"),
        ("第8层 海晴", "8|*|海晴|"),
        ("3字樓 A室 海晴", "3|A|海晴|"),
        ("28樓全層 海晴", "28|*|海晴|"),
        ("12樓03室 海晴", "12|03|海晴|"),
        ("28樓A室海晴貿易有限公司", "28|A|海晴貿易有限公司|"),
        ("海晴有限公司28樓2801室", "28|01|海晴有限公司|"),
        ("海晴：28樓", "28|*|海晴|"),
        ("12層1203-1205室 海晴", "12|03,04,05|海晴|"),
        ("10F-12F 海晴集团", "10,11,12|*|海晴集团|"),
        ("G/F & 1/F Foo", "G,1|*||Foo"),
        ("UG Shop 3 Foo Bar Ltd", "UG|3||Foo Bar Ltd"),
        ("Shop G12-G15, G/F Foo", "G|G12,G13,G14,G15||Foo"),
        ("12A/F Foo Ltd", "12A|*||Foo Ltd"),
        (
            "Foo Limited, Room 2801-03 & 05, 28/F",
            "28|01,02,03,05||Foo Limited",
        ),
        ("Foo Limited 28th Floor", "28|*||Foo Limited"),
        ("Foo (28/F)", "28|*||Foo"),
        ("Foo Ltd (Unit 2801)", "28|01||Foo Ltd"),
        ("Foo, Unit 1 & 2 , 3/F", "3|1,2||Foo"),
        ("Unit 5A, 12/F Foo", "12|5A||Foo"),
        (
            "28/F Foo Limited / 海晴有限公司",
            "28|*|海晴有限公司|Foo Limited",
        ),
        (
            "海晴(集團)有限公司 Hoi Ching (Holdings) Ltd 12樓",
            "12|*|海晴(集團)有限公司|Hoi Ching (Holdings) Ltd",
        ),
        ("２８／Ｆ　海晴　Ｈｏｉ Ｃｈｉｎｇ", "28|*|海晴|Hoi Ching"),
        ("Foo ...... 2812A", "28|12A||Foo"),
        (
            "Foo Ltd  1510-11  Tel 2345 6789 ext. 3",
            "15|10,11||Foo Ltd",
        ),
        ("Foo Ltd  2002-2006", "20|02,03,04,05,06||Foo Ltd"),
        ("10/F East Wing  Foo", "10|East Wing||Foo"),
        ("頂層\n  海晴\n  Hoi Ching", "PH|*|海晴|Hoi Ching"),
        ("Hoi Ching\n海晴\n28樓 B及C室", "28|B,C|海晴|Hoi Ching"),
    ] {
        assert_eq!(told(line), read, "{line}");
        assert_eq!(read_line(line).doubts, [], "{line}");
    }
}

#[test]
fn names_keep_their_digits() {
    for (line, read) in [
        ("3M Hong Kong  38/F", "38|*||3M Hong Kong"),
        ("38/F 3M Hong Kong", "38|*||3M Hong Kong"),
        ("G/F 7-Eleven", "G|*||7-Eleven"),
        ("7-Eleven G/F", "G|*||7-Eleven"),
        ("12/F 28 號工作室", "12|*|28 號工作室|"),
        ("28 號工作室 12/F", "12|*|28 號工作室|"),
        ("八樓咖啡 地下", "G|*|八樓咖啡|"),
        ("地下 八樓咖啡", "G|*|八樓咖啡|"),
        ("地下鐵路公司 3/F", "3|*|地下鐵路公司|"),
        ("1/F 一樓書店", "1|*|一樓書店|"),
        ("Club 21 Ltd 1802", "18|02||Club 21 Ltd"),
        ("12/F Level 8 Bar", "12|*||Level 8 Bar"),
    ] {
        assert_eq!(told(line), read, "{line}");
        assert_eq!(read_line(line).doubts, [], "{line}");
    }
}

#[test]
fn what_can_mean_two_things_is_in_doubt() {
    use Doubt::{NameUnclear, NoName, NoPlace, NotATenant, PlaceUnclear};
    for (line, doubt) in [
        ("八樓咖啡", PlaceUnclear),
        ("12A 海晴有限公司", PlaceUnclear),
        ("28/F A Plus Education", PlaceUnclear),
        ("Plan B 7/F", PlaceUnclear),
        ("Club 21 3/F", PlaceUnclear),
        ("Room 8 Bar   5/F", PlaceUnclear),
        ("Roof Garden Bar", PlaceUnclear),
        ("Tower 2, 15/F Unit 8 Foo Ltd", PlaceUnclear),
        ("B座1203室 海晴", PlaceUnclear),
        ("2801-2903 Foo Ltd", PlaceUnclear),
        ("1509, 1601 Foo Ltd", PlaceUnclear),
        ("28/F Rm 101 Foo", PlaceUnclear),
        ("G/F-2/F Foo", PlaceUnclear),
        ("Shop G12 Foo Ltd", PlaceUnclear),
        ("地下B舖及閣樓 永昌行", PlaceUnclear),
        ("28F 海晴 IPO 顧問 Limited", NameUnclear),
        ("28F 海晴 foo@bar.hk", NameUnclear),
        ("28F Foo\n27F Bar", NameUnclear),
        ("3M Hong Kong", NoPlace),
        ("Studio 54", NoPlace),
        ("Tenant Directory", NoPlace),
        ("", NoPlace),
        ("28樓A室", NoName),
        ("22/F (Vacant)", NotATenant),
        ("22/F 吉", NotATenant),
        ("G/F 管理處 Management Office", NotATenant),
    ] {
        let row = read_line(line);
        assert!(row.doubts.contains(&doubt), "{line}: {row:?}");
    }
    assert_eq!(told("22/F (Vacant)"), "22|*||");
    assert_eq!(told("G/F 管理處"), "G|*|管理處|");
}

#[test]
fn one_place_with_two_names_is_in_doubt_on_both_rows() {
    let twice = |text: &str| -> Vec<bool> {
        let rows = read(text).rows;
        rows.iter()
            .map(|row| row.doubts.contains(&Doubt::Twice))
            .collect()
    };
    assert_eq!(twice("2801 海晴\n2801 海晴\n2802 德昇"), [false; 3]);
    assert_eq!(
        twice("2801 海晴\n2802 德昇\n2801 鴻嶺"),
        [true, false, true]
    );
    assert_eq!(twice("28/F  海晴\n28/F  鴻嶺"), [true, true]);
    // Two tenants under the heading of a floor share it.
    assert_eq!(twice("28/F\n海晴\n鴻嶺"), [false, false]);
}

#[test]
fn a_door_below_its_tenant_leaves_neither_row_certain() {
    let rows = read("28/F 海晴有限公司\nUnit A\n27/F 德昇").rows;
    let doubts: Vec<&[Doubt]> = rows.iter().map(|row| row.doubts.as_slice()).collect();
    assert_eq!(doubts, [&[Doubt::PlaceUnclear][..], &[Doubt::NoName], &[]]);
}

#[test]
fn twelve_a_is_a_flat_where_the_board_knows_the_twelfth_floor() {
    let doubts = |text: &str| read(text).rows.pop().map(|row| row.doubts);
    assert_eq!(
        doubts("Foo Ltd  11/F\nBar Ltd  12A"),
        Some(vec![Doubt::PlaceUnclear])
    );
    assert_eq!(doubts("Foo Ltd  12B\nBar Ltd  12A"), Some(vec![]));
    assert_eq!(doubts("Foo Ltd  11/F\nBar Ltd  18A"), Some(vec![]));
}

#[test]
fn a_long_board_is_read_quickly() {
    let line = |n: usize| format!("{}/F  {n:02}  海晴{n} Hoi Ching {n} Limited\n", n % 60 + 1);
    let text: String = (0..5_000).map(line).collect();
    let start = std::time::Instant::now();
    assert_eq!(read(&text).rows.len(), 5_000);
    // A debug build on a busy machine takes two to four seconds; what grows with the square takes minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!(read(&"1, ".repeat(20_000)).headings.len(), 0);
}

fn lost(text: &str) -> Vec<usize> {
    let board = read(text);
    let mut held: HashSet<&str> = board
        .headings
        .iter()
        .map(|(_, line)| line.trim_end())
        .collect();
    held.extend(
        board
            .rows
            .iter()
            .flat_map(|row| row.raw.lines())
            .map(str::trim_end),
    );
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !held.contains(line.trim_end()))
        .map(|(index, _)| index + 1)
        .collect()
}

proptest! {
    #[test]
    fn no_text_panics_and_no_line_is_lost(text in "(\\PC{0,30}\n){0,6}") {
        let _ = read_line(&text);
        prop_assert_eq!(lost(&text), Vec::<usize>::new());
    }

    #[test]
    fn no_line_of_a_board_is_lost(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "28/F", "廿八樓", "A室", "2801-03 & 05", "12A", "UG", "PH", "B", "Room 3", "全層", "海晴有限公司",
                "Hoi Ching Limited", "3M", "(Vacant)", "Tel 2345 6789", "Directory", "Limited", "-----", "......", ",",
                "\t", "  ", " ", "\n", "\n", "\n\n",
            ]),
            0..40,
        )
    ) {
        let text = pieces.concat();
        prop_assert_eq!(lost(&text), Vec::<usize>::new());
        let board = read(&text);
        let lines: HashSet<usize> = board.rows.iter().map(|row| row.line).collect();
        prop_assert_eq!(lines.len(), board.rows.len(), "one row a line");
    }
}
