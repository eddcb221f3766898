//! What the log of a whole session holds, and what it must not. A program of its own with one test: who listens to the
//! log is known to the whole process, and tests beside it would be heard too.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code)]
#[path = "api/world.rs"]
mod world;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use topfloor::wire::{Code, Order};
use topfloor_server::log::{Form, subscriber};

use world::{World, batch, id, password, sha256};

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Everything a device does, with names that can be searched for. Answers what must not be found.
async fn session(world: &World) -> Vec<String> {
    let phone = world.phone("mei").await;
    let (number, frozen) = phone.create("陳大文有限公司");
    let body = batch(world.generation(), &[(number, frozen.clone())]);
    world.push(&phone, &body).await;
    world.push(&phone, &body[..50]).await;
    world.pull(&phone).await;
    world.get("/v1/hello", &phone.token).await;
    let digest = sha256(b"picture");
    let path = format!("/v1/blobs/{digest}");
    let put = format!("{path}?offset=0&size=7");
    world.ask("PUT", &put, &phone.token, b"picture").await;
    world.get(&path, &phone.token).await;
    world
        .get("/v1/typed/secretly?name=wong", &phone.token)
        .await;
    let wrong = world.login("198.51.100.77", "wong-siu-ming", "mistyped secret", id());
    wrong.await.refused(401, Code::WrongPassword);
    world.revoke(&phone, Some(Order::Wipe));
    world.get("/v1/hello", &phone.token).await;
    let stolen = "c3RvbGVuIHRva2VuIHN0b2xlbiB0b2tlbiBzdG9sZW4";
    world.get("/v1/hello", stolen).await;
    let user = world.user("mei").to_string();
    let (device, record) = (phone.id.to_string(), frozen.id.to_string());
    [
        password("mei").as_str(),
        &phone.token,
        stolen,
        "陳大文",
        "mei Shown",
        "\"mei\"",
        "phone of",
        "wong",
        "mistyped",
        "secretly",
        "198.51.100",
        "192.0.2",
        &digest,
        &user,
        &device,
        &record,
        "u:self",
        "argon2",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[tokio::test]
async fn the_log_tells_what_was_asked_and_nothing_of_who_or_what() {
    for form in [Form::Json, Form::Text] {
        let kept = Kept::default();
        let to = kept.clone();
        let lines = subscriber(form, move || to.clone());
        let world = World::new();
        let _here = tracing::subscriber::set_default(lines);
        let secrets = session(&world).await;
        let text = kept.text();
        for secret in secrets {
            assert!(!text.contains(&secret), "{secret} in {text}");
        }
        for told in [
            "/v1/login",
            "/v1/push",
            "/v1/blobs/{digest}",
            "WrongPassword",
            "Revoked",
        ] {
            assert!(text.contains(told), "{told} is not in {text}");
        }
        assert_eq!(text.lines().count(), 11, "{text}");
    }
    fields().await;
}

/// A line for machines has the fields they look for.
async fn fields() {
    let kept = Kept::default();
    let to = kept.clone();
    let lines = subscriber(Form::Json, move || to.clone());
    let world = World::new();
    let phone = world.phone("mei").await;
    let _here = tracing::subscriber::set_default(lines);
    world.get("/v1/hello", &phone.token).await;
    let line: serde_json::Value = serde_json::from_str(kept.text().trim()).unwrap();
    assert_eq!(line["method"], "GET");
    assert_eq!(line["route"], "/v1/hello");
    assert_eq!(line["status"], 200);
    assert!(line["ms"].is_u64());
    let device = line["device"].as_str().unwrap();
    assert!(device.len() == 8 && phone.id.to_string().ends_with(device));
}
