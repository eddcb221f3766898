//! Clients and contacts as the screens see them: held in memory, kept current by every save, asked by id and by list.
//! Timelines are not here; they are read from the store when a page is opened.

use std::collections::{BTreeSet, HashMap};

use super::clash::Clash;
use super::contact::Phone;
use super::id::Id;
use super::lead::Lead;
use super::organisation::{Organisation, Stage, Tier};
use super::person::Person;
use super::record::{AnyBody, AnyEntry, Entry};

#[derive(Debug, Default)]
pub struct Shelf {
    organisations: HashMap<Id, Entry<Organisation>>,
    persons: HashMap<Id, Entry<Person>>,
    people_of: HashMap<Id, BTreeSet<Id>>,
    children_of: HashMap<Id, BTreeSet<Id>>,
    leads: HashMap<Id, Lead>,
    /// Newest note or finished visit per organisation and person, Unix milliseconds.
    contacted: HashMap<Id, i64>,
    /// Those nobody has decided yet.
    clashes: HashMap<Id, Entry<Clash>>,
}

/// Which clients a list shows. An empty filter shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<Stage>,
    pub tier: Option<Tier>,
    pub segment: Option<String>,
    pub industry: Option<String>,
}

impl Filter {
    pub fn accepts(&self, client: &Organisation) -> bool {
        let same = |wanted: &Option<String>, have: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == have)
        };
        self.stage.is_none_or(|stage| stage == client.stage)
            && self.tier.is_none_or(|tier| Some(tier) == client.tier)
            && same(&self.segment, &client.segment)
            && same(&self.industry, &client.industry)
    }
}

impl Shelf {
    /// Takes in a record as it now stands. Deleted and merged ones leave the lists; kinds that are not held here only
    /// leave their mark on the last contact.
    pub fn put(&mut self, entry: &AnyEntry) {
        let id = entry.id();
        let gone = entry.envelope.deleted;
        match &entry.body {
            AnyBody::Organisation(body) => {
                if let Some(old) = self.organisations.remove(&id) {
                    unlink(&mut self.children_of, old.body.parent, id);
                }
                if !gone {
                    if body.merged_into.is_none() {
                        link(&mut self.children_of, body.parent, id);
                    }
                    self.organisations.insert(
                        id,
                        Entry {
                            envelope: entry.envelope.clone(),
                            body: body.clone(),
                        },
                    );
                }
            }
            AnyBody::Person(body) => {
                if let Some(old) = self.persons.remove(&id) {
                    unlink(&mut self.people_of, old.body.organisation, id);
                }
                if !gone {
                    if body.merged_into.is_none() {
                        link(&mut self.people_of, body.organisation, id);
                    }
                    self.persons.insert(
                        id,
                        Entry {
                            envelope: entry.envelope.clone(),
                            body: body.clone(),
                        },
                    );
                }
            }
            AnyBody::Note(body) if !gone => self.touch(&entry.body.links(), body.at.at_ms),
            AnyBody::Visit(body) if !gone => {
                if let Some(ended) = &body.ended {
                    self.touch(&entry.body.links(), ended.at_ms);
                }
            }
            AnyBody::Note(_)
            | AnyBody::Visit(_)
            | AnyBody::FollowUp(_)
            | AnyBody::Building(_)
            | AnyBody::Run(_)
            | AnyBody::DoorEvent(_) => {}
            AnyBody::Clash(body) => {
                self.clashes.remove(&id);
                if !gone && body.is_open() {
                    self.clashes.insert(
                        id,
                        Entry {
                            envelope: entry.envelope.clone(),
                            body: body.clone(),
                        },
                    );
                }
            }
        }
    }

    pub fn put_lead(&mut self, lead: Lead) {
        self.leads.insert(lead.id, lead);
    }

    /// Forgets everything an import brought, after it was taken back.
    pub fn drop_import(&mut self, import: Id) {
        self.leads.retain(|_, lead| lead.import != import);
        let gone = |envelope: &super::record::Envelope| envelope.import == Some(import);
        let organisations: Vec<Id> = self
            .organisations
            .values()
            .filter(|e| gone(&e.envelope))
            .map(Entry::id)
            .collect();
        for id in organisations {
            if let Some(old) = self.organisations.remove(&id) {
                unlink(&mut self.children_of, old.body.parent, id);
            }
        }
        let persons: Vec<Id> = self
            .persons
            .values()
            .filter(|e| gone(&e.envelope))
            .map(Entry::id)
            .collect();
        for id in persons {
            if let Some(old) = self.persons.remove(&id) {
                unlink(&mut self.people_of, old.body.organisation, id);
            }
        }
    }

