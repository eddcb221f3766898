//! Phone numbers, addresses and the like as things to tap.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::domain::contact::Phone;
use crate::i18n::values::Values;
use crate::platform::dom;
use crate::ui::words::text;

/// A number that dials when tapped.
#[component]
pub fn PhoneLink(phone: Phone) -> impl IntoView {
    let values = text::<Values>();
    view! {
        <a class="row" href=dom::tel_link(&phone.number)>
            <Glyph icon=Icon::Phone />
            <span class="grow">
                <span class="title">{phone.number.clone()}</span>
                <span class="sub">{values.phone_kind(phone.kind)}</span>
            </span>
        </a>
    }
}
