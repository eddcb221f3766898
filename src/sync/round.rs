//! One attempt, from hello to the last picture. Whatever breaks it off, what was kept up to then stays kept, and the next
//! attempt goes on from there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::client::Client;
use super::pictures;
use super::reply::Fault;
use crate::domain::id::Id;
use crate::domain::queue::Activity;
use crate::domain::record::AnyEntry;
use crate::platform::{clock, locks, random};
use crate::storage::{Cursor, Lease, OutboxHead, Outgoing, Store, StoreError, Transfers};
use crate::wire::{Code, Hello, Limits, Outcome, PROTOCOL, PushAnswer, ScopeState};

/// What happens on the way, for the screens.
pub enum Event {
    Activity(Activity),
    /// The server's clock was read: how far this device's is ahead, milliseconds.
    Clock(i64),
    Queue(OutboxHead),
    /// Records are other than they were here.
    Changed(Vec<AnyEntry>),
    /// Records left this device, or more changed than can be told one by one.
    Reread,
    /// Rows were refused.
    Refused,
    Transfers(Transfers),
}

#[derive(Debug)]
pub enum RoundError {
    Fault(Fault),
    Store(StoreError),
}

impl From<Fault> for RoundError {
    fn from(fault: Fault) -> Self {
        RoundError::Fault(fault)
    }
}

impl From<StoreError> for RoundError {
    fn from(error: StoreError) -> Self {
        RoundError::Store(error)
    }
}

/// What an attempt that went through leaves to do.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// Another tab syncs.
    pub elsewhere: bool,
    /// Records the server does not take yet, and why.
    pub put_off: BTreeMap<Id, Code>,
    /// When the first of them may be sent again, seconds from now.
    pub after_s: Option<u32>,
}

pub struct Round {
    pub store: Store,
    pub client: Client,
    /// This tab, for the lease.
    pub tab: Id,
    /// The server's generation that the book last met.
    pub generation: u64,
    /// Whether pictures wait for a better network.
    pub hold_pictures: bool,
    pub tell: Rc<dyn Fn(Event)>,
}

impl Round {
    pub async fn run(&mut self) -> Result<Done, RoundError> {
        let Some(lease) = self.lease().await? else {
            return Ok(Done {
                elsewhere: true,
                ..Done::default()
            });
        };
        self.say(Activity::Asking);
        let hello = self.hello(lease).await?;
        let mut done = Done::default();
        let own = self.push(lease, &hello, &mut done).await?;
        self.pull(lease, &hello.scopes, own).await?;
        let renew = async || self.lease().await.map(|lease| lease.is_some());
        pictures::exchange(
            &self.store,
            &self.client,
            &hello.limits,
            self.hold_pictures,
            &renew,
            &*self.tell,
        )
        .await?;
        Ok(done)
    }

    /// Takes or renews the lease; `None` when another tab has it. One whose tab is gone is taken at once, one whose tab
    /// sleeps after its time.
    async fn lease(&self) -> Result<Option<Lease>, RoundError> {
        let take = async |gone| self.store.take_lease(self.tab, gone, clock::now_ms()).await;
        if let Some(lease) = take(None).await? {
            return Ok(Some(lease));
        }
        match self.store.lease_holder().await? {
            Some(holder) if locks::is_free(&tab_lock(holder)).await == Some(true) => {
                Ok(take(Some(holder)).await?)
            }
            _ => Ok(None),
        }
    }

    async fn hello(&mut self, lease: Lease) -> Result<Hello, RoundError> {
        let hello = self.client.hello().await?;
        (self.tell)(Event::Clock(clock::now_ms() - hello.server_ms));
        let (oldest, newest) = hello.protocol;
        if !(oldest..=newest).contains(&PROTOCOL) {
            return Err(Fault::Refused {
                status: 200,
                code: Code::Protocol,
                order: None,
                after_s: None,
            }
            .into());
        }
        if hello.generation != self.generation {
            self.store
                .meet_generation(lease, hello.generation, &hello.held)
                .await?;
            self.generation = hello.generation;
        }
        Ok(hello)
    }

    /// Sends the queue. Answers the places in the feeds that this device's own changes took.
    async fn push(
        &self,
        lease: Lease,
        hello: &Hello,
        done: &mut Done,
    ) -> Result<BTreeSet<(String, u64)>, RoundError> {
        let mut own = BTreeSet::new();
        let mut limits = hello.limits;
        let mut sent = 0;
        loop {
            let put_off: BTreeSet<Id> = done.put_off.keys().copied().collect();
            let outgoing = self.store.next_batch(&put_off, &limits).await?;
            if outgoing.rows.is_empty() {
                return Ok(own);
            }
            self.say(Activity::Pushing {
                done: sent,
                of: sent + outgoing.waiting,
            });
            if self.lease().await? != Some(lease) {
                return Ok(own);
            }
            match self.store.mark_sent(&outgoing).await {
                // Somebody took a row out meanwhile: look again.
                Err(StoreError::Overtaken) => continue,
                marked => marked?,
            }
            let answer = match self.send(&outgoing).await {
                Ok(answer) => answer,
                Err(Fault::Refused {
                    code: Code::TooLarge,
                    ..
                }) => {
                    self.shrink(&outgoing, &mut limits).await?;
                    continue;
                }
                Err(fault) => return Err(fault.into()),
            };
            let answered = self
                .store
                .take_answer(lease, &outgoing, &answer, clock::now_ms())
                .await?;
            own.extend(places(&outgoing, &answer));
            sent += answered.acknowledged as u64;
            for (record, code, after_s) in answered.put_off {
                done.put_off.insert(record, code);
                done.after_s = Some(done.after_s.map_or(after_s, |least| least.min(after_s)));
            }
            (self.tell)(Event::Queue(answered.outbox));
            if answered.refused > 0 {
                (self.tell)(Event::Refused);
            }
            if !answered.changed.is_empty() {
                (self.tell)(Event::Changed(answered.changed));
            }
        }
    }

