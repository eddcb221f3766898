//! Everything unsent out in a sealed file, and in again: into a fresh book, twice, and over what a server said meanwhile.

use sha2::{Digest, Sha256};
use topfloor::domain::id::Id;
use topfloor::domain::note::Note;
use topfloor::domain::photo::Photo;
use topfloor::domain::record::AnyEntry;
use topfloor::exchange::rescue::RescueError;
use topfloor::state::rescue::{RescueFault, TakenIn, make_rescue, open_rescue, take_rescue_into};
use topfloor::storage::{Save, Store};
use topfloor::wire::{Code, PullAnswer, WireRecord};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

const PASSPHRASE: &str = "rain over Kowloon 1947";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A client, a note with a picture, 18 notes more: 20 rows. The last is refused. And a draft.
async fn full() -> (Store, AnyEntry, AnyEntry) {
    let store = book().await;
    let firm = client("甲公司");
    let picture = b"\xff\xd8 a picture".to_vec();
    let digest = hex(&Sha256::digest(&picture));
    let photo = Photo {
        id: id(),
        blob: digest.clone(),
        bytes: 12,
        width: 4,
        height: 3,
        added: at(1_000),
    };
    let mut pictured = note(firm.id(), "一句話 🏙").downcast::<Note>().unwrap();
    pictured.body.photos.push(photo);
    let pictured = pictured.into_any();
    let mut writes = vec![new(&firm), new(&pictured)];
    for n in 0..18 {
        writes.push(new(&note(firm.id(), &format!("note {n}"))));
    }
    let refused = writes.last().unwrap().mutation;
    let save = Save {
        writes,
        blobs: vec![(digest, picture)],
        ..Save::default()
    };
    store.save(save).await.unwrap();
    store
        .refuse_here(refused, Code::Invalid, 9_000)
        .await
        .unwrap();
    store.put_draft("note/new", "half", 5).await.unwrap();
    (store, firm, pictured)
}

async fn sealed(store: &Store) -> Vec<u8> {
    let file = make_rescue(store, PASSPHRASE, |_, _| {}).await.unwrap();
    assert_eq!(file.unreadable, 0);
    file.bytes.to_vec()
}

async fn take(store: &Store, file: &[u8]) -> TakenIn {
    let opened = open_rescue(store, file, PASSPHRASE).await.unwrap();
    take_rescue_into(store, &opened, |_, _| {}).await.unwrap()
}

/// Ids of the queue, in order.
async fn mutations(store: &Store) -> Vec<Id> {
    let page = store.outbox_page(None, 10_000).await.unwrap();
    page.rows.iter().map(|(_, frozen)| frozen.id).collect()
}

#[wasm_bindgen_test]
async fn a_fresh_book_gets_everything_once() {
    let (store, firm, pictured) = full().await;
    let plan = store.rescue_plan().await.unwrap();
    assert_eq!(
        (plan.waiting, plan.refused, plan.pictures, plan.drafts),
        (19, 1, 1, 1)
    );
    assert_eq!(plan.oldest_ms, Some(1_000));
    let file = sealed(&store).await;
    assert!(
        !String::from_utf8_lossy(&file).contains("note 3"),
        "nothing that was written is in clear"
    );

    let fresh = book().await;
    let opened = open_rescue(&fresh, &file, PASSPHRASE).await.unwrap();
    assert_eq!((opened.changes.len(), opened.known), (20, 0));
    assert_eq!((opened.header.rows, opened.header.pictures), (20, 1));
    assert!(!opened.own);
    let taken = take(&fresh, &file).await;
    assert_eq!(
        taken,
        TakenIn {
            changes: 20,
            pictures: 1,
            drafts: 1,
            ..TakenIn::default()
        }
    );
    let mut expected = mutations(&store).await;
    expected.extend(
        store
            .refused_rows()
            .await
            .unwrap()
            .iter()
            .map(|row| row.mutation),
    );
    assert_eq!(mutations(&fresh).await, expected, "under their own ids");
    assert_eq!(numbers(&fresh).await, (1..=20).collect::<Vec<_>>());
    assert_eq!(fresh.linked(firm.id()).await.unwrap().entries.len(), 19);
    let there = fresh.get(pictured.id()).await.unwrap().unwrap();
    assert_eq!(there, pictured);
    let digest = there.body.blobs()[0].to_owned();
    assert!(fresh.blob(&digest).await.unwrap().is_some());
    assert_eq!(fresh.transfers().await.unwrap().up, 1);
    assert_eq!(fresh.draft("note/new").await.unwrap().unwrap().text, "half");

    let again = take(&fresh, &file).await;
    assert_eq!((again.changes, again.pictures, again.drafts), (0, 0, 0));
    assert_eq!(again.kept, 22);
    assert_eq!(numbers(&fresh).await, (1..=20).collect::<Vec<_>>());
    assert_eq!(fresh.linked(firm.id()).await.unwrap().entries.len(), 19);
}

