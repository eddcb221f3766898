//! Leads: rows of a directory somebody imported. Local reference data, searchable, not queued for upload; a lead becomes
//! an organisation when it is first touched (sync.md item 14).

use serde::{Deserialize, Serialize};

use super::contact::Extra;
use super::id::Id;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadBody {
    pub name_zh: String,
    pub name_en: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    pub industry: String,
    pub extra: Vec<Extra>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    pub id: Id,
    /// The directory it came with; undoing that import removes its leads.
    pub import: Id,
    /// The organisation it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Id>,
    pub body: LeadBody,
}
