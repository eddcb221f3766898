//! A place as it is written on a board: floors, doors, or both in either order.

use super::doors::{Doors, Resolved, doors};
use super::floors::{Floors, floors};
use super::text::{Cursor, Text};

/// What was read of a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub floors: Option<Floors>,
    pub doors: Option<Doors>,
    pub unclear: bool,
}

/// How sure it is that a text is a place and not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A short number or letter.
    Slight,
    /// A number that can be a room, a floor's short name.
    Plain,
    /// With a word for a floor or a room.
    Firm,
}

/// The place at the start of `from..to` and where it ends.
pub fn at_start(text: &Text, from: usize, to: usize) -> Option<(Place, usize)> {
    let mut c = text.cursor(from, to);
    let bracket = c.eat("(");
    let tower = tower(&mut c);
    let mut place = place(&mut c)?;
    place.unclear |= tower;
    if bracket {
        c.eat(")");
    }
    c.is_boundary().then_some((place, c.at))
}

/// The place that is all of `from..to`.
pub fn whole(text: &Text, from: usize, to: usize) -> Option<Place> {
    let (place, end) = at_start(text, from, to)?;
    let mut c = text.cursor(end, to);
    c.take(usize::MAX, |c| c.is_whitespace() || ".,:;-)".contains(c));
    c.is_end().then_some(place)
}

/// The place at the end of `from..to` and where it begins. Only the last stretch is looked at, which keeps the cost of a
/// line in proportion to its length.
pub fn at_end(text: &Text, from: usize, to: usize) -> Option<(Place, usize)> {
    const STRETCH: usize = 60;
    let starts = from.max(to.saturating_sub(STRETCH))..to;
    starts.skip(1).find_map(|start| {
        let (before, here) = (text.at(start.checked_sub(1)?)?, text.at(start)?);
        let glued_latin = before.is_ascii_alphanumeric() && here.is_ascii_alphanumeric();
        let inside = here.is_whitespace() || ",.:;-)&/".contains(here) || glued_latin;
        let han_number = |c: char| "一二三四五六七八九十廿卅百零".contains(c);
        if inside || (han_number(before) && han_number(here)) {
            return None;
        }
        whole(text, start, to).map(|place| (place, start))
    })
}

impl Place {
    /// A place on floors that are known already.
    pub fn on(floors: &[String], unclear: bool) -> Self {
        Self {
            floors: (!floors.is_empty()).then(|| Floors {
                keys: floors.to_vec(),
                firm: true,
                unclear: false,
            }),
            doors: None,
            unclear,
        }
    }

    pub fn strength(&self) -> Strength {
        let doors = self.doors.as_ref();
        let firm = self.floors.as_ref().is_some_and(|floors| floors.firm);
        if firm || doors.is_some_and(|doors| doors.firm) {
            Strength::Firm
        } else if self.floors.is_some() || doors.is_some_and(|doors| !doors.is_slight()) {
            Strength::Plain
        } else {
            Strength::Slight
        }
    }

    /// Whether it says a floor by itself.
    pub fn has_floor(&self) -> bool {
        self.floors.is_some()
            || self
                .doors
                .as_ref()
                .is_some_and(|doors| doors.is_combined() || doors.is_flat())
    }

    /// The rest of a place that was written apart from this one; `false` if the two contradict each other.
    pub fn merge(&mut self, other: Place) -> bool {
        let same = |mine: &Option<Floors>, theirs: &Option<Floors>| match (mine, theirs) {
            (Some(mine), Some(theirs)) => mine.keys == theirs.keys,
            _ => true,
        };
        if !same(&self.floors, &other.floors) || (self.doors.is_some() && other.doors.is_some()) {
            return false;
        }
        self.unclear |= other.unclear;
        self.floors = self.floors.take().or(other.floors);
        self.doors = self.doors.take().or(other.doors);
        true
    }

