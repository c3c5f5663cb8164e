//! Nobody alone brings an account to life, changes what it may do, or learns its password.

use super::{
    OWN, REFUSED, ask_for, confirm, make_account, set_password, shown, staff_id, try_password,
    waiting,
};
use crate::support::{PASSWORD, TestApp};
use lang_nghe::{
    accounts::{form::NewStaff, ssr::terminal},
    rights::Role,
};
use time::Duration;

/// Roles of an account as the database has them, and whether it is open.
async fn lives(app: &TestApp, username: &str) -> (bool, Vec<String>) {
    sqlx::query_as(
        "select active, array(select role from staff_role r where r.staff_id = s.staff_id)
         from staff s where username = $1",
    )
    .bind(username)
    .fetch_one(app.owner.pool())
    .await
    .unwrap()
}

#[tokio::test]
async fn an_administrator_alone_brings_no_account_to_life() {
    let app = TestApp::start().await;
    let admin = app.sign_in("quantri").await;
    for (username, role) in [
        ("ke-gian-1", "lanh_dao_so"),
        ("ke-gian-2", "lanh_dao_so"),
        ("ke-gian-3", "tong_dai"),
        ("ke-gian-4", "quan_tri"),
    ] {
        let link = ask_for(&app, username, role).await;
        assert_eq!(lives(&app, username).await, (false, vec![]), "{username}");
        let page = app.get(&link).await;
        assert!(page.body().contains("Đang chờ lãnh đạo xác nhận"));
        for code in ["", "aaaa-aaaa-aaaa-aaaa"] {
            assert_eq!(set_password(&app, &link, code).await.status(), 422);
        }
        let request = waiting(&app, username).await;
        let confirmed = admin
            .post_form(
                "/quan-tri/nguoi-dung?viec=xac_nhan",
                &[("request", &request)],
            )
            .await;
        assert_eq!(confirmed.status(), 403, "{username}");
        let id = staff_id(&app, username).await;
        for command in ["mo_lai", "cap_lai", "doi_quyen"] {
            let path = format!("/quan-tri/nguoi-dung?viec={command}");
            let fields = [("staff", id.as_str()), ("unit", "vp-so"), ("roles[]", role)];
            let answer = admin.post_form(&path, &fields).await;
            assert!(
                [404, 409].contains(&answer.status()),
                "{command}: {}",
                answer.status()
            );
        }
        let entered = try_password(&app.client(), username, OWN).await;
        assert!(entered.status() == 422 && entered.body().contains(REFUSED));
        assert_eq!(lives(&app, username).await, (false, vec![]), "{username}");
    }
}

#[tokio::test]
async fn neither_who_asks_nor_who_confirms_can_set_the_password_alone() {
    let app = TestApp::start().await;
    let link = ask_for(&app, "vanphong9", "van_phong").await;
    let confirmed = confirm(&app, "vanphong9").await;
    let code = shown(&confirmed);
    let token = link.rsplit('/').next().unwrap();
    assert!(!confirmed.body().contains(token), "the leader sees no link");
    let admin = app.sign_in("quantri").await;
    let page = admin.get("/quan-tri/nguoi-dung").await;
    assert!(!page.body().contains(&code) && !page.body().contains(token));
    // the administrator has the link only, the leader the code only
    for guess in ["", "aaaa-bbbb-cccc-dddd", token] {
        let answer = set_password(&app, &link, guess).await;
        assert_eq!(answer.status(), 422);
        assert!(answer.body().contains("Mã chưa đúng") && !answer.body().contains(OWN));
    }
    let other = "/quan-tri/mat-khau-moi/AAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(set_password(&app, other, &code).await.status(), 422);
    // the person has both, however the code was copied
    let copied = code.to_uppercase().replace('-', " ");
    let set = set_password(&app, &link, &copied).await;
    assert_eq!(
        (set.status(), set.location()),
        (303, "/quan-tri/dang-nhap?xong=doi_mat_khau")
    );
    assert_eq!(
        try_password(&app.client(), "vanphong9", OWN).await.status(),
        303
    );
    assert_eq!(
        lives(&app, "vanphong9").await,
        (true, vec!["van_phong".into()])
    );
    // once
    assert!(app.get(&link).await.body().contains("không còn dùng được"));
    assert_eq!(set_password(&app, &link, &code).await.status(), 422);
}

