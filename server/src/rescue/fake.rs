//! As much of a store as an import needs, in memory.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use topfloor::domain::id::Id;
use topfloor::wire::{Order, Outcome, PushResult, Role, ScopeState, User};

use crate::store::{
    Account, Audit, BlobState, Device, Incoming, NewUser, Pull, Report, Result, Store, StoreError,
};

#[derive(Default)]
pub struct Fake {
    pub users: Vec<Account>,
    pub devices: Mutex<BTreeMap<Id, Device>>,
    /// Mutations in the order they came, with their bytes.
    pub applied: Mutex<Vec<(u64, Id, String)>>,
    pub blobs: Mutex<BTreeMap<String, Vec<u8>>>,
}

pub fn account(n: u64, name: &str) -> Account {
    Account {
        user: User {
            id: Id::from_parts(n, &[3; 10]),
            name: name.into(),
            shown: name.into(),
            role: Role::Member,
        },
        password_hash: String::new(),
        closed: false,
        created_ms: 0,
    }
}

fn not_here<T>() -> Result<T> {
    Err(StoreError::Damaged("not in the fake".into()))
}

impl Store for Fake {
    fn generation(&self) -> Result<u64> {
        Ok(1)
    }
    fn add_user(&self, _: &NewUser, _: i64) -> Result<User> {
        not_here()
    }
    fn account(&self, name: &str) -> Result<Option<Account>> {
        Ok(self.users.iter().find(|a| a.user.name == name).cloned())
    }
    fn accounts(&self) -> Result<Vec<Account>> {
        Ok(self.users.clone())
    }
    fn set_password(&self, _: Id, _: &str, _: i64) -> Result<()> {
        not_here()
    }
    fn set_closed(&self, _: Id, _: bool, _: i64) -> Result<()> {
        not_here()
    }
    fn sign_in(&self, user: Id, id: Id, name: &str, _: &[u8; 32], now_ms: i64) -> Result<Device> {
        let user = self.users.iter().find(|a| a.user.id == user).unwrap();
        let device = Device {
            id,
            user: user.user.clone(),
            name: name.into(),
            created_ms: now_ms,
            seen_ms: now_ms,
            revoked: false,
            order: None,
            closed: false,
        };
        self.devices.lock().unwrap().insert(id, device.clone());
        Ok(device)
    }
    fn sign_out(&self, _: Id, _: i64) -> Result<()> {
        not_here()
    }
    fn device_of_token(&self, _: &[u8; 32], _: i64) -> Result<Option<Device>> {
        not_here()
    }
    fn device(&self, device: Id) -> Result<Option<Device>> {
        Ok(self.devices.lock().unwrap().get(&device).cloned())
    }
    fn devices(&self, _: Id) -> Result<Vec<Device>> {
        not_here()
    }
    fn revoke(&self, _: Id, _: bool, _: Option<Order>, _: i64) -> Result<()> {
        not_here()
    }
    fn apply(&self, sender: &Device, batch: &[Incoming], _: i64) -> Result<Vec<PushResult>> {
        assert!(self.device(sender.id)?.is_some(), "registered before");
        let mut applied = self.applied.lock().unwrap();
        let mut results = Vec::new();
        for row in batch {
            let known = applied.iter().any(|(_, id, _)| *id == row.id);
            let outcome = if known {
                Outcome::Duplicate { version: 1 }
            } else {
                applied.push((row.number, row.id, row.body.clone()));
                Outcome::Applied {
                    version: 1,
                    seq: 1,
                    record: None,
                    clashes: 0,
                }
            };
            results.push(PushResult {
                id: row.id,
                outcome,
            });
        }
        Ok(results)
    }
    fn scopes(&self, _: Id) -> Result<Vec<ScopeState>> {
        not_here()
    }
    fn held(&self, _: Id) -> Result<Vec<(u64, u64)>> {
        not_here()
    }
    fn pull(&self, _: Id, _: &str, _: u64, _: u32) -> Result<Pull> {
        not_here()
    }
    fn blob_state(&self, digest: &str) -> Result<BlobState> {
        let blobs = self.blobs.lock().unwrap();
        Ok(blobs.get(digest).map_or(BlobState::Missing, |bytes| {
            BlobState::Complete(bytes.len() as u64)
        }))
    }
    fn put_blob(
        &self,
        _: &Device,
        digest: &str,
        size: u64,
        offset: u64,
        part: &[u8],
        _: i64,
    ) -> Result<BlobState> {
        let mut blobs = self.blobs.lock().unwrap();
        let here = blobs.entry(digest.to_owned()).or_default();
        assert_eq!(here.len() as u64, offset);
        here.extend_from_slice(part);
        let now = here.len() as u64;
        Ok(if now == size {
            BlobState::Complete(now)
        } else {
            BlobState::Partial(now)
        })
    }
    fn blob(&self, _: Id, _: &str) -> Result<Option<Vec<u8>>> {
        not_here()
    }
    fn audit(&self, _: &Audit) -> Result<()> {
        Ok(())
    }
    fn audit_trail(&self, _: u32) -> Result<Vec<Audit>> {
        not_here()
    }
    fn backup(&self, _: &Path, _: i64) -> Result<()> {
        not_here()
    }
    fn check(&self) -> Result<Report> {
        not_here()
    }
}
