//! What every implementation of the store has to do. [`store_suite`] makes a test of each rule for one of them.

pub mod accounts;
pub mod apply;
pub mod bases;
pub mod blobs;
pub mod clashes;
pub mod deleted;
pub mod feed;
pub mod towers;

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use topfloor::domain::clash::Clash;
use topfloor::domain::id::Id;
use topfloor::domain::merge::Change;
use topfloor::domain::outbox::{Action, Mutation};
use topfloor::domain::record::{Kind, Scope};
use topfloor::domain::time::Moment;
use topfloor::wire::{Outcome, PullAnswer, Role, User, WireRecord};

use super::{Device, Incoming, NewUser, Pull, Store};

/// Makes a test of each case; `$fresh` runs a case on an empty store.
macro_rules! store_suite {
    ($fresh:path) => {
        store_suite!(@ $fresh,
            accounts: [names, passwords_and_closing, devices, revocation, audit];
            apply: [a_lost_answer, a_reused_id, bytes_and_form, unknown_kinds, a_bad_one_amid_good_ones, held_numbers,
                origins, rules_of_kinds, unknown_records];
            bases: [another_device_in_between, a_clash_alone, what_the_server_wrote];
            clashes: [different_fields, same_field, list_items, same_device_in_a_row, same_device_after_a_clash,
                order_of_clashes, a_record_made_twice, choosing, who_is_named];
            deleted: [delete_and_restore, delete_over_an_edit, edit_over_a_delete, append_only, restored_where_it_never_was];
            feed: [paging, order_and_reset, strangers, nothing_skipped_while_written, limits];
            towers: [made_by_the_first, partners_come_and_go, a_partner_without_account, other_books, by_another_record];
            blobs: [in_parts, corrupt, bad_parts, who_may_see]
        );
    };
    (@ $fresh:path, $($part:ident: [$($case:ident),*]);*) => {
        $(mod $part {
            $(#[test]
            fn $case() {
                $fresh($crate::store::suite::$part::$case);
            })*
        })*
    };
}
pub(crate) use store_suite;

pub const NOW: i64 = 1_790_000_000_000;

/// An id nobody has.
pub fn id() -> Id {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    Id::from_parts(1_780_000_000_000, &random)
}

pub fn at(ms: i64) -> Moment {
    Moment {
        at_ms: ms,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

pub fn user(store: &dyn Store, name: &str) -> User {
    let new = NewUser {
        id: id(),
        name,
        shown: &format!("{name} shown"),
        role: Role::Member,
        password_hash: "$x",
    };
    store.add_user(&new, NOW).unwrap()
}

/// A device that counts its mutations, as the app does.
pub struct Phone<'a> {
    pub store: &'a dyn Store,
    pub device: Device,
    next: AtomicU64,
}

pub fn token(device: Id) -> [u8; 32] {
    let mut token = [7; 32];
    token[..16].copy_from_slice(&device.bits().to_be_bytes());
    token
}

pub fn phone<'a>(store: &'a dyn Store, user: &User, name: &str) -> Phone<'a> {
    let id = id();
    let device = store.sign_in(user.id, id, name, &token(id), NOW).unwrap();
    Phone {
        store,
        device,
        next: AtomicU64::new(1),
    }
}

/// Two devices of one user.
pub fn two(store: &dyn Store) -> (Phone<'_>, Phone<'_>) {
    let user = user(store, "mei");
    (phone(store, &user, "phone"), phone(store, &user, "tablet"))
}

