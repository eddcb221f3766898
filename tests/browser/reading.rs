//! Reading: pages, links, open days, and rows that cannot be read.

use chrono::NaiveDate;
use topfloor::domain::follow_up::FollowUp;
use topfloor::domain::record::{AnyEntry, Kind};
use topfloor::domain::time::Appointment;
use topfloor::domain::visit::{Channel, Visit, VisitKind, VisitStatus};
use topfloor::storage::StoreError;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

fn day(day: u32) -> Appointment {
    let date = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    Appointment {
        date,
        time: None,
        zone: "Asia/Hong_Kong".into(),
    }
}

fn visit(on: u32, status: VisitStatus) -> AnyEntry {
    entry(Visit {
        organisation: None,
        persons: Vec::new(),
        kind: VisitKind::Routine,
        channel: Channel::Face,
        status,
        when: day(on),
        minutes: None,
        goal: String::new(),
        outcome: String::new(),
        observed: String::new(),
        next_step: String::new(),
        photos: Vec::new(),
        started: None,
        ended: None,
        reason: String::new(),
    })
}

fn follow_up(due: u32, done: bool) -> AnyEntry {
    entry(FollowUp {
        text: "call back".into(),
        due: day(due),
        organisation: None,
        persons: Vec::new(),
        visit: None,
        door: None,
        done: done.then(|| at(1)),
    })
}

#[wasm_bindgen_test]
async fn only_open_items_are_due() {
    let store = book().await;
    let (planned, running) = (
        visit(20, VisitStatus::Planned),
        visit(23, VisitStatus::InProgress),
    );
    let promised = follow_up(22, false);
    let others = [
        visit(20, VisitStatus::Done),
        visit(24, VisitStatus::Planned),
        follow_up(21, true),
    ];
    let all = [&planned, &running, &promised].into_iter().chain(&others);
    store.save(save(all.map(new).collect())).await.unwrap();
    let until = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let due = store.due_until(until).await.unwrap().entries;
    assert_eq!(
        due,
        [planned.clone(), promised, running],
        "the oldest day first"
    );

    let mut done = planned.clone();
    if let topfloor::domain::record::AnyBody::Visit(body) = &mut done.body {
        body.status = VisitStatus::Done;
    }
    store
        .save(save(vec![change(&planned, &done)]))
        .await
        .unwrap();
    assert_eq!(store.due_until(until).await.unwrap().entries.len(), 2);
}

#[wasm_bindgen_test]
async fn pages_meet_and_leave_nothing_out() {
    let store = book().await;
    let clients: Vec<_> = (0..25).map(|n| client(&n.to_string())).collect();
    let others = [note(clients[0].id(), "x"), note(clients[0].id(), "y")];
    store
        .save(save(clients.iter().chain(&others).map(new).collect()))
        .await
        .unwrap();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.page(Kind::Organisation, after, 10).await.unwrap();
        found.extend(page.loaded.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, clients);
    let page = store.page(Kind::Note, None, 2).await.unwrap();
    let rest = store.page(Kind::Note, page.next, 2).await.unwrap();
    assert_eq!(
        (
            page.loaded.entries.len(),
            rest.loaded.entries.len(),
            rest.next
        ),
        (2, 0, None)
    );
    let ids = [clients[3].id(), id(), clients[1].id()];
    assert_eq!(
        store.get_many(&ids).await.unwrap(),
        [clients[3].clone(), clients[1].clone()]
    );
}

#[wasm_bindgen_test]
async fn a_record_of_an_unknown_kind_or_layout_is_left_alone_and_counted() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let (known, newer) = (client("甲"), client("乙"));
    store
        .save(save(vec![new(&known), new(&newer)]))
        .await
        .unwrap();
    store.close();
    let stored = rows(profile, "records").await;
    let of = |id: &str| {
        stored
            .iter()
            .find(|row| get(row, "id").as_string().as_deref() == Some(id))
            .unwrap()
            .clone()
    };
    let row = of(&newer.id().to_string());
    set(&row, "schema", 99.0);
    put(profile, "records", &row).await;
    let row = of(&known.id().to_string());
    set(&row, "id", id().to_string());
    set(&row, "kind", "ledger_entry");
    set(&row, "live", "ledger_entry");
    put(profile, "records", &row).await;

    let (store, _) = book_of(profile).await;
    let counts = store.counts().await.unwrap();
    assert_eq!(
        (
            counts.unknown,
            counts.by_kind[&Kind::Organisation],
            counts.deleted
        ),
        (2, 2, 0)
    );
    let page = store
        .page(Kind::Organisation, None, 10)
        .await
        .unwrap()
        .loaded;
    assert_eq!((page.entries, page.unreadable), (vec![known], 0));
    let over = edited(&newer, |body| body.remark = "x".into());
    let refused = store.save(save(vec![change(&newer, &over)])).await;
    assert!(matches!(refused, Err(StoreError::Unreadable { id, .. }) if id == newer.id()));
    assert_eq!(rows(profile, "records").await.len(), 3);
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_skipped_listed_with_its_bytes_and_not_written_over() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let firm = client("甲");
    let notes = [
        note(firm.id(), "one"),
        note(firm.id(), "two"),
        note(firm.id(), "three"),
    ];
    store
        .save(save(notes.iter().chain([&firm]).map(new).collect()))
        .await
        .unwrap();
    store.close();
    for row in rows(profile, "records").await {
        if get(&row, "id").as_string() == Some(notes[1].id().to_string()) {
            set(&row, "body", js_sys::Uint8Array::from(&b"{broken"[..]));
            put(profile, "records", &row).await;
        }
    }
    let (store, _) = book_of(profile).await;
    let loaded = store.linked(firm.id()).await.unwrap();
    assert_eq!(
        (loaded.entries, loaded.unreadable),
        (vec![notes[2].clone(), notes[0].clone()], 1)
    );
    let damaged = notes[1].id();
    assert!(
        matches!(store.get(damaged).await, Err(StoreError::Unreadable { id, .. }) if id == damaged)
    );
    let listed = store.unreadable().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].id.as_str(), listed[0].bytes.as_slice()),
        (damaged.to_string().as_str(), &b"{broken"[..])
    );
    let refused = store.save(save(vec![change(&notes[1], &notes[1])])).await;
    assert!(matches!(refused, Err(StoreError::Unreadable { .. })));
    store
        .save(save(vec![new(&note(firm.id(), "four"))]))
        .await
        .unwrap();
    assert_eq!(store.linked(firm.id()).await.unwrap().entries.len(), 3);
}

#[wasm_bindgen_test]
async fn a_damaged_queue_row_is_counted_and_kept() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    store
        .save(save(vec![new(&client("甲")), new(&client("乙"))]))
        .await
        .unwrap();
    let row = rows(profile, "outbox").await.remove(0);
    set(&row, "digest", 5.0);
    put(profile, "outbox", &row).await;
    let page = store.outbox_page(None, 10).await.unwrap();
    assert_eq!((page.rows.len(), page.unreadable), (1, 1));
    assert_eq!(store.unreadable().await.unwrap()[0].store, "outbox");
    assert_eq!(store.counts().await.unwrap().outbox, 2);
}
