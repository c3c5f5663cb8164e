//! Two walls around a case, each tried with the other taken away: row security as the role `app_web` meets it over plain
//! SQL, and the code of the pages over a database that hides nothing.

mod beside;
mod code_alone;
mod roles;
mod row_security;

use crate::support::{START, TestApp, cases::unit};
use lang_nghe::{
    case::{CaseId, Confidentiality, Kind, StaffId, UnitId},
    platform::database::{Scope, Sight},
};
use std::collections::BTreeSet;
use time::Date;
use uuid::Uuid;

const ME: StaffId = StaffId(0xA11CE);

/// Every combination of what decides who may know of a case: 1 152 cases.
async fn every_kind_of_case(app: &TestApp) {
    sqlx::query(
        "insert into staff (staff_id, username, display_name, unit_id, password_hash, created_at)
        select $1, 'toi', 'Tôi', unit_id, '-', $2 from unit where code = 'cn-ninh-kieu'",
    )
    .bind(Uuid::from_u128(ME.0))
    .bind(START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead,
            assigned_unit_id, concerned_unit_id, recused, created_by, received_on)
        select gen_random_uuid(), 'PA26-' || lpad((row_number() over ())::text, 6, '0') || '-A', kind, '{HV_KHAC}',
            'online', 'da_tiep_nhan', secrecy, false,
            (select unit_id from unit where code = assigned), (select unit_id from unit where code = concerned),
            case when recused then array[$1] else '{}'::uuid[] end, case when entered then $1 end, received
        from unnest(array['hanh_vi', 'tre_hen']) kind,
            unnest(array['thuong', 'giu_bi_mat', 'to_cao']) secrecy,
            unnest(array[null, 'vpdkdd', 'cn-ninh-kieu', 'thanh-tra']) assigned,
            unnest(array[null, 'vp-so', 'vpdkdd', 'cn-ninh-kieu', 'p-dat-dai', 'thanh-tra']) concerned,
            unnest(array[true, false]) recused, unnest(array[true, false]) entered,
            unnest(array[date '2026-11-16', date '2026-11-15']) received",
    )
    .bind(Uuid::from_u128(ME.0))
    .execute(app.owner.pool())
    .await
    .unwrap();
}

/// What a scope finds as `app_web`, over plain SQL.
async fn found(app: &TestApp, scope: Scope) -> BTreeSet<u128> {
    let mut tx = app.state.db.begin(scope).await.unwrap();
    let who: String = sqlx::query_scalar("select current_user::text")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(who, "app_web");
    let ids = sqlx::query_scalar::<_, Uuid>("select case_id from feedback_case");
    let ids = ids.fetch_all(&mut *tx).await.unwrap();
    ids.into_iter().map(|id| id.as_u128()).collect()
}

/// What the code would show to it.
async fn shown(app: &TestApp, scope: Scope) -> BTreeSet<u128> {
    let (own_unit, leads) = scope.own_unit();
    type Row = (
        Uuid,
        String,
        String,
        Option<i16>,
        bool,
        Option<Uuid>,
        Date,
        Vec<Uuid>,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select case_id, kind, secrecy, assigned_unit_id, coalesce(concerned_unit_id = any (own_line($1, $2)), false),
            created_by, received_on, recused from feedback_case",
    )
    .bind(own_unit.map(|unit| unit.0))
    .bind(leads)
    .fetch_all(app.owner.pool())
    .await
    .unwrap();
    let sights = rows.into_iter().map(|row| Sight {
        case: CaseId(row.0.as_u128()),
        kind: Kind::from_code(&row.1).unwrap(),
        secrecy: Confidentiality::from_code(&row.2).unwrap(),
        assigned_unit: row.3.map(UnitId),
        about_own_unit: row.4,
        created_by: row.5.map(|id| StaffId(id.as_u128())),
        received_on: row.6,
        recused: row.7.iter().map(|id| StaffId(id.as_u128())).collect(),
    });
    let visible = sights.filter(|sight| scope.shows(sight));
    visible.map(|sight| sight.case.0).collect()
}

async fn unit_id(app: &TestApp, code: &str) -> UnitId {
    UnitId(unit(app, code).await.parse().unwrap())
}
