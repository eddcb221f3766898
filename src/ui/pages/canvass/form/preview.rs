use leptos::prelude::*;

use super::generator::Made;
use crate::domain::canvass::building::{Floor, FloorKind};
use crate::domain::canvass::plan::Plan;
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::ui::pages::canvass::floors::door_words;
use crate::ui::words::text;

/// Floors shown from either end.
const ENDS: usize = 3;

/// What the figures come to: how many floors and doors, and how it begins and ends.
#[component]
pub fn Preview(plan: Memo<Plan>, made: Made) -> impl IntoView {
    let t = text::<Buildings>();
    let size = move || {
        made.with(|made| match made {
            Ok(floors) => {
                let passed = floors.iter().filter(|floor| !floor.kind.is_passed());
                t.size(floors.len(), passed.map(|floor| floor.doors.len()).sum())
            }
            Err(_) if plan.with(|plan| plan.top.trim().is_empty()) => t.no_size().to_owned(),
            Err(_) => t.fix_first().to_owned(),
        })
    };
    let rows = move || {
        made.with(|made| {
            let floors = made.as_ref().ok()?;
            let hidden = floors.len().saturating_sub(2 * ENDS);
            let row = |floor: &Floor| view! { <Row floor=floor.clone() /> };
            if hidden < 2 {
                return Some(floors.iter().map(row).collect_view().into_any());
            }
            let top = floors.iter().take(ENDS).map(row).collect_view();
            let bottom = floors.iter().skip(ENDS + hidden).map(row).collect_view();
            Some(
                view! {
                    {top}
                    <li class="preview-between">{t.between(hidden)}</li>
                    {bottom}
                }
                .into_any(),
            )
        })
    };
    view! {
        <div class="tower-preview">
            <p class="preview-size" role="status">{size}</p>
            <ol class="preview-floors">{rows}</ol>
        </div>
    }
}

#[component]
fn Row(floor: Floor) -> impl IntoView {
    let t = text::<Buildings>();
    let kind = (floor.kind != FloorKind::Office).then(|| t.kind(floor.kind).to_owned());
    let zone = Some(floor.zone.clone()).filter(|zone| !zone.is_empty());
    let words: Vec<String> = [Some(door_words(&floor)), kind, zone]
        .into_iter()
        .flatten()
        .collect();
    view! {
        <li>
            <b>{text::<Canvass>().floor_label(&floor)}</b>
            " "
            <span>{words.join(" · ")}</span>
        </li>
    }
}
