//! The closed circle: what speaks of bribery, whichever card it came on, and the whole road of such a case for those who
//! still see it.

use crate::support::{
    Client, TestApp,
    cases::{case_of, does, events, set_status, status, tries, unit},
    feedback, follow, receipt, succeeded,
};
use lang_nghe::{
    case::{StaffId, UnitId},
    platform::database::Scope,
    rights::Role,
};
use uuid::Uuid;

/// Sends the public form of a card with a reason and a text: number and receipt code.
async fn sent(app: &TestApp, card: &str, reason: &str, text: &str) -> (String, String) {
    let key = format!("{:032x}", Uuid::now_v7().as_u128());
    let mut fields = feedback(&key, text);
    fields.retain(|(name, _)| !["loai", "ly_do"].contains(name));
    fields.extend([
        ("loai", card),
        ("ly_do", reason),
        ("ngay_hen", "10/11/2026"),
    ]);
    let sender = app.client();
    let there = format!("/gui-phan-anh?loai={card}");
    let answer = sender.post_multipart(&there, &fields, &[]).await;
    assert_eq!(answer.status(), 303, "{card}: {}", answer.words());
    receipt(sender.get("/gui-phan-anh/da-nhan").await.body())
}

const BRIBE: &str = "Cán bộ đo đạc đòi tiền bồi dưỡng, nói không đưa thì ngâm hồ sơ của tôi.";
const ORDINARY: &str = "Tôi đến bốn lần vẫn chưa được trả kết quả như đã hẹn trên giấy.";

#[tokio::test]
async fn bribery_by_words_or_by_tick_closes_the_circle_on_every_card() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let leader = app.sign_in("giamdoc").await;
    for (card, reason, text, closed) in [
        ("hanh_vi", "HV_CHAM_TRE", BRIBE, true),
        ("hanh_vi", "HV_NHUNG_NHIEU", ORDINARY, true),
        ("tre_hen", "TH_QUA_HAN", BRIBE, true),
        ("quy_dinh", "QD_KHAC", BRIBE, true),
        ("hanh_vi", "HV_CHAM_TRE", ORDINARY, false),
        ("tre_hen", "TH_QUA_HAN", ORDINARY, false),
    ] {
        let (number, _) = sent(&app, card, reason, text).await;
        let page = format!("/quan-tri/ho-so/{number}");
        let (office, leader) = (
            office.get(&page).await.status(),
            leader.get(&page).await.status(),
        );
        assert_eq!(
            (office, leader),
            (if closed { 404 } else { 200 }, 200),
            "{card} {reason} {text}"
        );
    }
}

/// How many cases and messages of the sender a member of the unit finds, as `app_web` over plain SQL.
async fn found_by_unit(app: &TestApp) -> (i64, i64) {
    let unit: i16 = unit(app, "vpdkdd").await.parse().unwrap();
    let scope = Scope::Unit {
        staff: StaffId(7),
        unit: UnitId(unit),
        denunciations: false,
        original: false,
    };
    let mut tx = app.state.db.begin(scope).await.unwrap();
    let found = "select (select count(*) from feedback_case), (select count(*) from case_event)";
    sqlx::query_as(found).fetch_one(&mut *tx).await.unwrap()
}

