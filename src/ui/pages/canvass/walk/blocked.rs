use leptos::prelude::*;

use super::Walk;
use crate::domain::canvass::board::Block;
use crate::domain::canvass::event::DoorAct;
use crate::i18n::canvass::Canvass;
use crate::platform::intl;
use crate::state::{Change, app, walk as acts};
use crate::ui::pages::visits::time_words;
use crate::ui::parts::field::TextField;
use crate::ui::words::{lang, text};

/// A door nobody may call at: who said so, and the way to lift it, which asks for a reason.
#[component]
pub fn Blocked(walk: Walk, block: Block) -> impl IntoView {
    let t = text::<Canvass>();
    let lifting = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(false);
    let busy = StoredValue::new(false);
    let when = block
        .at
        .local()
        .map(|local| {
            format!(
                "{} {}",
                intl::date_long(lang().tag(), local.date_naive()),
                time_words(local.time())
            )
        })
        .unwrap_or_default();
    let who = if block.by.is_empty() {
        t.blocked_on(when)
    } else {
        t.blocked_by(block.by, when)
    };
    let lift = move |_| {
        let words = reason.get_untracked().trim().to_owned();
        let Some(at) = walk.at.get_untracked() else {
            return;
        };
        if words.is_empty() {
            missing.set(true);
            return;
        }
        let app = app();
        let mut change = Change::new();
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let of = walk.held.with_untracked(|tower| tower.state(&at).refusals);
        let act = DoorAct::Lift {
            of: of.unwrap_or_default(),
            reason: words,
        };
        change.create(
            app.book.device(),
            acts::event(walk.held.building, Some(walk.run), &at, act, 0),
        );
        leptos::task::spawn_local(async move {
            app.book
                .commit_and_say(change, t.lifted().to_owned(), app.settings)
                .await;
            busy.try_set_value(false);
        });
    };
    let problem = Signal::derive(move || missing.get().then_some(t.lift_needs_reason()));
    view! {
        <div class="blocked" role="alert">
            <p class="big">{t.blocked()}</p>
            <p>{who}</p>
            {(!block.words.is_empty()).then(|| view! { <blockquote>{block.words.clone()}</blockquote> })}
            <Show
                when=move || lifting.get()
                fallback=move || {
                    view! {
                        <button type="button" class="button" data-kind="quiet" on:click=move |_| lifting.set(true)>
                            {t.lift()}
                        </button>
                    }
                }
            >
                <TextField
                    label=t.lift_reason()
                    value=""
                    problem
                    autofocus=true
                    on_input=move |words: String| reason.set(words)
                />
                <button type="button" class="button" on:click=lift>
                    {t.lift()}
                </button>
            </Show>
        </div>
    }
}
