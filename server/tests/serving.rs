//! What a browser gets: headers, validators, compression, and which address is answered by which file.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

const INDEX: &str = "<!doctype html><script src=\"/boot.js\"></script><script type=\"module\">import '/a.js';</script>";
/// SHA-256 of `import '/a.js';` in base64, computed with another program.
const INLINE_HASH: &str = "M8ajfpHkGvlbqtd4RIdQzVRJs5w7ctcD/JlYug3OcYE=";

struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("topfloor-serving-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let inside = folder.join("dist");
        fs::create_dir_all(inside.join("icons")).unwrap();
        fs::write(folder.join("outside.txt"), "secret").unwrap();
        for (file, text) in [
            ("index.html", INDEX),
            ("index.html.br", "compressed page"),
            ("sw.js", "// worker"),
            ("manifest.webmanifest", "{}"),
            ("topfloor-0123456789abcdef.js", "export {}"),
            ("topfloor-0123456789abcdef.js.br", "compressed script"),
            ("topfloor-0123456789abcdef_bg.wasm", "\0asm"),
            ("icons/icon.svg", "<svg/>"),
        ] {
            fs::write(inside.join(file), text).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> PathBuf {
        self.0.join("dist")
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let app = topfloor_server::router(&self.path()).unwrap();
        let response = app
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (
            parts.status,
            parts.headers,
            String::from_utf8_lossy(&body).into_owned(),
        )
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.send("GET", path, &[]).await
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

const PAGE: &[(&str, &str)] = &[("accept", "text/html,application/xhtml+xml")];

#[tokio::test]
async fn the_policy_allows_the_inline_script_of_this_page_and_nothing_foreign() {
    let (_, headers, _) = Dist::new("csp").get("/").await;
    let policy = header(&headers, "content-security-policy");
    assert!(
        policy.contains(&format!(
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-{INLINE_HASH}';"
        )),
        "{policy}"
    );
    for part in [
        "default-src 'none'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{part} is missing in {policy}");
    }
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("http"),
        "{policy}"
    );
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let dist = Dist::new("headers");
    for path in ["/", "/sw.js", "/missing.js", "/healthz", "/csp-report"] {
        let (_, headers, _) = dist.get(path).await;
        assert!(
            header(&headers, "content-security-policy").starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(
            header(&headers, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(header(&headers, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            header(&headers, "cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            header(&headers, "cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            header(&headers, "permissions-policy").starts_with("camera=(self)"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn types_and_caching_follow_the_file() {
    let dist = Dist::new("types");
    for (path, mime, cache) in [
        (
            "/topfloor-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "/topfloor-0123456789abcdef_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        (
            "/manifest.webmanifest",
            "application/manifest+json",
            "no-cache",
        ),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/icons/icon.svg", "image/svg+xml", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
    ] {
        let (status, headers, _) = dist.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(header(&headers, "content-type"), mime, "{path}");
        assert_eq!(header(&headers, "cache-control"), cache, "{path}");
        assert!(header(&headers, "etag").len() > 10, "{path}");
    }
}

#[tokio::test]
async fn a_known_etag_is_answered_without_a_body() {
    let dist = Dist::new("etag");
    let (_, headers, _) = dist.get("/").await;
    let etag = header(&headers, "etag").to_owned();
    for sent in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"other\", {etag}"),
    ] {
        let (status, headers, body) = dist.send("GET", "/", &[("if-none-match", &sent)]).await;
        assert_eq!(
            (status, body.as_str()),
            (StatusCode::NOT_MODIFIED, ""),
            "{sent}"
        );
        assert_eq!(header(&headers, "etag"), etag);
    }
    assert_eq!(
        dist.send("GET", "/", &[("if-none-match", "\"other\"")])
            .await
            .0,
        StatusCode::OK
    );
}

#[tokio::test]
async fn brotli_is_sent_only_to_those_who_take_it() {
    let dist = Dist::new("brotli");
    let path = "/topfloor-0123456789abcdef.js";
    let (_, headers, body) = dist
        .send(
            "GET",
            path,
            &[("accept-encoding", "gzip, deflate, br, zstd")],
        )
        .await;
    assert_eq!(
        (header(&headers, "content-encoding"), body.as_str()),
        ("br", "compressed script")
    );
    assert_eq!(header(&headers, "vary"), "accept-encoding");
    let compressed_etag = header(&headers, "etag").to_owned();

    for refused in ["gzip", "br;q=0, gzip", "brx"] {
        let (_, headers, body) = dist
            .send("GET", path, &[("accept-encoding", refused)])
            .await;
        assert_eq!(
            (header(&headers, "content-encoding"), body.as_str()),
            ("", "export {}"),
            "{refused}"
        );
        assert_ne!(header(&headers, "etag"), compressed_etag);
    }
}

#[tokio::test]
async fn addresses_of_the_app_get_the_page_and_unknown_files_do_not() {
    let dist = Dist::new("fallback");
    for path in [
        "/clients/0190-abc",
        "/notes/new?from=share",
        "/share",
        "/today/",
    ] {
        let (status, headers, body) = dist.send("GET", path, PAGE).await;
        assert_eq!((status, body.as_str()), (StatusCode::OK, INDEX), "{path}");
        assert_eq!(header(&headers, "cache-control"), "no-cache");
    }
    assert_eq!(
        dist.send("GET", "/missing.png", PAGE).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        dist.send("GET", "/clients", &[("accept", "application/json")])
            .await
            .0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        dist.send("GET", "/index.html.br", PAGE).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nothing_outside_the_folder_is_reachable() {
    let dist = Dist::new("traversal");
    for path in [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/icons/../../outside.txt",
        "//outside.txt",
    ] {
        let (status, _, body) = dist.send("GET", path, PAGE).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(!body.contains("secret"), "{path}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed_and_a_share_without_worker_goes_to_a_new_note() {
    let dist = Dist::new("methods");
    assert_eq!(
        dist.send("DELETE", "/index.html", &[]).await.0,
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(
        dist.send("POST", "/clients", PAGE).await.0,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let (status, headers, _) = dist.send("POST", "/share", &[]).await;
    assert_eq!(
        (status, header(&headers, "location")),
        (StatusCode::SEE_OTHER, "/notes/new")
    );
    let (status, headers, body) = dist.send("HEAD", "/", &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(header(&headers, "content-length"), INDEX.len().to_string());
}

#[tokio::test]
async fn policy_reports_are_counted() {
    let dist = Dist::new("reports");
    let app = topfloor_server::router(&dist.path()).unwrap();
    for body in [r#"{"csp-report":{"blocked-uri":"inline"}}"#, "garbage"] {
        let request = Request::post("/csp-report").body(Body::from(body)).unwrap();
        assert_eq!(
            app.clone().oneshot(request).await.unwrap().status(),
            StatusCode::NO_CONTENT
        );
    }
    let request = Request::get("/csp-report").body(Body::empty()).unwrap();
    let body = app
        .oneshot(request)
        .await
        .unwrap()
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes();
    assert_eq!(&body[..], b"{\"count\":2}\n");
}

#[test]
fn a_folder_without_a_page_is_refused() {
    let error = topfloor_server::router(Path::new("/nonexistent")).unwrap_err();
    assert!(error.to_string().contains("/nonexistent"), "{error}");
}
