//! Cards for other phones and programs.

mod names;

use super::property::{encode_base64, escape};
use super::{Picture, Version, card, date, reach};
use crate::domain::contact::{Address, Email, Extra, Phone, WebSite};
use crate::domain::organisation::Organisation;
use crate::domain::person::{Occasion, Person};
use names::is_in_name;

#[derive(Debug, Clone, Copy)]
pub struct WriteOptions<'a> {
    pub version: Version,
    pub photo: Option<&'a Picture>,
    /// Whether the remark goes out as a note: it may be meant for one's own eyes.
    pub remark: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    #[error("the person does not want to be contacted")]
    OptedOut,
    #[error("neither a person nor a firm with a name")]
    Nobody,
}

/// One card, with CR LF and folded at 75 octets (RFC 6350 §3.2). With a person it is theirs, and of the firm it has names,
/// addresses and web sites; without one it is the firm's.
pub fn write(
    person: Option<&Person>,
    firm: Option<&Organisation>,
    options: WriteOptions,
) -> Result<String, WriteError> {
    if person.is_some_and(Person::opted_out) {
        return Err(WriteError::OptedOut);
    }
    let named = |person: &&Person| !(person.name_zh().is_empty() && person.name_en().is_empty());
    let person = person.filter(named);
    let firm = firm.filter(|firm| !(firm.name_zh.is_empty() && firm.name_en.is_empty()));
    let mut out = Out {
        text: String::new(),
        version: options.version,
        group: 0,
    };
    out.line("BEGIN:VCARD");
    out.line(match options.version {
        Version::V3 => "VERSION:3.0",
        Version::V4 => "VERSION:4.0",
    });
    match (person, firm) {
        (Some(person), firm) => out.person(person, firm, options),
        (None, Some(firm)) => out.firm(firm, options),
        (None, None) => return Err(WriteError::Nobody),
    }
    out.line("END:VCARD");
    Ok(out.text)
}

struct Out {
    text: String,
    version: Version,
    /// The last `itemN` used.
    group: u32,
}

impl Out {
    fn is_v3(&self) -> bool {
        self.version == Version::V3
    }

    /// Folds between characters, never inside one.
    fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars().filter(|c| !matches!(c, '\r' | '\n')) {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = 74;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// `head:value`, the value escaped; nothing for an empty value.
    fn put(&mut self, head: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{head}:{}", escape(value)));
        }
    }

    fn put_parts(&mut self, head: &str, parts: &[&str]) {
        let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
        self.line(&format!("{head}:{}", parts.join(";")));
    }

    /// A property with a label of the user's own words.
    fn labelled(&mut self, label: &str, line: &str) {
        self.group += 1;
        let group = self.group;
        self.line(&format!("item{group}.{line}"));
        self.line(&format!("item{group}.X-ABLabel:{}", escape(label)));
    }

    fn person(&mut self, person: &Person, firm: Option<&Organisation>, options: WriteOptions) {
        self.group = last_group(&person.vcard);
        match self.version {
            Version::V3 => self.names_v3(person),
            Version::V4 => self.names_v4(person),
        }
        self.org(firm, &person.department);
        self.put("TITLE", &person.title);
        if let Some(role) = person.role.and_then(|role| serde_json::to_value(role).ok()) {
            self.put(card::ROLE, role.as_str().unwrap_or_default());
        }
        self.reach(&person.phones, &person.emails);
        if let Some(firm) = firm {
            self.place(&firm.addresses, &firm.web_sites);
        }
        self.put("X-WECHAT", &person.wechat);
        self.put("X-WHATSAPP", &person.whatsapp);
        if let Some(Occasion {
            month, day, year, ..
        }) = person.birthday
        {
            let (params, value) = match self.version {
                Version::V3 => date::write_apple((month, day, year)),
                Version::V4 => (String::new(), date::write_v4((month, day, year))),
            };
            self.line(&format!("BDAY{params}:{value}"));
        }
        for Occasion {
            label,
            month,
            day,
            year,
            ..
        } in &person.occasions
        {
            let (params, value) = date::write_apple((*month, *day, *year));
            self.labelled(label, &format!("X-ABDATE{params}:{value}"));
        }
        if options.remark {
            self.put("NOTE", &person.remark);
        }
        let in_name = |extra: &&Extra| !is_in_name(person, extra);
        self.extras(person.extra.iter().filter(in_name));
        self.photo(options.photo);
        for line in &person.vcard {
            self.line(line);
        }
    }

    fn firm(&mut self, firm: &Organisation, options: WriteOptions) {
        let kept: Vec<String> = firm
            .extra
            .iter()
            .filter(|extra| extra.name == card::RAW)
            .map(|extra| extra.value.clone())
            .collect();
        self.group = last_group(&kept);
        let names = [firm.name_zh.as_str(), firm.name_en.as_str()].join(" ");
        self.put("FN", names.trim());
        match self.version {
            Version::V3 => {
                self.line("N:;;;;");
                self.line("X-ABShowAs:COMPANY");
            }
            Version::V4 => self.line("KIND:org"),
        }
        self.org(Some(firm), "");
        self.reach(&firm.phones, &firm.emails);
        self.place(&firm.addresses, &firm.web_sites);
        if options.remark {
            self.put("NOTE", &firm.remark);
        }
        self.extras(firm.extra.iter().filter(|extra| extra.name != card::RAW));
        self.photo(options.photo);
        for line in kept {
            self.line(&line);
        }
    }

    fn reach(&mut self, phones: &[Phone], emails: &[Email]) {
        for phone in phones {
            self.put(
                &format!("TEL;TYPE={}", reach::phone_type(phone.kind)),
                &phone.number,
            );
        }
        let head = if self.is_v3() {
            "EMAIL;TYPE=INTERNET"
        } else {
            "EMAIL"
        };
        for email in emails {
            self.put(head, &email.address);
        }
    }

    fn place(&mut self, addresses: &[Address], web_sites: &[WebSite]) {
        for Address { label, text, .. } in addresses {
            let line = format!("ADR;TYPE=WORK:;;{};;;;", escape(text));
            if label.is_empty() {
                self.line(&line)
            } else {
                self.labelled(label, &line)
            }
        }
        for site in web_sites {
            // A URI is no text: its commas and semicolons stay bare (RFC 6350 §4.2).
            self.line(&format!("URL:{}", site.url));
        }
    }

    fn extras<'a>(&mut self, extras: impl Iterator<Item = &'a Extra>) {
        for Extra { name, value } in extras {
            if name == "QQ" {
                self.put("X-QQ", value);
            } else {
                self.put_parts(card::EXTRA, &[name, value]);
            }
        }
    }

    fn photo(&mut self, photo: Option<&Picture>) {
        let Some(Picture { media, bytes }) = photo else {
            return;
        };
        let data = encode_base64(bytes);
        match self.version {
            Version::V3 => {
                let kind = media.rsplit('/').next().unwrap_or_default().to_uppercase();
                self.line(&format!("PHOTO;ENCODING=b;TYPE={kind}:{data}"));
            }
            Version::V4 => self.line(&format!("PHOTO:data:{media};base64,{data}")),
        }
    }
}

/// The highest `itemN` among kept lines, so that new groups do not join theirs.
fn last_group(kept: &[String]) -> u32 {
    let number = |line: &String| {
        let (group, _) = line.split_once('.')?;
        group.strip_prefix("item")?.parse::<u32>().ok()
    };
    kept.iter().filter_map(number).max().unwrap_or_default()
}
