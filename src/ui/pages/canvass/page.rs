//! A tower: how to get in, how far it is, and the way into the walk.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use super::list::Bar;
use super::loaded::{Held, with_tower};
use super::marks::Legend;
use super::tower_rows::{TowerRows, floor_rows};
use crate::domain::canvass::building::DoorRef;
use crate::domain::record::Entry;
use crate::i18n::canvass::Canvass;
use crate::i18n::common::Common;
use crate::platform::intl;
use crate::state::{Change, app};
use crate::ui::addresses::door_on_walk;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, text};

#[component]
pub fn BuildingPage() -> impl IntoView {
    with_tower(|held| view! { <Whole held /> }.into_any())
}

#[component]
fn Whole(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let han = lang().is_han();
    let title = Signal::derive(move || {
        held.with(|tower| tower.body().map(|body| body.name(han).to_owned()))
            .flatten()
            .unwrap_or_default()
    });
    let other_name = move || {
        held.with(|tower| {
            let body = tower.body()?;
            let other = body.name(!han);
            (other != body.name(han)).then(|| other.to_owned())
        })
        .flatten()
    };
    let address = move || {
        held.with(|tower| tower.body().map(|body| body.address.clone()))
            .flatten()
    };
    let access = Memo::new(move |_| {
        held.with(|tower| tower.body().map(|body| body.access.clone()))
            .flatten()
            .unwrap_or_default()
    });
    let progress = Memo::new(move |_| held.with(|tower| tower.progress(None)).unwrap_or_default());
    let bar = move || {
        let progress = progress.get();
        view! { <Bar done=progress.done all=progress.doors label=t.done_of(progress.done, progress.doors) /> }
    };
    let tools = move || view! { <Menu held /> };
    view! {
        <Page title back="/canvass" tools>
            <div class="lead-in">
                <p>{other_name}</p>
                <p class="hint">{address}</p>
                {bar}
            </div>
            {move || {
                (!access.with(String::is_empty))
                    .then(|| {
                        view! {
                            <section class="section access">
                                <h2>{t.access()}</h2>
                                <p class="words">{access.get()}</p>
                            </section>
                        }
                    })
            }}
            <Floors held />
            <Ways held />
            <Walks held />
            <StartBar held />
        </Page>
    }
}

#[component]
fn Floors(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let rows = Memo::new(move |_| floor_rows(held, None));
    let query = use_query_map();
    let chosen = RwSignal::new(query.with_untracked(|query| query.get("floor")));
    view! {
        <section class="section">
            <h2>{t.overview()}</h2>
            <TowerRows rows current=chosen on_pick=move |floor| chosen.set(Some(floor)) />
            {move || chosen.get().map(|floor| view! { <Doors held floor /> })}
            <details class="legend-box">
                <summary>{t.legend()}</summary>
                <Legend />
            </details>
        </section>
    }
}

/// The doors of a floor in words: who is there and how it stands.
#[component]
fn Doors(held: Held, floor: String) -> impl IntoView {
    let t = text::<Canvass>();
    let han = lang().is_han();
    let rows = move || {
        held.with(|tower| {
            let building = tower.body()?;
            let floor = building.floor(&floor)?;
            let run = tower.open_run().map(Entry::id);
            let rows = floor.doors.iter().map(|door| {
                let at = DoorRef::new(&*floor.id, &*door.id);
                let state = tower.state(&at);
                let tenant = building
                    .tenants_at(&at)
                    .first()
                    .map(|tenant| tenant.name(han).to_owned());
                let words = format!(
                    "{} {}",
                    t.standing(state.standing),
                    tenant.unwrap_or_else(|| t.no_tenant().to_owned())
                );
                let name = t.door_of(floor, door);
                let standing = Signal::stored(state.standing);
                let inner = view! {
                    <super::marks::Mark standing />
                    <span class="grow">
                        <span class="title">{name}</span>
                        <span class="sub">{words}</span>
                    </span>
                };
                match run {
                    Some(run) => {
                        let href = door_on_walk(run, &at);
                        view! { <li><A href attr:class="row">{inner}</A></li> }.into_any()
                    }
                    None => view! { <li><div class="row">{inner}</div></li> }.into_any(),
                }
            });
            Some(rows.collect_view())
        })
        .flatten()
    };
    view! { <ul class="rows door-rows">{rows}</ul> }
}

