//! The rest of the menu: settings, installing, what this is; and the banners that explain the state of the device.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::i18n::Lang;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell as Words;
use crate::i18n::sync::Sync as SyncWords;
use crate::platform::install::{Install, InstallState};
use crate::platform::service_worker::AppWorker;
use crate::platform::{panic, persistence, view};
use crate::state::{Settings, Theme, app, book};
use crate::ui::pages::sync::ClashCount;
use crate::ui::parts::field::Choice;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::shell::QueueChip;
use crate::ui::words::text;

#[component]
pub fn Menu() -> impl IntoView {
    let t = text::<Words>();
    let sync = text::<SyncWords>();
    let row = |to: &'static str, icon: Icon, name: &'static str, mark: AnyView| {
        view! {
            <li>
                <A href=to attr:class="row">
                    <Glyph icon />
                    <span class="grow title">{name}</span>
                    {mark}
                    <Glyph icon=Icon::Next />
                </A>
            </li>
        }
    };
    let entry = |to, icon, name| row(to, icon, name, ().into_any());
    view! {
        <div class="bar">
            <h1>{t.more()}</h1>
            <QueueChip />
        </div>
        <nav class="section" aria-label=t.more()>
            <ul class="rows">
                {entry("/more/account", Icon::Person, sync.account_title())}
                {entry("/more/queue", Icon::Waiting, sync.queue_title())}
                {row("/more/clashes", Icon::Split, sync.clashes_title(), view! { <ClashCount /> }.into_any())}
                {entry("/more/storage", Icon::Storage, t.storage())}
                {entry("/import", Icon::Import, t.import())}
                {entry("/more/export", Icon::Export, t.export())}
                {entry("/more/settings", Icon::Settings, t.settings())}
                {entry("/more/install", Icon::Install, t.install())}
                {entry("/more/about", Icon::Info, t.about())}
            </ul>
        </nav>
    }
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let t = text::<Words>();
    let settings = app().settings;
    // `None` is a choice of its own here: follow the browser.
    let languages = std::iter::once((None, t.language_auto()))
        .chain(
            Lang::ALL
                .into_iter()
                .map(|lang| (Some(lang), lang.own_name())),
        )
        .collect::<Vec<_>>();
    let themes = vec![
        (Theme::System, t.theme_system()),
        (Theme::Light, t.theme_light()),
        (Theme::Dark, t.theme_dark()),
    ];
    view! {
        <Page title=t.settings() back="/more">
            <div class="form">
                <Choice
                    label=t.language()
                    options=languages
                    value=Signal::derive(move || Some(settings.chosen.get()))
                    on_choose={move |chosen: Option<Option<Lang>>| settings.choose_lang(chosen.flatten())}
                />
                <Choice
                    label=t.theme()
                    options=themes
                    value=Signal::derive(move || Some(settings.theme.get()))
                    on_choose={move |chosen: Option<Theme>| settings.choose_theme(chosen.unwrap_or_default())}
                />
            </div>
        </Page>
    }
}

#[component]
pub fn InstallPage() -> impl IntoView {
    let t = text::<Words>();
    let installer = expect_context::<Install>();
    let has_records = move || book().with_shelf(|shelf| shelf.organisations().next().is_some());
    let steps = move || {
        match installer.state.get() {
        InstallState::Installed => view! { <p class="big-state">{t.installed()}</p> }.into_any(),
        InstallState::CanPrompt => view! {
            <button class="button" data-kind="seal" on:click=move |_| leptos::task::spawn_local(async move {
                installer.prompt().await;
            })>
                <Glyph icon=Icon::Install />
                {t.install_now()}
            </button>
        }
        .into_any(),
        InstallState::IosManual => view! {
            <ol class="steps">
                <li>{t.install_ios_1()} <Glyph icon=Icon::Share /></li>
                <li>{t.install_ios_2()}</li>
                <li>{t.install_ios_3()}</li>
            </ol>
            {if has_records() {
                view! {
                    <p>{t.install_ios_move()}</p>
                    <A href="/more/storage" attr:class="button">{t.storage()}</A>
                }
                    .into_any()
            } else {
                view! { <p>{t.install_ios_first()}</p> }.into_any()
            }}
        }
        .into_any(),
        InstallState::AndroidManual => view! { <p>{t.install_android()}</p> }.into_any(),
        InstallState::DesktopManual => view! { <p>{t.install_desktop()}</p> }.into_any(),
        InstallState::Unsupported => view! { <p>{t.install_unsupported()}</p> }.into_any(),
    }
    };
    view! {
        <Page title=t.install() back="/more">
            <div class="form">
                <p>{t.install_why()}</p>
                {steps}
                <OfflineState />
            </div>
        </Page>
    }
}

