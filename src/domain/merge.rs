//! Field by field: what one edit changed, and how that change is laid over another copy of the record.
//!
//! A field is a top-level member of the body. A list whose items carry an `id` is changed item by item, so two devices
//! may each add a phone to one person without clashing (sync.md §Protocol 1).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One field's change; the old value travels too, so that the other side can tell a clash from a plain update.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Change {
    /// `null` stands for an absent field on either side.
    Set {
        field: String,
        old: Value,
        new: Value,
    },
    Add {
        field: String,
        item: Value,
    },
    Remove {
        field: String,
        item: Value,
    },
    Replace {
        field: String,
        old: Value,
        new: Value,
    },
}

impl Change {
    pub fn field(&self) -> &str {
        match self {
            Change::Set { field, .. }
            | Change::Add { field, .. }
            | Change::Remove { field, .. }
            | Change::Replace { field, .. } => field,
        }
    }
}

/// What turns `old` into `new`; empty when nothing changed. Bodies that are not JSON objects have no fields and differ
/// in nothing.
pub fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let empty = Map::new();
    let (old, new) = (
        old.as_object().unwrap_or(&empty),
        new.as_object().unwrap_or(&empty),
    );
    let mut changes = Vec::new();
    let fields = old
        .keys()
        .chain(new.keys().filter(|field| !old.contains_key(*field)));
    for field in fields {
        let (before, after) = (
            old.get(field).unwrap_or(&Value::Null),
            new.get(field).unwrap_or(&Value::Null),
        );
        if before == after {
            continue;
        }
        match (items(before), items(after)) {
            (Some(before), Some(after)) => diff_items(field, &before, &after, &mut changes),
            _ => changes.push(Change::Set {
                field: field.clone(),
                old: before.clone(),
                new: after.clone(),
            }),
        }
    }
    changes
}

/// Lays changes over a body. Items keep the order of `body`; added ones come last, a second add of one id is a replace.
pub fn apply(body: &Value, changes: &[Change]) -> Value {
    let mut fields = body.as_object().cloned().unwrap_or_default();
    for change in changes {
        match change {
            Change::Set { field, new, .. } if new.is_null() => {
                fields.remove(field);
            }
            Change::Set { field, new, .. } => {
                fields.insert(field.clone(), new.clone());
            }
            Change::Add { field, item }
            | Change::Replace {
                field, new: item, ..
            } => {
                let list = fields
                    .entry(field.clone())
                    .or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(list) = list {
                    match list
                        .iter_mut()
                        .find(|have| have.get("id") == item.get("id"))
                    {
                        Some(have) => have.clone_from(item),
                        None => list.push(item.clone()),
                    }
                }
            }
            Change::Remove { field, item } => {
                if let Some(Value::Array(list)) = fields.get_mut(field) {
                    list.retain(|have| have.get("id") != item.get("id"));
                    // Bodies leave empty lists out, so an emptied list is an absent field.
                    if list.is_empty() {
                        fields.remove(field);
                    }
                }
            }
        }
    }
    Value::Object(fields)
}

/// How changes made on one copy fare on another that was changed meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    pub body: Value,
    /// Changes that were not applied, each with the value that stands in the way: of the field, or of the list's item;
    /// `null` where that is gone.
    pub clashes: Vec<(Change, Value)>,
}

/// Lays changes over a copy that others may have changed: what nobody else touched is applied, and of two values for one
/// field the first stays and the second is set aside, for a person to choose (sync.md §"Conflict rule").
pub fn lay(body: &Value, changes: &[Change]) -> Laid {
    let mut laid = Laid {
        body: body.clone(),
        clashes: Vec::new(),
    };
    for change in changes {
        match in_the_way(&laid.body, change) {
            Some(value) => laid.clashes.push((change.clone(), value)),
            None => laid.body = apply(&laid.body, std::slice::from_ref(change)),
        }
    }
    laid
}

