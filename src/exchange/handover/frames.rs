//! Bytes cut into the texts of a few QR codes, and put together again from codes read in any order, some of them twice.
//!
//! A frame is `TFR1/<digest>/<number>/<count>/<base45>`: the digest is the first 16 hex digits of the SHA-256 of the
//! whole, and so names the transfer and proves that it is complete. All of it is of the alphanumeric kind.

use sha2::{Digest, Sha256};

use super::base45;
use crate::domain::consent::hex;

/// More codes than this nobody holds a phone up for.
pub const MOST_FRAMES: usize = 6;
/// Characters of one frame in a code of version 25, level L (ISO/IEC 18004 table 7): read by any phone's camera.
pub const EASY: usize = 1853;
/// The same of version 30: for a steady hand.
pub const DENSE: usize = 2520;
const MARK: &str = "TFR1";
/// The mark, the digest, two numbers of one digit and the strokes between.
const HEADER: usize = MARK.len() + DIGEST + 2 + 4;
const DIGEST: usize = 16;

/// The frames, none longer than a code people can read; `None` if more than six were needed, or there is nothing.
pub fn frames(bytes: &[u8]) -> Option<Vec<String>> {
    split(bytes, EASY).or_else(|| split(bytes, DENSE))
}

/// The frames of at most `room` characters each, all about as long.
pub fn split(bytes: &[u8], room: usize) -> Option<Vec<String>> {
    // Three characters carry two bytes.
    let most = room.checked_sub(HEADER)? / 3 * 2;
    if bytes.is_empty() || most == 0 {
        return None;
    }
    let count = bytes.len().div_ceil(most);
    if count > MOST_FRAMES {
        return None;
    }
    // Whole pairs, so that no frame wastes a character.
    let each = bytes.len().div_ceil(count).next_multiple_of(2);
    let pieces: Vec<&[u8]> = bytes.chunks(each).collect();
    let (digest, count) = (digest(bytes), pieces.len());
    let frame = |(at, piece): (usize, &&[u8])| {
        let text = base45::encode(piece);
        format!("{MARK}/{digest}/{}/{count}/{text}", at + 1)
    };
    Some(pieces.iter().enumerate().map(frame).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Some other QR code.
    #[error("not a frame of a hand-over")]
    NotOurs,
    /// Of another transfer than the frames before it.
    #[error("a frame of another hand-over")]
    Other,
    #[error("a damaged frame")]
    Damaged,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Collected {
    /// Numbers of the frames still to come, counted from 1.
    Missing(Vec<usize>),
    Whole(Vec<u8>),
}

/// Puts frames together. It keeps to the transfer of the first frame until it is made anew.
#[derive(Debug, Default)]
pub struct Collector {
    digest: String,
    pieces: Vec<Option<Vec<u8>>>,
}

impl Collector {
    pub fn put(&mut self, frame: &str) -> Result<Collected, FrameError> {
        let mut parts = frame.trim_end_matches(['\r', '\n']).splitn(5, '/');
        let mut part = || parts.next().ok_or(FrameError::NotOurs);
        if part()? != MARK {
            return Err(FrameError::NotOurs);
        }
        let digest = part()?.to_owned();
        let number: usize = part()?.parse().map_err(|_| FrameError::Damaged)?;
        let count: usize = part()?.parse().map_err(|_| FrameError::Damaged)?;
        if !(1..=MOST_FRAMES).contains(&count) || !(1..=count).contains(&number) {
            return Err(FrameError::Damaged);
        }
        let piece = base45::decode(part()?).map_err(|_| FrameError::Damaged)?;
        if self.pieces.is_empty() {
            self.digest = digest;
            self.pieces = vec![None; count];
        } else if self.digest != digest || self.pieces.len() != count {
            return Err(FrameError::Other);
        }
        if let Some(place) = self.pieces.get_mut(number - 1) {
            *place = Some(piece);
        }
        self.collected()
    }

    fn collected(&mut self) -> Result<Collected, FrameError> {
        let missing: Vec<usize> = (1..)
            .zip(&self.pieces)
            .filter(|(_, piece)| piece.is_none())
            .map(|(number, _)| number)
            .collect();
        if !missing.is_empty() {
            return Ok(Collected::Missing(missing));
        }
        let whole: Vec<u8> = self.pieces.iter().flatten().flatten().copied().collect();
        if self.digest == self::digest(&whole) {
            return Ok(Collected::Whole(whole));
        }
        // Which frame is wrong cannot be told: all are asked for again.
        *self = Self::default();
        Err(FrameError::Damaged)
    }
}

/// In capitals: a QR code packs those more tightly.
fn digest(bytes: &[u8]) -> String {
    let mut text = hex(&Sha256::digest(bytes)).to_uppercase();
    text.truncate(DIGEST);
    text
}
