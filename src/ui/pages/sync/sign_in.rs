//! The sign-in form. Its inputs are read when it is sent: a password manager may fill them without a word, and what was
//! typed stays where it is whatever the answer.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::i18n::sync::Sync as Words;
use crate::platform::dom;
use crate::state::app;
use crate::state::sync::{Account, SignInError};
use crate::ui::parts::field::Underline;
use crate::ui::words::{lang, store_error, text};

/// Which inputs lack something, in words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Lacking {
    name: Option<&'static str>,
    password: Option<&'static str>,
    device: Option<&'static str>,
}

impl Lacking {
    fn any(self) -> bool {
        self != Self::default()
    }
}

#[component]
pub fn SignIn(
    /// Who this book belongs to: the name is fixed then.
    #[prop(optional)]
    known: Option<Account>,
    /// Somebody else than the one this book belongs to.
    #[prop(optional)]
    another: bool,
) -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let (name, password, device) = (
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
        NodeRef::<Input>::new(),
    );
    let lacking = RwSignal::new(Lacking::default());
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let fixed = known.as_ref().map(|account| account.user.name.clone());
    let device_name = known.map_or_else(|| guess(t).to_owned(), |account| account.device_name);
    let send = {
        let fixed = fixed.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            let read = |input: NodeRef<Input>| {
                input
                    .get_untracked()
                    .map(|input| input.value())
                    .unwrap_or_default()
            };
            let typed = fixed
                .clone()
                .unwrap_or_else(|| read(name).trim().to_owned());
            let (secret, device_typed) = (read(password), read(device).trim().to_owned());
            let found = check(t, &typed, &secret, &device_typed);
            lacking.set(found);
            failed.set(None);
            if found.any() {
                focus_first(found, name, password, device);
                return;
            }
            busy.set(true);
            leptos::task::spawn_local(async move {
                let answer = app.sync.sign_in(&typed, &secret, &device_typed).await;
                busy.try_set(false);
                match answer {
                    Ok(()) => app.notices.done(t.signed_in()),
                    Err(error) => {
                        failed.try_set(Some(words(t, &error)));
                    }
                }
            });
        }
    };
    let lead = if another {
        t.own_book()
    } else {
        t.joins_account()
    };
    view! {
        <form class="form sign-in" novalidate on:submit=send>
            <p>{lead}</p>
            <div role="alert">
                {move || failed.get().map(|words| view! { <p class="problem sign-in-failed">{words}</p> })}
            </div>
            <NameInput node=name fixed problem=Signal::derive(move || lacking.get().name) />
            <PasswordInput node=password problem=Signal::derive(move || lacking.get().password) />
            <DeviceInput node=device value=device_name problem=Signal::derive(move || lacking.get().device) />
            <div class="actions">
                <button type="submit" class="button" data-kind="seal" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { t.signing_in() } else { t.sign_in() }}
                </button>
            </div>
        </form>
    }
}

/// The fixed name is an input all the same: that is how a password manager knows whose password it fills in.
#[component]
fn NameInput(
    node: NodeRef<Input>,
    fixed: Option<String>,
    problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Words>();
    let is_fixed = fixed.is_some();
    view! {
        <div class="field">
            <label for="sign-in-name">{t.account_name()}</label>
            <input
                class="input"
                id="sign-in-name"
                name="username"
                type="text"
                node_ref=node
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="next"
                readonly=is_fixed
                prop:value=fixed.unwrap_or_default()
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || problem.get().is_some().then_some("sign-in-name-note")
            />
            <Underline id="sign-in-name-note" problem />
        </div>
    }
}

#[component]
fn PasswordInput(node: NodeRef<Input>, problem: Signal<Option<&'static str>>) -> impl IntoView {
    let t = text::<Words>();
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for="sign-in-password">{t.password()}</label>
            <div class="line password">
                <input
                    class="input"
                    id="sign-in-password"
                    name="password"
                    type=move || if shown.get() { "text" } else { "password" }
                    node_ref=node
                    autocomplete="current-password"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="go"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=move || problem.get().is_some().then_some("sign-in-password-note")
                />
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { t.hide_password() } else { t.show_password() }}
                </button>
            </div>
            <Underline id="sign-in-password-note" problem />
        </div>
    }
}

#[component]
fn DeviceInput(
    node: NodeRef<Input>,
    value: String,
    problem: Signal<Option<&'static str>>,
) -> impl IntoView {
    let t = text::<Words>();
    view! {
        <div class="field">
            <label for="sign-in-device">{t.device_name()}</label>
            <input
                class="input"
                id="sign-in-device"
                name="device"
                type="text"
                node_ref=node
                autocomplete="off"
                enterkeyhint="go"
                maxlength="60"
                prop:value=value
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby="sign-in-device-note"
            />
            <Underline id="sign-in-device-note" problem hint=t.device_name_help() />
        </div>
    }
}

fn check(t: Words, name: &str, password: &str, device: &str) -> Lacking {
    Lacking {
        name: name.is_empty().then(|| t.fill_name()),
        password: password.is_empty().then(|| t.fill_password()),
        device: device.is_empty().then(|| t.fill_device()),
    }
}

fn focus_first(
    lacking: Lacking,
    name: NodeRef<Input>,
    password: NodeRef<Input>,
    device: NodeRef<Input>,
) {
    let first = match lacking {
        Lacking { name: Some(_), .. } => name,
        Lacking {
            password: Some(_), ..
        } => password,
        _ => device,
    };
    if let Some(input) = first.get_untracked() {
        let _ = dom::focus(&input);
    }
}

/// What its owner most likely calls this device; the smaller side decides, so that a phone held sideways stays one.
fn guess(t: Words) -> &'static str {
    if dom::matches("(hover: hover) and (pointer: fine)") {
        t.computer()
    } else if dom::matches("(min-width: 600px) and (min-height: 600px)") {
        t.tablet()
    } else {
        t.phone()
    }
}

fn words(t: Words, error: &SignInError) -> String {
    match error {
        SignInError::WrongPassword => t.wrong_password().to_owned(),
        SignInError::Closed => t.closed().to_owned(),
        SignInError::TooMany(seconds) => t.too_many(*seconds),
        SignInError::NoAnswer => t.sign_in_no_answer().to_owned(),
        SignInError::Portal => t.sign_in_portal().to_owned(),
        SignInError::Server(status) => t.sign_in_server(*status),
        SignInError::Storage(error) => store_error(lang(), error).to_owned(),
    }
}
