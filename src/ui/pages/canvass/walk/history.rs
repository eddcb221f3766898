use leptos::prelude::*;

use super::Walk;
use super::door::{Face, when_words};
use crate::i18n::canvass::Canvass;
use crate::state::walk as acts;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// Everything that happened here, the newest first; a tap on a call opens its details.
#[component]
pub fn History(walk: Walk, face: Memo<Face>) -> impl IntoView {
    let t = text::<Canvass>();
    let any = Memo::new(move |_| face.with(|face| !face.state.calls.is_empty()));
    let rows = move || {
        let calls = face.with(|face| face.state.calls.clone());
        calls
            .into_iter()
            .rev()
            .map(|call| {
                let head = t.last_call(when_words(&call), t.outcome(call.outcome).to_owned());
                let mut said: Vec<String> = Vec::new();
                said.extend((!call.by.is_empty()).then(|| t.by(call.by.clone())));
                said.extend(call.detail.left.iter().map(|left| t.left(*left).to_owned()));
                said.extend(
                    [call.detail.who.clone(), call.detail.note.clone()]
                        .into_iter()
                        .filter(|words| !words.is_empty()),
                );
                let open = move |_| {
                    if let Some(at) = walk.at.get_untracked() {
                        walk.detailing.set(Some((at, call.id, call.outcome)));
                    }
                };
                let take_back = move |_| {
                    acts::retract(walk.held.building, Some(walk.run), call.id, t.taken_back());
                };
                view! {
                    <li class="line">
                        <button type="button" class="row" on:click=open>
                            <span class="grow">
                                <span class="title">{head}</span>
                                <span class="sub">{said.join(" · ")}</span>
                            </span>
                            <Glyph icon=Icon::Edit />
                        </button>
                        <button type="button" class="icon-button" aria-label=t.take_back() title=t.take_back() on:click=take_back>
                            <Glyph icon=Icon::Undo />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <details class="door-history">
                <summary>{t.history()}</summary>
                <ul class="rows">{rows}</ul>
            </details>
        </Show>
    }
}
