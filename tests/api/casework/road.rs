//! What staff do with a case, one after the other and two at once.

use super::{EXTRACT, assigned, submitted};
use crate::support::{
    TestApp, act, case_command,
    cases::{events, status, unit},
    succeeded,
};
use time::Date;

#[tokio::test]
async fn the_straight_road_leads_from_receipt_to_the_archive() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    assert_eq!(status(&app, case).await, "da_chuyen_xu_ly");
    let head = app.sign_in("gd-vpdkdd").await;
    let handler = app.sign_in("cv-vpdkdd").await;
    let leader = app.sign_in("giamdoc").await;
    assert!(succeeded(&act(&handler, "xac_minh", &number, &[]).await));
    assert!(succeeded(
        &act(
            &head,
            "ket_luan",
            &number,
            &[("finding", "dung_mot_phan"), ("measures", "Nhắc nhở.")]
        )
        .await
    ));
    assert!(succeeded(
        &act(
            &head,
            "trinh_phe_duyet",
            &number,
            &[("reply", "Kính gửi Ông/Bà.")]
        )
        .await
    ));
    assert!(succeeded(
        &act(
            &leader,
            "tra_du_thao",
            &number,
            &[("comment", "Nêu rõ hạn trả.")]
        )
        .await
    ));
    app.pass(time::Duration::minutes(1));
    let draft_again = act(
        &head,
        "trinh_phe_duyet",
        &number,
        &[("reply", "Kính gửi Ông/Bà. Hạn trả: 30/11.")],
    )
    .await;
    assert!(
        !succeeded(&draft_again),
        "sent from a page older than one's own last submission"
    );
    let seen =
        sqlx::query_scalar::<_, i64>("select max(event_id) from case_event where case_id = $1")
            .bind(case)
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
            .to_string();
    let fields = [
        ("seen", seen.as_str()),
        ("reply", "Kính gửi Ông/Bà. Hạn trả: 30/11."),
    ];
    assert!(succeeded(
        &head
            .post_form(&case_command(&number, "trinh_phe_duyet"), &fields)
            .await
    ));
    assert!(succeeded(&act(&leader, "tra_loi", &number, &[]).await));
    assert!(succeeded(&act(&office, "ket_thuc", &number, &[]).await));
    let row = sqlx::query_as::<_, (String, Option<Date>, Option<Date>, Option<String>)>(
        "select status, answered_on, closed_on, finding from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(
        (row.0.as_str(), row.3.as_deref()),
        ("ket_thuc", Some("dung_mot_phan"))
    );
    assert!(row.1.is_some() && row.2.is_some());
}

#[tokio::test]
async fn the_office_reads_by_when_a_case_is_to_be_classified_until_it_is() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    let page = format!("/quan-tri/ho-so/{number}");
    let by = "Phân loại chậm nhất thứ Tư 25/11/2026";
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
    let told = office.get(&page).await.words();
    assert!(told.contains(by), "{told}");
    let kind = [("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")];
    assert!(succeeded(&act(&office, "phan_loai", &number, &kind).await));
    assert!(
        !office
            .get(&page)
            .await
            .words()
            .contains("Phân loại chậm nhất")
    );
}

#[tokio::test]
async fn nobody_does_what_their_role_does_not_give() {
    let app = TestApp::start().await;
    let (case, number) = submitted(&app).await;
    for (who, action) in [
        ("cv-vpdkdd", "tiep_nhan"),
        ("gd-vpdkdd", "tiep_nhan"),
        ("thanhtra1", "tiep_nhan"),
        ("quantri", "tiep_nhan"),
        ("vanphong1", "tra_loi"),
        ("kiemtoan", "ghi_chu"),
    ] {
        let answer = act(&app.sign_in(who).await, action, &number, &[("note", "x")]).await;
        assert!(!succeeded(&answer), "{who} {action}");
    }
    assert!(
        !succeeded(&act(&app.client(), "tiep_nhan", &number, &[]).await),
        "without a session"
    );
    assert_eq!(status(&app, case).await, "cho_tiep_nhan");
}

