//! Directory, queue, demo: what every slice leans on.

use crate::support::START;
use crate::support::TestApp;
use crate::support::fresh_database;
use axum::{
    body::Body,
    http::{Request, header},
};
use lang_nghe::{
    calendar::Deadline,
    case::ServiceLevel,
    directory::ssr,
    platform::{jobs::Job, vault::SealContext},
    server::demo,
    submit::ssr::acknowledge::AcknowledgeReceipt,
};
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, PgConnection};
use time::{Duration, macros::date};

#[tokio::test]
async fn the_house_answers() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let (owner, _) = fresh_database().await;
    let mut connection = PgConnection::connect_with(&owner).await.unwrap();
    let count = "select (select count(*) from unit) + (select count(*) from ward) + (select count(*) from procedure_catalogue)
        + (select count(*) from calendar_day) + (select count(*) from service_level) + (select count(*) from external_body)";
    let before: i64 = sqlx::query_scalar(count)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    ssr::seed(&mut connection).await.unwrap();
    let after: i64 = sqlx::query_scalar(count)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!((before, after), (15 + 103 + 64 + 107 + 8 + 13, before));
}

#[tokio::test]
async fn the_seeded_calendar_counts_as_the_law_does() {
    let (_, web) = fresh_database().await;
    let mut connection = PgConnection::connect_with(&web).await.unwrap();
    let calendar = ssr::calendar(&mut connection).await.unwrap();
    let days = ssr::service_level(
        &mut connection,
        ServiceLevel::AnswerConduct,
        date!(2026 - 11 - 23),
    )
    .await
    .unwrap();
    assert_eq!(
        Deadline::count(&calendar, date!(2026 - 11 - 23), days).due_on,
        date!(2026 - 12 - 07)
    );
    assert_eq!(
        calendar.add_working_days(date!(2026 - 08 - 21), 2),
        date!(2026 - 08 - 24)
    );
    assert!(
        ssr::service_level(
            &mut connection,
            ServiceLevel::AnswerConduct,
            date!(2025 - 12 - 31)
        )
        .await
        .is_err()
    );
}

#[tokio::test]
async fn an_acknowledgement_carries_the_number_and_leaves_no_address() {
    let app = TestApp::start().await;
    let id = uuid::Uuid::from_u128(7);
    let sealed = app.state.vault.seal_service(
        SealContext {
            table: "outbox_address",
            row: 7,
            field: "email",
        },
        b"ba.mau@example.vn",
    );
    let mut tx = app.state.db.pool().begin().await.unwrap();
    sqlx::query("insert into outbox_address values ($1, $2)")
        .bind(id)
        .bind(sealed)
        .execute(&mut *tx)
        .await
        .unwrap();
    let job = AcknowledgeReceipt {
        outbox_id: id,
        number: "PA26-7K3M9Q-X".to_owned(),
    };
    job.enqueue(&mut tx, START).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.run_jobs().await, 1);
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "ba.mau@example.vn");
    assert!(mails[0].text.contains("PA26-7K3M9Q-X"));
    let left: i64 = sqlx::query_scalar(
        "select (select count(*) from outbox_address) + (select count(*) from job)",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(left, 0);
}

/// A job that no worker knows.
#[derive(Serialize, Deserialize)]
struct Unknown {}

impl Job for Unknown {
    const KIND: &'static str = "unknown";
}

#[tokio::test]
async fn a_job_that_fails_waits_and_is_given_up_in_the_end() {
    let app = TestApp::start().await;
    let mut connection = app.state.db.pool().acquire().await.unwrap();
    Unknown {}.enqueue(&mut connection, START).await.unwrap();
    drop(connection);
    let mut tried = 0;
    for _ in 0..30 {
        tried += app.run_jobs().await;
        app.pass(Duration::hours(1));
    }
    assert_eq!(tried, 10);
    let attempts: i16 = sqlx::query_scalar("select attempts from job")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(attempts, 10);
}

#[tokio::test]
async fn the_demo_shows_every_state_and_opens_with_its_keys() {
    let app = TestApp::start().await;
    demo::start(&app.owner, &app.state.vault, &app.state.clock)
        .await
        .unwrap();
    let states: i64 = sqlx::query_scalar("select count(distinct status) from feedback_case")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(states, 14);
    let late: Vec<(bool,)> = sqlx::query_as("select distinct at > $1 from case_event")
        .bind(START)
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(late, [(false,)]);
    demo::fill(
        &app.owner,
        app.state.vault.clone(),
        &app.state.clock,
        300,
        |_| (),
    )
    .await
    .unwrap();
    let cases: i64 = sqlx::query_scalar("select count(*) from feedback_case")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(cases, 460);
}

#[tokio::test]
async fn every_form_handed_out_has_a_key_of_its_own_compressed_or_not() {
    let app = TestApp::start().await;
    let visitor = app.client();
    let mut keys = Vec::new();
    for coding in ["", "br", "br"] {
        let request = Request::get("/gui-phan-anh?loai=hanh_vi")
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_ENCODING, coding);
        let mut answer = visitor.send(request, Body::empty()).await;
        assert_eq!(answer.header("content-encoding").unwrap_or(""), coding);
        if coding == "br" {
            let mut html = Vec::new();
            brotli::BrotliDecompress(&mut answer.bytes.as_slice(), &mut html).unwrap();
            answer.bytes = html;
        }
        let (before, key) = answer
            .body()
            .split_once(r#"name="khoa" value=""#)
            .expect("a form with a key");
        let (key, end) = key.split_once('"').unwrap();
        assert!(
            key.len() == 32 && before.contains(r#"id="phan-anh""#) && end.starts_with("></body>"),
            "{key} {end}"
        );
        keys.push((before.len(), key.to_owned()));
    }
    assert!(
        keys.windows(2)
            .all(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1),
        "{keys:?}"
    );
    assert!(
        !visitor
            .get("/gui-phan-anh")
            .await
            .body()
            .contains(r#"name="khoa""#),
        "the cards send nothing"
    );
}
