//! Statutory reports: counted as by hand, the same on the page and in the workbook, by right, and
//! stopped where the cases do not add up.

use crate::{
    released::cases::{Cases, OPEN, add},
    support::{TestApp, cases::set_status, submit, workbook},
};
use time::{
    Date,
    macros::{date, datetime},
};

const PAGE: &str = "/lanh-dao/bao-cao";
const QUARTER: &str = "qd-2026-q4";
const RESULTS: &str = "/lanh-dao/bao-cao/qd-2026-q4/ket-qua.xlsx";
const REGISTER: &str = "/lanh-dao/bao-cao/qd-2026-q4/so-tiep-nhan.xlsx";

fn ended(kind: &'static str, status: &'static str, count: i32) -> Cases {
    Cases {
        kind,
        status,
        count,
        finding: Some(if kind == "quy_dinh" {
            "co_co_so"
        } else {
            "dung"
        }),
        ..OPEN
    }
}

fn open(kind: &'static str, count: i32) -> Cases {
    Cases {
        kind,
        count,
        ..OPEN
    }
}

/// The fourth quarter of 2026 by the statutory count: 15 September to 14 December.
async fn a_quarter(app: &TestApp) {
    // three from before: one ended before the quarter, one in it, one goes on
    add(
        app,
        date!(2026 - 08 - 20),
        &ended("hanh_vi", "da_tra_loi", 1),
    )
    .await;
    add(
        app,
        date!(2026 - 09 - 10),
        &ended("hanh_vi", "da_tra_loi", 1),
    )
    .await;
    add(app, date!(2026 - 09 - 10), &open("quy_dinh", 1)).await;
    add(
        app,
        date!(2026 - 10 - 01),
        &ended("quy_dinh", "ket_thuc", 3),
    )
    .await;
    add(
        app,
        date!(2026 - 10 - 01),
        &ended("tre_hen", "da_chuyen_co_quan", 2),
    )
    .await;
    // received on the last day, ended after it
    add(
        app,
        date!(2026 - 12 - 14),
        &ended("hanh_vi", "da_tra_loi", 1),
    )
    .await;
    add(app, date!(2026 - 12 - 15), &open("hanh_vi", 4)).await;
}

#[tokio::test]
async fn a_quarter_is_what_was_counted_by_hand_on_the_page_and_in_the_workbook() {
    let app = TestApp::start().await;
    a_quarter(&app).await;
    app.clock.set(datetime!(2026-12-20 09:00 +7));
    let leader = app.sign_in("giamdoc").await;
    let page = leader.get(&format!("{PAGE}?ky={QUARTER}")).await;
    assert_eq!(page.status(), 200);
    let words = page.words();
    assert!(words.contains("Quý IV/2026: 15/09/2026 – 14/12/2026. Gửi trước hết ngày 17/12/2026."));
    // columns 3 to 15
    let expected = [
        "8", "4", "4", "0", "2", "6", "1", "3", "0", "1", "1", "0", "2",
    ];
    let total = page.body().split("<tfoot>").nth(1).unwrap();
    let cells: Vec<&str> = total
        .split("<td")
        .skip(1)
        .map(|cell| cell.split_once('>').unwrap().1.split('<').next().unwrap())
        .collect();
    assert_eq!(cells[..13], expected);
    let book = leader.get(RESULTS).await;
    let rows = workbook::rows(&book.bytes);
    assert!(rows.concat().contains(&"LƯU HÀNH NỘI BỘ".to_owned()));
    let last = rows.last().unwrap();
    assert_eq!(last[last.len() - 13..], expected);
}

