//! Merging two records of one person. A refusal of either stays in force.

use leptos::callback::Callable;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::domain::id::Id;
use crate::domain::person::{Person, PersonDraft, merge_persons};
use crate::domain::record::Entry;
use crate::domain::search::DocKind;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::state::{Change, app, book};
use crate::ui::pages::clients::kit::{NotFound, for_each_id};
use crate::ui::pages::clients::merging::{ChooseOther, Compared, Comparison, MergeActions, lines};
use crate::ui::pages::clients::saving::navigation;
use crate::ui::pages::clients::suspects;
use crate::ui::parts::empty::Skeleton;
use crate::ui::parts::page::Page;
use crate::ui::parts::picker::Pick;
use crate::ui::words::{lang, text};

#[component]
pub fn MergePerson() -> impl IntoView {
    let t = text::<Clients>();
    let query = use_query_map();
    for_each_id(move |id| {
        let with = Memo::new(move |_| {
            query.with(|query| query.get("with").and_then(|id| id.parse::<Id>().ok()))
        });
        view! {
            <Page title=t.merge_title() back=format!("/people/{id}")>
                {move || match with.get() {
                    None => view! { <Choose id /> }.into_any(),
                    Some(other) => view! { <Compare id other /> }.into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

/// Until the records are read; then it is known whether this one is there.
fn waiting() -> AnyView {
    if book().loading.get().finished {
        view! { <NotFound back="/clients?show=people".to_owned() /> }.into_any()
    } else {
        view! { <Skeleton /> }.into_any()
    }
}

#[component]
fn Choose(id: Id) -> impl IntoView {
    let book = book();
    let entry = Memo::new(move |_| book.with_shelf(|shelf| shelf.person(id).cloned()));
    move || {
        let Some(entry) = entry.get() else {
            return waiting();
        };
        let own = entry.id();
        let draft = PersonDraft::of(&entry.body);
        let found = suspects::like_person(&draft, Some(own));
        let suspects = suspects::of_kind(found, DocKind::Person);
        view! { <ChooseOther base=format!("/people/{own}/merge") own pick=Pick::Person suspects /> }
            .into_any()
    }
}

#[component]
fn Compare(id: Id, other: Id) -> impl IntoView {
    let book = book();
    let app = app();
    let t = text::<Clients>();
    let go = navigation();
    let pair = Memo::new(move |_| {
        book.with_shelf(|shelf| {
            let (kept, other) = (shelf.person(id)?.clone(), shelf.person(other)?.clone());
            (kept.id() != other.id()).then_some((kept, other))
        })
    });
    move || {
        let Some((kept, other)) = pair.get() else {
            return waiting();
        };
        let merged = merge_persons(&kept.body, &other.body);
        let rows = compared(&kept.body, &other.body, &merged);
        let (kept_id, other_id) = (kept.id(), other.id());
        let merge = move |()| {
            let change = change(kept.clone(), other.clone(), merged.clone());
            leptos::task::spawn_local(async move {
                if app
                    .book
                    .commit_and_say(change, t.merged().to_owned(), app.settings)
                    .await
                    .is_some()
                {
                    let _ = go.try_run(format!("/people/{kept_id}"));
                }
            });
        };
        view! {
            <Comparison rows />
            <MergeActions
                swapped=format!("/people/{other_id}/merge?with={kept_id}")
                again=format!("/people/{kept_id}/merge")
                on_merge=merge
            />
        }
        .into_any()
    }
}

fn change(kept: Entry<Person>, other: Entry<Person>, merged: Person) -> Change {
    let into = kept.id();
    let mut change = Change::new();
    change.edit(kept.into_any(), merged);
    let gone = Person {
        merged_into: Some(into),
        ..other.body.clone()
    };
    change.edit(other.into_any(), gone);
    change
}

fn compared(kept: &Person, other: &Person, merged: &Person) -> Vec<Compared> {
    let t = text::<Clients>();
    let values = text::<Values>();
    let all = [kept, other, merged];
    let row = |label: &'static str, words: &dyn Fn(&Person) -> String| {
        let [kept, other, merged] = all.map(words);
        Compared {
            label,
            kept,
            other,
            merged,
        }
    };
    let company = |body: &Person| {
        let name = |id| {
            book().with_shelf_untracked(|shelf| {
                shelf
                    .organisation(id)
                    .map(|entry| entry.body.names(lang().is_han()).0.to_owned())
            })
        };
        body.organisation.and_then(name).unwrap_or_default()
    };
    vec![
        row(t.person_name_zh(), &|body| body.name_zh()),
        row(t.name_en(), &|body| body.name_en()),
        row(t.honorific(), &|body| {
            body.honorific
                .map(|v| values.honorific(v).to_owned())
                .unwrap_or_default()
        }),
        row(t.job_title(), &|body| body.title.clone()),
        row(t.department(), &|body| body.department.clone()),
        row(t.company(), &company),
        row(t.role(), &|body| {
            body.role
                .map(|v| values.role(v).to_owned())
                .unwrap_or_default()
        }),
        row(t.phone(), &|body| {
            lines(body.phones.iter().map(|phone| &phone.number))
        }),
        row(t.email(), &|body| {
            lines(body.emails.iter().map(|email| &email.address))
        }),
        row(t.whatsapp(), &|body| body.whatsapp.clone()),
        row(t.wechat(), &|body| body.wechat.clone()),
        row(t.consent(), &|body| {
            body.consents
                .last()
                .map(|said| values.consent(said.state).to_owned())
                .unwrap_or_default()
        }),
        row(t.remark(), &|body| body.remark.clone()),
    ]
}
