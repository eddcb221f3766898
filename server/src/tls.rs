//! HTTPS for the local network: a TLS listener that axum can serve on.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

type Connection = (TlsStream<TcpStream>, SocketAddr);

/// Hands out connections whose handshake is done. Each handshake runs by itself, so a phone that stops in the middle
/// of one holds up nobody.
pub struct TlsListener {
    ready: mpsc::Receiver<Connection>,
    address: SocketAddr,
}

const HANDSHAKE: Duration = Duration::from_secs(10);

impl TlsListener {
    /// Listens on `tcp` with the leaf certificate first in `chain`.
    ///
    /// # Errors
    /// When the certificate and the key do not fit, or the socket has no address.
    pub fn new(
        tcp: TcpListener,
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
    ) -> std::io::Result<Self> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(std::io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(std::io::Error::other)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let address = tcp.local_addr()?;
        let (sender, ready) = mpsc::channel(64);
        tokio::spawn(shake_hands(
            tcp,
            TlsAcceptor::from(Arc::new(config)),
            sender,
        ));
        Ok(Self { ready, address })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Connection {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn shake_hands(tcp: TcpListener, acceptor: TlsAcceptor, ready: mpsc::Sender<Connection>) {
    while !ready.is_closed() {
        let Ok((stream, peer)) = tcp.accept().await else {
            // Out of file handles: wait for some to be closed rather than spin.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                // A closed channel means the server is stopping; dropping the connection is right.
                let _ = ready.send((stream, peer)).await;
            }
        });
    }
}
