//! What each sees: the extract or the original, their own inbox, and no denunciation.

use super::{EXTRACT, SECRET, assigned, submitted};
use crate::support::{TestApp, act, cases::unit, feedback, follow, receipt, submit, succeeded};

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
    let admin = app.sign_in("quantri").await.get("/quan-tri").await;
    assert_eq!(
        (admin.status(), admin.location()),
        (303, "/quan-tri/nguoi-dung")
    );
}

/// A handled case of a named citizen, written at `14:37`, with an opening that was asked for: its number and code.
async fn handled(app: &TestApp, confidential: bool) -> (String, String) {
    app.clock.set(time::macros::datetime!(2026-11-23 14:37 +7));
    let key = format!("{:032x}", u32::from(confidential) + 7);
    let text = "Tôi chờ từ sáng đến trưa ở quầy số 3 mà không ai gọi.";
    let mut fields = feedback(&key, text);
    fields.retain(|(name, _)| *name != "giu_bi_mat" || confidential);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T14:30"),
        ("da_doc_lai", "1"),
    ]);
    let operator = app.sign_in("tongdai1").await;
    let sent = operator
        .post_multipart("/quan-tri/tiep-nhan?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.words());
    let (number, code) = receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body());
    let office = app.sign_in("vanphong1").await;
    let registry = unit(app, "vpdkdd").await;
    for (action, fields) in [
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
        let done = act(&office, action, &number, &fields).await;
        assert!(succeeded(&done), "{action}: {}", done.words());
    }
    let reason = [("reason", "Cần gọi lại cho người phản ánh để làm rõ giờ hẹn")];
    let asker = app.sign_in("giamdoc").await;
    let there = crate::support::opening_command(&number, "de_nghi");
    let asked = asker.post_form(&there, &reason).await;
    assert!(succeeded(&asked), "{}", asked.words());
    (number, code)
}

#[tokio::test]
async fn the_unit_of_a_confidential_case_reads_no_minute_no_recorder_no_channel_and_no_opening() {
    let app = TestApp::start().await;
    let clues = [
        "14:37",
        "tongdai1",
        "Đường dây nóng",
        "giamdoc",
        "mở danh tính người phản ánh",
        "nhập vào hệ thống",
    ];
    let (number, _) = handled(&app, true).await;
    let page = format!("/quan-tri/ho-so/{number}");
    let (head, office) = (app.sign_in("gd-vpdkdd").await, app.sign_in("giamdoc").await);
    let everything = |page: &crate::support::Answer| {
        let (_, main) = page.body().split_once("<main").expect("a page");
        main.to_owned()
    };
    let unit = everything(&head.get(&page).await);
    assert!(unit.contains(EXTRACT) && unit.contains("23/11/2026"));
    let data = head
        .query("/api/case-page", &[("number", &number)])
        .await
        .text();
    for clue in clues {
        assert!(!unit.contains(clue), "the page tells {clue}");
        assert!(
            !data.contains(clue),
            "the answer to the program tells {clue}"
        );
    }
    let found = async |who: &crate::support::Client, filter: &str| {
        let inbox = format!("/quan-tri?xem=tat-ca{filter}");
        who.get(&inbox).await.body().contains(&number)
    };
    assert!(found(&head, "").await && found(&office, "&kenh=dien_thoai").await);
    for filter in ["&kenh=dien_thoai", "&kenh=online", "&q=duong+day+nong"] {
        assert!(
            !found(&head, filter).await,
            "found by its channel: {filter}"
        );
    }
    let office = everything(&office.get(&page).await);
    for clue in clues {
        assert!(office.contains(clue), "who reads the original reads {clue}");
    }
}

#[tokio::test]
async fn notes_of_those_who_read_the_original_stay_with_them_and_the_units_are_for_all() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = assigned(&app, &office).await;
    let path = format!("/quan-tri/ho-so/{number}");
    let unit = app.sign_in("cv-vpdkdd").await;
    for (who, words) in [
        (&office, "goi-lai-cho-ba-thu"),
        (&unit, "da-xem-so-tai-quay"),
    ] {
        assert!(succeeded(
            &act(who, "ghi_chu", &number, &[("note", words)]).await
        ));
    }
    let read = office.get(&path).await.text();
    assert!(read.contains("goi-lai-cho-ba-thu") && read.contains("da-xem-so-tai-quay"));
    let read = unit.get(&path).await.text();
    assert!(!read.contains("goi-lai-cho-ba-thu") && read.contains("da-xem-so-tai-quay"));
}

