//! Signing in and out, closing accounts, and opening an identity step by step, over HTTP.

use crate::support::{TestApp, opening_command};
use axum::http::StatusCode;
use lang_nghe::case::{CaseId, CaseNumber};
use uuid::Uuid;

const SIGN_IN: &str = "/quan-tri/dang-nhap";
const REFUSED: &str = "Tên đăng nhập hoặc mật khẩu chưa đúng";

#[tokio::test]
async fn the_sign_in_page_has_its_labels() {
    let app = TestApp::start().await;
    let page = app.get(SIGN_IN).await;
    assert_eq!(page.status, StatusCode::OK);
    for label in ["Tên đăng nhập", "Mật khẩu", "Đăng nhập"] {
        assert!(page.body().contains(label), "{label}");
    }
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in_and_back() {
    let app = TestApp::start().await;
    let answer = app.get("/quan-tri/tai-khoan?x=1").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        answer.header("location"),
        Some("/quan-tri/dang-nhap?tiep=%2Fquan-tri%2Ftai-khoan%3Fx%3D1")
    );
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_get_the_same_answer_and_keep_the_name() {
    let app = TestApp::start().await;
    for username in ["vanphong1", "khong-co-ai"] {
        let answer = app
            .post_form(
                SIGN_IN,
                &[("username", username), ("secret_password", "sai")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body().contains(REFUSED)
                && answer.body().contains(&format!("value=\"{username}\""))
        );
        assert!(
            !answer.body().contains("value=\"sai\""),
            "a password never comes back"
        );
    }
}

/// Makes an account as the administrator and gives its password, read from the page that shows it once.
async fn make_account(app: &TestApp, username: &str, role: &str) -> String {
    let admin = app.sign_in("quantri").await;
    let form = [
        ("username", username),
        ("display_name", "Nguyễn Thử Nghiệm"),
        ("unit", "vp-so"),
        ("roles[]", role),
    ];
    let made = admin.post_form("/quan-tri/tai-khoan?viec=tao", &form).await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(made.header("cache-control"), Some("no-store"));
    let after = made
        .body()
        .split("class=\"code-block\">")
        .nth(1)
        .expect("the password is shown");
    let password: String = after
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let again = admin.get("/quan-tri/tai-khoan").await;
    assert!(!again.body().contains(&password), "shown once");
    password
}

#[tokio::test]
async fn a_new_account_signs_in_goes_on_and_ends_when_closed() {
    let app = TestApp::start().await;
    let password = make_account(&app, "vanphong9", "van_phong").await;
    let answer = app
        .post_form(
            "/quan-tri/dang-nhap?tiep=/quan-tri/tai-khoan",
            &[("username", "vanphong9"), ("secret_password", &password)],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), Some("/quan-tri/tai-khoan"));
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let staff: Uuid = sqlx::query_scalar("select staff_id from staff where username = 'vanphong9'")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let admin = app.sign_in("quantri").await;
    admin
        .post_form(
            "/quan-tri/tai-khoan?viec=khoa",
            &[("staff", &staff.to_string())],
        )
        .await;
    let left: i64 = sqlx::query_scalar("select count(*) from session where staff_id = $1")
        .bind(staff)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(left, 0);
    let refused = app
        .post_form(
            SIGN_IN,
            &[("username", "vanphong9"), ("secret_password", &password)],
        )
        .await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body().contains(REFUSED));
}

