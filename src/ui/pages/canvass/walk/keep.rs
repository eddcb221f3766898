//! What one save of a call's details writes, in one transaction: the client, the link on the board, the promise or the
//! visit, and the detail itself.

use chrono::{Days, Duration, Timelike};

use super::details::{Follow, Form, tenant_of};
use super::{Walk, door_words};
use crate::domain::canvass::building::{Building, DoorRef, Tenant};
use crate::domain::canvass::event::{Detail, Outcome};
use crate::domain::contact::Address;
use crate::domain::follow_up::{FollowUp, PromisedAt};
use crate::domain::id::Id;
use crate::domain::organisation::{LeadSource, Organisation};
use crate::domain::time::{Appointment, parse_date, parse_time};
use crate::domain::visit::{Visit, VisitDraft};
use crate::i18n::canvass::Canvass;
use crate::platform::{clock, random};
use crate::state::{Change, book, walk as acts};
use crate::ui::parts::photos::{NewPhotos, take_along};
use crate::ui::words::text;

/// Everything one save writes: the client, the link on the board, the promise or the visit, and the detail itself.
pub(super) fn change_of(
    walk: Walk,
    at: &DoorRef,
    event: Id,
    outcome: Outcome,
    form: &Form,
    fresh: NewPhotos,
) -> Change {
    let device = book().device();
    let mut change = Change::new();
    let mut detail = Detail {
        who: form.detail.who.trim().to_owned(),
        note: form.detail.note.trim().to_owned(),
        ..form.detail.clone()
    };
    take_along(&mut change, &detail.photos, fresh);
    if form.makes_client && detail.organisation.is_none() {
        detail.organisation = make_client(walk, at, &form.company, &mut change);
    }
    if let Some(organisation) = detail.organisation {
        link_tenant(walk, at, organisation, &form.company, &mut change);
    }
    let words = text::<Canvass>();
    let place = walk
        .with_untracked(|_, building, _| {
            format!("{} {}", building.name(true), door_words(building, at))
        })
        .unwrap_or_default();
    if detail.follow_up.is_some() {
        // It was arranged before; its own page changes it.
    } else if outcome == Outcome::Appointment {
        if let Some(visit) = appointment(form, &detail, words.visit_goal(place)) {
            detail.follow_up = Some(change.create(device, visit));
        }
    } else if let Some(due) = due_of(form) {
        let company = form.company.trim();
        let who = [&*detail.who, company, &place]
            .into_iter()
            .find(|who| !who.is_empty());
        let promise = FollowUp {
            text: words.follow_up_text(who.unwrap_or_default().to_owned()),
            due,
            organisation: detail.organisation,
            persons: detail.person.into_iter().collect(),
            visit: None,
            door: Some(PromisedAt {
                building: walk.held.building,
                door: at.clone(),
            }),
            done: None,
        };
        detail.follow_up = Some(change.create(device, promise));
    }
    acts::add_detail(
        &mut change,
        walk.held.building,
        Some(walk.run),
        at,
        (event, outcome),
        detail,
    );
    change
}

/// A prospect of the name on the board, at the door's address.
fn make_client(walk: Walk, at: &DoorRef, company: &str, change: &mut Change) -> Option<Id> {
    let company = company.trim();
    if company.is_empty() {
        return None;
    }
    let tenant = tenant_of(walk, at);
    let address = walk.with_untracked(|_, building, _| {
        let place = door_words(building, at);
        [building.address.as_str(), building.name(true), &place]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let same = tenant.filter(|tenant| {
        [&tenant.name_zh, &tenant.name_en]
            .iter()
            .any(|name| *name == company)
    });
    let (name_zh, name_en) = match same {
        Some(tenant) => (tenant.name_zh, tenant.name_en),
        None if company.is_ascii() => (String::new(), company.to_owned()),
        None => (company.to_owned(), String::new()),
    };
    let body = Organisation {
        name_zh,
        name_en,
        addresses: address
            .into_iter()
            .map(|text| Address {
                id: random::new_id(),
                label: String::new(),
                text,
            })
            .collect(),
        source: Some(LeadSource::ColdCall),
        ..Organisation::default()
    };
    Some(change.create(book().device(), body))
}

/// Says on the board which client it is; a door without a name on the board gets a row.
fn link_tenant(walk: Walk, at: &DoorRef, organisation: Id, company: &str, change: &mut Change) {
    let Some(old) = walk.held.entry() else { return };
    let mut body: Building = old.body.clone();
    let here = |tenant: &&mut Tenant| tenant.is_at(at);
    if body
        .tenants
        .iter()
        .any(|tenant| tenant.is_at(at) && tenant.organisation == Some(organisation))
    {
        return;
    }
    let known = book().with_shelf_untracked(|shelf| {
        shelf
            .organisation(organisation)
            .map(|entry| (entry.body.name_zh.clone(), entry.body.name_en.clone()))
    });
    let (name_zh, name_en) = known.unwrap_or_else(|| (company.trim().to_owned(), String::new()));
    // The row of that name, or the only one if it is nobody's yet: another firm's row stays as it is.
    let alone = body.tenants_at(at).len() == 1;
    let same = |tenant: &&mut Tenant| {
        (!name_zh.is_empty() && tenant.name_zh == name_zh)
            || (!name_en.is_empty() && tenant.name_en == name_en)
    };
    let named = body.tenants.iter_mut().filter(here).find(same);
    let row = match named {
        Some(row) => Some(row),
        None if alone => body
            .tenants
            .iter_mut()
            .filter(here)
            .find(|tenant| tenant.organisation.is_none()),
        None => None,
    };
    match row {
        Some(tenant) => tenant.organisation = Some(organisation),
        None => body.tenants.push(Tenant {
            id: random::new_id(),
            floor: at.floor.clone(),
            doors: vec![at.door.clone()],
            name_zh,
            name_en,
            organisation: Some(organisation),
        }),
    }
    change.edit(old.into_any(), body);
}

fn due_of(form: &Form) -> Option<Appointment> {
    let zone = clock::zone();
    let today = clock::today();
    match form.follow? {
        Follow::Hours => {
            // In an hour and a half, at a full quarter.
            let now = clock::now().local()?.naive_local();
            let later = now.checked_add_signed(Duration::minutes(90))?;
            let quarter = later.minute() / 15 * 15;
            let time = later
                .time()
                .with_minute(quarter)?
                .with_second(0)?
                .with_nanosecond(0)?;
            Some(Appointment {
                date: later.date(),
                time: Some(time),
                zone,
            })
        }
        Follow::Tomorrow => Some(Appointment {
            date: today.checked_add_days(Days::new(1))?,
            time: None,
            zone,
        }),
        Follow::OnDay => Some(Appointment {
            date: parse_date(&form.date)?,
            time: parse_time(&form.time),
            zone,
        }),
    }
}

/// The visit that was agreed on; it needs a day and a client.
fn appointment(form: &Form, detail: &Detail, goal: String) -> Option<Visit> {
    let draft = VisitDraft {
        organisation: detail.organisation,
        persons: detail.person.into_iter().collect(),
        date: form.date.clone(),
        time: form.time.clone(),
        goal,
        ..VisitDraft::default()
    };
    draft.check(None, &clock::zone()).ok()
}
