//! From the rows of a file to what is written: which rows are alike what is there already, what a person decided for
//! them, and the list of records that comes of it. The list is what an interrupted import goes on from, so it holds
//! ids and bodies and needs nothing else.

mod fill;
mod known;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::consent::{Consent, ConsentState};
use crate::domain::han::HanTable;
use crate::domain::id::{Id, NewId};
use crate::domain::import::{Decision, Target};
use crate::domain::lead::LeadBody;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
pub use fill::{fill_organisation, fill_person};
pub use known::Known;

/// One row of a file, or one card, as it was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FileRow {
    /// 1-based line of the file; for a card its number.
    pub line: u32,
    /// A client or a lead.
    pub firm: Option<Made>,
    pub person: Option<Person>,
    pub photo: Option<RawPhoto>,
    /// The person is on the list of those who opted out.
    pub suppressed: bool,
}

/// A card's picture as it came; it is scaled only when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawPhoto {
    pub mime: String,
    pub base64: String,
}

/// A record or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    Book(Id),
    /// Position among the rows checked, from 0.
    Row(usize),
}

/// What a row is alike, as far as it has to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like {
    New,
    /// Another contact of a firm further up in the file; nothing to decide.
    Joins(usize),
    Book(Id),
    Row(usize),
}

/// A row with what it is alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    pub row: FileRow,
    pub like: Like,
    firm: Option<At>,
    person: Option<At>,
}

/// Finds out row by row what a file brings.
pub struct Planner {
    target: Target,
    known: Known,
    pub rows: Vec<Checked>,
}

/// How many rows there are of each sort.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: usize,
    pub joins: usize,
    pub book: usize,
    pub twins: usize,
    pub opted_out: usize,
}

/// What was decided: for all rows alike the book, for all alike another row, and for single ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Decisions {
    pub book: Decision,
    pub twins: Decision,
    pub single: HashMap<usize, Decision>,
}

/// One record to write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Item {
    Create {
        id: Id,
        made: Made,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<RawPhoto>,
    },
    /// Adds what a record of the book lacks.
    Fill {
        id: Id,
        made: Made,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<RawPhoto>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Made {
    Organisation(Organisation),
    Person(Person),
    Lead(LeadBody),
}

/// The records to write, in order, and the rows that bring none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    pub items: Vec<Item>,
    pub skipped: u32,
}

impl Planner {
    /// `known` holds the records of the book that rows are compared with: firms and leads, and people.
    pub fn new(target: Target, known: Known) -> Self {
        Self {
            target,
            known,
            rows: Vec::new(),
        }
    }

    pub fn target(&self) -> Target {
        self.target
    }

    pub fn add(&mut self, row: FileRow, han: &HanTable) {
        let here = At::Row(self.rows.len());
        let firm = row
            .firm
            .as_ref()
            .and_then(|made| self.known.firm(&made.names(), han));
        let of_firm = firm.or(row.firm.is_some().then_some(here));
        let person = row
            .person
            .as_ref()
            .and_then(|body| self.known.person(body, of_firm, han));
        if let (Some(made), None) = (&row.firm, firm) {
            self.known.put_firm(&made.names(), here, han);
        }
        if let (Some(body), None) = (&row.person, person) {
            self.known.put_person(body, of_firm, here, han);
        }
        let like = self.like(&row, firm, person);
        self.rows.push(Checked {
            row,
            like,
            firm,
            person,
        });
    }

    fn like(&self, row: &FileRow, firm: Option<At>, person: Option<At>) -> Like {
        let is_new_person = row.person.is_some() && person.is_none();
        // On a card the firm only says where the person works.
        let firm = firm.filter(|_| self.target != Target::People || row.person.is_none());
        match (firm, person) {
            (Some(At::Row(at)), _) if is_new_person => Like::Joins(at),
            (Some(At::Book(id)), _) => Like::Book(id),
            (Some(At::Row(at)), _) => Like::Row(at),
            (None, Some(At::Book(id))) => Like::Book(id),
            (None, Some(At::Row(at))) => Like::Row(at),
            (None, None) => Like::New,
        }
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for checked in &self.rows {
            match checked.like {
                Like::New => tally.new += 1,
                Like::Joins(_) => tally.joins += 1,
                Like::Book(_) => tally.book += 1,
                Like::Row(_) => tally.twins += 1,
            }
            tally.opted_out += usize::from(checked.row.suppressed);
        }
        tally
    }

