//! The common suite on SQLite, and what only a file can get wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest, Sha256};
use topfloor::domain::consent::hex;

use super::Sqlite;
use super::writer::Writer;
use crate::store::suite::{
    self, NOW, applied, assert_later, create, edit, id, org, phone, set, sound, store_suite, two,
    user,
};
use crate::store::{BlobState, Store, StoreError};

mod files;

store_suite!(super::fresh);

/// A folder that goes with the test.
struct Temp(PathBuf);

impl Temp {
    fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("topfloor-store-{}-{n}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fresh(case: fn(&dyn Store)) {
    let temp = Temp::new();
    case(&open(&temp.0));
}

fn open(folder: &Path) -> Sqlite {
    Sqlite::open(folder, NOW).unwrap()
}

/// Everything the feed and the lists tell, to compare two stores by.
fn told(store: &dyn Store) -> String {
    let accounts = store.accounts().unwrap();
    let feeds: Vec<_> = accounts
        .iter()
        .map(|account| {
            let devices = store.devices(account.user.id).unwrap();
            let held: Vec<_> = devices
                .iter()
                .map(|device| store.held(device.id).unwrap())
                .collect();
            let page = match store.pull(account.user.id, "u:self", 0, 1000).unwrap() {
                crate::store::Pull::Page(page) => format!("{:?}", page.records),
                crate::store::Pull::NoAccess => String::new(),
            };
            format!("{devices:?} {held:?} {page}")
        })
        .collect();
    format!("{accounts:?} {feeds:?}")
}

fn picture() -> (Vec<u8>, String) {
    let bytes = vec![3; 5000];
    let digest = hex(&Sha256::digest(&bytes));
    (bytes, digest)
}

#[test]
fn reopening_keeps_everything() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let (mine, other) = two(&store);
    let record = id();
    let sent = mine.incoming(&create(record, org("甲")));
    mine.send(std::slice::from_ref(&sent));
    mine.push(&edit(
        record,
        1,
        vec![set("name_zh", json!("甲"), json!("乙"))],
    ));
    other.push(&edit(
        record,
        1,
        vec![set("name_zh", json!("甲"), json!("丙"))],
    ));
    let (bytes, digest) = picture();
    let device = mine.device.clone();
    store
        .put_blob(&device, &digest, 5000, 0, &bytes[..100], NOW)
        .unwrap();
    let before = told(&store);
    drop(store);
    // Nothing is left in the log: the file alone is the database.
    assert!(!temp.at("topfloor.db-wal").exists());

    let store = Sqlite::open(&temp.0, NOW + 99).unwrap();
    assert_eq!(store.generation().unwrap(), NOW as u64);
    assert_eq!(told(&store), before);
    assert_eq!(store.blob_state(&digest).unwrap(), BlobState::Partial(100));
    let again = store.apply(&device, &[sent], NOW).unwrap();
    assert!(matches!(
        again[0].outcome,
        topfloor::wire::Outcome::Duplicate { version: 1 }
    ));
    sound(&store);
}

#[test]
fn eight_threads_lose_nothing() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let mei = user(&store, "mei");
    let phones: Vec<_> = (0..8)
        .map(|n| phone(&store, &mei, &n.to_string()))
        .collect();
    std::thread::scope(|threads| {
        for phone in &phones {
            threads.spawn(move || {
                for _ in 0..50 {
                    applied(&phone.push(&create(id(), org("甲"))));
                }
            });
        }
    });
    let seqs: Vec<_> = phones[0].all().iter().map(|record| record.seq).collect();
    assert_eq!(seqs, (1..=400).collect::<Vec<_>>());
    for phone in &phones {
        assert_eq!(store.held(phone.device.id).unwrap(), [(1, 50)]);
    }
    assert_eq!(store.check().unwrap().mutations, 400);
    sound(&store);
}

