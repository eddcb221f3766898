//! The facts of a client's file: how complete it is, its people, where it is, what it belongs to.

use leptos::prelude::*;

use super::kit::{day_words, days_from, dotted};
use super::saving::commit_edit;
use crate::domain::completeness::{Missing, completeness};
use crate::domain::contact::{Address, Extra};
use crate::domain::id::Id;
use crate::domain::organisation::Organisation;
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::{clock, dom, view};
use crate::state::{app, book};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

/// One calm line: how complete the file is, and each gap as a way to fill it.
#[component]
pub fn Completeness(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let today = view::today_signal();
    let score = Memo::new(move |_| {
        entry.with(|entry| {
            book().with_shelf(|shelf| {
                let people: Vec<_> = shelf
                    .people_of(entry.id())
                    .into_iter()
                    .map(|person| &person.body)
                    .collect();
                completeness(&entry.body, &people, today.get())
            })
        })
    });
    let gaps = move || {
        let id = entry.with(Entry::id);
        let gap = move |missing| view! { <li><a href=fill(id, missing)>{values.missing(missing)}</a></li> };
        score.with(|score| score.missing.iter().copied().map(gap).collect_view())
    };
    view! {
        <section class="section gaps" aria-label=t.file()>
            {move || match score.with(|score| score.percent) {
                100 => view! { <p class="state" data-kind="good"><Glyph icon=Icon::Check />{t.complete_all()}</p> }.into_any(),
                percent => view! {
                    <p id="gaps">{t.complete(percent)}</p>
                    <progress class="progress" max="100" value=percent.to_string() aria-labelledby="gaps"></progress>
                    <p class="hint">{t.still_missing()}</p>
                    <ul class="links">{gaps}</ul>
                }
                    .into_any(),
            }}
        </section>
    }
}

/// Where a gap is filled: a contact by the contact's form, everything else in the client's.
fn fill(id: Id, missing: Missing) -> String {
    let at = match missing {
        Missing::Contact => return format!("/people/new?org={id}"),
        Missing::DecisionMaker => return format!("/people/new?org={id}&role=decision_maker"),
        Missing::Phone => "phone",
        Missing::Address => "address",
        Missing::Tier => "tier",
        Missing::Segment => "segment",
        Missing::Industry => "industry",
        Missing::Source => "source",
        Missing::OtherName => "name",
        Missing::RecentCheck => "checked",
    };
    format!("/clients/{id}/edit?at={at}")
}

/// Everything else on file, as label and words.
#[component]
pub fn FileFacts(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let body = Memo::new(move |_| entry.with(|entry| entry.body.clone()));
    let source = move |body: &Organisation| {
        let name = body
            .source
            .map(|source| values.source(source).to_owned())
            .unwrap_or_default();
        dotted([name, body.source_note.clone()])
    };
    view! {
        <section class="section">
            <h2>{t.file()}</h2>
            {move || {
                let body = body.get();
                view! {
                    <dl class="facts">
                        <Addresses addresses=body.addresses.clone() />
                        {body.emails.iter().map(|at| mail_fact(t.email(), &at.address)).collect_view()}
                        {body.web_sites.iter().map(|site| web_fact(t.web_site(), &site.url)).collect_view()}
                        <Family id=entry.with(Entry::id) parent=body.parent />
                        {fact(t.source(), source(&body))}
                        {fact(t.aliases(), body.aliases.join("\n"))}
                        {fact(t.remark(), body.remark.clone())}
                        <Checked entry />
                    </dl>
                    <Imported extra=body.extra />
                }
            }}
        </section>
    }
}

/// A label with its words; nothing where there are none.
pub fn fact(label: &'static str, words: String) -> impl IntoView {
    (!words.is_empty()).then(|| view! { <dt>{label}</dt><dd class="words">{words}</dd> })
}

