//! Whom a visit, note or follow-up is about: chosen, named and linked.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::id::Id;
use crate::i18n::visits::Visits;
use crate::state::book;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::picker::{MultiPicker, Pick, Picker};
use crate::ui::words::{lang, text};

/// An organisation, people, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub organisation: Option<Id>,
    pub persons: Vec<Id>,
}

impl Party {
    pub fn new(organisation: Option<Id>, persons: &[Id]) -> Self {
        Self {
            organisation,
            persons: persons.to_vec(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.organisation.is_none() && self.persons.is_empty()
    }

    /// The page of the organisation, else of the first person.
    pub fn address(&self) -> Option<String> {
        let organisation = self.organisation.map(|id| format!("/clients/{id}"));
        organisation.or_else(|| self.persons.first().map(|id| format!("/people/{id}")))
    }
}

/// The names, the organisation first; `without` is left out, for its own page says it already. Empty for nobody.
pub fn party_names(party: &Party, without: Option<Id>) -> String {
    let ids = party
        .organisation
        .iter()
        .chain(&party.persons)
        .filter(|id| Some(**id) != without);
    ids.filter_map(|id| name(*id))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A client's or contact's name, if it is known yet.
fn name(id: Id) -> Option<String> {
    let han_first = lang().is_han();
    book().with_shelf(|shelf| {
        let organisation = shelf
            .organisation(id)
            .map(|entry| entry.body.names(han_first).0.to_owned());
        organisation.or_else(|| shelf.person(id).map(|entry| entry.body.names(han_first).0))
    })
}

/// What stands for a name that is not known: nothing while names are still being read.
fn nameless() -> &'static str {
    if book().loading.with(|loading| loading.finished) {
        text::<Visits>().unknown_party()
    } else {
        "…"
    }
}

/// Rows that lead to everybody it is about.
#[component]
pub fn PartyLinks(#[prop(into)] party: Signal<Party>) -> impl IntoView {
    let row = |to: String, icon: Icon, id: Id| {
        let sub = move || {
            book().with_shelf(|shelf| {
                shelf
                    .person(id)
                    .map(|entry| entry.body.title.clone())
                    .unwrap_or_default()
            })
        };
        let title = move || name(id).unwrap_or_else(|| nameless().to_owned());
        view! {
            <li>
                <A href=to attr:class="row">
                    <Glyph icon />
                    <span class="grow">
                        <span class="title">{title}</span>
                        <span class="sub">{sub}</span>
                    </span>
                    <Glyph icon=Icon::Next />
                </A>
            </li>
        }
    };
    move || {
        let party = party.get();
        (!party.is_empty()).then(|| {
            view! {
                <ul class="rows">
                    {party.organisation.map(|id| row(format!("/clients/{id}"), Icon::Clients, id))}
                    {party
                        .persons
                        .iter()
                        .map(|id| row(format!("/people/{id}"), Icon::Person, *id))
                        .collect_view()}
                </ul>
            }
        })
    }
}

/// Chooses whom it is about: the client by search, its people by a tap, anybody else by search.
#[component]
pub fn PartyFields(
    #[prop(into)] party: Signal<Party>,
    #[prop(into)] on_change: Callback<Party>,
    #[prop(into, optional)] problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Visits>();
    let organisation = Memo::new(move |_| party.with(|party| party.organisation));
    let members = Memo::new(move |_| organisation.get().map(people_of).unwrap_or_default());
    let others = Memo::new(move |_| {
        let members = members.get();
        party.with(|party| {
            party
                .persons
                .iter()
                .copied()
                .filter(|id| !members.contains(id))
                .collect::<Vec<_>>()
        })
    });
    let choose_organisation = move |chosen: Option<Id>| {
        let mut next = party.get_untracked();
        // The people of the firm that was taken out again go with it.
        let members = members.get_untracked();
        next.persons.retain(|id| !members.contains(id));
        next.organisation = chosen;
        on_change.run(next);
    };
    let toggle = move |id: Id| {
        let mut next = party.get_untracked();
        match next.persons.iter().position(|have| *have == id) {
            Some(at) => drop(next.persons.remove(at)),
            None => next.persons.push(id),
        }
        on_change.run(next);
    };
    let change_others = move |chosen: Vec<Id>| {
        let mut next = party.get_untracked();
        let members = members.get_untracked();
        next.persons.retain(|id| members.contains(id));
        if let (None, Some(first)) = (next.organisation, chosen.first()) {
            next.organisation = organisation_of(*first);
        }
        next.persons.extend(chosen);
        on_change.run(next);
    };
    view! {
        <div class="party" id="pick-party" tabindex="-1">
            <Picker
                label=t.client()
                pick=Pick::Organisation
                value=organisation
                on_choose=choose_organisation
                problem
            />
            {move || {
                let members = members.get();
                (!members.is_empty()).then(|| view! { <Members members party on_toggle=toggle /> })
            }}
            <details class="others" open=move || others.with(|others| !others.is_empty())>
                <summary>{move || if organisation.get().is_some() { t.someone_else() } else { t.people_there() }}</summary>
                <MultiPicker label=t.people_there() pick=Pick::Person value=others on_change=change_others />
            </details>
        </div>
    }
}

#[component]
fn Members(
    members: Vec<Id>,
    party: Signal<Party>,
    #[prop(into)] on_toggle: Callback<Id>,
) -> impl IntoView {
    view! {
        <fieldset class="field" role="group">
            <legend>{text::<Visits>().people_there()}</legend>
            <div class="chips">
                {members
                    .into_iter()
                    .map(|id| {
                        let pressed = move || party.with(|party| party.persons.contains(&id));
                        view! {
                            <button
                                type="button"
                                class="chip"
                                aria-pressed=move || if pressed() { "true" } else { "false" }
                                on:click=move |_| on_toggle.run(id)
                            >
                                {move || name(id)}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

fn people_of(organisation: Id) -> Vec<Id> {
    book().with_shelf(|shelf| {
        shelf
            .people_of(organisation)
            .into_iter()
            .map(|entry| entry.id())
            .collect()
    })
}

fn organisation_of(person: Id) -> Option<Id> {
    book().with_shelf_untracked(|shelf| {
        shelf
            .person(person)
            .and_then(|entry| entry.body.organisation)
    })
}
