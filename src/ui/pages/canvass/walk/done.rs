use leptos::prelude::*;

use super::{Walk, door_words};
use crate::i18n::canvass::Canvass;
use crate::i18n::common::Common;
use crate::state::app;
use crate::ui::words::text;

/// What was written down last: it may be added to or taken back, and blocks nothing.
#[component]
pub fn DoneCard(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    let common = text::<Common>();
    let line = move || {
        let done = walk.done.get()?;
        walk.with(|_, building, _| {
            t.saved_at(
                door_words(building, &done.at),
                t.outcome(done.outcome).to_owned(),
            )
        })
    };
    // The card goes when what it says is undone, so that an undo that failed can be tried again.
    let undo = move |_| {
        let Some(done) = walk.done.get_untracked() else {
            return;
        };
        if walk.busy.get_value() {
            return;
        }
        walk.busy.set_value(true);
        let app = app();
        leptos::task::spawn_local(async move {
            match app
                .book
                .commit(done.committed.reverse(app.book.device()))
                .await
            {
                Ok(_) => {
                    app.notices.done(common.undone());
                    if walk.done.try_set(None).is_none() {
                        walk.go(Some(&done.at));
                    }
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            walk.busy.try_set_value(false);
        });
    };
    let add = move |_| {
        if let Some(done) = walk.done.get_untracked() {
            walk.detailing
                .set(Some((done.at, done.event, done.outcome)));
        }
    };
    view! {
        <div class="done-card" role="status">
            {move || {
                line()
                    .map(|line| {
                        view! {
                            <p class="grow">{line}</p>
                            <button type="button" class="button" data-kind="quiet" on:click=add>
                                {t.add_details()}
                            </button>
                            <button type="button" class="button" data-kind="quiet" on:click=undo>
                                {common.undo()}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
