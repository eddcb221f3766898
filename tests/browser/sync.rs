//! The queue's way out and the feed's way in, against a small server in memory that keeps its word exactly.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json::value::RawValue;
use topfloor::domain::contact::{Phone, PhoneKind};
use topfloor::domain::id::Id;
use topfloor::domain::merge::lay;
use topfloor::domain::organisation::Organisation;
use topfloor::domain::outbox::{Action, Frozen};
use topfloor::domain::photo::Photo;
use topfloor::domain::queue::{Act, RowState};
use topfloor::domain::record::{AnyEntry, Created};
use topfloor::storage::{Answered, Cursor, Lease, Outgoing, Schema, Store, StoreError, Way};
use topfloor::wire::{Code, Limits, Outcome, PullAnswer, PushAnswer, PushResult, WireRecord};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

const OWN: &str = "u:self";

/// One feed. It merges by the shared rule, and forgets nothing unless a test restores it.
#[derive(Default, Clone)]
struct Server {
    records: BTreeMap<Id, WireRecord>,
    known: BTreeMap<Id, u64>,
    seq: u64,
}

impl Server {
    fn apply(&mut self, frozen: &Frozen) -> Outcome {
        if let Some(version) = self.known.get(&frozen.id) {
            return Outcome::Duplicate { version: *version };
        }
        let mutation = frozen.thaw().unwrap();
        let old = self.records.get(&mutation.record);
        let foreign = old.is_some_and(|old| old.version > mutation.base_version);
        let (body, deleted) = match &mutation.action {
            Action::Create { body, .. } | Action::Restore { body } => (body.clone(), false),
            Action::Edit { changes } => {
                let Some(old) = old else {
                    return Outcome::Rejected {
                        code: Code::UnknownRecord,
                        text: String::new(),
                    };
                };
                (lay(&json(old), changes).body, old.deleted)
            }
            Action::Delete => (old.map(json).unwrap_or_default(), true),
        };
        self.seq += 1;
        let record = wire(
            mutation.record,
            mutation.kind.as_str(),
            old.map_or(0, |old| old.version) + 1,
            self.seq,
            deleted,
            &body,
        );
        let outcome = Outcome::Applied {
            version: record.version,
            seq: self.seq,
            record: foreign.then(|| record.clone()),
            clashes: 0,
        };
        self.known.insert(frozen.id, record.version);
        self.records.insert(record.id, record);
        outcome
    }

    /// Another device's edit.
    fn edit(&mut self, id: Id, change: impl FnOnce(&mut Value)) {
        let old = &self.records[&id];
        let mut body = json(old);
        change(&mut body);
        self.seq += 1;
        let record = wire(id, &old.kind, old.version + 1, self.seq, old.deleted, &body);
        self.records.insert(id, record);
    }

    fn answer(&mut self, sent: &Outgoing) -> PushAnswer {
        let results = sent
            .rows
            .iter()
            .map(|(_, frozen)| PushResult {
                id: frozen.id,
                outcome: self.apply(frozen),
            })
            .collect();
        PushAnswer {
            batch: id(),
            generation: 1,
            results,
        }
    }

    fn page(&self, since: u64) -> PullAnswer {
        let mut records: Vec<_> = self
            .records
            .values()
            .filter(|record| record.seq > since)
            .cloned()
            .collect();
        records.sort_by_key(|record| record.seq);
        PullAnswer {
            scope: OWN.into(),
            generation: 1,
            epoch: 1,
            records,
            next: self.seq,
            more: false,
            last: self.seq,
            reset: false,
        }
    }
}

fn wire(id: Id, kind: &str, version: u64, seq: u64, deleted: bool, body: &Value) -> WireRecord {
    WireRecord {
        id,
        scope: OWN.into(),
        kind: kind.into(),
        schema: 1,
        version,
        seq,
        deleted,
        created: Created {
            at: at(1_000),
            device: Id::from_bits(8),
            user: None,
        },
        changed_ms: 5_000,
        body: RawValue::from_string(body.to_string()).unwrap(),
    }
}

fn json(record: &WireRecord) -> Value {
    serde_json::from_str(record.body.get()).unwrap()
}

async fn lease(store: &Store) -> Lease {
    store
        .take_lease(Id::from_bits(1), 1_000)
        .await
        .unwrap()
        .unwrap()
}

