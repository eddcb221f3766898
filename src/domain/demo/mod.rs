//! The demo portfolio: invented firms and people with three months of work behind them and a week ahead, so that an
//! empty app shows what it is like to live in. The same on every device but for the day it is seen from.

mod tower;
mod words;

use chrono::{Days, NaiveDate, NaiveTime};

use self::words::{
    DEPARTMENTS, FOLLOW_UPS, GOALS, NOTES, OBSERVED, OUTCOMES, REFUSAL, SEGMENTS, TITLES, Words,
};
use super::consent::{Consent, ConsentState};
use super::contact::{Address, Email, Phone, PhoneKind};
use super::follow_up::FollowUp;
use super::id::{Id, NewId};
use super::note::{Note, NoteRole};
use super::organisation::{LeadSource, Organisation, Stage, Tier};
use super::person::{Occasion, Person, Role, split_zh};
use super::record::{AnyBody, AnyEntry, Created, Entry, Envelope};
use super::sample::{Generator, SamplePerson};
use super::time::{Appointment, Moment};
use super::visit::{Channel, Visit, VisitKind, VisitStatus};

/// Hour and minute, where a time was said.
type Clock = Option<(u32, u32)>;

const SEED: u64 = 20_261_123;
const CLIENTS: usize = 40;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const MINUTE_MS: i64 = 60 * 1000;

/// All records of the portfolio, each after those it belongs to. `pick` chooses among Traditional, Simplified and English.
pub fn portfolio(
    now: &Moment,
    device: Id,
    import: Id,
    ids: &mut dyn NewId,
    pick: &dyn Fn(Words) -> &'static str,
) -> Vec<AnyEntry> {
    let mut demo = Demo {
        chance: Generator::new(SEED),
        now,
        today: now.date().unwrap_or_default(),
        device,
        import,
        ids,
        pick,
        entries: Vec::new(),
    };
    let clients = demo.clients();
    demo.days(&clients);
    demo.past(&clients);
    demo.follow_ups(&clients);
    demo.tower(&clients);
    demo.entries
}

struct Demo<'a> {
    chance: Generator,
    now: &'a Moment,
    today: NaiveDate,
    device: Id,
    import: Id,
    ids: &'a mut dyn NewId,
    pick: &'a dyn Fn(Words) -> &'static str,
    entries: Vec<AnyEntry>,
}

/// A firm and the people there who may be contacted.
struct Client {
    firm: Id,
    people: Vec<Id>,
}

impl Client {
    fn first(&self) -> Vec<Id> {
        self.people.iter().take(1).copied().collect()
    }
}

