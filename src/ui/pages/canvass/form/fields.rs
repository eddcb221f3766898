//! What is said about a building besides its floors.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::canvass::building::{Again, Building, named_partners};
use crate::domain::canvass::plan::NewTower;
use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::i18n::buildings::Buildings;
use crate::platform::random;
use crate::state::{Draft, book};
use crate::ui::pages::clients::saving::{Saver, problem};
use crate::ui::parts::field::{Choice, TextField};
use crate::ui::words::{lang, text};

#[component]
pub fn NameFields(draft: Draft<NewTower>, saver: Saver, own: Option<Id>) -> impl IntoView {
    let t = text::<Buildings>();
    let (zh, en) = draft
        .value
        .with_untracked(|form| (form.building.name_zh.clone(), form.building.name_en.clone()));
    let name = problem(saver.errors, Field::Name);
    view! {
        <div class="big-fields">
            <TextField
                label=t.name_zh()
                value=zh
                problem=name
                on_input=move |words: String| draft.update(|form| form.building.name_zh = words)
            />
            <TextField
                label=t.name_en()
                value=en
                on_input=move |words: String| draft.update(|form| form.building.name_en = words)
            />
        </div>
        <SameName draft own />
    }
}

/// Says that there is a building of this name, and leads to it. Nobody is kept from adding another.
#[component]
fn SameName(draft: Draft<NewTower>, own: Option<Id>) -> impl IntoView {
    let t = text::<Buildings>();
    let names = Memo::new(move |_| {
        draft.value.with(|form| Building {
            name_zh: form.building.name_zh.clone(),
            name_en: form.building.name_en.clone(),
            ..Building::default()
        })
    });
    let found = Memo::new(move |_| {
        let han = lang().is_han();
        names.with(|names| {
            book().with_towers(|towers| {
                towers
                    .all()
                    .filter(|(id, _)| Some(*id) != own)
                    .find_map(|(id, tower)| {
                        let body = tower.body().filter(|body| names.is_same_tower(body))?;
                        Some((id, body.name(han).to_owned()))
                    })
            })
        })
    });
    view! {
        <div role="status">
            {move || {
                found
                    .get()
                    .map(|(id, name)| {
                        view! {
                            <div class="banner" data-kind="wait">
                                <p>{t.same_name()}</p>
                                <A href=format!("/canvass/{id}") attr:class="button">
                                    {name}
                                </A>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
pub fn AboutFields(draft: Draft<NewTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let (address, access) = draft
        .value
        .with_untracked(|form| (form.building.address.clone(), form.building.access.clone()));
    view! {
        <TextField
            label=t.address()
            value=address
            on_input=move |words: String| draft.update(|form| form.building.address = words)
        />
        <TextField
            label=t.access()
            value=access
            hint=t.access_hint()
            multiline=true
            on_input=move |words: String| draft.update(|form| form.building.access = words)
        />
    }
}

const TRIES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// When a door where nobody answered is tried again, and how often.
#[component]
pub fn RevisitFields(draft: Draft<NewTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let tries = (1..=9_u8).zip(TRIES).collect::<Vec<_>>();
    view! {
        <h2>{t.revisit()}</h2>
        <Choice
            label=t.tries()
            options=tries
            value=Signal::derive(move || draft.value.with(|form| Some(form.building.revisit.tries)))
            on_choose={move |tries: Option<u8>| {
                if let Some(tries) = tries {
                    draft.update(|form| form.building.revisit.tries = tries);
                }
            }}
        />
        <p class="hint">{t.tries_hint()}</p>
        <Choice
            label=t.again()
            options=Again::ALL.into_iter().map(|again| (again, t.when(again))).collect()
            value=Signal::derive(move || draft.value.with(|form| Some(form.building.revisit.when)))
            on_choose={move |again: Option<Again>| draft.update(|form| form.building.revisit.when = again.unwrap_or_default())}
        />
    }
}

/// Colleagues who share the building through the server.
#[component]
pub fn PartnersField(draft: Draft<NewTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let before = draft
        .value
        .with_untracked(|form| form.building.partners.clone());
    let typed = before
        .iter()
        .map(|partner| partner.account.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <TextField
            label=t.partners()
            value=typed
            hint=t.partners_hint()
            on_input=move |words: String| {
                let partners = named_partners(&words, &before, &mut random::Ids);
                draft.update(|form| form.building.partners = partners);
            }
        />
    }
}
