//! Cases as the database has them, for asserting and for setting a scene.

use super::{Answer, Client, TestApp, act_on, succeeded};
use time::Date;
use uuid::Uuid;

/// The case of a number.
pub async fn case_of(app: &TestApp, number: &str) -> Uuid {
    sqlx::query_scalar("select case_id from feedback_case where number = $1")
        .bind(number)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

/// Acts from a fresh page, so that doing the same again is meant.
pub async fn tries(
    app: &TestApp,
    who: &Client,
    action: &str,
    number: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let seen: i64 = sqlx::query_scalar("select coalesce(max(event_id), 0) from case_event")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    act_on(who, action, number, seen, fields).await
}

/// The same, and it is done.
pub async fn does(
    app: &TestApp,
    who: &Client,
    action: &str,
    number: &str,
    fields: &[(&str, &str)],
) {
    let answer = tries(app, who, action, number, fields).await;
    assert!(
        succeeded(&answer),
        "{action}: {} {}",
        answer.status,
        answer.words()
    );
}

pub async fn events(app: &TestApp, case: Uuid, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from case_event where case_id = $1 and kind = $2")
        .bind(case)
        .bind(kind)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

pub async fn unit(app: &TestApp, code: &str) -> String {
    sqlx::query_scalar::<_, i16>("select unit_id from unit where code = $1")
        .bind(code)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
        .to_string()
}

pub async fn status(app: &TestApp, case: Uuid) -> String {
    sqlx::query_scalar("select status from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

pub async fn set_status(app: &TestApp, case: Uuid, status: &str) {
    sqlx::query("update feedback_case set status = $2 where case_id = $1")
        .bind(case)
        .bind(status)
        .execute(app.owner.pool())
        .await
        .unwrap();
}

/// Adds `count` answered cases of a kind.
pub async fn answered(app: &TestApp, kind: &str, received_on: Date, count: i32) {
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, received_on, due_on, answered_on)
        select gen_random_uuid(), 'PA26-' || upper(substr(md5(random()::text), 1, 6)) || '-A', $1, '{HV_KHAC}', 'online', 'da_tra_loi', false,
            $2::date, $2::date + 14, $2::date + 5
        from generate_series(1, $3)").bind(kind).bind(received_on).bind(count)
    .execute(app.owner.pool())
    .await
    .unwrap();
}