    async fn send(&self, outgoing: &Outgoing) -> Result<PushAnswer, Fault> {
        self.client
            .push(random::new_id(), self.generation, &outgoing.rows)
            .await
    }

    /// Half as much at once; a row that is too large alone is set aside, and the rest goes on.
    async fn shrink(&self, outgoing: &Outgoing, limits: &mut Limits) -> Result<(), RoundError> {
        if let [(_, alone)] = outgoing.rows.as_slice() {
            let head = self
                .store
                .refuse_here(alone.id, Code::TooLarge, clock::now_ms())
                .await?;
            (self.tell)(Event::Queue(head));
            (self.tell)(Event::Refused);
        }
        limits.mutations = (outgoing.rows.len() / 2).max(1);
        Ok(())
    }

    async fn pull(
        &self,
        lease: Lease,
        scopes: &[ScopeState],
        own: BTreeSet<(String, u64)>,
    ) -> Result<(), RoundError> {
        let cursors = self.store.cursors().await?;
        for gone in cursors
            .iter()
            .filter(|cursor| scopes.iter().all(|scope| scope.scope != cursor.scope))
        {
            self.store.leave_feed(lease, &gone.scope).await?;
            (self.tell)(Event::Reread);
        }
        for scope in scopes {
            let cursor = cursors
                .iter()
                .find(|cursor| cursor.scope == scope.scope)
                .cloned()
                .filter(|cursor| cursor.epoch == scope.epoch)
                .unwrap_or(Cursor {
                    scope: scope.scope.clone(),
                    since: 0,
                    epoch: scope.epoch,
                    force_until: 0,
                });
            self.pull_scope(lease, scope, cursor, &own).await?;
        }
        Ok(())
    }

    async fn pull_scope(
        &self,
        lease: Lease,
        scope: &ScopeState,
        mut cursor: Cursor,
        own: &BTreeSet<(String, u64)>,
    ) -> Result<(), RoundError> {
        let before = cursor.since;
        while own.contains(&(cursor.scope.clone(), cursor.since + 1)) {
            cursor.since += 1;
        }
        let newest = own
            .iter()
            .filter(|(name, _)| *name == cursor.scope)
            .map(|(_, seq)| *seq)
            .max();
        let newest = newest.unwrap_or(0).max(scope.seq);
        if cursor.since >= newest && cursor.force_until == 0 {
            if cursor.since != before {
                self.store.restart_feed(lease, &cursor).await?;
            }
            return Ok(());
        }
        let first = cursor.since;
        loop {
            if self.lease().await? != Some(lease) {
                return Ok(());
            }
            let page = self
                .client
                .pull(&cursor.scope, cursor.since, crate::wire::PULL_PAGE)
                .await?;
            if page.reset && cursor.since > 0 {
                // The feed is shorter than what was read of it: it was restored, and its word goes over what is here.
                cursor.since = 0;
                cursor.force_until = page.last;
                continue;
            }
            self.say(Activity::Pulling {
                done: page.next.saturating_sub(first),
                of: page.last.saturating_sub(first),
            });
            if !page.more {
                cursor.force_until = cursor.force_until.min(page.next);
            }
            let taken = self
                .store
                .take_page(lease, &page, cursor.force_until, clock::now_ms())
                .await?;
            if !taken.entries.is_empty() {
                (self.tell)(Event::Changed(taken.entries));
            }
            if !taken.erased.is_empty() {
                (self.tell)(Event::Reread);
            }
            cursor.since = page.next;
            if !page.more {
                if cursor.force_until > 0 {
                    cursor.force_until = 0;
                    self.store.restart_feed(lease, &cursor).await?;
                }
                return Ok(());
            }
            clock::yield_now().await;
        }
    }

    fn say(&self, activity: Activity) {
        (self.tell)(Event::Activity(activity));
    }
}

/// The lock that a tab holds as long as it lives.
pub fn tab_lock(tab: Id) -> String {
    format!("topfloor-tab-{tab}")
}

/// Where in the feeds the changes of a batch stand now.
fn places(outgoing: &Outgoing, answer: &PushAnswer) -> Vec<(String, u64)> {
    let places = outgoing.rows.iter().zip(&answer.results);
    places
        .filter_map(|((_, frozen), result)| match &result.outcome {
            Outcome::Applied { seq, .. } if *seq > 0 => Some((frozen.thaw().ok()?.scope.0, *seq)),
            _ => None,
        })
        .collect()
}
