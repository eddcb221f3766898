use leptos::prelude::*;
use leptos_router::components::A;

use super::icon::{Glyph, Icon};
use crate::i18n::common::Common;
use crate::platform::{lang, view};
use crate::ui::words::text;

/// A screen of the detail pane: its heading, the way back, and what it shows. The heading takes the focus when the
/// screen opens, so that a screen reader says where one is.
#[component]
pub fn Page(
    /// Reactive, because most headings are a record's name.
    #[prop(into)]
    title: Signal<String>,
    /// Where the back arrow leads on the phone; the tablet shows the list beside it anyway.
    #[prop(into)]
    back: String,
    /// Buttons at the right of the heading.
    #[prop(optional, into)]
    tools: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let t = text::<Common>();
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move || {
        if let Some(heading) = heading.get() {
            view::focus_quietly(&heading);
        }
    });
    Effect::new(move || lang::set_document_title(&title.get()));
    view! {
        <div class="page">
            <div class="bar">
                <A href=back attr:class="icon-button only-phone" attr:aria-label=t.back()>
                    <Glyph icon=Icon::Back />
                </A>
                <h1 node_ref=heading tabindex="-1">{title}</h1>
                {tools.map(|tools| tools.run())}
            </div>
            {children()}
        </div>
    }
}
