//! The memory of the search: all text in one buffer, records in numbered slots, signatures by 64 slots.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::han::HanTable;

use super::fold::{Class, class, fold};
use super::marks::marks;
use super::rank::{self, RecordView};
use super::readings::{BREAK, Code, codes_of};
use super::signature::{Block, pieces_of};
use super::terms::{Terms, Ways};
use super::{Doc, DocKind, FieldMatch, FieldRole, Hit, Query};

/// Characters of a field that can be found.
const MOST_FIELD_CHARS: usize = 2_000;
/// Fields of a record that can be found.
const MOST_FIELDS: usize = 1_000;
/// So many matches are ranked. When there are more, the likeliest are: by tier, within a tier by boost.
const MOST_MATCHES: usize = 1_000;
/// The name itself, names that begin with the query, what holds it literally, what is only read so.
const TIERS: usize = 4;
/// Steps of boost that are told apart in choosing whom to rank, each from a power of two on; the ranking itself knows
/// all 256.
const BOOSTS: usize = 9;
/// Dead text that is not worth collecting.
const SMALL_GARBAGE: usize = 1 << 16;

/// Everything that can be searched.
#[derive(Default)]
pub struct Index {
    han: Arc<HanTable>,
    slots: HashMap<u128, u32>,
    free: Vec<u32>,
    records: Vec<Record>,
    /// What is asked of many records at once, apart from the rest: a query's time is the memory it touches.
    ranks: Vec<Rank>,
    names: Vec<Span>,
    blocks: Vec<Block>,
    fields: Vec<StoredField>,
    /// The folded fields of all records.
    text: String,
    /// The names of all records, for reading.
    codes: Vec<Code>,
    /// Where folding moved characters; nearly no field.
    origins: HashMap<(u32, u16), Box<[u32]>>,
    /// Bytes of `text` that no record uses any more.
    dead: usize,
}

#[derive(Clone, Copy)]
struct Record {
    /// The halves of the id; in one number they would take more room.
    id: [u64; 2],
    text: Span,
    fields: Span,
}

#[derive(Clone, Copy)]
struct Rank {
    kind: DocKind,
    boost: u8,
    /// Characters of the first field, at most 255: among equals the shorter name wins.
    length: u8,
}

#[derive(Clone, Copy)]
struct Span {
    start: u32,
    length: u32,
}

#[derive(Clone, Copy)]
pub(super) struct StoredField {
    /// Bytes of the record's text.
    pub(super) length: u16,
    /// How many of the record's codes are this field's.
    pub(super) codes: u16,
    pub(super) role: FieldRole,
    pub(super) ideographs: bool,
    /// Whether Latin letters or digits occur.
    pub(super) words: bool,
}

/// A record that may match.
struct Candidate {
    slot: u32,
    /// Whether its name may begin with the query.
    likely: bool,
    ways: Ways,
}

/// A match while it is ranked.
struct Ranked {
    /// Score, boost and shortness in one number.
    key: u32,
    slot: u32,
    id: u128,
}

impl Index {
    /// An index that knows no Chinese characters: no readings, Traditional and Simplified apart.
    pub fn new() -> Self {
        Self::default()
    }

    /// An index that uses a table of characters. An index filled without one is to be filled anew: what was folded
    /// cannot be folded otherwise afterwards.
    pub fn with_han(han: Arc<HanTable>) -> Self {
        Index {
            han,
            ..Self::default()
        }
    }