    /// How many rows bring something under these decisions.
    pub fn taken(&self, decisions: &Decisions) -> usize {
        (0..self.rows.len())
            .filter(|at| self.decision(*at, decisions) != Decision::Skip)
            .count()
    }

    /// What happens with a row; new ones are added.
    pub fn decision(&self, at: usize, decisions: &Decisions) -> Decision {
        let general = match self.rows.get(at).map(|checked| checked.like) {
            Some(Like::New) | None => return Decision::Add,
            Some(Like::Joins(_)) => return Decision::Fill,
            Some(Like::Book(_)) => decisions.book,
            Some(Like::Row(_)) => decisions.twins,
        };
        decisions.single.get(&at).copied().unwrap_or(general)
    }

    /// Turns the rows into records. `today` dates the refusal noted on people who had opted out.
    pub fn plan(&self, decisions: &Decisions, today: NaiveDate, ids: &mut dyn NewId) -> Plan {
        let mut draft = PlanDraft::new(self.target);
        for at in 0..self.rows.len() {
            self.plan_row(at, decisions, today, ids, &mut draft);
        }
        draft.finish()
    }

    /// As [`Planner::plan`], one row at a time, for a caller that has to let others work in between.
    pub fn plan_row(
        &self,
        at: usize,
        decisions: &Decisions,
        today: NaiveDate,
        ids: &mut dyn NewId,
        draft: &mut PlanDraft,
    ) {
        let Some(checked) = self.rows.get(at) else {
            return;
        };
        let decision = self.decision(at, decisions);
        let firm = draft.firm(checked, decision, ids);
        draft.firms.push(firm);
        let person = draft.person(checked, decision, firm, today, ids);
        draft.people.push(person);
        if decision == Decision::Skip {
            draft.plan.skipped += 1;
        }
    }
}

/// A plan while it is made.
pub struct PlanDraft {
    target: Target,
    plan: Plan,
    /// Where a record's item stands.
    items: HashMap<Id, usize>,
    /// For every row, the record its firm and its person went to.
    firms: Vec<Option<Id>>,
    people: Vec<Option<Id>>,
    /// The firm made beside one of the book, so that further rows of it go there too.
    beside: HashMap<Id, Id>,
}

impl PlanDraft {
    pub fn new(target: Target) -> Self {
        Self {
            target,
            plan: Plan::default(),
            items: HashMap::new(),
            firms: Vec::new(),
            people: Vec::new(),
            beside: HashMap::new(),
        }
    }

    /// New records come first: they stay hidden until the import is committed, while what is filled into others is
    /// seen at once.
    pub fn finish(self) -> Plan {
        let Plan { mut items, skipped } = self.plan;
        items.sort_by_key(|item| matches!(item, Item::Fill { .. }));
        Plan { items, skipped }
    }

    fn firm(&mut self, checked: &Checked, decision: Decision, ids: &mut dyn NewId) -> Option<Id> {
        let made = checked.row.firm.as_ref()?;
        // On a card the firm only says where the person works: one that is there is not made a second time.
        let linked = self.target == Target::People && checked.row.person.is_some();
        let there = match checked.firm {
            Some(At::Book(id)) => Some(self.beside.get(&id).copied().unwrap_or(id)),
            Some(At::Row(at)) => self.firms.get(at).copied().flatten(),
            None => None,
        };
        let beside = |id: Id| matches!(checked.firm, Some(At::Book(book)) if book != id);
        match there {
            there if decision == Decision::Skip => there,
            Some(id) if linked || decision == Decision::Fill || beside(id) => {
                if !(linked && made.is_only_a_name()) {
                    self.fill(id, made.clone(), None);
                }
                Some(id)
            }
            _ => {
                let id = ids.new_id();
                if let Some(At::Book(book)) = checked.firm {
                    self.beside.insert(book, id);
                }
                self.create(id, made.clone(), None);
                Some(id)
            }
        }
    }

