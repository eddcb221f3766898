//! Batches: applied once, byte for byte, and only on the server they were meant for.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use topfloor::wire::{Code, Hello, MEDIA_TYPE, MOST_MUTATIONS, Outcome, PullAnswer, PushAnswer};
use tower::ServiceExt;

use crate::world::{World, batch, id, outcomes, sha256};

fn is_applied(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Applied { .. })
}

fn is_duplicate(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Duplicate { .. })
}

#[tokio::test]
async fn a_batch_is_answered_mutation_by_mutation_and_comes_back_in_the_feed() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows = [phone.create("甲"), phone.create("乙")];
    let body = batch(world.generation(), &rows);
    let answer = world.push(&phone, &body).await;
    let pushed: PushAnswer = answer.ok();
    let sent: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(json!(pushed.batch), sent["batch"]);
    assert_eq!(pushed.generation, world.generation());
    let ids: Vec<_> = pushed.results.iter().map(|result| result.id).collect();
    assert_eq!(ids, [rows[0].1.id, rows[1].1.id]);
    assert!(outcomes(&answer).iter().all(is_applied));
    let feed = world.pull(&phone).await;
    assert_eq!((feed.records.len(), feed.more), (2, false));
    let hello: Hello = world.get("/v1/hello", &phone.token).await.ok();
    assert_eq!(hello.held, [(1, 2)]);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_nothing_happens_twice() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows = [phone.create("甲")];
    let body = batch(world.generation(), &rows);
    assert!(
        outcomes(&world.push(&phone, &body).await)
            .iter()
            .all(is_applied)
    );
    assert!(
        outcomes(&world.push(&phone, &body).await)
            .iter()
            .all(is_duplicate)
    );
    assert_eq!(world.pull(&phone).await.records.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_batch_many_times_at_once_is_applied_once() {
    let world = std::sync::Arc::new(World::new());
    let phone = std::sync::Arc::new(world.phone("mei").await);
    let rows: Vec<_> = (0..20).map(|n| phone.create(&format!("甲{n}"))).collect();
    let body = batch(world.generation(), &rows);
    let mut pushes = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (world, phone, body) = (world.clone(), phone.clone(), body.clone());
        pushes.spawn(async move { outcomes(&world.push(&phone, &body).await) });
    }
    let all: Vec<Outcome> = pushes.join_all().await.into_iter().flatten().collect();
    assert_eq!(all.iter().filter(|o| is_applied(o)).count(), 20);
    assert_eq!(all.iter().filter(|o| is_duplicate(o)).count(), 140);
    assert_eq!(world.pull(&phone).await.records.len(), 20);
}

#[tokio::test]
async fn one_bad_mutation_does_not_hold_up_the_rest() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let (number, mut damaged) = phone.create("甲");
    damaged.digest = sha256(b"something else");
    let rows = [(number, damaged), phone.create("乙")];
    let results = outcomes(&world.push(&phone, &batch(world.generation(), &rows)).await);
    assert!(matches!(
        results[0],
        Outcome::Rejected {
            code: Code::Damaged,
            ..
        }
    ));
    assert!(is_applied(&results[1]));
}

/// White space and escapes inside a mutation are part of what its digest is over.
#[tokio::test]
async fn the_bytes_of_a_mutation_reach_the_store_as_they_were_sent() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let (number, frozen) = phone.create("甲");
    let plain = String::from_utf8(frozen.bytes).unwrap();
    let odd = plain.replace('甲', "\\u7532").replace(":{", " :\n\t {  ");
    let body = format!(
        r#"{{"batch":"{}","generation":{},"mutations":[{{"number":{number},"id":"{}","digest":"{}","body":{odd}}}]}}"#,
        id(),
        world.generation(),
        frozen.id,
        sha256(odd.as_bytes())
    );
    assert!(is_applied(
        &outcomes(&world.push(&phone, body.as_bytes()).await)[0]
    ));
}

