//! Opening: making, upgrading, refusing, and losing the database.

use std::cell::Cell;
use std::rc::Rc;

use topfloor::domain::record::Kind;
use topfloor::storage::{
    IndexSpec, MetaKey, Opening, Schema, Store, StoreError, StoreEvent, StoreSpec, database_name,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

/// The layout after the current one: one more store, and an index on records.
fn next_schema() -> Opening {
    let mut schema = Schema::current();
    schema.version += 1;
    schema.stores[0].indexes.push(IndexSpec {
        name: "by_scope",
        path: &["scope"],
        unique: false,
        multi: false,
    });
    schema.stores.push(StoreSpec {
        name: "tomorrow",
        key: "id",
        indexes: Vec::new(),
    });
    Opening {
        schema,
        blocked_ms: 200,
    }
}

fn names(database: &idb::Database) -> Vec<String> {
    let mut names = database.store_names();
    names.sort();
    names
}

#[wasm_bindgen_test]
async fn a_new_book_knows_itself_and_keeps_its_device_when_opened_again() {
    let profile = id();
    let (store, head) = book_of(profile).await;
    assert!(head.was_created && head.outbox.count == 0 && head.outbox.oldest_ms.is_none());
    assert_eq!(
        (head.generation, head.schema),
        (0, Schema::current().version)
    );
    assert_eq!(head.suppression.salt, "salt");
    store.close();
    let (_, again) = book_of(profile).await;
    assert!(!again.was_created, "it was there already");
    assert_eq!(
        again.device, head.device,
        "another seed must not replace the device"
    );
}

#[wasm_bindgen_test]
async fn two_tabs_opening_a_new_book_agree_on_its_device() {
    let profile = id();
    let (one, two) = futures::future::join(book_of(profile), book_of(profile)).await;
    assert_eq!(one.1.device, two.1.device);
    assert_ne!(one.1.was_created, two.1.was_created);
}

#[wasm_bindgen_test]
async fn what_another_build_added_to_the_database_stays() {
    let profile = id();
    // A book made by hand: some of our stores, a store and an index of somebody else's, a row in each.
    let mut request = idb::Factory::new()
        .unwrap()
        .open(&database_name(profile), Some(1))
        .unwrap();
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent;
        let database = event.database().unwrap();
        for name in Schema::current()
            .stores
            .iter()
            .map(|store| store.name)
            .chain(["theirs"])
        {
            let mut params = idb::ObjectStoreParams::new();
            params.key_path(Some(idb::KeyPath::new_single(if name == "outbox" {
                "number"
            } else {
                "id"
            })));
            let store = database.create_object_store(name, params).unwrap();
            if name == "records" {
                store
                    .create_index("their_index", idb::KeyPath::new_single("colour"), None)
                    .unwrap();
            }
        }
    });
    request.await.unwrap().close();
    let row = js_sys::Object::new().into();
    set(&row, "id", "x");
    put(profile, "theirs", &row).await;

    let mut opening = next_schema();
    let (store, _, _) = watched(profile, opening.clone()).await;
    let known = client("甲公司");
    store.save(save(vec![new(&known)])).await.unwrap();
    assert_eq!(
        store
            .page(Kind::Organisation, None, 10)
            .await
            .unwrap()
            .loaded
            .entries,
        [known]
    );
    store.close();

    opening.schema.version += 1;
    let (store, _, _) = watched(profile, opening).await;
    store.close();
    assert_eq!(rows(profile, "theirs").await.len(), 1);
    let database = bare(profile).await;
    assert!(
        names(&database).contains(&"theirs".to_owned())
            && names(&database).contains(&"tomorrow".to_owned())
    );
    let tx = database
        .transaction(&["records"], idb::TransactionMode::ReadOnly)
        .unwrap();
    let indexes = tx.object_store("records").unwrap().index_names();
    assert!(
        indexes.contains(&"their_index".to_owned()) && indexes.contains(&"by_scope".to_owned())
    );
    database.close();
}

#[wasm_bindgen_test]
async fn an_upgrade_with_a_full_queue_loses_no_row() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let clients: Vec<_> = (0..300).map(|n| client(&format!("客戶{n}"))).collect();
    store
        .save(save(clients.iter().map(new).collect()))
        .await
        .unwrap();
    store
        .put_draft("note/new", "half a sentence", 5)
        .await
        .unwrap();
    let photo = ("ab".repeat(32), vec![1, 2, 3]);
    store.put_blobs(std::slice::from_ref(&photo)).await.unwrap();
    let before = (
        store.outbox_page(None, 1_000).await.unwrap().rows,
        store.counts().await.unwrap(),
    );
    store.close();

    let (store, head, _) = watched(profile, next_schema()).await;
    assert_eq!(
        (head.schema, head.outbox.count, head.was_created),
        (Schema::current().version + 1, 300, false)
    );
    assert_eq!(
        (
            store.outbox_page(None, 1_000).await.unwrap().rows,
            store.counts().await.unwrap()
        ),
        before
    );
    assert_eq!(
        store
            .page(Kind::Organisation, None, 1_000)
            .await
            .unwrap()
            .loaded
            .entries
            .len(),
        300
    );
    assert_eq!(
        store.draft("note/new").await.unwrap().unwrap().text,
        "half a sentence"
    );
    assert_eq!(store.blob(&photo.0).await.unwrap(), Some(photo.1));
}

