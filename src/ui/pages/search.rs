//! One box for everything: the words and the filter are the address, so back and reload bring the results again.

use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use crate::domain::docs::Found;
use crate::domain::search::DocKind;
use crate::i18n::common::Common;
use crate::i18n::search::Search as Words;
use crate::platform::dom;
use crate::state::book;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::mark::marked;
use crate::ui::shell::QueueChip;
use crate::ui::words::text;

/// Results drawn at a time: more than a person reads before typing another letter.
const SHOWN: usize = 50;

const KINDS: [(DocKind, &str); 7] = [
    (DocKind::Organisation, "client"),
    (DocKind::Person, "person"),
    (DocKind::Note, "note"),
    (DocKind::Visit, "visit"),
    (DocKind::FollowUp, "follow-up"),
    (DocKind::Building, "building"),
    (DocKind::Lead, "lead"),
];

#[component]
pub fn SearchList() -> impl IntoView {
    let t = text::<Words>();
    let query_map = use_query_map();
    let navigate = use_navigate();
    let written = move || query_map.with(|map| map.get("q").unwrap_or_default());
    let kind = Memo::new(move |_| {
        let name = query_map.with(|map| map.get("kind"))?;
        KINDS
            .into_iter()
            .find(|(_, key)| *key == name)
            .map(|(kind, _)| kind)
    });
    let query = RwSignal::new(written());
    let go = StoredValue::new_local(move |query: &str, kind: Option<DocKind>| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate(&address(query, kind), options);
    });
    // The address follows the words, but only on the search screen: a result opened beside it keeps its own address.
    let on_search = use_location().pathname;
    let search = move |words: String| {
        if on_search.with_untracked(|path| path.trim_end_matches('/') == "/search") {
            go.with_value(|go| go(&words, kind.get_untracked()));
        }
        query.set(words);
    };
    // Back and forward bring other words; typing brings the same ones again, which changes nothing.
    Effect::new(move || {
        let words = written();
        if on_search.with(|path| path == "/search") && query.get_untracked() != words {
            query.set(words);
        }
    });
    let found = Memo::new(move |_| {
        let words = query.get();
        book().with_finder(|finder| finder.search(&words, kind.get(), SHOWN))
    });
    let rows = super::search_rows::resolve(found);
    view! {
        <div class="bar">
            <h1>{text::<Common>().search()}</h1>
            <QueueChip />
        </div>
        <SearchBox query on_search=search />
        <div class="chips" data-scroll role="group" aria-label=t.kind()>
            {KINDS
                .into_iter()
                .map(|(of, _)| {
                    let pressed = move || kind.get() == Some(of);
                    let toggle = move |_| {
                        let next = (kind.get_untracked() != Some(of)).then_some(of);
                        go.with_value(|go| go(&query.get_untracked(), next));
                    };
                    view! {
                        <button
                            type="button"
                            class="chip"
                            aria-pressed=move || if pressed() { "true" } else { "false" }
                            on:click=toggle
                        >
                            {kind_name(of)}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        <Results query rows />
    }
}

#[component]
fn SearchBox(
    query: RwSignal<String>,
    on_search: impl Fn(String) + Copy + 'static,
) -> impl IntoView {
    let t = text::<Words>();
    let input = NodeRef::<Input>::new();
    // While an input method composes, its letters are not yet what the person means; the end of it searches.
    let typed = move |event: leptos::ev::Event| {
        if !dom::is_composing(&event) {
            on_search(event_target_value(&event));
        }
    };
    let composed = move |event: leptos::ev::CompositionEvent| on_search(event_target_value(&event));
    Effect::new(move || {
        let words = query.get();
        // Only when the words came from elsewhere: writing back what was typed would disturb an input method.
        if let Some(input) = input.get().filter(|input| input.value() != words) {
            input.set_value(&words);
        }
    });
    view! {
        <div class="searchbox" role="search">
            <Glyph icon=Icon::Search />
            <input
                class="input"
                type="search"
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-label=t.label()
                placeholder=t.label()
                autofocus
                node_ref=input
                on:input=typed
                on:compositionend=composed
            />
        </div>
    }
}

#[component]
fn Results(query: RwSignal<String>, rows: Signal<Vec<Found>, LocalStorage>) -> impl IntoView {
    let t = text::<Words>();
    let words = move || query.with(|query| query.trim().to_owned());
    let path = use_location().pathname;
    view! {
        <p class="sr" role="status">{move || (!words().is_empty()).then(|| t.found(rows.with(Vec::len)))}</p>
        {move || {
            let found = rows.get();
            if words().is_empty() && found.is_empty() {
                return view! { <Empty title=t.hint() help=t.how() /> }.into_any();
            }
            if found.is_empty() {
                let name = words();
                let href = format!("/clients/new?name={}", js_sys::encode_uri_component(&name));
                return view! {
                    <Empty title=t.nothing() help=t.nothing_help()>
                        <A href=href attr:class="button">{t.create_client(name.clone())}</A>
                    </Empty>
                }
                    .into_any();
            }
            view! {
                <div class="section">
                    <ul class="rows">
                        {found
                            .into_iter()
                            .map(|found| {
                                let href = href(&found);
                                let here = href.clone();
                                let current = move || path.with(|path| *path == here).then_some("true");
                                view! {
                                    <li>
                                        <A href=href attr:class="row" attr:aria-current=current>
                                            <Glyph icon=icon(found.kind) />
                                            <span class="grow">
                                                <span class="title">{marked(&found.title, &found.marks)}</span>
                                                <span class="sub">{marked(&found.sub, &found.sub_marks)}</span>
                                            </span>
                                        </A>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
                .into_any()
        }}
    }
}

fn address(query: &str, kind: Option<DocKind>) -> String {
    let kind = kind
        .and_then(|kind| KINDS.into_iter().find(|(of, _)| *of == kind))
        .map(|(_, key)| key);
    let query = (!query.is_empty()).then(|| format!("q={}", js_sys::encode_uri_component(query)));
    let parts: Vec<String> = query
        .into_iter()
        .chain(kind.map(|key| format!("kind={key}")))
        .collect();
    if parts.is_empty() {
        "/search".into()
    } else {
        format!("/search?{}", parts.join("&"))
    }
}

/// Where a result leads.
pub fn href(found: &Found) -> String {
    match found.kind {
        DocKind::Organisation => format!("/clients/{}", found.id),
        DocKind::Person => format!("/people/{}", found.id),
        DocKind::Visit => format!("/visits/{}", found.id),
        DocKind::Note => format!("/notes/{}", found.id),
        DocKind::FollowUp => format!("/follow-ups/{}", found.id),
        DocKind::Lead => format!("/leads/{}", found.id),
        DocKind::Building => format!("/canvass/{}", found.id),
    }
}

fn icon(kind: DocKind) -> Icon {
    match kind {
        DocKind::Organisation => Icon::Clients,
        DocKind::Person => Icon::Person,
        DocKind::Visit => Icon::Visit,
        DocKind::Note => Icon::Note,
        DocKind::FollowUp => Icon::FollowUp,
        DocKind::Lead => Icon::Import,
        DocKind::Building => Icon::Tower,
    }
}

fn kind_name(kind: DocKind) -> &'static str {
    let t = text::<Words>();
    match kind {
        DocKind::Organisation => t.organisations(),
        DocKind::Person => t.people(),
        DocKind::Visit => t.visits(),
        DocKind::Note => t.notes(),
        DocKind::FollowUp => t.follow_ups(),
        DocKind::Lead => t.leads(),
        DocKind::Building => t.buildings(),
    }
}