async fn next(store: &Store) -> Outgoing {
    store
        .next_batch(&BTreeSet::new(), &Limits::default())
        .await
        .unwrap()
}

/// One push of everything that may go.
async fn push(store: &Store, server: &mut Server) -> Answered {
    let sent = next(store).await;
    store.mark_sent(&sent).await.unwrap();
    let answer = server.answer(&sent);
    let lease = lease(store).await;
    store
        .take_answer(lease, &sent, &answer, 9_000)
        .await
        .unwrap()
}

async fn pull(store: &Store, server: &Server, since: u64) -> Vec<AnyEntry> {
    let lease = lease(store).await;
    let page = server.page(since);
    store
        .take_page(lease, &page, 0, 9_000)
        .await
        .unwrap()
        .entries
}

async fn body_of(store: &Store, id: Id) -> Organisation {
    organisation(&store.get(id).await.unwrap().unwrap())
}

async fn version_of(store: &Store, id: Id) -> u64 {
    store.get(id).await.unwrap().unwrap().envelope.version
}

#[wasm_bindgen_test]
async fn acknowledged_rows_leave_the_queue_and_their_records_get_the_servers_version() {
    let (store, mut server) = (book().await, Server::default());
    let (one, two) = (client("甲"), client("乙"));
    store.save(save(vec![new(&one), new(&two)])).await.unwrap();
    let answered = push(&store, &mut server).await;
    assert_eq!((answered.acknowledged, answered.outbox.count), (2, 0));
    assert_eq!(version_of(&store, one.id()).await, 1);
    assert!(next(&store).await.rows.is_empty());
    // A save after that goes on from the next number, and from that version.
    let edited = edited(&one, |body| body.name_en = "A".into());
    store.save(save(vec![change(&one, &edited)])).await.unwrap();
    let sent = next(&store).await;
    assert_eq!(sent.rows[0].0, 3);
    assert_eq!(sent.rows[0].1.thaw().unwrap().base_version, 1);
}

#[wasm_bindgen_test]
async fn without_an_answer_everything_stays_and_the_repeat_is_acknowledged_once() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    let sent = next(&store).await;
    store.mark_sent(&sent).await.unwrap();
    // The server applied it, and its answer was lost.
    server.answer(&sent);
    assert_eq!(numbers(&store).await, [1]);
    let rows = store.waiting_rows(None, 10).await.unwrap();
    assert_eq!(
        (&rows[0].act, &rows[0].state),
        (&Act::Create, &RowState::Sent)
    );

    let answered = push(&store, &mut server).await;
    assert_eq!((answered.acknowledged, answered.outbox.count), (1, 0));
    assert_eq!(server.records[&one.id()].version, 1);
    // Its version comes with the feed, because the repeat does not tell what the record holds.
    pull(&store, &server, 0).await;
    assert_eq!(version_of(&store, one.id()).await, 1);
}

#[wasm_bindgen_test]
async fn a_refused_row_stands_aside_with_its_reason_and_the_rest_goes_on() {
    let (store, mut server) = (book().await, Server::default());
    let (bad, good) = (client("甲"), client("乙"));
    store.save(save(vec![new(&bad), new(&good)])).await.unwrap();
    let sent = next(&store).await;
    let mut answer = server.answer(&sent);
    answer.results[0].outcome = Outcome::Rejected {
        code: Code::Invalid,
        text: "no name".into(),
    };
    let answered = store
        .take_answer(lease(&store).await, &sent, &answer, 9_000)
        .await
        .unwrap();
    assert_eq!(
        (
            answered.acknowledged,
            answered.refused,
            answered.outbox.count
        ),
        (1, 1, 0)
    );
    let refused = store.refused_rows().await.unwrap();
    assert_eq!(
        (refused[0].record, &refused[0].state),
        (
            bad.id(),
            &RowState::Refused {
                code: Code::Invalid,
                at_ms: 9_000
            }
        )
    );
    // Sent again it takes its old place; the record never left the device.
    let head = store.retry(&[refused[0].mutation]).await.unwrap();
    assert_eq!((head.count, numbers(&store).await), (1, vec![1]));
    assert!(store.refused_rows().await.unwrap().is_empty());
    assert_eq!(body_of(&store, bad.id()).await.name_zh, "甲");
}

