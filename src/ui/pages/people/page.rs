//! A person's page. Who refused contact is shown without a way to call, write or share.

use chrono::NaiveDate;
use leptos::callback::Callable;
use leptos::prelude::*;

use super::consent::ConsentState as ConsentSection;
use super::reach::Reach;
use crate::domain::person::{Occasion, Person};
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::shell::Shell;
use crate::i18n::values::Values;
use crate::platform::intl;
use crate::state::{Change, app, book};
use crate::ui::pages::clients::OpenItems;
use crate::ui::pages::clients::call::{CallButton, Line, can_be_called};
use crate::ui::pages::clients::facts::{Imported, fact};
use crate::ui::pages::clients::kit::{
    RecordHead, asked, dotted, for_each_id, list_address, with_record,
};
use crate::ui::pages::clients::open::{Pulse, open_items, with_merged};
use crate::ui::pages::clients::saving::navigation;
use crate::ui::pages::clients::share::share_person;
use crate::ui::pages::notes::Timeline;
use crate::ui::pages::sync::ClashBanner;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::photos::PhotoStrip;
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, text};

#[component]
pub fn PersonPage() -> impl IntoView {
    for_each_id(|id| {
        let show = |entry| view! { <Contact entry /> }.into_any();
        with_record(id, |body: &Person| body.merged_into, show).into_any()
    })
}

#[component]
fn Contact(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let han_first = lang().is_han();
    let id = entry.with_untracked(Entry::id);
    let ids = Signal::derive(move || with_merged(id));
    let open = open_items(ids);
    let names = move || entry.with(|entry| entry.body.names(han_first));
    // Back to where one came from: the list of contacts if it brought us here, else the company.
    let company = entry.with_untracked(|entry| entry.body.organisation);
    let back = match (company, asked("show")) {
        (Some(company), None) => format!("/clients/{company}"),
        (None, None) => "/clients?show=people".to_owned(),
        (_, Some(_)) => list_address(),
    };
    let photo = move || entry.with(|entry| entry.body.photo.iter().cloned().collect::<Vec<_>>());
    view! {
        <article class="page person">
            <RecordHead names=Signal::derive(names) back tools=move || view! { <Tools entry /> } />
            <ClashBanner record=id />
            <Work entry />
            <Show when=move || !photo().is_empty()>
                <div class="section"><PhotoStrip photos=Signal::derive(photo) /></div>
            </Show>
            <Show when=move || entry.with(|entry| entry.body.opted_out())>
                <div class="banner" data-kind="stop"><p>{t.out_reason()}</p></div>
            </Show>
            <Pulse ids open />
            <Reach entry />
            <OpenItems open />
            <ConsentSection entry />
            <PersonFacts entry />
            <section class="section">
                <h2>{t.history()}</h2>
                <Timeline id />
            </section>
            <Actions entry />
        </article>
    }
}

/// Form of address, title, department, role, and the company to go to.
#[component]
fn Work(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let han_first = lang().is_han();
    let words = move || {
        entry.with(|entry| {
            let body = &entry.body;
            let honorific = body
                .honorific
                .map(|honorific| values.honorific(honorific).to_owned());
            let role = body.role.map(|role| values.role(role).to_owned());
            let parts = [
                honorific,
                Some(body.title.clone()),
                Some(body.department.clone()),
                role,
            ];
            dotted(parts.into_iter().flatten())
        })
    };
    let company = move || {
        let organisation = entry.with(|entry| entry.body.organisation)?;
        book().with_shelf(|shelf| {
            let found = shelf.organisation(organisation)?;
            Some((found.id(), found.body.names(han_first).0.to_owned()))
        })
    };
    view! {
        <p class="standing">{words}</p>
        {move || match company() {
            Some((id, name)) => view! {
                <p class="company">
                    <a href=format!("/clients/{id}")><Glyph icon=Icon::Clients />{name}</a>
                </p>
            }
                .into_any(),
            None => view! { <p class="standing">{t.no_company()}</p> }.into_any(),
        }}
    }
}

#[component]
fn PersonFacts(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    move || {
        let body = entry.with(|entry| entry.body.clone());
        let occasions = body.occasions.iter().map(|occasion| {
            let label = if occasion.label.is_empty() {
                t.occasion().to_owned()
            } else {
                occasion.label.clone()
            };
            view! { <dt>{label}</dt><dd>{occasion_words(occasion)}</dd> }
        });
        let empty = body.birthday.is_none()
            && body.occasions.is_empty()
            && body.remark.is_empty()
            && body.extra.is_empty();
        (!empty).then(|| {
            view! {
                <section class="section">
                    <h2>{t.file()}</h2>
                    <dl class="facts">
                        {fact(t.birthday(), body.birthday.as_ref().map(occasion_words).unwrap_or_default())}
                        {occasions.collect_view()} {fact(t.remark(), body.remark.clone())}
                    </dl>
                    <Imported extra=body.extra.clone() />
                </section>
            }
        })
    }
}

