//! Files that are too many, too large or made to kill: what memory, disk and pixels there are is shared, and the site goes on.

use super::{head, says};
use crate::{
    crash::{self, Installation},
    support::{
        Answer, TestApp, feedback, multipart,
        sending::{FORM, KEY, TEXT, cases, kept},
        small_png, submit,
    },
};
use lang_nghe::platform::{files::Cleaner, http::limits::Limits};
use std::{
    io::{Read as _, Write as _},
    path::Path,
    time::Duration,
};

/// A document of so many bytes.
fn document(size: usize) -> Vec<u8> {
    let mut document = b"%PDF-1.7\n".to_vec();
    document.resize(size, b' ');
    document.extend(b"\n%%EOF");
    document
}

async fn send_files(app: &TestApp, files: &[(&str, &str, &str, &[u8])]) -> Answer {
    let fields = feedback(KEY, TEXT);
    app.client().post_multipart(FORM, &fields, files).await
}

#[tokio::test]
async fn without_room_for_its_files_a_form_comes_back_with_its_words() {
    let limits = Limits {
        held: 128 * 1024,
        wait: Duration::from_millis(100),
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let document = document(400 * 1024);
    let files = [("tep", "a.pdf", "application/pdf", &document[..])];
    let refused = send_files(&app, &files).await;
    assert!(refused.header("retry-after").is_some());
    kept(&app, &refused, 503, "nhiều người cùng gửi tệp").await;
    // what it held is free again
    let files = [("tep", "a.pdf", "application/pdf", &document[..64 * 1024])];
    let refused = send_files(&app, &files).await;
    assert_ne!(refused.status(), 503, "{}", refused.text());
}

#[tokio::test]
async fn on_a_full_disk_words_are_taken_and_files_are_not() {
    let limits = Limits {
        min_free: u64::MAX,
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let document = document(2000);
    let files = [("tep", "a.pdf", "application/pdf", &document[..])];
    let refused = send_files(&app, &files).await;
    assert!(refused.body().contains("Vui lòng chọn lại tệp: a.pdf"));
    kept(&app, &refused, 503, "gửi lại không kèm tệp").await;
    assert_eq!(send_files(&app, &[]).await.status(), 303);
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn pictures_have_a_budget_of_pixels_together() {
    let app = TestApp::start().await;
    let mut picture = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(6200, 5000)
        .write_to(&mut picture, image::ImageFormat::Png)
        .unwrap();
    let picture = picture.into_inner();
    let file = ("tep", "a.png", "image/png", &picture[..]);
    kept(
        &app,
        &send_files(&app, &[file; 4]).await,
        422,
        "120 triệu điểm ảnh",
    )
    .await;
    let document = word_file(&picture);
    let document = ("tep", "a.docx", "application/octet-stream", &document[..]);
    let together = [document, file, file, file];
    kept(
        &app,
        &send_files(&app, &together).await,
        422,
        "120 triệu điểm ảnh",
    )
    .await;
}

/// Notes that it was asked, reads no further and answers nothing.
fn noting(mark: &Path, then: &str) -> Cleaner {
    let script = format!("echo >> {}; {then}", mark.display());
    Cleaner::by("/bin/sh", &["-c", &script], Duration::from_secs(60))
}

#[tokio::test]
async fn no_child_is_asked_about_files_before_the_words_are_right_and_the_sending_is_counted() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("asked");
    let visitor = app.client_cleaned_by(noting(&mark, "exit 1"));
    let picture = small_png();
    let files = [("tep", "a.png", "image/png", &picture[..])];
    let refused = visitor
        .post_multipart(FORM, &feedback(KEY, ""), &files)
        .await;
    assert_eq!((refused.status(), mark.exists()), (422, false));
    // what is seen without a child is said in the same round
    let text = [("tep", "a.txt", "text/plain", &b"words"[..])];
    let refused = visitor
        .post_multipart(FORM, &feedback(KEY, ""), &text)
        .await;
    assert!(refused.body().contains("không thuộc loại nhận được"));

    let (_, code) = submit(&app).await;
    assert_eq!(
        visitor
            .post_form("/tra-cuu", &[("ma", &code)])
            .await
            .status(),
        303
    );
    let page = "/tra-cuu/ho-so?viec=nhan";
    for turn in 0..30 {
        let text = format!("Tin thứ {turn}");
        let fields = [("tin_nhan", text.as_str())];
        assert_eq!(
            visitor.post_multipart(page, &fields, &[]).await.status(),
            303
        );
    }
    let fields = [("tin_nhan", "Thêm một tin")];
    let refused = visitor.post_multipart(page, &fields, &files).await;
    assert_eq!((refused.status(), mark.exists()), (429, false));
    // the same words with a fit file are given to the child
    visitor
        .post_multipart(FORM, &feedback(KEY, TEXT), &files)
        .await;
    assert!(mark.exists());
}

#[tokio::test]
async fn where_files_wait_too_long_the_words_come_back_and_may_go_alone() {
    let limits = Limits {
        wait: Duration::from_millis(200),
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("asked");
    let visitor = app.client_cleaned_by(noting(&mark, "exec sleep 1000"));
    let picture = small_png();
    let files = [("tep", "a.png", "image/png", &picture[..])];
    let held: Vec<_> = (0..2)
        .map(|turn| {
            let (visitor, picture) = (visitor.clone(), picture.clone());
            tokio::spawn(async move {
                let (key, text) = (format!("{turn:032x}"), format!("{TEXT} {turn}"));
                let files = [("tep", "a.png", "image/png", &picture[..])];
                visitor
                    .post_multipart(FORM, &feedback(&key, &text), &files)
                    .await
            })
        })
        .collect();
    // two children are busy; a third form waits in vain
    let refused = loop {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if std::fs::read(&mark).is_ok_and(|asked| asked.len() == 2) {
            break visitor
                .post_multipart(FORM, &feedback(KEY, TEXT), &files)
                .await;
        }
    };
    kept(&app, &refused, 503, "gửi tệp sau ở trang Theo dõi").await;
    let alone = visitor
        .post_multipart(FORM, &feedback(KEY, TEXT), &[])
        .await;
    assert_eq!(alone.status(), 303, "{}", alone.text());
    held.iter().for_each(tokio::task::JoinHandle::abort);
}

/// A Word file with one picture.
fn word_file(picture: &[u8]) -> Vec<u8> {
    let types = "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.\
        wordprocessingml.document.main+xml\"/></Types>";
    let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", b"<w:document/>"),
        ("word/media/image1.png", picture),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        file.start_file(name, options).unwrap();
        file.write_all(content).unwrap();
    }
    file.finish().unwrap().into_inner()
}

/// A document of streams, the length of each in the next; `key` is how their dictionaries write it.
fn chain(key: &str, links: usize) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned(),
    ];
    for link in 0..links {
        objects.push(format!("<<{key} {} 0 R>>stream\n\nendstream", link + 5));
    }
    objects.push("0".to_owned());
    let (mut document, mut places) = ("%PDF-1.5\n".to_owned(), String::new());
    for (index, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n \n", document.len());
        document += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let (start, count) = (document.len(), objects.len() + 1);
    document += &format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    );
    document.into_bytes()
}

