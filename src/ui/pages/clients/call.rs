//! The call button: dials at once where there is one number, asks which where there are several.

use leptos::prelude::*;

use crate::domain::contact::{Phone, PhoneKind};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::dom;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::text;

/// A number with whose it is; the firm's own have no owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub owner: String,
    pub phone: Phone,
}

/// Numbers a voice answers: no fax.
pub fn can_be_called(phone: &Phone) -> bool {
    phone.kind != PhoneKind::Fax && dom::tel_link(&phone.number).is_some()
}

/// Nothing is shown where there is nobody to call.
#[component]
pub fn CallButton(#[prop(into)] lines: Signal<Vec<Line>>) -> impl IntoView {
    let t = text::<Common>();
    let choosing = RwSignal::new(false);
    let face = move || {
        view! {
            <Glyph icon=Icon::Phone />
            {t.call()}
        }
    };
    move || {
        match lines.get().as_slice() {
        [] => ().into_any(),
        [one] => view! { <a class="button" href=dom::tel_link(&one.phone.number)>{face()}</a> }.into_any(),
        _ => view! {
            <button type="button" class="button" aria-haspopup="dialog" on:click=move |_| choosing.set(true)>
                {face()}
            </button>
            <Sheet open=choosing title=t.call()>
                <ul class="rows">
                    {lines.get().into_iter().map(|line| view! { <li><CallRow line /></li> }).collect_view()}
                </ul>
            </Sheet>
        }
        .into_any(),
    }
    }
}

#[component]
fn CallRow(line: Line) -> impl IntoView {
    let kind = text::<Values>().phone_kind(line.phone.kind);
    let dial = dom::tel_link(&line.phone.number);
    let whose = super::kit::dotted([line.owner, kind.to_owned()]);
    view! {
        <a class="row" href=dial>
            <Glyph icon=Icon::Phone />
            <span class="grow">
                <span class="title">{line.phone.number}</span>
                <span class="sub">{whose}</span>
            </span>
        </a>
    }
}
