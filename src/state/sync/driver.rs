//! When an attempt is made: at the start, when the page is shown, when the browser believes to be online, two seconds after
//! a save, every minute while the page is visible, and by the button (sync.md §Protocol 8). It waits for none of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::super::Phase;
use super::Sync;
use crate::domain::id::Id;
use crate::domain::queue::{Activity, QueueRow, RowState, Trouble};
use crate::platform::clock::Timer;
use crate::platform::{clock, locks, network, random};
use crate::storage::{MetaKey, Store, StoreError};
use crate::sync::backoff::delay_ms;
use crate::sync::reply::Fault;
use crate::sync::{Client, Done, Event, Round, RoundError, tab_lock};
use crate::wire::{Code, Order};

/// After a save, so that a few quick taps go in one request.
const AFTER_SAVE_MS: u32 = 2_000;
const EVERY_MS: i64 = 60_000;
/// While another tab syncs.
const ELSEWHERE_MS: i64 = 10_000;
/// A record put off for long is tried again with whatever else is sent, and no later than this.
const LONGEST_PUT_OFF_MS: i64 = 15 * 60_000;

#[derive(Default)]
pub struct Driver {
    running: bool,
    /// Asked for while an attempt was running.
    again: bool,
    failed: u32,
    tab: Option<Id>,
    put_off: BTreeMap<Id, Code>,
    /// The next attempt, and when it comes, Unix milliseconds.
    next: Option<(i64, Timer)>,
    queued: u64,
}

impl Driver {
    pub fn forget_failures(&mut self) {
        self.failed = 0;
    }

    /// Says of a row what the server last said of its record.
    pub fn mark(&self, row: &mut QueueRow) {
        if let Some(code) = self.put_off.get(&row.record) {
            row.state = RowState::PutOff(*code);
        }
    }
}

impl Sync {
    pub(super) fn follow(self) {
        StoredValue::new_local(network::on_return(move || self.now()));
        StoredValue::new_local(network::on_leave(move || self.let_go()));
        Effect::new(move || match self.book.phase.get() {
            Phase::Open => leptos::task::spawn_local(self.begin()),
            Phase::SignedOut => leptos::task::spawn_local(self.read_account()),
            _ => {}
        });
        Effect::new(move || {
            let count = self.book.outbox.with(|outbox| outbox.count);
            let grown = self
                .driver
                .try_update_value(|driver| count > std::mem::replace(&mut driver.queued, count));
            if grown == Some(true) {
                self.after(i64::from(AFTER_SAVE_MS));
            }
        });
    }

    /// Reads what this book knows of its account, and makes the first attempt.
    async fn begin(self) {
        self.read_account().await;
        let Ok(store) = self.book.store() else { return };
        let flag = async |key| matches!(store.meta(key).await, Ok(Some(text)) if !text.is_empty());
        let (paused, held) = (
            flag(MetaKey::Paused).await,
            flag(MetaKey::PicturesHeld).await,
        );
        let confirmed = store.meta(MetaKey::ConfirmedMs).await.ok().flatten();
        self.status.update(|status| {
            status.paused = paused;
            status.pictures_held = held;
            status.confirmed_ms = confirmed.and_then(|text| text.parse().ok());
        });
        self.count_refused().await;
        if store
            .replay_unknown()
            .await
            .is_ok_and(|replayed| replayed > 0)
        {
            self.book.reload();
        }
        // What cannot be swept now is swept at a later start.
        let _ = store.sweep_receipts(clock::now_ms()).await;
        self.attempt();
    }

    async fn read_account(self) {
        if let Ok(store) = self.book.store() {
            self.account.set(super::accounts::read(&store).await);
        }
    }

    /// Makes an attempt, unless there is nobody to make it for or one is under way, which is then followed by another.
    pub(super) fn attempt(self) {
        let Some(token) = self.token() else { return };
        let Ok(store) = self.book.store() else { return };
        let begin = self.driver.try_update_value(|driver| {
            driver.again = driver.running;
            driver.next = None;
            !std::mem::replace(&mut driver.running, true)
        });
        if begin == Some(true) {
            leptos::task::spawn_local(self.run(store, token));
        }
    }

    fn token(self) -> Option<String> {
        if self.status.with_untracked(|status| status.paused) {
            return None;
        }
        self.account
            .with_untracked(|account| account.as_ref()?.token.clone())
    }

    async fn run(self, store: Store, token: String) {
        let result = self.round(&store, token).await;
        let wait = match result {
            Ok(done) => self.went_well(&store, done).await,
            Err(error) => self.failed(&store, error).await,
        };
        self.status
            .update(|status| status.activity = Activity::Idle);
        let again = self.driver.try_update_value(|driver| {
            driver.running = false;
            std::mem::take(&mut driver.again)
        });
        match (again, wait) {
            (Some(true), Some(_)) => self.attempt(),
            (_, Some(wait)) => self.after(wait),
            (_, None) => self.status.update(|status| status.next_ms = None),
        }
    }

