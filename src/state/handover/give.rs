//! The way out: the walk as it is now, with the claims that warn a partner.

use std::collections::HashSet;

use crate::domain::canvass::building::{Building, Tenant};
use crate::domain::canvass::run::Claim;
use crate::domain::id::Id;
use crate::domain::organisation::{Organisation, Stage};
use crate::domain::record::{AnyEntry, Body, Entry};
use crate::exchange::handover::{HandOver, Part, claim_id};
use crate::platform::clock;
use crate::state::Book;
use crate::storage::{Store, StoreError};

/// The walk as it goes to a partner now; `None` if it is not there.
pub async fn prepare(
    book: Book,
    building: Id,
    run: Id,
    my_name: &str,
) -> Result<Option<HandOver>, StoreError> {
    book.load_tower(building).await?;
    let found = book.with_towers_untracked(|towers| {
        let (tower, run) = towers.run(run)?;
        let events = tower.board.events().cloned().collect::<Vec<_>>();
        Some((tower.building.clone()?, run.clone(), events))
    });
    let Some((building, mut run, events)) = found else {
        return Ok(None);
    };
    let device = book.device();
    let mine = claims(&book.store()?, &building.body, device, my_name).await?;
    // Those handed over before are replaced: a client may have gone since, or my name changed.
    let tenants: HashSet<Id> = building
        .body
        .tenants
        .iter()
        .map(|tenant| claim_id(tenant.id, device))
        .collect();
    let claims = &mut run.body.claims;
    claims.retain(|claim| !tenants.contains(&claim.id));
    claims.extend(mine);
    Ok(Some(HandOver {
        written: clock::now(),
        sender: my_name.to_owned(),
        device,
        building,
        run,
        events,
        part: Part::All,
        refused: 0,
    }))
}

/// The rows of the lobby board that are clients of this book.
async fn claims(
    store: &Store,
    building: &Building,
    device: Id,
    my_name: &str,
) -> Result<Vec<Claim>, StoreError> {
    let read = async |ids: &[Id]| -> Result<Vec<Entry<Organisation>>, StoreError> {
        let found = store.get_many(ids).await?.into_iter();
        Ok(found
            .filter(|entry| !entry.envelope.deleted)
            .filter_map(AnyEntry::downcast)
            .collect())
    };
    let linked = read(&building.links()).await?;
    // One that was merged into another stands for that one.
    let moved: Vec<Id> = linked
        .iter()
        .filter_map(|entry| entry.body.merged_into)
        .collect();
    let moved = read(&moved).await?;
    let client = |id: Id| {
        let entry = linked.iter().find(|entry| entry.id() == id)?;
        let entry = match entry.body.merged_into {
            Some(into) => moved.iter().find(|entry| entry.id() == into)?,
            None => entry,
        };
        (entry.body.stage == Stage::Client).then_some(entry)
    };
    let claim = |tenant: &Tenant| {
        let client = client(tenant.organisation?)?;
        Some(Claim {
            id: claim_id(tenant.id, device),
            floor: tenant.floor.clone(),
            doors: tenant.doors.clone(),
            client: client.body.names(true).0.to_owned(),
            of: my_name.to_owned(),
        })
    };
    Ok(building.tenants.iter().filter_map(claim).collect())
}
