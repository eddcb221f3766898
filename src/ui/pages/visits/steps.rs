//! The acts on a visit: each saved at once, each with its way back.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::choose_day::day_words;
use super::meeting::Meeting;
use crate::domain::photo::Photo;
use crate::domain::record::Entry;
use crate::domain::time::Appointment;
use crate::domain::visit::{Step, Visit};
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::i18n::visits::Visits;
use crate::platform::clock;
use crate::state::{App, Change, Draft, app};
use crate::ui::parts::photos::{NewPhotos, take_along};
use crate::ui::words::text;

#[derive(Clone, Copy)]
pub struct Steps {
    app: App,
    visit: RwSignal<Entry<Visit>, LocalStorage>,
    draft: Draft<Meeting>,
    /// An act is being saved: a second tap would act on a visit that is about to change.
    busy: StoredValue<bool>,
}

impl Steps {
    pub fn new(visit: RwSignal<Entry<Visit>, LocalStorage>, draft: Draft<Meeting>) -> Self {
        Self {
            app: app(),
            visit,
            draft,
            busy: StoredValue::new(false),
        }
    }

    /// Whether the visit can take a step now.
    pub fn can(self, step: Step) -> bool {
        self.visit.with(|visit| visit.body.step(step).is_ok())
    }

    /// Moves the visit on, and takes along what was written while it was under way.
    pub fn take(self, step: Step, reason: String) {
        let old = self.visit.get_untracked();
        let noted = self
            .draft
            .value
            .with_untracked(|meeting| meeting.onto(&old.body));
        // Steps that do not fit are not offered; one that stopped fitting in another tab changes nothing.
        let Ok(next) = noted.step(step) else { return };
        let said = text::<Values>().status(next.status).to_owned();
        self.save(old, Visit { reason, ..next }, said);
    }

    /// Another day for it, and the same time. One that did not take place is planned again by this.
    pub fn move_to(self, date: NaiveDate) {
        let old = self.visit.get_untracked();
        let open = if old.body.status.is_open() {
            Ok(old.body.clone())
        } else {
            old.body.step(Step::Reopen)
        };
        let Ok(open) = open else { return };
        let when = Appointment {
            date,
            time: open.when.time,
            zone: clock::zone(),
        };
        let said = text::<Visits>().moved_to(day_words(date));
        self.save(
            old,
            Visit {
                when,
                reason: String::new(),
                ..open
            },
            said,
        );
    }

    /// Takes the pictures of the draft into the visit.
    pub fn keep_photos(self, fresh: NewPhotos) {
        if self.busy.get_value() {
            return;
        }
        let old = self.visit.get_untracked();
        let photos = self
            .draft
            .value
            .with_untracked(|meeting| meeting.photos.clone());
        let next = Meeting {
            photos: photos.clone(),
            ..Meeting::default()
        }
        .onto(&old.body);
        let said = text::<Visits>().photo_added(photos.len());
        let mut change = Change::new();
        take_along(&mut change, &photos, fresh);
        change.edit(old.into_any(), next);
        self.busy.set_value(true);
        leptos::task::spawn_local(async move {
            let saved = self
                .app
                .book
                .commit_and_say(change, said, self.app.settings)
                .await
                .is_some();
            self.busy.try_set_value(false);
            if saved && self.is_shown() {
                self.draft.update(|meeting| {
                    meeting
                        .photos
                        .retain(|photo| photos.iter().all(|kept| kept.id != photo.id));
                });
                self.drop_empty_draft();
            }
        });
    }

    pub fn remove_photo(self, photo: &Photo) {
        let old = self.visit.get_untracked();
        let mut next = old.body.clone();
        next.photos.retain(|have| have.id != photo.id);
        let said = text::<Visits>().photo_removed().to_owned();
        let mut change = Change::new();
        change.edit(old.into_any(), next);
        leptos::task::spawn_local(async move {
            self.app
                .book
                .commit_and_say(change, said, self.app.settings)
                .await;
        });
    }

    fn save(self, old: Entry<Visit>, next: Visit, said: String) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        let before = old.body.clone();
        let mut change = Change::new();
        change.edit(old.into_any(), next);
        self.draft.finish_with(&mut change);
        self.draft.finished();
        leptos::task::spawn_local(async move {
            let app = self.app;
            match app.book.commit(change).await {
                Ok(committed) => {
                    if self.is_shown() {
                        self.draft.value.set(Meeting::default());
                    }
                    let after = committed
                        .after
                        .into_iter()
                        .next()
                        .and_then(|entry| entry.downcast::<Visit>());
                    if let Some(after) = after {
                        app.notices.done_with_undo(said, move || {
                            step_back(app, after.clone(), before.clone())
                        });
                    }
                }
                Err(error) => {
                    app.book.report(&error, app.settings);
                    if self.is_shown() {
                        self.draft.update(|_| {});
                    }
                }
            }
            self.busy.try_set_value(false);
        });
    }

    /// Whether the page is still there after something was waited for.
    fn is_shown(self) -> bool {
        self.draft.value.try_with_untracked(|_| ()).is_some()
    }

    /// A draft with nothing in it would be listed as unfinished for ever.
    fn drop_empty_draft(self) {
        if self
            .draft
            .value
            .with_untracked(|meeting| *meeting == Meeting::default())
        {
            self.draft.discard(Meeting::default());
        }
    }
}

/// Takes the step back, not the words: what was written during the visit stays in it.
fn step_back(app: App, after: Entry<Visit>, before: Visit) {
    let body = Visit {
        status: before.status,
        when: before.when,
        started: before.started,
        ended: before.ended,
        reason: before.reason,
        ..after.body.clone()
    };
    let mut change = Change::new();
    change.edit(after.into_any(), body);
    leptos::task::spawn_local(async move {
        match app.book.commit(change).await {
            Ok(_) => app
                .notices
                .done(Common(app.settings.lang.get_untracked()).undone()),
            Err(error) => app.book.report(&error, app.settings),
        }
    });
}