#[component]
pub fn AboutPage() -> impl IntoView {
    let t = text::<Words>();
    let common = text::<Common>();
    view! {
        <Page title=t.about() back="/more">
            <div class="form">
                <p class="big-state">{common.app_name()}</p>
                <p>{t.version(env!("CARGO_PKG_VERSION").to_owned())}</p>
                <p>{t.privacy()}</p>
                <OfflineState />
                <UpdateBanner />
                <h2>{t.licences()}</h2>
                <p class="hint">"MIT OR Apache-2.0"</p>
                <a class="button" href="/data/HAN-LICENCE.txt" target="_blank" rel="noopener">{t.licences()}</a>
            </div>
        </Page>
    }
}

/// Whether every file of the app is on the device.
#[component]
fn OfflineState() -> impl IntoView {
    let t = text::<Words>();
    let worker = expect_context::<AppWorker>();
    view! {
        {move || {
            if worker.offline_ready.get() {
                view! { <p class="state" data-kind="good"><Glyph icon=Icon::Check />{t.ready_offline()}</p> }.into_any()
            } else {
                view! { <p class="state" data-kind="wait"><Glyph icon=Icon::Warning />{t.not_ready_offline()}</p> }.into_any()
            }
        }}
    }
}

/// What a person must know about this device, over the first screen: at most one thing at a time, the gravest first.
#[component]
pub fn Banners() -> impl IntoView {
    let t = text::<Words>();
    let installer = expect_context::<Install>();
    let (health, set_health) = signal_local(None::<persistence::Health>);
    leptos::task::spawn_local(async move {
        let health = persistence::health().await;
        set_health.try_set(Some(health));
    });
    let later = RwSignal::new(false);
    let has_records = move || book().with_shelf(|shelf| shelf.organisations().next().is_some());
    let device = move || {
        let health = health.get()?;
        if health.ephemeral {
            return Some(
                view! { <div class="banner" data-kind="stop"><p>{t.private_mode()}</p></div> }
                    .into_any(),
            );
        }
        let state = installer.state.get();
        let protected = health.persisted == Some(true) || state == InstallState::Installed;
        if protected || later.get() {
            return None;
        }
        let words = match state {
            // On iOS it must be said before the first record: what is typed in the tab stays in the tab.
            InstallState::IosManual => t.install_ios_first(),
            _ if !has_records() => return None,
            _ => t.tab_warning(),
        };
        let dismiss = (state != InstallState::IosManual).then(|| {
            view! {
                <button class="button" data-kind="quiet" on:click=move |_| later.set(true)>{t.later()}</button>
            }
        });
        Some(
            view! {
                <div class="banner">
                    <p>{words}</p>
                    <A href="/more/install" attr:class="button">{t.how()}</A>
                    {dismiss}
                </div>
            }
            .into_any(),
        )
    };
    let unreadable = move || book().loading.get().unreadable as usize;
    view! {
        <UpdateBanner />
        {device}
        {move || (unreadable() > 0).then(|| view! {
            <div class="banner" data-kind="stop">
                <p>{t.skipped_records(unreadable())}</p>
                <A href="/more/storage" attr:class="button">{t.how()}</A>
            </div>
        })}
    }
}

/// A new version is offered, never forced, and applied only when no form is being edited.
#[component]
fn UpdateBanner() -> impl IntoView {
    let t = text::<Words>();
    let worker = expect_context::<AppWorker>();
    let editing = move || book().forms_being_edited.get() > 0;
    view! {
        <Show when=move || worker.update_waiting.get()>
            <div class="banner" data-kind="good">
                <p>{move || if editing() { t.update_wait_draft() } else { t.update_ready() }}</p>
                <button class="button" disabled=editing on:click=move |_| worker.apply_update()>
                    {t.update_apply()}
                </button>
            </div>
        </Show>
    }
}

/// Text of the bar that a crash leaves: built without Leptos, which may be what crashed.
pub fn install_panic_bar(settings: Settings) {
    let words = |lang: Lang| {
        let t = Words(lang);
        panic::BarWords {
            message: t.crashed().into(),
            reload: t.reload().into(),
            export: t.export().into(),
        }
    };
    // The storage page can export without the part that crashed; it is loaded from the start.
    panic::install(words(settings.lang.get_untracked()), || {
        view::go("/more/storage")
    });
    Effect::new(move || panic::set_words(words(settings.lang.get())));
}
