//! The built program, as an administrator uses it: on a folder of its own, with a server on a port the system chose.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use topfloor::wire::MEDIA_TYPE;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("topfloor-cli-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("dist")).unwrap();
        std::fs::write(folder.join("dist/index.html"), "<!doctype html>").unwrap();
        Self(folder)
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn command(&self, data: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_topfloor-server"));
        command
            .args(arguments)
            .env_clear()
            .env("TOPFLOOR_DATA", data)
            .env("TOPFLOOR_DIST", self.0.join("dist"))
            .env("TOPFLOOR_LOG", "json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run_in(&self, data: &Path, arguments: &[&str], typed: &str) -> Output {
        let mut child = self.command(data, arguments).spawn().unwrap();
        // One that never reads has closed its end; that is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    fn ok(&self, arguments: &[&str], typed: &str) -> String {
        let output = self.run_in(&self.data(), arguments, typed);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str], typed: &str) -> String {
        let output = self.run_in(&self.data(), arguments, typed);
        assert!(!output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

struct Server {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
    before: String,
    port: u16,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut before = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "it ended: {before}");
            if let Some((_, port)) = line.rsplit_once("localhost:") {
                let port = port.trim().parse().unwrap();
                return Self {
                    child,
                    said,
                    before,
                    port,
                };
            }
            before.push_str(&line);
        }
    }

    /// One request; the status and the body.
    fn ask(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             content-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap_or_default())
    }

    fn sign_in(&self, name: &str, password: &str) -> (u16, Value) {
        let login =
            json!({"name": name, "password": password, "device": DEVICE, "device_name": "phone"});
        self.ask("POST", "/v1/login", "", &login)
    }

    /// Ends it as the system does, and answers what it wrote.
    fn stop(mut self) -> (String, String) {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        let (mut out, mut log) = (self.before.clone(), String::new());
        self.said.read_to_string(&mut out).unwrap();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{out}{log}");
        (out, log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const DEVICE: &str = "01939f6a-0000-7000-8000-0000000000d1";
const SECRET: &str = "correct horse battery";

#[test]
fn a_server_from_the_first_account_to_a_restored_backup() {
    let folder = Folder::new("whole");
    let password = format!("{SECRET}\n");
    folder.ok(
        &[
            "user", "add", "mei", "--shown", "Mei Wong", "--role", "leader",
        ],
        &password,
    );
    let server = Server::start(folder.command(&folder.data(), &["serve", "--port", "0"]));
    assert_eq!(server.before, "");
    let (status, refusal) = server.sign_in("mei", "not the password");
    assert_eq!((status, &refusal["code"]), (401, &json!("wrong_password")));
    let (status, signed) = server.sign_in("MEI", SECRET);
    assert_eq!(
        (status, &signed["user"]["shown"]),
        (200, &json!("Mei Wong"))
    );
    let token = signed["token"].as_str().unwrap();
    let (status, hello) = server.ask("GET", "/v1/hello", token, &Value::Null);
    assert_eq!((status, &hello["user"]["role"]), (200, &json!("leader")));

    // Beside the running server, and it takes notice at once.
    assert!(folder.ok(&["device", "list", "mei"], "").contains(DEVICE));
    folder.ok(&["device", "revoke", DEVICE, "--wipe"], "");
    let (status, refusal) = server.ask("GET", "/v1/hello", token, &Value::Null);
    assert_eq!((status, &refusal["order"]), (403, &json!("wipe")));
    folder.ok(&["device", "readmit", DEVICE], "");
    assert_eq!(server.ask("GET", "/v1/hello", token, &Value::Null).0, 401);
    folder.ok(&["user", "close", "mei"], "");
    assert_eq!(server.sign_in("mei", SECRET).1["code"], "closed");
    folder.ok(&["user", "open", "mei"], "");
    folder.ok(&["user", "password", "mei"], "another long secret\n");
    assert_eq!(server.sign_in("mei", SECRET).0, 401);
    assert_eq!(server.sign_in("mei", "another long secret").0, 200);

    let backup = folder.0.join("backup");
    let backup = backup.to_str().unwrap();
    folder.ok(&["backup", backup], "");
    let again = folder.fails(&["backup", backup], "");
    assert!(again.contains(backup), "{again}");
    assert!(folder.ok(&["doctor"], "").contains("Nothing is wrong"));
    let trail = folder.ok(&["audit", "--last", "100"], "");
    for act in [
        "user_added",
        "sign_in",
        "sign_in_refused",
        "revoke",
        "readmit",
        "user_closed",
        "user_opened",
        "password_set",
        "backup",
    ] {
        assert!(trail.contains(act), "{act} is not in {trail}");
    }
    assert_eq!(folder.ok(&["audit", "--last", "2"], "").lines().count(), 2);
    assert!(folder.ok(&["user", "list"], "").contains("Mei Wong"));

    let (out, log) = server.stop();
    assert!(out.contains("stopping"), "{out}");
    for secret in [
        SECRET,
        token,
        "another long secret",
        "mei",
        "Mei",
        DEVICE,
        "127.0.0.1",
    ] {
        assert!(
            !log.contains(secret) && !out.contains(secret),
            "{secret} in {out}{log}"
        );
    }
    assert!(
        log.contains("/v1/hello") && log.contains("Revoked"),
        "{log}"
    );

    let refused = folder.fails(&["restore", backup], "");
    assert!(refused.contains("moved aside"), "{refused}");
    std::fs::rename(folder.data(), folder.0.join("aside")).unwrap();
    folder.ok(&["restore", backup], "");
    let server = Server::start(folder.command(&folder.data(), &["--port", "0"]));
    let (status, restored) = server.sign_in("mei", "another long secret");
    assert_eq!(status, 200);
    assert_ne!(restored["generation"], signed["generation"]);
    let push = json!({"batch": DEVICE, "generation": signed["generation"], "mutations": []});
    let (status, refusal) = server.ask(
        "POST",
        "/v1/push",
        restored["token"].as_str().unwrap(),
        &push,
    );
    assert_eq!((status, &refusal["code"]), (409, &json!("generation")));
}

#[test]
fn the_first_start_makes_the_administrator_it_is_told_of_and_never_one_by_itself() {
    let folder = Folder::new("first");
    let command = || folder.command(&folder.data(), &["--port", "0"]);
    let server = Server::start(command());
    assert!(server.before.contains("user add"), "{}", server.before);
    for name in ["admin", "root", ""] {
        assert_eq!(server.sign_in(name, "admin").0, 401);
    }
    server.stop();

    let mut half = command();
    let output = half.env("TOPFLOOR_ADMIN", "boss").output().unwrap();
    assert!(!output.status.success());
    let mut short = command();
    short
        .env("TOPFLOOR_ADMIN", "boss")
        .env("TOPFLOOR_ADMIN_PASSWORD", "short");
    let output = short.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("at least 10 characters"), "{said}");

    let mut told = command();
    told.env("TOPFLOOR_ADMIN", "boss")
        .env("TOPFLOOR_ADMIN_PASSWORD", SECRET);
    let server = Server::start(told);
    let (status, signed) = server.sign_in("boss", SECRET);
    assert_eq!((status, &signed["user"]["role"]), (200, &json!("admin")));
    server.stop();

    // Later it is left alone, whatever the environment says.
    let mut again = command();
    again
        .env("TOPFLOOR_ADMIN", "boss")
        .env("TOPFLOOR_ADMIN_PASSWORD", "some other secret");
    let server = Server::start(again);
    assert_eq!(server.sign_in("boss", "some other secret").0, 401);
    assert_eq!(server.sign_in("boss", SECRET).0, 200);
}

#[test]
fn what_is_typed_wrong_is_explained_and_changes_nothing() {
    let folder = Folder::new("wrong");
    for (arguments, typed, said) in [
        (&["serv"][..], "", "unknown command \"serv\""),
        (&["--prot", "1"], "", "--prot"),
        (&["--port", "x"], "", "--port needs a number"),
        (&["user"], "", "is missing"),
        (&["user", "list"], "", "no data"),
        (&["user", "add"], "", "name is missing"),
        (
            &["user", "add", "mei"],
            "123456789\n",
            "at least 10 characters",
        ),
        (&["user", "add", "mei"], "", "no password"),
        (&["user", "add", "mei-ling-wong"], "Mei-Ling-Wong\n", "name"),
        (&["user", "add", " "], "long enough now\n", "1 to 100"),
        (
            &["user", "add", "mei", "--role", "king"],
            "long enough now\n",
            "king",
        ),
        (
            &["user", "add", "mei", "wong"],
            "long enough now\n",
            "one word too many",
        ),
        (&["backup"], "", "is missing"),
        (&["backup", "/tmp/x"], "", "no data"),
        (&["restore", "/nonexistent"], "", "/nonexistent"),
        (&["--config", "/nonexistent.toml"], "", "/nonexistent.toml"),
    ] {
        let error = folder.fails(arguments, typed);
        assert!(error.contains(said), "{arguments:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    folder.ok(&["user", "add", "mei"], "long enough now\r\n");
    for (arguments, said) in [
        (&["user", "add", "MEI"][..], "taken"),
        (&["user", "close", "nobody"], "nobody"),
        (&["device", "revoke", "x"], "no device id"),
        (&["device", "revoke", DEVICE], "no device"),
        (
            &["device", "revoke", DEVICE, "--lock", "--wipe"],
            "not both",
        ),
        (&["audit", "--last", "x"], "needs a number"),
    ] {
        let error = folder.fails(arguments, "long enough now\n");
        assert!(error.contains(said), "{arguments:?}: {error}");
    }
    assert_eq!(folder.ok(&["user", "list"], "").lines().count(), 2);
    std::fs::write(folder.data().join("topfloor.toml"), "port = 1\nprot = 2\n").unwrap();
    let error = folder.fails(&["serve"], "");
    assert!(
        error.contains("line 2") && error.contains("prot"),
        "{error}"
    );
}

#[test]
fn every_command_has_help() {
    let folder = Folder::new("help");
    assert_eq!(folder.ok(&["--help"], ""), folder.ok(&["help"], ""));
    for command in [
        "serve", "user", "device", "backup", "restore", "doctor", "audit",
    ] {
        let help = folder.ok(&[command, "--help"], "");
        assert!(help.contains("topfloor-server"), "{help}");
        assert_eq!(folder.ok(&[command, "-h"], ""), help);
    }
    assert!(!folder.data().exists());
}

#[test]
fn doctor_says_what_is_wrong() {
    let folder = Folder::new("doctor");
    folder.ok(&["user", "add", "mei"], "long enough now\n");
    assert!(folder.ok(&["doctor"], "").contains("1 users"));
    std::fs::write(
        folder.data().join("topfloor.db"),
        "not a database, but long enough to be looked at",
    )
    .unwrap();
    let _ = std::fs::remove_file(folder.data().join("topfloor.db-wal"));
    let error = folder.fails(&["doctor"], "");
    assert!(error.contains("damaged"), "{error}");
}