    /// Floors and doors; `around` is the floor of the heading above.
    pub fn resolve(&self, around: &[String]) -> (Vec<String>, Vec<String>, bool) {
        let own = self.floors.as_ref();
        let given: &[String] = own.map_or(around, |floors| floors.keys.as_slice());
        let mut unclear = self.unclear || own.is_some_and(|floors| floors.unclear);
        let Some(doors) = &self.doors else {
            return (given.to_vec(), vec![super::WHOLE_FLOOR.to_owned()], unclear);
        };
        let resolved: Resolved = doors.resolve(given.first().map(String::as_str));
        unclear |= resolved.unclear || (given.len() > 1 && !doors.whole);
        let mut keys = given.to_vec();
        if keys.is_empty() {
            keys.extend(resolved.floor);
        }
        unclear |= keys.is_empty();
        let doors = if doors.whole || resolved.doors.is_empty() {
            vec![super::WHOLE_FLOOR.to_owned()]
        } else {
            resolved.doors
        };
        (keys, doors, unclear)
    }
}

fn place(c: &mut Cursor) -> Option<Place> {
    let mut here = *c;
    let mut place = Place::default();
    if let Some(found) = floors(&mut here) {
        place.floors = Some(found);
        let mut tail = here;
        let apart = tail.take(4, |c| c.is_whitespace() || ",(-:/、".contains(c));
        if let Some(found) = doors(&mut tail) {
            tail.eat(")");
            if goes_on(&found, &tail, &apart) {
                place.doors = Some(found);
                here = tail;
            } else if is_open(&found, &tail, &apart) {
                // `28/F A Plus`: the A may be a door or a name's first word.
                place.unclear = true;
            }
        }
    } else {
        place.doors = Some(doors(&mut here)?);
        let mut tail = here;
        tail.take(4, |c| c.is_whitespace() || ",(-:/、".contains(c));
        tail.eat_any(&["ON"]);
        tail.spaces();
        if let Some(found) = floors(&mut tail) {
            tail.eat(")");
            if tail.is_boundary() && (found.firm || !tail.is_at_han()) {
                place.floors = Some(found);
                here = tail;
            }
        }
    }
    *c = here;
    Some(place)
}

/// Whether it stays open if a door or a name begins behind a floor.
fn is_open(doors: &Doors, tail: &Cursor, apart: &str) -> bool {
    tail.peek().is_some_and(char::is_whitespace)
        && !apart.is_empty()
        && doors.is_plausible()
        && !is_counted(tail)
}

/// 28 號工作室: a number that counts something is no door.
pub fn is_counted(tail: &Cursor) -> bool {
    let mut next = *tail;
    next.spaces();
    next.peek().is_some_and(|c| "號号樓楼層层".contains(c))
}

/// Whether what stands behind a floor is a door and not the beginning of a name.
fn goes_on(doors: &Doors, tail: &Cursor, apart: &str) -> bool {
    if !tail.is_boundary() {
        return false;
    }
    let mut next = *tail;
    let gap = next.take(80, |c| c.is_whitespace() || ",:;-)、".contains(c));
    if next.is_end() || doors.firm {
        return true;
    }
    let wide = gap.contains("  ") || gap.contains('\t') || gap.contains([',', ':', '、']);
    if wide && !apart.is_empty() {
        return true;
    }
    let run = doors.is_run() || doors.is_combined();
    if gap.is_empty() {
        return false;
    }
    let letter = doors
        .labels
        .first()
        .is_some_and(|label| label.from.digits.is_empty());
    run || (next.is_at_han() && letter)
}

/// `Tower 2`, `Block A`, B座 in front of a place. Which tower a row is in has no field, so a person looks at it.
fn tower(c: &mut Cursor) -> bool {
    let mut here = *c;
    let name = here.take(1, |c| c.is_ascii_alphanumeric());
    if !name.is_empty()
        && here.eat_any(&["座", "栋", "棟", "幢"])
        && here.peek().is_some_and(|c| c.is_ascii_digit())
    {
        *c = here;
        return true;
    }
    here = *c;
    if !here.eat_any(&["TOWER", "BLOCK", "PHASE", "WING"]) {
        return false;
    }
    here.spaces();
    let code = here.take(2, |c| c.is_ascii_alphanumeric());
    if code.is_empty() || !here.is_boundary() {
        return false;
    }
    here.take(3, |c| c.is_whitespace() || c == ',' || c == '-');
    *c = here;
    true
}
