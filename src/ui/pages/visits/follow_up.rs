//! Something to come back to: what, when, about whom.

use leptos::html::Textarea;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::base::{Asked, opened};
use super::choose_day::{DayPick, TimePick, coming_days, day_words};
use super::form::{Errors, Saving, drafted, problem, show_errors};
use super::party::{Party, PartyFields};
use crate::domain::field::Field;
use crate::domain::follow_up::FollowUpDraft;
use crate::i18n::visits::Visits;
use crate::platform::{clock, dom, random};
use crate::state::{Change, Draft, app};
use crate::ui::parts::field::Underline;
use crate::ui::parts::page::Page;
use crate::ui::words::text;

/// The form's text; `touched` tells whether the form of an existing one has something to save.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUpForm {
    pub follow_up: FollowUpDraft,
    pub touched: bool,
}

#[component]
pub fn NewFollowUp() -> impl IntoView {
    let t = text::<Visits>();
    view! {
        <Page title=t.new_follow_up() back=Asked::way_back()>
            {opened(|asked, party| start(asked, party).into_any())}
        </Page>
    }
}

fn start(asked: Asked, party: Party) -> impl IntoView {
    let tomorrow = clock::today()
        .succ_opt()
        .map(|day| day.to_string())
        .unwrap_or_default();
    let follow_up = FollowUpDraft {
        text: asked.text.clone(),
        date: if asked.date.is_empty() {
            tomorrow
        } else {
            asked.date.clone()
        },
        time: String::new(),
        organisation: party.organisation,
        persons: party.persons,
        visit: asked.visit,
    };
    let home = StoredValue::new(asked.home());
    let initial = FollowUpForm {
        follow_up,
        touched: false,
    };
    drafted(asked.draft_key("follow-up:new"), initial, move |draft| {
        view! { <Form draft home /> }.into_any()
    })
}

#[component]
fn Form(draft: Draft<FollowUpForm>, home: StoredValue<String>) -> impl IntoView {
    let app = app();
    let t = text::<Visits>();
    let errors: Errors = RwSignal::new(None);
    let saving = Saving::new();
    let save = move |_| match draft
        .value
        .with_untracked(|form| form.follow_up.check(None, &clock::zone()))
    {
        Err(found) => show_errors(app, errors, found),
        Ok(body) => {
            let said = t.follow_up_saved(day_words(body.due.date));
            let mut change = Change::new();
            change.create_as(random::new_id(), app.book.device(), body);
            saving.run(change, draft, said, home.get_value());
        }
    };
    view! {
        <div class="form">
            <FollowUpFields draft errors autofocus=true />
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=save>
                {t.new_follow_up()}
            </button>
        </div>
    }
}

#[component]
pub fn FollowUpFields(
    draft: Draft<FollowUpForm>,
    errors: Errors,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let t = text::<Visits>();
    let edit = move |change: &dyn Fn(&mut FollowUpDraft)| {
        draft.update(|form| {
            change(&mut form.follow_up);
            form.touched = true;
        });
    };
    let words = NodeRef::<Textarea>::new();
    if autofocus {
        Effect::new(move || {
            if let Some(words) = words.get() {
                dom::focus(&words);
            }
        });
    }
    let wrong = problem(errors, Field::Text);
    let party = move || {
        draft
            .value
            .with(|form| Party::new(form.follow_up.organisation, &form.follow_up.persons))
    };
    let choose = move |party: Party| {
        edit(&|form| {
            form.organisation = party.organisation;
            form.persons = party.persons.clone();
        });
    };
    view! {
        <div class="field">
            <label for="form-text">{t.follow_up_text()}</label>
            <textarea
                class="input big-input"
                id="form-text"
                rows="2"
                placeholder=t.follow_up_hint()
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-describedby=move || wrong.get().is_some().then_some("form-text-note")
                prop:value=draft.value.with_untracked(|form| form.follow_up.text.clone())
                node_ref=words
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    edit(&|form| form.text = typed.clone());
                }
            ></textarea>
            <Underline id="form-text-note" problem=wrong />
        </div>
        <DayPick
            label=t.follow_up_when()
            days=coming_days()
            value=Signal::derive(move || draft.value.with(|form| form.follow_up.date.clone()))
            on_change=move |date: String| edit(&|form| form.date = date.clone())
            problem=problem(errors, Field::Date)
        />
        <TimePick
            value=Signal::derive(move || draft.value.with(|form| form.follow_up.time.clone()))
            on_change=move |time: String| edit(&|form| form.time = time.clone())
            problem=problem(errors, Field::Time)
        />
        <PartyFields party=Signal::derive(party) on_change=choose />
    }
}
