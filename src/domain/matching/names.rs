//! Names without what does not tell firms or people apart.

use crate::domain::han::HanTable;
use crate::domain::search::fold::{self, Class, class};

/// A person's name, folded, without honorifics, its scripts apart.
pub(super) struct PersonName {
    /// The Chinese characters; empty where there are none.
    pub(super) han: String,
    /// The Latin words in the order of the alphabet, so that it does not matter which of them is the surname.
    pub(super) latin: String,
    /// The Latin words as they came.
    pub(super) words: Vec<String>,
}

/// Strips "有限公司", "Holdings Ltd", "(Hong Kong)" and their like, in either script: "恒生银行",
/// "clp power". A name of nothing else is kept whole, so the key is empty only where the name is.
pub fn company_key(name: &str, han: &HanTable) -> String {
    let whole = words_of(&fold::key(name, han));
    let mut words = words_of(&fold::key(&without_regions(name, han), han));
    if words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    while strip_last(&mut words, han) {}
    joined(if words.is_empty() { &whole } else { &words })
}

/// Strips 先生, 小姐, Mr, Dr and their like. Latin words stand in the order of the alphabet, so that it does not matter
/// which of them is the surname. Empty only where the name is.
pub fn person_key(name: &str, han: &HanTable) -> String {
    let name = person_name(name, han);
    [name.han, name.latin]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

pub(super) fn person_name(name: &str, han: &HanTable) -> PersonName {
    let mut chinese = String::new();
    let mut words = Vec::new();
    for word in words_of(&fold::key(name, han)) {
        if is_han(&word) {
            chinese.push_str(&word)
        } else {
            words.push(word)
        }
    }
    for title in TITLES_ZH.split_whitespace() {
        let title = folded(title, han);
        if let Some(rest) = chinese
            .strip_suffix(title.as_str())
            .filter(|rest| !rest.is_empty())
        {
            chinese.truncate(rest.len());
            break;
        }
    }
    let named = |word: &String| !TITLES_EN.split_whitespace().any(|title| title == word);
    if words.iter().any(named) {
        words.retain(named);
    }
    let mut sorted = words.clone();
    sorted.sort_unstable();
    PersonName {
        han: chinese,
        latin: sorted.join(" "),
        words,
    }
}

/// Takes one word, or one ending of a Chinese word, from the end; whether there was one.
fn strip_last(words: &mut Vec<String>, han: &HanTable) -> bool {
    let count = words.len();
    let Some(last) = words.last_mut() else {
        return false;
    };
    if is_han(last) {
        let ending = ENDINGS_ZH
            .split_whitespace()
            .map(|ending| folded(ending, han))
            .find(|ending| last.ends_with(ending.as_str()));
        let Some(ending) = ending else { return false };
        last.truncate(last.len() - ending.len());
        if last.is_empty() {
            words.pop();
        }
        return true;
    }
    if ENDINGS_EN.split_whitespace().any(|ending| ending == last) {
        words.pop();
        return true;
    }
    // "CLP Power Hong Kong Limited", but not "Bank of Hong Kong".
    let city = match &words[..] {
        [.., hong, kong] if hong == "hong" && kong == "kong" => 2,
        [.., hk] if hk == "hk" => 1,
        _ => 0,
    };
    let before = count.checked_sub(city + 1).and_then(|at| words.get(at));
    if city == 0 || before.is_none_or(|word| matches!(word.as_str(), "of" | "in" | "and" | "the")) {
        return false;
    }
    words.truncate(count - city);
    true
}

/// The name without brackets that hold only a region: "(香港)", "(Asia)".
fn without_regions(name: &str, han: &HanTable) -> String {
    let mut left = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(open) = rest.find(OPENING) {
        let (before, bracket) = rest.split_at(open);
        left.push_str(before);
        let Some(close) = bracket.find(CLOSING) else {
            rest = bracket;
            break;
        };
        let end = close + bracket[close..].chars().next().map_or(1, char::len_utf8);
        let inside = fold::key(&bracket[..end], han);
        let is_region = |region: &str| fold::key(&region.replace('_', " "), han) == inside;
        if REGIONS.split_whitespace().any(is_region) {
            left.push(' ');
        } else {
            left.push_str(&bracket[..end]);
        }
        rest = &bracket[end..];
    }
    left + rest
}

/// The words of a key, those of two scripts apart.
fn words_of(key: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in key.split(' ').filter(|word| !word.is_empty()) {
        let mut before = None;
        for c in word.chars() {
            let ideograph = class(c) == Class::Ideograph;
            match words.last_mut() {
                Some(word) if before == Some(ideograph) => String::push(word, c),
                _ => words.push(c.to_string()),
            }
            before = Some(ideograph);
        }
    }
    words
}

fn joined(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        let after_han = text
            .chars()
            .next_back()
            .is_some_and(|c| class(c) == Class::Ideograph);
        let together = after_han && is_han(word);
        if !text.is_empty() && !together {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn is_han(word: &str) -> bool {
    word.starts_with(|c| class(c) == Class::Ideograph)
}

fn folded(word: &str, han: &HanTable) -> String {
    word.chars().map(|c| han.fold(c)).collect()
}

const OPENING: [char; 6] = ['(', '（', '[', '【', '〔', '〈'];
const CLOSING: [char; 6] = [')', '）', ']', '】', '〕', '〉'];

/// Longer ones before those they end with; in both scripts for the time before the table is there.
const ENDINGS_ZH: &str = "股份有限公司 有限責任公司 有限责任公司 有限公司 集團公司 集团公司 總公司 总公司 分公司 株式會社 株式会社 公司 集團 集团 控股 有限";
const ENDINGS_EN: &str = "limited ltd company co incorporated inc corporation corp llc llp lp plc holdings holding group gmbh \
    sa ag nv bv pte pty sdn bhd kk";
const REGIONS: &str = "香港 港 中國 中国 亞洲 亚洲 亞太 亚太 國際 国际 澳門 澳门 台灣 台湾 大中華 大中华 遠東 远东 華南 华南 深圳 廣州 广州 上海 北京 新加坡 集團 集团 控股 \
    hong_kong hk hongkong h.k. china asia asia_pacific apac international intl macau macao taiwan greater_china far_east south_china \
    shenzhen guangzhou shanghai beijing singapore group holdings worldwide global";
const TITLES_ZH: &str = "先生 小姐 女士 太太 夫人 博士 教授 律師 律师 醫生 医生 老師 老师 總經理 总经理 經理 经理 主任 總監 总监 董事長 董事长";
const TITLES_EN: &str = "mr mrs ms miss mdm madam dr prof professor sir";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::han::tests::table;
    use proptest::prelude::*;

    #[test]
    fn a_firm_keeps_what_names_it() {
        for (name, core) in [
            ("中電控股有限公司", "中电"),
            ("中电控股有限公司", "中电"),
            ("恒生銀行有限公司", "恒生银行"),
            ("ABC（香港）有限公司", "abc"),
            ("曜川貿易(亞洲)有限公司", "曜川贸易"),
            ("CLP Holdings Limited", "clp"),
            ("CLP Power Hong Kong Limited", "clp power"),
            ("The Bank of Hong Kong Ltd", "bank of hong kong"),
            ("Yiu Chuen Trading Co., Ltd.", "yiu chuen trading"),
            (
                "YIU CHUEN TRADING (HONG KONG) COMPANY LIMITED",
                "yiu chuen trading",
            ),
            ("HSBC Holdings plc", "hsbc"),
            ("K11購物中心", "k11 购物中心"),
            ("有限公司", "有限公司"),
            ("The Group Holdings Ltd", "the group holdings ltd"),
            ("集團控股", "集团控股"),
            ("(Hong Kong) Limited", "hong kong limited"),
            ("Acme (Kowloon Bay Ltd", "acme kowloon bay"),
            ("", ""),
        ] {
            assert_eq!(company_key(name, &table()), core, "{name}");
        }
        assert_eq!(
            company_key("中電控股有限公司", &HanTable::default()),
            "中電"
        );
    }

    #[test]
    fn people_are_the_same_in_any_order_and_with_any_title() {
        let latin = |name| person_name(name, &table()).latin;
        assert_eq!(latin("Chan Tai-man"), latin("Mr. TAI MAN CHAN"));
        assert_eq!(latin("Dr"), "dr");
        let han = |name| person_name(name, &table()).han;
        assert_eq!(han("陳大文先生"), han("陈大文"));
        assert_eq!(
            (han("先生"), han("陳總經理")),
            ("先生".to_owned(), "陈".to_owned())
        );
        assert_eq!(
            person_key("陳大文先生 Mr Peter Chan", &table()),
            "陈大文 chan peter"
        );
        let both = person_name("陳大文 Peter Chan", &table());
        assert_eq!(
            (both.han.as_str(), both.latin.as_str()),
            ("陈大文", "chan peter")
        );
    }

    proptest! {
        #[test]
        fn no_name_becomes_nothing(name in "(有限|公司|集團|控股|（|）|香港|Ltd|Co|the| |中電|Hong Kong|of|&|A){0,8}|\\PC{0,20}") {
            let core = company_key(&name, &table());
            prop_assert_eq!(core.is_empty(), fold::key(&name, &table()).is_empty());
            prop_assert!(!core.starts_with(' ') && !core.ends_with(' ') && !core.contains("  "));
        }
    }
}
