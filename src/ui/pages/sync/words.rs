//! The states of the way to the server as sentences: what is safe first, then what to do.

use leptos::prelude::*;

use super::fields::field_name;
use crate::domain::queue::{Act, Activity, QueueRow, RowState, Trouble};
use crate::i18n::sync::Sync as Words;
use crate::i18n::sync_fields::SyncFields;
use crate::platform::intl;
use crate::state::{app, sync::Account};
use crate::ui::words::{lang, text};

pub fn trouble_words(trouble: &Trouble) -> String {
    let t = text::<Words>();
    match trouble {
        Trouble::NoAnswer => t.trouble_no_answer().to_owned(),
        Trouble::Portal => t.trouble_portal().to_owned(),
        Trouble::Server(status) => t.trouble_server(*status),
        Trouble::SignIn => t.trouble_sign_in().to_owned(),
        Trouble::Closed => t.trouble_closed().to_owned(),
        Trouble::Revoked(_) => t.trouble_revoked().to_owned(),
        Trouble::AppOlder => t.trouble_older().to_owned(),
        Trouble::Storage(why) => t.trouble_storage(why.clone()),
    }
}

/// What passes by itself is said in the colour of waiting; what needs somebody, in the colour of a stop.
pub fn trouble_kind(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NoAnswer | Trouble::Portal | Trouble::Server(_) => "wait",
        Trouble::SignIn
        | Trouble::Closed
        | Trouble::Revoked(_)
        | Trouble::AppOlder
        | Trouble::Storage(_) => "stop",
    }
}

pub fn activity_words(activity: Activity) -> String {
    let t = text::<Words>();
    match activity {
        Activity::Idle => t.idle().to_owned(),
        Activity::Asking => t.asking().to_owned(),
        Activity::Pushing { done, of } => t.pushing(done, of),
        Activity::Pulling { done, of } => t.pulling(done, of),
        Activity::Pictures { done, of } => t.pictures(done, of),
    }
}

/// How long until the next attempt.
pub fn next_words(ms: i64) -> String {
    let t = text::<Words>();
    let seconds = usize::try_from(ms / 1000).unwrap_or(0);
    match seconds {
        0 => t.next_at_once().to_owned(),
        1..=90 => t.next_in(seconds),
        _ => t.next_in_minutes(seconds.div_ceil(60)),
    }
}

/// `客戶`, and what was done to it: `修改了電話、地址`.
pub fn act_words(row: &QueueRow) -> String {
    let t = text::<Words>();
    let act = match &row.act {
        Act::Create => t.created().to_owned(),
        Act::Edit(changes) => {
            let mut names: Vec<String> = Vec::new();
            for change in changes {
                let name = field_name(row.kind, change.field());
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            if names.is_empty() {
                t.edited_nothing().to_owned()
            } else {
                t.edited(intl::list(lang().tag(), &names))
            }
        }
        Act::Delete => t.deleted().to_owned(),
        Act::Restore => t.brought_back().to_owned(),
        Act::Unreadable => t.unreadable().to_owned(),
    };
    format!("{} · {act}", text::<SyncFields>().kind(row.kind))
}

pub fn state_words(state: &RowState) -> String {
    let t = text::<Words>();
    match state {
        RowState::Waiting => t.state_waiting().to_owned(),
        RowState::Sent => t.state_sent().to_owned(),
        RowState::PutOff(code) => t.state_put_off(t.code(*code).to_owned()),
        RowState::Refused { code, .. } => t.state_refused(t.code(*code).to_owned()),
    }
}

pub fn state_kind(state: &RowState) -> &'static str {
    match state {
        RowState::Waiting | RowState::Sent => "plain",
        RowState::PutOff(_) => "wait",
        RowState::Refused { .. } => "stop",
    }
}

/// How the book stands with the server's accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Never,
    SignedOut,
    SignedIn,
}

/// Followed by the screen, without being drawn anew for every other change of the account.
pub fn standing() -> Memo<Standing> {
    let account = app().sync.account;
    Memo::new(move |_| account.with(|account| standing_of(account.as_ref())))
}

fn standing_of(account: Option<&Account>) -> Standing {
    match account {
        None => Standing::Never,
        Some(account) if account.token.is_none() => Standing::SignedOut,
        Some(_) => Standing::SignedIn,
    }
}
