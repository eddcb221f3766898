//! A picture made fit to be kept: upright, small, a JPEG without metadata. The browser decodes, turns and scales; the
//! position the camera wrote into the file does not come out of the canvas, and what a browser adds of its own is cut.

use std::fmt::Write;

use js_sys::{Array, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement,
    ImageBitmap, ImageBitmapOptions, ImageOrientation, ResizeQuality, Url,
};

use super::files::{self, PickedFile};
use super::jpeg;
use super::{error_name, reason};

/// The longer edge of what is kept, pixels.
const LONG_EDGE: f64 = 1600.0;
/// What a kept picture should weigh at most, bytes; a very rich one may weigh more.
const TARGET_BYTES: usize = 300_000;
/// Tried in turn until one is light enough: the longer edge in pixels and the JPEG quality.
const STEPS: [(f64, f64); 6] = [
    (1600.0, 0.82),
    (1600.0, 0.72),
    (1600.0, 0.6),
    (1280.0, 0.6),
    (1280.0, 0.45),
    (1024.0, 0.4),
];
/// No phone writes more than this, and a browser that tries to decode it may take the page with it.
const MOST_BYTES: f64 = 64.0 * 1024.0 * 1024.0;
const MOST_PIXELS: f64 = 220e6;
/// Below this a failure to decode is the picture's fault, above it most likely the memory's.
const HEAVY_PIXELS: f64 = 16e6;

/// A picture ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub jpeg: Vec<u8>,
    /// Pixels, upright.
    pub width: u32,
    pub height: u32,
    /// SHA-256 of `jpeg`, lower-case hex.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Not a picture, a broken one, or of a kind this browser cannot show (HEIC outside Apple's).
    #[error("not a picture this browser can read")]
    NotAPicture,
    #[error("the picture is too large to be decoded safely")]
    TooLarge,
    #[error("there is not enough memory to decode the picture")]
    OutOfMemory,
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    #[error("the browser failed: {0}")]
    Browser(String),
}

/// Scales, turns and re-encodes a picture; see the module.
pub async fn prepare(file: &PickedFile) -> Result<Prepared, PhotoError> {
    if file.size <= 0.0 {
        return Err(PhotoError::NotAPicture);
    }
    if file.size > MOST_BYTES {
        return Err(PhotoError::TooLarge);
    }
    let head = file
        .range(0.0, 262_144.0)
        .await
        .map_err(|error| PhotoError::Unreadable(error.to_string()))?;
    let stored = jpeg::picture_size(&head);
    let pixels = stored.map(|(width, height)| f64::from(width) * f64::from(height));
    if pixels.is_some_and(|pixels| pixels > MOST_PIXELS) {
        return Err(PhotoError::TooLarge);
    }
    let picture = Picture::decode(file.blob(), stored, pixels).await?;
    let mut best: Option<Prepared> = None;
    for (edge, quality) in STEPS {
        let prepared = picture.encode(edge, quality).await?;
        let light = prepared.jpeg.len() <= TARGET_BYTES;
        best = Some(prepared);
        if light {
            break;
        }
    }
    best.ok_or(PhotoError::NotAPicture)
}

/// The address of bytes in memory, for an `<img>` or a download; taken back when dropped.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    pub fn of(blob: &Blob) -> Result<Self, JsValue> {
        Url::create_object_url_with_blob(blob).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// The address of a stored JPEG.
pub fn object_url(jpeg: &[u8]) -> Result<ObjectUrl, PhotoError> {
    let options = BlobPropertyBag::new();
    options.set_type(JPEG);
    let parts = Array::of1(&Uint8Array::from(jpeg));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .and_then(|blob| ObjectUrl::of(&blob))
        .map_err(|error| PhotoError::Browser(reason(&error)))
}

const JPEG: &str = "image/jpeg";

/// A decoded picture, upright.
enum Picture {
    Bitmap(ImageBitmap),
    /// Safari draws a very large picture from an element in less memory than it needs for a bitmap.
    Element(HtmlImageElement),
}

impl Picture {
    async fn decode(
        blob: &Blob,
        stored: Option<(u32, u32)>,
        pixels: Option<f64>,
    ) -> Result<Self, PhotoError> {
        let failed = match bitmap(blob, stored).await {
            Ok(bitmap) => return Ok(Self::Bitmap(bitmap)),
            Err(error) => error,
        };
        if pixels.is_none_or(|pixels| pixels < HEAVY_PIXELS) {
            return Err(match error_name(&failed).as_str() {
                "InvalidStateError" | "EncodingError" | "SyntaxError" => PhotoError::NotAPicture,
                _ => PhotoError::Browser(reason(&failed)),
            });
        }
        element(blob)
            .await
            .map(Self::Element)
            .map_err(|_| PhotoError::OutOfMemory)
    }

