//! A key of a passphrase, and sealing with it, by the browser's own cipher: PBKDF2 with HMAC-SHA-256, AES-256-GCM. There
//! is none where the page is not served securely.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::reason;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = importKey)]
    async fn import_key(
        format: &str,
        bytes: &Uint8Array,
        algorithm: &str,
        extractable: bool,
        usages: &Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = deriveKey)]
    async fn derive_key(
        how: &Object,
        from: &JsValue,
        into: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = encrypt)]
    async fn encrypt(how: &Object, key: &JsValue, bytes: &Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = decrypt)]
    async fn decrypt(how: &Object, key: &JsValue, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    /// The page is not served securely, or the browser is out of memory.
    #[error("the browser does not encrypt here: {0}")]
    Unavailable(String),
    /// Another passphrase, or other bytes than were sealed.
    #[error("the seal does not hold")]
    Closed,
}

/// A key that never leaves the browser's own memory.
#[derive(Debug, Clone)]
pub struct Key(JsValue);

impl Key {
    /// Derives the key; takes about a second on a phone at 600,000 rounds.
    pub async fn derive(passphrase: &[u8], salt: &[u8], rounds: u32) -> Result<Self, CryptoError> {
        let secret = Uint8Array::from(passphrase);
        let uses = Array::of1(&"deriveKey".into());
        let from = import_key("raw", &secret, "PBKDF2", false, &uses)
            .await
            .map_err(unavailable)?;
        let how = object(&[
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", Uint8Array::from(salt).into()),
            ("iterations", rounds.into()),
        ])?;
        let into = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        derive_key(&how, &from, &into, false, &uses)
            .await
            .map(Self)
            .map_err(unavailable)
    }

    /// Ciphertext with its tag of 16 bytes at the end. A nonce seals one text only.
    pub async fn seal(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        encrypt(&gcm(nonce, aad)?, &self.0, &Uint8Array::from(plain))
            .await
            .map(|buffer| Uint8Array::new(&buffer).to_vec())
            .map_err(unavailable)
    }

    /// The plain text, whole and unchanged, or an error.
    pub async fn open(
        &self,
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, CryptoError> {
        decrypt(&gcm(nonce, aad)?, &self.0, &Uint8Array::from(sealed))
            .await
            .map(|buffer| Uint8Array::new(&buffer).to_vec())
            .map_err(|_| CryptoError::Closed)
    }
}

fn gcm(nonce: &[u8; 12], aad: &[u8]) -> Result<Object, CryptoError> {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce.as_slice()).into()),
        ("additionalData", Uint8Array::from(aad).into()),
        ("tagLength", 128.into()),
    ])
}

fn object(members: &[(&str, JsValue)]) -> Result<Object, CryptoError> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).map_err(unavailable)?;
    }
    Ok(object)
}

fn unavailable(thrown: JsValue) -> CryptoError {
    CryptoError::Unavailable(reason(&thrown))
}
