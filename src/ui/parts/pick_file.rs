use leptos::html::Input;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::platform::files::{self, PickedFile};

/// The button that chooses a file, or takes a picture where `camera` is set.
#[component]
pub fn PickFile(
    label: &'static str,
    #[prop(into)] on_pick: Callback<PickedFile>,
    /// Endings and types that are offered. Left out where the ending is our own: phones grey out those they do not know.
    #[prop(optional)]
    accept: Option<&'static str>,
    #[prop(optional)] camera: bool,
    /// The next action of the screen.
    #[prop(optional)]
    first: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let open = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let picked = input
            .get_untracked()
            .map(|input| files::from_input(&input))
            .unwrap_or_default();
        if let Some(file) = picked.into_iter().next() {
            on_pick.run(file);
        }
    };
    view! {
        <input
            class="sr"
            type="file"
            accept=accept.or(camera.then_some("image/*"))
            capture=camera.then_some("environment")
            tabindex="-1"
            aria-hidden="true"
            node_ref=input
            on:change=chosen
        />
        <button type="button" class="button" data-kind=first.then_some("seal") disabled=disabled on:click=open>
            <Glyph icon=if camera { Icon::Camera } else { Icon::Import } />
            {label}
        </button>
    }
}
