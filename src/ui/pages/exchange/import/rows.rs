//! How rows of a file, and what is wrong with them, are put into words.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::import::Import;
use crate::domain::lead::LeadBody;
use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::exchange::csv::RowProblem;
use crate::exchange::plan::{FileRow, Made};
use crate::exchange::vcard::{RefusedReason, WarningKind};
use crate::i18n::exchange::Exchange as Words;
use crate::i18n::values::Values;
use crate::state::book;
use crate::state::importer::{Left, Why, count};
use crate::ui::words::{lang, text};

/// Rows shown before a person asks for more.
const SHOWN: usize = 50;

/// A record-to-be in two lines.
pub struct Lines {
    pub title: String,
    pub sub: String,
}

pub fn lines(row: &FileRow) -> Lines {
    let firm = row.firm.as_ref().map(|made| match made {
        Made::Organisation(body) => organisation_lines(body),
        Made::Lead(body) => lead_lines(body),
        Made::Person(body) => person_lines(body),
    });
    let person = row.person.as_ref().map(person_lines);
    match (firm, person) {
        (Some(firm), Some(person)) => Lines {
            title: firm.title,
            sub: joined([firm.sub, person.title, person.sub]),
        },
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => Lines {
            title: String::new(),
            sub: String::new(),
        },
    }
}

pub fn organisation_lines(body: &Organisation) -> Lines {
    let values = text::<Values>();
    let (name, other) = body.names(lang().is_han());
    Lines {
        title: name.to_owned(),
        sub: joined([
            other.unwrap_or_default().to_owned(),
            body.tier
                .map(|tier| values.tier(tier).to_owned())
                .unwrap_or_default(),
            body.industry.clone(),
            body.phones
                .first()
                .map(|phone| phone.number.clone())
                .unwrap_or_default(),
            body.addresses
                .first()
                .map(|address| address.text.clone())
                .unwrap_or_default(),
        ]),
    }
}

pub fn lead_lines(body: &LeadBody) -> Lines {
    let han_first = lang().is_han();
    let (first, second) = if han_first {
        (&body.name_zh, &body.name_en)
    } else {
        (&body.name_en, &body.name_zh)
    };
    let (title, other) = if first.is_empty() {
        (second, String::new())
    } else {
        (first, second.clone())
    };
    let extra = body
        .extra
        .iter()
        .map(|extra| format!("{} {}", extra.name, extra.value));
    let known = [
        other,
        body.industry.clone(),
        body.phone.clone(),
        body.address.clone(),
    ];
    Lines {
        title: title.clone(),
        sub: joined(known.into_iter().chain(extra)),
    }
}

pub fn person_lines(body: &Person) -> Lines {
    let (name, other) = body.names(lang().is_han());
    Lines {
        title: name,
        sub: joined([
            other.unwrap_or_default(),
            body.title.clone(),
            body.phones
                .first()
                .map(|phone| phone.number.clone())
                .unwrap_or_default(),
            body.emails
                .first()
                .map(|email| email.address.clone())
                .unwrap_or_default(),
        ]),
    }
}

/// The name of a record of the book, whatever it is.
pub fn name_of(id: Id) -> String {
    let han_first = lang().is_han();
    book().with_shelf_untracked(|shelf| {
        let firm = shelf
            .organisation(id)
            .map(|entry| entry.body.names(han_first).0.to_owned());
        let person = || shelf.person(id).map(|entry| entry.body.names(han_first).0);
        let lead = || shelf.lead(id).map(|lead| lead_lines(&lead.body).title);
        firm.or_else(person).or_else(lead).unwrap_or_default()
    })
}

