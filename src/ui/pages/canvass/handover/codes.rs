//! QR codes one after another, as large as the screen allows.

use leptos::prelude::*;

use crate::exchange::handover::{Part, qr};
use crate::i18n::handover::Handover;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

#[component]
pub fn Codes(
    frames: Vec<String>,
    part: Part,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let t = text::<Handover>();
    let at = RwSignal::new(0_usize);
    let of = frames.len();
    let step = move |by: isize| {
        at.update(|at| {
            if let Some(next) = at.checked_add_signed(by).filter(|next| *next < of) {
                *at = next;
            }
        });
    };
    let drawing = move || {
        let picture = qr::picture(frames.get(at.get())?)?;
        let (size, label) = (picture.size, t.qr_picture(at.get() + 1, of));
        Some(view! {
            <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
                <path d=picture.path />
            </svg>
        })
    };
    let note = match part {
        Part::All => t.qr_all(),
        Part::NoEvents => t.qr_no_events(),
        Part::Layout => t.qr_layout(),
    };
    let walk = (of > 1).then(|| {
        view! {
            <button type="button" class="button" disabled=move || at.get() == 0 on:click=move |_| step(-1)>
                <Glyph icon=Icon::Previous />
                {t.previous()}
            </button>
            <button type="button" class="button" data-kind="seal" disabled=move || at.get() + 1 >= of on:click=move |_| step(1)>
                {t.next()}
                <Glyph icon=Icon::Next />
            </button>
        }
    });
    view! {
        <div class="codes">
            <p class="hint">{note}</p>
            {drawing}
            <p class="big" role="status">{move || t.frame(at.get() + 1, of)}</p>
            <div class="buttons-row">
                {walk}
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_close.run(())>
                    {t.hide_qr()}
                </button>
            </div>
        </div>
    }
}
