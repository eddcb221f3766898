//! What is written and photographed while a visit is under way: kept as a draft as it is typed, taken into the visit
//! with the tap that ends it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::form::photo_mark;
use super::steps::Steps;
use crate::domain::photo::Photo;
use crate::domain::record::Entry;
use crate::domain::visit::Visit;
use crate::i18n::problems::Problems;
use crate::i18n::visits::Visits;
use crate::state::Draft;
use crate::ui::parts::field::TextField;
use crate::ui::parts::photos::{AddPhoto, PhotoStrip, new_photos};
use crate::ui::words::text;

/// Words typed on the visit's page; what was not touched there stays as the visit has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meeting {
    pub goal: Option<String>,
    pub outcome: Option<String>,
    pub observed: Option<String>,
    pub next_step: Option<String>,
    /// Taken, and not in the visit yet.
    pub photos: Vec<Photo>,
    /// The camera was opened; if this is still set when the page opens, the picture never arrived.
    pub photo_expected: bool,
}

impl Meeting {
    /// The visit with what was written and photographed.
    pub fn onto(&self, visit: &Visit) -> Visit {
        let words = |typed: &Option<String>, before: &str| match typed {
            Some(typed) => typed.trim().to_owned(),
            None => before.to_owned(),
        };
        let mut next = Visit {
            goal: words(&self.goal, &visit.goal),
            outcome: words(&self.outcome, &visit.outcome),
            observed: words(&self.observed, &visit.observed),
            next_step: words(&self.next_step, &visit.next_step),
            ..visit.clone()
        };
        for photo in &self.photos {
            if next.photos.iter().all(|have| have.id != photo.id) {
                next.photos.push(photo.clone());
            }
        }
        next
    }
}

/// A text of the meeting, by its place in the draft, and the one the visit has.
type Place = (fn(&mut Meeting) -> &mut Option<String>, fn(&Visit) -> &str);

/// The notes of a visit under way, written on the visit's own page.
#[component]
pub fn MeetingNotes(
    visit: RwSignal<Entry<Visit>, LocalStorage>,
    draft: Draft<Meeting>,
) -> impl IntoView {
    let t = text::<Visits>();
    let field = move |label: &'static str, hint: &'static str, (typed, before): Place| {
        let start = draft
            .value
            .with_untracked(|meeting| typed(&mut meeting.clone()).take());
        let start =
            start.unwrap_or_else(|| visit.with_untracked(|visit| before(&visit.body).to_owned()));
        let on_input = move |words: String| draft.update(|meeting| *typed(meeting) = Some(words));
        view! { <TextField label value=start hint=hint.to_owned() multiline=true on_input /> }
    };
    view! {
        <section class="section meeting">
            <h2>{t.meeting_notes()}</h2>
            <p class="hint">{t.kept_as_typed()}</p>
            {field(t.goal(), "", (|meeting| &mut meeting.goal, |visit| &visit.goal))}
            {field(t.outcome(), "", (|meeting| &mut meeting.outcome, |visit| &visit.outcome))}
            {field(t.observed(), t.observed_hint(), (|meeting| &mut meeting.observed, |visit| &visit.observed))}
            {field(t.next_step(), "", (|meeting| &mut meeting.next_step, |visit| &visit.next_step))}
        </section>
    }
}

/// The pictures of the visit. A new one goes into the visit as soon as it is ready.
#[component]
pub fn Pictures(
    visit: RwSignal<Entry<Visit>, LocalStorage>,
    draft: Draft<Meeting>,
    steps: Steps,
) -> impl IntoView {
    let t = text::<Visits>();
    let fresh = new_photos();
    let busy = RwSignal::new(false);
    let (before_open, on_none) = photo_mark(draft, |meeting, on| meeting.photo_expected = on);
    let never_came = draft.value.with_untracked(|meeting| meeting.photo_expected);
    if never_came {
        draft.update(|meeting| meeting.photo_expected = false);
    }
    let on_added = move |photo: Photo| {
        draft.update(|meeting| {
            meeting.photo_expected = false;
            meeting.photos.push(photo);
        });
        draft.flush();
    };
    // Those that a kill left behind between the camera and the visit go the same way when the page opens.
    Effect::new(move || {
        if !busy.get() && draft.value.with(|meeting| !meeting.photos.is_empty()) {
            steps.keep_photos(fresh);
        }
    });
    view! {
        <section class="section">
            <h2>{t.photos()}</h2>
            {never_came.then(|| view! { <p class="problem" role="alert">{text::<Problems>().photo_expected()}</p> })}
            <PhotoStrip
                photos=Signal::derive(move || visit.with(|visit| visit.body.photos.clone()))
                fresh
                on_remove=move |photo: Photo| steps.remove_photo(&photo)
            />
            <AddPhoto fresh before_open on_added on_none busy />
        </section>
    }
}