    fn size(&self) -> (f64, f64) {
        let (width, height) = match self {
            Self::Bitmap(bitmap) => (bitmap.width(), bitmap.height()),
            Self::Element(image) => (image.natural_width(), image.natural_height()),
        };
        (f64::from(width), f64::from(height))
    }

    async fn encode(&self, edge: f64, quality: f64) -> Result<Prepared, PhotoError> {
        let (width, height) = self.size();
        if width < 1.0 || height < 1.0 {
            return Err(PhotoError::NotAPicture);
        }
        let scale = (edge / width.max(height)).min(1.0);
        let (width, height) = (
            (width * scale).round().max(1.0),
            (height * scale).round().max(1.0),
        );
        let canvas = canvas(width, height)?;
        self.draw(&canvas, width, height)?;
        let blob = to_blob(&canvas, quality).await?;
        // A canvas keeps its memory until it is collected, and Safari has little of it for all canvases together.
        canvas.set_width(0);
        canvas.set_height(0);
        if blob.type_() != JPEG {
            return Err(PhotoError::Browser(format!(
                "encoded {} instead of a JPEG",
                blob.type_()
            )));
        }
        let bytes = files::read(&blob)
            .await
            .map_err(|error| PhotoError::Browser(error.to_string()))?;
        let jpeg = jpeg::without_metadata(&bytes)
            .ok_or_else(|| PhotoError::Browser("encoded something that is no JPEG".to_owned()))?;
        let sha256 = hex(&Sha256::digest(&jpeg));
        Ok(Prepared {
            jpeg,
            width: width as u32,
            height: height as u32,
            sha256,
        })
    }

    fn draw(&self, canvas: &HtmlCanvasElement, width: f64, height: f64) -> Result<(), PhotoError> {
        let failed = |error: JsValue| PhotoError::Browser(reason(&error));
        let context: CanvasRenderingContext2d = canvas
            .get_context("2d")
            .map_err(failed)?
            .ok_or(PhotoError::OutOfMemory)?
            .unchecked_into();
        // A JPEG has no transparency; what was see-through would come out black.
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, width, height);
        context.set_image_smoothing_enabled(true);
        match self {
            Self::Bitmap(bitmap) => {
                context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
            }
            Self::Element(image) => context
                .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height),
        }
        .map_err(failed)
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        if let Self::Bitmap(bitmap) = self {
            bitmap.close();
        }
    }
}

/// Decodes upright. Only one edge is given, so that no reading of the orientation can distort the picture: the one that
/// is long as stored, which leaves at least [`LONG_EDGE`] on the longer edge however the picture is turned.
async fn bitmap(blob: &Blob, stored: Option<(u32, u32)>) -> Result<ImageBitmap, JsValue> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    match stored {
        Some((width, height)) if f64::from(width.max(height)) > LONG_EDGE => {
            options.set_resize_quality(ResizeQuality::High);
            match width >= height {
                true => options.set_resize_width(LONG_EDGE as u32),
                false => options.set_resize_height(LONG_EDGE as u32),
            }
        }
        _ => {}
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let promise = window.create_image_bitmap_with_blob_and_image_bitmap_options(blob, &options)?;
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

async fn element(blob: &Blob) -> Result<HtmlImageElement, JsValue> {
    let url = ObjectUrl::of(blob)?;
    let image = HtmlImageElement::new()?;
    image.set_src(url.as_str());
    JsFuture::from(image.decode()).await?;
    Ok(image)
}

fn canvas(width: f64, height: f64) -> Result<HtmlCanvasElement, PhotoError> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or_else(|| PhotoError::Browser("no document".to_owned()))?;
    let canvas: HtmlCanvasElement = document
        .create_element("canvas")
        .map_err(|error| PhotoError::Browser(reason(&error)))?
        .unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    Ok(canvas)
}

async fn to_blob(canvas: &HtmlCanvasElement, quality: f64) -> Result<Blob, PhotoError> {
    let (send, receive) = futures::channel::oneshot::channel();
    let on_blob = Closure::once_into_js(move |blob: Option<Blob>| {
        let _ = send.send(blob);
    });
    canvas
        .to_blob_with_type_and_encoder_options(on_blob.unchecked_ref(), JPEG, &quality.into())
        .map_err(|error| PhotoError::Browser(reason(&error)))?;
    // No blob means that the canvas had no memory behind it.
    receive.await.ok().flatten().ok_or(PhotoError::OutOfMemory)
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
