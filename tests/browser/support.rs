//! Invented records, a fresh book for every test, and bare access to the database beside the store.

use std::cell::{Cell, RefCell};
use std::future::IntoFuture;
use std::rc::Rc;

use js_sys::Reflect;
use topfloor::domain::id::Id;
use topfloor::domain::note::{Note, NoteRole};
use topfloor::domain::organisation::Organisation;
use topfloor::domain::record::{AnyEntry, Body, Created, Entry, Envelope, Scope};
use topfloor::domain::time::Moment;
use topfloor::storage::{Head, Opening, Save, Seed, Store, StoreEvent, Write, database_name};
use wasm_bindgen::JsValue;

thread_local! {
    static NEXT: Cell<u64> = const { Cell::new(1) };
}

/// An id no other call of this run answers; ids grow, as the device's do.
pub fn id() -> Id {
    let number = NEXT.replace(NEXT.get() + 1);
    // Databases outlive a test run in a reused profile: the clock keeps runs apart.
    let millis = js_sys::Date::now() as u64;
    let [_, _, a, b, c, d, e, f, g, h] = {
        let bytes = number.to_be_bytes();
        let mut ten = [0; 10];
        ten[2..].copy_from_slice(&bytes);
        ten
    };
    Id::from_parts(millis, &[0, 0, a, b, c, d, e, f, g, h])
}

pub fn at(at_ms: i64) -> Moment {
    Moment {
        at_ms,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

pub fn entry<B: Body>(body: B) -> AnyEntry {
    let envelope = Envelope {
        id: id(),
        scope: Scope::own(),
        version: 0,
        created: Created {
            at: at(1_000),
            device: Id::from_bits(7),
            user: None,
        },
        changed_ms: 1_000,
        deleted: false,
        import: None,
    };
    Entry { envelope, body }.into_any()
}

pub fn client(name: &str) -> AnyEntry {
    entry(Organisation {
        name_zh: name.into(),
        ..Organisation::default()
    })
}

pub fn note(organisation: Id, text: &str) -> AnyEntry {
    entry(Note {
        organisation: Some(organisation),
        persons: Vec::new(),
        visit: None,
        text: text.into(),
        tags: Vec::new(),
        photos: Vec::new(),
        at: at(1_000),
        role: NoteRole::Original,
    })
}

/// The client with something else about it changed.
pub fn edited(entry: &AnyEntry, change: impl FnOnce(&mut Organisation)) -> AnyEntry {
    let mut entry = entry.clone().downcast::<Organisation>().expect("a client");
    change(&mut entry.body);
    entry.envelope.changed_ms += 1_000;
    entry.into_any()
}

pub fn organisation(entry: &AnyEntry) -> Organisation {
    entry
        .clone()
        .downcast::<Organisation>()
        .expect("a client")
        .body
}

pub fn new(entry: &AnyEntry) -> Write {
    Write {
        old: None,
        new: entry.clone(),
        mutation: id(),
        at: at(entry.envelope.changed_ms),
    }
}

pub fn change(old: &AnyEntry, new: &AnyEntry) -> Write {
    Write {
        old: Some(old.clone()),
        new: new.clone(),
        mutation: id(),
        at: at(new.envelope.changed_ms),
    }
}

pub fn save(writes: Vec<Write>) -> Save {
    Save {
        writes,
        ..Save::default()
    }
}

/// The events a store has told of.
pub type Events = Rc<RefCell<Vec<StoreEvent>>>;

pub fn seed() -> Seed {
    Seed {
        device: id(),
        salt: "salt".into(),
    }
}

pub async fn book() -> Store {
    book_of(id()).await.0
}

pub async fn book_of(profile: Id) -> (Store, Head) {
    Store::open(profile, seed(), |_| {})
        .await
        .expect("the book opens")
}

pub async fn watched(profile: Id, opening: Opening) -> (Store, Head, Events) {
    let events = Events::default();
    let heard = events.clone();
    let (store, head) = Store::open_as(
        profile,
        seed(),
        move |event| heard.borrow_mut().push(event),
        opening,
    )
    .await
    .expect("the book opens");
    (store, head, events)
}

/// The database itself, at the version it has.
pub async fn bare(profile: Id) -> idb::Database {
    let factory = idb::Factory::new().expect("IndexedDB");
    factory
        .open(&database_name(profile), None)
        .expect("opens")
        .await
        .expect("opens")
}

/// All rows of a store.
pub async fn rows(profile: Id, store: &str) -> Vec<JsValue> {
    let database = bare(profile).await;
    let tx = database
        .transaction(&[store], idb::TransactionMode::ReadOnly)
        .expect("reads");
    let rows = tx
        .object_store(store)
        .expect("a store")
        .get_all(None, None)
        .expect("reads")
        .await
        .expect("reads");
    database.close();
    rows
}

pub async fn put(profile: Id, store: &str, row: &JsValue) {
    let database = bare(profile).await;
    let tx = database
        .transaction(&[store], idb::TransactionMode::ReadWrite)
        .expect("writes");
    let done = tx
        .object_store(store)
        .expect("a store")
        .put(row, None)
        .expect("writes")
        .into_future();
    let ended = tx.into_future();
    done.await.expect("writes");
    ended.await.expect("writes");
    database.close();
}

pub fn get(row: &JsValue, member: &str) -> JsValue {
    Reflect::get(row, &member.into()).expect("a row")
}

pub fn set(row: &JsValue, member: &str, value: impl Into<JsValue>) {
    Reflect::set(row, &member.into(), &value.into()).expect("a row");
}

/// Numbers of the queue, in order.
pub async fn numbers(store: &Store) -> Vec<u64> {
    let page = store
        .outbox_page(None, 10_000)
        .await
        .expect("the queue is read");
    page.rows.iter().map(|(number, _)| *number).collect()
}
