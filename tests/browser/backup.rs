//! The whole book out, and in again: merged, never wiped.

use topfloor::domain::consent::Suppression;
use topfloor::domain::id::Id;
use topfloor::domain::import::{Import, Phase, Target};
use topfloor::domain::lead::{Lead, LeadBody};
use topfloor::domain::record::{AnyEntry, Kind};
use topfloor::storage::{BackupRow, BackupStore, Restored, Save, Store};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

async fn export(store: &Store) -> Vec<BackupRow> {
    let mut rows = Vec::new();
    for part in BackupStore::ALL {
        let mut after: Option<String> = None;
        loop {
            let chunk = store.export_chunk(part, after.as_deref(), 2).await.unwrap();
            rows.extend(chunk.rows);
            after = chunk.next;
            if after.is_none() {
                break;
            }
        }
    }
    rows
}

async fn restore(store: &Store, rows: &[BackupRow]) -> Restored {
    let mut total = Restored::default();
    for chunk in rows.chunks(3) {
        let restored = store
            .restore_chunk(chunk, &at(9_000), &mut id)
            .await
            .unwrap();
        total.added += restored.added;
        total.updated += restored.updated;
        total.kept += restored.kept;
        total.refused += restored.refused;
    }
    total
}

/// A book with something of everything.
async fn full() -> (Store, AnyEntry, AnyEntry) {
    let store = book().await;
    let firm = client("甲公司");
    let branch = edited(&client("乙公司"), |body| body.parent = Some(firm.id()));
    let remark = note(firm.id(), "一句話 🏙");
    let list = {
        let mut list = Suppression {
            salt: "salt".into(),
            ..Suppression::default()
        };
        list.add("+85255550101");
        list
    };
    store
        .save(Save {
            writes: vec![new(&firm), new(&branch), new(&remark)],
            blobs: vec![("ab".repeat(32), vec![0, 1, 255])],
            suppression: Some(list),
            ..Save::default()
        })
        .await
        .unwrap();
    store.put_draft("note/new", "half", 5).await.unwrap();
    let import = Import {
        id: id(),
        target: Target::Clients,
        phase: Phase::Writing,
        file_name: "directory.csv".into(),
        at: at(1),
        total: 3,
        done: 1,
        plan: "the plan".into(),
        counts: Default::default(),
    };
    let lead = Lead {
        id: id(),
        import: import.id,
        organisation: None,
        body: LeadBody::default(),
    };
    let filled = edited(&branch, |body| body.industry = "shipping".into());
    store.put_import(&import).await.unwrap();
    store
        .write_chunk(&import, vec![change(&branch, &filled)], vec![lead])
        .await
        .unwrap();
    (store, firm, filled)
}

fn sorted(mut rows: Vec<BackupRow>) -> Vec<String> {
    rows.iter_mut().for_each(|row| {
        if let BackupRow::Queued { number, .. } = row {
            *number = 0;
        }
    });
    let mut rows: Vec<_> = rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

#[wasm_bindgen_test]
async fn a_backup_restored_into_an_empty_book_is_that_book() {
    let (store, firm, _) = full().await;
    let backup = export(&store).await;
    let empty = book().await;
    let restored = restore(&empty, &backup).await;
    assert_eq!(
        (restored.added as usize, restored.updated, restored.refused),
        (backup.len(), 0, 0)
    );
    assert_eq!(sorted(export(&empty).await), sorted(backup.clone()));
    assert_eq!(empty.linked(firm.id()).await.unwrap().entries.len(), 2);
    assert_eq!(empty.head().await.unwrap().outbox.count, 4);
    assert!(
        empty
            .head()
            .await
            .unwrap()
            .suppression
            .holds("+85255550101")
    );
    let unfinished = empty.head().await.unwrap().imports[0].id;
    assert_eq!(
        empty.import(unfinished).await.unwrap().unwrap().plan,
        "the plan"
    );

    let again = restore(&empty, &backup).await;
    assert_eq!(
        (again.added, again.updated),
        (0, 0),
        "a second time changes nothing"
    );
    assert_eq!(numbers(&empty).await, [1, 2, 3, 4]);
}

#[wasm_bindgen_test]
async fn a_restore_takes_the_later_change_and_wipes_nothing() {
    let (store, firm, other) = full().await;
    let backup = export(&store).await;

    // Since the backup: one record changed, one new, one note more.
    let mine = edited(&firm, |body| body.remark = "since the backup".into());
    let since = client("since");
    store
        .save(save(vec![
            change(&firm, &mine),
            new(&since),
            new(&note(firm.id(), "later")),
        ]))
        .await
        .unwrap();
    // And the backup's copy of the other one is later than ours.
    let later: Vec<_> = backup
        .into_iter()
        .map(|row| match row {
            BackupRow::Record(mut record) if record.envelope.id == other.id() => {
                let newer = edited(&other, |body| body.remark = "in the backup".into());
                record.envelope.changed_ms = 99_000;
                record.body = serde_json::to_vec(&newer.body.to_json().unwrap()).unwrap();
                BackupRow::Record(record)
            }
            row => row,
        })
        .collect();
    let restored = restore(&store, &later).await;
    assert_eq!(
        (restored.added, restored.updated, restored.refused),
        (0, 1, 0)
    );
    let remark = async |id: Id| organisation(&store.get(id).await.unwrap().unwrap()).remark;
    assert_eq!(remark(firm.id()).await, "since the backup");
    assert_eq!(remark(other.id()).await, "in the backup");
    assert_eq!(
        store
            .page(Kind::Organisation, None, 10)
            .await
            .unwrap()
            .loaded
            .entries
            .len(),
        3
    );
    assert_eq!(store.linked(firm.id()).await.unwrap().entries.len(), 3);
    assert_eq!(
        numbers(&store).await,
        (1..=8).collect::<Vec<_>>(),
        "the update is told to the server"
    );
}

#[wasm_bindgen_test]
async fn a_list_of_another_book_is_kept_beside_ours() {
    let (store, _, _) = full().await;
    let mut foreign = Suppression {
        salt: "pepper".into(),
        ..Suppression::default()
    };
    foreign.add("+85255550102");
    let rows = [BackupRow::Lists {
        own: foreign,
        others: Vec::new(),
    }];
    assert_eq!(restore(&store, &rows).await.added, 1);
    assert_eq!(restore(&store, &rows).await.kept, 1);
    let head = store.head().await.unwrap();
    assert!(head.suppression.holds("+85255550101"));
    assert!(head.restored_suppressions[0].holds("+85255550102"));
}

#[wasm_bindgen_test]
async fn a_record_of_an_unknown_kind_travels_and_a_damaged_one_is_refused() {
    let (store, _, _) = full().await;
    let backup = export(&store).await;
    let record = backup.iter().find_map(|row| {
        if let BackupRow::Record(row) = row {
            Some(row.clone())
        } else {
            None
        }
    });
    let mut unknown = record.unwrap();
    unknown.envelope.id = id();
    let mut damaged = unknown.clone();
    damaged.envelope.id = id();
    damaged.body = b"{broken".to_vec();
    unknown.kind = "ledger_entry".into();
    let restored = restore(
        &store,
        &[
            BackupRow::Record(unknown.clone()),
            BackupRow::Record(damaged),
        ],
    )
    .await;
    assert_eq!((restored.added, restored.refused), (1, 1));
    assert_eq!(store.counts().await.unwrap().unknown, 1);
    assert!(export(&store).await.contains(&BackupRow::Record(unknown)));
}
