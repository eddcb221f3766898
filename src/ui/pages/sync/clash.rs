//! One clash: both sides with who, when and on which device, and a large button under each.

use leptos::prelude::*;
use serde_json::Value;

use super::choose::choose;
use super::fields::field_name;
use super::names::name_of;
use super::values::{moment_words, value_words};
use crate::domain::clash::{Attempt, Author, Chosen, Clash};
use crate::domain::merge::Change;
use crate::domain::record::Entry;
use crate::i18n::sync::Sync as Words;
use crate::i18n::sync_fields::SyncFields;
use crate::state::live;
use crate::ui::addresses::record_page;
use crate::ui::words::text;

#[component]
pub fn ClashCard(entry: Entry<Clash>) -> impl IntoView {
    let t = text::<Words>();
    let record = entry.body.record;
    let kind = text::<SyncFields>().kind(entry.body.of);
    let read = live(move |store| async move { store.get(record).await });
    // Room for one line is there before the name is: a non-breaking space.
    let heading = move || match read.get() {
        None => view! { <span>"\u{a0}"</span> }.into_any(),
        Some(Ok(Some(record))) => {
            let name = name_of(&record);
            if record.envelope.deleted {
                view! { <span>{name}</span> }.into_any()
            } else {
                view! { <a href=record_page(&record)>{name}</a> }.into_any()
            }
        }
        Some(_) => view! { <span>{t.gone_record()}</span> }.into_any(),
    };
    let about = match entry.body.field() {
        Some(field) => field_name(entry.body.of, field),
        None => t.delete_or_keep().to_owned(),
    };
    let busy = RwSignal::new(false);
    let [kept, aside] = sides(&entry.body);
    view! {
        <article class="section clash">
            <h2 class="clash-name">{heading}</h2>
            <p class="clash-field">{kind} " · " {about}</p>
            <div class="sides">
                <SideView entry=entry.clone() side=kept busy />
                <SideView entry side=aside busy />
            </div>
        </article>
    }
}

/// What one side says, as it is shown.
struct Side {
    chosen: Chosen,
    head: &'static str,
    value: String,
    by: Author,
    button: &'static str,
}

fn sides(clash: &Clash) -> [Side; 2] {
    let t = text::<Words>();
    let (kept, aside) = match &clash.aside.what {
        Attempt::Change(change) => {
            let field = change.field();
            let said = |value: &Value| value_words(clash.of, field, value);
            let aside = match change {
                Change::Remove { .. } => t.item_removed().to_owned(),
                _ => said(&clash.aside_value()),
            };
            (
                (said(&clash.kept.value), t.keep_this()),
                (aside, t.keep_this()),
            )
        }
        Attempt::Delete => (
            (t.was_edited().to_owned(), t.keep_record()),
            (t.was_deleted().to_owned(), t.delete_it()),
        ),
        Attempt::Edit { changes } => (
            (t.was_deleted().to_owned(), t.stay_deleted()),
            (edits(clash, changes), t.bring_back()),
        ),
    };
    [
        Side {
            chosen: Chosen::Kept,
            head: t.now_kept(),
            value: kept.0,
            by: clash.kept.by.clone(),
            button: kept.1,
        },
        Side {
            chosen: Chosen::Aside,
            head: t.set_aside(),
            value: aside.0,
            by: clash.aside.by.clone(),
            button: aside.1,
        },
    ]
}

/// One line a field.
fn edits(clash: &Clash, changes: &[Change]) -> String {
    let lines = changes.iter().map(|change| {
        let field = change.field();
        let value = match change {
            Change::Set { new, .. }
            | Change::Replace { new, .. }
            | Change::Add { item: new, .. } => value_words(clash.of, field, new),
            Change::Remove { .. } => text::<Words>().item_removed().to_owned(),
        };
        text::<SyncFields>().field_is(field_name(clash.of, field), value)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[component]
fn SideView(entry: Entry<Clash>, side: Side, busy: RwSignal<bool>) -> impl IntoView {
    let t = text::<Words>();
    let by = t.by(side.by.user.clone(), side.by.device.clone());
    let when = moment_words(&side.by.at);
    let label = format!("{} · {}", side.button, side.value);
    let chosen = side.chosen;
    let press = move |_| {
        busy.set(true);
        let entry = entry.clone();
        leptos::task::spawn_local(async move {
            choose(&entry, chosen).await;
            // After a failure it can be tried again; after a success the card is gone.
            busy.try_set(false);
        });
    };
    view! {
        <section class="side">
            <h3>{side.head}</h3>
            <p class="value">{side.value}</p>
            <p class="hint">{by} " · " {when}</p>
            <button type="button" class="button" aria-label=label disabled=move || busy.get() on:click=press>
                {side.button}
            </button>
        </section>
    }
}
