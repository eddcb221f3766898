//! What the cells of a column look like, whatever its header says.

use std::collections::HashSet;

use crate::domain::contact::{PhoneKind, email_is_plausible};
use crate::domain::time::{parse_date, to_ascii_digit};
use crate::exchange::columns::{FieldTarget, PersonField};
use crate::exchange::names::has_han;
use crate::exchange::parse::{clean, is_phone, phone_list, web_site, yearly_date};
use crate::exchange::values;

/// The filled cells of one column.
pub struct Cells<'a>(Vec<&'a str>);

impl<'a> Cells<'a> {
    pub fn new(cells: impl Iterator<Item = &'a str>) -> Self {
        Self(cells.map(clean).filter(|cell| !cell.is_empty()).collect())
    }

    /// Enough cells to contradict a header.
    pub fn tell(&self) -> bool {
        self.0.len() >= 3
    }

    pub fn mostly(&self, test: impl Fn(&str) -> bool) -> bool {
        self.share(test) >= 0.6
    }

    /// Whether a header's claim fits; `None` where cells cannot tell.
    pub fn fit(&self, target: FieldTarget) -> Option<f64> {
        let share = match target {
            FieldTarget::Phone(_) | FieldTarget::Person(PersonField::Phone(_)) => {
                self.share(|cell| phone_list(cell).iter().any(|number| is_phone(number)))
            }
            FieldTarget::Email | FieldTarget::Person(PersonField::Email) => {
                self.share(|cell| cell.contains('@'))
            }
            FieldTarget::WebSite => self.share(|cell| web_site(cell).is_some()),
            FieldTarget::Tier => self.share(|cell| values::tier(cell).is_some()),
            FieldTarget::Stage => self.share(|cell| values::stage(cell).is_some()),
            FieldTarget::Source => self.share(|cell| values::source(cell).is_some()),
            FieldTarget::LastChecked => self.share(|cell| parse_date(cell).is_some()),
            FieldTarget::Person(PersonField::Role) => {
                self.share(|cell| values::role(cell).is_some())
            }
            FieldTarget::Person(PersonField::Honorific) => {
                self.share(|cell| values::honorific(cell).is_some())
            }
            FieldTarget::Person(PersonField::Birthday) => {
                self.share(|cell| yearly_date(cell).is_some())
            }
            _ => return None,
        };
        Some(share)
    }

    /// What only the form of the cells says for certain.
    pub fn form(&self) -> Option<FieldTarget> {
        if self.mostly(email_is_plausible) {
            Some(FieldTarget::Email)
        } else if self
            .mostly(|cell| web_site(cell).is_some() && cell.chars().any(char::is_alphabetic))
        {
            Some(FieldTarget::WebSite)
        } else if self.mostly(|cell| phone_list(cell).iter().all(|number| full_number(number))) {
            let mobile =
                self.mostly(|cell| phone_list(cell).iter().all(|number| is_mobile(number)));
            Some(FieldTarget::Phone(if mobile {
                PhoneKind::Mobile
            } else {
                PhoneKind::Office
            }))
        } else {
            None
        }
    }

    /// The best guess for a column without a header.
    pub fn guess(&self) -> Option<FieldTarget> {
        let short = |target| self.fit(target).is_some_and(|share| share >= 0.8);
        let form = self.form();
        if form.is_some() {
            form
        } else if short(FieldTarget::Tier) {
            Some(FieldTarget::Tier)
        } else if short(FieldTarget::Stage) {
            Some(FieldTarget::Stage)
        } else if short(FieldTarget::Source) {
            Some(FieldTarget::Source)
        } else if self.mostly(is_firm) {
            Some(self.name_target())
        } else if self.mostly(is_address) {
            Some(FieldTarget::Address)
        } else if self.mostly(is_han_person) {
            Some(FieldTarget::Person(PersonField::Name))
        } else {
            None
        }
    }

    /// Which name a column of names holds.
    pub fn name_target(&self) -> FieldTarget {
        let latin = |cell: &str| cell.chars().any(|c| c.is_ascii_alphabetic());
        if self.share(|cell| has_han(cell) && latin(cell) && cell.contains(' ')) >= 0.3 {
            FieldTarget::Name
        } else if self.mostly(has_han) {
            FieldTarget::NameZh
        } else if self.mostly(latin) {
            FieldTarget::NameEn
        } else {
            FieldTarget::Name
        }
    }

