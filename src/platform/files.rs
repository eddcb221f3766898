//! Files a person picks, drops or shares, their bytes on demand, and text in the encodings old systems still export.

use std::fmt;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, File, FileList, HtmlInputElement, Response, TextDecoder,
    TextDecoderOptions,
};

use super::reason;

/// A file somebody handed over. Its bytes stay where they are until they are asked for.
#[derive(Clone)]
pub struct PickedFile {
    pub name: String,
    /// As the browser guesses it from the name; often empty, and never a proof.
    pub mime: String,
    /// Bytes.
    pub size: f64,
    blob: Blob,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The file was moved, changed or its permission withdrawn after it was picked.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// The answer was not the file: no network, or a portal's page in its place.
    #[error("the file cannot be fetched: {0}")]
    NotFetched(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("this browser does not know the encoding {0:?}")]
    UnknownEncoding(String),
    #[error("the bytes are not {0}")]
    Malformed(String),
}

impl PickedFile {
    pub fn new(name: impl Into<String>, mime: impl Into<String>, blob: Blob) -> Self {
        Self {
            name: name.into(),
            mime: mime.into(),
            size: blob.size(),
            blob,
        }
    }

    /// Bytes that came inside another file.
    pub fn from_bytes(name: &str, mime: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let parts = Array::of1(&Uint8Array::from(bytes));
        Blob::new_with_u8_array_sequence_and_options(&parts, &options)
            .map(|blob| Self::new(name, mime, blob))
            .map_err(|error| FileError::Unreadable(reason(&error)))
    }

    pub fn blob(&self) -> &Blob {
        &self.blob
    }

    pub async fn bytes(&self) -> Result<Vec<u8>, FileError> {
        read(&self.blob).await
    }

    /// The bytes from `from` up to `to`, or up to the end of the file if that comes first.
    pub async fn range(&self, from: f64, to: f64) -> Result<Vec<u8>, FileError> {
        let part = self
            .blob
            .slice_with_f64_and_f64(from, to.min(self.size))
            .map_err(|error| FileError::Unreadable(reason(&error)))?;
        read(&part).await
    }

    /// The file a slice at a time, so that a very big one never stands in memory whole.
    pub fn slices(&self, bytes: u32) -> Slices {
        Slices {
            file: self.clone(),
            at: 0.0,
            step: f64::from(bytes.max(1)),
        }
    }
}

impl From<File> for PickedFile {
    fn from(file: File) -> Self {
        Self::new(file.name(), file.type_(), file.into())
    }
}

impl fmt::Debug for PickedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "PickedFile({:?}, {:?}, {} bytes)",
            self.name, self.mime, self.size
        )
    }
}

/// See [`PickedFile::slices`].
pub struct Slices {
    file: PickedFile,
    at: f64,
    step: f64,
}

impl Slices {
    /// The next slice; `None` at the end. After an error the same slice is tried again.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, FileError>> {
        if self.at >= self.file.size {
            return None;
        }
        let slice = self.file.range(self.at, self.at + self.step).await;
        if slice.is_ok() {
            self.at += self.step;
        }
        Some(slice)
    }

    /// How much has been read, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.file.size > 0.0 {
            (self.at / self.file.size).min(1.0)
        } else {
            1.0
        }
    }
}

/// What stands in a file input. The input is emptied, so that picking the same file again is heard too.
pub fn from_input(input: &HtmlInputElement) -> Vec<PickedFile> {
    let files = input
        .files()
        .map(|list| from_list(&list))
        .unwrap_or_default();
    input.set_value("");
    files
}

/// The files that were dropped. The caller prevents the event's default, which would be to leave the app for the file.
pub fn from_drop(event: &DragEvent) -> Vec<PickedFile> {
    event
        .data_transfer()
        .and_then(|data| data.files())
        .map(|list| from_list(&list))
        .unwrap_or_default()
}

pub async fn read(blob: &Blob) -> Result<Vec<u8>, FileError> {
    let buffer = JsFuture::from(blob.array_buffer())
        .await
        .map_err(|error| FileError::Unreadable(reason(&error)))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file of the app itself, such as a table under `/data/`. A page in its place (a captive portal, or the app's own
/// fallback) is refused.
pub async fn fetch_bytes(path: &str) -> Result<Vec<u8>, FileError> {
    let failed = |error: JsValue| FileError::NotFetched(format!("{path}: {}", reason(&error)));
    let refused = |why: &str| FileError::NotFetched(format!("{path}: {why}"));
    let window = web_sys::window().ok_or_else(|| refused("no window"))?;
    let response: Response = JsFuture::from(window.fetch_with_str(path))
        .await
        .map_err(failed)?
        .unchecked_into();
    if !response.ok() {
        return Err(refused(&format!("status {}", response.status())));
    }
    let kind = response
        .headers()
        .get("content-type")
        .ok()
        .flatten()
        .unwrap_or_default();
    if response.redirected() || kind.contains("text/html") {
        return Err(refused("a page in its place"));
    }
    let body = response.array_buffer().map_err(failed)?;
    let buffer: ArrayBuffer = JsFuture::from(body).await.map_err(failed)?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Reads the bytes as text in the encoding of a label of the WHATWG Encoding Standard (`utf-8`, `big5`, `gb18030`,
/// `utf-16le`, …). Bytes that do not fit are an error, so that a wrong guess of the encoding shows. A byte order mark
/// is taken off.
pub fn decode_text(bytes: &[u8], label: &str) -> Result<String, DecodeError> {
    decode(bytes, label, true)
}

/// As [`decode_text`], with U+FFFD in place of what does not fit.
pub fn decode_text_lossy(bytes: &[u8], label: &str) -> Result<String, DecodeError> {
    decode(bytes, label, false)
}

fn decode(bytes: &[u8], label: &str, fatal: bool) -> Result<String, DecodeError> {
    let options = TextDecoderOptions::new();
    options.set_fatal(fatal);
    TextDecoder::new_with_label_and_options(label, &options)
        .map_err(|_| DecodeError::UnknownEncoding(label.to_owned()))?
        .decode_with_u8_array(bytes)
        .map_err(|_| DecodeError::Malformed(label.to_owned()))
}

fn from_list(list: &FileList) -> Vec<PickedFile> {
    (0..list.length())
        .filter_map(|index| list.item(index))
        .map(PickedFile::from)
        .collect()
}
