//! How alike two names are that are not the same.

/// 0–100, or `None` when nobody would take one for the other. Both are folded keys: words apart by one space.
pub(super) fn alike_firms(a: &str, b: &str) -> Option<u8> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() || a == b {
        return None;
    }
    if short.is_ascii() != long.is_ascii() {
        return None;
    }
    if short.is_ascii() {
        alike_latin(long, short)
    } else {
        alike_chinese(long, short)
    }
}

/// Latin names of people with one word more or less: "Chan Tai Man", "Peter Chan Tai Man".
pub(super) fn alike_people(a: &str, b: &str) -> Option<u8> {
    let (shared, more) = shared_words(a, b);
    (a != b && shared >= 2 && more == 1).then_some(75)
}

/// How many letters must be put in, left out or exchanged to make one of the other, if at most `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, d) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(c != d);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
        if row.iter().all(|steps| *steps > most) {
            return None;
        }
    }
    row.last().copied().filter(|steps| *steps <= most)
}

/// Letters of a Latin name that may differ.
pub(super) fn slack(letters: usize) -> usize {
    match letters {
        0..8 => 0,
        8..12 => 1,
        _ => 2,
    }
}

fn alike_latin(long: &str, short: &str) -> Option<u8> {
    let (shared, more) = shared_words(long, short);
    // One word more or less, where the shared ones say something: "swire" alone would do, "a b" would not.
    if more == 1 && shared >= 1 && short.len() >= 5 {
        return Some(80);
    }
    if short.len() >= 6
        && long
            .strip_prefix(short)
            .is_some_and(|rest| rest.starts_with(' '))
    {
        return Some(70);
    }
    let count = |name: &str| name.bytes().filter(|byte| *byte != b' ').count();
    let most = slack(count(short));
    if count(long).abs_diff(count(short)) > most || letters_apart(long, short) > 2 * most {
        return None;
    }
    let letters = |name: &str| name.chars().filter(|c| *c != ' ').collect::<Vec<char>>();
    let (long, short) = (letters(long), letters(short));
    let steps = distance(&long, &short, most)?;
    Some(if steps == 0 { 90 } else { 80 - 5 * steps as u8 })
}

/// How many letters one of two ASCII names has more often than the other: at most two for each letter that differs.
fn letters_apart(a: &str, b: &str) -> usize {
    let mut counts = [0i16; 128];
    for (name, step) in [(a, 1), (b, -1)] {
        for letter in name.bytes().filter(|byte| *byte != b' ') {
            // The index is below 128.
            counts[usize::from(letter & 127)] += step;
        }
    }
    counts
        .iter()
        .map(|count| usize::from(count.unsigned_abs()))
        .sum()
}

fn alike_chinese(long: &str, short: &str) -> Option<u8> {
    // Thousands of pairs are asked about; nearly all are told apart by their lengths.
    let more = (long.len() - short.len()) / HAN_BYTES;
    let count = short.len() / HAN_BYTES;
    if more > 4 || count < 2 {
        return None;
    }
    if long.starts_with(short) {
        return Some(75);
    }
    if count >= 3 && long.contains(short) {
        return Some(70);
    }
    if count < 4 || more > 1 {
        return None;
    }
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    distance(&letters(long), &letters(short), 1).map(|_| 75)
}

/// A common Chinese character in UTF-8.
const HAN_BYTES: usize = 3;

/// How many words both have, and how many only one of them.
fn shared_words(a: &str, b: &str) -> (usize, usize) {
    let mut left: Vec<&str> = b.split(' ').collect();
    let mut shared = 0;
    let mut only_a = 0;
    for word in a.split(' ') {
        match left.iter().position(|other| *other == word) {
            Some(at) => {
                left.swap_remove(at);
                shared += 1;
            }
            None => only_a += 1,
        }
    }
    (shared, only_a + left.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn firms_that_one_would_confuse() {
        for (a, b, alike) in [
            ("yiu chuen trading", "yiu chuen", true),
            ("yiu chuen trading", "yiuchuen trading", true),
            ("yiuchuen trading", "yiuchuan trading", true),
            ("swire", "swire pacific", true),
            ("yiuchuen trading", "yiuchuen logistics", false),
            ("abc", "abd", false),
            ("abc", "abc hk shop", false),
            ("中电", "中电科技", true),
            ("恒生银行", "恒升银行", true),
            ("川野", "澄川野贸易", false),
            ("澄川野", "新澄川野", true),
            ("中电", "clp", false),
            ("", "clp", false),
        ] {
            assert_eq!(alike_firms(a, b).is_some(), alike, "{a} and {b}");
            assert_eq!(alike_firms(a, b), alike_firms(b, a), "{a} and {b}");
        }
        assert!(alike_people("chan man tai", "chan man peter tai").is_some());
        assert!(alike_people("chan man tai", "chan ming tai").is_none());
    }

    proptest! {
        #[test]
        fn distance_is_what_was_changed(word in "[a-d]{0,12}", at in 0usize..12, letter in "[a-d]", most in 0usize..4) {
            let a: Vec<char> = word.chars().collect();
            let mut b = a.clone();
            b.insert(at.min(a.len()), letter.chars().next().expect("one letter"));
            prop_assert_eq!(distance(&a, &b, most), (most >= 1).then_some(1));
            prop_assert_eq!(distance(&a, &a, most), Some(0));
            prop_assert_eq!(distance(&a, &b, most), distance(&b, &a, most));
        }
    }
}
