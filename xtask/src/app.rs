//! Building the app and the server, and serving.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::bytes;
use crate::project::Project;
use crate::setup;
use crate::stamp::{files_under, hex, read, write};
use crate::step::{Failure, Outcome, run, say};
use crate::tools;

const PORT: u16 = 8650;

/// What the build in `dist/` is made of; the rest of the repository may change without a new build.
const INPUT_FOLDERS: &[&str] = &["src", "style", "public"];
const INPUT_FILES: &[&str] = &[
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "xtask/src/stamp.rs",
];

/// Set-up, build, serve.
pub fn run_app(project: &Project, arguments: &[String]) -> Outcome {
    // Known at once is better than after minutes of building.
    let port = port_in(arguments)?;
    port_is_free(port)?;
    setup::for_app(project)?;
    // Optimising the app is work for one core; the server is compiled on the other.
    std::thread::scope(|scope| {
        let server = scope.spawn(|| build_server(project));
        let app = build(project);
        let server = server
            .join()
            .unwrap_or_else(|_| Err(Failure("building the server broke off".to_owned())));
        app.and(server)
    })?;
    start_server(project, arguments)
}

/// Serves `dist/` as it is.
pub fn serve(project: &Project, arguments: &[String]) -> Outcome {
    port_is_free(port_in(arguments)?)?;
    build_server(project)?;
    start_server(project, arguments)
}

/// Release build into `dist/`, unless nothing it is made of has changed.
pub fn build(project: &Project) -> Outcome {
    let digest = input_digest(project)?;
    let stamp = project.target.join("topfloor-dist.stamp");
    let made = |project: &Project| -> Option<String> {
        let worker = fs::read(project.dist().join("sw.js")).ok()?;
        Some(format!("{digest} {}\n", hex(&Sha256::digest(worker))))
    };
    if project.dist().join("index.html").exists()
        && fs::read_to_string(&stamp).ok() == made(project)
    {
        say("the build is up to date");
        return bytes::mention(project);
    }
    say("release build (trunk)");
    let mut trunk = project.command("trunk");
    // Trunk takes NO_COLOR for an option and refuses the value others give it.
    trunk
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .env("CARGO_TARGET_DIR", &project.target);
    run(trunk.args(["build", "--release"]), "trunk build")?;
    let made = made(project).ok_or_else(|| Failure("the build left no dist/sw.js".to_owned()))?;
    write(&stamp, made.as_bytes())?;
    say("built dist/");
    bytes::mention(project)
}

pub fn build_server(project: &Project) -> Outcome {
    run(
        project
            .cargo()
            .args(["build", "--quiet", "--package", "topfloor-server"]),
        "building the server",
    )
}

/// Becomes the server, so that signals reach it and nothing is left behind.
fn start_server(project: &Project, arguments: &[String]) -> Outcome {
    say("serving; stop with Ctrl-C");
    let mut server = project.command(project.server());
    if !arguments.iter().any(|argument| argument == "--dist") {
        server.arg("--dist").arg(project.dist());
    }
    become_command(server.args(arguments))
}

#[cfg(unix)]
fn become_command(command: &mut Command) -> Outcome {
    let error = std::os::unix::process::CommandExt::exec(command);
    Err(Failure(format!("cannot start the server: {error}")))
}

#[cfg(not(unix))]
fn become_command(command: &mut Command) -> Outcome {
    run(command, "the server")
}

fn port_in(arguments: &[String]) -> Outcome<u16> {
    let Some(at) = arguments.iter().position(|argument| argument == "--port") else {
        return Ok(PORT);
    };
    arguments
        .get(at + 1)
        .and_then(|port| port.parse().ok())
        .ok_or_else(|| Failure("--port needs a number".to_owned()))
}

fn port_is_free(port: u16) -> Outcome {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
        return Ok(());
    }
    Err(Failure(if is_topfloor(port) {
        format!(
            "Topfloor is already being served at http://localhost:{port}; stop that one to start another"
        )
    } else {
        format!(
            "port {port} is in use by another program; stop it first. Another port is never taken by itself, because \
             the records a browser keeps belong to the address with its port (--port N chooses one, and starts empty)"
        )
    }))
}

fn is_topfloor(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.take(4096).read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.contains("topfloor ok"))
}

fn input_digest(project: &Project) -> Outcome<String> {
    let mut digest = Sha256::new();
    let mut add = |path: &Path| -> Outcome {
        let content = read(path)?;
        let name = path.strip_prefix(&project.root).unwrap_or(path);
        digest.update(format!("{} {}\n", name.display(), content.len()));
        digest.update(content);
        Ok(())
    };
    for folder in INPUT_FOLDERS {
        for path in files_under(&project.root.join(folder))? {
            add(&path)?;
        }
    }
    for file in INPUT_FILES {
        add(&project.root.join(file))?;
    }
    digest.update(tools::build_versions(project)?);
    Ok(hex(&digest.finalize()))
}
