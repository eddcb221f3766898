//! What was recognised, what the rows are, where each column goes, and how the first rows will look.

use std::rc::Rc;

use leptos::prelude::*;

use super::rows::{Lines, lead_lines, lines, organisation_lines, person_lines, reasons};
use crate::domain::import::Target;
use crate::exchange::columns::{FieldTarget, PersonField};
use crate::exchange::csv::Row;
use crate::exchange::mapping::{Converted, convert};
use crate::exchange::plan::{FileRow, Made};
use crate::exchange::text::Encoding;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::intl;
use crate::platform::random::Ids;
use crate::state::app;
use crate::state::importer::{Cards, Left, Review, Table};
use crate::ui::parts::field::{Choice, Select};
use crate::ui::words::{lang, text};

/// The first good rows of the file.
type Sample = StoredValue<Vec<Row>, LocalStorage>;

/// Rows shown as they will look.
const PREVIEW: usize = 3;

#[component]
pub fn ReviewFile() -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let body = move || match importer.review.get() {
        Some(Review::Table(table)) => view! { <TableReview table /> }.into_any(),
        Some(Review::Cards(cards)) => view! { <CardsReview cards /> }.into_any(),
        None => ().into_any(),
    };
    let is_table = move || {
        importer
            .review
            .with(|review| matches!(review, Some(Review::Table(_))))
    };
    let named = move || {
        !is_table()
            || importer
                .mapping
                .with(|mapping| mapping.columns.iter().any(|c| is_name(c.target)))
    };
    let waiting = move || importer.waiting.with(Vec::len);
    view! {
        {body}
        {move || (waiting() > 0).then(|| view! { <p class="hint section">{t.files_waiting(waiting())}</p> })}
        {move || (!named()).then(|| view! { <p class="problem section" role="alert">{t.no_name_column()}</p> })}
        <div class="actions">
            <button type="button" class="button" on:click=move |_| importer.start_over()>
                {t.start_over()}
            </button>
            <button
                type="button"
                class="button"
                data-kind="seal"
                disabled=move || !named()
                on:click=move |_| importer.check()
            >
                {t.next_check()}
            </button>
        </div>
    }
}

#[component]
fn TableReview(table: Rc<Table>) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let tag = lang().tag();
    let target = Memo::new(move |_| importer.mapping.with(|mapping| mapping.target));
    let columns = importer
        .mapping
        .with_untracked(|mapping| mapping.columns.len());
    let fact = t.csv_fact(intl::number(tag, table.good_rows() as f64), columns);
    let help = move || match target.get() {
        Target::Leads => t.target_leads_help(),
        _ => t.target_clients_help(),
    };
    let choose = move |chosen: Option<Target>| {
        importer
            .mapping
            .update(|mapping| mapping.target = chosen.unwrap_or(mapping.target));
    };
    let sample = StoredValue::new_local(table.sample());
    view! {
        <section class="lead-in">
            <p class="big">{table.name.clone()}</p>
            <p>{fact}</p>
            {table.header.is_none().then(|| view! { <p class="hint">{t.no_header()}</p> })}
        </section>
        <div class="form">
            <Reading table=table.clone() />
            <Choice
                label=t.target()
                options=vec![(Target::Clients, t.target_clients()), (Target::Leads, t.target_leads())]
                value=Signal::derive(move || Some(target.get()))
                on_choose=choose
            />
            <p class="hint">{help}</p>
        </div>
        <section class="section">
            <h2>{t.preview()}</h2>
            {move || view! { <Preview sample /> }}
        </section>
        <section class="section">
            <h2>{t.mapping()}</h2>
            <p class="hint">{t.mapping_help()}</p>
            {move || view! { <Columns sample target=target.get() /> }}
        </section>
    }
}

/// How the bytes were read; changing it reads the file again.
#[component]
fn Reading(table: Rc<Table>) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let encodings = Encoding::ALL
        .map(|encoding| (encoding, encoding_name(encoding)))
        .to_vec();
    let separators = vec![(',', t.comma()), (';', t.semicolon()), ('\t', t.tab())];
    let delimiter = table.delimiter;
    // A separator a person chose stays when they correct the encoding, and the other way round.
    let encoding = table.encoding;
    view! {
        <div class="pair">
            <Select
                label=t.encoding()
                options=encodings
                value=Some(encoding)
                on_choose=move |chosen| importer.read(chosen, Some(delimiter))
            />
            <Select
                label=t.separator()
                options=separators
                value=Some(delimiter)
                on_choose=move |chosen| importer.read(Some(encoding), chosen)
            />
        </div>
        {if table.has_gaps {
            view! { <p class="problem">{t.unreadable_chars()} " " {t.encoding_help()}</p> }.into_any()
        } else {
            view! { <p class="hint">{t.encoding_help()}</p> }.into_any()
        }}
    }
}

#[component]
fn Preview(sample: Sample) -> impl IntoView {
    let importer = app().importer;
    let mapping = importer.mapping.get();
    let first =
        sample.with_value(|sample| sample.iter().take(PREVIEW).cloned().collect::<Vec<_>>());
    let rows = first
        .iter()
        .map(|row| match convert(row, &mapping, &mut Ids) {
            Ok(accepted) => {
                let Lines { title, sub } = converted_lines(accepted.converted);
                view! {
                    <li class="row">
                        <span class="grow">
                            <span class="title">{title}</span>
                            <span class="sub">{sub}</span>
                        </span>
                    </li>
                }
                .into_any()
            }
            Err(refused) => {
                let left = Left::from(refused);
                view! { <li class="row problem">{reasons(&left.why)}</li> }.into_any()
            }
        });
    view! { <ul class="rows preview">{rows.collect_view()}</ul> }
}