#[test]
fn a_job_that_fails_or_panics_takes_no_other_with_it() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE t (n INTEGER UNIQUE)")
        .unwrap();
    let writer = Writer::start(db).unwrap();
    let add = |n: i64, fail: bool| {
        writer.write(move |db| {
            db.execute("INSERT INTO t VALUES (?1)", [n])?;
            assert!(n != 13);
            if fail {
                return Err(StoreError::Damaged("asked to".into()));
            }
            Ok(())
        })
    };
    std::thread::scope(|threads| {
        for n in 0..40 {
            threads.spawn(move || assert_eq!(add(n, n % 4 == 0).is_ok(), n % 4 != 0 && n != 13));
        }
    });
    let kept: i64 = writer
        .write(|db| Ok(db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(kept, 29);
}

#[test]
fn a_commit_that_fails_is_told_to_every_job() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "PRAGMA foreign_keys = ON; CREATE TABLE a (n INTEGER PRIMARY KEY);
         CREATE TABLE b (n INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED)",
    )
    .unwrap();
    let writer = Writer::start(db).unwrap();
    let failed = writer.write(|db| Ok(db.execute("INSERT INTO b VALUES (1)", [])?));
    assert!(matches!(failed, Err(StoreError::Database(_))));
    // The next transaction starts clean.
    writer
        .write(|db| Ok(db.execute("INSERT INTO a VALUES (1)", [])?))
        .unwrap();
    let rows = |table: &'static str| {
        writer.write(move |db| {
            let sql = format!("SELECT count(*) FROM {table}");
            Ok(db.query_row(&sql, [], |row| row.get::<_, i64>(0))?)
        })
    };
    assert_eq!((rows("a").unwrap(), rows("b").unwrap()), (1, 0));
}

#[test]
fn a_full_disk_is_unwritable_and_reading_goes_on() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let (phone, _) = two(&store);
    let full = |db: &Connection| -> crate::store::Result<()> {
        let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
        db.pragma_query_value(None, "max_page_count", |_| Ok(()))?;
        db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    };
    store.writer.write(full).unwrap();
    let mut body = org("甲");
    body["remark"] = json!("x".repeat(200_000));
    let big = phone.incoming(&create(id(), body));
    let result = store.apply(&phone.device, std::slice::from_ref(&big), NOW);
    assert!(
        matches!(result, Err(StoreError::Unwritable(_))),
        "{result:?}"
    );
    assert!(phone.all().is_empty());
    store
        .writer
        .write(|db| Ok(db.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()))?))
        .unwrap();
    applied(&phone.send(&[big])[0]);
    sound(&store);
}

#[test]
fn seen_is_kept_to_the_minute() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let (phone, _) = two(&store);
    let token = suite::token(phone.device.id);
    let seen = || store.device(phone.device.id).unwrap().unwrap().seen_ms;
    store.device_of_token(&token, NOW + 59_999).unwrap();
    store.writer.write(|_| Ok(())).unwrap();
    assert_eq!(seen(), NOW);
    store.device_of_token(&token, NOW + 60_000).unwrap();
    store.writer.write(|_| Ok(())).unwrap();
    assert_eq!(seen(), NOW + 60_000);
}

#[test]
fn a_page_is_found_by_its_place() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let plan = store
        .readers
        .read(|db| {
            let mut query = db.prepare(&format!("EXPLAIN QUERY PLAN {}", super::feed::PAGE))?;
            let lines = query.query_map([1, 0, 500], |row| row.get::<_, String>(3))?;
            Ok(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("; "))
        })
        .unwrap();
    assert!(
        plan.contains("USING INDEX records_feed (scope=? AND seq>?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn what_a_newer_server_stored_waits_alone() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let (phone, _) = two(&store);
    let record = id();
    phone.push(&create(record, org("甲")));
    store
        .writer
        .write(|db| Ok(db.execute("UPDATE records SET schema = 999", [])?))
        .unwrap();
    let change = edit(record, 1, vec![set("name_zh", json!("甲"), json!("乙"))]);
    let batch = [
        phone.incoming(&change),
        phone.incoming(&create(id(), org("丙"))),
    ];
    let outcomes = phone.send(&batch);
    assert_later!(&outcomes[0], ServerOlder, 3600);
    applied(&outcomes[1]);
    // The feed tells it as it is stored: the device may know it.
    assert_eq!(phone.record(record).schema, 999);
}
