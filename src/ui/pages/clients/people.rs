//! The people of a client: who decides first, who refused contact last and marked.

use leptos::prelude::*;

use super::call::can_be_called;
use super::kit::dotted;
use crate::domain::id::Id;
use crate::domain::person::Person;
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::dom;
use crate::state::book;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::{lang, text};

#[component]
pub fn People(#[prop(into)] id: Signal<Id>) -> impl IntoView {
    let t = text::<Clients>();
    let people = Memo::new(move |_| {
        let mut people: Vec<Entry<Person>> =
            book().with_shelf(|shelf| shelf.people_of(id.get()).into_iter().cloned().collect());
        // Those who decide first, those who refused contact last.
        people.sort_by_key(|entry| {
            (
                entry.body.opted_out(),
                entry.body.role.map_or(u8::MAX, |role| role as u8),
            )
        });
        people
    });
    view! {
        <section class="section">
            <h2>{t.people()} <span class="count">{move || people.with(Vec::len)}</span></h2>
            <ul class="rows">
                {move || people.get().into_iter().map(|entry| view! { <li><PersonLine entry /></li> }).collect_view()}
                <li>
                    <a class="row quiet" href=move || format!("/people/new?org={}", id.get())>
                        <Glyph icon=Icon::Plus />
                        <span class="grow">{t.add_person()}</span>
                    </a>
                </li>
            </ul>
        </section>
    }
}

#[component]
fn PersonLine(entry: Entry<Person>) -> impl IntoView {
    let t = text::<Clients>();
    let common = text::<Common>();
    let body = &entry.body;
    let (first, second) = body.names(lang().is_han());
    let role = body
        .role
        .map(|role| text::<Values>().role(role).to_owned())
        .unwrap_or_default();
    let sub = dotted([body.title.clone(), role]);
    let out = body.opted_out();
    let dial = body
        .phones
        .iter()
        .find(|phone| can_be_called(phone))
        .filter(|_| !out);
    let call = dial.map(|phone| {
        let label = format!("{} {first}", common.call());
        view! {
            <a class="icon-button" href=dom::tel_link(&phone.number) aria-label=label>
                <Glyph icon=Icon::Phone />
            </a>
        }
    });
    view! {
        <div class="line person-line">
            <a class="row" href=format!("/people/{}", entry.id())>
                <span class="grow">
                    <span class="title">{first.clone()} {second.map(|second| view! { <span class="second">{second}</span> })}</span>
                    <span class="sub">{sub}</span>
                </span>
                {out.then(|| view! { <span class="tag" data-kind="stop">{t.opted_out()}</span> })}
            </a>
            {call}
        </div>
    }
}
