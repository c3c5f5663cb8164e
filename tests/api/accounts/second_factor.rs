//! The second proof beside the password.

use super::{SIGN_IN, confirm, set_password, shown, staff_id, try_password};
use crate::support::{Answer, Client, PASSWORD, TestApp};
use lang_nghe::accounts::ssr::terminal;
use std::collections::BTreeSet;
use time::Duration;
use totp_rs::{Builder, Secret, Totp};

const PAGE: &str = "/quan-tri/ma-xac-thuc";

async fn in_service(app: &TestApp) {
    sqlx::query("update account_policy set second_factor_required = true")
        .execute(app.owner.pool())
        .await
        .unwrap();
}

/// The app that somebody sets up from the page.
fn app_of(page: &Answer) -> Totp {
    assert!(page.body().contains("<svg") && page.body().contains("class=\"qr\""));
    let after = page.body().split("Khóa để gõ").nth(1).expect("a secret");
    let code = after.split("<code class=\"tabular\">").nth(1).unwrap();
    let secret = code.split('<').next().unwrap().replace(' ', "");
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build_noncompliant()
}

fn code(app: &TestApp, totp: &Totp) -> String {
    let seconds = u64::try_from(app.clock.now().unix_timestamp()).unwrap();
    totp.generate(seconds).to_string()
}

async fn give(client: &Client, command: &str, code: &str) -> Answer {
    let path = format!("{PAGE}?viec={command}");
    client.post_form(&path, &[("secret_code", code)]).await
}

/// Signs in, sets an app up on the way, and gives it with its recovery codes.
async fn set_up(app: &TestApp, client: &Client, username: &str) -> (Totp, Vec<String>) {
    let first = try_password(client, username, PASSWORD).await;
    assert_eq!((first.status(), first.location()), (303, PAGE));
    let totp = app_of(&client.get(PAGE).await);
    let done = give(client, "bat", &code(app, &totp)).await;
    assert_eq!(done.status(), 200, "{}", done.text());
    assert_eq!(done.header("cache-control"), Some("no-store"));
    let codes = done.body().split("<code class=\"tabular\">").skip(1);
    let codes: Vec<String> = codes
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
    (totp, codes)
}

#[tokio::test]
async fn in_service_a_password_alone_opens_nothing_to_leaders_office_and_administrators() {
    let app = TestApp::start().await;
    for username in ["giamdoc", "vanphong1", "chanhvp", "quantri"] {
        app.sign_in(username).await;
    }
    app.sign_in("cv-vpdkdd").await;
    in_service(&app).await;
    for username in ["giamdoc", "vanphong1", "chanhvp", "quantri"] {
        let client = app.client();
        let answer = try_password(&client, username, PASSWORD).await;
        assert_eq!(
            (answer.status(), answer.location()),
            (303, PAGE),
            "{username}"
        );
        for page in [
            "/quan-tri",
            "/quan-tri/tai-khoan",
            "/lanh-dao",
            "/quan-tri/nguoi-dung",
        ] {
            let shut = client.get(page).await;
            assert!(shut.location().starts_with(SIGN_IN), "{username} {page}");
        }
        assert_eq!(client.query("/api/account-page", &[]).await.status(), 401);
        app_of(&client.get(PAGE).await);
        assert_eq!(give(&client, "bat", "").await.status(), 422);
        let sessions: i64 = sqlx::query_scalar(
            "select count(*) from session join staff using (staff_id) where username = $1",
        )
        .bind(username)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
        assert_eq!(sessions, 1, "{username}: the one from before");
    }
    let handler = try_password(&app.client(), "cv-vpdkdd", PASSWORD).await;
    assert_eq!((handler.status(), handler.location()), (303, "/quan-tri"));
}

