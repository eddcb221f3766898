//! What may be added to a call: all of it optional, saved together with the client and the promise that come out of it.

use leptos::prelude::*;
use leptos_router::components::A;
use serde::{Deserialize, Serialize};

use super::keep::change_of;
use super::{Walk, door_words};
use crate::domain::canvass::building::{DoorRef, Tenant};
use crate::domain::canvass::event::{Detail, Left, Outcome};
use crate::domain::id::Id;
use crate::domain::note::Tag;
use crate::domain::photo::Photo;
use crate::domain::time::parse_date;
use crate::i18n::canvass::Canvass;
use crate::i18n::problems::Problems;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::state::Pick;
use crate::state::{Draft, app};
use crate::ui::pages::visits::{drafted, photo_mark, pictures_ready};
use crate::ui::parts::field::{Choice, Choices, TextField};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::photos::{AddPhoto, NewPhotos, PhotoStrip, new_photos};
use crate::ui::parts::picker::Picker;
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::text;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) detail: Detail,
    /// A client is made of this name with the save.
    pub(super) company: String,
    pub(super) makes_client: bool,
    pub(super) follow: Option<Follow>,
    /// Day and time of a follow-up or an appointment that was put in by hand.
    pub(super) date: String,
    pub(super) time: String,
    pub(super) photo_expected: bool,
}