    /// The organisation, or the one it was merged into.
    pub fn organisation(&self, id: Id) -> Option<&Entry<Organisation>> {
        follow(&self.organisations, id, |body| body.merged_into)
    }

    /// The person, or the one they were merged into.
    pub fn person(&self, id: Id) -> Option<&Entry<Person>> {
        follow(&self.persons, id, |body| body.merged_into)
    }

    /// What two sides changed and nobody has decided yet, the oldest first.
    pub fn clashes(&self) -> Vec<&Entry<Clash>> {
        let mut open: Vec<_> = self.clashes.values().collect();
        // The id settles ties, so that rows do not change places between two readings.
        open.sort_by_key(|entry| (entry.envelope.created.at.at_ms, entry.id()));
        open
    }

    /// The same for one record.
    pub fn clashes_of(&self, record: Id) -> Vec<&Entry<Clash>> {
        let mut open = self.clashes();
        open.retain(|entry| entry.body.record == record);
        open
    }

    pub fn lead(&self, id: Id) -> Option<&Lead> {
        self.leads.get(&id)
    }

    pub fn leads(&self) -> impl Iterator<Item = &Lead> {
        self.leads.values()
    }

    pub fn organisations(&self) -> impl Iterator<Item = &Entry<Organisation>> {
        self.organisations
            .values()
            .filter(|entry| entry.body.merged_into.is_none())
    }

    pub fn persons(&self) -> impl Iterator<Item = &Entry<Person>> {
        self.persons
            .values()
            .filter(|entry| entry.body.merged_into.is_none())
    }

    pub fn people_of(&self, organisation: Id) -> Vec<&Entry<Person>> {
        let ids = self.people_of.get(&organisation).into_iter().flatten();
        ids.filter_map(|id| self.persons.get(id)).collect()
    }

    pub fn children_of(&self, organisation: Id) -> Vec<&Entry<Organisation>> {
        let ids = self.children_of.get(&organisation).into_iter().flatten();
        ids.filter_map(|id| self.organisations.get(id)).collect()
    }

    /// The parent and everything above it, nearest first; a circle in damaged data ends the walk.
    pub fn ancestors(&self, parent: Option<Id>) -> Vec<Id> {
        let mut above = Vec::new();
        let mut next = parent;
        while let Some(id) = next {
            if above.contains(&id) {
                break;
            }
            above.push(id);
            next = self
                .organisations
                .get(&id)
                .and_then(|entry| entry.body.parent);
        }
        above
    }

    /// Every record whose links may name this organisation: itself and what was merged into it.
    pub fn merged_from(&self, id: Id) -> Vec<Id> {
        let organisations = self
            .organisations
            .values()
            .filter(|e| e.body.merged_into == Some(id))
            .map(Entry::id);
        let persons = self
            .persons
            .values()
            .filter(|e| e.body.merged_into == Some(id))
            .map(Entry::id);
        organisations.chain(persons).collect()
    }

    pub fn last_contact_ms(&self, id: Id) -> Option<i64> {
        self.contacted.get(&id).copied()
    }

    /// Clients or contacts, those in touch most recently first.
    pub fn recently_contacted(&self, people: bool) -> Vec<AnyEntry> {
        let latest =
            |id: Id, changed_ms: i64| self.last_contact_ms(id).unwrap_or(0).max(changed_ms);
        let mut recent: Vec<(i64, Id)> = if people {
            self.persons()
                .map(|entry| (latest(entry.id(), entry.envelope.changed_ms), entry.id()))
                .collect()
        } else {
            self.organisations()
                .map(|entry| (latest(entry.id(), entry.envelope.changed_ms), entry.id()))
                .collect()
        };
        // Far more than any list of suggestions shows; the rest need not be put in order.
        recent.sort_unstable_by(|a, b| b.cmp(a));
        recent.truncate(20);
        let entry = |id: Id| match people {
            true => self.persons.get(&id).cloned().map(Entry::into_any),
            false => self.organisations.get(&id).cloned().map(Entry::into_any),
        };
        recent.into_iter().filter_map(|(_, id)| entry(id)).collect()
    }

    /// Notes that somebody was in touch; earlier ones than known change nothing.
    fn touch(&mut self, ids: &[Id], at_ms: i64) {
        for id in ids {
            let latest = self.contacted.entry(*id).or_insert(at_ms);
            *latest = (*latest).max(at_ms);
        }
    }

    /// The phones a tap may dial for a client: its own first, then its people's who did not opt out.
    pub fn phones_of(&self, organisation: Id) -> Vec<&Phone> {
        let own = self
            .organisation(organisation)
            .into_iter()
            .flat_map(|entry| &entry.body.phones);
        let people = self
            .people_of(organisation)
            .into_iter()
            .filter(|entry| !entry.body.opted_out());
        own.chain(people.flat_map(|entry| &entry.body.phones))
            .collect()
    }
}

