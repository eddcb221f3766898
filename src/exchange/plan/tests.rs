use super::*;
use crate::domain::contact::{Phone, PhoneKind};
use crate::domain::person::split_zh;
use crate::exchange::testing::Counting;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), &[n; 10])
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn firm(name: &str) -> Organisation {
    Organisation {
        name_zh: name.into(),
        ..Default::default()
    }
}

fn person(name: &str, mobile: &str) -> Person {
    let (family_zh, given_zh) = split_zh(name);
    let phone = |number: &str| Phone {
        id: id(200),
        kind: PhoneKind::Mobile,
        number: number.into(),
    };
    let phones = Some(mobile)
        .filter(|text| !text.is_empty())
        .map(phone)
        .into_iter()
        .collect();
    Person {
        family_zh,
        given_zh,
        phones,
        ..Default::default()
    }
}

fn row(line: u32, firm: Option<Organisation>, person: Option<Person>) -> FileRow {
    FileRow {
        line,
        firm: firm.map(Made::Organisation),
        person,
        ..Default::default()
    }
}

fn planner(target: Target, known: Known, rows: impl IntoIterator<Item = FileRow>) -> Planner {
    let mut planner = Planner::new(target, known);
    rows.into_iter()
        .for_each(|row| planner.add(row, &HanTable::default()));
    planner
}

fn decide(all: Decision) -> Decisions {
    Decisions {
        book: all,
        twins: all,
        single: HashMap::new(),
    }
}

fn likes(planner: &Planner) -> Vec<Like> {
    planner.rows.iter().map(|checked| checked.like).collect()
}

fn book() -> Known {
    let mut known = Known::default();
    known.put_firm(&["永澄有限公司"], At::Book(id(1)), &HanTable::default());
    known.put_person(
        &person("陳大文", "+852 0555 0101"),
        Some(At::Book(id(1))),
        At::Book(id(2)),
        &HanTable::default(),
    );
    known
}

#[test]
fn rows_are_alike_the_book_before_the_file() {
    let planner = planner(
        Target::Clients,
        book(),
        [
            row(2, Some(firm("永澄")), None),
            row(3, Some(firm("德昇律師行")), None),
            row(4, Some(firm("德昇律師行")), None),
            row(5, Some(firm("德昇律師行")), Some(person("李小明", ""))),
            row(6, None, Some(person("陳大文", "05550101"))),
            row(7, Some(firm("德昇律師行")), Some(person("李小明", ""))),
        ],
    );
    let like = [
        Like::Book(id(1)),
        Like::New,
        Like::Row(1),
        Like::Joins(1),
        Like::Book(id(2)),
        Like::Row(1),
    ];
    assert_eq!(likes(&planner), like);
    let tally = Tally {
        new: 1,
        joins: 1,
        book: 2,
        twins: 2,
        opted_out: 0,
    };
    assert_eq!(planner.tally(), tally);
    assert_eq!(planner.taken(&decide(Decision::Skip)), 2);
    assert_eq!(planner.taken(&decide(Decision::Fill)), 6);
}

#[test]
fn skipping_fills_nothing_and_still_lets_contacts_join() {
    let rows = [
        row(2, Some(firm("永澄")), None),
        row(3, Some(firm("甲")), None),
        row(4, Some(firm("甲")), Some(person("李小明", ""))),
    ];
    let plan = planner(Target::Clients, book(), rows).plan(
        &decide(Decision::Skip),
        day(),
        &mut Counting::default(),
    );
    assert_eq!(plan.skipped, 1);
    let [
        Item::Create {
            id: firm_id,
            made: Made::Organisation(_),
            ..
        },
        Item::Create {
            made: Made::Person(person),
            ..
        },
    ] = plan.items.as_slice()
    else {
        panic!("{:?}", plan.items)
    };
    assert_eq!(person.organisation, Some(*firm_id));
}

#[test]
fn all_that_one_record_gets_is_one_item() {
    let with_industry = Organisation {
        industry: "物流".into(),
        ..firm("永澄")
    };
    let with_segment = Organisation {
        segment: "中小企".into(),
        ..firm("永澄")
    };
    let rows = [
        row(2, Some(with_industry), None),
        row(3, Some(with_segment), None),
    ];
    let planner = planner(Target::Clients, book(), rows);
    let plan = planner.plan(&decide(Decision::Fill), day(), &mut Counting::default());
    let [
        Item::Fill {
            id: filled,
            made: Made::Organisation(body),
            ..
        },
    ] = plan.items.as_slice()
    else {
        panic!("{:?}", plan.items)
    };
    assert_eq!(
        (*filled, body.industry.as_str(), body.segment.as_str()),
        (id(1), "物流", "中小企")
    );
    // Kept beside the book's own, both rows make one new firm.
    let plan = planner.plan(&decide(Decision::Add), day(), &mut Counting::default());
    assert!(
        matches!(plan.items.as_slice(), [Item::Create { .. }]),
        "{:?}",
        plan.items
    );
}

