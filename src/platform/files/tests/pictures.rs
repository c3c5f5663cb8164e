//! Pictures lose everything but their pixels.

use super::*;

#[test]
fn a_photograph_loses_place_and_device_and_stays_upright() {
    let before = jpeg_with_exif(6);
    assert!(holds(&before, WHERE_IT_WAS));
    let clean = run("C:\\ảnh\\IMG_1.JPG", before).unwrap();
    assert_eq!(
        (clean.name.as_str(), clean.media_type),
        ("IMG_1.JPG", "image/jpeg")
    );
    for trace in [WHERE_IT_WAS, b"Exif", b"appended"] {
        assert!(!holds(&clean.bytes, trace));
    }
    let after = image::load_from_memory(&clean.bytes).unwrap();
    // turned a quarter clockwise: what was left is on top
    assert_eq!(after.dimensions(), (20, 40));
    let [top, bottom] = [after.get_pixel(10, 5), after.get_pixel(10, 35)];
    assert!(
        top[0] > 150 && top[2] < 100 && bottom[2] > 150 && bottom[0] < 100,
        "{top:?} {bottom:?}"
    );
}

#[test]
fn png_and_webp_lose_their_metadata_too() {
    let mut png = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif(8)[6..].to_vec()).unwrap();
    two_halves().write_with_encoder(encoder).unwrap();
    assert!(holds(&png, WHERE_IT_WAS));
    let clean = run("a.png", png).unwrap();
    assert!(!holds(&clean.bytes, WHERE_IT_WAS));
    assert_eq!(
        image::load_from_memory(&clean.bytes).unwrap().dimensions(),
        (20, 40)
    );
    assert_eq!(clean.media_type, "image/png");

    let camera = run("a.webp", encoded(&two_halves(), ImageFormat::WebP)).unwrap();
    assert_eq!(
        (camera.name.as_str(), camera.media_type),
        ("a.jpg", "image/jpeg")
    );
    let glass: DynamicImage = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 100])).into();
    let clean = run("a.webp", encoded(&glass, ImageFormat::WebP)).unwrap();
    assert_eq!(clean.media_type, "image/webp");
    assert_eq!(
        image::load_from_memory(&clean.bytes)
            .unwrap()
            .get_pixel(4, 4),
        Rgba([1, 2, 3, 100])
    );
}

#[test]
fn the_head_of_a_picture_tells_its_size() {
    let (picture, png) = (two_halves(), ImageFormat::Png);
    let lossy = [
        b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a".as_slice(),
        &[40, 0, 20, 0][..],
    ]
    .concat();
    let extended = [
        b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".as_slice(),
        &[39, 0, 0, 19, 0, 0][..],
    ]
    .concat();
    for picture in [
        encoded(&picture, png),
        encoded(&picture, ImageFormat::Jpeg),
        encoded(&picture, ImageFormat::WebP),
        jpeg_with_exif(6),
        lossy,
        extended,
    ] {
        assert_eq!(pixels_of(&picture), Some(800));
        for cut in 0..picture.len() {
            // nothing, or the same
            assert!(pixels_of(&picture[..cut]).is_none_or(|pixels| pixels == 800));
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut png = encoded(&two_halves(), ImageFormat::Png);
    // 60 000 × 60 000 pixels in the header, with a right checksum
    png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    let started = Instant::now();
    assert_eq!(fault("a.png", png), Some(FileError::Broken));
    // small on the wire, honest in the header, 49 megapixels
    let large: DynamicImage = image::GrayImage::new(7_000, 7_000).into();
    let large = encoded(&large, ImageFormat::Png);
    assert!(large.len() < MAX_FILE_BYTES);
    let decoding = Instant::now();
    assert_eq!(fault("a.png", large), Some(FileError::Broken));
    assert!(
        decoding.elapsed() < Duration::from_millis(200)
            && started.elapsed() < Duration::from_secs(60)
    );
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn broken_pictures_are_told_so() {
    let png = encoded(&two_halves(), ImageFormat::Png);
    assert_eq!(
        fault("a.png", png[..png.len() / 2].to_vec()),
        Some(FileError::Broken)
    );
    assert_eq!(
        fault("a.jpg", b"\xff\xd8\xff\xe0 not a picture at all".to_vec()),
        Some(FileError::Broken)
    );
}
