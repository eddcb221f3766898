//! Every request, as everybody who may not make it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use topfloor::wire::{Code, Hello, MEDIA_TYPE, Order, PullAnswer};

use crate::world::{World, batch, id, password, sha256};

/// Every request that wants a token.
fn doors(world: &World) -> Vec<(&'static str, String, Vec<u8>)> {
    let blob = format!("/v1/blobs/{}", sha256(b"picture"));
    vec![
        ("POST", "/v1/logout".into(), vec![]),
        ("GET", "/v1/hello".into(), vec![]),
        ("POST", "/v1/push".into(), batch(world.generation(), &[])),
        (
            "GET",
            "/v1/pull?scope=u:self&since=0&limit=5".into(),
            vec![],
        ),
        ("GET", blob.clone(), vec![]),
        ("HEAD", blob.clone(), vec![]),
        (
            "PUT",
            format!("{blob}?offset=0&size=7"),
            b"picture".to_vec(),
        ),
    ]
}

#[tokio::test]
async fn nobody_and_a_token_that_is_none_are_asked_to_sign_in() {
    let world = World::new();
    let garbage = [
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "'; DROP TABLE devices; --",
    ];
    for (method, path, body) in doors(&world) {
        for token in garbage {
            let answer = world.ask(method, &path, token, &body).await;
            answer.refused(401, Code::SignIn);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn a_token_ends_with_a_new_sign_in_with_signing_out_and_not_with_anothers() {
    let world = World::new();
    let (mei, other) = (world.phone("mei").await, world.phone("mei").await);
    let again = world
        .login("192.0.2.1", "mei", &password("mei"), mei.id)
        .await;
    assert_eq!(again.status, StatusCode::OK);
    world
        .get("/v1/hello", &mei.token)
        .await
        .refused(401, Code::SignIn);
    let token = again.ok::<topfloor::wire::LoggedIn>().token;
    let out = world.ask("POST", "/v1/logout", &token, b"").await;
    assert_eq!((out.status.as_u16(), out.body.len()), (204, 0));
    world
        .get("/v1/hello", &token)
        .await
        .refused(401, Code::SignIn);
    assert_eq!(
        world.get("/v1/hello", &other.token).await.status,
        StatusCode::OK
    );
    assert_eq!(world.audited("sign_out").len(), 1);
}

#[tokio::test]
async fn a_revoked_device_hears_its_order_and_nothing_else() {
    let world = World::new();
    for order in [None, Some(Order::Lock), Some(Order::Wipe)] {
        let phone = world.phone("mei").await;
        world.revoke(&phone, order);
        for (method, path, body) in doors(&world) {
            let answer = world.ask(method, &path, &phone.token, &body).await;
            let heard = answer.refused(403, Code::Revoked).order;
            assert!(method == "HEAD" || heard == order, "{method} {path}");
        }
        let answer = world
            .login("192.0.2.1", "mei", &password("mei"), phone.id)
            .await;
        assert_eq!(answer.refused(403, Code::Revoked).order, order);
        let wrong = world.login("192.0.2.1", "mei", "not it", phone.id).await;
        wrong.refused(401, Code::WrongPassword);
    }
    assert!(world.audited("refused").iter().all(|why| why == "revoked"));
}

#[tokio::test]
async fn a_closed_account_is_shut_but_an_order_still_gets_through() {
    let world = World::new();
    let (phone, lost) = (world.phone("mei").await, world.phone("mei").await);
    world.revoke(&lost, Some(Order::Wipe));
    let mei = world.user("mei");
    world.store.set_closed(mei, true, 1).unwrap();
    for (method, path, body) in doors(&world) {
        let answer = world.ask(method, &path, &phone.token, &body).await;
        answer.refused(403, Code::Closed);
        let answer = world.ask(method, &path, &lost.token, &body).await;
        let heard = answer.refused(403, Code::Revoked).order;
        assert!(method == "HEAD" || heard == Some(Order::Wipe), "{path}");
    }
    let right = world
        .login("192.0.2.1", "mei", &password("mei"), id())
        .await;
    right.refused(403, Code::Closed);
    let wrong = world.login("192.0.2.1", "mei", "wrong", id()).await;
    wrong.refused(401, Code::WrongPassword);
    let order = world
        .login("192.0.2.1", "mei", &password("mei"), lost.id)
        .await;
    order.refused(403, Code::Revoked);
    world.store.set_closed(mei, false, 1).unwrap();
    assert_eq!(
        world.get("/v1/hello", &phone.token).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn another_user_sees_only_what_is_theirs() {
    let world = World::new();
    let (mei, ka_ho) = (world.phone("mei").await, world.phone("ka-ho").await);
    let rows = [mei.create("甲")];
    let pushed = world.push(&mei, &batch(world.generation(), &rows)).await;
    assert_eq!(pushed.status, StatusCode::OK);
    let path = format!("/v1/blobs/{}", sha256(b"picture"));
    let put = format!("{path}?offset=0&size=7");
    let put = world.ask("PUT", &put, &mei.token, b"picture").await;
    assert_eq!(put.status, StatusCode::OK);

    assert_eq!(world.pull(&mei).await.records.len(), 1);
    assert!(world.pull(&ka_ho).await.records.is_empty());
    world
        .get(&path, &ka_ho.token)
        .await
        .refused(404, Code::NotFound);
    let hello: Hello = world.get("/v1/hello", &ka_ho.token).await.ok();
    assert_eq!((hello.user.name.as_str(), hello.held.len()), ("ka-ho", 0));
    let scopes = [
        format!("u:{}", world.user("mei")),
        format!("b:{}", id()),
        "nonsense".to_owned(),
    ];
    for scope in scopes {
        let path = format!("/v1/pull?scope={scope}&since=0&limit=5");
        let answer = world.get(&path, &ka_ho.token).await;
        answer.refused(403, Code::NoAccess);
    }
}

#[tokio::test]
async fn a_device_belongs_to_its_first_user() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let answer = world
        .login("192.0.2.1", "ka-ho", &password("ka-ho"), phone.id)
        .await;
    answer.refused(409, Code::OtherUser);
    let hello: Hello = world.get("/v1/hello", &phone.token).await.ok();
    assert_eq!(hello.user.name, "mei");
    assert_eq!(hello.limits, topfloor::wire::Limits::default());
}

#[tokio::test]
async fn what_is_not_of_this_version_is_not_found_and_never_the_page() {
    let world = World::new();
    let phone = world.phone("mei").await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/records",
        "/v1/hello/",
        "/v1/blobs",
        "/v1/blobs/a/b",
    ] {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let mut request = Request::builder().method(method).uri(path);
            request = request.header("accept", "text/html");
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            answer.refused(404, Code::NotFound);
        }
    }
    for (method, path) in [
        ("GET", "/v1/push"),
        ("DELETE", "/v1/hello"),
        ("POST", "/v1/pull"),
        ("GET", "/v1/login"),
    ] {
        let answer = world.ask(method, path, &phone.token, b"").await;
        answer.refused(405, Code::NotFound);
    }
}

#[tokio::test]
async fn beside_the_site_both_keep_their_headers() {
    use tower::ServiceExt;
    let world = World::new();
    let dist = world.folder.join("dist");
    std::fs::create_dir_all(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html>").unwrap();
    let app = topfloor_server::gateway(&dist, world.app.clone()).unwrap();
    let get = async |path: &str| {
        let request = Request::get(path).header("accept", "text/html");
        let request = request.body(Body::empty()).unwrap();
        app.clone().oneshot(request).await.unwrap()
    };
    let (page, api) = (get("/clients/x").await, get("/v1/clients/x").await);
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()["cache-control"], "no-cache");
    assert_eq!(api.status(), StatusCode::NOT_FOUND);
    assert_eq!(api.headers()["content-type"], MEDIA_TYPE);
    for answer in [page, api] {
        let policy = &answer.headers()["content-security-policy"];
        assert!(policy.to_str().unwrap().starts_with("default-src 'none'"));
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn pulls_are_put_off_before_pushes_and_one_device_leaves_room_for_others() {
    let world = World::with(|options| options.pulls = 0);
    let phone = world.phone("mei").await;
    let pull = "/v1/pull?scope=u:self";
    let refusal = world
        .get(pull, &phone.token)
        .await
        .refused(429, Code::TooMany);
    assert!(refusal.after_s.is_some_and(|seconds| seconds >= 2));
    let pushed = world.push(&phone, &batch(world.generation(), &[])).await;
    assert_eq!(pushed.status, StatusCode::OK);

    let world = World::with(|options| options.rates.device.burst = 8);
    let (phone, other) = (world.phone("mei").await, world.phone("mei").await);
    for _ in 0..6 {
        let _: PullAnswer = world.get(pull, &phone.token).await.ok();
    }
    world
        .get(pull, &phone.token)
        .await
        .refused(429, Code::TooMany);
    let body = batch(world.generation(), &[]);
    for _ in 0..2 {
        assert_eq!(world.push(&phone, &body).await.status, StatusCode::OK);
    }
    world.push(&phone, &body).await.refused(429, Code::TooMany);
    let _: PullAnswer = world.get(pull, &other.token).await.ok();
}

#[tokio::test]
async fn nothing_new_is_begun_while_the_server_stops() {
    let world = World::new();
    let phone = world.phone("mei").await;
    world.stop.begin();
    for (method, path, body) in doors(&world) {
        let answer = world.ask(method, &path, &phone.token, &body).await;
        let refusal = answer.refused(503, Code::Busy);
        assert!(refusal.after_s.is_some());
    }
}
