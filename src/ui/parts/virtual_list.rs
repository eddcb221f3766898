use leptos::html::Div;
use leptos::prelude::*;

use crate::platform::view;

/// Rows drawn beyond the visible ones, so that a flick does not show blank paper.
const MARGIN: usize = 12;

/// A list of any length: only the rows near the visible part are in the page. Rows are all `row_px` high; at other text
/// sizes the style keeps them so by cutting long lines.
#[component]
pub fn VirtualList<T>(
    #[prop(into)] items: Signal<Vec<T>, LocalStorage>,
    row_px: f64,
    row: impl Fn(T) -> AnyView + Copy + Send + 'static,
    #[prop(into)] label: String,
) -> impl IntoView
where
    T: Clone + PartialEq + 'static,
{
    let frame = NodeRef::<Div>::new();
    // First and one past the last row to draw.
    let (window, set_window) = signal((0_usize, 40_usize));
    let look = move || {
        let Some(frame) = frame.get_untracked() else {
            return;
        };
        let (top, height) = view::visible_span(&frame);
        // Both are non-negative and far below 2^53, so the casts keep their value.
        let first = (top / row_px).floor().max(0.0) as usize;
        let shown = (height / row_px).ceil().max(1.0) as usize;
        let next = (first.saturating_sub(MARGIN), first + shown + MARGIN);
        if window.get_untracked() != next {
            set_window.set(next);
        }
    };
    let scrolling = view::on_scroll_or_resize(look);
    on_cleanup(move || drop(scrolling));
    Effect::new(move || {
        items.track();
        look();
    });
    let drawn = move || {
        let (first, last) = window.get();
        items.with(|items| {
            let last = last.min(items.len());
            let first = first.min(last);
            items[first..last]
                .iter()
                .cloned()
                .enumerate()
                .map(|(at, item)| {
                    let place = first + at;
                    view! {
                        <div
                            class="virtual-row"
                            role="listitem"
                            aria-setsize=items.len().to_string()
                            aria-posinset=(place + 1).to_string()
                            style:transform=format!("translateY({}px)", place as f64 * row_px)
                            style:height=format!("{row_px}px")
                        >
                            {row(item)}
                        </div>
                    }
                })
                .collect_view()
        })
    };
    let height = move || format!("{}px", items.with(Vec::len) as f64 * row_px);
    view! {
        <div class="virtual" role="list" aria-label=label node_ref=frame style:height=height>
            {drawn}
        </div>
    }
}
