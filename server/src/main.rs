//! `topfloor-server`: serves the built app and its gateway on localhost, and with `--lan` to phones on the same network
//! over HTTPS on the next port, with the page that explains the certificate on the one after that. Its other commands
//! look after accounts, devices and the data.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::net::TcpListener;
use tokio::sync::watch;
use topfloor_server::admin::{self, Asked};
use topfloor_server::api::{self, Options, Peer, Stop, unix_ms};
use topfloor_server::config::Config;
use topfloor_server::lan::{self, Authority};
use topfloor_server::log;
use topfloor_server::store::sqlite::Sqlite;
use topfloor_server::tls::TlsListener;

/// How long open connections may finish after a stop signal.
const GRACE: Duration = Duration::from_secs(3);

fn main() -> ExitCode {
    let outcome = match admin::run(std::env::args().skip(1)) {
        Ok(Asked::Serve(config)) => start(&config).map(|()| true),
        Ok(Asked::Done(well)) => Ok(well),
        Err(message) => Err(message),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("topfloor-server: {message}");
            ExitCode::FAILURE
        }
    }
}

fn start(config: &Config) -> Result<(), String> {
    log::start(config.log);
    let store = Arc::new(Sqlite::open(&config.data, unix_ms()).map_err(|error| error.to_string())?);
    admin::first::admin(store.as_ref())?;
    let stop = Stop::default();
    let options = Options {
        behind_proxy: config.behind_proxy,
        stop: stop.clone(),
        ..Options::default()
    };
    let api = api::router(store, options).map_err(|error| error.to_string())?;
    let app = topfloor_server::gateway(&config.dist, api).map_err(|error| error.to_string())?;
    // Dropping the runtime waits for the store calls that run: a push that was begun is finished.
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?
        .block_on(run(config, app, &stop))
}

async fn run(config: &Config, app: Router, stop: &Stop) -> Result<(), String> {
    let local = bind(Ipv4Addr::LOCALHOST, config.port).await?;
    let port = local
        .local_addr()
        .map_err(|error| error.to_string())?
        .port();

    let (ending, end) = watch::channel(false);
    let mut servers = tokio::task::JoinSet::new();
    servers.spawn(serve(local, app.clone(), end.clone()));
    println!("Topfloor: http://localhost:{port}");
    if config.lan {
        share_on_lan(port, app, &end, &mut servers).await?;
    }

    tokio::select! {
        () = stop_signal() => {}
        Some(ended) = servers.join_next() => return ended.map_err(|e| e.to_string())?.map_err(|e| e.to_string()),
    }
    // From here on every push is either under way or refused.
    stop.begin();
    ending.send_replace(true);
    println!("Topfloor: stopping");
    let finished = async { while servers.join_next().await.is_some() {} };
    // Connections that a browser keeps open would hold the process for ever.
    let _ = tokio::time::timeout(GRACE, finished).await;
    Ok(())
}

async fn share_on_lan(
    port: u16,
    app: Router,
    end: &watch::Receiver<bool>,
    servers: &mut tokio::task::JoinSet<std::io::Result<()>>,
) -> Result<(), String> {
    let (https_port, trust_port) = match (port.checked_add(1), port.checked_add(2)) {
        (Some(https), Some(trust)) => (https, trust),
        _ => return Err(format!("--lan needs the two ports after {port}")),
    };
    let addresses = lan::addresses().map_err(|error| error.to_string())?;
    if addresses.is_empty() {
        return Err(
            "this machine has no address on a private network (10.…, 172.16–31.…, 192.168.…): join one, then start again"
                .to_owned(),
        );
    }
    let authority =
        Authority::open(&cache_folder()?.join("lan")).map_err(|error| error.to_string())?;
    let certified: Vec<IpAddr> = std::iter::once(Ipv4Addr::LOCALHOST.into())
        .chain(addresses.iter().copied())
        .collect();
    let (chain, key) = authority
        .leaf(&certified)
        .map_err(|error| error.to_string())?;

    let secure = TlsListener::new(bind(Ipv4Addr::UNSPECIFIED, https_port).await?, chain, key)
        .map_err(|error| error.to_string())?;
    let trust = bind(Ipv4Addr::UNSPECIFIED, trust_port).await?;
    servers.spawn(serve(secure, app, end.clone()));
    servers.spawn(serve(
        trust,
        lan::trust_router(&authority, &addresses, https_port),
        end.clone(),
    ));

    for address in &addresses {
        println!(
            "Topfloor on the network: https://{address}:{https_port}   (first trust it: http://{address}:{trust_port})"
        );
    }
    println!(
        "SHA-256 of the certificate to trust: {}",
        authority.fingerprint()
    );
    Ok(())
}

async fn serve<L>(listener: L, app: Router, mut end: watch::Receiver<bool>) -> std::io::Result<()>
where
    L: axum::serve::Listener,
    L::Addr: std::fmt::Debug,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    axum::serve(listener, app.into_make_service_with_connect_info::<Peer>())
        .with_graceful_shutdown(async move {
            // A sender that is gone means the end as well.
            let _ = end.wait_for(|ended| *ended).await;
        })
        .await
}

async fn bind(host: Ipv4Addr, port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((host, port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {port} is in use by another program; stop it first. Another port is never taken by itself, because \
             the records a browser keeps belong to the address with its port (--port N chooses one, and starts empty)"
        ),
        _ => format!("cannot listen on {host}:{port}: {error}"),
    })
}

async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a way to listen for the signal the process is simply ended by it.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn cache_folder() -> Result<PathBuf, String> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("topfloor"))
        .ok_or_else(|| {
            "neither XDG_CACHE_HOME nor HOME is set: there is no place to keep the certificate"
                .to_owned()
        })
}
