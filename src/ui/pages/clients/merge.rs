//! Merging two records of one client: everything in one save, and one undo takes all of it back.

use leptos::callback::Callable;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::kit::{NotFound, dotted, for_each_id};
use super::merging::{ChooseOther, Compared, Comparison, MergeActions, lines};
use super::saving::navigation;
use crate::domain::id::Id;
use crate::domain::organisation::{Organisation, OrganisationDraft, merge_organisations};
use crate::domain::person::Person;
use crate::domain::record::Entry;
use crate::domain::shelf::Shelf;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::state::{Change, app, book};
use crate::ui::parts::empty::Skeleton;
use crate::ui::parts::page::Page;
use crate::ui::parts::picker::Pick;
use crate::ui::words::{lang, text};

/// The two records, and everything that moves from one to the other.
#[derive(Clone)]
struct Pair {
    kept: Entry<Organisation>,
    other: Entry<Organisation>,
    merged: Organisation,
    people: Vec<Entry<Person>>,
    below: Vec<Entry<Organisation>>,
}

#[component]
pub fn MergeClient() -> impl IntoView {
    let t = text::<Clients>();
    let query = use_query_map();
    for_each_id(move |id| {
        let with = Memo::new(move |_| {
            query.with(|query| query.get("with").and_then(|id| id.parse::<Id>().ok()))
        });
        view! {
            <Page title=t.merge_title() back=format!("/clients/{id}")>
                {move || match with.get() {
                    None => view! { <Choose id /> }.into_any(),
                    Some(other) => view! { <Compare id other /> }.into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Choose(id: Id) -> impl IntoView {
    let book = book();
    let entry = Memo::new(move |_| book.with_shelf(|shelf| shelf.organisation(id).cloned()));
    move || {
        let Some(entry) = entry.get() else {
            return waiting();
        };
        let own = entry.id();
        let draft = OrganisationDraft::of(&entry.body);
        let suspects = super::suspects::like_organisation(&draft, Some(own));
        let suspects =
            super::suspects::of_kind(suspects, crate::domain::search::DocKind::Organisation);
        view! { <ChooseOther base=format!("/clients/{own}/merge") own pick=Pick::Organisation suspects /> }.into_any()
    }
}

/// Until the records are read; then it is known whether this one is there.
fn waiting() -> AnyView {
    if book().loading.get().finished {
        view! { <NotFound back="/clients".to_owned() /> }.into_any()
    } else {
        view! { <Skeleton /> }.into_any()
    }
}

#[component]
fn Compare(id: Id, other: Id) -> impl IntoView {
    let book = book();
    let app = app();
    let t = text::<Clients>();
    let go = navigation();
    let pair = move || book.with_shelf(|shelf| pair(shelf, id, other));
    move || {
        let Some(pair) = pair() else { return waiting() };
        let (kept, gone) = (pair.kept.id(), pair.other.id());
        let rows = compared(&pair);
        let moves = (!pair.people.is_empty() || !pair.below.is_empty())
            .then(|| t.merge_moves(pair.people.len(), pair.below.len()));
        let merge = move |()| {
            let change = change(pair.clone());
            leptos::task::spawn_local(async move {
                if app
                    .book
                    .commit_and_say(change, t.merged().to_owned(), app.settings)
                    .await
                    .is_some()
                {
                    let _ = go.try_run(format!("/clients/{kept}"));
                }
            });
        };
        view! {
            <Comparison rows />
            {moves.map(|moves| view! { <p class="section">{moves}</p> })}
            <MergeActions
                swapped=format!("/clients/{gone}/merge?with={kept}")
                again=format!("/clients/{kept}/merge")
                on_merge=merge
            />
        }
        .into_any()
    }
}

fn pair(shelf: &Shelf, kept: Id, other: Id) -> Option<Pair> {
    let (kept, other) = (
        shelf.organisation(kept)?.clone(),
        shelf.organisation(other)?.clone(),
    );
    if kept.id() == other.id() {
        return None;
    }
    let mut merged = merge_organisations(&kept.body, &other.body);
    merged.parent = merged_parent(shelf, &kept, &other);
    let people = shelf.people_of(other.id()).into_iter().cloned().collect();
    let below = shelf
        .children_of(other.id())
        .into_iter()
        .filter(|below| below.id() != kept.id())
        .cloned()
        .collect();
    Some(Pair {
        kept,
        other,
        merged,
        people,
        below,
    })
}

/// The first parent of the two that does not lie below the merged record: a company never stands above itself.
fn merged_parent(
    shelf: &Shelf,
    kept: &Entry<Organisation>,
    other: &Entry<Organisation>,
) -> Option<Id> {
    let is_sound = |parent: &Id| {
        let above = shelf.ancestors(Some(*parent));
        !above.contains(&kept.id()) && !above.contains(&other.id())
    };
    kept.body
        .parent
        .filter(is_sound)
        .or(other.body.parent.filter(is_sound))
}

fn change(pair: Pair) -> Change {
    let kept = pair.kept.id();
    let mut change = Change::new();
    change.edit(pair.kept.into_any(), pair.merged);
    let gone = Organisation {
        merged_into: Some(kept),
        ..pair.other.body.clone()
    };
    change.edit(pair.other.into_any(), gone);
    for person in pair.people {
        let moved = Person {
            organisation: Some(kept),
            ..person.body.clone()
        };
        change.edit(person.into_any(), moved);
    }
    for below in pair.below {
        let moved = Organisation {
            parent: Some(kept),
            ..below.body.clone()
        };
        change.edit(below.into_any(), moved);
    }
    change
}

fn compared(pair: &Pair) -> Vec<Compared> {
    let t = text::<Clients>();
    let values = text::<Values>();
    let all = [&pair.kept.body, &pair.other.body, &pair.merged];
    let row = |label: &'static str, words: &dyn Fn(&Organisation) -> String| {
        let [kept, other, merged] = all.map(words);
        Compared {
            label,
            kept,
            other,
            merged,
        }
    };
    let parent = |body: &Organisation| {
        let name = |id| {
            book().with_shelf_untracked(|shelf| {
                shelf
                    .organisation(id)
                    .map(|entry| entry.body.names(lang().is_han()).0.to_owned())
            })
        };
        body.parent.and_then(name).unwrap_or_default()
    };
    vec![
        row(t.name_zh(), &|body| body.name_zh.clone()),
        row(t.name_en(), &|body| body.name_en.clone()),
        row(t.aliases(), &|body| body.aliases.join("\n")),
        row(t.stage(), &|body| values.stage(body.stage).to_owned()),
        row(t.tier(), &|body| {
            body.tier
                .map(|tier| values.tier(tier).to_owned())
                .unwrap_or_default()
        }),
        row(t.segment(), &|body| body.segment.clone()),
        row(t.industry(), &|body| body.industry.clone()),
        row(t.phone(), &|body| {
            lines(body.phones.iter().map(|phone| &phone.number))
        }),
        row(t.email(), &|body| {
            lines(body.emails.iter().map(|email| &email.address))
        }),
        row(t.address(), &|body| {
            lines(body.addresses.iter().map(|at| &at.text))
        }),
        row(t.web_site(), &|body| {
            lines(body.web_sites.iter().map(|site| &site.url))
        }),
        row(t.belongs_to(), &parent),
        row(t.source(), &|body| {
            let source = body
                .source
                .map(|source| values.source(source).to_owned())
                .unwrap_or_default();
            dotted([source, body.source_note.clone()])
        }),
        row(t.checked(), &|body| {
            body.last_checked
                .map(super::kit::day_words)
                .unwrap_or_default()
        }),
        row(t.imported(), &|body| {
            lines(body.extra.iter().map(|extra| &extra.value))
        }),
        row(t.remark(), &|body| body.remark.clone()),
    ]
}
