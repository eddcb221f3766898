//! A day by one tap: moving a visit, dating what comes after it.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use super::base::Onward;
use super::choose_day::day_words;
use super::meeting::Meeting;
use crate::domain::follow_up::FollowUp;
use crate::domain::record::Entry;
use crate::domain::time::{Appointment, parse_date};
use crate::domain::visit::Visit;
use crate::i18n::visits::Visits;
use crate::platform::{clock, intl};
use crate::state::{Change, Draft, app};
use crate::ui::words::{lang, text};

/// Days worth offering, each with its name.
pub type NamedDays = Vec<(&'static str, NaiveDate)>;

/// Tomorrow and a week later; `planned` is left out, for it is there already.
pub fn days_to_move_to(planned: NaiveDate) -> NamedDays {
    let t = text::<Visits>();
    let today = clock::today();
    let days = [
        (t.tomorrow(), today, 1),
        (t.next_week(), planned.max(today), 7),
    ];
    let days = days
        .into_iter()
        .filter_map(|(name, from, n)| Some((name, from.checked_add_days(Days::new(n))?)));
    days.filter(|(_, day)| *day != planned).collect()
}

pub fn days_to_follow_up() -> NamedDays {
    let t = text::<Visits>();
    let today = clock::today();
    let days = [
        (t.tomorrow(), 1),
        (t.in_three_days(), 3),
        (t.next_week(), 7),
    ];
    days.into_iter()
        .filter_map(|(name, n)| Some((name, today.checked_add_days(Days::new(n))?)))
        .collect()
}

/// Chips that act at once.
#[component]
pub fn QuickDays(
    days: NamedDays,
    #[prop(into)] on_pick: Callback<NaiveDate>,
    children: Children,
) -> impl IntoView {
    let tag = lang().tag();
    view! {
        <div class="chips quick-days">
            {days
                .into_iter()
                .map(|(name, day)| {
                    view! {
                        <button type="button" class="chip" on:click=move |_| on_pick.run(day)>
                            <small>{name}</small>
                            <span>{format!("{} {}", intl::date_short(tag, day), intl::weekday_short(tag, day))}</span>
                        </button>
                    }
                })
                .collect_view()}
            {children()}
        </div>
    }
}

/// Moves something to a day: the likely ones by one tap, any other by a date and a tap.
#[component]
pub fn MoveTo(days: NamedDays, #[prop(into)] on_pick: Callback<NaiveDate>) -> impl IntoView {
    let t = text::<Visits>();
    let choosing = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let day = Memo::new(move |_| typed.with(|typed| parse_date(typed)));
    let go = move |_| {
        if let Some(day) = day.get_untracked() {
            choosing.set(false);
            on_pick.run(day);
        }
    };
    view! {
        <QuickDays days on_pick>
            <button
                type="button"
                class="chip"
                aria-expanded=move || if choosing.get() { "true" } else { "false" }
                on:click=move |_| choosing.update(|open| *open = !*open)
            >
                {t.pick_day()}
            </button>
        </QuickDays>
        <Show when=move || choosing.get()>
            <div class="line move-line">
                <input
                    class="input"
                    type="date"
                    min="1900-01-01"
                    max="2100-12-31"
                    aria-label=t.other_day()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || day.get().is_none().to_string()
                    on:click=go
                >
                    {t.move_here()}
                </button>
            </div>
        </Show>
    }
}

/// What comes after a visit, dated by one tap if the next step is written, else by the tap and a few words.
#[component]
pub fn FollowUpQuick(
    visit: RwSignal<Entry<Visit>, LocalStorage>,
    draft: Draft<Meeting>,
) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let onward = Onward::new();
    let busy = StoredValue::new(false);
    let id = visit.with_untracked(Entry::id);
    let next_step = move || {
        let typed = draft.value.with(|meeting| meeting.next_step.clone());
        let words = typed.unwrap_or_else(|| visit.with(|visit| visit.body.next_step.clone()));
        words.trim().to_owned()
    };
    let pick = move |day: NaiveDate| {
        let words = untrack(next_step);
        if words.is_empty() {
            onward.to(&format!("/follow-ups/new?visit={id}&date={day}"));
            return;
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let of = visit.get_untracked().body;
        let follow_up = FollowUp {
            text: words,
            due: Appointment {
                date: day,
                time: None,
                zone: clock::zone(),
            },
            organisation: of.organisation,
            persons: of.persons,
            visit: Some(id),
            door: None,
            done: None,
        };
        let said = t.follow_up_saved(day_words(day));
        let mut change = Change::new();
        change.create(app.book.device(), follow_up);
        leptos::task::spawn_local(async move {
            app.book.commit_and_say(change, said, app.settings).await;
            busy.try_set_value(false);
        });
    };
    view! {
        <section class="section">
            <h2>{t.follow_up_when()}</h2>
            {move || {
                let words = next_step();
                (!words.is_empty()).then(|| view! { <p class="next-step">{words}</p> })
            }}
            <QuickDays days=days_to_follow_up() on_pick=pick>
                <button
                    type="button"
                    class="chip"
                    on:click=move |_| {
                        let words = String::from(js_sys::encode_uri_component(&untrack(next_step)));
                        onward.to(&format!("/follow-ups/new?visit={id}&text={words}"));
                    }
                >
                    {t.pick_day()}
                </button>
            </QuickDays>
        </section>
    }
}