#[component]
fn Ways(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let id = held.building;
    let tenants = move || {
        let count = held
            .with(|tower| tower.body().map_or(0, |body| body.tenants.len()))
            .unwrap_or(0);
        if count == 0 {
            t.lobby_help().to_owned()
        } else {
            t.tenants(count)
        }
    };
    let size = move || {
        held.with(|tower| {
            let body = tower.body()?;
            Some(format!(
                "{} · {}",
                t.floors(body.floors.len()),
                t.doors(body.door_count())
            ))
        })
        .flatten()
    };
    view! {
        <ul class="rows section">
            <li>
                <A href=format!("/canvass/{id}/lobby") attr:class="row">
                    <Glyph icon=Icon::Note />
                    <span class="grow">
                        <span class="title">{t.lobby()}</span>
                        <span class="sub">{tenants}</span>
                    </span>
                </A>
            </li>
            <li>
                <A href=format!("/canvass/{id}/floors") attr:class="row">
                    <Glyph icon=Icon::Tower />
                    <span class="grow">
                        <span class="title">{t.floors_edit()}</span>
                        <span class="sub">{size}</span>
                    </span>
                </A>
            </li>
            <li>
                <A href=format!("/canvass/{id}/results") attr:class="row">
                    <Glyph icon=Icon::Chart />
                    <span class="grow title">{t.results()}</span>
                </A>
            </li>
        </ul>
    }
}

/// Every walk through this tower, the newest first.
#[component]
fn Walks(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let tag = lang().tag();
    let rows = move || {
        held.with(|tower| {
            let rows = tower.runs.values().rev().map(|run| {
                let me = run.body.partner_on(app().book.device());
                let progress = tower.progress(Some((run, me)));
                let mut sub = vec![t.tried_of(progress.tried, progress.doors)];
                if run.body.is_open() {
                    sub.insert(0, t.under_way().to_owned());
                }
                let href = format!("/runs/{}", run.id());
                let title = t.walk_on(intl::date_long(tag, run.body.day));
                walk_row(href, title, sub.join(" · "))
            });
            rows.collect_view()
        })
    };
    let any = Memo::new(move |_| held.with(|tower| !tower.runs.is_empty()).unwrap_or(false));
    view! {
        <Show when=move || any.get()>
            <section class="section">
                <h2>{t.walks()}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        </Show>
    }
}

fn walk_row(href: String, title: String, sub: String) -> impl IntoView {
    view! {
        <li>
            <A href attr:class="row">
                <Glyph icon=Icon::Door />
                <span class="grow">
                    <span class="title">{title}</span>
                    <span class="sub">{sub}</span>
                </span>
            </A>
        </li>
    }
}

/// The next action: into the walk.
#[component]
fn StartBar(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let open = Memo::new(move |_| held.with(|tower| tower.open_run().map(Entry::id)).flatten());
    view! {
        <div class="actions">
            {move || match open.get() {
                Some(run) => {
                    view! {
                        <A href=format!("/canvass/{}/walk", held.building) attr:class="button">
                            {t.new_walk()}
                        </A>
                        <A href=format!("/runs/{run}") attr:class="button" attr:data-kind="seal">
                            {t.go_on()}
                        </A>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <A href=format!("/canvass/{}/walk", held.building) attr:class="button" attr:data-kind="seal">
                            {t.start()}
                        </A>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Menu(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    let common = text::<Common>();
    let open = RwSignal::new(false);
    let onward = crate::ui::pages::visits::Onward::new();
    let delete = move |_| {
        let Some(old) = held.entry() else { return };
        let app = app();
        let mut change = Change::new();
        change.delete(old.into_any());
        leptos::task::spawn_local(async move {
            let said = t.deleted_building().to_owned();
            if app
                .book
                .commit_and_say(change, said, app.settings)
                .await
                .is_some()
            {
                onward.instead("/canvass");
            }
        });
    };
    view! {
        <A href=format!("/canvass/{}/edit", held.building) attr:class="icon-button" attr:aria-label=common.edit()>
            <Glyph icon=Icon::Edit />
        </A>
        <button type="button" class="icon-button" aria-label=t.more() aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Glyph icon=Icon::More />
        </button>
        <Sheet open title=t.building()>
            <ul class="rows">
                <li>
                    <button type="button" class="row" on:click=delete>
                        <Glyph icon=Icon::Cross />
                        <span class="grow title">{t.delete_building()}</span>
                    </button>
                </li>
            </ul>
        </Sheet>
    }
}
