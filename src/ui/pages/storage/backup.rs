//! A second copy, and the way back from it.

use leptos::prelude::*;

use super::Known;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::files::PickedFile;
use crate::platform::share::{self, Sent};
use crate::platform::{clock, intl};
use crate::state::backup::{
    BackupFile, Outcome, RestoreFault, make_backup, restore_backup, take_waiting,
};
use crate::state::{app, live};
use crate::storage::MetaKey;
use crate::ui::pages::exchange::Progress;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::{lang, store_error, text};

/// What the section is doing.
#[derive(Clone)]
enum Doing {
    Nothing,
    Making,
    Restoring,
    Ready(BackupFile),
    Restored(Outcome),
    Refused(String),
}

#[component]
pub fn Backup(counts: Known) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let doing = RwSignal::new_local(Doing::Nothing);
    let progress = RwSignal::new((0, 0));
    let tell = move |done, total| {
        progress.try_set((done, total));
    };
    let rows = move || {
        counts.get_untracked().map_or(0, |counts| {
            let records: u64 = counts.by_kind.values().sum();
            records + counts.deleted + counts.leads + counts.outbox + counts.blobs + counts.drafts
        })
    };
    let make = move |_| {
        doing.set(Doing::Making);
        progress.set((0, 0));
        let total = usize::try_from(rows()).unwrap_or(0);
        leptos::task::spawn_local(async move {
            match make_backup(app.book, |done| tell(done, total.max(done))).await {
                Ok(file) => {
                    doing.try_set(Doing::Ready(file.clone()));
                    hand_over(file, t).await;
                }
                Err(error) => {
                    app.book.report(&error, app.settings);
                    doing.try_set(Doing::Nothing);
                }
            }
        });
    };
    let restore = move |file: PickedFile| {
        doing.set(Doing::Restoring);
        progress.set((0, 0));
        leptos::task::spawn_local(async move {
            let next = match restore_backup(app.book, &file, tell).await {
                Ok(outcome) => Doing::Restored(outcome),
                Err(fault) => Doing::Refused(refusal(fault, t)),
            };
            doing.try_set(next);
        });
    };
    // A file chosen on the screen that says the storage is gone.
    if let Some(file) = take_waiting() {
        restore(file);
    }
    let restore = Callback::new(restore);
    let busy = move || doing.with(|doing| matches!(doing, Doing::Making | Doing::Restoring));
    view! {
        <section class="section">
            <h2>{t.backup()}</h2>
            <LastBackup />
            <p class="hint">{t.backup_help()}</p>
            {move || match doing.get() {
                Doing::Nothing => ().into_any(),
                Doing::Making => view! { <Progress what=t.backing_up() progress /> }.into_any(),
                Doing::Restoring => view! { <Progress what=t.restoring() progress /> }.into_any(),
                Doing::Ready(file) => view! { <Ready file /> }.into_any(),
                Doing::Restored(outcome) => view! { <Restored outcome /> }.into_any(),
                Doing::Refused(said) => {
                    view! {
                        <p class="banner" data-kind="stop" role="alert">
                            {said}
                        </p>
                    }
                        .into_any()
                }
            }}
            <div class="buttons-column">
                <button type="button" class="button" data-kind="seal" disabled=busy on:click=make>
                    <Glyph icon=Icon::Export />
                    {t.backup_now()}
                </button>
                <PickFile label=t.restore() disabled=Signal::derive(busy) on_pick=restore />
            </div>
            <p class="hint">{t.restore_help()}</p>
        </section>
    }
}

#[component]
fn LastBackup() -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let last = live(|store| async move { store.meta(MetaKey::LastBackupMs).await });
    let said = move || {
        let at = last
            .get()
            .and_then(Result::ok)?
            .and_then(|text| text.parse::<i64>().ok());
        Some(match at {
            Some(at) => t.last_backup(intl::relative_ms(tag, clock::now_ms() - at)),
            None => t.never_backed_up().to_owned(),
        })
    };
    view! { <p class="fact">{said}</p> }
}

/// The file, and a second try at handing it over: the first may have come too long after the tap.
#[component]
fn Ready(file: BackupFile) -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let (size, unreadable) = (
        intl::bytes(tag, file.bytes.len() as f64),
        file.unreadable as usize,
    );
    let again = move |_| {
        let file = file.clone();
        leptos::task::spawn_local(async move { hand_over(file, t).await });
    };
    view! {
        <div class="banner" data-kind="good" role="status">
            <p>
                {t.backup_ready(size)}
                {(unreadable > 0).then(|| format!(" {}", t.backup_left_out(unreadable)))}
            </p>
            <button type="button" class="button" data-kind="quiet" on:click=again>
                {t.backup_again()}
            </button>
        </div>
    }
}

#[component]
fn Restored(outcome: Outcome) -> impl IntoView {
    let t = text::<Words>();
    let rows = [
        (outcome.added, t.restored_added(outcome.added)),
        (outcome.updated, t.restored_updated(outcome.updated)),
        (outcome.kept, t.restored_kept(outcome.kept)),
        (
            outcome.unreadable,
            t.restored_unreadable(outcome.unreadable),
        ),
    ];
    let rows = rows
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, said)| view! { <li>{said}</li> })
        .collect_view();
    view! {
        <div class="banner" data-kind=if outcome.cut { "stop" } else { "good" } role="status">
            <div>
                <strong>{t.restored()}</strong>
                <ul class="sentences">{rows}</ul>
                {outcome.cut.then(|| view! { <p>{t.restored_cut()}</p> })}
            </div>
        </div>
    }
}

/// Hands the file over, and notes the day unless the person closed the sheet.
async fn hand_over(file: BackupFile, t: Words) {
    let app = app();
    match share::share_or_save(&file.name, file.mime, &file.bytes).await {
        Ok(Sent::Cancelled) => {}
        Ok(Sent::Shared | Sent::Saved) => {
            let Ok(store) = app.book.store() else { return };
            if let Err(error) = store
                .set_meta(MetaKey::LastBackupMs, &clock::now_ms().to_string())
                .await
            {
                app.book.report(&error, app.settings);
                return;
            }
            app.book.revision.update(|n| *n += 1);
            app.notices.done(t.backed_up());
        }
        Err(_) => app.notices.failed(t.export_failed()),
    }
}

fn refusal(fault: RestoreFault, t: Words) -> String {
    match fault {
        RestoreFault::Unreadable => t.cannot_read().to_owned(),
        RestoreFault::NotABackup => t.not_a_backup().to_owned(),
        RestoreFault::Newer => t.newer_backup().to_owned(),
        RestoreFault::Store(error) => {
            format!("{} {}", t.restore_stopped(), store_error(lang(), &error))
        }
    }
}