#[tokio::test]
async fn the_unit_reads_why_its_draft_came_back_and_why_the_case_is_open_again() {
    const COMMENT: &str = "Nêu rõ hạn trả kết quả, y-kien-5d.";
    const REASON: &str = "Tôi là Trần Thị Mẫu, vẫn chưa nhận được gì cả, ly-do-8a.";
    const TOLD: &str = "Người phản ánh cho biết chưa nhận được kết quả.";
    for confidential in [true, false] {
        let app = TestApp::start().await;
        let (number, code) = handled(&app, confidential).await;
        let page = format!("/quan-tri/ho-so/{number}");
        let (head, leader) = (app.sign_in("gd-vpdkdd").await, app.sign_in("giamdoc").await);
        let office = app.sign_in("vanphong1").await;
        for (who, action, fields) in [
            (&head, "xac_minh", vec![]),
            (
                &head,
                "ket_luan",
                vec![("finding", "dung"), ("measures", "Nhắc nhở.")],
            ),
            (
                &head,
                "trinh_phe_duyet",
                vec![("reply", "Kính gửi Ông/Bà.")],
            ),
            (&leader, "tra_du_thao", vec![("comment", COMMENT)]),
        ] {
            let done = act(who, action, &number, &fields).await;
            assert!(succeeded(&done), "{action}: {}", done.words());
        }
        assert!(
            head.get(&page).await.words().contains(COMMENT),
            "confidential: {confidential}"
        );
        sqlx::query("update feedback_case set status = 'da_tra_loi', answered_on = '2026-11-23'")
            .execute(app.owner.pool())
            .await
            .unwrap();
        let visitor = follow(&app, &code).await;
        let reason = [("ly_do", REASON)];
        let reopened = visitor
            .post_form("/tra-cuu/ho-so?viec=chua_thoa_dang", &reason)
            .await;
        assert_eq!(
            reopened.location(),
            "/tra-cuu/ho-so?xong=mo-lai",
            "{}",
            reopened.words()
        );
        assert_eq!(
            head.get(&page).await.words().contains("ly-do-8a"),
            !confidential
        );
        let offered = office.get(&page).await;
        assert!(offered.words().contains("ly-do-8a"));
        assert_eq!(
            offered.body().contains("viec=trich_mo_lai"),
            confidential,
            "only what is kept is told"
        );
        if confidential {
            let told = act(&office, "trich_mo_lai", &number, &[("reopening", TOLD)]).await;
            assert!(succeeded(&told), "{}", told.words());
            let read = head.get(&page).await;
            assert!(read.words().contains(TOLD) && !read.words().contains("ly-do-8a"));
            let tracked = visitor.get("/tra-cuu/ho-so").await;
            assert!(!tracked.words().contains(TOLD), "inside the department");
        }
    }
}

#[tokio::test]
async fn words_of_an_event_open_in_no_other_row_of_the_case() {
    let app = TestApp::start().await;
    let (number, _) = submit(&app).await;
    let office = app.sign_in("vanphong1").await;
    let head = app.sign_in("chanhvp").await;
    for words in ["Lời thứ nhất.", "Lời thứ hai."] {
        let refusal = [
            ("refusal_reason", "KHONG_RO_NOI_DUNG"),
            ("refusal_text", words),
        ];
        let seen: i64 = sqlx::query_scalar("select max(event_id) from case_event")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
        let seen = seen.to_string();
        let all = [("seen", seen.as_str()), refusal[0], refusal[1]];
        let there = crate::support::case_command(&number, "de_xuat_tu_choi");
        assert!(succeeded(&office.post_form(&there, &all).await));
        let there = crate::support::case_command(&number, "khong_duyet");
        let rejected = [("seen", seen.as_str()), ("rejection", words)];
        assert!(succeeded(&head.post_form(&there, &rejected).await));
        app.pass(time::Duration::minutes(1));
    }
    let page = format!("/quan-tri/ho-so/{number}");
    assert_eq!(office.get(&page).await.status(), 200);
    // the texts of two proposals change places, with all that is stored of their seal
    sqlx::query(
        "update case_event e set seal_id = o.seal_id, sealed = o.sealed from case_event o
        where e.kind = 'de_xuat_tu_choi' and o.kind = e.kind and o.case_id = e.case_id and o.event_id <> e.event_id",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    assert_eq!(office.get(&page).await.status(), 500);
}
