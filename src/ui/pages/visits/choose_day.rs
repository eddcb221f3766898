//! Days, times and lengths by a tap, with a field beside the taps for the rest.

use chrono::{Days, NaiveDate, NaiveTime};
use leptos::html::Input;
use leptos::prelude::*;

use crate::domain::time::{Appointment, Moment, parse_date};
use crate::i18n::visits::Visits;
use crate::platform::{clock, intl};
use crate::ui::parts::field::Underline;
use crate::ui::words::{lang, text};

/// How many days the strip offers: two working weeks.
const STRIP_DAYS: u64 = 14;
/// The times offered, half hours: nine in the morning to half past six.
const FIRST_HALF_HOUR: u32 = 18;
const LAST_HALF_HOUR: u32 = 37;
const LENGTHS_MIN: [u16; 5] = [15, 30, 45, 60, 90];

/// `11月23日 星期一`, `Monday 23 Nov`; with the year if it is not this one.
pub fn day_words(date: NaiveDate) -> String {
    let tag = lang().tag();
    let (day, weekday) = (intl::date_short(tag, date), intl::weekday(tag, date));
    if lang().is_han() {
        format!("{day} {weekday}")
    } else {
        format!("{weekday} {day}")
    }
}

pub fn time_words(time: NaiveTime) -> String {
    intl::time(lang().tag(), time)
}

/// A day and, where one was said, the time.
pub fn appointment_words(when: &Appointment) -> String {
    match when.time {
        Some(time) => format!("{} {}", day_words(when.date), time_words(time)),
        None => day_words(when.date),
    }
}

/// The time of a tap on the wall clock of where it was made.
pub fn moment_time(moment: &Moment) -> String {
    moment
        .local()
        .map(|local| time_words(local.time()))
        .unwrap_or_default()
}

pub fn moment_day(moment: &Moment) -> String {
    moment.date().map(day_words).unwrap_or_default()
}

/// Today and the days after it, for something that is to come.
pub fn coming_days() -> Vec<NaiveDate> {
    days(|today, n| today.checked_add_days(n))
}

/// Today and the days before it, for something that has taken place.
pub fn past_days() -> Vec<NaiveDate> {
    days(|today, n| today.checked_sub_days(n))
}

fn days(step: impl Fn(NaiveDate, Days) -> Option<NaiveDate>) -> Vec<NaiveDate> {
    let today = clock::today();
    (0..STRIP_DAYS)
        .filter_map(|n| step(today, Days::new(n)))
        .collect()
}

/// A day as a strip of the nearest ones and a date field for any other. The value is what the form keeps: `2026-11-23`.
#[component]
pub fn DayPick(
    #[prop(into)] label: String,
    days: Vec<NaiveDate>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(into)] problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let tag = lang().tag();
    let today = clock::today();
    let chips = days
        .into_iter()
        .map(|day| {
            let near = (day - today).num_days();
            let top = if near.abs() <= 1 {
                intl::relative_days(tag, near)
            } else {
                intl::weekday_short(tag, day)
            };
            let spoken = format!("{top} {}", day_words(day));
            Chip {
                value: day.to_string(),
                top,
                main: day.format("%-d").to_string(),
                spoken,
            }
        })
        .collect();
    let other = text::<Visits>().other_day();
    let shown = move || value.with(|value| parse_date(value).map(day_words));
    view! {
        <fieldset class="field pick" role="group" id="pick-day" tabindex="-1">
            <legend>{label}</legend>
            <p class="picked" aria-hidden="true">{shown}</p>
            <TapOrType chips kind="date" typed=other value on_change problem />
        </fieldset>
    }
}

/// A time of day, which may stay open.
#[component]
pub fn TimePick(
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(into)] problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Visits>();
    let open = Chip::plain(String::new(), t.any_time().to_owned());
    let times = (FIRST_HALF_HOUR..=LAST_HALF_HOUR)
        .filter_map(|half| NaiveTime::from_hms_opt(half / 2, half % 2 * 30, 0))
        .map(|time| Chip::plain(time.format("%H:%M").to_string(), time_words(time)));
    let chips = std::iter::once(open).chain(times).collect();
    view! {
        <fieldset class="field pick" role="group" id="pick-time" tabindex="-1">
            <legend>{t.at_time()}</legend>
            <TapOrType chips kind="time" typed=t.other_time() value on_change problem />
        </fieldset>
    }
}

/// How long it is planned to take, minutes; may stay open.
#[component]
pub fn LengthPick(
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    #[prop(into)] problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Visits>();
    let chips = LENGTHS_MIN
        .map(|minutes| Chip::plain(minutes.to_string(), minutes.to_string()))
        .into();
    view! {
        <fieldset class="field pick" role="group" id="pick-length" tabindex="-1">
            <legend>{t.length()}</legend>
            <TapOrType chips kind="number" typed=t.other_length() value on_change problem />
        </fieldset>
    }
}

struct Chip {
    value: String,
    /// A small line above the main one; may be empty.
    top: String,
    main: String,
    spoken: String,
}

impl Chip {
    fn plain(value: String, main: String) -> Self {
        Self {
            value,
            top: String::new(),
            spoken: main.clone(),
            main,
        }
    }
}

/// Chips in one row that scrolls, and a field. The field is written to only by a tap on a chip, never while somebody
/// types in it.
#[component]
fn TapOrType(
    chips: Vec<Chip>,
    kind: &'static str,
    typed: &'static str,
    value: Signal<String>,
    on_change: Callback<String>,
    problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let note_id = format!("pick-{kind}-note");
    let described = {
        let note_id = note_id.clone();
        move || problem.get().is_some().then(|| note_id.clone())
    };
    let chips = chips
        .into_iter()
        .map(|chip| {
            let Chip {
                value: means,
                top,
                main,
                spoken,
            } = chip;
            let pressed = {
                let means = means.clone();
                move || {
                    if value.with(|value| *value == means) {
                        "true"
                    } else {
                        "false"
                    }
                }
            };
            let tap = move |_| {
                if let Some(input) = input.get_untracked() {
                    input.set_value(&means);
                }
                on_change.run(means.clone());
            };
            view! {
                <button type="button" class="chip" title=spoken aria-pressed=pressed on:click=tap>
                    {(!top.is_empty()).then(|| view! { <small>{top}</small> })}
                    <span>{main}</span>
                </button>
            }
        })
        .collect_view();
    let limits = if kind == "date" {
        (Some("1900-01-01"), Some("2100-12-31"))
    } else {
        (None, None)
    };
    view! {
        <div class="strip" data-kind=kind>{chips}</div>
        <input
            class="input"
            type=kind
            inputmode=(kind == "number").then_some("numeric")
            min=limits.0
            max=limits.1
            aria-label=typed
            aria-invalid=move || problem.get().is_some().then_some("true")
            aria-describedby=described
            prop:value=value.get_untracked()
            node_ref=input
            on:input=move |event| on_change.run(event_target_value(&event))
        />
        <Underline id=note_id problem />
    }
}