fn mail_fact(label: &'static str, address: &str) -> impl IntoView + use<> {
    let words = address.to_owned();
    view! { <dt>{label}</dt><dd><a href=format!("mailto:{address}")>{words}</a></dd> }
}

fn web_fact(label: &'static str, url: &str) -> impl IntoView + use<> {
    let words = url
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    view! {
        <dt>{label}</dt>
        <dd><a href=url.to_owned() target="_blank" rel="noopener noreferrer">{words}</a></dd>
    }
}

#[component]
fn Addresses(addresses: Vec<Address>) -> impl IntoView {
    let t = text::<Clients>();
    addresses
        .into_iter()
        .map(|at| {
            let label = if at.label.is_empty() {
                t.address().to_owned()
            } else {
                at.label
            };
            view! {
                <dt>{label}</dt>
                <dd class="copyable">
                    <span class="words">{at.text.clone()}</span>
                    <CopyButton what=t.address() words=at.text />
                </dd>
            }
        })
        .collect_view()
}

/// Copies a text for another app, such as a map: nothing third-party is loaded here.
#[component]
pub fn CopyButton(what: &'static str, words: String) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let notices = app().notices;
    let label = t.copy_of(what.to_owned());
    let copy = move |_| {
        let words = words.clone();
        leptos::task::spawn_local(async move {
            match dom::copy(&words).await {
                true => notices.done(common.copied()),
                false => notices.failed(t.copy_failed()),
            }
        });
    };
    view! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=copy>
            <Glyph icon=Icon::Copy />
        </button>
    }
}

/// The company above and the ones below.
#[component]
fn Family(id: Id, parent: Option<Id>) -> impl IntoView {
    let t = text::<Clients>();
    let han_first = lang().is_han();
    let named =
        move |entry: &Entry<Organisation>| (entry.id(), entry.body.names(han_first).0.to_owned());
    let link =
        |(id, name): (Id, String)| view! { <dd><a href=format!("/clients/{id}")>{name}</a></dd> };
    move || {
        let (above, below) = book().with_shelf(|shelf| {
            let above = parent
                .and_then(|parent| shelf.organisation(parent))
                .map(named);
            (
                above,
                shelf
                    .children_of(id)
                    .into_iter()
                    .map(named)
                    .collect::<Vec<_>>(),
            )
        });
        view! {
            {above.map(|above| view! { <dt>{t.belongs_to()}</dt> {link(above)} })}
            {(!below.is_empty()).then(|| view! { <dt>{t.below()}</dt> {below.into_iter().map(link).collect_view()} })}
        }
    }
}

/// When somebody last went through the file, and the tap that says it was today.
#[component]
fn Checked(entry: Memo<Entry<Organisation>>) -> impl IntoView {
    let t = text::<Clients>();
    let today = clock::today();
    let checked = entry.with(|entry| entry.body.last_checked);
    let words = match checked {
        Some(day) => t.checked_on(day_words(day), days_from(today, day)),
        None => t.never_checked().to_owned(),
    };
    let check = move |_| {
        let old = entry.get_untracked();
        let body = Organisation {
            last_checked: Some(clock::today()),
            ..old.body.clone()
        };
        commit_edit(old, body, t.checked_said());
    };
    view! {
        <dt>{t.checked()}</dt>
        <dd class="copyable">
            <span>{words}</span>
            {(checked != Some(today))
                .then(|| view! { <button type="button" class="button" on:click=check>{t.check_today()}</button> })}
        </dd>
    }
}

/// Columns an import brought that have no field of their own.
#[component]
pub fn Imported(extra: Vec<Extra>) -> impl IntoView {
    let t = text::<Clients>();
    (!extra.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.imported()}</summary>
                <dl class="facts">
                    {extra
                        .into_iter()
                        .map(|extra| view! { <dt>{extra.name}</dt><dd class="words">{extra.value}</dd> })
                        .collect_view()}
                </dl>
            </details>
        }
    })
}
