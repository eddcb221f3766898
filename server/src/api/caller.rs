//! Who asks: the device behind the token, and the address it comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::{HeaderMap, header, request::Parts};
use axum::serve::IncomingStream;
use tokio::net::TcpListener;

use super::Shared;
use super::refused::Refused;
use crate::auth::token_digest;
use crate::limits::network;
use crate::log::Teller;
use crate::store::Device;
use crate::tls::TlsListener;

/// The device that asks; it is known, neither revoked nor of a closed account, and does not ask too often.
pub struct Caller(pub Device);

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, gateway: &Shared) -> Result<Self, Refused> {
        let digest = bearer(&parts.headers)
            .and_then(token_digest)
            .ok_or_else(Refused::sign_in)?;
        let found = gateway.with_store(move |store, now_ms| store.device_of_token(&digest, now_ms));
        let device = found.await?.ok_or_else(Refused::sign_in)?;
        if let Some(teller) = parts.extensions.get::<Teller>() {
            teller.tell(device.id);
        }
        let (user, id) = (Some(device.user.id), Some(device.id));
        // The order for a lost device comes before all else, also when its owner has left.
        if device.revoked {
            gateway.audit_refusal(user, id, "refused", "revoked").await;
            return Err(Refused::revoked(device.order));
        }
        if device.closed {
            gateway.audit_refusal(user, id, "refused", "closed").await;
            return Err(Refused::closed());
        }
        // Reading leaves a part of what a device may do for what it has to send.
        let reserve = match parts.uri.path() {
            "/v1/pull" => gateway.options.rates.device.burst / 4,
            _ => 0,
        };
        gateway
            .requests
            .take(device.id, gateway.now_ms(), reserve)
            .map_err(Refused::too_many)?;
        Ok(Self(device))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(SocketAddr::ip(stream.remote_addr()))
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(SocketAddr::ip(stream.remote_addr()))
    }
}

/// The address that sign-ins are counted for; `None` where nobody says.
pub struct Origin(pub Option<IpAddr>);

impl FromRequestParts<Shared> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        gateway: &Shared,
    ) -> Result<Self, Self::Rejection> {
        let forwarded = || forwarded(&parts.headers).filter(|_| gateway.options.behind_proxy);
        let peer = || {
            parts
                .extensions
                .get::<ConnectInfo<Peer>>()
                .map(|info| info.0.0)
        };
        Ok(Self(forwarded().or_else(peer).map(network)))
    }
}

/// The last one named is the one the proxy itself saw; what stands before it anyone may have written.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_proxys_own_word_counts() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", "10.0.0.1".parse().unwrap());
        headers.append("x-forwarded-for", "10.0.0.2, 192.0.2.7".parse().unwrap());
        assert_eq!(forwarded(&headers), "192.0.2.7".parse().ok());
    }

    #[test]
    fn the_token_stands_behind_the_scheme() {
        let with = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, text.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(with("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(with("bearer  abc").as_deref(), Some("abc"));
        assert_eq!(with("Basic abc"), None);
        assert_eq!(with("Bearer"), None);
    }
}