#[tokio::test]
async fn a_link_opens_for_three_days_after_it_was_confirmed() {
    let app = TestApp::start().await;
    let link = ask_for(&app, "vanphong9", "van_phong").await;
    app.pass(Duration::days(5));
    let code = shown(&confirm(&app, "vanphong9").await);
    app.pass(Duration::hours(71));
    assert!(app.get(&link).await.body().contains("vanphong9"));
    app.pass(Duration::hours(2));
    assert!(app.get(&link).await.body().contains("không còn dùng được"));
    assert_eq!(set_password(&app, &link, &code).await.status(), 422);
    sqlx::query("insert into job (kind, payload, run_at) values ('purge', '{}', $1)")
        .bind(app.clock.now())
        .execute(app.owner.pool())
        .await
        .unwrap();
    app.run_jobs().await;
    let kept = "select count(*) from account_request where link_hash is not null";
    let kept: i64 = sqlx::query_scalar(kept)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn no_half_of_a_password_lies_in_the_database() {
    let app = TestApp::start().await;
    let link = ask_for(&app, "vanphong9", "van_phong").await;
    let code = shown(&confirm(&app, "vanphong9").await);
    let rows: Vec<String> = sqlx::query_scalar(
        "select row_to_json(r)::text || encode(link_hash, 'escape') || encode(code_hash, 'escape')
         from account_request r",
    )
    .fetch_all(app.owner.pool())
    .await
    .unwrap();
    let token = link.rsplit('/').next().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(!row.contains(token) && !row.contains(&code), "{row}");
    }
}

#[tokio::test]
async fn other_roles_hold_once_a_leader_who_is_not_meant_confirmed_them() {
    let app = TestApp::start().await;
    let (admin, handler) = (app.sign_in("quantri").await, app.sign_in("cv-vpdkdd").await);
    let id = staff_id(&app, "cv-vpdkdd").await;
    let fields = [
        ("staff", id.as_str()),
        ("unit", "vp-so"),
        ("roles[]", "lanh_dao_so"),
    ];
    let path = "/quan-tri/nguoi-dung?viec=doi_quyen";
    assert_eq!(admin.post_form(path, &fields).await.status(), 303);
    assert_eq!(lives(&app, "cv-vpdkdd").await.1, ["chuyen_vien"]);
    assert_eq!(handler.get("/lanh-dao").await.status(), 403);
    let leader = app.sign_in("giamdoc").await;
    for who in [&leader, &app.sign_in("baovedulieu").await] {
        let page = who.get("/quan-tri/nguoi-dung").await;
        assert!(
            page.unescaped().contains("Đổi vai trò, đơn vị"),
            "seen before it holds"
        );
        assert!(page.body().contains("Lãnh đạo Sở; "));
    }
    assert_eq!(confirm(&app, "cv-vpdkdd").await.status(), 303);
    assert_eq!(lives(&app, "cv-vpdkdd").await.1, ["lanh_dao_so"]);
    assert_eq!(
        handler.get("/lanh-dao").await.status(),
        303,
        "the new post begins with a sign-in of its own"
    );
    let handler = app.sign_in("cv-vpdkdd").await;
    assert_eq!(handler.get("/lanh-dao").await.status(), 200);
    let told = app
        .sign_in("baovedulieu")
        .await
        .get("/quan-tri/nhat-ky")
        .await;
    assert!(
        told.body().contains("cv-vpdkdd: Lãnh đạo Sở"),
        "and in the log"
    );
    // a leader confirms nothing about themselves
    let other = app.sign_in("phogiamdoc").await;
    let own = staff_id(&app, "giamdoc").await;
    let fields = [
        ("staff", own.as_str()),
        ("unit", "vp-so"),
        ("roles[]", "van_phong"),
    ];
    assert_eq!(admin.post_form(path, &fields).await.status(), 303);
    assert_eq!(confirm(&app, "giamdoc").await.status(), 403);
    let request = waiting(&app, "giamdoc").await;
    let confirmed = other
        .post_form(
            "/quan-tri/nguoi-dung?viec=xac_nhan",
            &[("request", &request)],
        )
        .await;
    assert_eq!(confirmed.status(), 303);
    assert_eq!(lives(&app, "giamdoc").await.1, ["van_phong"]);
}

