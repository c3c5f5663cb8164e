//! A visitor with a flood: large bodies, slow connections, many pictures, a full disk, invented addresses. Another visitor is
//! served all the while, and whoever is refused reads why.

mod daily;
mod files;
mod turns;

use crate::{
    crash::Installation,
    support::{
        TestApp, feedback,
        sending::{FORM, KEY, TEXT},
        urlencoded,
    },
};
use axum::{
    body::Body,
    http::{Request, header},
};
use lang_nghe::platform::http::limits::{BodyLimit, Limits};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const MEGABYTE: usize = 1 << 20;

/// The head of a post to `path`, with what a browser would say.
fn head(path: &str, kind: &str, length: usize, more: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n\
         Content-Length: {length}\r\n{more}\r\n"
    )
}

/// Everything the other side says until it closes.
async fn answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // a connection that is reset has said what it had to
    let _end = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// One request on a connection of its own.
async fn ask(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    answer(&mut stream).await
}

async fn get(address: SocketAddr, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    ask(address, &request).await
}

/// Sends a whole form without files.
async fn send_form(address: SocketAddr, key: &str, more: &str) -> String {
    send_text(address, key, &format!("{TEXT} {key}"), more).await
}

async fn send_text(address: SocketAddr, key: &str, text: &str, more: &str) -> String {
    let body = urlencoded(&feedback(key, text));
    let more = format!("Connection: close\r\n{more}");
    let kind = "application/x-www-form-urlencoded";
    ask(address, &(head(FORM, kind, body.len(), &more) + &body)).await
}

/// A connection that begins to send a form and says no more.
async fn stalled(address: SocketAddr, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let kind = "multipart/form-data; boundary=x";
    let begun = head(FORM, kind, 9_000_000, more) + "--x\r\nContent-Disp";
    stream.write_all(begun.as_bytes()).await.unwrap();
    stream
}

/// A page of the site that says what was refused.
fn says(answer: &str, status: u16, words: &str) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status}")),
        "{answer}"
    );
    assert_eq!(answer.matches("<main").count(), 1, "{answer}");
    assert!(answer.contains(words), "{words}: {answer}");
}

/// Resident memory of a process in bytes, now and at its highest.
fn memory(process: u32, line: &str) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let of_line = status.lines().find_map(|found| found.strip_prefix(line));
    let kilobytes = of_line.unwrap().trim_start_matches(':').trim();
    let kilobytes: usize = kilobytes.trim_end_matches("kB").trim().parse().unwrap();
    kilobytes * 1024
}

/// Streams a post of 250 MB, made of one piece again and again; the first line of the answer.
fn post_250_megabytes(address: SocketAddr, path: &str, kind: &str, start: &str) -> String {
    let piece = vec![b'x'; 64 * 1024];
    let end = "\r\n--x--\r\n";
    let length = 250 * MEGABYTE;
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let begun = head(path, kind, start.len() + length + end.len(), "") + start;
    let mut sent = stream.write_all(begun.as_bytes());
    for _ in 0..length / piece.len() {
        sent = sent.and_then(|()| stream.write_all(&piece));
    }
    // whoever was answered meanwhile may have been cut off
    let _sent = sent.and_then(|()| stream.write_all(end.as_bytes()));
    let mut line = [0; 12];
    stream.read_exact(&mut line).unwrap();
    String::from_utf8_lossy(&line).into_owned()
}

#[test]
fn twenty_posts_of_250_megabytes_at_once_are_refused_and_held_nowhere() {
    let mut site = Installation::new();
    site.start();
    let (address, process) = (site.address, site.child.as_ref().unwrap().id());
    let film = "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"phim.mp4\"\r\n\r\n";
    let endless_head = "--x\r\nContent-Disposition: form-data; name=\"tep";
    let (files, fields) = (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
    );
    // the highest so far is forgotten
    fs::write(format!("/proc/{process}/clear_refs"), "5").unwrap();
    let before = memory(process, "VmRSS");
    let senders: Vec<_> = (0..20)
        .map(|turn| {
            let (path, kind, start) = match turn % 6 {
                0 => (FORM, files, film),
                1 => (FORM, fields, "noi_dung="),
                2 => (FORM, files, "no mark between parts"),
                3 => (FORM, files, endless_head),
                4 => ("/quan-tri/dang-nhap", files, film),
                _ => ("/tra-cuu", fields, "ma="),
            };
            std::thread::spawn(move || (path, post_250_megabytes(address, path, kind, start)))
        })
        .collect();
    for sender in senders {
        let (path, line) = sender.join().unwrap();
        assert_eq!(line, "HTTP/1.1 413", "{path}");
    }
    let grown = memory(process, "VmHWM").saturating_sub(before) / MEGABYTE;
    assert!(grown < 200, "{grown} MB more");
}

