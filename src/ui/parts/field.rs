//! Inputs of a form. Text inputs are filled once and then left to the person: writing a value back while an input
//! method composes would break it, so a form is drawn anew when its text has to change under them.

use leptos::prelude::*;

use crate::i18n::common::Common;
use crate::platform::random;
use crate::ui::words::text;

/// A labelled line or block of text, with what is wrong with it said underneath.
#[component]
pub fn TextField(
    #[prop(into)] label: String,
    /// The text to start with.
    #[prop(into)]
    value: String,
    #[prop(into)] on_input: Callback<String>,
    /// What is wrong, in words; `None` when nothing is.
    #[prop(into, optional)]
    problem: Signal<Option<&'static str>>,
    #[prop(into, optional)] hint: String,
    /// `text`, `tel`, `email`, `url`, `date`, `time`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] multiline: bool,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let id = field_id();
    let note_id = format!("{id}-note");
    let has_hint = !hint.is_empty();
    let invalid = move || problem.get().is_some().then_some("true");
    let described = {
        let note_id = note_id.clone();
        move || (has_hint || problem.get().is_some()).then(|| note_id.clone())
    };
    let input = move |event| on_input.run(event_target_value(&event));
    let control = if multiline {
        view! {
            <textarea
                class="input"
                id=id.clone()
                rows="3"
                autofocus=autofocus
                aria-invalid=invalid
                aria-describedby=described
                prop:value=value
                on:input=input
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                id=id.clone()
                type=kind
                autocomplete="off"
                enterkeyhint="next"
                autofocus=autofocus
                aria-invalid=invalid
                aria-describedby=described
                prop:value=value
                on:input=input
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            <Underline id=note_id problem hint />
        </div>
    }
}

/// The line under a field: what is wrong, else the hint.
#[component]
pub fn Underline(
    #[prop(into)] id: String,
    #[prop(into)] problem: Signal<Option<&'static str>>,
    #[prop(into, optional)] hint: String,
) -> impl IntoView {
    move || match problem.get() {
        Some(problem) => view! { <p class="problem" id=id.clone()>{problem}</p> }.into_any(),
        None if hint.is_empty() => ().into_any(),
        None => view! { <p class="hint" id=id.clone()>{hint.clone()}</p> }.into_any(),
    }
}

/// One of a few, as chips: a tap instead of typing. With `clearable`, a second tap takes the choice back.
#[component]
pub fn Choice<T>(
    #[prop(into)] label: String,
    options: Vec<(T, &'static str)>,
    #[prop(into)] value: Signal<Option<T>>,
    #[prop(into)] on_choose: Callback<Option<T>>,
    #[prop(optional)] clearable: bool,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="field" role="group">
            <legend>{label}</legend>
            <div class="chips">
                {options
                    .into_iter()
                    .map(|(option, name)| {
                        let pressed = move || value.get() == Some(option);
                        let choose = move |_| {
                            let again = value.get_untracked() == Some(option);
                            on_choose.run(if again && clearable { None } else { Some(option) });
                        };
                        view! {
                            <button
                                type="button"
                                class="chip"
                                aria-pressed=move || if pressed() { "true" } else { "false" }
                                on:click=choose
                            >
                                {name}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// Any number of a few, as chips.
#[component]
pub fn Choices<T>(
    #[prop(into)] label: String,
    options: Vec<(T, &'static str)>,
    #[prop(into)] value: Signal<Vec<T>>,
    #[prop(into)] on_change: Callback<Vec<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    view! {
        <fieldset class="field" role="group">
            <legend>{label}</legend>
            <div class="chips">
                {options
                    .into_iter()
                    .map(|(option, name)| {
                        let pressed = move || value.with(|chosen| chosen.contains(&option));
                        let toggle = move |_| {
                            let mut chosen = value.get_untracked();
                            match chosen.iter().position(|have| *have == option) {
                                Some(at) => {
                                    chosen.remove(at);
                                }
                                None => chosen.push(option),
                            }
                            on_change.run(chosen);
                        };
                        view! {
                            <button
                                type="button"
                                class="chip"
                                aria-pressed=move || if pressed() { "true" } else { "false" }
                                on:click=toggle
                            >
                                {name}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// One of many, by the system's own picker.
#[component]
pub fn Select<T>(
    #[prop(into)] label: String,
    options: Vec<(T, &'static str)>,
    value: Option<T>,
    #[prop(into)] on_choose: Callback<Option<T>>,
    /// Words of the entry for no choice; without them a choice is always made.
    #[prop(into, optional)]
    none: Option<String>,
    /// For a select that stands in a row with its own label elsewhere.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let id = field_id();
    let chosen = value.and_then(|value| options.iter().position(|(option, _)| *option == value));
    let entries = options
        .iter()
        .enumerate()
        .map(|(at, (_, name))| view! { <option value=at.to_string() selected=chosen == Some(at)>{*name}</option> })
        .collect_view();
    let change = move |event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        on_choose.run(at.and_then(|at| options.get(at)).map(|(option, _)| *option));
    };
    let select = view! {
        <select class="input" id=id.clone() aria-label=bare.then(|| label.clone()) on:change=change>
            {none.map(|none| view! { <option value="" selected=chosen.is_none()>{none}</option> })}
            {entries}
        </select>
    };
    if bare {
        select.into_any()
    } else {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                {select}
            </div>
        }
        .into_any()
    }
}

/// Says that an unfinished draft was found, and offers to drop it.
#[component]
pub fn DraftBanner(#[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let t = text::<Common>();
    view! {
        <div class="banner" data-kind="good">
            <p>{t.draft_restored()}</p>
            <button type="button" class="button" data-kind="quiet" on:click=move |_| on_discard.run(())>
                {t.discard_draft()}
            </button>
        </div>
    }
}

fn field_id() -> String {
    format!("f-{}", random::new_id())
}
