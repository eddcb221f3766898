//! Choosing what to merge with, and the table that shows what will come of it; for clients and contacts alike.

use leptos::prelude::*;

use crate::domain::docs::Found;
use crate::domain::id::Id;
use crate::i18n::clients::Clients;
use crate::ui::parts::picker::{Pick, Picker};
use crate::ui::words::text;

/// One line of the comparison: what each record has and what the merged one will have.
pub struct Compared {
    pub label: &'static str,
    pub kept: String,
    pub other: String,
    pub merged: String,
}

/// One value a line.
pub fn lines<'a>(values: impl Iterator<Item = &'a String>) -> String {
    values.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// The choice of the other record: those that look the same first, then any.
#[component]
pub fn ChooseOther(
    /// Address of this record's merge screen.
    base: String,
    own: Id,
    pick: Pick,
    suspects: Vec<Found>,
) -> impl IntoView {
    let t = text::<Clients>();
    let base = StoredValue::new(base);
    let with = move |other: Id| base.with_value(|base| format!("{base}?with={other}"));
    let go = super::saving::navigation();
    let choose = move |other: Option<Id>| {
        if let Some(other) = other {
            go.run(with(other));
        }
    };
    view! {
        <div class="form">
            <p class="big-state">{t.merge_choose()}</p>
            <p class="hint">{t.merge_choose_help()}</p>
            {(!suspects.is_empty())
                .then(|| {
                    view! {
                        <h2>{t.merge_suspects()}</h2>
                        <ul class="rows">
                            {suspects
                                .into_iter()
                                .map(|found| {
                                    let why = found.why.as_ref().map(super::suspects::why).unwrap_or_default();
                                    view! {
                                        <li>
                                            <a class="row" href=with(found.id)>
                                                <span class="grow">
                                                    <span class="title">{found.title}</span>
                                                    <span class="sub">{super::kit::dotted([why.to_owned(), found.sub])}</span>
                                                </span>
                                            </a>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            <Picker
                label=t.merge_other()
                pick
                value=Signal::derive(|| None)
                on_choose=choose
                without=Signal::derive(move || vec![own])
            />
        </div>
    }
}

/// Both records and the result, side by side; lines without content are left out.
#[component]
pub fn Comparison(rows: Vec<Compared>) -> impl IntoView {
    let t = text::<Clients>();
    let rows = rows
        .into_iter()
        .filter(|row| !(row.kept.is_empty() && row.other.is_empty() && row.merged.is_empty()));
    let cell = |role: &'static str, label: &'static str, words: String| {
        view! {
            <td data-role=role data-label=label class="words">
                {if words.is_empty() { "–".to_owned() } else { words }}
            </td>
        }
    };
    view! {
        <table class="merge">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{t.merge_kept()}</th>
                    <th scope="col">{t.merge_gone()}</th>
                    <th scope="col">{t.merge_result()}</th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .map(|row| {
                        view! {
                            <tr>
                                <th scope="row">{row.label}</th>
                                {cell("kept", t.merge_kept(), row.kept)}
                                {cell("gone", t.merge_gone(), row.other)}
                                {cell("result", t.merge_result(), row.merged)}
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

/// The way to the result: merge, keep the other one instead, or choose again.
#[component]
pub fn MergeActions(
    /// The same screen with the two exchanged.
    swapped: String,
    again: String,
    #[prop(into)] on_merge: Callback<()>,
) -> impl IntoView {
    let t = text::<Clients>();
    view! {
        <div class="form">
            <p class="hint">{t.merge_keeps_all()}</p>
            <a class="button" data-kind="quiet" href=swapped>{t.merge_swap()}</a>
            <a class="button" data-kind="quiet" href=again>{t.merge_again()}</a>
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=move |_| on_merge.run(())>
                {t.merge_now()}
            </button>
        </div>
    }
}
