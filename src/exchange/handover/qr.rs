//! A QR code as the path of a drawing.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

/// Light squares around the code, without which readers do not find it (ISO/IEC 18004 §6.3.8).
const MARGIN: i32 = 4;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Squares a side, the margin included: the drawing's view box.
    pub size: i32,
    /// The dark squares, for the `d` of an SVG path.
    pub path: String,
}

/// Draws at the lowest level of correction, or a higher one where that costs no room; `None` if no code holds the text.
pub fn picture(text: &str) -> Option<Picture> {
    let code = code(text)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let (left, top, wide) = (start + MARGIN, y + MARGIN, x - start);
                path.push_str(&format!("M{left} {top}h{wide}v1h-{wide}z"));
            }
            x += 1;
        }
    }
    Some(Picture {
        size: code.size() + 2 * MARGIN,
        path,
    })
}

fn code(text: &str) -> Option<QrCode> {
    let segments = QrSegment::make_segments(text);
    QrCode::encode_segments(&segments, QrCodeEcc::Low).ok()
}

#[cfg(test)]
mod tests {
    use super::super::frames::{DENSE, EASY};
    use super::*;

    #[test]
    fn a_full_frame_is_no_larger_than_it_says() {
        let version = |room: usize| code(&"A".repeat(room)).map(|code| code.version().value());
        assert_eq!((version(EASY), version(EASY + 1)), (Some(25), Some(26)));
        assert_eq!((version(DENSE), version(DENSE + 1)), (Some(30), Some(31)));
        assert_eq!(picture(&"A".repeat(5000)), None);
    }

    #[test]
    fn the_corners_are_dark_and_the_margin_is_not() {
        let picture = picture("TOPFLOOR").unwrap();
        assert_eq!(picture.size, 21 + 8);
        assert!(picture.path.starts_with("M4 4h7v1h-7z"));
    }
}