#[wasm_bindgen_test]
async fn a_record_put_off_holds_back_what_follows_of_it_and_nothing_else() {
    let store = book().await;
    let (one, two) = (client("甲"), client("乙"));
    store.save(save(vec![new(&one)])).await.unwrap();
    store.save(save(vec![new(&two)])).await.unwrap();
    let again = edited(&one, |body| body.name_en = "A".into());
    store.save(save(vec![change(&one, &again)])).await.unwrap();
    let sent = next(&store).await;
    assert_eq!(sent.rows.len(), 3);
    let answer = PushAnswer {
        batch: id(),
        generation: 1,
        results: sent
            .rows
            .iter()
            .map(|(_, frozen)| PushResult {
                id: frozen.id,
                outcome: Outcome::Later {
                    code: Code::NoAccess,
                    after_s: 300,
                },
            })
            .collect(),
    };
    let answered = store
        .take_answer(lease(&store).await, &sent, &answer, 9_000)
        .await
        .unwrap();
    assert_eq!(answered.outbox.count, 3);
    assert_eq!(answered.put_off[0], (one.id(), Code::NoAccess, 300));
    let rest = store
        .next_batch(&[one.id()].into(), &Limits::default())
        .await
        .unwrap();
    let left: Vec<u64> = rest.rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(left, [2]);
}

#[wasm_bindgen_test]
async fn a_batch_keeps_to_the_limits_but_one_large_row_goes_alone() {
    let store = book().await;
    let writes = (0..5)
        .map(|n| {
            let mut entry = client("甲").downcast::<Organisation>().unwrap();
            entry.body.name_en = "x".repeat(1_000 * (n % 2) + 10);
            new(&entry.into_any())
        })
        .collect();
    store.save(save(writes)).await.unwrap();
    let limited = |mutations, batch| Limits {
        mutations,
        batch,
        ..Limits::default()
    };
    let count = async |limits: Limits| {
        let sent = store.next_batch(&BTreeSet::new(), &limits).await.unwrap();
        sent.rows.len()
    };
    assert_eq!(count(limited(3, 1_000_000)).await, 3);
    assert_eq!(count(limited(200, 100)).await, 1);
    assert_eq!(count(limited(200, 2_500)).await, 3);
}

#[wasm_bindgen_test]
async fn rows_of_an_unfinished_import_and_edits_of_what_no_server_knows_wait() {
    let store = book().await;
    let mut import = super::imports::import(1);
    store.put_import(&import).await.unwrap();
    super::imports::write(&store, &mut import, &[client("甲")]).await;
    assert!(next(&store).await.rows.is_empty());
    store.save(save(vec![new(&client("乙"))])).await.unwrap();
    assert_eq!(next(&store).await.rows.len(), 1);
    super::imports::commit(&store, &mut import).await;
    assert_eq!(next(&store).await.rows.len(), 2);

    // The demonstration portfolio is written without a queue row, so its edits have nothing to go to.
    let demo = book().await;
    let mut import = super::imports::import(1);
    let one = client("示範");
    demo.write_local_chunk(&import, vec![new(&one)])
        .await
        .unwrap();
    super::imports::commit(&demo, &mut import).await;
    let edited = edited(&one, |body| body.name_en = "Demo".into());
    demo.save(save(vec![change(&one, &edited)])).await.unwrap();
    assert_eq!(numbers(&demo).await.len(), 1);
    assert!(next(&demo).await.rows.is_empty());
}

#[wasm_bindgen_test]
async fn what_another_device_wrote_goes_under_what_waits_here() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    push(&store, &mut server).await;

    // Here a phone, there an English name.
    let mine = edited(&one, |body| {
        body.phones.push(Phone {
            id: id(),
            kind: PhoneKind::Mobile,
            number: "+85221234567".into(),
        });
    });
    store.save(save(vec![change(&one, &mine)])).await.unwrap();
    server.edit(one.id(), |body| body["name_en"] = "Jia".into());
    pull(&store, &server, 1).await;
    let both = body_of(&store, one.id()).await;
    assert_eq!((both.name_en.as_str(), both.phones.len()), ("Jia", 1));
    assert_eq!(numbers(&store).await, [2]);
    assert_eq!(version_of(&store, one.id()).await, 2);

    push(&store, &mut server).await;
    assert_eq!(body_of(&store, one.id()).await, both);
    assert_eq!(
        serde_json::from_value::<Organisation>(json(&server.records[&one.id()])).unwrap(),
        both
    );
    // Its own change coming back changes nothing.
    assert!(pull(&store, &server, 0).await.is_empty());
}

