//! What the submitter reads of the clock: days that were promised stay as they were promised.

use super::{PAGE, followed, on};
use crate::support::{TestApp, act, follow, succeeded};
use time::{Date, Duration, macros::date};
use uuid::Uuid;

/// Changes the directory, as its keeper does.
async fn changed(app: &TestApp, statements: &'static str) {
    let change = sqlx::raw_sql(statements).execute(app.owner.pool());
    change.await.unwrap();
}

/// Has the office ask for a supplement.
async fn asked(app: &TestApp, case: Uuid) {
    let number: String = sqlx::query_scalar("select number from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let office = app.sign_in("vanphong1").await;
    let missing = [("missing", "Ngày xảy ra vụ việc.")];
    let done = act(&office, "yeu_cau_bo_sung", &number, &missing).await;
    assert!(succeeded(&done), "{}", done.words());
}

async fn due_on(app: &TestApp, case: Uuid) -> Option<Date> {
    sqlx::query_scalar("select due_on from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn the_day_for_a_supplement_is_the_one_that_was_written_to_the_submitter() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    asked(&app, case).await;
    let until: String = sqlx::query_scalar(
        "select to_char((data->>'den_ngay')::date, 'DD/MM/YYYY') from case_event
        where case_id = $1 and kind = 'yeu_cau_bo_sung'",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    changed(
        &app,
        "update service_level set working_days = 1 where key = 'bo_sung'",
    )
    .await;
    let page = visitor.get(PAGE).await.words();
    let asks = page.split("Vui lòng gửi chậm nhất").nth(1).expect(&page);
    let day = asks.split('.').next().unwrap();
    assert!(day.ends_with(&until), "{until}: {page}");
}

#[tokio::test]
async fn a_new_calendar_moves_no_deadline_and_does_not_say_it_did() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let before = due_on(&app, case).await;
    changed(
        &app,
        "insert into calendar_version (version, adopted_on, note) values (2, '2026-11-24', '');
        insert into calendar_day (version, day, kind, name, provisional)
        select 2, day, kind, name, provisional from calendar_day where version = 1;
        insert into calendar_day (version, day, kind, name, provisional)
        values (2, '2026-12-01', 'off', 'Nghỉ bù', false)",
    )
    .await;
    assert_eq!(due_on(&app, case).await, before);
    let page = visitor.get(PAGE).await.words();
    assert!(page.contains("Thời hạn là 10 ngày làm việc"), "{page}");
    assert!(!page.contains("Hạn đã được điều chỉnh"), "{page}");
}

#[tokio::test]
async fn a_supplement_lets_the_clock_run_again() {
    let app = TestApp::start().await;
    let (case, code, _) = followed(&app).await;
    asked(&app, case).await;
    app.clock.advance(Duration::days(7));
    let visitor = follow(&app, &code).await;
    let reply = visitor
        .post_form(&on("nhan"), &[("tin_nhan", "Bộ phận Một cửa, quầy số 3")])
        .await;
    assert_eq!(
        reply.header("location"),
        Some("/tra-cuu/ho-so?xong=bo-sung")
    );
    let (status, paused_on): (String, Option<Date>) =
        sqlx::query_as("select status, paused_on from feedback_case where case_id = $1")
            .bind(case)
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!((status.as_str(), paused_on), ("da_tiep_nhan", None));
    assert_eq!(
        due_on(&app, case).await,
        Some(date!(2026 - 12 - 14)),
        "a week holds five working days"
    );
    let events: i64 = sqlx::query_scalar(
        "select count(*) from case_event where case_id = $1 and kind in ('bo_sung', 'nhan_tin')",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(events, 1, "a supplement is no message as well");
}

#[tokio::test]
async fn classifying_after_a_supplement_counts_the_same_pause() {
    let app = TestApp::start().await;
    let (case, code, _) = followed(&app).await;
    asked(&app, case).await;
    app.clock.advance(Duration::days(7));
    let visitor = follow(&app, &code).await;
    let sent = visitor
        .post_form(&on("nhan"), &[("tin_nhan", "Quầy số 3")])
        .await;
    assert_eq!(sent.status(), 303);
    let resumed = due_on(&app, case).await;
    let number: String = sqlx::query_scalar("select number from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let kind = [("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")];
    let office = app.sign_in("vanphong1").await;
    let done = act(&office, "phan_loai", &number, &kind).await;
    assert!(succeeded(&done), "{}", done.words());
    assert_eq!(due_on(&app, case).await, resumed);
}
