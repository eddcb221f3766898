//! What a person types and what must come up; and that the index finds what a plain look at every record finds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::fold::{Class, class, key};
use super::*;
use crate::domain::han::tests::table;
use crate::domain::han::{HanTable, System};
use crate::domain::sample::Generator;

fn field(role: FieldRole, text: &str) -> Field {
    Field {
        role,
        text: text.to_owned(),
    }
}

fn doc(id: u128, kind: DocKind, fields: &[(FieldRole, &str)]) -> Doc {
    Doc {
        id,
        kind,
        fields: fields
            .iter()
            .map(|(role, text)| field(*role, text))
            .collect(),
        boost: 0,
    }
}

fn index(docs: &[Doc]) -> Index {
    let mut index = Index::with_han(table());
    docs.iter().cloned().for_each(|doc| index.upsert(doc));
    index
}

fn ids(index: &Index, query: &str) -> Vec<u128> {
    index
        .search(&Query::new(query).limit(10_000))
        .iter()
        .map(|hit| hit.id)
        .collect()
}

/// The listed companies, each under its stock code.
fn listed() -> Index {
    let mut index = Index::with_han(table());
    let file = include_str!("../../../tests/fixtures/hk-listed-companies.csv");
    for row in csv::Reader::from_reader(file.as_bytes()).records() {
        let row = row.expect("a row of the fixture");
        let id = row[0].parse().expect("a stock code");
        let roles = [
            (FieldRole::Name, &row[1]),
            (FieldRole::OtherName, &row[2]),
            (FieldRole::Code, &row[0]),
            (FieldRole::Text, &row[3]),
        ];
        index.upsert(doc(id, DocKind::Lead, &roles));
    }
    index
}

#[test]
fn a_listed_company_is_found_in_every_way_of_typing_it() {
    let index = listed();
    for (query, code) in [
        ("中電", 2),
        ("中电", 2),
        ("zhongdian", 2),
        ("zhong dian", 2),
        ("zhongd", 2),
        ("zd", 2),
        ("zdkg", 2),
        ("zungdin", 2),
        ("clp", 2),
        ("CLP Hold", 2),
        ("0002", 2),
        ("中dian", 2),
        ("滙豐", 5),
        ("汇丰", 5),
        ("匯豐", 5),
        ("huifeng", 5),
        ("hsbc", 5),
        ("长江和记", 1),
        ("hutch", 1),
        ("changjiang", 1),
        ("coenggong", 1),
        ("煤氣", 3),
        ("towngas", 0),
    ] {
        let hits = index.search(&Query::new(query));
        assert_eq!(
            hits.first().map_or(0, |hit| hit.id),
            code,
            "{query} gives {:?}",
            hits.first()
        );
    }
    assert!(ids(&index, "zd").contains(&2) && ids(&index, "gongsi").len() > 20);
    let power = &index.search(&Query::new("zhongdian"))[0];
    assert_eq!(
        (power.kind, power.field_index, &power.ranges[..]),
        (DocKind::Lead, 0, &[(0, 2)][..])
    );
    let mixed = &index.search(&Query::new("clp 中電"))[0];
    assert_eq!((mixed.id, mixed.field_index, mixed.more.len()), (2, 0, 1));
    assert_eq!(
        (mixed.more[0].field_index, &mixed.more[0].ranges[..]),
        (1, &[(0, 3)][..])
    );
}

fn people() -> Index {
    index(&[
        doc(
            1,
            DocKind::Person,
            &[
                (FieldRole::Name, "陳大文"),
                (FieldRole::OtherName, "Peter Chan Tai Man"),
                (FieldRole::Company, "澄川貿易有限公司"),
                (FieldRole::Phone, "+852 0555 0123"),
                (FieldRole::Email, "peter.chan@chingchuen.example"),
                (FieldRole::Address, "觀塘曜川街100號柏溪中心12樓A座"),
            ],
        ),
        doc(
            2,
            DocKind::Person,
            &[
                (FieldRole::Name, "郭小明"),
                (FieldRole::Phone, "(0) 0666-7788 ext 9"),
                (FieldRole::Address, "B1, 3/F"),
            ],
        ),
        doc(
            3,
            DocKind::Person,
            &[
                (FieldRole::Name, "歐陽晴"),
                (FieldRole::OtherName, "J.P. O'Neil-Société"),
            ],
        ),
        doc(
            4,
            DocKind::Note,
            &[(
                FieldRole::Text,
                "今日同陳大文傾過，佢哋想換供應商。𠝹開 Straße, \u{5e9}\u{5dc}\u{5d5}\u{5dd} 😀",
            )],
        ),
        doc(
            5,
            DocKind::Organisation,
            &[
                (FieldRole::Name, "𠝹𠝹工業"),
                (FieldRole::OtherName, "ABC (H.K.) Co., Ltd."),
                (FieldRole::Code, "B1-77"),
            ],
        ),
    ])
}

