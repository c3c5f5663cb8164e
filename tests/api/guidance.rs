//! Home and guidance: the ways in, the other doors, and who sees what.

use crate::support::TestApp;

#[tokio::test]
async fn home_has_two_ways_in_and_a_number_to_call() {
    let app = TestApp::start().await;
    let page = app.get("/").await;
    let body = page.body();
    assert_eq!(page.status(), 200);
    assert!(
        [
            "/gui-phan-anh",
            "/tra-cuu",
            "/quyen-rieng-tu",
            "/minh-bach",
            "/huong-dan",
            "tel:"
        ]
        .iter()
        .all(|href| body.contains(&format!("href=\"{href}")))
    );
}

#[tokio::test]
async fn guidance_names_every_door() {
    let app = TestApp::start().await;
    let page = app.get("/huong-dan").await;
    assert!(
        ["khieu-nai", "to-cao", "tranh-chap", "o-nhiem"]
            .iter()
            .all(|id| page.body().contains(&format!("id=\"{id}\"")))
    );
    assert!(page.body().contains("không làm dừng thời hiệu 90 ngày"));
    assert_eq!(app.get("/quyen-rieng-tu").await.status(), 200);
}
