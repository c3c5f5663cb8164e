//! The office's first steps in one request, what it proposes, and taking the newest step back.

use super::{EXTRACT, SECRET, submitted};
use crate::support::{
    Answer, Client, TestApp, act, case_command,
    cases::{events, status, unit},
    feedback, follow, receipt, seen, submit, succeeded,
};
use time::Duration;
use uuid::Uuid;

const STEPS: [&str; 4] = ["tiep_nhan", "phan_loai", "viet_trich_yeu", "giao_xu_ly"];

/// A handler's id, as the list of receivers gives it after the unit.
async fn handler(app: &TestApp, username: &str) -> String {
    let id = sqlx::query_scalar::<_, Uuid>("select staff_id from staff where username = $1");
    let id = id.bind(username).fetch_one(app.owner.pool()).await;
    id.unwrap().to_string()
}

async fn triage(who: &Client, number: &str, reason: &str, unit: &str) -> Answer {
    let fields = [
        ("kind", "hanh_vi"),
        ("reasons[]", reason),
        ("extract", EXTRACT),
        ("unit", unit),
    ];
    act(who, "luu_va_giao", number, &fields).await
}

async fn counts(app: &TestApp, case: Uuid) -> Vec<i64> {
    let mut counts = Vec::new();
    for step in STEPS {
        counts.push(events(app, case, step).await);
    }
    counts
}

/// Takes the newest step back from the newest page.
async fn undo(who: &Client, number: &str) -> Answer {
    let seen = seen(who, number).await;
    who.post_form(&case_command(number, "hoan_tac"), &[("seen", &seen)])
        .await
}

#[tokio::test]
async fn one_request_receives_classifies_extracts_and_assigns_to_a_person() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    app.sign_in("cv-vpdkdd").await;
    let to = format!(
        "{}.{}",
        unit(&app, "vpdkdd").await,
        handler(&app, "cv-vpdkdd").await
    );
    let done = triage(&office, &number, "HV_CHAM_TRE", &to).await;
    assert!(succeeded(&done), "{}", done.words());
    assert_eq!(counts(&app, case).await, [1, 1, 1, 1]);
    assert_eq!(status(&app, case).await, "da_chuyen_xu_ly");
    let page = office.get(done.location()).await.words();
    assert!(
        page.contains("Đã giao") && page.contains("Hoàn tác"),
        "{page}"
    );
    let page = format!("/quan-tri/ho-so/{number}");
    let read = app.sign_in("cv-vpdkdd").await.get(&page).await;
    assert!(read.body().contains(EXTRACT) && !read.body().contains(SECRET));
}

#[tokio::test]
async fn what_one_step_refuses_undoes_all_of_them() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let branch = unit(&app, "cn-ninh-kieu").await;
    let refused = triage(&office, &number, "HV_CHAM_TRE", &branch).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.words().contains("không được tự kết luận về mình"));
    assert!(refused.unescaped().contains(EXTRACT), "the text is gone");
    assert_eq!(counts(&app, case).await, [0, 0, 0, 0]);
    assert_eq!(status(&app, case).await, "cho_tiep_nhan");
    let nothing = act(&office, "luu_va_giao", &number, &[("kind", "hanh_vi")]).await;
    for message in [
        "chọn ít nhất một lý do",
        "viết nội dung bản trích",
        "chọn đơn vị hoặc",
    ] {
        assert!(nothing.words().contains(message), "{message}, in one round");
    }
}

#[tokio::test]
async fn two_clicks_on_one_triage_are_one_of_each_event() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    let (first, second) = tokio::join!(
        triage(&office, &number, "HV_CHAM_TRE", &registry),
        triage(&office, &number, "HV_CHAM_TRE", &registry)
    );
    assert!(succeeded(&first) != succeeded(&second));
    assert_eq!(counts(&app, case).await, [1, 1, 1, 1]);
}

