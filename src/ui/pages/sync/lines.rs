//! The rows of the queue with the names of their records, and one row on the screen.

use leptos::prelude::*;

use super::names::name_of;
use super::words::{act_words, state_kind, state_words};
use crate::domain::id::Id;
use crate::domain::queue::{QueueRow, RowState};
use crate::i18n::sync::Sync as Words;
use crate::platform::{clock, intl};
use crate::state::{Live, app, live};
use crate::storage::{Store, StoreError};
use crate::ui::addresses::record_page;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

/// Rows shown at first, and by every tap on "show more".
pub const PAGE: u32 = 30;

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub row: QueueRow,
    /// What the record is called.
    pub name: String,
    /// Where the record is shown; `None` when there is nothing to show.
    pub page: Option<String>,
}

impl Line {
    /// A row is drawn anew when what it shows has changed.
    pub fn key(&self) -> (Id, u8, String) {
        let state = match self.row.state {
            RowState::Waiting => 0,
            RowState::Sent => 1,
            RowState::PutOff(_) => 2,
            RowState::Refused { .. } => 3,
        };
        (self.row.mutation, state, self.name.clone())
    }
}

/// Rows that wait, the oldest first; read anew when something was saved, sent or asked for.
pub fn waiting(limit: RwSignal<u32>) -> Live<Vec<Line>> {
    let app = app();
    live(move |store| {
        app.book.outbox.track();
        let limit = limit.get();
        async move { named(&store, app.sync.waiting(None, limit).await?).await }
    })
}

/// Rows the server refused, the newest first.
pub fn refused() -> Live<Vec<Line>> {
    let app = app();
    let count = Memo::new(move |_| app.sync.status.with(|status| status.refused));
    live(move |store| {
        count.track();
        async move { named(&store, app.sync.refused().await?).await }
    })
}

async fn named(store: &Store, rows: Vec<QueueRow>) -> Result<Vec<Line>, StoreError> {
    let mut ids: Vec<Id> = rows.iter().map(|row| row.record).collect();
    ids.sort_unstable();
    ids.dedup();
    let records = store.get_many(&ids).await?;
    let lines = rows.into_iter().map(|row| {
        let record = records.iter().find(|entry| entry.id() == row.record);
        Line {
            name: record.map_or_else(|| text::<Words>().gone_record().to_owned(), name_of),
            page: record
                .filter(|entry| !entry.envelope.deleted)
                .map(record_page),
            row,
        }
    });
    Ok(lines.collect())
}

/// A row: a tap opens what can be done with it.
#[component]
pub fn LineRow(line: Line, on_open: Callback<Line>) -> impl IntoView {
    let tag = lang().tag();
    let age = intl::relative_ms(tag, clock::now_ms() - line.row.at_ms);
    let (act, state) = (act_words(&line.row), state_words(&line.row.state));
    let kind = state_kind(&line.row.state);
    let name = line.name.clone();
    view! {
        <button type="button" class="row queue-row" aria-haspopup="dialog" on:click=move |_| on_open.run(line.clone())>
            <span class="grow">
                <span class="title">{name}</span>
                <span class="sub">{act}</span>
                <span class="sub">
                    {age} " · " <span class="queue-state" data-kind=kind>{state}</span>
                </span>
            </span>
            <Glyph icon=Icon::Next />
        </button>
    }
}
