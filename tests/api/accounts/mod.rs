//! Signing in and out, making and closing accounts.

mod audit;
mod closing;
mod guessing;
mod people;
mod second_factor;

use crate::support::{Answer, Client, ORIGIN, TestApp};
use axum::http::StatusCode;
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
    // what was looked for is not for whoever signs in next
    let answer = app.get("/quan-tri?xem=tat-ca&q=ba+Hoa").await;
    assert_eq!(
        answer.location(),
        "/quan-tri/dang-nhap?tiep=%2Fquan-tri%3Fxem%3Dtat-ca"
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

/// Asks for an account as the administrator and gives its link, read from the page that shows it
/// once.
async fn ask_for(app: &TestApp, username: &str, role: &str) -> String {
    let admin = app.sign_in("quantri").await;
    let form = [
        ("username", username),
        ("display_name", "Nguyễn Thử Nghiệm"),
        ("unit", "vp-so"),
        ("roles[]", role),
    ];
    let made = admin
        .post_form("/quan-tri/nguoi-dung?viec=tao", &form)
        .await;
    let link = shown(&made);
    let again = admin.get("/quan-tri/nguoi-dung").await;
    assert!(!again.body().contains(&link), "shown once");
    link
}

/// The link or code that a page shows once.
fn shown(page: &Answer) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let after = page.body().split("class=\"long-code\">").nth(1);
    let text = after.and_then(|after| after.split('<').next());
    let text = text.expect("a link or a code is shown");
    text.strip_prefix(ORIGIN).unwrap_or(text).to_owned()
}

/// Confirms as the director what waits for an account, and gives the page.
async fn confirm(app: &TestApp, username: &str) -> Answer {
    let leader = app.sign_in("giamdoc").await;
    let request = waiting(app, username).await;
    let path = "/quan-tri/nguoi-dung?viec=xac_nhan";
    leader.post_form(path, &[("request", &request)]).await
}

/// What waits for a second person about an account.
async fn waiting(app: &TestApp, username: &str) -> String {
    let found: Uuid = sqlx::query_scalar(
        "select request_id from account_request join staff using (staff_id)
         where username = $1 and decided_at is null",
    )
    .bind(username)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    found.to_string()
}

async fn staff_id(app: &TestApp, username: &str) -> String {
    let found: Uuid = sqlx::query_scalar("select staff_id from staff where username = $1")
        .bind(username)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    found.to_string()
}

/// A password nobody guesses.
const OWN: &str = "con mèo ngồi bên cửa sổ";

/// Sets [`OWN`] with both halves.
async fn set_password(app: &TestApp, link: &str, code: &str) -> Answer {
    let fields = [
        ("secret_code", code),
        ("secret_password", OWN),
        ("secret_again", OWN),
    ];
    app.client().post_form(link, &fields).await
}

/// Makes an account with two people and its own, who chooses [`OWN`].
async fn make_account(app: &TestApp, username: &str, role: &str) {
    let link = ask_for(app, username, role).await;
    let code = shown(&confirm(app, username).await);
    assert_eq!(set_password(app, &link, &code).await.status(), 303);
}

async fn try_password(client: &Client, username: &str, password: &str) -> Answer {
    let fields = [("username", username), ("secret_password", password)];
    client.post_form(SIGN_IN, &fields).await
}

#[tokio::test]
async fn a_new_account_signs_in_goes_on_and_ends_when_closed() {
    let app = TestApp::start().await;
    make_account(&app, "vanphong9", "van_phong").await;
    let answer = app
        .post_form(
            "/quan-tri/dang-nhap?tiep=/quan-tri/tai-khoan",
            &[("username", "vanphong9"), ("secret_password", OWN)],
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
            "/quan-tri/nguoi-dung?viec=khoa",
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
            &[("username", "vanphong9"), ("secret_password", OWN)],
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
                .post_form("/quan-tri/nguoi-dung?viec=tao", &form)
                .await
                .status,
            StatusCode::FORBIDDEN,
            "{username}"
        );
        assert!(
            !staff
                .get("/quan-tri/nguoi-dung")
                .await
                .body()
                .contains("Thêm người"),
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
    make_account(&app, "vanphong9", "van_phong").await;
    let answer = app
        .post_form(
            SIGN_IN,
            &[("username", "vanphong9"), ("secret_password", OWN)],
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

#[tokio::test]
async fn whoever_sits_down_after_a_sign_out_finds_nothing_kept() {
    let app = TestApp::start().await;
    for command in ["dang_xuat", "dang_xuat_moi_noi"] {
        let office = app.sign_in("vanphong1").await;
        let out = format!("/quan-tri/tai-khoan?viec={command}");
        let answer = office.post_form(&out, &[]).await;
        assert_eq!(
            answer.header("clear-site-data"),
            Some("\"cache\", \"storage\"")
        );
    }
}