#[tokio::test]
async fn two_clicks_at_once_are_one_event() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let (first, second) = tokio::join!(
        act(&office, "tiep_nhan", &number, &[]),
        act(&office, "tiep_nhan", &number, &[])
    );
    assert!(succeeded(&first) != succeeded(&second));
    assert_eq!(events(&app, case, "tiep_nhan").await, 1);
    let message = [("message", "Sở đã nhận được.")];
    let (first, second) = tokio::join!(
        act(&office, "nhan_tin", &number, &message),
        act(&office, "nhan_tin", &number, &message)
    );
    assert!(succeeded(&first) != succeeded(&second));
    assert_eq!(events(&app, case, "nhan_tin").await, 1);
}

#[tokio::test]
async fn a_refusal_needs_a_second_person() {
    let app = TestApp::start().await;
    let (case, number) = submitted(&app).await;
    let office = app.sign_in("vanphong1").await;
    let head = app.sign_in("chanhvp").await;
    let fields = [
        ("refusal_reason", "KHONG_RO_NOI_DUNG"),
        ("refusal_text", "Ông/Bà có thể gửi lại, nêu rõ vụ việc."),
    ];
    assert!(
        !succeeded(&act(&head, "duyet_tu_choi", &number, &[]).await),
        "nothing was proposed"
    );
    assert!(succeeded(
        &act(&office, "de_xuat_tu_choi", &number, &fields).await
    ));
    assert!(
        !succeeded(&act(&office, "tiep_nhan", &number, &[]).await),
        "a proposal waits"
    );
    assert!(!succeeded(
        &act(&office, "duyet_tu_choi", &number, &[]).await
    ));
    // the database insists too: the proposer as approver changes nothing
    sqlx::query("update feedback_case set proposed_by = (select staff_id from staff where username = 'chanhvp') where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert!(!succeeded(&act(&head, "duyet_tu_choi", &number, &[]).await));
    assert_eq!(status(&app, case).await, "cho_tiep_nhan");
    sqlx::query("update feedback_case set proposed_by = (select staff_id from staff where username = 'vanphong1') where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert!(succeeded(&act(&head, "duyet_tu_choi", &number, &[]).await));
    assert_eq!(status(&app, case).await, "tu_choi");
    let told = sqlx::query_scalar::<_, i64>(
        "select count(*) from case_message where case_id = $1 and direction = 'out'",
    )
    .bind(case);
    assert_eq!(told.fetch_one(app.owner.pool()).await.unwrap(), 1);
}

#[tokio::test]
async fn the_branch_concerned_is_not_its_own_judge() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let (branch, registry) = (unit(&app, "cn-ninh-kieu").await, unit(&app, "vpdkdd").await);
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
    assert!(succeeded(
        &act(
            &office,
            "phan_loai",
            &number,
            &[("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")]
        )
        .await
    ));
    assert!(
        !succeeded(
            &act(
                &office,
                "giao_xu_ly",
                &number,
                &[("unit", &registry), ("handler", "")]
            )
            .await
        ),
        "no extract yet"
    );
    assert!(succeeded(
        &act(&office, "viet_trich_yeu", &number, &[("extract", EXTRACT)]).await
    ));
    assert!(!succeeded(
        &act(
            &office,
            "giao_xu_ly",
            &number,
            &[("unit", &branch), ("handler", "")]
        )
        .await
    ));
    assert_eq!(status(&app, case).await, "da_phan_loai");
}

#[tokio::test]
async fn a_supplement_is_asked_for_once_and_stops_the_clock() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    assert!(succeeded(
        &act(
            &office,
            "yeu_cau_bo_sung",
            &number,
            &[("missing", "Ngày xảy ra vụ việc.")]
        )
        .await
    ));
    let paused = sqlx::query_scalar::<_, Option<Date>>(
        "select paused_on from feedback_case where case_id = $1",
    )
    .bind(case)
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(paused, Some(app.state.clock.today()));
    sqlx::query(
        "update feedback_case set status = 'da_tiep_nhan', paused_on = null where case_id = $1",
    )
    .bind(case)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let second = app.sign_in("vanphong2").await;
    assert!(!succeeded(
        &act(
            &second,
            "yeu_cau_bo_sung",
            &number,
            &[("missing", "Thêm nữa.")]
        )
        .await
    ));
}
