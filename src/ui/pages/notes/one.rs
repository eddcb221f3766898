//! One note by its address, which is where the search leads.

use leptos::prelude::*;
use leptos_router::components::A;

use super::correct::{home, wording};
use super::item::NoteItem;
use crate::domain::note::Note;
use crate::domain::record::Entry;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell;
use crate::i18n::visits::Visits;
use crate::state::live;
use crate::ui::pages::visits::{Party, party_names, route_id, with_record};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, store_error, text};

#[component]
pub fn NotePage() -> impl IntoView {
    with_record(route_id(), |note| view! { <One note /> }.into_any())
}

#[component]
fn One(note: RwSignal<Entry<Note>, LocalStorage>) -> impl IntoView {
    let asked = note.get_untracked();
    let id = asked.id();
    let home = home(&asked.body);
    let party = Party::new(asked.body.organisation, &asked.body.persons);
    let named = !party.is_empty();
    let title = Signal::derive(move || match party_names(&party, None) {
        names if names.is_empty() => text::<Shell>().new_note().to_owned(),
        names => names,
    });
    let answer = live(move |store| wording(store, asked.clone()));
    view! {
        <Page title back="/search">
            {move || match answer.get() {
                None => view! { <Skeleton /> }.into_any(),
                Some(Err(error)) => view! { <Empty title=store_error(lang(), &error) /> }.into_any(),
                Some(Ok(note)) => {
                    view! {
                        <div class="section">
                            <NoteItem note on_page_of=id with_day=true />
                        </div>
                    }
                        .into_any()
                }
            }}
            {if named {
                view! {
                    <div class="actions">
                        <A href=home attr:class="button">
                            {text::<Visits>().to_client()}
                        </A>
                    </div>
                }
                    .into_any()
            } else {
                view! { <p class="lead-in hint">{text::<Common>().saved_here()}</p> }.into_any()
            }}
        </Page>
    }
}
