//! What a mutation does to its record (sync.md §"Conflict rule").

use serde_json::Value;
use topfloor::domain::clash::Attempt;
use topfloor::domain::merge::{Change, Laid, lay};
use topfloor::domain::migrate;
use topfloor::domain::outbox::{Action, Mutation};
use topfloor::domain::record::{AnyBody, Created, Kind};
use topfloor::wire::Code;

use super::apply::{Context, Stop, reject};
use super::clashes::set_aside;
use super::keys::to_json;
use super::records::{Row, load, put};
use super::scopes::open_building;

type Acted = std::result::Result<Done, Stop>;

/// What came of a mutation.
pub(super) struct Done {
    pub version: u64,
    /// 0 when the record did not change.
    pub seq: u64,
    /// The record is not what the device thinks it is.
    pub show: bool,
    pub clashes: u32,
}

/// `scope` is the row of the mutation's scope; `None` when this mutation is what makes it.
pub(super) fn act(context: &Context, scope: Option<i64>, mutation: &Mutation) -> Acted {
    let row = load(context.db, mutation.record)?;
    if let Some(row) = &row {
        if scope != Some(row.scope) {
            return Err(reject(Code::Invalid, "the record is of another scope"));
        }
        if row.kind != mutation.kind {
            return Err(reject(Code::Invalid, "the record is of another kind"));
        }
    }
    if mutation.kind == Kind::Clash && !is_choice(&mutation.action) {
        return Err(reject(
            Code::Invalid,
            "of a clash only the choice may change",
        ));
    }
    match (&mutation.action, row) {
        (Action::Create { body, created }, None) => {
            create(context, scope, mutation, body, created.as_ref())
        }
        (Action::Restore { body }, None) => create(context, scope, mutation, body, None),
        (Action::Create { body, .. }, Some(row)) => join(context, row, mutation, body),
        (Action::Restore { body }, Some(row)) if row.deleted => {
            restore(context, row, mutation, body)
        }
        (Action::Restore { body }, Some(row)) => join(context, row, mutation, body),
        (Action::Edit { changes }, Some(row)) => {
            if row.kind.append_only() {
                return Err(append_only());
            }
            let others = row.others_since(mutation.base_version, context.sender.id);
            edit(context, row, mutation, changes, others)
        }
        (Action::Delete, Some(row)) => delete(context, row, mutation),
        (Action::Edit { .. } | Action::Delete, None) => Err(reject(
            Code::UnknownRecord,
            "the record is not on the server",
        )),
    }
}

fn is_choice(action: &Action) -> bool {
    let Action::Edit { changes } = action else {
        return false;
    };
    changes
        .iter()
        .all(|change| matches!(change, Change::Set { field, .. } if field == "chosen"))
}

fn append_only() -> Stop {
    reject(Code::AppendOnly, "the record may not be changed")
}

fn create(
    context: &Context,
    scope: Option<i64>,
    mutation: &Mutation,
    body: &Value,
    created: Option<&Created>,
) -> Acted {
    let (json, body) = newest(mutation, body)?;
    let scope = match scope {
        Some(scope) => scope,
        None => open_building(context.db, context.sender, mutation.record)?,
    };
    let mut created = created.cloned().unwrap_or_else(|| Created {
        at: mutation.at.clone(),
        device: context.sender.id,
        user: None,
    });
    created
        .user
        .get_or_insert_with(|| context.sender.user.name.clone());
    let mut row = Row {
        id: mutation.record,
        scope,
        kind: mutation.kind,
        version: 0,
        seq: 0,
        deleted: false,
        created: to_json(&created)?,
        changed_ms: mutation.at.at_ms,
        body: json,
        device: None,
        solo_from: 1,
    };
    change(context, &mut row, mutation, Some(&body))?;
    Ok(done(&row, false))
}

/// A record that is here already was made a second time, or brought back without having been away: both are joined.
fn join(context: &Context, row: Row, mutation: &Mutation, body: &Value) -> Acted {
    let (json, _) = newest(mutation, body)?;
    if json == row.body {
        return Ok(unchanged(&row, true));
    }
    if row.kind.append_only() {
        return Err(append_only());
    }
    let changes: Vec<Change> = json
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(field, value)| additions(field, value))
        .collect();
    edit(context, row, mutation, &changes, true)
}

