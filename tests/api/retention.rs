//! How long things are kept, as the public page says; and erasing on request.

use crate::{
    crash::{self, Installation, Receipt, send},
    support::{
        START, TestApp,
        cases::{case_of, set_status},
        feedback, files_below, follow, receipt,
        sending::{DONE, FORM, TEXT},
        set_wall_clock, small_png,
    },
};
use lang_nghe::{
    case::CaseNumber,
    error::AppError,
    records::{self, Erased, Erasure},
};
use sqlx::{Connection as _, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

static TURN: AtomicU32 = AtomicU32::new(0xc00);

struct Sent {
    case: Uuid,
    number: CaseNumber,
    code: String,
}

/// A case with a picture and an address for notices, ended in this status today.
async fn ended(app: &TestApp, status: &str, more: &[(&'static str, &'static str)]) -> Sent {
    let key = format!("{:032x}", TURN.fetch_add(1, Ordering::Relaxed));
    let text = format!("{TEXT} {key}");
    let mut fields = feedback(&key, &text);
    fields.extend([
        ("thu_dien_tu", "ba.mau@example.vn"),
        ("nhan_tra_loi", "email"),
    ]);
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    let picture = small_png();
    let sender = app.client();
    let files = [("tep", "anh.png", "image/png", picture.as_slice())];
    let sent = sender.post_multipart(FORM, &fields, &files).await;
    assert_eq!(sent.location(), DONE, "{}", sent.text());
    let (number, code) = receipt(sender.get(DONE).await.body());
    let case = case_of(app, &number).await;
    set_status(app, case, status).await;
    let road: &[&str] = match status {
        "ket_thuc" => &["tra_loi", "ket_thuc"],
        "tu_choi" => &["duyet_tu_choi"],
        _ => &[],
    };
    for kind in road {
        happens(app, case, kind, app.clock.now()).await;
    }
    let number = CaseNumber::parse(&number).unwrap();
    Sent { case, number, code }
}

/// Writes an event as it is restored: by the owner, with its time.
async fn happens(app: &TestApp, case: Uuid, kind: &str, at: OffsetDateTime) {
    sqlx::query("insert into case_event (case_id, at, kind) values ($1, $2, $3)")
        .bind(case)
        .bind(at)
        .bind(kind)
        .execute(app.owner.pool())
        .await
        .unwrap();
}

async fn wall_clock(app: &TestApp, to: OffsetDateTime) {
    let mut owner = PgConnection::connect_with(&app.owner_options())
        .await
        .unwrap();
    set_wall_clock(&mut owner, to).await;
}

async fn apply(app: &TestApp) -> Erased {
    records::apply_retention(&app.state.db, &app.state.files, |_| ())
        .await
        .unwrap()
}

/// Rows of everything that is sealed, and kept files.
async fn sealed(app: &TestApp, case: Uuid) -> i64 {
    sqlx::query_scalar(
        "select (select count(*) from case_key where case_id = $1) + (select count(*) from case_identity where case_id = $1)
            + (select count(*) from case_receipt where case_id = $1) + (select count(*) from case_body where case_id = $1)
            + (select count(*) from case_message where case_id = $1) + (select count(*) from attachment where case_id = $1)
            + (select count(*) from submission where case_id = $1) + (select count(*) from outbox_address where case_id = $1)
            + (select count(*) from case_event where case_id = $1 and sealed is not null)",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap()
}

async fn named(app: &TestApp, case: Uuid) -> bool {
    sqlx::query_scalar("select exists (select from case_identity where case_id = $1)")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

const NAMELESS: [(&str, &str); 2] = [("nguoi_gui", "khong_neu_ten"), ("nhan_tra_loi", "trang")];

#[tokio::test]
async fn everything_is_kept_as_long_as_the_page_says_and_no_longer() {
    let app = TestApp::start().await;
    let closed = ended(&app, "ket_thuc", &[]).await;
    let refused = ended(&app, "tu_choi", &[]).await;
    let lead = ended(&app, "ket_thuc", &NAMELESS).await;
    let open = ended(&app, "dang_xu_ly", &[]).await;
    let held = ended(&app, "tu_choi", &[]).await;
    assert!(
        records::hold_case(&app.owner, &held.number, Some(START.date()))
            .await
            .unwrap()
    );
    let months = |count: i64| START + Duration::days(count * 365 / 12);
    wall_clock(&app, months(5)).await;
    assert_eq!(apply(&app).await, Erased::default());
    wall_clock(&app, months(7)).await;
    let one = Erased {
        cases: 1,
        identities: 0,
    };
    assert_eq!(
        records::retention_due(&app.state.db).await.unwrap(),
        one,
        "the preview"
    );
    assert_eq!(apply(&app).await, one);
    assert_eq!(sealed(&app, refused.case).await, 0);
    wall_clock(&app, months(23)).await;
    assert_eq!(apply(&app).await, Erased::default());
    wall_clock(&app, months(25)).await;
    assert_eq!(
        apply(&app).await,
        Erased {
            cases: 1,
            identities: 1
        }
    );
    assert_eq!(sealed(&app, lead.case).await, 0);
    assert!(!named(&app, closed.case).await && sealed(&app, closed.case).await > 0);
    assert_eq!(
        apply(&app).await,
        Erased::default(),
        "a second run finds nothing"
    );
    let page = follow(&app, &closed.code).await.get("/tra-cuu/ho-so").await;
    assert!(
        page.words()
            .contains("Sở đã xóa họ tên, địa chỉ, liên hệ của Ông/Bà")
    );
    wall_clock(&app, months(119)).await;
    assert_eq!(apply(&app).await, Erased::default());
    wall_clock(&app, months(121)).await;
    assert_eq!(apply(&app).await, one);
    assert_eq!(sealed(&app, closed.case).await, 0);
    assert!(named(&app, open.case).await && named(&app, held.case).await);
    let kept = files_below(&app.config().files_dir());
    assert_eq!(
        kept.len(),
        2,
        "the files of the open case and of the held one"
    );
    assert!(
        records::hold_case(&app.owner, &held.number, None)
            .await
            .unwrap()
    );
    assert_eq!(apply(&app).await, one);
}

#[tokio::test]
async fn a_web_process_can_only_hasten_what_is_due() {
    let app = TestApp::start().await;
    let case = ended(&app, "ket_thuc", &[]).await.case;
    wall_clock(&app, START).await;
    for attempt in [
        "select erase_case(case_id) from feedback_case",
        "select erase_identity(case_id) from feedback_case",
        "create or replace function wall_clock() returns timestamptz language sql as 'select now() + interval ''90 years'''",
        "delete from feedback_case",
        "delete from case_key",
        "delete from case_identity",
        "delete from audit_log",
        "update case_event set at = at - interval '20 years'",
        "update feedback_case set held_since = '2026-11-23'",
        "update feedback_case set erased_on = '2026-11-23'",
        "update feedback_case set is_lead = true",
        "insert into case_event (case_id, at, kind)
            select case_id, wall_clock() + interval '1 hour', 'mo_lai' from feedback_case",
    ] {
        let mut web = widest(&app).await;
        let done = sqlx::raw_sql(attempt).execute(&mut *web).await;
        assert!(done.is_err(), "{attempt}");
    }
    // what it may write makes no case older than its history
    let open = ended(&app, "dang_xu_ly", &[]).await.case;
    let forged = sqlx::raw_sql(
        "update feedback_case set status = 'tu_choi', received_on = '2010-01-01',
            answered_on = '2010-01-15', closed_on = '2010-02-01'",
    )
    .execute(&mut *widest(&app).await)
    .await
    .unwrap();
    assert_eq!(forged.rows_affected(), 2, "the web may write these");
    assert_eq!(apply(&app).await, Erased::default());
    // nor does what it may add to the history, whatever time that claims
    sqlx::raw_sql(
        "insert into case_event (case_id, at, kind, recorded_at) overriding system value
            select case_id, '2010-02-01', claimed, '2010-02-01'
            from feedback_case, unnest(array['ket_thuc', 'duyet_tu_choi']) claimed",
    )
    .execute(&mut *widest(&app).await)
    .await
    .unwrap();
    assert_eq!(apply(&app).await, Erased::default());
    wall_clock(&app, START + Duration::days(170)).await;
    assert_eq!(apply(&app).await, Erased::default());
    assert!(sealed(&app, case).await > 0 && sealed(&app, open).await > 0);
    // what was answered is refused by nobody, and lives as long as it would
    wall_clock(&app, START + Duration::days(400)).await;
    apply(&app).await;
    assert!(sealed(&app, case).await > 0);
}

#[tokio::test]
async fn nothing_but_a_reopening_puts_the_end_of_a_case_off() {
    let app = TestApp::start().await;
    let told = ended(&app, "ket_thuc", &[]).await.case;
    let reopened = ended(&app, "ket_thuc", &NAMELESS).await.case;
    let months = |count: i64| START + Duration::days(count * 365 / 12);
    for kind in [
        "dong_y",
        "ghi_chu",
        "nhan_tin",
        "khong_tham_gia",
        "danh_gia",
        "nhac",
    ] {
        happens(&app, told, kind, months(20)).await;
    }
    happens(&app, told, "mo_lai", months(1000)).await;
    happens(&app, reopened, "mo_lai", months(20)).await;
    wall_clock(&app, months(25)).await;
    let one = Erased {
        cases: 0,
        identities: 1,
    };
    assert_eq!(apply(&app).await, one);
    assert!(!named(&app, told).await && sealed(&app, reopened).await > 0);
    happens(&app, reopened, "ket_thuc", months(26)).await;
    wall_clock(&app, months(49)).await;
    assert_eq!(apply(&app).await, Erased::default());
    wall_clock(&app, months(51)).await;
    assert_eq!(apply(&app).await.cases, 1);
}

#[tokio::test]
async fn what_it_takes_to_take_a_step_back_goes_with_its_minutes_and_with_the_case() {
    let app = TestApp::start().await;
    let (old, new) = (
        ended(&app, "dang_xu_ly", &[]).await,
        ended(&app, "dang_xu_ly", &[]).await,
    );
    let keep = async |case: Uuid, at: OffsetDateTime| {
        sqlx::query(
            "update feedback_case set last_step = jsonb_build_object('viec', 'giao_xu_ly', 'luc', $2::bigint,
                'truoc', to_jsonb(feedback_case) - 'last_step') where case_id = $1",
        )
        .bind(case)
        .bind(at.unix_timestamp())
        .execute(app.owner.pool())
        .await
        .unwrap();
    };
    let kept = async || -> i64 {
        sqlx::query_scalar("select count(last_step) from feedback_case")
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    keep(old.case, START).await;
    keep(new.case, START + Duration::minutes(5)).await;
    wall_clock(&app, START + Duration::minutes(11)).await;
    records::forget_last_steps(&mut app.state.db.pool().acquire().await.unwrap())
        .await
        .unwrap();
    assert_eq!(kept().await, 1, "the older one");
    keep(old.case, START).await;
    for number in [&old.number, &new.number] {
        records::erase_case(&app.owner, &app.state.files, number, |_| Ok(()))
            .await
            .unwrap();
    }
    assert_eq!(kept().await, 0, "erased");
}

/// A connection of the web in the widest scope that it can give itself.
async fn widest(app: &TestApp) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    let mut web = app.state.db.pool().acquire().await.unwrap();
    sqlx::raw_sql(
        "select set_config('app.scope', 'all', false), set_config('app.sealed', 'on', false),
            set_config('app.original', 'on', false)",
    )
    .execute(&mut *web)
    .await
    .unwrap();
    web
}

#[tokio::test]
async fn two_runs_at_once_share_the_work() {
    let app = TestApp::start().await;
    for _ in 0..6 {
        ended(&app, "tu_choi", &[]).await;
    }
    wall_clock(&app, START + Duration::days(400)).await;
    let (one, two) = tokio::join!(apply(&app), apply(&app));
    assert_eq!(one.cases + two.cases, 6);
    let erasures: i64 =
        sqlx::query_scalar("select count(*) from audit_log where action = 'xoa_ho_so'")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!(erasures, 6, "each once");
}

#[tokio::test]
async fn the_worker_erases_daily_what_is_due() {
    let app = TestApp::start().await;
    let case = ended(&app, "tu_choi", &[]).await.case;
    wall_clock(&app, START + Duration::days(400)).await;
    sqlx::query(
        "insert into job (kind, payload, run_at, recurring) values ('retention', '{}', $1, true)",
    )
    .bind(START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    app.run_jobs().await;
    assert_eq!(sealed(&app, case).await, 0);
    let next: OffsetDateTime =
        sqlx::query_scalar("select run_at from job where kind = 'retention'")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!(next, app.clock.now() + Duration::DAY);
}

#[tokio::test]
async fn an_erased_case_is_gone_for_everybody_and_stays_in_the_figures() {
    let app = TestApp::start().await;
    let sent = ended(&app, "dang_xu_ly", &[]).await;
    let office = app.sign_in("vanphong1").await;
    let page = format!("/quan-tri/ho-so/{}", sent.number);
    assert_eq!(office.get(&page).await.status(), 200);
    let erase = async |note: fn(Uuid) -> Result<(), AppError>| {
        records::erase_case(&app.owner, &app.state.files, &sent.number, note).await
    };
    let refused = erase(|_| Err(AppError::Internal)).await;
    assert!(
        refused.is_err() && sealed(&app, sent.case).await > 0,
        "what cannot be noted is not erased"
    );
    assert_eq!(erase(|_| Ok(())).await.unwrap(), Erasure::Done(1));
    assert_eq!(erase(|_| Ok(())).await.unwrap(), Erasure::Before, "twice");
    assert_eq!(sealed(&app, sent.case).await, 0);
    assert!(files_below(&app.config().files_dir()).is_empty());
    let gone = office.get(&page).await;
    assert!(
        gone.body().contains("đã được xóa"),
        "{} {}",
        gone.status,
        gone.text()
    );
    let opened = app
        .client()
        .post_form("/tra-cuu", &[("ma", &sent.code)])
        .await;
    assert_eq!(opened.status(), 422, "the code opens nothing any more");
    let (kind, status, erased): (String, String, bool) = sqlx::query_as(
        "select kind, status, erased_on is not null from feedback_case where case_id = $1",
    )
    .bind(sent.case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(
        (kind.as_str(), status.as_str(), erased),
        ("hanh_vi", "da_rut", true)
    );
    let noted: i64 = sqlx::query_scalar(
        "select count(*) from audit_log where action = 'xoa_ho_so' and case_id = $1",
    )
    .bind(sent.case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(noted, 1);
}

#[test]
fn an_operator_erases_a_case_at_the_terminal_and_a_held_one_not() {
    let mut site = Installation::new();
    site.start();
    let sends = |turn: u32| {
        let text = format!("{TEXT} {turn}");
        send(site.address, &format!("{turn:032x}"), &text).expect("a receipt")
    };
    let (one, held) = (sends(0xd00), sends(0xd01));
    let says = |arguments: &[&str], well: bool, words: &str| {
        let (went_well, printed) = site.run(arguments);
        assert!(
            went_well == well && printed.contains(words),
            "{arguments:?}: {printed}"
        );
    };
    says(
        &["retention", "preview"],
        true,
        "0 whole cases, and 0 names",
    );
    says(
        &["erase", "PA26-ABC", "--yes"],
        false,
        "no number of a case",
    );
    says(&["retention", "hold", &held.number], true, "is held");
    says(
        &["erase", &held.number, "--yes"],
        false,
        "retention release",
    );
    says(&["erase", &one.number], false, "nothing was erased");
    says(&["erase", &one.number, "--yes"], true, "and 1 files");
    says(&["erase", &one.number, "--yes"], true, "was erased before");
    let shown = |receipt: &Receipt| {
        let page = crash::follow(site.address, &receipt.code);
        page.contains(&receipt.number)
    };
    assert_eq!((shown(&one), shown(&held)), (false, true));
    assert_eq!(files_below(&site.files()).len(), 1);
    says(
        &["retention", "release", &held.number],
        true,
        "held no more",
    );
    says(&["erase", &held.number, "--yes"], true, "is erased");
    assert!(files_below(&site.files()).is_empty());
}

#[tokio::test]
async fn what_a_restored_backup_brings_back_is_erased_again() {
    let app = TestApp::start().await;
    let sent = ended(&app, "ket_thuc", &[]).await;
    let again = records::erase_again(&app.owner, &app.state.files, &[sent.case]).await;
    assert_eq!(again.unwrap(), 1);
    assert_eq!(sealed(&app, sent.case).await, 0);
    let again = records::erase_again(&app.owner, &app.state.files, &[sent.case]).await;
    assert_eq!(again.unwrap(), 0);
}

#[tokio::test]
async fn the_audit_log_is_kept_for_ten_years() {
    let app = TestApp::start().await;
    app.sign_in("vanphong1").await;
    let lines = async || -> i64 {
        sqlx::query_scalar("select count(*) from audit_log")
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    wall_clock(&app, START + Duration::days(3600)).await;
    apply(&app).await;
    assert_eq!(lines().await, 1);
    wall_clock(&app, START + Duration::days(3660)).await;
    apply(&app).await;
    assert_eq!(lines().await, 0);
}
