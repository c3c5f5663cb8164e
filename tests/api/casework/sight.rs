//! What each sees: the extract or the original, their own inbox, and no denunciation.

use super::{EXTRACT, SECRET, assigned, submitted};
use crate::support::{TestApp, act, succeeded};

#[tokio::test]
async fn a_unit_reads_the_extract_and_never_the_original() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    let path = format!("/quan-tri/ho-so/{number}");
    let unit_page = app.sign_in("cv-vpdkdd").await.get(&path).await.text();
    assert!(unit_page.contains(EXTRACT) && !unit_page.contains(SECRET));
    let elsewhere = app.sign_in("truong-cn-nk").await.get(&path).await;
    assert_eq!(
        elsewhere.status.as_u16(),
        404,
        "the branch concerned sees nothing"
    );
    assert!(!elsewhere.text().contains(EXTRACT));
    let read = || {
        sqlx::query_scalar::<_, i64>(
            "select count(*) from audit_log where case_id = $1 and action = 'doc_noi_dung'",
        )
        .bind(case)
    };
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 0);
    assert!(office.get(&path).await.text().contains(SECRET));
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_sign_of_denunciation_leaves_the_office() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
    let fields = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_NHUNG_NHIEU"),
        ("denunciation", "1"),
    ];
    let answer = act(&office, "phan_loai", &number, &fields).await;
    assert!(succeeded(&answer) && answer.location().ends_with("/quan-tri"));
    let path = format!("/quan-tri/ho-so/{number}");
    assert_eq!(office.get(&path).await.status.as_u16(), 404);
    assert_eq!(
        app.sign_in("giamdoc")
            .await
            .get(&path)
            .await
            .status
            .as_u16(),
        200
    );
}

#[tokio::test]
async fn the_inbox_shows_each_what_is_theirs() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, with_unit) = assigned(&app, &office).await;
    let (_, new) = submitted(&app).await;
    let all = office.get("/quan-tri").await.text();
    assert!(all.contains(&with_unit) && all.contains(&new));
    let waiting = office.get("/quan-tri?xem=cho-tiep-nhan").await.text();
    assert!(!waiting.contains(&with_unit) && waiting.contains(&new));
    let found = office
        .get(&format!("/quan-tri?xem=tat-ca&q={}", &new[..9]))
        .await
        .text();
    assert!(found.contains(&new));
    let none = office.get("/quan-tri?q=binh+thuy").await.text();
    assert!(!none.contains(&new) && none.contains("Không có hồ sơ nào khớp"));
    let unit = app.sign_in("cv-vpdkdd").await.get("/quan-tri").await.text();
    assert!(unit.contains(&with_unit) && !unit.contains(&new));
    assert_eq!(
        app.sign_in("quantri")
            .await
            .get("/quan-tri")
            .await
            .status
            .as_u16(),
        403
    );
}
