use topfloor::domain::consent::hex;
use topfloor::domain::outbox::Frozen;
use topfloor::domain::record::Kind;
use topfloor::domain::time::Moment;
use topfloor::exchange::rescue::{Plain, ROUNDS, first_line, join};

use super::fake::{Fake, account};
use super::*;

const PASSPHRASE: &str = "rain over Kowloon 1947";
const NOW: i64 = 1_795_392_000_000;

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn rounds() -> NonZeroU32 {
    NonZeroU32::new(ROUNDS).unwrap()
}

/// Seals as a device does.
fn seal(header: &Header, plain: Vec<u8>) -> Vec<u8> {
    let line = first_line(header, plain.len()).unwrap();
    let key = derive(&passphrase_bytes(PASSPHRASE), &header.salt, rounds()).unwrap();
    let mut bytes = plain;
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(header.nonce),
        Aad::from(line.as_bytes()),
        &mut bytes,
    )
    .unwrap();
    join(&line, &bytes)
}

fn header(user: Option<Id>) -> Header {
    Header {
        rounds: ROUNDS,
        salt: [7; 16],
        nonce: [9; 12],
        device: Id::from_parts(5, &[5; 10]),
        user,
        made: Moment {
            at_ms: NOW,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        },
        rows: 3,
        pictures: 1,
    }
}

fn picture() -> Vec<u8> {
    (0..BLOB_PART + 5).map(|n| n as u8).collect()
}

fn file(user: Option<Id>) -> Vec<u8> {
    let head = header(user);
    let mut plain = Plain::begin(head.made.clone(), head.device).unwrap();
    // Refused rows stand behind those that wait, and have smaller numbers.
    for number in [3, 4, 1] {
        let id = Id::from_parts(number, &[1; 10]);
        let bytes = format!("{{\"n\" : {number}}}").into_bytes();
        let mutation = Frozen {
            id,
            record: id,
            kind: Kind::Note,
            digest: sha256(&bytes),
            bytes,
            at_ms: 1,
            import: None,
        };
        plain.row(&BackupRow::Queued { number, mutation }).unwrap();
    }
    let bytes = picture();
    plain
        .row(&BackupRow::Blob {
            digest: sha256(&bytes),
            bytes,
        })
        .unwrap();
    seal(&head, plain.finish().unwrap())
}

fn store() -> Fake {
    Fake {
        users: vec![account(1, "chan"), account(2, "lee")],
        ..Fake::default()
    }
}

#[test]
fn a_file_goes_in_once_however_often_it_is_imported() {
    let (store, chan) = (store(), account(1, "chan"));
    let file = file(Some(chan.user.id));
    let first = import(&store, &chan, &file, PASSPHRASE, NOW).unwrap();
    assert_eq!((first.applied, first.duplicates, first.pictures), (3, 0, 1));
    let applied = store.applied.lock().unwrap().clone();
    let numbers: Vec<u64> = applied.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, [1, 3, 4], "in the order they were made in");
    assert_eq!(applied[0].2, "{\"n\" : 1}", "byte for byte");
    assert_eq!(
        store.blobs.lock().unwrap().values().next(),
        Some(&picture())
    );

    let again = import(&store, &chan, &file, PASSPHRASE, NOW).unwrap();
    assert_eq!((again.applied, again.duplicates, again.pictures), (0, 3, 0));
    assert_eq!(again.pictures_known, 1);
    assert_eq!(store.applied.lock().unwrap().len(), 3);
    assert_eq!(store.devices.lock().unwrap().len(), 1);
}

#[test]
fn another_users_file_is_refused_whole() {
    let (store, chan, lee) = (store(), account(1, "chan"), account(2, "lee"));
    let of_lee = import(&store, &chan, &file(Some(lee.user.id)), PASSPHRASE, NOW);
    assert!(matches!(of_lee, Err(ImportError::OtherUser)));
    import(&store, &lee, &file(None), PASSPHRASE, NOW).unwrap();
    // The device is now lee's.
    let of_device = import(&store, &chan, &file(None), PASSPHRASE, NOW);
    assert!(matches!(of_device, Err(ImportError::OtherUser)));
    assert_eq!(store.applied.lock().unwrap().len(), 3);
}

#[test]
fn a_wrong_passphrase_and_damage_look_the_same() {
    let good = file(None);
    assert_eq!(open(&good, "rain over").unwrap_err(), RescueError::Closed);
    for at in [200, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let error = open(&bad, PASSPHRASE).unwrap_err();
        assert!(
            matches!(error, RescueError::Closed | RescueError::NotRescue),
            "{at}: {error:?}"
        );
    }
    assert_eq!(
        open(&good[..good.len() - 1], PASSPHRASE).unwrap_err(),
        RescueError::Cut
    );
    assert!(open(&good, &format!(" {PASSPHRASE}\n")).is_ok());
}

/// The browser seals the same bytes: tests/browser/platform/crypto.rs has this vector too.
#[test]
fn the_browser_and_the_server_make_the_same_seal() {
    let key = derive(PASSPHRASE.as_bytes(), &[7; 16], rounds()).unwrap();
    let mut bytes = b"topfloor".to_vec();
    let nonce = Nonce::assume_unique_for_key([9; 12]);
    key.seal_in_place_append_tag(nonce, Aad::from(b"line"), &mut bytes)
        .unwrap();
    assert_eq!(
        hex(&bytes),
        "5f174631726bce8c317aca57547d2c12a2d7daf7baf57297"
    );
}
