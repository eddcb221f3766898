//! Whose book this is: signing in, who is signed in, signing out.

use leptos::prelude::*;

use super::sign_in::SignIn;
use super::sign_out::SignOut;
use super::words::{Standing, standing};
use crate::i18n::sync::Sync as Words;
use crate::platform::{clock, intl};
use crate::state::app;
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

#[component]
pub fn AccountPage() -> impl IntoView {
    let t = text::<Words>();
    let standing = standing();
    view! {
        <Page title=t.account_title() back="/more">
            {move || match standing.get() {
                Standing::Never => view! { <SignIn /> }.into_any(),
                Standing::SignedOut => view! { <SignedOut /> }.into_any(),
                Standing::SignedIn => view! { <SignedIn /> }.into_any(),
            }}
        </Page>
    }
}

/// The book is somebody's: they come back with their password, or another opens a book of their own.
#[component]
fn SignedOut() -> impl IntoView {
    let t = text::<Words>();
    let account = app().sync.account;
    let other = RwSignal::new(false);
    let known = move || account.with_untracked(Clone::clone);
    view! {
        {move || {
            let known = known().filter(|_| !other.get());
            match known {
                Some(account) => view! { <SignIn known=account /> }.into_any(),
                None => view! { <SignIn another=true /> }.into_any(),
            }
        }}
        <div class="section">
            <button type="button" class="button" data-kind="quiet" on:click=move |_| other.update(|other| *other = !*other)>
                {move || if other.get() { t.same_account() } else { t.another_account() }}
            </button>
        </div>
    }
}

#[component]
fn SignedIn() -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let sync = app().sync;
    let who = move || {
        sync.account.with(|account| {
            account
                .as_ref()
                .map(|account| (account.user.clone(), account.device_name.clone()))
        })
    };
    let confirmed = move || match sync.status.with(|status| status.confirmed_ms) {
        Some(at) => intl::relative_ms(tag, clock::now_ms() - at),
        None => t.never().to_owned(),
    };
    let facts = move || {
        who().map(|(user, device)| {
            view! {
                <p class="big-state">{user.shown}</p>
                <dl class="facts">
                    <dt>{t.account_name()}</dt>
                    <dd>{user.name}</dd>
                    <dt>{t.device_name()}</dt>
                    <dd>{device}</dd>
                    <dt>{t.last_confirmed()}</dt>
                    <dd>{confirmed}</dd>
                </dl>
            }
        })
    };
    view! {
        <section class="section account" aria-label=t.signed_in_head()>
            <p class="state" data-kind="good">{t.signed_in_head()}</p>
            {facts}
        </section>
        <SignOut />
    }
}
