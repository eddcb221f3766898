//! Choosing a client or a contact: type two letters, tap. The same search as the search box, over names only.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use super::mark::marked;
use crate::domain::docs::Found;
use crate::domain::id::Id;
use crate::i18n::common::Common;
use crate::i18n::visits::Visits;
use crate::platform::random;
pub use crate::state::Pick;
use crate::state::book;
use crate::ui::words::{lang, text};

const SHOWN: usize = 6;

/// A field that holds one chosen record, or the search for it.
#[component]
pub fn Picker(
    #[prop(into)] label: String,
    pick: Pick,
    #[prop(into)] value: Signal<Option<Id>>,
    #[prop(into)] on_choose: Callback<Option<Id>>,
    #[prop(into, optional)] problem: Signal<Option<&'static str>>,
    /// Never offered: the record itself, or ones already chosen.
    #[prop(into, optional)]
    without: Signal<Vec<Id>>,
) -> impl IntoView {
    let id = format!("p-{}", random::new_id());
    let note_id = format!("{id}-note");
    let t = text::<Common>();
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let query = query.get();
        let without = without.get();
        let hits = if query.trim().is_empty() {
            book().with_finder(|finder| finder.suggest(pick, SHOWN + without.len()))
        } else {
            book().with_finder(|finder| finder.search_names(&query, pick, SHOWN + without.len()))
        };
        let hits = hits
            .into_iter()
            .filter(|hit| !without.contains(&hit.id))
            .take(SHOWN);
        hits.collect::<Vec<Found>>()
    });
    let open = RwSignal::new(false);
    let input_id = id.clone();
    let search = move || {
        let input_id = input_id.clone();
        view! {
            <input
                class="input"
                id=input_id
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-invalid=move || problem.get().is_some().then_some("true")
                placeholder=t.search()
                on:focus=move |_| open.set(true)
                on:input=move |event| {
                    open.set(true);
                    query.set(event_target_value(&event));
                }
            />
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <ul class="rows">
                                {found
                                    .get()
                                    .into_iter()
                                    .map(|hit| {
                                        let chosen = hit.id;
                                        let choose = move |_| {
                                            open.set(false);
                                            query.set(String::new());
                                            on_choose.run(Some(chosen));
                                        };
                                        view! {
                                            <li>
                                                <button type="button" class="row" on:click=choose>
                                                    <span class="grow">
                                                        <span class="title">{marked(&hit.title, &hit.marks)}</span>
                                                        <span class="sub">{hit.sub.clone()}</span>
                                                    </span>
                                                </button>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })
            }}
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {move || match value.get() {
                Some(chosen) => {
                    view! { <Chosen id=chosen on_remove=Callback::new(move |()| on_choose.run(None)) /> }.into_any()
                }
                None => search().into_any(),
            }}
            <super::field::Underline id=note_id problem />
        </div>
    }
}

/// Several of them: the chosen ones as chips, and one more search.
#[component]
pub fn MultiPicker(
    #[prop(into)] label: String,
    pick: Pick,
    #[prop(into)] value: Signal<Vec<Id>>,
    #[prop(into)] on_change: Callback<Vec<Id>>,
) -> impl IntoView {
    let add = move |chosen: Option<Id>| {
        let mut all = value.get_untracked();
        all.extend(chosen.filter(|id| !all.contains(id)));
        on_change.run(all);
    };
    view! {
        <div>
            {move || {
                value
                    .get()
                    .into_iter()
                    .map(|id| {
                        let remove = move |()| {
                            on_change.run(value.get_untracked().into_iter().filter(|have| *have != id).collect());
                        };
                        view! { <Chosen id on_remove=Callback::new(remove) /> }
                    })
                    .collect_view()
            }} <Picker label pick value=Signal::derive(|| None) on_choose=Callback::new(add) without=value />
        </div>
    }
}

/// A chosen record by its name, with the way to take it out again.
#[component]
fn Chosen(id: Id, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let t = text::<Common>();
    let han_first = lang().is_han();
    let name = move || {
        book().with_shelf(|shelf| {
            let organisation = shelf
                .organisation(id)
                .map(|entry| entry.body.names(han_first).0.to_owned());
            organisation.or_else(|| shelf.person(id).map(|entry| entry.body.names(han_first).0))
        })
    };
    let remove_label = move || format!("{} {}", t.remove(), name().unwrap_or_default());
    view! {
        <div class="line chosen">
            <span class="input">{move || name().unwrap_or_else(|| text::<Visits>().unknown_party().to_owned())}</span>
            <button type="button" class="icon-button" aria-label=remove_label on:click=move |_| on_remove.run(())>
                <Glyph icon=Icon::Cross />
            </button>
        </div>
    }
}
