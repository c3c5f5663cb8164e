//! What the pages show, with row security and without it.

use crate::support::{
    TestApp, act, cases::unit, feedback, follow, receipt, small_png, submit, succeeded,
};
use lang_nghe::rights::Role;
use time::Duration;
use uuid::Uuid;

/// Takes row security away: only the code is left.
async fn without_row_security(app: &TestApp) {
    for table in [
        "feedback_case",
        "case_key",
        "case_body",
        "case_event",
        "case_message",
        "attachment",
        "identity_opening",
    ] {
        let open = format!("alter table {table} disable row level security");
        sqlx::raw_sql(sqlx::AssertSqlSafe(open))
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
}

const SAID: &str = "loi-nhan-cua-nguoi-gui-4c1b";

#[tokio::test]
async fn without_row_security_the_code_still_hides_what_is_not_theirs() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (leader, second) = (
        app.sign_in("giamdoc").await,
        app.sign_in("phogiamdoc").await,
    );
    let (number, code) = submit(&app).await;
    let visitor = follow(&app, &code).await;
    let sent = visitor
        .post_multipart(
            "/tra-cuu/ho-so?viec=nhan",
            &[("khoa", "k1"), ("tin_nhan", SAID)],
            &[("tep", "anh.png", "image/png", &small_png())],
        )
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    let registry = unit(&app, "vpdkdd").await;
    for (action, fields) in [
        ("tiep_nhan", vec![]),
        (
            "phan_loai",
            vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        ),
        ("viet_trich_yeu", vec![("extract", "Chậm trả kết quả.")]),
        (
            "giao_xu_ly",
            vec![("unit", registry.as_str()), ("handler", "")],
        ),
    ] {
        let done = act(&office, action, &number, &fields).await;
        assert!(succeeded(&done), "{action}: {}", done.words());
    }
    let (about_office, _) = submit(&app).await;
    let (sealed, _) = submit(&app).await;
    for (number, change) in [
        (
            &about_office,
            "concerned_unit_id = (select unit_id from unit where code = 'vp-so')",
        ),
        (&sealed, "secrecy = 'to_cao'"),
        (
            &number,
            "recused = (select array_agg(staff_id) from staff where username = 'phogiamdoc')",
        ),
    ] {
        let sql = format!("update feedback_case set {change} where number = $1");
        let change = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(number);
        change.execute(app.owner.pool()).await.unwrap();
    }
    let file: Uuid = sqlx::query_scalar("select attachment_id from attachment")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let file = format!("/quan-tri/tep/{file}");
    let page = |number: &str| format!("/quan-tri/ho-so/{number}");
    without_row_security(&app).await;

    for (who, client, number, sees) in [
        ("a leader", &leader, &number, true),
        ("a leader, of the office", &leader, &about_office, true),
        ("a leader, of a denunciation", &leader, &sealed, true),
        ("the office", &office, &number, true),
        ("the office, of itself", &office, &about_office, false),
        ("the office, of a denunciation", &office, &sealed, false),
        ("a leader named in it", &second, &number, false),
    ] {
        let answer = client.get(&page(number)).await;
        assert_eq!(answer.status(), if sees { 200 } else { 404 }, "{who}");
        let noted = act(client, "ghi_chu", number, &[("note", "Ghi nhớ.")]).await;
        assert_eq!(succeeded(&noted), sees, "{who}: {}", noted.status());
    }
    assert_eq!(leader.get(&file).await.status(), 200);
    assert_eq!(second.get(&file).await.status(), 404, "named in it");
    let handler = app.sign_in("cv-vpdkdd").await;
    assert_eq!(handler.get(&file).await.status(), 404, "the unit");
    let read = handler.get(&page(&number)).await;
    assert_eq!(read.status(), 200);
    assert!(!read.body().contains(SAID), "the unit reads no message");
    assert!(leader.get(&page(&number)).await.body().contains(SAID));
    let branch = app.sign_in("truong-cn-nk").await;
    assert_eq!(branch.get(&page(&number)).await.status(), 404);
}

/// The case that the hotline writes down after a call, with its number.
async fn entered(app: &TestApp, key: &str, officer: &str) -> String {
    let text = "Người gọi kể phải chờ rất lâu ở quầy, goi-dien-9e2c.";
    let mut fields = feedback(key, text);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T08:50"),
        ("da_doc_lai", "1"),
        ("nguoi_bi_phan_anh", officer),
    ]);
    let operator = app.sign_in("tongdai1").await;
    let sent = operator
        .post_multipart("/quan-tri/tiep-nhan?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body()).0
}

#[tokio::test]
async fn who_took_the_call_reads_what_they_wrote_for_a_week_and_nothing_later() {
    let app = TestApp::start().await;
    let number = entered(&app, "00000000000000000000000000c0ffee", "").await;
    let office = app.sign_in("vanphong1").await;
    for (action, fields) in [
        ("ghi_chu", vec![("note", "ghi-chu-noi-bo-77")]),
        ("nhan_tin", vec![("message", "tin-cua-so-77")]),
        (
            "de_xuat_tu_choi",
            vec![
                ("refusal_reason", "KHONG_RO_NOI_DUNG"),
                ("refusal_text", "loi-tu-choi-77"),
            ],
        ),
    ] {
        assert!(
            succeeded(&act(&office, action, &number, &fields).await),
            "{action}"
        );
    }
    let page = format!("/quan-tri/ho-so/{number}");
    let mut walls = "both walls";
    for _ in 0..2 {
        let operator = app.sign_in("tongdai1").await;
        let read = operator.get(&page).await;
        assert!(read.body().contains("goi-dien-9e2c"), "{walls}");
        for later in [
            "ghi-chu-noi-bo-77",
            "tin-cua-so-77",
            "loi-tu-choi-77",
            "Đề xuất không tiếp nhận",
        ] {
            assert!(!read.body().contains(later), "{walls}: {later}");
        }
        without_row_security(&app).await;
        walls = "the code alone";
    }
    app.pass(Duration::days(8));
    let operator = app.sign_in("tongdai1").await;
    assert_eq!(operator.get(&page).await.status(), 404, "after a week");
}

#[tokio::test]
async fn whom_the_feedback_names_never_sees_it() {
    let app = TestApp::start().await;
    let named = app.add_staff("bi-neu", &[Role::Office], "vp-so").await;
    sqlx::query("update staff set display_name = 'Phạm Thị Được Nêu' where staff_id = $1")
        .bind(named)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let number = entered(
        &app,
        "0000000000000000000000000000beef",
        "chị Phạm Thị Được Nêu ở quầy 3",
    )
    .await;
    let page = format!("/quan-tri/ho-so/{number}");
    let (client, office) = (app.sign_in("bi-neu").await, app.sign_in("vanphong1").await);
    assert_eq!(client.get(&page).await.status(), 404);
    assert!(
        !client
            .get("/quan-tri?xem=tat-ca")
            .await
            .body()
            .contains(&number)
    );
    assert!(!succeeded(
        &act(&client, "ghi_chu", &number, &[("note", "x")]).await
    ));
    assert!(office.get(&page).await.body().contains("Phạm Thị Được Nêu"));

    let lifted = act(&office, "khong_tham_gia", &number, &[]).await;
    assert!(succeeded(&lifted), "{}", lifted.words());
    assert_eq!(
        client.get(&page).await.status(),
        200,
        "the name was another's"
    );
}
