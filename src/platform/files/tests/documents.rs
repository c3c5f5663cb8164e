//! Word files: bounds, and what they do not tell any more.

use super::*;
use std::io::Read as _;

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
            Some(FileError::Kind),
            "{part}"
        );
    }
    let plain_zip = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", SimpleFileOptions::default())
            .unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(fault("a.docx", plain_zip), Some(FileError::Kind));
}

/// What a document must not tell.
const WHO: &str = "Nguyen Thi Thu";

fn part(archive: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut content = Vec::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_end(&mut content)
        .unwrap();
    content
}

#[test]
fn a_word_file_names_nobody() {
    let kept = "<w:p>Nội dung</w:p>".repeat(50);
    let creator = format!("<dc:creator>{WHO}</dc:creator>");
    let remark = format!(
        "<w:comments><!-- {WHO} --><w:comment w:id='1' w:author='{WHO}' w:initials = \"{WHO}\">\
         <w:t>a > b</w:t></w:comment></w:comments>"
    );
    let change = format!("<w:ins w:id=\"3\" w:author=\"{WHO}\"><w:t>thêm</w:t></w:ins>");
    let people = format!("<w15:person w15:author=\"{WHO}\"><p userId=\"{WHO}\"/></w15:person>");
    let template = format!("<R><Relationship Target=\"file:///C:\\Users\\{WHO}\\a.dotm\"/></R>");
    let parts = [
        ("docProps/core.xml", &*creator),
        ("docProps/app.xml", &creator),
        ("docProps/thumbnail.jpeg", WHO),
        ("word/comments.xml", &remark),
        ("word/header1.xml", &change),
        ("word/people.xml", &people),
        ("word/_rels/settings.xml.rels", &template),
        ("word/a.xml", &kept),
    ];
    let clean = run("a.docx", docx(&parts)).unwrap();
    for (name, _) in parts {
        assert!(!holds(&part(&clean.bytes, name), WHO.as_bytes()), "{name}");
    }
    let remark = part(&clean.bytes, "word/comments.xml");
    let expected = "<w:comments><w:comment w:id='1' w:author='' w:initials = \"\">\
        <w:t>a > b</w:t></w:comment></w:comments>";
    assert_eq!(String::from_utf8(remark).unwrap(), expected);
    assert_eq!(part(&clean.bytes, "word/a.xml"), kept.as_bytes());
    assert!(run("a.docx", clean.bytes).is_ok());
}

#[test]
fn a_photograph_is_known_by_its_content_wherever_a_writer_put_it() {
    let photograph = jpeg_with_exif(1);
    for name in [
        "media/image1.jpg",
        "Pictures/1000.jpg",
        "word/image1.bin",
        "anh.xml",
    ] {
        let clean = run("a.docx", docx_of(&[(name, &photograph)])).unwrap();
        let after = part(&clean.bytes, name);
        assert!(!holds(&after, WHERE_IT_WAS), "{name}");
    }
    let emf = [&[1, 0, 0, 0][..], &[0; 36], b" EMF"].concat();
    for (name, content) in [
        ("word/fonts/font1.odttf", b"\x12\x34".as_slice()),
        ("word/media/image1.emf", &emf),
        ("word/media/leer.bin", b""),
    ] {
        let clean = run("a.docx", docx_of(&[(name, content)])).unwrap();
        assert_eq!(part(&clean.bytes, name), content, "{name}");
    }
}

#[test]
fn a_photograph_in_a_word_file_does_not_tell_where_it_was_taken() {
    let photograph = jpeg_with_exif(1);
    let before = docx_of(&[("word/media/image1.jpeg", &photograph)]);
    let clean = run("a.docx", before).unwrap();
    let after = part(&clean.bytes, "word/media/image1.jpeg");
    assert!(holds(&photograph, WHERE_IT_WAS) && !holds(&after, WHERE_IT_WAS));
    assert_eq!(
        image::load_from_memory(&after).unwrap().dimensions(),
        (40, 20)
    );
    for (name, content) in [
        ("media/image1.tiff", b"II*\0".as_slice()),
        ("embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
        ("word/printerSettings1.bin", b"\\\\may-in"),
        ("word/media/image1.tiff", b"II*\0"),
        ("word/embeddings/a.xlsx", b"PK\x03\x04"),
        ("word/comments.xml", b"\xff\xfe<\0"),
        ("word/comments.xml", b"<w:comment w:author=\"a"),
    ] {
        let fault = fault("a.docx", docx_of(&[(name, content)]));
        assert_eq!(fault, Some(FileError::Document), "{name}");
    }
}

#[test]
fn pictures_in_word_files_are_taken_from_the_pixels_of_the_whole_submission() {
    let picture = encoded(&two_halves(), ImageFormat::Png);
    let document: Bytes = docx_of(&[("word/media/image1.png", &picture)]).into();
    let mut left = 1500;
    let mut next = || scrubbed(document.clone(), &mut left).map(drop);
    assert_eq!(next(), Ok(()), "800 of them");
    assert_eq!(next(), Err(FileError::Pixels));
}

#[test]
fn a_word_file_that_unpacks_without_end_is_refused() {
    let zeros = "0".repeat(101 * 1024 * 1024);
    let started = Instant::now();
    let bomb = docx(&[("word/a.xml", &zeros), ("word/b.xml", &zeros)]);
    let packed = started.elapsed();
    assert!(bomb.len() < 1024 * 1024);
    let started = Instant::now();
    assert_eq!(fault("a.docx", bomb), Some(FileError::Broken));
    assert!(started.elapsed() < packed, "it is not unpacked");
}
