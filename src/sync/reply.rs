//! What counts as an answer. A network between here and the server may answer in its place, cut what it passes on, or
//! repeat it: only our own media type with a body that reads whole is believed (sync.md, fault 13).

use serde::de::DeserializeOwned;

use crate::domain::id::Id;
use crate::domain::queue::Trouble;
use crate::wire::{Code, MEDIA_TYPE, PushAnswer, Refusal};

/// An answer's outside, as the browser saw it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    pub status: u16,
    pub redirected: bool,
    pub content_type: &'a str,
    /// Seconds.
    pub retry_after: Option<u32>,
    pub body: &'a [u8],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing, or half of something: try again.
    NoAnswer,
    /// Somebody else answered: this network asks for a login.
    Portal,
    /// The server's own refusal, or one of something before it that says no more than a status.
    Refused {
        status: u16,
        code: Code,
        order: Option<crate::wire::Order>,
        after_s: Option<u32>,
    },
}

/// Reads an answer, or says why it is none.
pub fn read<T: DeserializeOwned>(seen: Seen) -> Result<T, Fault> {
    let ours = !seen.redirected && seen.content_type.trim().starts_with(MEDIA_TYPE);
    match seen.status {
        200 if ours => serde_json::from_slice(seen.body).map_err(|_| Fault::NoAnswer),
        _ => Err(refusal(seen, ours)),
    }
}

/// Whether a request without an answer's body went through.
pub fn done(seen: Seen) -> Result<(), Fault> {
    match seen.status {
        204 if !seen.redirected => Ok(()),
        _ => Err(refusal(
            seen,
            !seen.redirected && seen.content_type.trim().starts_with(MEDIA_TYPE),
        )),
    }
}

fn refusal(seen: Seen, ours: bool) -> Fault {
    if ours && let Ok(refusal) = serde_json::from_slice::<Refusal>(seen.body) {
        return Fault::Refused {
            status: seen.status,
            code: refusal.code,
            order: refusal.order,
            after_s: refusal.after_s.or(seen.retry_after),
        };
    }
    match seen.status {
        // A gateway before the server, or a server that is starting.
        413 | 429 | 500..=599 if seen.status != 511 && !seen.redirected => Fault::Refused {
            status: seen.status,
            code: match seen.status {
                413 => Code::TooLarge,
                429 => Code::TooMany,
                _ => Code::Busy,
            },
            order: None,
            after_s: seen.retry_after,
        },
        // An answer of ours that was cut short.
        _ if ours => Fault::NoAnswer,
        _ => Fault::Portal,
    }
}

/// A push's answer counts only with the batch's own id and a result for each of its mutations.
pub fn is_whole(answer: &PushAnswer, batch: Id, sent: impl Iterator<Item = Id>) -> bool {
    let results: Vec<Id> = answer.results.iter().map(|result| result.id).collect();
    answer.batch == batch && sent.eq(results)
}

impl Fault {
    /// In the words of the status that a person sees.
    pub fn trouble(&self) -> Trouble {
        match self {
            Fault::NoAnswer => Trouble::NoAnswer,
            Fault::Portal => Trouble::Portal,
            Fault::Refused {
                code: Code::SignIn, ..
            } => Trouble::SignIn,
            Fault::Refused {
                code: Code::Closed, ..
            } => Trouble::Closed,
            Fault::Refused {
                code: Code::Revoked,
                order,
                ..
            } => Trouble::Revoked(*order),
            Fault::Refused {
                code: Code::Protocol,
                ..
            } => Trouble::AppOlder,
            Fault::Refused { status, .. } => Trouble::Server(*status),
        }
    }

    pub fn after_s(&self) -> Option<u32> {
        match self {
            Fault::Refused { after_s, .. } => *after_s,
            Fault::NoAnswer | Fault::Portal => None,
        }
    }

    /// Trying again by itself cannot help: a person or an administrator has to do something first.
    pub fn needs_a_person(&self) -> bool {
        matches!(
            self.trouble(),
            Trouble::SignIn | Trouble::Closed | Trouble::Revoked(_) | Trouble::AppOlder
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Hello, LoggedIn, Outcome, PushResult};

    fn ours(status: u16, body: &str) -> Seen<'_> {
        Seen {
            status,
            content_type: MEDIA_TYPE,
            body: body.as_bytes(),
            ..Seen::default()
        }
    }

    #[test]
    fn a_portal_is_no_answer_whatever_it_says() {
        let page = Seen {
            status: 200,
            content_type: "text/html",
            body: b"<html>Log in</html>",
            ..Seen::default()
        };
        assert_eq!(read::<Hello>(page).unwrap_err(), Fault::Portal);
        let json = Seen {
            content_type: "application/json",
            body: b"{}",
            ..page
        };
        assert_eq!(read::<Hello>(json).unwrap_err(), Fault::Portal);
        let away = Seen {
            redirected: true,
            ..ours(200, "{}")
        };
        assert_eq!(read::<Hello>(away).unwrap_err(), Fault::Portal);
        for status in [302, 403, 404, 511] {
            let refused = Seen { status, ..page };
            assert_eq!(read::<Hello>(refused).unwrap_err(), Fault::Portal);
        }
    }

    #[test]
    fn half_an_answer_is_none() {
        let whole = r#"{"user":{"id":"01939f6a-0000-7000-8000-000000000001","name":"a","shown":"甲","role":"member"},"token":"t","generation":1}"#;
        assert!(read::<LoggedIn>(ours(200, whole)).is_ok());
        for end in 0..whole.len() {
            let cut = Seen {
                body: &whole.as_bytes()[..end],
                ..ours(200, "")
            };
            assert_eq!(read::<LoggedIn>(cut).unwrap_err(), Fault::NoAnswer);
        }
    }

    #[test]
    fn a_refusal_says_why_and_a_gateways_status_is_enough() {
        let refused = read::<Hello>(ours(401, r#"{"code":"sign_in","text":""}"#)).unwrap_err();
        assert_eq!(refused.trouble(), Trouble::SignIn);
        assert!(refused.needs_a_person());
        let busy = Seen {
            status: 503,
            content_type: "text/html",
            retry_after: Some(7),
            ..Seen::default()
        };
        let busy = read::<Hello>(busy).unwrap_err();
        assert_eq!(
            (busy.trouble(), busy.after_s()),
            (Trouble::Server(503), Some(7))
        );
        assert!(!busy.needs_a_person());
    }

    #[test]
    fn an_answer_to_another_batch_or_with_a_result_missing_is_none() {
        let id = |n: u8| Id::from_parts(u64::from(n), &[n; 10]);
        let result = |n| PushResult {
            id: id(n),
            outcome: Outcome::Duplicate { version: 1 },
        };
        let answer = |batch, results| PushAnswer {
            batch,
            generation: 1,
            results,
        };
        let sent = || [id(1), id(2)].into_iter();
        assert!(is_whole(
            &answer(id(9), vec![result(1), result(2)]),
            id(9),
            sent()
        ));
        assert!(!is_whole(
            &answer(id(8), vec![result(1), result(2)]),
            id(9),
            sent()
        ));
        assert!(!is_whole(&answer(id(9), vec![result(1)]), id(9), sent()));
        assert!(!is_whole(
            &answer(id(9), vec![result(2), result(1)]),
            id(9),
            sent()
        ));
    }
}
