//! How a request is refused: always as a `Refusal` of the wire with the right status.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use topfloor::wire::{Code, MEDIA_TYPE, Order, Refusal};

use crate::auth::{AuthError, jitter};
use crate::store::StoreError;

#[derive(Debug)]
pub struct Refused {
    pub status: StatusCode,
    pub refusal: Box<Refusal>,
}

/// What the log says of a refused request; it travels beside the answer.
#[derive(Debug, Clone, Copy)]
pub struct Reason(pub Code);

impl Refused {
    pub fn new(status: StatusCode, code: Code, text: impl Into<String>) -> Self {
        let refusal = Refusal {
            code,
            text: text.into(),
            order: None,
            after_s: None,
        };
        Self {
            status,
            refusal: Box::new(refusal),
        }
    }

    pub fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Code::SignIn, "sign in")
    }

    pub fn wrong_password() -> Self {
        let text = "the name or the password is wrong";
        Self::new(StatusCode::UNAUTHORIZED, Code::WrongPassword, text)
    }

    pub fn closed() -> Self {
        let text = "the account is closed";
        Self::new(StatusCode::FORBIDDEN, Code::Closed, text)
    }

    pub fn revoked(order: Option<Order>) -> Self {
        let text = "the device is revoked";
        let mut refused = Self::new(StatusCode::FORBIDDEN, Code::Revoked, text);
        refused.refusal.order = order;
        refused
    }

    pub fn no_access() -> Self {
        let text = "no such feed, or not this user's";
        Self::new(StatusCode::FORBIDDEN, Code::NoAccess, text)
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, Code::NotFound, "not found")
    }

    pub fn malformed(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::Malformed, text)
    }

    pub fn too_large(most: usize) -> Self {
        let text = format!("more than {most}");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge, text)
    }

    pub fn media_type(wanted: &str) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self::new(status, Code::Malformed, format!("the body is not {wanted}"))
    }

    /// Asks to come back, not all at the same moment.
    pub fn too_many(after_ms: u64) -> Self {
        let after_s = u32::try_from(after_ms.div_ceil(1000))
            .unwrap_or(u32::MAX / 2)
            .max(1);
        let spread = jitter(after_s.min(60) + 2);
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(status, Code::TooMany, "too many").after(after_s.saturating_add(spread))
    }

    pub fn busy(text: &str, after_s: u32) -> Self {
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, Code::Busy, text).after(after_s + jitter(after_s))
    }

    fn after(mut self, seconds: u32) -> Self {
        self.refusal.after_s = Some(seconds);
        self
    }

    /// What only the server's own log is told the cause of.
    fn internal() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::new(status, Code::Other, "the server failed")
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::OtherUser(_) => Self::new(
                StatusCode::CONFLICT,
                Code::OtherUser,
                "the device belongs to another user",
            ),
            // Deleted between two steps of one request.
            StoreError::NoUser(_) | StoreError::NoDevice(_) => Self::sign_in(),
            StoreError::NameTaken(_) => Self::internal(),
            StoreError::Unwritable(_) => {
                tracing::error!(%error, "the store");
                Self::busy("the store cannot be written", 30)
            }
            StoreError::Newer { .. }
            | StoreError::Damaged(_)
            | StoreError::Database(_)
            | StoreError::File { .. } => {
                tracing::error!(%error, "the store");
                Self::internal()
            }
        }
    }
}

impl From<AuthError> for Refused {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Crowded => Self::too_many(5000),
            error => {
                tracing::error!(%error, "signing in");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &self.refusal);
        response.extensions_mut().insert(Reason(self.refusal.code));
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.refusal.after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// An answer of the wire.
pub fn json<T: serde::Serialize>(status: StatusCode, answer: &T) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "writing an answer");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_fails_is_told_of_without_its_words() {
        let detail = || "row of mei".to_owned();
        for (error, status, code) in [
            (StoreError::Unwritable(detail()), 503, Code::Busy),
            (StoreError::Damaged(detail()), 500, Code::Other),
            (StoreError::Database(detail().into()), 500, Code::Other),
            (StoreError::NameTaken(detail()), 500, Code::Other),
            (StoreError::NoUser(detail()), 401, Code::SignIn),
        ] {
            let refused = Refused::from(error);
            assert_eq!(
                (refused.status.as_u16(), refused.refusal.code),
                (status, code)
            );
            assert!(!refused.refusal.text.contains("mei"));
            assert_eq!(refused.refusal.after_s.is_some(), status == 503);
        }
    }

    #[test]
    fn those_put_off_come_back_at_different_times_and_never_too_early() {
        let after = |ms| Refused::too_many(ms).refusal.after_s.unwrap();
        let seconds: Vec<u32> = (0..50).map(|_| after(20_000)).collect();
        assert!(seconds.iter().all(|s| (20..=42).contains(s)), "{seconds:?}");
        assert!(seconds.iter().any(|s| *s != seconds[0]));
        assert!(after(0) >= 1);
        let _ = after(u64::MAX);
    }
}
