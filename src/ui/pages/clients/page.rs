//! A client's page: who they are, how things stand, what comes next, then everything that happened.

use leptos::prelude::*;

use super::call::{CallButton, Line, can_be_called};
use super::doors::Doors;
use super::facts::{Completeness, FileFacts};
use super::kit::{RecordHead, dotted, for_each_id, list_address, with_record};
use super::open::{OpenItems, Pulse, open_items, with_merged};
use super::people::People;
use super::rows::TierBadge;
use super::saving::{commit_edit, navigation};
use super::share::share_client;
use crate::domain::organisation::Organisation;
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell;
use crate::i18n::values::Values;
use crate::platform::clock;
use crate::state::{Change, app, book};
use crate::ui::pages::notes::Timeline;
use crate::ui::pages::sync::ClashBanner;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, text};

#[component]
pub fn ClientPage() -> impl IntoView {
    for_each_id(|id| {
        let show = |entry| view! { <Client entry /> }.into_any();
        with_record(id, |body: &Organisation| body.merged_into, show).into_any()
    })
}

#[component]
fn Client(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let han_first = lang().is_han();
    let id = entry.with_untracked(Entry::id);
    let ids = Signal::derive(move || with_merged(id));
    let open = open_items(ids);
    let names = move || {
        entry.with(|entry| {
            let (first, second) = entry.body.names(han_first);
            (first.to_owned(), second.map(str::to_owned))
        })
    };
    view! {
        <article class="page client">
            <RecordHead names=Signal::derive(names) back=list_address() tools=move || view! { <Tools entry /> } />
            <ClashBanner record=id />
            <Standing entry />
            <Pulse ids open />
            <OpenItems open />
            <People id=Signal::derive(move || id) />
            <Completeness entry />
            <FileFacts entry />
            <Doors ids />
            <section class="section">
                <h2>{t.history()}</h2>
                <Timeline id />
            </section>
            <Actions entry />
        </article>
    }
}

/// Tier, stage, segment and industry, in one line.
#[component]
fn Standing(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let values = text::<Values>();
    move || {
        entry.with(|entry| {
            let body = &entry.body;
            let tier = body.tier;
            let words = dotted([
                values.stage(body.stage).to_owned(),
                body.segment.clone(),
                body.industry.clone(),
            ]);
            view! {
                <p class="standing">
                    {tier.map(|tier| view! { <TierBadge tier=Some(tier) /> })} <span>{words}</span>
                </p>
            }
        })
    }
}

/// What is done next with a client, at the thumb; each carries the client along.
#[component]
fn Actions(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let shell = text::<Shell>();
    let han_first = lang().is_han();
    let lines = move || {
        entry.with(|entry| {
            let own = entry.body.phones.iter().map(|phone| Line {
                owner: String::new(),
                phone: phone.clone(),
            });
            let mut lines: Vec<Line> = own.collect();
            book().with_shelf(|shelf| {
                let people = shelf.people_of(entry.id());
                for person in people.into_iter().filter(|person| !person.body.opted_out()) {
                    let owner = person.body.names(han_first).0;
                    let phones = person.body.phones.iter();
                    lines.extend(phones.map(|phone| Line {
                        owner: owner.clone(),
                        phone: phone.clone(),
                    }));
                }
            });
            lines.retain(|line| can_be_called(&line.phone));
            lines
        })
    };
    let to = move |what: &str| format!("/{what}/new?org={}", entry.with(Entry::id));
    view! {
        <nav class="actions quad" aria-label=t.actions()>
            <CallButton lines=Signal::derive(lines) />
            <a class="button" href=move || to("visits")><Glyph icon=Icon::Visit />{shell.new_visit()}</a>
            <a class="button" href=move || to("follow-ups")><Glyph icon=Icon::FollowUp />{shell.new_follow_up()}</a>
            <a class="button" data-kind="seal" href=move || to("notes")><Glyph icon=Icon::Note />{shell.new_note()}</a>
        </nav>
    }
}

/// Editing, and what is done seldom.
#[component]
fn Tools(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let more = RwSignal::new(false);
    let id = move || entry.with(Entry::id);
    let check = move |_| {
        let old = entry.get_untracked();
        let body = Organisation {
            last_checked: Some(clock::today()),
            ..old.body.clone()
        };
        more.set(false);
        commit_edit(old, body, t.checked_said());
    };
    let hand_over = move |_| {
        more.set(false);
        entry.with_untracked(|entry| share_client(&entry.body));
    };
    view! {
        <a class="icon-button" href=move || format!("/clients/{}/edit", id()) aria-label=common.edit() title=common.edit()>
            <Glyph icon=Icon::Edit />
        </a>
        <button
            type="button"
            class="icon-button"
            aria-haspopup="dialog"
            aria-label=common.more()
            title=common.more()
            on:click=move |_| more.set(true)
        >
            <Glyph icon=Icon::More />
        </button>
        <Sheet open=more title=common.more()>
            <ul class="rows">
                <li>
                    <button type="button" class="row" on:click=check>
                        <Glyph icon=Icon::Check />
                        <span class="grow title">{t.check_today()}</span>
                    </button>
                </li>
                <li>
                    <button type="button" class="row" on:click=hand_over>
                        <Glyph icon=Icon::Share />
                        <span class="grow title">{t.share_contact()}</span>
                    </button>
                </li>
                <li>
                    <a class="row" href=format!("/clients/{}/merge", id()) on:click=move |_| more.set(false)>
                        <Glyph icon=Icon::Merge />
                        <span class="grow title">{t.merge_duplicate()}</span>
                    </a>
                </li>
                <li>
                    <DeleteClient entry />
                </li>
            </ul>
        </Sheet>
    }
}

/// Deletes the client alone. Its people stay, and it is said before the tap and after it.
#[component]
fn DeleteClient(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let app = app();
    let go = navigation();
    let people =
        move || entry.with(|entry| book().with_shelf(|shelf| shelf.people_of(entry.id()).len()));
    let help = move || match people() {
        0 => t.delete_client_plain().to_owned(),
        n => t.delete_client_help(n),
    };
    let delete = move |_| {
        let said = match people() {
            0 => t.client_deleted().to_owned(),
            n => t.client_deleted_people(n),
        };
        let mut change = Change::new();
        change.delete(entry.get_untracked().into_any());
        leptos::task::spawn_local(async move {
            if app
                .book
                .commit_and_say(change, said, app.settings)
                .await
                .is_some()
            {
                let _ = leptos::callback::Callable::try_run(&go, "/clients".to_owned());
            }
        });
    };
    view! {
        <button type="button" class="row" on:click=delete>
            <Glyph icon=Icon::Cross />
            <span class="grow">
                <span class="title">{common.delete()}</span>
                <span class="sub">{help}</span>
            </span>
        </button>
    }
}