#[test]
fn one_row_may_be_decided_alone() {
    let rows = [
        row(2, Some(firm("甲")), None),
        row(3, Some(firm("甲")), None),
        row(4, Some(firm("甲")), None),
    ];
    let planner = planner(Target::Clients, Known::default(), rows);
    let decisions = Decisions {
        single: [(2, Decision::Add)].into(),
        ..decide(Decision::Skip)
    };
    let plan = planner.plan(&decisions, day(), &mut Counting::default());
    assert_eq!((plan.items.len(), plan.skipped), (2, 1));
}

#[test]
fn a_directory_becomes_leads_without_people() {
    let lead = |line, name: &str| FileRow {
        line,
        firm: Some(Made::Lead(LeadBody {
            name_zh: name.into(),
            ..Default::default()
        })),
        ..Default::default()
    };
    let planner = planner(Target::Leads, book(), [lead(2, "永澄"), lead(3, "新公司")]);
    assert_eq!(likes(&planner), [Like::Book(id(1)), Like::New]);
    let plan = planner.plan(&decide(Decision::Fill), day(), &mut Counting::default());
    assert!(
        matches!(
            plan.items.as_slice(),
            [Item::Create {
                made: Made::Lead(_),
                ..
            }]
        ),
        "{:?}",
        plan.items
    );
}

#[test]
fn a_card_finds_its_firm_and_is_decided_by_its_person() {
    let rows = [
        row(
            1,
            Some(firm("永澄有限公司")),
            Some(person("陳大文", "05550101")),
        ),
        row(2, Some(firm("永澄有限公司")), Some(person("黃一心", ""))),
        row(3, Some(firm("新公司")), Some(person("何二", ""))),
    ];
    let planner = planner(Target::People, book(), rows);
    assert_eq!(likes(&planner), [Like::Book(id(2)), Like::New, Like::New]);
    let plan = planner.plan(&decide(Decision::Skip), day(), &mut Counting::default());
    let [
        Item::Create {
            made: Made::Person(wong),
            ..
        },
        Item::Create { id: new_firm, .. },
        Item::Create {
            made: Made::Person(ho),
            ..
        },
    ] = plan.items.as_slice()
    else {
        panic!("{:?}", plan.items)
    };
    assert_eq!(
        (wong.organisation, ho.organisation),
        (Some(id(1)), Some(*new_firm))
    );
}

#[test]
fn a_card_adds_what_it_says_of_a_known_firm() {
    let address = crate::domain::contact::Address {
        id: id(8),
        label: String::new(),
        text: "示例道1號".into(),
    };
    let described = Organisation {
        addresses: vec![address],
        ..firm("永澄有限公司")
    };
    let rows = [row(1, Some(described), Some(person("黃一心", "")))];
    let plan = planner(Target::People, book(), rows).plan(
        &decide(Decision::Skip),
        day(),
        &mut Counting::default(),
    );
    let [
        Item::Create {
            made: Made::Person(wong),
            ..
        },
        Item::Fill { id: filled, .. },
    ] = plan.items.as_slice()
    else {
        panic!("{:?}", plan.items)
    };
    assert_eq!((wong.organisation, *filled), (Some(id(1)), id(1)));
}

#[test]
fn firms_of_nearly_one_name_are_told_apart() {
    let han = HanTable::default();
    let mut known = Known::default();
    known.put_firm(
        &["恒星國際集團有限公司", "Star Group Limited"],
        At::Book(id(1)),
        &han,
    );
    let ask = |names: &[&str]| known.firm(names, &han).is_some();
    assert!(
        ask(&["恒星國際集團", ""]) && ask(&["", "STAR GROUP LTD."]),
        "the legal form says nothing"
    );
    assert!(
        !ask(&["恒星國際", ""]) && !ask(&["", "Star Limited"]),
        "a group is not its company"
    );
    assert!(
        !ask(&["衡星集團", "Star Group Limited"]),
        "two Chinese names"
    );
    assert!(ask(&["", "Star Group", "恒星國際集團"]), "an alias");
}

