//! What is counted, when, and what the auditor makes of figures that somebody has touched.

use super::{
    JANUARY,
    cases::{Cases, OPEN, a_year, add},
    drafter, row, told,
};
use crate::support::TestApp;
use lang_nghe::statistics::{
    catalogue::{Stock, Table},
    ssr::publishing::{
        Cell,
        audit::Why,
        plan::drafts,
        steps::{self, By},
        store::{self, Release},
        written::Document,
    },
};
use time::macros::{date, datetime};

const FEBRUARY: time::OffsetDateTime = datetime!(2027-02-10 08:00 +7);

async fn released(app: &TestApp) -> Vec<Release> {
    steps::all(&app.state.db).await.unwrap()
}

async fn run(app: &TestApp, statement: &'static str) {
    sqlx::query(statement)
        .execute(app.owner.pool())
        .await
        .unwrap();
}

/// The figures of what came, went and stayed in a month.
fn flow(releases: &[Release], code: &str) -> Vec<i64> {
    let release = releases
        .iter()
        .find(|release| release.document.code == code);
    let told = told(&release.unwrap().document);
    let of = |stock: &Stock| told[&format!("t0 {code}..{code} tong {}", stock.code())];
    Stock::ALL.iter().map(of).collect()
}

#[tokio::test]
async fn what_is_written_down_late_and_what_leaves_is_told_in_the_next_month() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let by = By::Staff(&author);
    steps::build(&app.state.db, by, JANUARY).await.unwrap();
    assert_eq!(flow(&released(&app).await, "2026-12"), [88, 38, 30, 96]);
    // nine letters of May turn up, six open cases are recognised as denunciations, ten are answered
    let late = Cases { count: 9, ..OPEN };
    add(&app, date!(2026 - 05 - 01), &late).await;
    run(
        &app,
        "update feedback_case set secrecy = 'to_cao' where case_id in
            (select case_id from feedback_case where ended_on is null and kind = 'tre_hen' order by case_id limit 6)",
    )
    .await;
    run(
        &app,
        "update feedback_case set status = 'da_tra_loi', finding = 'dung', answered_on = '2026-12-30' where case_id in
            (select case_id from feedback_case where ended_on is null and kind = 'hanh_vi' and received_on = '2026-03-01' limit 3)",
    )
    .await;
    let january = Cases { count: 7, ..OPEN };
    add(&app, date!(2027 - 01 - 01), &january).await;
    let answered = Cases {
        status: "da_tra_loi",
        finding: Some("dung"),
        count: 12,
        ..OPEN
    };
    add(&app, date!(2027 - 01 - 01), &answered).await;
    steps::build(&app.state.db, by, FEBRUARY).await.unwrap();
    // 9 late, 7 and 12 new; 12 and 3 answered, 6 gone
    assert_eq!(flow(&released(&app).await, "2027-01"), [96, 28, 21, 103]);
    assert_eq!(steps::audit(&app.state.db, by, FEBRUARY).await.unwrap(), []);
}

#[tokio::test]
async fn a_denunciation_that_is_none_comes_in_anew() {
    let app = TestApp::start().await;
    a_year(&app).await;
    run(
        &app,
        "update feedback_case set secrecy = 'to_cao' where received_on = '2026-12-01' and ended_on is null",
    )
    .await;
    let author = drafter(&app).await;
    let by = By::Staff(&author);
    steps::build(&app.state.db, by, JANUARY).await.unwrap();
    assert_eq!(flow(&released(&app).await, "2026-12"), [88, 30, 30, 88]);
    run(&app, "update feedback_case set secrecy = 'thuong'").await;
    let answered = Cases {
        status: "da_tra_loi",
        finding: Some("dung"),
        count: 12,
        ..OPEN
    };
    add(&app, date!(2027 - 01 - 01), &answered).await;
    steps::build(&app.state.db, by, FEBRUARY).await.unwrap();
    assert_eq!(flow(&released(&app).await, "2027-01"), [88, 20, 12, 96]);
}

#[tokio::test]
async fn a_unit_of_few_officials_is_never_alone() {
    let app = TestApp::start().await;
    run(&app, "update unit set officials = 4 where code = 'vpdkdd'").await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let by = By::Staff(&author);
    steps::build(&app.state.db, by, JANUARY).await.unwrap();
    assert_eq!(steps::audit(&app.state.db, by, JANUARY).await.unwrap(), []);
    // 51 of the unit, as told where it is not small
    let march = told(&released(&app).await[2].document);
    let units = row(&march, "t3 2026-01..2026-03");
    assert!(
        units.iter().all(|(name, _)| !name.starts_with("vpdkdd ")),
        "{units:?}"
    );
    // that it grows later changes nothing of what was counted
    run(&app, "update unit set officials = 40").await;
    assert_eq!(steps::audit(&app.state.db, by, JANUARY).await.unwrap(), []);
}

/// Drafts the year with one change by hand; why the auditor refuses it.
async fn audited(app: &TestApp, change: impl Fn(&mut Vec<Cell>)) -> Vec<Why> {
    let author = drafter(app).await;
    let mut tx = app.owner.pool().begin().await.unwrap();
    let connection = &mut *tx;
    store::count(connection, JANUARY.date()).await.unwrap();
    let ledger = store::ledger(connection).await.unwrap();
    for mut draft in drafts(&ledger) {
        change(&mut draft.cells);
        let code = lang_nghe::statistics::ssr::publishing::written::code_of(draft.span);
        let origin = lang_nghe::statistics::ssr::publishing::audit::Origin::Rule;
        let document = Document::new(code, origin, draft.span, draft.cells);
        store::insert(connection, &document, None, JANUARY)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let offences = steps::audit(&app.state.db, By::Staff(&author), JANUARY)
        .await
        .unwrap();
    offences.into_iter().map(|offence| offence.why).collect()
}

#[tokio::test]
async fn a_cell_out_of_its_pool_is_refused_and_the_draft_dropped() {
    let app = TestApp::start().await;
    a_year(&app).await;
    // the one case of a unit, out of the pool of its quarter
    let whys = audited(&app, |cells| {
        let pool = cells
            .iter_mut()
            .find(|cell| cell.table == Table::ByUnit && cell.places.len() > 2);
        let Some(pool) = pool else { return };
        let at = pool.places.iter().position(|unit| unit == "cn-o-mon");
        let unit = pool.places.remove(at.unwrap());
        pool.value -= 3;
        let alone = Cell {
            places: vec![unit],
            value: 3,
            ..pool.clone()
        };
        cells.push(alone);
    })
    .await;
    assert!(whys.contains(&Why::Small), "{whys:?}");
    let left: Vec<String> = released(&app)
        .await
        .into_iter()
        .map(|release| release.document.code)
        .collect();
    assert_eq!(
        left,
        ["2026-01", "2026-02"],
        "the first quarter ends in March"
    );
}

#[tokio::test]
async fn a_live_total_is_refused() {
    let app = TestApp::start().await;
    a_year(&app).await;
    // what is received meanwhile, balanced so that the database sees nothing wrong
    let whys = audited(&app, |cells| {
        for cell in cells.iter_mut().filter(|cell| cell.table == Table::Flow) {
            if ["tiep_nhan", "ton_cuoi"].contains(&cell.classes[0].as_str()) {
                cell.value += 1;
            }
        }
    })
    .await;
    assert!(whys.contains(&Why::NotTheSum), "{whys:?}");
    assert_eq!(released(&app).await, []);
}
