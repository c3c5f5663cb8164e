//! Handling a case: the usual path, who may do what, two people if two are needed, and what a unit never sees.

use crate::support::Answer;
use crate::support::Client;
use crate::support::{TestApp, case_command, opening_command};
use lang_nghe::{
    case::{CaseId, CaseNumber, FeedbackContent},
    platform::{
        clock::{random_bytes, random_id},
        vault::SealContext,
    },
};
use time::Date;
use uuid::Uuid;

/// Words that only the original holds.
const SECRET: &str = "loi-cua-nguoi-phan-anh-7f3a";
/// Words that only the extract holds.
const EXTRACT: &str = "Chậm trả kết quả tại quầy số 3.";

/// A case as the public form would have left it: conduct of the branch Ninh Kiều, identity kept secret.
async fn submitted(app: &TestApp) -> (Uuid, String) {
    let case = random_id();
    let number = CaseNumber::from_random(2026, u32::from_be_bytes(random_bytes())).to_string();
    let id = Uuid::from_u128(case);
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, concerned_unit_id, received_on, due_on)
        values ($1, $2, 'hanh_vi', array['HV_KHAC'], 'online', 'cho_tiep_nhan', 'giu_bi_mat', false,
            (select unit_id from unit where code = 'cn-ninh-kieu'), '2026-11-23', '2026-12-07')").bind(id).bind(&number)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let key = app.state.vault.new_case_key();
    let wrapped = app.state.vault.wrap(CaseId(case), &key);
    sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
        .bind(id)
        .bind(wrapped.kek_version)
        .bind(wrapped.bytes)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let story = serde_json::to_vec(&FeedbackContent {
        content: SECRET.to_owned(),
        ..FeedbackContent::default()
    })
    .unwrap();
    let sealed = key.seal(
        SealContext {
            table: "case_body",
            row: case,
            field: "original",
        },
        &story,
    );
    sqlx::query("insert into case_body (case_id, field, sealed) values ($1, 'original', $2)")
        .bind(id)
        .bind(sealed)
        .execute(app.owner.pool())
        .await
        .unwrap();
    (id, number)
}

async fn act(who: &Client, action: &str, number: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("seen", "0")];
    all.extend_from_slice(fields);
    who.post_form(&case_command(number, action), &all).await
}

fn succeeded(answer: &Answer) -> bool {
    answer.status() == 303
}

async fn status(app: &TestApp, case: Uuid) -> String {
    sqlx::query_scalar("select status from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

async fn events(app: &TestApp, case: Uuid, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from case_event where case_id = $1 and kind = $2")
        .bind(case)
        .bind(kind)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

async fn unit(app: &TestApp, code: &str) -> String {
    sqlx::query_scalar::<_, i16>("select unit_id from unit where code = $1")
        .bind(code)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
        .to_string()
}

/// Up to the unit: received, classified, extracted, assigned to the land registration office.
async fn assigned(app: &TestApp, office: &Client) -> (Uuid, String) {
    let (case, number) = submitted(app).await;
    let registry = unit(app, "vpdkdd").await;
    for (action, fields) in [
        ("tiep_nhan", vec![]),
        (
            "phan_loai",
            vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        ),
        ("viet_trich_yeu", vec![("extract", EXTRACT)]),
        (
            "giao_xu_ly",
            vec![("unit", registry.as_str()), ("handler", "")],
        ),
    ] {
        let answer = act(office, action, &number, &fields).await;
        assert!(
            succeeded(&answer),
            "{action}: {} {}",
            answer.status,
            answer.location()
        );
    }
    (case, number)
}

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
async fn a_unit_reads_the_extract_and_never_the_original() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = assigned(&app, &office).await;
    let path = format!("/quan-tri/ho-so/{number}");
    let unit_page = app.sign_in("cv-vpdkdd").await.get(&path).await.text();
    assert!(unit_page.contains(EXTRACT) && !unit_page.contains(SECRET));
    let elsewhere = app.sign_in("truong-cn-nk").await.get(&path).await;
    assert_eq!(
        elsewhere.status.as_u16(),
        404,
        "the branch concerned sees nothing"
    );
    assert!(!elsewhere.text().contains(EXTRACT));
    let read = || {
        sqlx::query_scalar::<_, i64>(
            "select count(*) from audit_log where case_id = $1 and action = 'doc_noi_dung'",
        )
        .bind(case)
    };
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 0);
    assert!(office.get(&path).await.text().contains(SECRET));
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 1);
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
async fn a_sign_of_denunciation_leaves_the_office() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
    let fields = [
        ("kind", "hanh_vi"),
        ("reasons[]", "HV_NHUNG_NHIEU"),
        ("denunciation", "1"),
    ];
    let answer = act(&office, "phan_loai", &number, &fields).await;
    assert!(succeeded(&answer) && answer.location().ends_with("/quan-tri"));
    let path = format!("/quan-tri/ho-so/{number}");
    assert_eq!(office.get(&path).await.status.as_u16(), 404);
    assert_eq!(
        app.sign_in("giamdoc")
            .await
            .get(&path)
            .await
            .status
            .as_u16(),
        200
    );
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

#[tokio::test]
async fn the_inbox_shows_each_what_is_theirs() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, with_unit) = assigned(&app, &office).await;
    let (_, new) = submitted(&app).await;
    let all = office.get("/quan-tri").await.text();
    assert!(all.contains(&with_unit) && all.contains(&new));
    let waiting = office.get("/quan-tri?xem=cho-tiep-nhan").await.text();
    assert!(!waiting.contains(&with_unit) && waiting.contains(&new));
    let found = office
        .get(&format!("/quan-tri?xem=tat-ca&q={}", &new[..9]))
        .await
        .text();
    assert!(found.contains(&new));
    let none = office.get("/quan-tri?q=binh+thuy").await.text();
    assert!(!none.contains(&new) && none.contains("Không có hồ sơ nào khớp"));
    let unit = app.sign_in("cv-vpdkdd").await.get("/quan-tri").await.text();
    assert!(unit.contains(&with_unit) && !unit.contains(&new));
    assert_eq!(
        app.sign_in("quantri")
            .await
            .get("/quan-tri")
            .await
            .status
            .as_u16(),
        403
    );
}
