//! Following a case: the code opens it, guessing is slowed and locks nobody out, and every action is done once.

use crate::support;
use crate::support::Client;
use crate::support::TestApp;
use lang_nghe::rights::Role;
use std::time::Instant;
use time::{Date, Duration};
use uuid::Uuid;

/// A code with a right check digit that no case has.
const STRANGER: &str = "0000 0000 0000 0000 0000";
const UNKNOWN: &str = "Không tìm thấy phản ánh với mã đã nhập";
const PAGE: &str = "/tra-cuu/ho-so";

/// Where a form of the page posts to.
fn on(command: &str) -> String {
    format!("{PAGE}?viec={command}")
}

/// A case, and a visitor who has opened it with its code.
async fn followed(app: &TestApp) -> (Uuid, String, Client) {
    let (number, code) = support::submit(app).await;
    let visitor = app.client();
    let reply = visitor.post_form("/tra-cuu", &[("ma", &code)]).await;
    assert_eq!(
        (reply.status(), reply.header("location")),
        (303, Some(PAGE))
    );
    let case = sqlx::query_scalar::<_, Uuid>("select case_id from feedback_case where number = $1")
        .bind(number)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    (case, code, visitor)
}

async fn set_status(app: &TestApp, case: Uuid, status: &str) {
    sqlx::query("update feedback_case set status = $2 where case_id = $1")
        .bind(case)
        .bind(status)
        .execute(app.owner.pool())
        .await
        .unwrap();
}

