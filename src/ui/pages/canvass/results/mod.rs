//! After the walk: how far it led, when and where people answer, which doors to try again.

mod charts;
mod numbers;
mod revisit;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::numbers::Numbers;
use self::revisit::RevisitList;
use super::loaded::{Held, with_tower};
use crate::domain::canvass::results::{Filter, Results, results, revisits};
use crate::domain::canvass::run::Run;
use crate::domain::canvass::tower::Tower;
use crate::domain::record::Entry;
use crate::exchange::canvass_out;
use crate::i18n::canvass::Canvass;
use crate::i18n::exchange::Exchange;
use crate::i18n::results::Results as Words;
use crate::platform::share::{self, Sent};
use crate::platform::{clock, dom, intl};
use crate::state::app;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

#[component]
pub fn ResultsPage() -> impl IntoView {
    with_tower(|held| view! { <Whole held /> }.into_any())
}

#[component]
fn Whole(held: Held) -> impl IntoView {
    let t = text::<Words>();
    let title = Signal::derive(move || {
        let name = held.with(|tower| {
            tower
                .body()
                .map(|body| body.name(lang().is_han()).to_owned())
        });
        format!("{} · {}", name.flatten().unwrap_or_default(), t.title())
    });
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        let (run, month) = query.with(|query| (query.get("run"), query.get("month")));
        let run = run.and_then(|run| run.parse().ok());
        let known = run.filter(|run| held.with(|tower| tower.runs.contains_key(run)) == Some(true));
        let month = || month.and_then(|month| month.parse().ok());
        // An address that names nothing we have shows everything.
        known
            .map(Filter::Run)
            .or_else(|| month().map(Filter::Month))
            .unwrap_or_default()
    });
    let ask = move |filter| {
        held.with(|tower| results(tower, filter))
            .unwrap_or_default()
    };
    let whole = Memo::new(move |_| ask(Filter::All));
    let found = Memo::new(move |_| match filter.get() {
        Filter::All => whole.get(),
        filter => ask(filter),
    });
    let again = Memo::new(move |_| {
        held.with(|tower| revisits(tower, &clock::now()))
            .unwrap_or_default()
    });
    let shown = RwSignal::new(revisit::FIRST);
    let any = Memo::new(move |_| whole.with(|whole| whole.all.calls > 0));
    let jump = move || {
        let count = again.with(Vec::len);
        (count > 0).then(|| {
            view! {
                <button type="button" class="button" data-kind="quiet" on:click=move |_| {
                    dom::focus_id(revisit::HEADING);
                }>{t.to_revisit(count)}</button>
            }
        })
    };
    view! {
        <Page title back=format!("/canvass/{}", held.building)>
            {move || {
                if any.get() {
                    view! {
                        <div class="results">
                            <Filters held filter whole />
                            <div class="results-jump">{jump}</div>
                            <Numbers held filter found />
                            <RevisitList held again whole shown />
                            <Ways held shown />
                        </div>
                    }
                        .into_any()
                } else {
                    view! { <Nothing held /> }.into_any()
                }
            }}
        </Page>
    }
}

fn address(held: Held, filter: Filter) -> String {
    let page = format!("/canvass/{}/results", held.building);
    match filter {
        Filter::All => page,
        Filter::Run(run) => format!("{page}?run={run}"),
        Filter::Month(month) => format!("{page}?month={month}"),
    }
}

/// A walk by its day, and by its hour where the day had several.
fn run_name(tower: &Tower, run: &Entry<Run>) -> String {
    let t = text::<Words>();
    let tag = lang().tag();
    let day = run.body.day;
    let alone = tower.runs.values().filter(|other| other.body.day == day);
    let date = intl::date_short(tag, day);
    match run.body.started.local() {
        Some(local) if alone.count() > 1 => {
            t.walk_of(format!("{date} {}", intl::time(tag, local.time())))
        }
        _ => t.walk_of(date),
    }
}

/// What is looked at, in words.
fn filter_name(held: Held, filter: Filter) -> String {
    let t = text::<Words>();
    match filter {
        Filter::All => t.all().to_owned(),
        Filter::Run(run) => held
            .with(|tower| tower.runs.get(&run).map(|run| run_name(tower, run)))
            .flatten()
            .unwrap_or_default(),
        Filter::Month(month) => intl::month(lang().tag(), month.first_day()),
    }
}

