//! What a mutation must be, and that each is applied once.

use topfloor::domain::record::Created;

use super::*;

pub fn a_lost_answer(store: &dyn Store) {
    let (phone, _) = two(store);
    let record = id();
    let sent = phone.incoming(&create(record, org("甲")));
    assert_eq!(
        applied(&phone.send(std::slice::from_ref(&sent))[0]),
        (1, 1, 0)
    );
    phone.push(&edit(
        record,
        1,
        vec![set("name_zh", json!("甲"), json!("乙"))],
    ));
    let again = phone.send(&[sent.clone(), sent]);
    assert!(
        again
            .iter()
            .all(|outcome| matches!(outcome, Outcome::Duplicate { version: 1 }))
    );
    assert_eq!(phone.body(record)["name_zh"], "乙");
    assert_eq!(phone.pull("u:self", 0, 10).last, 2);
    assert_eq!(store.check().unwrap().mutations, 2);
}

pub fn a_reused_id(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let first = create(id(), org("甲"));
    phone.push(&first);
    let forged = Mutation {
        id: first.id,
        ..create(id(), org("乙"))
    };
    let before = store.held(tablet.device.id).unwrap();
    assert_rejected!(tablet.push(&forged), Reused);
    assert_eq!(phone.all().len(), 1);
    assert_eq!(store.held(tablet.device.id).unwrap(), before);
    let trail = store.audit_trail(5).unwrap();
    assert_eq!(trail.len(), 1);
    assert_eq!(trail[0].device, Some(tablet.device.id));
    assert!(trail[0].detail.contains(&first.id.to_string()));
    sound(store);
}

pub fn bytes_and_form(store: &dyn Store) {
    let (phone, _) = two(store);
    let good = phone.incoming(&create(id(), org("甲")));
    let mut flipped = good.clone();
    flipped.body = flipped.body.replace('甲', "乙");
    assert_rejected!(&phone.send(&[flipped])[0], Damaged);
    let sealed = |body: &str, id: Id| {
        use sha2::{Digest, Sha256};
        Incoming {
            number: 9,
            id,
            digest: topfloor::domain::consent::hex(&Sha256::digest(body.as_bytes())),
            body: body.into(),
        }
    };
    assert_rejected!(&phone.send(&[sealed("{", id())])[0], Malformed);
    assert_rejected!(&phone.send(&[sealed("[1]", id())])[0], Malformed);
    // Another id outside than inside.
    assert_rejected!(&phone.send(&[sealed(&good.body, id())])[0], Malformed);
    let without = good.body.replace("\"record\"", "\"rekord\"");
    assert_rejected!(&phone.send(&[sealed(&without, good.id)])[0], Malformed);
    let endless = Incoming {
        number: u64::MAX,
        ..good.clone()
    };
    assert_rejected!(&phone.send(&[endless])[0], Malformed);
    assert!(store.held(phone.device.id).unwrap().is_empty());
    // Spaces count: the bytes are what is digested, not the JSON.
    let spaced = good.body.replacen(':', " : ", 1);
    assert_eq!(
        applied(&phone.send(&[sealed(&spaced, good.id)])[0]),
        (1, 1, 0)
    );
    assert_rejected!(&phone.send(&[good])[0], Reused);
}

pub fn unknown_kinds(store: &dyn Store) {
    let (phone, _) = two(store);
    let mutation = create(id(), org("甲"));
    let rewritten = |from: &str, to: &str| {
        use sha2::{Digest, Sha256};
        let mut sent = phone.incoming(&mutation);
        sent.body = sent.body.replace(from, to);
        sent.digest = topfloor::domain::consent::hex(&Sha256::digest(sent.body.as_bytes()));
        sent
    };
    let kind = rewritten("\"organisation\"", "\"opportunity\"");
    let layout = rewritten("\"schema\":1", "\"schema\":2");
    for outcome in phone.send(&[kind, layout]) {
        assert_later!(outcome, ServerOlder, 3600);
    }
    assert!(phone.all().is_empty());
    assert!(store.held(phone.device.id).unwrap().is_empty());
    // The id was not kept: once the server knows the kind, the same mutation is applied.
    assert_eq!(applied(&phone.push(&mutation)), (1, 1, 0));
    let none = rewritten("\"schema\":1", "\"schema\":0");
    assert_rejected!(&phone.send(&[none])[0], Reused);
    let never = Mutation {
        schema: 0,
        ..create(id(), org("乙"))
    };
    assert_rejected!(phone.push(&never), Invalid);
}

