//! The local authority: kept, private, trusted by a client that was given its certificate, and limited to private networks.

#![allow(clippy::unwrap_used)]

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use topfloor_server::lan::{Authority, trust_router};
use topfloor_server::tls::TlsListener;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("topfloor-lan-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// One HTTPS request by a client that trusts `root` and asks for `name`.
async fn fetch(
    certificates: (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>),
    root: &CertificateDer<'static>,
    name: ServerName<'static>,
) -> std::io::Result<String> {
    let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = tcp.local_addr()?;
    let (chain, key) = certificates;
    let listener = TlsListener::new(tcp, chain, key)?;
    let app = axum::Router::new().route("/", axum::routing::get(|| async { "over tls" }));
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    let mut roots = RootCertStore::empty();
    roots.add(root.clone()).unwrap();
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
    let outcome = async {
        let mut stream = TlsConnector::from(Arc::new(config))
            .connect(name, TcpStream::connect(address).await?)
            .await?;
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }
    .await;
    server.abort();
    outcome
}

const PRIVATE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 7, 8));

#[tokio::test]
async fn a_phone_that_trusts_the_authority_is_served_before_and_after_a_restart() {
    let folder = Folder::new("trusted");
    let first = Authority::open(&folder.0).unwrap();
    let again = Authority::open(&folder.0).unwrap();
    assert_eq!(
        first.certificate(),
        again.certificate(),
        "the phone must not have to trust a new one"
    );
    for authority in [&first, &again] {
        for name in ["localhost", "192.168.7.8"] {
            let answer = fetch(
                authority.leaf(&[PRIVATE]).unwrap(),
                first.certificate(),
                name.try_into().unwrap(),
            )
            .await
            .unwrap();
            assert!(answer.ends_with("over tls"), "{answer}");
        }
    }
}

#[tokio::test]
async fn the_authority_cannot_vouch_for_a_public_address() {
    let folder = Folder::new("constrained");
    let authority = Authority::open(&folder.0).unwrap();
    let public = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
    let refused = fetch(
        authority.leaf(&[public]).unwrap(),
        authority.certificate(),
        "203.0.113.9".try_into().unwrap(),
    );
    let reason = refused.await.unwrap_err().to_string();
    assert!(reason.contains("NameConstraint"), "{reason}");
}

#[tokio::test]
async fn another_authority_is_not_trusted() {
    let (mine, other) = (Folder::new("mine"), Folder::new("other"));
    let (mine, other) = (
        Authority::open(&mine.0).unwrap(),
        Authority::open(&other.0).unwrap(),
    );
    let refused = fetch(
        mine.leaf(&[PRIVATE]).unwrap(),
        other.certificate(),
        "localhost".try_into().unwrap(),
    );
    assert!(refused.await.is_err());
}

#[cfg(unix)]
#[test]
fn the_key_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    Authority::open(&folder.0).unwrap();
    let mode = std::fs::metadata(folder.0.join("ca.key"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_authority_is_reported_and_not_replaced() {
    let folder = Folder::new("damaged");
    Authority::open(&folder.0).unwrap();
    std::fs::write(folder.0.join("ca.key"), "nonsense").unwrap();
    let error = Authority::open(&folder.0).err().unwrap();
    assert!(error.to_string().contains("damaged"), "{error}");
}

#[tokio::test]
async fn the_trust_page_names_the_addresses_and_hands_out_the_certificate() {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let folder = Folder::new("page");
    let authority = Authority::open(&folder.0).unwrap();
    let app = trust_router(&authority, &[PRIVATE], 8651);
    let get = |path: &str| {
        let request = axum::http::Request::get(path)
            .body(axum::body::Body::empty())
            .unwrap();
        let app = app.clone();
        async move { app.oneshot(request).await.unwrap() }
    };
    let page = get("/")
        .await
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes();
    let page = String::from_utf8_lossy(&page).into_owned();
    assert!(page.contains("https://192.168.7.8:8651/") && page.contains(&authority.fingerprint()));
    assert!(
        !page.contains('{') || page.contains("<style>"),
        "no marker may be left"
    );
    let certificate = get("/topfloor-ca.crt").await;
    assert_eq!(
        certificate.headers()["content-type"],
        "application/x-x509-ca-cert"
    );
    assert_eq!(
        &certificate.into_body().collect().await.unwrap().to_bytes()[..],
        authority.certificate().as_ref()
    );
}