    /// How many records are held.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Bytes of memory in use, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        let origins: usize = self
            .origins
            .values()
            .map(|origin| origin.len() * 4 + 32)
            .sum();
        self.text.capacity()
            + self.codes.capacity() * size_of::<Code>()
            + self.fields.capacity() * size_of::<StoredField>()
            + self.records.capacity()
                * (size_of::<Record>() + size_of::<Rank>() + size_of::<Span>())
            + self.blocks.len() * Block::BYTES
            + self.slots.capacity() * size_of::<(u128, u32)>()
            + self.free.capacity() * 4
            + origins
    }

    /// Adds a record or replaces the one with the same id.
    pub fn upsert(&mut self, doc: Doc) {
        self.remove(doc.id);
        let slot = self.free.pop().unwrap_or(self.records.len() as u32);
        let (block, bit) = (slot as usize / 64, slot % 64);
        if block == self.blocks.len() {
            self.blocks.push(Block::new());
        }
        let signature = &mut self.blocks[block];
        signature.live |= 1 << bit;
        let (text, fields, codes) = (self.text.len(), self.fields.len(), self.codes.len());
        let mut length = 0;
        for (nth, field) in doc.fields.iter().take(MOST_FIELDS).enumerate() {
            let folded = fold(&field.text, MOST_FIELD_CHARS, &self.han);
            let first_code = self.codes.len();
            if field.role.is_name() {
                self.codes
                    .extend(codes_of(&folded.text, &self.han).map(|(code, ..)| code));
                // Most names of Latin letters need none.
                if self.codes[first_code..].iter().all(|code| *code == BREAK) {
                    self.codes.truncate(first_code);
                }
            }
            pieces_of(field.role, &folded.text, &self.han, &mut |piece| {
                signature.mark(bit, piece)
            });
            if nth == 0 {
                length = folded.text.chars().count().min(255) as u8;
            }
            // 2,000 characters are at most 8,000 bytes, and what expands has fewer.
            self.fields.push(StoredField {
                length: folded.text.len() as u16,
                codes: (self.codes.len() - first_code) as u16,
                role: field.role,
                ideographs: !folded.text.is_ascii()
                    && folded.text.chars().any(|c| class(c) == Class::Ideograph),
                words: folded.text.bytes().any(|byte| byte.is_ascii_alphanumeric()),
            });
            // Doubling would leave millions of bytes unused.
            if self.text.capacity() - self.text.len() < folded.text.len() {
                self.text
                    .reserve_exact(folded.text.len() + self.text.len() / 8);
            }
            self.text.push_str(&folded.text);
            if let Some(origin) = folded.origin {
                self.origins.insert((slot, nth as u16), origin);
            }
        }
        let record = Record {
            id: [(doc.id >> 64) as u64, doc.id as u64],
            text: Span::between(text, self.text.len()),
            fields: Span::between(fields, self.fields.len()),
        };
        let names = Span::between(codes, self.codes.len());
        put(&mut self.records, slot, record);
        put(
            &mut self.ranks,
            slot,
            Rank {
                kind: doc.kind,
                boost: doc.boost,
                length,
            },
        );
        put(&mut self.names, slot, names);
        self.slots.insert(doc.id, slot);
    }

    /// Takes a record out; whether it was there.
    pub fn remove(&mut self, id: u128) -> bool {
        let Some(slot) = self.slots.remove(&id) else {
            return false;
        };
        self.blocks[slot as usize / 64].clear(slot % 64);
        let record = std::mem::replace(&mut self.records[slot as usize], Record::EMPTY);
        self.names[slot as usize] = Span::EMPTY;
        for nth in 0..record.fields.length {
            self.origins.remove(&(slot, nth as u16));
        }
        // A field counts as some bytes, so that empty ones are collected too.
        self.dead +=
            record.text.length as usize + record.fields.length as usize * size_of::<StoredField>();
        self.free.push(slot);
        if self.dead > SMALL_GARBAGE.max(self.text.len() / 2) {
            self.collect();
        }
        true
    }

    /// The best records for a query, best first: by score, boost, shorter name, id.
    pub fn search(&self, query: &Query) -> Vec<Hit> {
        let Some(terms) = Terms::compile(&query.text, &self.han) else {
            return Vec::new();
        };
        let mut ranked = Vec::new();
        for candidate in self.candidates(query, &terms).iter().flatten() {
            let Candidate { slot, likely, ways } = *candidate;
            let Some((record, rank)) = self
                .records
                .get(slot as usize)
                .zip(self.ranks.get(slot as usize))
            else {
                continue;
            };
            let Some(score) = rank::score(&terms, ways, likely, self.view(slot, record), &self.han)
            else {
                continue;
            };
            let key = u32::from(score) << 16
                | u32::from(rank.boost) << 8
                | u32::from(u8::MAX - rank.length);
            ranked.push(Ranked {
                key,
                slot,
                id: record.id(),
            });
            if ranked.len() == MOST_MATCHES.max(query.limit) {
                break;
            }
        }
        let order = |a: &Ranked, b: &Ranked| b.key.cmp(&a.key).then(a.id.cmp(&b.id));
        if ranked.len() > query.limit && query.limit > 0 {
            ranked.select_nth_unstable_by(query.limit - 1, order);
        }
        ranked.truncate(query.limit);
        ranked.sort_unstable_by(order);
        ranked
            .iter()
            .filter_map(|found| self.hit(found, &terms))
            .collect()
    }

    /// The records whose signatures and readings allow a match, the likeliest list first. Within a list they are in the
    /// order of memory: looking at them in any other order takes several times as long.
    fn candidates(&self, query: &Query, terms: &Terms) -> [Vec<Candidate>; TIERS * BOOSTS] {
        let mut lists = [const { Vec::new() }; TIERS * BOOSTS];
        let mut ways = Vec::new();
        let mut found = 0;
        for (nth, block) in self.blocks.iter().enumerate() {
            let first = nth as u32 * 64;
            terms.ways(block, &mut ways);
            let mut left = terms.candidates(block, &ways);
            for (number, term) in terms.terms.iter().enumerate() {
                // With so many, the ranking will look at a part of them only, and look for itself.
                if found > 4 * MOST_MATCHES {
                    break;
                }
                let Some(spelled) = &term.spelled else {
                    continue;
                };
                let read = bits(ways[number].reading & left).filter(|bit| {
                    spelled
                        .find(self.codes_of(first + bit), &self.han)
                        .is_some()
                });
                ways[number].reading = read.fold(0, |all, bit| all | 1 << bit);
                left = terms.candidates(block, &ways);
            }
            if left == 0 {
                continue;
            }
            found += left.count_ones() as usize;
            let [exact, begin] = terms.likely(block);
            for bit in bits(left) {
                let slot = first + bit;
                let Some(rank) = self
                    .ranks
                    .get(slot as usize)
                    .filter(|rank| query.wants(rank.kind))
                else {
                    continue;
                };
                let ways = Ways::of_record(&ways, bit);
                let tier = match ways.literal {
                    _ if exact >> bit & 1 != 0 => 0,
                    _ if begin >> bit & 1 != 0 => 1,
                    0 => 3,
                    _ => 2,
                };
                let unlifted = rank.boost.leading_zeros() as usize;
                lists[tier * BOOSTS + unlifted].push(Candidate {
                    slot,
                    likely: tier < 2,
                    ways,
                });
            }
        }
        lists
    }

    fn codes_of(&self, slot: u32) -> &[Code] {
        self.names
            .get(slot as usize)
            .and_then(|span| self.codes.get(span.range()))
            .unwrap_or(&[])
    }

    fn view(&self, slot: u32, record: &Record) -> RecordView<'_> {
        RecordView {
            fields: self.fields.get(record.fields.range()).unwrap_or(&[]),
            text: &self.text,
            start: record.text.start as usize,
            codes: self.codes_of(slot),
        }
    }

    fn hit(&self, found: &Ranked, terms: &Terms) -> Option<Hit> {
        let slot = found.slot;
        let record = self.records.get(slot as usize)?;
        let rank = self.ranks.get(slot as usize)?;
        let origin = |field: usize| Some(&**self.origins.get(&(slot, field as u16))?);
        let mut matches = marks(terms, self.view(slot, record), &self.han, origin).into_iter();
        let first = matches.next()?;
        let score = (found.key >> 16) as u16;
        let FieldMatch {
            field_index,
            ranges,
        } = first;
        Some(Hit {
            id: found.id,
            kind: rank.kind,
            score,
            field_index,
            ranges,
            more: matches.collect(),
        })
    }

    /// Moves what is in use together. Each byte is moved about once for every byte that died, so changes stay cheap.
    fn collect(&mut self) {
        let mut text = String::with_capacity(self.text.len());
        let mut fields = Vec::with_capacity(self.fields.len());
        let mut codes = Vec::with_capacity(self.codes.len());
        for (record, names) in self.records.iter_mut().zip(&mut self.names) {
            let begin = (text.len(), fields.len(), codes.len());
            text.push_str(self.text.get(record.text.range()).unwrap_or(""));
            fields.extend_from_slice(self.fields.get(record.fields.range()).unwrap_or(&[]));
            codes.extend_from_slice(self.codes.get(names.range()).unwrap_or(&[]));
            record.text = Span::between(begin.0, text.len());
            record.fields = Span::between(begin.1, fields.len());
            *names = Span::between(begin.2, codes.len());
        }
        (self.text, self.fields, self.codes, self.dead) = (text, fields, codes, 0);
    }
}

impl Record {
    /// What stands in a free slot.
    const EMPTY: Record = Record {
        id: [0; 2],
        text: Span::EMPTY,
        fields: Span::EMPTY,
    };

    fn id(&self) -> u128 {
        u128::from(self.id[0]) << 64 | u128::from(self.id[1])
    }
}

impl Span {
    const EMPTY: Span = Span {
        start: 0,
        length: 0,
    };

    fn between(start: usize, end: usize) -> Self {
        Span {
            start: start as u32,
            length: (end - start) as u32,
        }
    }

    fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }
}

/// Puts something into a slot, which is at most one behind the last.
fn put<T>(list: &mut Vec<T>, slot: u32, item: T) {
    match list.get_mut(slot as usize) {
        Some(place) => *place = item,
        None => list.push(item),
    }
}

/// The numbers of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        let found = (set != 0).then_some(bit);
        set &= set.wrapping_sub(1);
        found
    })
}
