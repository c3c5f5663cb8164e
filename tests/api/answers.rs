//! What a control says, happens: the chosen way of answer, every round of it, the day a call counts
//! from, and where a forwarded case went.

use crate::support::{
    self, Client, TestApp, act, case_command,
    cases::{case_of, does, events, set_status},
    feedback, follow, receipt,
    sending::{DONE, FORM, TEXT},
    succeeded,
};
use time::{
    Date, Duration, OffsetDateTime,
    macros::{date, datetime},
};
use uuid::Uuid;

const PAGE: &str = "/tra-cuu/ho-so";
const ANSWER: &str = "Kính gửi Ông/Bà. Sở đã nhắc nhở quầy số 3.";

/// A case sent through the form with these fields on top: its id, number and code.
async fn sent(
    app: &TestApp,
    key: &str,
    more: &[(&'static str, &'static str)],
) -> (Uuid, String, String) {
    let mut fields = feedback(key, TEXT);
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    let sender = app.client();
    let sent = sender.post_form(FORM, &fields).await;
    assert_eq!(sent.location(), DONE, "{}", sent.text());
    let (number, code) = receipt(sender.get(DONE).await.body());
    (case_of(app, &number).await, number, code)
}

/// A case whose draft waits for the leader is answered.
async fn answer(app: &TestApp, case: Uuid, number: &str, text: &str) {
    set_status(app, case, "dang_xu_ly").await;
    app.pass(Duration::minutes(1));
    sqlx::query("update feedback_case set assigned_unit_id = (select unit_id from unit where code = 'vpdkdd') where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let head = app.sign_in("gd-vpdkdd").await;
    does(app, &head, "trinh_phe_duyet", number, &[("reply", text)]).await;
    let leader = app.sign_in("giamdoc").await;
    does(app, &leader, "tra_loi", number, &[]).await;
}

async fn addresses(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from outbox_address")
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

const BY_MAIL: [(&str, &str); 2] = [("lien_he", "ba.mau@example.vn"), ("nhan_tra_loi", "email")];

#[tokio::test]
async fn who_chose_mail_hears_that_there_is_news_and_nothing_else() {
    let app = TestApp::start().await;
    let (case, number, _) = sent(&app, "00000000000000000000000000000b01", &BY_MAIL).await;
    let office = app.sign_in("vanphong1").await;
    let missing = "Ngày Ông/Bà đến quầy số 3.";
    assert!(succeeded(
        &act(&office, "yeu_cau_bo_sung", &number, &[("missing", missing)]).await
    ));
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "a supplement is asked for");
    answer(&app, case, &number, ANSWER).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "it may be taken back for ten minutes");
    app.pass(Duration::minutes(11));
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 2, "the answer is there");
    for mail in &mails {
        assert_eq!(mail.to, "ba.mau@example.vn");
        assert!(mail.text.contains("đã có cập nhật") && mail.text.contains("/tra-cuu"));
        for secret in [
            number.as_str(),
            "PA26",
            missing,
            ANSWER,
            "quầy số 3",
            "Trần Thị Mẫu",
        ] {
            assert!(
                !mail.text.contains(secret) && !mail.subject.contains(secret),
                "{secret}"
            );
        }
    }
    assert_eq!(addresses(&app).await, 1, "another answer may follow");
    assert!(succeeded(&act(&office, "ket_thuc", &number, &[]).await));
    app.pass(Duration::days(5));
    sqlx::query(
        "insert into job (kind, payload, run_at, recurring) values ('purge', '{}', $1, true)",
    )
    .bind(support::START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    app.run_jobs().await;
    assert_eq!(
        (app.mails().len(), addresses(&app).await),
        (2, 0),
        "closed: the address is gone"
    );
}

#[tokio::test]
async fn an_answer_that_is_taken_back_takes_no_other_notice_along() {
    let app = TestApp::start().await;
    let (case, number, _) = sent(&app, "00000000000000000000000000000b0a", &BY_MAIL).await;
    let office = app.sign_in("vanphong1").await;
    let missing = [("missing", "Ngày Ông/Bà đến quầy số 3.")];
    assert!(succeeded(
        &act(&office, "yeu_cau_bo_sung", &number, &missing).await
    ));
    // the mail server was away: the notice waits for another try
    sqlx::query("update job set attempts = 3, run_at = $1 where kind = 'notify'")
        .bind(app.clock.now() + Duration::hours(2))
        .execute(app.owner.pool())
        .await
        .unwrap();
    let queue = async || -> (i64, OffsetDateTime) {
        sqlx::query_as(
            "select (select count(*) from job where kind = 'notify'), expires_at from outbox_address",
        )
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
    };
    let before = queue().await;
    answer(&app, case, &number, ANSWER).await;
    let after = queue().await;
    assert!(after.0 == 2 && after.1 != before.1, "{after:?}");
    let leader = app.sign_in("giamdoc").await;
    does(&app, &leader, "hoan_tac", &number, &[]).await;
    assert_eq!(queue().await, before);
}