    fn person(
        &mut self,
        checked: &Checked,
        decision: Decision,
        firm: Option<Id>,
        today: NaiveDate,
        ids: &mut dyn NewId,
    ) -> Option<Id> {
        let body = checked
            .row
            .person
            .as_ref()
            .filter(|_| self.target != Target::Leads)?;
        let there = match checked.person {
            Some(At::Book(id)) => Some(id),
            Some(At::Row(at)) => self.people.get(at).copied().flatten(),
            None => None,
        };
        if decision == Decision::Skip {
            return there;
        }
        let mut body = Person {
            organisation: firm,
            ..body.clone()
        };
        if checked.row.suppressed && !body.opted_out() {
            body.consents.push(Consent {
                id: ids.new_id(),
                state: ConsentState::OptedOut,
                on: today,
                by: String::new(),
                words: String::new(),
                source: String::new(),
            });
        }
        if let Some(id) = there.filter(|_| decision == Decision::Fill) {
            self.fill(id, Made::Person(body), checked.row.photo.clone());
            return Some(id);
        }
        let id = ids.new_id();
        self.create(id, Made::Person(body), checked.row.photo.clone());
        Some(id)
    }

    fn create(&mut self, id: Id, made: Made, photo: Option<RawPhoto>) {
        self.items.insert(id, self.plan.items.len());
        self.plan.items.push(Item::Create { id, made, photo });
    }

    /// Lays a row over the record it goes to. All that one record gets stands in one item, so that no record is written
    /// twice in a chunk.
    fn fill(&mut self, id: Id, made: Made, picture: Option<RawPhoto>) {
        let item = self
            .items
            .get(&id)
            .and_then(|at| self.plan.items.get_mut(*at));
        match (item, made) {
            (
                Some(
                    Item::Create {
                        made: have, photo, ..
                    }
                    | Item::Fill {
                        made: have, photo, ..
                    },
                ),
                made,
            ) => {
                have.fill_with(&made);
                *photo = photo.take().or(picture);
            }
            // Leads are reference data: one that is there is not written again.
            (None, Made::Lead(_)) => {}
            (None, made) => {
                self.items.insert(id, self.plan.items.len());
                self.plan.items.push(Item::Fill {
                    id,
                    made,
                    photo: picture,
                });
            }
        }
    }
}

impl Made {
    /// Every name of a firm.
    fn names(&self) -> Vec<&str> {
        match self {
            Made::Organisation(body) => firm_names(body),
            Made::Lead(body) => vec![&body.name_zh, &body.name_en],
            Made::Person(_) => Vec::new(),
        }
    }

    fn is_only_a_name(&self) -> bool {
        match self {
            Made::Organisation(body) => {
                let names = Organisation {
                    name_zh: body.name_zh.clone(),
                    name_en: body.name_en.clone(),
                    stage: body.stage,
                    ..Organisation::default()
                };
                *body == names
            }
            Made::Person(_) | Made::Lead(_) => false,
        }
    }

    fn fill_with(&mut self, other: &Made) {
        match (self, other) {
            (Made::Organisation(have), Made::Organisation(more)) => {
                *have = fill_organisation(have, more)
            }
            (Made::Person(have), Made::Person(more)) => *have = fill_person(have, more),
            (Made::Lead(have), Made::Lead(more)) => fill::fill_lead(have, more),
            // A firm and a person never share an id.
            _ => {}
        }
    }
}

/// Every name of a client.
pub fn firm_names(body: &Organisation) -> Vec<&str> {
    [&body.name_zh, &body.name_en]
        .into_iter()
        .chain(&body.aliases)
        .map(String::as_str)
        .collect()
}

#[cfg(test)]
mod tests;
