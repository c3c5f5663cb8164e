//! What the submitter reads, and what they do not.

use super::{PAGE, followed};
use crate::support::{self, TestApp};
use lang_nghe::rights::Role;
use uuid::Uuid;

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
async fn opening_the_identity_is_told_to_the_submitter() {
    let app = TestApp::start().await;
    let (case, _, visitor) = followed(&app).await;
    let staff = app.add_staff("giamdoc", &[Role::Leader], "vp-so").await;
    sqlx::query(
        "insert into case_event (case_id, at, kind, staff_id, role, data)
        values ($1, $2, 'mo_danh_tinh', $3, 'lanh_dao_so', jsonb_build_object('opening', $4::uuid))",
    )
    .bind(case)
    .bind(app.clock.now())
    .bind(staff)
    .bind(Uuid::from_u128(1))
    .execute(app.owner.pool())
    .await
    .unwrap();
    let page = visitor.get(PAGE).await;
    assert!(
        page.body()
            .contains("Ngày 23/11/2026, Lãnh đạo Sở đã xem danh tính của Ông/Bà, sau khi một lãnh đạo khác đồng ý.")
    );
}
