//! When a device is shown what the record holds now.

use super::*;

fn name(old: &str, new: &str) -> Vec<Change> {
    vec![set("name_zh", json!(old), json!(new))]
}

pub fn another_device_in_between(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    phone.push(&edit(record, 1, name("甲", "乙")));
    let tier = set("tier", Value::Null, json!("a"));
    tablet.push(&edit(record, 1, vec![tier]));
    // Its own change is the latest again, yet the tablet's lies between it and the base.
    let outcome = phone.push(&edit(record, 1, name("乙", "丙")));
    assert_eq!(applied(&outcome), (4, 4, 0));
    assert!(shown(outcome).is_some());
    assert_eq!(
        applied(&phone.push(&mutation(record, 1, Action::Delete))),
        (4, 0, 1)
    );
    let outcome = phone.push(&mutation(record, 3, Action::Delete));
    assert_eq!(applied(&outcome), (5, 6, 0));
    assert!(shown(outcome).is_none());
}

pub fn a_clash_alone(store: &dyn Store) {
    let (phone, _) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    let outcome = phone.push(&edit(record, 1, name("x", "y")));
    assert_eq!(applied(&outcome), (1, 0, 1));
    assert!(shown(outcome).is_some());
}

pub fn what_the_server_wrote(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    phone.push(&edit(record, 1, name("甲", "乙")));
    tablet.push(&edit(record, 1, name("甲", "丙")));
    tablet.push(&edit(record, 1, name("丙", "丁")));
    // The clash's second version is of the tablet's making, but the tablet has not seen it.
    let clash = phone.clashes().remove(0).0;
    let choice = vec![set("chosen", Value::Null, json!("kept"))];
    let outcome = tablet.push(&of(Kind::Clash, edit(clash.id, 1, choice)));
    assert_eq!(applied(&outcome).0, 3);
    assert!(shown(outcome).is_some());
}
