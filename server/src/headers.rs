//! The security headers of every answer. The app asks for nothing beyond its own origin, and the browser holds it to that.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

/// The header set, with the hashes of the inline scripts of the page it belongs to.
pub struct Policy {
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Policy {
    /// `script_hashes` are `sha256-…` sources without quotes.
    pub fn new(script_hashes: &[String]) -> Self {
        let csp = content_security_policy(script_hashes);
        let fixed = [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", PERMISSIONS),
        ];
        let headers = fixed
            .into_iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            // Base64 and the fixed text are visible ASCII, so the conversion cannot drop the policy.
            .chain(
                HeaderValue::from_str(&csp)
                    .ok()
                    .map(|value| (HeaderName::from_static("content-security-policy"), value)),
            )
            .collect();
        Self { headers }
    }
}

/// Adds the headers to an answer.
pub async fn secure(State(policy): State<Arc<Policy>>, mut response: Response) -> Response {
    for (name, value) in &policy.headers {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

const PERMISSIONS: &str = "camera=(self), microphone=(self), geolocation=(self), accelerometer=(), autoplay=(), \
    browsing-topics=(), display-capture=(), encrypted-media=(), gyroscope=(), hid=(), \
    idle-detection=(), magnetometer=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

fn content_security_policy(script_hashes: &[String]) -> String {
    let inline: String = script_hashes
        .iter()
        .map(|hash| format!(" '{hash}'"))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{inline}; style-src 'self'; \
         img-src 'self' blob: data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; \
         media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; report-uri /csp-report"
    )
}