#[wasm_bindgen_test]
async fn the_book_it_came_from_is_left_as_it_is() {
    let (store, _, _) = full().await;
    let file = sealed(&store).await;
    let before = mutations(&store).await;
    let opened = open_rescue(&store, &file, PASSPHRASE).await.unwrap();
    assert_eq!((opened.own, opened.known), (true, 20));
    let taken = take(&store, &file).await;
    assert_eq!((taken.changes, taken.pictures, taken.drafts), (0, 0, 0));
    assert_eq!(mutations(&store).await, before);
    assert_eq!(store.refused_count().await.unwrap(), 1);
}

#[wasm_bindgen_test]
async fn a_wrong_passphrase_or_a_damaged_file_changes_nothing() {
    let (store, firm, _) = full().await;
    let file = sealed(&store).await;
    let fresh = book().await;
    let fault = async |file: &[u8], passphrase: &str| {
        open_rescue(&fresh, file, passphrase).await.unwrap_err()
    };
    let closed = RescueFault::Refused(RescueError::Closed);
    assert_eq!(fault(&file, "rain over Kowloon 1948").await, closed);
    let mut bent = file.clone();
    *bent.last_mut().unwrap() ^= 1;
    assert_eq!(fault(&bent, PASSPHRASE).await, closed);
    assert_eq!(
        fault(&file[..file.len() - 1], PASSPHRASE).await,
        RescueFault::Refused(RescueError::Cut)
    );
    assert!(mutations(&fresh).await.is_empty());
    assert!(fresh.get(firm.id()).await.unwrap().is_none());
    assert!(fresh.drafts().await.unwrap().is_empty());
}

/// The other device holds a newer copy of the server's: only what the file's changes say goes over it.
#[wasm_bindgen_test]
async fn a_change_is_laid_over_what_the_server_said_meanwhile() {
    let store = book().await;
    let firm = client("甲公司");
    let told = edited(&firm, |body| body.remark = "mine".into());
    pull(&store, &firm, 1, 1).await;
    let held = store.get(firm.id()).await.unwrap().unwrap();
    let mut written = told.clone();
    written.envelope.version = 1;
    store
        .save(save(vec![change(&held, &written)]))
        .await
        .unwrap();
    let file = sealed(&store).await;

    let other = book().await;
    let newer = edited(&firm, |body| body.industry = "shipping".into());
    pull(&other, &newer, 2, 2).await;
    assert_eq!(take(&other, &file).await.changes, 1);
    let merged = organisation(&other.get(firm.id()).await.unwrap().unwrap());
    assert_eq!(
        (merged.remark.as_str(), merged.industry.as_str()),
        ("mine", "shipping")
    );
    assert_eq!(mutations(&other).await, mutations(&store).await);

    // Dropping it goes back to the server's word.
    let mutation = mutations(&other).await[0];
    other.drop_queued(mutation, 10_000).await.unwrap();
    let back = organisation(&other.get(firm.id()).await.unwrap().unwrap());
    assert_eq!(
        (back.remark.as_str(), back.industry.as_str()),
        ("", "shipping")
    );
}

async fn pull(store: &Store, entry: &AnyEntry, version: u64, seq: u64) {
    let lease = store.take_lease(id(), None, 1_000).await.unwrap().unwrap();
    let record = WireRecord {
        id: entry.id(),
        scope: entry.envelope.scope.0.clone(),
        kind: entry.body.kind().as_str().to_owned(),
        schema: 1,
        version,
        seq,
        deleted: false,
        created: entry.envelope.created.clone(),
        changed_ms: entry.envelope.changed_ms,
        body: serde_json::value::to_raw_value(&entry.body.to_json().unwrap()).unwrap(),
    };
    let page = PullAnswer {
        scope: entry.envelope.scope.0.clone(),
        generation: 1,
        epoch: 1,
        records: vec![record],
        next: seq,
        more: false,
        last: seq,
        reset: false,
    };
    store.take_page(lease, &page, 0, 1_000).await.unwrap();
}
