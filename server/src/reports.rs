//! Where browsers report what the content security policy stopped. Counted, so that a test can ask for zero.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// Reports received since the server started.
#[derive(Default)]
pub struct Reports {
    count: AtomicU64,
}

/// A page that breaks its policy in a loop must not fill the log: after this many, only the count goes on.
const LOGGED: u64 = 100;
const MAX_BYTES: usize = 64 * 1024;

pub async fn receive(State(reports): State<Arc<Reports>>, body: Body) -> Response {
    let number = reports.count.fetch_add(1, Ordering::Relaxed) + 1;
    let body = axum::body::to_bytes(body, MAX_BYTES)
        .await
        .unwrap_or_default();
    if number <= LOGGED {
        eprintln!("csp report {number}: {}", summary(&body));
    }
    StatusCode::NO_CONTENT.into_response()
}

pub async fn count(State(reports): State<Arc<Reports>>) -> Response {
    let count = reports.count.load(Ordering::Relaxed);
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        format!("{{\"count\":{count}}}\n"),
    )
        .into_response()
}

/// What was blocked and by which script line. The page's own address is left out: it may name a record.
fn summary(body: &[u8]) -> String {
    let report: Value = serde_json::from_slice(body).unwrap_or_default();
    let report = report.get("csp-report").unwrap_or(&report);
    let text = |key: &str| {
        let value = report.get(key).and_then(Value::as_str).unwrap_or("unknown");
        let value = value.split(['?', '#']).next().unwrap_or_default();
        value
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect::<String>()
    };
    let line = report
        .get("line-number")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    format!(
        "{} blocked {} at {}:{line}",
        text("effective-directive"),
        text("blocked-uri"),
        text("source-file")
    )
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn the_log_line_leaves_out_the_page_address_and_line_breaks() {
        let body = br#"{"csp-report":{"document-uri":"http://localhost/clients/secret","effective-directive":"img-src",
            "blocked-uri":"https://example.test/a?token=1","source-file":"x\ny","line-number":7}}"#;
        assert_eq!(
            summary(body),
            "img-src blocked https://example.test/a at xy:7"
        );
        assert_eq!(summary(b"not json"), "unknown blocked unknown at unknown:0");
    }
}