#[tokio::test]
async fn the_address_goes_with_the_last_notice_and_with_a_withdrawal() {
    let app = TestApp::start().await;
    let (_, number, _) = sent(&app, "00000000000000000000000000000b02", &BY_MAIL).await;
    let office = app.sign_in("vanphong1").await;
    let refusal = [
        ("refusal_reason", "KHONG_RO_NOI_DUNG"),
        ("refusal_text", "Ông/Bà có thể gửi lại."),
    ];
    assert!(succeeded(
        &act(&office, "de_xuat_tu_choi", &number, &refusal).await
    ));
    let head = app.sign_in("chanhvp").await;
    assert!(succeeded(&act(&head, "duyet_tu_choi", &number, &[]).await));
    app.run_jobs().await;
    assert_eq!((app.mails().len(), addresses(&app).await), (1, 0));
    let other = [("vu_viec", "Việc khác"), BY_MAIL[0], BY_MAIL[1]];
    let (_, _, code) = sent(&app, "00000000000000000000000000000b03", &other).await;
    let visitor = follow(&app, &code).await;
    visitor
        .post_form(&format!("{PAGE}?viec=rut"), &[("xac_nhan", "1")])
        .await;
    sqlx::query(
        "insert into job (kind, payload, run_at, recurring) values ('purge', '{}', $1, true)",
    )
    .bind(support::START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    app.run_jobs().await;
    assert_eq!((app.mails().len(), addresses(&app).await), (1, 0));
}

#[tokio::test]
async fn a_way_of_answer_without_its_contact_is_asked_for() {
    let app = TestApp::start().await;
    for (way, contact) in [
        ("dien_thoai", "lien_he"),
        ("thu", "dia_chi"),
        ("email", "lien_he"),
    ] {
        let mut fields = feedback("00000000000000000000000000000b04", TEXT);
        fields.retain(|(name, _)| *name != contact);
        fields.push(("nhan_tra_loi", way));
        let refused = app.client().post_form(FORM, &fields).await;
        assert_eq!(refused.status(), 422, "{way}");
        assert!(
            refused.body().contains(&format!("href=\"#{contact}\"")),
            "{way}: {}",
            refused.text()
        );
    }
}

/// The views of the inbox with a case of this number.
async fn listed(who: &Client, view: &str, number: &str) -> bool {
    let inbox = who.get(&format!("/quan-tri?xem={view}")).await;
    assert_eq!(inbox.status(), 200);
    inbox.body().contains(number)
}

#[tokio::test]
async fn a_call_or_a_letter_is_owed_until_somebody_ticks_it() {
    let app = TestApp::start().await;
    for (key, way, action, done, other) in [
        (
            "00000000000000000000000000000b05",
            "dien_thoai",
            "da_goi",
            "Sở đã gọi điện trả lời Ông/Bà",
            "da_gui_thu",
        ),
        (
            "00000000000000000000000000000b06",
            "thu",
            "da_gui_thu",
            "Sở đã gửi thư trả lời Ông/Bà",
            "da_goi",
        ),
    ] {
        let chosen = [("nhan_tra_loi", way), ("vu_viec", way)];
        let (case, number, code) = sent(&app, key, &chosen).await;
        let office = app.sign_in("vanphong1").await;
        let page = format!("/quan-tri/ho-so/{number}");
        assert!(
            !succeeded(&act(&office, action, &number, &[]).await),
            "nothing is owed yet"
        );
        answer(&app, case, &number, ANSWER).await;
        assert!(listed(&office, "cho-lien-he", &number).await, "{way}");
        let shown = office.get(&page).await;
        assert!(
            shown.body().contains("mở danh tính cho việc này")
                && shown.body().contains(&format!("viec={action}"))
        );
        assert!(
            !shown.body().contains(&format!("viec={other}")),
            "the other way was not chosen"
        );
        assert!(!succeeded(&act(&office, other, &number, &[]).await));
        let head = app.sign_in("chanhvp").await;
        let asked = head.get(&page).await;
        assert!(asked.body().contains("Mở danh tính cho việc này"));
        let opening = head.get(&format!("{page}/danh-tinh")).await;
        assert!(
            opening.body().contains("theo cách người phản ánh đã chọn"),
            "{}",
            opening.text()
        );
        let unit = app.sign_in("gd-vpdkdd").await.get(&page).await;
        assert!(
            !unit.body().contains("danh tính cho việc này"),
            "not the unit's to do"
        );
        assert!(succeeded(&act(&office, action, &number, &[]).await));
        assert!(!listed(&office, "cho-lien-he", &number).await);
        assert_eq!(events(&app, case, action).await, 1);
        assert!(
            !succeeded(&act(&office, action, &number, &[]).await),
            "ticked once"
        );
        let visitor = follow(&app, &code).await;
        assert!(visitor.get(PAGE).await.body().contains(done));
    }
}

#[tokio::test]
async fn the_sender_reads_every_fact_they_sent() {
    let app = TestApp::start().await;
    let facts = [
        ("loai", "tre_hen"),
        ("ly_do", "TH_QUA_HAN"),
        ("thu_tuc", "Cấp giấy chứng nhận lần đầu"),
        ("ma_ho_so", "H13.22-261120-0007"),
        ("noi_nop", "Bộ phận một cửa phường"),
        ("ngay_nop", "2026-10-01"),
        ("ngay_hen", "2026-11-02"),
        ("phieu_xin_loi", "khong"),
        ("ngay_hen_lai", "2026-11-16"),
        ("de_xuat", "Mong được trả kết quả sớm."),
        ("nhan_tra_loi", "thu"),
    ];
    let mut fields = feedback("00000000000000000000000000000b07", TEXT);
    fields.retain(|(name, _)| facts.iter().all(|(other, _)| other != name));
    fields.extend(facts);
    let sender = app.client();
    let sent = sender
        .post_form("/gui-phan-anh?loai=tre_hen", &fields)
        .await;
    assert_eq!(sent.location(), DONE, "{}", sent.text());
    let (_, code) = receipt(sender.get(DONE).await.body());
    let page = follow(&app, &code).await.get(PAGE).await.words();
    for fact in [
        TEXT,
        "Cấp giấy chứng nhận lần đầu",
        "H13.22-261120-0007",
        "Bộ phận một cửa phường",
        "01/10/2026",
        "02/11/2026",
        "16/11/2026",
        "Mong được trả kết quả sớm.",
        "Thư gửi đến địa chỉ",
        "Ninh Kiều",
    ] {
        assert!(page.contains(fact), "{fact}\n{page}");
    }
    for hidden in ["Trần Thị Mẫu", "12 đường Thử Nghiệm", "0900000123"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn after_reopening_the_first_answer_stays_and_finding_and_deadline_follow() {
    let app = TestApp::start().await;
    let (case, number, code) = sent(&app, "00000000000000000000000000000b08", &[]).await;
    answer(&app, case, &number, ANSWER).await;
    let visitor = follow(&app, &code).await;
    let reason = [("ly_do", "Sở chưa nói đến ngày hẹn lại.")];
    let reopened = visitor
        .post_form(&format!("{PAGE}?viec=chua_thoa_dang"), &reason)
        .await;
    assert_eq!(reopened.location(), format!("{PAGE}?xong=mo-lai"));
    let page = visitor.get(PAGE).await;
    assert!(page.body().contains("Trả lời lần 1") && page.body().contains(ANSWER));
    let why = "Câu trả lời được đề nghị xem xét lại ngày 23/11/2026. Thời hạn là 05 ngày làm việc";
    assert!(page.words().contains(why), "{}", page.words());
    let office = app.sign_in("vanphong1").await;
    let staff = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(staff.words().contains(why) && !staff.words().contains("tạm dừng chờ bổ sung"));
    let head = app.sign_in("gd-vpdkdd").await;
    let finding = [("finding", "dung"), ("measures", "Hẹn lại ngày 30/11.")];
    let concluded = act(&head, "ket_luan", &number, &finding).await;
    assert!(succeeded(&concluded), "{}", concluded.text());
    let second = "Kính gửi Ông/Bà. Ngày hẹn lại là 30/11/2026.";
    answer(&app, case, &number, second).await;
    for page in [
        visitor.get(PAGE).await,
        office.get(&format!("/quan-tri/ho-so/{number}")).await,
    ] {
        assert!(
            page.body().contains(second) && page.body().contains(ANSWER),
            "{}",
            page.text()
        );
    }
}

#[tokio::test]
async fn a_case_older_than_the_service_levels_opens() {
    let app = TestApp::start().await;
    let (case, number, code) = sent(&app, "00000000000000000000000000000b09", &[]).await;
    sqlx::query("update feedback_case set received_on = '2019-03-04', due_on = '2019-03-18' where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let office = app.sign_in("vanphong1").await;
    let page = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert_eq!(page.status(), 200);
    assert!(
        page.words().contains("10 ngày làm việc"),
        "{}",
        page.words()
    );
    assert_eq!(follow(&app, &code).await.get(PAGE).await.status(), 200);
}

/// Writes a call down, as the hotline does.
async fn called(app: &TestApp, key: &str, at: &str, note: &str) -> support::Answer {
    let operator = app.sign_in("tongdai1").await;
    let text = format!("Người gọi kể: chờ ba tuần chưa có kết quả, lần {key}.");
    let mut fields = feedback(key, &text);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", at),
        ("da_doc_lai", "1"),
        ("ghi_chu_nguoi_nhap", note),
    ]);
    operator
        .post_form("/quan-tri/tiep-nhan?loai=hanh_vi", &fields)
        .await
}

#[tokio::test]
async fn a_call_counts_from_the_call() {
    let app = TestApp::start().await;
    let entered = called(
        &app,
        "00000000000000000000000000000b10",
        "2026-11-20T08:40",
        "",
    )
    .await;
    assert_eq!(entered.status(), 303, "{}", entered.text());
    let (received_on, due_on, at, data): (Date, Date, OffsetDateTime, serde_json::Value) = sqlx::query_as(
        "select received_on, due_on, e.at, e.data from feedback_case c join case_event e using (case_id)",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(
        (received_on, due_on),
        (date!(2026 - 11 - 20), date!(2026 - 12 - 04))
    );
    assert_eq!(
        at,
        datetime!(2026-11-20 08:40 +7),
        "the history begins with the call"
    );
    assert_eq!(
        data["nhap_ngay"], "2026-11-23",
        "and says when it was written down"
    );
    for (key, at) in [
        ("00000000000000000000000000000b11", "2026-11-24T08:00"),
        ("00000000000000000000000000000b12", "2026-10-01T08:00"),
    ] {
        let refused = called(&app, key, at, "").await;
        assert_eq!(refused.status(), 422, "{at}");
        assert!(
            refused.body().contains("href=\"#luc_goi\""),
            "{}",
            refused.text()
        );
    }
    let reasoned = called(
        &app,
        "00000000000000000000000000000b12",
        "2026-10-01T08:00",
        "Phiếu ghi tay thất lạc",
    )
    .await;
    assert_eq!(reasoned.status(), 303, "{}", reasoned.text());
}

#[tokio::test]
async fn a_forwarding_names_its_document_and_takes_down_what_comes_of_it() {
    let app = TestApp::start().await;
    let (_, number, code) = sent(&app, "00000000000000000000000000000b13", &[]).await;
    let office = app.sign_in("vanphong1").await;
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
    let page = format!("/quan-tri/ho-so/{number}");
    let limit = "chậm nhất thứ Hai 30/11/2026";
    assert!(
        office.get(&page).await.words().contains(limit),
        "five working days"
    );
    let proposal = [("external_body", "1"), ("forward_text", "")];
    assert!(succeeded(
        &act(&office, "de_xuat_chuyen", &number, &proposal).await
    ));
    let leader = app.sign_in("giamdoc").await;
    assert!(leader.get(&page).await.words().contains(limit));
    let incomplete = act(
        &leader,
        "duyet_chuyen",
        &number,
        &[("document_date", "2026-11-30")],
    )
    .await;
    assert_eq!(incomplete.status(), 422);
    let ahead = [
        ("document_number", "214/SNNMT-VP"),
        ("document_date", "2026-11-30"),
    ];
    assert_eq!(
        act(&leader, "duyet_chuyen", &number, &ahead).await.status(),
        422
    );
    let document = [
        ("document_number", "214/SNNMT-VP"),
        ("document_date", "2026-11-23"),
    ];
    assert!(succeeded(
        &act(&leader, "duyet_chuyen", &number, &document).await
    ));
    let visitor = follow(&app, &code).await;
    let told = visitor.get(PAGE).await.words();
    assert!(
        told.contains("Văn bản chuyển số 214/SNNMT-VP ngày 23/11/2026"),
        "{told}"
    );
    assert!(office.get(&page).await.words().contains("214/SNNMT-VP"));
    assert!(succeeded(
        &act(
            &office,
            "ghi_chu",
            &number,
            &[("note", "Đã nhận công văn phúc đáp.")]
        )
        .await
    ));
    let result = "Ủy ban nhân dân phường đã trả kết quả ngày 28/11.";
    assert!(succeeded(
        &act(&office, "nhan_tin", &number, &[("message", result)]).await
    ));
    assert!(
        visitor.get(PAGE).await.words().contains(result),
        "the promise of the page is kept"
    );
}

#[tokio::test]
async fn a_message_after_the_end_arrives_and_is_seen_until_somebody_deals_with_it() {
    let app = TestApp::start().await;
    let (case, number, code) = sent(&app, "00000000000000000000000000000b15", &[]).await;
    let office = app.sign_in("vanphong1").await;
    let visitor = follow(&app, &code).await;
    for (status, text) in [
        ("ket_thuc", "Tôi yêu cầu xóa số điện thoại của mình."),
        ("tu_choi", "Tôi xin bản sao thông tin của mình."),
        ("da_huong_dan_kntc", "Tôi chưa rõ nơi gửi."),
    ] {
        set_status(&app, case, status).await;
        assert!(!listed(&office, "tin-nhan-moi", &number).await, "{status}");
        let written = visitor
            .post_form(&format!("{PAGE}?viec=nhan"), &[("tin_nhan", text)])
            .await;
        assert_eq!(written.location(), format!("{PAGE}?xong=nhan"), "{status}");
        assert!(listed(&office, "tin-nhan-moi", &number).await, "{status}");
        office.get(&format!("/quan-tri/ho-so/{number}")).await;
        assert!(
            listed(&office, "tin-nhan-moi", &number).await,
            "a glance is no answer"
        );
        app.pass(Duration::minutes(1));
        let seen: i64 = sqlx::query_scalar("select max(event_id) from case_event")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
        let fields = [
            ("seen", seen.to_string()),
            ("message", format!("Sở đã nhận: {text}")),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answered = office
            .post_form(&case_command(&number, "nhan_tin"), &fields)
            .await;
        assert!(succeeded(&answered), "{}", answered.text());
        assert!(
            visitor
                .get(PAGE)
                .await
                .words()
                .contains(&format!("Sở đã nhận: {text}"))
        );
    }
    assert!(!listed(&office, "tin-nhan-moi", &number).await);
}

#[tokio::test]
async fn the_receipt_offers_no_button_that_does_nothing() {
    let app = TestApp::start().await;
    let sender = app.client();
    sender
        .post_form(FORM, &feedback("00000000000000000000000000000b14", TEXT))
        .await;
    let page = sender.get(DONE).await;
    let tools = page.body().split("slip-tools").nth(1).unwrap();
    let tools = tools.split("</div>").next().unwrap();
    for button in tools.split("<button").skip(1) {
        assert!(
            button.contains(" hidden"),
            "shown only once the program can do it: {button}"
        );
    }
    assert_eq!(tools.matches("<button").count(), 2, "{tools}");
    assert!(page.words().contains("chụp màn hình hoặc in trang này"));
}

#[tokio::test]
async fn a_call_written_down_late_has_the_period_that_held_on_its_day() {
    let app = TestApp::start().await;
    sqlx::raw_sql(
        "update service_level set valid_to = '2026-11-21' where key = 'xu_ly_hanh_vi';
        insert into service_level (key, working_days, basis, valid_from)
        values ('xu_ly_hanh_vi', 3, '', '2026-11-21')",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    let key = "00000000000000000000000000000b14";
    let entered = called(&app, key, "2026-11-20T08:40", "").await;
    assert_eq!(entered.status(), 303, "{}", entered.text());
    let case = "select number, due_on from feedback_case";
    let (number, due_on): (String, Date) = sqlx::query_as(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(due_on, date!(2026 - 12 - 04), "ten working days");
    let office = app.sign_in("vanphong1").await;
    let kind = [("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")];
    assert!(succeeded(&act(&office, "phan_loai", &number, &kind).await));
    let (_, again): (String, Date) = sqlx::query_as(case)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(again, due_on, "counted once more, by the same rule");
}