#[tokio::test]
async fn bribery_in_a_later_message_or_a_reopening_closes_the_circle_too() {
    let app = TestApp::start().await;
    let (office, unit_head) = (
        app.sign_in("vanphong1").await,
        app.sign_in("gd-vpdkdd").await,
    );
    let (leader, named) = (
        app.sign_in("giamdoc").await,
        app.sign_in("phogiamdoc").await,
    );
    sqlx::query("update staff set display_name = 'Hồ Thị Ví Dụ' where username = 'phogiamdoc'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let registry = unit(&app, "vpdkdd").await;
    for reopens in [false, true] {
        let text = format!("{ORDINARY} Mở lại: {reopens}.");
        let (number, code) = sent(&app, "hanh_vi", "HV_CHAM_TRE", &text).await;
        let case = case_of(&app, &number).await;
        for (action, fields) in [
            ("tiep_nhan", vec![]),
            (
                "phan_loai",
                vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
            ),
            ("viet_trich_yeu", vec![("extract", "Trích.")]),
            (
                "giao_xu_ly",
                vec![("unit", registry.as_str()), ("handler", "")],
            ),
        ] {
            does(&app, &office, action, &number, &fields).await;
        }
        let page = format!("/quan-tri/ho-so/{number}");
        let sees = async |who: &Client| who.get(&page).await.status() == 200;
        for who in [&office, &unit_head, &leader, &named] {
            assert!(sees(who).await);
        }
        let before = found_by_unit(&app).await;
        assert!(before.0 == 1 && before.1 > 0);
        let sender = follow(&app, &code).await;
        let words = format!("{BRIBE} Đó là bà Hồ Thị Ví Dụ.");
        let (command, fields) = if reopens {
            set_status(&app, case, "da_tra_loi").await;
            ("chua_thoa_dang", [("khoa", "k"), ("ly_do", words.as_str())])
        } else {
            ("nhan", [("khoa", "k"), ("tin_nhan", words.as_str())])
        };
        let sent = sender
            .post_form(&format!("/tra-cuu/ho-so?viec={command}"), &fields)
            .await;
        assert_eq!(sent.status(), 303, "{}", sent.words());
        for (who, may) in [
            (&office, false),
            (&unit_head, false),
            (&named, false),
            (&leader, true),
        ] {
            assert_eq!(sees(who).await, may);
        }
        assert_eq!(found_by_unit(&app).await, (0, 0));
        assert_eq!(events(&app, case, "thu_hep").await, 1);
        let told = sender.get("/tra-cuu/ho-so").await;
        assert!(told.words().contains("Sở thu hẹp số người xem"));
        let again = [("khoa", "k2"), ("tin_nhan", BRIBE)];
        sender.post_form("/tra-cuu/ho-so?viec=nhan", &again).await;
        assert_eq!(events(&app, case, "thu_hep").await, 1, "once");
    }
}

#[tokio::test]
async fn a_closed_case_goes_to_nobody_of_the_unit_it_names_nor_below() {
    let app = TestApp::start().await;
    let leader = app.sign_in("giamdoc").await;
    let (number, _) = sent(&app, "tre_hen", "TH_QUA_HAN", BRIBE).await;
    let (registry, branch) = (unit(&app, "vpdkdd").await, unit(&app, "cn-ninh-kieu").await);
    does(&app, &leader, "tiep_nhan", &number, &[]).await;
    let about_registry = [
        ("kind", "tre_hen"),
        ("reasons[]", "TH_QUA_HAN"),
        ("denunciation", "1"),
        ("concerned", registry.as_str()),
    ];
    does(&app, &leader, "phan_loai", &number, &about_registry).await;
    does(
        &app,
        &leader,
        "viet_trich_yeu",
        &number,
        &[("extract", "Trích.")],
    )
    .await;
    for unit in [&registry, &branch] {
        let refused = tries(
            &app,
            &leader,
            "giao_xu_ly",
            &number,
            &[("unit", unit), ("handler", "")],
        )
        .await;
        assert_eq!(refused.status(), 422, "{}", refused.words());
        assert!(
            refused.words().contains("đơn vị được phản ánh")
                || refused.words().contains("Đơn vị được phản ánh")
        );
    }
    let inspectors = unit(&app, "thanh-tra").await;
    does(
        &app,
        &leader,
        "giao_xu_ly",
        &number,
        &[("unit", inspectors.as_str()), ("handler", "")],
    )
    .await;
    let page = format!("/quan-tri/ho-so/{number}");
    for (who, sees) in [
        ("thanhtra1", true),
        ("vanphong1", false),
        ("chanhvp", false),
        ("gd-vpdkdd", false),
        ("truong-cn-nk", false),
    ] {
        let answer = app.sign_in(who).await.get(&page).await;
        assert_eq!(answer.status() == 200, sees, "{who}");
    }
}

#[tokio::test]
async fn the_unit_is_said_before_a_case_of_conduct_is_assigned() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = super::submitted(&app).await;
    sqlx::query("update feedback_case set concerned_unit_id = null where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let (registry, inspectors) = (unit(&app, "vpdkdd").await, unit(&app, "thanh-tra").await);
    let branch = unit(&app, "cn-ninh-kieu").await;
    let conduct = |concerned| {
        [
            ("kind", "hanh_vi"),
            ("reasons[]", "HV_CHAM_TRE"),
            ("concerned", concerned),
        ]
    };
    does(&app, &office, "tiep_nhan", &number, &[]).await;
    does(&app, &office, "phan_loai", &number, &conduct("")).await;
    does(
        &app,
        &office,
        "viet_trich_yeu",
        &number,
        &[("extract", "Trích.")],
    )
    .await;
    let to = |unit| [("unit", unit), ("handler", "")];
    let mut all = conduct("").to_vec();
    all.extend([("extract", "Trích."), ("unit", &registry)]);
    let refused = tries(&app, &office, "luu_va_giao", &number, &all).await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.words().contains("Chưa rõ đơn vị được phản ánh"),
        "{}",
        refused.words()
    );
    let mut nowhere = conduct("32000").to_vec();
    nowhere.extend([("extract", "Trích."), ("unit", registry.as_str())]);
    let nonsense = tries(&app, &office, "luu_va_giao", &number, &nowhere).await;
    assert_eq!(nonsense.status(), 422);
    assert!(
        nonsense
            .words()
            .contains("Vui lòng chọn đơn vị trong danh sách.")
    );

    does(&app, &office, "phan_loai", &number, &conduct(&registry)).await;
    let page = format!("/quan-tri/ho-so/{number}");
    assert!(
        office
            .get(&page)
            .await
            .words()
            .contains("đơn vị được phản ánh Văn phòng Đăng ký đất đai")
    );
    for own in [&registry, &branch] {
        let refused = tries(&app, &office, "giao_xu_ly", &number, &to(own)).await;
        assert_eq!(refused.status(), 422, "{}", refused.words());
    }
    does(&app, &office, "giao_xu_ly", &number, &to(&inspectors)).await;
    assert_eq!(events(&app, case, "phan_loai").await, 2);
}