#[tokio::test]
async fn a_connection_without_a_whole_head_and_an_idle_one_are_let_go() {
    let limits = Limits {
        head: Duration::from_millis(200),
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let address = app.listen().await;
    let whole = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for begun in ["", "GET / HTTP/1.1\r\nHost: loc", whole] {
        // ends, or the test never does
        let told = ask(address, begun).await;
        match begun {
            "" => assert_eq!(told, "", "who asked nothing is told nothing"),
            begun if begun == whole => assert!(told.starts_with("HTTP/1.1 200"), "{told}"),
            _ => says(&told, 408, "quá chậm"),
        }
    }
}

/// Bounds in which two seconds of silence are too long.
fn impatient() -> Limits {
    let limits = Limits::default();
    let soon = |limit: BodyLimit| BodyLimit {
        idle: Duration::from_secs(2),
        rate: 256,
        ..limit
    };
    Limits {
        plain: soon(limits.plain),
        upload: soon(limits.upload),
        ..limits
    }
}

#[tokio::test]
async fn who_stops_sending_reads_why() {
    let app = TestApp::start_within(impatient()).await;
    let address = app.listen().await;
    let mut stopped = stalled(address, "Connection: close\r\n").await;
    says(&answer(&mut stopped).await, 408, "quá chậm");
    let fields = "application/x-www-form-urlencoded";
    let begun = head("/tra-cuu", fields, 100, "Connection: close\r\n") + "ma=";
    says(&ask(address, &begun).await, 408, "quá chậm");
    let program = head(
        "/tra-cuu",
        fields,
        100,
        "Connection: close\r\nAccept: application/problem+json\r\n",
    );
    let told = ask(address, &program).await;
    assert!(
        told.starts_with("HTTP/1.1 408") && told.contains("\"code\":\"TooSlow\""),
        "{told}"
    );
}

#[tokio::test]
async fn a_slow_upload_that_goes_on_arrives() {
    let app = TestApp::start_within(impatient()).await;
    let client = app.client();
    let mut body = String::new();
    for (name, value) in feedback(KEY, TEXT) {
        body +=
            &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x--\r\n";
    // sixty pieces with pauses: longer in all than a silence may be
    let size = body.len().div_ceil(60);
    let pieces: Vec<_> = body.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
    let pieces = futures::stream::unfold(pieces.into_iter(), |mut pieces| async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let piece = pieces.next()?;
        Some((Ok::<_, std::convert::Infallible>(piece), pieces))
    });
    let sent = client
        .post_raw(
            FORM,
            "multipart/form-data; boundary=x",
            Body::from_stream(pieces),
        )
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
}

#[tokio::test]
async fn one_more_than_the_connections_there_are_is_told_to_come_again() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let address = app.listen().await;
    let mut inside = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .await
            .unwrap();
        // answered, so it is inside
        stream.read_exact(&mut [0; 12]).await.unwrap();
        inside.push(stream);
    }
    let told = get(address, "/").await;
    says(&told, 503, "quá nhiều kết nối");
    assert!(told.contains("retry-after: 60"), "{told}");
    inside.clear();
    while !get(address, "/healthz").await.starts_with("HTTP/1.1 200") {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_form_shown_while_the_database_is_away_is_kept_by_nobody() {
    let app = TestApp::start().await;
    let client = app.client();
    let rename = async |from: &str, to: &str| {
        let rename = format!("alter table {from} rename to {to}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(rename))
            .execute(app.owner.pool())
            .await
            .unwrap();
    };
    let other = "/gui-phan-anh?loai=tre_hen";
    client.get("/gui-phan-anh?loai=quy_dinh").await;
    // what was read less than a minute ago is shown as it is
    app.clock.advance(time::Duration::minutes(1));
    rename("procedure_catalogue", "procedure_away").await;
    let shown = client.get(other).await;
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    rename("procedure_away", "procedure_catalogue").await;
    sqlx::query("update unit set name = 'Đơn vị vừa đổi tên' where code = 'vpdkdd'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let shown = client.get(other).await;
    assert!(shown.body().contains("Đơn vị vừa đổi tên"), "read anew");
}

#[tokio::test]
async fn invented_queries_are_answered_from_memory() {
    let app = TestApp::start().await;
    let client = app.client();
    let known = [
        "/",
        "/huong-dan",
        "/gui-phan-anh",
        "/gui-phan-anh?loai=quy_dinh",
        "/minh-bach?nam=2026",
    ];
    let mut pages = Vec::new();
    for path in known {
        pages.push(client.get(path).await.bytes.len());
    }
    // nothing can be rendered as before from now on
    for table in ["agency", "unit", "procedure_catalogue", "published_figure"] {
        let hide = format!("alter table if exists {table} rename to hidden_{table}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(hide))
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
    for turn in 0..40 {
        for (path, length) in known.iter().zip(&pages) {
            let glue = if path.contains('?') { '&' } else { '?' };
            let path = format!("{path}{glue}x{turn}={turn}&nam=1{turn}");
            let page = client.get(&path).await;
            assert_eq!((page.status(), page.bytes.len()), (200, *length), "{path}");
            assert!(!page.body().contains(&format!("x{turn}=")), "{path}");
        }
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_at_every_page_without_files() {
    let app = TestApp::start().await;
    let officer = app.sign_in("vanphong1").await;
    for path in [
        "/tra-cuu",
        "/quan-tri/dang-nhap",
        "/quan-tri/tai-khoan?viec=doi_mat_khau",
        "/quan-tri/ho-so/PA26-7K3M9Q-X?viec=ghi_chu",
    ] {
        for kind in [
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ] {
            let request = Request::post(path)
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, kind)
                .header(header::ACCEPT, "application/json");
            // without a length said beforehand
            let pieces = std::iter::repeat_n(vec![b'x'; 4096], 100);
            let pieces = pieces.map(Ok::<_, std::convert::Infallible>);
            let body = Body::from_stream(futures::stream::iter(pieces));
            let refused = officer.send(request, body).await;
            assert_eq!(refused.status(), 413, "{path} {kind}: {}", refused.text());
        }
    }
}
