//! Queries that follow the book: asked again after every change, the old answer shown until the new one is there.

use std::future::Future;

use leptos::prelude::*;

use super::book;
use crate::storage::{Store, StoreError};

/// `None` until the first answer.
pub type Live<T> = ReadSignal<Option<Result<T, StoreError>>, LocalStorage>;

pub fn live<T, F>(fetch: impl Fn(Store) -> F + 'static) -> Live<T>
where
    T: 'static,
    F: Future<Output = Result<T, StoreError>> + 'static,
{
    let book = book();
    let (answer, set_answer) = signal_local(None);
    let asked = StoredValue::new(0_u64);
    Effect::new(move |_| {
        book.revision.track();
        let Some(store) = book.store_when_open() else {
            return;
        };
        let turn = asked.get_value() + 1;
        asked.set_value(turn);
        let query = fetch(store);
        leptos::task::spawn_local(async move {
            let result = query.await;
            // The page may be gone, or a later question may have been asked meanwhile.
            if asked.try_get_value() == Some(turn) {
                set_answer.try_set(Some(result));
            }
        });
    });
    answer
}
