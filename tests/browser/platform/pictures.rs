use js_sys::{Array, Function, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use topfloor::platform::jpeg::{picture_size, without_metadata};
use topfloor::platform::photo::{self, PhotoError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

use super::{document, picked};

fn canvas(width: u32, height: u32) -> (HtmlCanvasElement, CanvasRenderingContext2d) {
    let canvas: HtmlCanvasElement = document()
        .create_element("canvas")
        .unwrap()
        .unchecked_into();
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

async fn encoded(canvas: &HtmlCanvasElement, mime: &str) -> Vec<u8> {
    let promise = js_sys::Promise::new(&mut |resolve: Function, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            resolve.call1(&JsValue::UNDEFINED, &blob).unwrap();
        });
        canvas
            .to_blob_with_type(done.unchecked_ref(), mime)
            .unwrap();
    });
    let blob: web_sys::Blob = JsFuture::from(promise).await.unwrap().unchecked_into();
    let buffer = JsFuture::from(blob.array_buffer()).await.unwrap();
    Uint8Array::new(&buffer).to_vec()
}

/// A picture red on the left and blue on the right.
async fn red_and_blue(width: u32, height: u32, mime: &str) -> Vec<u8> {
    let (canvas, context) = canvas(width, height);
    let half = f64::from(width) / 2.0;
    context.set_fill_style_str("#ff0000");
    context.fill_rect(0.0, 0.0, half, f64::from(height));
    context.set_fill_style_str("#0000ff");
    context.fill_rect(half, 0.0, half, f64::from(height));
    encoded(&canvas, mime).await
}

/// An Exif segment as a camera writes it: turned by orientation 6, taken at 22°18' north, 114°10' east.
fn exif_with_position() -> Vec<u8> {
    let mut tiff: Vec<u8> = Vec::new();
    tiff.extend(b"MM\0\x2a\0\0\0\x08");
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = Vec::from(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(count.to_be_bytes());
        bytes.extend(value);
        bytes
    };
    // The first directory at 8: orientation, and where the position's directory is (8 + 2 + 2·12 + 4 = 38).
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 38_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    // The position at 38, its numbers at 38 + 2 + 4·12 + 4 = 92.
    tiff.extend(4_u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 92_u32.to_be_bytes()));
    tiff.extend(entry(3, 2, 2, *b"E\0\0\0"));
    tiff.extend(entry(4, 5, 3, 116_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    for degrees in [[22_u32, 18, 0], [114, 10, 0]] {
        for part in degrees {
            tiff.extend(part.to_be_bytes());
            tiff.extend(1_u32.to_be_bytes());
        }
    }
    segment(0xe1, &[b"Exif\0\0".as_slice(), &tiff].concat())
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap();
    [&[0xff, marker], length.to_be_bytes().as_slice(), body].concat()
}

fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Red, green and blue of a pixel of the JPEG as a browser shows it.
async fn pixel(jpeg: &[u8], x: f64, y: f64) -> [u8; 3] {
    let url = photo::object_url(jpeg).unwrap();
    let image = HtmlImageElement::new().unwrap();
    image.set_src(url.as_str());
    JsFuture::from(image.decode()).await.unwrap();
    let (_, context) = canvas(image.natural_width(), image.natural_height());
    context
        .draw_image_with_html_image_element(&image, 0.0, 0.0)
        .unwrap();
    let read: Function = Reflect::get(&context, &"getImageData".into())
        .unwrap()
        .unchecked_into();
    let area = Array::of4(&x.into(), &y.into(), &1.into(), &1.into());
    let data = read.apply(&context, &area).unwrap();
    let data = Reflect::get(&data, &"data".into()).unwrap();
    let bytes = Uint8Array::new(&Reflect::get(&data, &"buffer".into()).unwrap()).to_vec();
    [bytes[0], bytes[1], bytes[2]]
}

#[wasm_bindgen_test]
async fn a_camera_picture_loses_its_position_and_stands_upright() {
    let plain = red_and_blue(2000, 1000, "image/jpeg").await;
    let taken = with_segments(&plain, &[exif_with_position()]);
    assert!(contains(&taken, b"Exif"));
    let kept = photo::prepare(&picked("IMG_0001.jpg", "image/jpeg", &taken))
        .await
        .unwrap();
    // Turned clockwise by a quarter: the left edge is on top.
    assert_eq!((kept.width, kept.height), (800, 1600));
    assert_eq!(picture_size(&kept.jpeg), Some((800, 1600)));
    let top = pixel(&kept.jpeg, 400.0, 100.0).await;
    let bottom = pixel(&kept.jpeg, 400.0, 1500.0).await;
    assert!(top[0] > 200 && top[2] < 60, "{top:?}");
    assert!(bottom[2] > 200 && bottom[0] < 60, "{bottom:?}");
    assert!(!contains(&kept.jpeg, b"Exif") && !contains(&kept.jpeg, b"GPS"));
    assert!(kept.jpeg.len() <= 300_000);
    let digest: String = Sha256::digest(&kept.jpeg)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(kept.sha256, digest);
}

#[wasm_bindgen_test]
async fn small_pictures_keep_their_size_and_transparency_turns_white() {
    let (small, _) = canvas(40, 30);
    let png = encoded(&small, "image/png").await;
    let kept = photo::prepare(&picked("clear.png", "image/png", &png))
        .await
        .unwrap();
    assert_eq!((kept.width, kept.height), (40, 30));
    assert_eq!(pixel(&kept.jpeg, 20.0, 15.0).await, [255, 255, 255]);
}

#[wasm_bindgen_test]
async fn a_busy_picture_is_made_lighter_step_by_step() {
    let (busy, context) = canvas(2400, 1800);
    let mut seed = 1_u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from((seed >> 8) % below)
    };
    for _ in 0..60_000 {
        context.set_fill_style_str(&format!("rgb({},{},{})", next(256), next(256), next(256)));
        context.fill_rect(next(2400), next(1800), 9.0, 7.0);
    }
    let jpeg = encoded(&busy, "image/jpeg").await;
    let kept = photo::prepare(&picked("busy.jpg", "image/jpeg", &jpeg))
        .await
        .unwrap();
    assert!(
        kept.width < 1600,
        "{} wide, {} bytes",
        kept.width,
        kept.jpeg.len()
    );
    assert!(kept.jpeg.len() < jpeg.len() / 2);
}