    async fn round(self, store: &Store, token: String) -> Result<Done, RoundError> {
        let generation = store.head().await?.generation;
        let tab = self
            .driver
            .try_update_value(|driver| *driver.tab.get_or_insert_with(living_tab))
            .unwrap_or_else(living_tab);
        let held = self.status.with_untracked(|status| status.pictures_held);
        let mut round = Round {
            store: store.clone(),
            client: Client { token },
            tab,
            generation,
            hold_pictures: network::metered().unwrap_or(held),
            tell: Rc::new(move |event| self.hear(event)),
        };
        round.run().await
    }

    fn hear(self, event: Event) {
        match event {
            Event::Activity(activity) => self.status.update(|status| status.activity = activity),
            Event::Clock(ahead) => self
                .status
                .update(|status| status.clock_ahead_ms = Some(ahead)),
            Event::Queue(head) => self.book.outbox.set(head),
            Event::Changed(entries) => {
                leptos::task::spawn_local(self.book.take_remote(entries));
            }
            Event::Reread => self.book.reload(),
            Event::Refused => leptos::task::spawn_local(self.count_refused()),
            Event::Transfers(transfers) => self.status.update(|status| {
                status.pictures_up = transfers.up;
                status.pictures_down = transfers.down;
            }),
        }
    }

    /// Answers how long to wait for the next attempt, milliseconds.
    async fn went_well(self, store: &Store, done: Done) -> Option<i64> {
        self.driver.update_value(|driver| {
            driver.failed = 0;
            driver.put_off = done.put_off;
        });
        if done.elsewhere {
            // The other tab has changed the queue and the records; this one reads how far that is.
            if let Ok(head) = store.head().await {
                self.book.outbox.set(head.outbox);
            }
            return Some(ELSEWHERE_MS);
        }
        let now = clock::now_ms();
        self.status.update(|status| {
            status.trouble = None;
            status.confirmed_ms = Some(now);
        });
        // The mark says no more than the screen; without it the last older one is shown after the next start.
        let _ = store.set_meta(MetaKey::ConfirmedMs, &now.to_string()).await;
        let put_off = done.after_s.map(|seconds| i64::from(seconds) * 1_000);
        Some(put_off.map_or(EVERY_MS, |ms| ms.min(LONGEST_PUT_OFF_MS).min(EVERY_MS)))
    }

    async fn failed(self, store: &Store, error: RoundError) -> Option<i64> {
        let (trouble, after_s, waits_for_a_person) = match &error {
            // The queue moved on in another tab: no trouble of anybody's.
            RoundError::Store(StoreError::LeaseLost) => return Some(ELSEWHERE_MS),
            RoundError::Store(error) => (Trouble::Storage(error.to_string()), None, false),
            RoundError::Fault(Fault::Refused {
                code: Code::Generation,
                ..
            }) => return Some(0),
            RoundError::Fault(fault) => (fault.trouble(), fault.after_s(), fault.needs_a_person()),
        };
        match &trouble {
            Trouble::SignIn => self.forget_token(store).await,
            Trouble::Revoked(Some(order)) => self.obey(store, *order).await,
            _ => {}
        }
        let failed = self
            .driver
            .try_update_value(|driver| {
                driver.failed += 1;
                driver.failed
            })
            .unwrap_or(1);
        self.status.update(|status| status.trouble = Some(trouble));
        (!waits_for_a_person).then(|| delay_ms(failed, random::unit(), after_s))
    }

    /// Sets the next attempt, unless a sooner one is set already: a save that came while an attempt ended is not to wait
    /// for the next minute.
    fn after(self, ms: i64) {
        let now = clock::now_ms();
        let at = now + ms;
        let sooner = self.driver.try_with_value(|driver| {
            let next = driver.next.as_ref().map(|(at, _)| *at);
            next.filter(|next| (now..=at).contains(next))
        });
        if let Some(sooner) = sooner.flatten() {
            self.status.update(|status| status.next_ms = Some(sooner));
            return;
        }
        self.status.update(|status| status.next_ms = Some(at));
        let timer = clock::after(u32::try_from(ms).unwrap_or(u32::MAX), move || {
            self.driver.update_value(|driver| driver.next = None);
            // A page nobody looks at tries again when it is shown.
            if network::page_is_visible() {
                self.attempt();
            }
        });
        self.driver
            .update_value(|driver| driver.next = Some((at, timer)));
    }

    /// Another tab may take over at once when this one goes.
    fn let_go(self) {
        let tab = self.driver.try_with_value(|driver| driver.tab).flatten();
        if let (Some(tab), Ok(store)) = (tab, self.book.store()) {
            leptos::task::spawn_local(async move {
                // What is not given back ends by itself.
                let _ = store.end_lease(tab).await;
            });
        }
    }

    async fn obey(self, store: &Store, order: Order) {
        let text = match order {
            Order::Lock => "lock",
            Order::Wipe => "wipe",
        };
        // Carried out now in any case; the mark makes it hold at the next start, before anything is shown.
        let _ = store.set_meta(MetaKey::Order, text).await;
        self.book.obey(order).await;
    }
}

/// A name for this tab that the others can see living.
fn living_tab() -> Id {
    let tab = random::new_id();
    locks::hold(&tab_lock(tab));
    tab
}
