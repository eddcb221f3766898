use leptos::prelude::*;
use leptos_router::components::A;

use super::Walk;
use crate::i18n::canvass::Canvass;
use crate::state::walk as acts;
use crate::ui::pages::canvass::marks::Legend;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::text;

/// What belongs to the walk and not to a door.
#[component]
pub fn Menu(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    let open = RwSignal::new(false);
    let missing = Memo::new(move |_| {
        walk.with(|_, _, run| {
            let kit = run.body.kit.iter().filter(|item| !item.packed);
            kit.map(|item| item.text.clone()).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let access = Memo::new(move |_| {
        walk.with(|_, building, _| building.access.clone())
            .unwrap_or_default()
    });
    view! {
        <button type="button" class="icon-button" aria-label=t.more() aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Glyph icon=Icon::More />
        </button>
        <Sheet open title=t.walk()>
            {move || (!access.with(String::is_empty)).then(|| view! { <p class="words lead-in">{access.get()}</p> })}
            {move || {
                (!missing.with(Vec::is_empty)).then(|| view! { <p class="lead-in">{t.kit_missing(missing.get().join("、"))}</p> })
            }}
            <Legend />
            <ul class="rows">
                <li>
                    <A href=format!("/canvass/{}", walk.held.building) attr:class="row">
                        <Glyph icon=Icon::Tower />
                        <span class="grow title">{t.building()}</span>
                    </A>
                </li>
                <li>
                    <A href=format!("/runs/{}/handover", walk.run) attr:class="row">
                        <Glyph icon=Icon::Split />
                        <span class="grow title">{t.hand_over()}</span>
                    </A>
                </li>
                <li>
                    <A href=format!("/canvass/{}/results?run={}", walk.held.building, walk.run) attr:class="row">
                        <Glyph icon=Icon::Chart />
                        <span class="grow title">{t.results()}</span>
                    </A>
                </li>
                <li>
                    <A href=format!("/canvass/{}/lobby", walk.held.building) attr:class="row">
                        <Glyph icon=Icon::Note />
                        <span class="grow title">{t.lobby()}</span>
                    </A>
                </li>
                <li>
                    <EndButton walk on_done=move |()| open.set(false) row=true />
                </li>
            </ul>
        </Sheet>
    }
}

/// Ends the walk, or opens it again.
#[component]
fn EndButton(
    walk: Walk,
    #[prop(into)] on_done: Callback<()>,
    #[prop(optional)] row: bool,
) -> impl IntoView {
    let t = text::<Canvass>();
    let is_open = Memo::new(move |_| walk.with(|_, _, run| run.body.is_open()).unwrap_or(true));
    let name = move || {
        if is_open.get() {
            t.end_walk()
        } else {
            t.reopen_walk()
        }
    };
    let act = move |_| {
        let ends = is_open.get_untracked();
        let said = if ends { t.ended() } else { t.reopened() };
        if let Some(run) = walk.with_untracked(|_, _, run| run.clone()) {
            acts::set_ended(&run, ends, said.to_owned());
        }
        on_done.run(());
    };
    view! {
        <button type="button" class=if row { "row" } else { "button" } on:click=act>
            {row.then(|| view! { <Glyph icon=Icon::Stop /> })}
            <span class=row.then_some("grow title")>{name}</span>
        </button>
    }
}

/// Nothing is left to do: what that means, and the ways on.
#[component]
pub fn RoundDone(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <div class="empty">
            <h2>{t.walk_done()}</h2>
            <p>{t.walk_done_help()}</p>
            <div class="buttons">
                <A href=format!("/canvass/{}/results?run={}", walk.held.building, walk.run) attr:class="button">
                    {t.results()}
                </A>
                <EndButton walk on_done=|()| () />
            </div>
        </div>
    }
}