#[wasm_bindgen_test]
async fn an_answer_that_brings_the_record_keeps_what_was_written_meanwhile() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    push(&store, &mut server).await;
    let first = edited(&one, |body| body.name_en = "First".into());
    store.save(save(vec![change(&one, &first)])).await.unwrap();
    let sent = next(&store).await;
    store.mark_sent(&sent).await.unwrap();
    // While the request is on its way: an edit here, and one on another device.
    let second = edited(&first, |body| body.segment = "smb".into());
    store
        .save(save(vec![change(&first, &second)]))
        .await
        .unwrap();
    server.edit(one.id(), |body| body["industry"] = "trade".into());
    let answer = server.answer(&sent);
    let answered = store
        .take_answer(lease(&store).await, &sent, &answer, 9_000)
        .await
        .unwrap();
    assert_eq!(answered.outbox.count, 1);
    let here = body_of(&store, one.id()).await;
    assert_eq!(
        (
            here.name_en.as_str(),
            here.segment.as_str(),
            here.industry.as_str()
        ),
        ("First", "smb", "trade")
    );
    push(&store, &mut server).await;
    assert_eq!(
        serde_json::from_value::<Organisation>(json(&server.records[&one.id()])).unwrap(),
        here
    );
}

#[wasm_bindgen_test]
async fn a_dropped_row_goes_back_to_what_the_server_holds_and_comes_back_from_the_bin() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    push(&store, &mut server).await;
    let wrong = edited(&one, |body| body.name_zh = "錯".into());
    let write = change(&one, &wrong);
    let mutation = write.mutation;
    store.save(save(vec![write])).await.unwrap();
    let more = edited(&wrong, |body| body.name_en = "More".into());
    store.save(save(vec![change(&wrong, &more)])).await.unwrap();
    // Another device's name came meanwhile: that is what the server holds.
    server.edit(one.id(), |body| body["name_zh"] = "他".into());
    pull(&store, &server, 1).await;

    let dropped = store.drop_queued(mutation, 9_000).await.unwrap();
    assert_eq!(dropped.outbox.count, 1);
    let here = body_of(&store, one.id()).await;
    assert_eq!(
        (here.name_zh.as_str(), here.name_en.as_str()),
        ("他", "More")
    );

    let back = store.undrop(mutation).await.unwrap();
    assert_eq!((back.outbox.count, numbers(&store).await), (2, vec![2, 3]));
    assert_eq!(body_of(&store, one.id()).await.name_zh, "錯");
}

#[wasm_bindgen_test]
async fn dropping_the_row_that_made_a_record_takes_the_record_with_it() {
    let store = book().await;
    let one = client("甲");
    let write = new(&one);
    let mutation = write.mutation;
    store.save(save(vec![write])).await.unwrap();
    let dropped = store.drop_queued(mutation, 9_000).await.unwrap();
    assert_eq!((dropped.gone, dropped.outbox.count), (Some(one.id()), 0));
    assert_eq!(store.get(one.id()).await.unwrap(), None);
    store.undrop(mutation).await.unwrap();
    assert_eq!(body_of(&store, one.id()).await.name_zh, "甲");
    assert_eq!(numbers(&store).await, [1]);
}

#[wasm_bindgen_test]
async fn a_restored_server_gets_again_what_it_lost_and_its_word_goes_over_the_rest() {
    let (store, mut server) = (book().await, Server::default());
    let (kept, lost) = (client("甲"), client("乙"));
    store.save(save(vec![new(&kept)])).await.unwrap();
    push(&store, &mut server).await;
    let backup = server.clone();
    let newer = edited(&kept, |body| body.name_en = "Newer".into());
    store.save(save(vec![change(&kept, &newer)])).await.unwrap();
    store.save(save(vec![new(&lost)])).await.unwrap();
    push(&store, &mut server).await;
    let lease_of = lease(&store).await;
    store
        .take_page(lease_of, &server.page(0), 0, 9_000)
        .await
        .unwrap();

    let mut server = backup;
    let again = store.meet_generation(lease_of, 2, &[(1, 1)]).await.unwrap();
    assert_eq!((again, numbers(&store).await), (2, vec![2, 3]));
    assert_eq!(store.head().await.unwrap().generation, 2);
    let cursors = store.cursors().await.unwrap();
    assert!(
        cursors
            .iter()
            .all(|cursor| cursor.since == 0 && cursor.force_until > 0)
    );
    push(&store, &mut server).await;
    let taken = store
        .take_page(lease_of, &server.page(0), u64::from(u32::MAX), 9_000)
        .await
        .unwrap();
    assert_eq!(taken.entries.len(), 2);
    assert_eq!(body_of(&store, kept.id()).await.name_en, "Newer");
    assert_eq!(body_of(&store, lost.id()).await.name_zh, "乙");
    assert_eq!(server.records.len(), 2);
}

