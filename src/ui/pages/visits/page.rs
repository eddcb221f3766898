//! One visit: whom, when, what is next. The tap at the thumb moves it on.

use leptos::prelude::*;
use leptos_router::components::A;

use super::base::{route_id, with_record};
use super::choose_day::{day_words, moment_day, moment_time, time_words};
use super::coming_out::ComingOut;
use super::meeting::{Meeting, MeetingNotes, Pictures};
use super::next::{NextAction, Otherwise};
use super::party::{Party, PartyLinks, party_names};
use super::quick::{FollowUpQuick, MoveTo, days_to_move_to};
use super::steps::Steps;
use crate::domain::record::Entry;
use crate::domain::visit::{Visit, VisitStatus};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::state::{Draft, with_draft};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::text;

type Held = RwSignal<Entry<Visit>, LocalStorage>;

#[component]
pub fn VisitPage() -> impl IntoView {
    with_record(route_id(), |visit| view! { <Whole visit /> }.into_any())
}

#[component]
fn Whole(visit: Held) -> impl IntoView {
    let t = text::<Visits>();
    let id = visit.with_untracked(Entry::id);
    let party = Memo::new(move |_| {
        visit.with(|visit| Party::new(visit.body.organisation, &visit.body.persons))
    });
    let title = Signal::derive(move || match party.with(|party| party_names(party, None)) {
        names if names.is_empty() => t.title().to_owned(),
        names => names,
    });
    let edit = move || {
        let label = text::<Common>().edit();
        view! {
            <A href=format!("/visits/{id}/edit") attr:class="icon-button" attr:aria-label=label>
                <Glyph icon=Icon::Edit />
            </A>
        }
    };
    view! {
        <Page title back="/" tools=edit>
            {with_draft(
                format!("visit:{id}"),
                Meeting::default(),
                move |draft| view! { <Body visit party draft /> }.into_any(),
            )}
        </Page>
    }
}

#[component]
fn Body(visit: Held, party: Memo<Party>, draft: Draft<Meeting>) -> impl IntoView {
    let t = text::<Visits>();
    let id = visit.with_untracked(Entry::id);
    let steps = Steps::new(visit, draft);
    let status = Memo::new(move |_| visit.with(|visit| visit.body.status));
    let under_way = move || status.get() == VisitStatus::InProgress;
    let has_photos = Memo::new(move |_| visit.with(|visit| !visit.body.photos.is_empty()));
    let went = move || matches!(status.get(), VisitStatus::InProgress | VisitStatus::Done);
    let day = Memo::new(move |_| visit.with(|visit| visit.body.when.date));
    let movable = move || (!went()).then(|| (status.get(), day.get()));
    view! {
        <Head visit />
        <div class="section"><PartyLinks party=Signal::from(party) /></div>
        {move || {
            if under_way() {
                view! { <MeetingNotes visit draft /> }.into_any()
            } else {
                view! { <Report visit /> }.into_any()
            }
        }}
        {move || (went() || has_photos.get()).then(|| view! { <Pictures visit draft steps /> })}
        {move || went().then(|| view! { <FollowUpQuick visit draft /> })}
        <ComingOut id />
        {move || {
            movable()
                .map(|(status, day)| {
                    let heading = if status == VisitStatus::Planned { t.move_to() } else { t.arrange_again() };
                    view! {
                        <section class="section">
                            <h2>{heading}</h2>
                            <MoveTo days=days_to_move_to(day) on_pick=move |day| steps.move_to(day) />
                        </section>
                    }
                })
        }}
        <Otherwise steps status />
        <NextAction id steps status party />
    }
}

/// When it is, where it stands, and what the two taps prove.
#[component]
fn Head(visit: Held) -> impl IntoView {
    let values = text::<Values>();
    let t = text::<Visits>();
    let line = move || {
        visit.with(|visit| {
            let body = &visit.body;
            let mut parts = vec![
                values.channel(body.channel).to_owned(),
                values.visit_kind(body.kind).to_owned(),
            ];
            parts.extend(
                body.minutes
                    .filter(|_| body.status.is_open())
                    .map(|minutes| t.length_words(minutes)),
            );
            parts.join(" · ")
        })
    };
    let status = move || {
        let status = visit.with(|visit| visit.body.status);
        let kind = match status {
            VisitStatus::Done => "good",
            VisitStatus::Missed | VisitStatus::Cancelled => "stop",
            VisitStatus::InProgress => "wait",
            VisitStatus::Planned => "plain",
        };
        view! { <span class="tag" data-kind=kind>{values.status(status)}</span> }
    };
    let day = move || visit.with(|visit| day_words(visit.body.when.date));
    let time = move || visit.with(|visit| visit.body.when.time.map(time_words));
    let proof = move || visit.with(|visit| proof(&visit.body));
    view! {
        <div class="lead-in visit-head">
            <p class="big">{day} " " <span class="nowrap">{time}</span></p>
            <p>{status} " " {line}</p>
            {move || proof().map(|words| view! { <p class="hint">{words}</p> })}
        </div>
    }
}

/// What the taps say: times, no place.
fn proof(visit: &Visit) -> Option<String> {
    let t = text::<Visits>();
    match (&visit.started, &visit.ended) {
        (Some(started), Some(ended)) => {
            let minutes = visit.lasted_min().unwrap_or_default();
            Some(t.proof_both(moment_time(started), moment_time(ended), minutes))
        }
        (Some(started), None) => Some(t.proof_started(moment_time(started))),
        (None, Some(ended)) => {
            Some(t.proof_noted(format!("{} {}", moment_day(ended), moment_time(ended))))
        }
        (None, None) => None,
    }
}

/// What is written of the visit, as text; what is not written is not there.
#[component]
fn Report(visit: Held) -> impl IntoView {
    let t = text::<Visits>();
    let unsaid = move || {
        visit.with(|visit| {
            let body = &visit.body;
            (body.status == VisitStatus::Done && body.outcome.is_empty()).then(|| visit.id())
        })
    };
    let parts = move || {
        let parts = visit.with(|visit| {
            let body = &visit.body;
            [
                (t.reason(), body.reason.clone()),
                (t.goal(), body.goal.clone()),
                (t.outcome(), body.outcome.clone()),
                (t.observed(), body.observed.clone()),
                (t.next_step(), body.next_step.clone()),
            ]
        });
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        parts
            .map(|(name, words)| {
                view! {
                    <section class="section said">
                        <h2>{name}</h2>
                        <p>{words}</p>
                    </section>
                }
            })
            .collect_view()
    };
    view! {
        {parts}
        {move || {
            unsaid()
                .map(|id| {
                    view! {
                        <div class="section">
                            <A href=format!("/visits/{id}/edit") attr:class="button">{t.write_outcome()}</A>
                        </div>
                    }
                })
        }}
    }
}
