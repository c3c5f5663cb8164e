//! The neighbour at a shared computer: what the next person at the same browser finds.

use crate::support::{
    self, Client, TestApp, feedback, receipt,
    sending::{DONE, FORM, KEY, TEXT},
};
use axum::{body::Body, http::Request};

const FOLLOW: &str = "/tra-cuu/ho-so";

const FORGET: &str = "/quen-tren-may-nay";

const EXIT: &str = "/thoat-nhanh";

/// A browser that has sent feedback and opened its case.
async fn visited(app: &TestApp) -> Client {
    let visitor = app.client();
    let sent = visitor
        .post_multipart(FORM, &feedback(KEY, TEXT), &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    let (_, code) = receipt(visitor.get(DONE).await.body());
    let opened = visitor.post_form("/tra-cuu", &[("ma", &code)]).await;
    assert_eq!(opened.location(), FOLLOW);
    visitor
}

/// Nothing of the visit is shown any more, not even to one who kept its cookies.
async fn is_forgotten(app: &TestApp, visitor: &Client, kept: &[(&str, String)]) {
    assert!(!visitor.has_cookies(), "a cookie was left");
    let thief = app.client();
    for (name, value) in kept {
        thief.put_cookie(name, value);
    }
    for browser in [visitor, &thief] {
        assert_eq!(browser.get(DONE).await.status(), 404);
        assert_eq!(browser.get(FOLLOW).await.location(), "/tra-cuu");
    }
    let left: i64 = sqlx::query_scalar(
        "select (select count(*) from track_session) + (select count(slip) from submission)",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(left, 0);
}

fn cookies(visitor: &Client) -> [(&'static str, String); 2] {
    ["phieu", "theo-doi"].map(|name| (name, visitor.cookie(name)))
}

#[tokio::test]
async fn after_forgetting_the_receipt_and_the_case_open_for_nobody_without_the_code() {
    let app = TestApp::start().await;
    let visitor = visited(&app).await;
    let kept = cookies(&visitor);
    let answer = visitor.post_form(FORGET, &[]).await;
    assert_eq!(
        (
            answer.status(),
            answer.location(),
            answer.header("clear-site-data")
        ),
        (
            303,
            "/quen-tren-may-nay?xong=quen",
            Some("\"cache\", \"storage\"")
        )
    );
    is_forgotten(&app, &visitor, &kept).await;
    let page = visitor.get(answer.location()).await;
    assert!(page.words().contains("Máy này không còn giữ gì"));
    // twice is no error, and sending the same once more makes no second case
    assert_eq!(visitor.post_form(FORGET, &[]).await.status(), 303);
    let again = visitor
        .post_multipart(FORM, &feedback(KEY, TEXT), &[])
        .await;
    assert_eq!(again.status(), 422);
    assert!(again.words().contains("đã nhận đúng nội dung này"));
}

#[tokio::test]
async fn leaving_at_once_forgets_on_the_way_to_a_page_that_says_nothing() {
    let app = TestApp::start().await;
    let visitor = visited(&app).await;
    let kept = cookies(&visitor);
    let answer = visitor.get(EXIT).await;
    assert_eq!(
        (answer.status(), answer.header("cache-control")),
        (303, Some("no-store"))
    );
    assert!(
        answer.location().starts_with("https://nchmf.gov.vn/"),
        "{}",
        answer.location()
    );
    is_forgotten(&app, &visitor, &kept).await;
}

#[tokio::test]
async fn another_site_cannot_end_a_visit() {
    let app = TestApp::start().await;
    let visitor = visited(&app).await;
    let request = Request::get(EXIT).header("sec-fetch-site", "cross-site");
    let answer = visitor.send(request, Body::empty()).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(visitor.get(FOLLOW).await.status(), 200);
    let mut foreign = visitor.clone();
    foreign.origin = "https://xau.example".to_owned();
    assert_eq!(foreign.post_form(FORGET, &[]).await.status(), 403);
    assert_eq!(visitor.get(FOLLOW).await.status(), 200);
}

#[tokio::test]
async fn every_page_that_leaves_something_has_both_ways_out_and_they_need_no_script() {
    let app = TestApp::start().await;
    let visitor = visited(&app).await;
    for path in [FORM, DONE, FOLLOW] {
        let page = visitor.get(path).await;
        assert!(
            page.body().contains(&format!("href=\"{EXIT}\""))
                && page.body().contains(&format!("action=\"{FORGET}\"")),
            "{path}"
        );
    }
    let guide = app.get("/huong-dan").await;
    assert!(!guide.body().contains(EXIT), "nothing is said there");
}

#[tokio::test]
async fn a_desk_that_signs_out_leaves_no_page_in_the_browser() {
    let app = TestApp::start().await;
    app.add_staff("can-bo", &[lang_nghe::rights::Role::Office], "vp-so")
        .await;
    let officer = app.sign_in("can-bo").await;
    let out = officer
        .post_form("/quan-tri/tai-khoan?viec=dang_xuat", &[])
        .await;
    assert_eq!(
        (out.status(), out.header("clear-site-data")),
        (303, Some("\"cache\", \"storage\""))
    );
}

#[tokio::test]
async fn over_tls_a_receipt_cookie_of_a_neighbouring_host_is_not_taken() {
    let app = TestApp::start_at("https://langnghe.example.vn").await;
    let visitor = app.client();
    let sent = visitor
        .post_multipart(FORM, &feedback(KEY, TEXT), &[])
        .await;
    assert_eq!(sent.status(), 303);
    let key = visitor.cookie("__Host-phieu");
    assert_eq!(visitor.get(DONE).await.status(), 200);
    let tossed = app.client();
    tossed.put_cookie("phieu", &key);
    assert_eq!(tossed.get(DONE).await.status(), 404);
    let (_, code) = receipt(visitor.get(DONE).await.body());
    let follower = support::follow(&app, &code).await;
    let tossed = app.client();
    tossed.put_cookie("theo-doi", &follower.cookie("__Host-theo-doi"));
    assert_eq!(tossed.get(FOLLOW).await.location(), "/tra-cuu");
}
