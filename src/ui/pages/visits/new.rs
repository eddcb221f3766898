//! A visit is planned, noted as it begins, or noted afterwards: one form.

use leptos::prelude::*;

use super::base::{Asked, opened};
use super::fields::{How, ReportFields, VisitForm, WhatFields, WhenFields, WhomFields};
use super::form::{Errors, Saving, drafted, show_errors};
use super::party::Party;
use crate::domain::field::FieldErrors;
use crate::domain::visit::{Step, Visit, VisitDraft};
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::platform::{clock, random};
use crate::state::{Change, Draft, app};
use crate::ui::parts::field::Choice;
use crate::ui::parts::page::Page;
use crate::ui::words::text;

#[component]
pub fn NewVisit() -> impl IntoView {
    let t = text::<Visits>();
    view! {
        <Page title=t.new_visit() back=Asked::way_back()>
            {opened(|asked, party| start(asked, party).into_any())}
        </Page>
    }
}

fn start(asked: Asked, party: Party) -> impl IntoView {
    let date = if asked.date.is_empty() {
        clock::today().to_string()
    } else {
        asked.date.clone()
    };
    let visit = VisitDraft {
        organisation: party.organisation,
        persons: party.persons,
        date,
        goal: asked.text.clone(),
        ..Default::default()
    };
    let initial = VisitForm {
        visit,
        how: How::Planned,
    };
    drafted(asked.draft_key("visit:new"), initial, |draft| {
        view! { <Form draft /> }.into_any()
    })
}

#[component]
fn Form(draft: Draft<VisitForm>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let errors: Errors = RwSignal::new(None);
    let saving = Saving::new();
    let how = Memo::new(move |_| draft.value.with(|form| form.how));
    let hows = vec![
        (How::Planned, t.how_planned()),
        (How::Now, t.how_now()),
        (How::Past, t.how_past()),
    ];
    let choose =
        move |chosen: Option<How>| draft.update(|form| form.how = chosen.unwrap_or_default());
    let save = move |_| match draft.value.with_untracked(visit_of) {
        Err(found) => show_errors(app, errors, found),
        Ok(visit) => {
            let id = random::new_id();
            let said = match visit.status.is_open() && visit.started.is_none() {
                true => t.visit_planned().to_owned(),
                false => text::<Values>().status(visit.status).to_owned(),
            };
            let mut change = Change::new();
            change.create_as(id, app.book.device(), visit);
            saving.run(change, draft, said, format!("/visits/{id}"));
        }
    };
    view! {
        <div class="form">
            <Choice
                label=t.how()
                options=hows
                value=Signal::derive(move || Some(how.get()))
                on_choose=choose
            />
            <WhenFields draft errors />
            <WhomFields draft errors />
            <WhatFields draft errors />
            {move || (how.get() == How::Past).then(|| view! { <ReportFields draft /> })}
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=save>
                {move || if how.get() == How::Now { t.start_now() } else { t.save_visit() }}
            </button>
        </div>
    }
}

/// The visit as entered. One that is under way begins with this tap; one that took place is done, with no start.
fn visit_of(form: &VisitForm) -> Result<Visit, FieldErrors> {
    let now = clock::now();
    let zone = clock::zone();
    match form.how {
        How::Planned => form.visit.check(None, &zone),
        How::Past => {
            let visit = form.visit.check(None, &zone)?;
            // A new visit is planned, and a planned one can take both steps.
            Ok(visit.step(Step::Finish(now)).unwrap_or(visit))
        }
        How::Now => {
            let local = now.local();
            let draft = VisitDraft {
                date: local
                    .map(|at| at.date_naive().to_string())
                    .unwrap_or_default(),
                time: local
                    .map(|at| at.format("%H:%M").to_string())
                    .unwrap_or_default(),
                ..form.visit.clone()
            };
            let visit = draft.check(None, &zone)?;
            Ok(visit.step(Step::Start(now)).unwrap_or(visit))
        }
    }
}
