//! One follow-up: what was promised, by when, and the tap that says it is done.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::components::A;

use super::base::{route_id, with_record};
use super::choose_day::{appointment_words, day_words, moment_day};
use super::follow_up::{FollowUpFields, FollowUpForm};
use super::form::{Errors, Saving, drafted, show_errors};
use super::party::{Party, PartyLinks};
use super::quick::{MoveTo, days_to_move_to};
use crate::domain::follow_up::{FollowUp, FollowUpDraft, PromisedAt};
use crate::domain::record::Entry;
use crate::domain::time::Appointment;
use crate::domain::visit::Visit;
use crate::i18n::canvass::Canvass;
use crate::i18n::common::Common;
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::state::{Change, Draft, app, book, live};
use crate::ui::addresses::floor_of_building;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

type Held = RwSignal<Entry<FollowUp>, LocalStorage>;

#[component]
pub fn FollowUpPage() -> impl IntoView {
    with_record(route_id(), |follow_up| {
        view! { <Whole follow_up /> }.into_any()
    })
}

#[component]
fn Whole(follow_up: Held) -> impl IntoView {
    let t = text::<Visits>();
    let (id, initial) = follow_up.with_untracked(|entry| {
        (
            entry.id(),
            FollowUpForm {
                follow_up: FollowUpDraft::of(&entry.body),
                touched: false,
            },
        )
    });
    view! {
        <Page title=t.follow_up() back="/">
            <Head follow_up />
            {drafted(format!("follow-up:{id}"), initial, move |draft| view! { <Form follow_up draft /> }.into_any())}
        </Page>
    }
}

/// When it is due, or was done; whom it is about and which visit it came from.
#[component]
fn Head(follow_up: Held) -> impl IntoView {
    let t = text::<Visits>();
    let party = Memo::new(move |_| {
        follow_up.with(|entry| Party::new(entry.body.organisation, &entry.body.persons))
    });
    let visit = Memo::new(move |_| follow_up.with(|entry| entry.body.visit));
    let due = move || follow_up.with(|entry| appointment_words(&entry.body.due));
    let door = Memo::new(move |_| follow_up.with(|entry| entry.body.door.clone()));
    let done = move || follow_up.with(|entry| entry.body.done.as_ref().map(moment_day));
    let came_from = move || {
        visit.get().map(|id| {
            let book = book();
            let answer = live(move |_| async move { book.get::<Visit>(id).await });
            let day = move || {
                answer.with(|answer| match answer {
                    Some(Ok(Some(visit))) => Some(t.of_visit(day_words(visit.body.when.date))),
                    _ => None,
                })
            };
            move || {
                day().map(|words| {
                    view! {
                        <A href=format!("/visits/{id}") attr:class="row">
                            <Glyph icon=Icon::Visit />
                            <span class="grow title">{words}</span>
                            <Glyph icon=Icon::Next />
                        </A>
                    }
                })
            }
        })
    };
    view! {
        <div class="lead-in">
            <p class="big">{due}</p>
            {move || done().map(|day| view! { <p><span class="tag" data-kind="good">{t.done_on(day)}</span></p> })}
        </div>
        <div class="section">
            <PartyLinks party=Signal::from(party) />
            {came_from}
            {move || door.get().map(|door| view! { <DoorLink door /> })}
        </div>
    }
}

/// The door it was promised at: its tower, opened on that floor.
#[component]
fn DoorLink(door: PromisedAt) -> impl IntoView {
    let t = text::<Canvass>();
    let href = floor_of_building(door.building, &door.door.floor);
    let words = move || {
        book().with_towers(|towers| {
            let building = towers.tower(door.building)?.body()?;
            let floor = building.floor(&door.door.floor)?;
            let place = building
                .door(&door.door)
                .map_or_else(|| t.floor_label(floor), |door| t.door_of(floor, door));
            Some(format!("{} {place}", building.name(lang().is_han())))
        })
    };
    view! {
        <A href attr:class="row">
            <Glyph icon=Icon::Door />
            <span class="grow title">{words}</span>
            <Glyph icon=Icon::Next />
        </A>
    }
}

