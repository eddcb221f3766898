//! Language and appearance: the few preferences that belong to the device and not to the book.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::platform::{lang, prefs};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

#[derive(Clone, Copy)]
pub struct Settings {
    /// The language in use.
    pub lang: RwSignal<Lang>,
    /// The language chosen by hand; `None` follows the browser.
    pub chosen: RwSignal<Option<Lang>>,
    pub theme: RwSignal<Theme>,
}

impl Settings {
    pub fn load() -> Self {
        let chosen =
            prefs::language().and_then(|tag| Lang::ALL.into_iter().find(|lang| lang.tag() == tag));
        let theme = prefs::theme();
        let theme = Theme::ALL
            .into_iter()
            .find(|t| Some(t.name()) == theme.as_deref())
            .unwrap_or_default();
        let settings = Self {
            lang: RwSignal::new(chosen.unwrap_or_else(from_browser)),
            chosen: RwSignal::new(chosen),
            theme: RwSignal::new(theme),
        };
        Effect::new(move || lang::set_document_lang(settings.lang.get().tag()));
        Effect::new(move || lang::set_document_theme(settings.theme.get().name()));
        settings
    }

    pub fn choose_lang(self, chosen: Option<Lang>) {
        prefs::set_language(chosen.map(Lang::tag));
        self.chosen.set(chosen);
        self.lang.set(chosen.unwrap_or_else(from_browser));
    }

    pub fn choose_theme(self, theme: Theme) {
        prefs::set_theme(theme.name());
        self.theme.set(theme);
    }
}

fn from_browser() -> Lang {
    let wanted = lang::preferred();
    Lang::choose(wanted.iter().map(String::as_str))
}
