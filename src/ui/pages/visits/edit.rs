//! Everything of a visit in one form.

use leptos::prelude::*;

use super::base::{route_id, with_record};
use super::fields::{
    How, ReasonField, ReportFields, VisitForm, WhatFields, WhenFields, WhomFields,
};
use super::form::{Errors, Saving, drafted, show_errors};
use crate::domain::record::Entry;
use crate::domain::visit::{Visit, VisitDraft, VisitStatus};
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::state::{Change, Draft, app};
use crate::ui::parts::page::Page;
use crate::ui::words::text;

#[component]
pub fn EditVisit() -> impl IntoView {
    with_record(route_id(), |visit| view! { <Edit visit /> }.into_any())
}

#[component]
fn Edit(visit: RwSignal<Entry<Visit>, LocalStorage>) -> impl IntoView {
    let t = text::<Visits>();
    let id = visit.with_untracked(Entry::id);
    let initial = visit.with_untracked(|visit| VisitForm {
        visit: VisitDraft::of(&visit.body),
        how: if visit.body.status.is_open() {
            How::Planned
        } else {
            How::Past
        },
    });
    view! {
        <Page title=t.edit_visit() back=format!("/visits/{id}")>
            {drafted(format!("visit:{id}:edit"), initial, move |draft| view! { <Form visit draft /> }.into_any())}
        </Page>
    }
}

#[component]
fn Form(visit: RwSignal<Entry<Visit>, LocalStorage>, draft: Draft<VisitForm>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let errors: Errors = RwSignal::new(None);
    let saving = Saving::new();
    let (id, status) = visit.with_untracked(|visit| (visit.id(), visit.body.status));
    let save = move |_| {
        let old = visit.get_untracked();
        match draft
            .value
            .with_untracked(|form| form.visit.check(Some(&old.body), &clock::zone()))
        {
            Err(found) => show_errors(app, errors, found),
            Ok(body) => {
                // The pictures are added and removed on the visit's page, perhaps since this form was opened.
                let body = Visit {
                    photos: old.body.photos.clone(),
                    ..body
                };
                let mut change = Change::new();
                change.edit(old.into_any(), body);
                saving.run(
                    change,
                    draft,
                    t.visit_changed().to_owned(),
                    format!("/visits/{id}"),
                );
            }
        }
    };
    let delete = move |_| {
        let mut change = Change::new();
        change.delete(visit.get_untracked().into_any());
        saving.run(change, draft, t.visit_deleted().to_owned(), "/".to_owned());
    };
    let report = matches!(status, VisitStatus::Done);
    let reason = matches!(status, VisitStatus::Missed | VisitStatus::Cancelled);
    view! {
        <div class="form">
            <WhenFields draft errors />
            <WhomFields draft errors />
            <WhatFields draft errors />
            {report.then(|| view! { <ReportFields draft /> })}
            {reason.then(|| view! { <ReasonField draft /> })}
            <button type="button" class="button" data-kind="quiet" on:click=delete>
                {t.delete_visit()}
            </button>
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=save>
                {t.save_visit()}
            </button>
        </div>
    }
}
