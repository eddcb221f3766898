//! Deciding a clash: an ordinary change of the record and of the clash, which can be undone as every other.

use leptos::prelude::*;

use crate::domain::clash::{Chosen, Clash, Outcome};
use crate::domain::record::{AnyBody, AnyEntry, Entry};
use crate::i18n::sync::Sync as Words;
use crate::state::{App, Change, Committed, app};
use crate::storage::StoreError;

/// Decides for one side. Answers whether it was saved; a screen that shows the clash is told by the book.
pub async fn choose(entry: &Entry<Clash>, side: Chosen) -> bool {
    let app = app();
    let t = Words(app.settings.lang.get_untracked());
    let change = match side {
        Chosen::Kept => Ok(Some(Change::new())),
        Chosen::Aside => aside(app, &entry.body).await,
    };
    let mut change = match change {
        Ok(Some(change)) => change,
        Ok(None) => {
            app.notices.failed(t.choice_failed());
            return false;
        }
        Err(error) => {
            app.book.report(&error, app.settings);
            return false;
        }
    };
    let decided = Clash {
        chosen: Some(side),
        ..entry.body.clone()
    };
    change.edit(entry.clone().into_any(), decided);
    app.book
        .commit_and_say(change, t.chosen().to_owned(), app.settings)
        .await
        .is_some()
}

/// What makes of the record what the set-aside side wanted; `None` when the record is not here or would not be readable.
async fn aside(app: App, clash: &Clash) -> Result<Option<Change>, StoreError> {
    let Some(now) = app.book.store()?.get(clash.record).await? else {
        return Ok(None);
    };
    let Ok(json) = now.body.to_json() else {
        return Ok(None);
    };
    let mut change = Change::new();
    match clash.with_aside(&json) {
        Outcome::Deleted if now.envelope.deleted => {}
        Outcome::Deleted => change.delete(now),
        Outcome::Body(body) => {
            let Ok(body) = AnyBody::from_json(clash.of, body) else {
                return Ok(None);
            };
            if now.envelope.deleted {
                change = brought_back(app, now, body);
            } else {
                change.edit(now, body);
            }
        }
    }
    Ok(Some(change))
}

/// The record as it was before its deletion, with the edits in it: the reverse of a deletion that found this body.
fn brought_back(app: App, deleted: AnyEntry, body: AnyBody) -> Change {
    let mut envelope = deleted.envelope.clone();
    envelope.deleted = false;
    let deletion = Committed {
        before: vec![Some(Entry { envelope, body })],
        after: vec![deleted],
        lead_before: None,
    };
    deletion.reverse(app.book.device())
}
