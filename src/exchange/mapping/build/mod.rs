//! Gathers the cells of one row into records.

mod finish;
mod lists;
mod person;

use super::address::Parts;
use super::{Column, Mapping};
use crate::domain::contact::PhoneKind;
use crate::domain::id::NewId;
use crate::domain::import::Target;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::domain::time::parse_date;
use crate::exchange::columns::{FieldTarget, PersonField};
use crate::exchange::csv::RowProblem;
use crate::exchange::names::split_firm;
use crate::exchange::parse::list;
use crate::exchange::values;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Firm,
    Person,
}

/// A value with the column it came from, for when its owner turns out to have no name.
struct Kept<T> {
    owner: Owner,
    column: String,
    value: T,
}

pub struct Build<'a> {
    mapping: &'a Mapping,
    ids: &'a mut dyn NewId,
    firm: Organisation,
    person: Person,
    phones: Vec<Kept<(PhoneKind, String)>>,
    emails: Vec<Kept<String>>,
    address: Parts,
    /// Cells that stand in a field of `firm` or `person` already.
    placed: Vec<Kept<String>>,
    extra: Vec<Kept<String>>,
    warnings: Vec<RowProblem>,
}

impl<'a> Build<'a> {
    pub fn new(mapping: &'a Mapping, ids: &'a mut dyn NewId) -> Self {
        Self {
            mapping,
            ids,
            firm: Organisation {
                stage: mapping.stage,
                ..Organisation::default()
            },
            person: Person::default(),
            phones: Vec::new(),
            emails: Vec::new(),
            address: Parts::default(),
            placed: Vec::new(),
            extra: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub fn warn(&mut self, problem: RowProblem) {
        if !self.warnings.contains(&problem) {
            self.warnings.push(problem);
        }
    }

    /// A cell beyond the last column.
    pub fn surplus(&mut self, name: String, text: &str) {
        self.keep_extra(Owner::Firm, name, text);
    }

    /// Puts a cell where its column says.
    pub fn take(&mut self, at: usize, column: &Column, text: &str) {
        if self.mapping.target == Target::Leads {
            return self.take_for_lead(at, column, text);
        }
        match column.target {
            FieldTarget::Person(field) => self.take_person(at, column, field, text),
            target => self.take_firm(at, column, target, text),
        }
    }

    /// A lead has few fields; the other columns keep their names until it becomes a client.
    fn take_for_lead(&mut self, at: usize, column: &Column, text: &str) {
        use FieldTarget as F;
        match column.target {
            F::Person(PersonField::Name | PersonField::NameZh | PersonField::NameEn)
                if !self.firm_columns() =>
            {
                self.name(text);
            }
            F::Name
            | F::NameZh
            | F::NameEn
            | F::Phone(_)
            | F::Email
            | F::Address
            | F::District
            | F::Industry
            | F::LeaveOut => {
                self.take_firm(at, column, column.target, text);
            }
            _ => self.keep_extra(Owner::Firm, column.name.clone(), text),
        }
    }

    fn firm_columns(&self) -> bool {
        let names = [FieldTarget::Name, FieldTarget::NameZh, FieldTarget::NameEn];
        self.mapping
            .columns
            .iter()
            .any(|column| names.contains(&column.target))
    }

    fn take_firm(&mut self, at: usize, column: &Column, target: FieldTarget, text: &str) {
        use FieldTarget as F;
        let owned = text.to_owned();
        let fits = match target {
            F::Name => return self.name(text),
            F::NameZh => return set_name(&mut self.firm.name_zh, &mut self.firm.aliases, owned),
            F::NameEn => return set_name(&mut self.firm.name_en, &mut self.firm.aliases, owned),
            F::Alias => return self.firm.aliases.extend(list(text).map(str::to_owned)),
            F::Phone(kind) => return self.take_phones(at, column, Owner::Firm, kind, text),
            F::Email => return self.take_emails(at, column, Owner::Firm, text),
            F::WebSite => return self.take_web_sites(at, column, text),
            F::Address => return self.address.streets.push((column.name.clone(), owned)),
            F::District => return self.address.districts.push(owned),
            F::LeaveOut => return,
            F::Extra | F::Person(_) => {
                return self.keep_extra(Owner::Firm, column.name.clone(), text);
            }
            F::Industry => set(&mut self.firm.industry, owned),
            F::Segment => set(&mut self.firm.segment, owned),
            F::SourceNote => set(&mut self.firm.source_note, owned),
            F::Remark => add_line(&mut self.firm.remark, text),
            F::Tier => self.word(at, values::tier(text), |build, tier| {
                build.firm.tier = Some(tier)
            }),
            F::Stage => self.word(at, values::stage(text), |build, stage| {
                build.firm.stage = stage
            }),
            F::Source => self.word(at, values::source(text), |build, source| {
                build.firm.source = Some(source)
            }),
            F::LastChecked => self.date(at, parse_date(text), |build, day| {
                build.firm.last_checked = Some(day)
            }),
        };
        self.placed_or_extra(fits, Owner::Firm, column, text);
    }

    fn name(&mut self, text: &str) {
        let (zh, en) = split_firm(text);
        set_name(&mut self.firm.name_zh, &mut self.firm.aliases, zh);
        set_name(&mut self.firm.name_en, &mut self.firm.aliases, en);
    }

    fn word<T>(&mut self, at: usize, value: Option<T>, put: impl Fn(&mut Self, T)) -> bool {
        self.read(value, RowProblem::UnknownWord { column: at }, put)
    }

    fn date<T>(&mut self, at: usize, value: Option<T>, put: impl Fn(&mut Self, T)) -> bool {
        self.read(value, RowProblem::NotADate { column: at }, put)
    }

    fn read<T>(
        &mut self,
        value: Option<T>,
        otherwise: RowProblem,
        put: impl Fn(&mut Self, T),
    ) -> bool {
        match value {
            Some(value) => put(self, value),
            None => {
                self.warn(otherwise);
                return false;
            }
        }
        true
    }

    fn placed_or_extra(&mut self, fits: bool, owner: Owner, column: &Column, text: &str) {
        let kept = Kept {
            owner,
            column: column.name.clone(),
            value: text.to_owned(),
        };
        if fits {
            self.placed.push(kept)
        } else {
            self.extra.push(kept)
        }
    }

    fn keep_extra(&mut self, owner: Owner, column: String, text: &str) {
        self.extra.push(Kept {
            owner,
            column,
            value: text.to_owned(),
        });
    }
}

/// Takes a single value; `false` if another one is there already.
fn set(slot: &mut String, text: String) -> bool {
    if slot.is_empty() {
        *slot = text;
        return true;
    }
    *slot == text
}

fn set_name(slot: &mut String, aliases: &mut Vec<String>, name: String) {
    if slot.is_empty() {
        *slot = name;
    } else if !name.is_empty() && *slot != name && !aliases.contains(&name) {
        aliases.push(name);
    }
}

fn add_line(slot: &mut String, text: &str) -> bool {
    if !slot.is_empty() {
        slot.push('\n');
    }
    slot.push_str(text);
    true
}
