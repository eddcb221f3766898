//! Sealing by the browser's cipher.

use topfloor::platform::crypto::{CryptoError, Key};
use wasm_bindgen_test::wasm_bindgen_test;

const PASSPHRASE: &[u8] = b"rain over Kowloon 1947";

async fn key(passphrase: &[u8]) -> Key {
    Key::derive(passphrase, &[7; 16], 600_000).await.unwrap()
}

#[wasm_bindgen_test]
async fn what_is_sealed_opens_with_its_passphrase_only() {
    let mine = key(PASSPHRASE).await;
    let plain = "半句 🏙".repeat(1000).into_bytes();
    let sealed = mine.seal(&[1; 12], b"head", &plain).await.unwrap();
    assert_eq!(sealed.len(), plain.len() + 16);
    assert_eq!(mine.open(&[1; 12], b"head", &sealed).await.unwrap(), plain);

    let other = key(b"rain over Kowloon 1948").await;
    let closed = Err(CryptoError::Closed);
    assert_eq!(other.open(&[1; 12], b"head", &sealed).await, closed);
    assert_eq!(mine.open(&[2; 12], b"head", &sealed).await, closed);
    assert_eq!(mine.open(&[1; 12], b"heap", &sealed).await, closed);
    assert_eq!(mine.open(&[1; 12], b"head", &sealed[..40]).await, closed);
    assert_eq!(mine.open(&[1; 12], b"head", b"").await, closed);
}

/// The server's tests of the rescue file have this vector too.
#[wasm_bindgen_test]
async fn the_browser_and_the_server_make_the_same_seal() {
    let key = key(PASSPHRASE).await;
    let sealed = key.seal(&[9; 12], b"line", b"topfloor").await.unwrap();
    let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "5f174631726bce8c317aca57547d2c12a2d7daf7baf57297");
    let opened = key.open(&[9; 12], b"line", &sealed).await.unwrap();
    assert_eq!(opened, b"topfloor");
}
