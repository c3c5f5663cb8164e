//! Word files.

use super::*;

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
    assert_eq!(fault("a.docx", bomb), Some(FileError::Broken));
    assert!(started.elapsed() < packed, "it is not unpacked");
}
