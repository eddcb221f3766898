//! The form of a client: the names first, then whatever is known.

use leptos::prelude::*;

use super::fields::{AddressFields, LineFields, PhoneFields};
use super::kit::{asked, asked_id, filled_anew, for_each_id, with_record_once};
use super::roster::used_before;
use super::saving::{Saver, discarding, focus_asked, problem};
use super::suggested::SuggestedField;
use super::suspects::{Suspects, like_organisation};
use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::domain::lead::Lead;
use crate::domain::organisation::{LeadSource, Organisation, OrganisationDraft, Stage, Tier};
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::random::new_id;
use crate::state::{Change, Draft, book, with_draft};
use crate::ui::pages::leads::organisation_of;
use crate::ui::parts::field::{Choice, DraftBanner, Select, TextField};
use crate::ui::parts::page::Page;
use crate::ui::parts::picker::{Pick, Picker};
use crate::ui::words::text;

/// What a form starts from.
#[derive(Clone)]
struct Start {
    /// The record as it was; fields without an input of their own stay as they are.
    old: Organisation,
    /// The record that is edited; a new one has none yet.
    edited: Option<Entry<Organisation>>,
    /// The directory's row that becomes this client.
    lead: Option<Lead>,
}

#[component]
pub fn NewClient() -> impl IntoView {
    let t = text::<Clients>();
    let name = asked("name").unwrap_or_default();
    let lead = asked_id("lead");
    let book = book();
    let form = move || {
        let lead = lead.and_then(|id| book.with_shelf_untracked(|shelf| shelf.lead(id).cloned()));
        let key = lead.as_ref().map_or_else(
            || "client:new".to_owned(),
            |lead| format!("client:lead:{}", lead.id),
        );
        let old = match &lead {
            Some(lead) => organisation_of(lead),
            None => named(&name),
        };
        client_form(
            key,
            Start {
                old,
                edited: None,
                lead,
            },
        )
    };
    // A lead is held in memory, so the form waits until the leads have been read.
    let ready = Memo::new(move |_| {
        let loaded = book.loading.get().finished;
        lead.is_none_or(|id| loaded || book.with_shelf(|shelf| shelf.lead(id).is_some()))
    });
    view! { <Page title=t.new_client() back="/clients">{move || ready.get().then(&form)}</Page> }
}

/// A name searched for in vain, as the start of a new client.
fn named(name: &str) -> Organisation {
    let is_han = name
        .chars()
        .any(|c| ('\u{2e80}'..='\u{ffff}').contains(&c) || c > '\u{1ffff}');
    let mut organisation = Organisation::default();
    let field = if is_han {
        &mut organisation.name_zh
    } else {
        &mut organisation.name_en
    };
    name.clone_into(field);
    organisation
}

#[component]
pub fn EditClient() -> impl IntoView {
    let t = text::<Clients>();
    for_each_id(move |id| {
        view! {
            <Page title=t.edit_client() back=format!("/clients/{id}")>
                {with_record_once(
                    id,
                    |body: &Organisation| body.merged_into,
                    |entry| {
                        let start = Start { old: entry.body.clone(), edited: Some(entry.clone()), lead: None };
                        client_form(format!("client:{}", entry.id()), start).into_any()
                    },
                )}
            </Page>
        }
        .into_any()
    })
}

fn client_form(key: String, start: Start) -> impl IntoView {
    let initial = OrganisationDraft::of(&start.old);
    let start = StoredValue::new(start);
    with_draft(key, initial.clone(), move |draft| {
        let initial = initial.clone();
        view! { <ClientForm draft start initial /> }
    })
}

#[component]
fn ClientForm(
    draft: Draft<OrganisationDraft>,
    start: StoredValue<Start>,
    initial: OrganisationDraft,
) -> impl IntoView {
    let common = text::<Common>();
    let saver = Saver::new();
    // Counts up when the whole form has to be filled anew.
    let fill = RwSignal::new(0_u32);
    let restored = RwSignal::new(draft.restored);
    let discard = discarding(draft, initial, restored, fill);
    // Given once, so that a second tap cannot make a second client.
    let new = new_id();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save(draft, start, saver, new);
    };
    focus_asked();
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

fn save(draft: Draft<OrganisationDraft>, start: StoredValue<Start>, saver: Saver, new: Id) {
    let t = text::<Clients>();
    let book = book();
    let form = draft.value.get_untracked();
    let start = start.get_value();
    let own = start.edited.as_ref().map(Entry::id);
    let ancestors = book.with_shelf_untracked(|shelf| shelf.ancestors(form.parent));
    let body = match form.check(&start.old, own, &ancestors) {
        Ok(body) => body,
        Err(errors) => return saver.refuse(errors),
    };
    let mut change = Change::new();
    let (id, said) = match start.edited {
        Some(edited) => {
            let id = edited.id();
            change.edit(edited.into_any(), body);
            (id, t.client_saved())
        }
        None => {
            change.create_as(new, book.device(), body);
            (new, t.client_added())
        }
    };
    if let Some(lead) = start.lead {
        change.take_lead(Lead {
            organisation: Some(id),
            ..lead
        });
    }
    saver.save(draft, change, said, format!("/clients/{id}"));
}

