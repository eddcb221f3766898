//! What a term of a header can say.

use super::{FieldTarget, PersonField};
use crate::domain::contact::PhoneKind;

/// What a term of a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Of(Base),
    Also(Qualifier),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    Person,
    Company,
    Zh,
    En,
    Noise,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    Name,
    /// 姓名: only people have one.
    FullName,
    Family,
    Given,
    /// 名: a given name beside 姓, the whole name beside 中文 or 公司.
    BareName,
    Alias,
    Phone(PhoneKind),
    Email,
    WebSite,
    Address,
    District,
    Industry,
    Segment,
    Tier,
    Stage,
    Source,
    SourceNote,
    LastChecked,
    Remark,
    Honorific,
    Title,
    Department,
    WeChat,
    WhatsApp,
    Role,
    Birthday,
    Occasions,
}

impl Base {
    /// About a person unless the header says otherwise.
    pub fn is_personal(self) -> bool {
        matches!(self, Base::FullName)
    }

    /// About a person whatever the header says.
    pub fn is_always_personal(self) -> bool {
        use Base::*;
        matches!(
            self,
            Family
                | Given
                | FullName
                | Honorific
                | Title
                | Department
                | WeChat
                | WhatsApp
                | Role
                | Birthday
                | Occasions
        )
    }

    pub fn target(self, person: bool, zh: bool, en: bool) -> FieldTarget {
        use FieldTarget as F;
        use PersonField as P;
        let person_name = |both, in_zh, in_en| {
            F::Person(match (zh, en) {
                (true, false) => in_zh,
                (false, true) => in_en,
                _ => both,
            })
        };
        match self {
            Base::Name | Base::FullName if person => person_name(P::Name, P::NameZh, P::NameEn),
            Base::Name | Base::FullName if zh => F::NameZh,
            Base::Name | Base::FullName if en => F::NameEn,
            Base::Name | Base::FullName => F::Name,
            Base::Family => person_name(P::Family, P::FamilyZh, P::FamilyEn),
            Base::Given => person_name(P::Given, P::GivenZh, P::GivenEn),
            Base::BareName if person => person_name(P::Given, P::GivenZh, P::GivenEn),
            Base::BareName if zh => F::NameZh,
            Base::BareName if en => F::NameEn,
            Base::BareName => F::Name,
            Base::Phone(kind) if person => F::Person(P::Phone(kind)),
            Base::Phone(kind) => F::Phone(kind),
            Base::Email if person => F::Person(P::Email),
            Base::Email => F::Email,
            Base::Remark if person => F::Person(P::Remark),
            Base::Remark => F::Remark,
            Base::Alias => F::Alias,
            Base::WebSite => F::WebSite,
            Base::Address => F::Address,
            Base::District => F::District,
            Base::Industry => F::Industry,
            Base::Segment => F::Segment,
            Base::Tier => F::Tier,
            Base::Stage => F::Stage,
            Base::Source => F::Source,
            Base::SourceNote => F::SourceNote,
            Base::LastChecked => F::LastChecked,
            Base::Honorific => F::Person(P::Honorific),
            Base::Title => F::Person(P::Title),
            Base::Department => F::Person(P::Department),
            Base::WeChat => F::Person(P::WeChat),
            Base::WhatsApp => F::Person(P::WhatsApp),
            Base::Role => F::Person(P::Role),
            Base::Birthday => F::Person(P::Birthday),
            Base::Occasions => F::Person(P::Occasions),
        }
    }
}
