//! What is in the book, and what in it cannot be read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;

use super::Known;
use crate::domain::record::Kind;
use crate::i18n::exchange::Exchange as Words;
use crate::i18n::values::Values;
use crate::platform::{intl, share};
use crate::state::{App, app};
use crate::storage::{Counts, Unreadable as BadRow};
use crate::ui::words::{lang, text};

/// Records by kind.
#[component]
pub fn Contents(counts: Known) -> impl IntoView {
    let t = text::<Words>();
    let values = text::<Values>();
    let tag = lang().tag();
    let row = move |name: &'static str, said: String| {
        view! {
            <dt>{name}</dt>
            <dd>{said}</dd>
        }
    };
    let number = move |n: u64| intl::number(tag, n as f64);
    let list = move |counts: Counts| {
        let kinds = Kind::ALL.map(|kind| {
            row(
                values.kind(kind),
                number(counts.by_kind.get(&kind).copied().unwrap_or_default()),
            )
        });
        let photos = match counts.blobs {
            0 => number(0),
            n => format!(
                "{} · {}",
                number(n),
                intl::bytes(tag, counts.blob_bytes as f64)
            ),
        };
        view! {
            <dl class="facts counts">
                {kinds.collect_view()} {row(t.leads(), number(counts.leads))} {row(t.photos(), photos)}
            </dl>
        }
    };
    view! {
        <section class="section">
            <h2>{t.what_is_here()}</h2>
            {move || counts.get().map(list)}
        </section>
    }
}

/// Rows that this build cannot read: counted, kept, and to be had as they are.
#[component]
pub fn Unreadable(counts: Known) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let damaged = move || app.book.loading.get().unreadable as usize;
    // Far below 2^32 rows fit on any device.
    let unknown = move || {
        counts.get().map_or(0, |counts| {
            usize::try_from(counts.unknown).unwrap_or(usize::MAX)
        })
    };
    let busy = RwSignal::new(false);
    let save = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            export_raw(app, t).await;
            busy.try_set(false);
        });
    };
    move || {
        (damaged() + unknown() > 0).then(|| {
            view! {
                <section class="section">
                    <h2>{t.unreadable()}</h2>
                    {(damaged() > 0).then(|| view! { <p>{t.unreadable_count(damaged())}</p> })}
                    {(unknown() > 0).then(|| view! { <p>{t.unknown_count(unknown())}</p> })}
                    {(damaged() > 0)
                        .then(|| {
                            view! {
                                <button type="button" class="button" disabled=move || busy.get() on:click=save>
                                    {t.export_raw()}
                                </button>
                            }
                        })}
                </section>
            }
        })
    }
}

async fn export_raw(app: App, t: Words) {
    let Ok(store) = app.book.store() else { return };
    match store.unreadable().await {
        Ok(rows) => {
            let text: String = rows.iter().map(raw_line).collect();
            if share::share_or_save(
                "topfloor-unreadable.ndjson",
                "application/x-ndjson",
                text.as_bytes(),
            )
            .await
            .is_err()
            {
                app.notices.failed(t.export_failed());
            }
        }
        Err(error) => app.book.report(&error, app.settings),
    }
}

/// One row a line: where it lies, what is wrong, and its bytes.
fn raw_line(row: &BadRow) -> String {
    let bytes = STANDARD.encode(&row.bytes);
    let line = serde_json::json!({ "store": row.store, "id": row.id, "kind": row.kind, "why": row.why, "body": bytes });
    format!("{line}\n")
}
