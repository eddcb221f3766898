//! A row is read: who it is about is known, and everything goes to its owner.

use super::{Build, Kept, Owner, add_line};
use crate::domain::contact::{Address, Email, Extra, Phone};
use crate::domain::lead::LeadBody;
use crate::exchange::csv::RowProblem;
use crate::exchange::mapping::Converted;
use crate::exchange::names::has_han;

impl Build<'_> {
    pub fn lead(self) -> (Option<Converted>, Vec<RowProblem>) {
        let mut body = LeadBody {
            name_zh: self.firm.name_zh,
            name_en: self.firm.name_en,
            industry: self.firm.industry,
            ..LeadBody::default()
        };
        let mut more: Vec<Extra> = Vec::new();
        for alias in self.firm.aliases {
            more.push(Extra {
                name: "alias".to_owned(),
                value: alias,
            });
        }
        for Kept {
            column,
            value: (_, number),
            ..
        } in self.phones
        {
            first_or_extra(&mut body.phone, &mut more, column, number);
        }
        for Kept { column, value, .. } in self.emails {
            first_or_extra(&mut body.email, &mut more, column, value);
        }
        for (label, text) in self.address.addresses() {
            // The second language of one address, not another address.
            if label.is_empty() {
                add_line(&mut body.address, &text);
            } else {
                more.push(Extra {
                    name: label,
                    value: text,
                })
            }
        }
        more.extend(self.extra.into_iter().map(|kept| Extra {
            name: kept.column,
            value: kept.value,
        }));
        body.extra = more;
        let named = !(body.name_zh.is_empty() && body.name_en.is_empty());
        (named.then_some(Converted::Lead(body)), self.warnings)
    }

    pub fn client(mut self) -> (Option<Converted>, Vec<RowProblem>) {
        let has_person = !(self.person.name_zh().is_empty() && self.person.name_en().is_empty());
        if self.firm.name_zh.is_empty()
            && self.firm.name_en.is_empty()
            && !self.firm.aliases.is_empty()
        {
            let alias = self.firm.aliases.remove(0);
            let name = if has_han(&alias) {
                &mut self.firm.name_zh
            } else {
                &mut self.firm.name_en
            };
            *name = alias;
        }
        let has_firm = !(self.firm.name_zh.is_empty() && self.firm.name_en.is_empty());
        // What belongs to somebody without a name goes to the other.
        let owner = |owner: Owner| match (has_firm, has_person) {
            (true, false) => Owner::Firm,
            (false, true) => Owner::Person,
            _ => owner,
        };
        for Kept {
            owner: of,
            value: (kind, number),
            ..
        } in std::mem::take(&mut self.phones)
        {
            let phone = Phone {
                id: self.ids.new_id(),
                kind,
                number,
            };
            match owner(of) {
                Owner::Firm => self.firm.phones.push(phone),
                Owner::Person => self.person.phones.push(phone),
            }
        }
        for Kept {
            owner: of,
            value: address,
            ..
        } in std::mem::take(&mut self.emails)
        {
            let email = Email {
                id: self.ids.new_id(),
                address,
            };
            match owner(of) {
                Owner::Firm => self.firm.emails.push(email),
                Owner::Person => self.person.emails.push(email),
            }
        }
        for (label, text) in self.address.addresses() {
            if has_firm {
                let id = self.ids.new_id();
                self.firm.addresses.push(Address { id, label, text });
            } else {
                let column = if label.is_empty() {
                    "address".to_owned()
                } else {
                    label
                };
                self.extra.push(Kept {
                    owner: Owner::Person,
                    column,
                    value: text,
                });
            }
        }
        let homeless = std::mem::take(&mut self.placed)
            .into_iter()
            .filter(|kept| owner(kept.owner) != kept.owner);
        let extra = std::mem::take(&mut self.extra);
        for kept in extra.into_iter().chain(homeless) {
            let value = Extra {
                name: kept.column,
                value: kept.value,
            };
            match owner(kept.owner) {
                Owner::Firm => self.firm.extra.push(value),
                Owner::Person => self.person.extra.push(value),
            }
        }
        let organisation = has_firm.then_some(self.firm);
        let person = has_person.then_some(self.person);
        let named = has_firm || has_person;
        (
            named.then_some(Converted::Client {
                organisation,
                person,
            }),
            self.warnings,
        )
    }
}

fn first_or_extra(slot: &mut String, more: &mut Vec<Extra>, column: String, value: String) {
    if slot.is_empty() {
        *slot = value;
    } else {
        more.push(Extra {
            name: column,
            value,
        });
    }
}
