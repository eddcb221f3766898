//! Every word the app says, in three languages. One file per part of the app; each string stands beside its
//! translations, so that adding one is one edit and a missing one does not compile.

/// Declares a part's strings: `key: 繁體, 简体, English;` for a fixed text, `key(arg: Type): …` for one with values in it.
macro_rules! catalogue {
    ($(#[$meta:meta])* $name:ident {
        $($key:ident $(($($arg:ident : $ty:ty),*))? : $hant:expr, $hans:expr, $en:expr;)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name(pub $crate::i18n::Lang);

        impl From<$crate::i18n::Lang> for $name {
            fn from(lang: $crate::i18n::Lang) -> Self {
                Self(lang)
            }
        }

        impl $name {
            $(catalogue!(@text $key $(($($arg : $ty),*))? : $hant, $hans, $en);)*

            /// The source of every string, for the tests that compare the languages.
            #[cfg(test)]
            pub const SOURCES: &'static [[&'static str; 4]] =
                &[$([stringify!($key), stringify!($hant), stringify!($hans), stringify!($en)]),*];
        }
    };
    (@text $key:ident : $hant:expr, $hans:expr, $en:expr) => {
        pub fn $key(self) -> &'static str {
            match self.0 {
                $crate::i18n::Lang::ZhHant => $hant,
                $crate::i18n::Lang::ZhHans => $hans,
                $crate::i18n::Lang::En => $en,
            }
        }
    };
    (@text $key:ident ($($arg:ident : $ty:ty),*) : $hant:expr, $hans:expr, $en:expr) => {
        pub fn $key(self, $($arg: $ty),*) -> String {
            match self.0 {
                $crate::i18n::Lang::ZhHant => $hant,
                $crate::i18n::Lang::ZhHans => $hans,
                $crate::i18n::Lang::En => $en,
            }
        }
    };
}

pub mod buildings;
pub mod canvass;
pub mod clients;
pub mod common;
pub mod exchange;
pub mod handover;
pub mod problems;
pub mod rescue;
pub mod results;
pub mod search;
pub mod shell;
pub mod sync;
pub mod sync_fields;
pub mod today;
pub mod values;
pub mod visits;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lang {
    #[default]
    ZhHant,
    ZhHans,
    En,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::ZhHant, Lang::ZhHans, Lang::En];

    /// The BCP 47 tag for the page and for `Intl`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::ZhHant => "zh-Hant-HK",
            Lang::ZhHans => "zh-Hans-CN",
            Lang::En => "en-HK",
        }
    }

    pub fn own_name(self) -> &'static str {
        match self {
            Lang::ZhHant => "繁體中文",
            Lang::ZhHans => "简体中文",
            Lang::En => "English",
        }
    }

    pub fn is_han(self) -> bool {
        self != Lang::En
    }

    /// The first of the browser's languages decides: zh-HK, -MO, -TW and -Hant are Traditional, other zh Simplified,
    /// everything else English (product.md §6).
    pub fn choose<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Lang {
        let Some(first) = wanted.into_iter().next() else {
            return Lang::default();
        };
        let mut parts = first.split(['-', '_']).map(str::to_ascii_lowercase);
        if parts.next().as_deref() != Some("zh") {
            return Lang::En;
        }
        let parts: Vec<String> = parts.collect();
        let has = |tag: &str| parts.iter().any(|part| part == tag);
        if has("hant") || (!has("hans") && ["hk", "mo", "tw"].iter().any(|region| has(region))) {
            Lang::ZhHant
        } else {
            Lang::ZhHans
        }
    }
}

/// `1 client`, `2 clients`: English alone has a plural.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCES: [&[[&str; 4]]; 15] = [
        buildings::Buildings::SOURCES,
        canvass::Canvass::SOURCES,
        handover::Handover::SOURCES,
        rescue::Rescue::SOURCES,
        results::Results::SOURCES,
        clients::Clients::SOURCES,
        common::Common::SOURCES,
        exchange::Exchange::SOURCES,
        problems::Problems::SOURCES,
        search::Search::SOURCES,
        shell::Shell::SOURCES,
        sync::Sync::SOURCES,
        sync_fields::SyncFields::SOURCES,
        today::Today::SOURCES,
        visits::Visits::SOURCES,
    ];

    #[test]
    fn the_browsers_first_language_decides() {
        for (tag, lang) in [
            ("zh-HK", Lang::ZhHant),
            ("zh-TW", Lang::ZhHant),
            ("zh-MO", Lang::ZhHant),
            ("zh-Hant", Lang::ZhHant),
            ("zh-Hant-CN", Lang::ZhHant),
            ("zh-Hans-HK", Lang::ZhHans),
            ("zh-CN", Lang::ZhHans),
            ("zh", Lang::ZhHans),
            ("zh-SG", Lang::ZhHans),
            ("en-GB", Lang::En),
            ("fr", Lang::En),
        ] {
            assert_eq!(Lang::choose([tag, "zh-HK"]), lang, "{tag}");
        }
        assert_eq!(Lang::choose([]), Lang::ZhHant);
    }

    /// Characters that only one of the two scripts writes; a translation that forgot its script has one of them.
    #[test]
    fn traditional_and_simplified_are_not_mixed_up() {
        const ONLY_TRADITIONAL: &str = "戶員單錄訪記時電話開關離線網絡檔備還復選類聯務網設語讀寫繼續請個這無與為點稱業產業頁問題應該週達處況動檢視";
        const ONLY_SIMPLIFIED: &str = "户员单录访记时电话开关离线网络档备还选类联务设语读写继续请个这无与为点称业产页问题应该达处况动检视";
        // Shared by both scripts in the lists above only by accident of the font.
        let shared: Vec<char> = ONLY_TRADITIONAL
            .chars()
            .filter(|c| ONLY_SIMPLIFIED.contains(*c))
            .collect();
        for [key, hant, hans, en] in SOURCES.into_iter().flatten().copied() {
            let wrong = |text: &str, other: &str| {
                text.chars()
                    .find(|c| other.contains(*c) && !shared.contains(c))
            };
            assert_eq!(
                wrong(hant, ONLY_SIMPLIFIED),
                None,
                "Simplified in zh-Hant of {key}: {hant}"
            );
            assert_eq!(
                wrong(hans, ONLY_TRADITIONAL),
                None,
                "Traditional in zh-Hans of {key}: {hans}"
            );
            assert!(
                !en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "Chinese in English of {key}: {en}"
            );
            assert!(![hant, hans, en].contains(&"\"\""), "{key} is empty");
        }
    }

    #[test]
    fn chinese_takes_full_width_punctuation() {
        let is_han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
        for [key, hant, hans, _] in SOURCES.into_iter().flatten().copied() {
            for text in [hant, hans] {
                let pairs = text.chars().zip(text.chars().skip(1));
                let wrong = pairs
                    .into_iter()
                    .find(|(before, c)| is_han(*before) && ",;:?!(".contains(*c));
                assert_eq!(wrong, None, "{key}: {text}");
            }
        }
    }
}
