use leptos::prelude::*;

/// What a screen says when there is nothing to show: what that means, and the next action.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into, optional)] help: String,
    /// Whether it is all there is on the screen, and so its first heading.
    #[prop(optional)]
    alone: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = if alone {
        view! { <h1>{title}</h1> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    view! {
        <div class="empty">
            {title}
            {(!help.is_empty()).then(|| view! { <p>{help}</p> })}
            {children.map(|children| view! { <div class="buttons">{children()}</div> })}
        </div>
    }
}

/// Shown while something is read; the style keeps it invisible for the first 200 ms.
#[component]
pub fn Skeleton(#[prop(default = 4)] rows: usize) -> impl IntoView {
    view! {
        <div class="section" aria-hidden="true">
            {(0..rows).map(|_| view! { <div class="skeleton"></div> }).collect_view()}
        </div>
    }
}
