//! The built program, as an administrator uses it: accounts, devices, backup and restore, and what it says to mistakes.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod program;

use std::io::{Read, Write};

use serde_json::{Value, json};
use topfloor::wire::MEDIA_TYPE;

use program::{DEVICE, Folder, SECRET, Server};

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
        (&["backup", "/nonexistent/backup"], "", "no data"),
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
fn a_password_may_come_from_the_environment() {
    let folder = Folder::new("environment");
    let with = |password: &str, arguments: &[&str]| {
        let mut command = folder.command(&folder.data(), arguments);
        command.env("TOPFLOOR_PASSWORD", password).output().unwrap()
    };
    assert!(!with("short", &["user", "add", "mei"]).status.success());
    assert!(with(SECRET, &["user", "add", "mei"]).status.success());
    let server = Server::start(folder.command(&folder.data(), &["--port", "0"]));
    assert_eq!(server.sign_in("mei", SECRET).0, 200);
    let (out, log) = server.stop();
    assert!(!out.contains(SECRET) && !log.contains(SECRET));
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

/// The server has begun to read the batch when it is told to stop: it says so by asking for the body.
#[test]
fn a_push_under_way_is_finished_while_the_server_stops() {
    let folder = Folder::new("stopping");
    folder.ok(&["user", "add", "mei"], &format!("{SECRET}\n"));
    let mut server = Server::start(folder.command(&folder.data(), &["--port", "0"]));
    let (_, signed) = server.sign_in("mei", SECRET);
    let push = json!({"batch": DEVICE, "generation": signed["generation"], "mutations": []});
    let (push, token) = (push.to_string(), signed["token"].as_str().unwrap());
    let mut stream = server.connect();
    write!(
        stream,
        "POST /v1/push HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\nauthorization: Bearer {token}\r\n\
         content-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
        push.len()
    )
    .unwrap();
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut said = vec![0; go_on.len()];
    stream.read_exact(&mut said).unwrap();
    assert_eq!(said, go_on);
    server.terminate();
    assert!(server.line().contains("stopping"));
    stream.write_all(push.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains(DEVICE),
        "{answer}"
    );
}
