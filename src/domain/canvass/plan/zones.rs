//! Which bank of lifts goes to which floors, as it stands on a plan or in a file: `high 28-PH; low G-12`.

use crate::domain::canvass::building::{Floor, FloorKind};
use crate::domain::canvass::floor::{floor_key, floor_rank, half_width};

/// A bank of lifts and the floors it goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zone {
    pub name: String,
    /// Floor keys, both ends included, in either order.
    pub ranges: Vec<(String, String)>,
    /// The floor where one changes lifts to get into this zone.
    pub via: Option<String>,
}

impl Zone {
    pub fn has(&self, floor: &str) -> bool {
        let rank = floor_rank(floor);
        self.ranges.iter().any(|(one, other)| {
            let (one, other) = (floor_rank(one), floor_rank(other));
            (one.min(other)..=one.max(other)).contains(&rank)
        })
    }
}

/// The zone of a floor; the first that has it.
pub fn zone_of<'a>(zones: &'a [Zone], floor: &str) -> Option<&'a Zone> {
    zones.iter().find(|zone| zone.has(floor))
}

/// Writes the zones onto the floors; a floor where lifts are changed is a lobby. Answers how many floors are in no zone
/// although the others are.
pub fn lay_zones(floors: &mut [Floor], zones: &[Zone]) -> usize {
    if zones.is_empty() {
        return 0;
    }
    let mut without = 0;
    for floor in floors.iter_mut() {
        match zone_of(zones, &floor.id) {
            Some(zone) => floor.zone.clone_from(&zone.name),
            None => {
                floor.zone.clear();
                without += usize::from(!floor.kind.is_passed());
            }
        }
        let changes_here = zones
            .iter()
            .any(|zone| zone.via.as_ref() == Some(&floor.id));
        if changes_here && floor.kind == FloorKind::Office {
            floor.kind = FloorKind::Lobby;
        }
    }
    without
}

/// Reads the zones, parted by semicolons or lines. Nothing, or words that say that all lifts go everywhere, are no zones.
/// The error is the piece that names no floors.
pub fn read_zones(text: &str) -> Result<Vec<Zone>, String> {
    const ONE_BANK: [&str; 12] = [
        "",
        "one bank",
        "single bank",
        "one zone",
        "none",
        "no zones",
        "同一組",
        "一組",
        "单一组",
        "單一組",
        "不分區",
        "不分区",
    ];
    let plain = tidy(text);
    if ONE_BANK.contains(&plain.trim().to_lowercase().as_str()) {
        return Ok(Vec::new());
    }
    plain
        .split([';', '\n'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| zone(piece).ok_or_else(|| piece.to_owned()))
        .collect()
}

/// Half width, with every dash and word for a range as a bare hyphen.
fn tidy(text: &str) -> String {
    let mut plain = half_width(text).replace(['–', '—', '~', '〜', '至', '到'], "-");
    plain = plain.replace(" to ", "-").replace(['。', '、'], ",");
    while let Some(shorter) = [(" -", "-"), ("- ", "-")]
        .into_iter()
        .find(|(spaced, _)| plain.contains(spaced))
    {
        plain = plain.replace(shorter.0, shorter.1);
    }
    plain
}

fn zone(piece: &str) -> Option<Zone> {
    let (piece, via) = split_via(piece);
    let mut zone = Zone {
        via,
        ..Zone::default()
    };
    let mut words: Vec<String> = Vec::new();
    let tokens = piece.split([' ', ',', ':', '\t']);
    for token in tokens.filter(|token| !token.is_empty()) {
        if let Some((before, range, after)) = range_in(token) {
            words.extend([before, after].into_iter().filter(|word| !word.is_empty()));
            zone.ranges.push(range);
        } else if let Some(key) = floor_key(token).filter(|_| !zone.ranges.is_empty()) {
            zone.ranges.push((key.clone(), key));
        } else {
            words.push(token.to_owned());
        }
    }
    // A zone of single floors: the first word is its name, even if it could be a floor.
    if zone.ranges.is_empty() {
        let floors: Vec<String> = words
            .iter()
            .skip(1)
            .filter_map(|word| floor_key(word))
            .collect();
        if floors.is_empty() || floors.len() + 1 != words.len() {
            return None;
        }
        words.truncate(1);
        zone.ranges = floors.into_iter().map(|key| (key.clone(), key)).collect();
    }
    zone.name = words.join(" ");
    if zone.name.is_empty() {
        let (from, to) = zone.ranges.first()?;
        zone.name = format!("{from}-{to}");
    }
    Some(zone)
}

/// Takes off where one changes lifts: `via 46 sky lobby`, 經46樓.
fn split_via(piece: &str) -> (&str, Option<String>) {
    let lower = piece.to_ascii_lowercase();
    let found = lower
        .find(" via ")
        .map(|at| (at, " via ".len()))
        .or_else(|| {
            ["經", "经"]
                .iter()
                .find_map(|word| lower.find(word).map(|at| (at, word.len())))
        });
    let Some((at, length)) = found else {
        return (piece, None);
    };
    let (before, after) = (piece.get(..at), piece.get(at + length..));
    let via = after
        .unwrap_or_default()
        .split([' ', ','])
        .find_map(|word| floor_key(word).or_else(|| leading_floor(word).map(|(key, _)| key)));
    (before.unwrap_or(piece), via)
}

/// A range of floors in a token, with the words that stick to it: `高區28-PH`.
fn range_in(token: &str) -> Option<(String, (String, String), String)> {
    let (left, right) = token.split_once('-')?;
    let (before, from) = left.char_indices().find_map(|(at, _)| {
        let key = floor_key(left.get(at..)?)?;
        Some((left.get(..at)?.to_owned(), key))
    })?;
    let (to, after) = match floor_key(right) {
        Some(key) => (key, String::new()),
        None => leading_floor(right)?,
    };
    Some((before, (from, to), after))
}

/// The longest beginning of a word that is a floor, and the rest.
fn leading_floor(word: &str) -> Option<(String, String)> {
    word.char_indices().rev().find_map(|(at, _)| {
        let key = floor_key(word.get(..at)?)?;
        Some((key, word.get(at..)?.to_owned()))
    })
}
