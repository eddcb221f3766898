//! Pictures in parts.

use axum::http::StatusCode;
use topfloor::wire::{BLOB_PART, BlobAnswer, Code, MOST_BLOB};

use crate::world::{OCTETS, Phone, World, sha256};

async fn put(
    world: &World,
    phone: &Phone,
    digest: &str,
    at: usize,
    size: usize,
    part: &[u8],
) -> crate::world::Answer {
    let path = format!("/v1/blobs/{digest}?offset={at}&size={size}");
    world.ask("PUT", &path, &phone.token, part).await
}

async fn head(world: &World, phone: &Phone, digest: &str) -> (u16, String) {
    let path = format!("/v1/blobs/{digest}");
    let answer = world.ask("HEAD", &path, &phone.token, b"").await;
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("cache-control"), "no-store");
    let offset = answer.header("upload-offset").to_owned();
    (answer.status.as_u16(), offset)
}

fn picture() -> Vec<u8> {
    (0..3 * BLOB_PART / 2).map(|n| (n % 251) as u8).collect()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_cut_off() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let bytes = picture();
    let (digest, size) = (sha256(&bytes), bytes.len());
    assert_eq!(head(&world, &phone, &digest).await, (404, "0".into()));
    let first = put(&world, &phone, &digest, 0, size, &bytes[..1000]).await;
    let here = BlobAnswer {
        offset: 1000,
        complete: false,
    };
    assert_eq!(first.ok::<BlobAnswer>(), here);
    assert_eq!(head(&world, &phone, &digest).await, (404, "1000".into()));
    // A part that came before, or lies beyond: the answer says where to go on.
    for at in [0, 500, 1001] {
        let again = put(&world, &phone, &digest, at, size, &bytes[at..at + 1000]).await;
        assert_eq!(again.ok::<BlobAnswer>(), here, "{at}");
    }
    let path = format!("/v1/blobs/{digest}");
    let early = world.get(&path, &phone.token).await;
    early.refused(404, Code::NotFound);
    let mut at = 1000;
    while at < size {
        let end = (at + BLOB_PART).min(size);
        let answer: BlobAnswer = put(&world, &phone, &digest, at, size, &bytes[at..end])
            .await
            .ok();
        assert_eq!((answer.offset, answer.complete), (end as u64, end == size));
        at = end;
    }
    assert_eq!(head(&world, &phone, &digest).await, (200, size.to_string()));
    let whole = world.get(&path, &phone.token).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.header("content-type"), OCTETS);
    assert_eq!(whole.header("cache-control"), "no-store");
    assert!(whole.body == bytes);
}

#[tokio::test]
async fn bytes_of_another_digest_are_refused_and_the_right_ones_taken_after() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let (right, wrong) = (b"right bytes", b"wrong bytes");
    let digest = sha256(right);
    let answer = put(&world, &phone, &digest, 0, 11, wrong).await;
    answer.refused(422, Code::Damaged);
    put(&world, &phone, &digest, 0, 11, &wrong[..4])
        .await
        .ok::<BlobAnswer>();
    let answer = put(&world, &phone, &digest, 4, 11, &wrong[4..]).await;
    answer.refused(422, Code::Damaged);
    let answer = put(&world, &phone, &digest, 0, 11, right).await;
    assert!(answer.ok::<BlobAnswer>().complete);
    // A last part for what is not there any more is asked for from the start, not refused.
    let other = sha256(b"some bytes");
    let answer = put(&world, &phone, &other, 5, 10, b"bytes").await;
    assert_eq!(answer.ok::<BlobAnswer>().offset, 0);
}

#[tokio::test]
async fn parts_that_cannot_be_are_refused() {
    let world = World::new();
    let phone = world.phone("mei").await;
    let digest = sha256(b"x");
    let too_long = vec![0; BLOB_PART + 1];
    for (at, size, part, status, code) in [
        (0, MOST_BLOB + 1, &b"x"[..], 413, Code::TooLarge),
        (0, MOST_BLOB, &too_long[..], 413, Code::TooLarge),
        (0, 1, &b"xy"[..], 400, Code::Malformed),
        (usize::MAX, 1, &b"x"[..], 400, Code::Malformed),
    ] {
        put(&world, &phone, &digest, at, size, part)
            .await
            .refused(status, code);
    }
    for path in [
        format!("/v1/blobs/{digest}"),
        format!("/v1/blobs/{digest}?offset=0"),
        format!("/v1/blobs/{digest}?offset=-1&size=1"),
        format!("/v1/blobs/{}?offset=0&size=1", digest.to_uppercase()),
        "/v1/blobs/..%2f..%2fetc%2fpasswd?offset=0&size=1".to_owned(),
        "/v1/blobs/%ff?offset=0&size=1".to_owned(),
    ] {
        let answer = world.ask("PUT", &path, &phone.token, b"x").await;
        answer.refused(400, Code::Malformed);
    }
    for path in [
        "/v1/blobs/x",
        "/v1/blobs/..%2f..%2ftopfloor.db",
        "/v1/blobs/%ff",
    ] {
        for method in ["GET", "HEAD"] {
            let answer = world.ask(method, path, &phone.token, b"").await;
            answer.refused(404, Code::NotFound);
        }
    }
}
