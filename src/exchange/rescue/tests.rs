use proptest::prelude::*;

use super::*;
use crate::domain::id::NewId;
use crate::domain::outbox::Frozen;
use crate::domain::record::Kind;
use crate::exchange::testing::Counting;

fn header(rounds: u32) -> Header {
    Header {
        rounds,
        salt: [7; SALT_BYTES],
        nonce: [9; NONCE_BYTES],
        device: Counting::default().new_id(),
        user: None,
        made: Moment {
            at_ms: 1_795_392_000_000,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        },
        rows: 2,
        pictures: 1,
    }
}

fn queued(number: u64) -> BackupRow {
    let id = Id::from_parts(number, &[1; 10]);
    BackupRow::Queued {
        number,
        mutation: Frozen {
            id,
            record: id,
            kind: Kind::Note,
            bytes: format!("{{\"n\":{number}}}").into_bytes(),
            digest: "d".into(),
            at_ms: 1,
            import: None,
        },
    }
}

fn plain() -> Vec<u8> {
    let head = header(ROUNDS);
    let mut plain = Plain::begin(head.made, head.device).unwrap();
    for row in [
        BackupRow::Draft {
            key: "note/new".into(),
            text: "半句\n".into(),
            at_ms: 3,
        },
        queued(9),
        queued(2),
    ] {
        plain.row(&row).unwrap();
    }
    plain.finish().unwrap()
}

fn file(rounds: u32) -> Vec<u8> {
    join(&first_line(&header(rounds), 4).unwrap(), &[0xaa; 20])
}

#[test]
fn a_file_is_taken_apart_as_it_was_put_together() {
    let file = file(ROUNDS);
    let parts = split(&file).unwrap();
    assert_eq!(parts.header, header(ROUNDS));
    assert_eq!(
        parts.aad,
        first_line(&header(ROUNDS), 4).unwrap().as_bytes()
    );
    assert_eq!(parts.sealed, [0xaa; 20]);
}

#[test]
fn what_is_no_whole_rescue_file_is_named() {
    assert_eq!(split(b"").unwrap_err(), RescueError::NotRescue);
    assert_eq!(split(b"\n").unwrap_err(), RescueError::NotRescue);
    let other = b"{\"format\":\"topfloor-backup\",\"version\":1}\n";
    assert_eq!(split(other).unwrap_err(), RescueError::NotRescue);
    let newer = b"{\"format\":\"topfloor-rescue\",\"version\":2,\"all\":\"new\"}\nx";
    assert_eq!(split(newer).unwrap_err(), RescueError::Newer(2));
    for rounds in [0, 1, 599_999, 10_000_001, u32::MAX] {
        assert_eq!(
            split(&file(rounds)).unwrap_err(),
            RescueError::Rounds(rounds)
        );
    }
    let whole = file(ROUNDS);
    for cut in 30..whole.len() {
        assert_eq!(split(&whole[..cut]).unwrap_err(), RescueError::Cut, "{cut}");
    }
}

#[test]
fn changes_come_first_and_in_their_order() {
    let rows = read(&plain()).unwrap().rows;
    assert_eq!(rows[..2], [queued(2), queued(9)]);
    assert!(matches!(&rows[2], BackupRow::Draft { text, .. } if text == "半句\n"));
}

#[test]
fn a_passphrase_is_the_same_however_it_was_typed() {
    assert_eq!(
        passphrase_bytes(" ｒａｉｎ e\u{301} "),
        passphrase_bytes("rain é")
    );
    assert_ne!(passphrase_bytes("rain"), passphrase_bytes("Rain"));
}

#[test]
fn a_sentence_is_good_and_repetition_is_not() {
    assert_eq!(strength(" short "), Strength::Short(7));
    assert_eq!(strength("aaaaaaaaaaaaaaaa"), Strength::Weak);
    assert_eq!(strength("1997 0701 1997 0701"), Strength::Weak);
    assert_eq!(strength("昨晚雨大我在天星碼頭等船"), Strength::Good);
    assert_eq!(strength("rain over Kowloon"), Strength::Good);
}

proptest! {
    #[test]
    fn a_cut_plain_text_gives_nothing(cut in 0_usize..2000) {
        let plain = plain();
        let whole = plain.len() - 1;
        prop_assert_eq!(read(&plain[..cut % whole]), Err(RescueError::Malformed));
    }

    #[test]
    fn a_flipped_bit_in_the_plain_text_gives_nothing(at in 0_usize..2000, bit in 0_u8..8) {
        let mut plain = plain();
        // The last byte is a line end, which carries nothing.
        let at = at % (plain.len() - 1);
        plain[at] ^= 1 << bit;
        prop_assert_eq!(read(&plain), Err(RescueError::Malformed));
    }

    #[test]
    fn a_flipped_bit_in_the_file_never_panics_nor_goes_unseen(at in 0_usize..2000, bit in 0_u8..8) {
        let good = file(ROUNDS);
        let mut bad = good.clone();
        let at = at % bad.len();
        bad[at] ^= 1 << bit;
        if let Ok(parts) = split(&bad) {
            // What is still taken apart differs in what the seal covers: the line, the key, or the sealed bytes.
            let good = split(&good).unwrap();
            prop_assert!(parts.aad != good.aad || parts.sealed != good.sealed);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(split(&bytes).is_err());
        prop_assert!(read(&bytes).is_err());
    }
}