#[tokio::test]
async fn a_case_about_the_office_goes_around_the_office() {
    let app = TestApp::start().await;
    let (office, head) = (app.sign_in("vanphong1").await, app.sign_in("chanhvp").await);
    let leader = app.sign_in("giamdoc").await;
    let (_, number) = super::submitted(&app).await;
    let page = format!("/quan-tri/ho-so/{number}");
    let itself = unit(&app, "vp-so").await;
    does(&app, &office, "tiep_nhan", &number, &[]).await;
    let about = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_CHAM_TRE"),
        ("concerned", itself.as_str()),
    ];
    does(&app, &office, "phan_loai", &number, &about).await;
    for who in [&office, &head] {
        assert_eq!(who.get(&page).await.status(), 404);
        assert!(
            !who.get("/quan-tri?xem=tat-ca")
                .await
                .body()
                .contains(&number)
        );
        let fields = [
            ("refusal_reason", "KHONG_RO_NOI_DUNG"),
            ("refusal_text", "Không rõ."),
        ];
        assert!(!succeeded(
            &tries(&app, who, "de_xuat_tu_choi", &number, &fields).await
        ));
    }
    assert_eq!(leader.get(&page).await.status(), 200);
    let inspectors = unit(&app, "thanh-tra").await;
    does(
        &app,
        &leader,
        "viet_trich_yeu",
        &number,
        &[("extract", "Trích.")],
    )
    .await;
    does(
        &app,
        &leader,
        "giao_xu_ly",
        &number,
        &[("unit", inspectors.as_str()), ("handler", "")],
    )
    .await;
    assert_eq!(
        app.sign_in("thanhtra1").await.get(&page).await.status(),
        200
    );
}

