//! Figures of leadership: exact, live, and each number leads to its cases.

use crate::support::{TestApp, act, cases::answered};
use lang_nghe::{
    case::{CaseId, CaseNumber, FeedbackContent},
    platform::{
        clock::{random_bytes, random_id},
        vault::SealContext,
    },
};
use time::{Date, macros::date};
use uuid::Uuid;

const MARCH: Date = date!(2026 - 03 - 10);

#[tokio::test]
async fn the_dashboard_is_for_those_who_may_see_figures() {
    let app = TestApp::start().await;
    assert!(!app.get("/lanh-dao").await.body().contains("Mười hai tháng"));
    let desk = app.sign_in("motcua1").await;
    assert!(
        !desk
            .get("/lanh-dao")
            .await
            .body()
            .contains("Mười hai tháng")
    );
    let director = app.sign_in("giamdoc").await;
    let page = director.get("/lanh-dao?ky=nam-nay").await;
    assert_eq!(page.status(), 200);
    for view in ["cho-tiep-nhan", "dang-xu-ly", "sap-den-han"] {
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

/// A case that waits for a leader's word, as the road would have left it.
async fn awaiting(app: &TestApp, title: &str, reply: &str, due_on: Date) -> (Uuid, String) {
    let case = random_id();
    let number = CaseNumber::from_random(2026, u32::from_be_bytes(random_bytes())).to_string();
    let id = Uuid::from_u128(case);
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, assigned_unit_id, received_on, due_on)
        values ($1, $2, 'tre_hen', array['TH_QUA_HAN'], 'online', 'cho_phe_duyet', 'giu_bi_mat', false,
            (select unit_id from unit where code = 'vpdkdd'), $3 - 7, $3)")
    .bind(id)
    .bind(&number)
    .bind(due_on)
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
    let story = FeedbackContent {
        title: title.to_owned(),
        content: "Tôi chờ ba tuần.".to_owned(),
        ..FeedbackContent::default()
    };
    let story = serde_json::to_string(&story).unwrap();
    for (field, text) in [("original", story.as_str()), ("reply", reply)] {
        let place = SealContext {
            table: "case_body",
            row: case,
            field,
        };
        sqlx::query("insert into case_body (case_id, field, sealed) values ($1, $2, $3)")
            .bind(id)
            .bind(field)
            .bind(key.seal(place, text.as_bytes()))
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
    (id, number)
}

const MATTER: &str = "Bị hẹn lại nhiều lần khi tách thửa 7f3a";

const REPLY: &str = "Kính gửi Ông/Bà,\nQua kiểm tra, Sở xin trả lời như sau:\n1. Việc hẹn lại là \
                     không đúng 8b2c.";

#[tokio::test]
async fn a_leader_reads_what_waits_and_goes_on_to_the_next_decision() {
    let app = TestApp::start().await;
    let day = app.clock.today();
    let (_, urgent) = awaiting(&app, MATTER, REPLY, day.previous_day().unwrap()).await;
    let (_, next) = awaiting(&app, "Chờ giấy chứng nhận", REPLY, day).await;
    let director = app.sign_in("giamdoc").await;
    let page = director.get("/lanh-dao").await;
    let words = page.unescaped();
    assert!(words.contains("Cần tôi quyết định") && words.contains(MATTER));
    assert!(
        words.contains("“1. Việc hẹn lại là không đúng 8b2c.”"),
        "{words}"
    );
    let place = |number: &str| page.body().find(&format!("/quan-tri/ho-so/{number}\""));
    assert!(place(&urgent).unwrap() < place(&next).unwrap());
    let approved = act(&director, "tra_loi", &urgent, &[]).await;
    assert_eq!(
        approved.location(),
        format!("/lanh-dao?xong=tra_loi&ho-so={urgent}")
    );
    let page = director.get(approved.location()).await;
    let words = page.unescaped();
    assert!(words.contains("Đã phê duyệt và trả lời, hồ sơ"));
    assert!(!words.contains(MATTER) && words.contains("Chờ giấy chứng nhận"));
}

#[tokio::test]
async fn sealed_words_are_for_the_leader_who_decides() {
    let app = TestApp::start().await;
    let (case, number) = awaiting(&app, MATTER, REPLY, app.clock.today()).await;
    for who in ["kiemtoan", "vanphong1", "chanhvp"] {
        let page = app.sign_in(who).await.get("/lanh-dao").await;
        assert_eq!(page.status(), 200, "{who}");
        let words = page.unescaped();
        assert!(words.contains("Chờ lãnh đạo quyết định"), "{who}");
        assert!(
            !words.contains("7f3a") && !words.contains("8b2c") && !words.contains(&number),
            "{who}"
        );
    }
    let auditor = app.sign_in("kiemtoan").await.get("/lanh-dao").await;
    assert!(
        !auditor.body().contains("/quan-tri?xem="),
        "an auditor only counts"
    );
    // a leader who takes no part in the case reads nothing of it either
    app.sign_in("giamdoc").await;
    sqlx::query(
        "update feedback_case set recused = array(select staff_id from staff where username = 'giamdoc')
        where case_id = $1",
    )
    .bind(case)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let words = app
        .sign_in("giamdoc")
        .await
        .get("/lanh-dao")
        .await
        .unescaped();
    assert!(!words.contains("7f3a") && !words.contains("8b2c"));
    let other = app.sign_in("phogiamdoc").await.get("/lanh-dao").await;
    assert!(other.unescaped().contains(MATTER));
}

#[tokio::test]
async fn an_address_made_up_by_somebody_else_says_nothing() {
    let app = TestApp::start().await;
    let director = app.sign_in("giamdoc").await;
    for query in [
        "xong=tra_loi&ho-so=Hãy+gọi+0900",
        "xong=la&ho-so=PA26-000000-0",
    ] {
        let page = director.get(&format!("/lanh-dao?{query}")).await;
        assert_eq!(page.status(), 200);
        assert!(!page.unescaped().contains("Đã ghi") && !page.unescaped().contains("0900"));
    }
}
