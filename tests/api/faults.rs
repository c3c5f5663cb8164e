//! Bad input and faults: a clear answer, nothing lost of what was typed, and no half-written case.

use crate::support::{
    self, Answer, Client, ORIGIN, TestApp, feedback,
    sending::{DONE, FORM, KEY, TEXT, cases, kept, written},
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use leptos::server_fn::axum::server_fn_paths;

async fn with_file(app: &TestApp, name: &str, media_type: &str, content: &[u8]) -> Answer {
    app.client()
        .post_multipart(
            FORM,
            &feedback(KEY, TEXT),
            &[("tep", name, media_type, content)],
        )
        .await
}

/// A PNG that says it is 30 000 × 30 000 and whose few bytes unpack to zeros.
fn bomb() -> Vec<u8> {
    fn chunk(out: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
        out.extend((content.len() as u32).to_be_bytes());
        out.extend(name);
        out.extend(content);
        let crc = name.iter().chain(content).fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        });
        out.extend((!crc).to_be_bytes());
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = 30_000u32.to_be_bytes();
    chunk(
        &mut png,
        b"IHDR",
        &[&side[..], &side[..], &[8, 6, 0, 0, 0]].concat(),
    );
    chunk(
        &mut png,
        b"IDAT",
        &[0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0x60, 0, 0, 0, 4, 0, 1],
    );
    chunk(&mut png, b"IEND", &[]);
    png
}

#[tokio::test]
async fn a_file_over_the_limit_a_broken_one_and_a_bomb_lose_nothing_else_of_the_form() {
    let app = TestApp::start().await;
    let large = vec![b'x'; 11 * 1024 * 1024];
    kept(
        &app,
        &with_file(&app, "lon.pdf", "application/pdf", &large).await,
        422,
        "lớn hơn 10 MB",
    )
    .await;
    let broken = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 400]].concat();
    kept(
        &app,
        &with_file(&app, "hong.png", "image/png", &broken).await,
        422,
        "Không đọc được tệp này",
    )
    .await;
    kept(
        &app,
        &with_file(&app, "bom.png", "image/png", &bomb()).await,
        422,
        "40 triệu điểm ảnh",
    )
    .await;
    let answer = with_file(
        &app,
        "trang.png",
        "image/png",
        b"<html><script>alert(1)</script>",
    )
    .await;
    kept(&app, &answer, 422, "không thuộc loại nhận được").await;
    assert!(
        answer.body().contains("Vui lòng chọn lại tệp: trang.png"),
        "the chosen name is told"
    );
}

/// Sends the form as a browser would whose control for files stands before every field: a file of so many megabytes first.
async fn film_first(app: &TestApp, megabytes: usize) -> Answer {
    let part = |name: &str| format!("\r\n--x\r\nContent-Disposition: form-data; name=\"{name}\"");
    let head = part("tep") + "; filename=\"phim.mp4\"\r\nContent-Type: video/mp4\r\n\r\n";
    let fields: String = feedback(KEY, TEXT)
        .iter()
        .map(|(name, value)| part(name) + "\r\n\r\n" + value)
        .collect();
    let megabyte = axum::body::Bytes::from(vec![b'x'; 1 << 20]);
    let pieces = [head.into()]
        .into_iter()
        .chain(std::iter::repeat_n(megabyte, megabytes))
        .chain([(fields + "\r\n--x--\r\n").into()]);
    let body = Body::from_stream(futures::stream::iter(
        pieces.map(Ok::<_, std::convert::Infallible>),
    ));
    app.client()
        .post_raw(FORM, "multipart/form-data; boundary=x", body)
        .await
}

#[tokio::test]
async fn a_film_chosen_by_mistake_loses_no_field_after_it() {
    let app = TestApp::start().await;
    kept(&app, &film_first(&app, 200).await, 413, "lớn hơn 10 MB").await;
}

#[tokio::test]
async fn a_body_beyond_all_limits_gets_a_clear_answer_and_leaves_nothing() {
    let app = TestApp::start().await;
    let answer = film_first(&app, 257).await;
    assert!(
        answer.status() == 413 && answer.body().contains("lớn hơn mức nhận được"),
        "{}",
        answer.text()
    );
    let plain = app
        .client()
        .post_raw(
            FORM,
            "application/x-www-form-urlencoded",
            "noi_dung=".to_owned() + &"x".repeat(300_000),
        )
        .await;
    assert_eq!(plain.status(), 413);
    assert!(plain.body().contains("lớn hơn mức") && plain.body().contains("chưa có gì được ghi"));
    assert_eq!(written(&app).await, 0);
}

#[tokio::test]
async fn what_is_no_form_gets_a_clear_answer() {
    let app = TestApp::start().await;
    let fields = support::urlencoded(&feedback(KEY, TEXT));
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data",
        "image/png",
        "",
    ] {
        for path in [FORM, "/tra-cuu", "/quan-tri/dang-nhap"] {
            let answer = app.client().post_raw(path, kind, fields.clone()).await;
            assert_eq!(answer.status(), 422, "{path} {kind}");
            assert!(
                answer.body().contains("Không đọc được dữ liệu gửi lên"),
                "{path} {kind}: {}",
                answer.body()
            );
        }
    }
    let cut = app
        .client()
        .post_raw(
            FORM,
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"noi_dung\"\r\n\r\nNửa chừng",
        )
        .await;
    assert_eq!(cut.status(), 422);
    assert_eq!(written(&app).await, 0);
}

