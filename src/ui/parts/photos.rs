//! Pictures of a record: shown small, opened large, added by camera or file.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use leptos::html::Input;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::sheet::Sheet;
use crate::domain::photo::Photo;
use crate::i18n::problems::Problems;
use crate::i18n::visits::Visits;
use crate::platform::files::PickedFile;
use crate::platform::photo::{ObjectUrl, PhotoError, object_url, prepare};
use crate::platform::{clock, files, random};
use crate::state::{App, Change, app, book};
use crate::ui::words::{lang, photo_error, text};

/// The bytes of pictures taken while this form is open, so that they are shown at once and go with its save.
pub type NewPhotos = StoredValue<HashMap<String, Vec<u8>>, LocalStorage>;

/// Something that is being saved.
pub type SavedFirst = Pin<Box<dyn Future<Output = ()>>>;

pub fn new_photos() -> NewPhotos {
    StoredValue::new_local(HashMap::new())
}

/// Lets a change take the bytes of a record's new pictures along.
pub fn take_along(change: &mut Change, photos: &[Photo], fresh: NewPhotos) {
    fresh.with_value(|fresh| {
        for photo in photos {
            if let Some(jpeg) = fresh.get(&photo.blob) {
                change.photo(photo.blob.clone(), jpeg.clone());
            }
        }
    });
}

