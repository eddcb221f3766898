use super::*;
use FieldTarget as F;
use PersonField as P;

#[test]
fn headers_are_read_in_three_languages_and_many_spellings() {
    for (header, target) in [
        ("name_zh", F::NameZh),
        ("中文名稱", F::NameZh),
        ("公司名稱", F::Name),
        ("公司名称", F::Name),
        ("公司中文名", F::NameZh),
        ("Company", F::Name),
        ("company_name", F::Name),
        ("CompanyName", F::Name),
        ("English name", F::NameEn),
        ("Name (EN)", F::NameEn),
        ("公司名稱(英文)", F::NameEn),
        ("公司名稱 Company Name", F::Name),
        ("電話", F::Phone(PhoneKind::Office)),
        ("電話 Tel.", F::Phone(PhoneKind::Office)),
        ("Tel No.", F::Phone(PhoneKind::Office)),
        ("TEL", F::Phone(PhoneKind::Office)),
        ("聯絡電話", F::Phone(PhoneKind::Office)),
        ("Phone 2", F::Phone(PhoneKind::Office)),
        ("手提", F::Phone(PhoneKind::Mobile)),
        ("手提2", F::Phone(PhoneKind::Mobile)),
        ("总机", F::Phone(PhoneKind::Main)),
        ("電郵", F::Email),
        ("E-mail", F::Email),
        ("email_address", F::Email),
        ("公司地址", F::Address),
        ("district_zh", F::District),
        ("行業", F::Industry),
        ("級別/Tier", F::Tier),
        ("客戶級別", F::Tier),
        ("階段", F::Stage),
        ("來源", F::Source),
        ("職銜", F::Person(P::Title)),
        ("聯絡人", F::Person(P::Name)),
        ("Contact Person", F::Person(P::Name)),
        ("聯絡人電話", F::Person(P::Phone(PhoneKind::Office))),
        ("Contact e-mail", F::Person(P::Email)),
        ("姓名", F::Person(P::Name)),
        ("客户姓名", F::Person(P::Name)),
        ("Surname", F::Person(P::Family)),
        ("中文姓氏", F::Person(P::FamilyZh)),
        ("＊公司名稱＊", F::Name),
    ] {
        assert_eq!(
            read_heading(header).map(|heading| heading.target),
            Some(target),
            "{header}"
        );
    }
}

#[test]
fn what_has_no_field_is_not_forced_into_one() {
    for header in [
        "stock_code",
        "storeys",
        "Product name",
        "開戶行",
        "",
        "x",
        "2026",
        "floors_top_down",
    ] {
        assert_eq!(read_heading(header), None, "{header}");
    }
}

#[test]
fn every_exported_header_is_read_back_as_what_it_was() {
    for (target, headers) in export::EXPORT {
        for (lang, header) in Lang::ALL.into_iter().zip(headers) {
            assert_eq!(heading_of(*target, lang), *header);
            let heading = read_heading(header).unwrap();
            assert_eq!((heading.target, heading.sure), (*target, true), "{header}");
        }
    }
    for lang in Lang::ALL {
        let header = person_extra_heading("stock_code", lang);
        assert_eq!(person_extra_name(&header), Some("stock_code"));
    }
}
