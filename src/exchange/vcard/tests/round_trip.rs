use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{one, read, same};
use crate::domain::consent::{Consent, ConsentState};
use crate::domain::contact::{Address, Email, Extra, Phone, PhoneKind, WebSite};
use crate::domain::organisation::Organisation;
use crate::domain::person::{Honorific, Occasion, Person, Role};
use crate::exchange::vcard::{Card, Picture, Version, WriteError, WriteOptions, write};

const VERSIONS: [Version; 2] = [Version::V3, Version::V4];

fn options(version: Version, photo: Option<&Picture>) -> WriteOptions<'_> {
    WriteOptions {
        version,
        photo,
        remark: true,
    }
}

/// Writes a card, checks the form of the lines, and reads it again.
pub fn again(card: &Card, version: Version) -> Card {
    let text = write(
        card.person.as_ref(),
        card.organisation.as_ref(),
        options(version, card.photo.as_ref()),
    )
    .unwrap();
    assert!(
        text.ends_with("\r\n") && text.lines().all(|line| line.len() <= 75),
        "{text}"
    );
    Card {
        line: card.line,
        warnings: card.warnings.clone(),
        ..one(&text)
    }
}

fn text() -> impl Strategy<Value = String> {
    "[甲乙𠮷a-zA-Z0-9;,:=\\\\\"^'\n][甲乙𠮷a-z ;,:=\\\\\n\"^']{0,40}[甲乙𠮷a-z;:=\\\\]"
}

fn maybe(part: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), part]
}

fn name_part() -> impl Strategy<Value = String> {
    maybe(
        prop_oneof![
            "[陳李歐陽大文明]{1,4}",
            "[A-Z][a-z]{1,6}( [A-Z][a-z]{1,5}){0,2}",
            "[A-Z]{2,5}",
            "[A-Za-z;,.·' 陳文-]{0,6}[a-z]"
        ]
        .prop_map(|part| part.trim().to_owned()),
    )
}

fn extras() -> impl Strategy<Value = Vec<Extra>> {
    vec(
        ("[a-z甲]{1,5}|QQ", text()).prop_map(|(name, value)| Extra {
            name,
            value: value.trim().to_owned(),
        }),
        0..3,
    )
}

fn occasion(label: impl Strategy<Value = String>) -> impl Strategy<Value = Occasion> {
    (label, 1..13_u32, 1..29_u32, option::of(1900..2101_i32)).prop_map(
        |(label, month, day, year)| Occasion {
            id: same(),
            label,
            month,
            day,
            year,
        },
    )
}

prop_compose! {
    fn a_person()(
        zh in (name_part(), name_part()),
        en in (name_part(), name_part()),
        honorific in option::of(proptest::sample::select(Honorific::ALL.to_vec())),
        role in option::of(proptest::sample::select(Role::ALL.to_vec())),
        words in (maybe(text()), maybe(text()), maybe(text())),
        phones in vec((proptest::sample::select(PhoneKind::ALL.to_vec()), "\\+?[0-9]{3}[0-9 ()-]{2,10}[0-9]"), 0..4),
        emails in vec("[a-z]{1,8}@[a-z]{1,8}\\.hk", 0..3),
        chat in (maybe("[a-z_]{2,9}".boxed()), maybe("[0-9]{8}".boxed())),
        birthday in option::of(occasion(Just(String::new()))),
        occasions in vec(occasion(maybe("[甲乙a-z ;:]{0,5}[a-z]".prop_map(|label| label.trim().to_owned()))), 0..3),
        extra in extras(),
        // No property that is understood begins with Z: what is kept is what nobody knows.
        vcard in vec("X-Z[A-Z]{1,6}(;[A-Z]{2,4}=\"[a-z:;甲]{0,4}\"){0,2}:[!-~甲𠮷 ]{0,60}[!-~]", 0..3),
    ) -> Person {
        Person {
            family_zh: zh.0, given_zh: zh.1, family_en: en.0, given_en: en.1, honorific, role,
            title: words.0.trim().into(), department: words.1.trim().into(), remark: words.2.trim().into(),
            phones: phones.into_iter().map(|(kind, number)| Phone { id: same(), kind, number }).collect(),
            emails: emails.into_iter().map(|address| Email { id: same(), address }).collect(),
            wechat: chat.0, whatsapp: chat.1, birthday, occasions, extra, vcard,
            ..Person::default()
        }
    }
}

prop_compose! {
    fn a_firm()(
        zh in maybe("[甲乙A-Z有限公司(]{1,6}[甲乙]( [A-Z][a-z]{2,5})?"),
        en in maybe("[A-Z][a-z]{1,5}( [A-Z][a-z]{2,5}){0,2}( 甲)?"),
        addresses in vec((maybe("[a-z甲]{1,6}"), text()), 0..3),
        sites in vec("https://[a-z]{1,9}\\.hk/[a-z,;]{0,5}", 0..2),
    ) -> Organisation {
        Organisation {
            name_zh: zh, name_en: en,
            addresses: addresses.into_iter()
                .map(|(label, text)| Address { id: same(), label, text: text.trim().into() })
                .filter(|address| !address.text.is_empty())
                .collect(),
            web_sites: sites.into_iter().map(|url| WebSite { id: same(), url }).collect(),
            ..Organisation::default()
        }
    }
}

