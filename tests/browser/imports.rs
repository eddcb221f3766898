//! Imports: unseen until committed, resumed after a kill, taken back without losing what was touched since.

use topfloor::domain::id::Id;
use topfloor::domain::import::{Import, Phase, Target};
use topfloor::domain::lead::{Lead, LeadBody};
use topfloor::domain::outbox::Action;
use topfloor::domain::record::{AnyEntry, Kind};
use topfloor::storage::{Store, Undone};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::*;

pub fn import(total: u32) -> Import {
    Import {
        id: id(),
        target: Target::Clients,
        phase: Phase::Writing,
        file_name: "portfolio.csv".into(),
        at: at(1),
        total,
        done: 0,
        plan: "the plan".into(),
        counts: Default::default(),
    }
}

pub async fn write(store: &Store, import: &mut Import, clients: &[AnyEntry]) {
    import.done += clients.len() as u32;
    store
        .write_chunk(import, clients.iter().map(new).collect(), Vec::new())
        .await
        .unwrap();
}

pub async fn commit(store: &Store, import: &mut Import) {
    import.phase = Phase::Committed;
    import.plan = String::new();
    store.put_import(import).await.unwrap();
}

async fn undo(store: &Store, import: &Import, limit: u32) -> Undone {
    let mut total = Undone::default();
    let mut import = import.clone();
    import.phase = Phase::Undoing;
    loop {
        let undone = store
            .undo_chunk(&import, limit, &at(9_000), &mut id)
            .await
            .unwrap();
        total.removed += undone.removed;
        total.restored += undone.restored;
        total.kept_edited += undone.kept_edited;
        if undone.remaining == 0 {
            return total;
        }
    }
}

async fn shown(store: &Store) -> Vec<Id> {
    let page = store.page(Kind::Organisation, None, 1_000).await.unwrap();
    page.loaded.entries.iter().map(|entry| entry.id()).collect()
}

#[wasm_bindgen_test]
async fn an_import_is_seen_when_it_is_committed_and_goes_on_after_a_kill() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let firms: Vec<_> = (0..4).map(|n| client(&n.to_string())).collect();
    let mut mine = import(4);
    store.put_import(&mine).await.unwrap();
    write(&store, &mut mine, &firms[..2]).await;
    assert!(shown(&store).await.is_empty());
    assert_eq!(store.get(firms[0].id()).await.unwrap(), None);
    assert_eq!(store.get_many(&[firms[0].id()]).await.unwrap(), []);
    assert_eq!(
        store.counts().await.unwrap().by_kind[&Kind::Organisation],
        0
    );
    let queued = store.outbox_page(None, 10).await.unwrap().rows;
    assert!(
        queued
            .iter()
            .all(|(_, frozen)| frozen.import == Some(mine.id)),
        "held back"
    );

    store.close();
    let (store, head) = book_of(profile).await;
    assert_eq!(
        head.imports
            .iter()
            .map(|import| (import.id, import.done))
            .collect::<Vec<_>>(),
        [(mine.id, 2)]
    );
    // What the head answers carries no plan, and keeping it must not lose the one that is there.
    store.put_import(&head.imports[0]).await.unwrap();
    let mut resumed = store.import(mine.id).await.unwrap().unwrap();
    assert_eq!((resumed.plan.as_str(), resumed.done), ("the plan", 2));
    write(&store, &mut resumed, &firms[2..]).await;
    commit(&store, &mut resumed).await;
    assert_eq!(store.last_durability(), "strict");
    assert_eq!(
        shown(&store).await,
        firms.iter().map(|firm| firm.id()).collect::<Vec<_>>()
    );
    assert!(store.head().await.unwrap().imports.is_empty());
    assert_eq!(
        store.import(mine.id).await.unwrap().unwrap().plan,
        "",
        "the plan is needed no more"
    );
    assert_eq!(numbers(&store).await, [1, 2, 3, 4]);
}

#[wasm_bindgen_test]
async fn an_unfinished_import_is_discarded_without_a_trace_in_the_queue() {
    let store = book().await;
    let own = client("own");
    store.save(save(vec![new(&own)])).await.unwrap();
    let mut mine = import(10);
    store.put_import(&mine).await.unwrap();
    let firms: Vec<_> = (0..5).map(|n| client(&n.to_string())).collect();
    write(&store, &mut mine, &firms).await;
    let undone = undo(&store, &mine, 2).await;
    assert_eq!(
        undone,
        Undone {
            removed: 5,
            ..Undone::default()
        }
    );
    assert_eq!(shown(&store).await, [own.id()]);
    assert_eq!(numbers(&store).await, [1]);
    assert_eq!(store.head().await.unwrap().outbox.count, 1);
    assert_eq!(store.imports().await.unwrap()[0].phase, Phase::Undone);
}

