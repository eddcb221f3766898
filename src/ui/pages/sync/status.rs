//! How things stand with the server, in one block: whose book, confirmed when, what goes on, what is in the way.

use leptos::prelude::*;
use leptos_router::components::A;

use super::words::{Standing, activity_words, next_words, standing, trouble_kind, trouble_words};
use crate::domain::queue::{Activity, Trouble};
use crate::i18n::sync::Sync as Words;
use crate::platform::{clock, intl};
use crate::state::app;
use crate::ui::words::{lang, text};

/// From here on a wrong clock is worth a word: below it nobody misses an appointment by it.
const CLOCK_MS: i64 = 10 * 60 * 1000;

#[component]
pub fn StatusBlock() -> impl IntoView {
    let t = text::<Words>();
    let standing = standing();
    let signed_in = move || standing.get() == Standing::SignedIn;
    view! {
        <section class="section sync-status" aria-label=t.queue_title()>
            <Who />
            // Also over a book whose token is no longer accepted: that is one of the troubles.
            <Show when=move || standing.get() != Standing::Never>
                <TroubleBand />
            </Show>
            <Show when=signed_in>
                <Confirmed />
                <Going />
                <Pictures />
            </Show>
            <ClockOff />
        </section>
    }
}

/// Whose book this is, and what that means for what is written into it.
#[component]
fn Who() -> impl IntoView {
    let t = text::<Words>();
    let account = app().sync.account;
    let (title, help) = (
        move || {
            account.with(|account| match account {
                None => t.not_signed_in().to_owned(),
                Some(account) if account.token.is_none() => {
                    t.signed_out_of(account.user.shown.clone())
                }
                Some(account) => {
                    t.signed_in_as(account.user.shown.clone(), account.device_name.clone())
                }
            })
        },
        move || {
            account
                .with(Option::is_none)
                .then(|| t.not_signed_in_help())
        },
    );
    view! {
        <p class="fact who">{title}</p>
        {move || help().map(|help| view! { <p class="hint">{help}</p> })}
        <A href="/more/account" attr:class="button" attr:data-kind="quiet">{t.to_account()}</A>
    }
}

#[component]
fn Confirmed() -> impl IntoView {
    let t = text::<Words>();
    let tag = lang().tag();
    let status = app().sync.status;
    let now = ticking(30_000);
    let words = move || match status.with(|status| status.confirmed_ms) {
        Some(at) => t.confirmed(intl::relative_ms(tag, now.get() - at)),
        None => t.never_confirmed().to_owned(),
    };
    view! { <p class="sync-confirmed">{words}</p> }
}

/// What goes on, and the pause. Spoken when the kind of it changes, not for every number.
#[component]
fn Going() -> impl IntoView {
    let t = text::<Words>();
    let sync = app().sync;
    let status = sync.status;
    let paused = Memo::new(move |_| status.with(|status| status.paused));
    let activity = Memo::new(move |_| status.with(|status| status.activity));
    let words = move || match (paused.get(), activity.get()) {
        (true, _) => t.paused().to_owned(),
        (false, activity) => activity_words(activity),
    };
    let spoken = Memo::new(move |_| match (paused.get(), activity.get()) {
        (true, _) => t.paused(),
        (false, Activity::Idle) => t.idle(),
        (false, _) => t.asking(),
    });
    let numbers = move || match activity.get() {
        Activity::Pushing { done, of }
        | Activity::Pulling { done, of }
        | Activity::Pictures { done, of } => Some((done, of)),
        Activity::Idle | Activity::Asking => None,
    };
    let now = ticking(1_000);
    let next = move || {
        let at = status
            // After an attempt that went well there is nothing to count down to.
            .with(|status| status.next_ms.filter(|_| status.trouble.is_some()))
            .filter(|_| !paused.get())?;
        (activity.get() == Activity::Idle).then(|| next_words(at - now.get()))
    };
    let bar = move || numbers().unwrap_or((0, 1));
    view! {
        <p class="sync-activity">{words}</p>
        <p class="sr" role="status">{move || spoken.get()}</p>
        // Its room is kept, so that nothing below it jumps.
        <progress
            class="progress"
            data-idle=move || numbers().is_none().then_some("true")
            aria-hidden="true"
            value=move || bar().0.to_string()
            max=move || bar().1.max(1).to_string()
        ></progress>
        <p class="hint sync-next">{move || next().unwrap_or_default()}</p>
        <Show when=move || !paused.get()>
            <button type="button" class="button" data-kind="quiet" on:click=move |_| sync.pause(true)>
                {t.pause()}
            </button>
        </Show>
    }
}

/// What is in the way: what is safe, and what to do about it.
#[component]
fn TroubleBand() -> impl IntoView {
    let t = text::<Words>();
    let status = app().sync.status;
    let trouble = Memo::new(move |_| status.with(|status| status.trouble.clone()));
    let band = move |trouble: Trouble| {
        let way = match &trouble {
            Trouble::SignIn => Some(("/more/account", t.sign_in())),
            Trouble::AppOlder => Some(("/more/about", t.to_update())),
            Trouble::Closed | Trouble::Revoked(_) | Trouble::Storage(_) => {
                Some(("/more/rescue", t.to_rescue()))
            }
            Trouble::NoAnswer | Trouble::Portal | Trouble::Server(_) => None,
        };
        view! {
            <div class="banner" data-kind=trouble_kind(&trouble)>
                <p>{trouble_words(&trouble)}</p>
                {way.map(|(to, words)| view! { <A href=to attr:class="button">{words}</A> })}
            </div>
        }
    };
    view! { <div class="sync-trouble" role="status">{move || trouble.get().map(band)}</div> }
}

/// Pictures wait apart from the text, because they are what costs on a metered network.
#[component]
fn Pictures() -> impl IntoView {
    let t = text::<Words>();
    let sync = app().sync;
    let counted = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let held = Memo::new(move |_| sync.status.with(|status| status.pictures_held));
    let words = move || {
        let (up, down) = sync
            .status
            .with(|status| (counted(status.pictures_up), counted(status.pictures_down)));
        let parts = [
            (up > 0).then(|| t.pictures_up(up)),
            (down > 0).then(|| t.pictures_down(down)),
            (held.get() && up + down > 0).then(|| t.pictures_held().to_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let hold = move |event| sync.hold_pictures(event_target_checked(&event));
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=move || held.get() on:change=hold />
            <span>{t.hold_pictures()}</span>
        </label>
        <p class="hint">{words}</p>
    }
}

#[component]
fn ClockOff() -> impl IntoView {
    let t = text::<Words>();
    let status = app().sync.status;
    let words = move || {
        let ahead = status.with(|status| status.clock_ahead_ms)?;
        let minutes = usize::try_from(ahead.unsigned_abs() / 60_000).unwrap_or(usize::MAX);
        match ahead {
            ahead if ahead > CLOCK_MS => Some(t.clock_ahead(minutes)),
            ahead if ahead < -CLOCK_MS => Some(t.clock_behind(minutes)),
            _ => None,
        }
    };
    move || words().map(|words| view! { <p class="hint clock-off">{words}</p> })
}

/// The time of day, told anew every so often while the screen stands.
fn ticking(every_ms: u32) -> ReadSignal<i64> {
    let (now, set_now) = signal(clock::now_ms());
    leptos::task::spawn_local(async move {
        loop {
            clock::sleep_ms(every_ms).await;
            // The screen is gone when the signal no longer takes a value.
            if set_now.try_set(clock::now_ms()).is_some() {
                break;
            }
        }
    });
    now
}
