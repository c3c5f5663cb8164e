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
    assert!(page.words().contains("Ông/Bà tự xóa ảnh đó"));
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

const ENTRY: &str = "/quan-tri/tiep-nhan";

const ENTERED: &str = "/quan-tri/tiep-nhan/da-nhan";

/// Writes down a call that was read back; gives number and code of its receipt.
async fn enter(officer: &Client, key: &str, text: &str) -> (String, String) {
    let mut fields = feedback(key, text);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T08:50"),
        ("doc_lai", "1"),
        ("da_doc_lai", "1"),
    ]);
    let kept = officer.post_form(ENTRY, &fields).await;
    assert_eq!(kept.location(), ENTERED, "{}", kept.text());
    receipt(officer.get(ENTERED).await.body())
}

async fn shows(browser: &Client, page: &str, (number, code): &(String, String)) -> bool {
    let shown = browser.get(page).await;
    shown.body().contains(code.as_str()) || shown.body().contains(number.as_str())
}

#[tokio::test]
async fn the_code_of_a_caller_is_shown_to_the_officer_who_entered_it_and_ends_with_the_session() {
    let app = TestApp::start().await;
    let operator = app.sign_in("tongdai1").await;
    let caller = enter(&operator, KEY, TEXT).await;
    let slip = operator.cookie("phieu");
    assert!(!shows(&operator, DONE, &caller).await, "a public page");
    let aloud = operator.get(ENTERED).await;
    assert!(
        !aloud.body().contains("Lưu ảnh"),
        "it would stay at the desk"
    );
    // the same cookie under another session, and under none
    let counter = app.sign_in("motcua1").await;
    counter.put_cookie("phieu", &slip);
    assert!(!shows(&counter, ENTERED, &caller).await && !shows(&counter, DONE, &caller).await);
    let nobody = app.client();
    nobody.put_cookie("phieu", &slip);
    assert!(!shows(&nobody, ENTERED, &caller).await && !shows(&nobody, DONE, &caller).await);
    assert!(shows(&operator, ENTERED, &caller).await);

    let out = "/quan-tri/tai-khoan?viec=dang_xuat";
    assert_eq!(operator.post_form(out, &[]).await.status(), 303);
    assert_eq!(operator.cookie("phieu"), "");
    let again = app.sign_in("tongdai1").await;
    again.put_cookie("phieu", &slip);
    assert!(!shows(&again, ENTERED, &caller).await, "it is destroyed");
}

#[tokio::test]
async fn a_sign_in_finds_no_receipt_of_whoever_sat_there_before() {
    let app = TestApp::start().await;
    app.sign_in("tongdai1").await;
    let browser = visited(&app).await;
    let own = receipt(browser.get(DONE).await.body());
    let slip = browser.cookie("phieu");
    let operator = app.sign_in("tongdai1").await;
    operator.put_cookie("phieu", &slip);
    assert!(!shows(&operator, ENTERED, &own).await, "a citizen's own");
    let word = [
        ("username", "tongdai1"),
        ("secret_password", support::PASSWORD),
    ];
    let signed = browser.post_form("/quan-tri/dang-nhap", &word).await;
    assert_eq!(
        (signed.status(), browser.cookie("phieu")),
        (303, String::new())
    );
    assert!(!shows(&operator, DONE, &own).await, "it is destroyed");
}

#[tokio::test]
async fn what_a_caller_allows_is_written_by_the_officer_who_heard_it() {
    let app = TestApp::start().await;
    let operator = app.sign_in("tongdai1").await;
    enter(&operator, KEY, TEXT).await;
    let slip = operator.cookie("phieu");
    let chosen = [("dong_y_lien_he", "1")];
    let at = |page: &str| format!("{page}?viec=dong_y");
    let counter = app.sign_in("motcua1").await;
    counter.put_cookie("phieu", &slip);
    for (browser, page) in [(&operator, DONE), (&counter, DONE), (&counter, ENTERED)] {
        let refused = browser.post_form(&at(page), &chosen).await;
        assert_eq!(refused.status(), 422, "{page}: {}", refused.text());
    }
    let kept = operator.post_form(&at(ENTERED), &chosen).await;
    assert_eq!(kept.status(), 303, "{}", kept.text());
    let by: Vec<Option<String>> = sqlx::query_scalar(
        "select s.username from case_event e left join staff s using (staff_id) where e.kind = 'dong_y'",
    )
    .fetch_all(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(by, [Some("tongdai1".to_owned())]);
}
