//! What the first version published, and what the database refuses whoever writes it.

use super::{JANUARY, cases::a_year, drafter, is, row, told};
use crate::support::TestApp;
use lang_nghe::statistics::ssr::publishing::{
    export::export,
    steps::{self, By},
};

#[tokio::test]
async fn what_the_first_version_published_comes_first_and_unchanged() {
    let app = TestApp::start().await;
    sqlx::query("insert into released_month values ('2025-11-01', 'hanh_vi', 12, 9, 9), ('2025-11-01', 'quy_dinh', 3, 8, 8),
        ('2025-11-01', 'tre_hen', 4, 8, 3), ('2025-12-01', 'hanh_vi', 4, 1, 1), ('2025-12-01', 'quy_dinh', 0, 0, 0), ('2025-12-01', 'tre_hen', 0, 0, 0)")
        .execute(app.owner.pool())
        .await
        .unwrap();
    a_year(&app).await;
    let author = drafter(&app).await;
    let db = &app.state.db;
    let built = steps::build(db, By::Staff(&author), JANUARY).await.unwrap();
    assert_eq!(built[0], "2026-01");
    assert_eq!(
        steps::audit(db, By::Staff(&author), JANUARY).await.unwrap(),
        []
    );
    let published = steps::published(db).await.unwrap();
    let codes: Vec<&str> = published
        .iter()
        .map(|release| release.document.code.as_str())
        .collect();
    assert_eq!(codes, ["dau-t1-2025-11", "dau-t5-2025-11"]);
    let mut first = told(&published[0].document);
    first.extend(told(&published[1].document));
    is(
        &row(&first, "t1 2025-11..2025-11 tong"),
        &[("hanh_vi", 12), ("quy_dinh+tre_hen", 7), ("tong", 19)],
    );
    is(&row(&first, "t5 2025-11..2025-11 tong"), &[("tong", 25)]);
    is(
        &row(&first, "tl 2025-11..2025-11 tong"),
        &[("lam_tron", 80)],
    );
    // the export is what is kept, byte for byte, and again the same
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), &published).unwrap();
    let file = std::fs::read(folder.path().join("ky/dau-t1-2025-11.json")).unwrap();
    assert_eq!(file, published[0].document.json().unwrap());
    let list: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("danh-sach.json")).unwrap())
            .unwrap();
    let hash: String = published[0]
        .sha256
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(list[0]["sha256"], hash);
    let csv = std::fs::read(folder.path().join("ky/dau-t1-2025-11.csv")).unwrap();
    assert!(csv.starts_with(b"\xef\xbb\xbfbang,"));
    assert!(folder.path().join("luoc-do.json").exists());
}

#[tokio::test]
async fn figures_that_do_not_add_up_are_refused_by_the_database() {
    let app = TestApp::start().await;
    let wrong = [
        "('t1', '{}', '{}', 20), ('t1', '{}', '{hanh_vi}', 19)",
        "('t3', '{}', '{}', 20), ('t3', '{a}', '{}', 12), ('t3', '{b,c,d}', '{}', 9)",
        "('t1', '{}', '{hanh_vi}', 19)",
        "('t0', '{}', '{ton_dau}', 9), ('t0', '{}', '{tiep_nhan}', 9), ('t0', '{}', '{ket_thuc}', 9), ('t0', '{}', '{ton_cuoi}', 8)",
    ];
    for cells in wrong {
        let mut tx = app.owner.pool().begin().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "with made as (insert into release (code, origin, first_month, last_month, state, sha256, built_at)
                values ('2026-01', 'quy_tac', '2026-01-01', '2026-01-01', 'du_thao', decode(repeat('00', 32), 'hex'), now()) returning 1)
            select * from made;
            insert into public_cell select r.release_id, row_number() over (), c.t, '2026-01-01', '2026-01-01', c.p::text[], c.k::text[], c.v
            from release r, (values {cells}) c(t, p, k, v)"
        )))
        .execute(&mut *tx)
        .await
        .unwrap();
        assert!(tx.commit().await.is_err(), "{cells}");
    }
}
