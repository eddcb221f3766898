//! Names as people type them into one field: Chinese and Latin together, surname first or last, titles around them.

mod latin;

pub use latin::latin_name;

use super::columns::is_han;
use crate::domain::person::{Honorific, Person, split_zh};

/// A person's name taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonName {
    pub family_zh: String,
    pub given_zh: String,
    pub family_en: String,
    pub given_en: String,
    pub honorific: Option<Honorific>,
}

impl PersonName {
    pub fn is_empty(&self) -> bool {
        [
            &self.family_zh,
            &self.given_zh,
            &self.family_en,
            &self.given_en,
        ]
        .iter()
        .all(|part| part.is_empty())
    }

    /// Fills what `person` lacks; a name that is there stays. Answers whether every part is now in `person`.
    pub fn fill(self, person: &mut Person) -> bool {
        let mut placed = true;
        if person.name_zh().is_empty() {
            person.family_zh = self.family_zh;
            person.given_zh = self.given_zh;
        } else {
            let name = format!("{}{}", self.family_zh, self.given_zh);
            placed &= name.is_empty() || name == person.name_zh();
        }
        if person.name_en().is_empty() {
            person.family_en = self.family_en;
            person.given_en = self.given_en;
        } else {
            let same = self.family_en == person.family_en && self.given_en == person.given_en;
            placed &= same || (self.family_en.is_empty() && self.given_en.is_empty());
        }
        person.honorific = person.honorific.or(self.honorific);
        placed && (self.honorific.is_none() || person.honorific == self.honorific)
    }
}

/// Takes a whole name apart: `陳大文 Peter CHAN`, `陳大文先生`, `Chan Tai Man, Peter`.
pub fn person_name(text: &str) -> PersonName {
    let (zh, en) = split_scripts(text.trim(), |zh, en, _, _| {
        !zh.is_empty() && letters(en) > 0
    });
    let (zh, zh_honorific) = strip_han_honorific(&zh);
    let (en, en_honorific) = strip_latin_honorific(&en);
    let (family_zh, given_zh) = han_name(zh);
    let (family_en, given_en) = latin_name(en);
    PersonName {
        family_zh,
        given_zh,
        family_en,
        given_en,
        honorific: zh_honorific.or(en_honorific),
    }
}

/// A foreign name written in Han keeps its dot and has no surname to cut off (約翰·史密斯).
pub fn han_name(text: &str) -> (String, String) {
    if text.contains(['·', '‧', '•', '・']) {
        (String::new(), text.to_owned())
    } else {
        split_zh(text)
    }
}

/// A firm's name in both languages out of one cell; what has only one script comes back in one piece. Latin letters in
/// front of a bare legal form belong to the Chinese name (`ASMPT有限公司`).
pub fn split_firm(text: &str) -> (String, String) {
    split_scripts(text.trim(), |zh, en, separated, zh_first| {
        let enough = if separated { 2 } else { 4 };
        let one_word = !separated && !zh_first && zh.ends_with("公司");
        letters(en) >= enough
            && !one_word
            && !is_generic(zh, GENERIC_HAN)
            && !is_generic(&en.to_lowercase(), GENERIC_LATIN)
    })
}

/// Reads a form of address: `Mr.`, `先生`.
pub fn honorific(text: &str) -> Option<Honorific> {
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    Some(match plain.as_str() {
        "mr" | "mister" | "先生" => Honorific::Mr,
        "ms" | "女士" => Honorific::Ms,
        "mrs" | "madam" | "太太" | "夫人" => Honorific::Mrs,
        "miss" | "小姐" => Honorific::Miss,
        "dr" | "doctor" | "博士" | "醫生" | "医生" => Honorific::Dr,
        "prof" | "professor" | "教授" => Honorific::Prof,
        _ => return None,
    })
}

pub fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

fn letters(text: &str) -> usize {
    text.chars()
        .filter(|c| c.is_alphabetic() && !is_han(*c))
        .count()
}

