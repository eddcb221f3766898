//! Floor and door labels as people count them: 28/F, 廿八樓, G/F, UG, LG1, 12A, PH. A label becomes one stable key, and keys
//! have one order from the cellar to the roof.

mod door;
mod number;

pub use door::{door_key, door_list};
pub use number::han_number;

/// The door that stands for a whole floor.
pub const WHOLE_FLOOR: &str = "*";

/// The most floors or doors a written range may stand for.
const MOST: usize = 200;

/// Which floors a tower does not have although it could.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Skip {
    /// 4, 14, 24, 34: the number sounds like death.
    pub ending_in_four: bool,
    pub thirteen: bool,
    pub also: Vec<u16>,
}

impl Skip {
    fn has(&self, number: u16) -> bool {
        (self.ending_in_four && number % 10 == 4)
            || (self.thirteen && number == 13)
            || self.also.contains(&number)
    }
}

/// Numbered floors from the top down, without those that are skipped.
pub fn storeys(top: u16, bottom: u16, skip: &Skip) -> Vec<String> {
    (bottom.min(top)..=top.max(bottom))
        .rev()
        .filter(|number| !skip.has(*number))
        .map(|number| number.to_string())
        .collect()
}

/// The key of a floor label; `None` for a text that is no floor label, such as a door number.
pub fn floor_key(text: &str) -> Option<String> {
    let plain = half_width(text);
    let plain = plain.trim().trim_end_matches(['.', ',']).trim();
    let upper = plain.to_uppercase();
    if let Some(key) = named_floor(&upper) {
        return Some(key);
    }
    // `Level 3` and `L3` are the third floor.
    if let Some(rest) = strip_any_start(&upper, &["LEVEL", "FLOOR", "第"]) {
        return number_key(strip_floor_word(rest.trim())?.trim());
    }
    if let Some(rest) = upper.strip_prefix('L')
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return number_key(strip_floor_word(rest)?);
    }
    let bare = strip_floor_word(&upper)?;
    number_key(bare).or_else(|| {
        han_number(bare)
            .filter(|number| (1..=MOST_STOREYS).contains(number))
            .map(|number| number.to_string())
    })
}

/// No tower has more.
const MOST_STOREYS: u32 = 199;

/// Floors that have a name instead of a number.
fn named_floor(upper: &str) -> Option<String> {
    const NAMES: [(&str, &[&str]); 12] = [
        (
            "G",
            &[
                "地下",
                "地面",
                "地下樓",
                "地下楼",
                "地面樓",
                "地面层",
                "地面層",
                "GROUND",
                "GROUND FLOOR",
            ],
        ),
        ("UG", &["高層地下", "上層地下", "UPPER GROUND"]),
        ("LG", &["低層地下", "下層地下", "LOWER GROUND"]),
        ("M", &["閣樓", "阁楼", "MEZZANINE", "MEZZ"]),
        ("PH", &["頂層", "顶层", "頂樓", "顶楼", "PENTHOUSE"]),
        ("R", &["天台", "屋頂", "屋顶", "ROOF", "ROOFTOP"]),
        ("B", &["地庫", "地库", "地牢", "BASEMENT"]),
        ("P", &["平台", "平臺", "PODIUM"]),
        ("C", &["大堂樓層", "CONCOURSE"]),
        ("1", &["首層"]),
        ("UC", &[]),
        ("U", &[]),
    ];
    for (key, names) in NAMES {
        if names.contains(&upper) {
            return Some(key.to_owned());
        }
    }
    let short = strip_floor_word(upper)?;
    let short: String = short.chars().filter(|c| !c.is_whitespace()).collect();
    if ["G", "UG", "LG", "M", "PH", "R", "B", "P", "C", "UC", "U"].contains(&short.as_str()) {
        return Some(short);
    }
    for stem in ["LG", "UG", "PH", "B", "P", "M", "G"] {
        if let Some(digits) = short.strip_prefix(stem)
            && (1..=2).contains(&digits.len())
            && digits.chars().all(|c| c.is_ascii_digit())
        {
            return Some(format!("{stem}{}", digits.trim_start_matches('0')));
        }
    }
    let cellar = strip_any_start(upper, &["地庫", "地库"])?;
    let cellar = strip_any_end(cellar.trim(), &["層", "层", "樓", "楼"]).unwrap_or(cellar.trim());
    let number = cellar.parse::<u32>().ok().or_else(|| han_number(cellar))?;
    (1..=20).contains(&number).then(|| format!("B{number}"))
}

/// `28`, `12A`; leading zeros fall away.
fn number_key(text: &str) -> Option<String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(digits.len()..)?;
    let number: u32 = digits.parse().ok()?;
    // An F is the floor's word, never its letter: 12F is the twelfth.
    let fits = |c: char| c.is_ascii_uppercase() && c != 'F';
    let letter = rest.is_empty() || (rest.len() == 1 && rest.chars().all(fits));
    (letter && (1..=MOST_STOREYS).contains(&number)).then(|| format!("{number}{rest}"))
}

