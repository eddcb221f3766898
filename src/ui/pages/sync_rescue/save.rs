//! What would go into the file, the passphrase, and the file.

use leptos::prelude::*;

use super::passphrase::{PassphraseField, ShowTyped, verdict};
use super::{Counts, count, said};
use crate::exchange::rescue::{Strength, strength};
use crate::i18n::rescue::Rescue as Words;
use crate::platform::share::{self, Sent};
use crate::platform::{clock, intl};
use crate::state::backup::BackupFile;
use crate::state::rescue::{RescueFault, make_rescue};
use crate::state::{app, live};
use crate::storage::RescuePlan;
use crate::ui::pages::exchange::Progress;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[derive(Clone)]
enum Doing {
    Nothing,
    Sealing,
    Ready(BackupFile),
    Refused(String),
}

#[component]
pub fn SaveRescue() -> impl IntoView {
    let t = text::<Words>();
    let plan = live(|store| async move { store.rescue_plan().await });
    let empty = Memo::new(move |_| {
        plan.with(|plan| matches!(plan, Some(Ok(plan)) if plan.keys.is_empty()))
    });
    view! {
        <section class="section" id="save-rescue">
            <h2>{t.save_title()}</h2>
            {move || plan.get().and_then(Result::ok).map(|plan| view! { <Inside plan /> })}
            <Show when=move || !empty.get()>
                <Seal />
            </Show>
        </section>
    }
}

#[component]
fn Inside(plan: RescuePlan) -> impl IntoView {
    let t = text::<Words>();
    if plan.keys.is_empty() {
        return view! { <p class="fact">{t.nothing()}</p> }.into_any();
    }
    let rows = [
        (
            plan.waiting + plan.refused,
            t.changes(count(plan.waiting + plan.refused)),
        ),
        (plan.refused, t.refused(count(plan.refused))),
        (plan.pictures, t.pictures(count(plan.pictures))),
        (plan.drafts, t.drafts(count(plan.drafts))),
    ];
    let mut rows: Vec<_> = rows.map(|(n, said)| (count(n), said)).into();
    if let Some(oldest) = plan.oldest_ms {
        let age = intl::relative_ms(lang().tag(), clock::now_ms() - oldest);
        rows.push((1, t.oldest(age)));
    }
    view! { <Counts rows /> }.into_any()
}

#[component]
fn Seal() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let (first, second) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let shown = RwSignal::new(false);
    let doing = RwSignal::new_local(Doing::Nothing);
    let progress = RwSignal::new((0, 0));
    let same = Memo::new(move |_| first.with(|first| second.with(|second| first == second)));
    let apart = Signal::derive(move || {
        let wrong = !second.with(String::is_empty) && !same.get();
        wrong.then(|| (t.different().to_owned(), true))
    });
    let judged = Signal::derive(move || first.with(|typed| verdict(typed)));
    let fit =
        move || same.get() && first.with(|typed| !matches!(strength(typed), Strength::Short(_)));
    let busy = move || doing.with(|doing| matches!(doing, Doing::Sealing));
    let save = move |_| {
        let passphrase = first.get_untracked();
        progress.set((0, 0));
        doing.set(Doing::Sealing);
        leptos::task::spawn_local(async move {
            let tell = move |done, total| {
                progress.try_set((done, total));
            };
            let made = match app.book.store() {
                Ok(store) => make_rescue(&store, &passphrase, tell).await,
                Err(error) => Err(RescueFault::Store(error)),
            };
            match made {
                Ok(file) => {
                    doing.try_set(Doing::Ready(file.clone()));
                    hand_over(file, t).await;
                }
                Err(fault) => {
                    doing.try_set(Doing::Refused(said(&fault)));
                }
            }
        });
    };
    view! {
        <PassphraseField label=t.passphrase() value=first shown note=judged autocomplete="new-password" />
        <PassphraseField label=t.passphrase_again() value=second shown note=apart autocomplete="new-password" />
        <ShowTyped shown />
        <p class="hint">{t.passphrase_help()}</p>
        {move || match doing.get() {
            Doing::Nothing => ().into_any(),
            Doing::Sealing => view! { <Progress what=t.sealing() progress /> }.into_any(),
            Doing::Ready(file) => view! { <Ready file /> }.into_any(),
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
            <button
                type="button"
                class="button"
                data-kind="seal"
                disabled=move || busy() || !fit()
                on:click=save
            >
                <Glyph icon=Icon::Export />
                {t.save()}
            </button>
        </div>
    }
}

/// The file, and a second try at handing it over: sealing takes longer than browsers let a tap count.
#[component]
fn Ready(file: BackupFile) -> impl IntoView {
    let t = text::<Words>();
    let size = intl::bytes(lang().tag(), file.bytes.len() as f64);
    let unreadable = file.unreadable as usize;
    let again = move |_| {
        let file = file.clone();
        leptos::task::spawn_local(async move { hand_over(file, t).await });
    };
    view! {
        <div class="banner" data-kind="good" role="status">
            <p>
                {t.ready(size)}
                {(unreadable > 0).then(|| format!(" {}", t.left_out(unreadable)))}
            </p>
            <button type="button" class="button" data-kind="quiet" on:click=again>
                {t.again()}
            </button>
        </div>
    }
}

async fn hand_over(file: BackupFile, t: Words) {
    let notices = app().notices;
    match share::share_or_save(&file.name, file.mime, &file.bytes).await {
        Ok(Sent::Cancelled) => {}
        Ok(Sent::Shared | Sent::Saved) => {
            notices.done(t.saved());
        }
        Err(_) => {
            notices.failed(t.not_saved());
        }
    }
}
