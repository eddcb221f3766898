use proptest::prelude::*;

use super::*;
use crate::domain::contact::Extra;
use crate::domain::id::NewId;
use crate::domain::import::{Phase, Target};
use crate::domain::lead::LeadBody;
use crate::domain::record::{Created, Kind, Scope};
use crate::exchange::testing::Counting;

fn moment() -> Moment {
    Moment {
        at_ms: 1_795_392_000_000,
        zone: "Asia/Hong_Kong".into(),
        offset_min: 480,
    }
}

fn rows() -> Vec<BackupRow> {
    let mut ids = Counting::default();
    let mut id = || ids.new_id();
    let envelope = Envelope {
        id: id(),
        scope: Scope::own(),
        version: 0,
        created: Created {
            at: moment(),
            device: id(),
            user: None,
        },
        changed_ms: 1,
        deleted: false,
        import: Some(id()),
    };
    let bytes = b"\xff\xd8photo".to_vec();
    let json = "{\"text\":\"line\\n𠮷 \u{2028}\"}".as_bytes().to_vec();
    let mutation = Frozen {
        id: id(),
        record: id(),
        kind: Kind::Note,
        digest: hex(&Sha256::digest(&json)),
        bytes: json.clone(),
        at_ms: 2,
        import: None,
    };
    let import = Import {
        id: id(),
        target: Target::Leads,
        phase: Phase::Writing,
        file_name: "名錄.csv".into(),
        at: moment(),
        total: 9,
        done: 5,
        plan: "[]".into(),
        counts: BTreeMap::from([("created".into(), 5)]),
    };
    let body = LeadBody {
        name_zh: "甲".into(),
        extra: vec![Extra {
            name: "a".into(),
            value: "\"\\\n".into(),
        }],
        ..LeadBody::default()
    };
    let lead = Lead {
        id: id(),
        import: import.id,
        organisation: None,
        body,
    };
    let mut list = Suppression {
        salt: "s".into(),
        ..Suppression::default()
    };
    list.add("+85255550101");
    vec![
        BackupRow::Import {
            import: import.clone(),
        },
        BackupRow::Fill {
            mutation: id(),
            import: import.id,
            record: id(),
            changes: Vec::new(),
        },
        BackupRow::Queued {
            number: 7,
            mutation,
        },
        BackupRow::Record {
            envelope: envelope.clone(),
            kind: "note".into(),
            schema: 1,
            links: vec![id()],
            due: None,
            body: json,
        },
        BackupRow::Record {
            envelope,
            kind: "from_the_future".into(),
            schema: 9,
            links: vec![],
            due: Some("2026-11-23".into()),
            body: vec![0xff, 0],
        },
        BackupRow::Blob {
            digest: hex(&Sha256::digest(&bytes)),
            bytes,
        },
        BackupRow::Lead { lead },
        BackupRow::Draft {
            key: "person:new".into(),
            text: "陳\r\n".into(),
            at_ms: 3,
        },
        BackupRow::Lists {
            own: list,
            others: vec![Suppression::default()],
        },
        BackupRow::Meta {
            key: "lang".into(),
            value: "zh".into(),
        },
    ]
}

fn file() -> String {
    let header = Header {
        created: moment(),
        device: Counting::default().new_id(),
        counts: BTreeMap::from([("record".into(), 2)]),
    };
    let (mut writer, mut file) = BackupWriter::begin(header).unwrap();
    for row in rows() {
        file.push_str(&writer.row(&row).unwrap());
    }
    file.push_str(&writer.finish().unwrap());
    file
}

type Found = Vec<Result<BackupRow, BackupError>>;

fn read(bytes: &[u8], piece: usize) -> (Found, Ending, bool) {
    let mut reader = BackupReader::default();
    let mut found: Found = bytes
        .chunks(piece)
        .flat_map(|piece| reader.feed(piece))
        .collect();
    let header = reader.header().is_some();
    let (last, ending) = reader.finish();
    found.extend(last);
    (found, ending, header)
}

#[test]
fn everything_comes_back_whatever_the_pieces() {
    let file = file();
    assert_eq!(file.lines().count(), rows().len() + 2);
    for piece in [1, 7, 4096] {
        let (found, ending, header) = read(file.as_bytes(), piece);
        assert_eq!(found, rows().into_iter().map(Ok).collect::<Vec<_>>());
        assert_eq!((ending, header), (Ending::Whole, true));
    }
    assert_eq!(read(file.trim_end().as_bytes(), 99).1, Ending::Whole);
}

#[test]
fn a_file_cut_anywhere_gives_its_whole_lines_and_says_so() {
    let file = file();
    let whole = rows();
    for cut in 0..file.trim_end().len() {
        let (found, ending, _) = read(&file.as_bytes()[..cut], 64);
        assert_eq!(ending, Ending::Cut, "{cut}");
        let good: Vec<&BackupRow> = found.iter().flatten().collect();
        let lines = file.as_bytes()[..cut]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        assert!(
            good.len() >= lines.saturating_sub(1).min(whole.len()),
            "{cut}"
        );
        assert!(
            good.iter()
                .zip(&whole)
                .all(|(found, wanted)| *found == wanted),
            "{cut}"
        );
    }
}

#[test]
fn errors_name_their_line() {
    let error = |file: &str| {
        read(file.as_bytes(), 64)
            .0
            .into_iter()
            .filter_map(Result::err)
            .collect::<Vec<_>>()
    };
    let at = |line, kind| vec![BackupError { line, kind }];
    assert_eq!(
        error("{\"format\":\"other\"}\n"),
        at(1, BackupErrorKind::NotABackup)
    );
    let good = file();
    let newer = good.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(error(&newer), at(1, BackupErrorKind::NewerVersion(2)));
    let strange = good.replacen("\"row\":\"meta\"", "\"row\":\"ledger\"", 1);
    assert_eq!(error(&strange), at(11, BackupErrorKind::UnknownRow));
    let broken = good.replacen("\"row\":\"draft\"", "\"row\":\"draft", 1);
    assert_eq!(error(&broken), at(9, BackupErrorKind::BadRow));
    let photo = good.replacen("/9hwaG90bw==", "/9hwaG90cA==", 1);
    assert_eq!(
        (error(&photo), photo != good),
        (at(7, BackupErrorKind::DamagedBlob), true)
    );
    assert_eq!(
        error(&format!("{good}{{}}\n")),
        at(13, BackupErrorKind::BehindTheEnd)
    );
    assert_eq!(read(b"", 1), (vec![], Ending::Cut, false));
}

proptest! {
    #[test]
    fn one_changed_byte_is_noticed_and_costs_one_line(at in 0_usize..2000, byte: u8) {
        let file = file();
        let end = file.trim_end().rfind('\n').unwrap();
        let mut bytes = file.into_bytes();
        let at = at % end;
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let (found, ending, _) = read(&bytes, 50);
        prop_assert_ne!(ending, Ending::Whole);
        let wanted = rows();
        let good = found.iter().flatten().filter(|row| wanted.contains(row)).count();
        prop_assert!(good + 2 >= wanted.len(), "{good} of {}", wanted.len());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), piece in 1_usize..50) {
        let (found, ending, _) = read(&bytes, piece);
        prop_assert!(ending != Ending::Whole && found.iter().all(Result::is_err));
    }
}
