//! The open book: the store behind it, what is held in memory, and the way every save goes.

use std::collections::HashSet;

use leptos::prelude::*;

use super::finder::Finder;
use super::{Change, Committed, Notices};
use crate::domain::canvass::tower::Towers;
use crate::domain::consent::{ConsentState, Suppression};
use crate::domain::han::HanTable;
use crate::domain::id::Id;
use crate::domain::matching;
use crate::domain::note::{Note, NoteRole};
use crate::domain::person::Person;
use crate::domain::queue::Trouble;
use crate::domain::record::{AnyBody, AnyEntry, Body, Entry, Kind};
use crate::domain::shelf::Shelf;
use crate::platform::tabs::{TabMessage, Tabs};
use crate::platform::{clock, files, prefs, random};
use crate::storage::{MetaKey, OutboxHead, Save, Seed, Store, StoreError, StoreEvent, Write};
use crate::wire::Order;

/// Records read at a time after the first screen is up.
const PAGE: u32 = 500;
/// What the lists are made of, read before the leads, and what else is found by the search.
const FIRST: [Kind; 5] = [
    Kind::Organisation,
    Kind::Person,
    Kind::Clash,
    Kind::Building,
    Kind::Run,
];
const AFTERWARDS: [Kind; 4] = [Kind::FollowUp, Kind::DoorEvent, Kind::Visit, Kind::Note];
/// The table of Han readings and variants; precached, so this is no network request.
const HAN_TABLE: &str = "/data/han.bin";

#[derive(Debug, Clone)]
pub enum Phase {
    Opening,
    Open,
    /// A newer build in another tab took the database over.
    Superseded,
    /// This device had a book and the browser's storage is empty now.
    Gone,
    /// The user signed out; the book opens again when they sign in.
    SignedOut,
    /// The administrator wants nothing shown on this device any more.
    Locked,
    /// The administrator had this book deleted.
    Wiped,
    Failed(StoreError),
}

/// How far the lists and the search are filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loading {
    pub read: usize,
    pub finished: bool,
    /// Rows left out because they could not be read (safe mode).
    pub unreadable: u32,
}

#[derive(Clone, Copy)]
pub struct Book {
    pub phase: RwSignal<Phase, LocalStorage>,
    /// Grows with every change to any record, made here or in another tab.
    pub revision: RwSignal<u64>,
    pub outbox: RwSignal<OutboxHead>,
    pub loading: RwSignal<Loading>,
    /// Forms with unsaved edits: an update of the app waits for them.
    pub forms_being_edited: RwSignal<u32>,
    store: StoredValue<Option<Store>, LocalStorage>,
    shelf: StoredValue<Shelf, LocalStorage>,
    finder: StoredValue<Finder, LocalStorage>,
    towers: StoredValue<Towers, LocalStorage>,
    /// Grows when something of the towers changes: a board of two thousand doors is not drawn anew for every note.
    tower_changes: RwSignal<u64>,
    /// Grows when the towers are forgotten, to be read anew: a page that shows one has to read it first again.
    pub tower_readings: RwSignal<u64>,
    suppression: StoredValue<Suppression>,
    /// Refusals that came with a restored backup, under another book's salt.
    restored_suppressions: StoredValue<Vec<Suppression>>,
    device: StoredValue<Option<Id>>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    notices: Notices,
}

impl Book {
    pub fn new(notices: Notices) -> Self {
        Self {
            phase: RwSignal::new_local(Phase::Opening),
            revision: RwSignal::new(0),
            outbox: RwSignal::new(OutboxHead::default()),
            loading: RwSignal::new(Loading::default()),
            forms_being_edited: RwSignal::new(0),
            store: StoredValue::new_local(None),
            shelf: StoredValue::new_local(Shelf::default()),
            finder: StoredValue::new_local(Finder::new()),
            towers: StoredValue::new_local(Towers::default()),
            tower_changes: RwSignal::new(0),
            tower_readings: RwSignal::new(0),
            suppression: StoredValue::new(Suppression::default()),
            restored_suppressions: StoredValue::new(Vec::new()),
            device: StoredValue::new(None),
            tabs: StoredValue::new_local(None),
            notices,
        }
    }