/// From sending to the archive, with a question, a message each way and a draft that came back.
#[tokio::test]
async fn a_closed_case_is_led_to_its_end_by_those_who_see_it() {
    let app = TestApp::start().await;
    let (leader, inspector) = (app.sign_in("giamdoc").await, app.sign_in("thanhtra1").await);
    let (number, code) = sent(&app, "hanh_vi", "HV_NHUNG_NHIEU", BRIBE).await;
    let case = case_of(&app, &number).await;
    let visitor = follow(&app, &code).await;
    let says = async |text: &str| {
        let key = Uuid::now_v7().to_string();
        let form = [("khoa", key.as_str()), ("tin_nhan", text)];
        let answer = visitor.post_form("/tra-cuu/ho-so?viec=nhan", &form).await;
        assert_eq!(answer.status(), 303, "{}", answer.words());
    };
    does(
        &app,
        &leader,
        "yeu_cau_bo_sung",
        &number,
        &[("missing", "Ngày, giờ và tên người nhận.")],
    )
    .await;
    says("Sáng ngày 12, ở bàn số 2.").await;
    assert_eq!(status(&app, case).await, "da_tiep_nhan");
    let about = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_NHUNG_NHIEU"),
        ("denunciation", "1"),
        ("concerned", &unit(&app, "cn-ninh-kieu").await),
    ];
    does(&app, &leader, "phan_loai", &number, &about).await;
    does(
        &app,
        &leader,
        "viet_trich_yeu",
        &number,
        &[("extract", "Trích.")],
    )
    .await;
    says("Tôi có ghi âm, gửi ở đâu ạ?").await;
    does(
        &app,
        &leader,
        "nhan_tin",
        &number,
        &[("message", "Ông/Bà gửi kèm ngay tại trang này.")],
    )
    .await;
    let page = visitor.get("/tra-cuu/ho-so").await;
    assert!(page.words().contains("Ông/Bà gửi kèm ngay tại trang này."));
    let to = [("unit", &*unit(&app, "thanh-tra").await), ("handler", "")];
    does(&app, &leader, "giao_xu_ly", &number, &to).await;
    does(&app, &inspector, "xac_minh", &number, &[]).await;
    does(
        &app,
        &inspector,
        "nhan_tin",
        &number,
        &[("message", "Tổ kiểm tra đã nghe tệp.")],
    )
    .await;
    does(
        &app,
        &inspector,
        "ket_luan",
        &number,
        &[("finding", "dung"), ("measures", "Kỷ luật.")],
    )
    .await;
    does(
        &app,
        &inspector,
        "trinh_phe_duyet",
        &number,
        &[("reply", "Kính gửi Ông/Bà.")],
    )
    .await;
    does(
        &app,
        &leader,
        "tra_du_thao",
        &number,
        &[("comment", "Nêu rõ hình thức xử lý.")],
    )
    .await;
    does(
        &app,
        &inspector,
        "trinh_phe_duyet",
        &number,
        &[("reply", "Kính gửi Ông/Bà: khiển trách.")],
    )
    .await;
    does(&app, &leader, "tra_loi", &number, &[]).await;
    assert!(
        visitor
            .get("/tra-cuu/ho-so")
            .await
            .words()
            .contains("khiển trách")
    );
    does(&app, &leader, "ket_thuc", &number, &[]).await;
    assert_eq!(status(&app, case).await, "ket_thuc");
}

