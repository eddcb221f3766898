//! Which word of a Latin name is the surname.

/// Family and given names. Capitals mark the surname where only some words have them; a comma follows it; else the
/// romanised surnames of Hong Kong, the mainland and Taiwan decide; else it is the last word.
pub fn latin_name(text: &str) -> (String, String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((left, right)) = text.split_once(',') {
        return with_comma(left.trim(), right.trim());
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    by_capitals(&words).unwrap_or_else(|| by_surname(&words))
}

/// `CHAN, Tai Man` and `Chan Tai Man, Peter`.
fn with_comma(left: &str, right: &str) -> (String, String) {
    let words: Vec<&str> = left.split(' ').filter(|word| !word.is_empty()).collect();
    let Some((first, rest)) = words.split_first() else {
        return (String::new(), right.to_owned());
    };
    if rest.is_empty() || right.is_empty() {
        return if right.is_empty() {
            latin_name(left)
        } else {
            (left.to_owned(), right.to_owned())
        };
    }
    if let Some((family, given)) = by_capitals(&words) {
        return (family, format!("{given}, {right}"));
    }
    if is_surname(first) {
        ((*first).to_owned(), format!("{}, {right}", rest.join(" ")))
    } else {
        (left.to_owned(), right.to_owned())
    }
}

fn by_capitals(words: &[&str]) -> Option<(String, String)> {
    let capital = |word: &&&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && word
                .chars()
                .all(|c| c.is_uppercase() || matches!(c, '-' | '\''))
    };
    let start = words.iter().position(|word| capital(&word))?;
    let length = words
        .iter()
        .skip(start)
        .take_while(|word| capital(word))
        .count();
    if length == words.len() {
        return None;
    }
    let (before, rest) = words.split_at_checked(start)?;
    let (family, after) = rest.split_at_checked(length)?;
    Some((family.join(" "), given(after, before)))
}

/// The Chinese given name first, the western one behind a comma, as on a Hong Kong card.
fn given(chinese: &[&str], western: &[&str]) -> String {
    let parts = [chinese.join(" "), western.join(" ")];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn by_surname(words: &[&str]) -> (String, String) {
    let first_known = words.first().is_some_and(|word| is_surname(word));
    match words {
        [] => (String::new(), String::new()),
        // A given name alone, in the language of the card; a surname alone is rare.
        [only] => (String::new(), (*only).to_owned()),
        [family, rest @ ..] if first_known => ((*family).to_owned(), rest.join(" ")),
        // Peter Chan Tai Man
        [western, family, rest @ ..] if rest.len() >= 2 && is_surname(family) => {
            ((*family).to_owned(), given(rest, &[western]))
        }
        [rest @ .., last] => {
            let particle = words
                .iter()
                .skip(1)
                .position(|word| PARTICLES.contains(word));
            match particle.and_then(|at| words.split_at_checked(at + 1)) {
                Some((given, family)) => (family.join(" "), given.join(" ")),
                None => ((*last).to_owned(), rest.join(" ")),
            }
        }
    }
}

const PARTICLES: [&str; 14] = [
    "van", "von", "de", "der", "den", "da", "di", "du", "del", "la", "le", "bin", "binti", "al",
];

fn is_surname(word: &str) -> bool {
    let word = word.to_lowercase();
    SURNAMES.split(' ').any(|surname| surname == word)
}

/// Cantonese, Mandarin and Taiwanese spellings. Those that are as often part of a given name (Man, Tai, Ming, Mei) are
/// left out.
const SURNAMES: &str = "au au-yeung auyeung bao bai cai cao chan chang chau chen cheng cheong cheuk cheung chiang chin \
    chiu choi chong chou chow choy chu chuang chui chung cui deng ding dong du fan fang feng fong foo fu fung gao gong \
    gu guo han hao he hsiao hsieh hsu hu huang hui hung ip jia jiang jin kam kang keung kong koo kwan kwok kwong lai \
    lam lau law lee leong leung li liang liao lin ling liu lo lok lu lui luk luo lv ma mak mao meng mo mok mui ng ngai \
    ngan o ou ouyang pan pang peng poon pun qian qin qiu ren shao shek shen shi shum situ siu so song su sun sze szeto \
    tam tan tang tao teng tian tong tsai tsang tse tseng tso tsoi tsui tsuen tung wan wang wei wen wong woo wu xia \
    xiang xiao xie xiong xu xue yam yan yang yao yau ye yeung yim yin yip yiu yu yuan yue yuen yung zeng zhan zhang \
    zhao zheng zhong zhou zhu zou";
