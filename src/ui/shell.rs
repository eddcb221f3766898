//! The frame around every screen: tabs, ＋, the list pane, the detail pane, what waits, what just happened.

use leptos::prelude::*;
use leptos_router::components::{A, Route, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;

use super::pages::{
    canvass, clients, exchange, leads, more, notes, people, search, storage, sync, sync_rescue,
    today, visits,
};
use super::parts::empty::Empty;
use super::parts::icon::{Glyph, Icon};
use super::parts::sheet::Sheet;
use super::words::text;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell as Words;
use crate::i18n::sync::Sync as SyncWords;
use crate::platform::{clock, intl, lang};
use crate::state::{NoticeKind, app};

/// The part of the app an address belongs to: it decides the list beside a record and the tab that is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Today,
    Clients,
    Canvass,
    Search,
    More,
}

impl Section {
    fn of(path: &str) -> Section {
        match path.split('/').nth(1).unwrap_or_default() {
            "clients" | "people" => Section::Clients,
            "canvass" | "runs" => Section::Canvass,
            "search" | "leads" => Section::Search,
            "more" | "import" | "share" => Section::More,
            _ => Section::Today,
        }
    }

    /// Whether the address is the section's list itself.
    fn is_list(path: &str) -> bool {
        matches!(
            path.trim_end_matches('/'),
            "" | "/clients" | "/canvass" | "/search" | "/more"
        )
    }
}

#[component]
pub fn Shell() -> impl IntoView {
    let t = text::<Words>();
    let location = use_location();
    let path = location.pathname;
    let section = Memo::new(move |_| path.with(|path| Section::of(path)));
    // Screens of the detail pane say their own title; a list's is its section.
    Effect::new(move || {
        if path.with(|path| Section::is_list(path)) {
            lang::set_document_title(section_name(section.get()));
        }
    });
    // On a list's address the list is the screen; on a record's it stands beside it.
    let at_list = move || path.with(|path| Section::is_list(path));
    let at = move || if at_list() { "list" } else { "detail" };
    view! {
        <a class="skip" href="#main">{t.skip()}</a>
        <div class="app" data-at=at>
            <Tabs section />
            <div
                class="pane pane-list"
                id=move || at_list().then_some("main")
                role=move || if at_list() { "main" } else { "region" }
                tabindex="-1"
                aria-label=move || section_name(section.get())
            >
                {move || match section.get() {
                    Section::Today => view! { <today::DayList /> }.into_any(),
                    Section::Clients => view! { <clients::ClientList /> }.into_any(),
                    Section::Canvass => view! { <canvass::TowerList /> }.into_any(),
                    Section::Search => view! { <search::SearchList /> }.into_any(),
                    Section::More => view! { <more::Menu /> }.into_any(),
                }}
            </div>
            <div
                class="pane pane-detail"
                id=move || (!at_list()).then_some("main")
                role=move || if at_list() { "region" } else { "main" }
                tabindex="-1"
                aria-label=move || at_list().then(|| t.detail())
            >
                <Routes fallback=|| view! { <NotHere /> }>
                    <Route path=path!("/") view=NothingOpen />
                    <Route path=path!("/clients") view=NothingOpen />
                    <Route path=path!("/canvass") view=NothingOpen />
                    <Route path=path!("/search") view=NothingOpen />
                    <Route path=path!("/more") view=NothingOpen />
                    <Route path=path!("/clients/new") view=clients::NewClient />
                    <Route path=path!("/clients/:id") view=clients::ClientPage />
                    <Route path=path!("/clients/:id/edit") view=clients::EditClient />
                    <Route path=path!("/clients/:id/merge") view=clients::MergeClient />
                    <Route path=path!("/people/new") view=people::NewPerson />
                    <Route path=path!("/people/:id") view=people::PersonPage />
                    <Route path=path!("/people/:id/edit") view=people::EditPerson />
                    <Route path=path!("/people/:id/merge") view=people::MergePerson />
                    <Route path=path!("/leads/:id") view=leads::LeadPage />
                    <Route path=path!("/visits/new") view=visits::NewVisit />
                    <Route path=path!("/visits/:id") view=visits::VisitPage />
                    <Route path=path!("/visits/:id/edit") view=visits::EditVisit />
                    <Route path=path!("/notes/new") view=notes::NewNote />
                    <Route path=path!("/notes/:id") view=notes::NotePage />
                    <Route path=path!("/notes/:id/correct") view=notes::CorrectNote />
                    <Route path=path!("/follow-ups/new") view=visits::NewFollowUp />
                    <Route path=path!("/follow-ups/:id") view=visits::FollowUpPage />
                    <Route path=path!("/canvass/new") view=canvass::NewBuilding />
                    <Route path=path!("/canvass/import") view=canvass::ImportTowers />
                    <Route path=path!("/canvass/receive") view=canvass::ReceivePage />
                    <Route path=path!("/canvass/settings") view=canvass::CanvassSettings />
                    <Route path=path!("/canvass/:id") view=canvass::BuildingPage />
                    <Route path=path!("/canvass/:id/edit") view=canvass::EditBuilding />
                    <Route path=path!("/canvass/:id/floors") view=canvass::FloorsPage />
                    <Route path=path!("/canvass/:id/lobby") view=canvass::LobbyPage />
                    <Route path=path!("/canvass/:id/results") view=canvass::ResultsPage />
                    <Route path=path!("/canvass/:id/walk") view=canvass::StartWalk />
                    <Route path=path!("/runs/:id") view=canvass::WalkPage />
                    <Route path=path!("/runs/:id/handover") view=canvass::HandOverPage />
                    <Route path=path!("/import") view=exchange::ImportPage />
                    <Route path=path!("/share") view=exchange::SharePage />
                    <Route path=path!("/more/export") view=exchange::ExportPage />
                    <Route path=path!("/more/storage") view=storage::StoragePage />
                    <Route path=path!("/more/rescue") view=sync_rescue::RescueFile />
                    <Route path=path!("/more/queue") view=sync::QueuePage />
                    <Route path=path!("/more/account") view=sync::AccountPage />
                    <Route path=path!("/more/clashes") view=sync::ClashesPage />
                    <Route path=path!("/more/settings") view=more::SettingsPage />
                    <Route path=path!("/more/install") view=more::InstallPage />
                    <Route path=path!("/more/about") view=more::AboutPage />
                </Routes>
            </div>
            <NoticeList />
            <exchange::OpenedFiles />
        </div>
    }
}