    /// Opens the book of this device, making one at the first start.
    pub async fn open(self) {
        let remembered = prefs::profile();
        let profile = match remembered {
            Some(profile) => profile,
            // The preferences may be lost while the database is not: then its own name tells.
            None => Store::existing_profiles()
                .await
                .first()
                .copied()
                .unwrap_or_else(random::new_id),
        };
        self.open_profile(profile, prefs::book_device()).await;
    }

    /// After the browser wiped the storage: the person has read so and chose to begin anew.
    pub async fn start_afresh(self) {
        self.open_profile(random::new_id(), None).await;
    }

    async fn open_profile(self, profile: Id, held: Option<Id>) {
        self.phase.set(Phase::Opening);
        let seed = Seed {
            device: random::new_id(),
            salt: random::salt(),
        };
        let on_event = move |event| match event {
            StoreEvent::ClosedByNewerVersion => self.phase.set(Phase::Superseded),
            StoreEvent::Reopened => self.revision.update(|n| *n += 1),
        };
        match Store::open(profile, seed, on_event).await {
            // Told by the device id, which is made with the database: so it is still told after the next reload.
            Ok((_, head)) if held.is_some_and(|held| held != head.device) => {
                self.phase.set(Phase::Gone)
            }
            Ok((store, head)) => {
                prefs::set_profile(profile);
                prefs::set_book_device(head.device);
                self.device.set_value(Some(head.device));
                self.suppression.set_value(head.suppression);
                self.restored_suppressions
                    .set_value(head.restored_suppressions);
                self.outbox.set(head.outbox);
                self.store.set_value(Some(store));
                self.tabs
                    .set_value(Some(Tabs::new(move |message| self.on_tab_message(message))));
                self.phase.set(self.first_phase().await);
                if matches!(self.phase.get_untracked(), Phase::Open) {
                    self.show();
                }
            }
            Err(error) => self.phase.set(Phase::Failed(error)),
        }
    }

    /// Open, unless the user signed out of it or the administrator said otherwise: known before anything is shown.
    async fn first_phase(self) -> Phase {
        let Ok(store) = self.store() else {
            return Phase::Opening;
        };
        match store.meta(MetaKey::Order).await {
            Ok(Some(order)) if order == "wipe" => {
                self.wipe().await;
                return Phase::Wiped;
            }
            Ok(Some(order)) if order == "lock" => return Phase::Locked,
            _ => {}
        }
        match super::sync::read_account(&store).await {
            Some(account) if account.signed_out => Phase::SignedOut,
            _ => Phase::Open,
        }
    }

    fn show(self) {
        leptos::task::spawn_local(self.load_rest());
        leptos::task::spawn_local(self.empty_bin());
    }

    /// Shows nothing of the book any more; it stays on the device.
    pub fn close_signed_out(self) {
        self.forget_everything();
        self.phase.set(Phase::SignedOut);
    }

    /// The user of a closed book has signed in again.
    pub async fn reopen_signed_out(self) {
        if matches!(self.phase.get_untracked(), Phase::SignedOut) {
            self.phase.set(Phase::Open);
            self.show();
        }
    }

    /// Carries out what the administrator wants of this device.
    pub async fn obey(self, order: Order) {
        self.forget_everything();
        match order {
            Order::Lock => self.phase.set(Phase::Locked),
            Order::Wipe => {
                self.wipe().await;
                self.phase.set(Phase::Wiped);
            }
        }
    }