#[wasm_bindgen_test]
async fn an_undo_keeps_what_was_edited_and_what_something_belongs_to() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let firms: Vec<_> = (0..5).map(|n| client(&n.to_string())).collect();
    let branch = edited(&client("branch of 3"), |body| {
        body.parent = Some(firms[3].id())
    });
    let mut mine = import(6);
    store.put_import(&mine).await.unwrap();
    write(&store, &mut mine, &firms).await;
    write(&store, &mut mine, std::slice::from_ref(&branch)).await;
    commit(&store, &mut mine).await;

    // One is edited, one has a note, and one has a branch with a note.
    let now = store.get(firms[1].id()).await.unwrap().unwrap();
    let touched = edited(&now, |body| body.remark = "mine".into());
    store
        .save(save(vec![change(&now, &touched)]))
        .await
        .unwrap();
    store
        .save(save(vec![
            new(&note(firms[2].id(), "x")),
            new(&note(branch.id(), "y")),
        ]))
        .await
        .unwrap();

    let undone = undo(&store, &mine, 2).await;
    assert_eq!((undone.removed, undone.kept_edited), (2, 4));
    assert_eq!(
        shown(&store).await,
        [firms[1].id(), firms[2].id(), firms[3].id(), branch.id()]
    );
    let kept = store.get(firms[1].id()).await.unwrap().unwrap();
    assert_eq!(
        (organisation(&kept).remark.as_str(), kept.envelope.import),
        ("mine", None)
    );
    let queued = store.outbox_page(None, 100).await.unwrap().rows;
    assert_eq!(
        queued.len(),
        4 + 3,
        "the makings of those kept, and what was done since"
    );
    assert!(
        queued.iter().all(|(_, frozen)| frozen.import.is_none()),
        "nothing waits for an import that is no more"
    );
    assert_eq!(store.head().await.unwrap().outbox.count, 7);
    assert_eq!(
        rows(profile, "bin").await.len(),
        4,
        "two records and their queue rows"
    );

    store.sweep_bin(9_000 + 29 * 86_400_000).await.unwrap();
    assert_eq!(rows(profile, "bin").await.len(), 4);
    store.sweep_bin(9_000 + 30 * 86_400_000).await.unwrap();
    assert_eq!(rows(profile, "bin").await.len(), 0);
}

#[wasm_bindgen_test]
async fn what_is_for_this_device_alone_is_not_queued_until_somebody_makes_it_their_own() {
    let profile = id();
    let (store, _) = book_of(profile).await;
    let firms: Vec<_> = (0..4).map(|n| client(&n.to_string())).collect();
    let mut demo = import(4);
    store.put_import(&demo).await.unwrap();
    demo.done = 4;
    store
        .write_local_chunk(&demo, firms.iter().map(new).collect())
        .await
        .unwrap();
    commit(&store, &mut demo).await;
    assert_eq!(store.head().await.unwrap().outbox.count, 0);
    assert_eq!(shown(&store).await.len(), 4);

    // One is edited, one gets a note, one is deleted.
    let now = store.get(firms[1].id()).await.unwrap().unwrap();
    let touched = edited(&now, |body| body.remark = "mine".into());
    store
        .save(save(vec![change(&now, &touched)]))
        .await
        .unwrap();
    store
        .save(save(vec![new(&note(firms[2].id(), "x"))]))
        .await
        .unwrap();
    let mut gone = store.get(firms[3].id()).await.unwrap().unwrap();
    gone.envelope.deleted = true;
    store
        .save(save(vec![change(
            &store.get(firms[3].id()).await.unwrap().unwrap(),
            &gone,
        )]))
        .await
        .unwrap();

    assert_eq!(undo(&store, &demo, 2).await.kept_edited, 2);
    assert_eq!(shown(&store).await, [firms[1].id(), firms[2].id()]);
    let mut made = Vec::new();
    for (_, frozen) in store.outbox_page(None, 100).await.unwrap().rows {
        match frozen.thaw().unwrap().action {
            Action::Create { body, .. } => made.push((frozen.record, body.to_string())),
            other => panic!("{other:?} of a record no server knows"),
        }
    }
    assert_eq!(made.len(), 3, "two firms and the note");
    assert!(
        made.iter()
            .any(|(id, body)| *id == firms[1].id() && body.contains("mine"))
    );
    assert_eq!(store.head().await.unwrap().outbox.count, 3);
}

