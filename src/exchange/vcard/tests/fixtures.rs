use super::round_trip::again;
use super::{Card, names, read};
use crate::domain::contact::PhoneKind;
use crate::domain::person::{Honorific, Person};
use crate::exchange::vcard::{RefusedReason, Version, WarningKind};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/fixtures/vcard/", $name))
    };
}

const ALL: [&[u8]; 9] = [
    fixture!("iphone.vcf"),
    fixture!("android-21.vcf"),
    fixture!("outlook-21.vcf"),
    fixture!("nokia-gb2312.vcf"),
    fixture!("gbk-raw.vcf"),
    fixture!("big5-raw.vcf"),
    fixture!("utf16.vcf"),
    fixture!("v4.vcf"),
    fixture!("damaged.vcf"),
];

fn cards(file: &[u8]) -> Vec<Card> {
    let (cards, refused) = read(file);
    assert!(refused.is_empty(), "{refused:?}");
    cards
}

fn phones(person: &Person) -> Vec<(PhoneKind, &str)> {
    person
        .phones
        .iter()
        .map(|phone| (phone.kind, phone.number.as_str()))
        .collect()
}

fn extras(person: &Person) -> Vec<String> {
    person
        .extra
        .iter()
        .map(|extra| format!("{}={}", extra.name, extra.value))
        .collect()
}

#[test]
fn reading_writing_and_reading_again_changes_nothing() {
    for file in ALL {
        for card in read(file).0 {
            for version in [Version::V3, Version::V4] {
                let once = again(&card, version);
                assert_eq!(once, card, "{version:?}");
                assert_eq!(again(&once, version), once);
            }
        }
    }
}

#[test]
fn a_phone_of_apple() {
    let card = cards(ALL[0]).remove(0);
    let (person, firm) = (card.person.unwrap(), card.organisation.unwrap());
    assert_eq!(names(&person), "陳|大文|Chan|Tai Man");
    assert_eq!(
        phones(&person),
        [
            (PhoneKind::Other, "+852 5555 0101"),
            (PhoneKind::Mobile, "+852 5555 0102"),
            (PhoneKind::Main, "3000 0001"),
            (PhoneKind::Direct, "3000 0002"),
        ]
    );
    assert_eq!(extras(&person), ["車用電話=+852 5555 0101"]);
    assert_eq!(
        (firm.name_zh.as_str(), person.department.as_str()),
        ("甲乙貿易有限公司", "財務部")
    );
    assert_eq!(firm.addresses[0].text, "香港中環示例道1號甲乙大廈2樓");
    assert_eq!(firm.web_sites[0].url, "https://example.com");
    assert_eq!(
        person
            .birthday
            .as_ref()
            .map(|day| (day.month, day.day, day.year)),
        Some((2, 29, None))
    );
    assert_eq!(
        (person.occasions[0].label.as_str(), person.occasions[0].year),
        ("Anniversary", Some(2001))
    );
    assert_eq!(person.wechat, "invented_id");
    assert!(person.remark.ends_with("\n第二行, 完") && person.remark.starts_with("長備註"));
    let photo = card.photo.unwrap();
    assert_eq!(
        (photo.media.as_str(), photo.bytes.len()),
        ("image/jpeg", 107)
    );
    assert_eq!(person.vcard.len(), 6, "{:?}", person.vcard);
    assert!(
        person
            .vcard
            .contains(&"X-SOCIALPROFILE;type=linkedin:https://example.com/in/peter".to_owned())
    );
    assert!(card.warnings.is_empty());
}

#[test]
fn a_phone_of_android() {
    let cards = cards(ALL[1]);
    let person = cards[0].person.as_ref().unwrap();
    assert_eq!(
        (names(person), person.title.as_str()),
        ("陳|大文||".into(), "經理")
    );
    assert_eq!(
        person.remark,
        "第一行\n第二行，很長很長很長很長很長很長的備註"
    );
    assert_eq!(
        cards[0].photo.as_ref().map(|photo| photo.bytes.len()),
        Some(107)
    );
    assert_eq!(
        phones(person)[..2],
        [
            (PhoneKind::Mobile, "+85255550101"),
            (PhoneKind::Office, "30000001")
        ]
    );
    assert_eq!(
        cards[0].organisation.as_ref().unwrap().name_zh,
        "甲乙貿易有限公司"
    );
    let mary = cards[1].person.as_ref().unwrap();
    assert_eq!(
        (names(mary), mary.honorific),
        ("||Wong|Mary".into(), Some(Honorific::Ms))
    );
    assert_eq!(
        mary.vcard,
        ["ADR;HOME:;;1 Example Street;Kwun Tong;Kowloon;;Hong Kong"]
    );
}

