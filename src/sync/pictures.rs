//! Pictures to the server and from it: in parts that continue where the last attempt broke off, each whole checked by its
//! digest. They go last, so that no record waits for a picture.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::client::Client;
use super::reply::Fault;
use super::round::{Event, RoundError};
use crate::domain::consent::hex;
use crate::domain::queue::Activity;
use crate::storage::{Store, Way};
use crate::wire::{BlobAnswer, Limits};

/// Digests read from the store at a time.
const AT_A_TIME: usize = 50;

/// Sends and fetches what is on its way. `renew` keeps the lease, and answers whether it still is this tab's.
pub async fn exchange(
    store: &Store,
    client: &Client,
    limits: &Limits,
    hold: bool,
    renew: &impl AsyncFn() -> Result<bool, RoundError>,
    tell: &dyn Fn(Event),
) -> Result<(), RoundError> {
    let transfers = store.transfers().await?;
    tell(Event::Transfers(transfers));
    if hold {
        return Ok(());
    }
    let of = transfers.up + transfers.down;
    let mut done = 0;
    for way in [Way::Up, Way::Down] {
        // What cannot go now is passed over, so that it stands in nobody's way.
        let mut passed = BTreeSet::new();
        loop {
            let digests = store.waiting_pictures(way, &passed, AT_A_TIME).await?;
            if digests.is_empty() {
                break;
            }
            for digest in digests {
                if !renew().await? {
                    return Ok(());
                }
                tell(Event::Activity(Activity::Pictures { done, of }));
                let moved = match way {
                    Way::Up => send(store, client, limits, &digest).await?,
                    Way::Down => fetch(store, client, &digest).await?,
                };
                if !moved {
                    passed.insert(digest);
                }
                done += 1;
            }
        }
    }
    tell(Event::Transfers(store.transfers().await?));
    Ok(())
}

/// Answers whether the picture's way is over.
async fn send(
    store: &Store,
    client: &Client,
    limits: &Limits,
    digest: &str,
) -> Result<bool, RoundError> {
    let Some(bytes) = store.blob(digest).await? else {
        // Another device has it, or nobody: there is nothing here to send.
        store.picture_sent(digest).await?;
        return Ok(true);
    };
    if bytes.len() > limits.blob {
        return Ok(false);
    }
    let mut state = client.blob_state(digest).await?;
    // Once more from the beginning when the server threw away what did not match the digest.
    let mut begun_anew = false;
    while !state.complete {
        let at = usize::try_from(state.offset).unwrap_or(0).min(bytes.len());
        let end = (at + limits.part).min(bytes.len());
        let part = bytes.get(at..end).unwrap_or_default();
        let before = state;
        state = client
            .put_part(digest, bytes.len(), at as u64, part)
            .await?;
        if !advanced(before, state) {
            if begun_anew {
                return Ok(false);
            }
            begun_anew = true;
        }
    }
    store.picture_sent(digest).await?;
    Ok(true)
}

fn advanced(before: BlobAnswer, after: BlobAnswer) -> bool {
    after.complete || after.offset > before.offset
}

async fn fetch(store: &Store, client: &Client, digest: &str) -> Result<bool, RoundError> {
    let Some(bytes) = client.blob(digest).await? else {
        // Its record came before it; the other device still has to send it.
        return Ok(false);
    };
    if hex(&Sha256::digest(&bytes)) != digest {
        return Err(Fault::NoAnswer.into());
    }
    store.take_picture(digest, &bytes).await?;
    Ok(true)
}