/// The label without `/F`, `F`, 樓, 層, `Floor`.
fn strip_floor_word(text: &str) -> Option<&str> {
    let text = text.trim();
    let stripped = strip_any_end(
        text,
        &[
            "/FLOOR", "FLOOR", "/FL", "/F", "樓層", "楼层", "樓", "楼", "層", "层",
        ],
    )
    .or_else(|| {
        text.strip_suffix('F')
            .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit() || "GMR".contains(c)))
    })
    .or_else(|| {
        ["ST", "ND", "RD", "TH"]
            .iter()
            .find_map(|ending| text.strip_suffix(ending))
            .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    })
    .unwrap_or(text)
    .trim();
    let stripped = ["ST", "ND", "RD", "TH"]
        .iter()
        .find_map(|ending| stripped.strip_suffix(ending))
        .filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(stripped);
    (!stripped.is_empty()).then_some(stripped)
}

fn strip_any_start<'a>(text: &'a str, starts: &[&str]) -> Option<&'a str> {
    starts.iter().find_map(|start| text.strip_prefix(start))
}

fn strip_any_end<'a>(text: &'a str, ends: &[&str]) -> Option<&'a str> {
    ends.iter().find_map(|end| text.strip_suffix(end))
}

/// The place of a floor from the bottom to the top; keys nobody knows stand at the ground.
pub fn floor_rank(key: &str) -> i32 {
    let digits = |text: &str| {
        let number: String = text.chars().filter(char::is_ascii_digit).collect();
        number.parse::<i32>().unwrap_or(0).min(9_000)
    };
    let number = digits(key);
    // Ten apart, so that 12A stands between 12 and 13.
    let below = |base: i32| base - 10 * number;
    match key {
        _ if key.starts_with(|c: char| c.is_ascii_digit()) => {
            let letter = key.chars().last().filter(char::is_ascii_uppercase);
            let step = letter.map_or(0, |letter| 1 + (letter as i32 - 'A' as i32).min(8));
            10_000 + 10 * number + step
        }
        "PH" => 200_000,
        "R" => 300_000,
        _ if key.starts_with("PH") => 200_000 + number,
        _ if key.starts_with("LG") => below(-1_000),
        _ if key.starts_with("UG") => 100 + number,
        _ if key.starts_with('B') => below(-100_000),
        _ if key.starts_with('G') => number,
        _ if key.starts_with('M') => 1_000 + number,
        _ if key.starts_with('C') || key.starts_with('U') => 500 + number,
        _ if key.starts_with('P') => 2_000 + 10 * number,
        _ => 0,
    }
}

/// Reads a list of floors, ranges included, in the order it is written. The error is the piece that is no floor.
pub fn floor_list(text: &str) -> Result<Vec<String>, String> {
    let mut floors: Vec<String> = Vec::new();
    for piece in pieces(text, &[]) {
        let found = match floor_key(&piece) {
            Some(key) => vec![key],
            None => floor_range(&piece)
                .or_else(|| spaced(&piece))
                .ok_or_else(|| piece.clone())?,
        };
        for key in found {
            if !floors.contains(&key) {
                floors.push(key);
            }
        }
        if floors.len() > MOST {
            return Err(piece);
        }
    }
    Ok(floors)
}

/// `43 42 M/F`: floors with only blanks between them.
fn spaced(piece: &str) -> Option<Vec<String>> {
    let words = || piece.split_whitespace();
    let mut floors = Vec::new();
    for word in words().filter(|_| words().nth(1).is_some()) {
        match floor_key(word) {
            Some(key) => floors.push(key),
            None => floors.extend(floor_range(word)?),
        }
    }
    (!floors.is_empty() && floors.len() <= MOST).then_some(floors)
}

fn floor_range(piece: &str) -> Option<Vec<String>> {
    let (from, to) = split_range(piece)?;
    let number = |text: &str| floor_key(text)?.parse::<u16>().ok();
    let (from, to) = (number(&from)?, number(&to)?);
    let floors = storeys(from, to, &Skip::default());
    Some(if from >= to {
        floors
    } else {
        floors.into_iter().rev().collect()
    })
}

fn pieces(text: &str, besides: &[char]) -> impl Iterator<Item = String> {
    let plain = half_width(text);
    plain
        .split(|c| [',', '、', ';', '&', '\n'].contains(&c) || besides.contains(&c))
        .map(|piece| piece.trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

fn split_range(piece: &str) -> Option<(String, String)> {
    let plain = piece
        .replace(['–', '—', '~', '至', '到'], "-")
        .replace(" to ", "-");
    let (from, to) = plain.split_once('-')?;
    Some((from.trim().to_owned(), to.trim().to_owned()))
}

/// Full-width letters, digits and signs as their ASCII forms (Unicode Standard, block FF00).
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests;