#[wasm_bindgen_test]
async fn a_tab_that_slept_through_its_lease_changes_nothing() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    let sent = next(&store).await;
    let answer = server.answer(&sent);
    let (slept, awake) = (Id::from_bits(1), Id::from_bits(2));
    let old = store.take_lease(slept, 1_000).await.unwrap().unwrap();
    assert_eq!(store.take_lease(awake, 2_000).await.unwrap(), None);
    // Renewed it is the same; after its time another tab takes it.
    assert_eq!(store.take_lease(slept, 2_000).await.unwrap(), Some(old));
    let newer = store.take_lease(awake, 60_000).await.unwrap().unwrap();
    let late = store.take_answer(old, &sent, &answer, 60_000).await;
    assert!(matches!(late, Err(StoreError::LeaseLost)));
    assert_eq!(numbers(&store).await, [1]);
    let page = store.take_page(old, &server.page(0), 0, 60_000).await;
    assert!(matches!(page, Err(StoreError::LeaseLost)));

    store
        .take_answer(newer, &sent, &answer, 60_000)
        .await
        .unwrap();
    assert!(numbers(&store).await.is_empty());
    // A lease that is given back, or lies in the future of a clock that was set back, is not waited for.
    store.end_lease(awake).await.unwrap();
    assert!(store.take_lease(slept, 60_001).await.unwrap().is_some());
    assert!(store.take_lease(awake, 1_000).await.unwrap().is_some());
}

#[wasm_bindgen_test]
async fn a_record_of_tomorrow_is_kept_and_taken_in_by_the_build_that_knows_it() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let mut server = Server::default();
    let (known, poison) = (id(), id());
    server.seq = 3;
    for (n, (id, kind, body)) in [
        (id(), "ledger_entry", serde_json::json!({"amount": 5})),
        (poison, "organisation", serde_json::json!({"name_zh": 5})),
        (known, "organisation", serde_json::json!({"name_zh": "甲"})),
    ]
    .into_iter()
    .enumerate()
    {
        let record = wire(id, kind, 1, n as u64 + 1, false, &body);
        server.records.insert(id, record);
    }
    let lease = lease(&store).await;
    let taken = store
        .take_page(lease, &server.page(0), 0, 9_000)
        .await
        .unwrap();
    assert_eq!((taken.entries.len(), taken.unknown), (1, 2));
    assert_eq!(store.cursors().await.unwrap()[0].since, 3);
    assert_eq!(rows(profile, "unknown").await.len(), 2);
    assert_eq!(store.replay_unknown().await.unwrap(), 0);

    // What was unreadable is readable to this build: as after an update.
    let row = rows(profile, "unknown").await;
    let aside = row
        .iter()
        .find(|row| get(row, "id").as_string() == Some(poison.to_string()))
        .unwrap();
    let whole = serde_json::to_vec(&wire(
        poison,
        "organisation",
        1,
        2,
        false,
        &serde_json::json!({"name_zh": "乙"}),
    ))
    .unwrap();
    set(aside, "body", js_sys::Uint8Array::from(whole.as_slice()));
    put(profile, "unknown", aside).await;
    assert_eq!(store.replay_unknown().await.unwrap(), 1);
    assert_eq!(body_of(&store, poison).await.name_zh, "乙");
    assert_eq!(rows(profile, "unknown").await.len(), 1);
}

