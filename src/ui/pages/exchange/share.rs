//! What other apps handed over: to become a note or an import. It stays until that is done.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::domain::note::NoteDraft;
use crate::domain::photo::Photo;
use crate::exchange::handover::is_named_so;
use crate::i18n::exchange::Exchange as Words;
use crate::i18n::handover::Handover;
use crate::platform::files::PickedFile;
use crate::platform::photo::prepare;
use crate::platform::share::{self, Incoming};
use crate::platform::{clock, intl, random};
use crate::state::handover::keep_waiting;
use crate::state::{App, app};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, photo_error, text};

/// The draft of a note about nobody yet, which `/notes/new` opens with.
const NOTE_DRAFT: &str = "note:new:";

/// A partner's walk, by its name; no other JSON is of use here.
pub fn is_walk(file: &PickedFile) -> bool {
    is_named_so(&file.name) || file.name.to_lowercase().ends_with(".json")
}

/// Tables and cards, by name or kind.
pub fn is_list(file: &PickedFile) -> bool {
    if is_walk(file) {
        return false;
    }
    let name = file.name.to_lowercase();
    [".csv", ".tsv", ".txt", ".vcf", ".vcard"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || ["text/csv", "text/vcard", "text/x-vcard"].contains(&file.mime.as_str())
}

#[component]
pub fn SharePage() -> impl IntoView {
    let t = text::<Words>();
    let failed = use_query_map().with_untracked(|query| query.get("failed").is_some());
    let shares = RwSignal::new_local(None::<Vec<Incoming>>);
    leptos::task::spawn_local(async move {
        let found = share::incoming().await;
        shares.try_set(Some(found));
    });
    let list = move || match shares.get() {
        None => view! { <Skeleton rows=2 /> }.into_any(),
        Some(all) if all.is_empty() => {
            view! { <Empty title=t.share_none() help=t.share_none_help() /> }.into_any()
        }
        Some(all) => {
            let rows = all
                .into_iter()
                .map(|share| view! { <li><Shared share shares /></li> })
                .collect_view();
            view! {
                <section class="section">
                    <p class="hint">{t.share_kept()}</p>
                    <ul class="shares">{rows}</ul>
                </section>
            }
            .into_any()
        }
    };
    view! {
        <Page title=t.share_title() back="/more">
            {failed.then(|| view! { <p class="banner" data-kind="stop" role="alert">{t.share_lost()}</p> })}
            {list}
        </Page>
    }
}

#[component]
fn Shared(share: Incoming, shares: RwSignal<Option<Vec<Incoming>>, LocalStorage>) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let tag = lang().tag();
    let busy = RwSignal::new(false);
    let (importing, noting, receiving) = (use_navigate(), use_navigate(), use_navigate());
    let words = note_text(&share);
    let names: Vec<String> = share
        .files
        .iter()
        .map(|file| file.name.clone())
        .filter(|name| !name.is_empty())
        .collect();
    let lists: Vec<PickedFile> = share
        .files
        .iter()
        .filter(|file| is_list(file))
        .cloned()
        .collect();
    let walk = share.files.iter().find(|file| is_walk(file)).cloned();
    let walks = share.files.iter().filter(|file| is_walk(file)).count();
    let has_note = !words.is_empty() || share.files.len() > lists.len() + walks;
    let has_lists = !lists.is_empty();
    let age = intl::relative_ms(tag, clock::now_ms() - share.at_ms);
    let key = StoredValue::new(share.key.clone());
    let forget = move || {
        shares.try_update(|all| {
            all.iter_mut()
                .for_each(|all| all.retain(|share| share.key != key.get_value()))
        });
        let key = key.get_value();
        leptos::task::spawn_local(async move { share::forget_incoming(&key).await });
    };
    let import = move |_| {
        // A share with more than lists in it stays, for the rest.
        app.importer.take(
            lists.clone(),
            (!has_note && walks == 0).then(|| key.get_value()),
        );
        importing("/import", Default::default());
    };
    let shared = StoredValue::new_local(share);
    let note = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (share, navigate) = (shared.get_value(), noting.clone());
        leptos::task::spawn_local(async move {
            if draft_note(app, &share).await {
                share::forget_incoming(&share.key).await;
                navigate("/notes/new", Default::default());
            }
            busy.try_set(false);
        });
    };
    view! {
        <p class="words">{words}</p>
        {(!names.is_empty()).then(|| view! { <p class="hint">{intl::list(tag, &names)}</p> })}
        <p class="hint">{age}</p>
        <div class="buttons-row">
            {has_note
                .then(|| {
                    view! {
                        <button type="button" class="button" data-kind="seal" disabled=move || busy.get() on:click=note>
                            <Glyph icon=Icon::Note />
                            {t.share_to_note()}
                        </button>
                    }
                })}
            // It is forgotten by hand: the file is read on the next page, and a walk taken in twice does no harm.
            {walk
                .map(|file| {
                    let receive = move |_| receiving(&keep_waiting(file.clone()), Default::default());
                    view! {
                        <button type="button" class="button" data-kind="seal" on:click=receive>
                            <Glyph icon=Icon::Tower />
                            {text::<Handover>().receive_title()}
                        </button>
                    }
                })}
            {has_lists
                .then(|| {
                    view! {
                        <button type="button" class="button" on:click=import>
                            <Glyph icon=Icon::Import />
                            {t.share_to_import()}
                        </button>
                    }
                })}
            <button type="button" class="button" data-kind="quiet" on:click=move |_| forget()>
                {t.share_drop()}
            </button>
        </div>
    }
}

