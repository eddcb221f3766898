//! How a door's state looks: a shape that is told apart in grey and at arm's length, a tone besides (design.md).

use leptos::prelude::*;

use crate::domain::canvass::board::Standing;
use crate::i18n::canvass::Canvass;
use crate::ui::words::text;

/// Side of the square a mark is drawn in, in the drawing's own units.
pub const SIDE: usize = 12;

/// The name the style knows a state by.
pub fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Untouched => "untouched",
        Standing::Tried => "tried",
        Standing::GivenUp => "given-up",
        Standing::Met => "met",
        Standing::Interested => "interested",
        Standing::Appointment => "appointment",
        Standing::Refused => "refused",
        Standing::Vacant => "vacant",
    }
}

/// The shape as path commands relative to the top left corner of its square.
fn shape(standing: Standing) -> &'static str {
    match standing {
        // A frame; one half filled; half filled and struck through; a full square.
        Standing::Untouched => "m2 2h8v8h-8z",
        Standing::Tried => "m2 2h8v8h-8z m1 4h6v3h-6z",
        Standing::GivenUp => "m2 2h8v8h-8z m0 8l8 -8",
        Standing::Met => "m2 2h8v8h-8z",
        // A disc, a star, a cross, a dash.
        Standing::Interested => "m6 1a5 5 0 0 1 0 10a5 5 0 0 1 0 -10z",
        Standing::Appointment => {
            "m6 0l1.8 4l4.2 .4l-3.2 2.9l1 4.4l-3.8 -2.3l-3.8 2.3l1 -4.4l-3.2 -2.9l4.2 -.4z"
        }
        Standing::Refused => "m2 2l8 8m0 -8l-8 8",
        Standing::Vacant => "m2 6h8",
    }
}

/// The marks of a row of doors in one drawing: one path a state, not one element a door, so that a tower of two thousand
/// doors stays light.
#[component]
pub fn MarkRow(#[prop(into)] marks: Signal<Vec<Standing>>) -> impl IntoView {
    let width = move || marks.with(|marks| marks.len().max(1) * SIDE);
    let paths = move || {
        marks.with(|marks| {
            Standing::ALL
                .into_iter()
                .filter_map(|standing| {
                    let drawn: String = marks
                        .iter()
                        .enumerate()
                        .filter(|(_, have)| **have == standing)
                        .map(|(place, _)| format!("M{} 0{}", place * SIDE, shape(standing)))
                        .collect();
                    (!drawn.is_empty())
                        .then(|| view! { <path class="mark" data-tone=tone(standing) d=drawn /> })
                })
                .collect_view()
        })
    };
    view! {
        <svg
            class="marks"
            viewBox=move || format!("0 0 {} {SIDE}", width())
            width=width
            height=SIDE
            preserveAspectRatio="xMinYMid"
            aria-hidden="true"
            focusable="false"
        >
            {paths}
        </svg>
    }
}

#[component]
pub fn Mark(#[prop(into)] standing: Signal<Standing>) -> impl IntoView {
    view! {
        <svg class="marks" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
            <path class="mark" data-tone=move || tone(standing.get()) d=move || format!("M0 0{}", shape(standing.get())) />
        </svg>
    }
}

/// What the shapes mean.
#[component]
pub fn Legend() -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <ul class="legend">
            {Standing::ALL
                .into_iter()
                .map(|standing| {
                    view! {
                        <li>
                            <Mark standing=Signal::stored(standing) />
                            {t.standing(standing)}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