impl Demo<'_> {
    fn clients(&mut self) -> Vec<Client> {
        let mut clients: Vec<Client> = Vec::with_capacity(CLIENTS);
        for at in 0..CLIENTS {
            // Two groups: the first firm of each is above the next ones.
            let parent = match at {
                1..=3 => clients.first(),
                11..=12 => clients.get(10),
                _ => None,
            };
            let parent = parent.map(|client| client.firm);
            let firm = self.firm(at, parent);
            let count = if at % 4 == 3 {
                1
            } else if at % 10 == 0 {
                3
            } else {
                2
            };
            let mut people = Vec::new();
            for place in 0..count {
                // One who refused, so that the demo shows what that looks like.
                let refused = at == 5 && place == 1;
                let id = self.person(firm, place, refused);
                people.extend(Some(id).filter(|_| !refused));
            }
            clients.push(Client { firm, people });
        }
        clients
    }

    fn firm(&mut self, at: usize, parent: Option<Id>) -> Id {
        let sample = self.chance.company();
        let tier = match at % 20 {
            0 => Tier::Vip,
            1..=4 => Tier::A,
            5..=10 => Tier::B,
            11..=16 => Tier::C,
            _ => Tier::D,
        };
        let stage = match at % 13 {
            4 | 8 | 11 => Stage::Prospect,
            6 => Stage::Dormant,
            12 => Stage::Lost,
            _ => Stage::Client,
        };
        let sources = [
            LeadSource::Referral,
            LeadSource::ColdCall,
            LeadSource::Exhibition,
            LeadSource::TradeDirectory,
        ];
        // Some gaps are left for the completeness score to find.
        let checked = (!at.is_multiple_of(3)).then(|| self.ago((at as u64 * 11) % 500));
        let body = Organisation {
            name_zh: sample.zh,
            name_en: sample.en,
            stage,
            tier: Some(tier),
            segment: self.said(&SEGMENTS, at).to_owned(),
            industry: sample.industry,
            phones: vec![self.phone(PhoneKind::Main, sample.phone)],
            emails: vec![Email {
                id: self.ids.new_id(),
                address: sample.email,
            }],
            addresses: vec![Address {
                id: self.ids.new_id(),
                label: String::new(),
                text: sample.address,
            }],
            parent,
            source: sources.get(at % 5).copied(),
            last_checked: checked,
            ..Organisation::default()
        };
        self.put(body, 100 * DAY_MS)
    }

    fn person(&mut self, firm: Id, place: usize, refused: bool) -> Id {
        let sample = self.chance.person();
        let (family_zh, given_zh) = split_zh(&sample.zh);
        let (family_en, given_en) = split_en(&sample, &given_zh);
        let roles = [Role::DecisionMaker, Role::Finance, Role::Gatekeeper];
        let month = u32::try_from(self.chance.below(12)).unwrap_or_default() + 1;
        let day = u32::try_from(self.chance.below(28)).unwrap_or_default() + 1;
        let birthday = (place == 0).then(|| Occasion {
            id: self.ids.new_id(),
            label: String::new(),
            month,
            day,
            year: None,
        });
        let statement = |id, state, on, words: &str| Consent {
            id,
            state,
            on,
            by: String::new(),
            words: words.to_owned(),
            source: String::new(),
        };
        let on = self.ago(40);
        let consents = match refused {
            true => vec![statement(
                self.ids.new_id(),
                ConsentState::OptedOut,
                on,
                (self.pick)(REFUSAL),
            )],
            false => Vec::new(),
        };
        let body = Person {
            organisation: Some(firm),
            family_zh,
            given_zh,
            family_en,
            given_en,
            title: self.said(&TITLES, place).to_owned(),
            department: self.said(&DEPARTMENTS, place).to_owned(),
            phones: vec![self.phone(PhoneKind::Mobile, sample.mobile)],
            emails: vec![Email {
                id: self.ids.new_id(),
                address: sample.email,
            }],
            role: roles.get(place).copied(),
            birthday,
            consents,
            ..Person::default()
        };
        self.put(body, 99 * DAY_MS)
    }

    /// What is open: today's visits, one that was missed, and the week ahead.
    fn days(&mut self, clients: &[Client]) {
        let plan: [(i64, Clock, Channel); 9] = [
            (0, Some((10, 0)), Channel::Face),
            (0, Some((15, 30)), Channel::Video),
            (-1, Some((16, 0)), Channel::Face),
            (1, Some((11, 0)), Channel::Face),
            (1, Some((14, 30)), Channel::Phone),
            (2, Some((9, 30)), Channel::Face),
            (3, None, Channel::Phone),
            (4, Some((12, 30)), Channel::Received),
            (6, Some((15, 0)), Channel::Face),
        ];
        for (at, ((days, time, channel), client)) in plan.into_iter().zip(clients).enumerate() {
            let visit = Visit {
                minutes: Some(60),
                ..self.visit(client, at, days, time, channel)
            };
            self.put(visit, 5 * DAY_MS);
        }
    }

    /// Three months of visits and notes, thinning out towards the past as they do.
    fn past(&mut self, clients: &[Client]) {
        for at in 0..64 {
            let Some(client) = clients.get((at * 7) % clients.len().max(1)) else {
                continue;
            };
            let days = 1 + (at as i64 * at as i64) / 46;
            let channel = if at % 3 == 2 {
                Channel::Phone
            } else {
                Channel::Face
            };
            let time = (
                u32::try_from(9 + at % 8).unwrap_or(9),
                if at % 2 == 0 { 0 } else { 30 },
            );
            let ended = self.moment(-days, time);
            let visit = (at % 2 == 0).then(|| {
                let started = Moment {
                    at_ms: ended.at_ms - 45 * MINUTE_MS,
                    ..ended.clone()
                };
                let visit = Visit {
                    status: VisitStatus::Done,
                    outcome: self.said(&OUTCOMES, at / 2).to_owned(),
                    observed: if at % 8 == 0 {
                        self.said(&OBSERVED, at / 8).to_owned()
                    } else {
                        String::new()
                    },
                    started: Some(started),
                    ended: Some(ended.clone()),
                    ..self.visit(client, at, -days, Some(time), channel)
                };
                self.put_at(visit, ended.clone())
            });
            let (text, tags) = NOTES
                .get(at % NOTES.len())
                .copied()
                .unwrap_or((["", "", ""], &[]));
            let note = Note {
                organisation: Some(client.firm),
                persons: client.first(),
                visit,
                text: (self.pick)(text).to_owned(),
                tags: tags.to_vec(),
                photos: Vec::new(),
                at: Moment {
                    at_ms: ended.at_ms + 10 * MINUTE_MS,
                    ..ended.clone()
                },
                role: NoteRole::Original,
            };
            let written = note.at.clone();
            self.put_at(note, written);
        }
    }

    fn follow_ups(&mut self, clients: &[Client]) {
        let plan: [(i64, bool); 14] = [
            (0, false),
            (0, false),
            (-2, false),
            (-5, false),
            (1, false),
            (3, false),
            (6, false),
            (20, false),
            (-3, true),
            (-8, true),
            (-15, true),
            (-22, true),
            (-30, true),
            (-41, true),
        ];
        for (at, (days, done)) in plan.into_iter().enumerate() {
            let Some(client) = clients.get((at * 3 + 2) % clients.len().max(1)) else {
                continue;
            };
            let follow_up = FollowUp {
                text: self.said(&FOLLOW_UPS, at).to_owned(),
                due: self.appointment(days, None),
                organisation: Some(client.firm),
                persons: client.first(),
                visit: None,
                door: None,
                done: done.then(|| self.moment(days, (16, 0))),
            };
            self.put(follow_up, 60 * DAY_MS);
        }
    }

    fn visit(
        &mut self,
        client: &Client,
        at: usize,
        days: i64,
        time: Option<(u32, u32)>,
        channel: Channel,
    ) -> Visit {
        let kinds = [
            VisitKind::Routine,
            VisitKind::Proposal,
            VisitKind::Service,
            VisitKind::Courtesy,
        ];
        Visit {
            organisation: Some(client.firm),
            persons: client.first(),
            kind: kinds.get(at % kinds.len()).copied().unwrap_or_default(),
            channel,
            status: VisitStatus::Planned,
            when: self.appointment(days, time),
            minutes: None,
            goal: self.said(&GOALS, at).to_owned(),
            outcome: String::new(),
            observed: String::new(),
            next_step: String::new(),
            photos: Vec::new(),
            started: None,
            ended: None,
            reason: String::new(),
        }
    }

    fn said(&self, list: &[Words], at: usize) -> &'static str {
        list.get(at % list.len().max(1))
            .map_or("", |words| (self.pick)(*words))
    }

    fn phone(&mut self, kind: PhoneKind, number: String) -> Phone {
        Phone {
            id: self.ids.new_id(),
            kind,
            number,
        }
    }

    fn ago(&self, days: u64) -> NaiveDate {
        self.today
            .checked_sub_days(Days::new(days))
            .unwrap_or(self.today)
    }

    fn date(&self, days: i64) -> NaiveDate {
        match u64::try_from(days) {
            Ok(ahead) => self
                .today
                .checked_add_days(Days::new(ahead))
                .unwrap_or(self.today),
            Err(_) => self.ago(days.unsigned_abs()),
        }
    }

    fn appointment(&self, days: i64, time: Option<(u32, u32)>) -> Appointment {
        let time = time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
        Appointment {
            date: self.date(days),
            time,
            zone: self.now.zone.clone(),
        }
    }

    /// A time of day some days from today, by the offset in force now.
    fn moment(&self, days: i64, (hour, minute): (u32, u32)) -> Moment {
        let midnight = self
            .date(days)
            .and_time(NaiveTime::MIN)
            .and_utc()
            .timestamp_millis();
        let of_day = i64::from(hour * 60 + minute) * MINUTE_MS;
        Moment {
            at_ms: midnight + of_day - i64::from(self.now.offset_min) * MINUTE_MS,
            ..self.now.clone()
        }
    }

    fn put(&mut self, body: impl Into<AnyBody>, ago_ms: i64) -> Id {
        let at = Moment {
            at_ms: self.now.at_ms - ago_ms,
            ..self.now.clone()
        };
        self.put_at(body, at)
    }

    fn put_at(&mut self, body: impl Into<AnyBody>, at: Moment) -> Id {
        let id = self.ids.new_id();
        let body = body.into();
        let envelope = Envelope {
            id,
            scope: body.scope(id),
            version: 0,
            changed_ms: at.at_ms,
            created: Created {
                at,
                device: self.device,
                user: None,
            },
            deleted: false,
            import: Some(self.import),
        };
        self.entries.push(Entry { envelope, body });
        id
    }
}