#[wasm_bindgen_test]
async fn an_erased_record_is_erased_here_too() {
    let (store, mut server) = (book().await, Server::default());
    let one = client("甲");
    store.save(save(vec![new(&one)])).await.unwrap();
    push(&store, &mut server).await;
    server.seq += 1;
    let erased = wire(one.id(), "organisation", 2, server.seq, true, &Value::Null);
    server.records.insert(one.id(), erased);
    let lease = lease(&store).await;
    let taken = store
        .take_page(lease, &server.page(1), 0, 9_000)
        .await
        .unwrap();
    assert_eq!(taken.erased, [one.id()]);
    assert_eq!(store.get(one.id()).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn pictures_are_on_their_way_from_the_save_that_names_them() {
    let store = book().await;
    let digest = "ab".repeat(32);
    let mut entry = note(id(), "with a picture")
        .downcast::<topfloor::domain::note::Note>()
        .unwrap();
    entry.body.photos.push(Photo {
        id: id(),
        blob: digest.clone(),
        bytes: 3,
        width: 1,
        height: 1,
        added: at(1),
    });
    let mut act = save(vec![new(&entry.into_any())]);
    act.blobs = vec![(digest.clone(), vec![1, 2, 3])];
    store.save(act).await.unwrap();
    let none = BTreeSet::new();
    let up = store.waiting_pictures(Way::Up, &none, 9).await.unwrap();
    assert_eq!(up, std::slice::from_ref(&digest));
    store.picture_sent(&digest).await.unwrap();
    assert_eq!(store.transfers().await.unwrap().up, 0);

    // On the other device it is missing, and fetched.
    let (other, mut server) = (book().await, Server::default());
    push(&store, &mut server).await;
    pull(&other, &server, 0).await;
    let down = other.waiting_pictures(Way::Down, &none, 9).await.unwrap();
    assert_eq!(down, std::slice::from_ref(&digest));
    other.take_picture(&digest, &[1, 2, 3]).await.unwrap();
    assert_eq!(other.transfers().await.unwrap().down, 0);
    assert_eq!(other.blob(&digest).await.unwrap(), Some(vec![1, 2, 3]));
}

#[wasm_bindgen_test]
async fn a_tower_that_may_no_longer_be_seen_goes_once_nothing_of_it_waits() {
    use topfloor::domain::canvass::building::Building;
    let (store, mut server) = (book().await, Server::default());
    let building = {
        let mut entry = entry(Building {
            name_zh: "樓".into(),
            ..Building::default()
        });
        entry.envelope.scope = entry.body.scope(entry.id());
        entry
    };
    let scope = building.envelope.scope.0.clone();
    store.save(save(vec![new(&building)])).await.unwrap();
    push(&store, &mut server).await;
    let at_seq = Cursor {
        scope: scope.clone(),
        since: 1,
        epoch: 1,
        force_until: 0,
    };
    let lease = lease(&store).await;
    store.restart_feed(lease, &at_seq).await.unwrap();

    let mut renamed = building.clone().downcast::<Building>().unwrap();
    renamed.body.name_en = "Tower".into();
    let renamed = renamed.into_any();
    store
        .save(save(vec![change(&building, &renamed)]))
        .await
        .unwrap();
    assert_eq!(store.leave_feed(lease, &scope).await.unwrap(), 1);
    assert!(store.get(building.id()).await.unwrap().is_some());
    push(&store, &mut server).await;
    assert_eq!(store.leave_feed(lease, &scope).await.unwrap(), 0);
    assert_eq!(store.get(building.id()).await.unwrap(), None);
    assert!(store.cursors().await.unwrap().is_empty());
}

/// Fault 7: an upgrade with a full queue loses no store, index or row.
#[wasm_bindgen_test]
async fn a_book_of_the_first_layout_is_synced_after_the_upgrade() {
    let profile = id();
    let mut first = Schema::current();
    first.version = 1;
    first
        .stores
        .retain(|store| !["receipts", "refused", "transfers", "cursors"].contains(&store.name));
    let opening = topfloor::storage::Opening {
        schema: first,
        ..topfloor::storage::Opening::default()
    };
    let (old, _, _) = watched(profile, opening).await;
    let one = client("甲");
    old.save(save(vec![new(&one)])).await.unwrap();
    old.close();

    let (store, head) = book_of(profile).await;
    assert_eq!((head.schema, head.outbox.count), (2, 1));
    let mut server = Server::default();
    assert_eq!(push(&store, &mut server).await.acknowledged, 1);
    assert_eq!(version_of(&store, one.id()).await, 1);
}
