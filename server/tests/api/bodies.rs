//! Bodies that are too large, of another type, cut off or nonsense: refused, and never an accident of the server.

use axum::body::Body;
use axum::http::Request;
use topfloor::wire::{Code, MEDIA_TYPE, MOST_BODY};

use crate::world::{World, batch, id, password, sha256};

async fn send(
    world: &World,
    method: &str,
    path: &str,
    token: &str,
    media: &str,
    body: Vec<u8>,
) -> crate::world::Answer {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("authorization", format!("Bearer {token}"));
    if !media.is_empty() {
        request = request.header("content-type", media);
    }
    world.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn only_our_type_is_read() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let blob = format!("/v1/blobs/{}?offset=0&size=1", sha256(b"x"));
    let body = batch(world.generation(), &[]);
    for media in [
        "",
        "application/json",
        "text/html",
        "multipart/form-data",
        "x",
    ] {
        for (method, path) in [("POST", "/v1/push"), ("POST", "/v1/login"), ("PUT", &blob)] {
            let answer = send(&world, method, path, &phone.token, media, body.clone()).await;
            answer.refused(415, Code::Malformed);
        }
    }
    let media = format!("{}; charset=utf-8", MEDIA_TYPE.to_uppercase());
    let answer = send(&world, "POST", "/v1/push", &phone.token, &media, body).await;
    assert_eq!(answer.status.as_u16(), 200);
}

#[tokio::test]
async fn too_much_is_refused_by_its_length_and_by_what_comes() {
    let world = World::new();
    let phone = world.phone("mei").await;
    for (path, most) in [("/v1/push", MOST_BODY), ("/v1/login", 16 * 1024)] {
        let answer = send(
            &world,
            "POST",
            path,
            &phone.token,
            MEDIA_TYPE,
            vec![b' '; most + 1],
        )
        .await;
        answer.refused(413, Code::TooLarge);
        let answer = send(
            &world,
            "POST",
            path,
            &phone.token,
            MEDIA_TYPE,
            vec![b' '; most],
        )
        .await;
        answer.refused(400, Code::Malformed);
    }
}

/// Over a real connection, by a sender who listens only when all is sent: it hears the reason, not a broken connection.
#[tokio::test]
async fn a_sender_of_too_much_hears_so_at_its_end() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let world = World::new();
    let phone = world.phone("mei").await;
    let tcp = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = tcp.local_addr().unwrap();
    let app = world.app.clone();
    let server = tokio::spawn(async move { axum::serve(tcp, app).await });
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let body = vec![b' '; 4 * MOST_BODY];
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
        phone.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 413") && answer.contains("too_large"),
        "{answer}"
    );
    server.abort();
}

#[tokio::test]
async fn a_password_without_end_is_not_tried() {
    let world = World::new();
    let answer = world
        .login("192.0.2.1", "mei", &"x".repeat(2000), id())
        .await;
    answer.refused(413, Code::TooLarge);
    let answer = world.login("192.0.2.1", &"x".repeat(2000), "x", id()).await;
    answer.refused(413, Code::TooLarge);
}

#[tokio::test]
async fn numbers_beyond_all_counting_are_refused() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let (_, frozen) = phone.create("甲");
    for number in [u64::MAX, i64::MAX as u64 + 1] {
        let rows = [(number, frozen.clone())];
        let answer = world.push(&phone, &batch(world.generation(), &rows)).await;
        answer.refused(400, Code::Malformed);
    }
    let rows = [(i64::MAX as u64, frozen)];
    let answer = world.push(&phone, &batch(world.generation(), &rows)).await;
    assert!(answer.status.as_u16() < 500);
}