    /// A locked device asks whether it still is: with the book closed, only the order's mark and the server are read.
    pub async fn ask_again(self) {
        let Ok(store) = self.store() else { return };
        let Some(token) = super::sync::read_account(&store)
            .await
            .and_then(|account| account.token)
        else {
            return;
        };
        let trouble = match (crate::sync::Client { token }).hello().await {
            Ok(_) => None,
            Err(fault) => Some(fault.trouble()),
        };
        match trouble {
            Some(Trouble::Revoked(Some(order))) => self.obey(order).await,
            // A device that was readmitted signs in anew: its old token is not known any more.
            None | Some(Trouble::SignIn) => {
                // A mark that stays is asked about again at the next start.
                let _ = store.set_meta(MetaKey::Order, "").await;
                self.phase.set(Phase::Open);
                self.show();
            }
            Some(_) => {}
        }
    }

    async fn wipe(self) {
        let store = self.store.try_update_value(Option::take).flatten();
        if let (Some(store), Some(profile)) = (store, prefs::profile()) {
            // One that another tab holds open is deleted when that tab closes it, which it does when it is told so.
            let _ = store.destroy().await;
            prefs::forget_profile(profile);
        }
    }

    fn forget_everything(self) {
        self.shelf.set_value(Shelf::default());
        self.forget_towers();
        self.finder.update_value(Finder::clear);
        self.loading.set(Loading::default());
    }

    /// Takes in what came from the server. A refusal that another device recorded is honoured here from now on.
    pub async fn take_remote(self, entries: Vec<AnyEntry>) {
        let refusals = self.suppression_after(entries.iter());
        if let (Some(list), Ok(store)) = (refusals, self.store()) {
            let save = Save {
                suppression: Some(list.clone()),
                ..Save::default()
            };
            match store.save(save).await {
                Ok(_) => self.suppression.set_value(list),
                Err(error) => self.report(&error, super::app().settings),
            }
        }
        self.put_on_shelf(&entries);
        self.put_into_search(&entries).await;
        self.revision.update(|n| *n += 1);
        self.bring_back_restored(&entries);
        self.tell_tabs(&TabMessage::Changed {
            ids: entries.iter().map(Entry::id).collect(),
        });
    }

    /// Reads the queue's state and the lists of those who opted out anew, after a restore changed them.
    pub async fn read_head(self) {
        let Ok(store) = self.store() else { return };
        // A failure here leaves the older state until the next start; the next save reports its own.
        if let Ok(head) = store.head().await {
            self.suppression.set_value(head.suppression);
            self.restored_suppressions
                .set_value(head.restored_suppressions);
            self.outbox.set(head.outbox);
        }
    }

    /// The store, tracking that the book opens later; `None` until then.
    pub fn store_when_open(self) -> Option<Store> {
        self.phase
            .with(|phase| matches!(phase, Phase::Open))
            .then(|| self.store.get_value())
            .flatten()
    }

    /// The store, for acts of a person: the screens that allow them are shown over an open book only.
    pub fn store(self) -> Result<Store, StoreError> {
        self.store
            .try_get_value()
            .flatten()
            .ok_or_else(|| StoreError::Unavailable("the book is not open".into()))
    }

    /// This device's id; a fresh one is answered only before the book is open, when nothing can be saved yet.
    pub fn device(self) -> Id {
        self.device.get_value().unwrap_or_else(random::new_id)
    }

    /// Looks something up among the clients and contacts held in memory, and again after every change.
    pub fn with_shelf<R>(self, read: impl FnOnce(&Shelf) -> R) -> R {
        self.revision.track();
        self.loading.track();
        self.shelf.with_value(read)
    }

    pub fn with_shelf_untracked<R>(self, read: impl FnOnce(&Shelf) -> R) -> R {
        self.shelf.with_value(read)
    }

    /// Asks the towers, and again after every change.
    pub fn with_towers<R>(self, ask: impl FnOnce(&Towers) -> R) -> R {
        self.tower_changes.track();
        self.towers.with_value(ask)
    }

