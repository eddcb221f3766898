//! The built files in memory: type, caching, validators, the compressed form, and which file answers a path.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use sha2::{Digest, Sha256};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum SiteError {
    #[error("cannot read {path}: {source}")]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{0} holds no index.html: build the app first")]
    NoIndex(PathBuf),
}

/// One built version of the app.
pub struct Site {
    assets: HashMap<String, Asset>,
    index: Asset,
}

#[derive(Clone)]
struct Asset {
    mime: &'static str,
    cache: &'static str,
    digest: String,
    plain: Bytes,
    brotli: Option<Bytes>,
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";
const INDEX: &str = "/index.html";

impl Site {
    /// Reads every file under `dist`; `x.br` becomes the compressed form of `x`.
    ///
    /// # Errors
    /// When a file cannot be read or `index.html` is missing.
    pub fn load(dist: &Path) -> Result<Self, SiteError> {
        let mut files = HashMap::new();
        read_folder(dist, "", &mut files)?;
        let mut assets = HashMap::new();
        for (path, plain) in &files {
            if path
                .strip_suffix(".br")
                .is_some_and(|original| files.contains_key(original))
            {
                continue;
            }
            let asset = Asset {
                mime: mime(path),
                cache: if is_hashed(path) {
                    IMMUTABLE
                } else {
                    REVALIDATE
                },
                digest: short_digest(plain),
                plain: plain.clone(),
                brotli: files.get(&format!("{path}.br")).cloned(),
            };
            assets.insert(path.clone(), asset);
        }
        let index = assets
            .get(INDEX)
            .cloned()
            .ok_or_else(|| SiteError::NoIndex(dist.to_path_buf()))?;
        Ok(Self { assets, index })
    }

    /// The hashes of the page's inline scripts as the policy wants them: `sha256-…`.
    pub fn inline_script_hashes(&self) -> Vec<String> {
        let page = String::from_utf8_lossy(&self.index.plain);
        inline_scripts(&page)
            .into_iter()
            .map(|script| {
                let digest = Sha256::digest(script.as_bytes());
                format!(
                    "sha256-{}",
                    base64::engine::general_purpose::STANDARD.encode(digest)
                )
            })
            .collect()
    }

    /// Answers a GET or HEAD: the file, the app's page for an address inside the app, or 404.
    pub fn answer(&self, path: &str, request: &HeaderMap) -> Response {
        let asset = match self.assets.get(path) {
            Some(asset) => asset,
            None if path == "/" || is_app_address(path, request) => &self.index,
            None => return (StatusCode::NOT_FOUND, "not found\n").into_response(),
        };
        asset.respond(request)
    }
}

impl Asset {
    fn respond(&self, request: &HeaderMap) -> Response {
        let compressed = self.brotli.as_ref().filter(|_| accepts_brotli(request));
        // The two forms are different bytes, so they need different strong validators.
        let etag = match compressed {
            Some(_) => format!("\"{}-br\"", self.digest),
            None => format!("\"{}\"", self.digest),
        };
        let unchanged = matches_etag(request, &etag);
        let body = compressed.unwrap_or(&self.plain);

        let mut response = Response::new(if unchanged {
            Body::empty()
        } else {
            Body::from(body.clone())
        });
        if unchanged {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Ok(value) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, value);
        }
        if self.brotli.is_some() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if !unchanged {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
            if compressed.is_some() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            }
        }
        response
    }
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    into: &mut HashMap<String, Bytes>,
) -> Result<(), SiteError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| SiteError::Read { path, source }
    };
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        // Trunk's staging folder lies inside while a build runs.
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}/{name}");
        if path.is_dir() {
            read_folder(&path, &name, into)?;
        } else {
            into.insert(name, std::fs::read(&path).map_err(failed(&path))?.into());
        }
    }
    Ok(())
}

/// A screen of the app has no file extension and is asked for by a browser that navigates.
fn is_app_address(path: &str, request: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let wants_page = request
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    !last.contains('.') && wants_page
}

/// Trunk puts a 64-bit hash of the content before the extension, printed without leading zeros. Folder names do not
/// count: the ones wasm-bindgen makes for snippets carry a hash of the crate, not of the file.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (12..=16).contains(&hash.len())
            && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn accepts_brotli(request: &HeaderMap) -> bool {
    header_list(request, header::ACCEPT_ENCODING).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let refused =
            |p: &str| p.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        parts.next() == Some("br") && !parts.any(refused)
    })
}

/// If-None-Match compares weakly (RFC 9110 §13.1.2).
fn matches_etag(request: &HeaderMap, etag: &str) -> bool {
    header_list(request, header::IF_NONE_MATCH).any(|candidate| {
        candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == etag
    })
}

fn header_list(request: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    request
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
}

fn short_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The text of every `<script>` without `src`. The page is our own build's output, so the scan need not know more
/// HTML than that.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("<script") {
        let Some((attributes, after)) = after.split_once('>') else {
            break;
        };
        let Some((text, after)) = after.split_once("</script") else {
            break;
        };
        let has_source = attributes
            .split_whitespace()
            .any(|attribute| attribute == "src" || attribute.starts_with("src="));
        if !has_source {
            found.push(text);
        }
        rest = after;
    }
    found
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_from_plain_ones() {
        assert!(is_hashed("/topfloor-0123456789abcdef.js"));
        assert!(
            is_hashed("/topfloor-123456789abcde_bg.wasm"),
            "a hash may lack leading zeros"
        );
        assert!(is_hashed("/base-ffffffffffffffff.css"));
        for plain in [
            "/sw.js",
            "/index.html",
            "/icons/maskable-512.png",
            "/snippets/x-0123456789abcdef/a.js",
        ] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn inline_scripts_skip_external_ones() {
        let page = r#"<script src="/boot.js"></script><script type="module">let a = 1;</script><p data-src="x">"#;
        assert_eq!(inline_scripts(page), ["let a = 1;"]);
        assert!(inline_scripts("<script>never closed").is_empty());
    }
}
