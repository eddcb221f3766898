//! Ways to reach somebody: phones, e-mail addresses, web sites and postal addresses, each an item with an id of its
//! own, so that two devices may add to one list without clashing.

use serde::{Deserialize, Serialize};

use super::id::Id;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    Mobile,
    #[default]
    Office,
    /// The switchboard of a firm (總機).
    Main,
    Direct,
    Fax,
    Home,
    Other,
}

impl PhoneKind {
    pub const ALL: [PhoneKind; 7] = [
        PhoneKind::Mobile,
        PhoneKind::Office,
        PhoneKind::Main,
        PhoneKind::Direct,
        PhoneKind::Fax,
        PhoneKind::Home,
        PhoneKind::Other,
    ];
}

/// A number as it was given; normalised only where it is compared or dialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    pub id: Id,
    pub kind: PhoneKind,
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email {
    pub id: Id,
    pub address: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebSite {
    pub id: Id,
    pub url: String,
}

/// A postal address in one piece: Hong Kong addresses do not survive being cut into western fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub id: Id,
    /// What it is for, in the user's words: head office, warehouse, registered address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    pub text: String,
}

/// A column or property that came with an import and has no field of its own: shown and exported, never dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    pub name: String,
    pub value: String,
}

/// What is wrong with a phone number as typed.
pub fn phone_is_plausible(text: &str) -> bool {
    let digits = text
        .chars()
        .filter(|c| super::time::to_ascii_digit(*c).is_some())
        .count();
    (3..=20).contains(&digits) && text.chars().count() <= 60
}

/// One `@`, something on both sides, a dot in the domain, no white space. The full grammar of RFC 5322 would let typing
/// slips through; what it would refuse beyond this is not worth refusing.
pub fn email_is_plausible(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.contains('@')
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty())
        && !text.chars().any(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_slips_are_told_from_addresses() {
        for good in ["a@b.hk", "chan.tai-man+x@mail.example.com", "陳@例子.香港"] {
            assert!(email_is_plausible(good), "{good}");
        }
        for bad in [
            "", "a@b", "@b.hk", "a b@c.hk", "a@b..hk", "a@@b.hk", "a@b@c.hk",
        ] {
            assert!(!email_is_plausible(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_needs_digits() {
        for good in [
            "+852 5555 0101",
            "５５５５０１０１",
            "5555-0101 ext 12",
            "999",
        ] {
            assert!(phone_is_plausible(good), "{good}");
        }
        for bad in ["", "12", "call me"] {
            assert!(!phone_is_plausible(bad), "{bad}");
        }
    }
}
