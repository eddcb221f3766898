//! The counted part of the page: of everything, of one walk or of one month.

use leptos::prelude::*;
use leptos_router::components::A;

use super::charts::{Bar, Cell, Chart, RateChart, Row};
use super::{Held, run_name};
use crate::domain::canvass::results::{Band, Filter, Funnel, Rate, Results};
use crate::i18n::canvass::Canvass;
use crate::i18n::results::Results as Words;
use crate::platform::intl;
use crate::ui::parts::empty::Empty;
use crate::ui::words::{lang, text};

#[component]
pub fn Numbers(held: Held, filter: Memo<Filter>, found: Memo<Results>) -> impl IntoView {
    let t = text::<Words>();
    move || {
        found.with(|found| {
            if found.all.calls == 0 {
                return view! {
                    <Empty title=t.nothing_here()>
                        <A href=super::address(held, Filter::All) attr:class="button">
                            {t.show_all()}
                        </A>
                    </Empty>
                }
                .into_any();
            }
            // One walk or month would only be compared with itself.
            let several = (filter.get() == Filter::All).then(|| {
                view! {
                    {(found.runs.len() > 1).then(|| runs(held, found))}
                    {(found.months.len() > 1).then(|| months(found))}
                }
            });
            view! {
                <div class="charts">
                    {funnel(found.funnel)}
                    {hours(found)}
                    {bands(held, found)}
                    {outcomes(found)}
                    {coverage(held, found)}
                    {several}
                </div>
            }
            .into_any()
        })
    }
}

fn funnel(funnel: Funnel) -> impl IntoView {
    let t = text::<Words>();
    let steps = [
        (t.step_doors(), funnel.doors),
        (t.step_tried(), funnel.tried),
        (t.step_answered(), funnel.answered),
        (t.step_met(), funnel.met),
        (t.step_interested(), funnel.interested),
        (t.step_appointments(), funnel.appointments),
    ];
    let before = std::iter::once(None).chain(steps.map(|(_, count)| Some(count)));
    let rows = steps
        .into_iter()
        .zip(before)
        .map(|((name, count), before)| Row {
            name: name.to_owned(),
            bar: Some(Bar::funnel(count, funnel.doors)),
            cells: vec![match before {
                Some(before) => Cell::part(count, before),
                None => Cell::of(count),
            }],
        })
        .collect::<Vec<_>>();
    let heads = vec![t.step(), t.doors()];
    view! { <Chart title=t.funnel() help=t.funnel_help() heads rows /> }
}

fn hours(found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let rows = found
        .hours
        .iter()
        .map(|(hour, rate)| (t.at_hour(*hour), *rate))
        .collect::<Vec<_>>();
    view! { <RateChart title=t.by_hour() head=t.hour() rows total=found.all legend=true /> }
}

fn is_zoned(found: &Results) -> bool {
    found.bands.iter().any(|band| !band.zone.is_empty())
}

/// A lift zone by its name, floors by the highest and the lowest of them.
fn band_names(held: Held, found: &Results) -> Vec<String> {
    let t = text::<Words>();
    let canvass = text::<Canvass>();
    let zoned = is_zoned(found);
    let floor = |key: &str| {
        held.with(|tower| {
            let floor = tower.body()?.floor(key)?;
            Some(canvass.floor_label(floor))
        })
        .flatten()
        .unwrap_or_else(|| canvass.floor_key(key))
    };
    let name = |band: &Band| match (zoned, band.zone.is_empty()) {
        (true, false) => band.zone.clone(),
        (true, true) => t.no_zone().to_owned(),
        (false, _) if band.top == band.bottom => floor(&band.top),
        (false, _) => format!("{}–{}", floor(&band.top), floor(&band.bottom)),
    };
    found.bands.iter().map(name).collect()
}

fn bands(held: Held, found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let (title, head) = match is_zoned(found) {
        true => (t.by_zone(), t.zone()),
        false => (t.by_band(), t.band()),
    };
    let rates = found.bands.iter().map(|band| band.rate);
    let rows: Vec<(String, Rate)> = band_names(held, found).into_iter().zip(rates).collect();
    view! { <RateChart title head rows /> }
}

fn outcomes(found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let canvass = text::<Canvass>();
    let mut counts: Vec<_> = found.outcomes.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let most = found.outcomes.values().copied().max().unwrap_or(0);
    let rows = counts
        .into_iter()
        .map(|(outcome, count)| Row {
            name: canvass.outcome(*outcome).to_owned(),
            bar: Some(Bar::count(*count, most)),
            cells: vec![Cell::part(*count, found.all.calls)],
        })
        .collect::<Vec<_>>();
    let heads = vec![t.outcome(), t.calls()];
    view! { <Chart title=t.outcomes() heads rows /> }
}

fn coverage(held: Held, found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let most = found.bands.iter().map(|band| band.doors).max().unwrap_or(0);
    let cells = |called: usize, doors: usize| vec![Cell::part(called, doors), Cell::of(doors)];
    let sum = Row {
        name: t.total().to_owned(),
        bar: None,
        cells: cells(found.funnel.tried, found.funnel.doors),
    };
    let rows = band_names(held, found)
        .into_iter()
        .zip(&found.bands)
        .map(|(name, band)| Row {
            name,
            bar: Some(Bar::part(band.called, band.doors, most)),
            cells: cells(band.called, band.doors),
        })
        .chain([sum])
        .collect::<Vec<_>>();
    let head = if is_zoned(found) { t.zone() } else { t.band() };
    let heads = vec![head, t.covered(), t.doors()];
    view! { <Chart title=t.coverage() heads rows /> }
}

/// The newest walk first.
fn runs(held: Held, found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let name = |run: Option<_>| {
        held.with(|tower| Some(run_name(tower, tower.runs.get(&run?)?)))
            .flatten()
            .unwrap_or_else(|| t.outside().to_owned())
    };
    let rows = found
        .runs
        .iter()
        .rev()
        .map(|(run, rate)| (name(*run), *rate))
        .collect::<Vec<_>>();
    view! { <RateChart title=t.by_run() head=t.run() rows /> }
}

fn months(found: &Results) -> impl IntoView + use<> {
    let t = text::<Words>();
    let rows = found
        .months
        .iter()
        .rev()
        .map(|(month, rate)| (intl::month(lang().tag(), month.first_day()), *rate))
        .collect::<Vec<_>>();
    view! { <RateChart title=t.by_month() head=t.month() rows /> }
}
