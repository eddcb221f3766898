//! Scopes that several users share.

use super::*;

fn tower(partners: &[&str]) -> Value {
    let partners: Vec<_> = partners
        .iter()
        .zip(1u8..)
        .map(|(account, n)| json!({"id": Id::from_parts(n.into(), &[n; 10]), "account": account}))
        .collect();
    let mut body = json!({"name_zh": "塔", "name_en": ""});
    if !partners.is_empty() {
        body["partners"] = json!(partners);
    }
    body
}

fn make(building: Id, partners: &[&str]) -> Mutation {
    inside(
        building,
        of(Kind::Building, create(building, tower(partners))),
    )
}

fn inside(building: Id, mutation: Mutation) -> Mutation {
    within(&format!("b:{building}"), mutation)
}

fn rename(building: Id, base: u64, old: &str, new: &str) -> Mutation {
    let change = set("name_zh", json!(old), json!(new));
    inside(
        building,
        of(Kind::Building, edit(building, base, vec![change])),
    )
}

/// The change of the list of partners from one state to another.
fn partners(building: Id, base: u64, old: &[&str], new: &[&str]) -> Mutation {
    let changes = topfloor::domain::merge::diff(&tower(old), &tower(new));
    inside(building, of(Kind::Building, edit(building, base, changes)))
}

fn phones(store: &dyn Store) -> (Phone<'_>, Phone<'_>) {
    let (mei, an) = (user(store, "mei"), user(store, "An"));
    (phone(store, &mei, "mei's"), phone(store, &an, "an's"))
}

fn sees(phone: &Phone, building: Id) -> bool {
    let user = phone.device.user.id;
    let name = format!("b:{building}");
    let listed = phone
        .store
        .scopes(user)
        .unwrap()
        .iter()
        .any(|scope| scope.scope == name);
    let pulled = matches!(phone.store.pull(user, &name, 0, 10), Ok(Pull::Page(_)));
    assert_eq!(listed, pulled);
    listed
}

fn epoch(phone: &Phone, building: Id) -> u64 {
    phone.pull(&format!("b:{building}"), 0, 1).epoch
}

pub fn made_by_the_first(store: &dyn Store) {
    let (mei, an) = phones(store);
    let building = id();
    let door = inside(building, create(id(), org("甲")));
    assert_later!(mei.push(&door), NoAccess, 300);
    // Only its own building opens a scope.
    let other = inside(building, of(Kind::Building, create(id(), tower(&[]))));
    assert_later!(mei.push(&other), NoAccess, 300);
    assert!(!sees(&mei, building));
    assert_eq!(applied(&mei.push(&make(building, &[]))), (1, 1, 0));
    assert!(sees(&mei, building) && !sees(&an, building));
    let page = mei.pull(&format!("b:{building}"), 0, 10);
    assert_eq!(page.records[0].scope, format!("b:{building}"));
    assert_eq!(applied(&mei.push(&door)), (1, 2, 0));
    // The own book has a count of its own.
    assert_eq!(applied(&mei.push(&create(id(), org("乙")))), (1, 1, 0));
    assert_later!(an.push(&make(building, &[])), NoAccess, 300);
    let names: Vec<_> = store
        .scopes(mei.device.user.id)
        .unwrap()
        .into_iter()
        .map(|scope| (scope.scope, scope.seq))
        .collect();
    assert_eq!(
        names,
        [("u:self".to_owned(), 1), (format!("b:{building}"), 2)]
    );
    sound(store);
}

pub fn partners_come_and_go(store: &dyn Store) {
    let (mei, an) = phones(store);
    let building = id();
    mei.push(&make(building, &[]));
    let start = epoch(&mei, building);
    let early = an.incoming(&inside(building, create(id(), org("甲"))));
    let own = an.incoming(&create(id(), org("乙")));
    let outcomes = an.send(&[early.clone(), own]);
    assert_later!(&outcomes[0], NoAccess, 300);
    assert_eq!(applied(&outcomes[1]), (1, 1, 0));
    mei.push(&partners(building, 1, &[], &["aN"]));
    assert!(sees(&an, building));
    let joined = epoch(&mei, building);
    assert!(joined > start);
    // What was put off is applied now, and the partner may change the building too.
    assert_eq!(applied(&an.send(&[early])[0]), (1, 3, 0));
    assert_eq!(
        applied(&an.push(&rename(building, 2, "塔", "樓"))),
        (3, 4, 0)
    );
    assert_eq!(epoch(&mei, building), joined);
    mei.push(&partners(building, 3, &["aN"], &[]));
    assert!(!sees(&an, building) && sees(&mei, building));
    assert!(epoch(&mei, building) > joined);
    assert_later!(an.push(&rename(building, 3, "樓", "廈")), NoAccess, 300);
    sound(store);
}

pub fn a_partner_without_account(store: &dyn Store) {
    let mei = phone(store, &user(store, "mei"), "mei's");
    let building = id();
    mei.push(&make(building, &["an"]));
    let an = phone(store, &user(store, "An"), "an's");
    assert!(sees(&an, building));
}

pub fn other_books(store: &dyn Store) {
    let (mei, an) = phones(store);
    let theirs = format!("u:{}", an.device.user.id);
    for scope in [theirs.as_str(), "t:1", "b:", "b:1", "", "u:", "u:SELF"] {
        assert_rejected!(mei.push(&within(scope, create(id(), org("甲")))), Invalid);
    }
    let loud = format!("b:{}", id()).to_uppercase().replace("B:", "b:");
    assert_rejected!(mei.push(&within(&loud, create(id(), org("甲")))), Invalid);
    assert!(an.all().is_empty());
}

pub fn by_another_record(store: &dyn Store) {
    let (mei, an) = phones(store);
    let building = id();
    mei.push(&make(building, &[]));
    // A second building record in the scope says nothing of who shares it.
    mei.push(&inside(
        building,
        of(Kind::Building, create(id(), tower(&["an"]))),
    ));
    assert!(!sees(&an, building));
    // And the tower's own record cannot be reached through another scope.
    let change = set("name_zh", json!("塔"), json!("廈"));
    let around = of(Kind::Building, edit(building, 1, vec![change]));
    assert_rejected!(an.push(&around), Invalid);
    assert_rejected!(mei.push(&around_again(&around)), Invalid);
}

fn around_again(mutation: &Mutation) -> Mutation {
    Mutation {
        id: id(),
        ..mutation.clone()
    }
}