    fn forget_towers(self) {
        self.towers.set_value(Towers::default());
        self.tower_readings.update(|n| *n += 1);
        self.tower_changes.update(|n| *n += 1);
    }

    fn put_towers<'a>(self, entries: impl IntoIterator<Item = &'a AnyEntry>) {
        let mut any = false;
        self.towers.update_value(|towers| {
            for entry in entries {
                any |= towers.put(entry);
            }
        });
        if any {
            self.tower_changes.update(|n| *n += 1);
        }
    }

    pub fn with_towers_untracked<R>(self, ask: impl FnOnce(&Towers) -> R) -> R {
        self.towers.with_value(ask)
    }

    /// Reads a building with its walks and all that happened at its doors, ahead of the rest of the book. Answers whether
    /// there is such a building.
    pub async fn load_tower(self, building: Id) -> Result<bool, StoreError> {
        let store = self.store()?;
        let found = store.get(building).await?;
        let entries = store.linked(building).await?.entries;
        let there = found
            .as_ref()
            .is_some_and(|entry| !entry.envelope.deleted && entry.body.kind() == Kind::Building);
        self.put_towers(found.iter().chain(&entries));
        Ok(there)
    }

    /// Asks the search, and again after every change.
    pub fn with_finder<R>(self, ask: impl FnOnce(&Finder) -> R) -> R {
        self.revision.track();
        self.loading.track();
        self.finder.with_value(ask)
    }

    pub fn is_suppressed(self, phone_or_email: &str) -> bool {
        let key = contact_key(phone_or_email);
        self.suppression.with_value(|list| list.holds(&key))
            || self
                .restored_suppressions
                .with_value(|lists| lists.iter().any(|list| list.holds(&key)))
    }

    /// Saves an act in one strict transaction; memory changes only after it is complete.
    pub async fn commit(self, change: Change) -> Result<Committed, StoreError> {
        let store = self.store()?;
        let suppression = self.suppression_after(change.writes.iter().map(|(_, new)| new));
        let lead = change.lead.clone();
        let lead_before = lead
            .as_ref()
            .and_then(|lead| self.with_shelf_untracked(|shelf| shelf.lead(lead.id).cloned()));
        let mut before = Vec::new();
        let mut writes = Vec::new();
        for (old, new) in change.writes {
            before.push(old.clone());
            writes.push(Write {
                old,
                new,
                mutation: random::new_id(),
                at: clock::now(),
            });
        }
        let saved = store
            .save(Save {
                writes,
                blobs: change.blobs,
                drop_drafts: change.finished_drafts,
                touch_lead: change.lead,
                suppression: suppression.clone(),
            })
            .await?;
        if let Some(suppression) = suppression {
            self.suppression.set_value(suppression);
        }
        if let Some(lead) = lead {
            self.shelf
                .update_value(|shelf| shelf.put_lead(lead.clone()));
            self.finder.update_value(|finder| finder.put_lead(&lead));
        }
        self.outbox.set(saved.outbox);
        self.take_in(&saved.entries);
        self.tell_tabs(&TabMessage::Changed {
            ids: saved.entries.iter().map(Entry::id).collect(),
        });
        Ok(Committed {
            before,
            after: saved.entries,
            lead_before,
        })
    }

    /// Saves, says so with an undo, or says why not. Answers whether it was saved.
    pub async fn commit_and_say(
        self,
        change: Change,
        said: String,
        words: super::Settings,
    ) -> Option<Committed> {
        match self.commit(change).await {
            Ok(committed) => {
                let undo = committed.clone();
                self.notices
                    .done_with_undo(said, move || self.undo(undo.clone(), words));
                Some(committed)
            }
            Err(error) => {
                self.report(&error, words);
                None
            }
        }
    }

    pub fn undo(self, committed: Committed, words: super::Settings) {
        leptos::task::spawn_local(async move {
            match self.commit(committed.reverse(self.device())).await {
                Ok(_) => self
                    .notices
                    .done(crate::i18n::common::Common(words.lang.get_untracked()).undone()),
                Err(error) => self.report(&error, words),
            }
        });
    }

    pub fn report(self, error: &StoreError, words: super::Settings) {
        self.notices.failed(crate::ui::words::store_error(
            words.lang.get_untracked(),
            error,
        ));
    }

    /// One record of a known kind, with what it was merged into already followed for clients and contacts.
    pub async fn get<B: Body>(self, id: Id) -> Result<Option<Entry<B>>, StoreError> {
        Ok(self
            .store()?
            .get(id)
            .await?
            .filter(|entry| !entry.envelope.deleted)
            .and_then(AnyEntry::downcast))
    }

    pub async fn draft(self, key: &str) -> Option<String> {
        self.store()
            .ok()?
            .draft(key)
            .await
            .ok()
            .flatten()
            .map(|draft| draft.text)
    }

    pub async fn put_draft(self, key: &str, text: &str) {
        let Ok(store) = self.store() else { return };
        if let Err(error) = store.put_draft(key, text, clock::now_ms()).await {
            self.report(&error, super::app().settings);
        }
    }

    pub async fn drop_draft(self, key: &str) {
        if let Ok(store) = self.store() {
            // A draft that cannot be dropped now comes back with the form; nothing is lost by that.
            let _ = store.drop_draft(key).await;
        }
    }

    /// Puts records into memory and tells the screens.
    pub fn take_in(self, entries: &[AnyEntry]) {
        self.put_on_shelf(entries);
        self.shelf.with_value(|shelf| {
            self.finder
                .update_value(|finder| entries.iter().for_each(|entry| finder.put(entry, shelf)));
        });
        self.revision.update(|n| *n += 1);
        self.bring_back_restored(entries);
    }

    fn put_on_shelf(self, entries: &[AnyEntry]) {
        self.shelf
            .update_value(|shelf| entries.iter().for_each(|entry| shelf.put(entry)));
        self.put_towers(entries);
    }

    /// Indexing costs more than reading: smaller bites keep the taps quick.
    async fn put_into_search(self, entries: &[AnyEntry]) {
        for bite in entries.chunks(50) {
            self.shelf.with_value(|shelf| {
                self.finder.update_value(|finder| {
                    bite.iter().for_each(|entry| finder.put(entry, shelf));
                });
            });
            clock::yield_now().await;
        }
    }

    /// A note whose retraction was taken back is found again; only its id came with the change.
    fn bring_back_restored(self, entries: &[AnyEntry]) {
        let restored: Vec<Id> = entries
            .iter()
            .filter_map(|entry| match &entry.body {
                AnyBody::Note(Note {
                    role: NoteRole::Restoration { of },
                    ..
                }) => Some(*of),
                _ => None,
            })
            .collect();
        if restored.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            let Ok(store) = self.store() else { return };
            if let Ok(notes) = store.get_many(&restored).await {
                self.shelf.with_value(|shelf| {
                    self.finder.update_value(|finder| {
                        notes.iter().for_each(|note| finder.put(note, shelf))
                    });
                });
            }
        });
    }

    /// Reads everything anew, after an import or a restore changed more than can be told one by one.
    pub fn reload(self) {
        self.forget_everything();
        leptos::task::spawn_local(self.load_rest());
        self.tell_tabs(&TabMessage::ImportDone);
    }

    fn tell_tabs(self, message: &TabMessage) {
        self.tabs
            .with_value(|tabs| tabs.iter().for_each(|tabs| tabs.post(message)));
    }

    /// Fills the lists and the search after the first screen is up, a page at a time, the newest kinds last.
    async fn load_rest(self) {
        if self.finder.with_value(|finder| !finder.reads_han()) {
            // Without the table the search still finds characters and Latin letters, only no pinyin.
            let table = files::fetch_bytes(HAN_TABLE)
                .await
                .ok()
                .and_then(|bytes| HanTable::parse(&bytes).ok());
            if let Some(table) = table {
                self.finder.update_value(|finder| finder.set_han(table));
            }
        }
        let result = async {
            for kind in FIRST {
                self.load_kind(kind).await?;
            }
            self.load_leads().await?;
            for kind in AFTERWARDS {
                self.load_kind(kind).await?;
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = result.await {
            self.report(&error, super::app().settings);
        }
        self.loading.update(|loading| loading.finished = true);
    }

    /// What a person dropped is kept 30 days and then really gone. A failure leaves it for the next start.
    async fn empty_bin(self) {
        if let Ok(store) = self.store() {
            let _ = store.sweep_bin(clock::now_ms()).await;
        }
    }

    async fn load_kind(self, kind: Kind) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let page = self.store()?.page(kind, after, PAGE).await?;
            let entries = &page.loaded.entries;
            self.put_on_shelf(entries);
            self.put_into_search(entries).await;
            self.loading.update(|loading| {
                loading.read += entries.len();
                loading.unreadable += page.loaded.unreadable;
            });
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }

    async fn load_leads(self) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let page = self.store()?.leads_page(after, PAGE).await?;
            for bite in page.leads.chunks(50) {
                self.finder
                    .update_value(|finder| bite.iter().for_each(|lead| finder.put_lead(lead)));
                clock::yield_now().await;
            }
            self.loading.update(|loading| {
                loading.read += page.leads.len();
                loading.unreadable += page.unreadable;
            });
            self.shelf
                .update_value(|shelf| page.leads.into_iter().for_each(|lead| shelf.put_lead(lead)));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn on_tab_message(self, message: TabMessage) {
        match message {
            TabMessage::Changed { ids } => leptos::task::spawn_local(async move {
                let Ok(store) = self.store() else { return };
                // A failure here leaves this tab showing the older state until its next read; nothing is lost.
                if let Ok(entries) = store.get_many(&ids).await {
                    self.take_in(&entries);
                }
                if let Ok(head) = store.head().await {
                    self.outbox.set(head.outbox);
                }
            }),
            TabMessage::ImportDone => {
                self.forget_everything();
                leptos::task::spawn_local(self.load_rest());
            }
        }
    }

    /// The suppression list as this change leaves it; `None` when it stays as it is.
    fn suppression_after<'a>(
        self,
        entries: impl Iterator<Item = &'a AnyEntry>,
    ) -> Option<Suppression> {
        let mut list = self.suppression.get_value();
        for new in entries {
            let keys = contact_keys(new);
            // A refusal is never forgotten by an edit or a deletion: only a consent recorded later takes it back.
            if opted_out(new) {
                keys.iter().for_each(|key| list.add(key));
            } else if consented(new) && !new.envelope.deleted {
                keys.iter().for_each(|key| list.remove(key));
            }
        }
        (list != self.suppression.get_value()).then_some(list)
    }
}

fn opted_out(entry: &AnyEntry) -> bool {
    matches!(&entry.body, AnyBody::Person(person) if person.opted_out())
}

fn consented(entry: &AnyEntry) -> bool {
    let latest = |person: &Person| person.consents.last().map(|said| said.state);
    matches!(&entry.body, AnyBody::Person(person) if latest(person) == Some(ConsentState::Given))
}

fn contact_keys(entry: &AnyEntry) -> HashSet<String> {
    let AnyBody::Person(person) = &entry.body else {
        return HashSet::new();
    };
    let phones = person.phones.iter().map(|phone| phone.number.as_str());
    let emails = person.emails.iter().map(|email| email.address.as_str());
    phones.chain(emails).map(contact_key).collect()
}

/// One form of a phone number or e-mail address, however it was written.
fn contact_key(text: &str) -> String {
    matching::phone_key(text)
        .filter(|_| !text.contains('@'))
        .unwrap_or_else(|| text.trim().to_lowercase())
}
