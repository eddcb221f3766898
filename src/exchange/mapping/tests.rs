use super::*;
use crate::domain::contact::PhoneKind;
use crate::domain::lead::LeadBody;
use crate::domain::organisation::{LeadSource, Organisation, Tier};
use crate::domain::person::{Honorific, Person};
use crate::exchange::csv::{Reader, Refused, RowProblem};
use crate::exchange::testing::Counting;
use FieldTarget as F;
use PersonField as P;
use proptest::prelude::*;

fn guess(text: &str) -> (Mapping, Reader) {
    let reader = Reader::new(text.to_owned());
    (
        Mapping::guess(reader.header(), &reader.peek(SAMPLE)),
        reader,
    )
}

fn targets(text: &str) -> Vec<FieldTarget> {
    guess(text)
        .0
        .columns
        .iter()
        .map(|column| column.target)
        .collect()
}

fn import(text: &str) -> (Vec<Accepted>, Vec<Refused>) {
    let (mapping, reader) = guess(text);
    let mut ids = Counting::default();
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    for row in reader {
        match row.and_then(|row| convert(&row, &mapping, &mut ids)) {
            Ok(row) => taken.push(row),
            Err(row) => refused.push(row),
        }
    }
    (taken, refused)
}

fn leads(text: &str) -> Vec<LeadBody> {
    let (taken, refused) = import(text);
    assert!(refused.is_empty() && taken.iter().all(|row| row.warnings.is_empty()));
    let lead = |row: Accepted| match row.converted {
        Converted::Lead(body) => body,
        other => panic!("{other:?}"),
    };
    taken.into_iter().map(lead).collect()
}

