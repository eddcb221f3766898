//! The names of one person: the Chinese one typed in one go and cut by itself, the Latin one as on the card.

use leptos::prelude::*;

use crate::domain::field::Field;
use crate::domain::person::{PersonDraft, split_zh};
use crate::i18n::clients::Clients;
use crate::i18n::problems::Problems;
use crate::state::Draft;
use crate::ui::pages::clients::saving::{Saver, problem};
use crate::ui::parts::field::TextField;
use crate::ui::words::text;

#[component]
pub fn NameFields(draft: Draft<PersonDraft>, saver: Saver) -> impl IntoView {
    let t = text::<Clients>();
    let now = draft.value.get_untracked();
    let family_en = move |text| draft.update(|d| d.family_en = text);
    let given_en = move |text| draft.update(|d| d.given_en = text);
    view! {
        <div class="big-fields" id="at-name">
            <ChineseName draft saver />
            <div class="pair">
                <TextField label=t.family_en() value=now.family_en on_input=family_en />
                <TextField label=t.given_en() value=now.given_en on_input=given_en />
            </div>
        </div>
    }
}

#[component]
fn ChineseName(draft: Draft<PersonDraft>, saver: Saver) -> impl IntoView {
    let t = text::<Clients>();
    // A form without any name is told so in the words for people.
    let missing = text::<Problems>().missing_person_name();
    let name = problem(saver.errors, Field::Name);
    let wrong = Signal::derive(move || name.get().map(|_| missing));
    let now = draft.value.get_untracked();
    let whole = format!("{}{}", now.family_zh, now.given_zh);
    // A cut that somebody moved is shown as such from the start.
    let cut_by_hand = split_zh(&whole) != (now.family_zh, now.given_zh);
    let by_hand = RwSignal::new(cut_by_hand);
    let type_whole = move |text: String| {
        let (family, given) = split_zh(&text);
        draft.update(|d| (d.family_zh, d.given_zh) = (family, given));
    };
    let parts = move || {
        draft
            .value
            .with(|d| (d.family_zh.clone(), d.given_zh.clone()))
    };
    let proposal = move || {
        let (family, given) = parts();
        (!given.is_empty()).then(|| {
            view! {
                <p class="hint cut">
                    {t.cut_is(family, given)}
                    <button type="button" class="button" data-kind="quiet" on:click=move |_| by_hand.set(true)>
                        {t.cut_change()}
                    </button>
                </p>
            }
        })
    };
    move || {
        if by_hand.get() {
            let (family, given) = draft
                .value
                .with_untracked(|d| (d.family_zh.clone(), d.given_zh.clone()));
            view! {
                <div class="pair">
                    <TextField
                        label=t.family_zh()
                        value=family
                        on_input=move |text| draft.update(|d| d.family_zh = text)
                        problem=wrong
                    />
                    <TextField label=t.given_zh() value=given on_input=move |text| draft.update(|d| d.given_zh = text) />
                </div>
            }
            .into_any()
        } else {
            view! {
                <div>
                    <TextField label=t.person_name_zh() value=whole.clone() on_input=type_whole problem=wrong />
                    {proposal}
                </div>
            }
            .into_any()
        }
    }
}