/// A field as if it were new: lists of items add to one another, anything else takes the place of nothing.
fn additions(field: &str, value: &Value) -> Vec<Change> {
    let field = field.to_owned();
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) if list.iter().all(|item| item.get("id").is_some()) => list
            .iter()
            .map(|item| Change::Add {
                field: field.clone(),
                item: item.clone(),
            })
            .collect(),
        value => vec![Change::Set {
            field,
            old: Value::Null,
            new: value.clone(),
        }],
    }
}

fn edit(
    context: &Context,
    mut row: Row,
    mutation: &Mutation,
    changes: &[Change],
    show: bool,
) -> Acted {
    let Laid { body, clashes } = lay(&row.body, changes);
    if row.deleted {
        if clashes.is_empty() && body == row.body {
            return Ok(unchanged(&row, show));
        }
        let what = Attempt::Edit {
            changes: changes.to_vec(),
        };
        set_aside(context, &row, mutation, what, Value::Null)?;
        return Ok(Done {
            clashes: 1,
            ..unchanged(&row, true)
        });
    }
    let mut done = if body == row.body {
        unchanged(&row, show)
    } else {
        let read = valid(row.kind, &body)?;
        row.body = body;
        change(context, &mut row, mutation, Some(&read))?;
        done(&row, show)
    };
    done.show |= !clashes.is_empty();
    // Of two choices in a clash the first stays; a clash about a clash would help nobody.
    if row.kind == Kind::Clash {
        return Ok(done);
    }
    for (change, standing) in clashes {
        set_aside(context, &row, mutation, Attempt::Change(change), standing)?;
        done.clashes += 1;
    }
    Ok(done)
}

fn delete(context: &Context, mut row: Row, mutation: &Mutation) -> Acted {
    let others = row.others_since(mutation.base_version, context.sender.id);
    if row.deleted {
        return Ok(unchanged(&row, others));
    }
    if others {
        set_aside(context, &row, mutation, Attempt::Delete, row.body.clone())?;
        return Ok(Done {
            clashes: 1,
            ..unchanged(&row, true)
        });
    }
    row.deleted = true;
    change(context, &mut row, mutation, None)?;
    Ok(done(&row, false))
}

fn restore(context: &Context, mut row: Row, mutation: &Mutation, body: &Value) -> Acted {
    let (json, body) = newest(mutation, body)?;
    if row.kind.append_only() && json != row.body {
        return Err(append_only());
    }
    let others = row.others_since(mutation.base_version, context.sender.id);
    row.deleted = false;
    row.body = json;
    change(context, &mut row, mutation, Some(&body))?;
    Ok(done(&row, others))
}

fn change(
    context: &Context,
    row: &mut Row,
    mutation: &Mutation,
    body: Option<&AnyBody>,
) -> std::result::Result<(), Stop> {
    row.changed_ms = row.changed_ms.max(mutation.at.at_ms);
    Ok(put(context.db, row, Some(context.sender.id), body)?)
}

fn done(row: &Row, show: bool) -> Done {
    Done {
        version: row.version,
        seq: row.seq,
        show,
        clashes: 0,
    }
}

fn unchanged(row: &Row, show: bool) -> Done {
    Done {
        seq: 0,
        ..done(row, show)
    }
}

/// The body in the newest layout, as JSON and read.
fn newest(mutation: &Mutation, body: &Value) -> std::result::Result<(Value, AnyBody), Stop> {
    let json = migrate::upgrade(mutation.kind, mutation.schema, body.clone())
        .map_err(|error| reject(Code::Invalid, error.to_string()))?;
    let read = valid(mutation.kind, &json)?;
    Ok((json, read))
}

fn valid(kind: Kind, json: &Value) -> std::result::Result<AnyBody, Stop> {
    AnyBody::from_json(kind, json.clone()).map_err(|error| reject(Code::Invalid, error.to_string()))
}
