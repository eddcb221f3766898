//! A row of an imported directory: read only, until it is touched and becomes a client.

use leptos::callback::Callable;
use leptos::prelude::*;

use super::clients::facts::fact;
use super::clients::kit::{NotFound, RecordHead, day_words, for_each_id};
use super::clients::saving::navigation;
use crate::domain::contact::{
    Address, Email, Extra, Phone, PhoneKind, email_is_plausible, phone_is_plausible,
};
use crate::domain::id::Id;
use crate::domain::import::Import;
use crate::domain::lead::Lead;
use crate::domain::organisation::{LeadSource, Organisation};
use crate::i18n::clients::Clients;
use crate::i18n::shell::Shell;
use crate::platform::random;
use crate::state::{Change, app, book, live};
use crate::ui::parts::empty::Skeleton;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn LeadPage() -> impl IntoView {
    let book = book();
    for_each_id(move |id| {
        let lead = Memo::new(move |_| {
            book.with_shelf(|shelf| {
                let lead = shelf.lead(id)?.clone();
                // A client that was taken back leaves its lead as untouched as before.
                let organisation = lead
                    .organisation
                    .filter(|client| shelf.organisation(*client).is_some());
                Some(Lead {
                    organisation,
                    ..lead
                })
            })
        });
        // Drawn again only when the lead itself changes, not whenever another record is read.
        let shown = move || match lead.get() {
            Some(lead) => view! { <LeadSheet lead /> }.into_any(),
            None if book.loading.get().finished => {
                view! { <NotFound back="/search?kind=lead".to_owned() /> }.into_any()
            }
            None => view! { <Skeleton /> }.into_any(),
        };
        shown.into_any()
    })
}

#[component]
fn LeadSheet(lead: Lead) -> impl IntoView {
    let t = text::<Clients>();
    let body = &lead.body;
    let (first, second) = if lang().is_han() {
        (&body.name_zh, &body.name_en)
    } else {
        (&body.name_en, &body.name_zh)
    };
    let (first, second) = if first.is_empty() {
        (second, first)
    } else {
        (first, second)
    };
    let names = (
        first.clone(),
        Some(second.clone()).filter(|second| !second.is_empty()),
    );
    let became = lead.organisation;
    view! {
        <article class="page lead">
            <RecordHead names=Signal::derive(move || names.clone()) back="/search?kind=lead" tools=|| () />
            <p class="standing"><span class="tag">{t.lead()}</span> <span>{body.industry.clone()}</span></p>
            <p class="pulse">{if became.is_some() { t.lead_became() } else { t.lead_help() }}</p>
            <section class="section">
                <h2>{t.lead_row()}</h2>
                <dl class="facts">
                    {fact(t.name_zh(), body.name_zh.clone())}
                    {fact(t.name_en(), body.name_en.clone())}
                    {fact(t.phone(), body.phone.clone())}
                    {fact(t.email(), body.email.clone())}
                    {fact(t.address(), body.address.clone())}
                    {fact(t.industry(), body.industry.clone())}
                    {body.extra.iter().map(|extra| view! { <dt>{extra.name.clone()}</dt><dd class="words">{extra.value.clone()}</dd> }).collect_view()}
                </dl>
            </section>
            <Origin import=lead.import />
            <LeadActions lead />
        </article>
    }
}

/// Which file it came with, and when.
#[component]
fn Origin(import: Id) -> impl IntoView {
    let t = text::<Clients>();
    let found = live(move |store| async move { store.import(import).await });
    let words = move || {
        found.with(|found| match found {
            Some(Ok(Some(import))) => import_words(import, t),
            _ => String::new(),
        })
    };
    view! { <p class="section hint">{words}</p> }
}

fn import_words(import: &Import, t: Clients) -> String {
    let day = import.at.date().map(day_words).unwrap_or_default();
    t.lead_from(import.file_name.clone(), day)
}

#[component]
fn LeadActions(lead: Lead) -> impl IntoView {
    let t = text::<Clients>();
    let shell = text::<Shell>();
    if let Some(client) = lead.organisation {
        return view! {
            <div class="actions">
                <a class="button" data-kind="seal" href=format!("/clients/{client}")>{t.open_client()}</a>
            </div>
        }
        .into_any();
    }
    let lead = StoredValue::new(lead);
    let touch = toucher(lead);
    view! {
        <div class="actions">
            <button type="button" class="button" on:click=move |_| touch.run(|id| format!("/visits/new?org={id}"))>
                <Glyph icon=Icon::Visit />
                {shell.new_visit()}
            </button>
            <button type="button" class="button" on:click=move |_| touch.run(|id| format!("/notes/new?org={id}"))>
                <Glyph icon=Icon::Note />
                {shell.new_note()}
            </button>
            <button
                type="button"
                class="button"
                data-kind="seal"
                on:click=move |_| touch.run(|id| format!("/clients/{id}"))
            >
                {t.make_client()}
            </button>
        </div>
    }
    .into_any()
}

/// The first touch: the lead becomes a client in one save, and the screen goes where the tap wanted.
fn toucher(lead: StoredValue<Lead>) -> Callback<fn(Id) -> String> {
    let app = app();
    let t = text::<Clients>();
    let go = navigation();
    let busy = StoredValue::new(false);
    Callback::new(move |then: fn(Id) -> String| {
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let lead = lead.get_value();
        let id = random::new_id();
        let mut change = Change::new();
        change.create_as(id, app.book.device(), organisation_of(&lead));
        change.take_lead(Lead {
            organisation: Some(id),
            ..lead
        });
        leptos::task::spawn_local(async move {
            if app
                .book
                .commit_and_say(change, t.made_client().to_owned(), app.settings)
                .await
                .is_some()
            {
                let _ = go.try_run(then(id));
            }
            busy.try_set_value(false);
        });
    })
}

/// The client a lead becomes: every column is kept, those without a field of their own under their old name.
pub fn organisation_of(lead: &Lead) -> Organisation {
    let body = &lead.body;
    let mut extra = body.extra.clone();
    let mut keep = |name: &str, value: &str| {
        extra.push(Extra {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    };
    let mut phones = Vec::new();
    for number in body
        .phone
        .split(['/', ';', '\n', '、', '；'])
        .map(str::trim)
        .filter(|number| !number.is_empty())
    {
        match phone_is_plausible(number) {
            true => phones.push(Phone {
                id: random::new_id(),
                kind: PhoneKind::Main,
                number: number.to_owned(),
            }),
            false => keep("phone", number),
        }
    }
    let mut emails = Vec::new();
    for address in body
        .email
        .split([';', ',', ' ', '\n', '；'])
        .filter(|address| !address.is_empty())
    {
        match email_is_plausible(address) {
            true => emails.push(Email {
                id: random::new_id(),
                address: address.to_owned(),
            }),
            false => keep("email", address),
        }
    }
    let address = body.address.trim();
    let addresses = (!address.is_empty()).then(|| Address {
        id: random::new_id(),
        label: String::new(),
        text: address.to_owned(),
    });
    // Only listed companies have a stock code; every other directory is one of a trade.
    let listed = body
        .extra
        .iter()
        .any(|extra| extra.name.contains("stock") || extra.name.contains("股"));
    Organisation {
        name_zh: body.name_zh.clone(),
        name_en: body.name_en.clone(),
        industry: body.industry.clone(),
        phones,
        emails,
        addresses: addresses.into_iter().collect(),
        source: Some(if listed {
            LeadSource::ListedDirectory
        } else {
            LeadSource::TradeDirectory
        }),
        extra,
        ..Organisation::default()
    }
}
