//! What may not get through with an attachment; the files to try it with are made here.

mod children;
mod documents;
mod papers;
mod pictures;
mod storage;

use super::{
    chunks::{CHUNK, FileKey, SEALED_CHUNK},
    clean::{plain_name, scrubbed},
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

/// A form of this network.
fn in_line(network: Option<&str>) -> Line {
    Line::new(network.map(str::to_owned), Duration::from_secs(60))
}

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

fn run(name: &str, bytes: impl Into<Bytes>) -> Result<CleanFile, FileError> {
    let mut pixels = MAX_PIXELS_TOGETHER;
    let (kind, bytes) = scrubbed(bytes.into(), &mut pixels)?;
    Ok(CleanFile {
        name: plain_name(name, kind),
        media_type: kind.media_type(),
        bytes,
    })
}

fn fault(name: &str, bytes: impl Into<Bytes>) -> Option<FileError> {
    run(name, bytes).err()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts = parts
        .iter()
        .map(|(name, content)| (*name, content.as_bytes()));
    docx_of(&parts.collect::<Vec<_>>())
}

fn docx_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let types = concat!(
        r#"<Types><Override PartName="/word/document.xml" ContentType=""#,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        r#""/></Types>"#
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", b"<w:document/>"),
    ]
    .iter()
    .chain(parts)
    {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
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
fn programs_and_files_that_are_two_things_are_refused_whatever_their_name() {
    let exe = [b"MZ\x90\0".as_slice(), &[0; 200]].concat();
    let pdf = papers::pdf(|_| {});
    assert_eq!(fault("anh.jpg", exe), Some(FileError::Kind));
    assert_eq!(
        fault("a.pdf", [pdf.clone(), docx(&[])].concat()),
        Some(FileError::Kind)
    );
    assert_eq!(
        fault("a.docx", [b"#!/bin/sh\n".to_vec(), docx(&[])].concat()),
        Some(FileError::Kind)
    );
    assert_eq!(
        fault("a.jpg", b"<html><script>".to_vec()),
        Some(FileError::Kind)
    );
    assert_eq!(
        fault(
            "a.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()
        ),
        Some(FileError::Kind)
    );
    assert_eq!(fault("a.pdf", Vec::new()), Some(FileError::Kind));
    assert_eq!(fault("a.pdf", pdf[..20].to_vec()), Some(FileError::Broken));
    assert_eq!(run("don.exe", pdf).unwrap().name, "don.pdf");
    let picture = [encoded(&two_halves(), ImageFormat::Jpeg), docx(&[])].concat();
    assert!(
        !holds(&run("a.jpg", picture).unwrap().bytes, b"PK\x05\x06"),
        "what was appended is gone"
    );
}

#[test]
fn recordings_pass_without_their_tags() {
    let tag = [b"ID3\x04\0\0\0\0\0\x14".as_slice(), b"TPE1 Nguyen Thi Thu "].concat();
    let footer = [b"APETAGEX\xd0\x07\0\0\x34\0\0\0".as_slice(), &[0; 16]].concat();
    let ape = [b"Artist Nguyen Thi Th".as_slice(), &footer].concat();
    let clean = run("ghi âm.mp3", [tag, mp3_frames(5), ape].concat()).unwrap();
    assert_eq!(
        (clean.media_type, clean.bytes.len()),
        ("audio/mpeg", 5 * 417)
    );
    assert_eq!(
        fault("a.mp3", [0xff, 0xfb, 0x90, 0x64].repeat(300)),
        Some(FileError::Kind)
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
    assert_eq!(fault("a.mp4", m4a(b"isom", b"vide")), Some(FileError::Kind));
    assert_eq!(
        fault("a.m4a", m4a(b"M4A ", b"soun")[..60].to_vec()),
        Some(FileError::Broken)
    );
}

#[tokio::test]
async fn too_large_is_too_large() {
    let cleaner = Cleaner::by("/bin/false", &[], Duration::ZERO);
    let large = Bytes::from(vec![0; MAX_FILE_BYTES + 1]);
    let fault = cleaner
        .clean("a.jpg", large, &mut 1, &mut in_line(None))
        .await
        .err();
    assert_eq!(fault, Some(FileError::Size));
}

#[test]
fn names_are_plain_and_composed() {
    let pdf = papers::pdf(|_| {});
    let name = |given: &str| run(given, pdf.clone()).unwrap().name;
    assert_eq!(name("../../etc/passwd"), "passwd.pdf");
    assert_eq!(name("Đo\u{031b}n thu\u{031b}.PDF"), "Đơn thư.PDF");
    assert_eq!(name("a\u{202e}fdp.exe"), "afdp.pdf");
    assert_eq!(name(""), "tep.pdf");
    assert!(name(&"dài".repeat(500)).chars().count() <= 130);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn noise_is_refused_without_panic(
        start in 0..8usize,
        noise in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let starts: [&[u8]; 8] = [
            b"",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\0\0\0\0WEBPVP8L",
            b"%PDF-1.4",
            b"PK\x03\x04",
            b"ID3\x03\0\0",
            b"\0\0\0\x18ftypM4A ",
        ];
        prop_assert!(fault("a", [starts[start], &noise].concat()).is_some());
    }
}
