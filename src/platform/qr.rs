//! QR codes on a picture, read by the browser where it can (Shape Detection API: Chrome on Android and macOS, and others
//! of that family). Elsewhere a decoder of our own is needed, which this app does not carry yet.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::files::PickedFile;
use super::{property, reason};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// This browser has no reader of QR codes.
    #[error("this browser does not read QR codes")]
    Unsupported,
    /// Not a picture, or the reader failed on it.
    #[error("the picture cannot be read: {0}")]
    Unreadable(String),
}

/// Whether this browser reads QR codes. Some have the reader and no kind of code it knows.
pub async fn can_read() -> bool {
    let Some(class) = detector() else {
        return false;
    };
    let Some(formats) = property(&class, "getSupportedFormats") else {
        return false;
    };
    let asked = formats.unchecked_into::<Function>().call0(&class);
    let Ok(asked) = asked.map(JsCast::unchecked_into::<Promise>) else {
        return false;
    };
    match JsFuture::from(asked).await {
        Ok(formats) => Array::from(&formats)
            .iter()
            .any(|format| format == "qr_code"),
        Err(_) => false,
    }
}

/// The texts of the codes on a picture; none where there is no code on it.
pub async fn read(picture: &PickedFile) -> Result<Vec<String>, QrError> {
    let unreadable = |error: JsValue| QrError::Unreadable(reason(&error));
    let class = detector().ok_or(QrError::Unsupported)?;
    let options = Object::new();
    Reflect::set(
        &options,
        &"formats".into(),
        &Array::of1(&JsValue::from_str("qr_code")),
    )
    .map_err(unreadable)?;
    let reader = Reflect::construct(&class, &Array::of1(&options)).map_err(unreadable)?;
    let found = reader
        .unchecked_into::<BarcodeDetector>()
        .detect(picture.blob())
        .map_err(unreadable)?;
    let found = JsFuture::from(found).await.map_err(unreadable)?;
    Ok(Array::from(&found)
        .iter()
        .filter_map(|code| property(&code, "rawValue")?.as_string())
        .collect())
}

fn detector() -> Option<Function> {
    property(&js_sys::global(), "BarcodeDetector")?
        .dyn_into()
        .ok()
}

#[wasm_bindgen]
extern "C" {
    /// <https://wicg.github.io/shape-detection-api/>; not in web-sys.
    type BarcodeDetector;
    #[wasm_bindgen(method, catch)]
    fn detect(this: &BarcodeDetector, picture: &Blob) -> Result<Promise, JsValue>;
}
