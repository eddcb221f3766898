//! Sizes of a real book.

use topfloor::domain::import::CHUNK;
use topfloor::domain::record::Kind;
use wasm_bindgen_test::{console_log, wasm_bindgen_test};

use super::support::*;

fn now() -> f64 {
    js_sys::Date::now()
}

#[wasm_bindgen_test]
async fn two_thousand_clients_are_written_and_read() {
    let store = book().await;
    let clients: Vec<_> = (0..2_000)
        .map(|n| {
            edited(&client(&format!("客戶{n}")), |b| {
                b.remark = "備註".repeat(40)
            })
        })
        .collect();
    let start = now();
    for chunk in clients.chunks(CHUNK) {
        store
            .save(save(chunk.iter().map(new).collect()))
            .await
            .unwrap();
    }
    let written = now();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.page(Kind::Organisation, after, 500).await.unwrap();
        found.extend(page.loaded.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    console_log!(
        "2,000 clients: written in {} ms, read in {} ms",
        written - start,
        now() - written
    );
    assert_eq!(found, clients);
    assert_eq!(numbers(&store).await.len(), 2_000);
}

#[wasm_bindgen_test]
async fn one_client_with_five_thousand_notes_opens() {
    let store = book().await;
    let firm = client("甲");
    let notes: Vec<_> = (0..5_000)
        .map(|n| note(firm.id(), &format!("note {n}")))
        .collect();
    store.save(save(vec![new(&firm)])).await.unwrap();
    for chunk in notes.chunks(1_000) {
        store
            .save(save(chunk.iter().map(new).collect()))
            .await
            .unwrap();
    }
    let start = now();
    let loaded = store.linked(firm.id()).await.unwrap();
    console_log!("5,000 notes: read in {} ms", now() - start);
    assert_eq!((loaded.entries.len(), loaded.unreadable), (5_000, 0));
    assert_eq!(
        (loaded.entries.first(), loaded.entries.last()),
        (notes.last(), notes.first())
    );
}
