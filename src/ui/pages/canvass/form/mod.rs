//! A tower is added, and what is said about it is put right. A new one's floors are made from a few figures; those of one
//! that stands have a page of their own, because what happened at its doors hangs on their keys.

mod fields;
mod generator;
mod preview;
mod stepper;

use leptos::prelude::*;
use leptos_router::components::A;

use super::loaded::{Held, with_tower};
use crate::domain::canvass::building::BuildingDraft;
use crate::domain::canvass::plan::NewTower;
use crate::domain::field::Field;
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::platform::random::new_id;
use crate::state::{Change, Draft, app};
use crate::ui::pages::clients::saving::{Saver, problem};
use crate::ui::pages::visits::drafted;
use crate::ui::parts::field::Underline;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::text;
use fields::{AboutFields, NameFields, PartnersField, RevisitFields};
use generator::Generator;

#[component]
pub fn NewBuilding() -> impl IntoView {
    let t = text::<Canvass>();
    view! {
        <Page title=t.new_building() back="/canvass">
            {drafted("building:new".to_owned(), NewTower::default(), |draft| view! { <NewForm draft /> }.into_any())}
        </Page>
    }
}

#[component]
fn NewForm(draft: Draft<NewTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let saver = Saver::new();
    // Given once, so that a second tap cannot make a second building.
    let id = new_id();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match draft.value.with_untracked(NewTower::check) {
            Err(errors) => saver.refuse(errors),
            Ok(building) => {
                let mut change = Change::new();
                change.create_as(id, app().book.device(), building);
                saver.save(draft, change, t.building_added(), format!("/canvass/{id}"));
            }
        }
    };
    view! {
        <form on:submit=save novalidate>
            <div class="form">
                <NameFields draft saver own=None />
                <Generator draft saver />
                <AboutFields draft />
                <RevisitFields draft />
            </div>
            <SaveBar saver />
        </form>
    }
}

#[component]
pub fn EditBuilding() -> impl IntoView {
    with_tower(|held| view! { <Edit held /> }.into_any())
}

#[component]
fn Edit(held: Held) -> impl IntoView {
    let t = text::<Buildings>();
    let building = held
        .entry()
        .map(|entry| BuildingDraft {
            // They stay where they are; a draft with a copy of them could only bring back old ones.
            floors: Vec::new(),
            ..BuildingDraft::of(&entry.body)
        })
        .unwrap_or_default();
    let initial = NewTower {
        building,
        ..NewTower::default()
    };
    view! {
        <Page title=t.edit_building() back=format!("/canvass/{}", held.building)>
            {drafted(
                format!("building:{}:edit", held.building),
                initial,
                move |draft| view! { <EditForm held draft /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn EditForm(held: Held, draft: Draft<NewTower>) -> impl IntoView {
    let t = text::<Buildings>();
    let saver = Saver::new();
    let id = held.building;
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(old) = held.entry() else { return };
        let form = BuildingDraft {
            floors: old.body.floors.clone(),
            ..draft.value.with_untracked(|form| form.building.clone())
        };
        match form.check(Some(&old.body)) {
            Err(errors) => saver.refuse(errors),
            Ok(body) => {
                let mut change = Change::new();
                change.edit(old.into_any(), body);
                saver.save(draft, change, t.building_saved(), format!("/canvass/{id}"));
            }
        }
    };
    view! {
        <form on:submit=save novalidate>
            <div class="form">
                <NameFields draft saver own=Some(id) />
                <AboutFields draft />
                <RevisitFields draft />
                <PartnersField draft />
                <div class="field">
                    <p class="hint">{t.floors_elsewhere()}</p>
                    <A href=format!("/canvass/{id}/floors") attr:class="button">
                        <Glyph icon=Icon::Tower />
                        {t.to_floors()}
                    </A>
                    <Underline id="floors-note" problem=problem(saver.errors, Field::Floors) />
                </div>
            </div>
            <SaveBar saver />
        </form>
    }
}

#[component]
fn SaveBar(saver: Saver) -> impl IntoView {
    let t = text::<Buildings>();
    view! {
        <div class="actions">
            <button type="submit" class="button" data-kind="seal" aria-busy=move || saver.is_busy().to_string()>
                {t.save_building()}
            </button>
        </div>
    }
}
