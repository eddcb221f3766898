//! Which column of a list of buildings holds what, by its heading.

use crate::domain::canvass::floor::half_width;
use crate::exchange::csv::Row;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A name in either language.
    Name,
    NameZh,
    NameEn,
    Address,
    District,
    Floors,
    Storeys,
    Doors,
    Zones,
    Access,
}

pub struct Columns {
    targets: Vec<Option<Target>>,
    /// Headings of columns nothing is taken from.
    pub unread: Vec<String>,
}

impl Columns {
    /// `None` for a row that does not name a column of buildings: then it is no heading.
    pub fn of(row: &Row) -> Option<Self> {
        let mut targets: Vec<Option<Target>> = Vec::new();
        let mut unread = Vec::new();
        for cell in &row.cells {
            let target = target(cell).filter(|target| {
                // Places and notes may come in several columns; of everything else the first one counts.
                let several = matches!(target, Target::Address | Target::District | Target::Access);
                several || !targets.contains(&Some(*target))
            });
            if target.is_none() && !cell.trim().is_empty() {
                unread.push(cell.trim().to_owned());
            }
            targets.push(target);
        }
        let names = [Target::Name, Target::NameZh, Target::NameEn];
        let named = targets.iter().flatten().any(|have| names.contains(have));
        named.then_some(Self { targets, unread })
    }

    pub fn width(&self) -> usize {
        self.targets.len()
    }

    /// What a row has for this, without blanks.
    pub fn cells(&self, row: &Row, target: Target) -> Vec<String> {
        self.targets
            .iter()
            .zip(&row.cells)
            .filter(|(have, _)| **have == Some(target))
            .map(|(_, cell)| cell.trim().to_owned())
            .filter(|cell| !cell.is_empty())
            .collect()
    }
}

fn target(heading: &str) -> Option<Target> {
    let plain: String = half_width(heading)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // The narrow words first: `doors per floor` is about doors, 分區 is about lifts.
    if has(&[
        "zone",
        "lift",
        "elevator",
        "分區",
        "分区",
        "升降機",
        "電梯",
        "电梯",
    ]) {
        Some(Target::Zones)
    } else if has(&[
        "door", "unit", "room", "單位", "单位", "单元", "單元", "每層", "每层",
    ]) {
        Some(Target::Doors)
    } else if has(&[
        "storey",
        "stories",
        "numberoffloor",
        "nooffloor",
        "floorcount",
        "層數",
        "层数",
    ]) {
        Some(Target::Storeys)
    } else if has(&["floor", "樓層", "楼层"]) {
        Some(Target::Floors)
    } else if has(&[
        "access", "note", "remark", "security", "出入", "備註", "备注", "須知", "须知", "保安",
    ]) {
        Some(Target::Access)
    } else if has(&["address", "street", "地址"]) {
        Some(Target::Address)
    } else if has(&["district", "area", "region", "地區", "地区", "分域"]) {
        Some(Target::District)
    } else {
        name(&plain)
    }
}

/// A heading for names says nothing else: otherwise a row of buildings without headings would be taken for one.
fn name(plain: &str) -> Option<Target> {
    const NAMES: [&str; 27] = [
        "name",
        "tower",
        "building",
        "buildings",
        "towername",
        "buildingname",
        "property",
        "propertyname",
        "nameofbuilding",
        "大廈",
        "大厦",
        "大廈名稱",
        "大厦名称",
        "大廈名",
        "大厦名",
        "名稱",
        "名称",
        "名",
        "樓宇",
        "楼宇",
        "樓宇名稱",
        "楼宇名称",
        "物業",
        "物业",
        "物業名稱",
        "物业名称",
        "大樓",
    ];
    const ZH: [&str; 6] = ["chinese", "zhhk", "zh", "中文", "chi", "繁體"];
    const EN: [&str; 5] = ["english", "en", "英文", "eng", "latin"];
    let without = |words: &[&str]| {
        words.iter().any(|word| {
            let rest = plain
                .strip_prefix(word)
                .or_else(|| plain.strip_suffix(word))
                .or_else(|| plain.strip_suffix("名稱")?.strip_suffix(word))
                .or_else(|| plain.strip_suffix("名称")?.strip_suffix(word));
            rest.is_some_and(|rest| NAMES.contains(&rest))
        })
    };
    if NAMES.contains(&plain) {
        Some(Target::Name)
    } else if without(&ZH) {
        Some(Target::NameZh)
    } else if without(&EN) {
        Some(Target::NameEn)
    } else {
        None
    }
}