/// The value that keeps a change from being applied; `None` when nothing does, also when the same was done already.
fn in_the_way(body: &Value, change: &Change) -> Option<Value> {
    let field = body.get(change.field()).unwrap_or(&Value::Null);
    let item = |id: &Value| {
        let list = field.as_array().into_iter().flatten();
        list.filter(|_| !id.is_null())
            .find(|have| have.get("id") == Some(id))
            .cloned()
    };
    let id = |item: &Value| item.get("id").cloned().unwrap_or(Value::Null);
    match change {
        Change::Set { old, new, .. } => (field != old && field != new).then(|| field.clone()),
        // A field that is no list of items can take none.
        Change::Add { .. } | Change::Replace { .. } | Change::Remove { .. }
            if items(field).is_none() =>
        {
            Some(field.clone())
        }
        Change::Add { item: new, .. } => item(&id(new)).filter(|have| have != new),
        Change::Replace { old, new, .. } => match item(&id(new)) {
            Some(have) => (&have != old && &have != new).then_some(have),
            None => Some(Value::Null),
        },
        Change::Remove { item: old, .. } => item(&id(old)).filter(|have| have != old),
    }
}

/// The items of a list whose items have ids; an absent field is an empty one. `None` for everything else, which then
/// changes as a whole.
fn items(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(list) => list
            .iter()
            .map(|item| item.get("id").map(|_| item))
            .collect(),
        _ => None,
    }
}

