//! Whose value stands where a clash is: the record's history knows.

use rusqlite::params;
use serde_json::Value;
use topfloor::domain::clash::{Attempt, Author};
use topfloor::domain::merge::Change;
use topfloor::domain::outbox::{Action, Mutation};
use topfloor::domain::record::Created;

use super::apply::Context;
use super::clashes::item_id;
use super::keys::{Key, from_json};
use super::records::Row;
use crate::store::Result;

/// How far back it is looked; beyond that the newest change stands for all.
const MOST: u32 = 1000;

/// How well a change explains what stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Another device wrote exactly this.
    Theirs,
    /// Another device wrote there.
    Near,
    /// The sender's own device wrote there.
    Own,
    /// It changed something else.
    Any,
}

/// Who wrote what an attempt ran into.
pub(super) fn author_of(
    context: &Context,
    row: &Row,
    what: &Attempt,
    standing: &Value,
) -> Result<Author> {
    let mut history = context.db.prepare_cached(
        "SELECT m.bytes, m.device, d.name, u.shown FROM mutations m
         JOIN devices d ON d.id = m.device JOIN users u ON u.id = m.user
         WHERE m.record = ?1 AND m.seq > 0 ORDER BY m.version DESC LIMIT ?2",
    )?;
    let mut rows = history.query(params![Key(row.id), MOST])?;
    let mut best: Option<(Fit, Author)> = None;
    while let Some(found) = rows.next()? {
        let bytes: String = found.get(0)?;
        // A newer server may have written what this one cannot read; then another change has to do.
        let Ok(mutation) = serde_json::from_str::<Mutation>(&bytes) else {
            continue;
        };
        let other = found.get::<_, Key>(1)?.0 != context.sender.id;
        let fit = match (touches(&mutation.action, what, standing), other) {
            (Some(true), true) => Fit::Theirs,
            (Some(false), true) => Fit::Near,
            (Some(_), false) => Fit::Own,
            (None, _) => Fit::Any,
        };
        if best.as_ref().is_none_or(|(have, _)| fit < *have) {
            let author = Author {
                device: found.get(2)?,
                user: found.get(3)?,
                at: mutation.at,
            };
            best = Some((fit, author));
        }
        if fit == Fit::Theirs {
            break;
        }
    }
    match best {
        Some((_, author)) => Ok(author),
        // Every record begins with a mutation, so this is one whose history was taken away.
        None => {
            let created: Created = from_json("the origin", row.id, &row.created)?;
            Ok(Author {
                user: created.user.unwrap_or_default(),
                device: String::new(),
                at: created.at,
            })
        }
    }
}

/// Whether an action wrote where the attempt wanted to, and if so, whether it left what stands there now.
fn touches(action: &Action, what: &Attempt, standing: &Value) -> Option<bool> {
    match what {
        Attempt::Edit { .. } => matches!(action, Action::Delete).then_some(true),
        Attempt::Delete => Some(true),
        Attempt::Change(wanted) => match action {
            Action::Edit { changes } => changes
                .iter()
                .filter(|change| change.field() == wanted.field())
                .filter_map(|change| wrote(change, &item_id(wanted)))
                .map(|value| value == *standing)
                .max(),
            Action::Create { body, .. } | Action::Restore { body } => {
                let field = body.get(wanted.field())?;
                Some(match item_id(wanted) {
                    Value::Null => field == standing,
                    id => item(field, &id) == *standing,
                })
            }
            Action::Delete => None,
        },
    }
}

/// What a change left in a field, or in the item of that id; `None` when it is about another item.
fn wrote(change: &Change, id: &Value) -> Option<Value> {
    match change {
        Change::Set { new, .. } if id.is_null() => Some(new.clone()),
        Change::Set { new, .. } => Some(item(new, id)),
        // A list as a whole is what many wrote together.
        _ if id.is_null() => Some(Value::Null),
        other if item_id(other) != *id => None,
        Change::Add { item, .. } | Change::Replace { new: item, .. } => Some(item.clone()),
        Change::Remove { .. } => Some(Value::Null),
    }
}

fn item(list: &Value, id: &Value) -> Value {
    list.as_array()
        .into_iter()
        .flatten()
        .find(|item| item.get("id") == Some(id))
        .cloned()
        .unwrap_or(Value::Null)
}
