use leptos::prelude::*;

use super::saving::Edits;
use crate::domain::canvass::building::Building;
use crate::domain::canvass::plan::{lay_zones, read_zones};
use crate::i18n::buildings::Buildings;
use crate::ui::pages::canvass::loaded::Held;
use crate::ui::parts::field::TextField;
use crate::ui::words::text;

/// The lift zones of all floors in one line, as they stand and as they should.
#[component]
pub fn ZonesOfAll(held: Held, edits: Edits) -> impl IntoView {
    let t = text::<Buildings>();
    let now = held
        .with_untracked(|tower| tower.body().map(zones_line))
        .flatten()
        .unwrap_or_default();
    let words = RwSignal::new(now.clone());
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = words.get_untracked();
        edits.run(move |building, _| {
            let zones = read_zones(&words).map_err(|piece| t.refused_zone(piece))?;
            if zones.is_empty() {
                building
                    .floors
                    .iter_mut()
                    .for_each(|floor| floor.zone.clear());
            } else {
                lay_zones(&mut building.floors, &zones);
            }
            Ok(t.zones_laid().to_owned())
        });
    };
    view! {
        <details class="section">
            <summary>{t.zones_all()}</summary>
            <form class="zones-form" on:submit=apply novalidate>
                <TextField label=t.zones() value=now hint=t.zones_hint() on_input=move |typed: String| words.set(typed) />
                <button type="submit" class="button">
                    {t.apply()}
                </button>
            </form>
        </details>
    }
}

/// The zones as one would write them down: each with its stretches of floors.
fn zones_line(building: &Building) -> String {
    let stretch = |from: &str, to: &str| {
        if from == to {
            format!("{from}-{from}")
        } else {
            format!("{to}-{from}")
        }
    };
    building
        .zones()
        .into_iter()
        .map(|zone| {
            let mut stretches: Vec<String> = Vec::new();
            let mut run: Option<(&str, &str)> = None;
            for floor in &building.floors {
                if floor.zone == zone {
                    let from = run.map_or(floor.id.as_str(), |(from, _)| from);
                    run = Some((from, &floor.id));
                } else if let Some((from, to)) = run.take() {
                    stretches.push(stretch(from, to));
                }
            }
            stretches.extend(run.map(|(from, to)| stretch(from, to)));
            format!("{zone} {}", stretches.join(", "))
        })
        .collect::<Vec<_>>()
        .join("; ")
}
