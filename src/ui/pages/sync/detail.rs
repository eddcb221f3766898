//! One row of the queue: what it changes, and what can be done with it alone.

use leptos::prelude::*;
use leptos_router::components::A;

use super::dropping::DropButton;
use super::fields::field_name;
use super::lines::Line;
use super::values::value_words;
use super::words::{act_words, state_kind, state_words};
use crate::domain::merge::Change;
use crate::domain::queue::{Act, QueueRow, RowState};
use crate::domain::record::Kind;
use crate::i18n::common::Common;
use crate::i18n::sync::Sync as Words;
use crate::platform::share::{self, Sent};
use crate::platform::{clock, intl};
use crate::state::app;
use crate::ui::addresses::edit_page;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn Detail(line: Line, there: Memo<bool>, close: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let row = line.row.clone();
    let age = intl::relative_ms(lang().tag(), clock::now_ms() - row.at_ms);
    let (kind, state) = (state_kind(&row.state), state_words(&row.state));
    let whole = line.clone();
    view! {
        <div class="queue-detail">
            <p class="big-state">{line.name.clone()}</p>
            <p class="hint">{act_words(&row)} " · " {age}</p>
            <p class="queue-state" data-kind=kind>{state}</p>
            <Changes row />
            {move || {
                if there.get() {
                    view! { <RowActions line=whole.clone() close /> }.into_any()
                } else {
                    view! { <p class="told" role="status">{t.row_gone()}</p> }.into_any()
                }
            }}
        </div>
    }
}

/// What the row changes, old to new, in words.
#[component]
fn Changes(row: QueueRow) -> impl IntoView {
    let t = text::<Words>();
    let kind = row.kind;
    match row.act {
        Act::Create => view! { <p>{t.whole_new()}</p> }.into_any(),
        Act::Delete => view! { <p>{t.will_delete()}</p> }.into_any(),
        Act::Restore => view! { <p>{t.will_restore()}</p> }.into_any(),
        Act::Unreadable => view! { <p>{t.unreadable()}</p> }.into_any(),
        Act::Edit(changes) => {
            let changes = changes.into_iter().map(|change| change_row(kind, &change));
            view! { <dl class="changes">{changes.collect_view()}</dl> }.into_any()
        }
    }
}

fn change_row(kind: Kind, change: &Change) -> impl IntoView + use<> {
    let t = text::<Words>();
    let field = change.field();
    let said = |value| value_words(kind, field, value);
    let sides = match change {
        Change::Set { old, new, .. } | Change::Replace { old, new, .. } => {
            vec![(t.before(), said(old)), (t.after(), said(new))]
        }
        Change::Add { item, .. } => vec![(t.added(), said(item))],
        Change::Remove { item, .. } => vec![(t.removed(), said(item))],
    };
    let sides = sides.into_iter().map(|(side, value)| {
        view! {
            <dd>
                <small>{side}</small>
                " "
                <span class="value">{value}</span>
            </dd>
        }
    });
    view! {
        <dt>{field_name(kind, field)}</dt>
        {sides.collect_view()}
    }
}

#[component]
fn RowActions(line: Line, close: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let common = text::<Common>();
    let shut = move |_| close.set(false);
    // Only a row that was refused or put off waits for a push by hand.
    let stuck = matches!(
        line.row.state,
        RowState::Refused { .. } | RowState::PutOff(_)
    );
    let edit = line
        .page
        .is_some()
        .then(|| edit_page(line.row.kind, line.row.record))
        .flatten()
        .filter(|edit| Some(edit) != line.page.as_ref());
    let row = line.row.clone();
    view! {
        <div class="row-actions">
            {stuck.then(|| view! { <RetryButton row=line.row.clone() close /> })}
            {line.page.map(|page| view! { <A href=page attr:class="button" on:click=shut>{t.open()}</A> })}
            {edit.map(|edit| view! {
                <A href=edit attr:class="button" on:click=shut>
                    <Glyph icon=Icon::Edit />
                    {common.edit()}
                </A>
            })}
            <ExportButton row=row.clone() />
            <DropButton row close />
        </div>
    }
}

#[component]
fn RetryButton(row: QueueRow, close: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let busy = RwSignal::new(false);
    let refused = matches!(row.state, RowState::Refused { .. });
    let mutation = row.mutation;
    let retry = move |_| {
        if !refused {
            // It is in the queue already: an attempt now is all there is to ask for.
            app.sync.now();
            close.set(false);
            return;
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            match app.sync.retry(&[mutation]).await {
                Ok(()) => {
                    app.notices.done(t.retried());
                    app.book.revision.update(|n| *n += 1);
                    close.try_set(false);
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button" data-kind="seal" disabled=move || busy.get() on:click=retry>
            {text::<Common>().retry()}
        </button>
    }
}

#[component]
fn ExportButton(row: QueueRow) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let busy = RwSignal::new(false);
    let mutation = row.mutation;
    let export = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match app.sync.export_row(mutation).await {
                Ok(Some(json)) => {
                    let name = format!("topfloor-change-{mutation}.json");
                    match share::share_or_save(&name, "application/json", json.as_bytes()).await {
                        Ok(Sent::Cancelled) => {}
                        Ok(Sent::Shared | Sent::Saved) => app.notices.done(t.exported()),
                        Err(_) => app.notices.failed(t.export_failed()),
                    }
                }
                Ok(None) => app.notices.failed(t.row_gone()),
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button" disabled=move || busy.get() on:click=export>
            <Glyph icon=Icon::Export />
            {t.export()}
        </button>
    }
}
