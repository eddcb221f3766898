//! `topfloor-server [--dist DIR] [--port N] [--lan]`: serves the built app on localhost, and with `--lan` to phones on
//! the same network over HTTPS on the next port, with the page that explains the certificate on the one after that.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use topfloor_server::lan::{self, Authority};
use topfloor_server::tls::TlsListener;

struct Options {
    dist: PathBuf,
    port: u16,
    lan: bool,
    data: Option<PathBuf>,
}

/// IndexedDB belongs to an origin, port included: the port is part of the product's address.
const PORT: u16 = 8650;
/// How long open connections may finish after a stop signal.
const GRACE: Duration = Duration::from_secs(3);

fn main() -> std::process::ExitCode {
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(run()));
    match outcome {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("topfloor-server: {message}");
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().map(String::as_str) == Some("user") {
        let data = arguments
            .iter()
            .position(|a| a == "--data")
            .and_then(|at| arguments.get(at + 1))
            .ok_or("--data")?;
        let store = topfloor_server::store::sqlite::Sqlite::open(
            data.as_ref(),
            topfloor_server::api::now_ms(),
        )
        .map_err(|e| e.to_string())?;
        let mut password = String::new();
        std::io::stdin()
            .read_line(&mut password)
            .map_err(|e| e.to_string())?;
        let hash = topfloor_server::api::hash_password(password.trim_end())?;
        let name = arguments.get(2).cloned().unwrap_or_default();
        use topfloor_server::store::Store;
        let mut ten = [0u8; 10];
        ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut ten)
            .map_err(|e| e.to_string())?;
        store
            .add_user(
                &topfloor_server::store::NewUser {
                    id: topfloor::domain::id::Id::from_parts(
                        topfloor_server::api::now_ms() as u64,
                        &ten,
                    ),
                    name: &name,
                    shown: &name,
                    role: topfloor::wire::Role::Member,
                    password_hash: &hash,
                },
                topfloor_server::api::now_ms(),
            )
            .map_err(|e| e.to_string())?;
        return Ok(());
    }
    let options = options(arguments.into_iter())?;
    let api = match &options.data {
        Some(data) => topfloor_server::api::router(std::sync::Arc::new(
            topfloor_server::store::sqlite::Sqlite::open(data, topfloor_server::api::now_ms())
                .map_err(|e| e.to_string())?,
        )),
        None => Router::new(),
    };
    let app =
        topfloor_server::router_with(&options.dist, api).map_err(|error| error.to_string())?;
    let local = bind(Ipv4Addr::LOCALHOST, options.port).await?;
    let port = local
        .local_addr()
        .map_err(|error| error.to_string())?
        .port();

    let mut servers = tokio::task::JoinSet::new();
    servers.spawn(serve(local, app.clone()));
    println!("Topfloor: http://localhost:{port}");
    if options.lan {
        share_on_lan(port, app, &mut servers).await?;
    }

    tokio::select! {
        () = stop_signal() => {}
        Some(ended) = servers.join_next() => return ended.map_err(|e| e.to_string())?.map_err(|e| e.to_string()),
    }
    println!("Topfloor: stopping");
    let finished = async { while servers.join_next().await.is_some() {} };
    // Connections that a browser keeps open would hold the process for ever.
    let _ = tokio::time::timeout(GRACE, finished).await;
    Ok(())
}

async fn share_on_lan(
    port: u16,
    app: Router,
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
    servers.spawn(serve(secure, app));
    servers.spawn(serve(
        trust,
        lan::trust_router(&authority, &addresses, https_port),
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

async fn serve<L>(listener: L, app: Router) -> std::io::Result<()>
where
    L: axum::serve::Listener,
    L::Addr: std::fmt::Debug,
{
    axum::serve(listener, app)
        .with_graceful_shutdown(stop_signal())
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

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        dist: PathBuf::from("dist"),
        port: PORT,
        lan: false,
        data: None,
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--dist" => options.dist = value()?.into(),
            "--port" => {
                options.port = value()?
                    .parse()
                    .map_err(|_| "--port needs a number".to_owned())?
            }
            "--data" => options.data = Some(value()?.into()),
            "--lan" => options.lan = true,
            other => {
                return Err(format!(
                    "unknown option {other}; known: --dist DIR, --port N, --lan"
                ));
            }
        }
    }
    Ok(options)
}
