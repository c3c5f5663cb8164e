//! The inbox says what each case is about, and finds it by that: to each what they may read, and no
//! word of it kept.

use super::{EXTRACT, SECRET, assigned, submitted, submitted_with};
use crate::support::{TestApp, act, case_command, succeeded};
use lang_nghe::case::FeedbackContent;

/// A case about something.
async fn about(app: &TestApp, title: &str) -> String {
    let told = FeedbackContent {
        title: title.to_owned(),
        content: "Tôi đến quầy ba lần mà chưa được trả kết quả.".to_owned(),
        ..FeedbackContent::default()
    };
    submitted_with(app, &told).await.1
}

#[tokio::test]
async fn each_row_says_what_it_is_about_as_far_as_its_reader_may_know() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let handler = app.sign_in("cv-vpdkdd").await;
    about(&app, "Bị hẹn lại nhiều lần khi tách thửa").await;
    let (case, number) = assigned(&app, &office).await;
    let all = office.get("/quan-tri").await.text();
    assert!(all.contains("Bị hẹn lại nhiều lần khi tách thửa") && all.contains(SECRET));
    let unit = handler.get("/quan-tri").await.text();
    assert!(unit.contains(EXTRACT) && !unit.contains(SECRET));
    sqlx::query("delete from case_body where case_id = $1 and field = 'extract'")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let unit = handler.get("/quan-tri").await.text();
    assert!(unit.contains("Chưa có bản trích") && unit.contains(&number));
    assert!(!unit.contains(SECRET) && !unit.contains(EXTRACT));
}

#[tokio::test]
async fn a_search_finds_the_matter_with_or_without_accents_where_it_may_be_read() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let handler = app.sign_in("cv-vpdkdd").await;
    let split = about(&app, "Bị hẹn lại nhiều lần khi tách thửa").await;
    let (_, with_unit) = assigned(&app, &office).await;
    for typed in ["tach+thua", "T%C3%A1ch+th%E1%BB%ADa", "quay+ba+lan"] {
        let found = office.get(&format!("/quan-tri?q={typed}")).await.text();
        assert!(found.contains(&split), "{typed}");
        assert!(!found.contains(&with_unit), "{typed}");
    }
    let unit = |words: &'static str| {
        let handler = &handler;
        async move { handler.get(&format!("/quan-tri?q={words}")).await.text() }
    };
    assert!(unit("cham+tra").await.contains(&with_unit), "the extract");
    assert!(
        !unit("loi+cua+nguoi").await.contains(&with_unit),
        "the original"
    );
    assert!(!unit("tach+thua").await.contains(&split), "another's case");
}

#[tokio::test]
async fn a_search_is_recorded_and_what_was_looked_for_is_not() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    about(&app, "Bị hẹn lại").await;
    office.get("/quan-tri").await;
    office.get("/quan-tri?q=PA26").await;
    let recorded = || {
        sqlx::query_scalar::<_, i64>("select count(*) from audit_log where action = 'tim_noi_dung'")
    };
    assert_eq!(recorded().fetch_one(app.owner.pool()).await.unwrap(), 0);
    office.get("/quan-tri?q=hen+lai").await;
    assert_eq!(recorded().fetch_one(app.owner.pool()).await.unwrap(), 1);
    let kept: i64 =
        sqlx::query_scalar("select count(*) from audit_log where audit_log::text like '%hen%'")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_denunciation_is_not_found_by_its_words() {
    let app = TestApp::start().await;
    let closed = about(&app, "Gợi ý đưa tiền tại quầy").await;
    sqlx::query("update feedback_case set secrecy = 'to_cao'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let search = "/quan-tri?q=dua+tien";
    let office = app.sign_in("vanphong1").await.get(search).await.text();
    assert!(!office.contains(&closed) && !office.contains("Gợi ý"));
    let leader = app.sign_in("giamdoc").await.get(search).await.text();
    assert!(leader.contains(&closed));
}

#[tokio::test]
async fn the_case_beside_the_list_is_read_and_recorded_like_its_page() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (case, number) = submitted(&app).await;
    let read = || {
        sqlx::query_scalar::<_, i64>(
            "select count(*) from audit_log where case_id = $1 and action = 'doc_noi_dung'",
        )
        .bind(case)
    };
    let list = office.get("/quan-tri").await.text();
    assert!(!list.contains("inbox-preview"));
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 0);
    let beside = office
        .get(&format!("/quan-tri?ho-so={number}"))
        .await
        .text();
    assert!(beside.contains("inbox-preview") && beside.contains("Tiếp nhận"));
    assert_eq!(read().fetch_one(app.owner.pool()).await.unwrap(), 1);
    let handler = app.sign_in("cv-vpdkdd").await;
    let unseen = handler.get(&format!("/quan-tri?ho-so={number}")).await;
    assert!(!unseen.text().contains(SECRET) && !unseen.text().contains("inbox-preview"));
}

#[tokio::test]
async fn a_case_leads_back_to_its_view_and_to_its_neighbours() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let mut numbers = Vec::new();
    for due in ["2026-12-01", "2026-12-02", "2026-12-03"] {
        let (case, number) = submitted(&app).await;
        sqlx::query("update feedback_case set due_on = $2::date where case_id = $1")
            .bind(case)
            .bind(due)
            .execute(app.owner.pool())
            .await
            .unwrap();
        numbers.push(number);
    }
    let view = "xem%3Dcho-tiep-nhan%26loai%3Dhanh_vi";
    let opened = |number: &str| format!("/quan-tri/ho-so/{number}?tu={view}");
    let list = office.get("/quan-tri?xem=cho-tiep-nhan&loai=hanh_vi").await;
    let page = list.text();
    let at = |number: &str| {
        page.find(&opened(number))
            .expect("a link that knows its view")
    };
    assert!(at(&numbers[0]) < at(&numbers[1]) && at(&numbers[1]) < at(&numbers[2]));
    let beside = |page: &str| {
        let link = |number: &String| page.contains(&format!("href=\"{}\"", opened(number)));
        numbers.iter().map(link).collect::<Vec<_>>()
    };
    let middle = office.get(&opened(&numbers[1])).await.text();
    assert_eq!(beside(&middle), [true, false, true]);
    let back = middle.contains("/quan-tri?xem=cho-tiep-nhan&amp;loai=hanh_vi");
    assert!(back && middle.contains("Chờ tiếp nhận"));
    // received, it leaves the view and still stands between the two
    let command = format!("{}&tu={view}", case_command(&numbers[1], "tiep_nhan"));
    let done = office.post_form(&command, &[("seen", "0")]).await;
    assert!(succeeded(&done) && done.location().ends_with(&format!("tu={view}")));
    let after = office.get(done.location()).await.text();
    assert_eq!(beside(&after), [true, false, true]);
    let first = office.get(&opened(&numbers[0])).await.text();
    assert_eq!(beside(&first), [false, false, true]);
}

#[tokio::test]
async fn a_made_up_view_leads_nowhere() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (_, number) = submitted(&app).await;
    for view in ["https%3A%2F%2Fevil.example", "%22%3E%3Cscript%3Ealert"] {
        let address = format!("/quan-tri/ho-so/{number}?tu={view}");
        let page = office.get(&address).await;
        assert_eq!(page.status(), 200);
        assert!(!page.text().contains("href=\"https://evil"));
        assert!(!page.text().contains("<script>alert"));
    }
    assert!(succeeded(&act(&office, "tiep_nhan", &number, &[]).await));
}
