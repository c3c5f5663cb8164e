//! The sealed record over time: histories of earlier versions, and what both sides read of one event.

use crate::support::{
    Client, TestApp, act,
    cases::{case_of, set_status, unit},
    follow, fresh_database, submit, succeeded,
};
use lang_nghe::case::CaseEvent;
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

const MIGRATION: &str = include_str!("../../migrations/0010_event_keys.sql");

/// A closed case whose history has these events, all at the same moment; its rating as a column.
async fn closed_case(db: &mut PgConnection, rating: i16, events: &[(&str, Value)]) -> Uuid {
    let id = Uuid::now_v7();
    let number = format!("PA26-{:06}-X", events.len() * 1000 + rating as usize);
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead,
            received_on, satisfaction)
        values ($1, $2, 'hanh_vi', '{HV_KHAC}', 'online', 'ket_thuc', false, '2026-01-05', $3)",
    )
    .bind(id)
    .bind(number)
    .bind(rating)
    .execute(&mut *db)
    .await
    .unwrap();
    for (kind, data) in events {
        sqlx::query(
            "insert into case_event (case_id, at, kind, data)
            values ($1, '2026-02-02 09:00+07', $2, $3)",
        )
        .bind(id)
        .bind(kind)
        .bind(data)
        .execute(&mut *db)
        .await
        .unwrap();
    }
    id
}

async fn history(db: &mut PgConnection, case: Uuid) -> Vec<(String, Value)> {
    sqlx::query_as("select kind, data from case_event where case_id = $1 order by event_id")
        .bind(case)
        .fetch_all(db)
        .await
        .unwrap()
}

async fn rating(db: &mut PgConnection, case: Uuid) -> i16 {
    sqlx::query_scalar("select satisfaction from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn histories_of_earlier_versions_are_brought_over() {
    let (owner, _) = fresh_database().await;
    let mut db = PgConnection::connect_with(&owner).await.unwrap();
    let demo = closed_case(
        &mut db,
        4,
        &[
            (
                "nhap",
                json!({ "kenh": "dien_thoai", "luc_goi": "9 giờ sáng" }),
            ),
            ("giao_xu_ly", json!({ "unit_id": 3 })),
            ("ket_luan", json!({ "finding": "dung" })),
            ("duyet_tu_choi", json!({ "reason": "KHONG_RO_NOI_DUNG" })),
            ("duyet_chuyen", json!({ "external_body_id": 2 })),
            (
                "nhan_tin",
                json!({ "huong": "den", "tin": Uuid::nil(), "tep": 1 }),
            ),
            (
                "bo_sung",
                json!({ "huong": "den", "tin": Uuid::nil(), "tep": 2 }),
            ),
            ("danh_gia", json!({ "muc": 4 })),
            ("ket_thuc", json!({})),
        ],
    )
    .await;
    let real = closed_case(
        &mut db,
        1,
        &[("ket_thuc", json!({})), ("danh_gia", json!({ "muc": 1 }))],
    )
    .await;
    for _ in 0..2 {
        sqlx::raw_sql(MIGRATION).execute(&mut db).await.unwrap();
        let told = history(&mut db, demo).await;
        let data: Vec<_> = told.iter().map(|(_, data)| data.clone()).collect();
        assert_eq!(
            data,
            [
                json!({ "kenh": "dien_thoai" }),
                json!({ "don_vi": 3 }),
                json!({ "ket_luan": "dung" }),
                json!({ "ly_do": "KHONG_RO_NOI_DUNG" }),
                json!({ "co_quan": 2 }),
                json!({ "huong": "in", "tep": 1 }),
                json!({ "tep": 2 }),
                json!({ "muc": 1 }),
                json!({}),
            ]
        );
        for (kind, data) in told.iter().filter(|(_, data)| *data != json!({})) {
            let stored = json!({ "kind": kind, "data": data });
            serde_json::from_value::<CaseEvent>(stored).expect(kind);
        }
        assert_eq!(
            (rating(&mut db, demo).await, rating(&mut db, real).await),
            (1, 1)
        );
    }
}

const FOLLOW: &str = "/tra-cuu/ho-so";

async fn do_all(who: &Client, number: &str, steps: &[(&str, &[(&str, &str)])]) {
    for (action, fields) in steps {
        let answer = act(who, action, number, fields).await;
        assert!(succeeded(&answer), "{action}: {}", answer.words());
    }
}

/// A case that was received, handled and answered, with its receipt code.
async fn answered(app: &TestApp) -> (String, String) {
    let (number, code) = submit(app).await;
    let registry = unit(app, "vpdkdd").await;
    let office = app.sign_in("vanphong1").await;
    let steps: [(&str, &[(&str, &str)]); 4] = [
        ("tiep_nhan", &[]),
        (
            "phan_loai",
            &[("kind", "hanh_vi"), ("reasons[]", "HV_KHAC")],
        ),
        ("viet_trich_yeu", &[("extract", "Chậm trả kết quả.")]),
        ("giao_xu_ly", &[("unit", &registry), ("handler", "")]),
    ];
    do_all(&office, &number, &steps).await;
    let head = app.sign_in("gd-vpdkdd").await;
    let steps: [(&str, &[(&str, &str)]); 3] = [
        ("xac_minh", &[]),
        (
            "ket_luan",
            &[("finding", "dung"), ("measures", "Nhắc nhở.")],
        ),
        ("trinh_phe_duyet", &[("reply", "Sở xin lỗi Ông/Bà.")]),
    ];
    do_all(&head, &number, &steps).await;
    let leader = app.sign_in("giamdoc").await;
    do_all(&leader, &number, &[("tra_loi", &[])]).await;
    (number, code)
}

/// The value that is sent by the choice with this label.
fn choice<'a>(body: &'a str, label: &str) -> &'a str {
    let quoted = |text: &'a str, before: &str| {
        let (_, rest) = text.split_once(before)?;
        Some(rest.split_once('"')?.0)
    };
    let tags = || body.split('<');
    let named = tags().find(|tag| tag.starts_with("label") && tag.ends_with(&format!(">{label}")));
    let id = named.and_then(|tag| quoted(tag, "for=\"")).expect(label);
    let input = tags().find(|tag| tag.starts_with("input") && quoted(tag, "id=\"") == Some(id));
    input.and_then(|tag| quoted(tag, "value=\"")).expect(label)
}

