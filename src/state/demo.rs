//! The demo portfolio: written as an import, so that one tap takes it away again and leaves what a person wrote. Its
//! records are invented, so none of them is ever queued for upload.

use super::Book;
use super::importer::{TakenBack, refresh, take_back};
use crate::domain::demo::portfolio;
use crate::domain::import::{CHUNK, Import, Phase, Target};
use crate::domain::record::AnyEntry;
use crate::i18n::Lang;
use crate::platform::clock;
use crate::platform::random::{Ids, new_id};
use crate::storage::{MetaKey, Store, StoreError, Write};

/// The name of its import; what a person reads is said by the screens.
pub const DEMO: &str = "demo";

/// The demo portfolio's import, while it is there.
pub async fn present(store: &Store) -> Result<Option<Import>, StoreError> {
    let Some(id) = store
        .meta(MetaKey::Demo)
        .await?
        .and_then(|text| text.parse().ok())
    else {
        return Ok(None);
    };
    let imports = store.imports().await?;
    Ok(imports
        .into_iter()
        .find(|import| import.id == id && import.phase == Phase::Committed))
}

/// Writes the portfolio, or nothing of it.
pub async fn load(book: Book, lang: Lang) -> Result<(), StoreError> {
    let store = book.store()?;
    let now = clock::now();
    let id = new_id();
    let pick = |[hant, hans, en]: [&'static str; 3]| match lang {
        Lang::ZhHant => hant,
        Lang::ZhHans => hans,
        Lang::En => en,
    };
    let entries = portfolio(&now, book.device(), id, &mut Ids, &pick);
    let mut import = Import {
        id,
        target: Target::Clients,
        phase: Phase::Writing,
        file_name: DEMO.to_owned(),
        at: now,
        total: u32::try_from(entries.len()).unwrap_or(u32::MAX),
        done: 0,
        plan: String::new(),
        counts: Default::default(),
    };
    store.put_import(&import).await?;
    let written = write(&store, &mut import, entries).await;
    if let Err(error) = written {
        // Hidden already; if this fails too, the import page offers to take it back.
        let _ = take_back(book, &import, |_, _| {}).await;
        return Err(error);
    }
    store.set_meta(MetaKey::Demo, &id.to_string()).await?;
    refresh(book, &store).await;
    Ok(())
}

pub async fn remove(book: Book) -> Result<Option<TakenBack>, StoreError> {
    match present(&book.store()?).await? {
        Some(import) => take_back(book, &import, |_, _| {}).await.map(Some),
        None => Ok(None),
    }
}

async fn write(
    store: &Store,
    import: &mut Import,
    entries: Vec<AnyEntry>,
) -> Result<(), StoreError> {
    for chunk in entries.chunks(CHUNK) {
        let writes = chunk.iter().map(|entry| Write {
            old: None,
            new: entry.clone(),
            mutation: new_id(),
            at: entry.envelope.created.at.clone(),
        });
        import.done += u32::try_from(chunk.len()).unwrap_or(0);
        store.write_local_chunk(import, writes.collect()).await?;
        clock::yield_now().await;
    }
    import.phase = Phase::Committed;
    store.put_import(import).await
}
