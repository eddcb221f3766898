use leptos::prelude::*;

use crate::i18n::buildings::Buildings;
use crate::platform::random;
use crate::ui::parts::field::Underline;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// A whole number from 1 up, by taps or by typing. Digits need no input method, so the value is written back as it is.
#[component]
pub fn Stepper(
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
    most: u16,
    /// Whether there are buttons for ten at a time.
    #[prop(optional)]
    tens: bool,
    #[prop(optional)] hint: &'static str,
    #[prop(into, optional)] problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Buildings>();
    let id = format!("n-{}", random::new_id());
    let note = format!("{id}-note");
    let described = note.clone();
    let step = move |by: i32| {
        let now = value
            .get_untracked()
            .trim()
            .parse::<i32>()
            .unwrap_or_default();
        let next = now.saturating_add(by).clamp(1, i32::from(most));
        on_change.run(next.to_string());
    };
    let ten = move |by: i32| {
        let (name, sign) = if by < 0 {
            (t.fewer(10), "−10")
        } else {
            (t.further(10), "+10")
        };
        tens.then(|| {
            view! {
                <button type="button" class="button stepper-button" aria-label=format!("{label} {name}") on:click=move |_| step(by)>
                    {sign}
                </button>
            }
        })
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="stepper">
                {ten(-10)}
                <button type="button" class="button stepper-button" aria-label=format!("{label} {}", t.one_less()) on:click=move |_| step(-1)>
                    "−"
                </button>
                <input
                    class="input"
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    enterkeyhint="next"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input=move |event| on_change.run(event_target_value(&event))
                />
                <button type="button" class="button stepper-button" aria-label=format!("{label} {}", t.one_more()) on:click=move |_| step(1)>
                    <Glyph icon=Icon::Plus />
                </button>
                {ten(10)}
            </div>
            <Underline id=note problem hint />
        </div>
    }
}
