//! The figures of a year, beside those counted by hand.

use super::{JANUARY, cases::a_year, drafter, is, row, told};
use crate::support::TestApp;
use lang_nghe::statistics::ssr::publishing::steps::{self, By};

#[tokio::test]
async fn a_year_counted_by_hand_is_reproduced() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    let built = steps::build(&app.state.db, By::Staff(&author), JANUARY)
        .await
        .unwrap();
    assert_eq!(built.len(), 12);
    assert_eq!(
        steps::audit(&app.state.db, By::Staff(&author), JANUARY)
            .await
            .unwrap(),
        []
    );
    let releases = steps::all(&app.state.db).await.unwrap();
    let march = told(&releases[2].document);
    is(
        &row(&march, "t0 2026-03..2026-03 tong"),
        &[
            ("ket_thuc", 30),
            ("tiep_nhan", 38),
            ("ton_cuoi", 24),
            ("ton_dau", 16),
        ],
    );
    is(
        &row(&march, "t1 2026-03..2026-03 tong"),
        &[
            ("hanh_vi", 16),
            ("quy_dinh", 11),
            ("tong", 38),
            ("tre_hen", 11),
        ],
    );
    is(
        &row(&march, "t2 2026-03..2026-03 tong"),
        &[
            ("dung", 14),
            ("khong_dung+chua_ro+chuyen+tu_choi+khac", 16),
            ("tong", 30),
        ],
    );
    is(
        &row(&march, "t5 2026-03..2026-03 tong"),
        &[("dung_han", 24), ("tong", 30), ("tre_han", 6)],
    );
    is(&row(&march, "t3 2026-01..2026-03 tong"), &[("tong", 114)]);
    is(&row(&march, "t3 2026-01..2026-03 vpdkdd"), &[("tong", 51)]);
    let units = row(&march, "t3 2026-01..2026-03");
    let pool = units.iter().find(|(name, _)| name.contains("p-dat-dai+"));
    assert_eq!((units.len(), pool.unwrap().1), (3, 63), "{units:?}");
    is(
        &row(&march, "t8 2026-01..2026-03 tong"),
        &[
            ("chua_danh_gia", 45),
            ("rat_hai_long+hai_long+binh_thuong+khong_hai_long", 45),
            ("tong", 90),
        ],
    );
    let december = told(&releases[11].document);
    is(
        &row(&december, "t7 2026-01..2026-12 tong"),
        &[("tong", 456)],
    );
    is(
        &row(&december, "t6 2026-01..2026-12 tong"),
        &[
            ("cham_tre+phien_ha+tien+sai_quy_dinh+quy_dinh+khac", 240),
            ("thai_do", 216),
            ("tong", 456),
        ],
    );
    is(
        &row(&december, "t4 2026-01..2026-12 vpdkdd"),
        &[
            ("hanh_vi", 84),
            ("quy_dinh", 60),
            ("tong", 204),
            ("tre_hen", 60),
        ],
    );
}