#[component]
fn Columns(sample: Sample, target: Target) -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    // Read once: a choice changes the mapping and must not draw the list anew under the finger.
    let columns = app()
        .importer
        .mapping
        .with_untracked(|mapping| mapping.columns.clone());
    let rows = columns.into_iter().enumerate().map(|(at, column)| {
        let examples = sample.with_value(|sample| {
            let cells = sample
                .iter()
                .filter_map(|row| row.cells.get(at))
                .map(|cell| cell.trim());
            cells
                .filter(|cell| !cell.is_empty())
                .take(2)
                .map(shortened)
                .collect::<Vec<String>>()
        });
        let example = match examples.is_empty() {
            true => t.column_empty().to_owned(),
            false => t.sample_of(intl::list(tag, &examples)),
        };
        let name = column.name.clone();
        view! {
            <li class="column">
                <span class="grow">
                    <span class="title">{column.name}</span>
                    <span class="sub">{example}</span>
                </span>
                <ColumnTarget at label=name chosen=column.target target />
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }
}

/// Where one column goes, grouped by whose field it is.
#[component]
fn ColumnTarget(at: usize, label: String, chosen: FieldTarget, target: Target) -> impl IntoView {
    let t = text::<Words>();
    let importer = app().importer;
    let all = FieldTarget::all();
    let fits =
        move |field: &FieldTarget| *field == chosen || target != Target::Leads || fits_lead(*field);
    let option = move |(place, field): (usize, &FieldTarget)| {
        view! {
            <option value=place.to_string() selected=*field == chosen>
                {t.column(*field)}
            </option>
        }
    };
    let is_person = |field: &FieldTarget| matches!(field, FieldTarget::Person(_));
    let places = || all.iter().enumerate().filter(|(_, field)| fits(field));
    let firm = places()
        .filter(|(_, field)| !is_person(field))
        .map(option)
        .collect_view();
    let person = places()
        .filter(|(_, field)| is_person(field))
        .map(option)
        .collect_view();
    let has_person = places().any(|(_, field)| is_person(field));
    let change = move |event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        let Some(field) = place.and_then(|place| FieldTarget::all().get(place).copied()) else {
            return;
        };
        importer.mapping.update(|mapping| {
            if let Some(column) = mapping.columns.get_mut(at) {
                column.target = field;
            }
        });
    };
    view! {
        <select class="input" aria-label=label on:change=change>
            <optgroup label=t.group_firm()>{firm}</optgroup>
            {has_person.then(|| view! { <optgroup label=t.group_person()>{person}</optgroup> })}
        </select>
    }
}

#[component]
fn CardsReview(cards: Rc<Cards>) -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let good: Vec<_> = cards
        .cards
        .iter()
        .filter_map(|card| card.as_ref().ok())
        .collect();
    let first = good.iter().take(PREVIEW * 2).map(|card| {
        let row = FileRow {
            firm: card.organisation.clone().map(Made::Organisation),
            person: card.person.clone(),
            ..FileRow::default()
        };
        let Lines { title, sub } = card_lines(&row);
        view! {
            <li class="row">
                <span class="grow">
                    <span class="title">{title}</span>
                    <span class="sub">{sub}</span>
                </span>
            </li>
        }
    });
    view! {
        <section class="lead-in">
            <p class="big">{cards.name.clone()}</p>
            <p>{t.vcard_fact(intl::number(tag, good.len() as f64))}</p>
            <p class="hint">{t.target_people_help()}</p>
        </section>
        <section class="section">
            <h2>{t.preview()}</h2>
            <ul class="rows preview">{first.collect_view()}</ul>
        </section>
    }
}

/// On a card the person comes first.
fn card_lines(row: &FileRow) -> Lines {
    match (&row.person, &row.firm) {
        (Some(person), Some(Made::Organisation(firm))) => {
            let person = person_lines(person);
            let firm = organisation_lines(firm).title;
            let sub = [firm, person.sub]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            Lines { sub, ..person }
        }
        _ => lines(row),
    }
}

fn converted_lines(converted: Converted) -> Lines {
    match converted {
        Converted::Lead(lead) => lead_lines(&lead),
        Converted::Client {
            organisation,
            person,
        } => lines(&FileRow {
            firm: organisation.map(Made::Organisation),
            person,
            ..FileRow::default()
        }),
    }
}

fn is_name(target: FieldTarget) -> bool {
    use PersonField as P;
    matches!(
        target,
        FieldTarget::Name
            | FieldTarget::NameZh
            | FieldTarget::NameEn
            | FieldTarget::Person(
                P::Name
                    | P::NameZh
                    | P::NameEn
                    | P::Family
                    | P::FamilyZh
                    | P::FamilyEn
                    | P::Given
                    | P::GivenZh
                    | P::GivenEn
            )
    )
}

/// What a lead has a place for.
fn fits_lead(field: FieldTarget) -> bool {
    use FieldTarget as F;
    matches!(
        field,
        F::Name
            | F::NameZh
            | F::NameEn
            | F::Phone(_)
            | F::Email
            | F::Address
            | F::District
            | F::Industry
            | F::Extra
            | F::LeaveOut
    )
}

fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8Bom => "UTF-8 (BOM)",
        Encoding::Utf16Le => "UTF-16 LE",
        Encoding::Utf16Be => "UTF-16 BE",
        Encoding::Big5 => "Big5（繁體）",
        Encoding::Gb18030 => "GB18030（简体）",
    }
}

fn shortened(cell: &str) -> String {
    const MOST: usize = 24;
    let mut text: String = cell.chars().take(MOST).collect();
    if cell.chars().count() > MOST {
        text.push('…');
    }
    text
}
