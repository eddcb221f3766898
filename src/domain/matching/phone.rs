//! Phone numbers as people of Hong Kong, Macao, Taiwan and the mainland write them.

/// A number taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// The calling code without plus: "852"; empty where it cannot be guessed.
    pub country: &'static str,
    /// The digits after the calling code, without a trunk prefix; with the calling code of other countries.
    pub number: String,
    /// Digits of the extension; mostly empty.
    pub extension: String,
    /// Whether the calling code was written.
    pub international: bool,
}

/// The number in one form for all ways of writing it: `+85255550123`, with an extension `+85255550123;12`. A number
/// whose country cannot be guessed is its digits. `None` for what is no phone number.
pub fn phone_key(raw: &str) -> Option<String> {
    let phone = parse_phone(raw)?;
    let plus = if phone.country.is_empty() && !phone.international {
        ""
    } else {
        "+"
    };
    let extension = if phone.extension.is_empty() {
        String::new()
    } else {
        format!(";{}", phone.extension)
    };
    Some(format!(
        "{plus}{}{}{extension}",
        phone.country, phone.number
    ))
}

/// The number in groups that can be read aloud; a local number stays local. What is no number comes back as it is.
pub fn display_phone(raw: &str) -> String {
    let Some(phone) = parse_phone(raw) else {
        return raw.trim().to_owned();
    };
    let number = phone.number.as_str();
    let groups: &[usize] = match (phone.country, number.len()) {
        ("852" | "853", 8) => &[4, 4],
        ("86", 11) if number.starts_with('1') => &[3, 4, 4],
        ("86", 10) if number.starts_with("400") || number.starts_with("800") => &[3, 3, 4],
        ("86", 10) if number.starts_with(['1', '2']) => &[2, 4, 4],
        ("86", 11) => &[3, 4, 4],
        ("86", 10) => &[3, 3, 4],
        ("886", 9) if number.starts_with('9') => &[3, 3, 3],
        ("886", 9) => &[1, 4, 4],
        ("886", 8) => &[1, 3, 4],
        _ => &[],
    };
    if groups.is_empty() {
        return raw.trim().to_owned();
    }
    let mut shown = String::new();
    if phone.international {
        shown = format!("+{}", phone.country);
    }
    let mut rest = number;
    for (nth, length) in groups.iter().enumerate() {
        // The groups of every row add up to its length, and all characters are digits.
        let (group, after) = rest.split_at(*length);
        if !shown.is_empty() {
            shown.push(' ');
        }
        if nth == 0 && !phone.international && has_trunk_prefix(&phone) {
            shown.push('0');
        }
        shown.push_str(group);
        rest = after;
    }
    if !phone.extension.is_empty() {
        shown.push_str(" ext ");
        shown.push_str(&phone.extension);
    }
    shown
}

/// Takes a number apart; of several in one text the first. `None` for fewer than 5 or more than 15 digits.
pub fn parse_phone(raw: &str) -> Option<PhoneNumber> {
    let text: String = raw
        .chars()
        .take(100)
        .map(half_width)
        .collect::<String>()
        .to_lowercase();
    let (main, extension) = split_extension(&text);
    let main = first_of_several(main).replace("(0)", " ");
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    if !(5..=15).contains(&digits.len()) {
        return None;
    }
    // A name with digits is no number: letters may stand before it only ("Tel:").
    let from_first = main.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
    if from_first.chars().any(char::is_alphabetic) {
        return None;
    }
    let (country, number, international) = guess(&digits, from_first.starts_with('+'));
    Some(PhoneNumber {
        country,
        number,
        extension,
        international,
    })
}

/// Calling code, number, and whether the code was written.
fn guess(digits: &str, plus: bool) -> (&'static str, String, bool) {
    let after_zeros = digits.strip_prefix("00").filter(|rest| rest.len() >= 10);
    if plus || after_zeros.is_some() {
        let rest = if plus {
            digits
        } else {
            after_zeros.unwrap_or(digits)
        };
        for code in ["852", "853", "886", "86"] {
            if let Some(number) = rest.strip_prefix(code).filter(|number| number.len() >= 5) {
                return (
                    code,
                    number
                        .strip_prefix('0')
                        .filter(|_| code.starts_with("8") && code != "852")
                        .unwrap_or(number)
                        .to_owned(),
                    true,
                );
            }
        }
        return ("", rest.to_owned(), true);
    }
    let mobile = |number: &str| {
        number.len() == 11 && number.starts_with('1') && number.as_bytes().get(1) >= Some(&b'3')
    };
    let local = |country, number: &str| (country, number.to_owned(), false);
    let with_code = |country, number: &str| (country, number.to_owned(), true);
    match digits.len() {
        8 => local("852", digits),
        11 if mobile(digits) => local("86", digits),
        11 if digits.starts_with("852") => with_code("852", &digits[3..]),
        11 if digits.starts_with("8536")
            || digits.starts_with("8532")
            || digits.starts_with("8538") =>
        {
            with_code("853", &digits[3..])
        }
        13 if digits.starts_with("86") && mobile(&digits[2..]) => with_code("86", &digits[2..]),
        11 | 12 if digits.starts_with("886") => with_code("886", &digits[3..]),
        9 | 10 if digits.starts_with('0') => local("886", &digits[1..]),
        11 | 12 if digits.starts_with('0') => local("86", &digits[1..]),
        10 if digits.starts_with("400") || digits.starts_with("800") => local("86", digits),
        _ => local("", digits),
    }
}

