//! Giving a row up: the first tap says what that does, the second does it, and it can be taken back.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::queue::{Act, QueueRow};
use crate::i18n::sync::Sync as Words;
use crate::state::{App, app};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

#[component]
pub fn DropButton(row: QueueRow, close: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let (sure, busy) = (RwSignal::new(false), RwSignal::new(false));
    let really = match &row.act {
        Act::Create => t.drop_create().to_owned(),
        Act::Edit(changes) => t.drop_edit(fields(changes)),
        Act::Delete => t.drop_delete().to_owned(),
        Act::Restore => t.drop_restore().to_owned(),
        Act::Unreadable => t.drop_unreadable().to_owned(),
    };
    let mutation = row.mutation;
    let press = move |_| {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            match app.sync.drop_row(mutation).await {
                Ok(()) => {
                    app.book.revision.update(|n| *n += 1);
                    close.try_set(false);
                    app.notices
                        .done_with_undo(t.dropped(), move || undrop(app, mutation));
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    let words = move || {
        if sure.get() {
            really.clone()
        } else {
            t.drop().to_owned()
        }
    };
    view! {
        <button
            type="button"
            class="button drop-row"
            data-sure=move || sure.get().then_some("true")
            disabled=move || busy.get()
            on:click=press
        >
            <Glyph icon=Icon::Cross />
            <span aria-live="polite">{words}</span>
        </button>
    }
}

/// A list of which three items changed is one field to a person.
fn fields(changes: &[crate::domain::merge::Change]) -> usize {
    let mut names: Vec<&str> = changes.iter().map(|change| change.field()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn undrop(app: App, mutation: Id) {
    leptos::task::spawn_local(async move {
        match app.sync.undrop(mutation).await {
            Ok(()) => {
                app.book.revision.update(|n| *n += 1);
                app.notices
                    .done(Words(app.settings.lang.get_untracked()).undropped());
            }
            Err(error) => app.book.report(&error, app.settings),
        }
    });
}
