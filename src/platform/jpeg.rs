//! Just enough of the picture formats: how large a picture says it is, before anything is decoded, and a JPEG without
//! its metadata.

/// Width and height in pixels as stored, before turning upright, from the head of a JPEG, PNG, GIF or WebP file. `None` for
/// anything else and for a head that is cut off before the size.
pub fn picture_size(head: &[u8]) -> Option<(u32, u32)> {
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((be32(head, 16)?, be32(head, 20)?));
    }
    if head.starts_with(b"GIF8") {
        return Some((le16(head, 6)?, le16(head, 8)?));
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return webp_size(head);
    }
    let mut segments = Segments::of(head)?;
    // The frame header: precision, height, width (ITU-T T.81 §B.2.2).
    segments
        .find(|segment| segment.is_frame())
        .and_then(|segment| Some((be16(segment.body, 3)?, be16(segment.body, 1)?)))
}

/// The JPEG without Exif, XMP, Photoshop and other application segments, and without comments. What decides the colours
/// stays: JFIF, ICC profile, Adobe. `None` if it is not a whole JPEG.
pub fn without_metadata(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut segments = Segments::of(jpeg)?;
    let mut kept = jpeg.get(..2)?.to_vec();
    for segment in segments.by_ref() {
        let keep = match segment.marker {
            APP0 => segment.body.starts_with(b"JFIF\0"),
            APP2 => segment.body.starts_with(b"ICC_PROFILE\0"),
            APP14 => segment.body.starts_with(b"Adobe"),
            0xe0..=0xef | COMMENT => false,
            _ => true,
        };
        if keep {
            kept.extend_from_slice(segment.whole);
        }
    }
    // What follows the first scan header is picture data to the end.
    let scan = segments.scan?;
    kept.extend_from_slice(scan);
    Some(kept)
}

const APP0: u8 = 0xe0;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const COMMENT: u8 = 0xfe;
const START_OF_SCAN: u8 = 0xda;

struct Segment<'a> {
    marker: u8,
    /// After the marker and the length.
    body: &'a [u8],
    whole: &'a [u8],
}

impl Segment<'_> {
    /// Start of frame, any coding; C4, C8 and CC are tables.
    fn is_frame(&self) -> bool {
        matches!(self.marker, 0xc0..=0xcf) && !matches!(self.marker, 0xc4 | 0xc8 | 0xcc)
    }
}

/// The segments before the first scan.
struct Segments<'a> {
    rest: &'a [u8],
    /// From the scan's marker to the end of the file, once it was reached.
    scan: Option<&'a [u8]>,
}

impl<'a> Segments<'a> {
    fn of(jpeg: &'a [u8]) -> Option<Self> {
        Some(Self {
            rest: jpeg.strip_prefix(b"\xff\xd8")?,
            scan: None,
        })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        // Markers may be preceded by any number of fill bytes.
        while let [0xff, 0xff, ..] = self.rest {
            self.rest = self.rest.get(1..)?;
        }
        let [0xff, marker, ..] = *self.rest else {
            return None;
        };
        if marker == START_OF_SCAN {
            self.scan = Some(self.rest);
            self.rest = &[];
            return None;
        }
        let length = usize::try_from(be16(self.rest, 2)?).ok()?.checked_add(2)?;
        let (whole, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Segment {
            marker,
            body: whole.get(4..)?,
            whole,
        })
    }
}

/// The three forms of a WebP file (RFC 9649): extended, lossless, lossy.
fn webp_size(head: &[u8]) -> Option<(u32, u32)> {
    match head.get(12..16)? {
        b"VP8X" => Some((le24(head, 24)? + 1, le24(head, 27)? + 1)),
        b"VP8L" => {
            let bits = le16(head, 21)? | (le16(head, 23)? << 16);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((le16(head, 26)? & 0x3fff, le16(head, 28)? & 0x3fff)),
        _ => None,
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..)?.first_chunk()?;
    Some(u32::from(u16::from_be_bytes(*pair)))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    let pair = bytes.get(at..)?.first_chunk()?;
    Some(u32::from(u16::from_le_bytes(*pair)))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = *bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}