/// Whether the number is dialled with a zero in front at home.
fn has_trunk_prefix(phone: &PhoneNumber) -> bool {
    let mobile = phone.number.len() == 11 && phone.number.starts_with('1');
    let service = phone.number.starts_with("400") || phone.number.starts_with("800");
    phone.country == "886" || (phone.country == "86" && !mobile && !service)
}

const EXTENSION_MARKS: [&str; 9] = [
    "extension",
    "ext",
    "內線",
    "内线",
    "分機",
    "分机",
    "轉",
    "转",
    "#",
];

/// Divides at the mark of an extension that follows a number.
fn split_extension(text: &str) -> (&str, String) {
    let enough = |before: &str| before.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let mark = EXTENSION_MARKS
        .iter()
        .filter_map(|mark| text.find(mark))
        .filter(|at| enough(&text[..*at]))
        .min();
    // A lone x counts when digits follow it: "2345 6789 x12".
    let cross = text.match_indices('x').map(|(at, _)| at).find(|at| {
        enough(&text[..*at])
            && text[at + 1..]
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit())
    });
    match mark.into_iter().chain(cross).min() {
        Some(at) => {
            let extension: String = text[at..]
                .chars()
                .filter(char::is_ascii_digit)
                .take(8)
                .collect();
            (&text[..at], extension)
        }
        None => (text, String::new()),
    }
}

fn first_of_several(text: &str) -> &str {
    let enough = |at: &usize| text[..*at].bytes().filter(u8::is_ascii_digit).count() >= 7;
    let separators = ['/', ';', ',', '、', '，', '；', '\n', '|'];
    match text
        .match_indices(separators)
        .map(|(at, _)| at)
        .find(enough)
    {
        Some(at) => &text[..at],
        None => text,
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_has_one_key() {
        for (raw, key) in [
            ("5555 0123", "+85255550123"),
            ("+852 5555-0123", "+85255550123"),
            ("(852) 5555 0123", "+85255550123"),
            ("00852 55550123", "+85255550123"),
            ("５５５５　０１２３", "+85255550123"),
            ("Tel: 5555.0123", "+85255550123"),
            ("5555 0123 / 5555 0124", "+85255550123"),
            ("+852 0555 0123", "+85205550123"),
            ("5555 0123 ext 12", "+85255550123;12"),
            ("5555 0123 x12", "+85255550123;12"),
            ("5555 0123 內線：12", "+85255550123;12"),
            ("5555 0123轉12", "+85255550123;12"),
            ("+853 6555 0123", "+85365550123"),
            ("853 2855 0123", "+85328550123"),
            ("138 0000 0000", "+8613800000000"),
            ("+86 138-0000-0000", "+8613800000000"),
            ("86 13800000000", "+8613800000000"),
            ("(0755) 8888 0000", "+8675588880000"),
            ("+86 0755 88880000", "+8675588880000"),
            ("0912-345-678", "+886912345678"),
            ("+886 912 345 678", "+886912345678"),
            ("(02) 2345-6789", "+886223456789"),
            ("+886 (0)2 2345 6789", "+886223456789"),
            ("+44 (0)20 7946 0000", "+442079460000"),
            ("12345", "12345"),
        ] {
            assert_eq!(phone_key(raw).as_deref(), Some(key), "{raw}");
        }
        for raw in [
            "",
            "n/a",
            "1234",
            "12/F, Tower 3, 100 Road",
            "1234567890123456",
            "ext 12",
        ] {
            assert_eq!(phone_key(raw), None, "{raw}");
        }
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        for (raw, shown) in [
            ("55550123", "5555 0123"),
            ("+85255550123", "+852 5555 0123"),
            ("13800000000", "138 0000 0000"),
            ("+8613800000000", "+86 138 0000 0000"),
            ("075588880000", "0755 8888 0000"),
            ("0912345678", "0912 345 678"),
            ("+886223456789", "+886 2 2345 6789"),
            ("5555-0123 ext. 12", "5555 0123 ext 12"),
            (" +44 20 7946 0000 ", "+44 20 7946 0000"),
            ("ask", "ask"),
        ] {
            assert_eq!(display_phone(raw), shown, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_is_the_same_number(raw in "[+]?[0-9 ()/x#轉-]{0,20}|\\PC{0,20}") {
            prop_assert_eq!(phone_key(&display_phone(&raw)), phone_key(&raw), "{}", display_phone(&raw));
        }
    }
}
