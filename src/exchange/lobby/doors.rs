//! Door labels inside a line, and what they mean on a floor: `2801-03 & 05` is 01, 02, 03 and 05 of the 28th.

mod resolve;

use super::floors::{Join, joint, label};
use super::text::Cursor;

pub use resolve::Resolved;

/// One label, or the two ends of a range.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Label {
    pub from: Code,
    pub to: Option<Code>,
}

/// `G12A` in its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Code {
    pub stem: String,
    pub digits: String,
    pub letter: String,
}

/// Doors as they are written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doors {
    pub labels: Vec<Label>,
    /// Wings and the like, which have no number.
    pub named: Vec<String>,
    pub whole: bool,
    /// With a word for a room, so that it can be nothing else.
    pub firm: bool,
}

/// The doors written at the cursor, which moves behind them.
pub fn doors(c: &mut Cursor) -> Option<Doors> {
    let mut here = *c;
    let mut found = Doors::default();
    if here.eat_any(&WHOLE) {
        found.whole = true;
        found.firm = true;
        *c = here;
        return Some(found);
    }
    if let Some(wing) = wing(&mut here) {
        found.named.push(wing);
        found.firm = true;
        *c = here;
        return Some(found);
    }
    found.firm = door_word(&mut here);
    found.labels.push(one(&mut here)?);
    loop {
        let mut ahead = here;
        ending(&mut ahead, &mut found.firm);
        let Some(join) = joint(&mut ahead) else { break };
        door_word(&mut ahead);
        // `Rm 3, 5/F` goes on with a floor.
        if label(&mut { ahead }).is_some_and(|(_, firm)| firm) {
            break;
        }
        let Some(next) = one(&mut ahead) else { break };
        match (join, found.labels.last_mut()) {
            (Join::Range, Some(last)) if last.to.is_none() && next.to.is_none() => {
                last.to = Some(next.from);
            }
            _ => found.labels.push(next),
        }
        here = ahead;
    }
    ending(&mut here, &mut found.firm);
    *c = here;
    Some(found)
}

impl Doors {
    /// One short number or letter without any word: a name can begin or end like that.
    pub fn is_slight(&self) -> bool {
        !self.firm && !self.is_combined() && !self.is_run()
    }

    /// Several of them, or one that is padded (`03`): names do not begin or end like that.
    pub fn is_run(&self) -> bool {
        self.labels.len() > 1
            || self
                .labels
                .iter()
                .any(|label| label.to.is_some() || label.from.digits.starts_with('0'))
    }

    /// Numbers that hold their floor: `2801`.
    pub fn is_combined(&self) -> bool {
        self.labels
            .first()
            .is_some_and(|label| label.from.is_combined())
    }

    /// `18A`, without a word: flat A of the 18th.
    pub fn is_flat(&self) -> bool {
        let flat = |code: &Code| {
            code.stem.is_empty()
                && (1..=2).contains(&code.digits.len())
                && !code.digits.starts_with('0')
                && !code.letter.is_empty()
        };
        self.labels.first().is_some_and(|label| flat(&label.from))
    }

    /// Doors have letters from the front of the alphabet; `3M` is a name.
    pub fn is_plausible(&self) -> bool {
        self.firm
            || self
                .labels
                .iter()
                .all(|label| label.from.digits.is_empty() || label.from.letter.as_str() <= "H")
    }
}

const WHOLE: [&str; 12] = [
    "WHOLE FLOOR",
    "ENTIRE FLOOR",
    "FULL FLOOR",
    "WHOLE OF FLOOR",
    "全層",
    "全层",
    "全樓層",
    "全樓",
    "整層",
    "整层",
    "(WHOLE)",
    "WHOLE",
];

const WORDS: [&str; 28] = [
    "ROOM NOS.",
    "ROOM NO.",
    "UNIT NOS.",
    "UNIT NO.",
    "SHOP NOS.",
    "SHOP NO.",
    "ROOMS",
    "ROOM",
    "RMS",
    "RM",
    "UNITS",
    "UNIT",
    "SUITES",
    "SUITE",
    "STE",
    "FLATS",
    "FLAT",
    "SHOPS",
    "SHOP",
    "OFFICES",
    "OFFICE",
    "WORKSHOP",
    "KIOSK",
    "NO.",
    "#",
    "單位",
    "舖位",
    "鋪位",
];

fn door_word(c: &mut Cursor) -> bool {
    let mut here = *c;
    let found = here.eat_any(&WORDS);
    if found {
        here.take(4, |c| c.is_whitespace() || c == '.' || c == ':');
        here.eat("#");
        *c = here;
    }
    found
}

/// The word behind a number: 室, 號舖. 號 alone may begin a name (28 號工作室) and only counts where no name goes on.
fn ending(c: &mut Cursor, firm: &mut bool) {
    let mut here = *c;
    here.take(1, char::is_whitespace);
    let number = here.eat_any(&["號", "号"]);
    let room = here.eat_any(&[
        "單位", "单元", "舖位", "鋪位", "铺位", "室", "舖", "鋪", "铺", "房", "座",
    ]);
    if room || (number && !here.is_at_han()) {
        *firm = true;
        *c = here;
    }
}

/// One label: `01`, `A`, `12A`, `G12`.
fn one(c: &mut Cursor) -> Option<Label> {
    let mut here = *c;
    if here.before().is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut code = Code {
        stem: here.take(2, |c| c.is_ascii_uppercase()),
        digits: here.take(4, |c| c.is_ascii_digit()),
        letter: String::new(),
    };
    if code.digits.is_empty() {
        if code.stem.len() != 1 {
            return None;
        }
        code.letter = std::mem::take(&mut code.stem);
    } else {
        code.letter = here.take(1, |c| c.is_ascii_uppercase());
    }
    if !here.is_boundary() {
        return None;
    }
    *c = here;
    Some(Label {
        from: code,
        to: None,
    })
}

/// `East Wing`, 東翼, A区.
fn wing(c: &mut Cursor) -> Option<String> {
    let mut here = *c;
    for side in ["EAST", "WEST", "NORTH", "SOUTH", "CENTRAL", "FRONT", "REAR"] {
        let mut wing = here;
        if !wing.eat(side) {
            continue;
        }
        wing.spaces();
        for part in ["WING", "BLOCK", "SIDE", "PORTION"] {
            if wing.eat_any(&[part]) && wing.is_boundary() {
                *c = wing;
                return Some(format!("{} {}", title(side), title(part)));
            }
        }
    }
    let start: String = here.take(1, |c| {
        "東西南北东前後后左右中".contains(c) || c.is_ascii_uppercase()
    });
    if start.is_empty() {
        return None;
    }
    let latin = start.is_ascii();
    for part in ["翼", "區", "区", "座", "舖", "鋪"] {
        if latin && !matches!(part, "區" | "区" | "翼") {
            continue;
        }
        if here.eat(part) && !here.is_at_han() {
            *c = here;
            return Some(format!("{start}{part}"));
        }
    }
    None
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}