#[wasm_bindgen_test]
async fn an_older_build_leaves_a_newer_database_alone() {
    let profile = id();
    let (newer, _, _) = watched(profile, next_schema()).await;
    newer
        .save(save(vec![new(&client("甲公司"))]))
        .await
        .unwrap();
    newer.close();
    let found = Schema::current().version + 1;
    let refused = Store::open(profile, seed(), |_| {}).await.err();
    assert_eq!(refused, Some(StoreError::NewerVersion { found }));
    assert_eq!(rows(profile, "records").await.len(), 1);
}

#[wasm_bindgen_test]
async fn an_old_tab_lets_go_and_says_so() {
    let profile = id();
    let (old, _, events) = watched(profile, Opening::default()).await;
    old.put_draft("note/new", "kept", 1).await.unwrap();
    let (newer, _, _) = watched(profile, next_schema()).await;
    assert_eq!(*events.borrow(), [StoreEvent::ClosedByNewerVersion]);
    let found = Schema::current().version + 1;
    assert_eq!(
        old.save(save(vec![new(&client("甲"))])).await.err(),
        Some(StoreError::NewerVersion { found })
    );
    assert_eq!(
        old.counts().await.err(),
        Some(StoreError::NewerVersion { found })
    );
    assert_eq!(newer.draft("note/new").await.unwrap().unwrap().text, "kept");
    assert_eq!(newer.counts().await.unwrap().outbox, 0);
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_named_instead_of_waited_for() {
    let profile = id();
    book_of(profile).await.0.close();
    let stubborn = bare(profile).await;
    let blocked = Store::open_as(profile, seed(), |_| {}, next_schema())
        .await
        .err();
    assert_eq!(blocked, Some(StoreError::Blocked));
    stubborn.close();
    // The request that was given up upgrades late; what it opened must not stand in the way of the next upgrade.
    let mut later = next_schema();
    later.schema.version += 1;
    let (store, head, _) = watched(profile, later).await;
    assert_eq!(head.schema, Schema::current().version + 2);
    store.save(save(vec![new(&client("甲"))])).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_deleted_under_the_book_is_not_made_anew_in_silence() {
    let profile = id();
    let (store, _, events) = watched(profile, Opening::default()).await;
    idb::Factory::new()
        .unwrap()
        .delete(&database_name(profile))
        .unwrap()
        .await
        .unwrap();
    assert_eq!(*events.borrow(), [StoreEvent::ClosedByNewerVersion]);
    assert_eq!(
        store.save(save(vec![new(&client("甲"))])).await.err(),
        Some(StoreError::Deleted)
    );
}

#[wasm_bindgen_test]
async fn a_dead_connection_is_replaced_and_the_save_goes_through() {
    let profile = id();
    let (store, _, events) = watched(profile, Opening::default()).await;
    let first = client("甲");
    store.sever();
    store.save(save(vec![new(&first)])).await.unwrap();
    assert_eq!(*events.borrow(), [StoreEvent::Reopened]);
    store.sever();
    assert_eq!(store.get(first.id()).await.unwrap(), Some(first));
    assert_eq!(numbers(&store).await, [1]);
}

#[wasm_bindgen_test]
async fn a_connection_that_dies_every_time_is_given_up_after_three_new_ones() {
    let profile = id();
    let severed: Rc<Cell<u32>> = Rc::default();
    let store: Rc<std::cell::RefCell<Option<Store>>> = Rc::default();
    let (count, handle) = (severed.clone(), store.clone());
    let (opened, _) = Store::open(profile, seed(), move |event| {
        assert_eq!(event, StoreEvent::Reopened);
        count.set(count.get() + 1);
        if let Some(store) = handle.borrow().as_ref() {
            store.sever();
        }
    })
    .await
    .unwrap();
    store.replace(Some(opened.clone()));
    opened.sever();
    assert_eq!(
        opened.save(save(vec![new(&client("甲"))])).await.err(),
        Some(StoreError::Dead)
    );
    assert_eq!(severed.get(), 3);
    store.take();
    assert_eq!(
        opened.counts().await.unwrap().outbox,
        0,
        "and works again once the browser does"
    );
}

#[wasm_bindgen_test]
async fn facts_of_the_book_are_kept() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    assert_eq!(store.meta(MetaKey::LastBackupMs).await.unwrap(), None);
    store.set_meta(MetaKey::LastBackupMs, "123").await.unwrap();
    store.close();
    assert_eq!(
        book_of(profile)
            .await
            .0
            .meta(MetaKey::LastBackupMs)
            .await
            .unwrap()
            .as_deref(),
        Some("123")
    );
}

#[wasm_bindgen_test]
fn what_the_browser_throws_is_told_apart() {
    let of = |name: &str| {
        let thrown = web_sys::DomException::new_with_message_and_name("why", name).unwrap();
        StoreError::from(idb::Error::DomException(thrown.unchecked_into()))
    };
    assert_eq!(of("QuotaExceededError"), StoreError::QuotaExceeded);
    assert_eq!(
        of("ConstraintError"),
        StoreError::Aborted("ConstraintError: why".into())
    );
    assert!(matches!(of("NotFoundError"), StoreError::Corrupt { .. }));
    for dead in ["InvalidStateError", "UnknownError", "AbortError"] {
        assert!(matches!(of(dead), StoreError::Lost(_)), "{dead}");
    }
    assert!(matches!(of("SyntaxError"), StoreError::Js(_)));
}