async fn events(app: &TestApp, case: Uuid, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from case_event where case_id = $1 and kind = $2")
        .bind(case)
        .bind(kind)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

/// The hidden key of the page's forms.
fn key_of(body: &str) -> String {
    let at = body
        .find(r#"name="khoa" value=""#)
        .expect("a form with a key")
        + r#"name="khoa" value=""#.len();
    body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_code_opens_the_case_and_never_stands_in_an_address() {
    let app = TestApp::start().await;
    let (_, code, visitor) = followed(&app).await;
    let page = visitor.get(PAGE).await;
    assert_eq!(
        (page.status(), page.header("cache-control")),
        (200, Some("no-store"))
    );
    assert!(
        page.body().contains("Sở trả lời chậm nhất")
            && page.body().contains("Chưa ai mở danh tính của Ông/Bà")
    );
    assert!(!page.body().contains(&code.replace(' ', "")));
    assert!(app.get("/tra-cuu").await.body().contains("Mã tra cứu"));
}

#[tokio::test]
async fn the_session_cookie_is_strict_and_its_token_is_stored_hashed() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let reply = app.client().post_form("/tra-cuu", &[("ma", &code)]).await;
    let cookie = reply.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.contains("theo-doi=")
            && cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && cookie.contains("Path=/")
    );
    let hashes = sqlx::query_scalar::<_, Vec<u8>>("select token_hash from track_session")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert!(hashes.iter().all(|hash| hash.len() == 32));
}

#[tokio::test]
async fn without_a_session_the_page_leads_to_the_look_up() {
    let app = TestApp::start().await;
    let reply = app.get(PAGE).await;
    assert_eq!(
        (reply.status(), reply.header("location")),
        (303, Some("/tra-cuu"))
    );
}

#[tokio::test]
async fn a_mistyped_code_is_explained_and_stays_in_the_field() {
    let app = TestApp::start().await;
    let reply = app
        .client()
        .post_form("/tra-cuu", &[("ma", "0000 0000 0000 0000 0001")])
        .await;
    assert_eq!(
        (reply.status(), reply.header("cache-control")),
        (422, Some("no-store"))
    );
    assert!(
        reply.body().contains("hai chữ số cạnh nhau bị đổi chỗ")
            && reply.body().contains("0000 0000 0000 0000 0001")
    );
    let field = r#"inputmode="numeric""#;
    assert!(
        reply.body().contains(field)
            && reply.body().contains(r#"action="/tra-cuu""#)
            && reply.body().contains(r#"autocomplete="off""#)
    );
    let marked = app
        .client()
        .post_form("/tra-cuu", &[("ma", "1234 \"><b>5678")])
        .await;
    assert!(
        marked.body().contains("1234 &quot;") && !marked.body().contains("<b>5678"),
        "what was typed is text"
    );
    let counted = sqlx::query_scalar::<_, i64>("select count(*) from rate_counter")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(counted, 0, "what cannot be a code is not a guess");
}

#[tokio::test]
async fn a_wrong_code_gets_one_neutral_answer() {
    let app = TestApp::start().await;
    let reply = app
        .client()
        .post_form("/tra-cuu", &[("ma", STRANGER)])
        .await;
    assert_eq!(reply.status(), 422);
    assert!(reply.body().contains(UNKNOWN) && reply.header("set-cookie").is_none());
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_still_gets_in() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let guesser = app.client();
    let before = Instant::now();
    for _ in 0..6 {
        assert!(
            guesser
                .post_form("/tra-cuu", &[("ma", STRANGER)])
                .await
                .body()
                .contains(UNKNOWN)
        );
    }
    assert!(
        before.elapsed() >= std::time::Duration::from_millis(200),
        "six guesses are slower than six look-ups"
    );
    // the same network as the guesser, and all counters high
    sqlx::query("update rate_counter set hits = 100000")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let before = Instant::now();
    assert_eq!(
        app.client()
            .post_form("/tra-cuu", &[("ma", &code)])
            .await
            .status(),
        303
    );
    assert!(
        before.elapsed() < std::time::Duration::from_secs(8),
        "the wait is bounded"
    );
}

#[tokio::test]
async fn the_session_ends_half_an_hour_after_its_last_use() {
    let app = TestApp::start().await;
    let (_, _, visitor) = followed(&app).await;
    app.clock.advance(Duration::minutes(25));
    assert_eq!(visitor.get(PAGE).await.status(), 200);
    app.clock.advance(Duration::minutes(25));
    assert_eq!(
        visitor.get(PAGE).await.status(),
        200,
        "every use begins the half hour anew"
    );
    app.clock.advance(Duration::minutes(31));
    assert_eq!(visitor.get(PAGE).await.status(), 303);
}

#[tokio::test]
async fn leaving_ends_the_session_and_clears_the_cache() {
    let app = TestApp::start().await;
    let (_, _, visitor) = followed(&app).await;
    let reply = visitor.post_form(&on("thoat"), &[]).await;
    assert_eq!(
        (
            reply.status(),
            reply.header("location"),
            reply.header("clear-site-data")
        ),
        (303, Some("/tra-cuu"), Some("\"cache\""))
    );
    assert_eq!(visitor.get(PAGE).await.status(), 303);
    assert_eq!(
        sqlx::query_scalar::<_, i64>("select count(*) from track_session")
            .fetch_one(app.owner.pool())
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn a_message_shows_once_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let key = key_of(visitor.get(PAGE).await.body());
    let (there, form) = (
        on("nhan"),
        [
            ("khoa", key.as_str()),
            (
                "tin_nhan",
                "Tôi đã đến lại sáng nay. </textarea><script>x</script>",
            ),
        ],
    );
    let first = visitor.post_form(&there, &form).await;
    assert_eq!(
        (first.status(), first.header("location")),
        (303, Some("/tra-cuu/ho-so?xong=nhan"))
    );
    let second = visitor.post_form(&there, &form).await;
    assert_eq!(second.header("location"), Some("/tra-cuu/ho-so?xong=da-co"));
    let page = visitor.get("/tra-cuu/ho-so?xong=da-co").await;
    assert!(
        page.body().contains("Tôi đã đến lại sáng nay")
            && page.body().contains("không có gì bị gửi hai lần")
    );
    assert!(!page.body().contains("<script>x"));
    assert_eq!(events(&app, case, "nhan_tin").await, 1);
}

#[tokio::test]
async fn an_empty_message_comes_back_with_a_word_at_the_field() {
    let app = TestApp::start().await;
    let (_, _, visitor) = followed(&app).await;
    let reply = visitor.post_form(&on("nhan"), &[("tin_nhan", "")]).await;
    assert_eq!(reply.status(), 422);
    assert!(
        reply
            .body()
            .contains("Vui lòng viết nội dung hoặc chọn ít nhất một tệp")
    );
}

#[tokio::test]
async fn a_session_that_ran_out_keeps_what_was_written() {
    let app = TestApp::start().await;
    let (case, code, visitor) = followed(&app).await;
    app.clock.advance(Duration::hours(1));
    let late = visitor
        .post_form(
            &on("nhan"),
            &[("khoa", "abc"), ("tin_nhan", "Viết rất lâu mới xong")],
        )
        .await;
    assert_eq!(late.status(), 422);
    assert!(late.body().contains("Viết rất lâu mới xong") && late.body().contains("Mã tra cứu"));
    let again = visitor
        .post_form(
            &on("nhan"),
            &[
                ("khoa", "abc"),
                ("tin_nhan", "Viết rất lâu mới xong"),
                ("ma", &code),
            ],
        )
        .await;
    assert_eq!(again.header("location"), Some("/tra-cuu/ho-so?xong=nhan"));
    assert_eq!(events(&app, case, "nhan_tin").await, 1);
}

#[tokio::test]
async fn a_supplement_lets_the_clock_run_again() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let before = sqlx::query_scalar::<_, Option<Date>>(
        "select due_on from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    let today = app.clock.today();
    sqlx::query("update feedback_case set status = 'cho_bo_sung', supplement_asked = true, paused_on = $2 where case_id = $1")
        .bind(case)
        .bind(today)
        .execute(app.owner.pool())
        .await
        .unwrap();
    app.clock.advance(Duration::days(7));
    let visitor = reopened_session(&app, case, visitor).await;
    let reply = visitor
        .post_form(&on("nhan"), &[("tin_nhan", "Bộ phận Một cửa, quầy số 3")])
        .await;
    assert_eq!(
        reply.header("location"),
        Some("/tra-cuu/ho-so?xong=bo-sung")
    );
    let row = sqlx::query_as::<_, (String, Option<Date>, Option<Date>)>(
        "select status, due_on, paused_on from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!((row.0.as_str(), row.2), ("da_tiep_nhan", None));
    assert!(
        row.1 > before,
        "seven days of waiting hold at least one working day"
    );
    assert_eq!(
        (
            events(&app, case, "bo_sung").await,
            events(&app, case, "nhan_tin").await
        ),
        (1, 0)
    );
}

/// The session of a visitor after a long wait: its row is given new life, as if the code had been typed again.
async fn reopened_session(app: &TestApp, case: Uuid, visitor: Client) -> Client {
    let later = app.clock.now() + Duration::minutes(30);
    sqlx::query("update track_session set expires_at = $2 where case_id = $1")
        .bind(case)
        .bind(later)
        .execute(app.owner.pool())
        .await
        .unwrap();
    visitor
}

#[tokio::test]
async fn withdrawing_needs_a_tick_and_is_possible_only_early() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    assert_eq!(visitor.post_form(&on("rut"), &[]).await.status(), 422);
    let (there, form) = (on("rut"), [("xac_nhan", "1")]);
    set_status(&app, case, "da_tiep_nhan").await;
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=khong-con")
    );
    assert!(
        !visitor
            .get(PAGE)
            .await
            .body()
            .contains("Tôi muốn rút phản ánh này")
    );
    set_status(&app, case, "cho_tiep_nhan").await;
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=rut")
    );
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=da-co")
    );
    assert_eq!(events(&app, case, "rut").await, 1);
    assert!(visitor.get(PAGE).await.body().contains("Đã rút."));
}

#[tokio::test]
async fn an_answer_is_rated_once() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let (there, form) = (on("danh_gia"), [("muc", "2")]);
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=khong-con")
    );
    set_status(&app, case, "da_tra_loi").await;
    assert_eq!(
        visitor
            .post_form(&on("danh_gia"), &[("muc", "9")])
            .await
            .status(),
        422
    );
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=danh-gia")
    );
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=da-co")
    );
    let level = sqlx::query_scalar::<_, Option<i16>>(
        "select satisfaction from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!((level, events(&app, case, "danh_gia").await), (Some(2), 1));
}

