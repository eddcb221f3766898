use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::consent::{Consent, ConsentState};
use crate::domain::contact::{Address, Email, Extra, Phone, PhoneKind, WebSite};
use crate::domain::id::{Id, NewId};
use crate::domain::organisation::{LeadSource, Stage, Tier};
use crate::domain::person::{Honorific, Occasion, Role};
use crate::exchange::csv::Reader;
use crate::exchange::mapping::{Converted, Mapping, SAMPLE, convert};
use crate::exchange::testing::{Counting, decode_legacy};
use crate::exchange::text::{Encoding, decode, detect};

fn id() -> Id {
    Id::from_parts(0, &[0; 10])
}

/// The same id for everything, so that two records can be compared.
struct Same;

impl NewId for Same {
    fn new_id(&mut self) -> Id {
        id()
    }
}

fn read_back(export: &Export) -> Vec<(Option<Organisation>, Option<Person>)> {
    assert_eq!(detect(&export.bytes), Encoding::Utf8Bom);
    let text = decode(&export.bytes, Encoding::Utf8Bom, &decode_legacy).unwrap();
    let reader = Reader::new(text);
    let mut mapping = Mapping::guess(reader.header(), &reader.peek(SAMPLE));
    mapping.target = crate::domain::import::Target::Clients;
    reader
        .map(|row| {
            match convert(&row.unwrap(), &mapping, &mut Same)
                .unwrap()
                .converted
            {
                Converted::Client {
                    organisation,
                    person,
                } => (organisation, person),
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

fn phone(kind: PhoneKind, number: &str) -> Phone {
    Phone {
        id: id(),
        kind,
        number: number.into(),
    }
}

fn firm() -> Organisation {
    Organisation {
        name_zh: "甲乙貿易有限公司".into(),
        name_en: "Ace \"Best\", Ltd".into(),
        aliases: vec!["甲乙".into(), "AB".into()],
        stage: Stage::Dormant,
        tier: Some(Tier::Vip),
        segment: "中小企".into(),
        industry: "貿易".into(),
        phones: vec![
            phone(PhoneKind::Office, "+852 3000 0001"),
            phone(PhoneKind::Main, "3000 0002"),
            phone(PhoneKind::Main, "3000 0003"),
        ],
        emails: vec![Email {
            id: id(),
            address: "a@example.com".into(),
        }],
        web_sites: vec![WebSite {
            id: id(),
            url: "https://example.com".into(),
        }],
        addresses: vec![Address {
            id: id(),
            label: String::new(),
            text: "香港示例道1號\n2樓".into(),
        }],
        source: Some(LeadSource::Exhibition),
        source_note: "2026 春".into(),
        last_checked: NaiveDate::from_ymd_opt(2026, 11, 23),
        remark: "=HYPERLINK(\"x\")\n第二行".into(),
        extra: vec![Extra {
            name: "stock_code".into(),
            value: "0001".into(),
        }],
        ..Organisation::default()
    }
}

fn contact() -> Person {
    Person {
        family_zh: "歐陽".into(),
        given_zh: "志明".into(),
        family_en: "AU-YEUNG".into(),
        given_en: "Chi Ming, Peter".into(),
        honorific: Some(Honorific::Dr),
        title: "-Manager".into(),
        department: "財務部".into(),
        phones: vec![
            phone(PhoneKind::Mobile, "+852 5555 0101"),
            phone(PhoneKind::Direct, "3000 0004"),
        ],
        emails: vec![Email {
            id: id(),
            address: "p@example.com".into(),
        }],
        wechat: "invented_id".into(),
        role: Some(Role::Finance),
        birthday: Some(Occasion {
            id: id(),
            label: String::new(),
            month: 2,
            day: 29,
            year: None,
        }),
        occasions: vec![Occasion {
            id: id(),
            label: "結婚".into(),
            month: 11,
            day: 23,
            year: Some(2001),
        }],
        remark: "喝茶".into(),
        extra: vec![Extra {
            name: "車牌".into(),
            value: "@x".into(),
        }],
        ..Person::default()
    }
}

#[test]
fn clients_come_back_as_they_went_out() {
    for lang in Lang::ALL {
        let export = clients([&firm()], lang);
        assert_eq!(read_back(&export), [(Some(firm()), None)], "{lang:?}");
    }
}

#[test]
fn people_come_back_with_their_firm() {
    for lang in Lang::ALL {
        let export = people(
            [PersonLine {
                person: &contact(),
                organisation: Some(&firm()),
            }],
            lang,
        );
        let (firm_back, person) = read_back(&export).remove(0);
        assert_eq!(person, Some(contact()), "{lang:?}");
        assert_eq!(
            firm_back.map(|firm| (firm.name_zh, firm.name_en)),
            Some((firm().name_zh, firm().name_en))
        );
    }
}

#[test]
fn nothing_a_spreadsheet_opens_can_run() {
    let mut evil = firm();
    evil.extra.push(Extra {
        name: "=cmd|'/C calc'!A0".into(),
        value: "\t=1".into(),
    });
    for bytes in [
        clients([&evil], Lang::En).bytes,
        people(
            [PersonLine {
                person: &contact(),
                organisation: None,
            }],
            Lang::En,
        )
        .bytes,
    ] {
        let text = String::from_utf8(bytes).unwrap();
        let mut rows = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for cell in rows
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let phone = cell.starts_with('+')
                && cell
                    .chars()
                    .all(|c| c.is_ascii_digit() || " +-()".contains(c));
            assert!(
                phone || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
        assert!(text.contains("\r\n"));
    }
}

#[test]
fn who_refused_is_left_out_and_counted() {
    let said = Consent {
        id: Counting::default().new_id(),
        state: ConsentState::OptedOut,
        on: NaiveDate::default(),
        by: String::new(),
        words: String::new(),
        source: String::new(),
    };
    let refused = Person {
        family_zh: "丁".into(),
        consents: vec![said],
        ..Person::default()
    };
    let welcome = contact();
    let rows = [&refused, &welcome].map(|person| PersonLine {
        person,
        organisation: None,
    });
    let export = people(rows, Lang::ZhHant);
    assert_eq!((export.written, export.opted_out), (1, 1));
    assert!(!String::from_utf8(export.bytes).unwrap().contains('丁'));
}

#[test]
fn an_empty_book_is_an_empty_sheet() {
    assert_eq!(
        clients([], Lang::En),
        Export {
            bytes: b"\xef\xbb\xbf".to_vec(),
            written: 0,
            opted_out: 0
        }
    );
}

proptest! {
    #[test]
    fn any_words_come_back(
        name in "[甲乙a-z'=+@-][甲乙a-z \"',=+@-]{0,8}[甲乙a-z]",
        remark in "[甲a=+@'\"-][甲a,;\n\t '\"=-]{0,8}[甲a]",
        value in "['=+@0-9-]{1,6}[a-z]",
    ) {
        let body = Organisation {
            name_zh: name,
            remark,
            extra: vec![Extra { name: "x1".into(), value }],
            ..Organisation::default()
        };
        let back = read_back(&clients([&body], Lang::ZhHans));
        prop_assert_eq!(back, [(Some(body), None)]);
    }
}
