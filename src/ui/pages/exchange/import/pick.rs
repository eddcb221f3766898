//! Choosing files, and what earlier imports left to be said.

use leptos::ev::DragEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::rows::counts_line;
use crate::domain::import::{Import, Phase};
use crate::i18n::exchange::Exchange as Words;
use crate::platform::share::{self, Incoming};
use crate::platform::{files, intl};
use crate::state::demo::DEMO;
use crate::state::{app, live};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn Pick() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let imports = live(move |store| {
        importer.changed.track();
        async move { store.imports().await }
    });
    let all = move || imports.get().and_then(Result::ok).unwrap_or_default();
    let mine = move |import: &Import| importer.running.get() != Some(import.id);
    let unfinished = move || {
        all()
            .into_iter()
            .filter(|import| {
                matches!(import.phase, Phase::Writing | Phase::Undoing) && mine(import)
            })
            .map(|import| view! { <Unfinished import /> })
            .collect_view()
    };
    let past = move || {
        let mut past: Vec<Import> = all()
            .into_iter()
            .filter(|import| matches!(import.phase, Phase::Committed | Phase::Undone))
            .collect();
        past.sort_by_key(|import| std::cmp::Reverse(import.at.at_ms));
        (!past.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t.past()}</h2>
                    <ul class="rows">
                        {past.into_iter().map(|import| view! { <li><Past import /></li> }).collect_view()}
                    </ul>
                </section>
            }
        })
    };
    view! {
        {unfinished}
        <FromOtherApps />
        <Drop />
        {past}
    }
}

/// The button, and the place to drop files on.
#[component]
fn Drop() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let input = NodeRef::<Input>::new();
    let over = RwSignal::new(false);
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            importer.take(files::from_input(&input), None);
        }
    };
    let hold = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        importer.take(files::from_drop(&event), None);
    };
    view! {
        <div
            class="drop"
            data-over=move || over.get().then_some("true")
            on:dragover=hold
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <h2>{t.pick_title()}</h2>
            <p>{t.pick_help()}</p>
            <input
                class="sr"
                type="file"
                multiple
                accept=".csv,.txt,.tsv,.vcf,.vcard,text/csv,text/plain,text/tab-separated-values,text/vcard,text/x-vcard"
                tabindex="-1"
                aria-hidden="true"
                node_ref=input
                on:change=chosen
            />
            <button type="button" class="button" data-kind="seal" on:click=open>
                <Glyph icon=Icon::Import />
                {t.pick()}
            </button>
            <p class="hint only-tablet">{t.drop_here()}</p>
            <p class="hint">{t.pick_excel()}</p>
        </div>
    }
}

/// Lists that were shared into the app and wait.
#[component]
fn FromOtherApps() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let (shares, set_shares) = signal_local(Vec::<Incoming>::new());
    leptos::task::spawn_local(async move {
        let mut shares = share::incoming().await;
        shares.retain(|share| {
            share
                .files
                .iter()
                .any(crate::ui::pages::exchange::share::is_list)
        });
        set_shares.try_set(shares);
    });
    move || {
        shares
            .get()
            .into_iter()
            .map(|share| {
                let names: Vec<String> = share.files.iter().map(|file| file.name.clone()).collect();
                let take = move |_| {
                    let lists = share
                        .files
                        .iter()
                        .filter(|file| crate::ui::pages::exchange::share::is_list(file));
                    // Pictures and text of the same share stay until the share page is done with them.
                    let whole = share.text.is_empty() && lists.clone().count() == share.files.len();
                    importer.take(lists.cloned().collect(), whole.then(|| share.key.clone()));
                };
                view! {
                    <div class="banner">
                        <p>{t.waiting_shared()}</p>
                        <button type="button" class="button" on:click=take>
                            {t.open_this(names.join(" · "))}
                        </button>
                    </div>
                }
            })
            .collect_view()
    }
}

/// An import that a kill interrupted: to go on with, or to take back.
#[component]
fn Unfinished(import: Import) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let tag = lang().tag();
    let number = |n: u32| intl::number(tag, f64::from(n));
    let name = display_name(&import);
    let (id, undoing) = (import.id, import.phase == Phase::Undoing);
    let can_resume = !undoing && import.file_name != DEMO;
    let (title, help) = match undoing {
        true => (t.undo_unfinished(name), t.undo_unfinished_help().to_owned()),
        false => (
            t.unfinished(name),
            t.unfinished_help(number(import.done), number(import.total)),
        ),
    };
    let label = title.clone();
    let back = if undoing {
        t.finish_undo()
    } else {
        t.discard()
    };
    view! {
        <div class="banner" role="group" aria-label=label>
            <p>
                <strong>{title}</strong>
                " "
                {help}
            </p>
            {can_resume
                .then(|| {
                    view! {
                        <button type="button" class="button" data-kind="seal" on:click=move |_| importer.resume(id)>
                            {t.resume()}
                        </button>
                    }
                })}
            <button type="button" class="button" on:click=move |_| importer.undo(import.clone())>
                {back}
            </button>
        </div>
    }
}

#[component]
fn Past(import: Import) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let tag = lang().tag();
    let day = import
        .at
        .date()
        .map(|date| intl::date_short(tag, date))
        .unwrap_or_default();
    let undone = import.phase == Phase::Undone;
    let sub = if undone {
        t.past_undone().to_owned()
    } else {
        counts_line(&import)
    };
    let name = display_name(&import);
    let label = format!("{} {name}", t.undo_import());
    view! {
        <div class="row">
            <span class="grow">
                <span class="title">{name}</span>
                <span class="sub">{if sub.is_empty() { day } else { format!("{day} · {sub}") }}</span>
            </span>
            {(!undone)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            data-kind="quiet"
                            aria-label=label
                            on:click=move |_| importer.undo(import.clone())
                        >
                            {t.undo_import()}
                        </button>
                    }
                })}
        </div>
    }
}

fn display_name(import: &Import) -> String {
    if import.file_name == DEMO {
        text::<Words>().demo_name().to_owned()
    } else {
        import.file_name.clone()
    }
}