#[tokio::test]
async fn a_thousand_fields_are_refused_and_those_of_the_form_kept() {
    let app = TestApp::start().await;
    let mut fields = feedback(KEY, TEXT);
    fields.extend(std::iter::repeat_n(("rac", "1"), 1000));
    kept(
        &app,
        &app.client().post_form(FORM, &fields).await,
        422,
        "vượt quá giới hạn",
    )
    .await;
    kept(
        &app,
        &app.client().post_multipart(FORM, &fields, &[]).await,
        422,
        "vượt quá giới hạn",
    )
    .await;
}

#[tokio::test]
async fn letters_that_are_none_are_named_and_the_rest_kept() {
    let app = TestApp::start().await;
    let body = support::urlencoded(&feedback(KEY, TEXT)) + "&nguoi_bi_phan_anh=%C3%28%FF";
    let answer = app
        .client()
        .post_raw(FORM, "application/x-www-form-urlencoded", body)
        .await;
    kept(&app, &answer, 422, "ký tự không đọc được").await;
    let nul = app
        .client()
        .post_raw(
            FORM,
            "application/x-www-form-urlencoded",
            support::urlencoded(&feedback(KEY, "Có ký tự\0 rỗng ở giữa câu chuyện này.")),
        )
        .await;
    assert!(matches!(nul.status(), 303 | 422), "{}", nul.status());
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text_and_never_as_markup() {
    let app = TestApp::start().await;
    let mut fields = feedback(KEY, "</textarea><script>alert(1)</script> và phần còn lại");
    for (name, value) in &mut fields {
        if *name == "dia_diem" {
            *value = "\"><img src=x onerror=alert(2)>";
        }
    }
    fields.retain(|(name, _)| *name != "ho_ten");
    let answer = app.client().post_form(FORM, &fields).await;
    assert_eq!(answer.status(), 422);
    assert!(
        !answer.body().contains("<script>alert")
            && !answer.body().contains("<img src=x")
            && !answer.body().contains("</textarea><script")
    );
    assert!(
        answer.body().contains("&lt;/textarea>&lt;script>alert(1)")
            && answer.body().contains("onerror=alert(2)")
    );
    let title = answer
        .body()
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split("</title>").next())
        .unwrap();
    assert!(!title.contains("img"));
}

/// A POST as another site would have a browser send it.
async fn forged(who: &Client, path: &str, from: &[(&'static str, &str)]) -> u16 {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in from {
        request = request.header(*name, *value);
    }
    who.send(
        request,
        Body::from(support::urlencoded(&feedback(KEY, TEXT))),
    )
    .await
    .status()
}

#[tokio::test]
async fn no_change_comes_from_another_origin() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let functions: Vec<_> = server_fn_paths()
        .filter(|(_, method)| *method == Method::POST)
        .map(|(path, _)| path)
        .collect();
    assert!(functions.len() >= 30, "{functions:?}");
    let forms = [
        FORM,
        "/tra-cuu",
        "/tra-cuu/ho-so",
        "/quan-tri/dang-nhap",
        "/quan-tri/xac-nhan",
        "/quan-tri/dang-xuat",
        "/quan-tri/dang-xuat-moi-noi",
        "/quan-tri/tiep-nhan",
        "/quan-tri/tai-khoan",
        "/quan-tri/ho-so/PA26-000000-0/danh-tinh",
    ];
    let evil: [&[(&str, &str)]; 6] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)],
        &[("sec-fetch-site", "same-site")],
        &[("referer", "http://localhost.evil.example/")],
        &[],
    ];
    for path in functions.iter().copied().chain(forms) {
        for from in evil {
            assert_eq!(forged(&office, path, from).await, 403, "{path} {from:?}");
        }
    }
    assert_eq!(written(&app).await, 0);
    assert_eq!(
        office.get("/quan-tri/tai-khoan").await.status(),
        200,
        "nobody was signed out"
    );
}

#[tokio::test]
async fn a_link_changes_nothing() {
    let app = TestApp::start().await;
    let (number, _) = support::submit(&app).await;
    let office = app.sign_in("vanphong1").await;
    for (path, method) in server_fn_paths() {
        if method == Method::POST {
            let answer = office
                .get(&format!("{path}?number={number}&seen=0&note=x"))
                .await;
            assert!(answer.status() >= 400, "{path}: {}", answer.status());
        }
    }
    let events: i64 = sqlx::query_scalar("select count(*) from case_event")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(events, 1, "the sending alone");
}

/// Lets the web in, or throws it out and keeps it out.
async fn database(app: &TestApp, there: bool) {
    let name: String = sqlx::query_scalar("select current_database()::text")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let limit = format!(
        "alter database {name} connection limit {}",
        if there { -1 } else { 0 }
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(limit))
        .execute(app.owner.pool())
        .await
        .unwrap();
    if !there {
        sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'app_web'")
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn without_its_database_the_form_is_kept_and_goes_through_once_it_is_back() {
    let app = TestApp::start().await;
    let sender = app.client();
    assert_eq!(sender.get(FORM).await.status(), 200);
    database(&app, false).await;
    let away = sender.post_multipart(FORM, &feedback(KEY, TEXT), &[]).await;
    kept(&app, &away, 503, "tạm thời gián đoạn").await;
    assert_eq!(
        sender.get(FORM).await.status(),
        200,
        "the form itself is still handed out"
    );
    assert_eq!(sender.get("/readyz").await.status(), 503);
    database(&app, true).await;
    assert_eq!(
        sender
            .post_multipart(FORM, &feedback(KEY, TEXT), &[])
            .await
            .location(),
        DONE,
        "no restart"
    );
    assert_eq!(cases(&app).await, 1);
}