#[tokio::test]
async fn only_administrators_make_and_close_accounts() {
    let app = TestApp::start().await;
    for username in ["vanphong1", "giamdoc", "kiemtoan"] {
        let staff = app.sign_in(username).await;
        let form = [
            ("username", "ke-gian"),
            ("display_name", "Kẻ Gian"),
            ("unit", "vp-so"),
            ("roles[]", "quan_tri"),
        ];
        assert_eq!(
            staff
                .post_form("/quan-tri/tai-khoan?viec=tao", &form)
                .await
                .status,
            StatusCode::FORBIDDEN,
            "{username}"
        );
        assert!(
            !staff
                .get("/quan-tri/tai-khoan")
                .await
                .body()
                .contains("Thêm tài khoản"),
            "{username}"
        );
    }
    let made: i64 = sqlx::query_scalar("select count(*) from staff where username = 'ke-gian'")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(made, 0);
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours_of_work() {
    let app = TestApp::start().await;
    let idle = app.sign_in("vanphong1").await;
    app.clock.advance(time::Duration::minutes(31));
    assert_eq!(
        idle.get("/quan-tri/tai-khoan").await.status,
        StatusCode::SEE_OTHER
    );
    let busy = app.sign_in("vanphong1").await;
    for _ in 0..28 {
        app.clock.advance(time::Duration::minutes(25));
        assert_eq!(busy.get("/quan-tri/tai-khoan").await.status, StatusCode::OK);
    }
    app.clock.advance(time::Duration::minutes(25));
    assert_eq!(
        busy.get("/quan-tri/tai-khoan").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_other_sessions_too() {
    let app = TestApp::start().await;
    let (here, there) = (
        app.sign_in("vanphong1").await,
        app.sign_in("vanphong1").await,
    );
    let other = app.sign_in("vanphong2").await;
    assert_eq!(
        here.post_form("/quan-tri/tai-khoan?viec=dang_xuat_moi_noi", &[])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        there.get("/quan-tri/tai-khoan").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        other.get("/quan-tri/tai-khoan").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn no_token_lies_in_the_database() {
    let app = TestApp::start().await;
    let password = make_account(&app, "vanphong9", "van_phong").await;
    let answer = app
        .post_form(
            SIGN_IN,
            &[("username", "vanphong9"), ("secret_password", &password)],
        )
        .await;
    let token = answer
        .header("set-cookie")
        .unwrap()
        .split(['=', ';'])
        .nth(1)
        .unwrap()
        .to_owned();
    let rows: Vec<String> = sqlx::query_scalar("select encode(token_hash, 'base64') from session")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert!(rows.iter().all(|stored| !stored.starts_with(&token[..20])));
}

/// A case that concerns the unit `concerned`, with its sealed key and nothing else.
async fn make_case(app: &TestApp, concerned: &str) -> CaseNumber {
    let (id, number) = (CaseId(0xc0ffee), CaseNumber::from_random(2026, 0x1234_5678));
    let wrapped = app.state.vault.wrap(id, &app.state.vault.new_case_key());
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, received_on, concerned_unit_id)
         select $1, $2, 'hanh_vi', '{HV_CHAM_TRE}', 'online', 'da_tiep_nhan', false, '2026-11-20', unit_id from unit where code = $3",
    )
    .bind(Uuid::from_u128(id.0))
    .bind(number.as_str())
    .bind(concerned)
    .execute(app.owner.pool())
    .await
    .unwrap();
    sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
        .bind(Uuid::from_u128(id.0))
        .bind(wrapped.kek_version)
        .bind(wrapped.bytes)
        .execute(app.owner.pool())
        .await
        .unwrap();
    number
}

const REASON: &str = "Cần gọi lại cho người phản ánh để làm rõ ngày hẹn trả kết quả";

#[tokio::test]
async fn an_identity_is_asked_for_by_one_and_allowed_by_another() {
    let app = TestApp::start().await;
    let number = make_case(&app, "cn-ninh-kieu").await;
    let page = format!("/quan-tri/ho-so/{number}/danh-tinh");
    let leader = app.sign_in("giamdoc").await;
    assert!(
        leader
            .get(&page)
            .await
            .body()
            .contains("Danh tính được niêm phong")
    );
    leader
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    let opening: Uuid = sqlx::query_scalar("select opening_id from identity_opening")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let form = [
        ("opening", opening.to_string()),
        ("decision", "duyet".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
    leader
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 0, "nobody allows their own request");
    app.sign_in("vanphong1")
        .await
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 0, "the office has no such right");
    let second = app.sign_in("phogiamdoc").await;
    assert!(
        second.get("/lanh-dao").await.body().contains(&page),
        "who can allow it finds it among what waits"
    );
    assert!(
        !leader.get("/lanh-dao").await.body().contains(&page),
        "who asked does not"
    );
    assert!(second.get(&page).await.body().contains(REASON));
    second
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 1);
    assert!(!second.get("/lanh-dao").await.body().contains(&page));
    assert!(leader.get(&page).await.body().contains("Xem danh tính"));
    assert!(
        !second.get(&page).await.body().contains("Xem danh tính"),
        "who allows does not see"
    );
    let kinds: Vec<String> = sqlx::query_scalar("select kind from case_event order by event_id")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(kinds, ["mo_danh_tinh_yeu_cau", "mo_danh_tinh_duyet"]);
    app.clock.advance(time::Duration::hours(25));
    assert!(
        !app.sign_in("giamdoc")
            .await
            .get(&page)
            .await
            .body()
            .contains("Xem danh tính"),
        "a day and no longer"
    );
}

async fn approved(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from identity_opening where approved_by is not null")
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn asking_needs_a_reason_a_right_and_a_password_just_given() {
    let app = TestApp::start().await;
    let number = make_case(&app, "cn-ninh-kieu").await;
    let asked = async || -> i64 {
        sqlx::query_scalar("select count(*) from identity_opening")
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    for username in [
        "truong-cn-nk",
        "cv-vpdkdd",
        "tongdai1",
        "kiemtoan",
        "quantri",
    ] {
        app.sign_in(username)
            .await
            .post_form(
                &opening_command(number.as_str(), "de_nghi"),
                &[("reason", REASON)],
            )
            .await;
        assert_eq!(asked().await, 0, "{username}");
    }
    let office = app.sign_in("vanphong1").await;
    office
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", "ngắn quá")],
        )
        .await;
    assert_eq!(asked().await, 0, "a word is no reason");
    app.clock.advance(time::Duration::minutes(6));
    office
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    assert_eq!(asked().await, 0, "the password is six minutes old");
    let office = app.sign_in("vanphong1").await;
    office
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    assert_eq!(asked().await, 1);
    office
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    assert_eq!(asked().await, 1, "one at a time");
}

#[tokio::test]
async fn a_refused_new_password_is_not_written_into_the_page() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let answer = office
        .post_form(
            "/quan-tri/tai-khoan?viec=doi_mat_khau",
            &[("secret_new_password", "ngan-7f3a")],
        )
        .await;
    assert_eq!(answer.status(), 422);
    assert!(
        answer.body().contains("secret_new_password") && !answer.body().contains("ngan-7f3a"),
        "{}",
        answer.text()
    );
}
