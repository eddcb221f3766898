//! Deleting, bringing back, and what is never changed.

use topfloor::domain::clash::Attempt;

use super::*;

fn note(text: &str) -> Value {
    json!({"text": text, "at": at(1)})
}

fn name(old: &str, new: &str) -> Vec<Change> {
    vec![set("name_zh", json!(old), json!(new))]
}

fn restore(record: Id, base: u64, body: Value) -> Mutation {
    mutation(record, base, Action::Restore { body })
}

pub fn delete_and_restore(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    assert_eq!(
        applied(&phone.push(&mutation(record, 1, Action::Delete))),
        (2, 2, 0)
    );
    let deleted = tablet.record(record);
    assert!(deleted.deleted);
    // The body stays, to be brought back with.
    assert_eq!(tablet.body(record), org("甲"));
    assert_eq!(
        applied(&tablet.push(&mutation(record, 1, Action::Delete))),
        (2, 0, 0)
    );
    assert_eq!(
        applied(&tablet.push(&restore(record, 2, org("乙")))),
        (3, 3, 0)
    );
    assert!(!phone.record(record).deleted);
    assert_eq!(phone.body(record), org("乙"));
    // A live one is joined instead, and what differs is set aside.
    let outcome = phone.push(&restore(record, 2, org("丙")));
    assert_eq!(applied(&outcome), (3, 0, 1));
    assert_eq!(shown(outcome).unwrap().version, 3);
    assert_eq!(phone.body(record), org("乙"));
    sound(store);
}

pub fn delete_over_an_edit(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    phone.push(&edit(record, 1, name("甲", "乙")));
    let outcome = tablet.push(&mutation(record, 1, Action::Delete));
    assert_eq!(applied(&outcome), (2, 0, 1));
    assert!(shown(outcome).is_some());
    assert!(!phone.record(record).deleted);
    let clash = phone.clashes().remove(0).1;
    assert_eq!(clash.aside.what, Attempt::Delete);
    assert_eq!(clash.kept.value["name_zh"], "乙");
    assert_eq!(clash.kept.by.device, "phone");
    // Asked again, it is the same clash; with the edit known, it is a deletion.
    tablet.push(&mutation(record, 1, Action::Delete));
    assert_eq!(phone.clashes().len(), 1);
    assert_eq!(
        applied(&tablet.push(&mutation(record, 2, Action::Delete))).2,
        0
    );
    assert!(phone.record(record).deleted);
}

pub fn edit_over_a_delete(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    phone.push(&mutation(record, 1, Action::Delete));
    // What the record held anyway needs no asking.
    assert_eq!(
        applied(&tablet.push(&edit(record, 1, name("x", "甲")))),
        (2, 0, 0)
    );
    let outcome = tablet.push(&edit(record, 1, name("甲", "乙")));
    assert_eq!(applied(&outcome), (2, 0, 1));
    assert!(shown(outcome).unwrap().deleted);
    let tier = set("tier", Value::Null, json!("a"));
    tablet.push(&edit(record, 1, vec![tier.clone()]));
    tablet.push(&edit(record, 1, name("乙", "丙")));
    let clashes = phone.clashes();
    assert_eq!(clashes.len(), 1);
    let clash = &clashes[0].1;
    let [whole] = <[Change; 1]>::try_from(name("甲", "丙")).unwrap();
    assert_eq!(
        clash.aside.what,
        Attempt::Edit {
            changes: vec![whole, tier]
        }
    );
    assert_eq!(
        (&clash.kept.value, clash.kept.by.device.as_str()),
        (&Value::Null, "phone")
    );
    assert!(phone.record(record).deleted);
    assert_eq!(phone.body(record), org("甲"));
    sound(store);
}

pub fn append_only(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    let note_of = |mutation| of(Kind::Note, mutation);
    phone.push(&note_of(create(record, note("a"))));
    assert_eq!(
        applied(&tablet.push(&note_of(create(record, note("a"))))),
        (1, 0, 0)
    );
    assert_rejected!(tablet.push(&note_of(create(record, note("b")))), AppendOnly);
    let change = edit(record, 1, vec![set("text", json!("a"), json!("b"))]);
    assert_rejected!(phone.push(&note_of(change)), AppendOnly);
    // An import is undone by deleting what it brought, and that may be taken back.
    assert_eq!(
        applied(&phone.push(&note_of(mutation(record, 1, Action::Delete)))),
        (2, 2, 0)
    );
    assert_rejected!(
        phone.push(&note_of(restore(record, 2, note("b")))),
        AppendOnly
    );
    assert_eq!(
        applied(&phone.push(&note_of(restore(record, 2, note("a"))))),
        (3, 3, 0)
    );
    assert!(!phone.record(record).deleted);
}

pub fn restored_where_it_never_was(store: &dyn Store) {
    let (phone, _) = two(store);
    let record = id();
    assert_eq!(
        applied(&phone.push(&restore(record, 5, org("甲")))),
        (1, 1, 0)
    );
    let made = phone.record(record);
    assert_eq!(
        (made.created.device, made.created.at),
        (phone.device.id, at(NOW - 1000))
    );
}
