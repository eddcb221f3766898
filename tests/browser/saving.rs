//! Saves: all or nothing, strict, numbered without gaps, and laid over what other tabs wrote.

use futures::future::join;
use topfloor::domain::consent::Suppression;
use topfloor::domain::contact::{Phone, PhoneKind};
use topfloor::domain::id::Id;
use topfloor::domain::import::Import;
use topfloor::domain::lead::{Lead, LeadBody};
use topfloor::domain::merge::Change;
use topfloor::domain::outbox::Action;
use topfloor::domain::record::Kind;
use topfloor::storage::{Save, Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

async fn actions(store: &Store) -> Vec<Action> {
    let page = store.outbox_page(None, 1_000).await.unwrap();
    page.rows
        .iter()
        .map(|(_, frozen)| frozen.thaw().unwrap().action)
        .collect()
}

#[wasm_bindgen_test]
async fn a_save_is_strict_and_brings_its_queue_row() {
    let store = book().await;
    let one = client("甲公司");
    let saved = store.save(save(vec![new(&one)])).await.unwrap();
    assert_eq!(store.last_durability(), "strict");
    assert_eq!(saved.entries, std::slice::from_ref(&one));
    assert_eq!(
        (saved.outbox.count, saved.outbox.oldest_ms),
        (1, Some(1_000))
    );
    assert_eq!(store.get(one.id()).await.unwrap(), Some(one.clone()));
    let page = store.outbox_page(None, 10).await.unwrap();
    let mutation = page.rows[0].1.thaw().unwrap();
    assert_eq!(
        (page.rows[0].0, mutation.record, mutation.kind),
        (1, one.id(), Kind::Organisation)
    );
    assert_eq!(
        mutation.action,
        Action::Create {
            body: one.body.to_json().unwrap(),
            created: Some(one.envelope.created.clone()),
        }
    );
    assert_eq!(store.head().await.unwrap().outbox, saved.outbox);
}

#[wasm_bindgen_test]
async fn a_save_that_fails_half_way_leaves_nothing_of_itself() {
    let store = book().await;
    let kept = client("甲");
    store.save(save(vec![new(&kept)])).await.unwrap();
    store.put_draft("client/new", "text", 1).await.unwrap();

    // The second row of the queue bears the first one's mutation id, which the database refuses when all else is written.
    let (one, two) = (client("乙"), client("丙"));
    let mut writes = vec![new(&one), new(&two)];
    writes[1].mutation = writes[0].mutation;
    let failing = Save {
        writes,
        blobs: vec![("cd".repeat(32), vec![9])],
        drop_drafts: vec!["client/new".into()],
        ..Save::default()
    };
    assert!(matches!(
        store.save(failing).await,
        Err(StoreError::Aborted(_))
    ));
    assert_eq!(store.get(one.id()).await.unwrap(), None);
    assert_eq!(store.get(two.id()).await.unwrap(), None);
    assert_eq!(store.blob(&"cd".repeat(32)).await.unwrap(), None);
    assert!(store.draft("client/new").await.unwrap().is_some());
    assert_eq!(numbers(&store).await, [1]);
    assert_eq!(store.head().await.unwrap().outbox.count, 1);

    // And the number it had taken is given to the next one.
    store.save(save(vec![new(&two)])).await.unwrap();
    assert_eq!(numbers(&store).await, [1, 2]);
}

#[wasm_bindgen_test]
async fn two_tabs_number_one_queue_without_gaps() {
    let profile = id();
    let (a, b) = (book_of(profile).await.0, book_of(profile).await.0);
    for _ in 0..10 {
        let (one, two) = join(
            a.save(save(vec![new(&client("甲"))])),
            b.save(save(vec![new(&client("乙"))])),
        )
        .await;
        one.unwrap();
        two.unwrap();
    }
    assert_eq!(numbers(&a).await, (1..=20).collect::<Vec<_>>());
    assert_eq!(a.head().await.unwrap().outbox.count, 20);
}

#[wasm_bindgen_test]
async fn two_tabs_editing_different_fields_both_get_their_way() {
    let profile = id();
    let (a, b) = (book_of(profile).await.0, book_of(profile).await.0);
    let base = client("甲公司");
    a.save(save(vec![new(&base)])).await.unwrap();

    let mine = edited(&base, |body| body.remark = "from a".into());
    let theirs = edited(&base, |body| {
        body.phones.push(Phone {
            id: Id::from_bits(1),
            kind: PhoneKind::default(),
            number: "+85255550101".into(),
        })
    });
    a.save(save(vec![change(&base, &mine)])).await.unwrap();
    let saved = b.save(save(vec![change(&base, &theirs)])).await.unwrap();

    let merged = organisation(&saved.entries[0]);
    assert_eq!(
        (
            merged.remark.as_str(),
            merged.phones.len(),
            merged.name_zh.as_str()
        ),
        ("from a", 1, "甲公司")
    );
    assert_eq!(
        a.get(base.id())
            .await
            .unwrap()
            .map(|entry| organisation(&entry)),
        Some(merged)
    );
    let Action::Edit { changes } = &actions(&a).await[2] else {
        panic!("an edit")
    };
    assert!(
        matches!(changes.as_slice(), [Change::Add { field, .. }] if field == "phones"),
        "only its own: {changes:?}"
    );
}

#[wasm_bindgen_test]
async fn two_tabs_racing_on_one_record_lose_nothing() {
    let profile = id();
    let (a, b) = (book_of(profile).await.0, book_of(profile).await.0);
    let base = client("甲公司");
    a.save(save(vec![new(&base)])).await.unwrap();
    let mine = edited(&base, |body| body.remark = "a".into());
    let theirs = edited(&base, |body| body.segment = "b".into());
    let (one, two) = join(
        a.save(save(vec![change(&base, &mine)])),
        b.save(save(vec![change(&base, &theirs)])),
    )
    .await;
    one.unwrap();
    two.unwrap();
    let now = organisation(&a.get(base.id()).await.unwrap().unwrap());
    assert_eq!((now.remark.as_str(), now.segment.as_str()), ("a", "b"));
    assert_eq!(numbers(&a).await, [1, 2, 3]);
}

#[wasm_bindgen_test]
async fn two_tabs_editing_one_field_queue_both_and_the_last_shows() {
    let profile = id();
    let (a, b) = (book_of(profile).await.0, book_of(profile).await.0);
    let base = client("甲");
    a.save(save(vec![new(&base)])).await.unwrap();
    let mine = edited(&base, |body| body.remark = "first".into());
    let theirs = edited(&base, |body| body.remark = "second".into());
    a.save(save(vec![change(&base, &mine)])).await.unwrap();
    b.save(save(vec![change(&base, &theirs)])).await.unwrap();

    assert_eq!(
        organisation(&a.get(base.id()).await.unwrap().unwrap()).remark,
        "second"
    );
    let set = |old: serde_json::Value, new: &str| Action::Edit {
        changes: vec![Change::Set {
            field: "remark".into(),
            old,
            new: new.into(),
        }],
    };
    let actions = actions(&a).await;
    assert_eq!(
        actions[1..],
        [
            set(serde_json::Value::Null, "first"),
            set("first".into(), "second")
        ]
    );
}

#[wasm_bindgen_test]
async fn saving_the_same_twice_queues_it_once() {
    let store = book().await;
    let one = client("甲");
    let write = new(&one);
    store.save(save(vec![write.clone()])).await.unwrap();
    store.save(save(vec![write])).await.unwrap();
    let two = edited(&one, |body| body.remark = "x".into());
    let write = change(&one, &two);
    store.save(save(vec![write.clone()])).await.unwrap();
    let saved = store.save(save(vec![write])).await.unwrap();
    assert_eq!(
        (
            saved.outbox.count,
            organisation(&saved.entries[0]).remark.as_str()
        ),
        (2, "x")
    );
}

#[wasm_bindgen_test]
async fn two_writes_of_one_save_to_one_record_build_on_each_other() {
    let store = book().await;
    let one = client("甲");
    let two = edited(&one, |body| body.remark = "x".into());
    let saved = store
        .save(save(vec![new(&one), change(&one, &two)]))
        .await
        .unwrap();
    assert_eq!((saved.entries.len(), saved.outbox.count), (2, 2));
    assert_eq!(store.get(one.id()).await.unwrap(), Some(two));
}

#[wasm_bindgen_test]
async fn a_note_is_never_written_over() {
    let store = book().await;
    let first = note(id(), "first");
    store.save(save(vec![new(&first)])).await.unwrap();
    let mut other = first.clone();
    if let topfloor::domain::record::AnyBody::Note(body) = &mut other.body {
        body.text = "second".into();
    }
    let exists = Some(StoreError::Exists(first.id()));
    assert_eq!(store.save(save(vec![new(&other)])).await.err(), exists);
    assert_eq!(
        store.save(save(vec![change(&first, &other)])).await.err(),
        exists
    );
    let mut deleted = first.clone();
    deleted.envelope.deleted = true;
    assert_eq!(
        store.save(save(vec![change(&first, &deleted)])).await.err(),
        exists
    );
    assert_eq!(store.get(first.id()).await.unwrap(), Some(first));
    assert_eq!(numbers(&store).await, [1]);
}

#[wasm_bindgen_test]
async fn a_deletion_leaves_lists_and_indexes_and_can_be_taken_back() {
    let store = book().await;
    let firm = client("甲");
    let branch = edited(&client("甲分行"), |body| body.parent = Some(firm.id()));
    store
        .save(save(vec![new(&firm), new(&branch)]))
        .await
        .unwrap();
    let mut gone = branch.clone();
    gone.envelope.deleted = true;
    store
        .save(save(vec![change(&branch, &gone)]))
        .await
        .unwrap();
    assert!(store.linked(firm.id()).await.unwrap().entries.is_empty());
    assert_eq!(
        store
            .page(Kind::Organisation, None, 10)
            .await
            .unwrap()
            .loaded
            .entries,
        std::slice::from_ref(&firm)
    );
    assert!(
        store
            .get(branch.id())
            .await
            .unwrap()
            .unwrap()
            .envelope
            .deleted
    );
    assert_eq!(store.counts().await.unwrap().deleted, 1);
    store
        .save(save(vec![change(&gone, &branch)]))
        .await
        .unwrap();
    assert_eq!(store.linked(firm.id()).await.unwrap().entries.len(), 1);
    let actions = actions(&store).await;
    assert!(matches!(
        actions[2..],
        [Action::Delete, Action::Restore { .. }]
    ));
}

#[wasm_bindgen_test]
async fn a_save_takes_photos_drafts_and_the_lead_with_it() {
    let store = book().await;
    let import = Import {
        id: id(),
        target: topfloor::domain::import::Target::Leads,
        phase: topfloor::domain::import::Phase::Committed,
        file_name: "directory.csv".into(),
        at: at(1),
        total: 1,
        done: 1,
        plan: String::new(),
        counts: Default::default(),
    };
    let mut lead = Lead {
        id: id(),
        import: import.id,
        organisation: None,
        body: LeadBody::default(),
    };
    store
        .write_chunk(&import, Vec::new(), vec![lead.clone()])
        .await
        .unwrap();
    store.put_draft("a", "text", 1).await.unwrap();
    let one = client("甲");
    lead.organisation = Some(one.id());
    let photo = ("ef".repeat(32), vec![1, 2, 3, 4]);
    store
        .save(Save {
            writes: vec![new(&one)],
            blobs: vec![photo.clone()],
            drop_drafts: vec!["a".into()],
            touch_lead: Some(lead.clone()),
            suppression: None,
        })
        .await
        .unwrap();
    assert_eq!(store.blob(&photo.0).await.unwrap(), Some(photo.1));
    assert_eq!(store.draft("a").await.unwrap(), None);
    assert_eq!(store.lead(lead.id).await.unwrap(), Some(lead));
    let counts = store.counts().await.unwrap();
    assert_eq!(
        (counts.blobs, counts.blob_bytes, counts.drafts, counts.leads),
        (1, 4, 0, 1)
    );
}

#[wasm_bindgen_test]
async fn opt_outs_of_two_tabs_are_joined_and_a_consent_removes_one() {
    let profile = id();
    let ((a, head), (b, _)) = (book_of(profile).await, book_of(profile).await);
    let with = |list: &Suppression, key: &str| {
        let mut list = list.clone();
        list.add(key);
        list
    };
    let list = |list: Suppression| Save {
        suppression: Some(list),
        ..Save::default()
    };
    let mine = with(&head.suppression, "+85255550101");
    a.save(list(mine.clone())).await.unwrap();
    b.save(list(with(&head.suppression, "+85255550102")))
        .await
        .unwrap();
    let now = a.head().await.unwrap().suppression;
    assert!(now.holds("+85255550101") && now.holds("+85255550102"));
    let mut without = mine;
    without.remove("+85255550101");
    a.save(list(without)).await.unwrap();
    let now = b.head().await.unwrap().suppression;
    assert!(!now.holds("+85255550101") && now.holds("+85255550102"));
}

#[wasm_bindgen_test]
async fn drafts_are_kept_listed_and_dropped() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let long = "長".repeat(70_000);
    store.put_draft("a", "one", 1).await.unwrap();
    store.put_draft("b", &long, 3).await.unwrap();
    store.put_draft("a", "two 🏙𠮷", 2).await.unwrap();
    store.close();
    let (store, _) = book_of(profile).await;
    let drafts = store.drafts().await.unwrap();
    let found: Vec<_> = drafts
        .iter()
        .map(|draft| (draft.key.as_str(), draft.text.as_str(), draft.at_ms))
        .collect();
    assert_eq!(found, [("b", long.as_str(), 3), ("a", "two 🏙𠮷", 2)]);
    store.drop_draft("b").await.unwrap();
    assert_eq!(store.draft("b").await.unwrap(), None);
    assert_eq!(store.last_durability(), "strict");
}
