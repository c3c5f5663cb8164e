//! Figures: the public sees whole closed months that betray nobody and never change; leaders see exact ones; home and guidance are served.

use crate::support::TestApp;
use time::{Date, macros::date};

const MARCH: Date = date!(2026 - 03 - 10);
const APRIL: Date = date!(2026 - 04 - 10);

/// Adds `count` answered cases of a kind.
async fn answered(app: &TestApp, kind: &str, received_on: Date, count: i32) {
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, received_on, due_on, answered_on)
        select gen_random_uuid(), 'PA26-' || upper(substr(md5(random()::text), 1, 6)) || '-A', $1, '{HV_KHAC}', 'online', 'da_tra_loi', false,
            $2::date, $2::date + 14, $2::date + 5
        from generate_series(1, $3)").bind(kind).bind(received_on).bind(count)
    .execute(app.owner.pool())
    .await
    .unwrap();
}

async fn download(app: &TestApp) -> String {
    let reply = app.get("/minh-bach/so-lieu.csv").await;
    assert_eq!(reply.status(), 200);
    assert_eq!(
        reply.header("content-type"),
        Some("text/csv; charset=utf-8; header=present")
    );
    reply.body().to_owned()
}

#[tokio::test]
async fn before_the_first_release_the_page_says_what_will_be_here() {
    let app = TestApp::start().await;
    let page = app.get("/minh-bach").await;
    assert_eq!(page.status(), 200);
    assert!(page.body().contains("Chưa có số liệu"));
}

#[tokio::test]
async fn small_kinds_are_pooled_on_the_page_and_in_the_download() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", MARCH, 12).await;
    answered(&app, "quy_dinh", MARCH, 3).await;
    answered(&app, "tre_hen", MARCH, 4).await;
    let page = app.get("/minh-bach?nam=2026").await;
    assert!(
        page.body()
            .contains("Tháng 03/2026, Sở nhận 19 phản ánh, kiến nghị"),
        "{}",
        page.body()
    );
    assert!(page.body().contains("<svg") && page.body().contains("Các loại còn lại"));
    assert!(!page.body().contains(" style="));
    let csv = download(&app).await;
    assert!(
        csv.contains("tiep_nhan,2026-03,2026-03,hanh_vi,12")
            && csv.contains("tiep_nhan,2026-03,2026-03,quy_dinh+tre_hen,7"),
        "{csv}"
    );
    assert!(
        !csv.contains(",quy_dinh,") && !csv.contains(",tre_hen,"),
        "{csv}"
    );
}

#[tokio::test]
async fn a_small_month_waits_for_company() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", MARCH, 4).await;
    answered(&app, "hanh_vi", APRIL, 6).await;
    let csv = download(&app).await;
    assert!(csv.contains("tiep_nhan,2026-03,2026-04,tong,10"), "{csv}");
}

#[tokio::test]
async fn a_released_month_never_changes() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", MARCH, 12).await;
    let before = download(&app).await;
    sqlx::query("update feedback_case set secrecy = 'to_cao' where case_id = (select case_id from feedback_case limit 1)")
        .execute(app.owner.pool())
        .await
        .unwrap();
    answered(&app, "hanh_vi", MARCH, 1).await;
    assert_eq!(
        download(&app).await,
        before,
        "a difference would tell what happened to one case"
    );
}

#[tokio::test]
async fn leads_and_denunciations_are_not_in_the_public_figures() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", MARCH, 20).await;
    sqlx::query("update feedback_case set secrecy = 'to_cao' where case_id in (select case_id from feedback_case limit 5)")
        .execute(app.owner.pool())
        .await
        .unwrap();
    sqlx::query(
        "update feedback_case set is_lead = true where case_id in (select case_id from feedback_case where secrecy = 'thuong' limit 5)",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    assert!(
        download(&app)
            .await
            .contains("tiep_nhan,2026-03,2026-03,tong,10")
    );
}

#[tokio::test]
async fn the_current_month_is_never_public() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", app.clock.today(), 50).await;
    assert_eq!(download(&app).await.lines().count(), 1, "the head alone");
}

#[tokio::test]
async fn the_dashboard_is_for_those_who_may_see_figures() {
    let app = TestApp::start().await;
    assert!(!app.get("/lanh-dao").await.body().contains("Cần quyết định"));
    let desk = app.sign_in("motcua1").await;
    assert!(
        !desk
            .get("/lanh-dao")
            .await
            .body()
            .contains("Cần quyết định")
    );
    let director = app.sign_in("giamdoc").await;
    let page = director.get("/lanh-dao?ky=nam-nay").await;
    assert_eq!(page.status(), 200);
    for view in ["cho-tiep-nhan", "dang-xu-ly", "sap-den-han", "qua-han"] {
        assert!(
            page.body().contains(&format!("/quan-tri?xem={view}")),
            "{view}"
        );
    }
}

