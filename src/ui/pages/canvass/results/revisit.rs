//! The doors to try again, under the hour in which somebody is most likely to be in.

use leptos::prelude::*;
use leptos_router::components::A;

use super::Held;
use crate::domain::canvass::results::{Best, Missed, Results};
use crate::i18n::canvass::Canvass;
use crate::i18n::results::Results as Words;
use crate::platform::intl;
use crate::ui::addresses::floor_of_building;
use crate::ui::pages::canvass::marks::Mark;
use crate::ui::words::{lang, text};

/// Id of the list's heading, for the way down to it.
pub const HEADING: &str = "revisit";

/// Rows that are drawn at once: a whole tower of them would hold up the page.
pub const FIRST: usize = 100;

#[component]
pub fn RevisitList(
    held: Held,
    again: Memo<Vec<Missed>>,
    whole: Memo<Results>,
    shown: RwSignal<usize>,
) -> impl IntoView {
    let t = text::<Words>();
    let list = move || {
        again.with(|again| {
            if again.is_empty() {
                return view! { <p class="hint">{t.revisit_none()}</p> }.into_any();
            }
            let drawn = again
                .get(..shown.get().min(again.len()))
                .unwrap_or_default();
            drawn
                .chunk_by(|one, next| one.best == next.best)
                .map(|doors| group(held, whole, doors))
                .collect_view()
                .into_any()
        })
    };
    let rest = move || again.with(Vec::len).saturating_sub(shown.get());
    let more = move || {
        let next = rest().min(FIRST);
        (next > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += FIRST)>
                    {t.show_more(next)}
                </button>
            }
        })
    };
    view! {
        <section class="section revisit">
            <h2 id=HEADING tabindex="-1">
                {t.revisit()} " "
                <span class="count">{move || again.with(Vec::len)}</span>
            </h2>
            <p class="hint">{t.revisit_help()}</p>
            {list}
            {more}
        </section>
    }
}

fn group(held: Held, whole: Memo<Results>, doors: &[Missed]) -> impl IntoView + use<> {
    let best = doors.first().map(|door| best_words(door.best, whole));
    let rows = doors.iter().map(|door| row(held, door)).collect_view();
    view! {
        <h3>{best}</h3>
        <ul class="rows">{rows}</ul>
    }
}

fn best_words(best: Best, whole: Memo<Results>) -> String {
    let t = text::<Words>();
    match best {
        Best::Hour(hour) => {
            let rate = whole.with(|whole| whole.hours.get(&hour).copied());
            let rate = rate.unwrap_or_default();
            t.best_hour(hour, rate.answered, rate.calls)
        }
        Best::Morning => t.morning().to_owned(),
        Best::Afternoon => t.afternoon().to_owned(),
    }
}

fn row(held: Held, door: &Missed) -> impl IntoView + use<> {
    let t = text::<Words>();
    let canvass = text::<Canvass>();
    let han = lang().is_han();
    let name = held
        .with(|tower| {
            let building = tower.body()?;
            let name = canvass.door_of(building.floor(&door.at.floor)?, building.door(&door.at)?);
            let tenants = building.tenants_at(&door.at);
            Some(match tenants.first() {
                Some(tenant) => format!("{name} {}", tenant.name(han)),
                None => name,
            })
        })
        .flatten()
        .unwrap_or_default();
    let when = door.last.at.local().map(|local| {
        let (tag, day) = (lang().tag(), local.date_naive());
        format!(
            "{} {}",
            intl::date_short(tag, day),
            intl::time(tag, local.time())
        )
    });
    let sub = [
        canvass.tries(usize::from(door.tries)),
        canvass.last_call(
            when.unwrap_or_default(),
            canvass.outcome(door.last.outcome).to_owned(),
        ),
    ];
    let href = floor_of_building(held.building, &door.at.floor);
    let (standing, due) = (Signal::stored(door.standing), door.due);
    view! {
        <li>
            <A href attr:class="row">
                <Mark standing />
                <span class="grow">
                    <span class="title">{name}</span>
                    <span class="sub">{sub.join(" · ")}</span>
                </span>
                {due.then(|| view! { <span class="tag" data-kind="good">{t.due_now()}</span> })}
            </A>
        </li>
    }
}