#[tokio::test]
async fn a_case_that_fits_into_no_column_stops_the_report_and_is_named() {
    let app = TestApp::start().await;
    a_quarter(&app).await;
    app.clock.set(datetime!(2026-12-20 09:00 +7));
    let mut owner = app.owner.pool().acquire().await.unwrap();
    for statement in [
        "alter table feedback_case disable trigger note_figures",
        "update feedback_case set ended_on = null where status = 'ket_thuc' and received_on = '2026-10-01'",
    ] {
        sqlx::query(statement).execute(&mut *owner).await.unwrap();
    }
    let numbers: Vec<String> =
        sqlx::query_scalar("select number from feedback_case where status = 'ket_thuc'")
            .fetch_all(&mut *owner)
            .await
            .unwrap();
    let leader = app.sign_in("giamdoc").await;
    let page = leader.get(&format!("{PAGE}?ky={QUARTER}")).await.words();
    assert!(
        page.contains("Báo cáo dừng lại vì số liệu không khớp"),
        "{page}"
    );
    assert_eq!(numbers.len(), 3);
    assert!(numbers.iter().all(|number| page.contains(number.as_str())));
    assert!(!page.contains("Tổng cộng"));
    assert_eq!(leader.get(RESULTS).await.status(), 422);
}

#[tokio::test]
async fn periods_are_those_of_the_circular_and_of_the_calendar() {
    let app = TestApp::start().await;
    let days = async |code: &str| -> (Date, Date, Option<Date>) {
        sqlx::query_as("select first_day, last_day, submit_by from report_period where code = $1")
            .bind(code)
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    for (code, first, last) in [
        ("qd-2026-q1", date!(2025 - 12 - 15), date!(2026 - 03 - 14)),
        ("qd-2026-q4", date!(2026 - 09 - 15), date!(2026 - 12 - 14)),
        ("qd-2026-6t", date!(2025 - 12 - 15), date!(2026 - 06 - 14)),
        ("qd-2026-9t", date!(2025 - 12 - 15), date!(2026 - 09 - 14)),
        ("qd-2026", date!(2025 - 12 - 15), date!(2026 - 12 - 14)),
        ("qd-2026-t03", date!(2026 - 02 - 15), date!(2026 - 03 - 14)),
    ] {
        let by = Some(last + time::Duration::days(3));
        assert_eq!(days(code).await, (first, last, by), "{code}");
    }
    let february = (date!(2028 - 02 - 01), date!(2028 - 02 - 29), None);
    assert_eq!(days("lich-2028-t02").await, february);
}

#[tokio::test]
async fn who_may_see_figures_has_the_form_and_who_sees_cases_the_register() {
    let app = TestApp::start().await;
    let (number, _) = submit(&app).await;
    let (denounced, _) = submit(&app).await;
    let case = crate::support::cases::case_of(&app, &denounced).await;
    set_status(&app, case, "da_tiep_nhan").await;
    sqlx::query("update feedback_case set secrecy = 'to_cao' where case_id = $1")
        .bind(case)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let register = format!(
        "{PAGE}/lich-2026-t{:02}/so-tiep-nhan.xlsx",
        u8::from(app.clock.today().month())
    );
    let auditor = app.sign_in("kiemtoan").await;
    assert_eq!(auditor.get(RESULTS).await.status(), 200);
    assert_eq!(auditor.get(&register).await.status(), 403);
    let handler = app.sign_in("cv-vpdkdd").await;
    for path in [PAGE, RESULTS, REGISTER] {
        assert_eq!(handler.get(path).await.status(), 403, "{path}");
    }
    assert_eq!(app.get(RESULTS).await.status(), 303);
    let office = app.sign_in("vanphong1").await;
    let rows = workbook::rows(&office.get(&register).await.bytes).concat();
    assert!(rows.contains(&number));
    assert!(!rows.contains(&denounced));
    assert!(
        !rows.iter().any(|text| text.contains("Trần Thị Mẫu")),
        "{rows:?}"
    );
    let taken: i64 = sqlx::query_scalar("select count(*) from audit_log where action = 'xuat_so'")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(taken, 1);
    assert_eq!(
        office
            .get("/lanh-dao/bao-cao/qd-1999/ket-qua.xlsx")
            .await
            .status(),
        404
    );
}