#[test]
fn people_are_found_by_every_spelling_of_their_names() {
    for (query, expected) in [
        ("陳大文", &[1u128, 4][..]),
        ("陈大文", &[1, 4]),
        ("chan tai man", &[1]),
        ("taiman chan", &[1]),
        ("man chan", &[1]),
        ("chantaiman", &[1]),
        ("chen dawen", &[1]),
        ("cdw", &[1]),
        ("can daai man", &[1]),
        ("peter", &[1]),
        ("kwok", &[2]),
        ("guo", &[2]),
        ("au yeung", &[3]),
        ("ouyang", &[3]),
        ("ouy", &[3]),
        ("jp oneil", &[3]),
        ("societe", &[3]),
        ("大", &[1]),
        ("k", &[2, 5, 1]),
    ] {
        assert_eq!(ids(&people(), query), expected, "{query}");
    }
}

#[test]
fn digits_letters_and_corners() {
    for (query, expected) in [
        ("0555 0123", &[1u128][..]),
        ("05550123", &[1]),
        ("+852 0555-0123", &[1]),
        ("852 0555 0123", &[1]),
        ("+852 0555", &[1]),
        ("5501", &[1]),
        ("550", &[1]),
        ("00666", &[2]),
        ("6677", &[2]),
        ("77889", &[]),
        ("a座", &[1]),
        ("觀塘A座", &[1]),
        ("B1", &[2, 5]),
        ("hk co", &[5]),
        ("𠝹", &[5]),
        ("𠝹開", &[4]),
        ("strasse", &[4]),
        ("\u{5e9}\u{5dc}\u{5d5}", &[4]),
        ("\u{202e}abc\u{202c}", &[5]),
        ("😀", &[]),
        ("", &[]),
        ("。，!?-", &[]),
        ("  ", &[]),
        ("日", &[]),
        ("佢哋想", &[4]),
        ("zhongwen", &[]),
        ("chan 觀塘 0123", &[1]),
        ("陳大文 kwok", &[]),
    ] {
        let mut found = ids(&people(), query);
        found.sort_unstable();
        assert_eq!(found, expected, "{query:?}");
    }
    let pasted = "陳大文 ".repeat(70_000) + &"x".repeat(200_000);
    assert_eq!(ids(&people(), &pasted), [1, 4]);
    assert_eq!(ids(&people(), &"x".repeat(200_000)), [0u128; 0]);
}

#[test]
fn better_matches_come_first() {
    let name = |id, boost, names: &[&str]| {
        let roles = [FieldRole::Name, FieldRole::OtherName];
        let fields = names
            .iter()
            .zip(roles)
            .map(|(text, role)| field(role, text))
            .collect();
        Doc {
            id,
            kind: DocKind::Organisation,
            fields,
            boost,
        }
    };
    let index = index(&[
        name(1, 0, &["Sunshine Trading"]),
        name(2, 9, &["Sun Trading"]),
        name(3, 0, &["Sun"]),
        name(4, 0, &["Golden Sun"]),
        name(5, 0, &["孫氏"]),
        name(6, 0, &["長孫氏"]),
        name(7, 0, &["司空野"]),
        name(8, 0, &["Midsunfield"]),
        doc(
            9,
            DocKind::Person,
            &[(FieldRole::Name, "Ho"), (FieldRole::Address, "Sun Street")],
        ),
        doc(10, DocKind::Note, &[(FieldRole::Text, "sun")]),
        name(11, 0, &["Sun Trade"]),
    ]);
    assert_eq!(ids(&index, "sun"), [3, 2, 11, 1, 4, 5, 6, 8, 9, 10]);
    assert_eq!(ids(&index, "sun tr"), [2, 11, 1]);
    let scores: Vec<u16> = index
        .search(&Query::new("sun"))
        .iter()
        .map(|hit| hit.score)
        .collect();
    assert_eq!(scores, [1_000, 900, 900, 900, 800, 720, 700, 580, 519, 310]);
    assert_eq!(index.search(&Query::new("sun").limit(2)).len(), 2);
    assert_eq!(index.search(&Query::new("sun").limit(0)).len(), 0);
    assert_eq!(
        index
            .search(&Query::new("sun").only(&[DocKind::Note, DocKind::Person]))
            .len(),
        2
    );
}

