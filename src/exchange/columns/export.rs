//! The headers this app writes.

use super::{FieldTarget, PersonField};
use crate::domain::contact::PhoneKind;

/// Set before the name of a contact's extra value.
pub const PERSON_EXTRA: [&str; 3] = ["聯絡人：", "联系人：", "Contact: "];

/// One header per column of an export, in Traditional, Simplified and English.
pub static EXPORT: &[(FieldTarget, [&str; 3])] = &[
    (
        FieldTarget::NameZh,
        ["公司中文名稱", "公司中文名称", "Company (Chinese)"],
    ),
    (
        FieldTarget::NameEn,
        ["公司英文名稱", "公司英文名称", "Company (English)"],
    ),
    (FieldTarget::Alias, ["別名", "别名", "Alias"]),
    (FieldTarget::Stage, ["階段", "阶段", "Stage"]),
    (FieldTarget::Tier, ["級別", "级别", "Tier"]),
    (FieldTarget::Segment, ["客群", "客群", "Segment"]),
    (FieldTarget::Industry, ["行業", "行业", "Industry"]),
    (
        FieldTarget::Phone(PhoneKind::Mobile),
        ["手提", "手机", "Mobile"],
    ),
    (
        FieldTarget::Phone(PhoneKind::Office),
        ["電話", "电话", "Phone"],
    ),
    (
        FieldTarget::Phone(PhoneKind::Main),
        ["總機", "总机", "Switchboard"],
    ),
    (
        FieldTarget::Phone(PhoneKind::Direct),
        ["直線", "直线", "Direct line"],
    ),
    (FieldTarget::Phone(PhoneKind::Fax), ["傳真", "传真", "Fax"]),
    (
        FieldTarget::Phone(PhoneKind::Home),
        ["住宅電話", "住宅电话", "Home phone"],
    ),
    (
        FieldTarget::Phone(PhoneKind::Other),
        ["其他電話", "其他电话", "Other phone"],
    ),
    (FieldTarget::Email, ["電郵", "邮箱", "E-mail"]),
    (FieldTarget::WebSite, ["網址", "网址", "Website"]),
    (FieldTarget::Address, ["地址", "地址", "Address"]),
    (FieldTarget::Source, ["來源", "来源", "Source"]),
    (
        FieldTarget::SourceNote,
        ["來源備註", "来源备注", "Source note"],
    ),
    (
        FieldTarget::LastChecked,
        ["最後核對", "最后核对", "Last checked"],
    ),
    (FieldTarget::Remark, ["備註", "备注", "Remark"]),
    (
        FieldTarget::Person(PersonField::FamilyZh),
        [
            "聯絡人中文姓氏",
            "联系人中文姓氏",
            "Contact surname (Chinese)",
        ],
    ),
    (
        FieldTarget::Person(PersonField::GivenZh),
        [
            "聯絡人中文名",
            "联系人中文名",
            "Contact given name (Chinese)",
        ],
    ),
    (
        FieldTarget::Person(PersonField::FamilyEn),
        [
            "聯絡人英文姓氏",
            "联系人英文姓氏",
            "Contact surname (English)",
        ],
    ),
    (
        FieldTarget::Person(PersonField::GivenEn),
        [
            "聯絡人英文名",
            "联系人英文名",
            "Contact given name (English)",
        ],
    ),
    (
        FieldTarget::Person(PersonField::Honorific),
        ["稱呼", "称呼", "Salutation"],
    ),
    (
        FieldTarget::Person(PersonField::Title),
        ["職銜", "职衔", "Job title"],
    ),
    (
        FieldTarget::Person(PersonField::Department),
        ["部門", "部门", "Department"],
    ),
    (
        FieldTarget::Person(PersonField::Role),
        ["角色", "角色", "Role"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Mobile)),
        ["聯絡人手提", "联系人手机", "Contact mobile"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Office)),
        ["聯絡人電話", "联系人电话", "Contact phone"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Main)),
        ["聯絡人總機", "联系人总机", "Contact switchboard"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Direct)),
        ["聯絡人直線", "联系人直线", "Contact direct line"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Fax)),
        ["聯絡人傳真", "联系人传真", "Contact fax"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Home)),
        ["聯絡人住宅電話", "联系人住宅电话", "Contact home phone"],
    ),
    (
        FieldTarget::Person(PersonField::Phone(PhoneKind::Other)),
        ["聯絡人其他電話", "联系人其他电话", "Contact other phone"],
    ),
    (
        FieldTarget::Person(PersonField::Email),
        ["聯絡人電郵", "联系人邮箱", "Contact e-mail"],
    ),
    (
        FieldTarget::Person(PersonField::WeChat),
        ["微信", "微信", "WeChat"],
    ),
    (
        FieldTarget::Person(PersonField::WhatsApp),
        ["WhatsApp", "WhatsApp", "WhatsApp"],
    ),
    (
        FieldTarget::Person(PersonField::Birthday),
        ["生日", "生日", "Birthday"],
    ),
    (
        FieldTarget::Person(PersonField::Occasions),
        ["紀念日", "纪念日", "Important dates"],
    ),
    (
        FieldTarget::Person(PersonField::Remark),
        ["聯絡人備註", "联系人备注", "Contact remark"],
    ),
];
