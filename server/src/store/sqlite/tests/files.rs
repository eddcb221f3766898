//! Opening, copying and checking what lies on the disk.

use super::super::{database, restore, schema};
use super::*;

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
