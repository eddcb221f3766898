//! What the labels of doors mean once their floor is known.

use std::collections::HashSet;

use super::{Code, Doors};

/// The most doors one range stands for; a longer one is a slip.
const MOST: usize = 200;

/// What doors mean on a floor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// The floor that the numbers hold themselves.
    pub floor: Option<String>,
    pub doors: Vec<String>,
    pub unclear: bool,
}

impl Doors {
    pub fn resolve(&self, floor: Option<&str>) -> Resolved {
        let mut found = Resolved {
            doors: self.named.clone(),
            ..Resolved::default()
        };
        let first = self.labels.first().map(|label| &label.from);
        let own = first.and_then(Code::floor);
        // Where a floor is given, its number in front of a door is only repeated; shops of the ground floor keep theirs.
        let base = match (floor, own) {
            (Some(floor), Some(own)) if floor == own => Some(own),
            (Some(floor), Some(_)) if floor.chars().all(|c| c.is_ascii_digit()) => {
                found.unclear = true;
                None
            }
            (Some(_), _) => None,
            (None, own) => own,
        };
        let flat = floor.is_none() && base.is_none() && self.is_flat();
        let base = if flat {
            first.map(|code| code.digits.clone())
        } else {
            base
        };
        let mut last = Code::default();
        for label in &self.labels {
            let from = self.on_floor(&label.from, base.as_deref(), flat, &last, &mut found);
            let to = label
                .to
                .as_ref()
                .map(|to| self.on_floor(to, base.as_deref(), flat, &from, &mut found));
            last = from.clone();
            let doors = match &to {
                None => Some(vec![from.text()]),
                Some(to) => range(&from, to),
            };
            match doors {
                Some(doors) => found.doors.extend(doors),
                None => {
                    found.unclear = true;
                    found.doors.push(from.text());
                    found.doors.extend(to.map(|to| to.text()));
                }
            }
        }
        let mut seen = HashSet::new();
        found.doors.retain(|door| seen.insert(door.clone()));
        found.unclear |= found.doors.len() > MOST;
        found.doors.truncate(MOST);
        found.floor = base;
        found
    }

    /// A label without the floor in front of it, in the width of the one before.
    fn on_floor(
        &self,
        code: &Code,
        base: Option<&str>,
        flat: bool,
        last: &Code,
        found: &mut Resolved,
    ) -> Code {
        let mut code = code.clone();
        let Some(base) = base else {
            if code.is_bare_letter() && !last.letter.is_empty() {
                code.digits.clone_from(&last.digits);
                code.stem.clone_from(&last.stem);
            }
            return code;
        };
        if flat {
            if code.digits == base {
                code.digits.clear();
            } else if !code.digits.is_empty() {
                found.unclear = true;
            }
            return code;
        }
        match code.floor() {
            Some(floor) if floor == base => {
                code.digits = code.digits.get(base.len()..).unwrap_or_default().to_owned();
            }
            Some(_) => found.unclear = true,
            None if code.is_bare_letter() && !last.letter.is_empty() => {
                code.digits.clone_from(&last.digits);
            }
            None if code.digits.len() == 1 && code.stem.is_empty() => code.digits.insert(0, '0'),
            None => {}
        }
        code
    }
}

impl Code {
    /// Three or four digits, of which the last two are the door.
    pub fn is_combined(&self) -> bool {
        self.stem.is_empty()
            && (3..=4).contains(&self.digits.len())
            && !self.digits.starts_with('0')
    }

    fn floor(&self) -> Option<String> {
        let cut = self.digits.len().checked_sub(2)?;
        self.is_combined()
            .then(|| self.digits.get(..cut).unwrap_or_default().to_owned())
    }

    fn is_bare_letter(&self) -> bool {
        self.digits.is_empty() && self.stem.is_empty() && !self.letter.is_empty()
    }

    fn text(&self) -> String {
        format!("{}{}{}", self.stem, self.digits, self.letter)
    }
}

fn range(from: &Code, to: &Code) -> Option<Vec<String>> {
    let letter = |code: &Code| code.letter.chars().next();
    if let (Some(first), Some(last)) = (letter(from), letter(to))
        && (to.digits.is_empty() || to.digits == from.digits)
        && (to.stem.is_empty() || to.stem == from.stem)
    {
        let text = |letter: char| format!("{}{}{letter}", from.stem, from.digits);
        return (first <= last).then(|| (first..=last).map(text).collect());
    }
    if !from.letter.is_empty() || !to.letter.is_empty() {
        return None;
    }
    if !to.stem.is_empty() && to.stem != from.stem {
        return None;
    }
    let (first, last) = (
        from.digits.parse::<usize>().ok()?,
        to.digits.parse::<usize>().ok()?,
    );
    let width = from.digits.len();
    (first <= last && last - first < MOST).then(|| {
        (first..=last)
            .map(|number| format!("{}{number:0width$}", from.stem))
            .collect()
    })
}
