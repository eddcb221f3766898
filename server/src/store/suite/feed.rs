//! The order of changes, and pages of it.

use std::collections::BTreeMap;

use super::*;

fn fill(phone: &Phone, count: u8) -> Vec<Id> {
    let records: Vec<_> = (0..count).map(|_| id()).collect();
    for record in &records {
        phone.push(&create(*record, org("甲")));
    }
    records
}

pub fn paging(store: &dyn Store) {
    let (phone, _) = two(store);
    let empty = phone.pull("u:self", 0, 10);
    assert_eq!((empty.records.len(), empty.next, empty.last), (0, 0, 0));
    assert!(!empty.more && !empty.reset);
    assert_eq!(empty.generation, store.generation().unwrap());
    let records = fill(&phone, 5);
    let mut seen = Vec::new();
    let mut since = 0;
    let mut pages = Vec::new();
    loop {
        let page = phone.pull("u:self", since, 2);
        assert_eq!(page.last, 5);
        since = page.next;
        pages.push((page.records.len(), page.more));
        seen.extend(page.records.iter().map(|record| record.id));
        if !page.more {
            break;
        }
    }
    assert_eq!(pages, [(2, true), (2, true), (1, false)]);
    assert_eq!(seen, records);
    // A page that ends with the feed has no other after it.
    assert!(!phone.pull("u:self", 3, 2).more);
    let end = phone.pull("u:self", 5, 2);
    assert_eq!((end.records.len(), end.next, end.more), (0, 5, false));
}

pub fn order_and_reset(store: &dyn Store) {
    let (phone, _) = two(store);
    let records = fill(&phone, 3);
    phone.push(&edit(
        records[0],
        1,
        vec![set("name_zh", json!("甲"), json!("乙"))],
    ));
    let page = phone.pull("u:self", 0, 10);
    // Each once, at its latest change.
    let order: Vec<_> = page
        .records
        .iter()
        .map(|record| (record.id, record.seq))
        .collect();
    assert_eq!(order, [(records[1], 2), (records[2], 3), (records[0], 4)]);
    assert_eq!(page.next, 4);
    let beyond = phone.pull("u:self", 5, 10);
    assert!(beyond.reset && beyond.records.is_empty());
    assert!(phone.pull("u:self", u64::MAX, 10).reset);
    let state = &store.scopes(phone.device.user.id).unwrap()[0];
    assert_eq!((state.scope.as_str(), state.seq), ("u:self", 4));
}

pub fn strangers(store: &dyn Store) {
    let (phone, _) = two(store);
    fill(&phone, 1);
    let an = user(store, "an");
    let mei = phone.device.user.id;
    for scope in [
        format!("u:{mei}"),
        format!("b:{}", id()),
        "t:1".into(),
        String::new(),
        "b:x".into(),
    ] {
        assert!(
            matches!(store.pull(an.id, &scope, 0, 10), Ok(Pull::NoAccess)),
            "{scope}"
        );
    }
    assert!(matches!(store.pull(an.id, "u:self", 0, 10), Ok(Pull::Page(page)) if page.last == 0));
}

pub fn nothing_skipped_while_written(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let records = fill(&phone, 20);
    let mut latest = BTreeMap::new();
    std::thread::scope(|threads| {
        let writer = threads.spawn(|| {
            for round in 0..10u32 {
                for record in &records {
                    let new = set("remark", Value::Null, json!(round.to_string()));
                    let old = if round == 0 {
                        Value::Null
                    } else {
                        json!((round - 1).to_string())
                    };
                    let Change::Set { field, new, .. } = new else {
                        unreachable!()
                    };
                    phone.push(&edit(*record, 0, vec![Change::Set { field, old, new }]));
                }
            }
        });
        let mut since = 0;
        loop {
            let done = writer.is_finished();
            let page = tablet.pull("u:self", since, 7);
            for record in page.records {
                assert!(record.seq > since);
                since = record.seq;
                latest.insert(record.id, (record.version, record.seq));
            }
            assert_eq!(page.next, since);
            if done && !page.more {
                break;
            }
        }
    });
    let whole: BTreeMap<_, _> = phone
        .all()
        .into_iter()
        .map(|record| (record.id, (record.version, record.seq)))
        .collect();
    assert_eq!(latest, whole);
    assert!(whole.values().all(|(version, _)| *version == 11));
    sound(store);
}

pub fn limits(store: &dyn Store) {
    let (phone, _) = two(store);
    let batch: Vec<_> = (0..1001)
        .map(|_| phone.incoming(&create(id(), org("甲"))))
        .collect();
    phone.send(&batch);
    assert_eq!(phone.pull("u:self", 0, 0).records.len(), 1);
    let page = phone.pull("u:self", 0, u32::MAX);
    assert_eq!(
        (page.records.len(), page.more, page.next),
        (1000, true, 1000)
    );
}
