//! How this page saves: one edit after the other, each over what the one before left, each with its undo.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::canvass::building::Building;
use crate::domain::canvass::plan::Refusal;
use crate::domain::canvass::tower::Tower;
use crate::i18n::buildings::Buildings;
use crate::state::{App, Change, app};
use crate::ui::pages::canvass::loaded::Held;
use crate::ui::words::text;

/// Puts the building right and answers what to say about it, or what to say instead.
type Edit = Box<dyn FnOnce(&mut Building, &Tower) -> Result<String, String>>;

/// Edits that wait for the one that is being saved. Two quick taps must not both start from the same building.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Edit>,
    running: bool,
}

#[derive(Clone, Copy)]
pub struct Edits {
    pub held: Held,
    app: App,
    queue: StoredValue<Rc<RefCell<Queue>>, LocalStorage>,
}

impl Edits {
    pub fn new(held: Held) -> Self {
        Self {
            held,
            app: app(),
            queue: StoredValue::new_local(Rc::default()),
        }
    }

    pub fn run(self, edit: impl FnOnce(&mut Building, &Tower) -> Result<String, String> + 'static) {
        let Some(queue) = self.queue.try_get_value() else {
            return;
        };
        {
            let mut queue = queue.borrow_mut();
            queue.waiting.push_back(Box::new(edit));
            if queue.running {
                return;
            }
            queue.running = true;
        }
        let (held, app) = (self.held, self.app);
        // The queue itself goes along: edits that were tapped are saved even if the page is left meanwhile.
        leptos::task::spawn_local(async move {
            loop {
                let next = queue.borrow_mut().waiting.pop_front();
                let Some(edit) = next else { break };
                save(held, app, edit).await;
            }
            queue.borrow_mut().running = false;
        });
    }
}

async fn save(held: Held, app: App, edit: Edit) {
    let made = held.with_untracked(|tower| {
        let old = tower.building.clone()?;
        let mut body = old.body.clone();
        let said = edit(&mut body, tower);
        Some((old, body, said))
    });
    match made.flatten() {
        None => {}
        Some((_, _, Err(refused))) => app.notices.failed(refused),
        Some((old, body, Ok(said))) if old.body == body => app.notices.done(said),
        Some((old, body, Ok(said))) => {
            let mut change = Change::new();
            change.edit(old.into_any(), body);
            app.book.commit_and_say(change, said, app.settings).await;
        }
    }
}

/// Why an edit was not made, in words.
pub fn refused(refusal: Refusal) -> String {
    let t = text::<Buildings>();
    match refusal {
        Refusal::Used => t.refused_used().to_owned(),
        Refusal::Known => t.refused_known().to_owned(),
        Refusal::Unreadable(piece) => t.refused_door(piece),
        Refusal::TooMany => t.refused_many().to_owned(),
        Refusal::Last => t.refused_last().to_owned(),
    }
}