#[tokio::test]
async fn a_code_of_the_app_ends_the_sign_in_and_works_once() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let client = app.client();
    let (totp, codes) = set_up(&app, &client, "giamdoc").await;
    assert_eq!(client.get("/quan-tri").await.status(), 200, "signed in");
    let again = client.get(PAGE).await;
    assert!(!again.body().contains(&codes[0]), "shown once");

    let other = app.client();
    let first = other
        .post_form(
            "/quan-tri/dang-nhap?tiep=%2Flanh-dao",
            &[("username", "giamdoc"), ("secret_password", PASSWORD)],
        )
        .await;
    assert_eq!(first.location(), "/quan-tri/ma-xac-thuc?tiep=%2Flanh-dao");
    let page = other.get(first.location()).await;
    assert!(page.body().contains("Nhập mã xác thực") && !page.body().contains("class=\"qr\""));
    let replayed = give(&other, "ma", &code(&app, &totp)).await;
    assert_eq!(replayed.status(), 422, "the code that set it up was used");
    assert_eq!(give(&other, "bat", &code(&app, &totp)).await.status(), 409);
    app.pass(Duration::seconds(30));
    let path = "/quan-tri/ma-xac-thuc?viec=ma&tiep=%2Flanh-dao";
    let fresh = code(&app, &totp);
    let entered = other.post_form(path, &[("secret_code", &fresh)]).await;
    assert_eq!((entered.status(), entered.location()), (303, "/lanh-dao"));
    assert_eq!(other.get("/lanh-dao").await.status(), 200);

    let thief = app.client();
    try_password(&thief, "giamdoc", PASSWORD).await;
    assert_eq!(
        give(&thief, "ma", &fresh).await.status(),
        422,
        "seen over a shoulder"
    );
}

#[tokio::test]
async fn a_sign_in_half_done_ends_with_the_password_it_rests_on() {
    let app = TestApp::start().await;
    app.sign_in("vanphong1").await;
    in_service(&app).await;
    set_up(&app, &app.client(), "vanphong1").await;
    let thief = app.client();
    let first = try_password(&thief, "vanphong1", PASSWORD).await;
    assert_eq!((first.status(), first.location()), (303, PAGE));
    let now = app.clock.now();
    let anew = terminal::reset(&app.owner, &app.state.config, "vanphong1", now).await;
    let anew = anew.unwrap();
    let path = anew.link.split("/quan-tri").nth(1).unwrap();
    let path = format!("/quan-tri{path}");
    assert_eq!(set_password(&app, &path, &anew.code).await.status(), 303);
    let page = thief.get(PAGE).await;
    assert!(
        !page.body().contains("class=\"qr\""),
        "no app of the thief's is set up"
    );
    assert_ne!(give(&thief, "bat", "000000").await.status(), 200);
    assert!(thief.get("/quan-tri").await.location().starts_with(SIGN_IN));
}

#[tokio::test]
async fn the_secret_of_an_app_is_another_for_every_sign_in() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let (early, own) = (app.client(), app.client());
    try_password(&early, "giamdoc", PASSWORD).await;
    let noted = app_of(&early.get(PAGE).await);
    try_password(&own, "giamdoc", PASSWORD).await;
    let shown = app_of(&own.get(PAGE).await);
    assert_ne!(shown.secret().as_bytes(), noted.secret().as_bytes());
    let again = app_of(&own.get(PAGE).await);
    assert_eq!(
        shown.secret().as_bytes(),
        again.secret().as_bytes(),
        "a page loaded twice still fits the app"
    );
    assert_eq!(
        give(&own, "bat", &code(&app, &noted)).await.status(),
        422,
        "what was noted before proves nothing"
    );
    assert_eq!(give(&own, "bat", &code(&app, &shown)).await.status(), 200);
}

#[tokio::test]
async fn a_session_of_a_password_alone_ends_when_the_second_proof_is_demanded() {
    let app = TestApp::start().await;
    let leader = app.sign_in("giamdoc").await;
    terminal::require_second_factor(&app.owner, true)
        .await
        .unwrap();
    assert!(
        leader
            .get("/quan-tri")
            .await
            .location()
            .starts_with(SIGN_IN)
    );
}

#[tokio::test]
async fn a_recovery_code_stands_in_once_for_one_person() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    app.sign_in("phogiamdoc").await;
    in_service(&app).await;
    let (_, codes) = set_up(&app, &app.client(), "giamdoc").await;
    set_up(&app, &app.client(), "phogiamdoc").await;
    let other = app.client();
    try_password(&other, "phogiamdoc", PASSWORD).await;
    assert_eq!(give(&other, "ma", &codes[0]).await.status(), 422);
    let own = app.client();
    try_password(&own, "giamdoc", PASSWORD).await;
    let typed = codes[0].to_uppercase().replace('-', " ");
    assert_eq!(give(&own, "ma", &typed).await.status(), 303);
    let again = app.client();
    try_password(&again, "giamdoc", PASSWORD).await;
    assert_eq!(give(&again, "ma", &codes[0]).await.status(), 422);
    let account = own.get("/quan-tri/tai-khoan").await;
    assert!(account.words().contains("Còn 9 mã dự phòng"));
}

