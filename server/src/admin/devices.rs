//! Devices: which there are, and what becomes of a lost one.

use topfloor::domain::id::Id;
use topfloor::wire::Order;

use super::words::Words;
use super::{Place, note, said, table, users};
use crate::api::unix_ms;
use crate::store::{Device, Store};

pub fn run(mut words: Words, place: &Place) -> Result<(), String> {
    let act = words.next("list, revoke or readmit")?;
    let whose = words.next(match act.as_str() {
        "list" => "the user's name",
        _ => "the device's id",
    })?;
    words.end()?;
    match act.as_str() {
        "list" => list(&place.open()?, &whose),
        "revoke" => {
            let order = match (words.has("--lock"), words.has("--wipe")) {
                (true, true) => return Err("--lock or --wipe, not both".to_owned()),
                (true, false) => Some(Order::Lock),
                (false, true) => Some(Order::Wipe),
                (false, false) => None,
            };
            let store = place.open()?;
            let device = device(&store, &whose)?;
            store
                .revoke(device.id, true, order, unix_ms())
                .map_err(|error| said(&error))?;
            let detail = order.map_or("console", |order| match order {
                Order::Lock => "console: lock",
                Order::Wipe => "console: wipe",
            });
            note(
                &store,
                Some(device.user.id),
                Some(device.id),
                "revoke",
                detail,
            );
            println!(
                "The device is revoked{}.",
                match order {
                    Some(Order::Lock) => " and locks itself when it next asks",
                    Some(Order::Wipe) => " and wipes the book from itself when it next asks",
                    None => "",
                }
            );
            Ok(())
        }
        "readmit" => {
            let store = place.open()?;
            let device = device(&store, &whose)?;
            store
                .revoke(device.id, false, None, unix_ms())
                .map_err(|error| said(&error))?;
            note(
                &store,
                Some(device.user.id),
                Some(device.id),
                "readmit",
                "console",
            );
            println!("The device may sign in again.");
            Ok(())
        }
        other => Err(format!(
            "unknown: device {other}; known: list, revoke, readmit"
        )),
    }
}

fn device(store: &dyn Store, id: &str) -> Result<Device, String> {
    let id: Id = id
        .parse()
        .map_err(|_| format!("{id:?} is no device id; device list NAME shows them"))?;
    store
        .device(id)
        .map_err(|error| said(&error))?
        .ok_or_else(|| format!("no device {id}; device list NAME shows them"))
}

fn list(store: &dyn Store, name: &str) -> Result<(), String> {
    let account = users::account(store, name)?;
    let mut rows = vec![
        ["id", "name", "state", "since", "seen"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for device in store
        .devices(account.user.id)
        .map_err(|error| said(&error))?
    {
        let state = match (device.revoked, device.order) {
            (false, _) => "admitted",
            (true, None) => "revoked",
            (true, Some(Order::Lock)) => "revoked: lock",
            (true, Some(Order::Wipe)) => "revoked: wipe",
        };
        rows.push(vec![
            device.id.to_string(),
            device.name,
            state.to_owned(),
            table::time(device.created_ms),
            table::time(device.seen_ms),
        ]);
    }
    table::print(&rows);
    Ok(())
}
