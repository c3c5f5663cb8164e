//! Pages that are older than what was written since, and people whom the words name: nothing is
//! written over unseen, and nobody judges what names them.

use super::submitted;
use crate::support::{
    Client, TestApp, act, act_on,
    cases::{case_of, unit},
    feedback, follow, receipt, seen, submit, succeeded,
};
use lang_nghe::rights::Role;
use uuid::Uuid;

const BRIBE: &str = "Chị ấy còn đòi tôi 3 triệu tiền bôi trơn mới nhận hồ sơ.";

async fn known_as(app: &TestApp, username: &str, role: Role, unit: &str, name: &str) -> Uuid {
    let staff = app.add_staff(username, &[role], unit).await;
    sqlx::query("update staff set display_name = $2 where staff_id = $1")
        .bind(staff)
        .bind(name)
        .execute(app.owner.pool())
        .await
        .unwrap();
    staff
}

/// A late dossier whose words name somebody: number and receipt code.
async fn late_dossier(app: &TestApp, words: &str) -> (String, String) {
    let sender = app.client();
    let mut fields = feedback("0000000000000000000000000000d0d0", words);
    fields.retain(|(name, _)| !["loai", "ly_do"].contains(name));
    fields.extend([("loai", "tre_hen"), ("ngay_hen", "2026-11-02")]);
    let sent = sender
        .post_multipart("/gui-phan-anh?loai=tre_hen", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.words());
    receipt(sender.get("/gui-phan-anh/da-nhan").await.body())
}

async fn page_of(who: &Client, number: &str) -> u16 {
    who.get(&format!("/quan-tri/ho-so/{number}")).await.status()
}

async fn writes(app: &TestApp, code: &str, words: &str) {
    let visitor = follow(app, code).await;
    let fields = [("khoa", "k-stale"), ("tin_nhan", words)];
    let sent = visitor
        .post_multipart("/tra-cuu/ho-so?viec=nhan", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.words());
}

#[tokio::test]
async fn whoever_the_words_name_is_left_out_once_the_case_is_about_conduct() {
    let app = TestApp::start().await;
    known_as(&app, "bi-neu", Role::Office, "vp-so", "Phạm Thị Được Nêu").await;
    let words = "Hồ sơ trễ hẹn; chị Phạm Thị Được Nêu quát mắng tôi ở quầy 3.";
    let (number, _) = late_dossier(&app, words).await;
    let (named, office) = (app.sign_in("bi-neu").await, app.sign_in("vanphong1").await);
    assert_eq!(page_of(&named, &number).await, 200, "a name in passing");
    let conduct = [("kind", "hanh_vi"), ("reasons[]", "HV_HACH_DICH")];
    act(&office, "tiep_nhan", &number, &[]).await;
    let done = act(&office, "phan_loai", &number, &conduct).await;
    assert!(succeeded(&done), "{}", done.words());
    assert_eq!(page_of(&named, &number).await, 404);
    let page = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(page.words().contains("Ghi người không tham gia hồ sơ"));
}

#[tokio::test]
async fn whoever_was_named_before_is_left_out_when_later_words_close_the_circle() {
    let app = TestApp::start().await;
    known_as(&app, "bi-neu", Role::Leader, "vp-so", "Hồ Thị Được Nêu").await;
    app.sign_in("phogiamdoc").await;
    let words = "Hồ sơ trễ hẹn ba lần, bà Hồ Thị Được Nêu nói chờ thêm.";
    let (number, code) = late_dossier(&app, words).await;
    let named = app.sign_in("bi-neu").await;
    assert_eq!(page_of(&named, &number).await, 200);
    writes(&app, &code, BRIBE).await;
    assert_eq!(page_of(&named, &number).await, 404);
    let other = app.sign_in("phogiamdoc").await;
    let page = other.get("/lanh-dao").await.words();
    let told = format!("chỉ lãnh đạo Sở phân loại và giao: {number}");
    assert!(page.contains(&told), "{page}");
}

