//! Users, devices and the audit trail.

use topfloor::wire::{Order, Role};

use super::*;
use crate::store::{Audit, StoreError};

pub fn names(store: &dyn Store) {
    let mei = user(store, "Mei");
    assert_eq!(store.account("mEI").unwrap().unwrap().user, mei);
    assert!(store.account("nobody").unwrap().is_none());
    let again = NewUser {
        id: id(),
        name: "MEI",
        shown: "",
        role: Role::Admin,
        password_hash: "",
    };
    assert!(matches!(
        store.add_user(&again, NOW),
        Err(StoreError::NameTaken(name)) if name == "MEI"
    ));
    user(store, "陳");
    user(store, "an");
    let names: Vec<_> = store
        .accounts()
        .unwrap()
        .into_iter()
        .map(|account| account.user.name)
        .collect();
    assert_eq!(names, ["an", "Mei", "陳"]);
}

pub fn passwords_and_closing(store: &dyn Store) {
    let mei = user(store, "mei");
    let phone = phone(store, &mei, "phone");
    store.set_password(mei.id, "$new", NOW).unwrap();
    store.set_closed(mei.id, true, NOW).unwrap();
    let account = store.account("mei").unwrap().unwrap();
    assert_eq!(
        (account.password_hash.as_str(), account.closed),
        ("$new", true)
    );
    assert_eq!(account.created_ms, NOW);
    assert!(store.device(phone.device.id).unwrap().unwrap().closed);
    store.set_closed(mei.id, false, NOW).unwrap();
    assert!(!store.device(phone.device.id).unwrap().unwrap().closed);
    for result in [
        store.set_password(id(), "$", NOW),
        store.set_closed(id(), true, NOW),
    ] {
        assert!(matches!(result, Err(StoreError::NoUser(_))));
    }
}

pub fn devices(store: &dyn Store) {
    let (mei, an) = (user(store, "mei"), user(store, "an"));
    let mine = id();
    let first = store.sign_in(mei.id, mine, "one", &[1; 32], NOW).unwrap();
    assert_eq!((first.created_ms, first.revoked), (NOW, false));
    // A later sign-in gives another name and another token, and the first token is dead.
    store
        .sign_in(mei.id, mine, "two", &[2; 32], NOW + 5)
        .unwrap();
    assert!(store.device_of_token(&[1; 32], NOW).unwrap().is_none());
    let known = store.device_of_token(&[2; 32], NOW).unwrap().unwrap();
    assert_eq!((known.id, known.name.as_str()), (mine, "two"));
    assert_eq!((known.created_ms, known.seen_ms), (NOW, NOW + 5));
    assert_eq!(known.user, mei);
    assert!(matches!(
        store.sign_in(an.id, mine, "x", &[3; 32], NOW),
        Err(StoreError::OtherUser(device)) if device == mine
    ));
    assert!(matches!(
        store.sign_in(id(), id(), "x", &[4; 32], NOW),
        Err(StoreError::NoUser(_))
    ));
    assert_eq!(store.devices(mei.id).unwrap().len(), 1);
    assert!(store.devices(an.id).unwrap().is_empty());
    store.sign_out(mine, NOW).unwrap();
    assert!(store.device_of_token(&[2; 32], NOW).unwrap().is_none());
    assert!(matches!(
        store.sign_out(id(), NOW),
        Err(StoreError::NoDevice(_))
    ));
}

pub fn revocation(store: &dyn Store) {
    let mei = user(store, "mei");
    let lost = id();
    store.sign_in(mei.id, lost, "lost", &[1; 32], NOW).unwrap();
    store.revoke(lost, true, Some(Order::Wipe), NOW).unwrap();
    // It still hears what it shall do, and a sign-in does not readmit it.
    let heard = store.device_of_token(&[1; 32], NOW).unwrap().unwrap();
    assert_eq!((heard.revoked, heard.order), (true, Some(Order::Wipe)));
    assert!(
        store
            .sign_in(mei.id, lost, "lost", &[2; 32], NOW)
            .unwrap()
            .revoked
    );
    assert!(store.device_of_token(&[2; 32], NOW).unwrap().is_none());
    // Once readmitted it has to sign in: whoever has the old token stays out.
    store.revoke(lost, false, None, NOW).unwrap();
    assert!(store.device_of_token(&[1; 32], NOW).unwrap().is_none());
    let back = store.sign_in(mei.id, lost, "found", &[3; 32], NOW).unwrap();
    assert_eq!((back.revoked, back.order), (false, None));
    assert!(matches!(
        store.revoke(id(), true, None, NOW),
        Err(StoreError::NoDevice(_))
    ));
}

pub fn audit(store: &dyn Store) {
    let entry = |n: i64| Audit {
        at_ms: n,
        user: Some(id()),
        device: None,
        act: "sign_in".into(),
        detail: n.to_string(),
    };
    let entries: Vec<_> = (0..3).map(entry).collect();
    for entry in &entries {
        store.audit(entry).unwrap();
    }
    let newest: Vec<_> = entries.iter().rev().take(2).cloned().collect();
    assert_eq!(store.audit_trail(2).unwrap(), newest);
}
