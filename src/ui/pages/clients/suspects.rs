//! The quiet warning that a record may be there already. It never stands in the way of saving.

use leptos::prelude::*;

use crate::domain::docs::Found;
use crate::domain::id::Id;
use crate::domain::matching::Reason;
use crate::domain::organisation::OrganisationDraft;
use crate::domain::person::PersonDraft;
use crate::domain::search::DocKind;
use crate::i18n::clients::Clients;
use crate::state::book;
use crate::ui::words::text;

/// Suspects shown at a time; more only repeat the warning.
const SHOWN: usize = 3;

/// `status` is announced politely, so a screen reader hears of it between two words.
#[component]
pub fn Suspects(#[prop(into)] found: Signal<Vec<Found>>) -> impl IntoView {
    let t = text::<Clients>();
    view! {
        <div role="status">
            <Show when=move || found.with(|found| !found.is_empty())>
                <div class="banner suspects">
                    <p>{t.suspect()}</p>
                    <ul>
                        {move || found.get().into_iter().take(SHOWN).map(|found| view! { <li><Suspect found /></li> }).collect_view()}
                    </ul>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Suspect(found: Found) -> impl IntoView {
    let href = address(&found);
    let why = found.why.as_ref().map(why).unwrap_or_default();
    view! {
        <a class="row" href=href>
            <span class="grow">
                <span class="title">{found.title}</span>
                <span class="sub">{super::kit::dotted([why.to_owned(), found.sub])}</span>
            </span>
        </a>
    }
}

/// Clients and leads that look like the one in a form.
pub fn like_organisation(draft: &OrganisationDraft, own: Option<Id>) -> Vec<Found> {
    book().with_finder(|finder| finder.suspects_organisation(draft, own))
}

/// Contacts that look like the one in a form.
pub fn like_person(draft: &PersonDraft, own: Option<Id>) -> Vec<Found> {
    book().with_finder(|finder| finder.suspects_person(draft, own))
}

/// Only those that a record of this kind can be merged with.
pub fn of_kind(found: Vec<Found>, kind: DocKind) -> Vec<Found> {
    found
        .into_iter()
        .filter(|found| found.kind == kind)
        .collect()
}

fn address(found: &Found) -> String {
    match found.kind {
        DocKind::Person => format!("/people/{}", found.id),
        DocKind::Lead => format!("/leads/{}", found.id),
        _ => format!("/clients/{}", found.id),
    }
}

/// What a possible duplicate shares, in words.
pub fn why(reason: &Reason) -> &'static str {
    let t = text::<Clients>();
    match reason {
        Reason::Code => t.why_code(),
        Reason::Phone => t.why_phone(),
        Reason::Email => t.why_email(),
        Reason::Name => t.why_name(),
        Reason::Similar => t.why_similar(),
    }
}
