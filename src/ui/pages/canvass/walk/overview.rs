use leptos::prelude::*;

use super::Walk;
use crate::domain::canvass::building::DoorRef;
use crate::domain::canvass::run::Run;
use crate::domain::record::Entry;
use crate::i18n::canvass::Canvass;
use crate::ui::pages::canvass::tower_rows::{TowerRows, floor_rows};
use crate::ui::words::text;

/// The tower above the floor: how far one is, and the way to any floor.
#[component]
pub fn Overview(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    let rows = Memo::new(move |_| floor_rows(walk.held, Some(walk.run)));
    let current = Signal::derive(move || walk.at.with(|at| at.as_ref().map(|at| at.floor.clone())));
    let pick = move |floor: String| {
        let door = walk.with_untracked(|tower, building, run| {
            let floor = building.floor(&floor)?;
            let doors = || {
                floor
                    .doors
                    .iter()
                    .map(|door| DoorRef::new(&*floor.id, &*door.id))
            };
            // The first door there that is still to be done, or the first one.
            doors()
                .find(|at| {
                    !tower.state(at).standing.is_done() && !tower.state(at).is_worked_on(run.id())
                })
                .or_else(|| doors().next())
        });
        if let Some(Some(door)) = door {
            walk.go(Some(&door));
        }
    };
    let progress = move || {
        walk.with(|tower, _, run: &Entry<Run>| {
            let progress = tower.progress(Some((run, super::me(&run.body))));
            t.tried_of(progress.tried, progress.doors)
        })
    };
    view! {
        <section class="walk-tower" aria-label=t.overview()>
            <p class="walk-progress">{progress}</p>
            <TowerRows rows current on_pick=pick />
        </section>
    }
}