#[tokio::test]
async fn neither_secret_nor_recovery_codes_lie_in_the_database() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let (totp, codes) = set_up(&app, &app.client(), "giamdoc").await;
    let (sealed, hashes): (Vec<u8>, Vec<Vec<u8>>) = sqlx::query_as(
        "select (select sealed from staff_totp), array(select code_hash from recovery_code)",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    let secret = totp.secret().as_bytes();
    assert!(!sealed.windows(secret.len()).any(|window| window == secret));
    assert_eq!(hashes.len(), codes.len());
    for code in codes {
        let plain = code.replace('-', "").into_bytes();
        assert!(hashes.iter().all(|hash| *hash != plain && hash.len() == 32));
    }
}

#[tokio::test]
async fn wrong_codes_are_bounded() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let (totp, _) = set_up(&app, &app.client(), "giamdoc").await;
    app.pass(Duration::minutes(1));
    let thief = app.client();
    try_password(&thief, "giamdoc", PASSWORD).await;
    let right = code(&app, &totp);
    let wrong = if right == "000000" {
        "000001"
    } else {
        "000000"
    };
    for _ in 0..50 {
        assert_eq!(give(&thief, "ma", wrong).await.status(), 422);
    }
    assert_eq!(give(&thief, "ma", &right).await.status(), 429);
}

#[tokio::test]
async fn the_second_step_waits_ten_minutes() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let client = app.client();
    try_password(&client, "giamdoc", PASSWORD).await;
    app.pass(Duration::minutes(11));
    assert!(client.get(PAGE).await.body().contains("Cần đăng nhập lại"));
    assert_eq!(give(&client, "bat", "123456").await.status(), 401);
}

#[tokio::test]
async fn on_made_up_data_it_is_offered_and_not_demanded() {
    let app = TestApp::start().await;
    let leader = app.sign_in("giamdoc").await;
    let account = leader.get("/quan-tri/tai-khoan").await;
    assert!(account.words().contains("Bật xác thực hai bước"));
    let totp = app_of(&leader.get(PAGE).await);
    assert_eq!(give(&leader, "bat", &code(&app, &totp)).await.status(), 200);
    // once it is on, it is asked for
    let next = try_password(&app.client(), "giamdoc", PASSWORD).await;
    assert_eq!(next.location(), PAGE);
    let off = leader.post_form(&format!("{PAGE}?viec=tat"), &[]).await;
    assert_eq!(off.status(), 303);
    let next = try_password(&app.client(), "giamdoc", PASSWORD).await;
    assert_eq!(next.location(), "/lanh-dao");
}

#[tokio::test]
async fn whoever_must_have_it_cannot_turn_it_off_and_changing_it_asks_for_the_password() {
    let app = TestApp::start().await;
    app.sign_in("giamdoc").await;
    in_service(&app).await;
    let client = app.client();
    set_up(&app, &client, "giamdoc").await;
    let off = client.post_form(&format!("{PAGE}?viec=tat"), &[]).await;
    assert_eq!(off.status(), 403);
    let renew = format!("{PAGE}?viec=ma_du_phong");
    assert_eq!(client.post_form(&renew, &[]).await.status(), 200);
    app.pass(Duration::minutes(6));
    assert_eq!(client.post_form(&renew, &[]).await.status(), 401);
    let office = app.sign_in("cv-vpdkdd").await;
    app.pass(Duration::minutes(6));
    let page = office.get(PAGE).await;
    assert!(page.status() == 401 && page.body().contains("/quan-tri/xac-nhan"));
}

#[tokio::test]
async fn a_lost_phone_is_replaced_by_two_people() {
    let app = TestApp::start().await;
    let admin = app.sign_in("quantri").await;
    app.sign_in("giamdoc").await;
    app.sign_in("phogiamdoc").await;
    let office = app.sign_in("vanphong1").await;
    let totp = app_of(&office.get(PAGE).await);
    assert_eq!(give(&office, "bat", &code(&app, &totp)).await.status(), 200);
    let id = staff_id(&app, "vanphong1").await;
    let asked = admin
        .post_form("/quan-tri/nguoi-dung?viec=cap_lai", &[("staff", &id)])
        .await;
    let link = shown(&asked);
    let half = shown(&confirm(&app, "vanphong1").await);
    assert_eq!(set_password(&app, &link, &half).await.status(), 303);
    let next = try_password(&app.client(), "vanphong1", super::OWN).await;
    assert_eq!(next.location(), "/quan-tri", "the old app is forgotten");
}
