//! Signing in: what is counted for whom, and that nobody is locked out by somebody else.

use std::sync::atomic::Ordering;

use axum::http::StatusCode;
use topfloor::wire::{Code, LoggedIn};

use crate::world::{NOW, World, id, password};

#[tokio::test]
async fn a_sign_in_answers_who_it_is_and_only_the_digest_is_kept() {
    let world = World::new();
    let answer = world
        .login("192.0.2.1", " MEI ", &password("mei"), id())
        .await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let signed: LoggedIn = answer.ok();
    assert_eq!(signed.user.shown, "mei Shown");
    assert_eq!(signed.generation, world.generation());
    for file in ["topfloor.db", "topfloor.db-wal"] {
        let bytes = std::fs::read(world.folder.join(file)).unwrap_or_default();
        let kept = bytes
            .windows(signed.token.len())
            .any(|window| window == signed.token.as_bytes());
        assert!(!kept, "{file}");
    }
    assert_eq!(world.audited("sign_in").len(), 1);
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    let world = World::new();
    let name = world
        .login("192.0.2.1", "nobody", "no password at all", id())
        .await;
    let word = world
        .login("192.0.2.1", "mei", "no password at all", id())
        .await;
    let refusal = name.refused(401, Code::WrongPassword);
    assert_eq!(refusal, word.refused(401, Code::WrongPassword));
    let why = world.audited("sign_in_refused");
    assert_eq!(why, ["wrong_password", "unknown_name"]);
}

#[tokio::test]
async fn the_owner_still_signs_in_while_an_attacker_hammers() {
    let world = World::new();
    let phone = world.phone("mei").await;
    // From ever new addresses, so that only the count of the name stands in the way.
    let mut shut = 0;
    for n in 0..60 {
        let from = format!("198.51.100.{n}");
        let answer = world.login(&from, "mei", "a guess at it", id()).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            answer.refused(429, Code::TooMany);
            shut += 1;
        } else {
            answer.refused(401, Code::WrongPassword);
        }
    }
    assert_eq!(shut, 50, "ten guesses, whatever the address");
    // Not even the right password opens for a stranger now.
    let stranger = world
        .login("203.0.113.9", "mei", &password("mei"), id())
        .await;
    stranger.refused(429, Code::TooMany);
    // The owner's own phone does not notice, not even from an attacker's address.
    for from in ["192.0.2.1", "198.51.100.7"] {
        let owner = world.login(from, "mei", &password("mei"), phone.id).await;
        owner.ok::<LoggedIn>();
    }
    let colleague = world
        .login("203.0.113.9", "ka-ho", &password("ka-ho"), id())
        .await;
    colleague.ok::<LoggedIn>();
    let refusals = world.audited("sign_in_refused");
    let many = refusals.iter().filter(|why| *why == "too_many").count();
    assert_eq!(many, 5, "a flood of guesses does not flood the audit trail");
}

#[tokio::test]
async fn one_address_cannot_try_many_names_and_time_opens_again() {
    let world = World::new();
    let guess = async |n: usize| {
        let name = format!("user-{n}");
        world.login("198.51.100.1", &name, "a guess", id()).await
    };
    for n in 0..30 {
        guess(n).await.refused(401, Code::WrongPassword);
    }
    let refusal = guess(30).await.refused(429, Code::TooMany);
    let after = i64::from(refusal.after_s.unwrap());
    world.clock.store(NOW + after * 1000, Ordering::SeqCst);
    guess(31).await.refused(401, Code::WrongPassword);
    let elsewhere = world
        .login("198.51.100.2", "user-32", "a guess", id())
        .await;
    elsewhere.refused(401, Code::WrongPassword);
}

#[tokio::test]
async fn right_passwords_are_not_counted_and_wrong_ones_of_a_known_device_are() {
    let world = World::new();
    for _ in 0..40 {
        world.phone("mei").await;
    }
    let phone = world.phone("mei").await;
    let guess = async |from| world.login(from, "mei", "a guess", phone.id).await;
    for _ in 0..10 {
        guess("192.0.2.1").await.refused(401, Code::WrongPassword);
    }
    guess("192.0.2.1").await.refused(429, Code::TooMany);
    // Who only knows the device's id, elsewhere, cannot use up the owner's tries.
    let owner = world
        .login("203.0.113.1", "mei", &password("mei"), phone.id)
        .await;
    owner.ok::<LoggedIn>();
}

#[tokio::test]
async fn an_address_that_a_sender_made_up_counts_only_behind_a_proxy() {
    use axum::body::Body;
    use axum::http::Request;
    use topfloor::wire::{Login, MEDIA_TYPE};
    for behind in [false, true] {
        let world = World::with(|options| {
            options.behind_proxy = behind;
            options.rates.address.burst = 1;
        });
        let guess = async |n: usize| {
            let body = Login {
                name: format!("user-{n}"),
                password: "a guess".into(),
                device: id(),
                device_name: String::new(),
            };
            let request = Request::post("/v1/login")
                .header("content-type", MEDIA_TYPE)
                .header("x-forwarded-for", format!("10.9.9.9, 198.51.100.{n}"))
                .body(Body::from(serde_json::to_vec(&body).unwrap()));
            world.send(request.unwrap()).await.status.as_u16()
        };
        assert_eq!(guess(1).await, 401);
        assert_eq!(guess(2).await, if behind { 401 } else { 429 });
    }
}