/// A fixed row of numbers that looks random (xorshift), so that a failure happens again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// Damages bytes: flips, cuts, doubles, and pieces of JSON where they do not belong.
    fn spoil(&mut self, bytes: &[u8]) -> Vec<u8> {
        const PIECES: &[&str] = &[
            "null",
            "{}",
            "[[[[",
            "\"",
            "\\u0000",
            "\\ud800",
            "1e999",
            "-1",
            "18446744073709551615",
            "\u{0}",
            "u:self",
            "9223372036854775808",
            "true",
            ",",
            "}",
            "\"answers/\"",
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len());
            match self.roll(5) {
                0 if !bytes.is_empty() => bytes[at] ^= 1 << self.roll(8),
                1 => bytes.truncate(at),
                2 => {
                    let piece = PIECES[self.roll(PIECES.len())];
                    bytes.splice(at..at, piece.bytes());
                }
                3 => {
                    let piece = PIECES[self.roll(PIECES.len())];
                    let end = (at + self.roll(20)).min(bytes.len());
                    bytes.splice(at..end, piece.bytes());
                }
                _ => {
                    let copy = bytes[at..].to_vec();
                    bytes.extend(copy);
                }
            }
        }
        bytes
    }
}

fn counted_out(options: &mut topfloor_server::api::Options) {
    // The limits have tests of their own; here every body is to be read.
    for rate in [
        &mut options.rates.address,
        &mut options.rates.name,
        &mut options.rates.known,
        &mut options.rates.device,
    ] {
        rate.burst = 1_000_000;
    }
}

#[tokio::test]
async fn no_body_makes_the_server_fail() {
    let world = World::with(counted_out);
    let phone = world.phone("mei").await;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let login = serde_json::json!({
        "name": "mei", "password": password("mei"), "device": id(), "device_name": "x"
    });
    let login = login.to_string().into_bytes();
    for round in 0..400 {
        let rows = [phone.create("甲"), phone.create("乙")];
        let push = batch(world.generation(), &rows);
        let noise: Vec<u8> = (0..dice.roll(200)).map(|_| dice.roll(256) as u8).collect();
        let body = match round % 8 {
            0 => noise,
            _ => dice.spoil(&push),
        };
        let shown = String::from_utf8_lossy(&body).into_owned();
        let answer = world.push(&phone, &body).await;
        assert!(answer.status.as_u16() < 500, "{} {shown}", answer.status);
        let body = dice.spoil(&login);
        let shown = String::from_utf8_lossy(&body).into_owned();
        let answer = world.ask("POST", "/v1/login", "", &body).await;
        assert!(answer.status.as_u16() < 500, "{} {shown}", answer.status);
    }
    let faults = world.store.check().unwrap().faults;
    assert_eq!(faults, Vec::<String>::new());
}

/// The batch is sound and the mutations in it are not: their digests are right, so that the store looks inside.
#[tokio::test]
async fn no_mutation_makes_the_server_fail() {
    let world = World::with(counted_out);
    let phone = world.phone("mei").await;
    let mut dice = Dice(42);
    for _ in 0..400 {
        let (number, mut frozen) = phone.create("甲");
        let spoiled = dice.spoil(&frozen.bytes);
        if serde_json::from_slice::<&serde_json::value::RawValue>(&spoiled).is_err() {
            continue;
        }
        frozen.digest = sha256(&spoiled);
        frozen.bytes = spoiled;
        let body = batch(world.generation(), &[(number, frozen.clone())]);
        let answer = world.push(&phone, &body).await;
        let shown = String::from_utf8_lossy(&frozen.bytes).into_owned();
        assert!(answer.status.as_u16() < 500, "{} {shown}", answer.status);
    }
    let faults = world.store.check().unwrap().faults;
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn no_part_of_a_picture_makes_the_server_fail() {
    let world = World::with(counted_out);
    let phone = world.phone("mei").await;
    let mut dice = Dice(7);
    for _ in 0..400 {
        let digest = dice.spoil(sha256(b"x").as_bytes());
        let digest: String = digest.iter().map(|byte| format!("%{byte:02x}")).collect();
        let (offset, size) = (dice.roll(5), dice.roll(20));
        let query = dice.spoil(format!("offset={offset}&size={size}").as_bytes());
        let query: String = query
            .into_iter()
            .filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'=' || *byte == b'&')
            .map(char::from)
            .collect();
        let path = format!("/v1/blobs/{digest}?{query}");
        let part: Vec<u8> = (0..dice.roll(20)).map(|_| dice.roll(256) as u8).collect();
        for method in ["PUT", "GET", "HEAD"] {
            let answer = world.ask(method, &path, &phone.token, &part).await;
            assert!(answer.status.as_u16() < 500, "{method} {path}");
        }
    }
}
