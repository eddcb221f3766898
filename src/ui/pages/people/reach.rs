//! How to reach a person: to tap where they may be reached, to read where they refused.

use leptos::prelude::*;

use crate::domain::contact::{Email, Phone};
use crate::domain::person::Person;
use crate::domain::record::Entry;
use crate::i18n::clients::Clients;
use crate::i18n::values::Values;
use crate::platform::dom;
use crate::ui::pages::clients::call::can_be_called;
use crate::ui::pages::clients::facts::CopyButton;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

#[component]
pub fn Reach(entry: Memo<Entry<Person>>) -> impl IntoView {
    let t = text::<Clients>();
    move || {
        let body = entry.with(|entry| entry.body.clone());
        let nothing = body.phones.is_empty()
            && body.emails.is_empty()
            && body.wechat.is_empty()
            && body.whatsapp.is_empty();
        if nothing {
            return ().into_any();
        }
        if body.opted_out() {
            return view! { <Refused body /> }.into_any();
        }
        let chat = |name: &'static str, id: String| {
            (!id.is_empty()).then(|| view! { <li><Chat name id /></li> })
        };
        view! {
            <section class="section">
                <h2>{t.reach()}</h2>
                <ul class="rows">
                    {body.phones.into_iter().map(|phone| view! { <li><PhoneRow phone /></li> }).collect_view()}
                    {chat(t.whatsapp(), body.whatsapp)} {chat(t.wechat(), body.wechat)}
                    {body.emails.into_iter().map(|email| view! { <li><MailRow email /></li> }).collect_view()}
                </ul>
            </section>
        }
        .into_any()
    }
}

/// A number that rings when tapped, with a message beside it where one can be sent.
#[component]
fn PhoneRow(phone: Phone) -> impl IntoView {
    let t = text::<Clients>();
    let kind = text::<Values>().phone_kind(phone.kind);
    let dial = dom::tel_link(&phone.number).filter(|_| can_be_called(&phone));
    let sms = dial.as_ref().map(|dial| dial.replacen("tel:", "sms:", 1));
    let label = format!("{} {}", t.sms(), phone.number);
    view! {
        <div class="line person-line">
            <a class="row" href=dial>
                <Glyph icon=Icon::Phone />
                <span class="grow">
                    <span class="title">{phone.number}</span>
                    <span class="sub">{kind}</span>
                </span>
            </a>
            {sms.map(|sms| view! {
                <a class="icon-button" href=sms aria-label=label.clone() title=label><Glyph icon=Icon::Message /></a>
            })}
        </div>
    }
}

/// These apps have no address that opens them without asking a server of theirs: the name is copied.
#[component]
fn Chat(name: &'static str, id: String) -> impl IntoView {
    view! {
        <div class="row">
            <Glyph icon=Icon::Message />
            <span class="grow">
                <span class="title">{id.clone()}</span>
                <span class="sub">{name}</span>
            </span>
            <CopyButton what=name words=id />
        </div>
    }
}

#[component]
fn MailRow(email: Email) -> impl IntoView {
    let t = text::<Clients>();
    let href = format!("mailto:{}", email.address);
    view! {
        <a class="row" href=href>
            <Glyph icon=Icon::Mail />
            <span class="grow">
                <span class="title">{email.address}</span>
                <span class="sub">{t.mail()}</span>
            </span>
        </a>
    }
}

/// What is on file about a person who refused contact, as plain text.
#[component]
fn Refused(body: Person) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let phones = body
        .phones
        .into_iter()
        .map(|phone| (values.phone_kind(phone.kind), phone.number));
    let emails = body
        .emails
        .into_iter()
        .map(|email| (t.mail(), email.address));
    let chats = [(t.whatsapp(), body.whatsapp), (t.wechat(), body.wechat)]
        .into_iter()
        .filter(|(_, id)| !id.is_empty());
    view! {
        <section class="section">
            <h2>{t.reach()}</h2>
            <dl class="facts refused">
                {phones
                    .chain(emails)
                    .chain(chats)
                    .map(|(label, words)| view! { <dt>{label}</dt><dd>{words}</dd> })
                    .collect_view()}
            </dl>
        </section>
    }
}
