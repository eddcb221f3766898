//! Pictures belonging to a record. The bytes live apart, addressed by their digest; a record holds only this.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    pub id: Id,
    /// SHA-256 of the stored JPEG, lower-case hex. Its metadata, position included, was stripped before it was hashed.
    pub blob: String,
    pub bytes: u32,
    /// Pixels, after scaling and turning upright.
    pub width: u32,
    pub height: u32,
    /// When it was added here: the camera's own clock and place are not kept.
    pub added: Moment,
}
