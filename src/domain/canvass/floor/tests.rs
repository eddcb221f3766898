use proptest::prelude::*;

use super::*;

#[test]
fn floors_are_read_as_people_write_them() {
    for (written, key) in [
        ("28/F", "28"),
        ("28F", "28"),
        ("28 樓", "28"),
        ("２８樓", "28"),
        ("二十八樓", "28"),
        ("廿八樓", "28"),
        ("卅五樓", "35"),
        ("28層", "28"),
        ("一百零八樓", "108"),
        ("Level 3", "3"),
        ("L3", "3"),
        ("3/F", "3"),
        ("3rd Floor", "3"),
        ("G/F", "G"),
        ("GF", "G"),
        ("地下", "G"),
        ("UG", "UG"),
        ("UG/F", "UG"),
        ("LG1", "LG1"),
        ("LG1/F", "LG1"),
        ("M/F", "M"),
        ("閣樓", "M"),
        ("Mezzanine", "M"),
        ("B1", "B1"),
        ("地庫1", "B1"),
        ("地庫一層", "B1"),
        ("地庫", "B"),
        ("P3", "P3"),
        ("P/F", "P"),
        ("PH", "PH"),
        ("Penthouse", "PH"),
        ("頂層", "PH"),
        ("R/F", "R"),
        ("Roof", "R"),
        ("天台", "R"),
        ("12A", "12A"),
        ("12A/F", "12A"),
        ("3A樓", "3A"),
    ] {
        assert_eq!(floor_key(written).as_deref(), Some(key), "{written}");
    }
    for written in [
        "",
        "2801",
        "A",
        "海晴貿易有限公司",
        "Harbour Ease",
        "F",
        "樓",
        "Room 3",
        "999/F",
        "八方貿易",
    ] {
        assert_eq!(floor_key(written), None, "{written}");
    }
}

#[test]
fn the_order_goes_from_the_cellar_to_the_roof() {
    let order = [
        "B3", "B2", "B1", "LG2", "LG1", "LG", "G", "UG", "M", "P", "P3", "1", "2", "3", "3A", "4",
        "12", "12A", "13", "108", "PH", "R",
    ];
    let ranks: Vec<i32> = order.iter().map(|key| floor_rank(key)).collect();
    assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
}

#[test]
fn lists_keep_their_order_and_name_what_they_cannot_read() {
    assert_eq!(
        floor_list("PH,43,42,M/F,G/F,LG1"),
        Ok(["PH", "43", "42", "M", "G", "LG1"]
            .map(String::from)
            .to_vec())
    );
    assert_eq!(
        floor_list("12-10、G"),
        Ok(["12", "11", "10", "G"].map(String::from).to_vec())
    );
    assert_eq!(
        floor_list("7/F–9/F"),
        Ok(["7", "8", "9"].map(String::from).to_vec())
    );
    assert_eq!(
        floor_list("43 42\nM/F 9-8"),
        Ok(["43", "42", "M", "9", "8"].map(String::from).to_vec())
    );
    assert_eq!(floor_list("28, lobby"), Err("lobby".into()));
    assert_eq!(
        door_list("01-03"),
        Ok(["01", "02", "03"].map(String::from).to_vec())
    );
    assert_eq!(
        door_list("A至C、12A"),
        Ok(["A", "B", "C", "12A"].map(String::from).to_vec())
    );
    assert_eq!(
        door_list("１-３"),
        Ok(["1", "2", "3"].map(String::from).to_vec())
    );
    assert_eq!(door_list("全層"), Ok(vec!["*".into()]));
    assert_eq!(door_list("EAST WING"), Ok(vec!["East Wing".into()]));
    assert_eq!(door_list("3-1"), Err("3-1".into()));
    assert_eq!(door_key("Rm 2801"), Some("2801".into()));
    assert_eq!(door_key("A室"), Some("A".into()));
}

#[test]
fn skipped_numbers_are_not_there() {
    let skip = Skip {
        ending_in_four: true,
        thirteen: true,
        also: vec![18],
    };
    let floors = storeys(20, 1, &skip);
    assert_eq!(floors.first().map(String::as_str), Some("20"));
    assert!(
        ["4", "13", "14", "18"]
            .iter()
            .all(|key| !floors.contains(&(*key).to_owned()))
    );
    assert_eq!(floors.len(), 16);
}

proptest! {
    #[test]
    fn no_text_panics_and_a_key_is_its_own_key(text in "\\PC{0,12}", label in "[0-9A-Z/F樓層廿卅 ]{0,6}") {
        for text in [text, label] {
            let _ = (floor_list(&text), door_list(&text), floor_rank(&text));
            if let Some(key) = floor_key(&text) {
                prop_assert_eq!(floor_key(&key), Some(key.clone()), "{}", text);
            }
        }
    }
}
