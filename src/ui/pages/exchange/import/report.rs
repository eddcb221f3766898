//! What came of an import, and what an undo left.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::components::A;

use super::rows::{RefusedRows, count_sentences, reason, reasons};
use crate::domain::import::Target;
use crate::domain::record::Kind;
use crate::exchange::parse::guard;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::share;
use crate::state::app;
use crate::state::importer::{self, Kept, Report};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn Finished(report: Rc<Report>) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let import = report.import.clone();
    let sentences = count_sentences(&import)
        .into_iter()
        .map(|said| view! { <li>{said}</li> })
        .collect_view();
    let warnings = report.warnings.len();
    let (refused, to_save) = (report.refused.clone(), report.clone());
    let has_report = !refused.is_empty() || warnings > 0;
    let save = move |_| {
        let name = format!(
            "{}.csv",
            t.report_title(to_save.import.file_name.clone())
                .replace(['/', '\\', ':', '：'], " ")
        );
        let bytes = report_file(&to_save).into_bytes();
        leptos::task::spawn_local(async move {
            if share::share_or_save(&name, "text/csv", &bytes)
                .await
                .is_err()
            {
                app().notices.failed(t.export_failed());
            }
        });
    };
    let (see, see_words) = match import.target {
        Target::Leads => ("/search?kind=lead", t.see_leads()),
        Target::Clients | Target::People => ("/clients", t.see_clients()),
    };
    view! {
        <section class="lead-in">
            <h2 class="big">{t.finished()}</h2>
            <p>{import.file_name.clone()}</p>
            <ul class="sentences">{sentences} {(warnings > 0).then(|| view! { <li>{t.kept_values(warnings)}</li> })}</ul>
        </section>
        {(!refused.is_empty())
            .then(|| {
                view! {
                    <section class="section">
                        <h2>{t.refused_title()}</h2>
                        <RefusedRows refused />
                    </section>
                }
            })}
        <div class="buttons-column">
            {has_report
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=save>
                            <Glyph icon=Icon::Export />
                            {t.save_report()}
                        </button>
                    }
                })}
            <button type="button" class="button" on:click=move |_| importer.undo(import.clone())>
                <Glyph icon=Icon::Undo />
                {t.undo_import()}
            </button>
            <NextFile />
        </div>
        <div class="actions">
            <A href=see attr:class="button" attr:data-kind="seal">
                {see_words}
            </A>
        </div>
    }
}

#[component]
pub fn TakenBack(taken: Rc<importer::TakenBack>) -> impl IntoView {
    let t = text::<Words>();
    let said = match (taken.cancelled, taken.kept_count) {
        (true, _) => t.cancelled().to_owned(),
        (false, 0) => t.undone().to_owned(),
        (false, kept) => t.undone_kept(kept),
    };
    let han_first = lang().is_han();
    let kept = taken
        .kept
        .iter()
        .map(|kept| view! { <li><KeptRow kept=kept.clone() han_first /></li> })
        .collect_view();
    view! {
        <section class="lead-in">
            <h2 class="big" role="status">{said}</h2>
            <p>{taken.name.clone()}</p>
        </section>
        {(taken.kept_count > 0)
            .then(|| {
                view! {
                    <section class="section">
                        <h2>{t.kept_title()}</h2>
                        <p class="hint">{t.kept_help()}</p>
                        <ul class="rows">{kept}</ul>
                    </section>
                }
            })}
        <div class="buttons-column">
            <NextFile />
        </div>
    }
}

#[component]
fn KeptRow(kept: Kept, han_first: bool) -> impl IntoView {
    let (zh, en) = kept.names;
    let name = if (han_first && !zh.is_empty()) || en.is_empty() {
        zh
    } else {
        en
    };
    let href = match kept.kind {
        Kind::Organisation => format!("/clients/{}", kept.id),
        _ => format!("/people/{}", kept.id),
    };
    view! {
        <A href=href attr:class="row">
            <span class="grow title">{name}</span>
            <Glyph icon=Icon::Next />
        </A>
    }
}

/// The file behind this one, or the choice of another.
#[component]
fn NextFile() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let label = move || match importer.waiting.with(|waiting| waiting.first().cloned()) {
        Some(name) => t.next_file(name),
        None => t.another().to_owned(),
    };
    let more = move || importer.waiting.with(Vec::len);
    view! {
        <button type="button" class="button" on:click=move |_| importer.next_file()>
            <Glyph icon=Icon::Import />
            {label}
        </button>
        {move || (more() > 1).then(|| view! { <p class="hint">{t.files_waiting(more())}</p> })}
    }
}

/// The rows that were refused or not wholly understood, as a table.
fn report_file(report: &Report) -> String {
    let t = text::<Words>();
    let mut text = format!(
        "\u{feff}{},{},{}\r\n",
        t.report_line(),
        t.report_reason(),
        t.report_text()
    );
    for left in &report.refused {
        text.push_str(&record(left.line, &reasons(&left.why), &left.text));
    }
    for (line, why) in &report.warnings {
        text.push_str(&record(*line, reason(*why), ""));
    }
    text
}

fn record(line: u32, why: &str, excerpt: &str) -> String {
    let cell = |text: &str| format!("\"{}\"", guard(text).replace('"', "\"\""));
    format!("{line},{},{}\r\n", cell(why), cell(excerpt))
}
