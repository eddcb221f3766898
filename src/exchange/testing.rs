//! What the tests of this module share: codecs that a browser has, ids in counting order.

use encoding_rs::{BIG5, GB18030};

use super::text::{Encoding, Undecodable};
use crate::domain::id::{Id, NewId};

/// The browser's decoder, as far as the host needs it.
pub fn decode_legacy(bytes: &[u8], encoding: Encoding) -> Result<String, Undecodable> {
    let codec = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::Gb18030 => GB18030,
        other => return Err(Undecodable(other)),
    };
    Ok(codec.decode_without_bom_handling(bytes).0.into_owned())
}

/// `None` if the text has a character that the encoding has not.
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    let codec = match encoding {
        Encoding::Big5 => BIG5,
        Encoding::Gb18030 => GB18030,
        _ => return None,
    };
    let (bytes, _, lossy) = codec.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// Ids 1, 2, 3 …
#[derive(Default)]
pub struct Counting(u64);

impl NewId for Counting {
    fn new_id(&mut self) -> Id {
        self.0 += 1;
        Id::from_parts(self.0, &[0; 10])
    }
}