fn occasion_words(occasion: &Occasion) -> String {
    let date = occasion
        .year
        .and_then(|year| NaiveDate::from_ymd_opt(year, occasion.month, occasion.day));
    match date {
        Some(date) => intl::date_long(lang().tag(), date),
        None => text::<Clients>().month_day(occasion.month, occasion.day),
    }
}

#[component]
fn Actions(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let shell = text::<Shell>();
    let lines = move || {
        entry.with(|entry| {
            let phones = entry
                .body
                .phones
                .iter()
                .filter(|phone| !entry.body.opted_out() && can_be_called(phone));
            phones
                .map(|phone| Line {
                    owner: String::new(),
                    phone: phone.clone(),
                })
                .collect::<Vec<_>>()
        })
    };
    let to = move |what: &str| {
        entry.with(|entry| {
            let org = entry
                .body
                .organisation
                .map(|org| format!("&org={org}"))
                .unwrap_or_default();
            format!("/{what}/new?person={}{org}", entry.id())
        })
    };
    view! {
        <nav class="actions quad" aria-label=t.actions()>
            <CallButton lines=Signal::derive(lines) />
            <a class="button" href=move || to("visits")><Glyph icon=Icon::Visit />{shell.new_visit()}</a>
            <a class="button" href=move || to("follow-ups")><Glyph icon=Icon::FollowUp />{shell.new_follow_up()}</a>
            <a class="button" data-kind="seal" href=move || to("notes")><Glyph icon=Icon::Note />{shell.new_note()}</a>
        </nav>
    }
}

#[component]
fn Tools(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let more = RwSignal::new(false);
    let id = move || entry.with(Entry::id);
    let out = move || entry.with(|entry| entry.body.opted_out());
    let hand_over = move |_| {
        more.set(false);
        entry.with_untracked(|entry| share_person(&entry.body));
    };
    view! {
        <a class="icon-button" href=move || format!("/people/{}/edit", id()) aria-label=common.edit() title=common.edit()>
            <Glyph icon=Icon::Edit />
        </a>
        <button
            type="button"
            class="icon-button"
            aria-haspopup="dialog"
            aria-label=common.more()
            title=common.more()
            on:click=move |_| more.set(true)
        >
            <Glyph icon=Icon::More />
        </button>
        <Sheet open=more title=common.more()>
            <ul class="rows">
                <li>
                    {move || if out() {
                        view! { <p class="row hint">{t.out_reason()}</p> }.into_any()
                    } else {
                        view! {
                            <button type="button" class="row" on:click=hand_over>
                                <Glyph icon=Icon::Share />
                                <span class="grow title">{t.share_contact()}</span>
                            </button>
                        }
                            .into_any()
                    }}
                </li>
                <li>
                    <a class="row" href=format!("/people/{}/merge", id()) on:click=move |_| more.set(false)>
                        <Glyph icon=Icon::Merge />
                        <span class="grow title">{t.merge_duplicate()}</span>
                    </a>
                </li>
                <li>
                    <DeletePerson entry />
                </li>
            </ul>
        </Sheet>
    }
}

#[component]
fn DeletePerson(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let app = app();
    let go = navigation();
    let delete = move |_| {
        let old = entry.get_untracked();
        let said = if old.body.opted_out() {
            t.person_deleted_out()
        } else {
            t.person_deleted()
        };
        let then = match old.body.organisation {
            Some(organisation) => format!("/clients/{organisation}"),
            None => "/clients?show=people".to_owned(),
        };
        let mut change = Change::new();
        change.delete(old.into_any());
        leptos::task::spawn_local(async move {
            if app
                .book
                .commit_and_say(change, said.to_owned(), app.settings)
                .await
                .is_some()
            {
                let _ = go.try_run(then);
            }
        });
    };
    view! {
        <button type="button" class="row" on:click=delete>
            <Glyph icon=Icon::Cross />
            <span class="grow">
                <span class="title">{common.delete()}</span>
                <span class="sub">{t.delete_client_plain()}</span>
            </span>
        </button>
    }
}