#[test]
fn highlights_are_characters_of_the_original() {
    let index = people();
    for (query, id, field_index, ranges) in [
        ("chan tai man", 1u128, 1, &[(6, 10), (11, 14), (15, 18)][..]),
        ("dawen", 1, 0, &[(1, 3)]),
        ("chan chuen", 1, 4, &[(6, 10), (16, 21)]),
        ("0555 01", 1, 3, &[(5, 12)]),
        ("oneil", 3, 1, &[(5, 11)]),
        ("jp", 3, 1, &[(0, 3)]),
        ("société", 3, 1, &[(12, 19)]),
        ("供應商", 4, 0, &[(13, 16)]),
        ("straße", 4, 0, &[(20, 26)]),
    ] {
        let hits = index.search(&Query::new(query));
        let hit = hits
            .iter()
            .find(|hit| hit.id == id)
            .unwrap_or_else(|| panic!("{query} does not find {id}"));
        assert_eq!(
            (hit.field_index, &hit.ranges[..]),
            (field_index, ranges),
            "{query}"
        );
    }
}

#[test]
fn without_a_table_letters_and_characters_are_still_found() {
    let mut index = Index::new();
    index.upsert(doc(
        1,
        DocKind::Organisation,
        &[
            (FieldRole::Name, "中電控股"),
            (FieldRole::OtherName, "CLP Holdings"),
        ],
    ));
    assert_eq!(
        (ids(&index, "中電"), ids(&index, "clp")),
        (vec![1], vec![1])
    );
    assert_eq!(
        (ids(&index, "中电"), ids(&index, "zhongdian")),
        (vec![], vec![])
    );
}

#[test]
fn a_long_note_is_found_by_its_beginning() {
    let long = format!("開頭{}結尾", "字".repeat(3_000));
    let index = index(&[doc(1, DocKind::Note, &[(FieldRole::Text, &long)])]);
    assert_eq!(
        (ids(&index, "開頭"), ids(&index, "結尾")),
        (vec![1], vec![])
    );
}

#[test]
fn memory_is_given_back_and_the_best_of_many_are_ranked() {
    let mut generator = Generator::new(3);
    let mut index = Index::with_han(table());
    let mut change = |index: &mut Index, id: u128, boost| {
        let company = generator.company();
        let roles = [
            (FieldRole::Name, company.zh.as_str()),
            (FieldRole::OtherName, &company.en),
            (FieldRole::Address, &company.address),
        ];
        index.upsert(Doc {
            boost,
            ..doc(id, DocKind::Organisation, &roles)
        });
    };
    (0..2_000).for_each(|id| change(&mut index, id, (id % 256) as u8));
    let bytes = index.bytes();
    (0..20_000).for_each(|id| change(&mut index, id % 2_000, (id % 2_000 % 256) as u8));
    assert_eq!(index.len(), 2_000);
    assert!(
        index.bytes() < bytes * 4,
        "{} bytes grew to {}",
        bytes,
        index.bytes()
    );
    index.upsert(doc(
        9_999,
        DocKind::Organisation,
        &[(FieldRole::Name, "有限公司")],
    ));
    let hits = index.search(&Query::new("有限公司"));
    assert_eq!((hits[0].id, hits[0].score, hits.len()), (9_999, 1_000, 50));
    assert!(
        hits[1..].iter().all(|hit| hit.id % 256 >= 128),
        "the most lifted of 2,000 equals"
    );
    (0..2_000).for_each(|id| assert!(index.remove(id)));
    assert!(!index.remove(0) && index.len() == 1);
    assert_eq!(ids(&index, "gongsi"), [9_999]);
}

/// A field as the rules of the module say, compared in the plainest way.
fn plainly_in(word: &str, field: &Field, han: &HanTable) -> bool {
    let text = fold::fold(&field.text, 2_000, han).text;
    let chars: Vec<char> = text.chars().collect();
    let letters: Vec<char> = word.chars().collect();
    let ideographs = letters.iter().any(|c| class(*c) == Class::Ideograph);
    let starts_word = |at: usize| {
        at == 0 || class(chars[at - 1]) != class(chars[at]) || class(chars[at]) == Class::Ideograph
    };
    let in_words = |at: usize| chars[at..].starts_with(&letters);
    let literal = (0..chars.len())
        .filter(|at| in_words(*at))
        .any(|at| match letters.len() {
            1 => (field.role.is_name() || field.role == FieldRole::Code) && starts_word(at),
            2 if !ideographs => starts_word(at),
            _ => true,
        });
    let digits = letters.len() >= 3
        && word.bytes().all(|b| b.is_ascii_digit())
        && field.role == FieldRole::Phone;
    let numbers: String = text.chars().filter(|c| *c != ' ').collect();
    literal
        || (digits && numbers.contains(word))
        || (field.role.is_name() && spelled_out(word, &chars, han))
}

