//! Importing: one calm page that shows the step it is at.

mod decide;
mod pick;
mod report;
mod review;
mod rows;

use std::cell::Cell;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::{Progress, share};
use crate::i18n::common::Common;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::{dom, incoming};
use crate::state::app;
use crate::state::handover::keep_waiting;
use crate::state::importer::{Fault, Stage, Work};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::page::Page;
use crate::ui::words::text;

#[component]
pub fn ImportPage() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    // Each step takes the focus, so that nobody is left on a button that is gone.
    let step = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<()>| {
        importer.stage.track();
        if let (Some(()), Some(step)) = (before, step.get_untracked()) {
            dom::focus(&step);
            dom::scroll_into_view(&step);
        }
    });
    view! {
        <Page title=t.title() back="/more">
            <div node_ref=step class="step" tabindex="-1">
            {move || match importer.stage.get() {
                Stage::Pick => view! { <pick::Pick /> }.into_any(),
                Stage::Working(work) => view! { <Working work /> }.into_any(),
                Stage::Refused { file, why } => view! { <NotTaken file why /> }.into_any(),
                Stage::Review => view! { <review::ReviewFile /> }.into_any(),
                Stage::Decide => view! { <decide::Decide /> }.into_any(),
                Stage::Report(report) => view! { <report::Finished report /> }.into_any(),
                Stage::TakenBack(taken) => view! { <report::TakenBack taken /> }.into_any(),
            }}
            </div>
        </Page>
    }
}

/// Takes the files the installed app is opened with, wherever it is, and goes to the import. Shows nothing.
#[component]
pub fn OpenedFiles() -> impl IntoView {
    thread_local!(static LISTENING: Cell<bool> = const { Cell::new(false) });
    if !LISTENING.replace(true) {
        let importer = app().importer;
        let navigate = use_navigate();
        incoming::on_files_opened(move |mut files| {
            // A partner's walk goes another way than a list.
            match files.iter().position(share::is_walk) {
                Some(at) => navigate(&keep_waiting(files.swap_remove(at)), Default::default()),
                None => {
                    importer.take(files, None);
                    navigate("/import", Default::default());
                }
            }
        });
    }
}

#[component]
fn Working(work: Work) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let (what, help, stops) = match work {
        Work::Reading => (t.reading(), "", true),
        Work::Waiting => (t.reading_book(), "", true),
        Work::Checking => (t.checking(), "", true),
        Work::Writing => (t.writing(), t.stays_live(), true),
        Work::Undoing => (t.undoing(), "", false),
    };
    let cancel = move |()| importer.cancel();
    if stops {
        view! { <Progress what progress=importer.progress help on_cancel=Callback::new(cancel) /> }
            .into_any()
    } else {
        view! { <Progress what progress=importer.progress help /> }.into_any()
    }
}

#[component]
fn NotTaken(file: String, why: Fault) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let (title, help) = match why {
        Fault::Unreadable => (t.cannot_read(), t.cannot_read_help()),
        Fault::Empty => (t.empty_file(), ""),
        Fault::NotText => (t.not_text(), t.not_text_help()),
        Fault::Backup => (t.is_backup(), t.is_backup_help()),
    };
    view! {
        <p class="lead-in hint">{file}</p>
        <Empty title help>
            {(why == Fault::Backup)
                .then(|| {
                    view! {
                        <a href="/more/storage" class="button" data-kind="seal">
                            {t.storage_title()}
                        </a>
                    }
                })}
            <button type="button" class="button" on:click=move |_| importer.next_file()>
                {text::<Common>().close()}
            </button>
        </Empty>
    }
}
