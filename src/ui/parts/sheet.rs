use leptos::html::Dialog;
use leptos::prelude::*;

/// A sheet from below, for a choice that belongs to the screen under it. Escape, a tap beside it and its own buttons
/// close it; the browser's dialog keeps the focus inside and gives it back.
#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Refused only when the dialog is not in the page, and then there is nothing to show.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let title_id = format!("sheet-{}", crate::platform::random::new_id());
    let labelled_by = title_id.clone();
    let beside = move |event: leptos::ev::MouseEvent| {
        // A click whose target is the dialog itself landed on its backdrop or padding.
        if dialog
            .get()
            .is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()))
        {
            open.set(false);
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-labelledby=labelled_by on:close=move |_| open.set(false) on:click=beside>
            <h2 id=title_id>{title}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