/// `Peter Chan Tai Man` as `Chan` and `Tai Man, Peter`. The sample's address tells whether it begins with a Western name.
fn split_en(sample: &SamplePerson, given_zh: &str) -> (String, String) {
    let words: Vec<&str> = sample.en.split(' ').collect();
    let western = words.first().copied().filter(|word| {
        sample
            .email
            .starts_with(&format!("{}.", word.to_lowercase()))
    });
    let rest = words
        .get(usize::from(western.is_some())..)
        .unwrap_or_default();
    let (family, given) = rest.split_at(rest.len().saturating_sub(given_zh.chars().count()));
    let given = given.join(" ");
    let given = match western {
        Some(western) if given.is_empty() => western.to_owned(),
        Some(western) => format!("{given}, {western}"),
        None => given,
    };
    (family.join(" "), given)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::domain::record::Kind;
    use crate::domain::today::{Item, today};

    fn demo(language: usize) -> Vec<AnyEntry> {
        let now = Moment {
            at_ms: 1_795_397_400_000,
            zone: "Asia/Hong_Kong".into(),
            offset_min: 480,
        };
        let (mut next, device, import) =
            (0, Id::from_parts(1, &[1; 10]), Id::from_parts(2, &[2; 10]));
        let mut ids = move || {
            next += 1;
            Id::from_parts(
                3,
                &u64::to_be_bytes(next)
                    .into_iter()
                    .chain([0, 0])
                    .collect::<Vec<_>>()
                    .try_into()
                    .unwrap(),
            )
        };
        portfolio(&now, device, import, &mut ids, &|words| words[language])
    }

    #[test]
    fn it_is_a_lived_in_book_of_invented_parties() {
        let entries = demo(0);
        let of = |kind| {
            entries
                .iter()
                .filter(|entry| entry.body.kind() == kind)
                .count()
        };
        assert_eq!(of(Kind::Organisation), 40);
        assert!(
            (60..=90).contains(&of(Kind::Person)),
            "{}",
            of(Kind::Person)
        );
        assert!(of(Kind::Note) >= 60 && of(Kind::Visit) >= 40 && of(Kind::FollowUp) == 14);
        for entry in &entries {
            let phones = match &entry.body {
                AnyBody::Organisation(body) => &body.phones,
                AnyBody::Person(body) => &body.phones,
                _ => continue,
            };
            assert!(
                phones
                    .iter()
                    .all(|phone| phone.number.starts_with("+852 0")),
                "{entry:?}"
            );
        }
        let opted_out = entries
            .iter()
            .filter(|e| matches!(&e.body, AnyBody::Person(body) if body.opted_out()))
            .count();
        assert_eq!(opted_out, 1);
        assert_eq!(demo(0), entries);
    }

    #[test]
    fn every_record_stands_after_what_it_belongs_to() {
        for language in 0..3 {
            let mut seen = HashSet::new();
            for entry in demo(language) {
                assert!(
                    entry.body.links().iter().all(|link| seen.contains(link)),
                    "{entry:?}"
                );
                seen.insert(entry.id());
            }
        }
    }

    #[test]
    fn the_day_has_something_in_every_part() {
        let entries = demo(2);
        let date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let items = entries.into_iter().filter_map(|entry| match entry.body {
            AnyBody::Visit(body) => Some(Item::Visit(Entry {
                envelope: entry.envelope,
                body,
            })),
            AnyBody::FollowUp(body) => Some(Item::FollowUp(Entry {
                envelope: entry.envelope,
                body,
            })),
            _ => None,
        });
        let day = today(items, date);
        assert_eq!(
            (day.planned.len(), day.due.len(), day.overdue.len()),
            (2, 2, 3)
        );
        assert_eq!(day.planned[0].date(), date);
        assert!(!day.ahead.is_empty() && day.now.is_empty());
    }

    #[test]
    fn people_have_a_surname_in_both_languages() {
        for entry in demo(0) {
            let AnyBody::Person(body) = entry.body else {
                continue;
            };
            assert!(
                !body.family_zh.is_empty() && !body.given_zh.is_empty(),
                "{body:?}"
            );
            assert!(
                !body.family_en.is_empty() && !body.given_en.is_empty(),
                "{body:?}"
            );
        }
    }
}
