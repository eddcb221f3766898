//! Finds records that may be the one being typed. What is the same is looked up by its hash. What is only alike is
//! compared with the few records that share a rare word, two neighbouring characters or a third of the letters.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::domain::han::HanTable;
use crate::domain::id::Id;
use crate::domain::search::fold;

use super::names::{company_key, person_name};
use super::phone::phone_key;
use super::similar::{alike_firms, alike_people, slack};

/// What is known of a record that may be a duplicate; names in every language it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    pub kind: Kind,
    pub names: Vec<String>,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    /// Numbers given by somebody: stock code, business registration.
    pub codes: Vec<String>,
}

/// Only records of one kind are compared. A lead is a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    #[default]
    Company,
    Person,
}

/// A record that may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspect {
    pub id: Id,
    /// The strongest of what is shared.
    pub reason: Reason,
    /// 0–100; everything that is shared counts.
    pub score: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    Code,
    Email,
    Name,
    Phone,
    Similar,
}

/// Suspects that are named at most; more help nobody.
const MOST_SUSPECTS: usize = 20;
/// A word that so many records share tells nothing.
const TOO_COMMON: u32 = 50;
/// Dead entries that are not worth a rebuild.
const FEW_DEAD: usize = 1_000;

/// All records that a new one may repeat.
#[derive(Debug, Default)]
pub struct DuplicateFinder {
    slots: HashMap<Id, u32>,
    entries: Vec<Entry>,
    /// For each hash the newest of its links and how many there are.
    heads: HashMap<u64, (u32, u32)>,
    /// An entry, and the next link of the same hash.
    links: Vec<(u32, u32)>,
    dead: usize,
}

#[derive(Debug)]
struct Entry {
    /// `None` once the record is gone.
    id: Option<Id>,
    kind: Kind,
    names: Vec<String>,
    /// The hashes of what must be the same, and of what is only looked at; kept for a rebuild.
    same: Vec<(Reason, u64)>,
    near: Vec<u64>,
}

const END: u32 = u32::MAX;

impl DuplicateFinder {
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records are known.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Adds a record or replaces what is known of it.
    pub fn put(&mut self, id: Id, candidate: &Candidate, han: &HanTable) {
        self.remove(id);
        let mut entry = Entry::of(candidate, han);
        entry.id = Some(id);
        entry.near.extend(entry.thirds());
        entry.near.sort_unstable();
        entry.near.dedup();
        self.add(entry);
    }

    /// Forgets a record; one that is not known changes nothing.
    pub fn remove(&mut self, id: Id) {
        let Some(entry) = self
            .slots
            .remove(&id)
            .and_then(|slot| self.entries.get_mut(slot as usize))
        else {
            return;
        };
        entry.id = None;
        self.dead += 1;
        if self.dead > FEW_DEAD.max(self.slots.len()) {
            let live: Vec<Entry> = std::mem::take(self)
                .entries
                .into_iter()
                .filter(|entry| entry.id.is_some())
                .collect();
            live.into_iter().for_each(|entry| self.add(entry));
        }
    }

    /// The records that may be this one, the likeliest first. The record itself is among them if it is known.
    pub fn find(&self, candidate: &Candidate, han: &HanTable) -> Vec<Suspect> {
        let mut asked = Entry::of(candidate, han);
        asked.near.extend(asked.near_thirds());
        let mut found: HashMap<u32, (Reason, u8)> = HashMap::new();
        for (reason, hash) in &asked.same {
            for slot in self.linked(*hash, u32::MAX) {
                note(&mut found, slot, *reason, worth(*reason));
            }
        }
        let mut near: Vec<u32> = asked
            .near
            .iter()
            .flat_map(|hash| self.linked(*hash, TOO_COMMON))
            .collect();
        near.sort_unstable();
        near.dedup();
        for slot in near {
            let same = found
                .get(&slot)
                .is_some_and(|(reason, _)| *reason == Reason::Name);
            if let (false, Some(entry)) = (same, self.entries.get(slot as usize))
                && entry.id.is_some()
                && let Some(score) = asked.alike(entry)
            {
                note(&mut found, slot, Reason::Similar, score);
            }
        }
        let mut suspects: Vec<Suspect> = found
            .into_iter()
            .filter_map(|(slot, (reason, score))| {
                Some(Suspect {
                    id: self.entries.get(slot as usize)?.id?,
                    reason,
                    score,
                })
            })
            .collect();
        suspects.sort_unstable_by_key(|suspect| (std::cmp::Reverse(suspect.score), suspect.id));
        suspects.truncate(MOST_SUSPECTS);
        suspects
    }

    fn add(&mut self, entry: Entry) {
        let slot = self.entries.len() as u32;
        for hash in entry.same.iter().map(|(_, hash)| hash).chain(&entry.near) {
            let (head, count) = self.heads.entry(*hash).or_insert((END, 0));
            self.links.push((slot, *head));
            *head = self.links.len() as u32 - 1;
            *count += 1;
        }
        if let Some(id) = entry.id {
            self.slots.insert(id, slot);
        }
        self.entries.push(entry);
    }

    /// The records with a hash, gone ones too; none if there are more than `most`.
    fn linked(&self, hash: u64, most: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self
            .heads
            .get(&hash)
            .filter(|(_, count)| *count <= most)
            .map_or(END, |(head, _)| *head);
        std::iter::from_fn(move || {
            let (slot, after) = *self.links.get(next as usize)?;
            next = after;
            Some(slot)
        })
    }
}