#[test]
fn a_document_that_kills_its_reader_is_refused_and_the_site_goes_on() {
    let mut site = Installation::new();
    site.start();
    // written plainly, and in a way that only the reader understands
    for key in ["/Length", "/L#65ngth"] {
        let document = chain(key, 5000);
        let (kind, body) = multipart(
            &feedback(KEY, TEXT),
            &[("tep", "a.pdf", "application/pdf", &document[..])],
        );
        let mut stream = std::net::TcpStream::connect(site.address).unwrap();
        let head = head(FORM, &kind, body.len(), "Connection: close\r\n");
        stream
            .write_all(&[head.as_bytes(), &body].concat())
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        says(
            &String::from_utf8_lossy(&answer),
            422,
            "Không đọc được tệp này",
        );
    }
    crash::send(site.address, KEY, TEXT).expect("a receipt for the same words");
}

#[tokio::test]
async fn words_take_their_room_too_and_come_back_where_there_is_none() {
    let limits = Limits {
        held: 64 * 1024,
        wait: Duration::from_millis(100),
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let much = "x".repeat(40 * 1024);
    let mut fields = feedback(KEY, TEXT);
    fields.extend([("thua_1", &*much), ("thua_2", &*much)]);
    let refused = app.client().post_multipart(FORM, &fields, &[]).await;
    kept(&app, &refused, 503, "Vui lòng gửi lại sau vài phút").await;
    assert_eq!(
        send_files(&app, &[]).await.status(),
        303,
        "it is free again"
    );
}
