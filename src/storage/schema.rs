//! The one table of stores and indexes. Opening a database adds what is missing and never takes anything away, so any
//! older book reaches the newest layout in one step, and what another build added stays.

use idb::{Database, IndexParams, KeyPath, ObjectStoreParams, Transaction};

use super::StoreError;

/// Records: `{id, kind, live?, scope, version, schema, created, changed, deleted, rev, import?, clean?, base?, links, due?, sealer, body}`.
/// `live` repeats the kind while the record is not deleted; a deleted one has no `due` and empty `links`. `clean` is there
/// while the record is just as its import left it. `base` is what the server holds, sealed in a row of its own; it is there
/// while something of this device waits that was not written on that (see `feed.rs`).
pub const RECORDS: &str = "records";
/// The queue: `{number, id, record, kind, digest, at, import?, sealer, body}`.
pub const OUTBOX: &str = "outbox";
/// Photos by digest: `{id, size, sealer, body}`.
pub const BLOBS: &str = "blobs";
/// Form text: `{id, at, sealer, body}`.
pub const DRAFTS: &str = "drafts";
/// What a person took back before it was sent, kept 30 days: rows of `records` and `outbox` as they were, with `binned`,
/// the time in Unix milliseconds.
pub const BIN: &str = "bin";
/// One row a fact of the book: `{id, …}`; see `meta.rs`.
pub const META: &str = "meta";
/// Pulled rows of a kind or layout this build does not know, as they came.
pub const UNKNOWN: &str = "unknown";
/// Directory rows: `{id, import, sealer, body}`.
pub const LEADS: &str = "leads";
/// Imports: `{id, hidden?, sealer, body}`; `hidden` is there while their records must not be seen.
pub const IMPORTS: &str = "imports";
/// The decided rows of an unfinished import: `{id, sealer, body}`. Apart, because a chunk rewrites its import's row.
pub const PLANS: &str = "plans";
/// What an import changed in records that were there before: `{id, import, record, sealer, body}`, so that it can be taken back.
pub const FILLS: &str = "fills";

/// Batches the server acknowledged, kept 30 days: `{id, at, sealer, body}`, a list of numbers and frozen mutations.
pub const RECEIPTS: &str = "receipts";
/// Mutations the server refused: rows of the queue with `code` and `binned`, the time of the refusal; keyed by mutation.
pub const REFUSED: &str = "refused";
/// Pictures on their way: `{id, way, at}`, `way` is `up` or `down`.
pub const TRANSFERS: &str = "transfers";
/// How far each feed was read: `{id, number, version, count?}`: scope, sequence, epoch, and up to where the server's word
/// goes over what this device holds, after a restore of the server.
pub const CURSORS: &str = "cursors";

/// Index of live records: kind, id.
pub const BY_LIVE: &str = "live";
/// Index of all records: kind, layout.
pub const BY_LAYOUT: &str = "layout";
/// Index of what a record belongs to; one entry a link.
pub const BY_LINK: &str = "links";
/// Index of open items by civil day.
pub const BY_DUE: &str = "due";
/// Index of the import that brought a row.
pub const BY_IMPORT: &str = "import";
/// Index of an import's records: import, kind.
pub const BY_IMPORT_KIND: &str = "import_kind";
/// Index of the queue by mutation id: one mutation is queued once.
pub const BY_MUTATION: &str = "mutation";
/// Index of the queue by record.
pub const BY_RECORD: &str = "record";
/// Index of imports whose records must not be seen.
pub const BY_HIDDEN: &str = "hidden";
/// Index of photos by size, so that they can be summed up without reading them.
pub const BY_SIZE: &str = "size";

/// Index of receipts by time.
pub const BY_AT: &str = "at";
/// Index of pictures on their way by direction.
pub const BY_WAY: &str = "way";
/// Index of the bin and of refused rows by the time things were thrown into it.
pub const BY_BINNED: &str = "binned";

/// Everything the database has at a version.
#[derive(Debug, Clone)]
pub struct Schema {
    pub version: u32,
    pub stores: Vec<StoreSpec>,
}

