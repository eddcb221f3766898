//! What a row of a file may be alike: the records of the book, and the rows above it.

use std::collections::HashMap;

use super::At;
use crate::domain::contact::{Email, Phone, PhoneKind};
use crate::domain::han::HanTable;
use crate::domain::matching::{person_key, phone_key};
use crate::domain::person::Person;
use crate::domain::search::fold;

#[derive(Default)]
pub struct Known {
    firms: Vec<Firm>,
    by_name: HashMap<String, Vec<usize>>,
    people: Vec<Somebody>,
    by_key: HashMap<String, Vec<usize>>,
}

struct Firm {
    at: At,
    names: FirmKeys,
}

/// A firm's names in one form.
struct FirmKeys {
    zh: String,
    /// All of them, the Chinese one too; no empty ones.
    all: Vec<String>,
}

struct Somebody {
    at: At,
    firm: Option<At>,
    face: Face,
}

/// What a person is recognised by.
struct Face {
    zh: String,
    en: String,
    /// Phones and e-mail addresses; a shared switchboard is among them.
    ways: Vec<String>,
    /// Those that belong to one person alone.
    own: Vec<String>,
}

impl Known {
    /// `names` begins with the Chinese one, which may be empty.
    pub fn put_firm(&mut self, names: &[&str], at: At, han: &HanTable) {
        let names = FirmKeys::of(names, han);
        for key in &names.all {
            self.by_name
                .entry(key.clone())
                .or_default()
                .push(self.firms.len());
        }
        self.firms.push(Firm { at, names });
    }

    /// The first firm alike: of the book before the file's, of the file's the upper one. Firms are alike by name alone,
    /// because a group's companies share their switchboard.
    pub fn firm(&self, names: &[&str], han: &HanTable) -> Option<At> {
        let names = FirmKeys::of(names, han);
        let found = names
            .all
            .iter()
            .filter_map(|key| self.by_name.get(key))
            .flatten();
        let mut found: Vec<usize> = found.copied().collect();
        found.sort_unstable();
        let mut firms = found.into_iter().filter_map(|at| self.firms.get(at));
        firms.find(|firm| firm.names.is(&names)).map(|firm| firm.at)
    }

    pub fn put_person(&mut self, body: &Person, firm: Option<At>, at: At, han: &HanTable) {
        let face = Face::of(body, han);
        for key in face.keys() {
            self.by_key.entry(key).or_default().push(self.people.len());
        }
        self.people.push(Somebody { at, firm, face });
    }

    pub fn person(&self, body: &Person, firm: Option<At>, han: &HanTable) -> Option<At> {
        let face = Face::of(body, han);
        let mut found: Vec<usize> = face
            .keys()
            .filter_map(|key| self.by_key.get(&key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        let alike = |at: &&Somebody| at.face.is(&face, at.firm, firm);
        found
            .into_iter()
            .filter_map(|at| self.people.get(at))
            .find(alike)
            .map(|somebody| somebody.at)
    }
}

impl Face {
    fn of(body: &Person, han: &HanTable) -> Self {
        let phones = |own: bool| {
            body.phones
                .iter()
                .filter(move |phone| !own || is_own(phone))
                .filter_map(way_of)
        };
        let emails = || body.emails.iter().map(email_key);
        Self {
            zh: person_key(&body.name_zh(), han),
            en: person_key(&body.name_en(), han),
            ways: phones(false).chain(emails()).collect(),
            own: phones(true).chain(emails()).collect(),
        }
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        let names = [&self.zh, &self.en]
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(|name| format!("n {name}"));
        names.chain(self.ways.iter().map(|way| format!("w {way}")))
    }

    /// One name and one way to reach them, or one name in one firm. A name in only one language each proves nothing,
    /// so there a number or address of their own must be shared. People of one name with nothing else to go by are
    /// alike, because the decision is a person's anyway; two firms or two Chinese names tell them apart.
    fn is(&self, other: &Face, firm: Option<At>, other_firm: Option<At>) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
        let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
        let shares = |a: &[String], b: &[String]| a.iter().any(|way| b.contains(way));
        if differ(&self.zh, &other.zh) {
            return false;
        }
        if same(&self.zh, &other.zh) || same(&self.en, &other.en) {
            let one_firm = firm.is_some() && firm == other_firm;
            let bare = self.ways.is_empty() || other.ways.is_empty();
            return one_firm
                || shares(&self.ways, &other.ways)
                || (bare && (firm.is_none() || other_firm.is_none()));
        }
        !differ(&self.en, &other.en) && shares(&self.own, &other.own)
    }
}

impl FirmKeys {
    fn of(names: &[&str], han: &HanTable) -> Self {
        let keys: Vec<String> = names.iter().map(|name| firm_key(name, han)).collect();
        let zh = keys.first().cloned().unwrap_or_default();
        Self {
            zh,
            all: keys.into_iter().filter(|key| !key.is_empty()).collect(),
        }
    }

    /// Two Chinese names tell two firms apart, whatever they are called in English; unless one knows the other's as its
    /// alias.
    fn is(&self, other: &FirmKeys) -> bool {
        let one_language = self.zh.is_empty() || other.zh.is_empty();
        one_language || self.all.contains(&other.zh) || other.all.contains(&self.zh)
    }
}

/// A firm's name without its legal form. Everything else stays: what is only suspicious while typing (a group, its Hong
/// Kong company, its holding) must not be taken for one firm by the thousand.
fn firm_key(name: &str, han: &HanTable) -> String {
    const HAN_FORMS: [&str; 6] = [
        "股份有限公司",
        "有限责任公司",
        "有限責任公司",
        "有限公司",
        "股份公司",
        "公司",
    ];
    const LATIN_FORMS: [&str; 12] = [
        "limited",
        "ltd",
        "company",
        "co",
        "incorporated",
        "inc",
        "corporation",
        "corp",
        "llc",
        "llp",
        "plc",
        "pte",
    ];
    let folded = fold::key(name, han);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| LATIN_FORMS.contains(word)) {
        words.pop();
    }
    let kept = words.join(" ");
    let shorter = HAN_FORMS
        .iter()
        .find_map(|form| kept.strip_suffix(form))
        .map(str::trim_end);
    shorter
        .filter(|shorter| !shorter.is_empty())
        .map(str::to_owned)
        .unwrap_or(kept)
}

fn way_of(phone: &Phone) -> Option<String> {
    (phone.kind != PhoneKind::Fax)
        .then(|| phone_key(&phone.number))
        .flatten()
}

fn email_key(email: &Email) -> String {
    email.address.trim().to_lowercase()
}

fn is_own(phone: &Phone) -> bool {
    matches!(
        phone.kind,
        PhoneKind::Mobile | PhoneKind::Direct | PhoneKind::Home
    )
}