impl Phone<'_> {
    pub fn incoming(&self, mutation: &Mutation) -> Incoming {
        let frozen = mutation.freeze(None).unwrap();
        Incoming {
            number: self.next.fetch_add(1, Ordering::Relaxed),
            id: frozen.id,
            digest: frozen.digest,
            body: String::from_utf8(frozen.bytes).unwrap(),
        }
    }

    pub fn send(&self, batch: &[Incoming]) -> Vec<Outcome> {
        let results = self.store.apply(&self.device, batch, NOW).unwrap();
        assert_eq!(results.len(), batch.len());
        results
            .into_iter()
            .zip(batch)
            .map(|(result, sent)| {
                assert_eq!(result.id, sent.id);
                result.outcome
            })
            .collect()
    }

    pub fn push(&self, mutation: &Mutation) -> Outcome {
        self.send(&[self.incoming(mutation)]).remove(0)
    }

    pub fn pull(&self, scope: &str, since: u64, limit: u32) -> PullAnswer {
        match self.store.pull(self.device.user.id, scope, since, limit) {
            Ok(Pull::Page(page)) => page,
            other => panic!("{other:?}"),
        }
    }

    pub fn all(&self) -> Vec<WireRecord> {
        self.pull("u:self", 0, 1000).records
    }

    pub fn record(&self, id: Id) -> WireRecord {
        self.all()
            .into_iter()
            .find(|record| record.id == id)
            .unwrap()
    }

    pub fn body(&self, id: Id) -> Value {
        serde_json::from_str(self.record(id).body.get()).unwrap()
    }

    pub fn clashes(&self) -> Vec<(WireRecord, Clash)> {
        let all = self.all().into_iter();
        all.filter(|record| record.kind == "clash")
            .map(|record| {
                let clash = serde_json::from_str(record.body.get()).unwrap();
                (record, clash)
            })
            .collect()
    }
}

pub fn mutation(record: Id, base_version: u64, action: Action) -> Mutation {
    Mutation {
        id: id(),
        record,
        kind: Kind::Organisation,
        scope: Scope::own(),
        base_version,
        schema: 1,
        action,
        at: at(NOW - 1000),
    }
}

pub fn create(record: Id, body: Value) -> Mutation {
    let action = Action::Create {
        body,
        created: None,
    };
    mutation(record, 0, action)
}

pub fn edit(record: Id, base: u64, changes: Vec<Change>) -> Mutation {
    mutation(record, base, Action::Edit { changes })
}

pub fn set(field: &str, old: Value, new: Value) -> Change {
    let field = field.into();
    Change::Set { field, old, new }
}

/// A whole organisation with this Chinese name.
pub fn org(name: &str) -> Value {
    json!({"name_zh": name, "name_en": "", "stage": "prospect"})
}

pub fn of(kind: Kind, mutation: Mutation) -> Mutation {
    Mutation { kind, ..mutation }
}

pub fn within(scope: &str, mutation: Mutation) -> Mutation {
    let scope = Scope(scope.into());
    Mutation { scope, ..mutation }
}

/// Version, seq and clashes of what was applied.
#[track_caller]
pub fn applied(outcome: &Outcome) -> (u64, u64, u32) {
    match outcome {
        Outcome::Applied {
            version,
            seq,
            clashes,
            ..
        } => (*version, *seq, *clashes),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub fn shown(outcome: Outcome) -> Option<WireRecord> {
    match outcome {
        Outcome::Applied { record, .. } => record,
        other => panic!("{other:?}"),
    }
}

macro_rules! assert_rejected {
    ($outcome:expr, $code:ident) => {
        match $outcome {
            topfloor::wire::Outcome::Rejected {
                code: topfloor::wire::Code::$code,
                ..
            } => {}
            other => panic!("{other:?}"),
        }
    };
}
macro_rules! assert_later {
    ($outcome:expr, $code:ident, $after:expr) => {
        match $outcome {
            topfloor::wire::Outcome::Later {
                code: topfloor::wire::Code::$code,
                after_s: $after,
            } => {}
            other => panic!("{other:?}"),
        }
    };
}
pub(crate) use {assert_later, assert_rejected};

/// Nothing of what a case did may leave the store at odds with itself.
#[track_caller]
pub fn sound(store: &dyn Store) {
    assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
}
