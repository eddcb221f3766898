//! Icons as line drawings on a 24 × 24 grid. They stand in the program rather than in a sprite file: a second request
//! and a flash of missing icons would cost more than these bytes.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Today,
    Clients,
    Search,
    More,
    Plus,
    Back,
    Edit,
    Phone,
    Message,
    Mail,
    Web,
    Place,
    Note,
    Visit,
    Person,
    FollowUp,
    Camera,
    Check,
    Cross,
    Waiting,
    Next,
    Down,
    Import,
    Export,
    Storage,
    Settings,
    Install,
    Info,
    Warning,
    Copy,
    Share,
    Undo,
    Merge,
    Tower,
    Door,
    Kit,
    Chart,
    Previous,
    Up,
    Split,
    Stop,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Today => {
                "M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM4 10h16M8 3v4M16 3v4M8 14h3"
            }
            Icon::Tower => {
                "M6 21V4h12v17M3 21h18M10 8v.01M14 8v.01M10 12v.01M14 12v.01M10 16v.01M14 16v.01"
            }
            Icon::Door => "M6 21V3h12v18M3 21h18M14 12v.01",
            Icon::Kit => "M5 8h14v12H5V8ZM9 8V5h6v3M9 13l2 2 4-4",
            Icon::Chart => "M4 20h17M7 17v-5M12 17V6M17 17v-8",
            Icon::Previous => "M15 5l-7 7 7 7",
            Icon::Up => "M5 15l7-7 7 7",
            Icon::Split => "M12 3v18M4 7v10M20 7v10",
            Icon::Stop => "M7 7h10v10H7V7Z",
            Icon::Clients => {
                "M4 21V5l8-2v18M12 8l8 2v11M3 21h18M8 9v.01M8 13v.01M8 17v.01M16 13v.01M16 17v.01"
            }
            Icon::Search => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",
            Icon::More => "M4 7h16M4 12h16M4 17h16",
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Back => "M15 5l-7 7 7 7",
            Icon::Edit => "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
            Icon::Phone => {
                "M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z"
            }
            Icon::Message => "M4 5h16v11H9l-5 4V5Z",
            Icon::Mail => "M4 6h16v12H4V6ZM4 7l8 6 8-6",
            Icon::Web => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"
            }
            Icon::Place => {
                "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11ZM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Icon::Note => "M6 3h9l4 4v14H6V3ZM14 3v5h5M9 13h6M9 17h4",
            Icon::Visit => {
                "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2 21c0-4 3-7 7-7s7 3 7 7M17 8l2 2 4-4"
            }
            Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c0-4 4-6 8-6s8 2 8 6",
            Icon::FollowUp => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 3",
            Icon::Camera => "M4 8h3l2-3h6l2 3h3v11H4V8ZM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
            Icon::Check => "M4 12l5 5L20 6",
            Icon::Cross => "M6 6l12 12M18 6L6 18",
            Icon::Waiting => "M12 19V6M6 12l6-6 6 6M4 21h16",
            Icon::Next => "M9 5l7 7-7 7",
            Icon::Down => "M5 9l7 7 7-7",
            Icon::Import => "M12 3v12M7 10l5 5 5-5M4 21h16",
            Icon::Export => "M12 15V3M7 8l5-5 5 5M4 21h16",
            Icon::Storage => {
                "M4 6c0-2 16-2 16 0v12c0 2-16 2-16 0V6ZM4 6c0 2 16 2 16 0M4 12c0 2 16 2 16 0"
            }
            Icon::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Icon::Install => "M7 3h10v18H7V3ZM12 8v6M9 11l3 3 3-3",
            Icon::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 8v.01",
            Icon::Warning => "M12 4l9 16H3l9-16ZM12 10v4M12 17v.01",
            Icon::Copy => "M8 8h11v12H8V8ZM5 16V4h10",
            Icon::Share => "M12 14V3M8 7l4-4 4 4M6 11H5v10h14V11h-1",
            Icon::Undo => "M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
            Icon::Merge => "M6 3v4c0 5 6 4 6 9v5M18 3v4c0 5-6 4-6 9M9 18l3 3 3-3",
        }
    }
}

/// Drawn beside words or on a button that has a name of its own, so it is hidden from screen readers.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
