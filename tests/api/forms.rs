//! The one way for forms: every command under its page, with and without script, and nothing typed is lost.

use crate::support::{
    Client, TestApp, case_command, feedback, follow, opening_command, small_png, submit, urlencoded,
};
use axum::http::{Method, header};
use lang_nghe::{
    error::AppError,
    routes::{PAGES, Route},
};
use leptos::server_fn::axum::server_fn_paths;

const WORDS: &str = "Nội dung gõ rất lâu, có \"dấu\" & <ký tự> lạ.";

/// Which page a server function is mounted under, and by what name.
fn page_of(path: &str) -> Option<(&'static Route, &str)> {
    PAGES.iter().find_map(|page| {
        let own = format!("/api/{}", page.endpoint(""));
        let rest = path.strip_prefix(&own)?;
        let name = rest.strip_prefix('/').unwrap_or(rest);
        (rest.is_empty() || rest.starts_with('/') && !name.contains('/')).then_some((page, name))
    })
}

#[tokio::test]
async fn every_command_is_mounted_under_a_page_and_none_under_api() {
    let app = TestApp::start().await;
    let visitor = app.client();
    let commands: Vec<_> = server_fn_paths()
        .filter(|(_, method)| *method == Method::POST)
        .map(|(path, _)| path)
        .collect();
    assert!(commands.len() >= 36, "{commands:?}");
    for path in commands {
        assert!(page_of(path).is_some(), "{path} belongs to no page");
        for answer in [
            visitor.post_form(path, &[]).await,
            visitor.call(path, &[]).await,
        ] {
            assert_eq!(answer.status(), 405, "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_knows_its_own_commands_only() {
    let app = TestApp::start().await;
    let visitor = app.client();
    for path in [
        "/tra-cuu?viec=ho-so",
        "/tra-cuu?viec=ho-so/rut",
        "/tra-cuu/ho-so",
        "/tra-cuu/ho-so?viec=xoa",
        "/quan-tri/tai-khoan?viec=../dang-nhap",
    ] {
        assert_eq!(visitor.post_form(path, &[]).await.status(), 404, "{path}");
        assert_eq!(visitor.call(path, &[]).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_refused_form_of_every_page_comes_back_at_its_own_address_with_what_was_typed() {
    let app = TestApp::start().await;
    let (number, _) = submit(&app).await;
    let (office, admin) = (app.sign_in("vanphong1").await, app.sign_in("quantri").await);
    let long = WORDS.repeat(700);
    let account = "/quan-tri/nguoi-dung?viec=tao".to_owned();
    for (who, path, fields, typed) in [
        (
            app.client(),
            "/tra-cuu".to_owned(),
            vec![("ma", "0000 0000 0000 0000 0001")],
            "0000 0000 0000 0000 0001",
        ),
        (
            app.client(),
            "/gui-phan-anh?loai=hanh_vi".to_owned(),
            vec![("noi_dung", WORDS)],
            WORDS,
        ),
        (
            app.sign_in("tongdai1").await,
            "/quan-tri/tiep-nhan?loai=quy_dinh".to_owned(),
            vec![("noi_dung", WORDS)],
            WORDS,
        ),
        (
            followed(&app).await,
            "/tra-cuu/ho-so?viec=nhan".to_owned(),
            vec![("tin_nhan", long.as_str())],
            WORDS,
        ),
        (
            app.client(),
            "/quan-tri/dang-nhap?tiep=%2Flanh-dao".to_owned(),
            vec![("username", "khong-co-ai"), ("secret_password", WORDS)],
            "khong-co-ai",
        ),
        (
            admin,
            account,
            vec![("username", "Không Hợp Lệ"), ("display_name", WORDS)],
            WORDS,
        ),
        (
            office,
            case_command(&number, "ghi_chu"),
            vec![("seen", "0"), ("note", long.as_str())],
            WORDS,
        ),
        (
            app.sign_in("giamdoc").await,
            opening_command(&number, "de_nghi"),
            vec![("reason", "ngắn quá")],
            "ngắn quá",
        ),
    ] {
        let answer = who.post_form(&path, &fields).await;
        assert_eq!(answer.status(), 422, "{path}: {}", answer.text());
        assert!(answer.unescaped().contains(typed), "{path}");
        let body = answer.body();
        let action = path.replace('&', "&amp;");
        assert!(
            body.contains(&format!("action=\"{action}")),
            "{path}: the form posts to its page again"
        );
        assert!(body.contains("error-summary-title"), "{path}");
        // the same, as the program gets it
        let told = who.call(&path, &fields).await;
        assert_eq!(told.status(), 422, "{path}");
        let error: AppError = serde_json::from_slice(&told.bytes).unwrap();
        assert!(!error.fields().is_empty(), "{path}: {error:?}");
    }
}

#[tokio::test]
async fn names_of_chosen_files_come_back_and_success_is_led_on_both_ways() {
    let app = TestApp::start().await;
    let visitor = followed(&app).await;
    let png = small_png();
    let files = [
        ("tep", "anh-1.png", "image/png", &png[..]),
        ("tep", "hong.png", "image/png", b"no picture"),
    ];
    let path = "/tra-cuu/ho-so?viec=nhan";
    let fields = [("tin_nhan", WORDS), ("khoa", "mot")];
    let refused = visitor.post_multipart(path, &fields, &files).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.body().contains("anh-1.png, hong.png"));
    let sent = visitor.post_multipart(path, &fields, &files[..1]).await;
    assert_eq!(
        (sent.status(), sent.location()),
        (303, "/tra-cuu/ho-so?xong=nhan"),
        "{}",
        sent.text()
    );
    // pressed twice: the same submission
    let twice = visitor.post_multipart(path, &fields, &files[..1]).await;
    assert_eq!(twice.location(), "/tra-cuu/ho-so?xong=da-co");
    let fields = [("tin_nhan", WORDS), ("khoa", "hai")];
    let again = visitor.call(path, &fields).await;
    assert_eq!(
        (
            again.status(),
            again.location(),
            again.header("cache-control")
        ),
        (200, "/tra-cuu/ho-so?xong=nhan", Some("no-store"))
    );
    let (sender, other) = (app.client(), app.client());
    let form = feedback(
        "00000000000000000000000000000f00",
        "Gửi bằng chương trình của trang.",
    );
    let sent = sender.call("/gui-phan-anh?loai=hanh_vi", &form).await;
    assert_eq!(
        (sent.status(), sent.location()),
        (200, "/gui-phan-anh/da-nhan")
    );
    assert!(sender.has_cookies(), "the receipt is this browser's");
    let twice = other.call("/gui-phan-anh?loai=hanh_vi", &form).await;
    let cases: i64 = sqlx::query_scalar("select count(*) from feedback_case")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(
        cases,
        2,
        "one that is followed, one that was sent twice: {}",
        twice.status()
    );
}

#[tokio::test]
async fn a_password_is_never_written_into_a_page() {
    const SECRET: &str = "bi-mat-9c41";
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let later = app.sign_in("vanphong2").await;
    app.clock.advance(time::Duration::minutes(6));
    let long = format!("{SECRET} đủ dài để được nhận");
    let typed = [
        ("username", "vanphong1"),
        ("secret_password", SECRET),
        ("secret_new_password", SECRET),
    ];
    for (who, path, fields, status) in [
        (app.client(), "/quan-tri/dang-nhap", &typed[..], 422),
        (app.client(), "/gui-phan-anh?loai=hanh_vi", &typed, 422),
        (office.clone(), "/quan-tri/xac-nhan", &typed, 422),
        (office, "/quan-tri/tai-khoan?viec=doi_mat_khau", &typed, 422),
        (
            later,
            "/quan-tri/tai-khoan?viec=doi_mat_khau",
            &[("secret_new_password", long.as_str())],
            401,
        ),
        (
            app.client(),
            "/quan-tri/tai-khoan?viec=doi_mat_khau",
            &typed,
            401,
        ),
    ] {
        let answer = who.post_form(path, fields).await;
        assert_eq!(answer.status(), status, "{path}");
        assert!(!answer.body().contains(SECRET), "{path}");
    }
}

async fn followed(app: &TestApp) -> Client {
    let (_, code) = submit(app).await;
    follow(app, &code).await
}

/// The ids that labels and links of a page point to.
fn named<'a>(body: &'a str, attribute: &str) -> Vec<&'a str> {
    body.split(attribute)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn every_label_finds_its_own_control() {
    let app = TestApp::start().await;
    let (number, _) = submit(&app).await;
    let office = app.sign_in("vanphong1").await;
    let case = format!("/quan-tri/ho-so/{number}");
    for (who, path) in [
        (app.client(), "/gui-phan-anh?loai=hanh_vi"),
        (app.client(), "/tra-cuu"),
        (app.client(), "/quan-tri/dang-nhap"),
        (followed(&app).await, "/tra-cuu/ho-so"),
        (app.sign_in("vanphong1").await, "/quan-tri/tai-khoan"),
        (app.sign_in("quantri").await, "/quan-tri/nguoi-dung"),
        (app.sign_in("kiemtoan").await, "/quan-tri/nhat-ky"),
        (office, case.as_str()),
    ] {
        let page = who.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        for id in named(page.body(), "<label for=\"") {
            let tags: Vec<&str> = page
                .body()
                .split('<')
                .filter(|tag| tag.contains(&format!(" id=\"{id}\"")))
                .collect();
            assert_eq!(tags.len(), 1, "{path}: #{id} {tags:?}");
            let is_control = ["input", "textarea", "select"]
                .iter()
                .any(|name| tags[0].starts_with(name));
            assert!(is_control, "{path}: #{id} is {}", tags[0]);
        }
    }
}

#[tokio::test]
async fn a_path_says_which_case_whatever_the_form_says() {
    let app = TestApp::start().await;
    let (one, _) = submit(&app).await;
    let (two, _) = submit(&app).await;
    let office = app.sign_in("vanphong1").await;
    let body = urlencoded(&[
        ("number", &two),
        ("seen", "0"),
        ("note", "Chỉ ở hồ sơ một."),
    ]);
    let kind = "application/x-www-form-urlencoded";
    let answer = office
        .post_raw(&case_command(&one, "ghi_chu"), kind, body)
        .await;
    assert_eq!(answer.header(header::LOCATION.as_str()), {
        let there = format!("/quan-tri/ho-so/{one}?xong=ghi_chu");
        Some(there.clone().leak() as &str)
    });
    assert!(
        !office
            .get(&format!("/quan-tri/ho-so/{two}"))
            .await
            .body()
            .contains("Chỉ ở hồ sơ một.")
    );
}
