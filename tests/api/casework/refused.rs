//! A refused action: everything typed comes back at the case's own address.

use super::{assigned, submitted};
use crate::support::{
    Answer, TestApp, act, case_command,
    cases::{events, set_status, status, unit},
    opening_command,
};

const TEXT: &str = "Đã xem sổ tiếp nhận; <b>hồ sơ</b> quá hạn ba ngày, chưa có phiếu xin lỗi.";

#[tokio::test]
async fn a_refused_form_without_script_comes_back_with_everything_typed() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    act(&office, "tiep_nhan", &number, &[]).await;
    let ticked = [
        ("kind", "quy_dinh"),
        ("reasons[]", "HV_KHAC"),
        ("denunciation", "1"),
    ];
    let refused = act(&office, "luu_va_giao", &number, &ticked).await;
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
    let leader = app.sign_in("giamdoc").await;
    let from_page = leader
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

/// The form of an action on the page of its case.
fn form<'a>(page: &'a Answer, number: &str, action: &str) -> &'a str {
    let head = format!("action=\"{}\"", case_command(number, action));
    let from = page.body().split_once(&head);
    let (_, rest) = from.expect("the form that posts there again");
    rest.split_once("</form>").expect("its end").0
}

/// Whether a form has this value chosen, in a list, a circle or a box.
fn is_chosen(form: &str, value: &str) -> bool {
    let with_value = format!("value=\"{value}\"");
    let tags = form.split('<').filter_map(|rest| rest.split_once('>'));
    tags.map(|(tag, _)| tag)
        .filter(|tag| tag.contains(&with_value))
        .any(|tag| tag.contains(" selected") || tag.contains(" checked"))
}

#[tokio::test]
async fn a_refused_action_keeps_every_field_at_the_address_of_the_case() {
    const TYPED: &str = "Đã đối chiếu sổ \"hẹn trả\" & <biên nhận>; còn thiếu một bước.";
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    let head = app.sign_in("gd-vpdkdd").await;
    let long = TYPED.repeat(400);
    let (branch, registry) = (unit(&app, "cn-ninh-kieu").await, unit(&app, "vpdkdd").await);
    for (who, before, action, fields, chosen, typed) in [
        (
            &head,
            "dang_xac_minh",
            "ket_luan",
            [("finding", "dung_mot_phan"), ("measures", long.as_str())],
            vec!["dung_mot_phan"],
            vec![long.as_str()],
        ),
        (
            &head,
            "dang_xac_minh",
            "ket_luan",
            [("finding", ""), ("measures", TYPED)],
            vec![],
            vec![TYPED],
        ),
        (
            &office,
            "da_tiep_nhan",
            "de_xuat_tu_choi",
            [
                ("refusal_reason", "KHONG_RO_NOI_DUNG"),
                ("refusal_text", ""),
            ],
            vec!["KHONG_RO_NOI_DUNG"],
            vec![],
        ),
        (
            &office,
            "da_tiep_nhan",
            "de_xuat_tu_choi",
            [("refusal_reason", ""), ("refusal_text", TYPED)],
            vec![],
            vec![TYPED],
        ),
        (
            &office,
            "da_tiep_nhan",
            "de_xuat_chuyen",
            [("external_body", "2"), ("forward_text", long.as_str())],
            vec!["2"],
            vec![long.as_str()],
        ),
        (
            &office,
            "da_tiep_nhan",
            "huong_dan_kntc",
            [("procedure", "khieu_nai"), ("guidance", long.as_str())],
            vec!["khieu_nai"],
            vec![long.as_str()],
        ),
        (
            &office,
            "da_chuyen_xu_ly",
            "giao_xu_ly",
            [("unit", branch.as_str()), ("", "")],
            vec![branch.as_str()],
            vec![],
        ),
        (
            &office,
            "cho_tiep_nhan",
            "luu_va_giao",
            [("unit", registry.as_str()), ("extract", long.as_str())],
            vec![registry.as_str()],
            vec![long.as_str()],
        ),
    ] {
        set_status(&app, case, before).await;
        let done = events(&app, case, action).await;
        let refused = act(who, action, &number, &fields).await;
        let is_refused = matches!(refused.status(), 409 | 422);
        assert!(is_refused, "{action} {fields:?}: {}", refused.words());
        for value in chosen {
            assert!(
                is_chosen(form(&refused, &number, action), value),
                "{action}: {value} is chosen no more"
            );
        }
        for text in typed {
            assert!(
                refused.unescaped().contains(text),
                "{action}: the text is gone"
            );
        }
        assert_eq!(status(&app, case).await, before, "{action}");
        assert_eq!(events(&app, case, action).await, done, "{action}");
    }
}

/// The answer to the first was lost; the page is drawn anew and has the text still.
#[tokio::test]
async fn the_same_words_sent_again_from_a_newer_page_are_written_once() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    for (action, field) in [("nhan_tin", "message"), ("ghi_chu", "note")] {
        let send = async |text: &str| {
            let seen =
                sqlx::query_scalar::<_, i64>("select coalesce(max(event_id), 0) from case_event")
                    .fetch_one(app.owner.pool())
                    .await
                    .unwrap()
                    .to_string();
            let fields = [("seen", seen.as_str()), (field, text)];
            office
                .post_form(&case_command(&number, action), &fields)
                .await
                .status()
        };
        assert_eq!((send(TEXT).await, send(TEXT).await), (303, 303));
        let written = async || {
            let events = "select count(*) from case_event where kind = $1";
            let count = sqlx::query_scalar::<_, i64>(events).bind(action);
            count.fetch_one(app.owner.pool()).await.unwrap()
        };
        assert_eq!(written().await, 1, "{action}");
        app.clock.advance(time::Duration::minutes(11));
        assert_eq!(send(TEXT).await, 303);
        assert_eq!(written().await, 2, "{action}: later they are meant");
    }
}

#[tokio::test]
async fn a_second_click_is_told_so_though_its_form_is_gone() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    assert_eq!(act(&office, "tiep_nhan", &number, &[]).await.status(), 303);
    let again = act(&office, "tiep_nhan", &number, &[]).await;
    assert_eq!(again.status(), 409);
    assert!(
        again.body().contains("việc này đã được ghi rồi"),
        "{}",
        again.text()
    );
}
