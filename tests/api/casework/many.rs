//! The same for several cases: each by itself, each once, and what fails says why.

use super::{assigned, submitted};
use crate::support::{
    Answer, Client, TestApp, act,
    cases::{events, status},
    succeeded,
};
use uuid::Uuid;

/// What the bar below the list sends.
async fn many(who: &Client, action: &str, unit: &str, numbers: &[&str]) -> Answer {
    let mut fields = vec![
        ("seen", "0"),
        ("view", "xem=cho-tiep-nhan"),
        ("act", action),
        ("unit", unit),
    ];
    fields.extend(numbers.iter().map(|number| ("chosen[]", *number)));
    who.post_form("/quan-tri?xem=cho-tiep-nhan&viec=nhieu", &fields)
        .await
}

async fn three(app: &TestApp) -> Vec<(Uuid, String)> {
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(submitted(app).await);
    }
    cases
}

fn numbers(cases: &[(Uuid, String)]) -> Vec<&str> {
    cases.iter().map(|(_, number)| number.as_str()).collect()
}

#[tokio::test]
async fn several_cases_are_received_each_with_its_event() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let cases = three(&app).await;
    let answer = many(&office, "tiep_nhan", "", &numbers(&cases)).await;
    assert!(succeeded(&answer), "{}", answer.text());
    let page = office.get(answer.location()).await.text();
    assert!(page.contains("Đã tiếp nhận 3 hồ sơ."));
    for (case, _) in &cases {
        assert_eq!(status(&app, *case).await, "da_tiep_nhan");
        assert_eq!(events(&app, *case, "tiep_nhan").await, 1);
    }
}

#[tokio::test]
async fn two_clicks_at_once_are_one_event_for_each_case_and_both_are_told_so() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let cases = three(&app).await;
    let all = numbers(&cases);
    let (first, second) = tokio::join!(
        many(&office, "tiep_nhan", "", &all),
        many(&office, "tiep_nhan", "", &all)
    );
    assert!(succeeded(&first) && succeeded(&second));
    for (case, _) in &cases {
        assert_eq!(events(&app, *case, "tiep_nhan").await, 1);
    }
}

#[tokio::test]
async fn what_does_not_go_through_is_named_with_its_reason_and_stops_nothing() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let cases = three(&app).await;
    let colleague = app.sign_in("chanhvp").await;
    assert!(succeeded(
        &act(&colleague, "tiep_nhan", &cases[1].1, &[]).await
    ));
    let answer = many(&office, "tiep_nhan", "", &numbers(&cases)).await;
    assert_eq!(answer.status(), 422);
    let page = answer.text();
    assert!(page.contains("Đã tiếp nhận 2 hồ sơ."));
    assert!(page.contains(&format!("{}: không ở bước này", cases[1].1)));
    assert!(!page.contains(&format!("{}: ", cases[0].1)));
    for (case, _) in &cases {
        assert_eq!(status(&app, *case).await, "da_tiep_nhan");
        assert_eq!(events(&app, *case, "tiep_nhan").await, 1);
    }
}

#[tokio::test]
async fn a_unit_gets_only_the_cases_it_may_have() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (ready, open) = assigned(&app, &office).await;
    let (unread, no_extract) = submitted(&app).await;
    for (action, fields) in [
        ("tiep_nhan", vec![]),
        (
            "phan_loai",
            vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        ),
    ] {
        assert!(succeeded(&act(&office, action, &no_extract, &fields).await));
    }
    let both = [open.as_str(), no_extract.as_str()];
    // the unit complained about
    let own = many(&office, "giao_xu_ly", "cn-ninh-kieu", &both).await;
    assert_eq!(own.status(), 422);
    assert_eq!(events(&app, ready, "giao_xu_ly").await, 1, "the one before");
    assert_eq!(events(&app, unread, "giao_xu_ly").await, 0);
    let none = many(&office, "giao_xu_ly", "", &both).await;
    assert!(none.text().contains("Vui lòng chọn đơn vị nhận."));
    let unknown = many(&office, "giao_xu_ly", "khong-co", &both).await;
    assert!(
        unknown
            .text()
            .contains("Vui lòng chọn đơn vị trong danh sách.")
    );
    let answer = many(&office, "giao_xu_ly", "thanh-tra", &[&no_extract]).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().contains("vui lòng viết bản trích"));
    assert_eq!(status(&app, unread).await, "da_phan_loai");
}

#[tokio::test]
async fn several_units_are_reminded_once() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (first, one) = assigned(&app, &office).await;
    let (second, other) = assigned(&app, &office).await;
    let (_, nobodys) = submitted(&app).await;
    let answer = many(&office, "nhac", "", &[&one, &other]).await;
    assert!(succeeded(&answer));
    let again = many(&office, "nhac", "", &[&one, &other]).await;
    assert!(succeeded(&again), "the second click is told the same");
    for case in [first, second] {
        assert_eq!(events(&app, case, "nhac").await, 1);
    }
    let answer = many(&office, "nhac", "", &[&nobodys]).await;
    assert_eq!(answer.status(), 422);
}

#[tokio::test]
async fn without_the_right_or_the_sight_nothing_is_done_to_any() {
    let app = TestApp::start().await;
    let cases = three(&app).await;
    let all = numbers(&cases);
    for (who, expected) in [("cv-vpdkdd", 403), ("tongdai1", 403), ("kiemtoan", 403)] {
        let client = app.sign_in(who).await;
        let answer = many(&client, "tiep_nhan", "", &all).await;
        assert_eq!(answer.status(), expected, "{who}");
        assert!(
            !client
                .get("/quan-tri")
                .await
                .text()
                .contains("name=\"chosen[]\"")
        );
    }
    let visitor = many(&app.client(), "tiep_nhan", "", &all).await;
    assert!(!succeeded(&visitor));
    sqlx::query("update feedback_case set secrecy = 'to_cao'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let office = app.sign_in("vanphong1").await;
    let answer = many(&office, "tiep_nhan", "", &all).await;
    assert_eq!(answer.status(), 422);
    for (case, _) in &cases {
        assert_eq!(status(&app, *case).await, "cho_tiep_nhan");
    }
}

#[tokio::test]
async fn what_decides_a_case_is_not_done_to_several() {
    let app = TestApp::start().await;
    let leader = app.sign_in("giamdoc").await;
    let cases = three(&app).await;
    sqlx::query("update feedback_case set status = 'cho_phe_duyet'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    for action in ["tra_loi", "ket_luan", "duyet_tu_choi", "ket_thuc", ""] {
        let answer = many(&leader, action, "", &numbers(&cases)).await;
        assert_eq!(answer.status(), 422, "{action}");
    }
    for (case, _) in &cases {
        assert_eq!(status(&app, *case).await, "cho_phe_duyet");
    }
}
