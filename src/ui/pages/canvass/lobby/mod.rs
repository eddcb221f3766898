//! The lobby board: its text is pasted or typed, read line by line, looked at, corrected where it is doubtful, and taken
//! into the tower in one act. A board read from a photo would come in as the same text.

mod line;

use std::collections::HashMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::loaded::{Held, with_tower};
use crate::domain::canvass::floor::{door_list, floor_list};
use crate::domain::canvass::tenants::Placed;
use crate::domain::docs::Found;
use crate::domain::id::Id;
use crate::domain::organisation::OrganisationDraft;
use crate::domain::search::DocKind;
use crate::exchange::lobby::{Board, Row, read};
use crate::i18n::canvass::Canvass;
use crate::platform::random;
use crate::state::{Change, Draft, app, book};
use crate::ui::pages::visits::{Saving, drafted};
use crate::ui::parts::field::TextField;
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Form {
    text: String,
    /// What a person changed. Each holds for the very words it was made for, wherever they stand.
    edits: Vec<Edit>,
}

/// A row as a person put it right.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Edit {
    raw: String,
    /// Which of the rows of these words, from 0.
    nth: usize,
    floors: String,
    doors: String,
    name_zh: String,
    name_en: String,
    left_out: Option<bool>,
}

impl Edit {
    fn of(row: &Row, nth: usize) -> Self {
        Self {
            raw: row.raw.clone(),
            nth,
            floors: row.floors.join("、"),
            doors: if row.doors.iter().all(|door| door == "*") {
                String::new()
            } else {
                row.doors.join("、")
            },
            name_zh: row.name_zh.clone(),
            name_en: row.name_en.clone(),
            left_out: None,
        }
    }

    /// The row for the tower; `None` while the place or the name cannot be read.
    fn placed(&self) -> Option<Placed> {
        let floors = floor_list(&self.floors)
            .ok()
            .filter(|floors| !floors.is_empty())?;
        let doors = door_list(&self.doors).ok()?;
        let placed = Placed {
            floors,
            doors,
            name_zh: self.name_zh.trim().to_owned(),
            name_en: self.name_en.trim().to_owned(),
            organisation: None,
        };
        (!placed.name_zh.is_empty() || !placed.name_en.is_empty()).then_some(placed)
    }
}

/// A row with everything the screen shows of it.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    row: Row,
    edit: Edit,
    edited: bool,
}

impl Line {
    fn is_doubtful(&self) -> bool {
        !self.edited && !self.row.doubts.is_empty()
    }

    /// Rows that are not tenants stay out until somebody says otherwise; all others are taken.
    fn is_left_out(&self) -> bool {
        use crate::exchange::lobby::Doubt;
        self.edit
            .left_out
            .unwrap_or_else(|| self.row.doubts.contains(&Doubt::NotATenant))
    }

    fn taken(&self) -> Option<Placed> {
        if self.is_left_out() {
            None
        } else {
            self.edit.placed()
        }
    }
}

#[component]
pub fn LobbyPage() -> impl IntoView {
    with_tower(|held| view! { <Screen held /> }.into_any())
}

