//! The form of a contact.

use leptos::prelude::*;

use super::consent::{ConsentFields, statement};
use super::names::NameFields;
use super::occasions::OccasionFields;
use crate::domain::consent::ConsentState;
use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::domain::person::{ConsentDraft, Honorific, Person, PersonDraft, Role};
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::random::new_id;
use crate::state::{Book, Change, Draft, book, with_draft};
use crate::ui::pages::clients::fields::{LineFields, PhoneFields};
use crate::ui::pages::clients::kit::{asked, asked_id, filled_anew, for_each_id, with_record_once};
use crate::ui::pages::clients::query::{ROLES, named};
use crate::ui::pages::clients::saving::{Saver, discarding, focus_asked, focus_at};
use crate::ui::pages::clients::suspects::{Suspects, like_person};
use crate::ui::parts::field::{Choice, DraftBanner, TextField};
use crate::ui::parts::page::Page;
use crate::ui::parts::picker::{Pick, Picker};
use crate::ui::words::text;

/// What a form starts from.
#[derive(Clone)]
struct Start {
    old: Person,
    /// The record that is edited; a new one has none yet.
    edited: Option<Entry<Person>>,
}

#[component]
pub fn NewPerson() -> impl IntoView {
    let t = text::<Clients>();
    let organisation = asked_id("org");
    let old = Person {
        organisation,
        role: named(&ROLES, asked("role")),
        ..Person::default()
    };
    // One draft a company: a contact half written for one must not turn up under another.
    let key = organisation.map_or_else(|| "person:new".to_owned(), |id| format!("person:new:{id}"));
    let back = organisation.map_or_else(
        || "/clients?show=people".to_owned(),
        |id| format!("/clients/{id}"),
    );
    view! { <Page title=t.new_person() back>{person_form(key, Start { old, edited: None })}</Page> }
}

#[component]
pub fn EditPerson() -> impl IntoView {
    let t = text::<Clients>();
    for_each_id(move |id| {
        view! {
            <Page title=t.edit_person() back=format!("/people/{id}")>
                {with_record_once(
                    id,
                    |body: &Person| body.merged_into,
                    |entry| {
                        let start = Start { old: entry.body.clone(), edited: Some(entry.clone()) };
                        person_form(format!("person:{}", entry.id()), start).into_any()
                    },
                )}
            </Page>
        }
        .into_any()
    })
}

fn person_form(key: String, start: Start) -> impl IntoView {
    let initial = PersonDraft::of(&start.old);
    let start = StoredValue::new(start);
    let asked_state = match asked("consent").as_deref() {
        Some("given") => Some(ConsentState::Given),
        Some("out") => Some(ConsentState::OptedOut),
        _ => None,
    };
    with_draft(key, initial.clone(), move |draft| {
        let initial = initial.clone();
        if let Some(state) = asked_state {
            let statement = statement(state, text::<Clients>().consent_me());
            let on_record = initial.consents.len();
            // An unfinished statement of an earlier visit to this form is the one that was meant.
            draft.update(|draft| {
                if draft.consents.len() == on_record {
                    draft.consents.push(statement);
                }
            });
        }
        view! { <PersonForm draft start initial to_consent=asked_state.is_some() /> }
    })
}

#[component]
fn PersonForm(
    draft: Draft<PersonDraft>,
    start: StoredValue<Start>,
    initial: PersonDraft,
    to_consent: bool,
) -> impl IntoView {
    let common = text::<Common>();
    let saver = Saver::new();
    let fill = RwSignal::new(0_u32);
    let restored = RwSignal::new(draft.restored);
    let discard = discarding(draft, initial, restored, fill);
    let new = new_id();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save(draft, start, saver, new);
    };
    if to_consent {
        focus_at("consent");
    } else {
        focus_asked();
    }
    view! {
        <form on:submit=save novalidate>
            <Show when=move || restored.get()>
                <DraftBanner on_discard=discard />
            </Show>
            {filled_anew(fill, move || view! { <Fields draft start saver /> }.into_any())}
            <div class="actions">
                <button type="submit" class="button" data-kind="seal" aria-busy=move || saver.is_busy().to_string()>
                    {common.save()}
                </button>
            </div>
        </form>
    }
}