#[tokio::test]
async fn an_unsatisfying_answer_is_reopened_once_with_a_reason() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    set_status(&app, case, "da_tra_loi").await;
    let short = visitor
        .post_form(&on("chua_thoa_dang"), &[("ly_do", "chưa")])
        .await;
    assert_eq!(short.status(), 422);
    assert!(short.body().contains("ít nhất 10 ký tự"));
    let (there, form) = (
        on("chua_thoa_dang"),
        [("ly_do", "Sở chưa trả lời về thời gian hẹn lại.")],
    );
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=mo-lai")
    );
    let row = sqlx::query_as::<_, (String, bool, Option<String>)>(
        "select status, reopened, due_rule from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(
        (row.0.as_str(), row.1, row.2.as_deref()),
        ("dang_xu_ly", true, Some("phan_hoi_khong_hai_long"))
    );
    assert!(
        visitor
            .get(PAGE)
            .await
            .body()
            .contains("Sở chưa trả lời về thời gian hẹn lại.")
    );
    set_status(&app, case, "da_tra_loi").await;
    assert_eq!(
        visitor.post_form(&there, &form).await.header("location"),
        Some("/tra-cuu/ho-so?xong=da-co")
    );
    assert_eq!(events(&app, case, "mo_lai").await, 1);
}

