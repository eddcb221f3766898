//! The figures a tower's floors are made from. Everything common is a tap away; the rest stands behind one more.

use leptos::prelude::*;

use super::preview::Preview;
use super::stepper::Stepper;
use crate::domain::canvass::building::Floor;
use crate::domain::canvass::plan::{MOST_STOREYS, NewTower, Plan};
use crate::domain::field::{Field, FieldErrors};
use crate::i18n::buildings::Buildings;
use crate::i18n::canvass::Canvass;
use crate::i18n::values::Values;
use crate::state::Draft;
use crate::ui::pages::clients::saving::{Saver, problem};
use crate::ui::parts::field::{TextField, Underline};
use crate::ui::words::text;

/// The floors as the figures give them now.
pub type Made = Memo<Result<Vec<Floor>, FieldErrors>>;

/// Floors with a name of their own, by their keys, from the top.
const SPECIAL: [&str; 9] = ["R", "PH", "P", "M", "UG", "G", "LG1", "B1", "B2"];
const DOORS: [&str; 6] = ["01-08", "01-12", "01-20", "A-D", "A-H", ""];

/// A text of the plan, by its place.
type Words = fn(&mut Plan) -> &mut String;

#[component]
pub fn Generator(draft: Draft<NewTower>, saver: Saver) -> impl IntoView {
    let t = text::<Buildings>();
    let plan = Memo::new(move |_| draft.value.with(|form| form.plan.clone()));
    let made: Made = Memo::new(move |_| plan.with(Plan::check));
    view! {
        <h2>{t.floors()}</h2>
        <Stepper
            label=t.top()
            value=Signal::derive(move || plan.with(|plan| plan.top.clone()))
            on_change=move |typed: String| draft.update(|form| form.plan.top = typed)
            most=MOST_STOREYS
            tens=true
            hint=t.top_hint()
            problem=plan_problem(plan, made, saver, Field::TopFloor)
        />
        <Stepper
            label=t.bottom()
            value=Signal::derive(move || plan.with(|plan| plan.bottom.clone()))
            on_change=move |typed: String| draft.update(|form| form.plan.bottom = typed)
            most=MOST_STOREYS
            problem=plan_problem(plan, made, saver, Field::BottomFloor)
        />
        <LeftOut draft plan />
        <Special draft plan />
        <Doors draft problem=plan_problem(plan, made, saver, Field::Doors) />
        <More draft plan made saver />
        {words_field(draft, t.zones(), t.zones_hint(), plan_problem(plan, made, saver, Field::Zones), |plan| &mut plan.zones)}
        <Preview plan made />
        <Underline id="floors-note" problem=problem(saver.errors, Field::Floors) />
    }
}

/// What is wrong with a figure now. That the top floor is missing is not said before somebody wanted to save.
fn plan_problem(
    plan: Memo<Plan>,
    made: Made,
    saver: Saver,
    field: Field,
) -> Signal<Option<&'static str>> {
    let values = text::<Values>();
    Signal::derive(move || {
        let found = made.with(|made| made.as_ref().err()?.of(field))?;
        let untouched = field == Field::TopFloor && plan.with(|plan| plan.top.trim().is_empty());
        if untouched && saver.errors.with(Option::is_none) {
            return None;
        }
        Some(values.problem(field, found))
    })
}

/// A chip that is on or off.
fn chip(
    name: impl Into<String>,
    pressed: impl Fn() -> bool + Send + 'static,
    tap: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="chip" aria-pressed=move || pressed().to_string() on:click=move |_| tap()>
            {name.into()}
        </button>
    }
}

#[component]
fn LeftOut(draft: Draft<NewTower>, plan: Memo<Plan>) -> impl IntoView {
    let t = text::<Buildings>();
    view! {
        <fieldset class="field" role="group">
            <legend>{t.left_out()}</legend>
            <div class="chips">
                {chip(
                    t.no_four(),
                    move || plan.with(|plan| plan.no_four),
                    move || draft.update(|form| form.plan.no_four = !form.plan.no_four),
                )}
                {chip(
                    t.no_thirteen(),
                    move || plan.with(|plan| plan.no_thirteen),
                    move || draft.update(|form| form.plan.no_thirteen = !form.plan.no_thirteen),
                )}
            </div>
        </fieldset>
    }
}

