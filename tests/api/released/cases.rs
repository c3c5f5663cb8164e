//! The year that was counted by hand.

use crate::support::TestApp;
use time::{Date, macros::date};

/// What is alike in some cases of a month.
pub(crate) struct Cases {
    pub(crate) unit: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) count: i32,
    pub(crate) status: &'static str,
    pub(crate) finding: Option<&'static str>,
    pub(crate) reason: &'static str,
    pub(crate) is_late: bool,
    pub(crate) mark: Option<i16>,
}

pub(crate) const OPEN: Cases = Cases {
    unit: "p-dat-dai",
    kind: "hanh_vi",
    count: 0,
    status: "dang_xac_minh",
    finding: None,
    reason: "HV_CHAM_TRE",
    is_late: false,
    mark: None,
};

pub(crate) async fn add(app: &TestApp, month: Date, cases: &Cases) {
    let ended = cases.status != "dang_xac_minh";
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, concerned_unit_id, assigned_unit_id,
            received_on, due_on, ended_on, finding, satisfaction)
        select gen_random_uuid(), 'PA26-' || upper(substr(md5(random()::text), 1, 6)) || '-A', $1, array[$2], 'online', $3, false,
            u.unit_id, u.unit_id, $4, $4 + case when $5 then 5 else 15 end, case when $6 then $4 + 10 end, $7, $8
        from generate_series(1, $9), unit u where u.code = $10",
    )
    .bind(cases.kind)
    .bind(cases.reason)
    .bind(cases.status)
    .bind(month)
    .bind(cases.is_late)
    .bind(ended)
    .bind(cases.finding)
    .bind(cases.mark)
    .bind(cases.count)
    .bind(cases.unit)
    .execute(app.owner.pool())
    .await
    .unwrap();
}

/// 38 cases a month of which 30 end in it: 20 of one unit, 17 of another, one of a third.
pub(crate) async fn a_year(app: &TestApp) {
    for month in 1..=12 {
        let month = date!(2026 - 01 - 01)
            .replace_month(time::Month::try_from(month).unwrap())
            .unwrap();
        let of = |kind, count, status, finding, is_late, mark| Cases {
            kind,
            count,
            status,
            finding,
            is_late,
            mark,
            ..OPEN
        };
        for cases in [
            of("hanh_vi", 8, "da_tra_loi", Some("dung"), false, Some(1)),
            of(
                "quy_dinh",
                6,
                "da_tra_loi",
                Some("co_co_so"),
                false,
                Some(1),
            ),
            of("tre_hen", 6, "da_tra_loi", Some("khong_dung"), true, None),
        ] {
            add(app, month, &cases).await;
        }
        let of = |kind, count, status, finding, mark| Cases {
            unit: "vpdkdd",
            reason: "HV_HACH_DICH",
            kind,
            count,
            status,
            finding,
            mark,
            ..OPEN
        };
        for cases in [
            of("hanh_vi", 1, "ket_thuc", Some("khong_du_co_so"), Some(1)),
            of("hanh_vi", 4, "ket_thuc", Some("khong_du_co_so"), None),
            of("quy_dinh", 5, "tu_choi", None, None),
            of("hanh_vi", 2, "dang_xac_minh", None, None),
            of("tre_hen", 5, "dang_xac_minh", None, None),
        ] {
            add(app, month, &cases).await;
        }
        add(
            app,
            month,
            &Cases {
                unit: "cn-o-mon",
                reason: "HV_HACH_DICH",
                count: 1,
                ..OPEN
            },
        )
        .await;
    }
}