impl Entry {
    fn of(candidate: &Candidate, han: &HanTable) -> Self {
        let kind = candidate.kind;
        let mut entry = Entry {
            id: None,
            kind,
            names: Vec::new(),
            same: Vec::new(),
            near: Vec::new(),
        };
        for name in &candidate.names {
            match kind {
                Kind::Company => entry.add_firm(company_key(name, han)),
                Kind::Person => entry.add_person(name, han),
            }
        }
        for phone in candidate.phones.iter().filter_map(|phone| phone_key(phone)) {
            entry.add_same(Reason::Phone, &phone);
        }
        for email in candidate
            .emails
            .iter()
            .map(|email| email.trim().to_lowercase())
            .filter(|email| email.contains('@'))
        {
            entry.add_same(Reason::Email, &email);
        }
        for code in &candidate.codes {
            let code = fold::key(code, han).replace(' ', "");
            let code = code.trim_start_matches('0');
            if !code.is_empty() {
                entry.add_same(Reason::Code, code);
            }
        }
        entry.same.sort_unstable_by_key(|(_, hash)| *hash);
        entry.same.dedup();
        entry
    }

    fn add_firm(&mut self, core: String) {
        if core.is_empty() {
            return;
        }
        self.add_same(Reason::Name, &core);
        let letters: Vec<char> = core.chars().filter(|c| *c != ' ').collect();
        if core.is_ascii() {
            core.split(' ')
                .filter(|word| word.len() >= 2)
                .for_each(|word| self.near.push(hash(self.kind, "word", word)));
        } else {
            letters
                .windows(2)
                .for_each(|pair| self.near.push(hash(self.kind, "pair", pair)));
        }
        self.names.push(core);
    }

    fn add_person(&mut self, name: &str, han: &HanTable) {
        let key = person_name(name, han);
        // A surname alone is shared by too many to mean anything.
        if key.han.chars().count() >= 2 {
            self.add_same(Reason::Name, &key.han);
        }
        if key.words.len() >= 2 {
            self.add_same(Reason::Name, &key.latin);
            // Given names are written in one word or two: every order that keeps the words' circle is one name.
            for turn in 0..key.words.len().min(6) {
                let (last, first) = key.words.split_at(turn);
                self.add_same(Reason::Name, &[first, last].concat().concat());
            }
            // Names that are alike share two words.
            for (nth, first) in key.words.iter().enumerate().take(6) {
                for second in key.words.iter().skip(nth + 1).take(6) {
                    let pair = if first < second {
                        (first, second)
                    } else {
                        (second, first)
                    };
                    self.near.push(hash(self.kind, "words", pair));
                }
            }
            self.names.push(key.latin);
        }
    }

    /// The thirds of the letters of each Latin name of a firm. When at most two letters differ, a third is unchanged.
    fn thirds(&self) -> Vec<u64> {
        let mut hashes = Vec::new();
        for letters in self.long_names() {
            for (nth, range) in thirds_of(letters.len()).into_iter().enumerate() {
                hashes.extend(
                    letters
                        .get(range)
                        .map(|third| hash(self.kind, (letters.len(), nth), third)),
                );
            }
        }
        hashes
    }

    /// The thirds that a name may have which differs from this one by two letters at most, as [`Entry::thirds`] keeps them.
    fn near_thirds(&self) -> Vec<u64> {
        let mut hashes = Vec::new();
        for letters in self.long_names() {
            for length in letters.len().saturating_sub(2)..=letters.len() + 2 {
                for (nth, range) in thirds_of(length).into_iter().enumerate() {
                    for start in range.start.saturating_sub(2)..=range.start + 2 {
                        let moved = letters.get(start..start + range.len());
                        hashes.extend(moved.map(|third| hash(self.kind, (length, nth), third)));
                    }
                }
            }
        }
        hashes
    }

    /// The letters of the Latin names of a firm that are long enough for a slip of the finger.
    fn long_names(&self) -> impl Iterator<Item = Vec<char>> {
        let latin = self
            .names
            .iter()
            .filter(|name| self.kind == Kind::Company && name.is_ascii());
        latin
            .map(|name| name.chars().filter(|c| *c != ' ').collect::<Vec<char>>())
            .filter(|letters| slack(letters.len()) > 0)
    }

    fn add_same(&mut self, reason: Reason, key: &str) {
        self.same.push((reason, hash(self.kind, reason, key)));
    }

    fn alike(&self, other: &Entry) -> Option<u8> {
        let alike = match self.kind {
            Kind::Company => alike_firms,
            Kind::Person => alike_people,
        };
        self.names
            .iter()
            .flat_map(|a| other.names.iter().filter_map(|b| alike(a, b)))
            .max()
    }
}

fn thirds_of(length: usize) -> [std::ops::Range<usize>; 3] {
    let third = length / 3;
    [0..third, third..2 * third, 2 * third..length]
}

fn worth(reason: Reason) -> u8 {
    match reason {
        Reason::Code => 96,
        Reason::Email => 94,
        Reason::Name => 92,
        Reason::Phone => 88,
        Reason::Similar => 70,
    }
}

/// Notes what is shared: the strongest gives the reason, each further one makes it a little surer.
fn note(found: &mut HashMap<u32, (Reason, u8)>, slot: u32, reason: Reason, score: u8) {
    found
        .entry(slot)
        .and_modify(|(known, best)| {
            let surer = if *known == reason { 0 } else { 1 };
            if score > *best {
                *known = reason;
            }
            *best = score.max(*best).saturating_add(surer).min(100);
        })
        .or_insert((reason, score));
}

fn hash(kind: Kind, what: impl Hash, key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, what, key).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