pub fn a_bad_one_amid_good_ones(store: &dyn Store) {
    let (phone, _) = two(store);
    let batch = [
        create(id(), org("甲")),
        create(id(), json!({"stage": "no such stage"})),
        edit(id(), 3, vec![set("name_zh", json!(""), json!("x"))]),
        create(id(), org("乙")),
    ];
    let batch: Vec<_> = batch.iter().map(|m| phone.incoming(m)).collect();
    let outcomes = phone.send(&batch);
    assert_eq!(applied(&outcomes[0]), (1, 1, 0));
    assert_rejected!(&outcomes[1], Invalid);
    assert_rejected!(&outcomes[2], UnknownRecord);
    assert_eq!(applied(&outcomes[3]), (1, 2, 0));
    assert_eq!(store.held(phone.device.id).unwrap(), [(1, 1), (4, 4)]);
    sound(store);
}

pub fn held_numbers(store: &dyn Store) {
    let (phone, tablet) = two(store);
    let send = |number: u64| {
        let sent = phone.incoming(&create(id(), org("甲")));
        phone.send(&[Incoming { number, ..sent }]);
    };
    let held = || store.held(phone.device.id).unwrap();
    assert!(held().is_empty());
    for number in [5, 7, 6, 1, 2, 9, 4] {
        send(number);
    }
    assert_eq!(held(), [(1, 2), (4, 7), (9, 9)]);
    send(3);
    send(3);
    send(8);
    assert_eq!(held(), [(1, 9)]);
    assert!(store.held(tablet.device.id).unwrap().is_empty());
    sound(store);
}

pub fn origins(store: &dyn Store) {
    let (phone, _) = two(store);
    let (plain, handed) = (id(), id());
    phone.push(&create(plain, org("甲")));
    let record = phone.record(plain);
    assert_eq!(record.created.device, phone.device.id);
    assert_eq!(record.created.user.as_deref(), Some("mei"));
    assert_eq!(record.created.at, at(NOW - 1000));
    let created = Created {
        at: at(5),
        device: id(),
        user: Some("an".into()),
    };
    let action = Action::Create {
        body: org("乙"),
        created: Some(created.clone()),
    };
    phone.push(&mutation(handed, 0, action));
    assert_eq!(phone.record(handed).created, created);
    // Times only go forward, whatever a device's clock says.
    let early = Mutation {
        at: at(7),
        ..edit(plain, 1, vec![set("name_zh", json!("甲"), json!("丙"))])
    };
    phone.push(&early);
    let record = phone.record(plain);
    assert_eq!((record.changed_ms, record.version), (NOW - 1000, 2));
}

pub fn rules_of_kinds(store: &dyn Store) {
    let (phone, _) = two(store);
    let record = id();
    phone.push(&create(record, org("甲")));
    let broken = edit(
        record,
        1,
        vec![set("stage", json!("prospect"), json!("no such"))],
    );
    assert_rejected!(phone.push(&broken), Invalid);
    let other = of(Kind::Person, edit(record, 1, vec![]));
    assert_rejected!(phone.push(&other), Invalid);
    let clash = of(Kind::Clash, create(id(), json!({})));
    assert_rejected!(phone.push(&clash), Invalid);
    assert_eq!(phone.record(record).version, 1);
    // What was so already is applied and changes nothing.
    let same = edit(record, 1, vec![set("name_zh", json!("x"), json!("甲"))]);
    let outcome = phone.push(&same);
    assert_eq!(applied(&outcome), (1, 0, 0));
    assert!(shown(outcome).is_none());
}

pub fn unknown_records(store: &dyn Store) {
    let (phone, _) = two(store);
    let change = edit(id(), 1, vec![set("name_zh", json!(""), json!("x"))]);
    assert_rejected!(phone.push(&change), UnknownRecord);
    assert_rejected!(
        phone.push(&mutation(id(), 1, Action::Delete)),
        UnknownRecord
    );
    assert!(store.held(phone.device.id).unwrap().is_empty());
}
