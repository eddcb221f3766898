//! From files to rows or cards, in slices.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Fault, Importer, Pace};
use crate::exchange::backup::BackupReader;
use crate::exchange::csv::{Reader, Refused, Row};
use crate::exchange::mapping::SAMPLE;
use crate::exchange::text::{self, Encoding, Undecodable};
use crate::exchange::vcard::{self, Card};
use crate::platform::files::{self, PickedFile};
use crate::platform::random::Ids;

/// What was read, as the review shows it.
#[derive(Clone)]
pub enum Review {
    Table(Rc<Table>),
    Cards(Rc<Cards>),
}

pub struct Table {
    pub name: String,
    pub encoding: Encoding,
    pub delimiter: char,
    pub header: Option<Row>,
    /// Every row, in the file's order.
    pub rows: Vec<Result<Row, Refused>>,
    /// Some bytes fit no character of the encoding.
    pub has_gaps: bool,
}

pub struct Cards {
    pub name: String,
    /// Every card, in the files' order.
    pub cards: Vec<Result<Card, vcard::Refused>>,
}

impl Table {
    /// The first good rows, for guessing and for the preview.
    pub fn sample(&self) -> Vec<Row> {
        self.rows
            .iter()
            .filter_map(|row| row.as_ref().ok())
            .take(SAMPLE)
            .cloned()
            .collect()
    }

    pub fn good_rows(&self) -> usize {
        self.rows.iter().filter(|row| row.is_ok()).count()
    }
}

/// Whether a name says that the file holds cards.
pub fn is_card_name(file: &PickedFile) -> bool {
    let name = file.name.to_lowercase();
    name.ends_with(".vcf")
        || name.ends_with(".vcard")
        || matches!(file.mime.as_str(), "text/vcard" | "text/x-vcard")
}

/// What an import of these files is called.
pub fn title(files: &[PickedFile]) -> String {
    match files {
        [] => String::new(),
        [one] => one.name.clone(),
        [first, rest @ ..] => format!("{} + {}", first.name, rest.len()),
    }
}

/// `None` when the work was cancelled.
pub async fn read(
    importer: Importer,
    turn: u64,
    files: &[PickedFile],
    encoding: Option<Encoding>,
    delimiter: Option<char>,
) -> Result<Option<Review>, Fault> {
    let mut cards: Option<Cards> = None;
    for file in files {
        let bytes = file.bytes().await.map_err(|_| Fault::Unreadable)?;
        if !importer.is_current(turn) {
            return Ok(None);
        }
        refuse_foreign(file, &bytes)?;
        if is_cards(&bytes) {
            let all = cards.get_or_insert_with(|| Cards {
                name: title(files),
                cards: Vec::new(),
            });
            if !read_cards(importer, turn, &bytes, all).await {
                return Ok(None);
            }
        } else if cards.is_none() {
            let encoding = encoding.unwrap_or_else(|| text::detect(&bytes));
            let decoded = text::decode(&bytes, encoding, &legacy).map_err(|_| Fault::NotText)?;
            drop(bytes);
            return read_table(importer, turn, file, decoded, encoding, delimiter).await;
        }
    }
    match cards {
        Some(cards) => Ok(Some(Review::Cards(Rc::new(cards)))),
        None => Err(Fault::Empty),
    }
}

async fn read_table(
    importer: Importer,
    turn: u64,
    file: &PickedFile,
    decoded: String,
    encoding: Encoding,
    delimiter: Option<char>,
) -> Result<Option<Review>, Fault> {
    let has_gaps = decoded.contains('\u{fffd}');
    let mut reader = match delimiter {
        Some(delimiter) => Reader::with_delimiter(decoded, delimiter),
        None => Reader::new(decoded),
    };
    let (header, delimiter) = (reader.header().cloned(), reader.delimiter());
    let mut rows = Vec::new();
    let mut pace = Pace::new();
    while let Some(row) = reader.next() {
        rows.push(row);
        pace.breathe(|| importer.progress.set(reader.progress()))
            .await;
        if !importer.is_current(turn) {
            return Ok(None);
        }
    }
    if rows.is_empty() {
        return Err(Fault::Empty);
    }
    let name = file.name.clone();
    Ok(Some(Review::Table(Rc::new(Table {
        name,
        encoding,
        delimiter,
        header,
        rows,
        has_gaps,
    }))))
}

/// Answers whether the work is still wanted.
async fn read_cards(importer: Importer, turn: u64, bytes: &[u8], all: &mut Cards) -> bool {
    let mut reader = vcard::Reader::new(bytes, &legacy);
    let mut pace = Pace::new();
    while let Some(card) = reader.next_card(&legacy, &mut Ids) {
        all.cards.push(card);
        pace.breathe(|| importer.progress.set(reader.progress()))
            .await;
        if !importer.is_current(turn) {
            return false;
        }
    }
    true
}

/// Files that are not text, and the app's own backups. A kind alone proves little (Windows calls a CSV an Excel sheet),
/// but a picture or a film is never a list.
fn refuse_foreign(file: &PickedFile, bytes: &[u8]) -> Result<(), Fault> {
    const MAGIC: [&[u8]; 7] = [
        b"PK\x03\x04",
        &[0xd0, 0xcf, 0x11, 0xe0],
        b"%PDF",
        &[0x89, b'P', b'N', b'G'],
        &[0xff, 0xd8, 0xff],
        b"GIF8",
        &[0x1f, 0x8b],
    ];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::Empty);
    }
    if is_backup(bytes) {
        return Err(Fault::Backup);
    }
    let media = ["image/", "audio/", "video/", "font/"]
        .iter()
        .any(|kind| file.mime.starts_with(kind));
    if media || MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Fault::NotText);
    }
    Ok(())
}

fn is_backup(bytes: &[u8]) -> bool {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let mut reader = BackupReader::default();
    // Only the first line is looked at; it has no row in it.
    let line = [first, b"\n"].concat();
    first.first() == Some(&b'{') && reader.feed(&line).is_empty() && reader.header().is_some()
}

/// Cards in any encoding begin with the same letters; between those of UTF-16 stand zeros.
fn is_cards(bytes: &[u8]) -> bool {
    let letters = bytes
        .iter()
        .take(256)
        .filter(|b| b.is_ascii_graphic())
        .map(u8::to_ascii_uppercase);
    letters.take(11).eq(*b"BEGIN:VCARD")
}

fn legacy(bytes: &[u8], encoding: Encoding) -> Result<String, Undecodable> {
    files::decode_text_lossy(bytes, encoding.label()).map_err(|_| Undecodable(encoding))
}