#[component]
fn Special(draft: Draft<NewTower>, plan: Memo<Plan>) -> impl IntoView {
    let t = text::<Buildings>();
    let canvass = text::<Canvass>();
    let chips = SPECIAL.map(|key| {
        let has = move || plan.with(|plan| plan.special.iter().any(|have| have == key));
        let toggle = move || {
            draft.update(|form| {
                let special = &mut form.plan.special;
                match special.iter().position(|have| have == key) {
                    Some(at) => {
                        special.remove(at);
                    }
                    None => special.push(key.to_owned()),
                }
            });
        };
        chip(canvass.floor_key(key), has, toggle)
    });
    view! {
        <fieldset class="field" role="group">
            <legend>{t.special()}</legend>
            <div class="chips">{chips.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Doors(draft: Draft<NewTower>, problem: Signal<Option<&'static str>>) -> impl IntoView {
    let t = text::<Buildings>();
    // Counts up when a chip wrote the text, which has to be shown then.
    let fill = RwSignal::new(0_u32);
    let chips = DOORS.map(|doors| {
        let name = if doors.is_empty() {
            t.whole_floor().to_owned()
        } else {
            doors.replace('-', "–")
        };
        let pressed = move || draft.value.with(|form| form.plan.doors.trim() == doors);
        let choose = move || {
            draft.update(|form| form.plan.doors = doors.to_owned());
            fill.update(|n| *n += 1);
        };
        chip(name, pressed, choose)
    });
    let field = move || {
        fill.track();
        words_field(draft, t.doors(), t.doors_hint(), problem, |plan| {
            &mut plan.doors
        })
    };
    view! {
        <div class="field">
            {field}
            <div class="chips" role="group" aria-label=t.doors()>
                {chips.collect_view()}
            </div>
        </div>
    }
}

/// What few towers need. Open from the start if something stands there, and when something there is wrong.
#[component]
fn More(draft: Draft<NewTower>, plan: Memo<Plan>, made: Made, saver: Saver) -> impl IntoView {
    let t = text::<Buildings>();
    const FIELDS: [Field; 4] = [
        Field::SkippedFloors,
        Field::OtherFloors,
        Field::RefugeFloors,
        Field::MechanicalFloors,
    ];
    let filled = plan.with_untracked(|plan| {
        [&plan.skipped, &plan.others, &plan.refuge, &plan.mechanical]
            .iter()
            .any(|words| !words.trim().is_empty())
    });
    let open = Memo::new(move |before: Option<&bool>| {
        // Never closed under somebody's fingers.
        filled
            || before.copied().unwrap_or_default()
            || made.with(|made| {
                let errors = made.as_ref().err();
                errors.is_some_and(|errors| FIELDS.iter().any(|field| errors.of(*field).is_some()))
            })
    });
    let problem = move |field| plan_problem(plan, made, saver, field);
    view! {
        <details open=move || open.get()>
            <summary>{t.more_floors()}</summary>
            <div class="generator-more">
                {words_field(draft, t.skipped(), t.list_hint(), problem(Field::SkippedFloors), |plan| &mut plan.skipped)}
                {words_field(draft, t.other_floors(), t.other_floors_hint(), problem(Field::OtherFloors), |plan| &mut plan.others)}
                {words_field(draft, t.refuge(), t.list_hint(), problem(Field::RefugeFloors), |plan| &mut plan.refuge)}
                {words_field(draft, t.mechanical(), t.list_hint(), problem(Field::MechanicalFloors), |plan| &mut plan.mechanical)}
            </div>
        </details>
    }
}

fn words_field(
    draft: Draft<NewTower>,
    label: &'static str,
    hint: &'static str,
    problem: Signal<Option<&'static str>>,
    words: Words,
) -> impl IntoView {
    let mut start = draft.value.with_untracked(|form| form.plan.clone());
    let start = std::mem::take(words(&mut start));
    view! {
        <TextField
            label
            value=start
            hint
            problem
            on_input=move |typed: String| draft.update(|form| *words(&mut form.plan) = typed)
        />
    }
}
