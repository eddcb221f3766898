//! One content line: group, name, parameters, value.

use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{GeneralPurposeConfig, STANDARD};

use super::lines::Line;
use crate::exchange::text::{self, Decode, Encoding};

/// How bytes become text where a property does not say.
pub struct Charset<'a> {
    pub file: Encoding,
    pub decode: Decode<'a>,
}

impl Charset<'_> {
    /// The text, and whether every byte of it could be read. `named` is what the property itself says; UTF-8 where it
    /// is well-formed; else what the file as a whole looks like.
    pub fn text(&self, bytes: &[u8], named: Option<Encoding>) -> (String, bool) {
        let by = |encoding| {
            text::decode(bytes, encoding, self.decode)
                .ok()
                .filter(|text| !text.contains('\u{fffd}'))
        };
        let legacy = match self.file {
            Encoding::Big5 | Encoding::Gb18030 => self.file,
            _ => text::detect(bytes),
        };
        let named = named.and_then(by);
        if let Some(text) = named
            .or_else(|| std::str::from_utf8(bytes).ok().map(str::to_owned))
            .or_else(|| by(legacy))
        {
            return (text, true);
        }
        (String::from_utf8_lossy(bytes).into_owned(), false)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Property {
    /// 1-based line of the file.
    pub line: u32,
    pub group: Option<String>,
    /// Upper case.
    pub name: String,
    /// Names in upper case; a parameter without a name is a `TYPE`, as in 2.1.
    pub params: Vec<(String, Vec<String>)>,
    /// Decoded from its transfer encoding and charset, with the backslashes still in it. Base64 stays as it is.
    pub value: String,
    /// The whole line as it stood, unfolded.
    pub raw: String,
    /// Every byte could be read.
    pub readable: bool,
}

impl Property {
    /// `None` for a line that is no property.
    pub fn parse(line: &Line, charset: &Charset) -> Option<Property> {
        let colon = colon(&line.bytes)?;
        let (head, value) = line.bytes.split_at_checked(colon)?;
        let (head, _) = charset.text(head, None);
        let mut parts = split_outside_quotes(&head, ';').into_iter();
        let name = parts.next()?.trim();
        let (group, name) = match name.split_once('.') {
            Some((group, name)) => (Some(group.to_owned()), name),
            None => (None, name),
        };
        if name.is_empty()
            || !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        {
            return None;
        }
        let mut property = Property {
            line: line.number,
            group,
            name: name.to_ascii_uppercase(),
            ..Property::default()
        };
        property.params = parts.map(parameter).collect();
        let value = value.get(1..).unwrap_or_default();
        let named = property.param("CHARSET").and_then(Encoding::from_name);
        let decoded = if property.is_quoted_printable() {
            unquote(value)
        } else {
            value.to_vec()
        };
        (property.value, property.readable) = charset.text(&decoded, named);
        property.raw = charset.text(&line.bytes, named).0;
        Some(property)
    }

    /// The first value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(of, _)| of == name)
            .and_then(|(_, values)| values.first())
            .map(String::as_str)
    }

    /// Every `TYPE`, in lower case.
    pub fn types(&self) -> impl Iterator<Item = String> {
        self.params
            .iter()
            .filter(|(name, _)| name == "TYPE")
            .flat_map(|(_, values)| values)
            .flat_map(|value| value.split(','))
            .map(|value| value.trim().to_lowercase())
    }

    /// The value as one text.
    pub fn text(&self) -> String {
        unescape(&self.value)
            .replace("\r\n", "\n")
            .trim()
            .to_owned()
    }

    /// The parts between semicolons that are not escaped.
    pub fn components(&self) -> Vec<String> {
        split_unescaped(&self.value)
            .into_iter()
            .map(|part| unescape(part).trim().to_owned())
            .collect()
    }

    pub fn is_base64(&self) -> bool {
        self.param("ENCODING").is_some_and(|name| {
            name.eq_ignore_ascii_case("b") || name.eq_ignore_ascii_case("base64")
        })
    }

    pub fn base64(&self) -> Option<Vec<u8>> {
        decode_base64(&self.value)
    }

    fn is_quoted_printable(&self) -> bool {
        self.param("ENCODING")
            .is_some_and(|name| name.eq_ignore_ascii_case("quoted-printable"))
    }
}

/// White space between, missing padding: what old phones write.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&base64::alphabet::STANDARD, config);
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    engine.decode(plain).ok().filter(|bytes| !bytes.is_empty())
}

pub fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// RFC 6350 §3.4: a backslash before what would end the text.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => escaped.push_str("\\n"),
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => plain.push('\n'),
            Some(next @ ('\\' | ',' | ';' | ':')) => plain.push(next),
            Some(next) => plain.extend(['\\', next]),
            None => plain.push('\\'),
        }
    }
    plain
}

