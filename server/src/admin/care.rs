//! Backup, restore, the check, and the audit trail.

use std::path::Path;

use super::words::Words;
use super::{Place, note, said, table};
use crate::api::unix_ms;
use crate::rescue;
use crate::store::{Store, sqlite};

pub fn backup(mut words: Words, place: &Place) -> Result<(), String> {
    let target = words.next("the folder to write to")?;
    words.end()?;
    let store = place.open()?;
    store
        .backup(Path::new(&target), unix_ms())
        .map_err(|error| said(&error))?;
    note(&store, None, None, "backup", "console");
    println!("Everything is in {target}.");
    Ok(())
}

pub fn restore(mut words: Words, place: &Place) -> Result<(), String> {
    let source = words.next("the backup's folder")?;
    words.end()?;
    let folder = &place.folder;
    if !place.is_empty() {
        return Err(format!(
            "{} holds data, which is never overwritten: stop the server and have it moved aside first",
            folder.display()
        ));
    }
    sqlite::restore(Path::new(&source), folder, unix_ms())
        .map_err(|error| format!("{source} cannot be restored: {error}"))?;
    let store = place.open()?;
    note(&store, None, None, "restore", "console");
    println!(
        "{} is restored. Devices send again what the backup lacks.",
        folder.display()
    );
    Ok(())
}

pub fn import_rescue(mut words: Words, place: &Place) -> Result<bool, String> {
    let file = words.next("the rescue file")?;
    let user = words
        .value("--user")
        .map(str::to_owned)
        .ok_or("--user NAME says whose changes they are")?;
    words.end()?;
    let store = place.open()?;
    let passphrase = rescue::ask_passphrase().map_err(|error| error.to_string())?;
    let report = rescue::run(&store, Path::new(&file), &user, &passphrase, unix_ms())
        .map_err(|error| error.to_string())?;
    note(&store, None, None, "rescue_imported", "console");
    print!("{report}");
    Ok(report.is_whole())
}

pub fn doctor(words: &Words, place: &Place) -> Result<bool, String> {
    words.end()?;
    let store = place.open()?;
    let report = store.check().map_err(|error| said(&error))?;
    println!(
        "{}: {} users, {} devices, {} records, {} changes, {} pictures, generation {}",
        place.folder.display(),
        report.users,
        report.devices,
        report.records,
        report.mutations,
        report.blobs,
        store.generation().map_err(|error| said(&error))?
    );
    for fault in &report.faults {
        println!("{fault}");
    }
    if report.faults.is_empty() {
        println!("Nothing is wrong.");
    }
    Ok(report.faults.is_empty())
}

pub fn audit(words: &Words, place: &Place) -> Result<(), String> {
    words.end()?;
    let last = match words.value("--last") {
        Some(number) => number
            .parse()
            .map_err(|_| format!("--last needs a number, not {number:?}"))?,
        None => 50,
    };
    let trail = place.open()?.audit_trail(last);
    let id = |id: Option<topfloor::domain::id::Id>| id.map_or("-".to_owned(), |id| id.to_string());
    let rows: Vec<Vec<String>> = trail
        .map_err(|error| said(&error))?
        .into_iter()
        .map(|entry| {
            vec![
                table::time(entry.at_ms),
                entry.act,
                id(entry.user),
                id(entry.device),
                entry.detail,
            ]
        })
        .collect();
    table::print(&rows);
    Ok(())
}
