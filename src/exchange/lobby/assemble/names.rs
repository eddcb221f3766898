//! Lines with a name: with a place of their own, or with the one above.

use super::{Assembly, names_of};
use crate::exchange::lobby::line::Line;
use crate::exchange::lobby::manner::Order;
use crate::exchange::lobby::place::Place;
use crate::exchange::lobby::words::{is_building, is_tail, is_title};
use crate::exchange::lobby::{Doubt, Row};

impl Assembly {
    /// A line that has both; the other language may stand on the next line or on the one before.
    pub(super) fn full(&mut self, line: &Line, rest: &[Line]) -> usize {
        let Some(place) = &line.place else { return 1 };
        let mut names = names_of(std::slice::from_ref(line));
        let mut lines = vec![line];
        let mut used = 1;
        let before = self.waiting.pop();
        self.flush();
        let completes = |other: &Line| {
            names_of(std::slice::from_ref(other))
                .script()
                .completes(names.script())
        };
        match &before {
            Some(other) if completes(other) && other.number + 1 == line.number => {
                let mut both = names_of(std::slice::from_ref(other));
                line.names.iter().for_each(|name| both.add(name));
                both.unclear |= !self.style.second_line_is_usual;
                names = both;
                lines.insert(0, other);
            }
            Some(other) => {
                self.waiting.push(other.clone());
                self.flush();
            }
            None => {
                if let Some(next) = rest.first()
                    && !line.table
                    && next.is_name_only()
                    && next.number == line.number + 1
                    && !is_title(&next.raw)
                    && self.style.order != Order::NamesFirst
                    && completes(next)
                {
                    next.names.iter().for_each(|name| names.add(name));
                    names.unclear |= !self.style.second_line_is_usual || next.name_unclear;
                    lines.push(next);
                    used = 2;
                }
            }
        }
        let mut unclear = line.place_unclear || self.style.is_unusual(line, &names);
        // The floor of the row before counts for a line that is set in, or in a table; elsewhere it is a guess.
        let inherits = place.floors.is_none() && !place.has_floor();
        if inherits && !self.above.heading && !line.table && line.indent <= self.last_indent {
            unclear = true;
        }
        if inherits {
            unclear |= self.above.unclear;
        }
        self.push(&lines, names, place, unclear);
        if !inherits {
            self.leave_heading();
        }
        if line.indent <= self.last_indent || !inherits {
            self.last_indent = line.indent;
        }
        self.column = Some(line.name_at);
        self.last_number = lines.last().map_or(line.number, |line| line.number);
        used
    }

    /// A name without a place.
    pub(super) fn name(&mut self, line: &Line, rest: &[Line], before_places: bool) -> usize {
        let titled = is_title(&line.raw) || is_index_letter(line);
        let tops = before_places && self.style.has_places && is_building(&line.raw);
        if titled || tops {
            self.flush_before(before_places);
            self.heading(line);
            return 1;
        }
        if line.table {
            let place = self.borrowed();
            let nowhere = self.above.floors.is_empty();
            self.push(
                &[line],
                names_of(std::slice::from_ref(line)),
                &place,
                nowhere,
            );
            return 1;
        }
        if self.style.order == Order::NamesFirst {
            self.waiting.push(line.clone());
            return 1;
        }
        if before_places && self.style.has_places {
            self.heading(line);
            return 1;
        }
        // A name that did not fit on its line.
        let follows = line.number == self.last_number + 1;
        if follows
            && is_tail(line.raw.trim())
            && let Some(row) = self.board.rows.last_mut()
        {
            extend(row, line);
            self.last_number = line.number;
            return 1;
        }
        // Behind a blank line it may be something else than a tenant of the floor above.
        let apart = line.number > self.last_seen + 1;
        let aligned = self
            .column
            .is_some_and(|column| line.indent > 0 && column.abs_diff(line.name_at) <= 1);
        let mut group = vec![line.clone()];
        for next in rest {
            let goes_on = next.is_name_only()
                && next.number == group.last().map_or(0, |line: &Line| line.number) + 1
                && !is_title(&next.raw);
            if !goes_on {
                break;
            }
            group.push(next.clone());
        }
        let used = group.len();
        if self.above.heading || aligned {
            let mut place = self.borrowed();
            place.unclear |= apart;
            self.tenants(&group, None, &place);
        } else {
            self.tenants(&group, None, &Place::default());
        }
        self.last_number = group.last().map_or(line.number, |line| line.number);
        used
    }
}

/// The letter under which an alphabetical list goes on.
fn is_index_letter(line: &Line) -> bool {
    line.raw.trim().chars().count() == 1
}

fn extend(row: &mut Row, line: &Line) {
    let more = names_of(std::slice::from_ref(line));
    for (name, more, between) in [
        (&mut row.name_zh, more.zh, ""),
        (&mut row.name_en, more.en, " "),
    ] {
        if !name.is_empty() && !more.is_empty() {
            name.push_str(between);
        }
        name.push_str(&more);
    }
    row.raw.push('\n');
    row.raw.push_str(&line.raw);
    if !row.doubts.contains(&Doubt::NameUnclear) {
        row.doubts.push(Doubt::NameUnclear);
    }
}