/// Cuts behind the last Han or before the first, where `fits(Chinese, Latin, separated, Chinese first)` agrees.
fn split_scripts(text: &str, fits: impl Fn(&str, &str, bool, bool) -> bool) -> (String, String) {
    let mut han = text.char_indices().filter(|(_, c)| is_han(*c));
    let Some((first, _)) = han.next() else {
        return (String::new(), text.to_owned());
    };
    let last = han.next_back().unwrap_or((first, ' ')).0;
    let behind = last
        + text
            .get(last..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
    for (cut, zh_first) in [
        (close_brackets(text, behind), true),
        (open_bracket(text, first), false),
    ] {
        let (left, right) = text.split_at_checked(cut).unwrap_or((text, ""));
        let (zh, en) = if zh_first {
            (left, right)
        } else {
            (right, left)
        };
        let separated = left.ends_with(is_separator) || right.starts_with(is_separator);
        let (zh, en) = (bare(zh), bare(en));
        if !en.is_empty() && fits(zh, en, separated, zh_first) {
            return (zh.to_owned(), en.to_owned());
        }
    }
    (text.to_owned(), String::new())
}

/// Moves a cut behind the brackets that close what was opened before it.
fn close_brackets(text: &str, cut: usize) -> usize {
    let count = |chars: [char; 2]| text.get(..cut).unwrap_or_default().matches(chars).count();
    let mut open = count(['(', '（']).saturating_sub(count([')', '）']));
    let mut end = cut;
    for c in text.get(cut..).unwrap_or_default().chars() {
        if open == 0 || !matches!(c, ')' | '）') {
            break;
        }
        open -= 1;
        end += c.len_utf8();
    }
    end
}

/// Moves a cut in front of the bracket that opens there.
fn open_bracket(text: &str, cut: usize) -> usize {
    let before = text.get(..cut).unwrap_or_default();
    before.strip_suffix(['(', '（']).unwrap_or(before).len()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '/' | '|' | ',' | '，' | '、' | ';' | '；' | '-' | '–' | '—' | '(' | ')' | '（' | '）'
        )
}

/// Without separators at the ends and without brackets around the whole.
fn bare(text: &str) -> &str {
    let outer = |c: char| is_separator(c) && !matches!(c, '(' | ')' | '（' | '）');
    let text = text.trim_matches(outer);
    let inner = text
        .strip_prefix(['(', '（'])
        .and_then(|text| text.strip_suffix([')', '）']));
    let inner = inner.filter(|inner| !inner.contains(['(', '（', ')', '）']));
    // An opening bracket stays behind where the cut fell inside a pair.
    inner
        .unwrap_or_else(|| text.trim_end_matches(['(', '（']))
        .trim_matches(outer)
}

/// Words that name no firm by themselves, the longer before those inside them.
const GENERIC_HAN: &str = "股份有限公司|有限責任公司|有限责任公司|有限公司|無限公司|公司|集團|集团|控股|國際|国际|香港|澳門|澳门|中國|中国|亞洲|亚洲|亞太|亚太|大中華|貿易|贸易|投資|投资|實業|实业|科技|工程|物流|顧問|顾问|服務|服务|發展|发展|企業|企业|銀行|银行|保險|保险|地產|地产|食品|電子|电子|製造|制造|設計|设计|建築|建筑|分行|分公司";
const GENERIC_LATIN: &str = "limited|ltd|company|co|inc|corporation|corp|llc|plc|hong kong|hk";

fn is_generic(text: &str, words: &str) -> bool {
    let mut rest = text.to_owned();
    for word in words.split('|') {
        rest = rest.replace(word, " ");
    }
    !rest.chars().any(char::is_alphanumeric)
}

fn strip_han_honorific(text: &str) -> (&str, Option<Honorific>) {
    for title in [
        "先生", "女士", "小姐", "太太", "夫人", "博士", "教授", "醫生", "医生",
    ] {
        if let Some(rest) = text.strip_suffix(title).map(str::trim_end)
            && !rest.is_empty()
        {
            return (rest, honorific(title));
        }
    }
    (text, None)
}

fn strip_latin_honorific(text: &str) -> (&str, Option<Honorific>) {
    match text.split_once([' ', '.']) {
        Some((first, rest)) if honorific(first).is_some() && !rest.trim().is_empty() => {
            (rest.trim_start_matches(['.', ' ']), honorific(first))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
