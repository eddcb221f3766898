//! vCards: 4.0 (RFC 6350), 3.0 (RFC 2426) and 2.1 as old phones write it. Reading drops nothing: a line that no field
//! holds is kept as it stood and goes out again with the next export.
//!
//! A Chinese and a Latin name of one person travel like this:
//! * 4.0: two `N` and two `FN` with one `ALTID`, told apart by `LANGUAGE`.
//! * 3.0: `FN:陳大文`, `N:陳;大文;;;`, and the Latin name in `X-PHONETIC-LAST-NAME` and `X-PHONETIC-FIRST-NAME`, which
//!   phones show, search and sort by. 3.0 allows one `N` only.
//!
//! Consents, the role in a deal and other judgements of ours never leave in a card, except the role of a contact, which
//! is ours to read back (`X-TOPFLOOR-ROLE`).

mod card;
mod date;
mod lines;
mod names;
mod property;
mod reach;
mod write;

use std::collections::VecDeque;

use crate::domain::id::NewId;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::exchange::text::{self, Decode, Encoding};
use lines::Line;

pub use write::{WriteError, WriteOptions, write};

/// What one card says. At least one of person and organisation is there; a card of a firm has no person.
///
/// A note is the person's remark, kept lines are in the person's `vcard`, or for a firm's card among its extra values.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// 1-based line of the file where the card begins.
    pub line: u32,
    pub person: Option<Person>,
    /// Names, addresses and web sites of the firm. Their link is set where both get their ids.
    pub organisation: Option<Organisation>,
    pub photo: Option<Picture>,
    pub warnings: Vec<Warning>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// MIME type, such as `image/jpeg`.
    pub media: String,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V3,
    V4,
}

/// Something about a card that a person may want to look at. What it is about was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Warning {
    /// 1-based line of the file.
    pub line: u32,
    pub kind: WarningKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WarningKind {
    /// The card has no `END:VCARD`.
    MissingEnd,
    /// No name: the e-mail address or number stands for it.
    NoName,
    /// Not `NAME:value`.
    BadLine,
    /// Bytes that fit no character of their encoding.
    Unreadable,
    NotAPhone,
    NotAnEmail,
    NotADate,
    /// The picture cannot be decoded.
    BadPicture,
}

/// Lines that become no card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// 1-based line of the file.
    pub line: u32,
    pub reason: RefusedReason,
    /// The beginning of what is refused, for the report.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusedReason {
    /// Neither a name nor a firm, an e-mail address or a number.
    Nobody,
    /// Lines before `BEGIN:VCARD`.
    OutsideCard,
}

/// Reads a file card by card; a caller may stop between any two and go on later.
pub struct Reader {
    lines: VecDeque<Line>,
    total: usize,
    encoding: Encoding,
}

impl Reader {
    pub fn new(bytes: &[u8], decode: Decode) -> Self {
        let encoding = text::detect(bytes);
        let lines = match encoding {
            // Everything else is a superset of ASCII and can be cut as bytes, so that each property may have its own.
            Encoding::Utf16Le | Encoding::Utf16Be => lines::unfold(
                text::decode(bytes, encoding, decode)
                    .unwrap_or_default()
                    .as_bytes(),
            ),
            _ => lines::unfold(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
        };
        Self {
            total: lines.len(),
            lines: lines.into(),
            encoding,
        }
    }

    /// Lines read and lines in all, for a progress bar.
    pub fn progress(&self) -> (usize, usize) {
        (self.total - self.lines.len(), self.total)
    }

    pub fn next_card(
        &mut self,
        decode: Decode,
        ids: &mut dyn NewId,
    ) -> Option<Result<Card, Refused>> {
        let first = self.lines.front()?.clone();
        if !first.is("BEGIN:VCARD") {
            while self
                .lines
                .front()
                .is_some_and(|line| !line.is("BEGIN:VCARD"))
            {
                self.lines.pop_front();
            }
            return Some(Err(self.refused(&first, RefusedReason::OutsideCard)));
        }
        self.lines.pop_front();
        let (body, ended) = self.body();
        let charset = property::Charset {
            file: self.encoding,
            decode,
        };
        let text: Vec<String> = body
            .iter()
            .take(4)
            .map(|line| line.text(&charset))
            .collect();
        let refused = Refused {
            line: first.number,
            reason: RefusedReason::Nobody,
            text: excerpt(&text.join("\n")),
        };
        let mut card = card::read(first.number, &body, &charset, ids);
        if let Some(card) = card.as_mut().filter(|_| !ended) {
            card.warnings.push(Warning {
                line: first.number,
                kind: WarningKind::MissingEnd,
            });
        }
        Some(card.ok_or(refused))
    }

    /// The lines up to `END:VCARD`, and whether it was there. A card inside `AGENT:` belongs to the outer one.
    fn body(&mut self) -> (Vec<Line>, bool) {
        let mut body: Vec<Line> = Vec::new();
        let mut depth = 0;
        while let Some(line) = self.lines.front() {
            if line.is("BEGIN:VCARD") {
                let agent = body.last().is_some_and(|last| last.is("AGENT:"));
                if !agent {
                    return (body, false);
                }
                depth += 1;
            } else if line.is("END:VCARD") {
                if depth == 0 {
                    self.lines.pop_front();
                    return (body, true);
                }
                depth -= 1;
            }
            body.extend(self.lines.pop_front());
        }
        (body, false)
    }

    fn refused(&self, line: &Line, reason: RefusedReason) -> Refused {
        Refused {
            line: line.number,
            reason,
            text: excerpt(&String::from_utf8_lossy(&line.bytes)),
        }
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests;
