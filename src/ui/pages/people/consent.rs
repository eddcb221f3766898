//! Consent: what a person said, when, in which words. On the page as it stands; in the form as statements to add. What
//! was recorded stays: it is the evidence.

use leptos::prelude::*;

use crate::domain::consent::{Consent, ConsentState as State};
use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::domain::person::{ConsentDraft, Person, PersonDraft};
use crate::domain::record::Entry;
use crate::domain::time::parse_date;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::random::new_id;
use crate::platform::{clock, intl};
use crate::state::Draft;
use crate::ui::pages::clients::kit::dotted;
use crate::ui::pages::clients::saving::{Saver, problem_at};
use crate::ui::parts::field::TextField;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

/// The state in force, the statements behind it, and the two taps that lead to a new one.
#[component]
pub fn ConsentState(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let id = move || entry.with(Entry::id);
    let ask = move |state: &str| format!("/people/{}/edit?consent={state}", id());
    view! {
        <section class="section consent">
            <h2>{t.consent()}</h2>
            {move || {
                let said = entry.with(|entry| entry.body.consents.clone());
                match said.last().map(|latest| latest.state) {
                    None => view! { <p class="hint">{t.consent_none()}</p> }.into_any(),
                    Some(state) => view! {
                        <p class="state" data-kind=tone(state)>
                            <Glyph icon=if state == State::Given { Icon::Check } else { Icon::Cross } />
                            {values.consent(state)}
                        </p>
                    }
                        .into_any(),
                }
            }}
            <Said said=Signal::derive(move || entry.with(|entry| entry.body.consents.clone())) />
            <div class="chips">
                <a class="button" href=move || ask("given")>{t.record_consent()}</a>
                <a class="button" href=move || ask("out")>{t.record_opt_out()}</a>
            </div>
        </section>
    }
}

fn tone(state: State) -> &'static str {
    if state == State::Given {
        "good"
    } else {
        "stop"
    }
}

/// Statements, the newest first.
#[component]
fn Said(#[prop(into)] said: Signal<Vec<Consent>>) -> impl IntoView {
    let values = text::<Values>();
    let tag = lang().tag();
    let line = move |said: Consent| {
        let what = values.consent(said.state).to_owned();
        let facts = dotted([intl::date_long(tag, said.on), what, said.source, said.by]);
        view! {
            <li>
                <p class="hint">{facts}</p>
                {(!said.words.is_empty()).then(|| view! { <blockquote>{said.words}</blockquote> })}
            </li>
        }
    };
    view! { <ul class="said">{move || said.get().into_iter().rev().map(line).collect_view()}</ul> }
}

/// The form's part: statements on record, those being added, and two buttons for another.
#[component]
pub fn ConsentFields(
    draft: Draft<PersonDraft>,
    saver: Saver,
    recorded: StoredValue<Vec<Consent>>,
) -> impl IntoView {
    let t = text::<Clients>();
    let on_record = move |id: Id| recorded.with_value(|all| all.iter().any(|said| said.id == id));
    let fresh = Memo::new(move |_| {
        let all = draft.value.with(|draft| {
            draft
                .consents
                .iter()
                .map(|said| said.id)
                .collect::<Vec<_>>()
        });
        all.into_iter()
            .filter(|id| !on_record(*id))
            .collect::<Vec<_>>()
    });
    let add =
        move |state| draft.update(|draft| draft.consents.push(statement(state, t.consent_me())));
    view! {
        <div class="consent" id="at-consent">
            <h2>{t.consent()}</h2>
            <Said said=Signal::derive(move || recorded.get_value()) />
            <For each=move || fresh.get() key=|id| *id children=move |id| view! { <Statement draft saver id /> } />
            <div class="chips">
                <button type="button" class="button" on:click=move |_| add(State::Given)>{t.record_consent()}</button>
                <button type="button" class="button" on:click=move |_| add(State::OptedOut)>{t.record_opt_out()}</button>
            </div>
        </div>
    }
}

/// A statement made today and taken by the person who writes it down: the common case needs no typing.
pub fn statement(state: State, by: &str) -> ConsentDraft {
    ConsentDraft {
        id: new_id(),
        state,
        on: clock::today().to_string(),
        by: by.to_owned(),
        words: String::new(),
        source: String::new(),
    }
}

#[component]
fn Statement(draft: Draft<PersonDraft>, saver: Saver, id: Id) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let values = text::<Values>();
    let found = draft
        .value
        .with_untracked(|draft| draft.consents.iter().find(|said| said.id == id).cloned());
    let said = found.unwrap_or_else(|| statement(State::Given, t.consent_me()));
    let edit = move |change: &dyn Fn(&mut ConsentDraft)| {
        draft.update(|draft| {
            draft
                .consents
                .iter_mut()
                .filter(|said| said.id == id)
                .for_each(change)
        });
    };
    let source = Memo::new(move |_| {
        draft.value.with(|draft| {
            draft
                .consents
                .iter()
                .find(|said| said.id == id)
                .map(|said| said.source.clone())
        })
    });
    let remove = move |_| draft.update(|draft| draft.consents.retain(|said| said.id != id));
    // One problem is kept for the whole part; it belongs to the statement whose day cannot be read.
    let wrong = move || {
        let unread = draft.value.with(|draft| {
            draft
                .consents
                .iter()
                .any(|said| said.id == id && parse_date(&said.on).is_none())
        });
        unread.then_some(Field::Consent)
    };
    let state = said.state;
    view! {
        <fieldset class="statement" data-kind=tone(state)>
            <legend>{values.consent(state)}</legend>
            <div class="field" role="group" aria-label=t.consent_source()>
                <span class="label" aria-hidden="true">{t.consent_source()}</span>
                <div class="chips">
                    {t
                        .consent_sources()
                        .split('|')
                        .map(|name| {
                            let pressed = move || {
                                if source.with(|source| source.as_deref() == Some(name)) { "true" } else { "false" }
                            };
                            view! {
                                <button
                                    type="button"
                                    class="chip"
                                    aria-pressed=pressed
                                    on:click=move |_| edit(&|said| name.clone_into(&mut said.source))
                                >
                                    {name}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </div>
            <TextField label=t.consent_words() value=said.words multiline=true on_input=move |text: String| edit(&|said| said.words.clone_from(&text)) />
            <div class="pair">
                <TextField
                    label=t.consent_on()
                    kind="date"
                    value=said.on
                    on_input=move |text: String| edit(&|said| said.on.clone_from(&text))
                    problem=problem_at(saver.errors, wrong)
                />
                <TextField label=t.consent_by() value=said.by on_input=move |text: String| edit(&|said| said.by.clone_from(&text)) />
            </div>
            <button type="button" class="button" data-kind="quiet" on:click=remove>{common.remove()}</button>
        </fieldset>
    }
}
