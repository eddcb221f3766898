//! The common suite on SQLite, and what only a file can get wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest, Sha256};
use topfloor::domain::consent::hex;

use super::writer::Writer;
use super::{Sqlite, database, restore, schema};
use crate::store::suite::{
    self, NOW, applied, create, edit, id, org, phone, set, sound, store_suite, two, user,
};
use crate::store::{BlobState, Store, StoreError};

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
fn a_newer_database_is_refused_untouched() {
    let temp = Temp::new();
    drop(open(&temp.0));
    let path = database(&temp.0);
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", schema::known() + 1)
        .unwrap();
    drop(db);
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        Sqlite::open(&temp.0, NOW),
        Err(StoreError::Newer { found, known }) if found == known + 1
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_database_of_ours_is_refused_untouched() {
    let temp = Temp::new();
    let path = database(&temp.0);
    fs::write(
        &path,
        "not a database, and long enough to be looked at as one".repeat(20),
    )
    .unwrap();
    assert!(matches!(
        Sqlite::open(&temp.0, NOW),
        Err(StoreError::Damaged(_))
    ));
    fs::remove_file(&path).unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE theirs (n)")
        .unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        Sqlite::open(&temp.0, NOW),
        Err(StoreError::Damaged(_))
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn an_interrupted_migration_leaves_the_layout_it_found() {
    let mut db = Connection::open_in_memory().unwrap();
    let version = |db: &Connection| -> i64 {
        db.pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    };
    // A first start that was cut off starts again.
    let broken = ["CREATE TABLE meta (generation); CREATE TABLE meta (generation);"];
    assert!(schema::migrate(&mut db, &broken, NOW).is_err());
    assert_eq!(version(&db), 0);
    schema::migrate(&mut db, schema::STEPS, NOW).unwrap();
    assert_eq!(version(&db), schema::known());
    let mut steps = schema::STEPS.to_vec();
    steps.push("CREATE TABLE next (n); INSERT INTO nowhere VALUES (1);");
    assert!(schema::migrate(&mut db, &steps, NOW).is_err());
    assert_eq!(version(&db), schema::known());
    let next: i64 = db
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'next'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(next, 0);
    schema::migrate(&mut db, schema::STEPS, NOW + 1).unwrap();
    let generation: i64 = db
        .query_row("SELECT generation FROM meta", [], |row| row.get(0))
        .unwrap();
    assert_eq!(generation, NOW);
}

#[test]
fn a_backup_is_restored_under_a_new_generation() {
    let temp = Temp::new();
    let (live, copy, back) = (temp.at("live"), temp.at("copy"), temp.at("back"));
    let store = open(&live);
    let (phone, _) = two(&store);
    phone.push(&create(id(), org("甲")));
    let (bytes, digest) = picture();
    store
        .put_blob(&phone.device, &digest, 5000, 0, &bytes, NOW)
        .unwrap();
    let before = told(&store);
    store.backup(&copy, NOW).unwrap();
    // What comes after is not in it, and an existing copy is never written over.
    phone.push(&create(id(), org("乙")));
    assert!(matches!(
        store.backup(&copy, NOW),
        Err(StoreError::File { .. })
    ));
    assert!(matches!(
        restore(&copy, &live, NOW),
        Err(StoreError::File { .. })
    ));
    assert_eq!(phone.all().len(), 2);

    restore(&copy, &back, NOW - 5).unwrap();
    let restored = open(&back);
    assert_eq!(restored.generation().unwrap(), NOW as u64 + 1);
    assert_eq!(told(&restored), before);
    assert_eq!(
        restored.blob(phone.device.user.id, &digest).unwrap(),
        Some(bytes)
    );
    sound(&restored);
    restore(&copy, &temp.at("later"), NOW + 5000).unwrap();
    assert_eq!(
        open(&temp.at("later")).generation().unwrap(),
        NOW as u64 + 5000
    );
}

#[test]
fn a_backup_taken_amid_writes_is_sound() {
    let temp = Temp::new();
    let store = open(&temp.at("live"));
    let (mine, _) = two(&store);
    std::thread::scope(|threads| {
        let writing = threads.spawn(|| {
            for _ in 0..100 {
                mine.push(&create(id(), org("甲")));
            }
        });
        for n in 0..3 {
            store.backup(&temp.at(&format!("copy{n}")), NOW).unwrap();
        }
        writing.join().unwrap();
    });
    for n in 0..3 {
        let back = temp.at(&format!("back{n}"));
        restore(&temp.at(&format!("copy{n}")), &back, NOW).unwrap();
        sound(&open(&back));
    }
}

#[test]
fn the_check_finds_what_is_wrong() {
    let temp = Temp::new();
    let store = open(&temp.0);
    let (phone, _) = two(&store);
    phone.push(&create(id(), org("甲")));
    let (bytes, digest) = picture();
    store
        .put_blob(&phone.device, &digest, 5000, 0, &bytes, NOW)
        .unwrap();
    sound(&store);
    let path = store.blobs.path(&digest).unwrap();
    fs::write(&path, "short").unwrap();
    store
        .writer
        .write(|db| {
            Ok(db.execute_batch("UPDATE scopes SET seq = seq + 1; UPDATE records SET body = '{'")?)
        })
        .unwrap();
    let faults = store.check().unwrap().faults;
    assert_eq!(faults.len(), 3, "{faults:?}");
    fs::remove_file(&path).unwrap();
    assert!(
        store
            .check()
            .unwrap()
            .faults
            .iter()
            .any(|fault| fault.contains("missing"))
    );
    // A picture whose file is gone is wanted again.
    assert_eq!(store.blob_state(&digest).unwrap(), BlobState::Missing);
    assert_eq!(
        store
            .put_blob(&phone.device, &digest, 5000, 0, &bytes, NOW)
            .unwrap(),
        BlobState::Complete(5000)
    );
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