/// Everything, each walk, each month; the newest first.
#[component]
fn Filters(held: Held, filter: Memo<Filter>, whole: Memo<Results>) -> impl IntoView {
    let t = text::<Words>();
    let navigate = use_navigate();
    let go = StoredValue::new_local(move |filter: Filter| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address(held, filter), options);
    });
    let choices = Memo::new(move |_| {
        let runs = held
            .with(|tower| tower.runs.keys().rev().copied().collect::<Vec<_>>())
            .unwrap_or_default();
        let months = whole.with(|whole| whole.months.keys().rev().copied().collect::<Vec<_>>());
        std::iter::once(Filter::All)
            .chain(runs.into_iter().map(Filter::Run))
            .chain(months.into_iter().map(Filter::Month))
            .collect::<Vec<_>>()
    });
    let chip = move |choice: Filter| {
        let pressed = move || (filter.get() == choice).to_string();
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=pressed
                on:click=move |_| go.with_value(|go| go(choice))
            >
                {move || filter_name(held, choice)}
            </button>
        }
    };
    let today = intl::date_long(lang().tag(), clock::today());
    view! {
        <div class="section results-filters">
            <div class="strip" role="group" aria-label=t.which()>
                <For each=move || choices.get() key=|choice| *choice children=chip />
            </div>
        </div>
        <p class="section print-only">{move || t.printed(filter_name(held, filter.get()), today.clone())}</p>
    }
}

/// The table of the doors as a file, and the page on paper.
#[component]
fn Ways(held: Held, shown: RwSignal<usize>) -> impl IntoView {
    let t = text::<Words>();
    let busy = StoredValue::new(false);
    let export = move |_| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        leptos::task::spawn_local(async move {
            export(held).await;
            busy.try_set_value(false);
        });
    };
    // On paper there is no button to show the rest of the list.
    let print = move |_| {
        shown.set(usize::MAX);
        leptos::task::spawn_local(async {
            clock::next_frame().await;
            dom::print();
        });
    };
    view! {
        <div class="actions">
            <button type="button" class="button" on:click=export>
                <Glyph icon=Icon::Export />
                {t.export()}
            </button>
            <button type="button" class="button" on:click=print>
                <Glyph icon=Icon::Note />
                {t.print()}
            </button>
        </div>
    }
}

async fn export(held: Held) {
    let t = text::<Words>();
    let said = text::<Exchange>();
    let headers = [
        t.col_floor(),
        t.col_door(),
        t.col_tenant_zh(),
        t.col_tenant_en(),
        t.col_standing(),
        t.col_outcome(),
        t.col_time(),
        t.col_tries(),
        t.col_by(),
        t.col_note(),
        t.col_blocked(),
    ];
    let made = held.with_untracked(|tower| {
        let name = tower.body().map(|body| body.name(lang().is_han()));
        let bytes = canvass_out::doors(tower, headers, lang());
        (file_name(name.unwrap_or_default()), bytes)
    });
    let Some((name, bytes)) = made else { return };
    match share::share_or_save(&name, "text/csv", &bytes).await {
        Ok(Sent::Shared) => app().notices.done(said.shared()),
        Ok(Sent::Saved) => app().notices.done(said.saved_to_downloads(name)),
        Ok(Sent::Cancelled) => {}
        Err(_) => app().notices.failed(said.export_failed()),
    }
}

/// A name every file system takes.
fn file_name(building: &str) -> String {
    let plain: String = building
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    format!(
        "{}-{}.csv",
        plain.trim_matches('-'),
        clock::today().format("%Y%m%d")
    )
}

/// Before the first call: the way into the walk.
#[component]
fn Nothing(held: Held) -> impl IntoView {
    let t = text::<Words>();
    let canvass = text::<Canvass>();
    let way = move || {
        let open = held.with(|tower| tower.open_run().map(Entry::id)).flatten();
        let (href, words) = match open {
            Some(run) => (format!("/runs/{run}"), canvass.go_on()),
            None => (format!("/canvass/{}/walk", held.building), canvass.start()),
        };
        view! { <A href attr:class="button" attr:data-kind="seal">{words}</A> }
    };
    view! {
        <Empty title=t.empty_title() help=t.empty_help()>
            {way}
        </Empty>
    }
}
