//! One floor label: a number with a word for a floor, a name, or a code.

use crate::domain::canvass::floor::{floor_key, han_number};
use crate::exchange::lobby::text::Cursor;

/// One floor label and whether it can be nothing else.
pub fn label(c: &mut Cursor) -> Option<(String, bool)> {
    han_name(c)
        .or_else(|| numbered(c))
        .or_else(|| latin_name(c))
        .or_else(|| code(c))
}

const FLOOR_HAN: [&str; 5] = ["字樓", "樓", "楼", "層", "层"];
const FLOOR_LATIN: [&str; 6] = ["/FLOOR", "/FL", "/F", "FLOOR", "FL", "F"];
/// Words that begin like a floor's and mean a building.
const NOT_A_FLOOR: [char; 8] = ['宇', '盤', '盘', '市', '梯', '臺', '業', '业'];

/// `28/F`, `12A/F`, 廿八樓, `3rd Floor`.
fn numbered(c: &mut Cursor) -> Option<(String, bool)> {
    let mut here = *c;
    if here.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    here.eat("第");
    let digits = here.take(3, |c| c.is_ascii_digit());
    let mut number = if digits.is_empty() {
        let han = here.take(5, |c| "一二三四五六七八九十廿卅百零〇".contains(c));
        han_number(&han)?.to_string()
    } else {
        digits
    };
    let mut with_letter = here;
    let letter = with_letter.take(1, |c| c.is_ascii_uppercase());
    if floor_word(&mut here) {
        *c = here;
    } else if !letter.is_empty() && floor_word(&mut with_letter) {
        number.push_str(&letter);
        *c = with_letter;
    } else {
        return None;
    }
    Some((floor_key(&number)?, true))
}

fn floor_word(c: &mut Cursor) -> bool {
    let mut here = *c;
    let ordinal = here.eat_any(&["ST", "ND", "RD", "TH"]);
    here.spaces();
    let mut han = here;
    if !ordinal && han.eat_any(&FLOOR_HAN) {
        han.eat_any(&["層", "层"]);
        if han.peek().is_some_and(|c| NOT_A_FLOOR.contains(&c)) {
            return false;
        }
        *c = han;
        return true;
    }
    // `28 / F`
    let mut spaced = here;
    if spaced.eat("/") {
        spaced.spaces();
        if spaced.eat_any(&["FLOOR", "FL", "F"]) && spaced.is_boundary() {
            *c = spaced;
            return true;
        }
    }
    if here.eat_any(&FLOOR_LATIN) && here.is_boundary() {
        *c = here;
        return true;
    }
    false
}

/// Floors with a Chinese name. One that goes on in Chinese is part of a longer word (地下鐵路, 平台科技).
fn han_name(c: &mut Cursor) -> Option<(String, bool)> {
    const NAMES: [(&str, &str); 26] = [
        ("高層地下", "UG"),
        ("上層地下", "UG"),
        ("低層地下", "LG"),
        ("下層地下", "LG"),
        ("地下低層", "LG"),
        ("地下高層", "UG"),
        ("地下樓", "G"),
        ("地下楼", "G"),
        ("地面層", "G"),
        ("地面层", "G"),
        ("地面樓", "G"),
        ("地下", "G"),
        ("地面", "G"),
        ("閣樓", "M"),
        ("阁楼", "M"),
        ("頂層", "PH"),
        ("顶层", "PH"),
        ("頂樓", "PH"),
        ("顶楼", "PH"),
        ("天台", "R"),
        ("屋頂", "R"),
        ("屋顶", "R"),
        ("平台", "P"),
        ("地庫", "B"),
        ("地库", "B"),
        ("首層", "1"),
    ];
    let mut here = *c;
    let numbered_cellar = ["地庫", "地库", "地下", "負", "负"]
        .iter()
        .find_map(|word| {
            let mut cellar = here;
            let found = cellar.eat(word);
            // 地下 八樓 is the ground floor and something else.
            if *word != "地下" {
                cellar.spaces();
            }
            let number = cellar.take(2, |c| {
                c.is_ascii_digit() || "一二三四五六七八九".contains(c)
            });
            let number = number
                .parse::<u32>()
                .ok()
                .or_else(|| han_number(&number))
                .filter(|number| found && (1..=20).contains(number))?;
            let worded = cellar.eat_any(&FLOOR_HAN);
            let is_floor = cellar.is_boundary()
                && (worded || (matches!(*word, "地庫" | "地库") && !cellar.is_at_han()));
            is_floor.then_some((cellar, format!("B{number}")))
        });
    if let Some((cellar, key)) = numbered_cellar {
        *c = cellar;
        return Some((key, true));
    }
    let (_, key) = NAMES.iter().find(|(name, _)| here.eat(name))?;
    if here.is_at_han() && !here.peek().is_some_and(|c| "全整舖鋪铺及至".contains(c)) {
        return None;
    }
    *c = here;
    Some(((*key).to_owned(), true))
}

/// Floors with an English name.
fn latin_name(c: &mut Cursor) -> Option<(String, bool)> {
    const NAMES: [(&str, &str); 10] = [
        ("UPPER GROUND", "UG"),
        ("LOWER GROUND", "LG"),
        ("GROUND", "G"),
        ("MEZZANINE", "M"),
        ("PENTHOUSE", "PH"),
        ("ROOFTOP", "R"),
        ("ROOF", "R"),
        ("CONCOURSE", "C"),
        ("BASEMENT", "B"),
        ("PODIUM", "P"),
    ];
    let mut here = *c;
    if here.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    if here.eat_any(&["LEVEL", "FLOOR", "LV", "L"]) {
        here.take(2, |c| c.is_whitespace() || c == '.');
        let number = here.take(3, |c| c.is_ascii_digit());
        let letter = here.take(1, |c| c.is_ascii_uppercase());
        let key = floor_key(&format!("{number}{letter}")).filter(|_| here.is_boundary())?;
        let firm = c.eat("LEVEL") || c.eat("FLOOR");
        *c = here;
        return Some((key, firm));
    }
    let (_, key) = NAMES.iter().find(|(name, _)| here.eat_any(&[name]))?;
    let mut key = (*key).to_owned();
    if key == "B" || key == "P" {
        let mut number = here;
        number.spaces();
        let digits = number.take(2, |c| c.is_ascii_digit());
        if !digits.is_empty() && number.is_boundary() {
            key.push_str(digits.trim_start_matches('0'));
            here = number;
        }
    }
    let mut word = here;
    word.spaces();
    let firm = word.eat_any(&["FLOOR", "LEVEL"]);
    if firm {
        here = word;
    }
    *c = here;
    Some((key, firm))
}

/// Floors with letters: `G/F`, `UG`, `LG1`, `B2`, `PH`.
fn code(c: &mut Cursor) -> Option<(String, bool)> {
    let mut here = *c;
    if here.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let stem = ["UG", "LG", "PH", "B", "G", "M", "P", "R", "C", "U"]
        .into_iter()
        .find(|stem| here.eat(stem))?;
    let number = here.take(2, |c| c.is_ascii_digit());
    let mut word = here;
    let firm = floor_word(&mut word);
    if firm {
        here = word;
    }
    let known = matches!(stem, "UG" | "LG" | "PH")
        || (!number.is_empty() && number.len() < 2 && matches!(stem, "B" | "P"));
    if !here.is_boundary() || !(firm || known) {
        return None;
    }
    let suffix = if firm { "/F" } else { "" };
    let key = floor_key(&format!("{stem}{number}{suffix}"))?;
    *c = here;
    Some((key, firm))
}
