//! Puts the list in order without holding up the taps: the order by name is kept and only new names are fitted in, the
//! rest is done in bites.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::query::{ListQuery, Sort, Which};
use crate::domain::completeness::completeness;
use crate::domain::id::Id;
use crate::domain::record::Entry;
use crate::domain::shelf::Shelf;
use crate::platform::{clock, intl};
use crate::state::Book;

/// Entries looked at before waiting taps are let through.
const BITE: usize = 512;
/// Values of a filter offered at most, the most used first.
const OFFERED: usize = 40;

/// A list in its order, and what it can be filtered by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arranged {
    pub ids: Vec<Id>,
    /// All there are, whatever the filter.
    pub total: usize,
    pub segments: Vec<String>,
    pub industries: Vec<String>,
}

/// Names in the order of a language, kept while the program runs: comparing names by the locale is the dear part.
#[derive(Default)]
struct Names {
    tag: &'static str,
    order: Vec<(Id, String)>,
}

thread_local!(static NAMES: RefCell<[Names; 2]> = RefCell::default());

/// The list a query asks for, by the names as the language `tag` leads with and orders them.
pub async fn arrange(
    book: Book,
    query: &ListQuery,
    tag: &'static str,
    today: NaiveDate,
) -> Arranged {
    let order = by_name(book, query.show, tag).await;
    let mut arranged = Arranged {
        total: order.len(),
        ..Default::default()
    };
    let mut segments = HashMap::new();
    let mut industries = HashMap::new();
    let mut keyed: Vec<(i64, Id)> = Vec::new();
    for bite in order.chunks(BITE) {
        book.with_shelf_untracked(|shelf| {
            for id in bite {
                if query.show == Which::People {
                    keyed.extend(person_fits(shelf, *id, query).then_some((0, *id)));
                } else if let Some(entry) = shelf.organisation(*id) {
                    count(&mut segments, &entry.body.segment);
                    count(&mut industries, &entry.body.industry);
                    if query.filter.accepts(&entry.body) {
                        keyed.push((sort_key(shelf, entry, query.sort, today), *id));
                    }
                }
            }
        });
        clock::yield_now().await;
    }
    // Stable, so equal keys stay in the order of their names.
    keyed.sort_by_key(|(key, _)| *key);
    arranged.ids = keyed.into_iter().map(|(_, id)| id).collect();
    arranged.segments = most_used(segments);
    arranged.industries = most_used(industries);
    arranged
}

fn person_fits(shelf: &Shelf, id: Id, query: &ListQuery) -> bool {
    let Some(role) = query.role else { return true };
    shelf
        .person(id)
        .is_some_and(|entry| entry.body.role == Some(role))
}

fn sort_key(
    shelf: &Shelf,
    entry: &Entry<crate::domain::organisation::Organisation>,
    sort: Sort,
    today: NaiveDate,
) -> i64 {
    match sort {
        Sort::Name => 0,
        Sort::Contact => shelf.last_contact_ms(entry.id()).unwrap_or(i64::MIN),
        // The tiers' order of declaration is their rank; none comes last.
        Sort::Tier => entry.body.tier.map_or(i64::MAX, |tier| tier as i64),
        Sort::Gaps => {
            let people: Vec<_> = shelf
                .people_of(entry.id())
                .into_iter()
                .map(|person| &person.body)
                .collect();
            i64::from(completeness(&entry.body, &people, today).percent)
        }
    }
}

/// All ids in the order of their names.
async fn by_name(book: Book, show: Which, tag: &'static str) -> Vec<Id> {
    let han_first = tag.starts_with("zh");
    let slot = show as usize;
    let mut now: HashMap<Id, String> = book.with_shelf_untracked(|shelf| match show {
        Which::Clients => shelf
            .organisations()
            .map(|e| (e.id(), e.body.names(han_first).0.to_owned()))
            .collect(),
        Which::People => shelf
            .persons()
            .map(|e| (e.id(), e.body.names(han_first).0))
            .collect(),
    });
    // Taken out while this task works, so that no borrow is held over a wait.
    let mut known = NAMES
        .with_borrow_mut(|names| names.get_mut(slot).map(std::mem::take))
        .unwrap_or_default();
    if known.tag != tag {
        known = Names {
            tag,
            order: Vec::new(),
        };
    }
    known.order.retain(|(id, name)| {
        let same = now.get(id) == Some(name);
        if same {
            now.remove(id);
        }
        same
    });
    let fresh = sorted(now.into_iter().collect(), tag).await;
    known.order = fit_in(known.order, fresh, tag).await;
    let ids = known.order.iter().map(|(id, _)| *id).collect();
    NAMES.with_borrow_mut(|names| {
        if let Some(kept) = names.get_mut(slot) {
            *kept = known;
        }
    });
    ids
}

async fn sorted(mut names: Vec<(Id, String)>, tag: &str) -> Vec<(Id, String)> {
    // By id first: people of one name keep one order from start to start.
    names.sort_by_key(|(id, _)| *id);
    let texts: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
    let ranks = intl::ranks(tag, &texts).await;
    let mut ranked: Vec<_> = ranks.into_iter().zip(names).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, name)| name).collect()
}

/// Merges a few new names into many old ones: each place is found by halving, so a save costs some twenty comparisons.
async fn fit_in(old: Vec<(Id, String)>, fresh: Vec<(Id, String)>, tag: &str) -> Vec<(Id, String)> {
    if old.is_empty() || fresh.is_empty() {
        return if old.is_empty() { fresh } else { old };
    }
    let mut places = Vec::with_capacity(fresh.len());
    for bite in fresh.chunks(BITE) {
        for (_, name) in bite {
            places.push(old.partition_point(|(_, have)| intl::compare(tag, have, name).is_le()));
        }
        clock::yield_now().await;
    }
    let mut merged = Vec::with_capacity(old.len() + fresh.len());
    let mut rest = old.into_iter();
    let mut taken = 0;
    for (place, name) in places.into_iter().zip(fresh) {
        merged.extend(rest.by_ref().take(place.saturating_sub(taken)));
        taken = taken.max(place);
        merged.push(name);
    }
    merged.extend(rest);
    merged
}

fn count(uses: &mut HashMap<String, usize>, value: &str) {
    if value.is_empty() {
        return;
    }
    match uses.get_mut(value) {
        Some(n) => *n += 1,
        None => {
            uses.insert(value.to_owned(), 1);
        }
    }
}

fn most_used(uses: HashMap<String, usize>) -> Vec<String> {
    let mut uses: Vec<_> = uses.into_iter().collect();
    uses.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    uses.into_iter()
        .take(OFFERED)
        .map(|(value, _)| value)
        .collect()
}

/// The values of a free field that other clients have, the most used first: a tap instead of typing.
pub fn used_before(
    shelf: &Shelf,
    field: impl Fn(&crate::domain::organisation::Organisation) -> &str,
) -> Vec<String> {
    let mut uses = HashMap::new();
    shelf
        .organisations()
        .for_each(|entry| count(&mut uses, field(&entry.body)));
    most_used(uses)
}