pub fn reason(why: Why) -> &'static str {
    let t = text::<Words>();
    match why {
        Why::Row(RowProblem::OpenQuote) => t.why_open_quote(),
        Why::Row(RowProblem::AboveHeader) => t.why_above_header(),
        Why::Row(RowProblem::NoName) => t.why_no_name(),
        Why::Row(RowProblem::SurplusCells) => t.why_surplus(),
        Why::Row(RowProblem::Unreadable { .. }) | Why::OfCard(WarningKind::Unreadable) => {
            t.why_unreadable()
        }
        Why::Row(RowProblem::NotAPhone { .. }) | Why::OfCard(WarningKind::NotAPhone) => {
            t.why_phone()
        }
        Why::Row(RowProblem::NotAnEmail { .. }) | Why::OfCard(WarningKind::NotAnEmail) => {
            t.why_email()
        }
        Why::Row(RowProblem::NotAWebSite { .. }) => t.why_web(),
        Why::Row(RowProblem::NotADate { .. }) | Why::OfCard(WarningKind::NotADate) => t.why_date(),
        Why::Row(RowProblem::UnknownWord { .. }) => t.why_word(),
        Why::Card(RefusedReason::Nobody) => t.why_nobody(),
        Why::Card(RefusedReason::OutsideCard) => t.why_outside_card(),
        Why::OfCard(WarningKind::MissingEnd) => t.why_missing_end(),
        Why::OfCard(WarningKind::NoName) => t.why_card_no_name(),
        Why::OfCard(WarningKind::BadLine) => t.why_bad_line(),
        Why::OfCard(WarningKind::BadPicture) => t.why_bad_picture(),
    }
}

pub fn reasons(why: &[Why]) -> String {
    why.iter()
        .map(|why| reason(*why))
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What an import brought, as one line.
pub fn counts_line(import: &Import) -> String {
    joined(count_sentences(import))
}

pub fn count_sentences(import: &Import) -> Vec<String> {
    let t = text::<Words>();
    let n = |name: &str| import.counts.get(name).map_or(0, |n| *n as usize);
    let all = [
        (count::CLIENTS, t.created_clients(n(count::CLIENTS))),
        (count::PEOPLE, t.created_people(n(count::PEOPLE))),
        (count::LEADS, t.created_leads(n(count::LEADS))),
        (count::FILLED, t.filled(n(count::FILLED))),
        (count::SKIPPED, t.skipped(n(count::SKIPPED))),
        (count::REFUSED, t.refused(n(count::REFUSED))),
        (count::OPTED_OUT, t.opted_out_title(n(count::OPTED_OUT))),
        (count::PHOTOS_LEFT, t.photos_left(n(count::PHOTOS_LEFT))),
    ];
    all.into_iter()
        .filter(|(name, _)| n(name) > 0)
        .map(|(_, said)| said)
        .collect()
}

/// Rows that were not taken, with the reasons; the first ones, and more on a tap.
#[component]
pub fn RefusedRows(refused: Vec<Left>) -> impl IntoView {
    let t = text::<Words>();
    let row = move |refused: Left| {
        view! {
            <li class="row">
                <span class="grow">
                    <span class="title">{format!("{} · {}", t.line(refused.line), reasons(&refused.why))}</span>
                    <span class="sub">{refused.text}</span>
                </span>
            </li>
        }
        .into_any()
    };
    view! { <Paged items=refused row=Callback::new(row) /> }
}

/// A list that shows its first rows, and more on a tap.
#[component]
pub fn Paged<T>(items: Vec<T>, row: Callback<T, AnyView>) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let total = items.len();
    let items = StoredValue::new(items);
    let shown = RwSignal::new(SHOWN);
    let keys = move || (0..shown.get().min(total)).collect::<Vec<usize>>();
    view! {
        <ul class="rows">
            <For each=keys key=|at| *at let:at>
                {items.with_value(|items| items.get(at).cloned()).map(|item| row.run(item))}
            </For>
        </ul>
        <Show when=move || shown.get() < total>
            <button type="button" class="button" data-kind="quiet" on:click=move |_| shown.update(|n| *n += SHOWN)>
                {move || text::<crate::i18n::common::Common>().show_more((total - shown.get().min(total)).min(SHOWN))}
            </button>
        </Show>
    }
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
