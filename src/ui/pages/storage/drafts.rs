//! Forms that were begun and not finished.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::id::Id;
use crate::i18n::common::Common;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::{clock, intl};
use crate::state::{app, book, live};
use crate::storage::Draft;
use crate::ui::addresses::door_on_walk;
use crate::ui::words::{lang, text};

#[component]
pub fn Drafts() -> impl IntoView {
    let t = text::<Words>();
    let drafts = live(|store| async move { store.drafts().await });
    move || {
        let drafts = drafts.get().and_then(Result::ok).unwrap_or_default();
        (!drafts.is_empty()).then(|| {
            view! {
                <section class="section">
                    <h2>{t.drafts()} <span class="count">{drafts.len()}</span></h2>
                    <ul class="rows">
                        {drafts.into_iter().map(|draft| view! { <li><DraftRow draft /></li> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn DraftRow(draft: Draft) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let tag = lang().tag();
    let (what, address) = place(&draft.key, t);
    let age = intl::relative_ms(tag, clock::now_ms() - draft.at_ms);
    let words = excerpt(&draft.text);
    let label = format!("{} {what}", t.drop_draft());
    let drop = move |_| {
        let draft = draft.clone();
        leptos::task::spawn_local(async move {
            let Ok(store) = app.book.store() else { return };
            if let Err(error) = store.drop_draft(&draft.key).await {
                app.book.report(&error, app.settings);
                return;
            }
            app.book.revision.update(|n| *n += 1);
            let back = move || {
                let draft = draft.clone();
                leptos::task::spawn_local(async move {
                    app.book.put_draft(&draft.key, &draft.text).await;
                    app.book.revision.update(|n| *n += 1);
                });
            };
            app.notices.done_with_undo(
                Common(app.settings.lang.get_untracked()).draft_discarded(),
                back,
            );
        });
    };
    view! {
        <div class="row">
            <span class="grow">
                <span class="title">{what}</span>
                <span class="sub">{format!("{age} · {words}")}</span>
            </span>
            {address
                .map(|address| {
                    view! {
                        <A href=address attr:class="button">
                            {t.open_draft()}
                        </A>
                    }
                })}
            <button type="button" class="button" data-kind="quiet" aria-label=label on:click=drop>
                {t.drop_draft()}
            </button>
        </div>
    }
}

/// What a draft's key says: which form, and where it is opened. A key this build does not know can only be discarded.
fn place(key: &str, t: Words) -> (&'static str, Option<String>) {
    let mut parts = key.split(':');
    let form = parts.next().unwrap_or_default();
    let (second, third) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let is_new = second == "new" || second.is_empty();
    let about = |name: &str| {
        if third.is_empty() {
            String::new()
        } else {
            format!("?{name}={third}")
        }
    };
    let id = second.parse::<Id>().ok();
    match form {
        "client" if is_new => (t.draft_client(), Some("/clients/new".to_owned())),
        "client" if second == "lead" => (t.draft_client(), Some(format!("/leads/{third}"))),
        "client" => (t.draft_client(), id.map(|id| format!("/clients/{id}/edit"))),
        "person" if is_new => (
            t.draft_person(),
            Some(format!("/people/new{}", about("org"))),
        ),
        "person" => (t.draft_person(), id.map(|id| format!("/people/{id}/edit"))),
        "note" if is_new => (
            t.draft_note(),
            Some(format!("/notes/new{}", subject(third))),
        ),
        "note" => (t.draft_note(), id.map(|id| format!("/notes/{id}/correct"))),
        "visit" if is_new => (
            t.draft_visit(),
            Some(format!("/visits/new{}", subject(third))),
        ),
        "visit" if third == "edit" => (t.draft_visit(), id.map(|id| format!("/visits/{id}/edit"))),
        "visit" => (t.draft_visit(), id.map(|id| format!("/visits/{id}"))),
        "follow-up" if is_new => (
            t.draft_follow_up(),
            Some(format!("/follow-ups/new{}", subject(third))),
        ),
        "follow-up" => (
            t.draft_follow_up(),
            id.map(|id| format!("/follow-ups/{id}")),
        ),
        "building" if is_new => (t.draft_building(), Some("/canvass/new".to_owned())),
        "building" => (
            t.draft_building(),
            id.map(|id| format!("/canvass/{id}/edit")),
        ),
        "walk" => (t.draft_walk(), id.map(|id| format!("/canvass/{id}/walk"))),
        "lobby" => (t.draft_lobby(), id.map(|id| format!("/canvass/{id}/lobby"))),
        "door" => (t.draft_door(), id.and_then(door)),
        _ => (t.draft_other(), None),
    }
}

/// The door of a call whose details are unfinished, on its walk.
fn door(call: Id) -> Option<String> {
    book().with_towers(|towers| {
        let event = towers
            .all()
            .find_map(|(_, tower)| tower.board.event(call))?;
        Some(door_on_walk(event.body.run?, &event.body.at_door))
    })
}

/// The record a new form is about, as its address asks for it. A visit is not held in memory, so what is neither a client
/// nor a contact is one.
fn subject(id: &str) -> String {
    let Ok(id) = id.parse::<Id>() else {
        return String::new();
    };
    let name =
        app()
            .book
            .with_shelf_untracked(|shelf| match (shelf.organisation(id), shelf.person(id)) {
                (Some(_), _) => "org",
                (None, Some(_)) => "person",
                (None, None) => "visit",
            });
    format!("?{name}={id}")
}

/// The longest words in a draft: most likely what a person knows it by.
fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let mut longest = String::new();
    collect(&json, &mut longest);
    let mut shown: String = longest.chars().take(MOST).collect();
    if longest.chars().count() > MOST {
        shown.push('…');
    }
    shown
}

fn collect(json: &serde_json::Value, longest: &mut String) {
    match json {
        serde_json::Value::String(text) => {
            // Ids, days and digests are nobody's words.
            let is_words = text
                .chars()
                .any(|c| c.is_alphabetic() && !c.is_ascii_hexdigit())
                && text.parse::<Id>().is_err();
            if is_words && text.chars().count() > longest.chars().count() {
                longest.clone_from(text);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|item| collect(item, longest)),
        serde_json::Value::Object(map) => map.values().for_each(|item| collect(item, longest)),
        _ => {}
    }
}