#[tokio::test]
async fn what_was_refused_or_taken_back_never_holds() {
    let app = TestApp::start().await;
    let (admin, leader) = (app.sign_in("quantri").await, app.sign_in("giamdoc").await);
    let link = ask_for(&app, "vanphong8", "van_phong").await;
    let request = waiting(&app, "vanphong8").await;
    let refused = leader
        .post_form(
            "/quan-tri/nguoi-dung?viec=tu_choi",
            &[("request", &request)],
        )
        .await;
    assert_eq!(refused.status(), 303);
    let late = leader
        .post_form(
            "/quan-tri/nguoi-dung?viec=xac_nhan",
            &[("request", &request)],
        )
        .await;
    assert_eq!(late.status(), 409);
    assert!(app.get(&link).await.body().contains("không còn dùng được"));
    ask_for(&app, "vanphong9", "van_phong").await;
    let request = waiting(&app, "vanphong9").await;
    let taken = admin
        .post_form("/quan-tri/nguoi-dung?viec=rut", &[("request", &request)])
        .await;
    assert_eq!(taken.status(), 303);
    let late = leader
        .post_form(
            "/quan-tri/nguoi-dung?viec=xac_nhan",
            &[("request", &request)],
        )
        .await;
    assert_eq!(late.status(), 409);
    for username in ["vanphong8", "vanphong9"] {
        assert_eq!(lives(&app, username).await, (false, vec![]));
        // the name is free again
        make_account(&app, username, "van_phong").await;
    }
}

#[tokio::test]
async fn a_password_set_anew_ends_what_was_before_and_needs_a_leader_too() {
    let app = TestApp::start().await;
    let (admin, office) = (app.sign_in("quantri").await, app.sign_in("vanphong1").await);
    let id = staff_id(&app, "vanphong1").await;
    let asked = admin
        .post_form("/quan-tri/nguoi-dung?viec=cap_lai", &[("staff", &id)])
        .await;
    let link = shown(&asked);
    assert_eq!(set_password(&app, &link, "").await.status(), 422);
    assert_eq!(office.get("/quan-tri").await.status(), 200, "nothing yet");
    let code = shown(&confirm(&app, "vanphong1").await);
    assert_eq!(
        try_password(&app.client(), "vanphong1", PASSWORD)
            .await
            .status(),
        303
    );
    assert_eq!(set_password(&app, &link, &code).await.status(), 303);
    assert_eq!(
        office.get("/quan-tri").await.status(),
        303,
        "the session ended"
    );
    assert_eq!(
        try_password(&app.client(), "vanphong1", PASSWORD)
            .await
            .status(),
        422
    );
    assert_eq!(
        try_password(&app.client(), "vanphong1", OWN).await.status(),
        303
    );
}

#[tokio::test]
async fn closing_an_account_kills_its_links_and_opening_it_takes_two() {
    let app = TestApp::start().await;
    let (admin, office) = (app.sign_in("quantri").await, app.sign_in("vanphong1").await);
    let id = staff_id(&app, "vanphong1").await;
    let staff = [("staff", id.as_str())];
    let asked = admin
        .post_form("/quan-tri/nguoi-dung?viec=cap_lai", &staff)
        .await;
    let link = shown(&asked);
    let code = shown(&confirm(&app, "vanphong1").await);
    admin
        .post_form("/quan-tri/nguoi-dung?viec=khoa", &staff)
        .await;
    assert_eq!(office.get("/quan-tri").await.status(), 303);
    assert_eq!(set_password(&app, &link, &code).await.status(), 422);
    let asked = admin
        .post_form("/quan-tri/nguoi-dung?viec=mo_lai", &staff)
        .await;
    assert_eq!(asked.status(), 303);
    assert_eq!(
        try_password(&app.client(), "vanphong1", PASSWORD)
            .await
            .status(),
        422
    );
    assert_eq!(confirm(&app, "vanphong1").await.status(), 303);
    assert_eq!(
        try_password(&app.client(), "vanphong1", PASSWORD)
            .await
            .status(),
        303
    );
}

