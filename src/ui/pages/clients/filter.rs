//! What the list shows and in which order: every choice is a part of its address.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::query::{self, ListQuery, ROLES, SORTS, STAGES, Sort, TIERS, Which};
use super::roster::Arranged;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::ui::words::text;

/// Clients or contacts.
#[component]
pub fn Switch(show: Memo<Which>) -> impl IntoView {
    let t = text::<Clients>();
    let entry = move |of: Which, href: &'static str, name: &'static str| {
        let current = move || (show.get() == of).then_some("page");
        view! { <a href=href aria-current=current>{name}</a> }
    };
    view! {
        <nav class="switch" aria-label=t.title()>
            {entry(Which::Clients, "/clients", t.title())} {entry(Which::People, "/clients?show=people", t.people())}
        </nav>
    }
}

/// The filter and the order, as a row of chips.
#[component]
pub fn FilterRow(query: Memo<ListQuery>, arranged: RwSignal<Option<Arranged>>) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let show = Memo::new(move |_| query.with(|query| query.show));
    let fixed = |options: Vec<(&str, &'static str)>| {
        let options: Vec<(String, String)> = options
            .into_iter()
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .collect();
        Signal::derive(move || options.clone())
    };
    let used = move |field: fn(&Arranged) -> &Vec<String>| {
        Signal::derive(move || {
            let values = arranged
                .with(|a| a.as_ref().map(|a| field(a).clone()))
                .unwrap_or_default();
            values
                .into_iter()
                .map(|value| (value.clone(), value))
                .collect::<Vec<_>>()
        })
    };
    let sorts = move |sort: Sort| match sort {
        Sort::Name => t.sort_name(),
        Sort::Contact => t.sort_contact(),
        Sort::Tier => t.sort_tier(),
        Sort::Gaps => t.sort_gaps(),
    };
    view! {
        <div class="chips picks" data-scroll role="group" aria-label=t.filters()>
            {move || {
                if show.get() == Which::People {
                    let roles = fixed(ROLES.map(|(role, name)| (name, values.role(role))).to_vec());
                    return view! { <Pick query part=query::ROLE label=t.role() none=t.all_roles() options=roles /> }
                        .into_any();
                }
                let stages = fixed(STAGES.map(|(stage, name)| (name, values.stage(stage))).to_vec());
                let tiers = fixed(TIERS.map(|(tier, name)| (name, values.tier(tier))).to_vec());
                let sorted = fixed(SORTS.map(|(sort, name)| (name, sorts(sort))).into_iter().skip(1).collect());
                view! {
                    <Pick query part=query::SORT label=t.sort() none=t.sort_name() options=sorted />
                    <Pick query part=query::STAGE label=t.stage() none=t.all_stages() options=stages />
                    <Pick query part=query::TIER label=t.tier() none=t.all_tiers() options=tiers />
                    <Pick query part=query::SEGMENT label=t.segment() none=t.all_segments() options=used(|a| &a.segments) />
                    <Pick
                        query
                        part=query::INDUSTRY
                        label=t.industry()
                        none=t.all_industries()
                        options=used(|a| &a.industries)
                    />
                }
                    .into_any()
            }}
        </div>
    }
}

/// One part of the filter: the system's own picker in the shape of a chip.
#[component]
fn Pick(
    query: Memo<ListQuery>,
    part: &'static str,
    label: &'static str,
    none: &'static str,
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let navigate = use_navigate();
    let value = Memo::new(move |_| query.with(|query| query.value(part)));
    let choose = move |event| {
        let next = query
            .get_untracked()
            .with(part, &event_target_value(&event));
        navigate(
            &next.address(),
            NavigateOptions {
                replace: true,
                scroll: false,
                ..Default::default()
            },
        );
    };
    // A value of the address that no client has any more is still shown, for it is what filters.
    let entries = move || {
        let mut entries = options.get();
        let chosen = value.get();
        if !chosen.is_empty() && !entries.iter().any(|(have, _)| *have == chosen) {
            entries.push((chosen.clone(), chosen));
        }
        entries
    };
    let offered = Memo::new(move |_| !entries().is_empty());
    view! {
        <Show when=move || offered.get()>
            <select
                class="chip pick"
                aria-label=label
                data-on=move || (!value.with(String::is_empty)).then_some("true")
                on:change=choose.clone()
            >
                <option value="" prop:selected=move || value.with(String::is_empty)>{none}</option>
                {move || {
                    entries()
                        .into_iter()
                        .map(|(name, words)| {
                            let own = name.clone();
                            view! { <option value=name prop:selected=move || value.with(|v| *v == own)>{words}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </Show>
    }
}
