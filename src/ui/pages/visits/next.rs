//! The taps that move a visit on.

use leptos::prelude::*;
use leptos_router::components::A;

use super::party::Party;
use super::reason::{ReasonSheet, Why};
use super::steps::Steps;
use crate::domain::id::Id;
use crate::domain::visit::{Step, VisitStatus};
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// What else may have happened to it. Only steps that the visit can take are offered.
#[component]
pub fn Otherwise(steps: Steps, status: Memo<VisitStatus>) -> impl IntoView {
    let t = text::<Visits>();
    let missed = RwSignal::new(false);
    let cancelled = RwSignal::new(false);
    let choice = |name: &'static str, act: Callback<()>| {
        view! { <button type="button" class="button" on:click=move |_| act.run(())>{name}</button> }
    };
    let choices = move || {
        let status = status.get();
        let now = clock::now();
        // The step at the thumb is not offered twice.
        let finish = status != VisitStatus::InProgress && steps.can(Step::Finish(now));
        let reopen = matches!(status, VisitStatus::Done | VisitStatus::InProgress)
            && steps.can(Step::Reopen);
        view! {
            {finish
                .then(|| choice(t.took_place(), Callback::new(move |()| steps.take(Step::Finish(clock::now()), String::new()))))}
            {steps.can(Step::Miss).then(|| choice(t.missed(), Callback::new(move |()| missed.set(true))))}
            {steps.can(Step::Cancel).then(|| choice(t.cancel_visit(), Callback::new(move |()| cancelled.set(true))))}
            {reopen.then(|| choice(t.reopen(), Callback::new(move |()| steps.take(Step::Reopen, String::new()))))}
        }
    };
    let any = move || status.get() != VisitStatus::Cancelled;
    view! {
        <Show when=any>
            <section class="section">
                <h2>{t.otherwise()}</h2>
                <div class="others-row">{choices}</div>
            </section>
        </Show>
        <ReasonSheet open=missed why=Why::Missed steps />
        <ReasonSheet open=cancelled why=Why::Cancelled steps />
    }
}

/// The one next thing, at the thumb.
#[component]
pub fn NextAction(
    id: Id,
    steps: Steps,
    status: Memo<VisitStatus>,
    party: Memo<Party>,
) -> impl IntoView {
    let t = text::<Visits>();
    let step = |name: &'static str, icon: Icon, act: Callback<()>| {
        view! {
            <button type="button" class="button" data-kind="seal" on:click=move |_| act.run(())>
                <Glyph icon />
                {name}
            </button>
        }
        .into_any()
    };
    let action = move || match status.get() {
        VisitStatus::Planned => step(
            t.start(),
            Icon::Next,
            Callback::new(move |()| steps.take(Step::Start(clock::now()), String::new())),
        ),
        VisitStatus::InProgress => step(
            t.finish(),
            Icon::Check,
            Callback::new(move |()| steps.take(Step::Finish(clock::now()), String::new())),
        ),
        VisitStatus::Missed | VisitStatus::Cancelled => step(
            t.plan_again(),
            Icon::Undo,
            Callback::new(move |()| steps.take(Step::Reopen, String::new())),
        ),
        VisitStatus::Done => {
            let organisation = party.with(|party| party.organisation);
            let about = organisation
                .map(|id| format!("&org={id}"))
                .unwrap_or_default();
            view! {
                <A href=format!("/notes/new?visit={id}{about}") attr:class="button" attr:data-kind="seal">
                    <Glyph icon=Icon::Note />
                    {t.write_note()}
                </A>
            }
            .into_any()
        }
    };
    view! { <div class="actions">{action}</div> }
}