#[wasm_bindgen_test]
async fn what_was_sent_is_taken_back_by_a_deletion() {
    let store = book().await;
    let firms = [client("sent"), client("unsent")];
    let mut mine = import(2);
    write(&store, &mut mine, &firms).await;
    commit(&store, &mut mine).await;
    let limits = topfloor::wire::Limits {
        mutations: 1,
        ..Default::default()
    };
    let sent = store.next_batch(&Default::default(), &limits).await;
    store.mark_sent(&sent.unwrap()).await.unwrap();

    assert_eq!(undo(&store, &mine, 10).await.removed, 2);
    let queued = store.outbox_page(None, 10).await.unwrap().rows;
    let actions: Vec<_> = queued
        .iter()
        .map(|(number, frozen)| (*number, frozen.thaw().unwrap().action))
        .collect();
    assert!(
        matches!(
            actions.as_slice(),
            [(1, Action::Create { .. }), (3, Action::Delete)]
        ),
        "{actions:?}"
    );
    assert!(
        store
            .get(firms[0].id())
            .await
            .unwrap()
            .unwrap()
            .envelope
            .deleted
    );
    assert_eq!(store.get(firms[1].id()).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn what_an_import_filled_in_goes_back_unless_it_was_changed_since() {
    let store = book().await;
    let (plain, touched) = (client("甲"), client("乙"));
    store
        .save(save(vec![new(&plain), new(&touched)]))
        .await
        .unwrap();
    let fill = |entry: &AnyEntry| {
        let filled = edited(entry, |body| {
            body.industry = "shipping".into();
            body.segment = "large".into();
        });
        change(entry, &filled)
    };
    let mut mine = import(2);
    mine.done = 2;
    store
        .write_chunk(&mine, vec![fill(&plain), fill(&touched)], Vec::new())
        .await
        .unwrap();
    commit(&store, &mut mine).await;
    let now = store.get(touched.id()).await.unwrap().unwrap();
    let corrected = edited(&now, |body| body.segment = "small".into());
    store
        .save(save(vec![change(&now, &corrected)]))
        .await
        .unwrap();

    let undone = undo(&store, &mine, 1).await;
    assert_eq!(
        undone,
        Undone {
            removed: 0,
            restored: 1,
            kept_edited: 1,
            remaining: 0
        }
    );
    let fields = |entry: AnyEntry| {
        let body = organisation(&entry);
        (body.industry, body.segment)
    };
    assert_eq!(
        fields(store.get(plain.id()).await.unwrap().unwrap()),
        (String::new(), String::new())
    );
    assert_eq!(
        fields(store.get(touched.id()).await.unwrap().unwrap()),
        (String::new(), "small".into())
    );
    assert_eq!(
        numbers(&store).await,
        (1..=7).collect::<Vec<_>>(),
        "every step is told to the server"
    );
}

#[wasm_bindgen_test]
async fn leads_come_and_go_with_their_import_and_are_never_queued() {
    let store = book().await;
    let mut mine = Import {
        target: Target::Leads,
        ..import(1_200)
    };
    store.put_import(&mine).await.unwrap();
    let lead = |n: u32| {
        let body = LeadBody {
            name_zh: format!("商戶{n}"),
            ..LeadBody::default()
        };
        Lead {
            id: id(),
            import: mine.id,
            organisation: None,
            body,
        }
    };
    let leads: Vec<_> = (0..1_200).map(lead).collect();
    for chunk in leads.chunks(500) {
        mine.done += chunk.len() as u32;
        store
            .write_chunk(&mine, Vec::new(), chunk.to_vec())
            .await
            .unwrap();
    }
    let page = store.leads_page(None, 500).await.unwrap();
    assert!(
        page.leads.is_empty() && page.next.is_some(),
        "unseen while it is written"
    );
    commit(&store, &mut mine).await;
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.leads_page(after, 500).await.unwrap();
        found.extend(page.leads);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found, leads);
    assert_eq!(store.counts().await.unwrap().outbox, 0);
    assert_eq!(undo(&store, &mine, 500).await.removed, 1_200);
    assert_eq!(store.counts().await.unwrap().leads, 0);
}