/// Whether some neighbouring characters, each written in one system in full or by its initial, begin like the word.
fn spelled_out(word: &str, chars: &[char], han: &HanTable) -> bool {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let readable: Vec<Option<char>> = chars
        .iter()
        .filter(|c| **c != ' ')
        .map(|c| han.place(*c).map(|_| *c))
        .collect();
    let systems = [System::Pinyin, System::Jyutping, System::HongKong];
    systems.into_iter().any(|system| {
        (0..readable.len()).any(|at| spelled_from(word, &readable[at..], system, han))
    })
}

fn spelled_from(rest: &str, chars: &[Option<char>], system: System, han: &HanTable) -> bool {
    let Some(Some(c)) = chars.first() else {
        return false;
    };
    han.spelled(*c, system).any(|syllable| {
        let double = ["zh", "ch", "sh"]
            .into_iter()
            .find(|d| system == System::Pinyin && syllable.starts_with(d));
        let written = [Some(syllable), syllable.get(..1), double];
        syllable.starts_with(rest)
            || written.into_iter().flatten().any(|w| {
                rest.strip_prefix(w).is_some_and(|rest| {
                    rest.is_empty() || spelled_from(rest, &chars[1..], system, han)
                })
            })
    })
}

fn plainly_found(docs: &BTreeMap<u128, Doc>, query: &str) -> Vec<u128> {
    let han = table();
    let words: Vec<String> = key(query, &han)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let found = |doc: &&Doc| {
        !words.is_empty()
            && words
                .iter()
                .all(|word| doc.fields.iter().any(|field| plainly_in(word, field, &han)))
    };
    docs.values().filter(found).map(|doc| doc.id).collect()
}

fn some_doc() -> impl Strategy<Value = Doc> {
    let role = prop::sample::select(vec![
        FieldRole::Name,
        FieldRole::OtherName,
        FieldRole::Company,
        FieldRole::Phone,
        FieldRole::Email,
        FieldRole::Address,
        FieldRole::Code,
        FieldRole::Text,
    ]);
    let part = prop::sample::select(vec![
        "中", "电", "電", "重", "陳", "曾", "單", "西安", "安", "ab", "abc", "c", "zh", "12",
        "1234", " ", "-", "é", "A", "😀", "ひ", "д",
    ]);
    let text = prop::collection::vec(part, 0..7).prop_map(|parts| parts.concat());
    let fields = prop::collection::vec(
        (role, text).prop_map(|(role, text)| Field { role, text }),
        0..4,
    );
    (0u128..12, fields, any::<u8>()).prop_map(|(id, fields, boost)| Doc {
        id,
        kind: DocKind::Person,
        fields,
        boost,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_index_finds_what_a_plain_look_finds(
        changes in prop::collection::vec((some_doc(), prop::bool::weighted(0.3)), 0..40),
        queries in prop::collection::vec("[acdhzgnonx]{1,6}|[中电陈曾安重单]{1,3}|[123]{1,4}|(a|ab|c|zh|中|安) (a|b|12|西|д|e)|z[dj]|zho?n?g?di?a?n?|cha?n?|xia?n?", 4),
    ) {
        let mut index = Index::with_han(table());
        let mut docs = BTreeMap::new();
        for (doc, removed) in changes {
            if removed {
                prop_assert_eq!(index.remove(doc.id), docs.remove(&doc.id).is_some());
            } else {
                index.upsert(doc.clone());
                docs.insert(doc.id, doc);
            }
        }
        prop_assert_eq!(index.len(), docs.len());
        for query in queries {
            let mut found = ids(&index, &query);
            found.sort_unstable();
            prop_assert_eq!(found, plainly_found(&docs, &query), "{} in {:?}", query, docs);
        }
    }

    #[test]
    fn nothing_panics_and_ranges_lie_within_the_text(text in "\\PC{0,20}", also in "[a-z '.é中電ß①０A-Z\u{301}\u{20000}א-]{0,20}", query in "\\PC{0,8}|[a-z中電ß①é'. ]{0,4}") {
        let fields = [(FieldRole::Name, text.as_str()), (FieldRole::Text, &also), (FieldRole::Phone, &text), (FieldRole::OtherName, &also)];
        let index = index(&[doc(1, DocKind::Visit, &fields)]);
        for asked in [query.as_str(), &text, &also] {
            for hit in index.search(&Query::new(asked)) {
                let matches = std::iter::once((hit.field_index, &hit.ranges)).chain(hit.more.iter().map(|more| (more.field_index, &more.ranges)));
                for (field_index, ranges) in matches {
                    let length = fields[field_index].1.chars().count();
                    prop_assert!(ranges.iter().all(|(start, end)| start < end && *end <= length), "{ranges:?} in {:?} for {asked:?}", fields[field_index]);
                    prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0), "{ranges:?}");
                }
            }
        }
    }
}
