//! A refused action: everything typed comes back at the case's own address.

use super::submitted;
use crate::support::{TestApp, act, opening_command};

#[tokio::test]
async fn a_refused_form_without_script_comes_back_with_everything_typed() {
    const TEXT: &str = "Đã xem sổ tiếp nhận; <b>hồ sơ</b> quá hạn ba ngày, chưa có phiếu xin lỗi.";
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    act(&office, "tiep_nhan", &number, &[]).await;
    let ticked = [
        ("kind", "quy_dinh"),
        ("reasons[]", "HV_KHAC"),
        ("denunciation", "1"),
    ];
    let refused = act(&office, "phan_loai", &number, &ticked).await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.body().contains("Vui lòng chọn ít nhất một lý do"),
        "{}",
        refused.body()
    );
    assert!(
        refused.body().contains(r#"value="quy_dinh" checked"#)
            && refused.body().contains(r#"value="1" checked"#)
    );
    let long = TEXT.repeat(400);
    let refused = act(&office, "ghi_chu", &number, &[("note", long.as_str())]).await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.body().contains(&long.replace('<', "&lt;"))
            && refused.body().contains("dài quá 20.000 ký tự")
    );
    let from_page = office
        .post_form(
            &opening_command(&number, "de_nghi"),
            &[("reason", "ngắn quá")],
        )
        .await;
    assert!(
        from_page.status() == 422
            && from_page.body().contains("ngắn quá")
            && from_page.body().contains("Danh tính được niêm phong")
    );
    sqlx::query("update feedback_case set status = 'da_rut' where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let overtaken = act(
        &office,
        "de_xuat_tu_choi",
        &number,
        &[("refusal_text", TEXT)],
    )
    .await;
    assert!(
        overtaken.status() == 409 && overtaken.body().contains("quá hạn ba ngày"),
        "its form is not offered any more"
    );
    app.clock.advance(time::Duration::hours(13));
    let expired = act(&office, "ghi_chu", &number, &[("note", TEXT)]).await;
    assert!(
        expired.body().contains("quá hạn ba ngày") && expired.body().contains("Cần đăng nhập"),
        "{}",
        expired.body()
    );
}