    /// Whether most cells carry a legal form.
    pub fn are_firms(&self) -> bool {
        self.mostly(is_firm)
    }

    /// Words, nearly all different: what a column of names looks like at least.
    pub fn could_be_names(&self) -> bool {
        let different: HashSet<&str> = self.0.iter().copied().collect();
        !self.0.is_empty()
            && different.len() * 10 >= self.0.len() * 9
            && self.mostly(|cell| {
                cell.chars().filter(|c| c.is_alphabetic()).count() * 2 > cell.chars().count()
            })
    }

    fn share(&self, test: impl Fn(&str) -> bool) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        let hits = self.0.iter().filter(|cell| test(cell)).count();
        hits as f64 / self.0.len() as f64
    }
}

fn digits(text: &str) -> String {
    text.chars().filter_map(to_ascii_digit).collect()
}

/// Seven digits at least and nothing but what numbers are written with; a date is not one.
fn full_number(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| to_ascii_digit(c).is_some() || " +-().#/".contains(c));
    plain && (7..=16).contains(&digits(text).len()) && parse_date(text).is_none()
}

/// Mobile numbers of Hong Kong (4–7 and 9), Macau and the mainland.
pub fn is_mobile(text: &str) -> bool {
    let digits = digits(text);
    let local = ["852", "853", "86"].iter().find_map(|code| {
        let rest = digits
            .strip_prefix("00")
            .unwrap_or(&digits)
            .strip_prefix(code)?;
        matches!((*code, rest.len()), ("86", 11) | ("852" | "853", 8)).then_some(rest)
    });
    let local = local.unwrap_or(&digits);
    match local.len() {
        8 => local.starts_with(['4', '5', '6', '7', '9']),
        11 => local.starts_with('1') && !local.starts_with("10"),
        _ => false,
    }
}

fn is_firm(text: &str) -> bool {
    let lower = format!(" {} ", text.to_lowercase().replace(['.', ','], " "));
    let latin = [
        " limited ",
        " ltd ",
        " inc ",
        " corporation ",
        " corp ",
        " company ",
        " plc ",
        " llc ",
        " group ",
        " holdings ",
    ];
    let han = [
        "公司",
        "集團",
        "集团",
        "銀行",
        "银行",
        "商會",
        "商会",
        "事務所",
        "事务所",
        "中心",
        "大廈",
        "大厦",
        "廣場",
        "广场",
    ];
    latin.iter().any(|word| lower.contains(word)) || han.iter().any(|word| text.contains(word))
}

fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let latin = [
        " road",
        " street",
        " rd",
        " st,",
        "/f",
        " floor",
        " avenue",
        " building",
        " tower",
    ];
    let han =
        text.contains(['道', '街', '路']) && text.contains(['號', '号', '樓', '楼', '室', '座']);
    let numbered = text.chars().any(|c| to_ascii_digit(c).is_some());
    han || (numbered && latin.iter().any(|word| lower.contains(word)))
}

fn is_han_person(text: &str) -> bool {
    let length = text.chars().count();
    (2..=4).contains(&length)
        && text.chars().all(crate::exchange::columns::is_han)
        && text.starts_with(|c| SURNAMES.contains(c))
}

/// The commonest surnames in both scripts.
const SURNAMES: &str = "陳陈李張张黃黄王林何梁鄭郑吳吴劉刘蔡楊杨周葉叶郭趙赵徐孫孙馬马朱胡高羅罗許许謝谢鄧邓馮冯曾蕭萧鍾钟彭潘曹袁唐董蘇苏盧卢蔣蒋余杜戴夏魏汪田任姜范方石姚譚谭廖鄒邹熊金陸陆郝孔白崔康毛邱秦江史顧顾侯邵孟龍龙萬万段雷錢钱湯汤尹黎易常武喬乔賀贺賴赖龔龚文歐欧司關关簡简溫温麥麦區区";