#[tokio::test]
async fn an_old_page_does_not_open_a_circle_that_words_have_closed() {
    let app = TestApp::start().await;
    let leader = app.sign_in("giamdoc").await;
    let (number, code) = submit(&app).await;
    let old = seen(&leader, &number).await.parse().unwrap();
    writes(&app, &code, BRIBE).await;
    let fields = [("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")];
    for action in ["luu_va_giao", "phan_loai"] {
        let all = [&fields[..], &[("extract", "Chậm."), ("unit", "chua_giao")]].concat();
        let refused = act_on(&leader, action, &number, old, &all).await;
        assert!(!succeeded(&refused), "{action}");
    }
    let office = app.sign_in("vanphong1").await;
    assert_eq!(page_of(&office, &number).await, 404);
}

#[tokio::test]
async fn an_old_page_does_not_bring_back_who_was_left_out_meanwhile() {
    let app = TestApp::start().await;
    known_as(&app, "bi-neu", Role::Office, "vp-so", "Phạm Thị Được Nêu").await;
    let (office, named) = (app.sign_in("vanphong1").await, app.sign_in("bi-neu").await);
    let (number, code) = submit(&app).await;
    let old = seen(&office, &number).await.parse().unwrap();
    writes(&app, &code, "Người ấy là chị Phạm Thị Được Nêu.").await;
    assert_eq!(page_of(&named, &number).await, 404);
    let refused = act_on(&office, "khong_tham_gia", &number, old, &[]).await;
    assert!(!succeeded(&refused));
    assert_eq!(page_of(&named, &number).await, 404);
}

#[tokio::test]
async fn a_colleagues_extract_is_not_written_over_unseen() {
    let app = TestApp::start().await;
    let (first, second) = (
        app.sign_in("vanphong1").await,
        app.sign_in("vanphong2").await,
    );
    let (_, number) = submitted(&app).await;
    let old = seen(&second, &number).await.parse().unwrap();
    let careful = "Một người dân bị quát mắng ở quầy 2.";
    let saved = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_CHAM_TRE"),
        ("extract", careful),
        ("unit", "chua_giao"),
    ];
    let written = act(&first, "luu_va_giao", &number, &saved).await;
    assert!(succeeded(&written), "{}", written.words());
    let registry = unit(&app, "vpdkdd").await;
    let draft = "Bản máy gợi ý, chưa ai đọc.";
    let fields = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_CHAM_TRE"),
        ("extract", draft),
        ("unit", &registry),
    ];
    let refused = act_on(&second, "luu_va_giao", &number, old, &fields).await;
    assert!(!succeeded(&refused));
    assert!(refused.unescaped().contains(draft), "what was typed stays");
    let again = act_on(
        &second,
        "viet_trich_yeu",
        &number,
        old,
        &[("extract", draft)],
    )
    .await;
    assert!(!succeeded(&again));
    let page = first.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(page.unescaped().contains(careful));
}

#[tokio::test]
async fn a_unit_that_has_read_the_line_of_its_list_was_reached() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (number, _) = submit(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    let fields = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_CHAM_TRE"),
        ("extract", "Phải chờ rất lâu ở quầy."),
        ("unit", &registry),
    ];
    assert!(succeeded(
        &act(&office, "luu_va_giao", &number, &fields).await
    ));
    let head = app.sign_in("gd-vpdkdd").await;
    assert!(
        head.get("/quan-tri")
            .await
            .body()
            .contains("Phải chờ rất lâu")
    );
    let at = seen(&office, &number).await.parse().unwrap();
    let undone = act_on(&office, "hoan_tac", &number, at, &[]).await;
    assert!(!succeeded(&undone), "the unit knows");
    let case = case_of(&app, &number).await;
    assert_eq!(
        crate::support::cases::status(&app, case).await,
        "da_chuyen_xu_ly"
    );
}
