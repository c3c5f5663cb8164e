//! Directory, queue, demo: what every slice leans on.

use crate::support::{START, TestApp, fresh_database, set_wall_clock};
use lang_nghe::{
    calendar::Deadline,
    case::ServiceLevel,
    directory::ssr,
    platform::{AppState, clock::Clock, http::rate_limit, jobs::Job, telemetry::metrics},
    records,
    server::{demo, worker},
};
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, PgConnection};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
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
    assert_eq!((before, after), (15 + 103 + 64 + 107 + 6 + 13, before));
}

/// An installation of an earlier version learns the short names; what the department calls its units
/// itself stays.
#[tokio::test]
async fn units_get_short_names_unless_they_have_their_own() {
    let (owner, _) = fresh_database().await;
    let mut connection = PgConnection::connect_with(&owner).await.unwrap();
    let before = "update unit set short_name = case code when 'vp-so' then 'Văn phòng' end,
        name = case code when 'mot-cua' then 'Quầy số 1' else name end";
    sqlx::query(before).execute(&mut connection).await.unwrap();
    ssr::seed(&mut connection).await.unwrap();
    let units = ssr::units(&mut connection).await.unwrap();
    let called = |code| {
        let unit = units.iter().find(|unit| unit.code == code).unwrap();
        unit.short_name.as_str()
    };
    assert_eq!(called("cn-ninh-kieu"), "CN Ninh Kiều");
    assert_eq!(called("vp-so"), "Văn phòng");
    assert_eq!(called("mot-cua"), "Quầy số 1");
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
    let earlier = ssr::service_level(
        &mut connection,
        ServiceLevel::AnswerConduct,
        date!(2019 - 12 - 31),
    );
    assert_eq!(
        earlier.await.unwrap(),
        days,
        "before the first rule the first one counts"
    );
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
    for _ in 0..100 {
        tried += app.run_jobs().await;
        app.pass(Duration::hours(1));
    }
    assert_eq!(tried, 13);
    let attempts: i16 = sqlx::query_scalar("select attempts from job")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(attempts, 13);
}

#[tokio::test]
async fn a_job_that_panics_is_tried_again_and_ends_no_worker() {
    let app = TestApp::start().await;
    let mut connection = app.state.db.pool().acquire().await.unwrap();
    sqlx::query("insert into job (kind, payload, run_at, recurring) values ('purge', '{}', $1, true), ('sweep_files', '{}', $1, true)")
        .bind(START)
        .execute(&mut *connection)
        .await
        .unwrap();
    drop(connection);
    // the worker asks for the time, then the job does, and that is too much
    let asked = Arc::new(AtomicU32::new(0));
    let clock = Clock::from_fn(move || {
        assert_ne!(asked.fetch_add(1, Ordering::Relaxed), 1, "canary-noi-dung");
        START
    });
    let state = AppState {
        clock,
        ..app.state.clone()
    };
    let before = panics(&app);
    assert_eq!(worker::run_pending(&state).await.unwrap(), 2);
    assert!(panics(&app) > before);
    let jobs: Vec<(String, i16, Option<String>)> =
        sqlx::query_as("select kind, attempts, last_error from job order by kind")
            .fetch_all(app.owner.pool())
            .await
            .unwrap();
    let of = |kind: &str, attempts, error: Option<&str>| {
        (kind.to_owned(), attempts, error.map(str::to_owned))
    };
    let expected = [
        of("purge", 1, Some("it panicked")),
        of("sweep_files", 0, None),
    ];
    assert_eq!(jobs, expected);
}

fn panics(app: &TestApp) -> u64 {
    let page = metrics::page(&app.state.db);
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix("langnghe_panics_total "));
    line.unwrap().parse().unwrap()
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
    let cases = async || -> i64 {
        sqlx::query_scalar("select count(*) from feedback_case")
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    let before = cases().await;
    demo::fill(
        &app.owner,
        app.state.vault.clone(),
        &app.state.clock,
        300,
        |_| (),
    )
    .await
    .unwrap();
    assert_eq!(cases().await, before + 300);
    let mut owner = PgConnection::connect_with(&app.owner_options())
        .await
        .unwrap();
    set_wall_clock(&mut owner, START).await;
    assert_eq!(
        records::retention_due(&app.state.db).await.unwrap(),
        records::Erased::default(),
        "the first look at what is due takes none of it away"
    );
}

#[tokio::test]
async fn yesterdays_counters_cannot_be_computed_again_not_even_with_the_keys() {
    let app = TestApp::start().await;
    let bucket = [7; 32];
    let count = async || {
        let window = std::time::Duration::from_secs(900);
        rate_limit::count(&app.state.db, bucket, window, app.clock.now())
            .await
            .unwrap()
    };
    let secrets = async || -> Vec<Vec<u8>> {
        sqlx::query_scalar("select secret from rate_day order by day")
            .fetch_all(app.owner.pool())
            .await
            .unwrap()
    };
    assert_eq!((count().await, count().await), (1, 2));
    let stored: Vec<u8> = sqlx::query_scalar("select bucket from rate_counter")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_ne!(
        stored, bucket,
        "what the keys alone give is not what is stored"
    );
    app.pass(Duration::days(1));
    assert_eq!(count().await, 1);
    let two_days = secrets().await;
    assert_eq!(two_days.len(), 2);
    assert_ne!(two_days[0], two_days[1]);
    app.pass(Duration::days(3));
    sqlx::query("insert into job (kind, payload, run_at) values ('purge', '{}', $1)")
        .bind(app.clock.now())
        .execute(app.owner.pool())
        .await
        .unwrap();
    app.run_jobs().await;
    assert!(
        secrets().await.is_empty(),
        "the secrets go with their counters"
    );
    let counters: i64 = sqlx::query_scalar("select count(*) from rate_counter")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(counters, 0);
}

#[test]
fn the_command_line_speaks_one_language() {
    let folder = tempfile::tempdir().unwrap();
    let says = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_lang-nghe"))
            .args(arguments)
            .env("DATA_DIR", folder.path())
            .output()
            .unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    for arguments in [
        &["--help"][..],
        &["serve", "--help"],
        &["unsealer", "--help"],
        &["demo", "--help"],
        &["admin", "create", "--help"],
        &["admin", "opener", "--help"],
        &["keys", "--help"],
        &["keys", "escrow", "--help"],
        &["keys", "restore", "/nowhere"],
        &["keys", "check"],
        &["install", "--help"],
        &["uninstall", "--help"],
    ] {
        let said = says(arguments);
        let foreign: String = said
            .replace("Lắng Nghe", "")
            .chars()
            .filter(|c| !c.is_ascii())
            .collect();
        assert!(
            !said.is_empty() && foreign.is_empty(),
            "{arguments:?}: {said}"
        );
    }
}
