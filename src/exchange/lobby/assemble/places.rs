//! Places on lines of their own, and the tenants they are for.

use super::{Assembly, names_of};
use crate::exchange::lobby::line::Line;
use crate::exchange::lobby::manner::Order;
use crate::exchange::lobby::named::Names;
use crate::exchange::lobby::place::Place;
use crate::exchange::lobby::words::is_title;
use crate::exchange::lobby::{Doubt, WHOLE_FLOOR};

impl Assembly {
    /// A place on a line of its own: of the names before it, or of those behind it.
    pub(super) fn place(&mut self, line: &Line, rest: &[Line]) -> usize {
        let Some(place) = &line.place else { return 1 };
        if self.style.order == Order::NamesFirst && !self.waiting.is_empty() {
            let mut waiting = std::mem::take(&mut self.waiting);
            if self.board.rows.is_empty() && self.style.pairs(&waiting).len() > 1 {
                // The board's title may be among them.
                waiting.iter_mut().for_each(|line| line.name_unclear = true);
            }
            self.tenants(&waiting, Some((line, false)), place);
            self.last_number = line.number;
            return 1;
        }
        self.flush();
        let names = names_behind(line, rest);
        if names.is_empty() {
            let floor_only = place.doors.is_none();
            let serves = rest
                .first()
                .is_some_and(|next| next.place.as_ref().is_some_and(|next| needs(next, place)));
            if floor_only && (serves || !line.is_lone()) {
                self.set_above(line, place);
                self.heading(line);
            } else {
                self.doubt_row_before(line);
                self.push(&[line], Names::default(), place, line.place_unclear);
                if floor_only {
                    self.set_above(line, place);
                }
            }
            return 1;
        }
        let used = names.len();
        self.tenants(names, Some((line, true)), place);
        if place.doors.is_none() {
            self.set_above(line, place);
        }
        self.last_number = names.last().map_or(line.number, |name| name.number);
        1 + used
    }

    /// A door on a line of its own may be that of the row right above, which has none.
    fn doubt_row_before(&mut self, line: &Line) {
        let follows = line.number == self.last_number + 1;
        if follows
            && let Some(row) = self.board.rows.last_mut()
            && row.doors == [WHOLE_FLOOR]
            && !row.doubts.contains(&Doubt::PlaceUnclear)
        {
            row.doubts.push(Doubt::PlaceUnclear);
        }
    }

    /// Tenants of one place, whose line stands before or behind their names.
    pub(super) fn tenants(&mut self, names: &[Line], at: Option<(&Line, bool)>, place: &Place) {
        let groups = self.style.pairs(names);
        let single = groups.len() == 1;
        let (own_line, first) = match at {
            Some((line, first)) => (Some(line), first),
            None => (None, false),
        };
        // One heading for several tenants is nobody's line, unless it names their door: then somebody has to look.
        let doubtful = own_line.is_some_and(|_| !single && place.doors.is_some());
        let mut heading = own_line.filter(|_| !single);
        if let Some(line) = heading.take_if(|_| !doubtful) {
            self.heading(line);
        }
        let count = groups.len();
        for (index, (group, unclear)) in groups.into_iter().enumerate() {
            let mut lines: Vec<&Line> = group.iter().collect();
            let takes_line = single || (doubtful && index == if first { 0 } else { count - 1 });
            if let Some(line) = own_line.filter(|_| takes_line) {
                let at = if first { 0 } else { lines.len() };
                lines.insert(at, line);
            }
            let mut read = names_of(group);
            read.unclear |= unclear || (doubtful && !single);
            let place_unclear = own_line.is_some_and(|line| line.place_unclear);
            self.push(&lines, read, place, place_unclear);
        }
    }
}

impl Line {
    /// A place with a telephone number is a row whose name is missing, not a heading.
    fn is_lone(&self) -> bool {
        self.phone
    }
}

/// The lines of names directly behind a place.
fn names_behind<'a>(line: &Line, rest: &'a [Line]) -> &'a [Line] {
    let mut last = line.number;
    let count = rest
        .iter()
        .take_while(|next| {
            // One blank line may stand between a floor and its tenants.
            let near = next.number <= last + if last == line.number { 2 } else { 1 };
            last = next.number;
            near && next.is_name_only() && !is_title(&next.raw)
        })
        .count();
    rest.get(..count).unwrap_or_default()
}

/// Whether a line of doors takes its floor from the heading above.
fn needs(next: &Place, heading: &Place) -> bool {
    let (floors, _, _) = heading.resolve(&[]);
    next.floors.is_none()
        && (!next.has_floor() || next.resolve(&[]).0 == floors || next.doors.is_some())
}