#[test]
fn outlook_in_big5_with_backslashes_inside_characters() {
    let card = cards(ALL[2]).remove(0);
    let (person, firm) = (card.person.unwrap(), card.organisation.unwrap());
    assert_eq!(
        (
            names(&person),
            person.title.as_str(),
            person.department.as_str()
        ),
        ("李|小明||".into(), "董事", "業務部")
    );
    // The second bytes of 許功蓋 are backslashes.
    assert_eq!(firm.name_zh, "許功蓋顧問有限公司");
    assert_eq!(firm.addresses[0].text, "香港灣仔示例道4號");
    assert_eq!(
        phones(&person)
            .iter()
            .map(|(kind, _)| *kind)
            .collect::<Vec<_>>(),
        [PhoneKind::Office, PhoneKind::Fax, PhoneKind::Mobile]
    );
}

#[test]
fn old_phones_and_raw_legacy_bytes() {
    let nokia = cards(ALL[3]);
    assert_eq!(
        nokia
            .iter()
            .map(|card| names(card.person.as_ref().unwrap()))
            .collect::<Vec<_>>(),
        ["张|伟||", "欧阳|丽||"]
    );
    assert!(
        nokia[0].person.as_ref().unwrap().vcard[0]
            .starts_with("X-NOKIA-PND-GROUP;ENCODING=QUOTED-PRINTABLE;CHARSET=GB2312:=")
    );
    let gbk = cards(ALL[4]).remove(0);
    let person = gbk.person.unwrap();
    assert_eq!(
        (
            names(&person),
            person.remark.as_str(),
            person.wechat.as_str()
        ),
        ("刘|洋||".into(), "展会认识", "invented_liu")
    );
    assert_eq!(
        (extras(&person), gbk.organisation.unwrap().name_zh),
        (vec!["QQ=10000000".into()], "绿源食品(集团)有限公司".into())
    );
    assert_eq!(
        names(cards(ALL[5])[0].person.as_ref().unwrap()),
        "許|功蓋||"
    );
    assert_eq!(
        names(cards(ALL[6])[0].person.as_ref().unwrap()),
        "何|美玲||"
    );
}

#[test]
fn version_four() {
    let cards = cards(ALL[7]);
    let (person, firm) = (
        cards[0].person.as_ref().unwrap(),
        cards[0].organisation.as_ref().unwrap(),
    );
    assert_eq!(
        (names(person), person.honorific),
        ("歐陽|志明|AU-YEUNG|Chi Ming".into(), Some(Honorific::Dr))
    );
    assert_eq!(
        (firm.name_zh.as_str(), firm.name_en.as_str()),
        ("甲乙銀行", "Ace Best Bank")
    );
    assert_eq!(
        (person.department.as_str(), extras(person)),
        ("企業部", vec!["ORG=Corporate".to_owned()])
    );
    assert_eq!(
        phones(person),
        [
            (PhoneKind::Office, "+852-3000-0008 ext 102"),
            (PhoneKind::Mobile, "+852 5555 0108")
        ]
    );
    assert_eq!(firm.addresses[0].text, "1 Example Road, Central, Hong Kong");
    assert!(
        person
            .vcard
            .contains(&"X-CUSTOM;X-P=\"a;b:c\":值 with = and \\, and 𠮷".to_owned())
    );
    assert!(
        person
            .vcard
            .contains(&"PHOTO:https://example.com/photo.jpg".to_owned())
    );
    let firm = cards[1].organisation.as_ref().unwrap();
    assert_eq!(
        (
            cards[1].person.is_none(),
            firm.name_zh.as_str(),
            firm.name_en.as_str()
        ),
        (true, "丙有限公司", "Case Ltd")
    );
}

#[test]
fn damaged_files_say_what_is_wrong_and_give_the_rest() {
    let (cards, refused) = read(ALL[8]);
    let found: Vec<String> = cards
        .iter()
        .map(|card| names(card.person.as_ref().unwrap()))
        .collect();
    assert_eq!(
        found,
        ["||CHAN|Tai Man", "王|五||", "||CHAN|Tai Man, Peter"]
    );
    let reasons: Vec<RefusedReason> = refused.iter().map(|lines| lines.reason).collect();
    assert_eq!(reasons, [RefusedReason::OutsideCard, RefusedReason::Nobody]);
    let kinds: Vec<WarningKind> = cards[0]
        .warnings
        .iter()
        .map(|warning| warning.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            WarningKind::BadLine,
            WarningKind::NotAPhone,
            WarningKind::MissingEnd
        ]
    );
    let wang = cards[1].person.as_ref().unwrap();
    assert_eq!(
        wang.vcard,
        [
            "AGENT:",
            "BEGIN:VCARD",
            "VERSION:3.0",
            "FN:秘書",
            "END:VCARD",
            "BDAY:sometime"
        ]
    );
}
