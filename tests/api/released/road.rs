//! The road of a release: two people, one transaction, the same bytes, nothing before its time.

use super::{JANUARY, authority, cases::a_year, drafter};
use crate::support::{TestApp, set_wall_clock};
use lang_nghe::{
    error::AppError,
    rights::Permission,
    statistics::{
        month::Month,
        ssr::publishing::{
            steps::{self, By},
            store::State,
        },
    },
};
use sqlx::{Connection as _, PgConnection};
use time::macros::datetime;

#[tokio::test]
async fn two_people_publish_and_nobody_changes_it() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let db = &app.state.db;
    steps::build(db, By::Staff(&author), JANUARY).await.unwrap();
    let leader = authority(&app, "giamdoc", Permission::ApproveFigures).await;
    let refused = |result: Result<_, AppError>| matches!(result, Err(AppError::Invalid(_)));
    assert!(
        refused(
            steps::publish(db, &leader, "2026-01", JANUARY)
                .await
                .map(|_| ())
        ),
        "not audited"
    );
    steps::audit(db, By::Staff(&author), JANUARY).await.unwrap();
    assert!(
        refused(
            steps::publish(db, &leader, "2026-02", JANUARY)
                .await
                .map(|_| ())
        ),
        "not in order"
    );
    let published = steps::publish(db, &leader, "2026-01", JANUARY)
        .await
        .unwrap();
    assert_eq!(published.state, State::Published);
    let again = steps::publish(db, &leader, "2026-01", JANUARY)
        .await
        .unwrap();
    assert_eq!(again.sha256, published.sha256);
    assert_eq!(steps::published(db).await.unwrap().len(), 1);
    // one who may do both is still one person
    sqlx::query("insert into staff_role select staff_id, 'lanh_dao_vp' from staff where username = 'vanphong1'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let both = authority(&app, "vanphong1", Permission::ApproveFigures).await;
    assert!(
        refused(
            steps::publish(db, &both, "2026-02", JANUARY)
                .await
                .map(|_| ())
        ),
        "own author"
    );
    for statement in [
        "update public_cell set value = value + 1",
        "delete from public_cell",
        "truncate public_cell",
        "delete from release",
        "delete from counted",
        "update release set sha256 = sha256 || ''::bytea, code = 'khac'",
        "update release set state = 'du_thao' where code = '2026-01'",
        "insert into public_cell select release_id, 9999, 't1', first_month, last_month, '{}', '{la}', 1 from release limit 1",
    ] {
        let done = sqlx::query(statement).execute(app.owner.pool()).await;
        assert!(done.is_err(), "{statement}");
    }
}

#[tokio::test]
async fn building_again_gives_the_same_bytes_whatever_happened_to_the_cases() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let db = &app.state.db;
    steps::build(db, By::Staff(&author), JANUARY).await.unwrap();
    let before = steps::all(db).await.unwrap();
    sqlx::query("update feedback_case set secrecy = 'to_cao' where kind = 'hanh_vi'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(
        steps::build(db, By::Staff(&author), JANUARY).await.unwrap(),
        [] as [String; 0]
    );
    assert_eq!(steps::all(db).await.unwrap(), before);
}

#[tokio::test]
async fn what_is_cut_off_has_not_happened() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let db = &app.state.db;
    // the connection dies in the middle of the last release
    sqlx::raw_sql("create function die() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create trigger die after insert on public_cell for each row when (new.table_code = 't7') execute function die()")
        .execute(app.owner.pool())
        .await
        .unwrap();
    sqlx::raw_sql("alter function die() security definer")
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert!(steps::build(db, By::Job, JANUARY).await.is_err());
    for table in ["release", "public_cell", "counted", "counted_month"] {
        let rows: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
                .fetch_one(app.owner.pool())
                .await
                .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    sqlx::raw_sql("drop trigger die on public_cell")
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(steps::build(db, By::Job, JANUARY).await.unwrap().len(), 12);
}

#[tokio::test]
async fn an_open_month_and_a_clock_that_is_ahead_are_refused() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let db = &app.state.db;
    let by = By::Staff(&author);
    let refused = |result: Result<_, AppError>| matches!(result, Err(AppError::Invalid(_)));
    assert!(
        refused(steps::build_month(db, by, Month::new(2027, 1), JANUARY).await),
        "open"
    );
    let ninth = datetime!(2027-01-09 23:00 +7);
    assert!(
        refused(steps::build_month(db, by, Month::new(2026, 12), ninth).await),
        "before the day"
    );
    let mut owner = PgConnection::connect_with(&app.owner_options())
        .await
        .unwrap();
    set_wall_clock(&mut owner, ninth).await;
    // the program believes to be in May; the database knows better
    let built = steps::build(db, by, datetime!(2027-05-20 08:00 +7))
        .await
        .unwrap();
    assert_eq!(built.last().unwrap(), "2026-11");
}

#[tokio::test]
async fn the_job_drafts_and_a_person_answers_for_it() {
    let app = TestApp::start().await;
    a_year(&app).await;
    app.clock.set(JANUARY);
    sqlx::query("insert into job (kind, payload, run_at, recurring) values ('draft_figures', '{}', $1, true)")
        .bind(JANUARY)
        .execute(app.owner.pool())
        .await
        .unwrap();
    app.run_jobs().await;
    let db = &app.state.db;
    let drafts = steps::all(db).await.unwrap();
    assert_eq!(drafts.len(), 12);
    assert!(
        drafts
            .iter()
            .all(|draft| draft.state == State::Audited && draft.author.is_none())
    );
    let leader = authority(&app, "giamdoc", Permission::ApproveFigures).await;
    assert!(
        steps::publish(db, &leader, "2026-01", JANUARY)
            .await
            .is_err(),
        "nobody answers for it"
    );
    let author = drafter(&app).await;
    steps::audit(db, By::Staff(&author), JANUARY).await.unwrap();
    steps::publish(db, &leader, "2026-01", JANUARY)
        .await
        .unwrap();
}
