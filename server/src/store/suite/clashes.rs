//! Two devices on one record.

use topfloor::domain::clash::{Attempt, Chosen};

use super::*;

fn start<'a>(phone: &Phone<'a>, body: Value) -> Id {
    let record = id();
    assert_eq!(applied(&phone.push(&create(record, body))).0, 1);
    record
}

fn name(old: &str, new: &str) -> Vec<Change> {
    vec![set("name_zh", json!(old), json!(new))]
}

fn number(n: u8, digits: &str) -> (Id, Value) {
    let item = Id::from_parts(n.into(), &[n; 10]);
    (
        item,
        json!({"id": item, "number": digits, "kind": "mobile"}),
    )
}

pub fn different_fields(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = start(&phone, org("甲"));
    let outcome = phone.push(&edit(record, 1, name("甲", "乙")));
    assert!(shown(outcome).is_none());
    let outcome = tablet.push(&edit(record, 1, vec![set("tier", Value::Null, json!("a"))]));
    assert_eq!(applied(&outcome), (3, 3, 0));
    // It is told what the other one wrote.
    let told = shown(outcome).unwrap();
    assert_eq!(
        (told.version, told.seq, told.scope.as_str()),
        (3, 3, "u:self")
    );
    let body: Value = serde_json::from_str(told.body.get()).unwrap();
    assert_eq!(
        (&body["name_zh"], &body["tier"]),
        (&json!("乙"), &json!("a"))
    );
    assert!(phone.clashes().is_empty());
    // The phone does not know of version 3; the tablet does.
    let next = edit(record, 3, vec![set("tier", json!("a"), json!("b"))]);
    assert!(shown(tablet.push(&next)).is_none());
    assert!(shown(phone.push(&edit(record, 2, name("乙", "丙")))).is_some());
}

pub fn same_field(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = start(&phone, org("甲"));
    phone.push(&edit(record, 1, name("甲", "乙")));
    let outcome = tablet.push(&edit(record, 1, name("甲", "丙")));
    assert_eq!(applied(&outcome), (2, 0, 1));
    assert!(shown(outcome).is_some());
    assert_eq!(phone.body(record)["name_zh"], "乙");
    let clashes = phone.clashes();
    let (wire, clash) = &clashes[0];
    assert_eq!((clashes.len(), wire.version, wire.seq), (1, 1, 3));
    assert_eq!(
        (clash.record, clash.of, clash.chosen),
        (record, Kind::Organisation, None)
    );
    assert_eq!(
        (&clash.kept.value, clash.aside_value()),
        (&json!("乙"), json!("丙"))
    );
    assert_eq!(
        (
            clash.kept.by.device.as_str(),
            clash.aside.by.device.as_str()
        ),
        ("phone", "tablet")
    );
    assert_eq!(clash.kept.by.user, "mei shown");
    assert_eq!(wire.created.device, tablet.device.id);
    // The same value from both is no clash.
    let outcome = tablet.push(&edit(record, 1, name("甲", "乙")));
    assert_eq!(applied(&outcome), (2, 0, 0));
    sound(store);
}

pub fn list_items(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let ((_, one), (_, two), (_, three)) = (number(1, "1"), number(2, "2"), number(3, "3"));
    let (_, one_more) = number(1, "11");
    let mut body = org("甲");
    body["phones"] = json!([one]);
    let record = start(&phone, body);
    let add = |item: &Value| Change::Add {
        field: "phones".into(),
        item: item.clone(),
    };
    phone.push(&edit(record, 1, vec![add(&two)]));
    assert_eq!(
        applied(&tablet.push(&edit(record, 1, vec![add(&three)]))).2,
        0
    );
    assert_eq!(phone.body(record)["phones"], json!([one, two, three]));
    let field = || "phones".to_owned();
    let replace = Change::Replace {
        field: field(),
        old: one.clone(),
        new: one_more.clone(),
    };
    phone.push(&edit(record, 3, vec![replace]));
    let remove = Change::Remove {
        field: field(),
        item: one,
    };
    let outcome = tablet.push(&edit(record, 3, vec![remove.clone(), add(&two)]));
    assert_eq!(applied(&outcome), (4, 0, 1));
    let clashes = phone.clashes();
    assert_eq!(clashes[0].1.kept.value, one_more);
    assert_eq!(clashes[0].1.kept.by.device, "phone");
    assert_eq!(clashes[0].1.aside.what, Attempt::Change(remove));
    assert_eq!(phone.body(record)["phones"].as_array().unwrap().len(), 3);
}

pub fn same_device_in_a_row(store: &dyn Store) {
    let (phone, _) = two(store);
    let record = id();
    // All made before the first was sent, so all on one base.
    let batch = [
        create(record, org("甲")),
        edit(record, 0, name("甲", "乙")),
        edit(record, 0, name("乙", "丙")),
        mutation(record, 0, Action::Delete),
    ];
    let batch: Vec<_> = batch.iter().map(|m| phone.incoming(m)).collect();
    for (version, outcome) in (1..).zip(phone.send(&batch)) {
        assert_eq!(applied(&outcome), (version, version, 0));
        assert!(shown(outcome).is_none());
    }
    assert!(phone.record(record).deleted);
    assert!(phone.clashes().is_empty());
}