impl Form {
    /// What keeps something that was filled in from being saved.
    fn problem(&self, outcome: Outcome) -> Option<&'static str> {
        let t = text::<Canvass>();
        if self.detail.follow_up.is_some() {
            return None;
        }
        let dated = !self.date.trim().is_empty() || !self.time.trim().is_empty();
        let has_day = parse_date(&self.date).is_some();
        if outcome == Outcome::Appointment && dated {
            let someone = self.detail.organisation.is_some()
                || self.detail.person.is_some()
                || self.makes_client;
            return match (has_day, someone) {
                (false, _) => Some(t.needs_day()),
                (true, false) => Some(t.appointment_needs_client()),
                (true, true) => None,
            };
        }
        (self.follow == Some(Follow::OnDay) && !has_day).then(|| t.needs_day())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Follow {
    Hours,
    Tomorrow,
    OnDay,
}

#[component]
pub fn Details(walk: Walk) -> impl IntoView {
    let t = text::<Canvass>();
    let open = RwSignal::new(false);
    // The sheet closes by itself too, by Escape or a tap beside it.
    Effect::new(move || open.set(walk.detailing.with(Option::is_some)));
    Effect::new(move || {
        if !open.get() && walk.detailing.with_untracked(Option::is_some) {
            walk.detailing.set(None);
        }
    });
    view! {
        <Sheet open title=t.add_details()>
            {move || {
                let (at, event, outcome) = walk.detailing.get()?;
                Some(view! { <Call walk at event outcome /> })
            }}
        </Sheet>
    }
}

#[component]
fn Call(walk: Walk, at: DoorRef, event: Id, outcome: Outcome) -> impl IntoView {
    let first = Form {
        detail: first_detail(walk, &at, event),
        company: tenant_of(walk, &at)
            .map(|tenant| tenant.name(true).to_owned())
            .unwrap_or_default(),
        ..Form::default()
    };
    let at = StoredValue::new(at);
    drafted(format!("door:{event}"), first, move |draft| {
        view! { <Fields walk at=at.get_value() event outcome draft /> }.into_any()
    })
}

/// What is known of the call already; for a new one, the client the board's row is linked to.
fn first_detail(walk: Walk, at: &DoorRef, event: Id) -> Detail {
    let known = walk.held.with_untracked(|tower| {
        let calls = tower.state(at).calls;
        calls
            .into_iter()
            .find(|call| call.id == event)
            .map(|call| call.detail)
    });
    let mut detail = known.flatten().unwrap_or_default();
    if detail.organisation.is_none() {
        detail.organisation = tenant_of(walk, at).and_then(|tenant| tenant.organisation);
    }
    detail
}

pub(super) fn tenant_of(walk: Walk, at: &DoorRef) -> Option<Tenant> {
    walk.with_untracked(|_, building, _| {
        building
            .tenants_at(at)
            .first()
            .map(|tenant| (*tenant).clone())
    })
    .flatten()
}

#[component]
fn Fields(
    walk: Walk,
    at: DoorRef,
    event: Id,
    outcome: Outcome,
    draft: Draft<Form>,
) -> impl IntoView {
    let t = text::<Canvass>();
    let values = text::<Values>();
    let detail = move |change: &dyn Fn(&mut Detail)| draft.update(|form| change(&mut form.detail));
    let initial = draft.value.get_untracked();
    let fresh = new_photos();
    let busy = RwSignal::new(false);
    let saving = StoredValue::new(false);
    let subject = walk
        .with_untracked(|_, building, _| door_words(building, &at))
        .unwrap_or_default();
    let heading = t.detail_title(subject);
    let arranged = initial.detail.follow_up.map(|id| match outcome {
        Outcome::Appointment => format!("/visits/{id}"),
        _ => format!("/follow-ups/{id}"),
    });
    let save = move |_| {
        let at = at.clone();
        leptos::task::spawn_local(async move {
            let app = app();
            pictures_ready(busy).await;
            // The form may have been left or drawn anew while it waited.
            let Some(form) = draft
                .value
                .try_get_untracked()
                .filter(|_| fresh.try_with_value(|_| ()).is_some())
            else {
                return;
            };
            if let Some(problem) = form.problem(outcome) {
                app.notices.failed(problem);
                return;
            }
            if saving.try_get_value() != Some(false) {
                return;
            }
            saving.set_value(true);
            let mut change = change_of(walk, &at, event, outcome, &form, fresh);
            draft.finish_with(&mut change);
            draft.finished();
            match app.book.commit(change).await {
                Ok(committed) => {
                    walk.join_done(event, &committed);
                    app.notices
                        .done_with_undo(t.details_saved().to_owned(), move || {
                            app.book.undo(committed.clone(), app.settings);
                        });
                    walk.detailing.try_set(None);
                }
                Err(error) => {
                    app.book.report(&error, app.settings);
                    if draft.value.try_with_untracked(|_| ()).is_some() {
                        draft.update(|_| {});
                    }
                }
            }
            saving.try_set_value(false);
        });
    };
    let note_label = if outcome == Outcome::Refused {
        t.refusal_words()
    } else {
        t.note()
    };
    view! {
        <div class="form details-form">
            <p class="hint">{heading} " · " {t.outcome(outcome)}</p>
            <Choices
                label=t.what_left()
                options=Left::ALL.into_iter().map(|left| (left, t.left(left))).collect()
                value=Signal::derive(move || draft.value.with(|form| form.detail.left.clone()))
                on_change={move |left: Vec<Left>| detail(&|detail| detail.left.clone_from(&left))}
            />
            {match arranged {
                // What was arranged is changed on its own page; another one here would leave two.
                Some(href) => {
                    view! {
                        <div class="field">
                            <A href attr:class="button">
                                <Glyph icon=Icon::FollowUp />
                                {t.arranged()}
                            </A>
                        </div>
                    }
                        .into_any()
                }
                None => view! { <Promise draft outcome /> }.into_any(),
            }}
            <TextField label=t.who() value=initial.detail.who on_input=move |who: String| detail(&|detail| detail.who.clone_from(&who)) />
            <TextField
                label=note_label
                value=initial.detail.note
                multiline=true
                on_input=move |note: String| detail(&|detail| detail.note.clone_from(&note))
            />
            <Choices
                label={text::<Visits>().tags()}
                options=Tag::ALL.into_iter().map(|tag| (tag, values.tag(tag))).collect()
                value=Signal::derive(move || draft.value.with(|form| form.detail.tags.clone()))
                on_change={move |tags: Vec<Tag>| detail(&|detail| detail.tags.clone_from(&tags))}
            />
            <Whom draft />
            <Pictures draft fresh busy />
        </div>
        <div class="actions">
            <button type="button" class="button" data-kind="seal" on:click=save>
                {t.save_details()}
            </button>
        </div>
    }
}

/// When one comes back to it: by one tap for the likely times. An appointment gets its day here.
#[component]
fn Promise(draft: Draft<Form>, outcome: Outcome) -> impl IntoView {
    let t = text::<Canvass>();
    let appointment = outcome == Outcome::Appointment;
    let by_hand = Memo::new(move |_| {
        appointment || draft.value.with(|form| form.follow == Some(Follow::OnDay))
    });
    let needs_client = Memo::new(move |_| {
        appointment
            && draft.value.with(|form| {
                !form.date.is_empty() && form.detail.organisation.is_none() && !form.makes_client
            })
    });
    let (date, time) = draft
        .value
        .with_untracked(|form| (form.date.clone(), form.time.clone()));
    let date_label = if appointment {
        t.appointment_day()
    } else {
        t.on_day()
    };
    view! {
        {(!appointment)
            .then(|| {
                view! {
                    <Choice
                        label=t.follow_up()
                        options=vec![(Follow::Hours, t.in_hours()), (Follow::Tomorrow, t.tomorrow()), (Follow::OnDay, t.on_day())]
                        value=Signal::derive(move || draft.value.with(|form| form.follow))
                        on_choose=move |follow| draft.update(|form| form.follow = follow)
                        clearable=true
                    />
                }
            })}
        <Show when=move || by_hand.get()>
            <div class="line">
                <TextField label=date_label kind="date" value=date.clone() on_input=move |date: String| draft.update(|form| form.date = date) />
                <TextField
                    label={text::<Visits>().at_time()}
                    kind="time"
                    value=time.clone()
                    on_input=move |time: String| draft.update(|form| form.time = time)
                />
            </div>
        </Show>
        <Show when=move || needs_client.get()>
            <p class="problem" role="status">{t.appointment_needs_client()}</p>
        </Show>
    }
}

/// The client behind the door: linked by the search, or made of the name on the board by one tap.
#[component]
fn Whom(draft: Draft<Form>) -> impl IntoView {
    let t = text::<Canvass>();
    let organisation = Signal::derive(move || draft.value.with(|form| form.detail.organisation));
    let company = draft.value.with_untracked(|form| form.company.clone());
    let makes = Memo::new(move |_| draft.value.with(|form| form.makes_client));
    let name = Memo::new(move |_| draft.value.with(|form| form.company.trim().to_owned()));
    let toggle = move |_| draft.update(|form| form.makes_client = !form.makes_client);
    view! {
        <Picker
            label=t.client()
            pick=Pick::Organisation
            value=organisation
            on_choose={move |chosen: Option<Id>| {
                draft.update(|form| {
                    form.detail.organisation = chosen;
                    form.makes_client = false;
                });
            }}
        />
        <Show when=move || organisation.get().is_none()>
            <TextField
                label=t.company_name()
                value=company.clone()
                on_input=move |name: String| {
                    draft.update(|form| {
                        // Who types a name wants it kept.
                        form.makes_client = !name.trim().is_empty();
                        form.company = name;
                    });
                }
            />
            <Show when=move || !name.with(String::is_empty)>
                <button
                    type="button"
                    class="chip"
                    aria-pressed=move || makes.get().to_string()
                    on:click=toggle
                >
                    {move || t.make_client(name.get())}
                </button>
            </Show>
        </Show>
        <Picker
            label=t.person()
            pick=Pick::Person
            value=Signal::derive(move || draft.value.with(|form| form.detail.person))
            on_choose={move |chosen: Option<Id>| draft.update(|form| form.detail.person = chosen)}
        />
    }
}

#[component]
fn Pictures(draft: Draft<Form>, fresh: NewPhotos, busy: RwSignal<bool>) -> impl IntoView {
    let (before_open, on_none) = photo_mark(draft, |form, on| form.photo_expected = on);
    let never_came = draft.value.with_untracked(|form| form.photo_expected);
    if never_came {
        draft.update(|form| form.photo_expected = false);
    }
    let on_added = move |photo: Photo| {
        draft.update(|form| {
            form.photo_expected = false;
            form.detail.photos.push(photo);
        });
        draft.flush();
    };
    let on_remove = move |photo: Photo| {
        draft.update(|form| form.detail.photos.retain(|have| have.id != photo.id));
    };
    view! {
        {never_came.then(|| view! { <p class="problem" role="alert">{text::<Problems>().photo_expected()}</p> })}
        <PhotoStrip
            photos=Signal::derive(move || draft.value.with(|form| form.detail.photos.clone()))
            fresh
            on_remove
        />
        <AddPhoto fresh before_open on_added on_none busy />
    }
}