fn split_unescaped(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in text.char_indices() {
        if c == ';' && !escaped {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Where the value begins: the first colon outside quotes, or the first at all if a quote never closes.
fn colon(bytes: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let outside = bytes.iter().position(|b| {
        quoted ^= *b == b'"';
        *b == b':' && !quoted
    });
    outside.or_else(|| bytes.iter().position(|b| *b == b':'))
}

fn split_outside_quotes(text: &str, at: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c| {
        quoted ^= c == '"';
        c == at && !quoted
    })
    .collect()
}

fn parameter(part: &str) -> (String, Vec<String>) {
    let Some((name, values)) = part.split_once('=') else {
        let word = part.trim().to_owned();
        let name = match word.to_ascii_uppercase().as_str() {
            "QUOTED-PRINTABLE" | "BASE64" | "B" | "8BIT" | "7BIT" => "ENCODING",
            "INLINE" | "URL" | "CID" | "CONTENT-ID" => "VALUE",
            _ => "TYPE",
        };
        return (name.to_owned(), vec![word]);
    };
    let plain = |value: &str| {
        let value = value.trim().trim_matches('"');
        // RFC 6868; the caret itself last, so that `^^n` stays a caret and an n.
        let mut text = String::with_capacity(value.len());
        let mut chars = value.chars().peekable();
        while let Some(c) = chars.next() {
            let next = if c == '^' {
                chars.peek().copied()
            } else {
                None
            };
            text.push(match next {
                Some('n') => '\n',
                Some('^') => '^',
                Some('\'') => '"',
                _ => {
                    text.push(c);
                    continue;
                }
            });
            chars.next();
        }
        text
    };
    let values = split_outside_quotes(values, ',')
        .into_iter()
        .map(plain)
        .collect();
    (name.trim().to_ascii_uppercase(), values)
}

fn unquote(value: &[u8]) -> Vec<u8> {
    let hex = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((first, tail)) = rest.split_first() {
        let pair = match tail {
            [high, low, ..] if *first == b'=' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match pair {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::testing::decode_legacy;

    fn parse(text: &str) -> Option<Property> {
        let charset = Charset {
            file: Encoding::Utf8,
            decode: &decode_legacy,
        };
        Property::parse(
            &Line {
                number: 1,
                bytes: text.as_bytes().to_vec(),
            },
            &charset,
        )
    }

    #[test]
    fn groups_parameters_and_values_are_told_apart() {
        let property =
            parse("item1.tel;TYPE=\"voice,home\",Pref;X-A=\"a:b;^n^'^^n\":+852 5555 0101").unwrap();
        assert_eq!(
            (property.group.as_deref(), property.name.as_str()),
            (Some("item1"), "TEL")
        );
        assert_eq!(
            property.types().collect::<Vec<_>>(),
            ["voice", "home", "pref"]
        );
        assert_eq!(property.param("X-A"), Some("a:b;\n\"^n"));
        assert_eq!(property.value, "+852 5555 0101");
        assert_eq!(
            parse("TEL;CELL;PREF:1")
                .unwrap()
                .types()
                .collect::<Vec<_>>(),
            ["cell", "pref"]
        );
        assert!(
            ["no colon", ":x", "A B:x", "陳:x", ""]
                .iter()
                .all(|text| parse(text).is_none())
        );
        assert_eq!(parse("X;A=\"open:x").unwrap().value, "x");
    }

    #[test]
    fn text_is_escaped_and_comes_back() {
        for text in ["a;b,c\\d\ne", "\\n", "", "\\", "陳;大文"] {
            let property = parse(&format!("NOTE:{}", escape(text))).unwrap();
            assert_eq!(property.text(), text);
        }
        assert_eq!(
            parse("N:A\\;B;C\\\\;D").unwrap().components(),
            ["A;B", "C\\", "D"]
        );
    }

    #[test]
    fn each_property_has_its_own_charset() {
        let gb = parse("N;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=B3=C2;=B4=F3=CE=C4").unwrap();
        assert_eq!(gb.components(), ["陈", "大文"]);
        let big5 = parse("N;CHARSET=BIG5;QUOTED-PRINTABLE:=B3=AF;=A4j=A4=E5").unwrap();
        assert_eq!(big5.components(), ["陳", "大文"]);
        let silent = parse("N;ENCODING=QUOTED-PRINTABLE:=E9=99=B3;=E5=A4=A7").unwrap();
        assert_eq!(silent.components(), ["陳", "大"]);
    }
}
