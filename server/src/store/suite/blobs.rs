//! Pictures, in parts.

use sha2::{Digest, Sha256};
use topfloor::domain::consent::hex;
use topfloor::wire::MOST_BLOB;

use super::*;
use crate::store::BlobState::{Complete, Missing, Partial};

fn picture(seed: u8) -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..1000u32).map(|n| (n % 251) as u8 ^ seed).collect();
    let digest = hex(&Sha256::digest(&bytes));
    (bytes, digest)
}

impl Phone<'_> {
    fn put(&self, digest: &str, size: u64, offset: u64, part: &[u8]) -> crate::store::BlobState {
        self.store
            .put_blob(&self.device, digest, size, offset, part, NOW)
            .unwrap()
    }
}

pub fn in_parts(store: &dyn Store) {
    let (phone, _) = two(store);
    let (bytes, digest) = picture(1);
    let state = || store.blob_state(&digest).unwrap();
    assert_eq!(state(), Missing);
    assert_eq!(phone.put(&digest, 1000, 0, &bytes[..400]), Partial(400));
    assert_eq!(state(), Partial(400));
    assert!(store.blob(phone.device.user.id, &digest).unwrap().is_none());
    // A part that was sent before, and one that leaves a gap.
    assert_eq!(phone.put(&digest, 1000, 0, &bytes[..400]), Partial(400));
    assert_eq!(phone.put(&digest, 1000, 500, &bytes[500..]), Partial(400));
    assert_eq!(phone.put(&digest, 1000, 400, &bytes[400..]), Complete(1000));
    assert_eq!(state(), Complete(1000));
    assert_eq!(phone.put(&digest, 1000, 0, &bytes), Complete(1000));
    assert_eq!(
        store.blob(phone.device.user.id, &digest).unwrap(),
        Some(bytes)
    );
    assert_eq!(store.check().unwrap().blobs, 1);
    sound(store);
}

pub fn corrupt(store: &dyn Store) {
    let (phone, _) = two(store);
    let (bytes, digest) = picture(1);
    let mut wrong = bytes.clone();
    wrong[999] ^= 1;
    phone.put(&digest, 1000, 0, &wrong[..600]);
    assert_eq!(phone.put(&digest, 1000, 600, &wrong[600..]), Missing);
    assert_eq!(store.blob_state(&digest).unwrap(), Missing);
    assert_eq!(store.check().unwrap().blobs, 0);
    // It can be sent anew.
    assert_eq!(phone.put(&digest, 1000, 0, &bytes), Complete(1000));
}

pub fn bad_parts(store: &dyn Store) {
    let (phone, _) = two(store);
    let (bytes, digest) = picture(1);
    let too_large = MOST_BLOB as u64 + 1;
    assert_eq!(phone.put(&digest, too_large, 0, &bytes), Missing);
    assert_eq!(phone.put(&digest, 999, 0, &bytes), Missing);
    assert_eq!(phone.put(&digest, 1000, u64::MAX, &bytes), Missing);
    assert_eq!(phone.put(&digest, 0, 0, &[]), Missing);
    let loud = digest.to_uppercase();
    let outside = format!("../../{}", &digest[..58]);
    for name in [
        "",
        "ab",
        "ü",
        loud.as_str(),
        outside.as_str(),
        &digest[..63],
    ] {
        assert_eq!(phone.put(name, 1000, 0, &bytes), Missing, "{name}");
        assert_eq!(store.blob_state(name).unwrap(), Missing);
        assert!(store.blob(phone.device.user.id, name).unwrap().is_none());
    }
    assert_eq!(store.check().unwrap().blobs, 0);
}

pub fn who_may_see(store: &dyn Store) {
    let (phone, _) = two(store);
    let an = super::phone(store, &user(store, "an"), "an's");
    let (mei, an_id) = (phone.device.user.id, an.device.user.id);
    let (bytes, digest) = picture(2);
    an.put(&digest, 1000, 0, &bytes);
    assert!(store.blob(an_id, &digest).unwrap().is_some());
    assert!(store.blob(mei, &digest).unwrap().is_none());
    let photo =
        json!({"id": id(), "blob": digest, "bytes": 1000, "width": 1, "height": 1, "added": at(1)});
    let note = json!({"text": "", "at": at(1), "photos": [photo]});
    phone.push(&of(Kind::Note, create(id(), note)));
    assert_eq!(store.blob(mei, &digest).unwrap(), Some(bytes));
    // A record that came before its picture does as well.
    let (later, digest) = picture(3);
    let photo =
        json!({"id": id(), "blob": digest, "bytes": 1000, "width": 1, "height": 1, "added": at(1)});
    let note = json!({"text": "", "at": at(1), "photos": [photo]});
    phone.push(&of(Kind::Note, create(id(), note)));
    assert!(store.blob(mei, &digest).unwrap().is_none());
    an.put(&digest, 1000, 0, &later);
    assert_eq!(store.blob(mei, &digest).unwrap(), Some(later));
}
