//! Cells that hold several values: phones, e-mail addresses, web sites.

use super::{Build, Kept, Owner};
use crate::domain::contact::{PhoneKind, WebSite, email_is_plausible};
use crate::exchange::columns::{FieldTarget, PersonField, read_heading};
use crate::exchange::csv::RowProblem;
use crate::exchange::mapping::Column;
use crate::exchange::parse::{is_phone, list, phone_list, web_site};

impl Build<'_> {
    /// `電話: 3000 0001 傳真: 3000 0002` in one cell says itself what each number is.
    pub(super) fn take_phones(
        &mut self,
        at: usize,
        column: &Column,
        owner: Owner,
        kind: PhoneKind,
        text: &str,
    ) {
        for piece in phone_list(text) {
            let labelled = piece.split_once([':', '：']).and_then(|(label, number)| {
                let kind = match read_heading(label)?.target {
                    FieldTarget::Phone(kind) | FieldTarget::Person(PersonField::Phone(kind)) => {
                        kind
                    }
                    _ => return None,
                };
                Some((kind, number.trim().to_owned()))
            });
            let (kind, number) = labelled.unwrap_or((kind, piece));
            if is_phone(&number) {
                self.phones.push(Kept {
                    owner,
                    column: column.name.clone(),
                    value: (kind, number),
                });
            } else {
                self.warn(RowProblem::NotAPhone { column: at });
                self.keep_extra(owner, column.name.clone(), &number);
            }
        }
    }

    pub(super) fn take_emails(&mut self, at: usize, column: &Column, owner: Owner, text: &str) {
        for piece in list(text)
            .flat_map(|piece| piece.split([',', '，', ' ']))
            .filter(|piece| !piece.is_empty())
        {
            let address = piece.strip_prefix("mailto:").unwrap_or(piece).to_owned();
            if email_is_plausible(&address) {
                self.emails.push(Kept {
                    owner,
                    column: column.name.clone(),
                    value: address,
                });
            } else {
                self.warn(RowProblem::NotAnEmail { column: at });
                self.keep_extra(owner, column.name.clone(), piece);
            }
        }
    }

    pub(super) fn take_web_sites(&mut self, at: usize, column: &Column, text: &str) {
        for piece in list(text) {
            match web_site(piece) {
                Some(url) => {
                    let id = self.ids.new_id();
                    self.firm.web_sites.push(WebSite { id, url });
                    self.placed.push(Kept {
                        owner: Owner::Firm,
                        column: column.name.clone(),
                        value: piece.to_owned(),
                    });
                }
                None => {
                    self.warn(RowProblem::NotAWebSite { column: at });
                    self.keep_extra(Owner::Firm, column.name.clone(), piece);
                }
            }
        }
    }
}