fn diff_items(field: &str, before: &[&Value], after: &[&Value], changes: &mut Vec<Change>) {
    let find = |list: &[&Value], item: &Value| {
        list.iter()
            .find(|have| have.get("id") == item.get("id"))
            .copied()
            .cloned()
    };
    let order = |list: &[&Value], other: &[&Value]| -> Vec<Value> {
        list.iter()
            .filter(|item| find(other, item).is_some())
            .filter_map(|item| item.get("id").cloned())
            .collect()
    };
    // A new order of the same items is an edit of the list itself: item changes could not carry it.
    if order(before, after) != order(after, before) {
        let whole =
            |list: &[&Value]| Value::Array(list.iter().map(|item| (*item).clone()).collect());
        changes.push(Change::Set {
            field: field.into(),
            old: whole(before),
            new: whole(after),
        });
        return;
    }
    for item in before {
        match find(after, item) {
            None => changes.push(Change::Remove {
                field: field.into(),
                item: (*item).clone(),
            }),
            Some(new) if new != **item => {
                changes.push(Change::Replace {
                    field: field.into(),
                    old: (*item).clone(),
                    new,
                });
            }
            Some(_) => {}
        }
    }
    for item in after {
        if find(before, item).is_none() {
            changes.push(Change::Add {
                field: field.into(),
                item: (*item).clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn one_phone_added_is_one_change() {
        let old = json!({"name_zh": "甲", "phones": [{"id": 1, "number": "1"}]});
        let new = json!({"name_zh": "乙", "phones": [{"id": 1, "number": "1"}, {"id": 2, "number": "2"}]});
        assert_eq!(
            diff(&old, &new),
            [
                Change::Set {
                    field: "name_zh".into(),
                    old: json!("甲"),
                    new: json!("乙")
                },
                Change::Add {
                    field: "phones".into(),
                    item: json!({"id": 2, "number": "2"})
                },
            ]
        );
    }

    #[test]
    fn two_devices_adding_to_one_list_both_stay() {
        let base = json!({"phones": [{"id": 1}]});
        let mine = diff(&base, &json!({"phones": [{"id": 1}, {"id": 2}]}));
        let theirs = diff(&base, &json!({"phones": [{"id": 1}, {"id": 3}]}));
        assert_eq!(
            apply(&apply(&base, &theirs), &mine),
            json!({"phones": [{"id": 1}, {"id": 3}, {"id": 2}]})
        );
    }

    #[test]
    fn of_two_values_for_one_field_the_first_stays_and_the_second_is_set_aside() {
        let base = json!({"name": "甲", "tier": "b", "phones": [{"id": 1, "n": "1"}]});
        let theirs = json!({"name": "乙", "tier": "b", "phones": [{"id": 1, "n": "9"}]});
        let mine = json!({"name": "丙", "tier": "a", "phones": [{"id": 2, "n": "2"}]});
        let laid = lay(&theirs, &diff(&base, &mine));
        assert_eq!(
            laid.body,
            json!({"name": "乙", "tier": "a", "phones": [{"id": 1, "n": "9"}, {"id": 2, "n": "2"}]})
        );
        let aside: Vec<_> = laid
            .clashes
            .iter()
            .map(|(change, kept)| (change.field(), kept.clone()))
            .collect();
        assert_eq!(
            aside,
            [
                ("name", json!("乙")),
                ("phones", json!({"id": 1, "n": "9"}))
            ]
        );
    }

    #[test]
    fn what_was_done_already_clashes_with_nothing() {
        let base = json!({"name": "甲", "phones": [{"id": 1}]});
        let new = json!({"name": "乙", "phones": [{"id": 2}]});
        let changes = diff(&base, &new);
        assert_eq!(
            lay(&new, &changes),
            Laid {
                body: new,
                clashes: Vec::new()
            }
        );
    }

    fn body() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            any::<i8>().prop_map(|n| json!(n)),
            "[a-c]{0,2}".prop_map(|s| json!(s))
        ];
        let list = vec((0..5u8, any::<bool>()), 1..5).prop_map(|items| {
            let mut seen = std::collections::BTreeSet::new();
            let items: Vec<_> = items
                .into_iter()
                .filter(|(id, _)| seen.insert(*id))
                .map(|(id, v)| json!({"id": id, "v": v}))
                .collect();
            json!(items)
        });
        let fields = btree_map("[a-e]", prop_oneof![scalar, list], 0..5);
        fields.prop_map(|fields| json!(fields))
    }

    proptest! {
        #[test]
        fn applying_a_difference_gives_the_new_body(old in body(), new in body()) {
            // Items keep the old order with additions at the end; compare the lists as sets of items.
            let sorted = |mut body: Value| {
                for value in body.as_object_mut().unwrap().values_mut() {
                    if let Value::Array(list) = value {
                        list.sort_by_key(|item| item.to_string());
                    }
                }
                body
            };
            prop_assert_eq!(sorted(apply(&old, &diff(&old, &new))), sorted(new));
        }

        #[test]
        fn on_an_untouched_copy_nothing_clashes(old in body(), new in body()) {
            let changes = diff(&old, &new);
            let laid = lay(&old, &changes);
            prop_assert_eq!(laid.clashes, Vec::new());
            prop_assert_eq!(laid.body, apply(&old, &changes));
        }

        #[test]
        fn nothing_that_somebody_wrote_is_lost(base in body(), theirs in body(), mine in body()) {
            // Each change of mine is either in the result or set aside with what stood in its way.
            let changes = diff(&base, &mine);
            let laid = lay(&theirs, &changes);
            let aside: Vec<_> = laid.clashes.iter().map(|(change, _)| change).collect();
            for change in changes.iter().filter(|change| !aside.contains(change)) {
                prop_assert_eq!(in_the_way(&laid.body, change), None);
            }
            // And what I did not touch is as they left it.
            for (field, value) in theirs.as_object().unwrap() {
                if changes.iter().all(|change| change.field() != field) {
                    prop_assert_eq!(laid.body.get(field), Some(value));
                }
            }
        }

        #[test]
        fn applying_twice_changes_nothing_more(old in body(), new in body()) {
            let changes = diff(&old, &new);
            let once = apply(&old, &changes);
            prop_assert_eq!(apply(&once, &changes), once);
        }
    }
}
