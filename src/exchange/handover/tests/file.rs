use proptest::prelude::*;

use super::super::frames::Collector;
use super::*;
use crate::domain::canvass::building::{Door, MOST_FLOORS};

#[test]
fn what_was_written_is_read() {
    let it = full();
    let bytes = write(&it).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains(&id(7, 1).to_string()));
    assert_eq!(read(&bytes), Ok(without_links(it.clone())));
    let compact = write_compact(&it, Part::All).unwrap();
    assert!(compact.len() < bytes.len());
    assert_eq!(read(&compact), Ok(without_links(it.clone())));
    let mut less = without_links(it);
    less.events.clear();
    less.part = Part::NoEvents;
    let compact = write_compact(&less, Part::NoEvents).unwrap();
    // Nothing was there to be left out.
    less.part = Part::All;
    assert_eq!(read(&compact), Ok(less));
}

#[test]
fn fields_of_later_builds_are_ignored() {
    let mut json: serde_json::Value = serde_json::from_slice(&write(&full()).unwrap()).unwrap();
    json["weather"] = "typhoon".into();
    json["building"]["body"]["colour"] = 7.into();
    json["events"][0]["body"]["mood"] = "good".into();
    let read = read(json.to_string().as_bytes()).unwrap();
    assert_eq!(read, without_links(full()));
}

#[test]
fn what_is_not_a_run_is_told_apart() {
    let bytes = write(&full()).unwrap();
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        change(&mut json);
        read(json.to_string().as_bytes())
    };
    for foreign in [
        &b""[..],
        b"{}",
        b"[1,2]",
        b"name,phone\n",
        b"{\"format\":\"topfloor-backup\",\"version\":1}",
        b"\xff\xd8\xff",
    ] {
        assert_eq!(read(foreign), Err(HandOverError::NotOurs));
    }
    assert_eq!(
        with(&|json| json["version"] = 2.into()),
        Err(HandOverError::Newer)
    );
    assert_eq!(
        with(&|json| json["run"]["schema"] = 9.into()),
        Err(HandOverError::Newer)
    );
    let is_damaged = |read: Result<HandOver, HandOverError>| {
        assert!(matches!(read, Err(HandOverError::Damaged(_))), "{read:?}");
    };
    is_damaged(read(&bytes[..bytes.len() / 2]));
    is_damaged(with(&|json| {
        json["run"]["body"]["building"] = id(1, 9).to_string().into()
    }));
    is_damaged(with(&|json| {
        json["run"]["body"]["partners"] = serde_json::json!([])
    }));
    is_damaged(with(&|json| {
        json["building"]["envelope"]["deleted"] = true.into()
    }));
    is_damaged(with(&|json| {
        json["building"]["body"]["floors"][1] = json["building"]["body"]["floors"][0].clone();
    }));
    let mut large = full();
    large.building.body.floors = tower(MOST_FLOORS + 1, 1).floors;
    assert_eq!(read(&write(&large).unwrap()), Err(HandOverError::TooLarge));
    assert_eq!(
        read(&write_compact(&large, Part::All).unwrap()),
        Err(HandOverError::TooLarge)
    );
    assert_eq!(
        read(&vec![b' '; MOST_BYTES + 1]),
        Err(HandOverError::TooLarge)
    );
}

#[test]
fn events_that_do_not_belong_are_left_out_and_counted() {
    let mut it = full();
    let mut foreign = it.events[0].clone();
    foreign.envelope.id = id(5, 7);
    foreign.body.building = id(1, 9);
    let mut endless = it.events[0].clone();
    endless.envelope.id = id(5, 8);
    endless.body.number = u64::MAX;
    let again = it.events[0].clone();
    let good = it.events.clone();
    it.events.extend([foreign, endless, again]);
    let mut json: serde_json::Value = serde_json::from_slice(&write(&it).unwrap()).unwrap();
    json["events"].as_array_mut().unwrap().push(3.into());
    let read = read(json.to_string().as_bytes()).unwrap();
    assert_eq!((read.events, read.refused), (good, 4));
}

#[test]
fn a_received_record_is_new_here() {
    let mut it = full();
    let envelope = &mut it.events[0].envelope;
    envelope.version = 7;
    envelope.import = Some(id(7, 7));
    envelope.scope = Scope::own();
    let read = read(&write(&it).unwrap()).unwrap();
    let envelope = &read.events[0].envelope;
    assert_eq!((envelope.version, envelope.import), (0, None));
    assert_eq!(envelope.scope, Scope::building(id(1, 0)));
}

#[test]
fn a_claim_is_the_same_each_time_it_is_sent() {
    let (tenant, a, b) = (id(6, 1), id(9, 1), id(9, 2));
    assert_eq!(claim_id(tenant, a), claim_id(tenant, a));
    assert_ne!(claim_id(tenant, a), claim_id(tenant, b));
}

#[test]
fn files_are_named_so_that_they_are_known_again() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let name = file_name(&tower(1, 1), day, "json");
    assert_eq!(name, "topfloor-Spruce-Tower-20261125.topfloor-run.json");
    assert!(is_named_so(&name));
    assert!(is_named_so("topfloor-雲杉-20261125.topfloor-run (1).TXT"));
    assert!(!is_named_so("clients.txt") && !is_named_so("a.topfloor-run.jpg"));
}

proptest! {
    #[test]
    fn no_bytes_and_no_text_break_it(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        text in "(TFR1/)?[0-9A-F/]{0,8}/[0-9]/[0-9]/.{0,40}",
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let _ = read(&bytes);
        let _ = Collector::default().put(&text);
        let _ = base45::decode(&text);
        let mut good = write(&full()).unwrap();
        let place = at.index(good.len());
        good[place] = byte;
        let _ = read(&good);
        let _ = read(&good[..cut.index(good.len())]);
        let mut good = write_compact(&full(), Part::All).unwrap();
        let place = at.index(good.len());
        good[place] = byte;
        let _ = read(&good);
    }
}

#[test]
fn floors_in_groups_are_the_same_floors() {
    let mut floors = tower(30, 4).floors;
    floors[3].label = "廿七樓".into();
    floors[5].kind = FloorKind::Mechanical;
    floors[7].doors = vec![Door {
        id: "*".into(),
        label: "全層".into(),
        from: vec!["01".into()],
    }];
    let layout = Layout::of(&floors);
    assert_eq!(layout.floors(), Ok(floors));
}
