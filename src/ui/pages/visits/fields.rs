//! The fields of a visit, shared by the form that plans one and the form that changes one.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::choose_day::{DayPick, LengthPick, TimePick, coming_days, past_days};
use super::form::{Errors, problem};
use super::party::{Party, PartyFields};
use crate::domain::field::Field;
use crate::domain::visit::{Channel, VisitDraft, VisitKind};
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::state::Draft;
use crate::ui::parts::field::{Choice, TextField};
use crate::ui::words::text;

/// Whether a visit is entered before, while or after it takes place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    #[default]
    Planned,
    Now,
    Past,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitForm {
    pub visit: VisitDraft,
    pub how: How,
}

impl VisitForm {
    pub fn party(&self) -> Party {
        Party::new(self.visit.organisation, &self.visit.persons)
    }
}

/// A text of the visit, by its place in the draft.
type Words = fn(&mut VisitDraft) -> &mut String;

#[component]
pub fn WhenFields(draft: Draft<VisitForm>, errors: Errors) -> impl IntoView {
    let t = text::<Visits>();
    let how = Memo::new(move |_| draft.value.with(|form| form.how));
    let days = move || {
        if how.get() == How::Past {
            past_days()
        } else {
            coming_days()
        }
    };
    move || {
        (how.get() != How::Now).then(|| {
            view! {
                <DayPick
                    label=t.when()
                    days=days()
                    value=Signal::derive(move || draft.value.with(|form| form.visit.date.clone()))
                    on_change=move |date: String| draft.update(|form| form.visit.date = date)
                    problem=problem(errors, Field::Date)
                />
                <TimePick
                    value=Signal::derive(move || draft.value.with(|form| form.visit.time.clone()))
                    on_change=move |time: String| draft.update(|form| form.visit.time = time)
                    problem=problem(errors, Field::Time)
                />
            }
        })
    }
}

#[component]
pub fn WhomFields(draft: Draft<VisitForm>, errors: Errors) -> impl IntoView {
    let choose = move |party: Party| {
        draft.update(|form| {
            form.visit.organisation = party.organisation;
            form.visit.persons = party.persons;
        });
    };
    view! {
        <PartyFields
            party=Signal::derive(move || draft.value.with(VisitForm::party))
            on_change=choose
            problem=problem(errors, Field::Organisation)
        />
    }
}

/// Channel, kind, goal and length.
#[component]
pub fn WhatFields(draft: Draft<VisitForm>, errors: Errors) -> impl IntoView {
    let t = text::<Visits>();
    let values = text::<Values>();
    let channels = Channel::ALL
        .map(|channel| (channel, values.channel(channel)))
        .to_vec();
    let kinds = VisitKind::ALL
        .map(|kind| (kind, values.visit_kind(kind)))
        .to_vec();
    let choose_channel = move |chosen: Option<Channel>| {
        draft.update(|form| form.visit.channel = chosen.unwrap_or_default());
    };
    let choose_kind = move |chosen: Option<VisitKind>| {
        draft.update(|form| form.visit.kind = chosen.unwrap_or_default())
    };
    view! {
        <Choice
            label=t.channel()
            options=channels
            value=Signal::derive(move || Some(draft.value.with(|form| form.visit.channel)))
            on_choose=choose_channel
        />
        <Choice
            label=t.kind()
            options=kinds
            value=Signal::derive(move || Some(draft.value.with(|form| form.visit.kind)))
            on_choose=choose_kind
        />
        {words_field(draft, t.goal(), t.goal_hint(), |visit| &mut visit.goal)}
        <LengthPick
            value=Signal::derive(move || draft.value.with(|form| form.visit.minutes.clone()))
            on_change=move |minutes: String| draft.update(|form| form.visit.minutes = minutes)
            problem=problem(errors, Field::Minutes)
        />
    }
}

/// What came of it.
#[component]
pub fn ReportFields(draft: Draft<VisitForm>) -> impl IntoView {
    let t = text::<Visits>();
    view! {
        {words_field(draft, t.outcome(), "", |visit| &mut visit.outcome)}
        {words_field(draft, t.observed(), t.observed_hint(), |visit| &mut visit.observed)}
        {words_field(draft, t.next_step(), "", |visit| &mut visit.next_step)}
    }
}

/// Why it did not take place.
#[component]
pub fn ReasonField(draft: Draft<VisitForm>) -> impl IntoView {
    words_field(draft, text::<Visits>().reason(), "", |visit| {
        &mut visit.reason
    })
}

fn words_field(
    draft: Draft<VisitForm>,
    label: &'static str,
    hint: &'static str,
    words: Words,
) -> impl IntoView {
    let mut start = draft.value.with_untracked(|form| form.visit.clone());
    let start = std::mem::take(words(&mut start));
    view! {
        <TextField
            label
            value=start
            hint=hint.to_owned()
            multiline=true
            on_input=move |typed: String| draft.update(|form| *words(&mut form.visit) = typed)
        />
    }
}
