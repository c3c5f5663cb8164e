//! A reminder: who gives it, who sees it, and when it has done its work.

use super::assigned;
use crate::support::{TestApp, act, cases::events, succeeded};
use time::Duration;

#[tokio::test]
async fn a_reminder_stands_in_the_holders_list_until_the_case_moves_on() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    let handler = app.sign_in("cv-vpdkdd").await;
    assert!(!handler.get("/quan-tri").await.text().contains("được nhắc"));
    let by_handler = act(&handler, "nhac", &number, &[]).await;
    assert_eq!(by_handler.status(), 403, "who has it reminds nobody");
    assert!(succeeded(&act(&office, "nhac", &number, &[]).await));
    assert_eq!(events(&app, case, "nhac").await, 1);
    assert!(handler.get("/quan-tri").await.text().contains("được nhắc"));
    let page = handler.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(page.text().contains("Nhắc người đang giữ hồ sơ."));
    assert!(succeeded(&act(&handler, "xac_minh", &number, &[]).await));
    assert!(!handler.get("/quan-tri").await.text().contains("được nhắc"));
}

#[tokio::test]
async fn one_reminder_a_day_is_enough_whoever_gives_it() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    let path = format!("/quan-tri/ho-so/{number}");
    assert!(succeeded(&act(&office, "nhac", &number, &[]).await));
    assert!(!office.get(&path).await.text().contains("viec=nhac"));
    let head = app.sign_in("chanhvp").await;
    assert_eq!(act(&head, "nhac", &number, &[]).await.status(), 409);
    app.pass(Duration::days(1));
    let office = app.sign_in("vanphong1").await;
    assert!(office.get(&path).await.text().contains("viec=nhac"));
    let head = app.sign_in("chanhvp").await;
    assert!(succeeded(&act(&head, "nhac", &number, &[]).await));
    assert_eq!(events(&app, case, "nhac").await, 2);
    assert_eq!(act(&head, "nhac", &number, &[]).await.status(), 409);
}

#[tokio::test]
async fn nobody_is_reminded_of_a_case_that_nobody_has() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = super::submitted(&app).await;
    assert_eq!(act(&office, "nhac", &number, &[]).await.status(), 409);
    let (answer_of, hidden) = (app.sign_in("tongdai1").await, number);
    let answer = act(&answer_of, "nhac", &hidden, &[]).await;
    assert_eq!(answer.status(), 403);
}
