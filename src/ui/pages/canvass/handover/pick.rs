use leptos::html::Input;
use leptos::prelude::*;

use crate::platform::files::{self, PickedFile};
use crate::ui::parts::icon::{Glyph, Icon};

/// The button that chooses a file, or takes a picture where `camera` is set.
#[component]
pub fn PickFile(
    label: &'static str,
    #[prop(into)] on_pick: Callback<PickedFile>,
    #[prop(optional)] camera: bool,
    /// The next action of the screen.
    #[prop(optional)]
    first: bool,
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
        // Without `accept` for files: phones grey out those whose ending they do not know.
        <input
            class="sr"
            type="file"
            accept=camera.then_some("image/*")
            capture=camera.then_some("environment")
            tabindex="-1"
            aria-hidden="true"
            node_ref=input
            on:change=chosen
        />
        <button type="button" class="button" data-kind=first.then_some("seal") on:click=open>
            <Glyph icon=if camera { Icon::Camera } else { Icon::Import } />
            {label}
        </button>
    }
}