#[tokio::test]
async fn a_rating_is_the_same_word_for_the_submitter_and_for_staff() {
    let app = TestApp::start().await;
    for (word, mark) in [("Rất hài lòng", "1"), ("Không hài lòng", "4")] {
        let (number, code) = answered(&app).await;
        let submitter = follow(&app, &code).await;
        let page = submitter.get(FOLLOW).await;
        assert_eq!(choice(page.body(), word), mark);
        let rated = submitter
            .post_form("/tra-cuu/ho-so?viec=danh_gia", &[("muc", mark)])
            .await;
        assert_eq!(rated.location(), "/tra-cuu/ho-so?xong=danh-gia");
        let theirs = submitter.get(FOLLOW).await.words();
        assert!(
            theirs.contains(&format!("Ông/Bà đã đánh giá: {word}")),
            "{theirs}"
        );
        assert!(
            theirs.contains(&format!("Ông/Bà đánh giá: {word}")),
            "{theirs}"
        );
        for reader in ["vanphong1", "gd-vpdkdd", "giamdoc"] {
            let staff = app.sign_in(reader).await;
            let page = staff
                .get(&format!("/quan-tri/ho-so/{number}"))
                .await
                .words();
            let sentence = format!("Người phản ánh đánh giá: {word}.");
            assert!(page.contains(&sentence), "{reader}: {page}");
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_in_the_words_of_the_officer() {
    const MISSING: &str = "1. Ngày Ông/Bà đến nộp hồ sơ.\n2. Ảnh giấy hẹn <bản rõ> & \"dấu\".";
    let app = TestApp::start().await;
    let (number, code) = submit(&app).await;
    let submitter = follow(&app, &code).await;
    let title = "Sở kính đề nghị Ông/Bà bổ sung";
    assert!(!submitter.get(FOLLOW).await.words().contains(title));
    let office = app.sign_in("vanphong1").await;
    do_all(
        &office,
        &number,
        &[
            ("tiep_nhan", &[]),
            ("yeu_cau_bo_sung", &[("missing", MISSING)]),
        ],
    )
    .await;
    let theirs = submitter.get(FOLLOW).await.words();
    let notice = theirs.split_once(title).expect("the notice").1;
    assert!(notice.starts_with(MISSING), "{notice}");
    let staff = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    assert!(staff.words().contains(MISSING), "{}", staff.words());
    let sent = submitter
        .post_form("/tra-cuu/ho-so?viec=nhan", &[("tin_nhan", "Ngày 20/11.")])
        .await;
    assert_eq!(sent.location(), "/tra-cuu/ho-so?xong=bo-sung");
    let theirs = submitter.get(FOLLOW).await.words();
    assert!(!theirs.contains(title), "asked once, and answered");
}

#[tokio::test]
async fn an_event_that_this_version_does_not_know_is_passed_over() {
    let app = TestApp::start().await;
    let (number, code) = submit(&app).await;
    let case = case_of(&app, &number).await;
    for (kind, data) in [
        ("viec_cua_phien_ban_sau", json!({ "don_vi": 7 })),
        ("ket_luan", json!({ "ket_luan": "cach_noi_khac" })),
        ("danh_gia", json!({ "muc": 9 })),
        ("giao_xu_ly", json!(["khong", "phai", "doi_tuong"])),
        ("de_xuat_chuyen", json!({ "co_quan": "khong-phai-so" })),
    ] {
        sqlx::query("insert into case_event (case_id, at, kind, data) values ($1, $2, $3, $4)")
            .bind(case)
            .bind(app.clock.now())
            .bind(kind)
            .bind(data)
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
    let office = app.sign_in("vanphong1").await;
    let address = format!("/quan-tri/ho-so/{number}");
    let page = office.get(&address).await;
    assert_eq!(page.status(), 200);
    assert!(page.words().contains("Phản ánh được gửi trực tuyến."));
    assert!(!page.words().contains("viec_cua_phien_ban_sau"));
    let theirs = follow(&app, &code).await.get(FOLLOW).await;
    assert_eq!(theirs.status(), 200);
    assert!(theirs.words().contains("Ông/Bà gửi phản ánh"));
    // and the work goes on
    do_all(&office, &number, &[("tiep_nhan", &[])]).await;
    set_status(&app, case, "da_tra_loi").await;
    assert_eq!(office.get(&address).await.status(), 200);
}
