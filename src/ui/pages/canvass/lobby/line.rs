use leptos::prelude::*;

use super::{Edit, Form, Line, known_words, place_words};
use crate::domain::canvass::tenants::Placed;
use crate::exchange::lobby::Doubt;
use crate::i18n::canvass::Canvass;
use crate::state::Draft;
use crate::ui::pages::canvass::loaded::Held;
use crate::ui::parts::field::TextField;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// One row of the board: what was read, what is doubtful, and the fields to put it right behind a tap.
#[component]
pub fn LineRow(
    held: Held,
    draft: Draft<Form>,
    lines: Memo<Vec<Line>>,
    line: usize,
) -> impl IntoView {
    let t = text::<Canvass>();
    let it = Memo::new(move |_| {
        lines.with(|lines| lines.iter().find(|have| have.row.line == line).cloned())
    });
    let placed = Memo::new(move |_| it.with(|it| it.as_ref().and_then(|it| it.edit.placed())));
    let open = RwSignal::new(false);
    let change = move |edit: &dyn Fn(&mut Edit)| {
        if let Some(now) = it.get_untracked() {
            draft.update(|form| {
                let is_it = |kept: &&mut Edit| kept.raw == now.edit.raw && kept.nth == now.edit.nth;
                match form.edits.iter_mut().find(is_it) {
                    Some(kept) => edit(kept),
                    None => {
                        let mut fresh = now.edit.clone();
                        edit(&mut fresh);
                        form.edits.push(fresh);
                    }
                }
            });
        }
    };
    let left_out = Memo::new(move |_| it.with(|it| it.as_ref().is_some_and(Line::is_left_out)));
    let toggle = move |_| {
        let out = !left_out.get_untracked();
        change(&|edit| edit.left_out = Some(out));
    };
    let names = move || {
        it.with(|it| {
            it.as_ref().map(|it| {
                let names = [it.edit.name_zh.clone(), it.edit.name_en.clone()];
                let names: Vec<String> =
                    names.into_iter().filter(|name| !name.is_empty()).collect();
                if names.is_empty() {
                    it.row.raw.clone()
                } else {
                    names.join(" · ")
                }
            })
        })
    };
    let place = move || {
        placed.with(|placed| {
            placed
                .as_ref()
                .map_or_else(|| t.doubt_place().to_owned(), place_words)
        })
    };
    let notes = move || notes(held, it.get().as_ref(), placed.get().as_ref());
    let mark = move || {
        it.with(|it| it.as_ref().is_some_and(Line::is_doubtful))
            .then_some("true")
    };
    view! {
        <li class="lobby-row" data-doubt=mark data-out=move || left_out.get().then_some("true")>
            <button
                type="button"
                class="row"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="lobby-place">{place}</span>
                <span class="grow">
                    <span class="title">{names}</span>
                    <span class="sub">{notes}</span>
                </span>
                <Glyph icon=Icon::Edit />
            </button>
            <Show when=move || open.get()>
                <Fix line it on_change=Callback::new(move |edit: Edit| change(&|kept| kept.clone_from(&edit))) />
                <button type="button" class="chip" aria-pressed=move || left_out.get().to_string() on:click=toggle>
                    {t.lobby_leave_out()}
                </button>
            </Show>
        </li>
    }
}

/// What is said under a row: its doubts, what it adds to the tower, whose name it is.
fn notes(held: Held, line: Option<&Line>, placed: Option<&Placed>) -> String {
    let t = text::<Canvass>();
    let mut said: Vec<String> = Vec::new();
    if let Some(line) = line.filter(|line| line.is_doubtful()) {
        said.extend(
            line.row
                .doubts
                .iter()
                .map(|doubt| doubt_words(*doubt).to_owned()),
        );
    }
    if let Some(placed) = placed {
        let adds = held
            .with(|tower| tower.body().map(|body| body.would_add(placed)))
            .flatten()
            .unwrap_or_default();
        said.extend(adds.floor.then(|| t.lobby_new_floor().to_owned()));
        said.extend((adds.door && !adds.floor).then(|| t.lobby_new_door().to_owned()));
        said.extend(known_words(placed));
    }
    said.join(" · ")
}

fn doubt_words(doubt: Doubt) -> &'static str {
    let t = text::<Canvass>();
    match doubt {
        Doubt::NoPlace => t.doubt_place(),
        Doubt::NoName => t.doubt_name(),
        Doubt::PlaceUnclear => t.doubt_place_unclear(),
        Doubt::NameUnclear => t.doubt_name_unclear(),
        Doubt::Twice => t.doubt_twice(),
        Doubt::NotATenant => t.doubt_not_tenant(),
    }
}

/// The fields of one row.
#[component]
fn Fix(line: usize, it: Memo<Option<Line>>, on_change: Callback<Edit>) -> impl IntoView {
    let t = text::<Canvass>();
    let first = it.get_untracked().map(|it| it.edit).unwrap_or_default();
    let set = move |edit: &dyn Fn(&mut Edit)| {
        if let Some(mut now) = it.get_untracked().map(|it| it.edit) {
            edit(&mut now);
            on_change.run(now);
        }
    };
    let raw = it.get_untracked().map(|it| it.row.raw).unwrap_or_default();
    let problem = Signal::derive(move || {
        let readable = it.with(|it| {
            it.as_ref().is_none_or(|it| {
                let named = Edit {
                    name_zh: "x".into(),
                    ..it.edit.clone()
                };
                named.placed().is_some()
            })
        });
        (!readable).then(|| t.lobby_bad_place())
    });
    view! {
        <div class="lobby-fix">
            <p class="hint">{t.lobby_line(line)} " · " {raw}</p>
            <div class="line">
                <TextField label=t.lobby_floor() value=first.floors problem on_input=move |words: String| set(&|edit| edit.floors.clone_from(&words)) />
                <TextField label=t.lobby_doors() value=first.doors on_input=move |words: String| set(&|edit| edit.doors.clone_from(&words)) />
            </div>
            <TextField label=t.lobby_name_zh() value=first.name_zh on_input=move |words: String| set(&|edit| edit.name_zh.clone_from(&words)) />
            <TextField label=t.lobby_name_en() value=first.name_en on_input=move |words: String| set(&|edit| edit.name_en.clone_from(&words)) />
        </div>
    }
}