#[tokio::test]
async fn the_database_refuses_one_person_as_both() {
    let app = TestApp::start().await;
    ask_for(&app, "vanphong9", "van_phong").await;
    for who in ["requested_by", "staff_id"] {
        let sql = format!(
            "update account_request set decided_by = {who}, decided_at = now(), approved = true"
        );
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(app.state.db.pool())
            .await
            .unwrap_err();
        let constraint = refused
            .as_database_error()
            .and_then(|error| error.constraint());
        assert_eq!(constraint, Some("account_request_two_people"), "{who}");
    }
}

#[tokio::test]
async fn an_empty_installation_begins_at_its_terminal() {
    let app = TestApp::start().await;
    for (username, role) in [
        ("quantri9", Role::Administrator),
        ("giamdoc9", Role::Leader),
    ] {
        let codes = [role.code().to_owned()];
        let new = NewStaff::parse(username, "Nguyễn Thử Nghiệm", "vp-so", &codes).unwrap();
        let now = app.clock.now();
        let made = terminal::create(&app.owner, &app.config(), &new, now)
            .await
            .unwrap();
        let path = made.link.strip_prefix(crate::support::ORIGIN).unwrap();
        assert_eq!(set_password(&app, path, "").await.status(), 422);
        assert_eq!(set_password(&app, path, &made.code).await.status(), 303);
        assert_eq!(
            try_password(&app.client(), username, OWN).await.status(),
            303
        );
        assert!(
            terminal::create(&app.owner, &app.config(), &new, now)
                .await
                .is_err()
        );
    }
    let reset = terminal::reset(&app.owner, &app.config(), "giamdoc9", app.clock.now()).await;
    let path = reset
        .as_ref()
        .unwrap()
        .link
        .strip_prefix(crate::support::ORIGIN)
        .unwrap();
    assert!(app.get(path).await.body().contains("giamdoc9"));
    let log = app.sign_in("kiemtoan").await.get("/quan-tri/nhat-ky").await;
    assert!(
        log.body().contains("Dòng lệnh trên máy chủ"),
        "and the log says so"
    );
}

#[tokio::test]
async fn a_password_that_the_place_gives_away_is_refused_and_says_why() {
    let app = TestApp::start().await;
    let link = ask_for(&app, "vanphong9", "van_phong").await;
    let code = shown(&confirm(&app, "vanphong9").await);
    let visitor = app.client();
    for (password, why) in [
        ("ngắn quá", "từ 12 đến 200 ký tự"),
        ("123456789012", "dãy liền nhau"),
        ("nguyenthunghiem2026", "họ tên"),
        ("vanphong9vanphong9", "lặp lại"),
    ] {
        let fields = [
            ("secret_code", code.as_str()),
            ("secret_password", password),
            ("secret_again", password),
        ];
        let answer = visitor.post_form(&link, &fields).await;
        assert_eq!(answer.status(), 422, "{password}");
        assert!(
            answer.body().contains(why),
            "{password}: {}",
            answer.words()
        );
        assert!(!answer.body().contains(password));
    }
    let office = app.sign_in("vanphong1").await;
    let change = |password: &'static str| {
        let office = office.clone();
        async move {
            let path = "/quan-tri/tai-khoan?viec=doi_mat_khau";
            office
                .post_form(path, &[("secret_new_password", password)])
                .await
        }
    };
    assert_eq!(change("sonongnghiepvamoitruong").await.status(), 422);
    assert_eq!(change(OWN).await.status(), 303);
}
