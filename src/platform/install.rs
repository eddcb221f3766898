//! Whether the app is installed, and how it can be.

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, Window};

use super::listener::Listener;
use super::{property, text_of};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallState {
    /// Runs in a window of its own, or was installed from this very page.
    Installed,
    /// The browser offers to install it: [`Install::prompt`].
    CanPrompt,
    /// iPhone and iPad: share button, then "Add to Home Screen". The installed app has a storage of its own.
    IosManual,
    /// Android without an offer: the browser's menu.
    AndroidManual,
    /// A desktop browser that installs from its menu or address bar.
    DesktopManual,
    /// A browser that installs nothing, such as the one inside a chat app.
    Unsupported,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptAnswer {
    Accepted,
    Dismissed,
    /// There was no offer to accept.
    Unavailable,
}

/// Where this page stands; a copy is as good as the original. Lives as long as the reactive owner it was made under.
#[derive(Clone, Copy)]
pub struct Install {
    pub state: ReadSignal<InstallState>,
    set_state: WriteSignal<InstallState>,
    offer: StoredValue<Option<InstallOffer>>,
}

impl Install {
    /// Make it early: browsers offer once. An offer that came before the app ran is found where the boot script left it,
    /// in `window.__installPrompt`.
    pub fn watch() -> Self {
        let window = web_sys::window();
        let left = window
            .as_ref()
            .and_then(|window| property(window, BOOT_OFFER));
        let offer = left.map(JsCast::unchecked_into::<InstallOffer>);
        let start = match &offer {
            Some(_) if !is_standalone() => InstallState::CanPrompt,
            _ => without_offer(),
        };
        let (state, set_state) = signal(start);
        let install = Self {
            state,
            set_state,
            offer: StoredValue::new(offer),
        };
        if let Some(window) = window {
            StoredValue::new(install.listen(&window));
        }
        install
    }

    /// Shows the browser's own question. Only in answer to a tap.
    pub async fn prompt(self) -> PromptAnswer {
        // An offer can be used once; the browser makes another when it sees fit.
        let offer = self.offer.try_update_value(Option::take).flatten();
        let Some(offer) = offer else {
            return PromptAnswer::Unavailable;
        };
        let answer = JsFuture::from(offer.prompt()).await;
        let outcome = answer.ok().and_then(|answer| property(&answer, "outcome"));
        let accepted = outcome.is_some_and(|outcome| text_of(&outcome) == "accepted");
        let (state, answer) = match accepted {
            true => (InstallState::Installed, PromptAnswer::Accepted),
            false => (without_offer(), PromptAnswer::Dismissed),
        };
        self.set_state.try_set(state);
        answer
    }

    fn listen(self, window: &Window) -> [Listener; 2] {
        let offered = Listener::new(window, "beforeinstallprompt", move |event: Event| {
            // Keeps the browser's own banner away; ours says why to install.
            event.prevent_default();
            self.offer
                .try_update_value(|offer| *offer = Some(event.unchecked_into()));
            self.set_state.try_set(InstallState::CanPrompt);
        });
        let installed = Listener::new(window, "appinstalled", move |_| {
            self.set_state.try_set(InstallState::Installed);
        });
        [offered, installed]
    }
}

/// Whether the page runs in the installed app's window.
pub fn is_standalone() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let modes = [
        "standalone",
        "fullscreen",
        "minimal-ui",
        "window-controls-overlay",
    ];
    let in_mode = |mode: &str| {
        let query = window.match_media(&format!("(display-mode: {mode})"));
        query.ok().flatten().is_some_and(|query| query.matches())
    };
    modes.into_iter().any(in_mode)
        || property(&window.navigator(), "standalone") == Some(JsValue::TRUE)
}

/// Whether this is an iPhone or iPad, whose tab and installed app do not share their storage.
pub fn is_ios() -> bool {
    Browser::here().is_ios()
}

#[wasm_bindgen]
extern "C" {
    /// `BeforeInstallPromptEvent`; not in web-sys.
    #[derive(Clone)]
    type InstallOffer;
    #[wasm_bindgen(method)]
    fn prompt(this: &InstallOffer) -> Promise;
}

const BOOT_OFFER: &str = "__installPrompt";

/// What the browser says about itself, as far as it matters here. No feature tells whether a menu has an entry to
/// install, so this is one of the few places that must look at the name.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    pub agent: String,
    pub touch_points: i32,
}

impl Browser {
    pub fn here() -> Self {
        let Some(window) = web_sys::window() else {
            return Self::default();
        };
        let navigator = window.navigator();
        Self {
            agent: navigator.user_agent().unwrap_or_default(),
            touch_points: navigator.max_touch_points(),
        }
    }

    /// The state of a page in a tab without an offer.
    pub fn manual(&self) -> InstallState {
        let has = |name: &str| self.agent.contains(name);
        // The windows inside chat and social apps have no menu to install from and keep their storage to themselves.
        if [
            "MicroMessenger",
            "FBAN",
            "FBAV",
            "Instagram",
            " Line/",
            "; wv)",
        ]
        .into_iter()
        .any(has)
        {
            InstallState::Unsupported
        } else if self.is_ios() {
            InstallState::IosManual
        } else if has("Android") {
            InstallState::AndroidManual
        } else if has("Firefox/") {
            InstallState::Unsupported
        } else if has("Chrome/") || (has("Macintosh") && has("Safari/")) {
            InstallState::DesktopManual
        } else {
            InstallState::Unsupported
        }
    }

    /// An iPad calls itself a Mac, but no Mac has a touch screen.
    fn is_ios(&self) -> bool {
        ["iPhone", "iPad", "iPod"]
            .iter()
            .any(|name| self.agent.contains(name))
            || (self.agent.contains("Macintosh") && self.touch_points > 1)
    }
}

fn without_offer() -> InstallState {
    match is_standalone() {
        true => InstallState::Installed,
        false => Browser::here().manual(),
    }
}
