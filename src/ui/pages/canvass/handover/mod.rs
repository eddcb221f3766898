//! A walk goes to a partner, and what happened at the doors comes back.

mod codes;
mod photograph;
mod preview;
mod receive;
mod send;

pub use receive::ReceivePage;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::loaded::{Held, with_run};
use crate::domain::canvass::run::{Partner, Run};
use crate::domain::canvass::tower::Tower;
use crate::domain::id::Id;
use crate::i18n::canvass::Canvass;
use crate::i18n::handover::Handover;
use crate::platform::files::PickedFile;
use crate::state::handover::keep_waiting;
use crate::state::{book, walk};
use crate::ui::parts::page::Page;
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::text;

#[component]
pub fn HandOverPage() -> impl IntoView {
    with_run(|held, run| view! { <Screen held run /> }.into_any())
}

#[component]
fn Screen(held: Held, run: Id) -> impl IntoView {
    let t = text::<Handover>();
    let navigate = use_navigate();
    let take = move |file: PickedFile| {
        navigate(&keep_waiting(file), Default::default());
    };
    view! {
        <Page title=t.title() back=format!("/runs/{run}")>
            <WhoWalks held run />
            <send::Send held run />
            <section class="section">
                <h2>{t.take_back()}</h2>
                <p class="hint">{t.take_back_help()}</p>
                <div class="buttons-row">
                    <PickFile label=t.pick_file() on_pick=take />
                </div>
            </section>
        </Page>
    }
}

#[component]
fn WhoWalks(held: Held, run: Id) -> impl IntoView {
    let t = text::<Handover>();
    let rows = move || {
        held.with(|tower| {
            let body = &tower.runs.get(&run)?.body;
            let free = body.partner_on(book().device()).is_none();
            let rows = body.partners.iter();
            Some(
                rows.map(|partner| row(held, run, tower, body, partner, free))
                    .collect_view(),
            )
        })
    };
    view! {
        <section class="section">
            <h2>{t.who_walks()}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

/// `free`: nobody walks on this device yet, so one may say who one is.
fn row(
    held: Held,
    run: Id,
    tower: &Tower,
    body: &Run,
    partner: &Partner,
    free: bool,
) -> impl IntoView + use<> {
    let (t, words) = (text::<Handover>(), text::<Canvass>());
    let doors = tower
        .body()
        .map_or(0, |building| body.route(building, Some(partner)).len());
    let part = format!("{} · {}", words.share(&partner.share), words.doors(doors));
    let (mark, kind) = match partner.device {
        Some(device) if device == book().device() => (t.this_device(), "good"),
        Some(_) => (t.other_device(), "good"),
        None => (t.no_device(), "wait"),
    };
    let id = partner.id;
    let mine = (free && partner.device.is_none()).then(|| {
        view! {
            <button type="button" class="button" on:click=move |_| become_partner(held, run, id)>
                {t.that_is_me()}
            </button>
        }
    });
    view! {
        <li class="row partner">
            <span class="grow">
                <span class="title">{partner.name.clone()}</span>
                <span class="sub">{part}</span>
            </span>
            <span class="tag" data-kind=kind>
                {mark}
            </span>
            {mine}
        </li>
    }
}

fn become_partner(held: Held, run: Id, partner: Id) {
    let entry = held.with_untracked(|tower| tower.runs.get(&run).cloned());
    let Some(entry) = entry.flatten() else { return };
    let mut body = entry.body.clone();
    let Some(row) = body.partners.iter_mut().find(|row| row.id == partner) else {
        return;
    };
    row.device = Some(book().device());
    let said = text::<Handover>().part_is_mine(row.name.clone());
    walk::save_edit(entry.into_any(), body, said);
}