#[derive(Debug, Clone)]
pub struct StoreSpec {
    pub name: &'static str,
    pub key: &'static str,
    pub indexes: Vec<IndexSpec>,
}

#[derive(Debug, Clone, Copy)]
pub struct IndexSpec {
    pub name: &'static str,
    /// Members the index is made of; several make a compound key.
    pub path: &'static [&'static str],
    pub unique: bool,
    /// One entry for every item of a list.
    pub multi: bool,
}

impl Schema {
    /// The layout this build writes. A new store or index is added here and the version raised by one.
    pub fn current() -> Self {
        let plain = |name, path| IndexSpec {
            name,
            path,
            unique: false,
            multi: false,
        };
        let store = |name, key, indexes: &[IndexSpec]| StoreSpec {
            name,
            key,
            indexes: indexes.to_vec(),
        };
        Self {
            version: 2,
            stores: vec![
                store(
                    RECORDS,
                    "id",
                    &[
                        plain(BY_LIVE, &["live", "id"]),
                        plain(BY_LAYOUT, &["kind", "schema"]),
                        IndexSpec {
                            multi: true,
                            ..plain(BY_LINK, &["links"])
                        },
                        plain(BY_DUE, &["due"]),
                        plain(BY_IMPORT_KIND, &["import", "kind"]),
                    ],
                ),
                store(
                    OUTBOX,
                    "number",
                    &[
                        IndexSpec {
                            unique: true,
                            ..plain(BY_MUTATION, &["id"])
                        },
                        plain(BY_RECORD, &["record"]),
                        plain(BY_IMPORT, &["import"]),
                    ],
                ),
                store(BLOBS, "id", &[plain(BY_SIZE, &["size"])]),
                store(DRAFTS, "id", &[]),
                store(BIN, "id", &[plain(BY_BINNED, &["binned"])]),
                store(META, "id", &[]),
                store(UNKNOWN, "id", &[]),
                store(LEADS, "id", &[plain(BY_IMPORT, &["import"])]),
                store(IMPORTS, "id", &[plain(BY_HIDDEN, &["hidden"])]),
                store(PLANS, "id", &[]),
                store(FILLS, "id", &[plain(BY_IMPORT, &["import"])]),
                store(RECEIPTS, "id", &[plain(BY_AT, &["at"])]),
                store(
                    REFUSED,
                    "id",
                    &[plain(BY_BINNED, &["binned"]), plain(BY_RECORD, &["record"])],
                ),
                store(TRANSFERS, "id", &[plain(BY_WAY, &["way"])]),
                store(CURSORS, "id", &[]),
            ],
        }
    }
}

/// Adds the missing stores and indexes within an upgrade transaction.
pub fn upgrade(schema: &Schema, database: &Database, tx: &Transaction) -> Result<(), StoreError> {
    let there = database.store_names();
    for spec in &schema.stores {
        let store = if there.iter().any(|name| name == spec.name) {
            tx.object_store(spec.name)?
        } else {
            let mut params = ObjectStoreParams::new();
            params.key_path(Some(KeyPath::new_single(spec.key)));
            database.create_object_store(spec.name, params)?
        };
        let indexed = store.index_names();
        for index in spec
            .indexes
            .iter()
            .filter(|index| !indexed.iter().any(|name| name == index.name))
        {
            let path = match index.path {
                [one] => KeyPath::new_single(one),
                several => KeyPath::new_array(several.iter().copied()),
            };
            let mut params = IndexParams::new();
            params.unique(index.unique).multi_entry(index.multi);
            store.create_index(index.name, path, Some(params))?;
        }
    }
    Ok(())
}

/// The first store of the table that the database lacks.
pub fn missing(schema: &Schema, database: &Database) -> Option<&'static str> {
    let there = database.store_names();
    schema
        .stores
        .iter()
        .map(|spec| spec.name)
        .find(|name| !there.iter().any(|have| have == name))
}