fn save(draft: Draft<PersonDraft>, start: StoredValue<Start>, saver: Saver, new: Id) {
    let t = text::<Clients>();
    let book = book();
    let mut form = draft.value.get_untracked();
    let start = start.get_value();
    if carries_refusal(book, &form, &start.old) {
        form.consents.push(ConsentDraft {
            source: t.out_carried().to_owned(),
            ..statement(ConsentState::OptedOut, "")
        });
    }
    let body = match form.check(&start.old, new_id()) {
        Ok(body) => body,
        Err(errors) => return saver.refuse(errors),
    };
    let mut change = Change::new();
    let (id, said) = match start.edited {
        Some(edited) => {
            let id = edited.id();
            change.edit(edited.into_any(), body);
            (id, t.person_saved())
        }
        None => {
            change.create_as(new, book.device(), body);
            (new, t.person_added())
        }
    };
    saver.save(draft, change, said, format!("/people/{id}"));
}

/// Whether the form gives the person a phone or e-mail of somebody who refused contact. What the record had before was
/// judged when it was saved.
fn names_refused(book: Book, form: &PersonDraft, old: &Person) -> bool {
    let known = |text: &str| {
        old.phones.iter().any(|phone| phone.number == text)
            || old.emails.iter().any(|email| email.address == text)
    };
    let phones = form.phones.iter().map(|phone| phone.number.trim());
    let emails = form.emails.iter().map(|email| email.text.trim());
    phones
        .chain(emails)
        .any(|text| !text.is_empty() && !known(text) && book.is_suppressed(text))
}

/// Whether saving has to keep a refusal: nobody recorded a new statement in this form.
fn carries_refusal(book: Book, form: &PersonDraft, old: &Person) -> bool {
    form.consents.len() == old.consents.len() && !old.opted_out() && names_refused(book, form, old)
}

#[component]
fn Fields(draft: Draft<PersonDraft>, start: StoredValue<Start>, saver: Saver) -> impl IntoView {
    let t = text::<Clients>();
    let now = draft.value.get_untracked();
    let own = start.with_value(|start| start.edited.as_ref().map(Entry::id));
    let recorded = StoredValue::new(start.with_value(|start| start.old.consents.clone()));
    let suspects = Memo::new(move |_| draft.value.with(|form| like_person(form, own)));
    let book = book();
    let refused = Memo::new(move |_| {
        draft
            .value
            .with(|form| start.with_value(|start| carries_refusal(book, form, &start.old)))
    });
    view! {
        <div class="form">
            <NameFields draft saver />
            <Suspects found=suspects />
            <Work draft />
            <h2>{t.reach()}</h2>
            <div role="status">
                <Show when=move || refused.get()>
                    <div class="banner" data-kind="stop"><p>{t.out_known()}</p></div>
                </Show>
            </div>
            <PhoneFields start=now.phones on_change=move |phones| draft.update(|d| d.phones = phones) errors=saver.errors />
            <LineFields
                start=now.emails
                on_change=move |emails| draft.update(|d| d.emails = emails)
                errors=saver.errors
                kind="email"
                label=t.email()
                add=t.add_email()
                field=Field::Email
            />
            <TextField label=t.whatsapp() value=now.whatsapp on_input=move |text| draft.update(|d| d.whatsapp = text) />
            <TextField label=t.wechat() value=now.wechat on_input=move |text| draft.update(|d| d.wechat = text) />
            <ConsentFields draft saver recorded />
            <h2>{t.dates()}</h2>
            <OccasionFields draft saver />
            <TextField label=t.remark() multiline=true value=now.remark on_input=move |text| draft.update(|d| d.remark = text) />
        </div>
    }
}

/// Where and as what they work.
#[component]
fn Work(draft: Draft<PersonDraft>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let now = draft.value.get_untracked();
    let honorifics = Honorific::ALL
        .into_iter()
        .map(|value| (value, values.honorific(value)))
        .collect::<Vec<_>>();
    let roles = Role::ALL
        .into_iter()
        .map(|value| (value, values.role(value)))
        .collect::<Vec<_>>();
    view! {
        <Choice
            label=t.honorific()
            options=honorifics
            value=Signal::derive(move || draft.value.with(|d| d.honorific))
            on_choose=move |honorific| draft.update(|d| d.honorific = honorific)
            clearable=true
        />
        <Picker
            label=t.company()
            pick=Pick::Organisation
            value=Signal::derive(move || draft.value.with(|d| d.organisation))
            on_choose=move |organisation| draft.update(|d| d.organisation = organisation)
        />
        <div class="pair">
            <TextField label=t.job_title() value=now.title on_input=move |text| draft.update(|d| d.title = text) />
            <TextField label=t.department() value=now.department on_input=move |text| draft.update(|d| d.department = text) />
        </div>
        <Choice
            label=t.role()
            options=roles
            value=Signal::derive(move || draft.value.with(|d| d.role))
            on_choose=move |role| draft.update(|d| d.role = role)
            clearable=true
        />
    }
}
