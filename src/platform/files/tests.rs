//! What attachments are kept from, tried.

use super::{
    chunks::{CHUNK, FileKey, SEALED_CHUNK},
    clean::clean_now,
    *,
};
use crate::platform::vault::Vault;
use bytes::Bytes;
use image::{
    DynamicImage, GenericImageView as _, ImageEncoder as _, ImageFormat, Rgb, RgbImage, Rgba,
    RgbaImage,
};
use proptest::prelude::*;
use std::{
    io::{Cursor, Write as _},
    time::{Duration, Instant},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const WHERE_IT_WAS: &[u8] = b"GPS 10.0452N 105.7469E";

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// 40 wide, 20 high, the left half red, the right half blue.
fn two_halves() -> DynamicImage {
    RgbImage::from_fn(40, 20, |x, _| {
        if x < 20 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
    .into()
}

/// TIFF with orientation `turn` and a telltale behind it.
fn exif(turn: u8) -> Vec<u8> {
    let tiff = [
        b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".as_slice(),
        &[turn, 0, 0, 0, 0, 0, 0, 0],
        WHERE_IT_WAS,
    ]
    .concat();
    [b"Exif\0\0".as_slice(), &tiff].concat()
}

fn jpeg_with_exif(turn: u8) -> Vec<u8> {
    let plain = encoded(&two_halves(), ImageFormat::Jpeg);
    let exif = exif(turn);
    let length = ((exif.len() + 2) as u16).to_be_bytes();
    [
        &plain[..2],
        &[0xff, 0xe1],
        &length,
        &exif,
        &plain[2..],
        b"appended after the end",
    ]
    .concat()
}

fn run(name: &str, bytes: impl Into<Bytes>) -> Result<CleanFile, FileFault> {
    clean_now(name, bytes.into())
}

fn fault(name: &str, bytes: impl Into<Bytes>) -> Option<FileFault> {
    run(name, bytes).err()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let types = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", types),
        ("word/document.xml", "<w:document/>"),
    ]
    .iter()
    .chain(parts)
    {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
fn mp3_frames(count: usize) -> Vec<u8> {
    let mut frame = vec![0u8; 417];
    frame[..4].copy_from_slice(&[0xff, 0xfb, 0x90, 0x64]);
    frame.repeat(count)
}

fn mp4_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [
        &((content.len() + 8) as u32).to_be_bytes()[..],
        name,
        content,
    ]
    .concat()
}

fn m4a(brand: &[u8; 4], handler: &[u8; 4]) -> Vec<u8> {
    let track = mp4_box(
        b"trak",
        &mp4_box(
            b"mdia",
            &mp4_box(b"hdlr", &[&[0; 8][..], handler, &[0; 12]].concat()),
        ),
    );
    let tags = mp4_box(b"udta", &mp4_box(b"\xa9xyz", b"+10.0452+105.7469/"));
    let movie = mp4_box(b"moov", &[track, tags].concat());
    [
        mp4_box(b"ftyp", &[brand.as_slice(), &[0; 4], b"isom"].concat()),
        movie,
        mp4_box(b"mdat", &[7; 100]),
    ]
    .concat()
}

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
fn a_bomb_is_refused_before_it_goes_off() {
    let mut png = encoded(&two_halves(), ImageFormat::Png);
    // 60 000 × 60 000 pixels in the header, with a right checksum
    png[16..20].copy_from_slice(&60_000u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000u32.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    let started = Instant::now();
    assert_eq!(fault("a.png", png), Some(FileFault::Broken));
    // small on the wire, honest in the header, 49 megapixels
    let large: DynamicImage = image::GrayImage::new(7_000, 7_000).into();
    let large = encoded(&large, ImageFormat::Png);
    assert!(large.len() < MAX_FILE_BYTES);
    let decoding = Instant::now();
    assert_eq!(fault("a.png", large), Some(FileFault::Broken));
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
        Some(FileFault::Broken)
    );
    assert_eq!(
        fault("a.jpg", b"\xff\xd8\xff\xe0 not a picture at all".to_vec()),
        Some(FileFault::Broken)
    );
}

#[test]
fn programs_and_files_that_are_two_things_are_refused_whatever_their_name() {
    let exe = [b"MZ\x90\0".as_slice(), &[0; 200]].concat();
    let pdf = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".to_vec();
    assert_eq!(fault("anh.jpg", exe), Some(FileFault::Kind));
    assert_eq!(
        fault("a.pdf", [pdf.clone(), docx(&[])].concat()),
        Some(FileFault::Kind)
    );
    assert_eq!(
        fault("a.docx", [b"#!/bin/sh\n".to_vec(), docx(&[])].concat()),
        Some(FileFault::Kind)
    );
    assert_eq!(
        fault("a.jpg", b"<html><script>".to_vec()),
        Some(FileFault::Kind)
    );
    assert_eq!(
        fault(
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()
        ),
        Some(FileFault::Kind)
    );
    assert_eq!(fault("a.pdf", Vec::new()), Some(FileFault::Kind));
    assert_eq!(fault("a.pdf", pdf[..20].to_vec()), Some(FileFault::Broken));
    assert_eq!(run("don.exe", pdf).unwrap().name, "don.pdf");
    let picture = [encoded(&two_halves(), ImageFormat::Jpeg), docx(&[])].concat();
    assert!(
        !holds(&run("a.jpg", picture).unwrap().bytes, b"PK\x05\x06"),
        "what was appended is gone"
    );
}

#[test]
fn word_files_without_macros_pass() {
    assert_eq!(run("Đơn.docx", docx(&[])).unwrap().name, "Đơn.docx");
    for part in [
        "word/vbaProject.bin",
        "../evil.xml",
        "word/embeddings/run.exe",
        "word/activeX/activeX1.bin",
    ] {
        assert_eq!(
            fault("a.docx", docx(&[(part, "x")])),
            Some(FileFault::Kind),
            "{part}"
        );
    }
    let plain_zip = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", SimpleFileOptions::default())
            .unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(fault("a.docx", plain_zip), Some(FileFault::Kind));
}

#[test]
fn a_word_file_does_not_name_its_author() {
    let kept = "<w:p>Nội dung</w:p>".repeat(50);
    let parts = [
        (
            "docProps/core.xml",
            "<dc:creator>Nguyen Thi Thu</dc:creator>",
        ),
        ("docProps/app.xml", "<Company>Nha</Company>"),
        ("word/a.xml", &kept),
    ];
    let clean = run("a.docx", docx(&parts)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&clean.bytes[..])).unwrap();
    let mut read = |name| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    assert!(
        !read("docProps/core.xml").contains("Nguyen") && !read("docProps/app.xml").contains("Nha")
    );
    assert_eq!(read("word/a.xml"), kept);
    assert!(run("a.docx", clean.bytes).is_ok());
}

#[test]
fn a_word_file_that_unpacks_without_end_is_refused() {
    let zeros = "0".repeat(101 * 1024 * 1024);
    let started = Instant::now();
    let bomb = docx(&[("word/a.xml", &zeros), ("word/b.xml", &zeros)]);
    let packed = started.elapsed();
    assert!(bomb.len() < 1024 * 1024);
    let started = Instant::now();
    assert_eq!(fault("a.docx", bomb), Some(FileFault::Broken));
    assert!(started.elapsed() < packed, "it is not unpacked");
}

#[test]
fn recordings_pass_without_their_tags() {
    let tag = [b"ID3\x04\0\0\0\0\0\x14".as_slice(), b"TPE1 Nguyen Thi Thu "].concat();
    let clean = run("ghi âm.mp3", [tag, mp3_frames(5)].concat()).unwrap();
    assert_eq!(
        (clean.media_type, clean.bytes.len()),
        ("audio/mpeg", 5 * 417)
    );
    assert_eq!(
        fault("a.mp3", [0xff, 0xfb, 0x90, 0x64].repeat(300)),
        Some(FileFault::Kind)
    );

    for brand in [b"M4A ", b"mp42", b"isom"] {
        let before = m4a(brand, b"soun");
        assert!(holds(&before, b"+10.0452"));
        let clean = run("Bản ghi.m4a", before.clone()).unwrap();
        assert_eq!(
            (clean.media_type, clean.bytes.len()),
            ("audio/mp4", before.len())
        );
        assert!(!holds(&clean.bytes, b"+10.0452"));
    }
    assert_eq!(fault("a.mp4", m4a(b"isom", b"vide")), Some(FileFault::Kind));
    assert_eq!(
        fault("a.m4a", m4a(b"M4A ", b"soun")[..60].to_vec()),
        Some(FileFault::Broken)
    );
}

#[tokio::test]
async fn too_large_is_too_large() {
    let fault = clean("a.jpg", Bytes::from(vec![0; MAX_FILE_BYTES + 1]))
        .await
        .err();
    assert_eq!(fault, Some(FileFault::Size));
}

#[test]
fn names_are_plain_and_composed() {
    let pdf = || Bytes::from_static(b"%PDF-1.4\n%%EOF\n");
    let name = |given: &str| run(given, pdf()).unwrap().name;
    assert_eq!(name("../../etc/passwd"), "passwd.pdf");
    assert_eq!(name("Đo\u{031b}n thu\u{031b}.PDF"), "Đơn thư.PDF");
    assert_eq!(name("a\u{202e}fdp.exe"), "afdp.pdf");
    assert_eq!(name(""), "tep.pdf");
    assert!(name(&"dài".repeat(500)).chars().count() <= 130);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn noise_is_refused_without_panic(start in 0..8usize, noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        let starts: [&[u8]; 8] = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8L", b"%PDF-1.4", b"PK\x03\x04", b"ID3\x03\0\0", b"\0\0\0\x18ftypM4A "];
        prop_assert!(fault("a", [starts[start], &noise].concat()).is_some());
    }

    #[test]
    fn a_sealed_file_opens_whole_and_only_whole(length in 0..300_000usize, at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let key = Vault::for_tests().0.new_case_key();
        let plain: Vec<u8> = (0..length).map(|i| (i * 31 % 251) as u8).collect();
        let sealed = FileKey::fresh(1, &key).seal(&plain);
        let open = |id, stored: &[u8]| FileKey::of(id, &key, stored).and_then(|file| file.open(stored));
        prop_assert_eq!(open(1, &sealed).unwrap(), plain);
        prop_assert!(open(2, &sealed).is_err());
        let mut changed = sealed.clone();
        changed[at.index(sealed.len())] ^= 1 << bit;
        prop_assert!(open(1, &changed).is_err());
        prop_assert!(open(1, &sealed[..at.index(sealed.len())]).is_err());
    }
}

#[test]
fn chunks_cannot_be_cut_swapped_repeated_or_mixed() {
    let key = Vault::for_tests().0.new_case_key();
    let plain = vec![1; 3 * CHUNK];
    let [one, two] = [
        FileKey::fresh(1, &key).seal(&plain),
        FileKey::fresh(1, &key).seal(&plain),
    ];
    assert_eq!(one.len(), 19 + 4 * SEALED_CHUNK);
    let chunk =
        |file: &[u8], n: usize| file[19 + n * SEALED_CHUNK..19 + (n + 1) * SEALED_CHUNK].to_vec();
    let build = |chunks: &[Vec<u8>]| [one[..19].to_vec(), chunks.concat()].concat();
    let [a, b, c, d] = [0, 1, 2, 3].map(|n| chunk(&one, n));
    let open = |stored: Vec<u8>| {
        FileKey::of(1, &key, &stored)
            .and_then(|file| file.open(&stored))
            .is_ok()
    };
    assert!(open(build(&[a.clone(), b.clone(), c.clone(), d.clone()])));
    assert!(!open(build(&[a.clone(), b.clone(), c.clone()])));
    assert!(!open(build(&[a.clone(), c.clone(), b.clone(), d.clone()])));
    assert!(!open(build(&[
        a.clone(),
        b.clone(),
        c.clone(),
        d.clone(),
        d.clone()
    ])));
    assert!(!open(build(&[a, chunk(&two, 1), c, d])));
    assert!(!open(build(&[])));
}

#[tokio::test]
async fn the_store_keeps_gives_and_forgets() {
    let dir = tempfile::tempdir().unwrap();
    let config = crate::platform::config::Config {
        database_url: None,
        data_dir: dir.path().to_owned(),
        listen: ([127, 0, 0, 1], 0).into(),
        metrics_listen: None,
        public_url: String::new(),
        smtp_url: None,
        site_root: dir.path().to_owned(),
        trusted_proxies: Default::default(),
    };
    let (store, key) = (
        FileStore::open(&config).unwrap(),
        Vault::for_tests().0.new_case_key(),
    );
    let words = b"mot cau khong ai duoc doc".repeat(4000);
    store.put(7, &key, &words).await.unwrap();
    assert_eq!(store.get(7, &key).await.unwrap(), words);
    assert!(
        store
            .get(7, &Vault::for_tests().0.new_case_key())
            .await
            .is_err()
    );
    let file = dir.path().join("files/00").join(format!("{:032x}", 7));
    assert!(!holds(&std::fs::read(&file).unwrap(), &words[..25]));
    assert_eq!(
        std::fs::metadata(dir.path().join("files"))
            .map(|m| std::os::unix::fs::PermissionsExt::mode(&m.permissions()) & 0o777)
            .unwrap(),
        0o700
    );
    store.remove(7).await.unwrap();
    store.remove(7).await.unwrap();
    assert_eq!(
        store.get(7, &key).await,
        Err(crate::error::AppError::NotFound)
    );
}
