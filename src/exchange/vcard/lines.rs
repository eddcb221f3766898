//! Physical lines become content lines: unfolding works on bytes, because a fold may cut a character.

use super::property::Charset;

/// A content line without its folds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1-based line of the file where it begins.
    pub number: u32,
    pub bytes: Vec<u8>,
}

impl Line {
    pub fn is(&self, text: &str) -> bool {
        self.bytes
            .trim_ascii()
            .eq_ignore_ascii_case(text.as_bytes())
    }

    pub fn text(&self, charset: &Charset) -> String {
        charset.text(&self.bytes, None).0
    }

    /// Name and parameters.
    fn head(&self) -> &[u8] {
        let end = self
            .bytes
            .iter()
            .position(|b| *b == b':')
            .unwrap_or(self.bytes.len());
        self.bytes.get(..end).unwrap_or_default()
    }

    fn head_holds(&self, word: &str) -> bool {
        self.head()
            .windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    }
}

/// What a physical line may continue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Plain,
    Quoted,
    Base64,
}

/// Cuts a file at CR LF, LF or CR and joins what belongs together.
pub fn unfold(bytes: &[u8]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // `None` behind a blank line: nothing is continued there.
    let mut open: Option<Open> = None;
    // In 2.1 the white space of a fold belongs to the text, later it does not.
    let mut old = false;
    for (number, raw) in physical(bytes) {
        if raw.trim_ascii().is_empty() && !raw.starts_with(b" ") && !raw.starts_with(b"\t") {
            open = None;
            continue;
        }
        match (open, lines.last_mut()) {
            (Some(Open::Quoted), Some(last)) if last.bytes.ends_with(b"=") && !is_boundary(raw) => {
                last.bytes.pop();
                // Both ways to fold at once: the white space is the fold's.
                let rest = if old {
                    raw
                } else {
                    raw.strip_prefix(b" ").unwrap_or(raw)
                };
                last.bytes.extend_from_slice(rest);
            }
            (Some(kind), Some(last)) if raw.starts_with(b" ") || raw.starts_with(b"\t") => {
                let keep = old && kind == Open::Plain;
                let rest = if kind == Open::Base64 {
                    raw.trim_ascii()
                } else {
                    raw.get(usize::from(!keep)..).unwrap_or_default()
                };
                last.bytes.extend_from_slice(rest);
            }
            (Some(Open::Base64), Some(last)) if old && is_base64(raw) => {
                last.bytes.extend_from_slice(raw.trim_ascii())
            }
            _ => {
                let line = Line {
                    number,
                    bytes: raw.to_vec(),
                };
                if line.is("BEGIN:VCARD") {
                    old = false;
                } else if line.is("VERSION:2.1") {
                    old = true;
                }
                open = Some(if line.head_holds("QUOTED-PRINTABLE") {
                    Open::Quoted
                } else if line.head_holds("BASE64") || line.head_holds("ENCODING=B") {
                    Open::Base64
                } else {
                    Open::Plain
                });
                lines.push(line);
            }
        }
    }
    lines
}

/// No text runs on over the borders of a card, whatever its last byte promises.
fn is_boundary(raw: &[u8]) -> bool {
    ["BEGIN:VCARD", "END:VCARD"]
        .iter()
        .any(|word| raw.trim_ascii().eq_ignore_ascii_case(word.as_bytes()))
}

fn is_base64(raw: &[u8]) -> bool {
    let raw = raw.trim_ascii();
    !raw.is_empty()
        && raw
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

fn physical(bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = Some(bytes);
    let mut number = 0;
    std::iter::from_fn(move || {
        let text = rest.filter(|text| !text.is_empty())?;
        number += 1;
        let end = text
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n'))
            .unwrap_or(text.len());
        let (line, tail) = text.split_at_checked(end)?;
        let behind = if tail.starts_with(b"\r\n") { 2 } else { 1 };
        rest = tail.get(behind..);
        Some((number, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(file: &[u8]) -> Vec<(u32, String)> {
        unfold(file)
            .into_iter()
            .map(|line| (line.number, String::from_utf8(line.bytes).unwrap()))
            .collect()
    }

    #[test]
    fn folds_are_undone_even_inside_a_character() {
        let file = "BEGIN:VCARD\r\nNOTE:陳大文".as_bytes();
        let (head, tail) = file.split_at(file.len() - 1);
        let mut folded = head.to_vec();
        folded.extend_from_slice(b"\r\n ");
        folded.extend_from_slice(tail);
        folded.extend_from_slice(b"\r\n\tx\r\nTEL:1");
        assert_eq!(
            texts(&folded),
            [
                (1, "BEGIN:VCARD".into()),
                (2, "NOTE:陳大文x".into()),
                (5, "TEL:1".into())
            ]
        );
    }

    #[test]
    fn soft_breaks_and_bare_base64_of_old_phones_are_joined() {
        let file = b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=B3=\n=C2;x\nPHOTO;BASE64:AAAA\n BBBB\nCCCC\n\nTEL:1\nEND:VCARD\n";
        let lines: Vec<String> = texts(file).into_iter().map(|(_, text)| text).collect();
        assert_eq!(lines[2], "N;ENCODING=QUOTED-PRINTABLE:=B3=C2;x");
        assert_eq!(lines[3], "PHOTO;BASE64:AAAABBBBCCCC");
        assert_eq!(lines[4..], ["TEL:1", "END:VCARD"]);
    }

    #[test]
    fn every_line_end_counts_as_one_line() {
        for end in ["\r\n", "\n", "\r"] {
            let file = ["BEGIN:VCARD", "", "TEL:1"].join(end);
            assert_eq!(texts(file.as_bytes()).last(), Some(&(3, "TEL:1".into())));
        }
    }
}