#[test]
fn people_of_one_name_are_told_apart() {
    let known = |mobile: &str, firm: Option<At>| {
        let mut known = Known::default();
        known.put_person(
            &person("陳大文", mobile),
            firm,
            At::Book(id(2)),
            &HanTable::default(),
        );
        known
    };
    let ask = |known: Known, name: &str, mobile: &str, firm: Option<At>| {
        known.person(&person(name, mobile), firm, &HanTable::default())
    };
    let (one, two) = (Some(At::Book(id(1))), Some(At::Book(id(9))));
    assert!(
        ask(known("0555 0101", one), "陳大文", "0555 0101", two).is_some(),
        "one name, one mobile"
    );
    assert!(
        ask(known("", one), "陳大文", "0555 0102", one).is_some(),
        "one name, one firm"
    );
    assert!(
        ask(known("", one), "陳大文", "", two).is_none(),
        "two firms"
    );
    assert!(
        ask(known("0555 0101", None), "陳大文", "0555 0102", None).is_none(),
        "two mobiles"
    );
    assert!(
        ask(known("0555 0101", one), "陳小文", "0555 0101", one).is_none(),
        "two Chinese names"
    );
    let english = Person {
        family_en: "Chan".into(),
        ..person("", "0555 0101")
    };
    assert!(
        known("0555 0101", one)
            .person(&english, None, &HanTable::default())
            .is_some(),
        "the other language, one mobile"
    );
}

#[test]
fn who_opted_out_stays_so() {
    let refused = FileRow {
        suppressed: true,
        ..row(2, None, Some(person("李小明", "0555 0103")))
    };
    let planner = planner(Target::Clients, Known::default(), [refused]);
    assert_eq!(planner.tally().opted_out, 1);
    let plan = planner.plan(&decide(Decision::Fill), day(), &mut Counting::default());
    assert!(
        matches!(plan.items.as_slice(), [Item::Create { made: Made::Person(person), .. }] if person.opted_out())
    );
}

#[test]
fn a_known_person_who_opted_out_is_noted_once() {
    let refused = |line| FileRow {
        suppressed: true,
        ..row(line, None, Some(person("陳大文", "0555 0101")))
    };
    let planner = planner(Target::Clients, book(), [refused(2), refused(3)]);
    let plan = planner.plan(&decide(Decision::Fill), day(), &mut Counting::default());
    let [
        Item::Fill {
            made: Made::Person(body),
            ..
        },
    ] = plan.items.as_slice()
    else {
        panic!("{:?}", plan.items)
    };
    assert_eq!(body.consents.len(), 1);
    let filled = fill_person(&person("陳大文", "0555 0101"), body);
    assert!(filled.opted_out());
    assert_eq!(fill_person(&filled, body), filled);
}

#[test]
fn filling_overwrites_nothing_and_repeats_nothing() {
    let kept = Organisation {
        industry: "銀行".into(),
        remark: "自己的備註".into(),
        ..firm("永澄")
    };
    let phone = |number: &str| Phone {
        id: id(7),
        kind: PhoneKind::Office,
        number: number.into(),
    };
    let row = Organisation {
        industry: "金融".into(),
        segment: "大客".into(),
        remark: "檔案的備註".into(),
        phones: vec![phone("+852 0555 0104")],
        ..firm("永澄")
    };
    let once = fill_organisation(&kept, &row);
    assert_eq!(
        (once.industry.as_str(), once.segment.as_str()),
        ("銀行", "大客")
    );
    assert!(
        once.remark.contains("自己的備註")
            && once.remark.contains("金融")
            && once.remark.contains("檔案的備註")
    );
    let again = Organisation {
        phones: vec![phone("0555-0104")],
        ..row
    };
    assert_eq!(fill_organisation(&once, &again), once);
    let person_row = Person {
        title: "董事".into(),
        remark: "名片".into(),
        ..person("陳大文", "0555 0101")
    };
    let once = fill_person(
        &Person {
            title: "經理".into(),
            ..person("陳大文", "")
        },
        &person_row,
    );
    assert_eq!(fill_person(&once, &person_row), once);
}

#[test]
fn a_plan_survives_as_text() {
    let rows = [
        row(2, Some(firm("永澄")), Some(person("李小明", "0555 0101"))),
        row(3, Some(firm("甲")), None),
    ];
    let plan = planner(Target::Clients, book(), rows).plan(
        &decide(Decision::Fill),
        day(),
        &mut Counting::default(),
    );
    for item in &plan.items {
        let text = serde_json::to_string(item).unwrap();
        assert_eq!(&serde_json::from_str::<Item>(&text).unwrap(), item);
    }
}