#[tokio::test]
async fn a_closed_case_is_passed_to_the_police_or_not_accepted_by_two_who_see_it() {
    let app = TestApp::start().await;
    let (leader, second) = (
        app.sign_in("giamdoc").await,
        app.sign_in("phogiamdoc").await,
    );
    let inspector = app.sign_in("thanhtra1").await;
    let (number, _) = sent(&app, "hanh_vi", "HV_NHUNG_NHIEU", BRIBE).await;
    let case = case_of(&app, &number).await;
    let about = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_NHUNG_NHIEU"),
        ("concerned", &*unit(&app, "cn-ninh-kieu").await),
    ];
    does(&app, &leader, "tiep_nhan", &number, &[]).await;
    does(&app, &leader, "phan_loai", &number, &about).await;
    does(
        &app,
        &leader,
        "viet_trich_yeu",
        &number,
        &[("extract", "Trích.")],
    )
    .await;
    let to = [("unit", &*unit(&app, "thanh-tra").await), ("handler", "")];
    does(&app, &leader, "giao_xu_ly", &number, &to).await;
    does(&app, &inspector, "xac_minh", &number, &[]).await;
    let police: i16 = sqlx::query_scalar("select min(external_body_id) from external_body")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let police = [
        ("external_body", &*police.to_string()),
        ("forward_text", "Có dấu hiệu tội phạm."),
    ];
    does(&app, &inspector, "de_xuat_chuyen", &number, &police).await;
    let document = [
        ("document_number", "12/SNNMT-TTr"),
        ("document_date", "2026-11-20"),
    ];
    does(&app, &leader, "duyet_chuyen", &number, &document).await;
    assert_eq!(status(&app, case).await, "da_chuyen_co_quan");

    let (number, code) = sent(&app, "quy_dinh", "QD_KHAC", BRIBE).await;
    let case = case_of(&app, &number).await;
    let refusal = [
        ("refusal_reason", "KHONG_RO_NOI_DUNG"),
        (
            "refusal_text",
            "Ông/Bà có thể gửi lại, nêu rõ ai và khi nào.",
        ),
    ];
    does(&app, &leader, "de_xuat_tu_choi", &number, &refusal).await;
    assert_eq!(
        tries(&app, &leader, "duyet_tu_choi", &number, &[])
            .await
            .status(),
        403,
        "alone"
    );
    does(&app, &second, "duyet_tu_choi", &number, &[]).await;
    assert_eq!(status(&app, case).await, "tu_choi");
    let told = follow(&app, &code).await.get("/tra-cuu/ho-so").await;
    assert!(told.words().contains("nêu rõ ai và khi nào"));
}

#[tokio::test]
async fn whoever_works_on_a_case_is_never_all_recused() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = super::assigned(&app, &office).await;
    let page = format!("/quan-tri/ho-so/{number}");
    let leader = app
        .add_staff("lanh-dao", &[Role::Leader], "vp-so")
        .await
        .to_string();
    let handler = app.sign_in("cv-vpdkdd").await;
    let handler_id: Uuid =
        sqlx::query_scalar("select staff_id from staff where username = 'cv-vpdkdd'")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    sqlx::query("update feedback_case set handler_id = $2 where case_id = $1")
        .bind(case)
        .bind(handler_id)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let refused = tries(
        &app,
        &office,
        "khong_tham_gia",
        &number,
        &[("recused[]", &leader)],
    )
    .await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.words().contains("ít nhất một lãnh đạo"),
        "{}",
        refused.words()
    );
    let id = handler_id.to_string();
    does(
        &app,
        &office,
        "khong_tham_gia",
        &number,
        &[("recused[]", &id)],
    )
    .await;
    assert_eq!(handler.get(&page).await.status(), 404);
    assert!(!succeeded(
        &tries(&app, &handler, "xac_minh", &number, &[]).await
    ));
    let holder: Option<Uuid> =
        sqlx::query_scalar("select handler_id from feedback_case where case_id = $1")
            .bind(case)
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!(holder, None);
    let registry = unit(&app, "vpdkdd").await;
    let again = tries(
        &app,
        &office,
        "giao_xu_ly",
        &number,
        &[("unit", &format!("{registry}.{id}"))],
    )
    .await;
    assert_eq!(again.status(), 422, "{}", again.words());
}
