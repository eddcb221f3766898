//! What waits for the server, row by row, and what each row can be helped by.

use leptos::prelude::*;
use leptos_router::components::A;

use super::detail::Detail;
use super::lines::{self, Line, LineRow, PAGE};
use super::status::StatusBlock;
use super::words::{Standing, standing};
use crate::domain::id::Id;
use crate::i18n::common::Common;
use crate::i18n::exchange::Exchange;
use crate::i18n::sync::Sync as Words;
use crate::platform::{clock, intl};
use crate::state::{Live, app};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, store_error, text};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[component]
pub fn QueuePage() -> impl IntoView {
    let t = text::<Words>();
    let limit = RwSignal::new(PAGE);
    let (waiting, refused) = (lines::waiting(limit), lines::refused());
    let open = RwSignal::new(false);
    let opened = RwSignal::new(None::<Line>);
    let on_open = Callback::new(move |line: Line| {
        opened.set(Some(line));
        open.set(true);
    });
    // A row may be delivered while somebody reads it.
    let there = Memo::new(move |_| {
        let Some(row) = opened.with(|line| line.as_ref().map(|line| line.row.mutation)) else {
            return true;
        };
        holds(waiting, row) || holds(refused, row)
    });
    view! {
        <Page title=t.queue_title() back="/more">
            <StatusBlock />
            <OldBand />
            <Refused lines=refused on_open />
            <Waiting lines=waiting limit on_open />
            <Actions />
            <Sheet open title=t.row_title()>
                {move || opened.get().map(|line| view! { <Detail line there close=open /> })}
            </Sheet>
        </Page>
    }
}

/// `true` as well while it is not known.
fn holds(lines: Live<Vec<Line>>, row: Id) -> bool {
    lines.with(|lines| match lines {
        Some(Ok(lines)) => lines.iter().any(|line| line.row.mutation == row),
        _ => true,
    })
}

/// Something has waited for a day: a second copy is offered.
#[component]
fn OldBand() -> impl IntoView {
    let t = text::<Words>();
    let outbox = app().book.outbox;
    let old = move || {
        let head = outbox.get();
        head.count > 0
            && head
                .oldest_ms
                .is_some_and(|oldest| clock::now_ms() - oldest > DAY_MS)
    };
    view! {
        <Show when=old>
            <div class="banner">
                <p>{t.old_rows()}</p>
                <A href="/more/rescue" attr:class="button">{t.to_rescue()}</A>
            </div>
        </Show>
    }
}

#[component]
fn Refused(lines: Live<Vec<Line>>, on_open: Callback<Line>) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let rows = move || lines.get().and_then(Result::ok).unwrap_or_default();
    let some = Memo::new(move |_| {
        lines.with(|lines| matches!(lines, Some(Ok(lines)) if !lines.is_empty()))
    });
    let busy = RwSignal::new(false);
    let retry_all = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match app.sync.retry(&[]).await {
                Ok(()) => {
                    app.notices.done(t.retried());
                    app.book.revision.update(|n| *n += 1);
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Show when=move || some.get()>
            <section class="section" data-kind="late">
                <h2>{t.refused_head()} <span class="count">{move || rows().len()}</span></h2>
                <p class="hint">{t.refused_help()}</p>
                <ul class="rows">
                    <For each=rows key=Line::key let:line>
                        <li><LineRow line on_open /></li>
                    </For>
                </ul>
                <button type="button" class="button more-rows" disabled=move || busy.get() on:click=retry_all>
                    {t.retry_all()}
                </button>
            </section>
        </Show>
    }
}

#[component]
fn Waiting(lines: Live<Vec<Line>>, limit: RwSignal<u32>, on_open: Callback<Line>) -> impl IntoView {
    let t = text::<Words>();
    let common = text::<Common>();
    let app = app();
    let standing = standing();
    let rows = move || lines.get().and_then(Result::ok).unwrap_or_default();
    let failed = move || match lines.get() {
        Some(Err(error)) => Some(store_error(lang(), &error)),
        _ => None,
    };
    let count = move || app.book.outbox.with(|head| head.count);
    let left = move || {
        let shown = u64::try_from(rows().len()).unwrap_or(u64::MAX);
        usize::try_from(count().saturating_sub(shown)).unwrap_or(usize::MAX)
    };
    // Before the first answer nothing is said, least of all that nothing waits.
    let empty = move || {
        let none = lines.with(|lines| matches!(lines, Some(Ok(lines)) if lines.is_empty()));
        none && count() == 0
    };
    let help = move || match standing.get() {
        Standing::SignedIn => t.all_there(),
        // Said above already.
        Standing::Never | Standing::SignedOut => "",
    };
    view! {
        <section class="section">
            <h2>
                {t.waiting_head()}
                <Show when=move || count() != 0><span class="count">{count}</span></Show>
            </h2>
            {move || failed().map(|problem| view! { <p class="problem" role="alert">{problem}</p> })}
            <Show when={move || lines.with(Option::is_none)}>
                <Skeleton />
            </Show>
            <ul class="rows" hidden=move || rows().is_empty()>
                <For each=rows key=Line::key let:line>
                    <li><LineRow line on_open /></li>
                </For>
            </ul>
            <Show when={move || !rows().is_empty() && left() > 0}>
                <button type="button" class="button more-rows" on:click=move |_| limit.update(|n| *n += PAGE)>
                    {move || common.show_more(left().min(PAGE as usize))}
                </button>
            </Show>
            {move || empty().then(|| view! { <Empty title=t.nothing_waits() help=help() /> })}
        </section>
    }
}

/// The one next action, at the thumb.
#[component]
fn Actions() -> impl IntoView {
    let t = text::<Words>();
    let sync = app().sync;
    let standing = standing();
    let paused = Memo::new(move |_| sync.status.with(|status| status.paused));
    move || match (standing.get(), paused.get()) {
        (Standing::Never | Standing::SignedOut, _) => view! {
            <nav class="actions" aria-label=t.queue_title()>
                <A href="/more/account" attr:class="button" attr:data-kind="seal">{t.sign_in()}</A>
            </nav>
        }
        .into_any(),
        (Standing::SignedIn, paused) => view! {
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    data-kind="seal"
                    on:click=move |_| if paused { sync.pause(false) } else { sync.now() }
                >
                    <Glyph icon=Icon::Waiting />
                    {if paused { t.go_on() } else { t.upload_now() }}
                </button>
            </div>
        }
        .into_any(),
    }
}

/// What waits, in the page of the storage: a sentence and the way to the rows.
#[component]
pub fn QueueSection() -> impl IntoView {
    let t = text::<Exchange>();
    let words = text::<Words>();
    let tag = lang().tag();
    let app = app();
    let standing = standing();
    let sentence = move || {
        let head = app.book.outbox.get();
        match head.oldest_ms.filter(|_| head.count > 0) {
            Some(oldest) => {
                let age = intl::relative_ms(tag, clock::now_ms() - oldest);
                format!("{} · {}", t.queue_count(head.count), t.queue_oldest(age))
            }
            None => t.queue_empty().to_owned(),
        }
    };
    // In a book that was never signed in the backup is all there is, and that is said.
    let alone = move || standing.get() == Standing::Never;
    view! {
        <section class="section to-queue">
            <h2>{t.queue()}</h2>
            <p class="fact">{sentence}</p>
            <Show when=alone>
                <p class="hint">{t.here_only()}</p>
            </Show>
            <A href="/more/queue" attr:class="button">{words.see_queue()}</A>
        </section>
    }
}