#[component]
fn Screen(held: Held) -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <Page title=t.lobby() back=format!("/canvass/{}", held.building)>
            {drafted(
                format!("lobby:{}", held.building),
                Form::default(),
                move |draft| view! { <Fields held draft /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Fields(held: Held, draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let words = draft.value.with_untracked(|form| form.text.clone());
    let source = Memo::new(move |_| draft.value.with(|form| form.text.clone()));
    let board = Memo::new(move |_| source.with(|text| read(text)));
    let lines = Memo::new(move |_| {
        draft
            .value
            .with(|form| board.with(|board| lines(board, &form.edits)))
    });
    let typed = move |words: String| draft.update(|form| form.text = words);
    let empty = Memo::new(move |_| source.with(|text| text.trim().is_empty()));
    view! {
        <div class="form lobby-form">
            <p class="hint">{t.lobby_help()}</p>
            <TextField label=t.lobby_paste() value=words multiline=true hint=t.lobby_example() on_input=typed />
            <Show when=move || !empty.get()>
                <Preview held draft lines />
                <Headings board />
            </Show>
        </div>
        <Keep held draft lines />
    }
}

fn lines(board: &Board, edits: &[Edit]) -> Vec<Line> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    board
        .rows
        .iter()
        .map(|row| {
            let count = seen.entry(&row.raw).or_default();
            let nth = *count;
            *count += 1;
            let read = Edit::of(row, nth);
            let edit = edits
                .iter()
                .find(|edit| edit.raw == row.raw && edit.nth == nth);
            Line {
                row: row.clone(),
                edited: edit.is_some_and(|edit| {
                    Edit {
                        left_out: None,
                        ..edit.clone()
                    } != read
                }),
                edit: edit.cloned().unwrap_or(read),
            }
        })
        .collect()
}

#[component]
fn Preview(held: Held, draft: Draft<Form>, lines: Memo<Vec<Line>>) -> impl IntoView {
    let t = text::<Canvass>();
    let doubtful = Memo::new(move |_| {
        lines.with(|lines| lines.iter().filter(|line| line.is_doubtful()).count())
    });
    let sure = Memo::new(move |_| lines.with(Vec::len) - doubtful.get());
    let keys = Memo::new(move |_| {
        lines.with(|lines| {
            lines
                .iter()
                .map(|line| (line.row.line, line.row.raw.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <p class="lobby-count" role="status">
            {move || match (sure.get(), doubtful.get()) {
                (0, 0) => t.lobby_nothing().to_owned(),
                (sure, 0) => t.lobby_sure(sure),
                (sure, doubtful) => format!("{} · {}", t.lobby_sure(sure), t.lobby_doubt(doubtful)),
            }}
        </p>
        <ul class="rows lobby-rows">
            <For each=move || keys.get() key=Clone::clone let:key>
                <line::LineRow held draft lines line=key.0 />
            </For>
        </ul>
    }
}

/// Lines that were taken as titles; nothing of what was pasted disappears unseen.
#[component]
fn Headings(board: Memo<Board>) -> impl IntoView {
    let t = text::<Canvass>();
    let any = Memo::new(move |_| board.with(|board| !board.headings.is_empty()));
    let rows = move || {
        let headings = board.with(|board| board.headings.clone());
        headings
            .into_iter()
            .map(|(line, words)| view! { <li>{t.lobby_line(line)} " · " {words}</li> })
            .collect_view()
    };
    view! {
        <Show when=move || any.get()>
            <details>
                <summary>{t.lobby_headings()}</summary>
                <ul class="plain">{rows}</ul>
            </details>
        </Show>
    }
}

#[component]
fn Keep(held: Held, draft: Draft<Form>, lines: Memo<Vec<Line>>) -> impl IntoView {
    let t = text::<Canvass>();
    let saving = Saving::new();
    let count = Memo::new(move |_| {
        lines.with(|lines| lines.iter().filter(|line| line.taken().is_some()).count())
    });
    let keep = move |_| {
        let Some(old) = held.entry() else { return };
        // The text leaves the device with the save, so nothing in it may be unread by then.
        let unread = lines.with_untracked(|lines| {
            let open = lines.iter().filter(|line| !line.is_left_out());
            open.filter(|line| line.edit.placed().is_none()).count()
        });
        if unread > 0 {
            app().notices.failed(t.lobby_unread(unread));
            return;
        }
        let rows: Vec<Placed> = lines.with_untracked(|lines| {
            lines
                .iter()
                .filter_map(Line::taken)
                .map(|placed| Placed {
                    organisation: known(&placed).and_then(|found| client_of(&found)),
                    ..placed
                })
                .collect()
        });
        if rows.is_empty() {
            return;
        }
        let mut body = old.body.clone();
        let added = body.take_board(&rows, random::new_id);
        let mut change = Change::new();
        change.edit(old.into_any(), body);
        saving.run(
            change,
            draft,
            t.lobby_kept(added),
            format!("/canvass/{}", held.building),
        );
    };
    view! {
        <div class="actions">
            <button
                type="button"
                class="button"
                data-kind="seal"
                aria-disabled=move || (count.get() == 0).to_string()
                on:click=keep
            >
                {move || t.lobby_keep(count.get())}
            </button>
        </div>
    }
}

/// The client or the lead whose name it is, found on the device.
fn known(row: &Placed) -> Option<Found> {
    let draft = OrganisationDraft {
        name_zh: row.name_zh.clone(),
        name_en: row.name_en.clone(),
        ..OrganisationDraft::default()
    };
    let found = book().with_finder(|finder| finder.suspects_organisation(&draft, None));
    let client = found
        .iter()
        .find(|found| found.kind == DocKind::Organisation);
    client
        .or_else(|| found.iter().find(|found| found.kind == DocKind::Lead))
        .cloned()
}

fn client_of(found: &Found) -> Option<Id> {
    (found.kind == DocKind::Organisation).then_some(found.id)
}

fn known_words(row: &Placed) -> Option<String> {
    let t = text::<Canvass>();
    known(row).map(|found| match found.kind {
        DocKind::Lead => t.lobby_lead(found.title),
        _ => t.lobby_known(found.title),
    })
}

/// A place in words, as the preview says it.
fn place_words(placed: &Placed) -> String {
    let t = text::<Canvass>();
    let floors: Vec<String> = placed.floors.iter().map(|key| t.floor_key(key)).collect();
    let doors: Vec<String> = placed
        .doors
        .iter()
        .map(|door| {
            if door == "*" {
                t.whole_floor().to_owned()
            } else {
                door.clone()
            }
        })
        .collect();
    let tag = lang().tag();
    format!(
        "{} {}",
        crate::platform::intl::list(tag, &floors),
        crate::platform::intl::list(tag, &doors)
    )
}
