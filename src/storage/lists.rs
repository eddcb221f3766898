//! The opted-out list, kept as one sealed row of facts.

use super::codec::Sealer;
use super::connect::Connection;
use super::keep::{corrupt, get};
use super::raw::Row;
use super::row as rows;
use super::schema::META;
use super::write::{Batch, Seen};
use super::{Inner, StoreError};
use crate::domain::consent::Suppression;

const SUPPRESSION: &str = "suppression";

/// The opted-out lists as they are kept: the book's own, and those of other books it was restored from.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Lists {
    pub own: Suppression,
    #[serde(default)]
    pub others: Vec<Suppression>,
}

impl Lists {
    /// The list of a salt, made when there is none: digests of two salts cannot be compared.
    pub fn of_salt(&mut self, salt: &str) -> &mut Suppression {
        if self.own.salt == salt {
            return &mut self.own;
        }
        let at = self
            .others
            .iter()
            .position(|list| list.salt == salt)
            .unwrap_or_else(|| {
                self.others.push(Suppression {
                    salt: salt.to_owned(),
                    ..Suppression::default()
                });
                self.others.len() - 1
            });
        // The position was found in this list, or is that of the one just added.
        &mut self.others[at]
    }
}

/// The lists and the revision of their row, 0 when it is not there.
pub async fn read(inner: &Inner, connection: &Connection) -> Result<(Lists, u64), StoreError> {
    match get(connection, META, SUPPRESSION).await? {
        Some(row) => {
            let lists = rows::read_json(&inner.sealer, &row)
                .await
                .map_err(|fault| corrupt("opted-out list", &fault))?;
            Ok((lists, rows::whole(&row.rev()).unwrap_or(0)))
        }
        None => Ok((Lists::default(), 0)),
    }
}

pub async fn row(sealer: &Sealer, lists: &Lists, rev: u64) -> Result<Row, StoreError> {
    let row = rows::sealed_json(sealer, SUPPRESSION, lists).await?;
    row.set_rev(rev as f64);
    Ok(row)
}

/// Plans the list of a save: what the caller added and removed since it last saw the list, on the list as it is now.
pub async fn plan_save(
    inner: &Inner,
    connection: &Connection,
    new: &Suppression,
    batch: &mut Batch,
) -> Result<(), StoreError> {
    let seen = inner.suppression.borrow().clone();
    let (mut lists, rev) = read(inner, connection).await?;
    let list = lists.of_salt(&new.salt);
    list.digests
        .extend(new.digests.difference(&seen.digests).cloned());
    for removed in seen.digests.difference(&new.digests) {
        list.digests.remove(removed);
    }
    plan(inner, &lists, rev, batch).await
}

pub async fn plan(
    inner: &Inner,
    lists: &Lists,
    rev: u64,
    batch: &mut Batch,
) -> Result<(), StoreError> {
    batch.expect(
        META,
        SUPPRESSION.into(),
        if rev == 0 {
            Seen::Absent
        } else {
            Seen::Rev(rev)
        },
    );
    batch
        .puts
        .push((META, row(&inner.sealer, lists, rev + 1).await?));
    Ok(())
}
