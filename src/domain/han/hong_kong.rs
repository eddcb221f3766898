//! How Hong Kong writes Cantonese in Latin letters. There is no standard: identity cards follow custom, so one syllable
//! has several usual spellings, and all of them must find the name.

/// The usual Hong Kong spellings of a Jyutping syllable without tone, the most usual first. A syllable that Jyutping
/// does not have is answered by itself.
pub fn spellings(jyutping: &str) -> Vec<String> {
    let (onset, rhyme) = match ONSETS.iter().find(|(onset, _)| jyutping.starts_with(onset)) {
        // The syllables "m" and "ng" are a rhyme without an onset.
        Some((onset, _)) if *onset == jyutping => ("", jyutping),
        Some((onset, _)) => jyutping.split_at(onset.len()),
        None => ("", jyutping),
    };
    let Some((_, endings)) = RHYMES.iter().find(|(known, _)| *known == rhyme) else {
        return vec![jyutping.to_owned()];
    };
    let starts = ONSETS
        .iter()
        .find(|(known, _)| *known == onset)
        .map_or("", |(_, starts)| starts);
    let mut list = Vec::new();
    for ending in endings.split(' ') {
        for start in starts.split(' ') {
            push_new(&mut list, joined(onset, start, ending));
        }
    }
    for (known, more) in IRREGULAR {
        if *known == jyutping {
            more.split(' ')
                .for_each(|spelling| push_new(&mut list, spelling.to_owned()));
        }
    }
    list
}

fn joined(onset: &str, start: &str, ending: &str) -> String {
    match onset {
        // "j" is y; before i and u the letter is written once or left out: "ip" or "yip", "yuen", "yu".
        "j" if ending.starts_with('y') => ending.to_owned(),
        _ => format!("{start}{ending}"),
    }
}

fn push_new(list: &mut Vec<String>, spelling: String) {
    if !list.contains(&spelling) {
        list.push(spelling);
    }
}

/// Onsets, the longer before those they begin with, and what they are written as.
const ONSETS: &[(&str, &str)] = &[
    ("gw", "kw gw"),
    ("kw", "kw"),
    ("ng", "ng "),
    ("b", "p b"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t d"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k g"),
    ("k", "k"),
    ("w", "w"),
    ("h", "h"),
    ("z", "ch ts"),
    ("c", "ch ts"),
    ("s", "s sh"),
    ("j", "y"),
];

const RHYMES: &[(&str, &str)] = &[
    ("aa", "a ah"),
    ("aai", "ai"),
    ("aau", "au"),
    ("aam", "am"),
    ("aan", "an"),
    ("aang", "ang"),
    ("aap", "ap"),
    ("aat", "at"),
    ("aak", "ak"),
    ("a", "a"),
    ("ai", "ai"),
    ("au", "au ow"),
    ("am", "am um"),
    ("an", "an un"),
    ("ang", "ang ung"),
    ("ap", "ap up"),
    ("at", "at ut"),
    ("ak", "ak"),
    ("e", "e eh"),
    ("ei", "ei ee i ay"),
    ("eu", "eu"),
    ("em", "em"),
    ("en", "en"),
    ("eng", "eng ing"),
    ("ep", "ep"),
    ("et", "et"),
    ("ek", "ek"),
    ("i", "i ee"),
    ("iu", "iu"),
    ("im", "im"),
    ("in", "in"),
    ("ing", "ing"),
    ("ip", "ip"),
    ("it", "it"),
    ("ik", "ik"),
    ("o", "o or oh"),
    ("oi", "oi oy"),
    ("ou", "o ou"),
    ("on", "on"),
    ("ong", "ong"),
    ("ot", "ot"),
    ("ok", "ok"),
    ("u", "u oo"),
    ("ui", "ui"),
    ("un", "un oon"),
    ("ung", "ung"),
    ("ut", "ut oot"),
    ("uk", "uk"),
    ("oe", "eu oe"),
    ("oeng", "eung eong"),
    ("oek", "euk eok"),
    ("eoi", "ui eui"),
    ("eon", "un"),
    ("eot", "ut"),
    ("yu", "yu u ue"),
    ("yun", "yuen uen un"),
    ("yut", "yuet uet ut"),
    ("m", "m um"),
    ("ng", "ng"),
];

/// Usual spellings that no rule gives.
const IRREGULAR: &[(&str, &str)] = &[
    ("zi", "tsz tze tse tsze"),
    ("ci", "tsz tze tse tsze"),
    ("si", "sze sz szu"),
    ("ji", "i"),
    ("jip", "ip"),
    ("jiu", "iu"),
    ("jin", "in"),
    ("jat", "yet"),
    ("ze", "che tse"),
    ("bou", "bo poo"),
    ("mou", "moo"),
    ("fu", "foo"),
    ("wu", "woo"),
    ("gu", "koo ku"),
    ("gun", "kwun"),
    ("gwai", "quai"),
    ("dou", "tao"),
    ("tou", "tao"),
    ("lou", "lu"),
    ("lo", "law"),
    ("gam", "gum kum"),
    ("jau", "yao"),
    ("man", "men"),
    ("kau", "kow"),
    ("gau", "kow"),
    ("seoi", "shui"),
    ("ceoi", "choi"),
    ("leoi", "loy"),
    ("heoi", "hoi"),
    ("hoeng", "hong"),
    ("caai", "tsai"),
    ("coi", "tsoi choy"),
    ("zoeng", "tseung"),
    ("jyun", "yuan"),
    ("jyu", "yue"),
    ("waa", "wah"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn has(jyutping: &str, expected: &str) {
        let list = spellings(jyutping);
        for spelling in expected.split(' ') {
            assert!(
                list.iter().any(|s| s == spelling),
                "{jyutping} gives {list:?}, not {spelling}"
            );
        }
    }

    #[test]
    fn the_usual_spellings_come_out() {
        has("coeng", "cheung cheong");
        has("zoeng", "cheung tseung");
        has("sek", "shek");
        has("jyun", "yuen");
        has("hoi", "hoi");
        has("ming", "ming");
        has("wing", "wing");
        has("can", "chan");
        has("daai", "tai dai");
        has("man", "man");
        has("gwok", "kwok");
        has("ng", "ng");
        has("jip", "yip ip");
        has("si", "sze si");
        has("zi", "chi tsz");
        has("jyu", "yu yue");
        has("zyu", "chu chue");
        has("syun", "suen sun");
        has("seon", "shun sun");
        has("waa", "wah wa");
        has("fu", "foo fu");
        has("gun", "kwun koon");
        has("cyun", "tsuen chuen");
    }

    #[test]
    fn what_is_not_jyutping_stays() {
        assert_eq!(spellings("xyz"), ["xyz"]);
        assert_eq!(spellings(""), [""]);
    }

    #[test]
    fn no_rule_gives_more_than_a_handful() {
        for (onset, _) in ONSETS {
            for (rhyme, _) in RHYMES {
                let count = spellings(&format!("{onset}{rhyme}")).len();
                assert!((1..=9).contains(&count), "{onset}{rhyme} has {count}");
            }
        }
    }
}
