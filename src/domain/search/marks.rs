//! What to highlight in a record that was found: done for the few that are shown, after the ranking.

use std::cmp::Reverse;

use crate::domain::han::HanTable;

use super::FieldMatch;
use super::fold::origin_of;
use super::rank::{self, Found, RecordView};
use super::terms::Terms;

/// The fields in which the query was found, first the one that holds most of it, then those that hold what the ones
/// before do not. `origin` gives for a field where folding moved its characters.
pub(super) fn marks<'a>(
    terms: &Terms,
    record: RecordView,
    han: &HanTable,
    origin: impl Fn(usize) -> Option<&'a [u32]>,
) -> Vec<FieldMatch> {
    // For each field the terms that are in it, by number, and where.
    let mut by_field: Vec<(usize, Vec<(usize, Found)>)> = Vec::new();
    for (field_index, field) in record.fields().enumerate() {
        let counting = terms
            .groups
            .iter()
            .flat_map(|group| rank::terms_of(terms, group, record, han));
        let found: Vec<(usize, Found)> = counting
            .filter_map(|number| Some((number, rank::find(terms.terms.get(number)?, field, han)?)))
            .collect();
        if !found.is_empty() {
            by_field.push((field_index, found));
        }
    }
    by_field.sort_by_key(|(field_index, found)| {
        let best = found.iter().map(|(_, found)| found.score).max();
        (Reverse((found.len(), best)), *field_index)
    });
    let mut shown: Vec<usize> = Vec::new();
    let mut matches = Vec::new();
    for (field_index, found) in by_field {
        if found.iter().all(|(number, _)| shown.contains(number)) {
            continue;
        }
        shown.extend(found.iter().map(|(number, _)| *number));
        let text = record
            .fields()
            .nth(field_index)
            .map_or("", |field| field.text);
        let chars = |end: usize| text.get(..end).map_or(0, |text| text.chars().count());
        let origin = origin(field_index);
        let ranges = found
            .iter()
            .map(|(_, found)| origin_of(origin, chars(found.start), chars(found.end)));
        matches.push(FieldMatch {
            field_index,
            ranges: joined(ranges.collect()),
        });
    }
    matches
}

/// Ascending, those that touch as one.
fn joined(mut ranges: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    ranges.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (start, end) in ranges {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