/// Title, text and link, each once.
fn note_text(share: &Incoming) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in [share.title.trim(), share.text.trim(), share.url.trim()] {
        // Most apps repeat the link in the text, and some the title.
        if !part.is_empty() && !parts.iter().any(|have| have.contains(part)) {
            parts.push(part);
        }
    }
    parts.join("\n")
}

/// Puts a share into the draft of a new note, under what stands there, and keeps both before it is forgotten. Answers
/// whether it was kept.
async fn draft_note(app: App, share: &Incoming) -> bool {
    let Ok(store) = app.book.store() else {
        return false;
    };
    let (mut photos, mut blobs) = (Vec::new(), Vec::new());
    for file in share
        .files
        .iter()
        .filter(|file| !is_list(file) && !is_walk(file))
    {
        match prepare(file).await {
            Ok(ready) => {
                photos.push(Photo {
                    id: random::new_id(),
                    blob: ready.sha256.clone(),
                    bytes: u32::try_from(ready.jpeg.len()).unwrap_or(u32::MAX),
                    width: ready.width,
                    height: ready.height,
                    added: clock::now(),
                });
                blobs.push((ready.sha256, ready.jpeg));
            }
            Err(error) => app
                .notices
                .failed(photo_error(app.settings.lang.get_untracked(), &error)),
        }
    }
    let kept = async {
        if !blobs.is_empty() {
            store.put_blobs(&blobs).await?;
        }
        let there = store.draft(NOTE_DRAFT).await?.map(|draft| draft.text);
        let draft = joined_draft(there, &note_text(share), photos);
        store.put_draft(NOTE_DRAFT, &draft, clock::now_ms()).await
    };
    match kept.await {
        Ok(()) => true,
        Err(error) => {
            app.book.report(&error, app.settings);
            false
        }
    }
}

/// The form's draft with the shared words and pictures behind what it holds. Other members of it stay as they are.
fn joined_draft(there: Option<String>, words: &str, photos: Vec<Photo>) -> String {
    let there: Option<serde_json::Value> = there.and_then(|text| serde_json::from_str(&text).ok());
    let mut form = there
        .filter(serde_json::Value::is_object)
        .unwrap_or_else(|| serde_json::json!({}));
    let note = form
        .get("note")
        .cloned()
        .and_then(|note| serde_json::from_value(note).ok());
    let mut note: NoteDraft = note.unwrap_or_default();
    if !note.text.trim().is_empty() && !words.is_empty() {
        note.text.push('\n');
    }
    note.text.push_str(words);
    note.photos.extend(photos);
    if let (Some(form), Ok(note)) = (form.as_object_mut(), serde_json::to_value(&note)) {
        form.insert("note".to_owned(), note);
    }
    form.to_string()
}