#[component]
fn Fields(
    draft: Draft<OrganisationDraft>,
    start: StoredValue<Start>,
    saver: Saver,
) -> impl IntoView {
    let t = text::<Clients>();
    let now = draft.value.get_untracked();
    let own = start.with_value(|start| start.edited.as_ref().map(Entry::id));
    let suspects = Memo::new(move |_| draft.value.with(|form| like_organisation(form, own)));
    let name = problem(saver.errors, Field::Name);
    view! {
        <div class="form">
            <div class="big-fields" id="at-name">
                <TextField label=t.name_zh() value=now.name_zh on_input=move |text| draft.update(|d| d.name_zh = text) problem=name />
                <TextField label=t.name_en() value=now.name_en on_input=move |text| draft.update(|d| d.name_en = text) />
            </div>
            <Suspects found=suspects />
            <Standing draft />
            <h2>{t.reach()}</h2>
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
            <AddressFields start=now.addresses on_change=move |all| draft.update(|d| d.addresses = all) />
            <LineFields
                start=now.web_sites
                on_change=move |sites| draft.update(|d| d.web_sites = sites)
                errors=saver.errors
                kind="url"
                label=t.web_site()
                add=t.add_web_site()
                field=Field::WebSite
            />
            <h2>{t.belonging()}</h2>
            <Background draft saver own />
        </div>
    }
}

#[component]
fn Standing(draft: Draft<OrganisationDraft>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let now = draft.value.get_untracked();
    let stages = Stage::ALL
        .into_iter()
        .map(|stage| (stage, values.stage(stage)))
        .collect::<Vec<_>>();
    let tiers = Tier::ALL
        .into_iter()
        .map(|tier| (tier, values.tier(tier)))
        .collect::<Vec<_>>();
    let (segments, industries) = book().with_shelf_untracked(|shelf| {
        (
            used_before(shelf, |body| &body.segment),
            used_before(shelf, |body| &body.industry),
        )
    });
    let choose_stage =
        move |stage: Option<Stage>| draft.update(|d| d.stage = stage.unwrap_or_default());
    view! {
        <Choice
            label=t.stage()
            options=stages
            value=Signal::derive(move || Some(draft.value.with(|d| d.stage)))
            on_choose=choose_stage
        />
        <div id="at-tier">
            <Choice
                label=t.tier()
                options=tiers
                value=Signal::derive(move || draft.value.with(|d| d.tier))
                on_choose=move |tier| draft.update(|d| d.tier = tier)
                clearable=true
            />
        </div>
        <div id="at-segment">
            <SuggestedField
                label=t.segment()
                start=now.segment
                on_input=move |text| draft.update(|d| d.segment = text)
                used=segments
            />
        </div>
        <div id="at-industry">
            <SuggestedField
                label=t.industry()
                start=now.industry
                on_input=move |text| draft.update(|d| d.industry = text)
                used=industries
            />
        </div>
    }
}

#[component]
fn Background(draft: Draft<OrganisationDraft>, saver: Saver, own: Option<Id>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let now = draft.value.get_untracked();
    let sources = LeadSource::ALL
        .into_iter()
        .map(|source| (source, values.source(source)))
        .collect::<Vec<_>>();
    view! {
        <Picker
            label=t.parent()
            pick=Pick::Organisation
            value=Signal::derive(move || draft.value.with(|d| d.parent))
            on_choose=move |parent| draft.update(|d| d.parent = parent)
            problem=problem(saver.errors, Field::Parent)
            without=Signal::derive(move || own.into_iter().collect::<Vec<_>>())
        />
        <div id="at-source">
            <Select
                label=t.source()
                options=sources
                value=now.source
                on_choose=move |source| draft.update(|d| d.source = source)
                none=t.source_none()
            />
        </div>
        <TextField label=t.source_note() value=now.source_note on_input=move |text| draft.update(|d| d.source_note = text) />
        <div id="at-checked">
            <TextField
                label=t.checked()
                kind="date"
                value=now.last_checked
                on_input=move |text| draft.update(|d| d.last_checked = text)
                problem=problem(saver.errors, Field::LastChecked)
            />
        </div>
        <TextField label=t.remark() multiline=true value=now.remark on_input=move |text| draft.update(|d| d.remark = text) />
    }
}
