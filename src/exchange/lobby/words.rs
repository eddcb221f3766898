//! Words of a board that are no tenant's name: titles, headings of columns, empty doors, the building's own rooms.

use crate::exchange::columns::is_han;

/// What a name says about the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Tenant,
    /// Nobody is there.
    Vacant,
    /// The building's own room.
    Facility,
}

pub fn standing(name: &str) -> Standing {
    let plain = bare(name);
    if plain.is_empty() || listed(VACANT, &plain) {
        return Standing::Vacant;
    }
    let facility =
        listed(FACILITIES, &plain) || FACILITY_PARTS.split('|').any(|part| plain.contains(part));
    if facility && !is_firm_name(name) {
        return Standing::Facility;
    }
    Standing::Tenant
}

/// A line without a place that names the board and not a tenant.
pub fn is_title(line: &str) -> bool {
    let plain = line.to_uppercase();
    !plain.chars().any(char::is_alphanumeric)
        || (TITLES.split('|').any(|word| plain.contains(word)) && !is_firm_name(line))
}

/// A building's name, which ends in the word for it.
pub fn is_building(line: &str) -> bool {
    let plain = line.trim().to_uppercase();
    BUILDINGS.split('|').any(|word| {
        plain.ends_with(word)
            && plain.len() > word.len()
            && (word.chars().all(is_han)
                || plain
                    .strip_suffix(word)
                    .is_some_and(|rest| rest.ends_with(' ')))
    })
}

/// Ends in a legal form or in a word that only firms end in.
pub fn is_firm_name(name: &str) -> bool {
    let plain = name
        .trim()
        .trim_end_matches(['.', ')', '）'])
        .to_lowercase();
    FIRMS_HAN.split('|').any(|word| plain.ends_with(word))
        || plain
            .rsplit(|c: char| c.is_whitespace() || c == '.' || c == ',')
            .next()
            .is_some_and(|last| listed(FIRMS_LATIN, last))
}

/// The end of a name that did not fit on its line.
pub fn is_tail(line: &str) -> bool {
    let plain = line.trim().to_lowercase();
    let words = plain
        .split(|c: char| !c.is_alphanumeric() && !is_han(c))
        .filter(|word| !word.is_empty());
    let generic = |word: &str| listed(FIRMS_LATIN, word) || listed(TAILS, word);
    let mut count = 0;
    let all = words.inspect(|_| count += 1).all(generic);
    (all && count > 0)
        || plain.starts_with(['&', '(', '（'])
        || line.starts_with(|c: char| c.is_lowercase())
}

fn listed(list: &str, word: &str) -> bool {
    list.split('|').any(|have| have == word)
}

/// Signs around a name taken away, in small letters.
fn bare(name: &str) -> String {
    name.trim_matches(|c: char| !c.is_alphanumeric() && !is_han(c))
        .to_lowercase()
}

const VACANT: &str = "vacant|vacancy|empty|to let|to be let|for lease|for rent|leasing|now leasing|available|n/a|nil|空置|空缺|空|吉|吉舖|吉鋪|吉室|交吉|招租|招租中|招商中|待租|待招租|放租|出租|未租出|未租|空室";

const FACILITIES: &str = "lobby|main lobby|lift lobby|toilet|toilets|washroom|security|reception|caretaker|guard room|sky garden|plant|pantry|大堂|入口大堂|洗手間|洗手间|機房|机房|電錶房|保安室|保安處|看更|茶水間|空中花園|花園|走廊|垃圾房|接待處|前台";

const FACILITY_PARTS: &str = "management office|building manag|property management|manager's office|car park|carpark|parking|loading bay|loading area|refuge floor|plant room|mechanical floor|e/m|e&m|meter room|switch room|管理處|管理处|管理中心|物业服务中心|物業服務中心|物业管理|物業管理|停車場|停车场|避火層|避难层|庇護層";

const TITLES: &str = "查詢|查询|ENQUIR|INQUIR|租務|HOTLINE|THANK YOU|水牌|租戶|租户|名錄|名录|目錄|目录|索引|指南|指示牌|各層|公司名|樓層|楼层|更新|截至|DIRECTORY|TENANT|OCCUPANT|FLOOR GUIDE|FLOOR INDEX|INDEX|COMPANY NAME|UPDATED|AS AT |AS OF |WELCOME|歡迎|欢迎|商戶|商户|PAGE ";

const BUILDINGS: &str = "大廈|大厦|廣場|广场|大樓|大楼|中心|商廈|寫字樓|BUILDING|TOWER|TOWERS|CENTRE|CENTER|PLAZA|HOUSE|SQUARE|MANSION|EXCHANGE|PLACE|COURT|BLOCK";

const FIRMS_HAN: &str = "公司|事務所|事务所|律師行|律师行|集團|集团|銀行|银行|診所|诊所|工作室|商會|協會|协会|學會|基金|控股|商行|洋行|會社|行業公會";

const FIRMS_LATIN: &str =
    "limited|ltd|llp|llc|plc|inc|corp|corporation|company|co|lp|ag|gmbh|sa|bv|pte|group|holdings";

const TAILS: &str = "development|trading|investment|investments|management|logistics|consultants|consulting|securities|insurance|brokers|enterprises|hong|kong|hk|asia|china|pacific|international|services|and|有限公司|公司|集團";