#[component]
fn Form(follow_up: Held, draft: Draft<FollowUpForm>) -> impl IntoView {
    let t = text::<Visits>();
    let app = app();
    let errors: Errors = RwSignal::new(None);
    let saving = Saving::new();
    let redraw = follow_the_record(follow_up, draft);
    let done = Memo::new(move |_| follow_up.with(|entry| entry.body.done.is_some()));
    let touched = Memo::new(move |_| draft.value.with(|form| form.touched));
    let due = Memo::new(move |_| follow_up.with(|entry| entry.body.due.date));
    // An act that is saved at once and leaves what is being typed alone.
    let act = move |said: String, next: &dyn Fn(FollowUp) -> FollowUp| {
        let old = follow_up.get_untracked();
        let body = next(old.body.clone());
        let mut change = Change::new();
        change.edit(old.into_any(), body);
        leptos::task::spawn_local(async move {
            app.book.commit_and_say(change, said, app.settings).await;
        });
    };
    let save = move |_| {
        let old = follow_up.get_untracked();
        match draft
            .value
            .with_untracked(|form| form.follow_up.check(Some(&old.body), &clock::zone()))
        {
            Err(found) => show_errors(app, errors, found),
            Ok(body) => {
                let mut change = Change::new();
                change.edit(old.into_any(), body);
                saving.run_then(change, draft, t.follow_up_changed().to_owned(), move || {
                    draft.value.try_update(|form| form.touched = false);
                });
            }
        }
    };
    let finish = move |_| {
        act(t.follow_up_done().to_owned(), &|body| FollowUp {
            done: Some(clock::now()),
            ..body
        });
    };
    let open_again = move |_| {
        act(t.follow_up_open_again().to_owned(), &|body| FollowUp {
            done: None,
            ..body
        })
    };
    let move_to = move |day: NaiveDate| {
        act(t.moved_to(day_words(day)), &|body| FollowUp {
            due: Appointment {
                date: day,
                time: body.due.time,
                zone: clock::zone(),
            },
            ..body
        });
    };
    let delete = move |_| {
        let mut change = Change::new();
        change.delete(follow_up.get_untracked().into_any());
        saving.run(
            change,
            draft,
            t.follow_up_deleted().to_owned(),
            "/".to_owned(),
        );
    };
    let again = move || {
        follow_up.with(|entry| {
            let about = entry.body.visit.map(|id| format!("visit={id}"));
            let about = about.or_else(|| entry.body.organisation.map(|id| format!("org={id}")));
            let about =
                about.or_else(|| entry.body.persons.first().map(|id| format!("person={id}")));
            format!("/follow-ups/new?{}", about.unwrap_or_default())
        })
    };
    view! {
        {move || {
            (!done.get())
                .then(|| {
                    view! {
                        <section class="section">
                            <h2>{t.move_to()}</h2>
                            <MoveTo days=days_to_move_to(due.get()) on_pick=move_to />
                        </section>
                    }
                })
        }}
        <div class="form">
            <h2>{text::<Common>().edit()}</h2>
            {move || {
                redraw.track();
                view! { <FollowUpFields draft errors /> }
            }}
            <button type="button" class="button" data-kind="quiet" on:click=delete>
                {t.delete_follow_up()}
            </button>
        </div>
        <div class="actions">
            {move || match (touched.get(), done.get()) {
                (true, _) => {
                    view! {
                        <button type="button" class="button" data-kind="seal" on:click=save>
                            {text::<Common>().save()}
                        </button>
                    }
                        .into_any()
                }
                (false, false) => {
                    view! {
                        <button type="button" class="button" data-kind="seal" on:click=finish>
                            <Glyph icon=Icon::Check />
                            {t.mark_done()}
                        </button>
                    }
                        .into_any()
                }
                (false, true) => {
                    view! {
                        <button type="button" class="button" on:click=open_again>{t.not_done()}</button>
                        <A href=again attr:class="button" attr:data-kind="seal">{t.another_follow_up()}</A>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Takes over what changed in the record while the form is open, by a tap above it or an undo, and says when the fields
/// have to be drawn anew. Words that were touched and not saved stay.
fn follow_the_record(follow_up: Held, draft: Draft<FollowUpForm>) -> RwSignal<u32> {
    let redraw = RwSignal::new(0);
    let base = StoredValue::new(follow_up.with_untracked(|entry| FollowUpDraft::of(&entry.body)));
    Effect::new(move || {
        let now = follow_up.with(|entry| FollowUpDraft::of(&entry.body));
        let before = base.get_value();
        if now == before {
            return;
        }
        base.set_value(now.clone());
        draft.value.update(|form| {
            if !form.touched {
                form.follow_up = now;
            } else if now.date != before.date {
                form.follow_up.date = now.date;
            }
        });
        redraw.update(|n| *n += 1);
    });
    redraw
}
