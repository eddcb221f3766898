//! Days worth remembering: the birthday, and others under a name of their own.

use leptos::prelude::*;

use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::domain::person::{OccasionDraft, PersonDraft};
use crate::i18n::clients::Clients;
use crate::platform::random::new_id;
use crate::state::Draft;
use crate::ui::pages::clients::fields::{AddLine, RemoveLine};
use crate::ui::pages::clients::saving::{Saver, problem, problem_at};
use crate::ui::parts::field::TextField;
use crate::ui::words::text;

#[component]
pub fn OccasionFields(draft: Draft<PersonDraft>, saver: Saver) -> impl IntoView {
    let t = text::<Clients>();
    let birthday = draft.value.with_untracked(|draft| draft.birthday.clone());
    let ids = Memo::new(move |_| {
        draft.value.with(|draft| {
            draft
                .occasions
                .iter()
                .map(|occasion| occasion.id)
                .collect::<Vec<_>>()
        })
    });
    let add = move |()| {
        let blank = OccasionDraft {
            id: new_id(),
            label: String::new(),
            date: String::new(),
        };
        draft.update(|draft| draft.occasions.push(blank));
    };
    view! {
        <div class="lines">
            <TextField
                label=t.birthday()
                value=birthday
                hint=t.birthday_hint()
                on_input=move |text| draft.update(|draft| draft.birthday = text)
                problem=problem(saver.errors, Field::Birthday)
            />
            <For each=move || ids.get() key=|id| *id children=move |id| view! { <OccasionLine draft saver id /> } />
            <AddLine label=t.add_occasion() on_add=add />
        </div>
    }
}

#[component]
fn OccasionLine(draft: Draft<PersonDraft>, saver: Saver, id: Id) -> impl IntoView {
    let t = text::<Clients>();
    let place = move || {
        draft.value.with(|draft| {
            draft
                .occasions
                .iter()
                .position(|occasion| occasion.id == id)
        })
    };
    let (label, date) = draft.value.with_untracked(|draft| {
        let found = draft.occasions.iter().find(|occasion| occasion.id == id);
        found
            .map(|occasion| (occasion.label.clone(), occasion.date.clone()))
            .unwrap_or_default()
    });
    let edit = move |change: &dyn Fn(&mut OccasionDraft)| {
        draft.update(|draft| {
            draft
                .occasions
                .iter_mut()
                .filter(|occasion| occasion.id == id)
                .for_each(change)
        });
    };
    let remove =
        move |()| draft.update(|draft| draft.occasions.retain(|occasion| occasion.id != id));
    view! {
        <div class="line">
            <div class="pair">
                <TextField
                    label=t.occasion()
                    value=label
                    on_input=move |text: String| edit(&|occasion| occasion.label.clone_from(&text))
                />
                <TextField
                    label=t.occasion_date()
                    value=date
                    on_input=move |text: String| edit(&|occasion| occasion.date.clone_from(&text))
                    problem=problem_at(saver.errors, move || place().map(Field::Occasion))
                />
            </div>
            <RemoveLine label=t.occasion() on_remove=remove />
        </div>
    }
}
