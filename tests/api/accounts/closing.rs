//! Closing an account: what it had in hand is handed over, and the department keeps its leaders.

use super::{OWN, make_account, staff_id, try_password, waiting};
use crate::support::{Answer, Client, TestApp, cases::events};
use lang_nghe::{
    case::{CaseId, CaseNumber},
    platform::clock::{random_bytes, random_id},
    rights::Role,
};
use uuid::Uuid;

/// An open case of a unit in the hands of somebody.
async fn held_by(app: &TestApp, username: &str, unit: &str) -> (Uuid, String) {
    let case = random_id();
    let number = CaseNumber::from_random(2026, u32::from_be_bytes(random_bytes())).to_string();
    let id = Uuid::from_u128(case);
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, assigned_unit_id, handler_id, received_on, due_on)
        values ($1, $2, 'tre_hen', array['TH_QUA_HAN'], 'online', 'dang_xac_minh', 'giu_bi_mat', false,
            (select unit_id from unit where code = $4), (select staff_id from staff where username = $3), '2026-11-23', '2026-12-07')")
    .bind(id)
    .bind(&number)
    .bind(username)
    .bind(unit)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let wrapped = app
        .state
        .vault
        .wrap(CaseId(case), &app.state.vault.new_case_key());
    sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
        .bind(id)
        .bind(wrapped.kek_version)
        .bind(wrapped.bytes)
        .execute(app.owner.pool())
        .await
        .unwrap();
    (id, number)
}