#[tokio::test]
async fn every_number_on_the_dashboard_leads_to_exactly_its_cases() {
    let app = TestApp::start().await;
    let today = app.clock.today();
    for (received_on, count) in [(today, 7), (MARCH, 4), (today.replace_day(1).unwrap(), 5)] {
        answered(&app, "hanh_vi", received_on, count).await;
    }
    // spread over units and states: late answers, closed after an answer, open and overdue, waiting
    sqlx::query(
        "update feedback_case c set assigned_unit_id = case when n % 3 > 0 then n % 3 end, concerned_unit_id = 4,
            status = case n % 4 when 0 then 'ket_thuc' when 1 then 'da_tra_loi' when 2 then 'dang_xac_minh' else 'cho_bo_sung' end,
            answered_on = case when n % 4 < 2 then received_on + 20 * (n % 2) end, due_on = received_on + 3
        from (select case_id, row_number() over (order by number)::int as n from feedback_case) numbered where numbered.case_id = c.case_id",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    let director = app.sign_in("giamdoc").await;
    let page = director.get("/lanh-dao?ky=nam-nay").await;
    let mut followed = 0;
    for link in page
        .body()
        .split("href=\"")
        .skip(1)
        .filter(|link| link.starts_with("/quan-tri?xem="))
    {
        let (href, rest) = link.split_once('"').unwrap();
        let text = rest.split_once('>').unwrap().1;
        let Ok(number) = text.split('<').next().unwrap().trim().parse::<usize>() else {
            continue;
        };
        let cases = director
            .get(&href.replace("&amp;", "&"))
            .await
            .body()
            .matches("inbox-link")
            .count();
        assert_eq!(cases, number, "{href}");
        followed += 1;
    }
    assert!(followed >= 12, "{followed} numbers");
}

#[tokio::test]
async fn a_leader_finds_what_waits_for_their_word_and_an_auditor_only_counts() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", app.clock.today(), 1).await;
    sqlx::query("update feedback_case set status = 'cho_phe_duyet', answered_on = null")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let number = sqlx::query_scalar::<_, String>("select number from feedback_case")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let director = app.sign_in("giamdoc").await;
    let page = director.get("/lanh-dao").await;
    assert!(
        page.body().contains(&format!("/quan-tri/ho-so/{number}"))
            && page.body().contains("Phê duyệt trả lời")
    );
    let auditor = app.sign_in("kiemtoan").await;
    let page = auditor.get("/lanh-dao").await;
    assert!(
        page.body().contains("1 hồ sơ chờ lãnh đạo quyết định") && !page.body().contains(&number)
    );
    assert!(!page.body().contains("/quan-tri?xem=qua-han"));
}

#[tokio::test]
async fn home_has_two_ways_in_a_number_to_call_and_the_last_month() {
    let app = TestApp::start().await;
    answered(&app, "hanh_vi", MARCH, 4).await;
    answered(&app, "hanh_vi", APRIL, 9).await;
    answered(&app, "hanh_vi", date!(2026 - 05 - 04), 8).await;
    let page = app.get("/").await;
    let body = page.body();
    assert_eq!(page.status(), 200);
    assert!(
        [
            "/gui-phan-anh",
            "/tra-cuu",
            "/quyen-rieng-tu",
            "/minh-bach",
            "/huong-dan",
            "tel:"
        ]
        .iter()
        .all(|href| body.contains(&format!("href=\"{href}")))
    );
    assert!(
        body.contains("Tháng 05/2026, Sở nhận 8 phản ánh, kiến nghị."),
        "{body}"
    );
    assert!(
        !body.contains("04/2026"),
        "April is published together with March only"
    );
}

#[tokio::test]
async fn guidance_names_every_door() {
    let app = TestApp::start().await;
    let page = app.get("/huong-dan").await;
    assert!(
        ["khieu-nai", "to-cao", "tranh-chap", "o-nhiem"]
            .iter()
            .all(|id| page.body().contains(&format!("id=\"{id}\"")))
    );
    assert!(page.body().contains("không làm dừng thời hiệu 90 ngày"));
    assert_eq!(app.get("/quyen-rieng-tu").await.status(), 200);
}
