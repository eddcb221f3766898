//! What is not uploaded, sealed in a file; and such a file taken in.

mod open;
mod passphrase;
mod save;

use leptos::prelude::*;

use crate::exchange::rescue::RescueError;
use crate::i18n::rescue::Rescue as Words;
use crate::state::rescue::RescueFault;
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, store_error, text};

#[component]
pub fn RescueFile() -> impl IntoView {
    let t = text::<Words>();
    view! {
        <Page title=t.title() back="/more/storage">
            <section class="section">
                <p class="hint">{t.intro()}</p>
            </section>
            <save::SaveRescue />
            <open::OpenRescue />
        </Page>
    }
}

fn said(fault: &RescueFault) -> String {
    let t = text::<Words>();
    match fault {
        RescueFault::Unreadable => t.cannot_read(),
        RescueFault::TooLarge => t.too_large(),
        RescueFault::NoCipher => t.no_cipher(),
        RescueFault::Refused(RescueError::NotRescue | RescueError::Rounds(_)) => t.not_rescue(),
        RescueFault::Refused(RescueError::Newer(_)) => t.newer(),
        RescueFault::Refused(RescueError::Cut) => t.cut(),
        RescueFault::Refused(RescueError::Closed) => t.closed(),
        RescueFault::Refused(RescueError::Malformed) => t.malformed(),
        RescueFault::Store(error) => store_error(lang(), error),
    }
    .to_owned()
}

/// Counts as a list, those of nothing left out.
#[component]
fn Counts(rows: Vec<(usize, String)>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, said)| view! { <li>{said}</li> })
        .collect_view();
    view! { <ul class="sentences">{rows}</ul> }
}

fn count(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