fn section_name(section: Section) -> &'static str {
    let t = text::<Words>();
    match section {
        Section::Today => t.today(),
        Section::Clients => t.clients(),
        Section::Canvass => t.canvass(),
        Section::Search => t.search(),
        Section::More => t.more(),
    }
}

#[component]
fn Tabs(section: Memo<Section>) -> impl IntoView {
    let t = text::<Words>();
    let adding = RwSignal::new(false);
    let tab = move |to: &'static str, icon: Icon, of: Section| {
        let current = move || (section.get() == of).then_some("page");
        view! {
            <a class="tab" href=to aria-current=current>
                <Glyph icon />
                {section_name(of)}
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=t.main_menu()>
            {tab("/", Icon::Today, Section::Today)}
            {tab("/clients", Icon::Clients, Section::Clients)}
            <button class="plus" type="button" aria-label=t.create() aria-haspopup="dialog" on:click=move |_| adding.set(true)>
                <Glyph icon=Icon::Plus />
            </button>
            {tab("/canvass", Icon::Tower, Section::Canvass)}
            {tab("/search", Icon::Search, Section::Search)}
            {tab("/more", Icon::More, Section::More)}
        </nav>
        <AddSheet open=adding />
    }
}

/// What ＋ offers. It carries the record on the screen along, so that nobody chooses the client twice.
#[component]
fn AddSheet(open: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let path = use_location().pathname;
    let about = move || {
        path.with_untracked(|path| {
            let mut parts = path.split('/').skip(1);
            match (parts.next(), parts.next()) {
                (Some("clients"), Some(id)) if id != "new" => format!("?org={id}"),
                (Some("people"), Some(id)) if id != "new" => format!("?person={id}"),
                (Some("visits"), Some(id)) if id != "new" => format!("?visit={id}"),
                _ => String::new(),
            }
        })
    };
    let entry = move |to: &'static str, icon: Icon, name: &'static str| {
        view! {
            <li>
                <A href=format!("{to}{}", about()) attr:class="row" on:click=move |_| open.set(false)>
                    <Glyph icon />
                    <span class="grow title">{name}</span>
                </A>
            </li>
        }
    };
    view! {
        <Sheet open title=t.create()>
            <ul class="rows">
                {entry("/notes/new", Icon::Note, t.new_note())}
                {entry("/visits/new", Icon::Visit, t.new_visit())}
                {entry("/follow-ups/new", Icon::FollowUp, t.new_follow_up())}
                {entry("/clients/new", Icon::Clients, t.new_client())}
                {entry("/people/new", Icon::Person, t.new_person())}
            </ul>
        </Sheet>
    }
}