fn follow<B>(
    map: &HashMap<Id, Entry<B>>,
    id: Id,
    merged_into: impl Fn(&B) -> Option<Id>,
) -> Option<&Entry<B>> {
    let mut entry = map.get(&id)?;
    // A chain of merges is short; the bound keeps damaged data from hanging the page.
    for _ in 0..16 {
        match merged_into(&entry.body).and_then(|into| map.get(&into)) {
            Some(into) => entry = into,
            None => break,
        }
    }
    Some(entry)
}

fn link(index: &mut HashMap<Id, BTreeSet<Id>>, key: Option<Id>, id: Id) {
    if let Some(key) = key {
        index.entry(key).or_default().insert(id);
    }
}

fn unlink(index: &mut HashMap<Id, BTreeSet<Id>>, key: Option<Id>, id: Id) {
    if let Some(ids) = key.and_then(|key| index.get_mut(&key)) {
        ids.remove(&id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clash::{Aside, Attempt, Author, Chosen, Kept};
    use crate::domain::note::NoteRole;
    use crate::domain::note::tests::entry as note;
    use crate::domain::record::Kind;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), &[n; 10])
    }

    fn organisation(n: u8, parent: Option<u8>, merged_into: Option<u8>) -> AnyEntry {
        let envelope = note(n, 0, "x", NoteRole::Original).envelope;
        let body = Organisation {
            name_zh: n.to_string(),
            parent: parent.map(id),
            merged_into: merged_into.map(id),
            ..Default::default()
        };
        Entry { envelope, body }.into_any()
    }

    fn clash(n: u8, record: u8, at_ms: i64, chosen: Option<Chosen>) -> AnyEntry {
        let mut envelope = note(n, 0, "x", NoteRole::Original).envelope;
        envelope.created.at.at_ms = at_ms;
        let by = Author {
            user: "Wing".into(),
            device: "Phone".into(),
            at: envelope.created.at.clone(),
        };
        let body = Clash {
            record: id(record),
            of: Kind::Organisation,
            kept: Kept {
                value: "a".into(),
                by: by.clone(),
            },
            aside: Aside {
                what: Attempt::Delete,
                by,
            },
            chosen,
        };
        Entry { envelope, body }.into_any()
    }

    #[test]
    fn a_clash_is_there_until_it_is_decided_or_deleted() {
        let mut shelf = Shelf::default();
        for entry in [
            clash(1, 7, 30, None),
            clash(2, 8, 10, None),
            clash(3, 7, 20, None),
        ] {
            shelf.put(&entry);
        }
        let ids = |open: Vec<&Entry<Clash>>| open.into_iter().map(Entry::id).collect::<Vec<_>>();
        assert_eq!(ids(shelf.clashes()), [id(2), id(3), id(1)]);
        assert_eq!(ids(shelf.clashes_of(id(7))), [id(3), id(1)]);
        shelf.put(&clash(3, 7, 20, Some(Chosen::Kept)));
        let mut gone = clash(2, 8, 10, None);
        gone.envelope.deleted = true;
        shelf.put(&gone);
        assert_eq!(ids(shelf.clashes()), [id(1)]);
        // Undoing a choice opens it again.
        shelf.put(&clash(3, 7, 20, None));
        assert_eq!(ids(shelf.clashes_of(id(7))), [id(3), id(1)]);
    }

    #[test]
    fn a_merged_record_answers_with_the_one_it_went_into() {
        let mut shelf = Shelf::default();
        shelf.put(&organisation(1, None, None));
        shelf.put(&organisation(2, None, Some(1)));
        assert_eq!(shelf.organisation(id(2)).map(Entry::id), Some(id(1)));
        assert_eq!(shelf.organisations().count(), 1);
        assert_eq!(shelf.merged_from(id(1)), [id(2)]);
    }

    #[test]
    fn the_tree_follows_every_change_of_parent() {
        let mut shelf = Shelf::default();
        for entry in [
            organisation(1, None, None),
            organisation(2, Some(1), None),
            organisation(3, Some(2), None),
        ] {
            shelf.put(&entry);
        }
        assert_eq!(shelf.ancestors(Some(id(3))), [id(3), id(2), id(1)]);
        shelf.put(&organisation(3, Some(1), None));
        assert_eq!(shelf.children_of(id(1)).len(), 2);
        assert!(shelf.children_of(id(2)).is_empty());
        // A circle made by a damaged file ends the walk instead of hanging it.
        shelf.put(&organisation(1, Some(3), None));
        assert_eq!(shelf.ancestors(Some(id(1))).len(), 2);
    }
}
