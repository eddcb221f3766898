//! Each property goes to the field it is for, or is kept.

use super::{Build, EXTRA, FIRM_EN, INNER, ROLE};
use crate::domain::contact::{Address, Email, Extra, Phone, WebSite, email_is_plausible};
use crate::domain::person::{Occasion, Role};
use crate::exchange::parse::{is_phone, web_site};
use crate::exchange::vcard::names::{self, OTHER_NAME, PHONETIC_FAMILY, PHONETIC_GIVEN};
use crate::exchange::vcard::property::{Property, decode_base64};
use crate::exchange::vcard::reach::{self, Messenger};
use crate::exchange::vcard::{Picture, WarningKind, date};

impl Build<'_> {
    pub(super) fn take(&mut self, property: &Property) {
        let text = property.text();
        match property.name.as_str() {
            "VERSION" | "BEGIN" | "END" | "N" | "FN" | "NICKNAME" | "ORG" | FIRM_EN
            | OTHER_NAME | PHONETIC_FAMILY | PHONETIC_GIVEN | "X-ABLABEL" => {}
            "KIND" | "X-ABSHOWAS" if self.firm_only => {}
            "TITLE" if self.person.title.is_empty() => self.person.title = text,
            "TITLE" => self.extra("TITLE", &text),
            // Most programs write the job here or there, few both.
            "ROLE" if !self.has_title && self.person.title.is_empty() => self.person.title = text,
            ROLE => match serde_json::from_value::<Role>(text.as_str().into()) {
                Ok(role) => self.person.role = Some(role),
                Err(_) => self.keep(property),
            },
            "NOTE" if text.is_empty() => {}
            "NOTE" => {
                if !self.person.remark.is_empty() {
                    self.person.remark.push('\n');
                }
                self.person.remark.push_str(&text);
            }
            "TEL" => self.take_phone(property),
            "EMAIL" => self.take_email(property),
            "ADR" => self.take_address(property),
            "URL" => match web_site(&text).filter(|_| self.has_firm()) {
                Some(url) => {
                    self.name_by_label(property, &text);
                    let id = self.ids.new_id();
                    self.firm.web_sites.push(WebSite { id, url });
                }
                None => self.keep(property),
            },
            "BDAY" if text.is_empty() => {}
            "BDAY" => match date::read(property).filter(|_| self.person.birthday.is_none()) {
                Some((month, day, year)) => {
                    let id = self.ids.new_id();
                    self.person.birthday = Some(Occasion {
                        id,
                        label: String::new(),
                        month,
                        day,
                        year,
                    });
                }
                None => {
                    self.warn(property.line, WarningKind::NotADate);
                    self.keep(property);
                }
            },
            "X-ABDATE" | "ANNIVERSARY" | "X-ANNIVERSARY" => self.take_occasion(property),
            "PHOTO" => self.take_photo(property),
            EXTRA => {
                let mut parts = property.components().into_iter();
                let (name, value) = (
                    parts.next().unwrap_or_default(),
                    parts.next().unwrap_or_default(),
                );
                self.person.extra.push(Extra { name, value });
            }
            INNER => self.keep(property),
            _ => match reach::messenger(property) {
                Some((messenger, id)) => self.take_messenger(messenger, id),
                None => self.keep(property),
            },
        }
    }

    fn has_firm(&self) -> bool {
        !(self.firm.name_zh.is_empty() && self.firm.name_en.is_empty())
    }

    pub(super) fn take_firm(&mut self, property: &Property) {
        let mut parts = property.components().into_iter();
        let name = parts.next().unwrap_or_default();
        let department = parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" / ");
        let (zh, en) = names::firm(property, &name);
        let clash =
            |mine: &str, other: &str| !mine.is_empty() && !other.is_empty() && mine != other;
        if clash(&self.firm.name_zh, &zh) || clash(&self.firm.name_en, &en) {
            return self.keep(property);
        }
        if clash(&self.person.department, &department) {
            self.extra("ORG", &department);
        }
        for (mine, other) in [
            (&mut self.firm.name_zh, zh),
            (&mut self.firm.name_en, en),
            (&mut self.person.department, department),
        ] {
            if mine.is_empty() {
                *mine = other;
            }
        }
    }

    fn take_phone(&mut self, property: &Property) {
        let number = reach::number(property);
        if number.is_empty() {
            return;
        }
        let label = self.label(property).map(|(text, _)| text);
        let (kind, named) = reach::phone_kind(property, label.as_deref(), &number);
        if let Some(name) = named {
            self.extra(&name, &number);
        }
        if is_phone(&number) {
            let id = self.ids.new_id();
            self.person.phones.push(Phone { id, kind, number });
        } else {
            self.warn(property.line, WarningKind::NotAPhone);
            self.extra("TEL", &number);
        }
    }

    fn take_email(&mut self, property: &Property) {
        let text = property.text();
        let address = text.strip_prefix("mailto:").unwrap_or(&text).to_owned();
        self.name_by_label(property, &address);
        if email_is_plausible(&address) {
            let id = self.ids.new_id();
            self.person.emails.push(Email { id, address });
        } else if !address.is_empty() {
            self.warn(property.line, WarningKind::NotAnEmail);
            self.extra("EMAIL", &address);
        }
    }

    /// An address is the firm's; somebody's home stays a line of their card.
    fn take_address(&mut self, property: &Property) {
        let text = reach::address(property);
        let home = property.types().any(|of| of == "home");
        if text.is_empty() {
            return;
        }
        if home || !self.has_firm() {
            return self.keep(property);
        }
        let label = match self.label(property) {
            Some((text, false)) => text,
            _ => String::new(),
        };
        let id = self.ids.new_id();
        self.firm.addresses.push(Address { id, label, text });
    }

    fn take_occasion(&mut self, property: &Property) {
        let Some((month, day, year)) = date::read(property) else {
            self.warn(property.line, WarningKind::NotADate);
            return self.keep(property);
        };
        let label = match self.label(property) {
            Some((text, _)) => text,
            None if property.name == "X-ABDATE" => String::new(),
            None => "Anniversary".to_owned(),
        };
        let id = self.ids.new_id();
        self.person.occasions.push(Occasion {
            id,
            label,
            month,
            day,
            year,
        });
    }

    fn take_messenger(&mut self, messenger: Messenger, id: String) {
        let (slot, name) = match messenger {
            Messenger::WeChat => (&mut self.person.wechat, "WeChat"),
            Messenger::WhatsApp => (&mut self.person.whatsapp, "WhatsApp"),
            Messenger::Qq => return self.extra("QQ", &id),
        };
        if slot.is_empty() {
            *slot = id;
        } else if *slot != id {
            self.extra(name, &id);
        }
    }

    fn take_photo(&mut self, property: &Property) {
        if self.photo.is_some() || property.value.trim().is_empty() {
            return self.keep(property);
        }
        let data = property
            .value
            .trim()
            .strip_prefix("data:")
            .and_then(|rest| rest.split_once(','));
        let (bytes, media) = match data {
            Some((head, data)) if head.ends_with("base64") => {
                (decode_base64(data), head.split(';').next())
            }
            _ if property.is_base64() => (property.base64(), None),
            // An address on the network: never fetched.
            _ => return self.keep(property),
        };
        let Some(bytes) = bytes else {
            self.warn(property.line, WarningKind::BadPicture);
            return self.keep(property);
        };
        let named = media.map(str::to_owned).or_else(|| {
            let of = property
                .types()
                .find(|of| !matches!(of.as_str(), "home" | "work" | "pref" | ""));
            let of = property.param("MEDIATYPE").map(str::to_owned).or(of)?;
            Some(if of.contains('/') {
                of
            } else {
                format!("image/{of}")
            })
        });
        let media = sniff(&bytes)
            .map(str::to_owned)
            .or(named)
            .unwrap_or_else(|| "application/octet-stream".to_owned());
        self.photo = Some(Picture { media, bytes });
    }

    /// The label of a property's group; asking for it means it is told elsewhere.
    fn label(&mut self, property: &Property) -> Option<(String, bool)> {
        let group = property.group.as_ref()?;
        let label = self.labels.get(group)?;
        self.used_labels.push(group.clone());
        Some((label.text.clone(), label.standard))
    }

    /// What has no label of its own here stands among the extra values under it too.
    fn name_by_label(&mut self, property: &Property, value: &str) {
        if let Some((label, false)) = self.label(property) {
            self.extra(&label, value);
        }
    }

    pub(super) fn keep(&mut self, property: &Property) {
        self.kept
            .push((property.group.clone(), property.raw.clone()));
    }
}

/// The type a picture's first bytes say.
fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'B', b'M', ..] => Some("image/bmp"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}