#[tokio::test]
async fn bribery_closes_the_circle_before_anything_is_handed_on() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    let done = triage(&office, &number, "HV_NHUNG_NHIEU", &registry).await;
    assert!(succeeded(&done) && done.location().ends_with("/quan-tri"));
    assert_eq!(counts(&app, case).await, [1, 1, 1, 0]);
    assert_eq!(undo(&office, &number).await.status(), 404);
    let leader = app.sign_in("giamdoc").await;
    let team = unit(&app, "thanh-tra").await;
    let done = triage(&leader, &number, "HV_NHUNG_NHIEU", &team).await;
    assert!(succeeded(&done), "{}", done.words());
    assert_eq!(
        counts(&app, case).await,
        [1, 1, 1, 1],
        "what stands is not written again"
    );
}

#[tokio::test]
async fn it_can_be_saved_without_being_handed_on() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    assert!(succeeded(
        &triage(&office, &number, "HV_CHAM_TRE", "chua_giao").await
    ));
    assert_eq!(status(&app, case).await, "da_phan_loai");
    let page = format!("/quan-tri/ho-so/{number}");
    assert!(office.get(&page).await.unescaped().contains(EXTRACT));
}

#[tokio::test]
async fn the_form_begins_with_what_the_story_says_and_without_names() {
    let app = TestApp::start().await;
    let text = "Tôi tên Trần Thị Mẫu, số 0912 345 678, bị hẹn lại ba lần, họ chỉ lòng vòng.";
    let citizen = app.client();
    let key = format!("{:032x}", 77);
    let fields = feedback(&key, text);
    let sent = citizen
        .post_multipart("/gui-phan-anh?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.words());
    let (number, _) = receipt(citizen.get("/gui-phan-anh/da-nhan").await.body());
    let office = app.sign_in("vanphong1").await;
    let page = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    let (_, area) = page
        .body()
        .split_once(r#"id="extract""#)
        .expect("the extract");
    let area = area.split_once("</textarea>").expect("its end").0;
    assert!(area.contains("bị hẹn lại ba lần"), "{area}");
    assert!(!area.contains("Trần") && !area.contains("345"), "{area}");
    let (_, box_) = page
        .body()
        .split_once(r#"value="HV_LONG_VONG""#)
        .expect("the reason");
    assert!(
        box_.split_once('>')
            .is_some_and(|(tag, _)| tag.contains("checked")),
        "proposed"
    );
}

#[tokio::test]
async fn the_newest_step_is_taken_back_and_stays_in_the_history() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    assert!(succeeded(
        &triage(&office, &number, "HV_CHAM_TRE", &registry).await
    ));
    let undone = undo(&office, &number).await;
    assert!(succeeded(&undone), "{}", undone.words());
    let row = sqlx::query_as::<_, (String, Option<i16>, Vec<String>)>(
        "select status, assigned_unit_id, reasons from feedback_case where case_id = $1",
    );
    let row = row.bind(case).fetch_one(app.owner.pool()).await.unwrap();
    assert_eq!(
        row,
        ("cho_tiep_nhan".to_owned(), None, vec!["HV_KHAC".to_owned()])
    );
    assert_eq!(counts(&app, case).await, [1, 1, 1, 1]);
    assert_eq!(events(&app, case, "hoan_tac").await, 1);
    let page = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(page.unescaped().contains(EXTRACT), "what was typed stays");
    assert!(!succeeded(&undo(&office, &number).await), "once");
    let unit_page = app
        .sign_in("cv-vpdkdd")
        .await
        .get(&format!("/quan-tri/ho-so/{number}"))
        .await;
    assert_eq!(unit_page.status(), 404);
}

#[tokio::test]
async fn an_undo_that_comes_too_late_says_who_was_faster() {
    let app = TestApp::start().await;
    let (office, other) = (
        app.sign_in("vanphong1").await,
        app.sign_in("vanphong2").await,
    );
    let registry = unit(&app, "vpdkdd").await;
    let page = |number: &str| format!("/quan-tri/ho-so/{number}");
    let refused = |answer: Answer, why: &str| {
        assert_eq!(answer.status(), 422, "{}", answer.words());
        assert!(answer.words().contains(why), "{why}: {}", answer.words());
    };
    let given = async || {
        let (case, number) = submitted(&app).await;
        assert!(succeeded(
            &triage(&office, &number, "HV_CHAM_TRE", &registry).await
        ));
        (case, number)
    };
    // opened by the unit
    let (case, number) = given().await;
    assert_eq!(
        app.sign_in("cv-vpdkdd")
            .await
            .get(&page(&number))
            .await
            .status(),
        200
    );
    refused(undo(&office, &number).await, "đã mở hồ sơ lúc");
    assert_eq!(status(&app, case).await, "da_chuyen_xu_ly");
    // a colleague has gone on
    let (_, number) = given().await;
    assert!(succeeded(
        &act(&other, "ghi_chu", &number, &[("note", "Đã gọi.")]).await
    ));
    refused(undo(&office, &number).await, "đã ghi “Ghi chú nội bộ”");
    // not one's own
    let (_, number) = given().await;
    refused(undo(&other, &number).await, "đã ghi “Phân loại và giao”");
    // ten minutes are over
    let (_, number) = given().await;
    app.pass(Duration::minutes(10));
    refused(undo(&office, &number).await, "Đã quá 10 phút");
    assert!(
        !office
            .get(&page(&number))
            .await
            .words()
            .contains("Hoàn tác")
    );
}

#[tokio::test]
async fn an_answer_is_taken_back_only_until_it_is_read() {
    let app = TestApp::start().await;
    let (number, code) = submit(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    let office = app.sign_in("vanphong1").await;
    let (head, leader) = (app.sign_in("gd-vpdkdd").await, app.sign_in("giamdoc").await);
    assert!(succeeded(
        &triage(&office, &number, "HV_CHAM_TRE", &registry).await
    ));
    for (action, fields) in [
        ("xac_minh", vec![]),
        (
            "ket_luan",
            vec![("finding", "dung"), ("measures", "Nhắc nhở.")],
        ),
        (
            "trinh_phe_duyet",
            vec![("reply", "Sở xin lỗi Ông/Bà, thu-8c.")],
        ),
    ] {
        let done = act(&head, action, &number, &fields).await;
        assert!(succeeded(&done), "{action}: {}", done.words());
    }
    assert!(succeeded(&act(&leader, "tra_loi", &number, &[]).await));
    let undone = undo(&leader, &number).await;
    assert!(succeeded(&undone), "{}", undone.words());
    let visitor = follow(&app, &code).await;
    let read = visitor.get("/tra-cuu/ho-so").await;
    assert!(!read.words().contains("thu-8c"), "it was taken back");
    app.pass(Duration::minutes(1));
    let newest = seen(&leader, &number).await;
    let again = leader
        .post_form(
            &case_command(&number, "tra_loi"),
            &[("seen", newest.as_str())],
        )
        .await;
    assert!(succeeded(&again), "{}", again.words());
    assert!(
        visitor
            .get("/tra-cuu/ho-so")
            .await
            .words()
            .contains("thu-8c")
    );
    let late = undo(&leader, &number).await;
    assert_eq!(late.status(), 422);
    assert!(
        late.words().contains("Người phản ánh đã mở hồ sơ"),
        "{}",
        late.words()
    );
}

#[tokio::test]
async fn nobody_approves_a_letter_that_their_page_did_not_show() {
    let app = TestApp::start().await;
    let (office, head) = (
        app.sign_in("vanphong1").await,
        app.sign_in("gd-vpdkdd").await,
    );
    let (first, second) = (
        app.sign_in("giamdoc").await,
        app.sign_in("phogiamdoc").await,
    );
    let (case, number) = submitted(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    assert!(succeeded(
        &triage(&office, &number, "HV_CHAM_TRE", &registry).await
    ));
    for (action, fields) in [
        ("xac_minh", vec![]),
        (
            "ket_luan",
            vec![("finding", "dung"), ("measures", "Nhắc nhở.")],
        ),
        ("trinh_phe_duyet", vec![("reply", "Thư thứ nhất.")]),
    ] {
        assert!(
            succeeded(&act(&head, action, &number, &fields).await),
            "{action}"
        );
    }
    let old = seen(&first, &number).await;
    let comment = [("comment", "Nêu rõ hạn.")];
    assert!(succeeded(
        &act(&second, "tra_du_thao", &number, &comment).await
    ));
    let newest = seen(&head, &number).await;
    let fields = [("seen", newest.as_str()), ("reply", "Thư thứ hai.")];
    let there = case_command(&number, "trinh_phe_duyet");
    assert!(succeeded(&head.post_form(&there, &fields).await));
    let there = case_command(&number, "tra_loi");
    let refused = first.post_form(&there, &[("seen", old.as_str())]).await;
    assert_eq!(refused.status(), 409);
    assert_eq!(status(&app, case).await, "cho_phe_duyet");
}

#[tokio::test]
async fn an_unfinished_letter_goes_to_nobody() {
    let app = TestApp::start().await;
    let (office, head) = (
        app.sign_in("vanphong1").await,
        app.sign_in("gd-vpdkdd").await,
    );
    let (case, number) = submitted(&app).await;
    let registry = unit(&app, "vpdkdd").await;
    assert!(succeeded(
        &triage(&office, &number, "HV_CHAM_TRE", &registry).await
    ));
    let handler = app.sign_in("cv-vpdkdd").await;
    assert!(succeeded(&act(&handler, "xac_minh", &number, &[]).await));
    let page = format!("/quan-tri/ho-so/{number}");
    assert!(handler.get(&page).await.words().contains("Người kết luận"));
    let result = [("result", "Đã làm việc với quầy, ket-qua-3e.")];
    assert!(succeeded(
        &act(&handler, "trinh_ket_luan", &number, &result).await
    ));
    let waits = office.get(&page).await.words();
    assert!(
        waits.contains("Chờ") && waits.contains("kết luận từ"),
        "{waits}"
    );
    assert!(
        head.get(&page).await.unescaped().contains("ket-qua-3e"),
        "the head goes on with it"
    );
    let found = [
        ("finding", "dung"),
        ("measures", "Đã nhắc nhở, bien-phap-9d."),
    ];
    assert!(succeeded(&act(&head, "ket_luan", &number, &found).await));
    let editor = head.get(&page).await;
    assert!(
        editor
            .unescaped()
            .contains("1. Kết luận: Phản ánh đúng. Đã nhắc nhở, bien-phap-9d.")
    );
    for unfinished in ["1. Đã xong.\n2. ", "1. Đã xong.\n2. [nêu thời hạn…]"] {
        let refused = act(&head, "trinh_phe_duyet", &number, &[("reply", unfinished)]).await;
        assert_eq!(refused.status(), 422, "{unfinished}");
    }
    let whole = "1. Đã xong, thu-6b.";
    let look = [("reply", whole), ("buoc", "xem")];
    let shown = act(&head, "trinh_phe_duyet", &number, &look).await;
    assert_eq!(shown.status(), 200);
    let (_, letter) = shown
        .body()
        .split_once(r#"class="letter""#)
        .expect("the letter");
    assert!(letter.contains("thu-6b") && letter.contains("Trình phê duyệt trả lời"));
    assert_eq!(
        status(&app, case).await,
        "dang_xu_ly",
        "nothing was sent by looking"
    );
    assert!(succeeded(
        &act(&head, "trinh_phe_duyet", &number, &[("reply", whole)]).await
    ));
}
