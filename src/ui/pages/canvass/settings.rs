//! What belongs to the hand and the bag: the places of the outcomes, the kit, one's name among partners.

use leptos::prelude::*;

use crate::domain::canvass::event::Outcome;
use crate::i18n::canvass::Canvass;
use crate::platform::prefs;
use crate::state::{app, walk};
use crate::ui::parts::field::{Select, TextField};
use crate::ui::parts::page::Page;
use crate::ui::words::text;

#[component]
pub fn CanvassSettings() -> impl IntoView {
    let t = text::<Canvass>();
    // Drawn anew when two outcomes change places, so that both selects show it.
    let places = RwSignal::new(walk::places());
    let set = move |place: usize, outcome: Outcome| {
        let mut now = places.get_untracked();
        let Some(before) = now.get(place).copied() else {
            return;
        };
        // The one that stood elsewhere comes here, and the one that stood here goes there.
        if let Some(other) = now.iter().position(|have| *have == outcome)
            && let Some(slot) = now.get_mut(other)
        {
            *slot = before;
        }
        if let Some(slot) = now.get_mut(place) {
            *slot = outcome;
        }
        walk::set_places(now);
        places.set(now);
    };
    let back = move |_| {
        walk::set_places(Outcome::FIRST);
        places.set(Outcome::FIRST);
        app().notices.done(t.settings_saved());
    };
    let kit = prefs::kit().map_or_else(|| t.kit_default().to_owned(), |items| items.join("\n"));
    let keep_kit = move |text: String| {
        let items: Vec<String> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        prefs::set_kit(&items);
    };
    view! {
        <Page title=t.settings() back="/canvass">
            <div class="form">
                <TextField
                    label=t.my_name()
                    value=prefs::partner_name().unwrap_or_default()
                    on_input=move |name: String| prefs::set_partner_name(name.trim())
                />
                <fieldset class="field">
                    <legend>{t.places()}</legend>
                    <p class="hint">{t.places_help()}</p>
                    <div class="places">
                        {move || {
                            places
                                .get()
                                .into_iter()
                                .enumerate()
                                .map(|(place, outcome)| {
                                    let options = Outcome::ALL.into_iter().map(|outcome| (outcome, t.outcome(outcome))).collect();
                                    view! {
                                        <Select
                                            label=t.place(place + 1)
                                            options
                                            value=Some(outcome)
                                            bare=true
                                            on_choose={move |chosen: Option<Outcome>| {
                                                if let Some(chosen) = chosen {
                                                    set(place, chosen);
                                                }
                                            }}
                                        />
                                    }
                                })
                                .collect_view()
                        }}
                    </div>
                    <button type="button" class="button" data-kind="quiet" on:click=back>
                        {t.restore_places()}
                    </button>
                </fieldset>
                <TextField label=t.kit_template() value=kit multiline=true hint=t.kit_template_help() on_input=keep_kit />
            </div>
        </Page>
    }
}