#[tokio::test]
async fn no_name_of_staff_and_nothing_internal_reaches_the_submitter() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let staff = app
        .add_staff("nguyen-thu-ky", &[Role::Office], "vp-so")
        .await;
    for kind in [
        "tiep_nhan",
        "ghi_chu",
        "viet_trich_yeu",
        "de_xuat_tu_choi",
        "mo_danh_tinh_yeu_cau",
    ] {
        sqlx::query("insert into case_event (case_id, at, kind, staff_id, role) values ($1, $2, $3, $4, 'van_phong')")
            .bind(case)
            .bind(app.clock.now())
            .bind(kind)
            .bind(staff)
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
    let page = visitor.get(PAGE).await;
    assert!(page.body().contains("Sở tiếp nhận phản ánh") && page.body().contains("Văn phòng Sở"));
    for hidden in [
        "nguyen-thu-ky",
        "Ghi chú",
        "trích",
        "Đề xuất",
        &staff.to_string(),
    ] {
        assert!(!page.body().contains(hidden), "the submitter sees {hidden}");
    }
}

#[tokio::test]
async fn one_submitter_never_sees_the_case_of_another() {
    let app = TestApp::start().await;
    let (_, _, one) = followed(&app).await;
    let (other_number, _) = support::submit(&app).await;
    assert!(!one.get(PAGE).await.body().contains(&other_number));
}

#[tokio::test]
async fn opening_the_identity_is_reported_to_the_submitter() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let staff = app.add_staff("giamdoc", &[Role::Leader], "vp-so").await;
    sqlx::query("insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason, opened_at) values ($1, $2, $3, $4, '', $4)").bind(Uuid::from_u128(1)).bind(case).bind(staff).bind(app.clock.now())
    .execute(app.owner.pool())
    .await
    .unwrap();
    let page = visitor.get(PAGE).await;
    assert!(
        page.body()
            .contains("Danh tính của Ông/Bà đã được một lãnh đạo mở vào")
    );
}
