//! How complete a client's file is, and what is missing (§5.1(1), §14.7 檔案及時、準確、完整).

use chrono::NaiveDate;

use super::organisation::{Organisation, Stage};
use super::person::{Person, Role};

/// A gap in a file, in the order in which filling it helps most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    Contact,
    DecisionMaker,
    Phone,
    Address,
    Tier,
    Segment,
    Industry,
    Source,
    OtherName,
    /// Never checked, or not within a year.
    RecentCheck,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// 0–100.
    pub percent: u8,
    pub missing: Vec<Missing>,
}

/// Days after which a checked file counts as stale.
const CHECK_DAYS: i64 = 365;

pub fn completeness(client: &Organisation, people: &[&Person], today: NaiveDate) -> Completeness {
    let reachable = !client.phones.is_empty()
        || !client.emails.is_empty()
        || people
            .iter()
            .any(|person| !person.phones.is_empty() || !person.emails.is_empty());
    let checked = client
        .last_checked
        .is_some_and(|day| (today - day).num_days() <= CHECK_DAYS);
    let decides = people
        .iter()
        .any(|person| person.role == Some(Role::DecisionMaker));
    // Weights: whom to talk to and how to reach them counts more than the labels on the file.
    let checks = [
        (Missing::Contact, 20, !people.is_empty()),
        (Missing::DecisionMaker, 15, decides),
        (Missing::Phone, 15, reachable),
        (Missing::Address, 10, !client.addresses.is_empty()),
        (
            Missing::Tier,
            10,
            client.tier.is_some() || client.stage == Stage::Lost,
        ),
        (Missing::Segment, 5, !client.segment.is_empty()),
        (Missing::Industry, 5, !client.industry.is_empty()),
        (Missing::Source, 5, client.source.is_some()),
        (
            Missing::OtherName,
            5,
            !client.name_zh.is_empty() && !client.name_en.is_empty(),
        ),
        (Missing::RecentCheck, 10, checked),
    ];
    Completeness {
        percent: checks
            .iter()
            .filter(|(_, _, ok)| *ok)
            .map(|(_, weight, _)| weight)
            .sum(),
        missing: checks
            .iter()
            .filter(|(_, _, ok)| !ok)
            .map(|(missing, _, _)| *missing)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::{Address, Phone, PhoneKind};
    use crate::domain::id::Id;
    use crate::domain::organisation::{LeadSource, Tier};

    #[test]
    fn an_empty_file_scores_nothing_and_a_full_one_a_hundred() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let empty = completeness(&Organisation::default(), &[], today);
        assert_eq!((empty.percent, empty.missing.len()), (0, 10));

        let id = Id::from_parts(1, &[0; 10]);
        let full = Organisation {
            name_zh: "永澄".into(),
            name_en: "Wing Ching".into(),
            tier: Some(Tier::A),
            segment: "中小企".into(),
            industry: "保險".into(),
            source: Some(LeadSource::Referral),
            phones: vec![Phone {
                id,
                kind: PhoneKind::Main,
                number: "30000001".into(),
            }],
            addresses: vec![Address {
                id,
                label: String::new(),
                text: "中環".into(),
            }],
            last_checked: Some(today),
            ..Default::default()
        };
        let boss = Person {
            role: Some(Role::DecisionMaker),
            ..Default::default()
        };
        let score = completeness(&full, &[&boss], today);
        assert_eq!((score.percent, score.missing), (100, vec![]));

        let stale = Organisation {
            last_checked: NaiveDate::from_ymd_opt(2025, 1, 1),
            ..full
        };
        assert_eq!(
            completeness(&stale, &[&boss], today).missing,
            [Missing::RecentCheck]
        );
    }
}
