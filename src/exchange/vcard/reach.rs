//! Ways to reach somebody: numbers, addresses, messengers, and the labels Apple gives them.

use super::property::Property;
use crate::domain::contact::PhoneKind;
use crate::exchange::columns::{FieldTarget, PersonField, is_han, read_heading};
use crate::exchange::mapping::is_mobile;

/// What a number is for, and the name of its kind where none of ours fits.
pub fn phone_kind(
    property: &Property,
    label: Option<&str>,
    number: &str,
) -> (PhoneKind, Option<String>) {
    if let Some(label) = label {
        // 車用電話 is a phone, but not one of the office.
        let known = read_heading(label).and_then(|heading| match heading.target {
            FieldTarget::Phone(kind) | FieldTarget::Person(PersonField::Phone(kind)) => {
                (heading.sure || kind != PhoneKind::Office).then_some(kind)
            }
            _ => None,
        });
        return match known {
            Some(kind) => (kind, None),
            None => match label.to_lowercase().as_str() {
                "work" | "公司" | "辦公室" | "办公室" | "工作" => {
                    (PhoneKind::Office, None)
                }
                "iphone" | "移动" | "行動" => (PhoneKind::Mobile, None),
                "main" | "主要" => (PhoneKind::Main, None),
                "家" | "家庭" | "住家" => (PhoneKind::Home, None),
                "other" | "其他" => (PhoneKind::Other, None),
                _ => (PhoneKind::Other, Some(label.to_owned())),
            },
        };
    }
    let types: Vec<String> = property.types().collect();
    let has = |names: &[&str]| types.iter().any(|of| names.contains(&of.as_str()));
    let silent = [
        "voice", "pref", "text", "msg", "internet", "video", "other", "",
    ];
    let unknown = types.iter().find(|of| !silent.contains(&of.as_str()));
    let kind = if has(&["fax"]) {
        PhoneKind::Fax
    } else if has(&["main", "company"]) {
        PhoneKind::Main
    } else if has(&["x-direct", "direct"]) {
        PhoneKind::Direct
    } else if has(&["cell", "mobile", "iphone", "pcs"]) {
        PhoneKind::Mobile
    } else if has(&["home"]) {
        PhoneKind::Home
    } else if has(&["work"]) {
        PhoneKind::Office
    } else if unknown.is_some() {
        return (PhoneKind::Other, unknown.map(|of| of.to_uppercase()));
    } else if has(&["other"]) {
        PhoneKind::Other
    } else if is_mobile(number) {
        PhoneKind::Mobile
    } else if has(&["voice"]) {
        PhoneKind::Other
    } else {
        PhoneKind::Office
    };
    (kind, None)
}

/// The `TYPE` that [`phone_kind`] reads back.
pub fn phone_type(kind: PhoneKind) -> &'static str {
    match kind {
        PhoneKind::Mobile => "CELL",
        PhoneKind::Office => "WORK,VOICE",
        PhoneKind::Main => "MAIN",
        PhoneKind::Direct => "WORK,X-DIRECT",
        PhoneKind::Fax => "WORK,FAX",
        PhoneKind::Home => "HOME,VOICE",
        PhoneKind::Other => "OTHER",
    }
}

/// A number as text or as `tel:` URI (RFC 3966).
pub fn number(property: &Property) -> String {
    let text = property.text();
    match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text
            .get(4..)
            .unwrap_or_default()
            .replace(";ext=", " ext ")
            .replace(";phone-context=", " "),
        _ => text,
    }
}

/// A messenger this app has a place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Messenger {
    WeChat,
    WhatsApp,
    Qq,
}

/// Reads `X-WECHAT:id`, `IMPP:wechat:id`, `IMPP;X-SERVICE-TYPE=WeChat:x-apple:id`.
pub fn messenger(property: &Property) -> Option<(Messenger, String)> {
    let text = property.text();
    let named = |name: &str| {
        Some(match name.to_lowercase().as_str() {
            "wechat" | "weixin" | "微信" => Messenger::WeChat,
            "whatsapp" => Messenger::WhatsApp,
            "qq" => Messenger::Qq,
            _ => return None,
        })
    };
    let (messenger, id) = match property.name.as_str() {
        "IMPP" => {
            let (scheme, id) = text.split_once(':').unwrap_or(("", text.as_str()));
            (
                property
                    .param("X-SERVICE-TYPE")
                    .and_then(named)
                    .or_else(|| named(scheme))?,
                id,
            )
        }
        name => (named(name.strip_prefix("X-")?)?, text.as_str()),
    };
    let id = id.trim();
    (!id.is_empty()).then(|| (messenger, id.to_owned()))
}

/// An address in one piece: large to small in Chinese, small to large in Latin, the postcode where each has it.
pub fn address(property: &Property) -> String {
    let parts = property.components();
    let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
    let (post_box, extended, street, city, region, code, country) = (
        part(0),
        part(1),
        part(2),
        part(3),
        part(4),
        part(5),
        part(6),
    );
    let filled = |parts: &[&str]| -> Vec<String> {
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| (*part).to_owned())
            .collect()
    };
    if parts.iter().any(|part| part.chars().any(is_han)) {
        let place = filled(&[country, region, city, street, extended, post_box]).concat();
        filled(&[&place, code]).join(" ")
    } else {
        let region = filled(&[region, code]).join(" ");
        filled(&[post_box, extended, street, city, &region, country]).join(", ")
    }
}

/// An Apple label: `_$!<Work>!$_` is a standard one, everything else a person's own words.
pub fn label(text: &str) -> (String, bool) {
    match text
        .strip_prefix("_$!<")
        .and_then(|rest| rest.strip_suffix(">!$_"))
    {
        Some(standard) => (standard.to_owned(), true),
        None => (text.to_owned(), false),
    }
}