/// Who has a case.
async fn holder(app: &TestApp, case: Uuid) -> Option<String> {
    sqlx::query_scalar(
        "select s.username from feedback_case c left join staff s on s.staff_id = c.handler_id
        where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap()
}

/// Closes an account from its own page.
async fn close(admin: &Client, username: &str, staff: &str, to: &str) -> Answer {
    let path = format!("/quan-tri/nguoi-dung/{username}?viec=khoa");
    let fields = [("staff", staff), ("to", to)];
    admin.post_form(&path, &fields).await
}

/// Whether an account is open.
async fn is_open(app: &TestApp, username: &str) -> bool {
    sqlx::query_scalar("select active from staff where username = $1")
        .bind(username)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_a_closed_account_had_in_hand_goes_to_a_colleague_with_an_event_each() {
    let app = TestApp::start().await;
    app.sign_in("cv-vpdkdd").await;
    app.add_staff("cv-hai", &[Role::Handler], "vpdkdd").await;
    let (first, number) = held_by(&app, "cv-vpdkdd", "vpdkdd").await;
    let (of_another_unit, _) = held_by(&app, "cv-vpdkdd", "cn-ninh-kieu").await;
    let (without, _) = held_by(&app, "cv-vpdkdd", "vpdkdd").await;
    sqlx::query(
        "update feedback_case set recused = array(select staff_id from staff where username = 'cv-hai')
        where case_id = $1",
    )
    .bind(without)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let admin = app.sign_in("quantri").await;
    let page = admin.get("/quan-tri/nguoi-dung/cv-vpdkdd").await;
    assert!(page.body().contains(&number) && page.words().contains("Đang giữ 3 hồ sơ"));
    assert!(
        !page.body().contains("/quan-tri/ho-so/"),
        "numbers, and no way in"
    );
    let (own, other) = (
        staff_id(&app, "cv-vpdkdd").await,
        staff_id(&app, "cv-hai").await,
    );
    let closed = close(&admin, "cv-vpdkdd", &own, &other).await;
    assert_eq!(
        (closed.status(), closed.location()),
        (303, "/quan-tri/nguoi-dung/cv-vpdkdd?xong=khoa")
    );
    assert_eq!(holder(&app, first).await.as_deref(), Some("cv-hai"));
    assert_eq!(
        holder(&app, of_another_unit).await,
        None,
        "left to the head of its unit"
    );
    assert_eq!(
        holder(&app, without).await,
        None,
        "who takes no part gets nothing"
    );
    for case in [first, of_another_unit, without] {
        assert_eq!(events(&app, case, "ban_giao").await, 1);
    }
    let again = close(&admin, "cv-vpdkdd", &own, &other).await;
    assert_eq!(again.status(), 303);
    assert_eq!(
        events(&app, first, "ban_giao").await,
        1,
        "two clicks are one event"
    );
    // whoever has it now works on it; the file says what happened
    let page = app
        .sign_in("cv-hai")
        .await
        .get(&format!("/quan-tri/ho-so/{number}"))
        .await;
    assert!(
        page.words().contains("Bàn giao vì tài khoản"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn cases_go_to_nobody_of_another_unit_and_nothing_is_half_done() {
    let app = TestApp::start().await;
    for username in ["cv-vpdkdd", "truong-cn-nk", "vanphong1"] {
        app.sign_in(username).await;
    }
    let (case, _) = held_by(&app, "cv-vpdkdd", "vpdkdd").await;
    let admin = app.sign_in("quantri").await;
    let own = staff_id(&app, "cv-vpdkdd").await;
    for to in ["truong-cn-nk", "vanphong1", "quantri", "cv-vpdkdd"] {
        let to = staff_id(&app, to).await;
        let refused = close(&admin, "cv-vpdkdd", &own, &to).await;
        assert_eq!(refused.status(), 422);
        assert!(refused.words().contains("cùng đơn vị"));
    }
    assert_eq!(
        close(&admin, "cv-vpdkdd", &own, "khong-phai")
            .await
            .status(),
        422
    );
    assert!(is_open(&app, "cv-vpdkdd").await);
    assert_eq!(holder(&app, case).await.as_deref(), Some("cv-vpdkdd"));
    assert_eq!(events(&app, case, "ban_giao").await, 0);
    assert_eq!(close(&admin, "cv-vpdkdd", &own, "").await.status(), 303);
    assert_eq!(holder(&app, case).await, None);
}

#[tokio::test]
async fn two_leaders_remain_whatever_an_administrator_asks() {
    let app = TestApp::start().await;
    let admin = app.sign_in("quantri").await;
    let deputy = app.sign_in("phogiamdoc").await;
    app.sign_in("giamdoc").await;
    let director = staff_id(&app, "giamdoc").await;
    let refused = close(&admin, "giamdoc", &director, "").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.words().contains("ít nhất hai lãnh đạo Sở"));
    let fields = [
        ("staff", director.as_str()),
        ("unit", "vp-so"),
        ("roles[]", "van_phong"),
    ];
    let change = "/quan-tri/nguoi-dung/giamdoc?viec=doi_quyen";
    let refused = admin.post_form(change, &fields).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.words().contains("ít nhất hai lãnh đạo Sở"));
    // with a third one it can be asked for, and not be confirmed once the third is gone
    make_account(&app, "giamdoc3", "lanh_dao_so").await;
    assert_eq!(admin.post_form(change, &fields).await.status(), 303);
    let third = staff_id(&app, "giamdoc3").await;
    assert_eq!(close(&admin, "giamdoc3", &third, "").await.status(), 303);
    let request = waiting(&app, "giamdoc").await;
    let confirmed = deputy
        .post_form(
            "/quan-tri/nguoi-dung?viec=xac_nhan",
            &[("request", &request)],
        )
        .await;
    assert_eq!(confirmed.status(), 422);
    assert!(confirmed.words().contains("ít nhất hai lãnh đạo Sở"));
}

#[tokio::test]
async fn two_leaders_closed_at_once_leave_two() {
    let app = TestApp::start().await;
    for username in ["giamdoc", "phogiamdoc"] {
        app.sign_in(username).await;
    }
    app.add_staff("giamdoc3", &[Role::Leader], "vp-so").await;
    let (one, two) = (app.sign_in("quantri").await, app.sign_in("quantri").await);
    let (first, second) = (
        staff_id(&app, "giamdoc").await,
        staff_id(&app, "phogiamdoc").await,
    );
    let (one, two) = tokio::join!(
        close(&one, "giamdoc", &first, ""),
        close(&two, "phogiamdoc", &second, "")
    );
    let mut answers = [one.status(), two.status()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
}

#[tokio::test]
async fn the_register_is_searched_without_accents_and_says_when_somebody_was_there() {
    let app = TestApp::start().await;
    let admin = app.sign_in("quantri").await;
    for username in ["vanphong1", "cv-vpdkdd"] {
        app.sign_in(username).await;
    }
    sqlx::query(
        "update staff set display_name = 'Nguyễn Thị Minh Họa' where username = 'vanphong1'",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    let found = admin.get("/quan-tri/nguoi-dung?tim=thi+minh+hoa").await;
    assert!(found.body().contains("/quan-tri/nguoi-dung/vanphong1"));
    assert!(!found.body().contains("/quan-tri/nguoi-dung/cv-vpdkdd"));
    let by_role = admin.get("/quan-tri/nguoi-dung?tim=chuyen+vien").await;
    assert!(by_role.body().contains("/quan-tri/nguoi-dung/cv-vpdkdd"));
    let none = admin
        .get("/quan-tri/nguoi-dung?tim=%22%3E%3Cb%3Ekhong")
        .await;
    assert!(none.body().contains("Không tìm thấy ai") && !none.body().contains("\"><b>khong"));
    make_account(&app, "vanphong9", "van_phong").await;
    let page = admin.get("/quan-tri/nguoi-dung/vanphong9").await;
    assert!(page.words().contains("chưa đăng nhập"));
    assert_eq!(
        try_password(&app.client(), "vanphong9", OWN).await.status(),
        303
    );
    let page = admin.get("/quan-tri/nguoi-dung/vanphong9").await;
    assert!(!page.words().contains("chưa đăng nhập"), "{}", page.words());
}

#[tokio::test]
async fn an_account_is_seen_by_those_who_see_accounts_and_changed_by_administrators() {
    let app = TestApp::start().await;
    let path = "/quan-tri/nguoi-dung/vanphong1";
    app.sign_in("vanphong1").await;
    for (who, status) in [
        ("giamdoc", 200),
        ("baovedulieu", 200),
        ("vanphong1", 403),
        ("kiemtoan", 403),
    ] {
        let page = app.sign_in(who).await.get(path).await;
        assert_eq!(page.status(), status, "{who}");
        assert!(!page.body().contains("viec=khoa"), "{who}");
    }
    let admin = app.sign_in("quantri").await;
    assert!(admin.get(path).await.body().contains("viec=khoa"));
    assert!(
        !admin
            .get("/quan-tri/nguoi-dung/quantri")
            .await
            .body()
            .contains("viec=khoa")
    );
    assert_eq!(
        admin.get("/quan-tri/nguoi-dung/khong-co").await.status(),
        404
    );
}