/// How much waits for upload and for how long; a number and an age, never a spinner. What the server refused waits for
/// a decision and is said before it.
#[component]
pub fn QueueChip() -> impl IntoView {
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;
    let t = text::<Words>();
    let words = text::<SyncWords>();
    let tag = super::words::lang().tag();
    let app = app();
    let counted = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let outbox = app.book.outbox;
    let waiting = move || outbox.with(|outbox| counted(outbox.count));
    let refused = Memo::new(move |_| app.sync.status.with(|status| counted(status.refused)));
    let age_ms =
        move || outbox.with(|outbox| outbox.oldest_ms.map(|oldest| clock::now_ms() - oldest));
    let label = move || {
        let waits = match age_ms() {
            Some(age) => t.waiting_age(waiting(), intl::relative_ms(tag, age)),
            None => t.nothing_waits().to_owned(),
        };
        match refused.get() {
            0 => waits,
            n => format!("{} · {waits}", words.refused_chip_label(n)),
        }
    };
    let shown = move || match refused.get() {
        0 => t.waiting(waiting()),
        n => words.refused_chip(n),
    };
    let icon = move || match refused.get() {
        0 => Icon::Waiting,
        _ => Icon::Warning,
    };
    let old = move || age_ms().is_some_and(|age| age > DAY_MS).then_some("true");
    let stopped = move || (refused.get() != 0).then_some("true");
    view! {
        <Show when=move || waiting() != 0 || refused.get() != 0>
            <A
                href="/more/queue"
                attr:class="queue"
                attr:data-old=old
                attr:data-refused=stopped
                attr:aria-label=label
            >
                {move || view! { <Glyph icon=icon() /> }}
                <span aria-hidden="true">{shown}</span>
            </A>
        </Show>
    }
}

#[component]
fn NoticeList() -> impl IntoView {
    let t = text::<Common>();
    let notices = app().notices;
    view! {
        <div class="notices" role="status" aria-live="polite">
            <For each=move || notices.list.get() key=|notice| notice.number let:notice>
                {
                    let number = notice.number;
                    let kind = if notice.kind == NoticeKind::Failed { "stop" } else { "good" };
                    let undo = StoredValue::new_local(notice.undo.clone());
                    let take_back = move |_| {
                        notices.dismiss(number);
                        if let Some(undo) = undo.get_value() {
                            undo();
                        }
                    };
                    view! {
                        <div class="notice" data-kind=kind>
                            <p>{notice.text.clone()}</p>
                            {if notice.undo.is_some() {
                                view! { <button type="button" on:click=take_back>{t.undo()}</button> }.into_any()
                            } else {
                                view! {
                                    <button type="button" on:click=move |_| notices.dismiss(number)>
                                        {t.close()}
                                    </button>
                                }
                                    .into_any()
                            }}
                        </div>
                    }
                }
            </For>
        </div>
    }
}

/// The detail pane of the tablet before anything is chosen; the phone shows the list alone.
#[component]
fn NothingOpen() -> impl IntoView {
    view! {
        <div class="only-tablet">
            <Empty title={text::<Common>().choose_left()} />
        </div>
    }
}

#[component]
fn NotHere() -> impl IntoView {
    let t = text::<Common>();
    view! {
        <Empty alone=true title=t.not_found() help=t.not_found_help()>
            <A href="/" attr:class="button">{text::<Words>().today()}</A>
        </Empty>
    }
}