/// The pictures of a record, read from the store when shown.
#[component]
pub fn PhotoStrip(
    #[prop(into)] photos: Signal<Vec<Photo>>,
    #[prop(optional)] fresh: Option<NewPhotos>,
    /// Given where a picture may be taken out again.
    #[prop(optional, into)]
    on_remove: Option<Callback<Photo>>,
) -> impl IntoView {
    let any = Memo::new(move |_| photos.with(|photos| !photos.is_empty()));
    view! {
        <Show when=move || any.get()>
            <ul class="photos">
                <For each=move || photos.get() key=|photo| photo.id let:photo>
                    <li>
                        <Picture photo fresh on_remove />
                    </li>
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn Picture(
    photo: Photo,
    fresh: Option<NewPhotos>,
    on_remove: Option<Callback<Photo>>,
) -> impl IntoView {
    let t = text::<Visits>();
    let book = book();
    let (url, set_url) = signal_local(None::<Option<ObjectUrl>>);
    let blob = photo.blob.clone();
    leptos::task::spawn_local(async move {
        let held = fresh.and_then(|fresh| {
            fresh
                .try_with_value(|fresh| fresh.get(&blob).cloned())
                .flatten()
        });
        let bytes = match (held, book.store()) {
            (Some(bytes), _) => Some(bytes),
            (None, Ok(store)) => store.blob(&blob).await.ok().flatten(),
            (None, Err(_)) => None,
        };
        set_url.try_set(Some(bytes.and_then(|bytes| object_url(&bytes).ok())));
    });
    let large = RwSignal::new(false);
    let source = move || {
        url.with(|url| {
            url.as_ref()
                .and_then(|url| url.as_ref().map(|url| url.as_str().to_owned()))
        })
    };
    let added = photo
        .added
        .local()
        .map(|at| at.format("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default();
    let name = format!("{} {added}", t.photo());
    let photo = StoredValue::new(photo);
    view! {
        {move || match (url.with(Option::is_some), source()) {
            (false, _) => view! { <span class="photo-wait"></span> }.into_any(),
            (true, None) => view! { <p class="hint">{text::<Problems>().photo_missing()}</p> }.into_any(),
            (true, Some(source)) => {
                view! {
                    <button type="button" class="photo" aria-label=name.clone() on:click=move |_| large.set(true)>
                        <img src=source alt="" width="96" height="96" />
                    </button>
                }
                    .into_any()
            }
        }}
        {on_remove
            .map(|on_remove| {
                view! {
                    <button
                        type="button"
                        class="icon-button photo-remove"
                        aria-label=t.remove_photo()
                        on:click=move |_| on_remove.run(photo.get_value())
                    >
                        <Glyph icon=Icon::Cross />
                    </button>
                }
            })}
        <Sheet open=large title=t.large_photo()>
            <img class="photo-large" src=source alt=t.photo() />
        </Sheet>
    }
}

/// Opens the camera or the gallery. Every picture is stored as soon as it is ready, before anybody saves the form: the
/// system may end the page at any time.
#[component]
pub fn AddPhoto(
    fresh: NewPhotos,
    /// Saves the draft with a mark that a picture is expected, and is done when that is stored. Only then the camera
    /// opens, for the system often ends the page behind it.
    #[prop(into)]
    before_open: Callback<(), SavedFirst>,
    #[prop(into)] on_added: Callback<Photo>,
    /// The camera was closed without a picture.
    #[prop(into)]
    on_none: Callback<()>,
    /// Whether pictures are being made ready; a save waits for them.
    busy: RwSignal<bool>,
) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let words = lang();
    let input = NodeRef::<Input>::new();
    let saving = StoredValue::new(false);
    let saved = StoredValue::new(false);
    // The tap came before the saving was done.
    let waiting = StoredValue::new(false);
    let open = move || {
        saved.set_value(false);
        waiting.set_value(false);
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    // Begun when the finger comes down, so that it is done when it lifts: Safari opens a picker only within the tap.
    let save_first = move || {
        if saving.get_value() || saved.get_value() {
            return;
        }
        saving.set_value(true);
        leptos::task::spawn_local(async move {
            before_open.run(()).await;
            saving.try_set_value(false);
            saved.try_set_value(true);
            if waiting.try_get_value() == Some(true) {
                open();
            }
        });
    };
    let tapped = move |_| {
        if saved.get_value() {
            open();
        } else {
            waiting.set_value(true);
            save_first();
        }
    };
    let not_tapped = move |_| {
        saved.set_value(false);
        on_none.run(());
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let picked = files::from_input(&input);
        // So that the same picture can be chosen again.
        input.set_value("");
        busy.set(true);
        leptos::task::spawn_local(async move {
            for file in picked {
                match keep(app, &file).await {
                    Ok((photo, jpeg)) => {
                        if fresh
                            .try_update_value(|fresh| fresh.insert(photo.blob.clone(), jpeg))
                            .is_some()
                        {
                            on_added.try_run(photo);
                        }
                    }
                    Err(Some(problem)) => app.notices.failed(photo_error(words, &problem)),
                    Err(None) => {}
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="add-photo">
            <input
                class="sr"
                type="file"
                accept="image/*"
                multiple
                tabindex="-1"
                aria-hidden="true"
                node_ref=input
                on:change=chosen
                on:cancel=move |_: leptos::ev::Event| on_none.run(())
            />
            <button
                type="button"
                class="button"
                on:pointerdown=move |_| save_first()
                on:pointercancel=not_tapped
                on:click=tapped
            >
                <Glyph icon=Icon::Camera />
                {t.add_photo()}
            </button>
            <p class="hint" role="status">{move || busy.get().then(|| t.photo_busy())}</p>
        </div>
    }
}

/// Makes a picture ready and stores its bytes. `Err(None)` was reported already.
async fn keep(app: App, file: &PickedFile) -> Result<(Photo, Vec<u8>), Option<PhotoError>> {
    let ready = prepare(file).await.map_err(Some)?;
    let mut change = Change::new();
    change.photo(ready.sha256.clone(), ready.jpeg.clone());
    if let Err(error) = app.book.commit(change).await {
        app.book.report(&error, app.settings);
        return Err(None);
    }
    let photo = Photo {
        id: random::new_id(),
        blob: ready.sha256,
        // Scaled pictures are far below 4 GB.
        bytes: u32::try_from(ready.jpeg.len()).unwrap_or(u32::MAX),
        width: ready.width,
        height: ready.height,
        added: clock::now(),
    };
    Ok((photo, ready.jpeg))
}