pub fn same_device_after_a_clash(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = start(&phone, org("甲"));
    phone.push(&edit(record, 1, name("甲", "乙")));
    tablet.push(&edit(record, 1, name("甲", "丙")));
    let first = phone.clashes().remove(0).0;
    let outcome = tablet.push(&edit(record, 1, name("丙", "丁")));
    assert_eq!(applied(&outcome), (2, 0, 1));
    let clashes = phone.clashes();
    assert_eq!(clashes.len(), 1);
    let (wire, clash) = &clashes[0];
    assert_eq!((wire.id, wire.version, wire.seq), (first.id, 2, 4));
    // From where it started to where it ended.
    let whole = Attempt::Change(name("甲", "丁").remove(0));
    assert_eq!(clash.aside.what, whole);
    // Another field is another clash.
    phone.push(&edit(record, 2, vec![set("tier", Value::Null, json!("a"))]));
    tablet.push(&edit(record, 1, vec![set("tier", Value::Null, json!("b"))]));
    assert_eq!(phone.clashes().len(), 2);
    // And once it was decided, so is another attempt at the same one.
    let choice = of(
        Kind::Clash,
        edit(first.id, 2, vec![set("chosen", Value::Null, json!("kept"))]),
    );
    assert_eq!(applied(&phone.push(&choice)).2, 0);
    tablet.push(&edit(record, 1, name("丁", "戊")));
    assert_eq!(phone.clashes().len(), 3);
    sound(store);
}

pub fn order_of_clashes(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = start(&phone, org("甲"));
    phone.push(&edit(
        record,
        1,
        vec![
            set("name_zh", json!("甲"), json!("乙")),
            set("name_en", json!(""), json!("B")),
        ],
    ));
    let outcome = tablet.push(&edit(
        record,
        1,
        vec![
            set("name_en", json!(""), json!("C")),
            set("remark", Value::Null, json!("r")),
            set("name_zh", json!("甲"), json!("丙")),
        ],
    ));
    // The record first, then its clashes as they stood in the edit.
    assert_eq!(applied(&outcome), (3, 3, 2));
    let order: Vec<_> = phone
        .clashes()
        .iter()
        .map(|(wire, clash)| (wire.seq, clash.field().unwrap().to_owned()))
        .collect();
    assert_eq!(
        order,
        [(4, "name_en".to_owned()), (5, "name_zh".to_owned())]
    );
}

pub fn a_record_made_twice(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let ((_, one), (_, two)) = (number(1, "1"), number(2, "2"));
    let with = |name: &str, item: &Value| {
        let mut body = org(name);
        body["phones"] = json!([item]);
        body
    };
    let record = start(&phone, with("甲", &one));
    let outcome = tablet.push(&create(record, with("甲", &one)));
    assert_eq!(applied(&outcome), (1, 0, 0));
    assert!(shown(outcome).is_some());
    let mut other = with("乙", &two);
    other["tier"] = json!("a");
    let outcome = tablet.push(&create(record, other));
    assert_eq!(applied(&outcome), (2, 2, 1));
    assert!(shown(outcome).is_some());
    let body = phone.body(record);
    assert_eq!(
        (&body["name_zh"], &body["tier"]),
        (&json!("甲"), &json!("a"))
    );
    assert_eq!(body["phones"], json!([one, two]));
    assert_eq!(phone.clashes()[0].1.aside_value(), json!("乙"));
    let stranger = super::phone(store, &user(store, "an"), "x");
    assert_rejected!(stranger.push(&create(record, org("甲"))), Invalid);
    assert_rejected!(stranger.push(&edit(record, 1, name("甲", "乙"))), Invalid);
    assert_rejected!(stranger.push(&mutation(record, 2, Action::Delete)), Invalid);
}

pub fn choosing(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = start(&phone, org("甲"));
    phone.push(&edit(record, 1, name("甲", "乙")));
    tablet.push(&edit(record, 1, name("甲", "丙")));
    let clash = phone.clashes().remove(0).0.id;
    let on_clash = |action| of(Kind::Clash, mutation(clash, 1, action));
    let change = |field: &str, new: Value| Action::Edit {
        changes: vec![set(field, Value::Null, new)],
    };
    assert_rejected!(
        phone.push(&on_clash(change("record", json!(id())))),
        Invalid
    );
    assert_rejected!(phone.push(&on_clash(Action::Delete)), Invalid);
    assert_rejected!(
        phone.push(&on_clash(change("chosen", json!("neither")))),
        Invalid
    );
    assert_eq!(
        applied(&phone.push(&on_clash(change("chosen", json!("aside"))))),
        (2, 4, 0)
    );
    assert_eq!(phone.clashes()[0].1.chosen, Some(Chosen::Aside));
    // The second to choose is shown the first one's choice.
    let outcome = tablet.push(&on_clash(change("chosen", json!("kept"))));
    assert_eq!(applied(&outcome), (2, 0, 0));
    assert!(shown(outcome).is_some());
    assert_eq!(phone.clashes().len(), 1);
}

pub fn who_is_named(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let watch = super::phone(store, &phone.device.user, "watch");
    let record = start(&phone, org("甲"));
    let timed = |mutation: Mutation, ms| Mutation {
        at: at(ms),
        ..mutation
    };
    watch.push(&timed(edit(record, 1, name("甲", "乙")), 100));
    phone.push(&timed(
        edit(record, 2, vec![set("tier", Value::Null, json!("a"))]),
        200,
    ));
    tablet.push(&timed(edit(record, 1, name("甲", "丙")), 300));
    // The phone changed the record last, but not this field.
    let clash = phone.clashes().remove(0).1;
    assert_eq!(
        (clash.kept.by.device.as_str(), clash.kept.by.at.at_ms),
        ("watch", 100)
    );
    assert_eq!(
        (clash.aside.by.device.as_str(), clash.aside.by.at.at_ms),
        ("tablet", 300)
    );
}