fn named(person: &Person) -> bool {
    !(person.name_zh().is_empty() && person.name_en().is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_card_comes_back_as_it_went_out(person in a_person(), firm in option::of(a_firm()), picture in option::of(vec(any::<u8>(), 1..200))) {
        prop_assume!(named(&person));
        let firm = firm.filter(|firm| !(firm.name_zh.is_empty() && firm.name_en.is_empty()));
        let photo = picture.map(|bytes| Picture { media: "image/jpeg".into(), bytes: [vec![0xff, 0xd8, 0xff], bytes].concat() });
        let card = Card { line: 1, person: Some(person), organisation: firm, photo, warnings: Vec::new() };
        for version in VERSIONS {
            prop_assert_eq!(&again(&card, version), &card, "{:?}", version);
        }
    }

    #[test]
    fn a_firms_card_comes_back_as_it_went_out(firm in a_firm(), remark in maybe(text()), extra in extras()) {
        prop_assume!(!(firm.name_zh.is_empty() && firm.name_en.is_empty()));
        let firm = Organisation {
            remark: remark.trim().into(),
            extra,
            phones: vec![Phone { id: same(), kind: PhoneKind::Main, number: "3000 0001".into() }],
            emails: vec![Email { id: same(), address: "a@example.com".into() }],
            ..firm
        };
        let card = Card { line: 1, person: None, organisation: Some(firm), photo: None, warnings: Vec::new() };
        for version in VERSIONS {
            prop_assert_eq!(&again(&card, version), &card, "{:?}", version);
        }
    }

    #[test]
    fn no_bytes_panic_and_no_card_is_lost(bytes in vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn no_text_panics_and_what_is_read_can_be_written(
        lines in vec("(BEGIN:VCARD|END:VCARD|VERSION:(2\\.1|3\\.0)|AGENT:|FN:[陳a ;]{0,5}|N:[陳a;]{0,6}|ORG:[甲A;]{0,4}|TEL;[A-Z=;]{0,9}:[0-9]{0,9}|PHOTO;BASE64:[A-Za-z=]{0,9}|item1\\.X-ABLabel:[a-z]{0,4}|item1\\.ADR;HOME:;;x;;;;|NOTE;QUOTED-PRINTABLE:=[=A-F0-9]{0,9}=|[ -~甲]{0,20})", 0..20)
    ) {
        let text = lines.join("\n");
        let (cards, refused) = read(text.as_bytes());
        let begun = lines.iter().filter(|line| line.as_str() == "BEGIN:VCARD").count();
        let agents = lines.iter().filter(|line| line.as_str() == "AGENT:").count();
        prop_assert!(cards.len() + refused.len() + agents >= begun);
        for card in &cards {
            for version in VERSIONS {
                let written = write(card.person.as_ref(), card.organisation.as_ref(), options(version, card.photo.as_ref()));
                prop_assert!(!read(written.unwrap().as_bytes()).0.is_empty());
            }
        }
    }
}

#[test]
fn the_lines_of_both_versions_are_as_documented() {
    let person = Person {
        family_zh: "陳".into(),
        given_zh: "大文".into(),
        family_en: "CHAN".into(),
        given_en: "Tai Man, Peter".into(),
        ..Person::default()
    };
    let written = |version| write(Some(&person), None, options(version, None)).unwrap();
    assert_eq!(
        written(Version::V3),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:陳大文\r\nN:陳;大文;;;\r\nX-PHONETIC-LAST-NAME:CHAN\r\nX-PHONETIC-FIRST-NAME:Tai Man\\, Peter\r\nEND:VCARD\r\n"
    );
    assert_eq!(
        written(Version::V4),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN;ALTID=1;LANGUAGE=zh:陳大文\r\nFN;ALTID=1;LANGUAGE=en:CHAN Tai Man\\, Peter\r\nN;ALTID=1;LANGUAGE=zh:陳;大文;;;\r\nN;ALTID=1;LANGUAGE=en:CHAN;Tai Man\\, Peter;;;\r\nEND:VCARD\r\n"
    );
}

#[test]
fn who_refused_leaves_in_no_card() {
    let said = Consent {
        id: same(),
        state: ConsentState::OptedOut,
        on: chrono::NaiveDate::default(),
        by: String::new(),
        words: String::new(),
        source: String::new(),
    };
    let person = Person {
        family_zh: "丁".into(),
        consents: vec![said],
        ..Person::default()
    };
    assert_eq!(
        write(Some(&person), None, options(Version::V4, None)),
        Err(WriteError::OptedOut)
    );
    assert_eq!(
        write(None, None, options(Version::V4, None)),
        Err(WriteError::Nobody)
    );
    let quiet = WriteOptions {
        version: Version::V4,
        photo: None,
        remark: false,
    };
    let person = Person {
        family_zh: "丁".into(),
        remark: "secret".into(),
        ..Person::default()
    };
    assert!(
        !write(Some(&person), None, quiet)
            .unwrap()
            .contains("secret")
    );
}
