//! What a record of any kind is called in one line.

use crate::domain::canvass::building::DoorRef;
use crate::domain::docs;
use crate::domain::id::Id;
use crate::domain::record::{AnyBody, AnyEntry};
use crate::domain::shelf::Shelf;
use crate::i18n::canvass::Canvass;
use crate::i18n::sync::Sync as Words;
use crate::state::book;
use crate::ui::words::{lang, text};

/// Never empty.
pub fn name_of(entry: &AnyEntry) -> String {
    let book = book();
    let name = book.with_shelf_untracked(|shelf| match &entry.body {
        AnyBody::Run(run) => building(run.building),
        AnyBody::DoorEvent(event) => door(event.building, &event.at_door),
        AnyBody::Clash(clash) => name_on_shelf(clash.record, shelf).unwrap_or_default(),
        _ => {
            let found = docs::plain(entry, shelf, lang().is_han());
            if found.title.is_empty() {
                found.sub
            } else {
                found.title
            }
        }
    });
    if name.is_empty() {
        text::<Words>().no_title().to_owned()
    } else {
        name
    }
}

/// The name of a record that is held in memory: a client, a contact, a building.
pub fn name_in_memory(id: Id) -> Option<String> {
    let name = book().with_shelf_untracked(|shelf| name_on_shelf(id, shelf));
    name.or_else(|| Some(building(id)).filter(|name| !name.is_empty()))
}

fn name_on_shelf(id: Id, shelf: &Shelf) -> Option<String> {
    let han_first = lang().is_han();
    let organisation = shelf
        .organisation(id)
        .map(|entry| entry.body.names(han_first).0.to_owned());
    let person = || shelf.person(id).map(|entry| entry.body.names(han_first).0);
    organisation.or_else(person).filter(|name| !name.is_empty())
}

fn building(id: Id) -> String {
    book().with_towers_untracked(|towers| {
        let body = towers.tower(id).and_then(|tower| tower.body());
        body.map(|body| body.name(lang().is_han()).to_owned())
            .unwrap_or_default()
    })
}

fn door(id: Id, at: &DoorRef) -> String {
    let words = text::<Canvass>();
    let known = book().with_towers_untracked(|towers| {
        let body = towers.tower(id)?.body()?;
        let floor = body.floors.iter().find(|floor| floor.id == at.floor)?;
        let door = floor.doors.iter().find(|door| door.id == at.door)?;
        Some(words.door_of(floor, door))
    });
    let door = known.unwrap_or_else(|| format!("{} {}", words.floor_key(&at.floor), at.door));
    let name = building(id);
    if name.is_empty() {
        door
    } else {
        format!("{name} {door}")
    }
}
