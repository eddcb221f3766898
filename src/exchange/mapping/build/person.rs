//! Cells about the contact.

use super::{Build, Owner, add_line, set};
use crate::domain::person::Occasion;
use crate::exchange::columns::{PersonField, person_extra_name};
use crate::exchange::mapping::Column;
use crate::exchange::names::{has_han, person_name};
use crate::exchange::parse::{list, yearly_date};
use crate::exchange::values;

impl Build<'_> {
    pub(super) fn take_person(
        &mut self,
        at: usize,
        column: &Column,
        field: PersonField,
        text: &str,
    ) {
        use PersonField as P;
        let owned = text.to_owned();
        let han = has_han(text);
        let fits = match field {
            // A name has no place among the extra values of a firm: without one there is no person.
            P::Name | P::NameZh | P::NameEn => {
                if !person_name(text).fill(&mut self.person) {
                    self.keep_extra(Owner::Person, column.name.clone(), text);
                }
                return;
            }
            P::FamilyZh => set(&mut self.person.family_zh, owned),
            P::Family if han => set(&mut self.person.family_zh, owned),
            P::FamilyEn | P::Family => set(&mut self.person.family_en, owned),
            P::GivenZh => set(&mut self.person.given_zh, owned),
            P::Given if han => set(&mut self.person.given_zh, owned),
            P::GivenEn | P::Given => set(&mut self.person.given_en, owned),
            P::Title => set(&mut self.person.title, owned),
            P::Department => set(&mut self.person.department, owned),
            P::WeChat => set(&mut self.person.wechat, owned),
            P::WhatsApp => set(&mut self.person.whatsapp, owned),
            P::Remark => add_line(&mut self.person.remark, text),
            P::Honorific => self.word(at, values::honorific(text), |build, value| {
                build.person.honorific = Some(value)
            }),
            P::Role => self.word(at, values::role(text), |build, value| {
                build.person.role = Some(value)
            }),
            P::Birthday => self.date(at, yearly_date(text), |build, (month, day, year)| {
                let id = build.ids.new_id();
                build.person.birthday = Some(Occasion {
                    id,
                    label: String::new(),
                    month,
                    day,
                    year,
                });
            }),
            P::Occasions => self.take_occasions(at, text),
            P::Phone(kind) => return self.take_phones(at, column, Owner::Person, kind, text),
            P::Email => return self.take_emails(at, column, Owner::Person, text),
            P::Extra => {
                let name = person_extra_name(&column.name)
                    .unwrap_or(&column.name)
                    .to_owned();
                return self.keep_extra(Owner::Person, name, text);
            }
        };
        self.placed_or_extra(fits, Owner::Person, column, text);
    }

    /// `label: 11-23; label: 1985-11-23`, all of it or nothing.
    fn take_occasions(&mut self, at: usize, text: &str) -> bool {
        let read = |piece: &str| {
            let (label, date) = piece.rsplit_once([':', '：'])?;
            Some((label.trim().to_owned(), yearly_date(date)?))
        };
        let dates: Option<Vec<_>> = list(text).map(read).collect();
        self.date(at, dates, |build, dates| {
            for (label, (month, day, year)) in dates {
                let id = build.ids.new_id();
                build.person.occasions.push(Occasion {
                    id,
                    label,
                    month,
                    day,
                    year,
                });
            }
        })
    }
}
