use super::*;
use crate::exchange::testing::{decode_legacy, encode};

const COMPANIES: &str = include_str!("../../tests/fixtures/csv/listed-companies.csv");
const TOWERS: &str = include_str!("../../tests/fixtures/csv/office-towers.csv");
const SIMPLIFIED: &str = include_str!("../../tests/fixtures/csv/simplified.csv");

#[test]
fn every_row_of_the_directories_is_told_apart() {
    for text in [COMPANIES, TOWERS, SIMPLIFIED] {
        for row in text.lines().skip(1) {
            for encoding in [Encoding::Big5, Encoding::Gb18030] {
                // Simplified characters do not exist in Big5, and two of the accents do not either.
                let Some(bytes) = encode(row, encoding) else {
                    continue;
                };
                assert_eq!(detect(&bytes), encoding, "{row}");
                assert_eq!(decode(&bytes, encoding, &decode_legacy).as_deref(), Ok(row));
            }
        }
    }
}

#[test]
fn whole_files_and_short_lists_are_told_apart() {
    for text in [
        COMPANIES,
        TOWERS,
        SIMPLIFIED,
        "名稱\n永澄\n",
        "公司名称,电话\n恒远,3000 0001\n",
        "陳大文",
        "张伟",
        "姓名",
    ] {
        for encoding in [Encoding::Big5, Encoding::Gb18030] {
            if let Some(bytes) = encode(text, encoding) {
                assert_eq!(detect(&bytes), encoding, "{text}");
            }
        }
        assert_eq!(detect(text.as_bytes()), Encoding::Utf8);
    }
}

#[test]
fn marks_decide_and_are_taken_off() {
    let units: Vec<u16> = "\u{feff}公司,Tel\n𠮷,1".encode_utf16().collect();
    let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let cases = [
        (
            b"\xef\xbb\xbf\xe5\x85\xac".to_vec(),
            Encoding::Utf8Bom,
            "公",
        ),
        (le.clone(), Encoding::Utf16Le, "公司,Tel\n𠮷,1"),
        (be.clone(), Encoding::Utf16Be, "公司,Tel\n𠮷,1"),
        (le[2..].to_vec(), Encoding::Utf16Le, "公司,Tel\n𠮷,1"),
        (be[2..].to_vec(), Encoding::Utf16Be, "公司,Tel\n𠮷,1"),
    ];
    for (bytes, encoding, text) in cases {
        assert_eq!(detect(&bytes), encoding);
        assert_eq!(
            decode(&bytes, encoding, &decode_legacy).as_deref(),
            Ok(text)
        );
    }
}

#[test]
fn damaged_utf8_stays_utf8() {
    let mut cut = COMPANIES.as_bytes()[..200].to_vec();
    while std::str::from_utf8(&cut).is_ok() {
        cut.pop();
    }
    assert_eq!(detect(&cut), Encoding::Utf8);
    let mut damaged = COMPANIES.as_bytes().to_vec();
    damaged[400] = 0xff;
    assert_eq!(detect(&damaged), Encoding::Utf8);
    let text = decode(&damaged, Encoding::Utf8, &decode_legacy).unwrap();
    assert!(text.contains('\u{fffd}') && text.contains("阿里巴巴集團控股有限公司"));
}

#[test]
fn names_of_charsets_are_read_as_phones_write_them() {
    for (name, encoding) in [
        ("GB2312", Encoding::Gb18030),
        ("gbk", Encoding::Gb18030),
        ("BIG-5", Encoding::Big5),
        ("Big5-HKSCS", Encoding::Big5),
        ("utf-8", Encoding::Utf8),
        ("UTF-16LE", Encoding::Utf16Le),
    ] {
        assert_eq!(Encoding::from_name(name), Some(encoding), "{name}");
    }
    assert_eq!(Encoding::from_name("KOI8-R"), None);
}

#[test]
fn nothing_at_all_is_utf8() {
    assert_eq!(detect(b""), Encoding::Utf8);
    assert_eq!(detect(b"Company,Tel\n"), Encoding::Utf8);
}
