use super::*;

#[test]
fn latin_names_find_their_surname() {
    for (text, family, given) in [
        ("Chan Tai Man, Peter", "Chan", "Tai Man, Peter"),
        ("CHAN Tai Man, Peter", "CHAN", "Tai Man, Peter"),
        ("Peter CHAN Tai Man", "CHAN", "Tai Man, Peter"),
        ("CHAN, Tai Man", "CHAN", "Tai Man"),
        ("CHAN Tai Man", "CHAN", "Tai Man"),
        ("CHAN TAI MAN", "CHAN", "TAI MAN"),
        ("Peter Chan Tai Man", "Chan", "Tai Man, Peter"),
        ("Peter Chan", "Chan", "Peter"),
        ("Peter CHAN", "CHAN", "Peter"),
        ("Zhang Wei", "Zhang", "Wei"),
        ("Tai-man Chan", "Chan", "Tai-man"),
        ("AU-YEUNG Chi Ming", "AU-YEUNG", "Chi Ming"),
        ("Mary Ann Smith", "Smith", "Mary Ann"),
        ("Jan van der Berg", "van der Berg", "Jan"),
        ("Smith, Mary Ann", "Smith", "Mary Ann"),
        ("O'NEILL Mary", "O'NEILL", "Mary"),
        ("Peter", "", "Peter"),
        ("", "", ""),
        (",", "", ""),
    ] {
        assert_eq!(latin_name(text), (family.into(), given.into()), "{text}");
    }
}

#[test]
fn whole_names_are_taken_apart() {
    let name = |text: &str| {
        let name = person_name(text);
        [name.family_zh, name.given_zh, name.family_en, name.given_en].join("|")
    };
    for (text, parts) in [
        ("陳大文", "陳|大文||"),
        ("陳大文 Peter CHAN", "陳|大文|CHAN|Peter"),
        ("Peter CHAN 陳大文", "陳|大文|CHAN|Peter"),
        ("陳大文(Peter)", "陳|大文||Peter"),
        ("CHAN Tai Man (陳大文)", "陳|大文|CHAN|Tai Man"),
        ("歐陽志明/Au-Yeung Chi Ming", "歐陽|志明|Au-Yeung|Chi Ming"),
        ("陳先生", "陳|||"),
        ("約翰·史密斯", "|約翰·史密斯||"),
        ("Mr. Peter Chan", "||Chan|Peter"),
        ("", "|||"),
    ] {
        assert_eq!(name(text), parts, "{text}");
    }
    assert_eq!(person_name("陳先生").honorific, Some(Honorific::Mr));
    assert_eq!(
        person_name("Dr Chan Tai Man").honorific,
        Some(Honorific::Dr)
    );
}

#[test]
fn firms_with_two_names_in_a_cell_are_split_and_others_left_alone() {
    for (text, zh, en) in [
        (
            "甲乙實業有限公司 Ace Best Industrial Limited",
            "甲乙實業有限公司",
            "Ace Best Industrial Limited",
        ),
        (
            "Ace Best Ltd 甲乙實業有限公司",
            "甲乙實業有限公司",
            "Ace Best Ltd",
        ),
        ("甲乙有限公司(Ace Best Ltd)", "甲乙有限公司", "Ace Best Ltd"),
        (
            "Ace Best Ltd（甲乙有限公司）",
            "甲乙有限公司",
            "Ace Best Ltd",
        ),
        (
            "東方甲乙(國際)有限公司 Orient AB (International) Limited",
            "東方甲乙(國際)有限公司",
            "Orient AB (International) Limited",
        ),
        (
            "甲乙(香港) Ace (HK) Services",
            "甲乙(香港)",
            "Ace (HK) Services",
        ),
        ("甲乙Ace Best", "甲乙", "Ace Best"),
        ("ASMPT有限公司", "ASMPT有限公司", ""),
        ("ASMPT代理有限公司", "ASMPT代理有限公司", ""),
        ("ABC 貿易有限公司", "ABC 貿易有限公司", ""),
        (
            "香港ABC貿易有限公司 ABC Trading",
            "香港ABC貿易有限公司",
            "ABC Trading",
        ),
        ("卡拉OK", "卡拉OK", ""),
        ("甲乙 K11", "甲乙 K11", ""),
        ("Café de Ace", "", "Café de Ace"),
        ("甲乙有限公司", "甲乙有限公司", ""),
        ("", "", ""),
    ] {
        assert_eq!(split_firm(text), (zh.into(), en.into()), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics_or_loses_a_letter(text in "[A-Za-z陳大文有限公司國際 (),.·/（）']{0,30}") {
        let kept = |parts: &[&str]| parts.concat().chars().filter(|c| c.is_alphanumeric()).count();
        let (zh, en) = split_firm(&text);
        proptest::prop_assert_eq!(kept(&[&zh, &en]), kept(&[&text]));
        let (family, given) = latin_name(&text);
        proptest::prop_assert_eq!(kept(&[&family, &given]), kept(&[&text]));
        person_name(&text);
    }
}
