//! Pictures: decoded within bounds, turned upright, encoded again. Everything but pixels (EXIF,
//! GPS, comments, thumbnails, appended data) is gone.

use super::{MAX_FILE_BYTES, clean::FileError, kind::Kind};
use image::{
    DynamicImage, ImageDecoder, ImageEncoder as _, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
        webp::WebPEncoder,
    },
};
use std::io::Cursor;

/// 40 megapixels: more than the main cameras of phones give by default.
pub(super) const MAX_PIXELS: u64 = 40_000_000;
const MAX_SIDE: u32 = 20_000;
/// Memory for 40 megapixels of four bytes, and some to work with.
const MAX_ALLOC: u64 = 192 * 1024 * 1024;
const JPEG_QUALITY: u8 = 85;

/// The same picture, pixels only. WebP becomes JPEG unless it has transparency: opaque WebP comes
/// from a camera. Its pixels are taken off those that are left.
pub(super) fn clean(
    kind: Kind,
    bytes: &[u8],
    left: &mut u64,
) -> Result<(Kind, Vec<u8>), FileError> {
    let needed = pixels(kind, bytes).ok_or(FileError::Broken)?;
    *left = left.checked_sub(needed).ok_or(FileError::Pixels)?;
    let picture = decode(kind, bytes)?;
    let encoded = match kind {
        Kind::Png => png(&picture).map(|bytes| (Kind::Png, bytes)),
        Kind::Webp if picture.color().has_alpha() => {
            webp(&picture).map(|bytes| (Kind::Webp, bytes))
        }
        _ => return jpeg(&picture),
    }?;
    // encoded without loss, a photograph may outgrow the limit that the submitter respected
    if encoded.1.len() > MAX_FILE_BYTES {
        jpeg(&picture)
    } else {
        Ok(encoded)
    }
}

/// The size that the picture's head names, in pixels; `None` if it has none, or more than any picture may have.
fn pixels(kind: Kind, bytes: &[u8]) -> Option<u64> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format(kind));
    let (width, height) = reader.into_dimensions().ok()?;
    Some(u64::from(width) * u64::from(height)).filter(|pixels| *pixels <= MAX_PIXELS)
}

fn format(kind: Kind) -> ImageFormat {
    match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    }
}

fn decode(kind: Kind, bytes: &[u8]) -> Result<DynamicImage, FileError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(kind));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| FileError::Broken)?;
    let (width, height) = decoder.dimensions();
    // checked before any pixel is decoded, so that a bomb costs nothing
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_ALLOC {
        return Err(FileError::Broken);
    }
    let orientation = decoder.orientation().map_err(|_| FileError::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| FileError::Broken)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, FileError> {
    let mut out = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive);
    picture
        .write_with_encoder(encoder)
        .map_err(|_| FileError::Broken)?;
    Ok(out)
}

fn webp(picture: &DynamicImage) -> Result<Vec<u8>, FileError> {
    let mut out = Vec::new();
    picture
        .to_rgba8()
        .write_with_encoder(WebPEncoder::new_lossless(&mut out))
        .map_err(|_| FileError::Broken)?;
    Ok(out)
}

fn jpeg(picture: &DynamicImage) -> Result<(Kind, Vec<u8>), FileError> {
    let mut out = Vec::new();
    let flat = if picture.color().has_alpha() {
        on_white(picture)
    } else {
        picture.to_rgb8()
    };
    JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
        .write_image(
            flat.as_raw(),
            flat.width(),
            flat.height(),
            image::ExtendedColorType::Rgb8,
        )
        .map_err(|_| FileError::Broken)?;
    Ok((Kind::Jpeg, out))
}

/// Transparent parts become white, as on paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let source = picture.to_rgba8();
    RgbImage::from_fn(source.width(), source.height(), |x, y| {
        let [r, g, b, alpha] = source.get_pixel(x, y).0;
        let over = |c: u8| {
            ((u16::from(c) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255) as u8
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}