#[tokio::test]
async fn a_batch_for_the_server_before_its_restore_is_refused_whole() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows = [phone.create("甲")];
    for other in [0, world.generation() - 1, world.generation() + 1] {
        let answer = world.push(&phone, &batch(other, &rows)).await;
        answer.refused(409, Code::Generation);
    }
    assert!(world.pull(&phone).await.records.is_empty());
}

#[tokio::test]
async fn more_than_the_limit_says_is_refused_whole() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows: Vec<_> = (0..=MOST_MUTATIONS).map(|_| phone.create("甲")).collect();
    let answer = world.push(&phone, &batch(world.generation(), &rows)).await;
    answer.refused(413, Code::TooLarge);
    assert!(world.pull(&phone).await.records.is_empty());
    let answer = world
        .push(&phone, &batch(world.generation(), &rows[1..]))
        .await;
    assert!(outcomes(&answer).iter().all(is_applied));
}

#[tokio::test]
async fn pages_follow_each_other_are_compressed_and_bad_questions_refused() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows: Vec<_> = (0..7).map(|n| phone.create(&format!("甲{n}"))).collect();
    world.push(&phone, &batch(world.generation(), &rows)).await;
    let (mut since, mut seen) = (0, 0);
    loop {
        let path = format!("/v1/pull?scope=u:self&since={since}&limit=3");
        let page: PullAnswer = world.get(&path, &phone.token).await.ok();
        assert!(page.records.iter().all(|record| record.seq > since));
        (since, seen) = (page.next, seen + page.records.len());
        if !page.more {
            break;
        }
    }
    assert_eq!(seen, 7);
    let far = format!("/v1/pull?scope=u:self&since={}&limit=0", u64::MAX);
    assert!(world.get(&far, &phone.token).await.ok::<PullAnswer>().reset);
    for query in [
        "",
        "?scope=u:self&since=-1",
        "?scope=u:self&limit=x",
        "?since=0",
    ] {
        let answer = world.get(&format!("/v1/pull{query}"), &phone.token).await;
        answer.refused(400, Code::Malformed);
    }

    let request = Request::get("/v1/pull?scope=u:self")
        .header("authorization", format!("Bearer {}", phone.token))
        .header("accept-encoding", "gzip")
        .body(Body::empty());
    let answer = world.app.clone().oneshot(request.unwrap()).await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    assert_eq!(answer.headers()["content-type"], MEDIA_TYPE);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body[..2], [0x1f, 0x8b]);
}

/// A connection that breaks in the middle of a batch, whose first mutations are whole.
#[tokio::test]
async fn half_a_body_applies_nothing() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let rows: Vec<_> = (0..20).map(|_| phone.create("甲")).collect();
    let body = batch(world.generation(), &rows);
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = tcp.local_addr().unwrap();
    let app = world.app.clone();
    let server = tokio::spawn(async move { axum::serve(tcp, app).await });
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\r\n",
        phone.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
    // The end of what is sent; what the server says to it, if anything, ends with its own end.
    stream.shutdown().await.unwrap();
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    assert!(!said.starts_with(b"HTTP/1.1 200"));
    server.abort();
    assert!(world.pull(&phone).await.records.is_empty());
    let truncated = world.push(&phone, &body[..body.len() / 2]).await;
    truncated.refused(400, Code::Malformed);
    assert!(world.pull(&phone).await.records.is_empty());
    let whole = outcomes(&world.push(&phone, &body).await);
    assert!(whole.iter().all(is_applied));
}

#[tokio::test]
async fn a_refusal_tells_where_a_body_is_wrong_and_not_what_stands_there() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let body = json!({"batch": id(), "generation": "陳大文", "mutations": []}).to_string();
    let refusal = world
        .push(&phone, body.as_bytes())
        .await
        .refused(400, Code::Malformed);
    assert!(
        refusal.text.contains("line 1") && !refusal.text.contains('陳'),
        "{}",
        refusal.text
    );
}
