//! Charts that are tables: each row's bar stands under its name, its numbers beside it. What the bar shows is thus read by
//! everybody, aloud, on paper and at twice the text size. Bars differ by shape, so that they do without colour.

use leptos::prelude::*;

use crate::domain::canvass::results::{Rate, percent};
use crate::i18n::results::Results as Words;
use crate::ui::words::text;

/// Width of the whole bar, in the drawing's own units.
const WIDE: usize = 1_000;
const TALL: usize = 12;

/// Lengths in the drawing's units: an empty frame, a filled bar in it, a thin line in that.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bar {
    frame: usize,
    fill: usize,
    line: usize,
    /// Drawn from the middle, as a funnel narrows.
    centred: bool,
}

impl Bar {
    /// A count beside others, the greatest of which is `most`.
    pub fn count(count: usize, most: usize) -> Self {
        Self {
            fill: length(count, most),
            ..Self::default()
        }
    }

    pub fn funnel(count: usize, most: usize) -> Self {
        Self {
            centred: true,
            ..Self::count(count, most)
        }
    }

    /// A part of a whole, where the greatest whole is `most`.
    pub fn part(part: usize, whole: usize, most: usize) -> Self {
        Self {
            frame: length(whole, most),
            ..Self::count(part, most)
        }
    }

    fn rate(rate: Rate, most: usize) -> Self {
        Self {
            line: length(rate.interested, most),
            ..Self::part(rate.answered, rate.calls, most)
        }
    }
}

fn length(count: usize, most: usize) -> usize {
    (WIDE * count).checked_div(most).unwrap_or(0)
}

/// A number, with its share in hundredths where it is a part of something.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub count: usize,
    pub share: Option<usize>,
}

impl Cell {
    pub fn of(count: usize) -> Self {
        Self { count, share: None }
    }

    pub fn part(count: usize, whole: usize) -> Self {
        Self {
            count,
            share: percent(count, whole),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Row {
    pub name: String,
    /// `None` for the line that sums up.
    pub bar: Option<Bar>,
    pub cells: Vec<Cell>,
}

#[component]
pub fn Chart(
    #[prop(into)] title: String,
    #[prop(into, optional)] help: String,
    /// Headings of the columns, that of the names first.
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    /// What the parts of a bar mean, where it has several.
    #[prop(optional)]
    legend: bool,
) -> impl IntoView {
    let heads = heads
        .into_iter()
        .map(|head| view! { <th scope="col">{head}</th> })
        .collect_view();
    view! {
        <section class="section chart">
            <h2>{title.clone()}</h2>
            {(!help.is_empty()).then(|| view! { <p class="hint">{help}</p> })}
            {legend.then(|| view! { <Legend /> })}
            <table aria-label=title>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn row(row: Row) -> impl IntoView {
    let sum = row.bar.is_none().then_some("true");
    let cells = row
        .cells
        .into_iter()
        .map(|cell| {
            let share = cell
                .share
                .map(|share| view! { " " <small>{share} "%"</small> });
            view! { <td>{cell.count} {share}</td> }
        })
        .collect_view();
    view! {
        <tr data-sum=sum>
            <th scope="row">
                <span>{row.name}</span>
                {row.bar.map(drawn)}
            </th>
            {cells}
        </tr>
    }
}

fn drawn(bar: Bar) -> impl IntoView {
    let part = |class: &'static str, width: usize, y: usize, height: usize| {
        let x = if bar.centred {
            (WIDE - width.min(WIDE)) / 2
        } else {
            0
        };
        (width > 0).then(|| view! { <rect class=class x=x y=y width=width height=height /> })
    };
    view! {
        <svg
            class="chart-bar"
            viewBox=format!("0 0 {WIDE} {TALL}")
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            {part("chart-frame", bar.frame, 0, TALL)}
            {part("chart-fill", bar.fill, 0, TALL)}
            {part("chart-line", bar.line, TALL / 3, TALL / 3)}
        </svg>
    }
}

/// Calls by some division of them: how many were answered, how many led on. `total` adds a line for all of them.
#[component]
pub fn RateChart(
    #[prop(into)] title: String,
    /// Heading of the names.
    head: &'static str,
    rows: Vec<(String, Rate)>,
    #[prop(optional)] total: Option<Rate>,
    #[prop(optional)] legend: bool,
) -> impl IntoView {
    let t = text::<Words>();
    let most = rows.iter().map(|(_, rate)| rate.calls).max().unwrap_or(0);
    let cells = |rate: Rate| {
        vec![
            Cell::of(rate.calls),
            Cell::part(rate.answered, rate.calls),
            Cell::part(rate.interested, rate.calls),
        ]
    };
    let sum = total.map(|rate| Row {
        name: t.total().to_owned(),
        bar: None,
        cells: cells(rate),
    });
    let rows = rows
        .into_iter()
        .map(|(name, rate)| Row {
            name,
            bar: Some(Bar::rate(rate, most)),
            cells: cells(rate),
        })
        .chain(sum)
        .collect::<Vec<_>>();
    let heads = vec![head, t.calls(), t.answered(), t.interested()];
    view! { <Chart title heads rows legend /> }
}

/// What the three parts of a rate's bar mean, each drawn as it is drawn there.
#[component]
fn Legend() -> impl IntoView {
    let t = text::<Words>();
    let entry = |bar: Bar, words: &'static str| view! { <li>{drawn(bar)} {words}</li> };
    let frame = Bar {
        frame: WIDE,
        ..Bar::default()
    };
    let fill = Bar {
        fill: WIDE,
        ..Bar::default()
    };
    let line = Bar { line: WIDE, ..fill };
    view! {
        <ul class="chart-legend" aria-hidden="true">
            {entry(frame, t.legend_calls())} {entry(fill, t.legend_answered())} {entry(line, t.legend_interested())}
        </ul>
    }
}
