//! What the submitter does with the case: each deed once.

use super::{PAGE, followed, on};
use crate::support::{
    self, TestApp,
    cases::{events, set_status},
};
use time::Duration;

/// The hidden key of the page's forms.
fn key_of(body: &str) -> String {
    let at = body
        .find(r#"name="khoa" value=""#)
        .expect("a form with a key")
        + r#"name="khoa" value=""#.len();
    body[at..].split('"').next().unwrap().to_owned()
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
async fn a_form_drawn_for_one_case_writes_nothing_into_another() {
    let app = TestApp::start().await;
    let (first, code, visitor) = followed(&app).await;
    let page = visitor.get(PAGE).await;
    let mark = page.body().split(r#"name="trang" value=""#).nth(1);
    let mark = mark
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    // a second window of the same browser opens another case
    let (other, other_code) = support::submit(&app).await;
    visitor.post_form("/tra-cuu", &[("ma", &other_code)]).await;
    let typed = "Viết cho hồ sơ thứ nhất, ở cửa sổ thứ nhất.";
    let fields = [("khoa", "abc"), ("tin_nhan", typed), ("trang", &mark)];
    let refused = visitor.post_form(&on("nhan"), &fields).await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.body().contains(typed)
            && refused.body().contains("viết cho một hồ sơ khác")
            && !refused.body().contains(&other),
        "{}",
        refused.text()
    );
    for deed in ["danh_gia", "chua_thoa_dang", "rut"] {
        let fields = [
            ("muc", "1"),
            ("ly_do", typed),
            ("xac_nhan", "1"),
            ("trang", &mark),
        ];
        assert_eq!(
            visitor.post_form(&on(deed), &fields).await.status(),
            422,
            "{deed}"
        );
    }
    let with_code = [
        ("khoa", "abc"),
        ("tin_nhan", typed),
        ("trang", &mark),
        ("ma", &code),
    ];
    assert_eq!(
        visitor.post_form(&on("nhan"), &with_code).await.status(),
        303
    );
    assert_eq!(events(&app, first, "nhan_tin").await, 1);
    let all = sqlx::query_scalar::<_, i64>(
        "select count(*) from case_event where kind in ('nhan_tin', 'rut')",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(all, 1, "nothing in the other case");
}
