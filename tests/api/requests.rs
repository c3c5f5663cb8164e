//! Whose request it was, and which: the client's address, and the id by which an operator finds the
//! log.

use crate::support::{Answer, Client, TestApp, log::Log, urlencoded};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use lang_nghe::platform::telemetry::json_lines;
use std::net::SocketAddr;
use tracing_subscriber::EnvFilter;

/// A code with its check digit that no case has.
const STRANGER: &str = "0000 0000 0000 0000 0000";

async fn look_up_from(client: &Client, peer: &str, forwarded: &str) -> Answer {
    let peer: SocketAddr = peer.parse().unwrap();
    let request = Request::post("/tra-cuu")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", forwarded)
        .extension(ConnectInfo(peer));
    let form = urlencoded(&[("ma", STRANGER)]);
    client.send(request, Body::from(form)).await
}

async fn counters(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from rate_counter")
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_forged_hop_does_not_change_who_is_counted() {
    let app = TestApp::start().await;
    let client = app.client();
    for forged in ["198.51.100.1", "198.51.100.2", "127.0.0.1"] {
        let answer = look_up_from(&client, "203.0.113.7:4000", forged).await;
        assert_eq!(answer.status(), 422);
    }
    assert_eq!(counters(&app).await, 3, "the code, one address, everybody");
    look_up_from(&client, "127.0.0.1:4000", "198.51.100.1").await;
    assert_eq!(
        counters(&app).await,
        4,
        "a proxy on this machine is believed"
    );
}

/// The id in the answer's header, which its page must show.
fn id_on_page(answer: &Answer) -> String {
    let id = answer.header("x-request-id").expect("an id").to_owned();
    let line = format!("Mã yêu cầu: <code>{id}</code>");
    assert!(answer.body().contains(&line), "{}", answer.body());
    id
}

#[tokio::test]
async fn the_id_on_the_page_of_a_failure_is_in_the_log_and_nothing_private_is() {
    let app = TestApp::start().await;
    let (log, client) = (Log::default(), app.client());
    let writer = log.clone();
    let filter = EnvFilter::new("debug,sqlx=error");
    let _logging = tracing::subscriber::set_default(json_lines(filter, move || writer.clone()));
    for table in ["case_receipt", "agency"] {
        let hide = format!("alter table {table} rename to hidden_{table}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(hide))
            .execute(app.owner.pool())
            .await
            .unwrap();
    }

    // refused within the handler
    let form = [("ma", STRANGER), ("loi-rieng", "Lời không ai được đọc")];
    let refused = client.post_form("/tra-cuu?bi-mat=4711", &form).await;
    assert_eq!(refused.status(), 500);
    let id = id_on_page(&refused);
    assert!(log.has(&id, "database refused") && log.has(&id, "\"route\":\"/tra-cuu\""));
    // refused in a task that rendering spawned
    let page = client.get("/?bi-mat=4711").await;
    assert_eq!(page.status(), 500);
    assert!(log.has(&id_on_page(&page), "database refused"));
    // a page outside the application
    let plain = client
        .post_raw("/gui-phan-anh?bi-mat=4711", "text/plain", "Lời không ai")
        .await;
    assert_eq!(plain.status(), 422);
    assert!(log.has(&id_on_page(&plain), "refused"));
    assert_ne!(id, plain.header("x-request-id").unwrap());

    let digits: String = STRANGER.split(' ').collect();
    for private in ["bi-mat", "4711", STRANGER, &digits, "Lời không"] {
        assert!(!log.text().contains(private), "{private}: {}", log.text());
    }
}

#[tokio::test]
async fn a_page_that_succeeds_shows_no_id() {
    let app = TestApp::start().await;
    let page = app.get("/huong-dan").await;
    assert!(page.header("x-request-id").is_some());
    assert!(!page.body().contains("Mã yêu cầu"));
}

#[tokio::test]
async fn another_site_learns_nothing_from_what_the_pages_read() {
    let app = TestApp::start().await;
    let officer = app.sign_in("vanphong1").await;
    for site in ["cross-site", "same-site", "none"] {
        let request = Request::get("/api/account-page")
            .header("sec-fetch-site", site)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, "https://evil.example/");
        let answer = officer.send(request, Body::empty()).await;
        assert_eq!((answer.status(), answer.header("location")), (403, None));
    }
    let old_browser = Request::get("/api/account-page")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, "https://evil.example/");
    let answer = officer.send(old_browser, Body::empty()).await;
    assert_eq!((answer.status(), answer.header("location")), (200, None));
}

#[tokio::test]
async fn a_page_answers_to_its_own_commands_only() {
    let app = TestApp::start().await;
    let officer = app.sign_in("vanphong1").await;
    for command in ["dang-nhap", "xac-nhan", "tiep-nhan"] {
        let path = format!("/quan-tri?viec={command}");
        let answer = officer.post_form(&path, &[("x", "1")]).await;
        assert!([404, 405].contains(&answer.status()), "{command}");
    }
}
