//! The edge of the site as programs and browsers see it: refusals in words, methods, hosts, slashes, validators, codings.

use crate::support::{Answer, Client, TestApp, act, follow, submit};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use std::io::Read as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const HTML: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

async fn ask(client: &Client, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request, Body::empty()).await
}

async fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(client, Method::GET, path, headers).await
}

type Headers = &'static [(&'static str, &'static str)];

/// Requests that are refused, and with what.
fn refused() -> Vec<(Method, &'static str, Headers, u16)> {
    let ours: Headers = &[("sec-fetch-site", "same-origin")];
    let foreign: Headers = &[("sec-fetch-site", "cross-site")];
    let large: Headers = &[
        ("sec-fetch-site", "same-origin"),
        ("content-length", "250000000"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    let no_form: Headers = &[
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/json"),
    ];
    vec![
        (Method::GET, "/khong-co", &[], 404),
        (Method::GET, "/quan-trix/", &[], 404),
        (Method::GET, "/pkg/khong-co.js", &[], 404),
        (Method::GET, "/icons.svgx", &[], 404),
        (Method::POST, "/khong-co", ours, 404),
        (Method::POST, "/tra-cuu?viec=xoa", ours, 404),
        (Method::POST, "/tra-cuu", foreign, 403),
        (Method::DELETE, "/", ours, 405),
        (Method::PUT, "/healthz", ours, 405),
        (Method::POST, "/huong-dan", ours, 405),
        (Method::POST, "/pkg/a.js", ours, 405),
        (Method::POST, "/tra-cuu", large, 413),
        (Method::POST, "/gui-phan-anh?loai=hanh_vi", no_form, 422),
    ]
}

#[tokio::test]
async fn every_refusal_is_a_page_of_the_site_and_a_problem_for_programs() {
    let app = TestApp::start().await;
    let client = app.client();
    for (method, path, headers, status) in refused() {
        let send = async |accept: &str| {
            let mut request = Request::builder().method(method.clone()).uri(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.header(header::ACCEPT, accept);
            client.send(request, Body::from("ma=1")).await
        };
        let page = send(HTML).await;
        assert_eq!(page.status(), status, "{method} {path}: {}", page.text());
        let kind = page.header("content-type");
        assert_eq!(kind, Some("text/html; charset=utf-8"), "{method} {path}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
        let body = page.body();
        assert_eq!(body.matches("<main").count(), 1, "{method} {path}: {body}");
        assert!(body.contains("<html lang=\"vi\"") && body.contains("</h1>"));
        assert!(body.contains("Về trang chủ"), "{method} {path}: what to do");
        if status == 405 {
            assert!(page.header("allow").is_some(), "{method} {path}");
        }
        for accept in ["application/json", "application/problem+json"] {
            let told = send(accept).await;
            let kind = told.header("content-type");
            assert_eq!(kind, Some("application/problem+json"), "{method} {path}");
            let problem: serde_json::Value = serde_json::from_slice(&told.bytes).unwrap();
            assert_eq!(problem["status"], status, "{method} {path}");
            let title = problem["title"].as_str().unwrap();
            assert!(!title.is_ascii(), "{title}");
        }
    }
}

#[tokio::test]
async fn functions_answer_a_callers_mistake_as_the_callers() {
    let app = TestApp::start().await;
    let officer = app.sign_in("vanphong1").await;
    for (method, path, status) in [
        (Method::GET, "/api/khong-co", 404),
        (Method::GET, "/api/tra-cuu", 404),
        (Method::GET, "/api/released-figures", 400),
        (Method::GET, "/api/released-figures?year=x", 400),
        (Method::POST, "/api/released-figures", 405),
        (Method::DELETE, "/api/released-figures", 405),
    ] {
        for accept in [HTML, "application/json", "*/*"] {
            let headers = [("sec-fetch-site", "same-origin"), ("accept", accept)];
            let answer = ask(&officer, method.clone(), path, &headers).await;
            assert_eq!(answer.status(), status, "{method} {path}");
            let kind = answer.header("content-type");
            assert_eq!(kind, Some("application/problem+json"), "{method} {path}");
            assert_eq!(answer.header("location"), None);
            if status == 405 {
                assert_eq!(answer.header("allow"), Some("GET,HEAD"));
            }
        }
    }
    let figures = get(&officer, "/api/released-figures?year=0&by_unit=false", &[]).await;
    assert_eq!(figures.status(), 200, "{}", figures.text());
    let command = "/quan-tri/ho-so/PA26-7K3M9Q-X?viec=ghi_chu";
    let malformed = officer
        .post_form(command, &[("seen", "abc"), ("note", "Lời đã gõ.")])
        .await;
    assert_eq!(malformed.status(), 400, "{}", malformed.text());
}

#[tokio::test]
async fn a_request_names_one_host_or_is_refused() {
    let app = TestApp::start().await;
    let address = app.listen().await;
    for (version, hosts, status) in [
        ("1.1", "Host: localhost\r\n", 200),
        ("1.1", "Host: [::1]:3000\r\n", 200),
        ("1.0", "", 200),
        ("1.1", "", 400),
        ("1.1", "Host: a\r\nHost: a\r\n", 400),
        ("1.1", "Host: a b\r\n", 400),
        ("1.1", "Host: a/b\r\n", 400),
        ("1.1", "Host:\r\n", 400),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET / HTTP/{version}\r\n{hosts}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let line = format!("HTTP/{version} {status}");
        assert!(answer.starts_with(&line), "{hosts:?}: {answer}");
        assert_eq!(answer.matches("<main").count(), 1, "{hosts:?}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused_in_words() {
    let app = TestApp::start().await;
    let address = app.listen().await;
    let long = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n",
        "x".repeat(100_000)
    );
    for (request, status, words) in [
        ("khong phai HTTP\r\n\r\n", 400, "không đúng dạng"),
        ("GET / HTTP/1.1\r\nHo st: a\r\n\r\n", 400, "không đúng dạng"),
        (long.as_str(), 431, "xóa cookie"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // whoever was answered meanwhile may have been cut off
        let _sent = stream.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let _end = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        assert_eq!(answer.matches("<main").count(), 1, "{answer}");
        assert!(answer.contains(words), "{answer}");
    }
}

#[tokio::test]
async fn an_address_with_a_slash_leads_to_the_page_with_its_query() {
    let app = TestApp::start().await;
    let (visitor, officer) = (app.client(), app.sign_in("vanphong1").await);
    for (path, location) in [
        ("/quan-tri/", "/quan-tri"),
        ("/quan-tri/?xem=moi&trang=2", "/quan-tri?xem=moi&trang=2"),
        ("/quan-tri/tai-khoan/", "/quan-tri/tai-khoan"),
        (
            "/quan-tri/ho-so/PA26-7K3M9Q-X/",
            "/quan-tri/ho-so/PA26-7K3M9Q-X",
        ),
        ("/lanh-dao/", "/lanh-dao"),
        ("/tra-cuu//", "/tra-cuu"),
        ("/gui-phan-anh/?loai=hanh_vi", "/gui-phan-anh?loai=hanh_vi"),
        ("/minh-bach/luoc-do.json/", "/minh-bach/luoc-do.json"),
    ] {
        for who in [&visitor, &officer] {
            for method in [Method::GET, Method::HEAD] {
                let answer = ask(who, method, path, &[]).await;
                assert_eq!(
                    (answer.status(), answer.location()),
                    (308, location),
                    "{path}"
                );
            }
        }
    }
    for path in ["//evil.example/", "/khong-co/", "//"] {
        assert_eq!(get(&visitor, path, &[]).await.location(), "", "{path}");
    }
    // signed in on the way
    let wanted = "/quan-tri/dang-nhap?tiep=%2Fquan-tri%2F%3Fxem%3Dmoi";
    let staff = app.client();
    let typed = [
        ("username", "vanphong1"),
        ("secret_password", crate::support::PASSWORD),
    ];
    let mut there = staff.post_form(wanted, &typed).await;
    for _ in 0..3 {
        let location = there.location().to_owned();
        if location.is_empty() {
            break;
        }
        there = staff.get(&location).await;
    }
    assert_eq!(there.status(), 200, "{}", there.text());
}

#[tokio::test]
async fn whom_to_tell_of_a_weakness_is_where_one_looks() {
    let app = TestApp::start().await;
    let text = app.get("/.well-known/security.txt").await;
    assert_eq!(
        text.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let agency: (String,) = sqlx::query_as("select email from agency")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let body = text.body();
    for line in [
        &format!("Contact: mailto:{}", agency.0),
        "Expires: 2027-05-22T00:00:00+07:00",
        "Preferred-Languages: vi, en",
        "Canonical: http://localhost/.well-known/security.txt",
    ] {
        assert!(body.lines().any(|found| found == line), "{line}: {body}");
    }
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let app = TestApp::start().await;
    let client = app.client();
    for path in [
        "/",
        "/huong-dan",
        "/quyen-rieng-tu",
        "/minh-bach/luoc-do.json",
    ] {
        let whole = get(&client, path, &[("accept-encoding", "br")]).await;
        let tag = whole.header("etag").unwrap_or_else(|| panic!("{path}"));
        let has = [("if-none-match", tag), ("accept-encoding", "br")];
        let again = get(&client, path, &has).await;
        assert_eq!((again.status(), again.bytes.len()), (304, 0), "{path}");
        for name in ["etag", "cache-control", "content-security-policy", "vary"] {
            assert_eq!(again.header(name), whole.header(name), "{path}: {name}");
        }
        let other = get(&client, path, &[("if-none-match", "\"x\"")]).await;
        assert_eq!(other.status(), 200, "{path}");
    }
    // a form's key is new each time
    let form = get(
        &client,
        "/gui-phan-anh?loai=hanh_vi",
        &[("if-none-match", "*")],
    )
    .await;
    assert_eq!((form.status(), form.header("etag")), (200, None));
    let refused = get(&client, "/khong-co", &[("if-none-match", "*")]).await;
    assert_eq!((refused.status(), refused.header("etag")), (404, None));
}

/// The body, unpacked.
fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut out = Vec::new();
    match answer.header("content-encoding") {
        Some("br") => brotli::BrotliDecompress(&mut &answer.bytes[..], &mut out).unwrap(),
        Some("gzip") => {
            let mut reader = flate2::read::GzDecoder::new(&answer.bytes[..]);
            reader.read_to_end(&mut out).unwrap();
        }
        _ => out = answer.bytes.clone(),
    }
    out
}

/// The page without what is new each time.
fn lasting(page: &[u8]) -> String {
    let page = String::from_utf8(page.to_vec()).unwrap();
    let key = page.split("name=\"khoa\" value=\"").nth(1);
    let key = key.and_then(|rest| rest.get(..32)).unwrap_or("-");
    page.replace(key, "")
}

#[tokio::test]
async fn a_page_is_the_same_in_every_coding() {
    let app = TestApp::start().await;
    let (_, code) = submit(&app).await;
    let (visitor, follower) = (app.client(), follow(&app, &code).await);
    let officer = app.sign_in("vanphong1").await;
    for (who, path) in [
        (&visitor, "/"),
        (&visitor, "/gui-phan-anh?loai=hanh_vi"),
        (&visitor, "/tra-cuu"),
        (&follower, "/tra-cuu/ho-so"),
        (&officer, "/quan-tri"),
    ] {
        let plain = get(who, path, &[]).await;
        assert_eq!(
            (plain.status(), plain.header("content-encoding")),
            (200, None)
        );
        for coding in ["br", "gzip"] {
            let packed = get(who, path, &[("accept-encoding", coding)]).await;
            assert_eq!(packed.header("content-encoding"), Some(coding), "{path}");
            assert!(
                packed.bytes.len() * 2 < plain.bytes.len(),
                "{path} {coding}"
            );
            assert!(packed.header("vary").unwrap().contains("Accept-Encoding"));
            if path != "/quan-tri" {
                let same = lasting(&unpacked(&packed)) == lasting(&plain.bytes);
                assert!(same, "{path} {coding}");
            }
        }
    }
}

#[tokio::test]
async fn no_other_site_sees_how_well_its_words_compress_among_ours() {
    let app = TestApp::start().await;
    submit(&app).await;
    let officer = app.sign_in("vanphong1").await;
    let path = "/quan-tri?tim=Tr%E1%BA%A7n";
    for (site, coding) in [
        (Some("same-origin"), Some("br")),
        (Some("none"), Some("br")),
        (Some("cross-site"), None),
        (Some("same-site"), None),
        (None, None),
    ] {
        let mut headers = vec![("accept-encoding", "br, gzip")];
        headers.extend(site.map(|site| ("sec-fetch-site", site)));
        let page = get(&officer, path, &headers).await;
        assert_eq!(page.status(), 200, "{}", page.text());
        assert_eq!(page.header("content-encoding"), coding, "{site:?}");
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::start().await;
    let (number, code) = submit(&app).await;
    let (visitor, follower) = (app.client(), follow(&app, &code).await);
    let officer = app.sign_in("vanphong1").await;
    let case = format!("/quan-tri/ho-so/{number}");
    for (who, path) in [
        (&visitor, "/"),
        (&visitor, "/gui-phan-anh?loai=hanh_vi"),
        (&visitor, "/tra-cuu"),
        (&visitor, "/tra-cuu/ho-so"),
        (&visitor, "/khong-co"),
        (&visitor, "/quan-tri"),
        (&visitor, "/lanh-dao"),
        (&visitor, "/healthz"),
        (&visitor, "/l.js"),
        (&visitor, "/pkg/khong-co.js"),
        (&visitor, "/minh-bach/luoc-do.json"),
        (&visitor, "/minh-bach/khong-co.csv"),
        (&visitor, "/.well-known/security.txt"),
        (&visitor, "/api/khong-co"),
        (&visitor, "/api/released-figures?year=0&by_unit=false"),
        (&follower, "/tra-cuu/ho-so"),
        (&officer, "/quan-tri"),
        (&officer, &case),
    ] {
        let whole = get(who, path, &[("accept", HTML)]).await;
        let head = ask(who, Method::HEAD, path, &[("accept", HTML)]).await;
        assert_eq!(head.status, whole.status, "{path}");
        assert!(head.bytes.is_empty(), "{path}");
        let length = whole.bytes.len().to_string();
        assert_eq!(head.header("content-length"), Some(&*length), "{path}");
        for name in ["content-type", "cache-control", "location", "etag", "allow"] {
            assert_eq!(head.header(name), whole.header(name), "{path}: {name}");
        }
    }
}

#[tokio::test]
async fn what_a_refused_action_brings_back_is_kept_by_nobody() {
    let app = TestApp::start().await;
    let (number, code) = submit(&app).await;
    let (officer, sender) = (app.sign_in("vanphong1").await, follow(&app, &code).await);
    let long = "Lời đã gõ. ".repeat(2000);
    for answer in [
        act(&officer, "ghi_chu", &number, &[("note", &long)]).await,
        sender
            .post_form("/tra-cuu/ho-so?viec=nhan", &[("tin_nhan", &long)])
            .await,
        app.client()
            .post_form("/quan-tri/dang-nhap", &[("username", "vanphong1")])
            .await,
    ] {
        assert_eq!(answer.status(), 422, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}
