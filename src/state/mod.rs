//! What is loaded, and the verbs the screens may call. Errors of the layers below become notices here.

pub mod backup;
mod book;
mod change;
pub mod demo;
mod draft;
pub mod exporter;
mod finder;
pub mod handover;
pub mod importer;
mod live;
mod notices;
pub mod rescue;
mod settings;
pub mod sync;
pub mod walk;

pub use book::{Book, Loading, Phase};
pub use change::{Change, Committed};
pub use draft::{Draft, with_draft};
pub use finder::{Finder, Pick};
pub use importer::Importer;
pub use live::{Live, live};
pub use notices::{Notice, NoticeKind, Notices};
pub use settings::{Settings, Theme};

use std::cell::Cell;

/// Everything the screens share; made once, handed down as context, lives as long as the page.
#[derive(Clone, Copy)]
pub struct App {
    pub book: Book,
    pub notices: Notices,
    pub settings: Settings,
    pub importer: Importer,
    pub sync: sync::Sync,
}

thread_local! {
    /// The page's one instance. Not a reactive context, because event handlers and code after an `await` have none.
    static APP: Cell<Option<App>> = const { Cell::new(None) };
}

impl App {
    /// Makes the shared state, under the root's reactive owner: its signals live as long as the page.
    pub fn start() -> Self {
        let notices = Notices::new();
        let book = Book::new(notices);
        let app = Self {
            book,
            notices,
            settings: Settings::load(),
            importer: Importer::new(book),
            sync: sync::Sync::new(book),
        };
        APP.set(Some(app));
        app
    }
}

/// The shared state, from anywhere.
///
/// # Panics
/// Before [`App::start`], which is the first thing the page does.
pub fn app() -> App {
    APP.get()
        .unwrap_or_else(|| unreachable!("the root starts the app before anything is shown"))
}

pub fn book() -> Book {
    app().book
}
