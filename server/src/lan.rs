//! The phone option: a certificate authority of this machine alone, and the page that shows how to trust it.
//!
//! A service worker does not register on a certificate the browser does not trust, not even after clicking through, so
//! a phone on the same network needs a real chain. The authority is made once and kept in the user's cache folder. It
//! is limited by name constraints to private networks: a stolen key cannot speak for any site on the internet.

use std::fs;
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use sha2::{Digest, Sha256};
use thiserror::Error;
use time::{Duration, OffsetDateTime};

#[derive(Debug, Error)]
pub enum LanError {
    #[error("cannot keep the local certificate authority in {path}: {source}")]
    Store {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error(
        "the stored certificate authority in {0} is damaged: delete that folder and trust the new one"
    )]
    Damaged(PathBuf),
    #[error("cannot list this machine's network addresses: {0}")]
    Addresses(std::io::Error),
}

/// The authority of this machine.
pub struct Authority {
    certificate: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// Loads the authority from `folder`, or makes it on the first call.
    ///
    /// # Errors
    /// When the folder cannot be written, or holds half an authority.
    pub fn open(folder: &Path) -> Result<Self, LanError> {
        let (certificate_path, key_path) = (folder.join("ca.pem"), folder.join("ca.key"));
        let failed = |source| LanError::Store {
            path: folder.to_path_buf(),
            source,
        };
        if certificate_path.exists() && key_path.exists() {
            let damaged = || LanError::Damaged(folder.to_path_buf());
            let key = KeyPair::from_pem(&fs::read_to_string(&key_path).map_err(failed)?)
                .map_err(|_| damaged())?;
            let certificate =
                CertificateDer::from_pem_file(&certificate_path).map_err(|_| damaged())?;
            return Ok(Self {
                certificate,
                issuer: Issuer::new(authority_params(), key),
            });
        }
        let key = KeyPair::generate()?;
        let params = authority_params();
        let certificate = params.self_signed(&key)?;
        fs::create_dir_all(folder).map_err(failed)?;
        write_secret(&key_path, &key.serialize_pem()).map_err(failed)?;
        fs::write(&certificate_path, certificate.pem()).map_err(failed)?;
        Ok(Self {
            certificate: certificate.der().clone(),
            issuer: Issuer::new(params, key),
        })
    }

    /// A fresh certificate for localhost and these addresses, valid for a year: Apple refuses more than 825 days.
    ///
    /// # Errors
    /// When signing fails.
    pub fn leaf(
        &self,
        addresses: &[IpAddr],
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), LanError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
        params
            .subject_alt_names
            .extend(addresses.iter().copied().map(SanType::IpAddress));
        params
            .distinguished_name
            .push(DnType::CommonName, "Topfloor on the local network");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        params.not_before = OffsetDateTime::now_utc() - Duration::days(1);
        params.not_after = OffsetDateTime::now_utc() + Duration::days(365);
        let leaf = params.signed_by(&key, &self.issuer)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        Ok((
            vec![leaf.der().clone(), self.certificate.clone()],
            key.into(),
        ))
    }

    /// The authority's own certificate, which the phone has to trust.
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// SHA-256 of the certificate as phones show it: pairs of capital hex digits.
    pub fn fingerprint(&self) -> String {
        let pairs: Vec<String> = Sha256::digest(&self.certificate)
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        pairs.join(" ")
    }
}

/// This machine's IPv4 addresses on private networks, the ones the authority may vouch for.
///
/// # Errors
/// When the system does not tell.
pub fn addresses() -> Result<Vec<IpAddr>, LanError> {
    let mut found: Vec<IpAddr> = if_addrs::get_if_addrs()
        .map_err(LanError::Addresses)?
        .into_iter()
        .map(|interface| interface.ip())
        .filter(|ip| matches!(ip, IpAddr::V4(v4) if v4.is_private() || v4.is_link_local() || is_shared(v4.octets())))
        .collect();
    found.sort();
    found.dedup();
    Ok(found)
}

/// The plain-HTTP page that hands the certificate to a phone and says what to do with it.
pub fn trust_router(authority: &Authority, addresses: &[IpAddr], https_port: u16) -> Router {
    let links: String = addresses
        .iter()
        .map(|ip| {
            format!("<li><a href=\"https://{ip}:{https_port}/\">https://{ip}:{https_port}</a></li>")
        })
        .collect();
    let page = include_str!("trust.html")
        .replace("{links}", &links)
        .replace("{fingerprint}", &authority.fingerprint());
    let certificate = authority.certificate().to_vec();
    Router::new()
        .route("/", get(move || async move { Html(page) }))
        .route(
            "/topfloor-ca.crt",
            get(move || async move {
                (
                    [(header::CONTENT_TYPE, "application/x-x509-ca-cert")],
                    certificate,
                )
                    .into_response()
            }),
        )
}

/// The same values each time: an issuer rebuilt from the stored key must carry the same name as the stored certificate.
fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Topfloor local authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = OffsetDateTime::now_utc() - Duration::days(1);
    params.not_after = OffsetDateTime::now_utc() + Duration::days(3650);
    let network = |a: [u8; 4], mask: [u8; 4]| GeneralSubtree::IpAddress(CidrSubnet::V4(a, mask));
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            network([127, 0, 0, 0], [255, 0, 0, 0]),
            network([10, 0, 0, 0], [255, 0, 0, 0]),
            network([172, 16, 0, 0], [255, 240, 0, 0]),
            network([192, 168, 0, 0], [255, 255, 0, 0]),
            network([169, 254, 0, 0], [255, 255, 0, 0]),
            network([100, 64, 0, 0], [255, 192, 0, 0]),
        ],
        excluded_subtrees: Vec::new(),
    });
    params
}

/// 100.64.0.0/10, which phones' hotspots and office networks use behind carrier translation (RFC 6598).
fn is_shared([first, second, ..]: [u8; 4]) -> bool {
    first == 100 && (64..128).contains(&second)
}

fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
