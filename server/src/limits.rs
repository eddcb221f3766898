//! How often something may be done: a bucket of tokens for each who does it.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// So many at once, and one more each time so many milliseconds have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub burst: u32,
    pub every_ms: u32,
}

/// What the API allows.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Failed sign-ins from one address, of devices the account does not know.
    pub address: Rate,
    /// Failed sign-ins with one name, of devices the account does not know.
    pub name: Rate,
    /// Failed sign-ins of one device the account knows.
    pub known: Rate,
    /// Requests of one device.
    pub device: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        let rate = |burst, every_ms| Rate { burst, every_ms };
        Self {
            // Colleagues in one office share an address.
            address: rate(30, 10_000),
            name: rate(10, 30_000),
            known: rate(10, 30_000),
            // A first sync of 10,000 records is 70 requests, and each picture a few.
            device: rate(600, 100),
        }
    }
}

/// Keys remembered at a time. Beyond that those nearest to full are forgotten, who have the least to wait for.
const MOST: usize = 10_000;

pub struct Buckets<K> {
    rate: Rate,
    held: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    /// Thousandths of a token.
    milli: u64,
    at_ms: i64,
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    pub fn new(rate: Rate) -> Self {
        Self {
            rate,
            held: Mutex::default(),
        }
    }

    /// Takes a token and leaves at least `reserve`; otherwise says in how many milliseconds there is one.
    pub fn take(&self, key: K, now_ms: i64, reserve: u32) -> Result<(), u64> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST && !held.contains_key(&key) {
            self.forget(&mut held, now_ms);
        }
        let full = u64::from(self.rate.burst) * 1000;
        let bucket = held.entry(key).or_insert(Bucket {
            milli: full,
            at_ms: now_ms,
        });
        bucket.milli = self.filled(*bucket, now_ms);
        bucket.at_ms = now_ms;
        let wanted = 1000 + u64::from(reserve) * 1000;
        if bucket.milli < wanted {
            return Err((wanted - bucket.milli) * u64::from(self.rate.every_ms) / 1000);
        }
        bucket.milli -= 1000;
        Ok(())
    }

    /// Puts back what was taken for something that turned out all right.
    pub fn give_back(&self, key: &K) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = held.get_mut(key) {
            bucket.milli = (bucket.milli + 1000).min(u64::from(self.rate.burst) * 1000);
        }
    }

    /// A clock that was set back fills nothing.
    fn filled(&self, bucket: Bucket, now_ms: i64) -> u64 {
        let passed = u64::try_from(now_ms.saturating_sub(bucket.at_ms)).unwrap_or_default();
        let gained = passed.saturating_mul(1000) / u64::from(self.rate.every_ms.max(1));
        bucket
            .milli
            .saturating_add(gained)
            .min(u64::from(self.rate.burst) * 1000)
    }

    fn forget(&self, held: &mut HashMap<K, Bucket>, now_ms: i64) {
        let full = u64::from(self.rate.burst) * 1000;
        held.retain(|_, bucket| self.filled(*bucket, now_ms) < full);
        if held.len() < MOST {
            return;
        }
        let mut by_filling: Vec<(u64, K)> = held
            .iter()
            .map(|(key, bucket)| (self.filled(*bucket, now_ms), key.clone()))
            .collect();
        by_filling.sort_unstable_by_key(|(milli, _)| std::cmp::Reverse(*milli));
        // Many at a time, so that a flood of new keys does not look through all of them for each.
        for (_, key) in by_filling.into_iter().take(MOST / 8) {
            held.remove(&key);
        }
    }
}

/// Who counts as one address: a provider hands out IPv6 by the /64.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((v6.to_bits() >> 64 << 64).into()),
        },
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(burst: u32) -> Buckets<u32> {
        Buckets::new(Rate {
            burst,
            every_ms: 1000,
        })
    }

    #[test]
    fn a_bucket_empties_fills_with_time_and_belongs_to_one() {
        let buckets = buckets(2);
        assert_eq!(buckets.take(1, 0, 0), Ok(()));
        assert_eq!(buckets.take(1, 0, 0), Ok(()));
        assert_eq!(buckets.take(1, 0, 0), Err(1000));
        assert_eq!(buckets.take(2, 0, 0), Ok(()), "another's is full");
        assert_eq!(buckets.take(1, 400, 0), Err(600));
        assert_eq!(buckets.take(1, 1000, 0), Ok(()));
        assert_eq!(buckets.take(1, 500, 0), Err(1000), "a clock set back");
        buckets.give_back(&1);
        assert_eq!(buckets.take(1, 500, 0), Ok(()));
    }

    #[test]
    fn what_is_less_urgent_leaves_some_for_the_rest() {
        let buckets = buckets(3);
        assert_eq!(buckets.take(1, 0, 2), Ok(()));
        assert_eq!(buckets.take(1, 0, 2), Err(1000));
        assert_eq!(buckets.take(1, 0, 0), Ok(()));
    }

    #[test]
    fn no_more_are_remembered_than_fit_and_the_worst_stay() {
        let buckets = buckets(2);
        assert_eq!(buckets.take(0, 0, 0), Ok(()));
        assert_eq!(buckets.take(0, 0, 0), Ok(()));
        for key in 1..=20_000 {
            assert_eq!(buckets.take(key, 0, 0), Ok(()));
        }
        assert!(buckets.held.lock().unwrap().len() <= MOST);
        assert_eq!(buckets.take(0, 0, 0), Err(1000));
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let same = |a: &str, b: &str| network(a.parse().unwrap()) == network(b.parse().unwrap());
        assert!(same("2001:db8::1", "2001:db8::ffff:2"));
        assert!(!same("2001:db8::1", "2001:db8:0:1::1"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
    }
}
