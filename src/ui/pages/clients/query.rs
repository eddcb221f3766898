//! What the list shows, as its address says it: a reload, the way back and a second pane see the same.

use leptos_router::params::ParamsMap;

use crate::domain::organisation::{Stage, Tier};
use crate::domain::person::Role;
use crate::domain::shelf::Filter;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    Clients,
    People,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    /// Longest out of touch first, never contacted before all.
    Contact,
    Tier,
    /// Least complete first.
    Gaps,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub show: Which,
    pub filter: Filter,
    pub role: Option<Role>,
    pub sort: Sort,
}

pub const STAGES: [(Stage, &str); 4] = [
    (Stage::Prospect, "prospect"),
    (Stage::Client, "client"),
    (Stage::Dormant, "dormant"),
    (Stage::Lost, "lost"),
];

pub const TIERS: [(Tier, &str); 5] = [
    (Tier::Vip, "vip"),
    (Tier::A, "a"),
    (Tier::B, "b"),
    (Tier::C, "c"),
    (Tier::D, "d"),
];

pub const SORTS: [(Sort, &str); 4] = [
    (Sort::Name, "name"),
    (Sort::Contact, "contact"),
    (Sort::Tier, "tier"),
    (Sort::Gaps, "gaps"),
];

pub const ROLES: [(Role, &str); 8] = [
    (Role::DecisionMaker, "decision_maker"),
    (Role::Finance, "finance"),
    (Role::Channel, "channel"),
    (Role::Government, "government"),
    (Role::Partner, "partner"),
    (Role::Introducer, "introducer"),
    (Role::Gatekeeper, "gatekeeper"),
    (Role::Other, "other"),
];

/// Names of the parts of the address, which the filter row uses too.
pub const STAGE: &str = "stage";
pub const TIER: &str = "tier";
pub const SEGMENT: &str = "segment";
pub const INDUSTRY: &str = "industry";
pub const ROLE: &str = "role";
pub const SORT: &str = "sort";
const SHOW: &str = "show";
const PEOPLE: &str = "people";

impl ListQuery {
    /// Unknown values are left out: an address of another build still opens the list.
    pub fn read(map: &ParamsMap) -> Self {
        let text = |name: &str| map.get(name).filter(|value| !value.is_empty());
        Self {
            show: if text(SHOW).as_deref() == Some(PEOPLE) {
                Which::People
            } else {
                Which::Clients
            },
            filter: Filter {
                stage: named(&STAGES, text(STAGE)),
                tier: named(&TIERS, text(TIER)),
                segment: text(SEGMENT),
                industry: text(INDUSTRY),
            },
            role: named(&ROLES, text(ROLE)),
            sort: named(&SORTS, text(SORT)).unwrap_or_default(),
        }
    }

    /// The value of one part, as the address has it; empty for none.
    pub fn value(&self, part: &str) -> String {
        let name = match part {
            STAGE => name_of(&STAGES, self.filter.stage),
            TIER => name_of(&TIERS, self.filter.tier),
            SEGMENT => return self.filter.segment.clone().unwrap_or_default(),
            INDUSTRY => return self.filter.industry.clone().unwrap_or_default(),
            ROLE => name_of(&ROLES, self.role),
            SORT => name_of(&SORTS, (self.sort != Sort::default()).then_some(self.sort)),
            _ => name_of(&[(Which::People, PEOPLE)], Some(self.show)),
        };
        name.unwrap_or_default().to_owned()
    }

    /// With one part set to a value; an empty one takes it out.
    pub fn with(mut self, part: &str, value: &str) -> Self {
        let text = (!value.is_empty()).then(|| value.to_owned());
        match part {
            STAGE => self.filter.stage = named(&STAGES, text),
            TIER => self.filter.tier = named(&TIERS, text),
            SEGMENT => self.filter.segment = text,
            INDUSTRY => self.filter.industry = text,
            ROLE => self.role = named(&ROLES, text),
            _ => self.sort = named(&SORTS, text).unwrap_or_default(),
        }
        self
    }

    /// The same list without a filter.
    pub fn unfiltered(&self) -> Self {
        Self {
            show: self.show,
            sort: self.sort,
            ..Self::default()
        }
    }

    /// `?stage=client&sort=contact`, or nothing. Links to records carry it along, so that the list beside them stays.
    pub fn search(&self) -> String {
        let parts: Vec<String> = [SHOW, STAGE, TIER, SEGMENT, INDUSTRY, ROLE, SORT]
            .into_iter()
            .map(|part| (part, self.value(part)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(part, value)| format!("{part}={}", js_sys::encode_uri_component(&value)))
            .collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }

    pub fn address(&self) -> String {
        format!("/clients{}", self.search())
    }
}

/// The value a name stands for in a table.
pub fn named<T: Copy>(table: &[(T, &str)], name: Option<String>) -> Option<T> {
    let name = name?;
    table
        .iter()
        .find(|(_, have)| *have == name)
        .map(|(value, _)| *value)
}

fn name_of<T: Copy + PartialEq>(
    table: &[(T, &'static str)],
    value: Option<T>,
) -> Option<&'static str> {
    let value = value?;
    table
        .iter()
        .find(|(have, _)| *have == value)
        .map(|(_, name)| *name)
}
