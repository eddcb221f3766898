//! A free text that mostly repeats what other clients have: a tap instead of typing.

use leptos::prelude::*;

use super::kit::filled_anew;
use crate::i18n::clients::Clients;
use crate::ui::parts::field::TextField;
use crate::ui::words::text;

/// A free text with what others have as taps. The input is drawn anew when a tap fills it.
#[component]
pub fn SuggestedField(
    label: &'static str,
    #[prop(into)] start: String,
    #[prop(into)] on_input: Callback<String>,
    used: Vec<String>,
) -> impl IntoView {
    const OFFERED: usize = 6;
    let t = text::<Clients>();
    let typed = RwSignal::new(start);
    // Counts up when a tap has filled the input.
    let fill = RwSignal::new(0_u32);
    let set = Callback::new(move |text: String| {
        typed.set(text.clone());
        on_input.run(text);
    });
    let offers = Memo::new(move |_| {
        let typed = typed.get();
        // What is chosen comes first; beside it stay the others, so that one tap changes the mind.
        let chosen = used.contains(&typed);
        let fits = |value: &&String| chosen || typed.is_empty() || value.contains(&typed);
        let others = used
            .iter()
            .filter(|value| **value != typed)
            .filter(fits)
            .cloned();
        let all = chosen.then(|| typed.clone()).into_iter().chain(others);
        all.take(OFFERED).collect::<Vec<_>>()
    });
    let chip = move |value: String| {
        let own = value.clone();
        let pressed = move || {
            if typed.with(|typed| *typed == own) {
                "true"
            } else {
                "false"
            }
        };
        let name = value.clone();
        let choose = move |_| {
            // A second tap takes the choice back.
            let next = if typed.get_untracked() == value {
                String::new()
            } else {
                value.clone()
            };
            set.run(next);
            fill.update(|n| *n += 1);
        };
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=choose>{name}</button> }
    };
    let input =
        move || view! { <TextField label value=typed.get_untracked() on_input=set /> }.into_any();
    view! {
        <div class="suggested">
            {filled_anew(fill, input)}
            <div class="chips" role="group" aria-label=format!("{label}: {}", t.used_before())>
                <For each=move || offers.get() key=String::clone children=chip />
            </div>
        </div>
    }
}