fn client(row: &Accepted) -> (Organisation, Person) {
    match row.converted.clone() {
        Converted::Client {
            organisation,
            person,
        } => (organisation.unwrap_or_default(), person.unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

fn extras(extra: &[crate::domain::contact::Extra]) -> Vec<String> {
    extra
        .iter()
        .map(|extra| format!("{}={}", extra.name, extra.value))
        .collect()
}

#[test]
fn the_directory_of_companies_needs_no_touch() {
    let leads = leads(include_str!(
        "../../../tests/fixtures/csv/listed-companies.csv"
    ));
    assert_eq!(leads.len(), 66);
    assert_eq!(
        (leads[0].name_zh.as_str(), leads[0].name_en.as_str()),
        ("長江和記實業有限公司", "CK Hutchison Holdings Limited")
    );
    assert_eq!(
        (leads[0].industry.as_str(), extras(&leads[0].extra)),
        ("綜合企業", vec!["stock_code=0001".into()])
    );
    assert_eq!(
        leads[53].name_en,
        "Ping An Insurance (Group) Company of China, Ltd."
    );
    assert!(leads.iter().all(|lead| !lead.name_zh.is_empty()
        && !lead.name_en.is_empty()
        && !lead.industry.is_empty()));
}

#[test]
fn the_directory_of_towers_needs_no_touch() {
    let leads = leads(include_str!(
        "../../../tests/fixtures/csv/office-towers.csv"
    ));
    assert_eq!(leads.len(), 20);
    assert_eq!(
        (leads[1].name_zh.as_str(), leads[1].name_en.as_str()),
        ("國際金融中心二期", "Two International Finance Centre")
    );
    assert_eq!(leads[1].address, "中環 Central");
    assert_eq!(extras(&leads[1].extra), ["storeys=88"]);
}

#[test]
fn directories_without_their_header_are_still_understood() {
    let companies = include_str!("../../../tests/fixtures/csv/listed-companies.csv");
    let (_, rows) = companies.split_once('\n').unwrap();
    assert_eq!(targets(rows), [F::Extra, F::NameZh, F::NameEn, F::Extra]);
    let towers = include_str!("../../../tests/fixtures/csv/office-towers.csv");
    let (_, rows) = towers.split_once('\n').unwrap();
    assert_eq!(
        targets(rows),
        [F::NameZh, F::NameEn, F::Extra, F::Extra, F::Extra]
    );
    assert_eq!(leads(rows)[0].extra[0].name, "C");
}

#[test]
fn a_portfolio_becomes_clients_with_contacts() {
    let (taken, refused) = import(include_str!("../../../tests/fixtures/csv/simplified.csv"));
    assert!(refused.is_empty());
    let (firm, person) = client(&taken[1]);
    assert_eq!(
        (firm.name_zh.as_str(), firm.tier, firm.stage),
        ("华信达国际贸易有限公司", Some(Tier::B), Stage::Prospect)
    );
    assert_eq!(
        (firm.source, firm.addresses.len()),
        (Some(LeadSource::TradeDirectory), 1)
    );
    assert_eq!(
        (person.family_zh.as_str(), person.given_zh.as_str()),
        ("欧阳", "丽")
    );
    assert_eq!(
        (firm.phones.len(), firm.phones[0].kind),
        (1, PhoneKind::Mobile)
    );
    assert_eq!(client(&taken[2]).0.tier, Some(Tier::Vip));
}

#[test]
fn columns_come_in_any_order_and_language() {
    let text = "手提,Contact Person,E-mail,公司名稱 Company,職銜,Tier,VAT no.\n\
                5555 0101,Peter CHAN Tai Man 陳大文,p@example.com,甲乙貿易有限公司 Ace Best Ltd,Manager,A,7\n\
                ,,,丙有限公司,,B級,8\n";
    let (taken, _) = import(text);
    let (firm, person) = client(&taken[0]);
    assert_eq!(
        (firm.name_zh.as_str(), firm.name_en.as_str()),
        ("甲乙貿易有限公司", "Ace Best Ltd")
    );
    assert_eq!(
        [person.name_zh(), person.family_en, person.given_en],
        ["陳大文", "CHAN", "Tai Man, Peter"]
    );
    assert_eq!(
        (person.title.as_str(), extras(&firm.extra)),
        ("Manager", vec!["VAT no.=7".to_owned()])
    );
    let Converted::Client { person: None, .. } = &taken[1].converted else {
        panic!("{:?}", taken[1])
    };
}

#[test]
fn names_find_their_owners() {
    for (text, wanted) in [
        (
            "Name,Company,Title\nPeter Chan,Ace Ltd,Manager\n",
            vec![F::Person(P::Name), F::Name, F::Person(P::Title)],
        ),
        (
            "Name,Title,Phone\nPeter Chan,Manager,3000 0001\n",
            vec![
                F::Person(P::Name),
                F::Person(P::Title),
                F::Phone(PhoneKind::Office),
            ],
        ),
        (
            "姓,名,公司\n陳,大文,甲有限公司\n",
            vec![F::Person(P::Family), F::Person(P::Given), F::Name],
        ),
        (
            "中文姓,中文名,英文姓,英文名\n陳,大文,Chan,Tai Man\n",
            vec![
                F::Person(P::FamilyZh),
                F::Person(P::GivenZh),
                F::Person(P::FamilyEn),
                F::Person(P::GivenEn),
            ],
        ),
        (
            "公司,聯絡人中文名\n甲有限公司,陳大文\n",
            vec![F::Name, F::Person(P::NameZh)],
        ),
        (
            "名稱,Name\n甲有限公司,Ace Ltd\n乙有限公司,Best Ltd\n丙有限公司,Case Ltd\n",
            vec![F::NameZh, F::NameEn],
        ),
        (
            "Contact,Company\n3000 0001,甲\n3000 0002,乙\n3000 0003,丙\n",
            vec![F::Person(P::Phone(PhoneKind::Office)), F::Name],
        ),
        (
            "Company,Title\n甲,Mr\n乙,Ms\n丙,Dr\n",
            vec![F::Name, F::Person(P::Honorific)],
        ),
        (
            "Company,Office\n甲,Central\n乙,Wan Chai\n丙,Kwun Tong\n",
            vec![F::Name, F::Extra],
        ),
        (
            "Company,Tier,Tier\n甲,A,B\n",
            vec![F::Name, F::Tier, F::Extra],
        ),
    ] {
        assert_eq!(targets(text), wanted, "{text}");
    }
}

#[test]
fn an_english_name_beside_a_company_is_the_companys_when_it_ends_like_one() {
    let rows = "公司名稱,英文名稱,電話\n港玉三號有限公司,Harbour Jade 3 Limited,+852 3000 0001\n港玉四號有限公司,Harbour Jade 4 Limited,+852 3000 0002\n";
    assert_eq!(targets(rows)[1], FieldTarget::NameEn);
}

#[test]
fn what_does_not_fit_is_kept_and_said() {
    let text = "Company,Tel,E-mail,Website,Tier,Contact,Birthday\n\
                甲有限公司,see overleaf,nobody,javascript:x,A,陳大文,1985-04-12\n\
                乙有限公司,3000 0001,b@example.com,b.example,Gold,,\n\
                丙有限公司,3000 0002,c@example.com,c.example,B,李小姐,soon,surplus\n\
                丁有限公司,3000 0003,d@example.com,d.example,C,王五,04-12\n\
                ,3000 0004,,,A,,\n";
    let (taken, refused) = import(text);
    let (firm, person) = client(&taken[0]);
    assert_eq!(
        taken[0].warnings,
        [
            RowProblem::NotAPhone { column: 1 },
            RowProblem::NotAnEmail { column: 2 },
            RowProblem::NotAWebSite { column: 3 },
        ]
    );
    assert_eq!(
        extras(&firm.extra),
        ["Tel=see overleaf", "E-mail=nobody", "Website=javascript:x"]
    );
    assert_eq!(
        person.birthday.map(|day| (day.month, day.day, day.year)),
        Some((4, 12, Some(1985)))
    );
    assert_eq!(taken[1].warnings, [RowProblem::UnknownWord { column: 4 }]);
    assert_eq!(extras(&client(&taken[1]).0.extra), ["Tier=Gold"]);
    assert_eq!(
        taken[2].warnings,
        [RowProblem::NotADate { column: 6 }, RowProblem::SurplusCells]
    );
    let (firm, person) = client(&taken[2]);
    assert_eq!(
        (person.family_zh.as_str(), person.honorific),
        ("李", Some(Honorific::Miss))
    );
    assert_eq!(
        (extras(&person.extra), extras(&firm.extra)),
        (vec!["Birthday=soon".into()], vec!["H=surplus".into()])
    );
    assert_eq!(
        (
            refused.len(),
            refused[0].line,
            refused[0].problems.as_slice()
        ),
        (1, 6, [RowProblem::NoName].as_slice())
    );
}

#[test]
fn a_person_choosing_otherwise_is_obeyed() {
    let (mut mapping, mut reader) = guess("Company,Tel,Note\n甲有限公司,3000 0001,secret\n");
    mapping.target = Target::Clients;
    mapping.columns[1].target = F::Phone(PhoneKind::Main);
    mapping.columns[2].target = F::LeaveOut;
    let row = convert(
        &reader.next().unwrap().unwrap(),
        &mapping,
        &mut Counting::default(),
    )
    .unwrap();
    let (firm, _) = client(&row);
    assert_eq!(
        (firm.phones[0].kind, firm.stage, firm.remark.as_str()),
        (PhoneKind::Main, Stage::Client, "")
    );
    let text = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), mapping);
}

#[test]
fn fifty_thousand_rows_are_all_there() {
    let mut text = String::from("公司名稱,Company,電話,電郵,地址\n");
    for n in 0..50_000 {
        text.push_str(&format!(
            "公司{n}有限公司,Firm {n} Ltd,3000 {:04},f{n}@example.com,\"示例道{n}號, 中環\"\n",
            n % 10_000
        ));
    }
    let (taken, refused) = import(&text);
    assert_eq!((taken.len(), refused.len()), (50_000, 0));
}

proptest! {
    #[test]
    fn no_table_panics_or_loses_a_word(
        header in proptest::collection::vec("(公司|Company|電話|Tel|姓名|Name|Contact|Tier|級別|地址|xyz|生日|備註|[a-z]{0,4})", 0..7),
        rows in proptest::collection::vec(proptest::collection::vec("(甲乙|Ace Ltd|3000 000[0-9]|A|a@b\\.hk|1985-04-12|陳大文|[a-z,;/'=+-]{0,5})", 0..8), 0..6)
    ) {
        let header = (!header.is_empty()).then_some(Row { line: 1, cells: header });
        let rows: Vec<Row> = rows.into_iter().zip(2..).map(|(cells, line)| Row { line, cells }).collect();
        let mut mapping = Mapping::guess(header.as_ref(), &rows);
        for target in [Target::Leads, Target::Clients] {
            mapping.target = target;
            for row in &rows {
                let Ok(taken) = convert(row, &mapping, &mut Counting::default()) else { continue };
                let kept = format!("{:?}", taken.converted);
                for cell in &row.cells {
                    let typed = ["A", "1985-04-12", "a@b.hk"].contains(&cell.as_str());
                    for word in cell.split(|c: char| !c.is_alphanumeric()).filter(|_| !typed) {
                        // A Chinese name is cut into surname and given name.
                        let pieces: Vec<String> = if is_chinese(word) { word.chars().map(String::from).collect() } else { vec![word.to_owned()] };
                        prop_assert!(pieces.iter().all(|piece| kept.contains(piece)), "{word} of {row:?} is not in {kept}");
                    }
                }
            }
        }
    }
}
