//! What just happened, said once, with the way back where there is one.

use std::sync::Arc;

use leptos::prelude::*;

use crate::platform::clock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Done,
    Failed,
}

#[derive(Clone)]
pub struct Notice {
    pub number: u32,
    pub kind: NoticeKind,
    pub text: String,
    pub undo: Option<Arc<dyn Fn() + Send + Sync>>,
}

#[derive(Clone, Copy)]
pub struct Notices {
    pub list: RwSignal<Vec<Notice>, LocalStorage>,
    next: StoredValue<u32>,
}

/// An undo stays long enough to be reached with a full hand; the timeline keeps it for ever.
const UNDO_MS: u32 = 10_000;
const PLAIN_MS: u32 = 5_000;
/// A failure is read, not glimpsed.
const FAILED_MS: u32 = 15_000;

impl Notices {
    pub fn new() -> Self {
        Self {
            list: RwSignal::new_local(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    pub fn done(self, text: impl Into<String>) {
        self.push(NoticeKind::Done, text.into(), None, PLAIN_MS);
    }

    pub fn done_with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.push(NoticeKind::Done, text.into(), Some(Arc::new(undo)), UNDO_MS);
    }

    pub fn failed(self, text: impl Into<String>) {
        self.push(NoticeKind::Failed, text.into(), None, FAILED_MS);
    }

    pub fn dismiss(self, number: u32) {
        self.list
            .update(|list| list.retain(|notice| notice.number != number));
    }

    fn push(
        self,
        kind: NoticeKind,
        text: String,
        undo: Option<Arc<dyn Fn() + Send + Sync>>,
        stay_ms: u32,
    ) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.list.update(|list| {
            // One of each kind at a time: a stack of old news hides the screen.
            list.retain(|notice| notice.kind != kind);
            list.push(Notice {
                number,
                kind,
                text,
                undo,
            });
        });
        leptos::task::spawn_local(async move {
            clock::sleep_ms(stay_ms).await;
            self.dismiss(number);
        });
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}
