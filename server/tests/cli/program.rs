//! The program on a folder of its own, run for one command or as a server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use topfloor::wire::MEDIA_TYPE;

pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let name = format!("topfloor-cli-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("dist")).unwrap();
        std::fs::write(folder.join("dist/index.html"), "<!doctype html>").unwrap();
        Self(folder)
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    pub fn command(&self, data: &Path, arguments: &[&str]) -> Command {
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

    pub fn run_in(&self, data: &Path, arguments: &[&str], typed: &str) -> Output {
        let mut child = self.command(data, arguments).spawn().unwrap();
        // One that never reads has closed its end; that is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    pub fn ok(&self, arguments: &[&str], typed: &str) -> String {
        let output = self.run_in(&self.data(), arguments, typed);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[track_caller]
    pub fn fails(&self, arguments: &[&str], typed: &str) -> String {
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

pub struct Server {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
    pub before: String,
    port: u16,
}

impl Server {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self {
            child,
            said,
            before: String::new(),
            port: 0,
        };
        loop {
            let line = server.line();
            assert_ne!(line, "", "it ended: {}", server.before);
            if let Some((_, port)) = line.rsplit_once("localhost:") {
                server.port = port.trim().parse().unwrap();
                return server;
            }
            server.before.push_str(&line);
        }
    }

    /// One request; the status and the body.
    pub fn ask(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let mut stream = self.connect();
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

    pub fn sign_in(&self, name: &str, password: &str) -> (u16, Value) {
        let login =
            json!({"name": name, "password": password, "device": DEVICE, "device_name": "phone"});
        self.ask("POST", "/v1/login", "", &login)
    }

    /// Tells it to end, as the system does.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.unwrap().success());
    }

    /// The next line it writes for people.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).unwrap()
    }

    /// Ends it, and answers what it wrote.
    pub fn stop(mut self) -> (String, String) {
        self.terminate();
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

pub const DEVICE: &str = "01939f6a-0000-7000-8000-0000000000d1";
pub const SECRET: &str = "correct horse battery";
