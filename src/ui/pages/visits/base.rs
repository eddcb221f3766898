//! What the pages of visits, follow-ups and notes have in common: the record an address names, what a form is opened
//! with, and the way on.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::party::Party;
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::record::{Body, Entry};
use crate::domain::visit::Visit;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell;
use crate::state::{Book, book, live};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, store_error, text};

/// The record that the address names; `None` if it names none.
pub fn route_id() -> Memo<Option<Id>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())))
}

/// What a form is opened with: `?org=&person=&visit=&date=&text=`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    pub organisation: Option<Id>,
    pub person: Option<Id>,
    pub visit: Option<Id>,
    pub date: String,
    pub text: String,
}

impl Asked {
    fn of_address() -> Memo<Asked> {
        let query = use_query_map();
        Memo::new(move |_| {
            query.with(|query| {
                let id = |name| query.get_str(name).and_then(|id| id.parse().ok());
                let words = |name| query.get(name).unwrap_or_default();
                Asked {
                    organisation: id("org"),
                    person: id("person"),
                    visit: id("visit"),
                    date: words("date"),
                    text: words("text"),
                }
            })
        })
    }

    /// Where the form was opened from, as its way back.
    pub fn way_back() -> String {
        Self::of_address().with_untracked(Self::home)
    }

    /// The record the form is about; it tells the drafts of one form apart.
    pub fn subject(&self) -> Option<Id> {
        self.visit.or(self.person).or(self.organisation)
    }

    /// A draft's key: one unfinished form of a kind for each record it is about.
    pub fn draft_key(&self, form: &str) -> String {
        format!(
            "{form}:{}",
            self.subject().map(|id| id.to_string()).unwrap_or_default()
        )
    }

    /// Where to go when the form is done.
    pub fn home(&self) -> String {
        match (self.visit, self.person, self.organisation) {
            (Some(visit), _, _) => format!("/visits/{visit}"),
            (None, Some(person), _) => format!("/people/{person}"),
            (None, None, Some(organisation)) => format!("/clients/{organisation}"),
            (None, None, None) => "/".to_owned(),
        }
    }

    /// Everybody the record is about: a visit brings its people along, a person their organisation.
    async fn party(&self, book: Book) -> Party {
        let mut party = Party {
            organisation: self.organisation,
            persons: self.person.into_iter().collect(),
        };
        if let Some(visit) = self.visit
            && let Ok(Some(visit)) = book.get::<Visit>(visit).await
        {
            party = Party {
                organisation: visit.body.organisation,
                persons: visit.body.persons,
            };
        }
        if let (None, [person, ..]) = (party.organisation, party.persons.as_slice())
            && let Ok(Some(person)) = book.get::<Person>(*person).await
        {
            party.organisation = person.body.organisation;
        }
        party
    }
}

/// Draws a form with what its address asks for, and anew when the address changes.
pub fn opened(draw: fn(Asked, Party) -> AnyView) -> impl IntoView {
    let book = book();
    let asked = Asked::of_address();
    move || {
        let asked = asked.get();
        let party = RwSignal::new(asked.subject().is_none().then(Party::default));
        if asked.subject().is_some() {
            let asked = asked.clone();
            leptos::task::spawn_local(async move {
                party.try_set(Some(asked.party(book).await));
            });
        }
        move || party.get().map(|party| draw(asked.clone(), party))
    }
}

/// Draws the record the address names, once: later changes of the record reach the page through the signal, so that a
/// save in another tab does not take the words from under somebody's fingers.
pub fn with_record<B>(
    id: Memo<Option<Id>>,
    draw: fn(RwSignal<Entry<B>, LocalStorage>) -> AnyView,
) -> impl IntoView
where
    B: Body,
{
    move || match id.get() {
        Some(id) => held(id, draw).into_any(),
        None => view! { <Missing /> }.into_any(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Reading,
    Here,
    Missing,
    Failed(&'static str),
}

fn held<B: Body>(id: Id, draw: fn(RwSignal<Entry<B>, LocalStorage>) -> AnyView) -> impl IntoView {
    let book = book();
    let words = lang();
    let answer = live(move |_| async move { book.get::<B>(id).await });
    let entry = RwSignal::new_local(None::<RwSignal<Entry<B>, LocalStorage>>);
    let state = RwSignal::new(State::Reading);
    let owner = Owner::current().unwrap_or_default();
    Effect::new(move || {
        let next = answer.with(|answer| match answer {
            None => State::Reading,
            Some(Err(error)) => State::Failed(store_error(words, error)),
            Some(Ok(None)) => State::Missing,
            Some(Ok(Some(now))) => {
                match entry.get_untracked() {
                    // Made under the page's owner, not the effect's, which forgets what it made when it runs again.
                    None => entry.set(Some(owner.with(|| RwSignal::new_local(now.clone())))),
                    Some(entry) if entry.with_untracked(|before| before != now) => {
                        entry.set(now.clone())
                    }
                    Some(_) => {}
                }
                State::Here
            }
        });
        if state.get_untracked() != next {
            state.set(next);
        }
    });
    move || match (state.get(), entry.get_untracked()) {
        (State::Here, Some(entry)) => draw(entry),
        (State::Reading | State::Here, _) => view! { <Skeleton /> }.into_any(),
        (State::Missing, _) => view! { <Missing /> }.into_any(),
        (State::Failed(why), _) => view! { <Empty title=why /> }.into_any(),
    }
}

#[component]
fn Missing() -> impl IntoView {
    let t = text::<Common>();
    let shell = text::<Shell>();
    view! {
        <Page title=shell.app_name_short() back="/">
            <Empty alone=true title=t.not_found() help=t.not_found_help()>
                <A href="/" attr:class="button">{shell.today()}</A>
            </Empty>
        </Page>
    }
}

/// Goes to another screen, from code that waited: if the person went elsewhere meanwhile, they stay there.
#[derive(Clone, Copy)]
pub struct Onward(StoredValue<Go, LocalStorage>);

/// Goes to an address, in place of the present one or after it.
type Go = Box<dyn Fn(&str, bool)>;

impl Onward {
    pub fn new() -> Self {
        let navigate = use_navigate();
        let go = move |to: &str, replace| {
            navigate(
                to,
                NavigateOptions {
                    replace,
                    ..Default::default()
                },
            )
        };
        Self(StoredValue::new_local(Box::new(go)))
    }

    pub fn to(self, address: &str) {
        self.0.try_with_value(|go| go(address, false));
    }

    /// As [`Onward::to`], from a form that is done: it does not stay in the history, so back leads to where it was
    /// opened from.
    pub fn instead(self, address: &str) {
        self.0.try_with_value(|go| go(address, true));
    }
}
