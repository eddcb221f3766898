//! The gateway: everything in `dist/` with the headers the app is built for, and beside it what devices send and fetch.

pub mod admin;
pub mod api;
pub mod auth;
pub mod config;
pub mod headers;
pub mod lan;
pub mod limits;
pub mod log;
mod reports;
pub mod site;
pub mod store;
pub mod tls;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::map_response_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use reports::Reports;
use site::{Site, SiteError};

/// The web application over one built `dist/` folder, without anything to send to.
///
/// The folder is read once, so what is served is one version of the app even while a build replaces the folder,
/// and the policy's script hashes always belong to the page that is sent.
///
/// # Errors
/// When the folder cannot be read or holds no `index.html`.
pub fn router(dist: &Path) -> Result<Router, SiteError> {
    gateway(dist, Router::new())
}

/// The web application with the requests of [`api::router`] beside it. The security headers stand on both.
///
/// # Errors
/// When the folder cannot be read or holds no `index.html`.
pub fn gateway(dist: &Path, api: Router) -> Result<Router, SiteError> {
    let site = Arc::new(Site::load(dist)?);
    let policy = headers::Policy::new(&site.inline_script_hashes());
    let reports = Arc::new(Reports::default());
    Ok(Router::new()
        .route("/healthz", get(|| async { "topfloor ok\n" }))
        .route(
            "/csp-report",
            get(reports::count)
                .post(reports::receive)
                .with_state(reports),
        )
        // The service worker answers this; only a share that arrives before it is installed comes here.
        .route("/share", post(share_without_worker).get(page))
        .fallback(page)
        .with_state(site)
        .merge(api)
        .layer(map_response_with_state(Arc::new(policy), headers::secure)))
}

async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
            "method not allowed\n",
        )
            .into_response();
    }
    site.answer(request.uri().path(), request.headers())
}

async fn share_without_worker() -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/notes/new")]).into_response()
}