#[wasm_bindgen_test]
async fn a_48_megapixel_picture_is_taken() {
    let jpeg = red_and_blue(8064, 6048, "image/jpeg").await;
    let kept = photo::prepare(&picked("large.jpg", "image/jpeg", &jpeg))
        .await
        .unwrap();
    assert_eq!((kept.width, kept.height), (1600, 1200));
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_refused_by_name() {
    let refused = async |bytes: &[u8]| photo::prepare(&picked("x.jpg", "image/jpeg", bytes)).await;
    assert_eq!(refused(b"").await, Err(PhotoError::NotAPicture));
    assert_eq!(
        refused(b"not a picture at all").await,
        Err(PhotoError::NotAPicture)
    );
    let jpeg = red_and_blue(64, 64, "image/jpeg").await;
    assert_eq!(refused(&jpeg[..40]).await, Err(PhotoError::NotAPicture));
    // A few bytes that claim 30,000 × 30,000 pixels are not handed to the decoder.
    let bomb = [
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(),
        &30_000_u32.to_be_bytes(),
        &30_000_u32.to_be_bytes(),
    ]
    .concat();
    assert_eq!(refused(&bomb).await, Err(PhotoError::TooLarge));
}

#[wasm_bindgen_test]
async fn sizes_are_read_from_the_head_alone() {
    for mime in ["image/jpeg", "image/png", "image/webp"] {
        let bytes = red_and_blue(321, 123, mime).await;
        // WebKitGTK writes a PNG where a WebP is asked for, which is read as well.
        assert_eq!(picture_size(&bytes), Some((321, 123)), "{mime}");
    }
    assert_eq!(
        picture_size(b"GIF89a\x41\x01\x7b\x00\x00\x00\x00"),
        Some((321, 123))
    );
    let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x40\x01\0\x7a\0\0";
    assert_eq!(picture_size(extended), Some((321, 123)));
    let jpeg = red_and_blue(321, 123, "image/jpeg").await;
    for cut in 0..jpeg.len() {
        // Never a panic, and never another size.
        assert!(matches!(
            picture_size(&jpeg[..cut]),
            None | Some((321, 123))
        ));
    }
}

#[wasm_bindgen_test]
async fn every_kind_of_metadata_is_cut_and_nothing_else() {
    let plain = red_and_blue(64, 32, "image/jpeg").await;
    let clean = without_metadata(&plain).unwrap();
    let noisy = with_segments(
        &plain,
        &[
            exif_with_position(),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            segment(0xed, b"Photoshop 3.0\0"),
            segment(0xe2, b"MPF\0"),
            segment(0xfe, b"a comment"),
            vec![0xff, 0xff],
        ],
    );
    // The fill bytes belong to no segment.
    assert_eq!(without_metadata(&noisy).unwrap(), clean);
    assert_eq!(without_metadata(&clean).unwrap(), clean);
    let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01rest");
    let coloured =
        without_metadata(&with_segments(&clean, std::slice::from_ref(&profile))).unwrap();
    assert!(contains(&coloured, &profile));
    for cut in 0..80 {
        // A piece of a JPEG is none.
        assert_eq!(without_metadata(&noisy[..cut]), None);
    }
}
