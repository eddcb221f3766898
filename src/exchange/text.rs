//! Text encodings of files from other programs: which one it is, and the text. UTF-8 and UTF-16 are read here; Big5 and
//! GB18030 need tables that the browser has already, so their decoder is passed in.

use super::frequency;

/// An encoding this app reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    /// UTF-8 behind a byte order mark, as Excel writes it.
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    /// With the characters of Hong Kong (HKSCS).
    Big5,
    /// Holds GBK and GB2312.
    Gb18030,
}

impl Encoding {
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Utf8Bom,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Big5,
        Encoding::Gb18030,
    ];

    /// The label the WHATWG Encoding Standard gives it, as a `TextDecoder` wants it.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Bom => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Big5 => "big5",
            Encoding::Gb18030 => "gb18030",
        }
    }

    /// Reads a charset name as a vCard of an old phone gives it. `None` for one this app does not read.
    pub fn from_name(name: &str) -> Option<Encoding> {
        let plain: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Some(match plain.as_str() {
            "utf8" | "usascii" | "ascii" => Encoding::Utf8,
            "utf16" | "utf16le" => Encoding::Utf16Le,
            "utf16be" => Encoding::Utf16Be,
            "big5" | "big5hkscs" | "cp950" | "xxbig5" => Encoding::Big5,
            "gb2312" | "gbk" | "gb18030" | "cp936" | "xgbk" => Encoding::Gb18030,
            _ => return None,
        })
    }
}

/// The decoder passed in could not read the bytes, or does not know the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not readable as {}", .0.label())]
pub struct Undecodable(pub Encoding);

/// Reads Big5 and GB18030. It may put U+FFFD where a byte fits nothing.
pub type Decode<'a> = &'a dyn Fn(&[u8], Encoding) -> Result<String, Undecodable>;

/// The text of a whole file, without its byte order mark. Bytes that fit nothing become U+FFFD.
pub fn decode(bytes: &[u8], encoding: Encoding, legacy: Decode) -> Result<String, Undecodable> {
    let text = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => String::from_utf8_lossy(bytes).into_owned(),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes),
        Encoding::Big5 | Encoding::Gb18030 => legacy(bytes, encoding)?,
    };
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// How many bytes are looked at where a file has to be guessed: enough for a few thousand rows.
const SAMPLE: usize = 256 * 1024;

/// The likeliest encoding of a file. A byte order mark decides; else well-formed UTF-8; else the better of Big5 and
/// GB18030 by form and frequency. Big5 wins a draw, as the older files of Hong Kong are in it.
pub fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return Encoding::Utf8Bom,
        [0xff, 0xfe, ..] => return Encoding::Utf16Le,
        [0xfe, 0xff, ..] => return Encoding::Utf16Be,
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = utf16_without_mark(sample) {
        return encoding;
    }
    if is_utf8(bytes) {
        return Encoding::Utf8;
    }
    if score(sample, gb18030_point) > score(sample, big5_point) {
        Encoding::Gb18030
    } else {
        Encoding::Big5
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

/// Commas, digits and line ends of UTF-16 have a zero on one side only; no other encoding here has zeros at all.
fn utf16_without_mark(sample: &[u8]) -> Option<Encoding> {
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (high, low) = (zeros(0), zeros(1));
    if (high + low) * 50 < sample.len() || high + low < 2 {
        None
    } else if low > high * 4 {
        Some(Encoding::Utf16Le)
    } else if high > low * 4 {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Well-formed, or nearly: a file cut in the middle of a character or with a few damaged bytes is still UTF-8, because
/// text in Big5 or GB18030 hardly ever forms the sequences of three bytes.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                good += beyond_ascii(text);
                break;
            }
            Err(error) => {
                let (valid, tail) = rest.split_at(error.valid_up_to());
                good += std::str::from_utf8(valid).map_or(0, beyond_ascii);
                let Some(length) = error.error_len() else {
                    break;
                };
                bad += 1;
                rest = tail.get(length..).unwrap_or_default();
            }
        }
        if bad > 1000 && bad > good {
            return false;
        }
    }
    bad == 0 || good > bad * 20
}

/// Characters of three or four bytes: those of two could be chance.
fn beyond_ascii(text: &str) -> usize {
    text.chars().filter(|c| *c > '\u{7ff}').count()
}

/// What one step of a reading is worth, and how many bytes it takes.
type Point = (i64, usize);

fn score(sample: &[u8], point: fn(&[u8]) -> Point) -> i64 {
    let mut sum = 0;
    let mut at = 0;
    while let Some(rest) = sample.get(at..).filter(|rest| !rest.is_empty()) {
        // ASCII is the same in both and says nothing.
        let (points, length) = if rest[0] < 0x80 { (0, 1) } else { point(rest) };
        sum += points;
        at += length.max(1);
    }
    sum
}

const COMMON: i64 = 4;
const USUAL: i64 = 1;
const RARE: i64 = 0;
const ODD: i64 = -2;
const BROKEN: i64 = -6;

fn big5_point(rest: &[u8]) -> Point {
    let [lead, trail, ..] = *rest else {
        return (0, 1);
    };
    let pair = u16::from_be_bytes([lead, trail]);
    if !matches!(trail, 0x40..=0x7e | 0xa1..=0xfe) || !matches!(lead, 0x87..=0xfe) {
        return (BROKEN, 1);
    }
    let points = match pair {
        _ if frequency::BIG5.binary_search(&pair).is_ok() => COMMON,
        0xa140..=0xa3bf => RARE,
        // The two levels of the standard, by frequency.
        0xa440..=0xc67e => USUAL,
        0xc940..=0xf9d5 => RARE,
        _ => ODD,
    };
    (points, 2)
}

fn gb18030_point(rest: &[u8]) -> Point {
    let [lead, trail, ..] = *rest else {
        return (0, 1);
    };
    if let [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, ..] = *rest {
        return (RARE, 4);
    }
    if !matches!(trail, 0x40..=0x7e | 0x80..=0xfe) || !matches!(lead, 0x81..=0xfe) {
        return (BROKEN, 1);
    }
    let pair = u16::from_be_bytes([lead, trail]);
    let points = match (lead, trail) {
        _ if frequency::GB18030.binary_search(&pair).is_ok() => COMMON,
        // The first level of GB2312 is its commonest 3,755 characters.
        (0xb0..=0xd7, 0xa1..=0xfe) => USUAL,
        (0xd8..=0xf7, 0xa1..=0xfe) | (0xa1..=0xa3, 0xa1..=0xfe) => RARE,
        // Traditional characters of GBK.
        (0x81..=0xa0, _) | (0xaa..=0xfe, 0x40..=0xa0) => RARE,
        _ => ODD,
    };
    (points, 2)
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
